//! From characters to tokens: numbers with their units, periods, dates, items, and words.

use std::ops::Range;
use std::sync::Arc;

use crate::number::{number, percent};
use crate::quantity::{Period, Unit};
use crate::text::Text;
use crate::wording::{Role, Sense, Wording};

/// A stretch of a text, and what it is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Token {
    /// Its characters.
    pub range: Range<usize>,
    pub kind: Kind,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Kind {
    /// A word that is known, with all it can be.
    Word(Arc<[Sense]>),
    /// A number with its unit; for whom and how often may follow it.
    Number { low: f64, high: f64, unit: Unit, every: Option<(f64, Period)>, each: Vec<String> },
    /// A number that counts nothing.
    Bare(f64),
    /// An age in months, or a range of ages.
    Age { from: u32, to: u32, is_range: bool },
    /// 每月, 每半年.
    Every(f64, Period),
    /// 每人, 每户.
    Each(String),
    /// A day, month or year: months since year 0 where it has a year.
    Date(Option<u32>),
    /// 第3至5项.
    Items(Vec<u32>),
    /// A mark.
    Mark(char),
    /// Characters that are not known.
    Unknown,
}

impl Token {
    pub fn has(&self, role: Role) -> bool {
        self.group(role).is_some()
    }

    /// Returns the group it has in a role.
    pub fn group(&self, role: Role) -> Option<u16> {
        let Kind::Word(senses) = &self.kind else { return None };
        senses.iter().find(|sense| sense.role == role).map(|sense| sense.group)
    }

    /// Returns the groups of words it has that say what a clause is about.
    pub fn about(&self) -> impl Iterator<Item = u16> {
        let senses: &[Sense] = if let Kind::Word(senses) = &self.kind { senses } else { &[] };
        let about =
            senses.iter().filter(|sense| matches!(sense.role, Role::Same | Role::Promise | Role::Stage));
        about.map(|sense| sense.group)
    }

    /// Tells whether it is a word without a meaning of its own here, or no known word.
    pub fn is_other(&self) -> bool {
        self.kind == Kind::Unknown || self.has(Role::Common) || self.has(Role::CommonVerb)
    }

    pub fn is_mark(&self, marks: &str) -> bool {
        matches!(self.kind, Kind::Mark(mark) if marks.contains(mark))
    }

    /// Tells whether it has no weight of its own.
    pub fn is_light(&self) -> bool {
        const LIGHT: [Role; 6] =
            [Role::Plain, Role::Giving, Role::Open, Role::Pointing, Role::Improving, Role::Kind];
        match &self.kind {
            Kind::Word(senses) => senses.iter().all(|sense| LIGHT.contains(&sense.role)),
            Kind::Mark(_) => true,
            _ => false,
        }
    }
}

/// Divides a text into tokens; every character is in one.
pub(crate) fn tokens(text: &Text, words: &Wording) -> Vec<Token> {
    let chars = text.chars();
    let mut tokens: Vec<Token> = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let word = words.longest(chars, at);
        let special = special(chars, at);
        let (kind, end) = match (special, word) {
            (Some((kind, end)), Some((length, which)))
                if end - at > length || (end - at == length && is_weak(words.senses(which))) =>
            {
                (kind, end)
            }
            (Some((kind, end)), None) => (kind, end),
            // 为首批 and 对重点人群: a common word must not take the first character of one that counts.
            (_, Some((length, which)))
                if length == 2 && is_common(words.senses(which)) && overlaps(words, chars, at) =>
            {
                match words.longest(&chars[..=at], at) {
                    Some((_, first)) => (Kind::Word(words.senses(first).clone()), at + 1),
                    None => (Kind::Unknown, at + 1),
                }
            }
            (_, Some((length, which))) => (Kind::Word(words.senses(which).clone()), at + length),
            (None, None) if is_mark(chars[at]) => (Kind::Mark(chars[at]), at + 1),
            (None, None) => (Kind::Unknown, at + 1),
        };
        match tokens.last_mut() {
            Some(last) if last.kind == Kind::Unknown && kind == Kind::Unknown => last.range.end = end,
            _ => tokens.push(Token { range: at..end, kind }),
        }
        at = end;
    }
    tokens
}

