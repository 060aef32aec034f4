//! Points in time: which edition of a list held on which day, what was decided but not yet in force, where provisions went,
//! and what changed between any two editions.
//!
//! Files stand still, and a day may be any: so an address with a day is answered by the stretch of days it falls into. A
//! document tells the stretches of a list with the permanent addresses of their editions, another tells for all lists on
//! which day something happened. `export data --on DAY` writes everything as it was on one day.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;

use super::change::Changes;
use super::texts::{Day, Link};
use super::{ApiDocument, ApiRoute, Source, Texts};
use crate::Address;
use crate::catalogue::{Edition, EditionRef, EditionStatus, Lineage, Standing};
use crate::date::Date;

/// Which edition of a list held on which day.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Timeline {
    /// The identifier of the list.
    pub(crate) list: String,
    #[serde(rename = "self")]
    pub(crate) link: Link,
    /// The stretches of days, oldest first. Before the first, and between none, no edition held that is known here.
    pub(crate) stretches: Vec<Stretch>,
    /// What is decided and not yet in force on the day the data is of.
    pub(crate) decided: Vec<Decided>,
    /// Provisions whose address changed from an edition to the next; the others kept theirs.
    pub(crate) moves: Vec<Move>,
    /// What changed between two editions, for each pair of them, the older first.
    pub(crate) between: Vec<Between>,
}

/// A stretch of days in which an edition held.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Stretch {
    /// The first day.
    pub(crate) from: Day,
    /// The first day after it, where a later edition is known.
    pub(crate) until: Option<Day>,
    /// The edition that held.
    pub(crate) edition: String,
    /// Its document, which stays where it is. `#service/provision` behind it names a provision for ever.
    pub(crate) document: Link,
    /// The same on its page in each language.
    pub(crate) pages: std::collections::BTreeMap<String, Link>,
    /// The day from which the next edition was decided, while this one held.
    pub(crate) next_decided: Option<Day>,
}

/// An edition that is decided and not yet in force.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Decided {
    /// The edition.
    pub(crate) edition: String,
    /// The day on which it was decided.
    pub(crate) on: Day,
    /// The day from which it holds.
    pub(crate) from: Day,
    /// Its document.
    pub(crate) document: Link,
}

/// Where a provision of an edition stands in the next.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Move {
    /// The edition it stood in.
    pub(crate) since: String,
    /// Where it stood, as `service/provision`.
    pub(crate) was: String,
    /// The next edition.
    pub(crate) edition: String,
    /// Where it stands there; several if it was split, none if it is gone.
    pub(crate) now: Vec<String>,
}

/// Two editions, with what changed from one to the other.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Between {
    /// The older.
    pub(crate) since: String,
    /// The newer.
    pub(crate) edition: String,
    /// What changed.
    pub(crate) changes: Link,
}

impl ApiDocument for Timeline {
    const PATH: &'static str = "as-of/{place}/{list}.json";
    const ABOUT: &'static str =
        "Which edition of a list held on which day, where provisions went, what changed between two days";

    fn all(source: &Source<'_>) -> Vec<(ApiRoute, Self)> {
        source
            .map
            .facts
            .lists()
            .map(|shown| (ApiRoute::as_of(shown), of(source, own(source, shown))))
            .collect()
    }
}

/// Returns the same edition as the catalogue has it.
fn own<'a>(source: &Source<'a>, shown: EditionRef<'a>) -> EditionRef<'a> {
    source
        .map
        .facts
        .catalogue()
        .edition(&shown.address())
        .expect("a list that is shown is one of the catalogue")
}

fn of<'a>(source: &Source<'a>, shown: EditionRef<'a>) -> Timeline {
    let (at, today) = (ApiRoute::as_of(shown), source.map.facts.analysis.today);
    let link = |to: ApiRoute| Link(source.link(&at.route(), &to.route()));
    let of = |edition| EditionRef { edition, ..shown };
    let decided = shown.list.decided_by(today).into_iter();
    let decided = decided.filter_map(|edition| {
        Some(Decided {
            edition: of(edition).address(),
            on: Day(edition.decided_on()?),
            from: Day(edition.holds_from()?),
            document: link(ApiRoute::edition(of(edition))),
        })
    });
    Timeline {
        list: shown.list_address(),
        link: link(at.clone()),
        stretches: stretches(source, &at, shown),
        decided: decided.collect(),
        moves: moves(shown),
        between: pairs(shown)
            .map(|(since, edition)| Between {
                since: since.address(),
                edition: edition.address(),
                changes: link(ApiRoute::between(since, edition)),
            })
            .collect(),
    }
}

fn stretches<'a>(source: &Source<'a>, at: &ApiRoute, shown: EditionRef<'a>) -> Vec<Stretch> {
    let standings = shown.list.standings();
    let stretch = |place: usize, standing: &Standing<'a>| {
        let of = EditionRef { edition: standing.edition, ..shown };
        let next = standings.get(place + 1).and_then(|next| next.edition.decided_on());
        Stretch {
            from: Day(standing.from),
            until: standing.until.map(Day),
            edition: of.address(),
            document: Link(source.link(&at.route(), &ApiRoute::edition(of).route())),
            pages: source.pages(at, &Address::in_list(of, &format!("edition/{}", of.edition.id))),
            next_decided: next.filter(|on| Some(*on) < standing.until).map(Day),
        }
    };
    standings.iter().enumerate().map(|(place, standing)| stretch(place, standing)).collect()
}

