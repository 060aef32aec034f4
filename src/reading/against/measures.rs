//! Amounts, shares, times and how often.

use super::*;
use crate::quantity::Period;

impl Against<'_> {
    /// Compares what is measured.
    pub(super) fn measures(&mut self) {
        let (mut above, mut here) = (measures(self.baseline.reading), measures(self.local.reading));
        let theirs = self.baseline.others;
        let (own, of_others): (Vec<Measured>, Vec<Measured>) =
            above.drain(..).partition(|(range, _)| !theirs.iter().any(|other| other.contains(&range.start)));
        above = own;
        // What the local words say to the other provisions of the quote is not held against this one.
        if here.len() > above.len() {
            for (_, wanted) in &of_others {
                let same = |(_, own): &Measured| {
                    is_of_kind(wanted, own) && own.label.is_some() && own.label == wanted.label
                };
                let taken = above.iter().any(|(_, own)| own.label == wanted.label);
                if let Some(at) = here.iter().position(same).filter(|_| !taken) {
                    here.remove(at);
                }
            }
        }
        let count = |kind, list: &[Measured]| list.iter().filter(|(_, measure)| measure.kind == kind).count();
        let several: Vec<MeasureKind> = above
            .iter()
            .map(|(_, wanted)| wanted.kind)
            .filter(|kind| {
                count(*kind, &here) > count(*kind, &above)
                    || (count(*kind, &here) > 1 && !of_others.is_empty())
            })
            .collect();
        let has = |list: &[Measured], kind| list.iter().any(|(_, measure)| measure.kind == kind);
        if has(&above, MeasureKind::Multiple) && !has(&above, MeasureKind::Share) {
            here.iter_mut().for_each(|(_, own)| as_multiple(own));
        }
        let mut pairs: Vec<(&Measured, Measured)> = Vec::new();
        // Those of one name first, then whichever fits best.
        let (named, others): (Vec<&Measured>, Vec<&Measured>) = above.iter().partition(|(_, wanted)| {
            here.iter()
                .any(|(_, own)| is_of_kind(wanted, own) && own.label.is_some() && own.label == wanted.label)
        });
        for wanted in named.into_iter().chain(others) {
            let same = |(_, own): &Measured| own.label.is_some() && own.label == wanted.1.label;
            let rank = |own: &Measured| {
                let fits = match better(&wanted.1, &own.1.quantity) {
                    Some(Ordering::Equal) => 0,
                    Some(Ordering::Greater) => 1,
                    Some(Ordering::Less) => 2,
                    None => 3,
                };
                (!same(own), fits)
            };
            let fitting = here.iter().enumerate().filter(|(_, own)| is_of_kind(&wanted.1, &own.1));
            match fitting.min_by_key(|(_, own)| rank(own)).map(|(place, _)| place) {
                Some(place) => pairs.push((wanted, here.remove(place))),
                None if self.is_always(&wanted.1) || self.is_unlimited(&wanted.1) => {}
                None => {
                    let kind = wanted.1.kind.as_str();
                    self.push((Respect::Measure, Some(kind)), Stand::Unclear, Some(&wanted.0), None);
                }
            }
        }
        for ((range, wanted), (own_range, own)) in pairs {
            let order = better(wanted, &own.quantity);
            // 校园周边200米范围内 is nearer than 500米.
            let near = is_distance(&wanted.quantity)
                && is_near(self.baseline.reading, range)
                && is_near(self.local.reading, &own_range);
            let order = if near { order.map(Ordering::reverse) } else { order };
            let stand = match order {
                Some(Ordering::Equal) => continue,
                Some(Ordering::Greater) => Stand::Higher,
                // Of several nobody knows which is meant.
                Some(Ordering::Less) if several.contains(&wanted.kind) && own.label != wanted.label => {
                    Stand::Unclear
                }
                Some(Ordering::Less) => Stand::Lower,
                None => Stand::Unclear,
            };
            self.push((Respect::Measure, Some(wanted.kind.as_str())), stand, Some(range), Some(&own_range));
        }
        // A cap, a share or an end where the baseline names none is a limit; so is a second amount that is lower.
        for (range, own) in here {
            let all = ["所有", "每个", "全部", "全覆盖", "全体", "每所", "每一"]
                .iter()
                .any(|word| self.baseline.reading.text.chars().iter().collect::<String>().contains(word));
            let limits = match own.kind {
                MeasureKind::Share if self.is_more(&range) => false,
                MeasureKind::Share if all && own.quantity.high < 100.0 => true,
                MeasureKind::Share => own.quantity.bound != Bound::Floor,
                MeasureKind::Duration => own.quantity.bound == Bound::Cap || self.ends_a_grant(&range),
                _ => own.quantity.bound == Bound::Cap,
            };
            let lower = |(_, known): &Measured| {
                is_of_kind(known, &own) && better(known, &own.quantity) == Some(Ordering::Less)
            };
            let counts =
                matches!(own.kind, MeasureKind::Frequency | MeasureKind::Duration | MeasureKind::TimeLimit);
            if counts && own.quantity.bound != Bound::Cap && self.is_about_something_else(&range) {
                continue;
            }
            if limits || above.iter().any(lower) {
                self.push((Respect::Measure, Some(own.kind.as_str())), Stand::Unclear, None, Some(&range));
            }
        }
    }

    /// Tells whether it is open all the time where the baseline says for how long: 全天候 for 24小时, 天天开放 for 每周3天.
    fn is_always(&self, wanted: &Measure) -> bool {
        let Unit::Time(period) = wanted.quantity.unit else { return false };
        let said: String = self.local.reading.text.chars().iter().collect();
        let has = |words: &[&str]| words.iter().any(|word| said.contains(word));
        let every_day = has(&["全年无休", "天天开放", "每天开放", "每日开放", "全年开放", "天天有人"]);
        let round_the_clock = has(&["全天候", "昼夜不间断", "全时段", "日夜不休", "7×24", "24小时"]);
        wanted.kind == MeasureKind::Duration
            && match period {
                Period::Minutes(1440) => every_day && wanted.quantity.every.is_some(),
                Period::Minutes(60) => round_the_clock && wanted.quantity.low == 24.0,
                _ => false,
            }
    }

    /// Tells whether there is no end to what the baseline gives up to some amount: 不设封顶线 for 最高3万元.
    fn is_unlimited(&self, wanted: &Measure) -> bool {
        let said: String = self.local.reading.text.chars().iter().collect();
        let capped = wanted.quantity.bound == Bound::Cap
            || wanted.label.as_deref().is_some_and(|label| ["名额", "quota"].contains(&label));
        let words =
            ["不设封顶", "上不封顶", "不封顶", "不设上限", "不限名额", "名额不限", "不限数量", "不设限额"];
        capped && words.iter().any(|word| said.contains(word))
    }

    /// Tells whether a share is one by which something becomes more: 孤独症儿童上浮两成, 住宿费另减一半.
    fn is_more(&self, range: &Range<usize>) -> bool {
        let phrase = self.local.reading.phrase(range.clone());
        ["上浮", "提高", "增加", "另减", "再减", "另补", "再补", "加发", "增发", "多补", "多发"]
            .iter()
            .any(|word| phrase.contains(word))
    }

    /// Tells whether a time is how long something is granted: 补助三个月.
    pub(super) fn ends_a_grant(&self, range: &Range<usize>) -> bool {
        let phrase = self.local.reading.phrase(range.clone());
        if ["小学", "初中", "高中", "学前", "大学"].iter().any(|stage| phrase.contains(stage)) {
            return false;
        }
        [
            "补助",
            "补贴",
            "发放",
            "资助",
            "享受",
            "期限",
            "为期",
            "累计",
            "领取",
            "救助",
            "供养",
            "减免",
            "有效期",
        ]
        .iter()
        .any(|word| phrase.contains(word))
    }
}

