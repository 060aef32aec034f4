//! What a field states: `1500 CNY/year`, `免费`, `50 % up to 500 CNY/month`, `至18周岁`.

use std::borrow::Cow;
use std::cmp::Ordering;

use crate::fact::{Ages, What};
use crate::quantity::{Bound, Quantity, Unit};
use crate::read::Reading;
use crate::wording::{Role, Wording};

/// The parts of a measure as a field states it: all of them hold.
#[derive(Clone, Debug, PartialEq)]
pub struct Stated(Vec<Part>);

#[derive(Clone, Debug, PartialEq)]
enum Part {
    Quantity(Quantity),
    /// Until an age.
    Until(Ages),
}

impl From<Quantity> for Stated {
    fn from(quantity: Quantity) -> Self {
        Self(vec![Part::Quantity(quantity)])
    }
}

impl Stated {
    /// Reads a field. `None` if it holds nothing that can be compared.
    pub fn read(text: &str, words: &Wording) -> Option<Self> {
        let exact = |number: f64, unit| Quantity {
            low: number,
            high: number,
            unit,
            every: None,
            each: Vec::new(),
            bound: Bound::Exact,
        };
        let folded: String = text.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_lowercase();
        let whole: &[(&str, Quantity)] = &[
            ("免费", exact(0.0, Unit::Money("cny".to_owned()))),
            ("免收", exact(0.0, Unit::Money("cny".to_owned()))),
            ("无", exact(0.0, Unit::Money("cny".to_owned()))),
            ("不收费", exact(0.0, Unit::Money("cny".to_owned()))),
            ("free", exact(0.0, Unit::Money("cny".to_owned()))),
            ("freeofcharge", exact(0.0, Unit::Money("cny".to_owned()))),
            ("none", exact(0.0, Unit::Money("cny".to_owned()))),
            ("全额", exact(100.0, Unit::Share)),
            ("全部", exact(100.0, Unit::Share)),
            ("全免", exact(100.0, Unit::Share)),
            ("infull", exact(100.0, Unit::Share)),
            ("减半", exact(50.0, Unit::Share)),
            ("半价", exact(50.0, Unit::Share)),
            ("即时办结", exact(0.0, Unit::Time(crate::quantity::Period::Minutes(1)))),
            ("即时", exact(0.0, Unit::Time(crate::quantity::Period::Minutes(1)))),
            ("当场", exact(0.0, Unit::Time(crate::quantity::Period::Minutes(1)))),
            ("当场办结", exact(0.0, Unit::Time(crate::quantity::Period::Minutes(1)))),
            ("当日", exact(1.0, Unit::Time(crate::quantity::Period::Minutes(24 * 60)))),
            ("当天", exact(1.0, Unit::Time(crate::quantity::Period::Minutes(24 * 60)))),
            ("当日办结", exact(1.0, Unit::Time(crate::quantity::Period::Minutes(24 * 60)))),
        ];
        if let Some((_, quantity)) = whole.iter().find(|(word, _)| *word == folded) {
            return Some(Self(vec![Part::Quantity(quantity.clone())]));
        }
        let reading = Reading::new(&spelled_out(text), words);
        // What is only partly read is not read.
        if reading.tokens.iter().any(|token| {
            token.is_other()
                || matches!(token.kind, crate::token::Kind::Bare(_) | crate::token::Kind::Date(_))
        }) {
            return None;
        }
        if reading.tokens.iter().any(|token| {
            token.has(Role::Denying) || token.has(Role::Exception) || token.has(Role::Substitute)
        }) {
            return None;
        }
        let parts: Vec<Part> = reading
            .facts
            .iter()
            .filter_map(|fact| match &fact.what {
                What::Measure(measure) => Some(Part::Quantity(measure.quantity.clone())),
                What::Condition(_, Some(quantity)) | What::Cost(_, Some(quantity)) => {
                    Some(Part::Quantity(quantity.clone()))
                }
                What::Age(ages) => Some(Part::Until(*ages)),
                _ => None,
            })
            .collect();
        (!parts.is_empty() && parts.len() <= 3).then_some(Self(parts))
    }

    /// Tells whether it is nothing at all.
    pub fn is_zero(&self) -> bool {
        matches!(self.0.as_slice(), [Part::Quantity(quantity)] if quantity.is_zero())
    }

    /// Returns how this compares with `other`, greater being more. `None` if that cannot be told.
    pub fn compare(&self, other: &Self) -> Option<Ordering> {
        self.with(other, Quantity::compare)
    }

