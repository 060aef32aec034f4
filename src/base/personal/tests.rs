//! Numbers are made while the tests run: none that could be somebody's is written here. 13800138000 is the
//! public line of China Mobile, 11010519491231002X the example of GB 11643-1999 itself.

use proptest::prelude::*;

use super::*;

const MOBILE: &str = "13800138000";
const IDENTITY: &str = "11010519491231002X";

fn today() -> Date {
    Date::parse("2026-11-25").expect("a date")
}

/// Returns what is found, each as its kind, a question mark if it is not certain, and the bytes.
fn found(text: &str) -> Vec<String> {
    let word = |number: &Number| {
        let kind = match number.kind {
            Kind::Identity => "identity",
            Kind::Mobile => "mobile",
            Kind::Card => "card",
            Kind::Student => "student",
            Kind::Disability => "disability",
        };
        format!("{kind}{} {}", if number.certain { "" } else { "?" }, &text[number.range.clone()])
    };
    find(text, today()).iter().map(word).collect()
}

fn wide(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '0'..='9' | 'X' => char::from_u32(u32::from(c) + 0xfee0).unwrap_or(c),
            _ => c,
        })
        .collect()
}

fn card() -> String {
    let mut cards = (0..10).map(|last| format!("622202000000000000{last}"));
    cards.find(|card| !found(card).is_empty()).expect("one of ten digits is right")
}

fn in_digits(zero: char) -> String {
    MOBILE.chars().filter_map(|c| char::from_u32(u32::from(zero) + c.to_digit(10)?)).collect()
}

#[test]
fn mobile_numbers_are_found_however_they_are_written() {
    let (a, b, c) = (&MOBILE[..3], &MOBILE[3..7], &MOBILE[7..]);
    let chinese: String =
        MOBILE.chars().filter_map(|c| "〇一二三四五六七八九".chars().nth(c.to_digit(10)? as usize)).collect();
    for number in [
        MOBILE.to_owned(),
        format!("{a} {b} {c}"),
        format!("{a}-{b}-{c}"),
        format!("{a}.{b}.{c}"),
        format!("{a}{b}-{c}"),
        format!("{a}\u{3000}{b}{c}"),
        wide(MOBILE),
        format!("{a}\u{200b}{b}{c}"),
        format!("{a} - {b} - {c}"),
        format!("{a}&nbsp;{b}&nbsp;{c}"),
        format!("{a}**{b}**{c}"),
        format!("{a}_{b}_{c}"),
        in_digits('\u{f20}'),
        in_digits('\u{660}'),
        format!("{} {}", &MOBILE[..5], &MOBILE[5..]),
        MOBILE.chars().map(|c| c.to_string()).collect::<Vec<_>>().join(" "),
        format!("86 {MOBILE}"),
        format!("86-{a}-{b}-{c}"),
        format!("0086{MOBILE}"),
        format!("0{MOBILE}"),
        chinese,
    ] {
        for text in [
            number.clone(),
            format!("手机{number}。"),
            format!("tel:{number}"),
            format!("(+{number})"),
            format!("2025-01-09 {number}"),
            format!("# 联系人 {number} 李"),
        ] {
            let number = number.trim_start_matches('+');
            assert_eq!(found(&text), [format!("mobile {number}")], "{text}");
        }
    }
    for text in [
        format!("tel{MOBILE}"),
        format!("TEL{MOBILE}"),
        format!("微信wx{MOBILE}"),
        format!("zhangsan{MOBILE}"),
        format!("IMG_{MOBILE}.jpg"),
        format!("{MOBILE}@139.com"),
        format!("{MOBILE}①"),
        format!("{MOBILE}²"),
        format!("0591-87654321 {MOBILE}"),
    ] {
        assert_eq!(found(&text), [format!("mobile {MOBILE}")], "{text}");
    }
    assert_eq!(found(&format!("{MOBILE}、{MOBILE}/{MOBILE}")).len(), 3);
    let broken = format!("{a}{b}\n    {c}");
    assert_eq!(found(&format!("联系电话：{broken}。")), [format!("mobile {broken}")]);
    assert!(found(&format!("共 {broken}: 甲")).is_empty());
}

