//! What the words themselves say: where the local ones promise less than the baseline's, or where that cannot be told.
//!
//! The reading finds the differences; here each becomes a step on an axis, and its advice names the local words, so
//! that an official can copy it into a letter.

use qingdan_reading::against::{Clause, Difference, Respect, Stand, differences};
use qingdan_reading::fact::What;
use qingdan_reading::read::Reading;

use super::reading::{AUDIENCE, CLAUSE, PARTS, others};
use super::wording::misquoted;
use super::{Offer, QuoteMatch, Side, Step, Terms, Verdict, WORDING, quote_match};
use crate::diagnostic::Message;
use crate::text;

/// How the words of several local provisions, together, compare with the baseline's.
pub(super) struct WordComparison {
    /// Whether the words are the same, whatever the tier, the marks and the synonyms.
    pub same: bool,
    /// Where they differ.
    pub steps: Vec<Step>,
    /// Whether something that is promised was not found, or something could not be read.
    pub open: bool,
    /// Whether the baseline's words say next to nothing of what is promised: 相关服务.
    pub bare: bool,
    /// Whether they lift a condition that stands in the way elsewhere: 不分户籍.
    pub lifts: bool,
}

/// Compares the words.
pub(super) fn said(above: Offer<'_>, local: &[Offer<'_>], terms: &Terms<'_>) -> WordComparison {
    let baseline = terms.readings.of(above);
    let readings: Vec<_> = local.iter().map(|offer| terms.readings.of(*offer)).collect();
    if let ([offer], [own]) = (local, readings.as_slice())
        && is_same(above, *offer, &baseline, own, terms)
    {
        return WordComparison { same: true, steps: Vec::new(), open: false, bare: false, lifts: false };
    }
    let joined;
    let own: &Reading = match readings.as_slice() {
        [own] => own,
        all => {
            joined = Reading::joined(all.iter().map(AsRef::as_ref));
            &joined
        }
    };
    let parts: Vec<usize> = (0..readings.len()).map(|at| at * PARTS + CLAUSE).collect();
    let siblings = others(above, &baseline);
    let mut found = differences(
        Clause { reading: &baseline, parts: &[CLAUSE], others: &siblings },
        Clause { reading: own, parts: &parts, others: &[] },
        terms.readings.wording(),
    );
    // 保障厦门市流动儿童: whose list it is need not be read.
    if let [offer, ..] = local {
        found.retain(|difference| match (difference.respect, &difference.local) {
            (Respect::Unread, Some(range)) => !terms.is_of_name(offer.place, &own.words(range.clone())),
            _ => true,
        });
    }
    let bare = baseline.weight(CLAUSE) < 2;
    let lifts = own.facts.iter().any(|fact| fact.what == What::Lifted);
    let open =
        found.iter().any(|difference| matches!(difference.respect, Respect::Content | Respect::Unread));
    let mut steps: Vec<Step> = found.iter().map(|difference| step(difference, &baseline, own)).collect();
    if let [offer] = local
        && is_a_slip(above, *offer, &baseline, own)
    {
        // The slip explains what is unclear; what is lower is still said.
        steps.retain(|step| step.verdict == Verdict::Weaker);
        steps.insert(0, misquoted(&above.provision.quote.value, &offer.provision.quote.value));
        return WordComparison { same: false, steps, open, bare, lifts };
    }
    steps.dedup_by(|a, b| (a.axis, &a.part, &a.local) == (b.axis, &b.part, &b.local));
    WordComparison { same: false, steps, open, bare, lifts }
}

/// Tells whether the words are the same: those of the clause, and those of the audience.
fn is_same(above: Offer<'_>, local: Offer<'_>, baseline: &Reading, own: &Reading, terms: &Terms<'_>) -> bool {
    if std::ptr::eq(above.provision, local.provision) {
        return true;
    }
    let same = |part, written: &str, here: &str| {
        // Most lists copy: what is equal to the letter needs no other form.
        written == here || {
            let (a, b) = (baseline.canonical(part), own.canonical(part));
            a == b || terms.without_names(above.place, a) == terms.without_names(local.place, b)
        }
    };
    let audience = |offer: Offer<'_>| offer.service.body.audience.text.reference().value.clone();
    same(CLAUSE, &above.provision.quote.value, &local.provision.quote.value)
        && same(AUDIENCE, &audience(above), &audience(local))
}

/// Tells whether words are those of the baseline with a slip of copying: a character or two differ, and what stands there
/// is no word; where one took the place of another, no word of the field. A word that is put in or left out is the list's own.
fn is_a_slip(above: Offer<'_>, local: Offer<'_>, baseline: &Reading, own: &Reading) -> bool {
    let (official, here) = (&above.provision.quote.value, &local.provision.quote.value);
    if quote_match(official, here) != QuoteMatch::Near {
        return false;
    }
    let replaced = official.chars().count() == here.chars().count();
    let known = baseline.unknown(CLAUSE, replaced);
    own.unknown(CLAUSE, replaced).iter().any(|word| !known.contains(word))
}

/// Returns the axis that a respect belongs to.
fn axis(respect: Respect) -> &'static str {
    match respect {
        Respect::Negation => "negation",
        Respect::Ending => "ending",
        Respect::Degree => "strength",
        Respect::Quota => "quota",
        Respect::Exception => "exception",
        Respect::Condition => "condition",
        Respect::Audience => "audience",
        Respect::Age => "age",
        Respect::Measure => "measure",
        Respect::Fee => "fee",
        Respect::Place => "access",
        Respect::Content | Respect::Unread => WORDING,
    }
}