    /// The same for what is better the less it is: the most counts.
    pub fn compare_most(&self, other: &Self) -> Option<Ordering> {
        self.with(other, Quantity::compare_most)
    }

    fn with(
        &self,
        other: &Self,
        compare: impl Fn(&Quantity, &Quantity) -> Option<Ordering>,
    ) -> Option<Ordering> {
        if self.0.len() != other.0.len() {
            return None;
        }
        let mut all: Option<Ordering> = None;
        for (own, known) in self.0.iter().zip(&other.0) {
            let here = match (own, known) {
                (Part::Quantity(own), Part::Quantity(known)) => compare(own, known)?,
                (Part::Until(own), Part::Until(known)) => own.to?.cmp(&known.to?),
                _ => return None,
            };
            all = Some(match all {
                None | Some(Ordering::Equal) => here,
                Some(before) if here == Ordering::Equal || here == before => before,
                Some(_) => return None,
            });
        }
        all
    }

    /// Tells whether it is the same but for whom, or for a period that only one of them says: 1500元 for 每户1500元/年.
    pub fn is_the_same_but_for_whom(&self, other: &Self) -> bool {
        let (Some(own), Some(known)) = (self.quantity(), other.quantity()) else { return false };
        let silent = own.every.is_none() || known.every.is_none();
        let bare = |quantity: &Quantity| Quantity {
            every: if silent { None } else { quantity.every },
            each: Vec::new(),
            bound: Bound::Exact,
            ..quantity.clone()
        };
        bare(own).compare(&bare(known)) == Some(Ordering::Equal)
    }

    /// Returns its only quantity.
    pub fn quantity(&self) -> Option<&Quantity> {
        match self.0.as_slice() {
            [Part::Quantity(quantity)] => Some(quantity),
            _ => None,
        }
    }
}

/// Adverbs that say how often, and the stretch of time they mean.
const ADVERBS: &[(&str, &str)] = &[
    ("daily", "day"),
    ("weekly", "week"),
    ("fortnightly", "2 weeks"),
    ("monthly", "month"),
    ("quarterly", "quarter"),
    ("half-yearly", "half-year"),
    ("yearly", "year"),
    ("annually", "year"),
];

