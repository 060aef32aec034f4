//! What tells of a person without being a number: a name beside a day of birth, the address of a home, a hardship
//! beside a name, a passport, a WeChat id.
//!
//! None of these is certain: an office has addresses, and 高中 is no Mr Gao. So each is worth a look, and a review passes
//! it. The rules are narrow on purpose: official texts hold hundreds of 孤儿 and 残疾 and none may be taken for a person.
//!
//! To add a kind, write what finds it in one line of a text and add it to [`KINDS`].

use std::ops::Range;

use super::names;

/// What a detail is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DetailKind {
    /// The name of a person beside a day of birth.
    Birth,
    /// The address of a home, with the number of the house or flat.
    Home,
    /// The name of a person said to be an orphan, disabled, or poor.
    Hardship,
    /// A passport or a travel permit.
    Passport,
    /// An account of WeChat or QQ.
    Account,
}

/// A part of a text that may tell of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Detail {
    /// What it may be.
    pub kind: DetailKind,
    /// The bytes it stands in.
    pub range: Range<usize>,
}

/// Finds details of one kind in a line.
type Find = fn(&str) -> Vec<Range<usize>>;

/// Every kind of detail, with what a line must hold to have one.
const KINDS: &[(DetailKind, Needs, Find)] = &[
    (DetailKind::Birth, Needs::Figure, births),
    (DetailKind::Home, Needs::Figure, homes),
    (DetailKind::Hardship, Needs::Name, hardships),
    (DetailKind::Passport, Needs::Figure, passports),
    (DetailKind::Account, Needs::Figure, accounts),
];

/// What a line must hold to be worth a look: most lines of a list hold no figure.
#[derive(Clone, Copy)]
enum Needs {
    /// A digit, or the line below in the name of an account.
    Figure,
    /// A character of a Chinese name.
    Name,
}

impl Needs {
    fn are_met_by(self, line: &str) -> bool {
        match self {
            Self::Figure => line.bytes().any(|byte| byte.is_ascii_digit() || byte == b'_'),
            Self::Name => !line.is_ascii(),
        }
    }
}

/// Returns what may tell of a person in a text, line by line, each kind once a line.
pub fn details(text: &str) -> Vec<Detail> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        for (kind, _, find) in KINDS.iter().filter(|(_, needs, _)| needs.are_met_by(line)) {
            let first = find(line).into_iter().next();
            found.extend(
                first.map(|range| Detail { kind: *kind, range: start + range.start..start + range.end }),
            );
        }
        start += line.len();
    }
    found
}

/// How many places of words are looked at in a line: more than any office writes, and so few that no line takes long.
const MOST_WORDS: usize = 400;

/// Returns the places of words in a line.
fn places<'l>(line: &'l str, words: &'l [&str]) -> impl Iterator<Item = Range<usize>> + 'l {
    let found =
        words.iter().flat_map(move |word| line.match_indices(word).map(|(at, word)| at..at + word.len()));
    found.take(MOST_WORDS)
}

/// Returns the last `count` characters of a text.
fn last(text: &str, count: usize) -> &str {
    text.char_indices().rev().take(count).last().map_or("", |(at, _)| &text[at..])
}

/// Returns the first `count` characters of a text.
fn first(text: &str, count: usize) -> &str {
    text.char_indices().nth(count).map_or(text, |(end, _)| &text[..end])
}

/// How far a name stands from what is said of it, in characters.
const NEAR: usize = 14;

/// Finds 张某某，2015年3月4日出生 and 姓名：张某某 出生日期：2015-03-04.
fn births(line: &str) -> Vec<Range<usize>> {
    let said = places(line, &["出生", "生于", "生日", "生）", "生，", "生。"]);
    let born = said.filter_map(|word| {
        let start = word.start - last(&line[..word.start], 12).len();
        let (before, after) = (&line[start..word.start], first(&line[word.end..], 16));
        let day = day_at_end(before).map(|at| start + at..word.end);
        let later = day_at_start(after).map(|length| word.start..word.end + length);
        let born = day.or(later)?;
        let reach = born.start - last(&line[..born.start], NEAR).len();
        let name = names::last_name(&line[..born.start], reach)?;
        Some(name.start..born.end)
    });
    born.collect()
}

/// Returns where a day ends a text: 2015年3月4日, 2015-03-04, 2015.3.4, with a blank behind it or not.
fn day_at_end(text: &str) -> Option<usize> {
    let text = text.trim_end_matches([' ', '日']);
    let start = text.char_indices().rev().take_while(|(_, c)| is_of_day(*c)).last()?.0;
    is_day(&text[start..]).then_some(start)
}

/// Returns how long the day at the start of a text is, behind a colon or a word.
fn day_at_start(text: &str) -> Option<usize> {
    let rest =
        text.trim_start_matches(['日', '期', '年', '月', '时', '间', '：', ':', ' ', '为', '于', '|', '"']);
    let length = rest.find(|c| !is_of_day(c)).unwrap_or(rest.len());
    is_day(&rest[..length]).then_some(text.len() - rest.len() + length)
}

fn is_of_day(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '年' | '月' | '日' | '-' | '.' | '/')
}

fn is_day(text: &str) -> bool {
    let numbers: Vec<u32> =
        text.split(|c: char| !c.is_ascii_digit()).filter_map(|number| number.parse().ok()).collect();
    match numbers[..] {
        [year, month] | [year, month, _] => (1900..2100).contains(&year) && (1..=12).contains(&month),
        [whole] => (19_000_101..21_000_101).contains(&whole),
        _ => false,
    }
}

/// Words that an address of a home stands behind.
const AT_HOME: &[&str] = &["家住", "住址", "家庭地址", "户籍地址", "现住", "住在", "居住地址", "家在"];