/// Makes a step of a difference.
fn step(difference: &Difference, baseline: &Reading, own: &Reading) -> Step {
    // A word that is missing, or that cannot be read, is named as it is; everything else with what stands around it.
    let word = matches!(difference.respect, Respect::Content | Respect::Unread);
    let shown = |reading: &Reading, range| if word { reading.words(range) } else { reading.phrase(range) };
    let above = difference.baseline.clone().map(|range| shown(baseline, range));
    let here = difference.local.clone().map(|range| shown(own, range));
    let verdict = match difference.stand {
        Stand::Higher => Verdict::Exceeded,
        Stand::Unclear => Verdict::NeedsReview,
        Stand::Lower => Verdict::Weaker,
    };
    let (reason, remedy) = match (verdict, &above, &here) {
        (Verdict::Exceeded, ..) => {
            (higher(above.as_deref(), here.as_deref()), text!("不用改", "nothing to mend"))
        }
        (_, Some(above), None) => lost(difference.respect, above),
        (_, above, Some(here)) => less(difference.respect, above.as_deref(), here),
        (_, None, None) => (
            text!(
                "上级是给父母或者监护人的，本地没有提到他们",
                "the baseline is for parents or guardians, whom this list does not name"
            ),
            settle(),
        ),
    };
    let side = |words: Option<String>| words.map_or_else(Side::silent, Side::plain);
    let part = difference.part.clone().filter(|_| difference.respect == Respect::Measure);
    Step {
        axis: axis(difference.respect),
        part,
        verdict,
        baseline: side(above),
        local: side(here),
        reason,
        remedy,
        at: None,
    }
}

fn higher(above: Option<&str>, here: Option<&str>) -> Message {
    match (above, here) {
        (Some(above), Some(here)) => {
            text!("上级是“{above}”，本地是“{here}”", "the baseline says “{above}”; this list says “{here}”")
        }
        (Some(above), None) => {
            text!("上级有“{above}”，本地没有", "the baseline says “{above}”; this list does not")
        }
        (_, here) => {
            let here = here.unwrap_or_default();
            text!("本地还有“{here}”", "this list has “{here}” as well")
        }
    }
}

fn settle() -> Message {
    text!(
        "实际得到的是否不比上级少？请人判断，把结论写进⟦reviews⟧",
        "do people really get no less? Decide, and record it under ⟦reviews⟧"
    )
}

/// Says that the local words lack what the baseline says.
fn lost(respect: Respect, above: &str) -> (Message, Message) {
    let reason = match respect {
        Respect::Measure => {
            text!("上级写明“{above}”，本地原文没有写", "the baseline states “{above}”; the words here do not")
        }
        _ => text!(
            "上级的“{above}”，本地原文里没有找到",
            "“{above}” of the baseline is not found in the words of this list"
        ),
    };
    let remedy = text!(
        "补上“{above}”；换了说法的，请人判断，把结论写进⟦reviews⟧",
        "add “{above}”; if it is said in other words, decide and record it under ⟦reviews⟧"
    );
    (reason, remedy)
}

/// Says what the local words have that may make the promise smaller.
fn less(respect: Respect, above: Option<&str>, here: &str) -> (Message, Message) {
    if let Some(above) = above {
        let reason =
            text!("上级是“{above}”，本地是“{here}”", "the baseline says “{above}”; this list says “{here}”");
        let remedy = text!("改到不低于“{above}”", "make it no less than “{above}”");
        return (reason, remedy);
    }
    let remedy = text!(
        "去掉“{here}”；不是限制的，请人判断，把结论写进⟦reviews⟧",
        "drop “{here}”; if it limits nothing, decide and record it under ⟦reviews⟧"
    );
    (added(respect, here), remedy)
}

/// Says what the local words have where the baseline has nothing.
fn added(respect: Respect, here: &str) -> Message {
    match respect {
        Respect::Negation => {
            text!("本地写着“{here}”，等于不给", "this list says “{here}”, which takes it away")
        }
        Respect::Ending => {
            text!(
                "本地写着“{here}”：停了、要停，或者以后才有",
                "this list says “{here}”: it ends, or begins later"
            )
        }
        Respect::Degree => text!(
            "本地的说法是“{here}”，上级没有这样留余地",
            "this list says “{here}”, where the baseline leaves no such room"
        ),
        Respect::Quota => {
            text!("本地限定“{here}”，上级没有限定", "this list limits it, “{here}”; the baseline does not")
        }
        Respect::Exception => {
            text!("本地把一部分人或事排除在外：“{here}”", "this list leaves some out: “{here}”")
        }
        Respect::Condition => {
            text!("本地要求“{here}”，上级没有", "this list asks for “{here}”; the baseline does not")
        }
        Respect::Audience => {
            text!("本地的对象可能变窄：“{here}”", "this list may be for fewer: “{here}”")
        }
        Respect::Age => text!("本地限定年龄“{here}”", "this list limits the age: “{here}”"),
        Respect::Measure => {
            text!(
                "本地写着“{here}”，上级没有这个限度",
                "this list says “{here}”, a limit the baseline has not"
            )
        }
        Respect::Fee => {
            text!(
                "本地要收费，或者只减免一部分：“{here}”",
                "this list charges, or waives only a part: “{here}”"
            )
        }
        Respect::Place => {
            text!("本地要到别处办：“{here}”", "this list sends them elsewhere: “{here}”")
        }
        Respect::Content => other_thing(here),
        Respect::Unread => {
            text!("本地的“{here}”读不出是什么意思，可能是限制", "“{here}” cannot be read, and may be a limit")
        }
    }
}

fn other_thing(here: &str) -> Message {
    text!("本地给的是“{here}”，可能不是同一件事", "this list gives “{here}”, which may be another thing")
}
