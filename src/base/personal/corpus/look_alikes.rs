//! Numbers of offices, documents, money and days, as they stand in lists, letters and file names.

use super::Written;
use super::random::Random;

/// Returns the look-alike `at` of the corpus: each kind takes its turn.
pub(super) fn look_alike(at: usize, random: &mut Random) -> Written {
    let (name, make) = KINDS[at % KINDS.len()];
    let text = make(random);
    if name.contains("file name") { Written::name(name, text) } else { Written::text(name, text) }
}

fn landline(random: &mut Random) -> (String, String) {
    let area = random.of(&["010", "021", "0591", "0592", "0595", "0599", "0871", "0991", "0431"]);
    let length = if area.len() == 3 || random.in_hundred(50) { 7 } else { 6 };
    (area.to_owned(), format!("{}{}", random.of(&["2", "3", "5", "6", "8"]), random.digits(length)))
}

/// Returns a code of an organisation (GB 32100-2015) of digits alone, with its check digit if it is one.
fn credit_code(random: &mut Random) -> String {
    const SIGNS: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    let start = format!(
        "{}{}{}{}",
        random.of(&["11", "12", "13", "51", "52", "53", "91", "92", "93"]),
        random.of(&["350200", "350203", "350583", "110119", "110120", "140400", "350100", "222401"]),
        random.of(&["0", "4", "5", "6", "7", "1"]),
        random.digits(8)
    );
    let value = |c: char| SIGNS.find(c).unwrap_or(0) as u32;
    let weight = (0u32..17).scan(1, |weight, _| Some(std::mem::replace(weight, *weight * 3 % 31)));
    let sum: u32 = start.chars().zip(weight).map(|(c, weight)| value(c) * weight).sum();
    let last = SIGNS.chars().nth((31 - sum as usize % 31) % 31).unwrap_or('0');
    format!("{start}{last}")
}

/// Returns 18 digits like an identity number whose last digit is wrong.
fn wrong_identity(random: &mut Random) -> String {
    let (year, month, day) = random.day(1950, 2020);
    let start = format!("3502{:02}{year}{month:02}{day:02}{}", random.between(1, 13), random.digits(3));
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = start.chars().zip(WEIGHTS).filter_map(|(c, weight)| Some(c.to_digit(10)? * weight)).sum();
    let right = ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'][(sum % 11) as usize];
    let wrong = (0..10).filter_map(|digit| char::from_digit(digit, 10)).find(|digit| *digit != right);
    format!("{start}{}", wrong.unwrap_or('0'))
}

fn with_commas(digits: &str) -> String {
    let first = (digits.len() - 1) % 3 + 1;
    let (start, rest) = digits.split_at(first);
    let threes = rest.as_bytes().chunks(3).filter_map(|three| std::str::from_utf8(three).ok());
    std::iter::once(start).chain(threes).collect::<Vec<_>>().join(",")
}

type Make = fn(&mut Random) -> String;

