//! The provisions of one imported service.

use std::collections::{BTreeMap, BTreeSet};

use qingdan_reading::wording::Wording;

use super::columns::choices;
use super::from_words;
use super::propose::{self, Answered, Baseline, Fit, Proposal};
use super::understood::{Clause, key};
use super::yaml::{Item, Map, Value};
use crate::catalogue::{Provision, Vocabulary};
use crate::compare::word_on;

use crate::text;

/// What the content of one service makes.
pub(super) struct Made<'a> {
    pub items: Vec<Item>,
    /// The clauses, for a person to look over.
    pub clauses: Vec<Clause>,
    /// What of the baseline is answered.
    pub answered: Vec<Answered<'a>>,
    /// How many of the items say what they answer.
    pub proposed: usize,
}

/// Makes the provisions of a content, each clause in one at least.
pub(super) fn all<'a>(
    content: &str,
    baseline: Option<(&Baseline<'a>, &Fit)>,
    words: (&Vocabulary, &Wording),
    (tier, chosen): (&str, &BTreeMap<String, BTreeSet<String>>),
) -> Made<'a> {
    let unanswered = |clause| Proposal { clause, focus: None, covers: Vec::new(), nearest: None };
    let mut proposals = match baseline {
        Some((baseline, fit)) => baseline.propose(content, fit),
        None => propose::alone(content).into_iter().map(unanswered).collect(),
    };
    let mut ids = BTreeSet::new();
    let mut made = Made { items: Vec::new(), clauses: Vec::new(), answered: Vec::new(), proposed: 0 };
    for proposal in &mut proposals {
        let key = key(&content[proposal.clause.clone()], proposal.focus.as_deref());
        let chosen = chosen.get(&key).zip(baseline);
        let mut clause = Clause::new(content, proposal, Vec::new());
        if let Some((baseline, fit)) = baseline {
            clause.candidates = baseline.nearest(&content[proposal.clause.clone()], fit);
        }
        if let Some((addresses, (baseline, _))) = chosen {
            proposal.covers =
                addresses.iter().filter_map(|address| baseline.chosen(address, &clause.quote)).collect();
            proposal.nearest = None;
            clause.covers = proposal.covers.iter().map(Answered::address).collect();
            clause.is_sure = true;
        }
        made.clauses.push(clause);
    }
    for (at, proposal) in proposals.iter().enumerate() {
        made.items.push(item(content, proposal, at, &mut ids, (words, tier)));
        made.answered.extend(&proposal.covers);
        made.proposed += usize::from(!proposal.covers.is_empty());
    }
    if made.items.is_empty() {
        made.items.push(placeholder(content));
    }
    made
}

/// A provision where the content says nothing that could be one.
fn placeholder(content: &str) -> Item {
    let mut map = Map::default();
    map.text("id", "clause-1");
    map.text("quote", if content.is_empty() { "原文待填" } else { content });
    map.zh("plain", "白话待写");
    for (_, field, words) in choices().filter(|(_, field, _)| field.required) {
        map.text(field.key, words.first().map_or("", |word| word.value));
    }
    Item {
        comments: vec![text!("服务内容里没有能用的文字，请核对", "Nothing usable in the content")],
        value: Value::Map(map),
    }
}

fn item(
    content: &str,
    proposal: &Proposal<'_>,
    at: usize,
    ids: &mut BTreeSet<String>,
    (words, tier): ((&Vocabulary, &Wording), &str),
) -> Item {
    let clause = &content[proposal.clause.clone()];
    let mut comments = Vec::new();
    let mut map = Map::default();
    map.text("id", &id(proposal, at, ids));
    map.text("quote", clause);
    proposal.focus.iter().filter(|focus| *focus != clause).for_each(|focus| map.text("focus", focus));
    let same = proposal.covers.first().filter(|answer| answer.is_same);
    match same {
        Some(answer) => taken_over(&mut map, answer.provision),
        None => {
            let answering = from_words::Answering {
                meant: proposal.focus.as_deref().unwrap_or(clause),
                baseline: proposal.covers.first().map(|answer| (answer.service, answer.provision)),
            };
            from_words::fill(&mut map, clause, answering, words);
            if let [answer] = proposal.covers.as_slice() {
                alike(&mut map, answer, clause);
                if !answer.provision.measures.is_empty() {
                    let measures = answer
                        .provision
                        .measures
                        .iter()
                        .map(|(name, value)| format!("{name}: {}", value.value));
                    let measures = measures.collect::<Vec<_>>().join("，");
                    comments.push(text!(
                        "{tier}写有标准（{measures}），请按本地原文写⟦measures⟧",
                        "The baseline states ⟦measures⟧"
                    ));
                }
            }
            comments
                .push(text!("白话、形式、力度、办理地和条件是按字面写的，请核对", "Guessed from the words"));
        }
    }
    map.texts("covers", proposal.covers.iter().map(Answered::address));
    match (proposal.covers.as_slice(), &proposal.nearest) {
        ([], Some(near)) => {
            let (address, percent) = (near.address(), near.percent());
            comments.push(text!(
                "没有找到对应（最像{tier} {address}，把握只有 {percent}%）；是本地增加的就不写⟦covers⟧",
                "No answer found; leave ⟦covers⟧ out if this is a local addition"
            ));
        }
        // Of a list that nothing stands above there is nothing to find.
        ([], None) if tier.is_empty() => {}
        ([], None) => comments.push(text!(
            "没有找到对应；是本地增加的就不写⟦covers⟧",
            "No answer found; leave ⟦covers⟧ out if this is a local addition"
        )),
        (answers, _) => {
            let said =
                answers.iter().map(|answer| format!("{}，把握 {}%", answer.address(), answer.percent()));
            let said = said.collect::<Vec<_>>().join("；");
            map.comment("covers", text!("照{tier} {said}", ""));
        }
    }
    if proposal.covers.iter().any(|answer| !answer.is_sure()) {
        map.comment("covers", text!("请核对", "To be checked"));
    }
    map.in_order_of::<Provision>();
    Item { comments, value: Value::Map(map) }
}

