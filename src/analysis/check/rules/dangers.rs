//! `vocabulary/dangers.yaml`, `vocabulary/hotlines.yaml` and `danger.yaml`: who is in danger is sent to numbers that are
//! known and that rest on something.

use crate::analysis::Analysis;
use crate::check::Check;
use crate::codes;
use crate::diagnostic::{Finding, Findings};
use crate::schema::nearest;
use crate::text;

codes! {
    /// A danger sends people to a number that is no hotline of the vocabulary.
    UNKNOWN_HOTLINE = "QD3019", "unknown-hotline", Error, fixed, "0.1.0",
        "热线表里没有这个号码", "A number that is no hotline of the vocabulary";
    /// A hotline of which nothing says where it is known from.
    UNSOURCED_HOTLINE = "QD3022", "unsourced-hotline", Warning, adjustable, "0.1.0",
        "热线没有写出处", "A hotline without a source";
    /// A place speaks of a danger that the vocabulary does not have.
    UNKNOWN_DANGER = "QD3024", "unknown-danger", Error, fixed, "0.2.0",
        "危险表里没有这种情况", "A danger that is none of the vocabulary";
}

/// What is checked, in this order.
pub const CHECKS: &[Check] = &[numbers, sources, places];

fn numbers(analysis: &Analysis<'_>, findings: &mut Findings) {
    let words = &analysis.catalogue.vocabulary;
    if words.lost.contains("hotlines") {
        return;
    }
    let known: Vec<&str> = words.hotlines.iter().map(|line| line.number.value.as_str()).collect();
    for call in words.dangers.all.iter().flat_map(|danger| &danger.call) {
        let number = call.value.as_str();
        if known.contains(&number) {
            continue;
        }
        let help = match nearest(number, known.iter().copied()) {
            Some(near) => text!("是不是“{near}”？", "did you mean `{near}`?"),
            None => text!("先把它写进 vocabulary/hotlines.yaml", "add it to vocabulary/hotlines.yaml first"),
        };
        let message = text!("没有热线“{number}”", "there is no hotline `{number}`");
        findings.push(Finding::new(&UNKNOWN_HOTLINE, call.span, message).help(help));
    }
}

fn sources(analysis: &Analysis<'_>, findings: &mut Findings) {
    let lines = &analysis.catalogue.vocabulary.hotlines;
    for line in lines.iter().filter(|line| line.source.is_none() && line.looked_at.is_none()) {
        let number = &line.number.value;
        let message = text!(
            "热线 {number} 没有写它的用途出自哪里",
            "nothing says where the purpose of hotline {number} is known from"
        );
        findings.push(Finding::new(&UNSOURCED_HOTLINE, line.number.span, message).help(text!(
            "写上出处（source）；没有文件的，写哪一天核看过（looked_at）",
            "write its `source`; if no document says it, write the day it was looked at (`looked_at`)"
        )));
    }
}

fn places(analysis: &Analysis<'_>, findings: &mut Findings) {
    let catalogue = analysis.catalogue;
    if catalogue.vocabulary.lost.contains("dangers") {
        return;
    }
    let known: Vec<&str> =
        catalogue.vocabulary.dangers.all.iter().map(|danger| danger.id.value.as_str()).collect();
    let files = catalogue.places.values().filter_map(|place| place.danger.as_ref());
    for told in files.flat_map(|file| &file.sources).filter(|told| !known.contains(&told.danger.value.as_str()))
    {
        let id = &told.danger.value;
        let help = match nearest(id, known.iter().copied()) {
            Some(near) => text!("是不是“{near}”？", "did you mean `{near}`?"),
            None => text!(
                "写 vocabulary/dangers.yaml 里的编号",
                "write an id of vocabulary/dangers.yaml"
            ),
        };
        let message = text!("危险表里没有“{id}”", "the vocabulary has no danger `{id}`");
        findings.push(Finding::new(&UNKNOWN_DANGER, told.danger.span, message).help(help));
    }
}
