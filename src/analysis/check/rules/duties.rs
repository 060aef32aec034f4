//! `duties.yaml`: who has to do it and by when can be told of every duty.

use crate::analysis::Analysis;
use crate::catalogue::{Duty, Place};
use crate::check::Check;
use crate::codes;
use crate::diagnostic::{Finding, Findings};
use crate::history::DutyStatus;
use crate::schema::codes::IMPOSSIBLE_DATE;
use crate::text;

codes! {
    /// A duty that says several times, or none.
    UNCLEAR_TIME = "QD3071", "unclear-time", Error, fixed, "0.2.0",
        "任务的期限写了几种，或者没有写", "A duty with several times, or with none";
    /// A duty that falls on nobody.
    UNASSIGNED_DUTY = "QD3072", "unassigned-duty", Error, fixed, "0.2.0",
        "任务没有写由谁做", "A duty that falls on nobody";
}

/// What is checked, in this order.
pub const CHECKS: &[Check] = &[times, bodies];

fn all<'a>(analysis: &Analysis<'a>) -> impl Iterator<Item = (&'a Place, &'a Duty)> {
    let places = analysis.catalogue.places.values();
    places.flat_map(|place| place.duties.iter().map(move |duty| (place, duty)))
}

fn times(analysis: &Analysis<'_>, findings: &mut Findings) {
    for (_, duty) in all(analysis) {
        let time = &duty.when;
        for month in time.months.iter().filter(|month| !(1..=12).contains(&month.value)) {
            let number = month.value;
            let message = text!("没有 {number} 月", "there is no month {number}");
            findings.push(
                Finding::new(&IMPOSSIBLE_DATE, month.span, message)
                    .help(text!("月份写 1 到 12", "months are 1 to 12")),
            );
        }
        let ways = [
            (time.by.is_some(), "⟦by⟧"),
            (!time.months.is_empty(), "⟦months⟧"),
            (time.each.is_some(), "⟦each⟧"),
            (time.once.is_some(), "⟦once⟧"),
        ];
        let written: Vec<&str> =
            ways.into_iter().filter_map(|(is_written, name)| is_written.then_some(name)).collect();
        let message = match written.as_slice() {
            [_] => None,
            [] => Some(text!("没有写什么时候做", "nothing says when it is due")),
            [one, .., other] => {
                Some(text!("{one}和{other}只能写一样", "{one} and {other} exclude each other"))
            }
        };
        if let Some(message) = message {
            findings.push(Finding::new(&UNCLEAR_TIME, time.span, message).help(text!(
                "只留一样：每年的某一天写⟦by⟧，几个月写⟦months⟧，没有定日子的写⟦each⟧，只做一次的写⟦once⟧",
                "keep one: ⟦by⟧ for a day of every year, ⟦months⟧ for some months, ⟦each⟧ where no day is set, ⟦once⟧ for a single day"
            )));
        }
        if let (Some(from), Some(until)) = (&duty.from, &duty.until)
            && until.value < from.value
        {
            let message = text!("截止日期早于起始日期", "it ends before it starts");
            findings.push(
                Finding::new(&UNCLEAR_TIME, until.span, message)
                    .label(from.span, text!("从这一天开始", "it starts here"))
                    .help(text!("改正日期", "correct the dates")),
            );
        }
    }
}

fn bodies(analysis: &Analysis<'_>, findings: &mut Findings) {
    for DutyStatus { duty, on, .. } in analysis.duties() {
        let (message, help) = if duty.who.is_empty() && duty.bearer.is_empty() {
            (
                text!("没有写由谁做", "nobody is named who has to do it"),
                text!(
                    "部门写在⟦who⟧里，不是部门的（学校、村居委会）写在⟦bearer⟧里",
                    "name departments under ⟦who⟧, others (the school, the village committee) under ⟦bearer⟧"
                ),
            )
        } else if on.is_empty() {
            (
                text!("这个地区和它下面都没有⟦tiers⟧写的层级", "no place here or below has one of the ⟦tiers⟧"),
                text!("改正⟦tiers⟧；本地区自己的任务不用写", "correct ⟦tiers⟧; leave it out for this place itself"),
            )
        } else {
            continue;
        };
        findings.push(Finding::new(&UNASSIGNED_DUTY, duty.id.span, message).help(help));
    }
}
