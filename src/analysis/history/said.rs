//! Both sides of a change in words that people read: amounts, fees, what is measured.

use qingdan_reading::quantity::{Bound, Period, Quantity, Unit};
use qingdan_reading::stated::Stated;
use qingdan_reading::wording::Wording;

use super::ChangeKind;
use crate::catalogue::Amount;
use crate::compare::{Side, axis_words};
use crate::diagnostic::Message;
use crate::schema::tables::MEASURES;
use crate::text;

/// Returns the name of an axis, or of the measure that is its part.
pub(super) fn label(axis: &str, part: Option<&str>) -> Message {
    let Some(part) = part.filter(|_| axis == "measure") else { return axis_words(axis) };
    let usual = MEASURES.iter().find(|usual| usual.value == part);
    Message { zh: usual.map_or(part, |usual| usual.zh).to_owned(), en: part.replace('-', " ") }
}

/// Returns a side of a change with its words for people: 每年1500元 for `1500 CNY/year`.
pub(super) fn spoken_side(axis: &str, side: Side, wording: &Wording) -> Side {
    let words = match axis {
        _ if side.value.is_empty() => return side,
        // Whether it says anything else than its value, the words are those of the file already.
        "measure" | "fee" if side.words.zh == side.value => amount(&side.value, wording),
        "alternatives" => text!("与别的条款任选其一", "a choice between this and others"),
        _ => return side,
    };
    Side { words, ..side }
}

/// Returns an amount in words; as it is written, if it cannot be read.
fn amount(value: &str, wording: &Wording) -> Message {
    if let Some(amount) = Amount::read("amount", value) {
        return amount.words();
    }
    let stated = Stated::read(value, wording);
    let words = stated.as_ref().and_then(Stated::quantity).and_then(quantity);
    words.unwrap_or_else(|| Message { zh: value.to_owned(), en: value.to_owned() })
}

fn quantity(quantity: &Quantity) -> Option<Message> {
    if quantity.is_zero() && matches!(quantity.unit, Unit::Money(_)) {
        return Some(text!("免费", "free"));
    }
    let number = if quantity.low == quantity.high {
        quantity.low.to_string()
    } else {
        format!("{}-{}", quantity.low, quantity.high)
    };
    let one = number == "1";
    let several = |word: &str| if one { word.to_owned() } else { format!("{word}s") };
    let (unit_zh, unit_en) = match &quantity.unit {
        Unit::Money(currency) => {
            let (_, zh, [single, plural]) = MONEY.iter().find(|(known, ..)| known == currency)?;
            ((*zh).to_owned(), format!(" {}", if one { single } else { plural }))
        }
        Unit::Share => ("%".to_owned(), "%".to_owned()),
        Unit::Times => ("次".to_owned(), format!(" {}", several("time"))),
        Unit::People => ("人".to_owned(), if one { " person" } else { " people" }.to_owned()),
        Unit::Time(period) => {
            let (zh, en) = period_words(*period)?;
            (zh.to_owned(), format!(" {}", several(en)))
        }
        Unit::Multiple | Unit::Other(_) => return None,
    };
    let (every_zh, every_en) = match quantity.every {
        None => (String::new(), String::new()),
        Some((count, period)) => {
            let (zh, en) = period_words(period)?;
            match count == 1.0 {
                true => (format!("每{}", zh.trim_start_matches('个')), format!(" a {en}")),
                false => (format!("每{count}{zh}"), format!(" every {count} {en}s")),
            }
        }
    };
    let (mut each_zh, mut each_en) = (String::new(), String::new());
    for word in &quantity.each {
        let (_, en) = EACH.iter().find(|(zh, _)| zh == word)?;
        each_zh += &format!("每{word}");
        each_en += &format!(" a {en}");
    }
    let (bound_zh, bound_en) = match quantity.bound {
        Bound::Exact => ("", ""),
        Bound::Floor => ("不低于", "at least "),
        Bound::Cap => ("不超过", "at most "),
        Bound::About => ("约", "about "),
    };
    let counted = match quantity.unit {
        Unit::Times if one => "once".to_owned(),
        _ => format!("{number}{unit_en}"),
    };
    Some(text!("{each_zh}{every_zh}{bound_zh}{number}{unit_zh}", "{bound_en}{counted}{each_en}{every_en}"))
}

/// Each currency in Chinese, and in English for one and for more.
const MONEY: &[(&str, &str, [&str; 2])] = &[
    ("cny", "元", ["yuan", "yuan"]),
    ("gbp", "英镑", ["pound", "pounds"]),
    ("usd", "美元", ["dollar", "dollars"]),
    ("eur", "欧元", ["euro", "euros"]),
];

/// What amounts are counted for.
const EACH: &[(&str, &str)] = &[("户", "household"), ("次", "visit"), ("晚", "night"), ("餐", "meal")];

/// Returns the words for a period. `None` if it is no usual one.
fn period_words(period: Period) -> Option<(&'static str, &'static str)> {
    const DAY: u32 = 24 * 60;
    Some(match period {
        Period::Months(12) => ("年", "year"),
        Period::Months(6) => ("半年", "half-year"),
        Period::Months(3) => ("季度", "quarter"),
        Period::Months(1) => ("个月", "month"),
        Period::Minutes(minutes) if minutes == 7 * DAY => ("周", "week"),
        Period::Minutes(DAY) => ("天", "day"),
        Period::Minutes(60) => ("小时", "hour"),
        Period::Minutes(1) => ("分钟", "minute"),
        Period::WorkingDay => ("个工作日", "working day"),
        Period::Months(_) | Period::Minutes(_) => return None,
    })
}

