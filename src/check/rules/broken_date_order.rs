//! Dates of an edition that come in an order that cannot be.

use crate::check::Rule;
use crate::codes;
use crate::diagnostic::{Finding, Findings};
use crate::facts::Facts;
use crate::text;

codes! {
    /// A later step dated before an earlier one.
    BROKEN_DATE_ORDER = "QD3040", "broken-date-order", Error, adjustable, "0.1.0",
        "日期的先后不合理", "Dates in an order that cannot be";
}

/// A document is signed before it is printed, printed before it is filed, and so on.
pub const RULE: Rule = Rule { code: &BROKEN_DATE_ORDER, run };

/// Steps that never come before another: (earlier, later).
const ORDER: &[(&str, &str)] = &[
    ("signed", "printed"),
    ("signed", "issued"),
    ("signed", "posted"),
    ("signed", "filed"),
    ("issued", "filed"),
];

fn run(facts: &Facts<'_>, findings: &mut Findings) {
    for shown in facts.editions() {
        let dates = &shown.edition.dates;
        for (first, second) in ORDER {
            let (Some(earlier), Some(later)) = (dates.get(first), dates.get(second)) else { continue };
            if earlier.value <= later.value {
                continue;
            }
            let (a, b) = (earlier.value, later.value);
            findings.push(
                Finding::new(
                    &BROKEN_DATE_ORDER,
                    later.span,
                    text!("{second}（{b}）早于 {first}（{a}）", "{second} ({b}) comes before {first} ({a})"),
                )
                .label(earlier.span, text!("{first} 写在这里", "{first} is here"))
                .help(text!("对照文件核实这两个日期", "check both dates against the document")),
            );
        }
    }
}
