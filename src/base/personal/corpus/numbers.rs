//! Numbers of persons, in the writings of forms, tables, chats, web pages and programs. They are made by the rules of
//! their kinds (GB 11643-1999, ranges of mobile numbers, Luhn); a random one stands for nobody in particular.

use super::Written;
use super::more::MORE;
use super::random::Random;

/// What a number is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Made {
    Mobile,
    Identity,
    Student,
    Disability,
    Card,
}

/// Returns the number `at` of the corpus: each writing takes its turn.
pub(super) fn number(at: usize, random: &mut Random) -> Written {
    let made = match random.next(10) {
        0..=3 => Made::Mobile,
        4 | 5 => Made::Identity,
        6 => Made::Student,
        7 => Made::Disability,
        _ => Made::Card,
    };
    let number = made_number(made, random);
    let writing = at % (WRITINGS.len() + MORE.len());
    let (name, write) = WRITINGS.iter().chain(MORE).nth(writing).expect("there are so many");
    let text = write(&number, made, random);
    let label = match made {
        Made::Mobile => "mobile",
        Made::Identity => "identity",
        Made::Student => "student",
        Made::Disability => "disability",
        Made::Card => "card",
    };
    let kind = format!("{writing:02} {name}, {label}");
    if name.contains("file name") { Written::name(kind, text) } else { Written::text(kind, text) }
}

/// Returns a number of a kind.
fn made_number(made: Made, random: &mut Random) -> String {
    match made {
        Made::Mobile => mobile(random),
        Made::Identity => identity(random),
        Made::Student => format!("{}{}", random.of(&["G", "G", "L", "g"]), identity(random)),
        Made::Disability => {
            format!("{}{}{}", identity(random), random.between(1, 7), random.between(1, 4))
        }
        Made::Card => card(random),
    }
}

fn mobile(random: &mut Random) -> String {
    const RANGES: &[&str] = &[
        "130", "133", "135", "137", "138", "139", "147", "150", "151", "153", "157", "159", "166", "173",
        "176", "178", "180", "182", "185", "187", "188", "189", "191", "195", "198", "199",
    ];
    format!("{}{}", random.of(RANGES), random.digits(8))
}

fn identity(random: &mut Random) -> String {
    const PLACES: &[&str] = &[
        "110105", "350203", "350205", "350583", "350925", "360102", "420106", "440305", "510107", "522401",
        "610113", "222401", "140402",
    ];
    let (year, month, day) = random.day(1935, 2024);
    let start = format!("{}{year:04}{month:02}{day:02}{}", random.of(PLACES), random.digits(3));
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = start.chars().zip(WEIGHTS).filter_map(|(c, weight)| Some(c.to_digit(10)? * weight)).sum();
    let last = ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'][(sum % 11) as usize];
    format!("{start}{last}")
}

/// Returns the number of a card as banks in China give them out.
fn card(random: &mut Random) -> String {
    let (issuer, length) = match random.next(10) {
        0..=6 => {
            (random.of(&["622202", "621226", "622848", "623059", "621700", "622588", "621799", "620058"]), 19)
        }
        7 => (random.of(&["625965", "622588", "622155"]), 16),
        8 => (random.of(&["436742", "456351"]), 19),
        _ => (random.of(&["403361", "438088", "518710", "552599"]), 16),
    };
    let start = format!("{issuer}{}", random.digits(length - 1 - issuer.len()));
    let luhn = |digits: &str| {
        let values = digits.chars().rev().filter_map(|c| c.to_digit(10)).enumerate();
        let doubled =
            |at: usize, value: u32| if at % 2 == 1 { value * 2 / 10 + value * 2 % 10 } else { value };
        values.map(|(at, value)| doubled(at, value)).sum::<u32>() % 10 == 0
    };
    (0..10).map(|last| format!("{start}{last}")).find(|whole| luhn(whole)).expect("one of ten is right")
}