/// Returns words of a side as an English sentence quotes them: official words, which are Chinese, in their own
/// marks.
fn quoted(words: &str) -> String {
    if words.contains(crate::syntax::is_wide) { format!("「{words}」") } else { format!("“{words}”") }
}

/// Says what a change on an axis is.
pub(super) fn reason(label: &Message, from: &Side, to: &Side) -> Message {
    let (name_zh, name_en) = (&label.zh, &label.en);
    let (zh, other_zh) = (&from.words.zh, &to.words.zh);
    let (en, other_en) = (quoted(&from.words.en), quoted(&to.words.en));
    text!("{name_zh}：由“{zh}”改为“{other_zh}”", "{name_en}: from {en} to {other_en}")
}

/// In which direction a figure went, as one says it of such a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// More is given, or more is asked.
    Up,
    /// Less is given, or less is asked.
    Down,
    /// It takes less time.
    Shorter,
    /// It takes more time.
    Longer,
    /// Another figure; higher or lower cannot be told.
    Other,
}

impl Way {
    /// Returns the way of a measure that changed for better or worse. Time to wait gets shorter when it is better.
    pub(super) fn of(measure: &str, kind: ChangeKind) -> Self {
        let is_better = match kind {
            ChangeKind::Stronger => true,
            ChangeKind::Weaker => false,
            _ => return Self::Other,
        };
        match (measure, is_better) {
            ("time-limit", true) => Self::Shorter,
            ("time-limit", false) => Self::Longer,
            ("amount" | "share" | "frequency" | "duration", true) | ("fee", false) => Self::Up,
            ("amount" | "share" | "frequency" | "duration", false) | ("fee", true) => Self::Down,
            _ => Self::Other,
        }
    }
}

/// Says from which figure to which something went, as a sentence; where one side names none, as any other change.
pub(super) fn step_of_figures(label: &Message, way: Way, from: &Side, to: &Side) -> Message {
    let has_figure = |side: &Side| side.words.zh.chars().any(|c| c.is_ascii_digit());
    let (name_zh, name_en) = (&label.zh, &label.en);
    let (zh, other_zh) = (&from.words.zh, &to.words.zh);
    let (en, other_en) = (&from.words.en, &to.words.en);
    if !has_figure(from) || !has_figure(to) || way == Way::Other {
        return reason(label, from, to);
    }
    match way {
        Way::Up | Way::Other => {
            text!("{name_zh}从{zh}提高到{other_zh}", "{name_en} raised from {en} to {other_en}")
        }
        Way::Down => text!("{name_zh}从{zh}降到{other_zh}", "{name_en} lowered from {en} to {other_en}"),
        Way::Shorter => text!("{name_zh}从{zh}缩短到{other_zh}", "{name_en} cut from {en} to {other_en}"),
        Way::Longer => text!("{name_zh}从{zh}延长到{other_zh}", "{name_en} extended from {en} to {other_en}"),
    }
}

/// Says what the words of a clause no longer say, or say now, where nothing else explains it.
pub(super) fn other_words(from: &Side, to: &Side) -> Message {
    let (gone, new) = (&from.value, &to.value);
    match (gone.is_empty(), new.is_empty()) {
        (false, true) => {
            text!(
                "原文不再说“{gone}”，是否降低请人判断",
                "the words no longer say 「{gone}」: decide whether that is lower"
            )
        }
        (true, true) => {
            text!("原文改动较大，高低请人判断", "the words are other ones: decide whether that is lower")
        }
        (true, false) => {
            text!(
                "原文多了“{new}”，是否降低请人判断",
                "the words now say 「{new}」: decide whether that is lower"
            )
        }
        (false, false) => text!(
            "原文由“{gone}”改为“{new}”，是否降低请人判断",
            "the words said 「{gone}」 and now say 「{new}」: decide whether that is lower"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_with_bounds_are_said_in_both_languages() {
        let said = |text| {
            let words = amount(text, &Wording::usual());
            (words.zh, words.en)
        };
        let both = |zh: &str, en: &str| (zh.to_owned(), en.to_owned());
        assert_eq!(said("不低于1500元/月"), both("每月不低于1500元", "at least 1500 yuan a month"));
        assert_eq!(said("12 years"), both("12年", "12 years"));
        assert_eq!(said("5 working days"), both("5个工作日", "5 working days"));
        assert_eq!(said("不收费"), both("免费", "free"));
        assert_eq!(said("不少于1次/月"), both("每月不低于1次", "at least once a month"));
        assert_eq!(said("视情况"), both("视情况", "视情况"));
    }

    #[test]
    fn a_figure_that_moved_is_a_sentence() {
        let side = |text: &str| Side { value: text.to_owned(), words: amount(text, &Wording::usual()) };
        let said = |measure, kind, from, to| {
            let label = label("measure", Some(measure));
            step_of_figures(&label, Way::of(measure, kind), &side(from), &side(to)).zh
        };
        assert_eq!(
            said("amount", ChangeKind::Stronger, "1500 CNY/year", "2000 CNY/year"),
            "金额从每年1500元提高到每年2000元"
        );
        assert_eq!(
            said("amount", ChangeKind::Weaker, "2000 CNY/year", "1500 CNY/year"),
            "金额从每年2000元降到每年1500元"
        );
        assert_eq!(
            said("time-limit", ChangeKind::Weaker, "5 working days", "7 working days"),
            "办结时限从5个工作日延长到7个工作日"
        );
        assert_eq!(
            said("amount", ChangeKind::Unclear, "视情况", "1500 CNY/year"),
            "金额：由“视情况”改为“每年1500元”"
        );
    }
}
