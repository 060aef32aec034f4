//! `vocabulary/groups.yaml`: every group that is named is there, none takes its words from itself, and what it asks and
//! shows first exists.

use std::collections::BTreeSet;

use crate::analysis::Analysis;
use crate::catalogue::{Group, Vocabulary};
use crate::check::Check;
use crate::codes;
use crate::diagnostic::{Code, Finding, Findings, Message};
use crate::schema::nearest;
use crate::span::Spanned;
use crate::text;

codes! {
    /// A group that the vocabulary does not have.
    UNKNOWN_GROUP = "QD3050", "unknown-group", Error, fixed, "0.2.0",
        "词表里没有这个人群", "A group the vocabulary does not have";
    /// Groups that take their words from each other.
    CIRCULAR_GROUP = "QD3051", "circular-group", Error, fixed, "0.2.0",
        "几个人群互相用对方的说法，绕成一圈", "Groups take their words from each other in a circle";
    /// A question of a group that there is not.
    UNKNOWN_IN_GROUPS = "QD3052", "unknown-in-groups", Error, fixed, "0.2.0",
        "人群里写了没有的问题", "A group names a question that does not exist";
}

/// What is checked, in this order.
pub const CHECKS: &[Check] = &[unknown, circles, inside];

fn unknown(analysis: &Analysis<'_>, findings: &mut Findings) {
    let words = &analysis.catalogue.vocabulary;
    if words.lost.contains("groups") {
        return;
    }
    let known: BTreeSet<&str> = words.groups.iter().map(|group| group.id.value.as_str()).collect();
    let likes = words.groups.iter().filter_map(|group| group.like.as_ref());
    let lists = analysis.catalogue.editions().filter_map(|shown| shown.edition.group.as_ref());
    for id in likes.chain(lists) {
        expect(&UNKNOWN_GROUP, id, &known, &text!("人群", "group"), &else_do(), findings);
    }
}

fn else_do() -> Message {
    text!("人群写在 vocabulary/groups.yaml", "groups stand in vocabulary/groups.yaml")
}

fn expect(
    code: &'static Code,
    id: &Spanned<String>,
    known: &BTreeSet<&str>,
    what: &Message,
    else_do: &Message,
    findings: &mut Findings,
) {
    let name = id.value.as_str();
    if known.contains(name) {
        return;
    }
    let Message { zh, en } = what;
    let help = match nearest(name, known.iter().copied()) {
        Some(near) => text!("是不是“{near}”？", "did you mean `{near}`?"),
        None => else_do.clone(),
    };
    let message = text!("没有{zh}“{name}”", "there is no {en} `{name}`");
    findings.push(Finding::new(code, id.span, message).help(help));
}

fn circles(analysis: &Analysis<'_>, findings: &mut Findings) {
    let words = &analysis.catalogue.vocabulary;
    for group in &words.groups {
        // Each circle is told once, at the first of its groups.
        let Some(like) = group.like.as_ref().filter(|_| is_first_of_circle(words, group)) else { continue };
        let name = &group.id.value;
        let message = text!(
            "“{name}”的说法绕了一圈，又用到它自己",
            "the words of `{name}` are taken, in a circle, from itself"
        );
        let help = text!(
            "去掉其中一个⟦like⟧，让它自己写说法",
            "drop one ⟦like⟧, and let that group have words of its own"
        );
        findings.push(Finding::new(&CIRCULAR_GROUP, like.span, message).help(help));
    }
}

/// Tells whether the words of a group come back to it, and it is the first in the file of those they pass.
fn is_first_of_circle(words: &Vocabulary, group: &Group) -> bool {
    let passed = words.likes(group);
    let closes =
        passed.last().and_then(|last| last.like.as_ref()).is_some_and(|like| like.value == group.id.value);
    let first = words.groups.iter().find(|known| passed.iter().any(|other| other.id.value == known.id.value));
    closes && first.is_some_and(|first| first.id.value == group.id.value)
}

fn inside(analysis: &Analysis<'_>, findings: &mut Findings) {
    let words = &analysis.catalogue.vocabulary;
    let questions: BTreeSet<&str> =
        words.situations.iter().map(|question| question.id.value.as_str()).collect();
    let elsewhere =
        text!("问题写在 vocabulary/situations.yaml", "questions stand in vocabulary/situations.yaml");
    for group in &words.groups {
        if !words.lost.contains("situations") {
            let what = text!("问题", "question");
            for id in &group.questions {
                expect(&UNKNOWN_IN_GROUPS, id, &questions, &what, &elsewhere, findings);
            }
        }
    }
}