fn is_common(senses: &[Sense]) -> bool {
    senses.iter().all(|sense| matches!(sense.role, Role::Common | Role::CommonVerb))
}

/// Tells whether a word that counts starts at the next character, and goes beyond this one.
fn overlaps(words: &Wording, chars: &[char], at: usize) -> bool {
    let next = (at + 1 < chars.len()).then(|| words.longest(chars, at + 1)).flatten();
    next.is_some_and(|(length, which)| {
        length >= 2
            && !words.senses(which).iter().all(|sense| {
                matches!(sense.role, Role::Common | Role::CommonVerb | Role::Plain | Role::Giving)
            })
    })
}

/// Tells whether a word says no more than a number that stands in the same place.
fn is_weak(senses: &[Sense]) -> bool {
    senses
        .iter()
        .all(|sense| matches!(sense.role, Role::Plain | Role::Common | Role::CommonVerb | Role::Giving))
}

fn is_mark(c: char) -> bool {
    !c.is_alphanumeric() && c != '%'
}

/// Reads what is no word of the lists: numbers with units, periods, dates, items.
fn special(chars: &[char], at: usize) -> Option<(Kind, usize)> {
    if !may_be_special(chars[at]) {
        return None;
    }
    items(chars, at)
        .or_else(|| every(chars, at))
        .or_else(|| date(chars, at))
        .or_else(|| english_age(chars, at))
        .or_else(|| clock_or_phone(chars, at))
        .or_else(|| if at > 0 && chars[at - 1] == '第' { None } else { counted(chars, at) })
}

/// Tells whether what [`special`] reads may start with a character. Quick: it is asked of each.
fn may_be_special(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || matches!(c, '第' | '前' | '序' | '全' | '年' | '月' | '每' | '按' | '逐' | '各' | '半' | '对')
        || matches!(c, '零' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '两')
        || matches!(c, '十' | '百' | '千' | '万' | '¥' | '￥' | '£' | '$' | '€')
}

fn starts(chars: &[char], at: usize, word: &str) -> bool {
    word.chars().enumerate().all(|(place, c)| chars.get(at + place) == Some(&c))
}