#[test]
fn numbers_spelled_by_escapes_are_found_over_what_spells_them() {
    let spelled = |each: fn(u32) -> String| MOBILE.chars().map(|c| each(u32::from(c))).collect::<String>();
    let (a, b, c) = (&MOBILE[..3], &MOBILE[3..7], &MOBILE[7..]);
    for number in [
        spelled(|c| format!("\\x{c:02x}")),
        spelled(|c| format!("\\u{c:04x}")),
        spelled(|c| format!("&#{c};")),
        spelled(|c| format!("%{c:02X}")),
        spelled(|c| format!("%25{c:02X}")),
        format!("{a}\\u200b{b}{c}"),
        format!("{a}\\\n    {b}{c}"),
        format!("{a}&shy;{b}&zwnj;{c}"),
        format!("{a}&ensp;{b}&ndash;{c}"),
        format!("{a}%2D{b}%2D{c}"),
        format!("{a}\\-{b}\\-{c}"),
        format!("&#49;{}", &MOBILE[1..]),
    ] {
        let text = format!("[电话](tel:{number})。");
        assert_eq!(found(&text), [format!("mobile {number}")], "{text}");
        let shown = withheld(&text, &find(&text, today()));
        assert_eq!(shown.len(), text.len());
        assert!(find(&shown, today()).is_empty(), "{shown}");
    }
    let text = format!("{MOBILE}\\u0031");
    assert_eq!(found(&text), [format!("mobile {MOBILE}")], "what is plain is found, too");
    assert!(found("https://example.org/%E7%94%B2/t20250109_13800138000.htm").is_empty());
}

#[test]
fn numbers_are_found_over_lines_beside_a_word() {
    let (a, b, c) = (&MOBILE[..3], &MOBILE[3..7], &MOBILE[7..]);
    let card = card();
    for number in [
        format!("{a}\n    {b}\n    {c}"),
        format!("{a}{b}-\n    {c}"),
        format!("{a}{b}\n# {c}"),
        format!("{a}{b}\r\n> {c}"),
        format!("{a}{b}\\\n{c}"),
        MOBILE.chars().map(String::from).collect::<Vec<_>>().join("\n"),
    ] {
        assert_eq!(found(&format!("# 手机：{number}")), [format!("mobile {number}")], "{number}");
    }
    for text in [format!("{a}{b}\n# {c}"), format!("{a}\n{b}\n{c}"), format!("| {a}{b} | {c} |")] {
        assert!(found(&text).is_empty(), "{text}");
    }
    assert_eq!(found(&format!("| 电话 | b |\n|---|---|\n| {a}{b} | {} |", c.replace('0', "1"))).len(), 1);
    for cells in ["15000 | 120000", "150 | 3000 | 4025"] {
        assert!(
            found(&format!("| 电话 | b | c |\n|---|---|---|\n| 12345 | {cells} |")).is_empty(),
            "{cells}"
        );
    }
    let broken = format!("{}\n  {}", &card[..6], &card[6..]);
    assert_eq!(found(&format!("银行卡号：{broken}")), [format!("card {broken}")]);
    assert_eq!(found(&format!("编号：{broken}")), [format!("card? {broken}")]);
    let folded = format!("{a}{b}\n    {c}");
    assert_eq!(found(&format!("请找{folded}。")), [format!("mobile {folded}")]);
}

