//! What a deadline rests on: the rule in words, its document, and where the rulebook says it.

use super::due::{Filing, ListStatus, Renewal};
use crate::catalogue::Rule;
use crate::compare::spoken;
use crate::diagnostic::Message;
use crate::text;

/// The kinds of deadlines a rule sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Deadline {
    /// The next edition.
    Renewal,
    /// Filing an edition.
    Filing,
}

impl Deadline {
    /// Returns the field of the rulebook that sets it.
    pub fn field(self) -> &'static str {
        match self {
            Self::Renewal => "cycle_months",
            Self::Filing => "filing_days",
        }
    }

    /// Returns the name of the date it is counted from.
    pub fn counted_from(self, rule: &Rule) -> &str {
        let cycle = rule.cycle_counted_from.as_deref();
        let name = match self {
            Self::Renewal => cycle,
            Self::Filing => rule.filing_counted_from.as_deref().or(cycle),
        };
        name.unwrap_or("issued")
    }

    /// Returns what `rule` says of it, in words. `None` if it says nothing.
    pub fn words(self, rule: &Rule) -> Option<Message> {
        let Message { zh, en } = day(self.counted_from(rule));
        match self {
            Self::Renewal => rule.cycle_months.map(|months| {
                text!(
                    "每 {months} 个月更新发布一次，自{zh}之日起算",
                    "a new edition every {months} months, counted from {en}"
                )
            }),
            Self::Filing => rule.filing_days.map(|days| match rule.filing_to.as_ref().map(spoken) {
                Some(body) => Message {
                    zh: format!("{zh}后 {days} 天内报{}备案", body.zh),
                    en: format!("to be filed within {days} days, counted from {en} ({})", body.en),
                },
                None => text!("{zh}后 {days} 天内备案", "to be filed within {days} days, counted from {en}"),
            }),
        }
    }
}

/// Returns what the kind of date a rule counts from is called.
fn day(name: &str) -> Message {
    match name {
        "signed" => text!("签发", "the day it was signed"),
        "printed" => text!("印发", "the day it was printed"),
        "posted" => text!("上网公布", "the day it was posted online"),
        "effective" => text!("开始执行", "the day it takes effect"),
        "filed" => text!("备案", "the day it was filed"),
        _ => text!("发布", "the day of issue"),
    }
}

/// A rule with the deadlines that rest on it.
#[derive(Clone, Debug)]
pub struct Basis<'a> {
    /// The rule.
    pub rule: &'a Rule,
    /// What it sets, in order.
    pub sets: Vec<Deadline>,
}

/// Returns what a rule says of the deadlines that rest on it, with its document and the day it starts.
pub fn rule_words(basis: &Basis<'_>) -> Message {
    let rule = basis.rule;
    let says = basis.sets.iter().filter_map(|deadline| {
        let (words, field) = (deadline.words(rule)?, deadline.field());
        Some(Message {
            zh: format!("{}，见⟦{field}⟧", words.zh), en: format!("{}, see ⟦{field}⟧", words.en)
        })
    });
    let says: Vec<Message> = says.collect();
    let joined =
        |words: fn(&Message) -> &str, joint: &str| says.iter().map(words).collect::<Vec<_>>().join(joint);
    let (zh, en) = (joined(|words| &words.zh, "；"), joined(|words| &words.en, "; "));
    let from = rule.from.value;
    match rule.source.as_ref().map(spoken) {
        Some(source) => Message {
            zh: format!("{}，自 {from} 起：{zh}", source.zh),
            en: format!("{}, in force since {from}: {en}", source.en),
        },
        None => text!("自 {from} 起：{zh}", "in force since {from}: {en}"),
    }
}

impl<'a> ListStatus<'a> {
    /// Returns the rule that sets a deadline of this list; `None` where there is none to name.
    pub fn basis(&self, deadline: Deadline) -> Option<&'a Rule> {
        match deadline {
            Deadline::Renewal => self.rule.filter(|_| self.renewal != Renewal::Unbound),
            Deadline::Filing => self.filing_rule.filter(|_| self.filing != Filing::Unbound),
        }
    }
}

/// Returns the rules that the deadlines of `lists` rest on, each once, in the order in which they are met.
pub fn bases<'a>(lists: &[&ListStatus<'a>]) -> Vec<Basis<'a>> {
    let mut bases: Vec<Basis<'_>> = Vec::new();
    for known in lists {
        for deadline in [Deadline::Renewal, Deadline::Filing] {
            let Some(rule) = known.basis(deadline) else { continue };
            match bases.iter_mut().find(|basis| std::ptr::eq(basis.rule, rule)) {
                Some(basis) if basis.sets.contains(&deadline) => {}
                Some(basis) => {
                    basis.sets.push(deadline);
                    basis.sets.sort();
                }
                None => bases.push(Basis { rule, sets: vec![deadline] }),
            }
        }
    }
    bases
}
