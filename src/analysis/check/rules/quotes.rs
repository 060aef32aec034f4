//! Every character of the official text is accounted for.
//!
//! Each quote is an exact part of the official cell, and a clause that no quote covers is reported.
//! Half-width and full-width punctuation count as equal here, never when the text is shown.

use std::ops::Range;

use crate::analysis::Analysis;
use crate::catalogue::{Body, OfficialText};
use crate::check::Check;
use crate::codes;
use crate::diagnostic::{Finding, Findings, quoted};
use crate::span::Spanned;
use crate::text;

codes! {
    /// A quote that the official text does not have.
    QUOTE_NOT_FOUND = "QD3030", "quote-not-found", Error, fixed, "0.1.0",
        "引用的文字不在官方原文里", "A quote that is not found in the official text";
    /// Official text without a provision.
    UNCOVERED_TEXT = "QD3031", "uncovered-text", Error, adjustable, "0.1.0",
        "官方原文里有文字没有对应的条款", "Official text that no quote covers";
}

/// What is checked, in this order.
pub const CHECKS: &[Check] = &[not_found, uncovered];

fn own_bodies<'a>(analysis: &Analysis<'a>) -> impl Iterator<Item = &'a Body> {
    analysis
        .catalogue
        .editions()
        .flat_map(|shown| &shown.edition.services)
        .filter(|s| s.adopted.is_none())
        .map(|s| &*s.body)
}

fn not_found(analysis: &Analysis<'_>, findings: &mut Findings) {
    for body in own_bodies(analysis) {
        let content = OfficialText::new(&body.content.reference().value);
        for quote in quotes(body) {
            if content.find(&quote.value).is_none() {
                findings.push(
                    Finding::new(
                        &QUOTE_NOT_FOUND,
                        quote.span,
                        text!("官方原文里没有这句话", "the official text does not have these words"),
                    )
                    .label(
                        body.content.reference().span,
                        text!("官方原文在这里", "the official text is here"),
                    )
                    .help(text!(
                        "从原文里逐字复制",
                        "copy the words from the official text, letter by letter"
                    )),
                );
            }
        }
        for provision in &body.provisions {
            let Some(focus) = &provision.focus else { continue };
            if OfficialText::new(&provision.quote.value).find(&focus.value).is_none() {
                findings.push(
                    Finding::new(
                        &QUOTE_NOT_FOUND,
                        focus.span,
                        text!("⟦quote⟧里没有这几个字", "⟦quote⟧ does not have these words"),
                    )
                    .label(provision.quote.span, text!("⟦quote⟧在这里", "⟦quote⟧ is here"))
                    .help(text!("⟦focus⟧要是⟦quote⟧里的一段文字", "⟦focus⟧ is an exact part of ⟦quote⟧")),
                );
            }
        }
    }
}

fn uncovered(analysis: &Analysis<'_>, findings: &mut Findings) {
    for body in own_bodies(analysis).filter(|body| !body.lost) {
        let official = body.content.reference();
        let content = OfficialText::new(&official.value);
        let found: Vec<Option<Vec<Range<usize>>>> =
            quotes(body).map(|quote| content.find(&quote.value)).collect();
        if found.iter().any(Option::is_none) {
            continue; // The quote itself was reported; what it leaves bare follows from that.
        }
        let ranges: Vec<Range<usize>> = found.into_iter().flatten().flatten().collect();
        for bare in content.bare(&ranges) {
            let words = content.words(bare);
            let words = quoted(words.trim());
            findings.push(
                Finding::new(
                    &UNCOVERED_TEXT,
                    official.span,
                    text!(
                        "原文“{words}”没有对应的条款",
                        "no provision quotes “{words}” of the official text"
                    ),
                )
                .help(text!(
                    "在⟦provisions⟧里为它加一条；只写目的、不给权益的语句放进⟦purpose⟧",
                    "add one that quotes it to ⟦provisions⟧; put a clause that only states a purpose under ⟦purpose⟧"
                )),
            );
        }
    }
}

fn quotes(body: &Body) -> impl Iterator<Item = &Spanned<String>> {
    body.provisions.iter().map(|provision| &provision.quote).chain(&body.purpose)
}