/// Returns the id of the baseline provision that is answered, if it is one and free, else a numbered one.
fn id(proposal: &Proposal<'_>, at: usize, ids: &mut BTreeSet<String>) -> String {
    let own = match proposal.covers.as_slice() {
        [only] => Some(only.provision.id.value.clone()).filter(|id| !ids.contains(id)),
        _ => None,
    };
    let id = own.unwrap_or_else(|| {
        let mut numbered = (at + 1..).map(|number| format!("clause-{number}"));
        numbered.find(|id| !ids.contains(id)).expect("there are numbers enough")
    });
    ids.insert(id.clone());
    id
}

/// Takes over what was read out of the same words.
fn taken_over(map: &mut Map, known: &Provision) {
    map.zh("plain", &known.plain.reference().value);
    for (_, field, _) in choices() {
        word_on(field.key, known).into_iter().for_each(|word| map.text(field.key, word));
    }
    map.texts("conditions", known.conditions.iter().map(|id| &id.value));
    known.condition_text.iter().for_each(|text| map.zh("condition_text", &text.reference().value));
    known.population.iter().for_each(|id| map.text("population", &id.value));
    map.texts("categories", known.categories.iter().map(|id| &id.value));
    known.age.iter().for_each(|age| map.text("age", &age.to_string()));
    if !known.measures.is_empty() {
        let mut measures = Map::default();
        known.measures.iter().for_each(|(name, value)| measures.text(name, &value.value));
        map.set("measures", Value::Map(measures));
    }
    map.texts("named", known.named.iter().map(|name| &name.reference().value));
    if known.open_list {
        map.text("open_list", "true");
    }
    known.either_of.iter().for_each(|name| map.text("either_of", &name.value));
    if known.vague {
        map.text("vague", "true");
    }
}

/// Returns a provision of the baseline as one that answers it, in every language.
pub(super) fn inherited(service: &str, known: &Provision) -> Map {
    let mut map = Map::default();
    map.text("id", &known.id.value);
    map.text("quote", &known.quote.value);
    known.focus.iter().for_each(|focus| map.text("focus", &focus.value));
    taken_over(&mut map, known);
    map.localized("plain", &known.plain);
    known.condition_text.iter().for_each(|text| map.localized("condition_text", text));
    known.note.iter().for_each(|note| map.localized("note", note));
    map.texts("departments", known.departments.iter().map(|id| &id.value));
    if let Some(known) = &known.lead {
        let mut lead = Map::default();
        lead.text("department", &known.department.value);
        known.basis.iter().for_each(|basis| lead.localized("basis", basis));
        map.set("lead", Value::Map(lead));
    }
    map.texts("covers", [format!("{service}/{}", known.id.value)]);
    map
}

/// From which confidence on it is the same children that are meant.
const SAME_CHILDREN: f64 = 0.75;

/// Takes over from a provision with nearly the same words what these words have as well: the condition as printed, the
/// members named, and for whom it is.
fn alike(map: &mut Map, answer: &Answered<'_>, clause: &str) {
    let known = answer.provision;
    let condition = known.condition_text.as_ref().map(|text| text.reference().value.as_str());
    if let Some(condition) = condition.filter(|condition| clause.contains(condition)) {
        map.texts("conditions", known.conditions.iter().map(|id| &id.value));
        map.zh("condition_text", condition);
    }
    map.texts(
        "named",
        known.named.iter().map(|name| &name.reference().value).filter(|name| clause.contains(name.as_str())),
    );
    if answer.confidence >= SAME_CHILDREN {
        known.population.iter().for_each(|id| map.text("population", &id.value));
        map.texts("categories", known.categories.iter().map(|id| &id.value));
    }
}

/// Names the department that leads in every provision.
pub(super) fn lead(items: &mut [Item], department: &str) {
    for item in items {
        if let Value::Map(map) = &mut item.value {
            let mut lead = Map::default();
            lead.text("department", department);
            map.set("lead", Value::Map(lead));
        }
    }
}
