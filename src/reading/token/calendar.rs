//! Days, months, and how often.

use super::*;

pub(super) const PERIODS: &[(&str, Period)] = &[
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
pub(super) const EACHES: &[(&str, &str)] = &[
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
pub(super) fn every(chars: &[char], at: usize) -> Option<(Kind, usize)> {
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

/// Reads 2026年, 2026年9月1日, 9月1日, 二〇二六年, 四月.
pub(super) fn date(chars: &[char], at: usize) -> Option<(Kind, usize)> {
    if at > 0 && (chars[at - 1].is_ascii_digit() || spelled(chars[at - 1]).is_some()) {
        return None;
    }
    let (mut end, mut months) = (at, None);
    if let Some((year, after)) = year(chars, at) {
        (months, end) = (Some(year * 12), after);
        if let Some((month, after)) = counted(chars, end, "月") {
            months = months.map(|year| year + month);
            end = after;
        }
    } else if let Some((month, after)) = counted(chars, at, "月")
        && (1..=12).contains(&month)
        && !starts(chars, after - 1, "月龄")
        && is_month_of_a_year(chars, at, after - 1)
    {
        end = after;
    }
    if end == at {
        return None;
    }
    if let Some((_, after)) = counted(chars, end, "日").or_else(|| counted(chars, end, "号")) {
        end = after;
    }
    Some((Kind::Date(months), end))
}

/// Reads the year of 2026年 or 二零二六年; returns it with where it ends.
fn year(chars: &[char], at: usize) -> Option<(u32, usize)> {
    let digits = chars.get(at..at + 4)?;
    let digit: fn(char) -> Option<u32> =
        if digits[0].is_ascii_digit() { |c| c.to_digit(10) } else { spelled };
    let year = digits.iter().try_fold(0, |year, c| Some(year * 10 + digit(*c)?))?;
    (starts(chars, at + 4, "年") && (1900..2200).contains(&year)).then_some((year, at + 5))
}

/// Reads a number of at most two digits, or the same in words, with a unit behind it; returns it with where the unit ends.
fn counted(chars: &[char], at: usize, unit: &str) -> Option<(u32, usize)> {
    let (value, end) = number(chars, at).filter(|(value, _)| value.fract() == 0.0)?;
    let value = (0..100).find(|known| f64::from(*known) == value)?;
    starts(chars, end, unit).then(|| (value, end + unit.chars().count()))
}

/// Returns the value of a digit written as a word.
fn spelled(c: char) -> Option<u32> {
    "零一二三四五六七八九".chars().position(|known| known == c).and_then(|at| u32::try_from(at).ok())
}

/// Tells whether 9月 is September, not nine months: 满9月 and 9月以上 are the latter.
pub(super) fn is_month_of_a_year(chars: &[char], at: usize, month: usize) -> bool {
    let before = at.checked_sub(1).map(|before| chars[before]);
    let after = chars.get(month + 1);
    !matches!(before, Some('满' | '计' | '续' | '达' | '-' | '至' | '第' | '每' | '十' | '百'))
        && !after.is_some_and(|c| "以内龄".contains(*c))
}