/// Finds 家住…12号, …3栋502室, …5号楼2单元301, …12号302室.
fn homes(line: &str) -> Vec<Range<usize>> {
    let told = places(line, AT_HOME).filter_map(|word| {
        let after = first(&line[word.end..], 40);
        let end = after.char_indices().find(|(at, c)| {
            matches!(c, '号' | '室' | '栋' | '幢' | '组')
                && after[..*at].ends_with(|c: char| c.is_ascii_digit())
        })?;
        Some(word.start..word.end + end.0 + end.1.len_utf8())
    });
    let flats = places(line, &["室", "单元"]).filter_map(|word| {
        let before = last(&line[..word.start], 16);
        let number = before.len() - before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let house = &before[..before.len() - number];
        let marks = ["号", "栋", "幢", "单元", "号楼"];
        let mark = marks.iter().find(|mark| house.trim_end_matches('-').ends_with(**mark))?;
        let digits = house.trim_end_matches('-').strip_suffix(mark)?;
        let whole = digits.ends_with(|c: char| c.is_ascii_digit()) && (1..=4).contains(&number);
        let street = digits.char_indices().rev().find(|(_, c)| !c.is_alphanumeric());
        let street = street.map_or(0, |(at, c)| at + c.len_utf8());
        whole.then(|| word.start - before.len() + street..word.end)
    });
    told.chain(flats).collect()
}

/// What makes a name beside it a matter of nobody else.
const HARDSHIPS: &[&str] = &[
    "孤儿",
    "残疾",
    "事实无人抚养",
    "低保",
    "特困",
    "艾滋",
    "自闭症",
    "脑瘫",
    "智力障碍",
    "服刑",
    "吸毒",
    "离异",
    "单亲",
];

/// Finds 张小明系孤儿, 张小明（残疾）, 孤儿张小明，.
fn hardships(line: &str) -> Vec<Range<usize>> {
    let near = places(line, HARDSHIPS).filter_map(|word| {
        let reach = word.start - last(&line[..word.start], NEAR).len();
        let before = names::last_name(&line[..word.start], reach).filter(|name| {
            let between = &line[name.end..word.start];
            let joins = [
                '，', ',', ' ', '（', '(', '：', ':', '系', '是', '为', '属', '女', '男', '岁', '户', '|',
                '\t',
            ];
            between.chars().all(|c| c.is_ascii_digit() || joins.contains(&c)) && !between.is_empty()
        });
        let after = || {
            let rest = first(&line[word.end..], 8);
            let rest = rest.trim_start_matches("儿童").trim_start_matches("学生").trim_start_matches("人");
            let start = line[word.end..].find(rest).map(|at| word.end + at)?;
            names::name_at(&line[start..]).map(|length| word.start..start + length)
        };
        before.map(|name| name.start..word.end).or_else(after)
    });
    near.collect()
}

/// Words for papers to travel with.
const PAPERS: &[&str] = &["护照", "通行证", "回乡证", "台胞证", "passport", "Passport", "PASSPORT"];

/// Finds 护照 E12345678 and 通行证号：H12345678.
fn passports(line: &str) -> Vec<Range<usize>> {
    let papers = places(line, PAPERS).filter_map(|word| {
        let after = first(&line[word.end..], 24);
        let mut tokens = after.split(|c: char| !c.is_ascii_alphanumeric());
        let number = tokens.find(|token| is_number_of_paper(token))?;
        let start = after.find(number)?;
        Some(word.start..word.end + start + number.len())
    });
    papers.collect()
}

/// Tells whether a word is made as the numbers of passports and permits are: at most two letters, then digits.
fn is_number_of_paper(word: &str) -> bool {
    let digits = word.trim_start_matches(|c: char| c.is_ascii_uppercase());
    let letters = word.len() - digits.len();
    letters <= 2 && (8..=10).contains(&word.len()) && digits.chars().all(|c| c.is_ascii_digit())
}

/// Words before an account.
const ACCOUNTS: &[&str] = &["微信", "wechat", "WeChat", "vx", "VX", "QQ", "wx"];

/// Words of accounts that offices publish.
const OF_OFFICES: &[&str] = &["公众号", "服务号", "订阅号", "视频号", "小程序", "公众平台"];

/// Finds 微信号：abc_12345 and wxid_….
fn accounts(line: &str) -> Vec<Range<usize>> {
    let ids = line.match_indices("wxid_").take(1).map(|(at, _)| at..at + 5 + id_length(&line[at + 5..]));
    let told = places(line, ACCOUNTS).filter_map(|word| {
        let whole = !line[..word.start].ends_with(|c: char| c.is_ascii_alphanumeric());
        let rest = &line[word.end..];
        let after = rest.trim_start_matches(['号', '码', '：', ':', ' ', '（', '(', '是', '为', '加', '同']);
        let after = after.strip_prefix("ID").or_else(|| after.strip_prefix("id")).unwrap_or(after);
        let after = after.trim_start_matches(['：', ':', ' ']);
        let length = id_length(after);
        let joined = rest.len() == after.len();
        let is_qq = line[word.clone()].eq("QQ");
        let account = &after[..length];
        let fits = match is_qq {
            true => (5..=11).contains(&length) && account.chars().all(|c| c.is_ascii_digit()),
            false => (6..=20).contains(&length) && account.contains(|c: char| c.is_ascii_digit() || c == '_'),
        };
        let office =
            OF_OFFICES.iter().any(|name| last(&line[..word.end], 8).contains(name) || rest.starts_with(name));
        let start = line.len() - after.len();
        (whole && fits && !office && (!joined || !is_qq)).then(|| word.start..start + length)
    });
    ids.chain(told).collect()
}

/// Returns how long the account is that a text starts with.
fn id_length(text: &str) -> usize {
    text.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))).unwrap_or(text.len())
}