/// Returns the first of these words that stands at `at`, with its length.
fn one_of<'w, T: Copy>(chars: &[char], at: usize, words: &'w [(&'w str, T)]) -> Option<(T, usize)> {
    let found = words.iter().filter(|(word, _)| starts(chars, at, word) && ends_word(chars, at, word));
    found.map(|(word, value)| (*value, word.chars().count())).max_by_key(|(_, length)| *length)
}

/// Tells whether an English word ends where it does.
fn ends_word(chars: &[char], at: usize, word: &str) -> bool {
    let end = at + word.chars().count();
    !word.ends_with(|c: char| c.is_ascii_alphabetic())
        || !chars.get(end).is_some_and(char::is_ascii_alphabetic)
}

const PERIODS: &[(&str, Period)] = &[
    ("自然年", Period::Months(12)),
    ("自然年度", Period::Months(12)),
    ("学年度", Period::Months(12)),
    ("学年", Period::Months(12)),
    ("年度", Period::Months(12)),
    ("周年", Period::Months(12)),
    ("年", Period::Months(12)),
    ("学期", Period::Months(6)),
    ("半年", Period::Months(6)),
    ("季度", Period::Months(3)),
    ("季", Period::Months(3)),
    ("月", Period::Months(1)),
    ("星期", Period::Minutes(7 * 24 * 60)),
    ("礼拜", Period::Minutes(7 * 24 * 60)),
    ("周", Period::Minutes(7 * 24 * 60)),
    ("工作日", Period::WorkingDay),
    ("自然日", Period::Minutes(24 * 60)),
    ("天", Period::Minutes(24 * 60)),
    ("日", Period::Minutes(24 * 60)),
    ("小时", Period::Minutes(60)),
    ("钟头", Period::Minutes(60)),
    ("分钟", Period::Minutes(1)),
    ("school years", Period::Months(12)),
    ("school year", Period::Months(12)),
    ("years", Period::Months(12)),
    ("year", Period::Months(12)),
    ("semesters", Period::Months(6)),
    ("semester", Period::Months(6)),
    ("terms", Period::Months(6)),
    ("term", Period::Months(6)),
    ("half-year", Period::Months(6)),
    ("quarters", Period::Months(3)),
    ("quarter", Period::Months(3)),
    ("months", Period::Months(1)),
    ("month", Period::Months(1)),
    ("weeks", Period::Minutes(7 * 24 * 60)),
    ("week", Period::Minutes(7 * 24 * 60)),
    ("working days", Period::WorkingDay),
    ("working day", Period::WorkingDay),
    ("working-days", Period::WorkingDay),
    ("working-day", Period::WorkingDay),
    ("workdays", Period::WorkingDay),
    ("workday", Period::WorkingDay),
    ("days", Period::Minutes(24 * 60)),
    ("day", Period::Minutes(24 * 60)),
    ("hours", Period::Minutes(60)),
    ("hour", Period::Minutes(60)),
    ("minutes", Period::Minutes(1)),
    ("minute", Period::Minutes(1)),
];

/// For each of what; an empty name is for each person, which is not said.
const EACHES: &[(&str, &str)] = &[
    ("人", ""),
    ("生", ""),
    ("名儿童", ""),
    ("名学生", ""),
    ("名孩子", ""),
    ("名", ""),
    ("位", ""),
    ("个孩子", ""),
    ("个儿童", ""),
    ("孩", ""),
    ("儿童", ""),
    ("学生", ""),
    ("人次", "次"),
    ("次", "次"),
    ("户", "户"),
    ("个家庭", "户"),
    ("家庭", "户"),
    ("家", "户"),
    ("所学校", "校"),
    ("个学校", "校"),
    ("校", "校"),
    ("所", "校"),
    ("个班", "班"),
    ("班", "班"),
    ("个村", "村"),
    ("村", "村"),
    ("个社区", "社区"),
    ("社区", "社区"),
    ("村（居）", "村"),
    ("村(居)", "村"),
    ("个村(居)", "村"),
    ("个街道", "街道"),
    ("街道", "街道"),
    ("乡镇", "乡镇"),
    ("个乡镇", "乡镇"),
    ("餐", "餐"),
    ("顿", "餐"),
    ("床", "床"),
    ("晚", "晚"),
    ("夜", "晚"),
    ("场", "场"),
    ("节", "节"),
    ("期", "期"),
    ("间", "间"),
    ("处", "处"),
    ("个", "个"),
    ("person", ""),
    ("student", ""),
    ("pupil", ""),
    ("child", ""),
    ("household", "户"),
    ("family", "户"),
    ("time", "次"),
    ("visit", "次"),
    ("night", "晚"),
    ("meal", "餐"),
    ("class", "班"),
    ("school", "校"),
];

/// Reads 每月, 每两个月, 每半年, 每人, 每户, 按月, per month.
fn every(chars: &[char], at: usize) -> Option<(Kind, usize)> {
    // 年补助2万元, 全年不少于45天.
    for (word, length) in [("全年", 2), ("年均", 2), ("月均", 2), ("年", 1), ("月", 1)] {
        if !starts(chars, at, word) {
            continue;
        }
        let after: String = chars[at..].iter().skip(length).take(2).collect();
        let before = at.checked_sub(1).map(|before| chars[before]);
        let counted = before.is_some_and(|c| {
            c.is_ascii_digit() || "零一二三四五六七八九十两半个每本当次全学周前同今明去上下几".contains(c)
        });
        if !counted
            && (length == 2
                || ["补助", "补贴", "发放", "资助", "人均", "给予", "开课", "开展"].contains(&after.as_str()))
        {
            let period = if word.contains('年') { Period::Months(12) } else { Period::Months(1) };
            return Some((Kind::Every(1.0, period), at + length));
        }
    }
    let own = ["每", "按", "逐", "各", "per ", "a ", "an ", "each ", "every "];
    let lead = own.iter().find(|word| {
        starts(chars, at, word) && (at == 0 || !word.is_ascii() || !chars[at - 1].is_ascii_alphanumeric())
    })?;
    let mut place = at + lead.chars().count();
    let is_each = matches!(*lead, "每" | "per " | "each " | "every " | "a " | "an " | "各");
    if starts(chars, place, "隔") {
        place += 1;
    }
    let (count, after) = match number(chars, place) {
        Some((count, after)) if is_each => (count, after),
        _ => (1.0, place),
    };
    let after_counter =
        if starts(chars, after, "个") || starts(chars, after, " ") { after + 1 } else { after };
    if let Some((period, length)) = one_of(chars, after_counter, PERIODS) {
        let end = after_counter + length;
        // 每日间 and the like are other words.
        let goes_on = *lead == "按" && chars.get(end).is_some_and(|c| "报度".contains(*c));
        return (count > 0.0 && !goes_on && *lead != "各").then_some((Kind::Every(count, period), end));
    }
    if !is_each || count < 1.0 || count.fract() != 0.0 {
        return None;
    }
    let (name, length) = one_of(chars, after, EACHES)?;
    // 每15名儿童 and 每3个村 share what they get.
    if count > 1.0 {
        return Some((Kind::Each(format!("{count}{name}")), after + length));
    }
    // 各学校 is all of them together; 各 with nothing behind it shares out.
    let shares_out = name.is_empty() || lead != &"各";
    (name != "个" && shares_out).then(|| (Kind::Each(name.to_owned()), after + length))
}

/// Reads 2026年, 2026年9月1日, 9月1日, 年底.
fn date(chars: &[char], at: usize) -> Option<(Kind, usize)> {
    let digits = |from: usize| (from..chars.len()).take_while(|at| chars[*at].is_ascii_digit()).count();
    let own = digits(at);
    if own == 0 || (at > 0 && chars[at - 1].is_ascii_digit()) {
        return None;
    }
    let value = |from: usize, length: usize| -> u32 {
        chars[from..from + length]
            .iter()
            .filter_map(|c| c.to_digit(10))
            .fold(0, |sum, digit| sum * 10 + digit)
    };
    let mut end = at + own;
    let mut months = None;
    let mut known = false;
    if own == 4 && (1900..2200).contains(&value(at, own)) && starts(chars, end, "年") {
        (months, known) = (Some(value(at, own) * 12), true);
        end += 1;
        let more = digits(end);
        if (1..=2).contains(&more) && starts(chars, end + more, "月") {
            months = months.map(|year| year + value(end, more));
            end += more + 1;
        }
    } else if own <= 2
        && starts(chars, end, "月")
        && !starts(chars, end, "月龄")
        && is_month_of_a_year(chars, at, end)
    {
        known = true;
        end += 1;
    }
    if !known {
        return None;
    }
    let more = digits(end);
    if (1..=2).contains(&more) && (starts(chars, end + more, "日") || starts(chars, end + more, "号")) {
        end += more + 1;
    }
    Some((Kind::Date(months), end))
}

/// Tells whether 9月 is September, not nine months: 满9月 and 9月以上 are the latter.
fn is_month_of_a_year(chars: &[char], at: usize, month: usize) -> bool {
    let before = at.checked_sub(1).map(|before| chars[before]);
    let after = chars.get(month + 1);
    !matches!(before, Some('满' | '计' | '续' | '达' | '-' | '至'))
        && !after.is_some_and(|c| "以内龄".contains(*c))
}

/// Reads aged 3 to 6, ages 3-6, age 18, and the number in children under 6.
fn english_age(chars: &[char], at: usize) -> Option<(Kind, usize)> {
    const BEFORE: [&str; 10] = [
        "children under ",
        "children below ",
        "children over ",
        "children up to ",
        "those under ",
        "those over ",
        "pupils under ",
        "aged under ",
        "aged over ",
        "the age of ",
    ];
    let ends_with = |word: &&str| {
        let length = word.len();
        at >= length && starts(chars, at - length, word)
    };
    if chars[at].is_ascii_digit() && BEFORE.iter().any(ends_with) {
        let (years, end) = number(chars, at)?;
        let months = whole(years * 12.0)?;
        // 6 years and 6 months say their unit themselves.
        let unit = unit(chars, end).is_some() || starts(chars, end, " year") || starts(chars, end, "%");
        return (!unit).then_some((Kind::Age { from: months, to: months, is_range: false }, end));
    }
    let lead = ["aged ", "ages ", "age "].iter().find(|word| starts(chars, at, word))?;
    let is_word = at == 0 || !chars[at - 1].is_ascii_alphabetic();
    let (low, end) = number(chars, at + lead.len()).filter(|_| is_word)?;
    let mark = ["-", " to ", " and "].iter().find(|mark| starts(chars, end, mark));
    let second = mark.and_then(|mark| number(chars, end + mark.len()));
    let (high, end) = second.unwrap_or((low, end));
    Some((Kind::Age { from: whole(low * 12.0)?, to: whole(high * 12.0)?, is_range: second.is_some() }, end))
}

/// Reads 9:00 and telephone numbers, which count nothing.
fn clock_or_phone(chars: &[char], at: usize) -> Option<(Kind, usize)> {
    if !chars[at].is_ascii_digit() || (at > 0 && chars[at - 1].is_ascii_digit()) {
        return None;
    }
    let digits = |from: usize| (from..chars.len()).take_while(|at| chars[*at].is_ascii_digit()).count();
    let own = digits(at);
    let end = at + own;
    if own <= 2 && starts(chars, end, ":") && digits(end + 1) == 2 {
        return Some((Kind::Bare(0.0), end + 3));
    }
    if own >= 7 || (own >= 3 && starts(chars, end, "-") && digits(end + 1) >= 7) {
        let more = if starts(chars, end, "-") { digits(end + 1) + 1 } else { 0 };
        return Some((Kind::Bare(0.0), end + more));
    }
    None
}

/// Reads 第3至5项, 第1、2、4项, 前三项, 序号6.
fn items(chars: &[char], at: usize) -> Option<(Kind, usize)> {
    let lead = ["第", "前", "序号", "items ", "item "].iter().find(|word| starts(chars, at, word))?;
    let mut place = at + lead.chars().count();
    let mut items: Vec<u32> = Vec::new();
    let mut from: Option<u32> = None;
    loop {
        if starts(chars, place, "第") && place > at {
            place += 1;
        }
        let (value, end) = number(chars, place)?;
        if !(1.0..=200.0).contains(&value) || value.fract() != 0.0 {
            return None;
        }
        let value = (1..=200u32).find(|item| f64::from(*item) == value)?;
        match from.take() {
            Some(from) => items.extend(from + 1..=value),
            None if *lead == "前" => items.extend(1..=value),
            None => items.push(value),
        }
        place = end;
        let unit = ["项", "条", "款", "点", "个项目", "大项"].iter().find(|unit| starts(chars, place, unit));
        if let Some(unit) = unit {
            place += unit.chars().count();
        }
        if ["至", "到", "-"].iter().any(|mark| starts(chars, place, mark)) && follows_number(chars, place + 1)
        {
            from = Some(value);
            place += 1;
        } else if ["、", "和", "及", "与", ","].iter().any(|mark| starts(chars, place, mark))
            && follows_number(chars, place + 1)
        {
            place += 1;
        } else {
            let named = unit.is_some() || lead.starts_with("item") || *lead == "序号";
            return (named && !items.is_empty()).then_some((Kind::Items(items), place));
        }
    }
}

fn follows_number(chars: &[char], at: usize) -> bool {
    let at = if starts(chars, at, "第") { at + 1 } else { at };
    number(chars, at).is_some()
}

/// What a unit makes of the number before it.
#[derive(Clone, Debug, PartialEq)]
enum Counted {
    Unit(f64, Unit),
    /// So many months of age.
    Age(f64),
}

/// Reads a number with its unit, or a range of them.
fn counted(chars: &[char], at: usize) -> Option<(Kind, usize)> {
    let money = ["¥", "￥", "rmb", "cny", "£", "$", "€"].iter().find(|sign| starts(chars, at, sign));
    let start = at + money.map_or(0, |sign| sign.chars().count());
    let start = if money.is_some() && starts(chars, start, " ") { start + 1 } else { start };
    if at > 0
        && chars[at].is_ascii_digit()
        && (chars[at - 1].is_ascii_digit() || chars[at - 1].is_ascii_alphabetic())
    {
        return None;
    }
    if start == at
        && let Some((kind, end)) = word_number(chars, at)
    {
        return Some((kind, end));
    }
    let (low, mut end) = percent(chars, start).or_else(|| number(chars, start))?;
    let is_percent = percent(chars, start).is_some();
    if ["多", "余", "几"].iter().any(|word| starts(chars, end, word)) {
        end += 1;
    }
    let first = if is_percent { Some((Counted::Unit(1.0, Unit::Share), 0)) } else { unit(chars, end) };
    let mut high = low;
    let (mut low_unit, mut is_range) = (first.clone(), false);
    let after = end + first.as_ref().map_or(0, |(_, length)| *length);
    // 3-6岁, 6个月至3岁, 300元到500元.
    let mark = ["-", "至", "到", "、"].iter().find(|mark| starts(chars, after, mark));
    if let Some(mark) = mark {
        let place = after + mark.chars().count();
        let place = if starts(chars, place, "¥") { place + 1 } else { place };
        let second = percent(chars, place).or_else(|| number(chars, place));
        if let Some((value, second_end)) = second {
            let second_unit = if percent(chars, place).is_some() {
                Some((Counted::Unit(1.0, Unit::Share), 0))
            } else {
                unit(chars, second_end)
            };
            let joins = match (&first, &second_unit) {
                (None, Some(_)) => *mark != "、" || value == low + 1.0,
                (Some(one), Some(other)) => {
                    *mark != "、"
                        && (is_age(&one.0) == is_age(&other.0) || is_age(&other.0))
                        && same_family(&one.0, &other.0)
                }
                _ => false,
            };
            if joins && let Some((kind, length)) = second_unit {
                (high, is_range) = (value, true);
                low_unit = Some(match &first {
                    Some((Counted::Unit(_, Unit::Time(Period::Months(months))), _)) if is_age(&kind) => {
                        (Counted::Age(f64::from(*months)), 0)
                    }
                    Some(first) => first.clone(),
                    None => (kind.clone(), 0),
                });
                end = second_end;
                return finish(
                    chars,
                    at,
                    (low, low_unit.map(|(unit, _)| unit)),
                    (high, Some(kind)),
                    end + length,
                    is_range,
                );
            }
        }
    }
    if let Some(sign) = money.filter(|_| first.is_none()) {
        let currency = currency(sign);
        return Some(per(chars, (low, high), Unit::Money(currency), end));
    }
    let Some((unit, length)) = first else {
        return Some((Kind::Bare(low), end));
    };
    finish(chars, at, (low, low_unit.map(|(unit, _)| unit)), (high, Some(unit)), end + length, is_range)
}

fn currency(sign: &str) -> String {
    match sign {
        "£" => "gbp",
        "$" => "usd",
        "€" => "eur",
        _ => "cny",
    }
    .to_owned()
}

fn is_age(counted: &Counted) -> bool {
    matches!(counted, Counted::Age(_))
}

fn same_family(a: &Counted, b: &Counted) -> bool {
    match (a, b) {
        (Counted::Unit(_, Unit::Time(Period::Months(_))), Counted::Age(_))
        | (Counted::Age(_), Counted::Age(_)) => true,
        (Counted::Unit(_, Unit::Time(_)), Counted::Unit(_, Unit::Time(_))) => true,
        (Counted::Unit(_, a), Counted::Unit(_, b)) => a == b,
        _ => false,
    }
}

/// Makes a token of a number, or two, with its unit, and of what stands behind it.
fn finish(
    chars: &[char],
    at: usize,
    (low, low_unit): (f64, Option<Counted>),
    (high, unit): (f64, Option<Counted>),
    end: usize,
    is_range: bool,
) -> Option<(Kind, usize)> {
    match (low_unit?, unit?) {
        (Counted::Age(low_months), Counted::Age(months)) => {
            let half = if starts(chars, end, "半") { 0.5 } else { 0.0 };
            let low = if is_range { low } else { low + half };
            let (from, to) = (whole(low * low_months)?, whole((high + half) * months)?);
            let end = end + usize::from(half > 0.0);
            Some((Kind::Age { from, to, is_range }, end))
        }
        (Counted::Unit(_, Unit::Time(Period::Months(months))), Counted::Unit(..))
            if months == 1 && (names_age(chars, at, end) || (is_range && low == 0.0)) =>
        {
            let end = end + usize::from(starts(chars, end, "龄"));
            Some((Kind::Age { from: whole(low)?, to: whole(high)?, is_range }, end))
        }
        (Counted::Unit(low_factor, _), Counted::Unit(factor, unit)) => {
            Some(per(chars, (low * low_factor, high * factor), unit, end))
        }
        _ => None,
    }
}

fn whole(months: f64) -> Option<u32> {
    let months = months.round();
    (0..=1500).find(|number| f64::from(*number) == months)
}

/// Tells whether so many months are an age: 0-36个月儿童, 6月龄.
fn names_age(chars: &[char], at: usize, end: usize) -> bool {
    let after: String = chars[end..].iter().take(6).collect();
    let after = after.trim_start_matches('(').trim_start_matches("含").trim_start_matches(')');
    let after = after.trim_start_matches("以下").trim_start_matches("以内").trim_start_matches("以上");
    let after = after.trim_start_matches('的').trim_start_matches("各");
    let names = ["龄", "婴", "幼", "儿童", "新生儿", "宝宝", "孩"].iter().any(|word| after.starts_with(word));
    let before: String = chars[at.saturating_sub(2)..at].iter().collect();
    names && !before.ends_with('每')
}

/// Reads what stands behind a number: `/人·月`, ` per month`.
fn per(chars: &[char], (low, high): (f64, f64), unit: Unit, mut end: usize) -> (Kind, usize) {
    let (mut every, mut each) = (None, Vec::new());
    loop {
        let lead = ["/", "·", " per ", " a ", " an ", " each ", " every "]
            .iter()
            .find(|mark| starts(chars, end, mark));
        let Some(lead) = lead else { break };
        let place = end + lead.chars().count();
        let place = if starts(chars, place, "每") { place + 1 } else { place };
        let (count, after) = number(chars, place).unwrap_or((1.0, place));
        let after = if starts(chars, after, "个") || starts(chars, after, " ") { after + 1 } else { after };
        if let Some((period, length)) =
            one_of(chars, after, PERIODS).filter(|_| every.is_none() && count > 0.0)
        {
            every = Some((count, period));
            end = after + length;
        } else if let Some((name, length)) = one_of(chars, after, EACHES) {
            each.extend((!name.is_empty()).then(|| name.to_owned()));
            end = after + length;
        } else {
            break;
        }
    }
    each.sort();
    (Kind::Number { low, high, unit, every, each }, end)
}

/// Reads numbers that are words: 八成, 一半, 减半 is a word of its own.
fn word_number(chars: &[char], at: usize) -> Option<(Kind, usize)> {
    let share = |low: f64, end: usize| {
        Some((Kind::Number { low, high: low, unit: Unit::Share, every: None, each: Vec::new() }, end))
    };
    for word in ["一半", "半数", "对半", "half"] {
        if starts(chars, at, word) {
            return share(50.0, at + word.chars().count());
        }
    }
    let times = |count: f64, end: usize| per(chars, (count, count), Unit::Times, end);
    for (word, count) in [("once", 1.0), ("twice", 2.0)] {
        if starts(chars, at, word)
            && ends_word(chars, at, word)
            && (at == 0 || !chars[at - 1].is_ascii_alphabetic())
        {
            return Some(times(count, at + word.len()));
        }
    }
    let (value, end) = number(chars, at)?;
    if starts(chars, end, "成")
        && let Some((more, after)) = number(chars, end + 1).filter(|(more, _)| *more < 10.0 && value < 10.0)
    {
        return share(value * 10.0 + more, after);
    }
    if starts(chars, end, "成")
        && value <= 10.0
        && !chars.get(end + 1).is_some_and(|c| "员本立为功年果长效熟人".contains(*c))
    {
        return share(value * 10.0, end + 1);
    }
    if starts(chars, end, "折") && value < 10.0 {
        let unit = Unit::Other("折".to_owned());
        return Some((
            Kind::Number { low: value, high: value, unit, every: None, each: Vec::new() },
            end + 1,
        ));
    }
    // 1:1000: the more of the first, the better.
    if (starts(chars, end, ":") || starts(chars, end, "∶") || starts(chars, end, "比"))
        && let Some((to, after)) = number(chars, end + 1).filter(|(to, _)| *to > 0.0)
        && value < 60.0
        && !starts(chars, after, "元")
    {
        let unit = Unit::Other(":".to_owned());
        return Some((
            Kind::Number { low: value / to, high: value / to, unit, every: None, each: Vec::new() },
            after,
        ));
    }
    None
}

/// Reads a unit.
fn unit(chars: &[char], at: usize) -> Option<(Counted, usize)> {
    let blank = usize::from(starts(chars, at, " "));
    let place = at + blank;
    let money: &[(&str, (f64, &str))] = &[
        ("元人民币", (1.0, "cny")),
        ("元", (1.0, "cny")),
        ("圆", (1.0, "cny")),
        ("块钱", (1.0, "cny")),
        ("块", (1.0, "cny")),
        ("角", (0.1, "cny")),
        ("cny", (1.0, "cny")),
        ("rmb", (1.0, "cny")),
        ("yuan", (1.0, "cny")),
        ("gbp", (1.0, "gbp")),
        ("pounds", (1.0, "gbp")),
        ("usd", (1.0, "usd")),
        ("dollars", (1.0, "usd")),
        ("eur", (1.0, "eur")),
        ("euros", (1.0, "eur")),
    ];
    if let Some(((factor, currency), length)) = one_of(chars, place, money) {
        return Some((Counted::Unit(factor, Unit::Money(currency.to_owned())), blank + length));
    }
    let simple: &[(&str, u8)] = &[
        ("%", 0),
        ("percent", 0),
        ("per cent", 0),
        ("个百分点", 0),
        ("次", 1),
        ("回", 1),
        ("趟", 1),
        ("轮", 1),
        ("times", 1),
        ("time", 1),
        ("倍", 2),
        ("times the", 2),
        ("名", 3),
        ("人", 3),
        ("位", 3),
        ("个人", 3),
        ("persons", 3),
        ("person", 3),
        ("people", 3),
        ("children", 3),
        ("pupils", 3),
        ("students", 3),
    ];
    if let Some((which, length)) = one_of(chars, place, simple) {
        let is_word =
            which == 3 && chars.get(place + length).is_some_and(|c| "次工均份格员均类数单誉校".contains(*c));
        let unit = match which {
            0 => Unit::Share,
            1 => Unit::Times,
            2 => Unit::Multiple,
            _ => Unit::People,
        };
        if !is_word {
            return Some((Counted::Unit(1.0, unit), blank + length));
        }
    }
    for word in ["周岁", "岁", "years old", "years of age"] {
        if starts(chars, place, word) {
            let length = word.chars().count();
            return Some((Counted::Age(12.0), blank + length));
        }
    }
    let counter = usize::from(starts(chars, place, "个"));
    if starts(chars, place + counter, "年级") {
        return Some((Counted::Unit(1.0, Unit::Other("年级".to_owned())), blank + counter + 2));
    }
    if let Some((period, length)) = one_of(chars, place + counter, PERIODS) {
        return Some((Counted::Unit(1.0, Unit::Time(period)), blank + counter + length));
    }
    const OTHERS: &[&str] = &[
        "课时",
        "学时",
        "例",
        "号",
        "平方米",
        "平米",
        "公里",
        "场次",
        "床位",
        "人次",
        "公斤",
        "米",
        "个",
        "所",
        "间",
        "处",
        "家",
        "套",
        "件",
        "册",
        "本",
        "节",
        "张",
        "台",
        "辆",
        "床",
        "场",
        "期",
        "类",
        "种",
        "份",
        "门",
        "支",
        "座",
        "班",
        "户",
        "餐",
        "顿",
        "瓶",
        "袋",
        "盒",
        "斤",
        "项",
        "条",
        "块",
        "对",
        "组",
        "批",
        "档",
        "级",
        "等",
        "学位",
        "名额",
    ];
    let other =
        OTHERS.iter().filter(|word| starts(chars, place, word)).max_by_key(|word| word.chars().count());
    other.map(|word| (Counted::Unit(1.0, Unit::Other((*word).to_owned())), blank + word.chars().count()))
}