#[test]
fn odd_writings_are_found() {
    let (a, b, c) = (&MOBILE[..3], &MOBILE[3..7], &MOBILE[7..]);
    for number in [
        format!("{a}\u{2012}{b}\u{2212}{c}"),
        in_digits('\u{1fbf0}'),
        format!("一三八〇{}", &MOBILE[4..]),
        MOBILE.chars().map(String::from).collect::<Vec<_>>().join("\u{fe0f}\u{20e3}"),
        MOBILE.chars().map(String::from).collect::<Vec<_>>().join("\u{336}"),
        format!("{a}](https://example.org){b}{c}"),
    ] {
        assert_eq!(found(&format!("找{number}。")), [format!("mobile {number}")], "{number}");
    }
    for mark in ["/", ",", "，", "、", ":", " • ", "～", "|", "+"] {
        let number = [a, b, c].join(mark);
        assert_eq!(found(&format!("手机{number}")), [format!("mobile {number}")], "{number}");
        // What parts lists parts numbers of other things, too.
        let is_list = [",", "，", "、", "|"].contains(&mark);
        assert_eq!(found(&format!("分别是{number}")).is_empty(), is_list, "{number}");
    }
    for text in
        ["分别是138/1990/2025", "138~2000~3000", "1、3、8、0、0、1、3、8、0、0、0、5", "1、3、4、5、6、7、8"]
    {
        assert!(found(text).is_empty(), "{text}");
    }
    let row: Vec<String> = MOBILE.chars().map(String::from).collect();
    for number in
        [row.join("、"), format!("{a}<b>{b}</b>{c}"), format!("{a}...{b}---{c}"), format!("{a}○○138O○O")]
    {
        assert_eq!(found(&format!("找{number}。")), [format!("mobile {number}")], "{number}");
    }
    for text in [
        format!("手机 {MOBILE}a"),
        format!("手机 a{MOBILE}"),
        format!("n: {MOBILE}.0"),
        format!("&a{MOBILE} x"),
    ] {
        assert_eq!(found(&text), [format!("mobile {MOBILE}")], "{text}");
    }
    assert_eq!(found(&format!("n: {MOBILE}a")), [format!("mobile? {MOBILE}")]);
    for letter in ['Ⅹ', 'Х', '×'] {
        let number = IDENTITY.replace('X', &letter.to_string());
        assert_eq!(found(&format!("a {number}")), [format!("identity {number}")]);
    }
    let old = "110105 491231 002";
    assert_eq!(found(&format!("身份证号：{old}")), [format!("identity {old}")]);
    assert!(found(&format!("编号：{old}")).is_empty());
    let card = card().chars().map(String::from).collect::<Vec<_>>().join("-");
    assert_eq!(found(&format!("银行卡号：{card}")), [format!("card {card}")]);
}

#[test]
fn what_may_be_a_number_is_worth_a_look() {
    assert_eq!(found("135 1234 2025"), ["mobile? 135 1234 2025"]);
    assert_eq!(found("手机 135 1234 2025"), ["mobile 135 1234 2025"]);
    assert_eq!(found("135-1234-2025"), ["mobile 135-1234-2025"]);
    for start in ["https://example.org/?id=", "https://example.org/u/"] {
        assert_eq!(found(&format!("{start}{MOBILE}")), [format!("mobile? {MOBILE}")]);
        assert_eq!(found(&format!("联系人：{start}{MOBILE}")), [format!("mobile {MOBILE}")]);
    }
    assert_eq!(found(&format!("weixin://dl/chat?{MOBILE}")), [format!("mobile {MOBILE}")]);
    let text = "身份证号：见 https://example.org/u/110105491231002";
    assert_eq!(found(text), ["identity 110105491231002"]);
}

