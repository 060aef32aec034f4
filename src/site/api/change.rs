//! Changes: what an edition changed, one change once, the gravest first.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::texts::Link;
use super::{ApiDocument, ApiRoute, Source, Texts, Word};
use crate::diagnostic::Message;
use crate::history::{self, Brief, BriefEntry, ChangeKind, Diff, Item};
use crate::lang::Languages;

/// What an edition changed.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Changes {
    /// The identifier of the edition.
    pub(crate) edition: String,
    #[serde(rename = "self")]
    pub(crate) link: Link,
    /// The edition before.
    pub(crate) since: String,
    /// How many changes there are of each kind, provisions and services together.
    pub(crate) summary: BTreeMap<&'static str, usize>,
    /// The changes, the gravest first.
    pub(crate) changes: Vec<Change>,
}

/// What happened to a provision, to several that hang together, or to a service itself.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Change {
    /// The gravest of what happened.
    pub(crate) kind: Word<ChangeKind>,
    /// The id of the service, as it is now or was last.
    pub(crate) service: String,
    /// Its number.
    pub(crate) number: u32,
    /// How many provisions it is about; none if about the service itself.
    pub(crate) provisions: usize,
    /// What they were, as `service/provision`.
    pub(crate) old: Vec<String>,
    /// What they are.
    pub(crate) new: Vec<String>,
    /// What changed about them.
    pub(crate) reasons: Vec<Reason>,
}

/// What changed in one respect.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Reason {
    pub(crate) kind: Word<ChangeKind>,
    /// In what respect: `measures`, `age`, `conditions` and so on.
    pub(crate) axis: Option<&'static str>,
    /// What it was.
    pub(crate) from: Option<Texts>,
    /// What it is.
    pub(crate) to: Option<Texts>,
    /// The change in a sentence.
    pub(crate) says: Texts,
}

impl Reason {
    fn of(change: &history::Change<'_>, languages: &Languages) -> Self {
        let say = |message: &Message| Texts::of_tool(message, languages);
        Self {
            kind: Word(change.kind),
            axis: change.axis,
            from: change.from.as_ref().map(|side| say(&side.words)),
            to: change.to.as_ref().map(|side| say(&side.words)),
            says: say(&change.reason),
        }
    }
}

impl Change {
    fn of(entry: &BriefEntry<'_, '_>, languages: &Languages) -> Self {
        Self {
            kind: Word(entry.kind),
            service: entry.service.id.value.clone(),
            number: entry.service.number.value,
            provisions: entry.count,
            old: entry.old.iter().map(Item::address).collect(),
            new: entry.new.iter().map(Item::address).collect(),
            reasons: entry.reasons().map(|change| Reason::of(change, languages)).collect(),
        }
    }
}

impl Changes {
    pub(super) fn of(link: Link, diff: &Diff<'_>, languages: &Languages) -> Self {
        let brief = Brief::of(diff);
        Self {
            edition: diff.to.address(),
            link,
            since: diff.from.address(),
            summary: brief.totals().into_iter().map(|(kind, count)| (kind.as_str(), count)).collect(),
            changes: brief.entries.iter().map(|entry| Change::of(entry, languages)).collect(),
        }
    }
}

impl ApiDocument for Changes {
    const PATH: &'static str = "changes/{place}/{list}/{edition}.json";
    const ABOUT: &'static str = "What an edition changed since the one before";

    fn all(source: &Source<'_>) -> Vec<(ApiRoute, Self)> {
        let facts = &source.map.facts;
        let editions = facts.lists().flat_map(|shown| facts.shown_editions(shown.place, shown.list));
        let changed =
            editions.filter_map(|edition| Some((ApiRoute::changes(edition), facts.changes(edition)?)));
        let document = changed.map(|(at, diff)| {
            let link = Link(source.link(&at.route(), &at.route()));
            (at, Self::of(link, diff, &facts.catalogue().site.languages))
        });
        document.collect()
    }
}
