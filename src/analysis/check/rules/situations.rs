//! `vocabulary/situations.yaml`: what answers speak for exists, and every audience of a list is spoken for; what places ask
//! otherwise is asked at all.

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::Analysis;
use crate::catalogue::Vocabulary;
use crate::check::Check;
use crate::codes;
use crate::diagnostic::{Finding, Findings, Message};
use crate::finder::Table;
use crate::schema::nearest;
use crate::span::{Span, Spanned};
use crate::text;

codes! {
    /// An answer names an audience, a condition or another answer that there is not.
    UNKNOWN_IN_SITUATIONS = "QD3016", "unknown-in-situations", Error, fixed, "0.1.0",
        "答案里写了没有的编号", "An answer names an id that does not exist";
    /// An audience of a list that no answer speaks for.
    UNASKED_AUDIENCE = "QD3017", "unasked-audience", Warning, adjustable, "0.1.0",
        "没有一个答案说到这个服务对象", "An audience that no answer speaks for";
    /// A question or an answer that a place words otherwise, and that there is not.
    UNKNOWN_QUESTION = "QD3064", "unknown-question", Error, fixed, "0.2.0",
        "没有这个问题或者答案", "A question or answer that does not exist";
}

/// What is checked, in this order.
pub const CHECKS: &[Check] = &[unknown, unasked, of_places];

fn unknown(analysis: &Analysis<'_>, findings: &mut Findings) {
    let words = &analysis.catalogue.vocabulary;
    let audiences = words.audiences.iter().map(|who| who.id.value.as_str());
    let known: BTreeSet<&str> =
        audiences.chain(words.conditions.iter().map(|condition| condition.id.value.as_str())).collect();
    let answers: BTreeSet<&str> = all_answers(words).map(|answer| answer.id.value.as_str()).collect();
    let lost = |file: &str| words.lost.contains(file);
    if !lost("situations") {
        let questions = words.situations.iter().flat_map(|question| question.when.iter().chain(&question.unless));
        for id in questions.chain(all_answers(words).flat_map(|answer| &answer.unless)) {
            expect(id, &answers, &text!("答案", "answer"), findings);
        }
    }
    for answer in all_answers(words) {
        if !lost("audiences") && !lost("conditions") {
            answer.words().for_each(|word| {
                expect(word, &known, &text!("服务对象或者条件", "audience or condition"), findings);
            });
        }
        if !lost("situations") {
            answer.together.iter().flat_map(|both| &both.with).for_each(|id| {
                expect(id, &answers, &text!("答案", "answer"), findings);
            });
        }
    }
}

fn all_answers(words: &Vocabulary) -> impl Iterator<Item = &crate::catalogue::Answer> {
    words.situations.iter().flat_map(|question| &question.answers)
}

fn expect(word: &Spanned<String>, known: &BTreeSet<&str>, what: &Message, findings: &mut Findings) {
    let name = word.value.as_str();
    if known.contains(name) {
        return;
    }
    let Message { zh, en } = what;
    let help = match nearest(name, known.iter().copied()) {
        Some(near) => text!("是不是“{near}”？", "did you mean `{near}`?"),
        None => text!(
            "服务对象在 audiences.yaml，条件在 conditions.yaml，答案在这个文件里",
            "audiences stand in audiences.yaml, conditions in conditions.yaml, answers in this file"
        ),
    };
    findings.push(
        Finding::new(
            &UNKNOWN_IN_SITUATIONS,
            word.span,
            text!("没有{zh}“{name}”", "there is no {en} `{name}`"),
        )
        .help(help),
    );
}

fn unasked(analysis: &Analysis<'_>, findings: &mut Findings) {
    let words = &analysis.catalogue.vocabulary;
    if words.situations.is_empty() || words.lost.contains("situations") {
        return;
    }
    let mut used: BTreeMap<&str, Span> = BTreeMap::new();
    for shown in analysis.catalogue.editions() {
        for service in shown.edition.services.iter().filter(|service| service.adopted.is_none()) {
            let audience = &service.body.audience;
            let own = service.body.provisions.iter().flat_map(|p| p.population.iter().chain(&p.categories));
            for id in audience.population.iter().chain(&audience.categories).chain(own) {
                used.entry(&id.value).or_insert(id.span);
            }
        }
    }
    for (id, at) in used {
        let Some(who) = words.audience(id).filter(|_| !Table::is_asked(words, id)) else { continue };
        let name = &who.name.reference().value;
        findings.push(
            Finding::new(
                &UNASKED_AUDIENCE,
                at,
                text!(
                    "“能得什么”里没有一个答案说到“{name}”，家里人选什么都只能得到“可能”",
                    "no answer of the check speaks for `{id}`: whatever a family chooses, the result is “perhaps”"
                ),
            )
            .help(text!(
                "在 vocabulary/situations.yaml 的一个答案里写上就是（means）或者可能是（may），内容是 [{id}]",
                "write `means: [{id}]` or `may: [{id}]` in an answer of vocabulary/situations.yaml"
            )),
        );
    }
}

fn of_places(analysis: &Analysis<'_>, findings: &mut Findings) {
    let words = &analysis.catalogue.vocabulary;
    if words.lost.contains("situations") {
        return;
    }
    for (id, own) in analysis.catalogue.places.values().flat_map(|place| place.situations.values()) {
        let Some(question) = words.situations.iter().find(|question| question.id.value == id.value) else {
            let known = words.situations.iter().map(|question| question.id.value.as_str());
            findings.push(unknown_question(id, &text!("问题", "question"), known));
            continue;
        };
        let known = || question.answers.iter().map(|answer| answer.id.value.as_str());
        for (id, _) in own.answers.values().filter(|(id, _)| !known().any(|name| name == id.value)) {
            findings.push(unknown_question(id, &text!("答案", "answer"), known()));
        }
    }
}

fn unknown_question<'k>(
    id: &Spanned<String>,
    what: &Message,
    known: impl Iterator<Item = &'k str> + Clone,
) -> Finding {
    let name = &id.value;
    let Message { zh, en } = what;
    let help = match nearest(name, known.clone()) {
        Some(near) => text!("是不是“{near}”？", "did you mean `{near}`?"),
        None => {
            let all = known.collect::<Vec<_>>().join(", ");
            text!("situations.yaml 里有：{all}", "situations.yaml has: {all}")
        }
    };
    let message = text!("situations.yaml 里没有{zh}“{name}”", "situations.yaml has no {en} `{name}` here");
    Finding::new(&UNKNOWN_QUESTION, id.span, message).help(help)
}