#[test]
fn identity_numbers_are_found_however_they_are_written() {
    let (a, b, c) = (&IDENTITY[..6], &IDENTITY[6..14], &IDENTITY[14..]);
    for number in [
        IDENTITY.to_owned(),
        IDENTITY.to_lowercase(),
        wide(IDENTITY),
        format!("{a} {b} {c}"),
        format!("{a}-{b}-{c}"),
        format!("{a}{b}\n      {c}"),
        format!("{a}{b}{} {}", &c[..3], &c[3..]),
        format!("{a} {b} {}-{}", &c[..3], c[3..].to_lowercase()),
    ] {
        assert_eq!(found(&format!("身份证号{number}，")), [format!("identity {number}")]);
        assert_eq!(found(&format!("a: {number} # 乙")), [format!("identity {number}")]);
    }
    let wrong = IDENTITY.replace('X', "1");
    assert_eq!(found(&format!("身份证号：{wrong}")), [format!("identity {wrong}")]);
    assert!(found(&format!("编号：{wrong}")).is_empty());
    for wrong in [IDENTITY.replacen("11", "99", 1), IDENTITY.replacen("1231", "1331", 1)] {
        assert_eq!(found(&format!("身份证号：{wrong}")), [format!("identity {wrong}")]);
        assert!(found(&format!("证号：{wrong}")).is_empty(), "{wrong}");
    }
    let old = format!("{}{}{}", &IDENTITY[..6], &IDENTITY[8..14], "002");
    assert_eq!(found(&format!("身份证{old}")), [format!("identity {old}")]);
    assert_eq!(found(&format!("编号{old}")), [format!("identity? {old}")]);
    assert!(found("编号210105991331002").is_empty());
}

#[test]
fn cards_are_found_by_issuer_length_and_check_digit() {
    let card = card();
    assert_eq!(found(&card), [format!("card {card}")]);
    assert_eq!(found(&format!("流水号{card}")), [format!("card? {card}")]);
    let grouped = format!("{} {} {} {}", &card[..4], &card[4..8], &card[8..12], &card[12..]);
    assert_eq!(found(&format!("银行卡号：{grouped}")), [format!("card {grouped}")]);
    assert_eq!(found(&format!("Card: {card}")), [format!("card {card}")]);
}

#[test]
fn numbers_of_offices_and_documents_pass() {
    for text in [
        "0591-87654321",
        "0591-87654321-8001",
        "（0591）87654321转8001",
        "059187654321",
        "12345、12355、110",
        "12345 12355 12320",
        "400-820-8820",
        "8008208820",
        "95588",
        "1069012345678",
        "闽民童〔2025〕5号",
        "闽ICP备05000001号-1",
        "闽公网安备35020302000001号",
        "2025-01-09 2027-01-09",
        "2025-01-09T12:30:45.123456789",
        "20250109123045",
        "202501091230451",
        "1767225600000",
        "11350200004123456A",
        "91350200MA2XABCD1X",
        "113502000041234567",
        "https://example.org/zwgk/202501/t20250109_13800138000.htm",
        "共13800138000元",
        "13800138000 万元",
        "¥13800138000",
        "第13800138000号",
        "SN13800138000",
        "闽A-NO13800138000",
        "补助18000-120000元",
        "18000—120000",
        "150、3000、4000",
        "138****8000",
        "①③⑧⑩",
        "邮编361000 350203",
        "编号 138\n20250109: 甲",
        "118.13800138000",
        "24.479834, 118.089425",
        "sha256:a13800138000bc13800138000f",
        "350200 361000 350203",
        "350203001001",
        "978-7-5098-1234-5",
        "1.0.13800138000",
        "110105194912310",
        "021-45674788 80988402",
        "银行 021-45674788 80988402",
        "15922188225.0元",
        "全省统一4008208820",
        "v15922188225.25",
        "二〇二五年一月九日",
    ] {
        assert_eq!(found(text), [""; 0], "{text}");
    }
}

#[test]
fn nobody_is_born_after_today_or_before_1900() {
    let with = |born: &str| {
        let start = format!("110105{born}002");
        (0..11)
            .map(|last| format!("{start}{}", if last == 10 { "X".to_owned() } else { last.to_string() }))
            .filter(|number| !found(number).is_empty())
            .count()
    };
    assert_eq!(["19000101", "20261125", "20000229"].map(with), [1, 1, 1]);
    assert_eq!(["18991231", "20261126", "20010229", "19491331"].map(with), [0, 0, 0, 0]);
}