/// Tells whether a quantity is a length.
fn is_distance(quantity: &Quantity) -> bool {
    matches!(&quantity.unit, Unit::Other(unit) if ["米", "公里", "千米", "里"].contains(&unit.as_str()))
}

/// Tells whether a length is one within which something lies.
fn is_near(reading: &Reading, range: &Range<usize>) -> bool {
    let phrase = reading.phrase(range.clone());
    ["范围内", "以内", "之内", "半径", "周边", "距离", "米内", "里内"]
        .iter()
        .any(|word| phrase.contains(word))
}

/// An amount and where it is read.
pub(super) type Measured = (Range<usize>, Measure);

pub(super) fn measures(reading: &Reading) -> Vec<Measured> {
    let facts = reading.facts.iter();
    facts
        .filter_map(|fact| match &fact.what {
            What::Measure(measure) => Some((fact.range.clone(), measure.clone())),
            _ => None,
        })
        .collect()
}

/// Reads 130% of a standard as 1.3 times it.
pub(super) fn as_multiple(own: &mut Measure) {
    if own.kind == MeasureKind::Share {
        own.kind = MeasureKind::Multiple;
        own.quantity.unit = Unit::Multiple;
        (own.quantity.low, own.quantity.high) = (own.quantity.low / 100.0, own.quantity.high / 100.0);
    }
}

pub(super) fn is_of_kind(a: &Measure, b: &Measure) -> bool {
    let same_count = a.kind != MeasureKind::Count || a.quantity.unit == b.quantity.unit;
    a.kind == b.kind && same_count
}

/// Returns how `own` stands to what is wanted, greater being better.
pub(super) fn better(wanted: &Measure, own: &Quantity) -> Option<Ordering> {
    let caps = |bound| bound == Bound::Cap;
    match wanted.kind {
        // At least 95% do, at most 5% do not: it may be the same.
        MeasureKind::Share
            if caps(own.bound) != caps(wanted.quantity.bound)
                && own.compare(&wanted.quantity) == Some(Ordering::Less) =>
        {
            None
        }
        MeasureKind::Share if wanted.burdens => own.compare_most(&wanted.quantity).map(Ordering::reverse),
        MeasureKind::TimeLimit => own.compare_most(&wanted.quantity).map(Ordering::reverse),
        _ => own.compare(&wanted.quantity),
    }
}
