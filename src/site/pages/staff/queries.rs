//! What was asked about a list, for the page of the list and that of the deadlines.

use serde::Serialize;

use super::{anchor, list_address};
use crate::View;
use crate::catalogue::{EditionRef, QueryState};
use crate::coverage::QueryStatus;

/// A query; `state` names the string.
#[derive(Serialize)]
pub(super) struct QueryLine {
    edition: String,
    state: &'static str,
    asked: String,
    answered: Option<String>,
    settled: Option<String>,
    /// The day by which it has to be answered, as long as it is not.
    due: Option<String>,
    overdue: bool,
    /// Days since its latest step.
    days: i32,
    by: Option<String>,
    note: Option<String>,
    about: Vec<About>,
    doubtful: usize,
    can_be_settled: bool,
    at: String,
    /// The page of the list, if there is one.
    href: Option<String>,
}

/// A provision that is asked about.
#[derive(Serialize)]
struct About {
    address: String,
    anchor: String,
    doubtful: bool,
}

impl QueryLine {
    /// Returns what a page shows of a query about `issue`, an edition that the list is shown by.
    pub fn of(view: &View<'_>, status: &QueryStatus<'_>, issue: EditionRef<'_>) -> Self {
        let (query, today) = (status.query, view.facts().analysis.today);
        let on = |date: &crate::span::Spanned<crate::date::Date>| date.value.to_string();
        let due = query.due.as_ref().filter(|_| status.state == QueryState::Asked);
        let route = view.route(&list_address(issue));
        let about = query.about.iter().map(|address| About {
            address: address.value.clone(),
            anchor: anchor(&address.value),
            doubtful: status.doubtful.contains(&address.value.as_str()),
        });
        Self {
            edition: status.edition.id.clone(),
            state: status.state.as_str(),
            asked: on(&query.asked),
            answered: query.answered.as_ref().map(on),
            settled: query.settled.as_ref().map(on),
            due: due.map(on),
            overdue: due.is_some_and(|due| due.value < today),
            days: query.since().days_until(today),
            by: query.by.clone(),
            note: query.note.clone(),
            about: about.collect(),
            doubtful: status.doubtful.len(),
            can_be_settled: status.can_be_settled(),
            at: view.place_of(query.asked.span),
            href: view.map.has(&route).then(|| view.link(&route)),
        }
    }
}