#[test]
fn masks_leave_enough_to_find_a_number_and_every_byte_in_its_place() {
    assert_eq!(masked("手机13800138000，"), "手机138****8000，");
    assert_eq!(masked("138 0013-8000"), "138 ****-8000");
    assert_eq!(masked("１３８００１３８０００"), "１３８＊＊＊＊８０００");
    assert_eq!(masked(IDENTITY), "110*************2X");
    assert_eq!(hidden("2025010912304 和 13800138000"), "2025010912304 和 138****8000");
    assert_eq!(masked("2025010912304"), "202******2304");
    for text in ["0591-87654321", "12345、12355", "2025-01-09", "闽民童〔2025〕5号", "400-820-8820", ""]
    {
        assert_eq!(masked(text), text);
    }
    let text = "甲１３８００１３８０００乙13800138000丙";
    assert_eq!((masked(text).len(), masked(text).find('丙')), (text.len(), text.find('丙')));
}

#[test]
fn numbers_of_pupils_and_of_certificates_for_a_disability_are_found() {
    assert_eq!(found(&format!("学籍号G{IDENTITY}")), [format!("student {IDENTITY}")]);
    assert_eq!(found(&format!("L{IDENTITY}，")), [format!("student {IDENTITY}")]);
    for number in [format!("{IDENTITY}43"), format!("{} 43", IDENTITY.to_lowercase())] {
        assert_eq!(found(&format!("证 {number}。")), [format!("disability {number}")]);
    }
    assert_eq!(found(&format!("{IDENTITY}85")), [""; 0], "there are seven kinds and four degrees");
    assert_eq!(found(&format!("{IDENTITY} 12岁")), [format!("disability {IDENTITY} 12")]);
    assert_eq!(hidden(&format!("G{IDENTITY}43")), "G110**************X43");
}

#[test]
fn letters_for_digits_and_powers_of_ten_hide_no_number() {
    for number in ["l38OOl38OOO", "138-OOI3-8000", "1.3800138E10", "1.3800138E+10", "_x0031_3800138000"] {
        assert_eq!(found(&format!("找{number}。")), [format!("mobile {number}")]);
        let shown = hidden(&format!("找{number}。"));
        assert!(find(&shown, today()).is_empty() && shown.len() == number.len() + 6, "{shown}");
    }
    for text in ["Phase II 2024-2025", "1OO元", "1.38E10", "2OO5年", "1.3800138E3"] {
        assert_eq!(found(text), [""; 0], "{text}");
    }
}

#[test]
fn in_the_name_of_a_file_letters_before_a_number_are_no_part_of_it() {
    let found = |name: &str| find_in_name(name, today()).len();
    for name in ["IMG13800138000.jpg", "SN13800138000.docx", "a13800138000b.yaml", "2025/DOC13800138000/x.md"]
    {
        assert_eq!(found(name), 1, "{name}");
    }
    for name in ["IMG20250109123045.jpg", "mmexport1736412345678.jpg", "2025.yaml", "闽民〔2025〕42号.docx"]
    {
        assert_eq!(found(name), 0, "{name}");
    }
}

/// A row of random numbers that is the same every time.
struct Random(u64);

impl Random {
    fn next(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below
    }

    fn digits(&mut self, count: usize) -> String {
        (0..count).filter_map(|_| char::from_digit(u32::try_from(self.next(10)).ok()?, 10)).collect()
    }
}

#[test]
fn of_many_made_numbers_none_is_missed_and_few_look_alikes_are_taken_for_one() {
    const COUNT: usize = 5000;
    let mut random = Random(7);
    let (mut missed, mut taken) = (0, 0);
    for _ in 0..COUNT {
        let day = Date::parse("1927-01-01")
            .expect("a date")
            .plus_days(u32::try_from(random.next(36_000)).unwrap_or(0));
        let (y, m, d) = day.parts();
        let start = format!("35{}{y:04}{m:02}{d:02}{}", random.digits(4), random.digits(3));
        let whole = "0123456789X".chars().map(|last| format!("{start}{last}"));
        let right = whole.filter(|number| !find(number, today()).is_empty()).count();
        missed += usize::from(right != 1);
        let row = random.digits(18);
        taken += find(&row, today()).iter().filter(|number| number.kind == Kind::Identity).count();
    }
    assert_eq!(missed, 0, "of {COUNT} identity numbers");
    // A tenth of rows of 18 digits has a right check digit; few of these a province and a birthday, too.
    assert!(taken * 1000 < COUNT, "{taken} of {COUNT} rows of 18 digits");
}