/// Returns a field with `monthly` as `every month`, and as `once every month` where nothing is counted by it.
fn spelled_out(text: &str) -> Cow<'_, str> {
    let lower = text.to_lowercase();
    let is_known = |word: &str| ADVERBS.iter().any(|(adverb, _)| *adverb == word);
    if !lower.split_whitespace().any(is_known) {
        return Cow::Borrowed(text);
    }
    let counts = lower.contains(|c: char| c.is_ascii_digit())
        || lower.split_whitespace().any(|word| matches!(word, "once" | "twice" | "times"));
    let word = |word: &str| match ADVERBS.iter().find(|(adverb, _)| *adverb == word) {
        Some((_, period)) if counts => format!("every {period}"),
        Some((_, period)) => format!("once every {period}"),
        None => word.to_owned(),
    };
    Cow::Owned(lower.split_whitespace().map(word).collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compare(a: &str, b: &str) -> Option<Ordering> {
        let words = Wording::usual();
        let read = |text: &str| Stated::read(text, &words).unwrap_or_else(|| panic!("{text} can be read"));
        read(a).compare(&read(b))
    }

    #[test]
    fn units_are_converted() {
        for (a, b, expected) in [
            ("1500 CNY/year", "125 CNY/month", Some(Ordering::Equal)),
            ("每年1500元", "1500 CNY/year", Some(Ordering::Equal)),
            ("每人每月100元", "1000 CNY/person/year", Some(Ordering::Greater)),
            ("0.2 万元/年", "1500 yuan/year", Some(Ordering::Greater)),
            ("750元/学期", "1500元/年", Some(Ordering::Equal)),
            ("once a year", "2 times/year", Some(Ordering::Less)),
            ("每年两次", "每季度一次", Some(Ordering::Less)),
            ("12 years", "9 年", Some(Ordering::Greater)),
            ("80 %", "75%", Some(Ordering::Greater)),
            ("10 working days", "10 days", None),
            ("10 working days", "5 days", Some(Ordering::Greater)),
            ("1 month", "30 days", None),
            ("1 month", "40 days", Some(Ordering::Less)),
            ("4 times/month", "1 time/week", None),
            ("5 times/month", "1 time/week", Some(Ordering::Greater)),
            ("1500 CNY", "1500 CNY/year", None),
            ("1500 CNY/person", "1500 CNY/household", None),
            ("20元/次", "20 CNY/time", Some(Ordering::Equal)),
            ("每次30元", "20 CNY/time", Some(Ordering::Greater)),
            ("0 CNY", "0 CNY/year", Some(Ordering::Equal)),
            ("十二年", "12 years", Some(Ordering::Equal)),
            ("半年", "6个月", Some(Ordering::Equal)),
            ("一千五百元/年", "1500 CNY/year", Some(Ordering::Equal)),
            ("一万零五百元", "10500 CNY", Some(Ordering::Equal)),
            ("1500元/人·年", "每人每年1500元", Some(Ordering::Equal)),
            ("每三个月一次", "1 time/quarter", Some(Ordering::Equal)),
            ("once every 3 months", "每季度一次", Some(Ordering::Equal)),
            ("每两个月一次", "每月一次", Some(Ordering::Less)),
            ("3000 CNY/2 years", "1500 CNY/year", Some(Ordering::Equal)),
            ("每半年一次", "2 times/year", Some(Ordering::Equal)),
            ("10个工作日内", "within 10 working days", Some(Ordering::Equal)),
            ("15个工作日", "10 working days", Some(Ordering::Greater)),
            ("百分之八十", "80%", Some(Ordering::Equal)),
            ("fee: free".trim_start_matches("fee: "), "免费", Some(Ordering::Equal)),
            ("全额", "80%", Some(Ordering::Greater)),
            ("减半", "50%", Some(Ordering::Equal)),
            ("八成", "80%", Some(Ordering::Equal)),
            ("50 % up to 500 CNY/month", "50 % up to 400 CNY/month", Some(Ordering::Greater)),
            ("300-500元/月", "300元/月", Some(Ordering::Greater)),
            ("最高900元/月", "900元/月", None),
            ("最高900元/月", "1000元/月", Some(Ordering::Less)),
            ("不低于900元/月", "900元/月", Some(Ordering::Equal)),
            ("1500元以上", "1500元", Some(Ordering::Equal)),
            ("1.5万元", "15000元", Some(Ordering::Equal)),
            ("每人每月不低于1500元", "1500元/月", Some(Ordering::Equal)),
            ("生均每年1500元", "生均每年1200元", Some(Ordering::Greater)),
            ("每生每学期800元", "1600元/年", Some(Ordering::Equal)),
            ("每户5000元", "5000元/户", Some(Ordering::Equal)),
            ("低保标准的1.5倍", "低保标准的1.3倍", Some(Ordering::Greater)),
            ("每半年至少1次", "2次/年", Some(Ordering::Equal)),
            ("每季度不少于1次", "每月一次", Some(Ordering::Less)),
            ("每半个月一次", "每月一次", Some(Ordering::Greater)),
            ("不超过3次", "3次", None),
            ("30日/年", "20天/年", Some(Ordering::Greater)),
            ("20个工作日", "20 working days", Some(Ordering::Equal)),
            ("即时办结", "当日", Some(Ordering::Less)),
            ("5元/餐", "4元/餐", Some(Ordering::Greater)),
            ("38周", "38 weeks", Some(Ordering::Equal)),
            ("至18周岁", "until age 18", Some(Ordering::Equal)),
            ("£200/week", "200 GBP/week", Some(Ordering::Equal)),
            ("$50/month", "£50/month", None),
            ("£300 to £500", "£250 to £400", Some(Ordering::Greater)),
            ("50 pence/meal", "£0.50/meal", Some(Ordering::Equal)),
            ("0 GBP", "免费", Some(Ordering::Equal)),
            ("£5", "free", Some(Ordering::Greater)),
            ("20 hours/week", "15 hours/week", Some(Ordering::Greater)),
            ("at least monthly", "once a month", Some(Ordering::Equal)),
            ("monthly", "每三个月", Some(Ordering::Greater)),
            ("100 CNY monthly", "每月100元", Some(Ordering::Equal)),
            ("twice yearly", "2次/年", Some(Ordering::Equal)),
            ("fortnightly", "monthly", Some(Ordering::Greater)),
        ] {
            assert_eq!(compare(a, b), expected, "{a} and {b}");
            // At most 900 is no promise of 900, while 900 is one of at most 900.
            if let (Some(expected), Some(back)) = (expected, compare(b, a)) {
                assert_eq!(back, expected.reverse(), "{b} and {a}");
            }
        }
    }

    #[test]
    fn what_is_no_quantity_is_none() {
        let words = Wording::usual();
        for text in ["", "按规定", "年", "/year", "每", "二零二五年", "9:00", "13800000000", "some money"]
        {
            assert_eq!(Stated::read(text, &words), None, "{text}");
        }
    }
}
