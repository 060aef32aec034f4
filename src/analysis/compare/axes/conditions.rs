//! Under which conditions: one more is a step down, one fewer a step up.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use qingdan_reading::against::{Clause, Stand, differences};
use qingdan_reading::fact::What;
use qingdan_reading::read::Reading;

use super::{Axis, Compare, Judgement};
use crate::compare::offer::{listed, spoken};
use crate::compare::{Offer, QuoteMatch, Side, Step, Terms, Verdict, quote_match};
use crate::diagnostic::Message;
use crate::text;

pub(super) const AXIS: Axis =
    Axis { name: "condition", zh: "条件", en: "condition", compare: Compare::Each(compare) };

fn compare(axis: &Axis, above: Offer<'_>, local: Offer<'_>, terms: &Terms<'_>) -> Vec<Step> {
    // Conditions that only the words add are compared with the words; here the fields are compared with each other and
    // with the words.
    let (a, b) = (above.conditions(), local.conditions());
    // Where the words are copied and only the field was changed, the two fields are compared.
    let copied = quote_match(&above.provision.quote.value, &local.provision.quote.value) == QuoteMatch::Same;
    let said_above = if copied && !b.is_empty() { a.clone() } else { with_words(above, terms) };
    let said = if b.is_empty() { with_words(local, terms) } else { b.clone() };
    let added: Vec<&str> = b.difference(&said_above).copied().collect();
    let dropped: Vec<&str> = a.difference(&said).copied().collect();
    let judgement = match (added.as_slice(), dropped.as_slice()) {
        ([], []) => match other_words(above, local, terms) {
            Some(reason) => Judgement::open(reason, settle()),
            None => return Vec::new(),
        },
        ([], dropped) => {
            let Message { zh, en } = names(terms, dropped);
            Judgement::higher(text!(
                "上级要求“{zh}”，本地不要求",
                "the baseline asks for “{en}”; this list does not"
            ))
        }
        ([one], [other]) if let Some(order) = terms.order.compare(axis.name, one, other) => {
            exchanged(order, &names(terms, &[other]), &names(terms, &[one]))
        }
        (added, [_, ..]) if added.iter().chain(&dropped).any(|id| !is_stated(terms, id)) => {
            let Message { zh, en } = side(above, &a, terms).words;
            let Message { zh: own_zh, en: own_en } = side(local, &b, terms).words;
            let reason = text!(
                "上级的条件是“{zh}”，本地的条件是“{own_zh}”：是不是更严，看不出来",
                "the baseline asks for “{en}”, this list for “{own_en}”: whether that is more cannot be told"
            );
            Judgement::open(reason, settle())
        }
        (added, _) => {
            let Message { zh, en } = names(terms, added);
            let reason = text!("本地多了一个条件：{zh}", "this list adds a condition: {en}");
            Judgement::lower(reason, text!("去掉“{zh}”这个条件", "drop the condition “{en}”"))
        }
    };
    vec![axis.step(judgement, side(above, &a, terms), side(local, &b, terms))]
}

/// Says that one condition stands in the place of another that has an order to it.
fn exchanged(order: Ordering, baseline: &Message, own: &Message) -> Judgement {
    let (zh, en, own_zh, own_en) = (&baseline.zh, &baseline.en, &own.zh, &own.en);
    let reason =
        text!("上级要求“{zh}”，本地要求“{own_zh}”", "the baseline asks for “{en}”, this list for “{own_en}”");
    let remedy = text!("条件不要比“{zh}”更严", "ask for no more than “{en}”");
    let verdict = if order == Ordering::Greater { Verdict::Exceeded } else { Verdict::Weaker };
    Judgement { verdict, reason, remedy }
}

/// Returns the conditions that a provision states, in fields or in words.
fn with_words<'a>(offer: Offer<'a>, terms: &Terms<'a>) -> BTreeSet<&'a str> {
    offer.all_conditions(&terms.readings.of(offer), terms.catalogue)
}

fn settle() -> Message {
    text!(
        "本地的条件会不会把上级保障的人挡在外面？请人判断，把结论写进⟦reviews⟧",
        "would it keep out somebody whom the baseline covers? Decide, and record it under ⟦reviews⟧"
    )
}

fn is_stated(terms: &Terms<'_>, id: &str) -> bool {
    terms.catalogue.vocabulary.condition(id).is_none_or(|condition| condition.stated)
}

/// Says that a condition of the same kind is printed in other words, or that one is printed where the
/// baseline has none, if so.
fn other_words(above: Offer<'_>, local: Offer<'_>, terms: &Terms<'_>) -> Option<Message> {
    let b = local.provision.condition_text.as_ref()?;
    let Message { zh: own_zh, en: own_en } = spoken(b);
    let Some(a) = &above.provision.condition_text else {
        return above.conditions().is_empty().then(|| {
            text!(
                "上级没有条件，本地写着“{own_zh}”",
                "the baseline has no condition; this list prints “{own_en}”"
            )
        });
    };
    if quote_match(&a.reference().value, &b.reference().value) == QuoteMatch::Same
        || says_the_same(&a.reference().value, &b.reference().value, terms)
    {
        return None;
    }
    let Message { zh, en } = spoken(a);
    Some(text!(
        "条件的说法不同：上级是“{zh}”，本地是“{own_zh}”",
        "the condition is worded otherwise: “{en}” in the baseline, “{own_en}” here"
    ))
}

/// Tells whether two printed conditions are of the same kinds, and neither says what cannot be read.
fn says_the_same(a: &str, b: &str, terms: &Terms<'_>) -> bool {
    let kinds = |text: &str| -> BTreeSet<String> {
        let reading = terms.readings.library().read(text);
        let of = |what: &What| match what {
            What::Condition(name, amount) => {
                Some(format!("{name} {}", amount.as_ref().map(ToString::to_string).unwrap_or_default()))
            }
            What::Lifted => None,
            other => Some(format!("{other:?}")),
        };
        reading.facts.iter().filter_map(|fact| of(&fact.what)).collect()
    };
    let wording = terms.readings.wording();
    let (above, own) = (Reading::new(a, wording), Reading::new(b, wording));
    let found = differences(Clause::whole(&above), Clause::whole(&own), wording);
    let (a, b) = (kinds(a), kinds(b));
    (!b.is_empty() && b.is_subset(&a)) || found.iter().all(|difference| difference.stand == Stand::Higher)
}

fn names(terms: &Terms<'_>, ids: &[&str]) -> Message {
    listed(ids.iter().map(|id| terms.condition(id)))
}

fn side(offer: Offer<'_>, ids: &BTreeSet<&str>, terms: &Terms<'_>) -> Side {
    let value = ids.iter().copied().collect::<Vec<_>>().join(", ");
    if value.is_empty() {
        return Side { value, words: text!("没有条件", "no condition") };
    }
    let words = match &offer.provision.condition_text {
        Some(text) => spoken(text),
        None => listed(ids.iter().map(|id| terms.condition(id))),
    };
    Side { value, words }
}
