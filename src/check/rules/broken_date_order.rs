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

/// Steps that never come before another: (earlier, later), each with its Chinese name.
const ORDER: &[[(&str, &str); 2]] = &[
    [("signed", "成文"), ("printed", "印发")],
    [("signed", "成文"), ("issued", "发布")],
    [("signed", "成文"), ("posted", "公布")],
    [("signed", "成文"), ("filed", "备案")],
    [("issued", "发布"), ("filed", "备案")],
];

fn run(facts: &Facts<'_>, findings: &mut Findings) {
    for shown in facts.editions() {
        let dates = &shown.edition.dates;
        let mut reported: Vec<&str> = Vec::new();
        for [(first, first_zh), (second, second_zh)] in ORDER {
            let (Some(earlier), Some(later)) = (dates.get(first), dates.get(second)) else { continue };
            // One wrong date contradicts several others; it is reported once.
            if earlier.value <= later.value || reported.contains(first) || reported.contains(second) {
                continue;
            }
            reported.extend([*first, *second]);
            let (a, b) = (earlier.value, later.value);
            findings.push(
                Finding::new(
                    &BROKEN_DATE_ORDER,
                    later.span,
                    text!(
                        "{second_zh}（{second}，{b}）早于{first_zh}（{first}，{a}）",
                        "{second} ({b}) comes before {first} ({a})"
                    ),
                )
                .label(earlier.span, text!("{first_zh}日期写在这里", "{first} is here"))
                .help(text!("对照文件核实这两个日期", "check both dates against the document")),
            );
        }
    }
}
