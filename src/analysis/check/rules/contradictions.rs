//! Words and fields of one provision that disagree, and copies of a text that state other figures than it.

use qingdan_reading::figure::Figure;
use qingdan_reading::library::Library;
use rayon::prelude::*;

use crate::analysis::Analysis;
use crate::catalogue::{EditionRef, Service};
use crate::check::Check;
use crate::codes;
use crate::compare::{Contradiction, Offer, axis_words};
use crate::coverage;
use crate::diagnostic::{Finding, Findings};
use crate::lang::Localized;
use crate::span::Span;
use crate::text;

codes! {
    /// Words that state another number than a field, or that nothing is given.
    CONTRADICTED_FIELD = "QD7009", "contradicted-field", Error, fixed, "0.1.0",
        "原文和填写的内容互相矛盾", "The official words and a field contradict each other";
    /// Words that are softer than the field.
    SOFTER_WORDS = "QD7010", "softer-words", Warning, adjustable, "0.1.0",
        "原文的说法比填写的力度软", "The official words are softer than the field";
    /// A copy of a text with another figure.
    DIFFERING_FIGURE = "QD7011", "differing-figure", Warning, adjustable, "0.1.0",
        "别处的数字和官方原文不一样", "A figure differs from the official text";
}

/// What is checked, in this order.
pub const CHECKS: &[Check] = &[contradicted, figures];

/// Reports what words and fields disagree about, in editions that may still be changed.
fn contradicted(analysis: &Analysis<'_>, findings: &mut Findings) {
    each_open(analysis, findings, |shown, findings| {
        for (offer, found) in coverage::contradictions(analysis.catalogue, shown) {
            // A baseline may forbid something in the same breath in which it grants; a list that answers it may not.
            let denies = matches!(found.axis, "negation" | "ending");
            if !(denies && offer.provision.covers.is_empty()) {
                findings.push(contradiction(offer, &found));
            }
        }
    });
}

fn contradiction(offer: Offer<'_>, found: &Contradiction) -> Finding {
    let code = if found.grave { &CONTRADICTED_FIELD } else { &SOFTER_WORDS };
    let (words, declared) = (&found.words, &found.declared);
    let (zh, en) = (&declared.zh, &declared.en);
    let axis = axis_words(found.axis);
    let (axis_zh, axis_en) = (&axis.zh, &axis.en);
    let message = text!(
        "{axis_zh}：原文写的是“{words}”，填的是“{zh}”",
        "{axis_en}: the words say “{words}”, the field says “{en}”"
    );
    let finding = Finding::new(code, offer.provision.quote.span, message).help(text!(
        "以印发的原文为准：原文没错就改填写的内容；原文抄错了就改原文",
        "the official words decide: mend the field, or the words if they were copied wrongly"
    ));
    match found.at {
        Some(at) => finding.label(at, text!("填写的在这里", "the field is here")),
        None => finding,
    }
}

/// Looks at each edition that may still be changed, side by side; what is found stands in their order.
fn each_open(
    analysis: &Analysis<'_>,
    findings: &mut Findings,
    look: impl Fn(EditionRef<'_>, &mut Findings) + Sync,
) {
    let editions = analysis.catalogue.editions();
    let open: Vec<EditionRef<'_>> =
        editions.filter(|shown| !shown.edition.lost && shown.edition.frozen.is_none()).collect();
    let found = open.into_par_iter().map(|shown| {
        let mut found = Findings::new();
        look(shown, &mut found);
        found
    });
    found.collect::<Vec<_>>().into_iter().for_each(|found| findings.append(found));
}

/// Reports figures in plain words and translations that the official text of the service does not have.
fn figures(analysis: &Analysis<'_>, findings: &mut Findings) {
    each_open(analysis, findings, |shown, findings| {
        let library = coverage::library(analysis.catalogue, shown);
        for service in shown.edition.services.iter().filter(|service| service.adopted.is_none()) {
            let official = official(service, library);
            for (text, span) in copies(service).into_iter().filter(|_| !official.is_empty()) {
                let found = differing(text, span, &official, service, library);
                found.into_iter().for_each(|finding| findings.push(finding));
            }
        }
    });
}

/// Returns the figures of the official text of a service.
fn official(service: &Service, library: &Library) -> Vec<Figure> {
    let body = &service.body;
    let mut texts: Vec<&str> = vec![
        &body.content.reference().value,
        &body.audience.text.reference().value,
        &body.title.reference().value,
    ];
    texts.extend(body.purpose.iter().map(|purpose| purpose.value.as_str()));
    texts.extend(body.departments_note.iter().map(|note| note.reference().value.as_str()));
    texts.extend(body.provisions.iter().map(|provision| provision.quote.value.as_str()));
    texts.extend(
        body.provisions
            .iter()
            .filter_map(|provision| provision.condition_text.as_ref())
            .map(|text| text.reference().value.as_str()),
    );
    texts.iter().flat_map(|text| library.read(text).figures()).collect()
}

/// Returns what repeats the official text in other words: plain words, and translations.
fn copies(service: &Service) -> Vec<(&str, Span)> {
    let body = &service.body;
    let mut copies: Vec<(&str, Span)> = Vec::new();
    let mut add = |text, all| copies.extend(others(text, all));
    add(&body.content, false);
    add(&body.audience.text, false);
    for provision in &body.provisions {
        add(&provision.plain, true);
        if let Some(condition) = &provision.condition_text {
            add(condition, false);
        }
    }
    copies
}

/// Returns the translations of a text; with `all`, the text itself too.
fn others(text: &Localized, all: bool) -> Vec<(&str, Span)> {
    let reference = text.reference().span;
    let wanted = text.iter().filter(|(_, own)| all || own.span != reference);
    wanted.map(|(_, own)| (own.value.as_str(), own.span)).collect()
}

/// Returns what is said of a copy of a text with a figure that the official text does not have. What the official
/// text does not count at all, a copy may.
fn differing(
    text: &str,
    span: Span,
    official: &[Figure],
    service: &Service,
    library: &Library,
) -> Option<Finding> {
    let reading = library.read(text);
    let is_other = |figure: &Figure| {
        let mut known = official.iter().filter(|known| known.of == figure.of).peekable();
        known.peek().is_some() && known.all(|known| (known.value - figure.value).abs() > f64::EPSILON)
    };
    let figure = reading.figures().into_iter().find(is_other)?;
    let words = reading.words(figure.range);
    let message = text!(
        "这里写的是“{words}”，官方原文里没有这个数",
        "this says “{words}”, which the official text does not have"
    );
    let help = text!("照官方原文改这里的数字", "mend the figure after the official text");
    let content = service.body.content.reference().span;
    Some(
        Finding::new(&DIFFERING_FIGURE, span, message)
            .help(help)
            .label(content, text!("官方原文在这里", "the official text is here")),
    )
}
