//! Dates of an edition that come in an order that cannot be.

use crate::analysis::Analysis;
use crate::catalogue::Query;
use crate::check::Check;
use crate::codes;
use crate::date::Date;
use crate::diagnostic::{Finding, Findings};
use crate::span::Spanned;
use crate::text;

codes! {
    /// A later step dated before an earlier one.
    BROKEN_DATE_ORDER = "QD3040", "broken-date-order", Error, adjustable, "0.1.0",
        "日期的先后不合理", "Dates in an order that cannot be";
}

/// What is checked, in this order.
pub const CHECKS: &[Check] = &[run];

/// Steps that never come before another: (earlier, later), each with its Chinese name.
const ORDER: &[[(&str, &str); 2]] = &[
    [("signed", "成文"), ("printed", "印发")],
    [("signed", "成文"), ("issued", "发布")],
    [("signed", "成文"), ("posted", "公布")],
    [("signed", "成文"), ("filed", "备案")],
    [("issued", "发布"), ("filed", "备案")],
];

fn run(analysis: &Analysis<'_>, findings: &mut Findings) {
    for rule in analysis.catalogue.places.values().flat_map(|place| &place.rulebook) {
        let defined = rule.definitions.iter().filter_map(|known| known.until.as_ref());
        for until in defined.chain(rule.grades.iter().filter_map(|known| known.until.as_ref())) {
            if until.value < rule.from.value {
                findings.push(broken(("from", "起始日期", &rule.from), ("until", "截止日期", until)));
            }
        }
    }
    for shown in analysis.catalogue.editions() {
        shown.edition.queries.iter().filter_map(answered_unasked).for_each(|found| findings.push(found));
        let dates = &shown.edition.dates;
        let mut reported: Vec<&str> = Vec::new();
        for [(first, first_zh), (second, second_zh)] in ORDER {
            let (Some(earlier), Some(later)) = (dates.get(first), dates.get(second)) else { continue };
            // One wrong date contradicts several others; it is reported once.
            if earlier.value <= later.value || reported.contains(first) || reported.contains(second) {
                continue;
            }
            reported.extend([*first, *second]);
            findings.push(broken((first, first_zh, earlier), (second, second_zh, later)));
        }
    }
}

/// A date with its name in English and in Chinese.
type NamedDate<'a> = (&'a str, &'a str, &'a Spanned<Date>);

/// Reports the first step of a query that is dated before one that it follows.
fn answered_unasked(query: &Query) -> Option<Finding> {
    let asked = ("asked", "发函", Some(&query.asked));
    let steps = [
        [asked, ("due", "答复期限", query.due.as_ref())],
        [asked, ("answered", "答复", query.answered.as_ref())],
        [("answered", "答复", query.answered.as_ref()), ("settled", "办结", query.settled.as_ref())],
        [asked, ("settled", "办结", query.settled.as_ref())],
    ];
    steps.into_iter().find_map(|[(first, first_zh, earlier), (second, second_zh, later)]| {
        let (earlier, later) = (earlier?, later?);
        (earlier.value > later.value).then(|| broken((first, first_zh, earlier), (second, second_zh, later)))
    })
}

fn broken((first, first_zh, earlier): NamedDate<'_>, (second, second_zh, later): NamedDate<'_>) -> Finding {
    let (a, b) = (earlier.value, later.value);
    Finding::new(
        &BROKEN_DATE_ORDER,
        later.span,
        text!(
            "{second_zh}（{second}，{b}）早于{first_zh}（{first}，{a}）",
            "{second} ({b}) comes before {first} ({a})"
        ),
    )
    .label(earlier.span, text!("{first_zh}日期写在这里", "{first} is here"))
    .help(text!("对照文件核实这两个日期", "check both dates against the document"))
}
