//! Ids and numbers that two things share.

use std::collections::BTreeMap;

use crate::analysis::Analysis;
use crate::catalogue::Service;
use crate::check::Check;
use crate::codes;
use crate::diagnostic::{Finding, Findings};
use crate::span::{Span, Spanned};
use crate::text;

codes! {
    /// One id for two things.
    DUPLICATE_ID = "QD3020", "duplicate-id", Error, fixed, "0.1.0",
        "两处用了同一个编号", "Two things share an id";
    /// One number for two services.
    DUPLICATE_NUMBER = "QD3021", "duplicate-number", Error, adjustable, "0.1.0",
        "两个服务项目的序号相同", "Two services share a number";
}

/// What is checked, in this order.
pub const CHECKS: &[Check] = &[ids, numbers];

fn ids(analysis: &Analysis<'_>, findings: &mut Findings) {
    let words = &analysis.catalogue.vocabulary;
    for repeated in &analysis.catalogue.repeated {
        findings.push(if repeated.adopted {
            adopted_before(&repeated.id, repeated.first)
        } else {
            used_before(&repeated.id, repeated.first)
        });
    }
    unique(words.audiences.iter().map(|word| &word.id), findings);
    unique(words.conditions.iter().map(|word| &word.id), findings);
    let answers = words.situations.iter().flat_map(|question| &question.answers);
    unique(words.situations.iter().map(|question| &question.id), findings);
    unique(answers.map(|answer| &answer.id), findings);
    unique(words.terms.iter().map(|word| &word.id), findings);
    unique(words.dangers.all.iter().map(|danger| &danger.id), findings);
    unique(words.hotlines.iter().map(|word| &word.number), findings);
    for place in analysis.catalogue.places.values() {
        unique(place.duties.iter().map(|duty| &duty.id), findings);
        unique(place.statistics.iter().map(|figures| &figures.id), findings);
    }
    for shown in analysis.catalogue.editions() {
        for service in shown.edition.services.iter().filter(|service| service.adopted.is_none()) {
            unique(service.body.provisions.iter().map(|provision| &provision.id), findings);
        }
    }
}

fn unique<'a>(ids: impl Iterator<Item = &'a Spanned<String>>, findings: &mut Findings) {
    let mut first: BTreeMap<&str, Span> = BTreeMap::new();
    for id in ids {
        let name = id.value.as_str();
        match first.get(name) {
            None => drop(first.insert(name, id.span)),
            Some(earlier) => findings.push(used_before(id, *earlier)),
        }
    }
}

fn used_before(id: &Spanned<String>, first: Span) -> Finding {
    let name = &id.value;
    Finding::new(&DUPLICATE_ID, id.span, text!("编号“{name}”已经用过", "the id `{name}` is used already"))
        .label(first, text!("第一次用在这里", "first used here"))
        .help(text!(
            "换一个编号；如果是同一项，删去其中一处",
            "choose another id, or delete one if they are the same"
        ))
}

fn adopted_before(id: &Spanned<String>, first: Span) -> Finding {
    let name = &id.value;
    let message = text!("“{name}”这一项照录了两次", "`{name}` is adopted twice");
    Finding::new(&DUPLICATE_ID, id.span, message)
        .label(first, text!("第一次照录在这里", "first adopted here"))
        .help(text!("删去其中一处", "delete one of them"))
}

fn numbers(analysis: &Analysis<'_>, findings: &mut Findings) {
    for shown in analysis.catalogue.editions() {
        let mut first: BTreeMap<u32, &Service> = BTreeMap::new();
        for service in &shown.edition.services {
            match first.get(&service.number.value) {
                None => drop(first.insert(service.number.value, service)),
                Some(earlier) => findings.push(numbered_before(service, earlier)),
            }
        }
    }
}

fn numbered_before(service: &Service, earlier: &Service) -> Finding {
    let number = service.number.value;
    let message = text!("序号 {number} 已经用过", "the number {number} is used already");
    let finding = Finding::new(&DUPLICATE_NUMBER, service.number.span, message)
        .label(earlier.number.span, text!("第一次用在这里", "first used here"));
    finding.help(if service.adopted.is_some() || earlier.adopted.is_some() {
        text!(
            "按本地印发的表格写序号。照录的项目沿用上级的序号；本地的序号不同，就在照录的下面写上“序号: …”（number）",
            "use the numbers of the official table. An adopted service has the number it has above; if it is another here, write `number: …` below `adopts`"
        )
    } else {
        text!("按官方表格里的序号填写", "use the numbers of the official table")
    })
}