proptest! {
    #[test]
    fn no_text_is_too_odd(text in "[0-9０-９xX \\-.\n〇一元卡证a]{0,60}|[1389#;&%\\\\xu0\n|,机]{0,60}|\\PC{0,40}") {
        let shown = masked(&text);
        prop_assert_eq!(shown.len(), text.len());
        for number in find(&text, today()) {
            prop_assert!(text.get(number.range.clone()).is_some());
            prop_assert!(!shown.contains(&text[number.range]));
        }
    }
}

/// What offices write by the thousand, each made anew.
fn look_alikes(random: &mut Random) -> Vec<String> {
    let digit = |random: &mut Random, of: &[&str]| of[random.next(of.len() as u64) as usize].to_owned();
    let area = digit(random, &["010", "021", "0591", "0592", "0595", "0871", "0991"]);
    let first = digit(random, &["2", "3", "5", "6", "8"]);
    let local = if area.len() == 3 || random.next(2) == 0 { 7 } else { 6 };
    let (line, extension) = (format!("{first}{}", random.digits(local)), random.digits(4));
    let (y, m, d) = (1990 + random.next(40), 1 + random.next(12), 1 + random.next(28));
    let (from, to) = (11 + random.next(88), 1 + random.next(9));
    vec![
        format!("电话：{area}-{line}"),
        format!("电话：{area}-{line}-{extension}"),
        format!("电话：({area}) {line} 转 {extension}"),
        format!("{area} {line}、{line}/{line}"),
        format!("{area}{line}"),
        format!("400-{}-{}", random.digits(3), random.digits(4)),
        format!("400{}", random.digits(7)),
        format!("95{}、12345、12355、110、12320", random.digits(3)),
        format!("{y}{m:02}{d:02}{}", random.digits(6)),
        format!("{y}-{m:02}-{d:02} 至 {y}-{m:02}-{d:02}"),
        format!("{y}.{m:02}.{d:02}-{y}.{m:02}.{d:02}"),
        format!("民函〔{y}〕{}号", random.digits(3)),
        format!("{from}000-{to}00000元"),
        format!("{from}000～{to}00000元"),
        format!("每年{}元", random.digits(5)),
        format!("3502{}", random.digits(2)),
        format!("3502{}", random.digits(8)),
        format!("闽ICP备{}号-{to}", random.digits(8)),
        format!("闽公网安备3502{}号", random.digits(10)),
        format!("1{to}35{}MB{}{}Y", random.digits(4), to, random.digits(6)),
        format!("https://example.org/{y}{m:02}/t{y}{m:02}{d:02}_1{}.htm", random.digits(10)),
        format!("https://example.org/a?id=1{}", random.digits(12)),
        format!("sha256:{:016x}{:016x}", random.next(u64::MAX), random.next(u64::MAX) << 20),
        format!("118.{}, 24.{}", random.digits(11), random.digits(11)),
        format!("ISBN 978-7-{}-{}-{to}", random.digits(4), random.digits(4)),
        format!("第{}条 {} {} {}", random.digits(2), random.digits(3), random.digits(2), random.digits(4)),
        format!("编号 {}", random.digits(10)),
        format!("编号 {}", random.digits(20)),
        format!("v{}.{}.{}", random.digits(2), random.digits(5), random.digits(6)),
    ]
}

#[test]
fn of_many_numbers_of_offices_none_is_taken_for_a_persons() {
    let mut random = Random(11);
    let mut taken = Vec::new();
    let mut made = 0;
    for _ in 0..500 {
        for text in look_alikes(&mut random) {
            made += 1;
            taken.extend(find(&text, today()).into_iter().map(|number| format!("{text}: {number:?}")));
        }
    }
    assert!(made > 14_000);
    assert!(taken.is_empty(), "{} of {made}, as {:#?}", taken.len(), &taken[..taken.len().min(12)]);
}
