//! What is due when, what is most overdue first.

use serde::Serialize;

use super::queries::Query;
use super::{add, head, table_href};
use crate::coverage::Issue;
use crate::facts::Facts;
use crate::history::{self, Filing, ListStatus, Renewal, Standing};
use crate::site::common::Said;
use crate::site::{Address, Head, PageKind, Spot, View};

/// Deadlines.
pub const DEADLINES: PageKind =
    PageKind { name: "staff-deadlines", list: |facts, spots| list(facts, spots), data };

fn list<'a>(facts: &Facts<'a>, spots: &mut Vec<Spot<'a>>) {
    add(facts, spots, &DEADLINES, "deadlines");
}

/// What the template gets.
#[derive(Serialize)]
struct Data {
    today: String,
    ics_href: String,
    lists: Vec<List>,
    /// Queries that are to be settled, by place.
    queries: Vec<Asked>,
}

/// A query with the place that was asked.
#[derive(Serialize)]
struct Asked {
    place: Said,
    query: Query,
}

#[derive(Serialize)]
struct List {
    place: Said,
    title: Option<Said>,
    editions: Vec<Edition>,
    renewal: Due,
    filing: Due,
    newer_baseline: Option<String>,
}

#[derive(Serialize)]
struct Edition {
    id: String,
    standing: Standing,
    href: Option<String>,
    until: Option<String>,
}

/// Something due: `state` names the string; `date` and `days` fill it.
#[derive(Default, Serialize)]
struct Due {
    state: &'static str,
    date: String,
    days: i32,
}

fn data(view: &View<'_>) -> (Head, tera::Value) {
    let mut lists = history::status(view.catalogue(), view.facts().today);
    lists.sort_by_key(|known| {
        let renewal = if let Renewal::Due(clock) = known.renewal { clock.days_left } else { i32::MAX };
        let filing = if let Filing::Due(clock) = known.filing { clock.days_left } else { i32::MAX };
        renewal.min(filing)
    });
    let data = Data {
        today: view.facts().today.to_string(),
        ics_href: table_href(view, "deadlines.ics"),
        lists: lists.iter().map(|known| one(view, known)).collect(),
        queries: lists.iter().flat_map(|known| asked(view, known)).collect(),
    };
    let title = view.tell(&crate::text!("期限", "Deadlines"));
    (head(view).crumb(title, None), tera::Value::from_serializable(&data))
}

/// Returns the queries about a list that are to be settled.
fn asked(view: &View<'_>, known: &ListStatus<'_>) -> Vec<Asked> {
    let Some(edition) = known.list.standing().last() else { return Vec::new() };
    let issue = Issue { place: known.place, list: known.list, edition };
    let open = known.queries.iter().filter(|status| status.is_open());
    let query =
        |status| Asked { place: view.say(known.place.short()), query: Query::of(view, status, issue) };
    open.map(query).collect()
}

fn one(view: &View<'_>, known: &ListStatus<'_>) -> List {
    let edition = |(edition, standing): &(&crate::catalogue::Edition, Standing)| {
        let shown = crate::facts::Shown { place: known.place, list: known.list, edition };
        let route = view.route(&Address::in_list(shown, &format!("edition/{}", edition.id)));
        Edition {
            id: edition.id.clone(),
            standing: *standing,
            href: view.map.has(&route).then(|| view.link(&route)),
            until: edition.consultation.as_ref().map(|consultation| consultation.to.value.to_string()),
        }
    };
    List {
        place: view.say(known.place.short()),
        title: known.list.editions.last().map(|edition| view.say(&edition.title)),
        editions: known.editions.iter().map(edition).collect(),
        renewal: renewal(known.renewal),
        filing: filing(known.filing),
        newer_baseline: known.newer_baseline.clone(),
    }
}

fn running(clock: history::Clock) -> Due {
    let state = if clock.days_left < 0 { "overdue" } else { "due" };
    Due { state, date: clock.due.to_string(), days: clock.days_left.abs() }
}

fn renewal(renewal: Renewal) -> Due {
    match renewal {
        Renewal::Unbound => Due { state: "unbound", ..Due::default() },
        Renewal::NothingIssued => Due { state: "nothing-issued", ..Due::default() },
        Renewal::NoDate => Due { state: "no-date", ..Due::default() },
        Renewal::Due(clock) => running(clock),
    }
}

fn filing(filing: Filing) -> Due {
    match filing {
        Filing::Unbound => Due { state: "unbound", ..Due::default() },
        Filing::NoDate => Due { state: "no-date", ..Due::default() },
        Filing::Due(clock) => running(clock),
        Filing::Filed { on, late, .. } if late > 0 => {
            Due { state: "filed-late", date: on.to_string(), days: late }
        }
        Filing::Filed { on, .. } => Due { state: "filed", date: on.to_string(), days: 0 },
    }
}