/// Returns the issued editions of a list, each with every later one.
fn pairs(shown: EditionRef<'_>) -> impl Iterator<Item = (EditionRef<'_>, EditionRef<'_>)> {
    let issued = shown.list.editions.iter().filter(|edition| edition.status == EditionStatus::Issued);
    let issued: Vec<EditionRef<'_>> = issued.map(|edition| EditionRef { edition, ..shown }).collect();
    let later = issued.clone();
    issued.into_iter().enumerate().flat_map(move |(at, since)| {
        later.clone().into_iter().skip(at + 1).map(move |edition| (since, edition))
    })
}

/// Returns where provisions went whose address changed.
fn moves(shown: EditionRef<'_>) -> Vec<Move> {
    let issued: Vec<&Edition> =
        shown.list.editions.iter().filter(|edition| edition.status == EditionStatus::Issued).collect();
    let steps = issued.windows(2).flat_map(|step| {
        let (since, edition) = (step[0], step[1]);
        let lineage = Lineage::between(shown.list, since, edition);
        let there: BTreeSet<String> = addresses(edition).collect();
        addresses(since).filter_map(move |was| {
            let now: Vec<String> = lineage.provisions(&was).intersection(&there).cloned().collect();
            (now != [was.clone()]).then(|| Move {
                since: EditionRef { edition: since, ..shown }.address(),
                was,
                edition: EditionRef { edition, ..shown }.address(),
                now,
            })
        })
    });
    steps.collect()
}

fn addresses(edition: &Edition) -> impl Iterator<Item = String> {
    edition.services.iter().flat_map(|service| {
        let provisions = service.body.provisions.iter();
        provisions.map(|provision| format!("{}/{}", service.id.value, provision.id.value))
    })
}

/// What changed from one edition to a later one.
#[derive(Serialize, JsonSchema)]
#[serde(transparent)]
pub(crate) struct ChangesBetween(Changes);

impl ApiDocument for ChangesBetween {
    const PATH: &'static str = "between/{place}/{list}/{since}/{edition}.json";
    const ABOUT: &'static str =
        "What changed from one edition to a later one, whether or not others lie between";

    fn all(source: &Source<'_>) -> Vec<(ApiRoute, Self)> {
        let facts = &source.map.facts;
        let pairs = facts.lists().flat_map(|shown| pairs(own(source, shown)).collect::<Vec<_>>());
        let changed = pairs.map(|(since, edition)| {
            let at = ApiRoute::between(since, edition);
            let link = Link(source.link(&at.route(), &at.route()));
            let diff = facts.analysis.between(since, edition);
            (at, Self(Changes::of(link, &diff, &facts.catalogue().site.languages)))
        });
        changed.collect()
    }
}

/// On which days something happened, for all lists.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Days {
    #[serde(rename = "self")]
    pub(crate) link: Link,
    /// How an address is asked for a day.
    pub(crate) about: Texts,
    /// What happened, oldest first. What held on a day is, for each list, what last came into force on it or before.
    pub(crate) days: Vec<DayOfLists>,
}

/// What happened on a day.
#[derive(Serialize, JsonSchema)]
pub(crate) struct DayOfLists {
    pub(crate) day: Day,
    /// The editions that were decided on it.
    pub(crate) decided: Vec<String>,
    /// The editions that came into force on it.
    pub(crate) in_force: Vec<String>,
}

impl ApiDocument for Days {
    const PATH: &'static str = "as-of.json";
    const ABOUT: &'static str = "On which days something was decided or came into force, for all lists";

    fn all(source: &Source<'_>) -> Vec<(ApiRoute, Self)> {
        let at = ApiRoute::days();
        let facts = &source.map.facts;
        let mut happened: std::collections::BTreeMap<Date, DayOfLists> = std::collections::BTreeMap::new();
        for shown in facts.lists() {
            let shown = own(source, shown);
            let mut note = |day: Option<Date>, edition: &Edition, in_force: bool| {
                let Some(day) = day else { return };
                let of = happened.entry(day).or_insert_with(|| DayOfLists {
                    day: Day(day),
                    decided: Vec::new(),
                    in_force: Vec::new(),
                });
                let address = EditionRef { edition, ..shown }.address();
                if in_force { of.in_force.push(address) } else { of.decided.push(address) }
            };
            for edition in &shown.list.editions {
                note(edition.decided_on(), edition, false);
                note(edition.holds_from(), edition, true);
            }
        }
        let languages = &facts.catalogue().site.languages;
        let days = Self {
            link: Link(source.link(&at.route(), &at.route())),
            about: Texts::of_tool(&about(), languages),
            days: happened.into_values().collect(),
        };
        vec![(at, days)]
    }
}

fn about() -> crate::diagnostic::Message {
    crate::text!(
        "某一天的清单：在 as-of/地区/清单.json 里找那一天所在的一段，document 就是当天有效的版次。联系方式、怎样办理和译文不按日期保存。",
        "A list on a day: look up the stretch of that day in as-of/PLACE/LIST.json; its document is the edition that held. Contacts, how to apply and translations are not kept by day."
    )
}