/// Returns how a number is usually parted.
pub(super) fn parts(number: &str, made: Made) -> Vec<String> {
    let lengths: &[usize] = match made {
        Made::Mobile => &[3, 4, 4],
        Made::Identity => &[6, 8, 4],
        Made::Student => &[7, 8, 4],
        Made::Disability => &[6, 8, 4, 2],
        Made::Card => &[4, 4, 4, 4, 4],
    };
    let mut rest = number;
    let mut parts = Vec::new();
    for length in lengths {
        let (part, after) = rest.split_at((*length).min(rest.len()));
        parts.push(part.to_owned());
        rest = after;
    }
    parts.retain(|part| !part.is_empty());
    parts
}

pub(super) fn joined(number: &str, made: Made, mark: &str) -> String {
    parts(number, made).join(mark)
}

/// Puts `mark` into a number at one to three places, wherever.
pub(super) fn anywhere(number: &str, mark: &str, random: &mut Random) -> String {
    let mut text = number.to_owned();
    for _ in 0..random.between(1, 3) {
        let places: Vec<usize> = text
            .char_indices()
            .map(|(at, _)| at)
            .filter(|at| *at > 1 && text[..*at].ends_with(|c: char| c.is_ascii_digit()))
            .filter(|at| text[*at..].starts_with(|c: char| c.is_ascii_digit()))
            .collect();
        let at = places[usize::try_from(random.next(places.len() as u64)).unwrap_or(0)];
        text.insert_str(at, mark);
    }
    text
}

/// Puts `mark` between all characters.
pub(super) fn apart(number: &str, mark: &str) -> String {
    number.chars().map(String::from).collect::<Vec<_>>().join(mark)
}

pub(super) fn each(number: &str, write: impl Fn(char) -> String) -> String {
    number.chars().map(write).collect()
}

pub(super) fn wide(number: &str) -> String {
    each(number, |c| char::from_u32(u32::from(c) + 0xfee0).unwrap_or(c).to_string())
}

pub(super) fn chinese(number: &str) -> String {
    let digit = |c: char| "〇一二三四五六七八九".chars().nth(c.to_digit(10)? as usize);
    each(number, |c| digit(c).unwrap_or(c).to_string())
}

pub(super) fn label(made: Made, random: &mut Random) -> &'static str {
    match made {
        Made::Mobile => random.of(&["联系电话：", "手机", "电话 ", "微信同号：", "Tel: "]),
        Made::Identity => random.of(&["身份证号：", "身份证", "公民身份号码 ", "ID: "]),
        Made::Student => random.of(&["学籍号：", "全国学籍号 ", "学籍号"]),
        Made::Disability => random.of(&["残疾人证号：", "残疾证 ", "残疾人证"]),
        Made::Card => random.of(&["银行卡号：", "卡号", "账号 ", "一卡通："]),
    }
}

/// Writes a number of a kind.
pub(super) type Write = fn(&str, Made, &mut Random) -> String;

