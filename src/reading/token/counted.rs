//! Numbers with what they count.

use super::*;

/// Reads aged 3 to 6, ages 3-6, age 18, and the number in children under 6.
pub(super) fn english_age(chars: &[char], at: usize) -> Option<(Kind, usize)> {
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
pub(super) fn clock_or_phone(chars: &[char], at: usize) -> Option<(Kind, usize)> {
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
pub(super) fn items(chars: &[char], at: usize) -> Option<(Kind, usize)> {
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

pub(super) fn follows_number(chars: &[char], at: usize) -> bool {
    let at = if starts(chars, at, "第") { at + 1 } else { at };
    number(chars, at).is_some()
}

/// What a unit makes of the number before it.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Counted {
    Unit(f64, Unit),
    /// So many months of age.
    Age(f64),
}

/// What stands before a sum of money.
const SIGNS: [&str; 8] = ["¥", "￥", "rmb", "cny", "£", "us$", "$", "€"];

/// Reads a number with its unit, or a range of them.
pub(super) fn counted(chars: &[char], at: usize) -> Option<(Kind, usize)> {
    let money = SIGNS.iter().find(|sign| starts(chars, at, sign));
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
    let marks = ["-", "至", "到", "、", " to "];
    let mark = marks.iter().find(|mark| starts(chars, after, mark) && (**mark != " to " || money.is_some()));
    if let Some(mark) = mark {
        let place = after + mark.chars().count();
        let sign = SIGNS.iter().find(|sign| starts(chars, place, sign));
        let place = place + sign.map_or(0, |sign| sign.chars().count());
        let second = percent(chars, place).or_else(|| number(chars, place));
        if let Some((value, second_end)) = second {
            let second_unit = if percent(chars, place).is_some() {
                Some((Counted::Unit(1.0, Unit::Share), 0))
            } else {
                unit(chars, second_end)
            };
            // £300 to £500.
            if let (Some(sign), None, None, true) = (money, &first, &second_unit, *mark != "、") {
                return Some(per(chars, (low, value), Unit::Money(currency(sign)), second_end));
            }
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

pub(super) fn currency(sign: &str) -> String {
    match sign {
        "£" => "gbp",
        "$" | "us$" => "usd",
        "€" => "eur",
        _ => "cny",
    }
    .to_owned()
}

pub(super) fn is_age(counted: &Counted) -> bool {
    matches!(counted, Counted::Age(_))
}

pub(super) fn same_family(a: &Counted, b: &Counted) -> bool {
    match (a, b) {
        (Counted::Unit(_, Unit::Time(Period::Months(_))), Counted::Age(_))
        | (Counted::Age(_), Counted::Age(_)) => true,
        (Counted::Unit(_, Unit::Time(_)), Counted::Unit(_, Unit::Time(_))) => true,
        (Counted::Unit(_, a), Counted::Unit(_, b)) => a == b,
        _ => false,
    }
}

/// Makes a token of a number, or two, with its unit, and of what stands behind it.
pub(super) fn finish(
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

pub(super) fn whole(months: f64) -> Option<u32> {
    let months = months.round();
    (0..=1500).find(|number| f64::from(*number) == months)
}

/// Tells whether so many months are an age: 0-36个月儿童, 6月龄.
pub(super) fn names_age(chars: &[char], at: usize, end: usize) -> bool {
    let after: String = chars[end..].iter().take(6).collect();
    let after = after.trim_start_matches('(').trim_start_matches("含").trim_start_matches(')');
    let after = after.trim_start_matches("以下").trim_start_matches("以内").trim_start_matches("以上");
    let after = after.trim_start_matches('的').trim_start_matches("各");
    let names = ["龄", "婴", "幼", "儿童", "新生儿", "宝宝", "孩"].iter().any(|word| after.starts_with(word));
    let before: String = chars[at.saturating_sub(2)..at].iter().collect();
    names && !before.ends_with('每')
}

/// Reads what stands behind a number: `/人·月`, ` per month`.
pub(super) fn per(chars: &[char], (low, high): (f64, f64), unit: Unit, mut end: usize) -> (Kind, usize) {
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
    (Kind::number(NumberOf { low, high, unit, every, each }), end)
}

/// Reads numbers that are words: 八成, 一半, 减半 is a word of its own.
pub(super) fn word_number(chars: &[char], at: usize) -> Option<(Kind, usize)> {
    let share = |low: f64, end: usize| Some((Kind::number(NumberOf::of(low, Unit::Share)), end));
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
        return Some((Kind::number(NumberOf::of(value, unit)), end + 1));
    }
    // 1:1000: the more of the first, the better.
    if (starts(chars, end, ":") || starts(chars, end, "∶") || starts(chars, end, "比"))
        && let Some((to, after)) = number(chars, end + 1).filter(|(to, _)| *to > 0.0)
        && value < 60.0
        && !starts(chars, after, "元")
    {
        let unit = Unit::Other(":".to_owned());
        return Some((Kind::number(NumberOf::of(value / to, unit)), after));
    }
    None
}

/// Reads a unit.
pub(super) fn unit(chars: &[char], at: usize) -> Option<(Counted, usize)> {
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
        ("英镑", (1.0, "gbp")),
        ("pounds", (1.0, "gbp")),
        ("pound", (1.0, "gbp")),
        ("pence", (0.01, "gbp")),
        ("usd", (1.0, "usd")),
        ("美元", (1.0, "usd")),
        ("dollars", (1.0, "usd")),
        ("dollar", (1.0, "usd")),
        ("cents", (0.01, "usd")),
        ("eur", (1.0, "eur")),
        ("欧元", (1.0, "eur")),
        ("euros", (1.0, "eur")),
        ("euro", (1.0, "eur")),
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