/// Every kind of look-alike.
const KINDS: &[(&str, Make)] = &[
    ("document", |r| {
        let office = r.of(&["闽民", "闽民童", "厦府办", "民发", "国办发", "闽教基"]);
        format!("{office}〔{}〕{}号", r.between(1998, 2026), r.between(1, 399))
    }),
    ("document, round brackets", |r| format!("民函（{}）{}号", r.between(1998, 2026), r.between(1, 999))),
    ("credit code", |r| format!("统一社会信用代码：{}", credit_code(r))),
    ("credit code, bare", credit_code),
    ("credit code, letters", |r| format!("{}350200MA2X{}{}U", r.of(&["91", "92"]), r.digits(4), r.digits(1))),
    ("landline", |r| {
        let (area, line) = landline(r);
        format!("电话：{area}{}{line}", r.of(&["-", " ", "－", "—", ""]))
    }),
    ("landline, brackets", |r| {
        let (area, line) = landline(r);
        format!("咨询：（{area}）{line}转{}", r.digits(4))
    }),
    ("landline, extension", |r| {
        let (area, line) = landline(r);
        format!("{area}-{line}-{}", r.digits(4))
    }),
    ("landlines", |r| {
        let ((area, line), (_, second)) = (landline(r), landline(r));
        format!("{area}-{line}{}{second}", r.of(&["、", "/", "，", " "]))
    }),
    ("landline, +86", |r| {
        let (area, line) = landline(r);
        format!("+86 {} {line}", &area[1..])
    }),
    ("branch of a bank", |r| {
        let bank = r.of(&["102", "103", "104", "105", "301", "303", "308", "309", "313", "402", "403"]);
        format!("{}{bank}393{}", r.of(&["联行号：", "行号", "开户行行号：", ""]), r.digits(6))
    }),
    ("amount", |r| format!("共{}{}元", r.between(13, 19), r.digits(9))),
    ("amount, commas", |r| {
        let count = r.between(5, 12) as usize;
        format!("￥1{}.{}", with_commas(&r.digits(count)).trim_start_matches('0'), r.digits(2))
    }),
    ("amounts", |r| {
        format!("每年{}元、{}元、{}元", r.between(100, 9999), r.between(100, 9999), r.between(100, 9999))
    }),
    ("range of amounts", |r| {
        format!("补助{}000{}{}00000元", r.between(11, 99), r.of(&["-", "—", "～", "至"]), r.between(1, 9))
    }),
    ("amount, blanks", |r| format!("{} {} {}元", r.between(1, 999), r.digits(3), r.digits(3))),
    ("amounts of a row", |r| {
        format!(
            "{} {}00 {}00 {}",
            r.between(1, 20),
            r.between(10, 90),
            r.between(10, 90),
            r.between(1, 5) * 10
        )
    }),
    ("day", |r| {
        let (y, m, d) = r.day(1949, 2030);
        format!("{y}-{m:02}-{d:02}")
    }),
    ("days", |r| {
        let ((y, m, d), (z, n, e)) = (r.day(1949, 2030), r.day(1949, 2030));
        format!("{y}.{m:02}.{d:02}{}{z}.{n:02}.{e:02}", r.of(&["-", "—", "至", " "]))
    }),
    ("day and hotline", |r| {
        let (y, m, d) = r.day(1949, 2030);
        format!("{y}-{m:02}-{d:02} {}", r.of(&["110", "120", "119"]))
    }),
    ("day in words", |r| {
        let (y, m, d) = r.day(1949, 2030);
        format!("{y}年{m}月{d}日{}时{}分", r.between(0, 23), r.between(10, 59))
    }),
    ("moment", |r| {
        let (y, m, d) = r.day(1990, 2030);
        let more = r.between(0, 4) as usize;
        format!(
            "{}{y}{m:02}{d:02}{:02}{:02}{:02}{}",
            r.of(&["", "流水号", "编号："]),
            r.between(0, 23),
            r.between(0, 59),
            r.between(0, 59),
            r.digits(more)
        )
    }),
    ("moment, milliseconds", |r| format!("{}{}", r.between(14, 19), r.digits(11))),
    ("years", |r| format!("{}-{}学年 {}人", r.between(1998, 2025), r.between(1999, 2026), r.digits(3))),
    ("book", |r| format!("ISBN 978-7-{}-{}-{}", r.digits(4), r.digits(4), r.digits(1))),
    ("book, bare", |r| format!("978{}", r.digits(10))),
    ("hotline", |r| format!("400-{}-{}", r.digits(3), r.digits(4))),
    ("hotlines", |r| format!("12345、12355、12338、{}", r.of(&["110", "119", "120", "95588", "12320"]))),
    ("hotlines, blanks", |r| {
        format!(
            "热线 {} {} {}",
            r.of(&["12345", "12355"]),
            r.of(&["12338", "12320"]),
            r.of(&["110", "12393"])
        )
    }),
    ("wrong identity as a document", |r| {
        format!("{}{}", r.of(&["编号：", "文书号 ", "案号", "许可编号："]), wrong_identity(r))
    }),
    ("codes of places", |r| {
        format!("3502{:02} 3502{:02} 3502{:02}", r.between(1, 13), r.between(1, 13), r.between(1, 13))
    }),
    ("code of a village", |r| format!("3502{:02}{}", r.between(1, 13), r.digits(6))),
    ("post codes", |r| format!("邮编361{} {}", r.digits(3), r.digits(6))),
    ("registration of a site", |r| {
        format!("闽ICP备{}号-{}，闽公网安备3502{}号", r.digits(8), r.digits(1), r.digits(10))
    }),
    ("address of a page", |r| {
        let (y, m, d) = r.day(2015, 2030);
        format!("https://example.org/zwgk/{y}{m:02}/t{y}{m:02}{d:02}_1{}.htm", r.digits(10))
    }),
    ("address with a number", |r| format!("https://example.org/a?id=1{}", r.digits(12))),
    ("digest", |r| format!("sha256:{:016x}{:016x}", r.next(u64::MAX), r.next(u64::MAX) << 20)),
    ("short digest", |r| format!("{:08x}", r.next(1 << 31))),
    ("place on a map", |r| format!("118.{}, 24.{}", r.digits(8), r.digits(11))),
    ("school", |r| format!("学校标识码 {}{}", r.of(&["2135", "3135", "4135"]), r.digits(6))),
    ("ages", |r| format!("{} 5 7 9 11 13 15岁", r.of(&["1 3", "3", "1 3 4"]))),
    ("standard", |r| format!("GB/T {}—{}", r.digits(5), r.between(1999, 2025))),
    ("version", |r| format!("v{}.{}.{}", r.digits(2), r.digits(5), r.digits(6))),
    ("account of an office", |r| {
        let bank = r.of(&["3510", "4100", "1402", "3602", "1310", "5929"]);
        let length = r.of(&["11", "15", "13"]).parse().unwrap_or(15);
        format!("账号：{bank}{}", r.digits(length))
    }),
    ("licence", |r| format!("JY2350203{}", r.digits(7))),
    ("certificate", |r| format!("事证第1350{}号", r.digits(8))),
    ("counts", |r| {
        format!(
            "思明区 {} {} {} {} {}%",
            r.between(1, 99),
            r.between(100, 999),
            r.between(10, 99),
            r.between(1000, 9999),
            r.between(10, 99)
        )
    }),
    ("counts in cells", |r| {
        format!(
            "| {} | {} | {} | {} |",
            r.between(1, 99),
            r.between(100, 999),
            r.between(10, 99),
            r.between(1000, 9999)
        )
    }),
    ("counts, strokes", |r| {
        let mark = r.of(&["/", ":", "+", "~", "～"]);
        format!("{}{mark}{}{mark}{}", r.between(100, 999), r.between(1000, 9999), r.between(1990, 2030))
    }),
    ("share of counts", |r| {
        format!(
            "{}/{}，{}/{}",
            r.between(1, 999),
            r.between(1000, 9999),
            r.between(1, 999),
            r.between(1000, 9999)
        )
    }),
    ("times of day", |r| {
        format!("{:02}:{:02}:{:02}.{}", r.between(0, 23), r.between(0, 59), r.between(0, 59), r.digits(6))
    }),
    ("grades", |r| {
        let count = r.between(5, 14);
        let grades: Vec<String> = (0..count).map(|_| r.between(1, 9).to_string()).collect();
        grades.join(r.of(&["、", ",", "，"]))
    }),
    ("amounts, dunhao", |r| {
        let of = |r: &mut Random| r.between(100, 9999).to_string();
        [of(r), of(r), of(r)].join(r.of(&["、", ",", "；"]))
    }),
    ("a path of days", |r| {
        let (y, m, d) = r.day(2015, 2030);
        format!("{y}/{m:02}/{d:02}/{}", r.digits(4))
    }),
    ("dotted lines", |r| format!("目录{}{}{}", r.digits(3), r.of(&["...", "……", "---"]), r.digits(4))),
    ("years in Chinese digits", |r| {
        format!("二O{}{}年至二O三O年", r.of(&["一", "二"]), r.of(&["五", "七", "九"]))
    }),
    ("words with o and l", |r| format!("{} of {} or I {}", r.digits(4), r.digits(3), r.digits(4))),
    ("order", |r| {
        let (y, m, d) = r.day(2015, 2030);
        format!("单号{y}{m:02}{d:02}{}", r.digits(10))
    }),
    ("file name, day", |r| {
        let (y, m, d) = r.day(1990, 2030);
        format!(
            "{}{y}{m:02}{d:02}{}.docx",
            r.of(&["会议纪要", "通知", "IMG_", ""]),
            r.of(&["", "-2", "_final", "（定稿）"])
        )
    }),
    ("file name, moment", |r| {
        let (y, m, d) = r.day(2015, 2030);
        format!(
            "{}{y}{m:02}{d:02}{}{:02}{:02}{:02}.jpg",
            r.of(&["IMG", "IMG_", "微信图片_", "Screenshot_"]),
            r.of(&["", "_", "-"]),
            r.between(0, 23),
            r.between(0, 59),
            r.between(0, 59)
        )
    }),
    ("file name, milliseconds", |r| {
        format!("{}17{}.jpg", r.of(&["mmexport", "wx_camera_", "microMsg.", ""]), r.digits(11))
    }),
    ("file name, document", |r| {
        format!("闽民〔{}〕{}号附件{}.xlsx", r.between(2010, 2026), r.between(1, 399), r.digits(1))
    }),
    ("file name, credit code", |r| format!("{}.pdf", credit_code(r))),
];
