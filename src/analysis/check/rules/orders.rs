//! The orders of a rulebook: axes and words that there are.

use crate::analysis::Analysis;
use crate::catalogue::HEDGES;
use crate::check::Check;
use crate::codes;
use crate::compare::{usual_orders, words_on};
use crate::diagnostic::{Finding, Findings};
use crate::schema::nearest;
use crate::span::Span;
use crate::text;

codes! {
    /// An order on an axis, or of a word, that there is not.
    UNKNOWN_ORDER = "QD7007", "unknown-order", Error, fixed, "0.1.0",
        "高低次序里写了没有的方面或词", "An order names an axis or word that does not exist";
    /// Words of discretion among the orders, where they stood before there was `wording`.
    OUTDATED_HEDGES = "QD7012", "outdated-hedges", Warning, adjustable, "0.1.0",
        "留余地的词还写在高低次序里", "Words that leave room still stand among the orders";
}

/// What is checked, in this order.
pub const CHECKS: &[Check] = &[run, hedges];

fn hedges(analysis: &Analysis<'_>, findings: &mut Findings) {
    let rules = analysis.catalogue.places.values().flat_map(|place| &place.rulebook);
    for first in rules.filter_map(|rule| rule.orders.get(HEDGES)?.first()) {
        findings.push(
            Finding::new(
                &OUTDATED_HEDGES,
                first.span,
                text!(
                    "高低次序里的 hedges 是旧写法，现在按“酌情”一类的词读",
                    "`hedges` among the orders is the old way; these are read as words of discretion"
                ),
            )
            .help(text!(
                "移到这条规则的 wording → degrees → discretion（中文写 读原文的词 → 力度 → 酌情）",
                "move them to `wording`, `degrees`, `discretion` of the same rule"
            )),
        );
    }
}

fn run(analysis: &Analysis<'_>, findings: &mut Findings) {
    let axes: Vec<&str> = usual_orders().map(|(axis, _)| axis).collect();
    let rules = analysis.catalogue.places.values().flat_map(|place| &place.rulebook);
    for (axis, chains) in rules.flat_map(|rule| &rule.orders).filter(|(axis, _)| *axis != HEDGES) {
        let at = chains.first().map_or(Span::whole(crate::span::FileId(0)), |chain| chain.span);
        if !axes.contains(&axis.as_str()) {
            findings.push(unknown(at, axis, &axes));
            continue;
        }
        for chain in chains {
            for word in chain.value.split('>').map(str::trim).filter(|word| !is_known(analysis, axis, word)) {
                findings.push(unknown(chain.span, word, &[]));
            }
        }
    }
}

fn is_known(analysis: &Analysis<'_>, axis: &str, word: &str) -> bool {
    match words_on(axis) {
        Some(words) => words.iter().any(|known| known.value == word),
        None if axis == "condition" => analysis.catalogue.vocabulary.condition(word).is_some(),
        // Measures have names of their own.
        None => !word.is_empty(),
    }
}

fn unknown(at: Span, word: &str, known: &[&str]) -> Finding {
    let help = match nearest(word, known.iter().copied()) {
        Some(near) => text!("是不是“{near}”？", "did you mean `{near}`?"),
        None => {
            let axes: Vec<&str> = usual_orders().map(|(axis, _)| axis).collect();
            let zh = axes.join("、");
            let en = axes.join(", ");
            let en = en.rsplit_once(", ").map_or(en.clone(), |(first, last)| format!("{first} and {last}"));
            text!(
                "方面有 {zh}；从高到低用 > 隔开，例如 strength: [must > permit]",
                "there are {en}; write words from high to low with >, such as strength: [must > permit]"
            )
        }
    };
    Finding::new(&UNKNOWN_ORDER, at, text!("高低次序里不认识“{word}”", "`{word}` is not known in an order"))
        .help(help)
}