/// Every writing; the first ones are the commonest.
const WRITINGS: &[(&str, Write)] = &[
    ("bare", |n, _, _| n.to_owned()),
    ("beside its name", |n, made, r| format!("{}{n}", label(made, r))),
    ("a value of YAML", |n, _, _| format!("note: {{zh: \"请找张老师 {n}\", en: a}}")),
    ("a comment of YAML", |n, _, _| format!("status: draft  # {n} 王")),
    ("parted by blanks", |n, made, _| joined(n, made, " ")),
    ("parted by hyphens", |n, made, _| joined(n, made, "-")),
    ("blanks anywhere", |n, _, r| format!("找{}", anywhere(n, " ", r))),
    ("hyphens anywhere", |n, _, r| format!("找{}", anywhere(n, "-", r))),
    ("blanks anywhere beside its name", |n, made, r| format!("{}{}", label(made, r), anywhere(n, " ", r))),
    ("parted by dashes", |n, made, r| joined(n, made, r.of(&["–", "—", "‐", "－", "−"]))),
    ("full width", |n, _, _| wide(n)),
    ("full width, parted", |n, made, _| wide(&joined(n, made, "!")).replace('！', "\u{3000}")),
    ("wide blanks", |n, made, _| joined(n, made, "\u{3000}")),
    ("no-break blanks", |n, made, _| joined(n, made, "\u{a0}")),
    ("unseen characters", |n, _, r| {
        let mark = r.of(&["\u{200b}", "\u{feff}", "\u{2060}", "\u{ad}"]);
        anywhere(n, mark, r)
    }),
    ("dots", |n, made, _| joined(n, made, ".")),
    ("Chinese digits", |n, _, _| format!("打{}。", chinese(n))),
    ("O for 0", |n, _, _| n.replace('0', "O")),
    ("l for 1", |n, _, _| n.replace('1', "l")),
    ("o and I", |n, _, _| n.replace('0', "o").replace('1', "I")),
    ("O and l, parted by hyphens", |n, made, _| joined(n, made, "-").replace('0', "O").replace('1', "l")),
    ("wide O, beside its name", |n, made, r| format!("{}{}", label(made, r), n.replace('0', "Ｏ"))),
    ("digit by digit", |n, _, _| apart(n, " ")),
    ("digit by digit, hyphens", |n, _, _| apart(n, "-")),
    ("the address of a link", |n, _, _| format!("[打电话](tel:{n})")),
    ("the words of a link", |n, _, _| format!("[{n}](https://example.org/a)")),
    ("strong in the middle", |n, made, _| joined(n, made, "**")),
    ("words for a picture", |n, _, _| format!("![张 {n}](a.png)")),
    ("code", |n, _, _| format!("见`{n}`")),
    ("entities", |n, _, _| each(n, |c| format!("&#{};", u32::from(c)))),
    ("one entity", |n, _, _| format!("&#x{:x};{}", u32::from(n.as_bytes()[0]), &n[1..])),
    ("escapes of two digits", |n, _, _| format!("\"{}\"", each(n, |c| format!("\\x{:02x}", u32::from(c))))),
    ("escapes of four digits", |n, _, _| format!("\"{}\"", each(n, |c| format!("\\u{:04X}", u32::from(c))))),
    ("percent", |n, _, _| format!("(tel:{})", each(n, |c| format!("%{:02X}", u32::from(c))))),
    ("a formula of Excel", |n, _, _| format!("张,=\"{n}\",女")),
    ("an apostrophe of Excel", |n, _, _| format!("张\t'{n}\t女")),
    ("what Excel makes of it", |n, made, _| match made {
        Made::Mobile => format!("{}.{}E10", &n[..1], n[1..].trim_end_matches('0')),
        _ => format!("\"{n}\t\""),
    }),
    ("escapes of Excel", |n, _, _| format!("_x{:04X}_{}", u32::from(n.as_bytes()[0]), &n[1..])),
    ("over two lines", |n, made, r| {
        let at = r.between(3, n.len() as u64 - 4) as usize;
        format!("  zh: {}{}\n    {}。", label(made, r), &n[..at], &n[at..])
    }),
    ("over two lines, alone", |n, _, r| {
        let at = r.between(4, n.len() as u64 - 4) as usize;
        format!("  zh: 请找张老师{}\n    {}。", &n[..at], &n[at..])
    }),
    ("over two lines of a comment", |n, made, r| {
        let at = r.between(4, n.len() as u64 - 4) as usize;
        format!("# {}{}\n# {}\n", label(made, r), &n[..at], &n[at..])
    }),
    ("a row of a table", |n, _, _| format!("| 3 | 张某 | {n} | 12岁 |")),
    ("a row of values", |n, _, _| format!("3,张某,{n},12,350203")),
    ("file name, after letters", |n, _, r| {
        format!(
            "{}{n}.{}",
            r.of(&["IMG", "DOC", "wx", "Scan", "张三", "zhang", "SN", "名单"]),
            r.of(&["jpg", "docx", "yaml"])
        )
    }),
    ("file name, parted", |n, made, r| {
        format!("名单{}{}.xlsx", r.of(&["_", "-", " ", ""]), joined(n, made, "-"))
    }),
    ("brackets, and words behind", |n, made, r| match made {
        Made::Mobile => format!("（{}{n}）转张老师", r.of(&["+86", "86-", "0086 ", "+86 "])),
        _ => format!("（{n}）号"),
    }),
];
