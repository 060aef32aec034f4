//! How far the questions have come that were asked about a list: asked, answered, settled.

use super::Coverage;
use super::answers::names;
use crate::catalogue::{Edition, EditionRef, List, Place, Query, QueryState};
use crate::compare::Verdict;

/// A query and what the list says by now of the provisions that it asks about.
#[derive(Clone, Debug)]
pub struct QueryStatus<'a> {
    /// The edition that it was asked of.
    pub edition: &'a Edition,
    /// The query.
    pub query: &'a Query,
    /// How far it has come.
    pub state: QueryState,
    /// The provisions that are not known to be met, as the query names them.
    pub doubtful: Vec<&'a str>,
}

impl QueryStatus<'_> {
    /// Tells whether it is still to be settled.
    pub fn is_open(&self) -> bool {
        self.state != QueryState::Settled
    }

    /// Tells whether it is open and every provision is met by now.
    pub fn can_be_settled(&self) -> bool {
        self.is_open() && self.doubtful.is_empty()
    }
}

/// Finds how an edition stands to the baseline it names.
pub type FindCoverage<'f, 'a> = dyn Fn(EditionRef<'a>) -> Option<&'f Coverage<'a>> + 'f;

/// Returns the queries about all editions of a list, oldest edition first, as written.
///
/// Questions about a superseded edition are answered by the one in force, where the text was mended.
pub fn queries<'a>(place: &'a Place, list: &'a List, cover: &FindCoverage<'_, 'a>) -> Vec<QueryStatus<'a>> {
    let asked = list.editions.iter().filter(|edition| !edition.queries.is_empty());
    let of_edition = |edition: &'a Edition| {
        let stands = list.standing().any(|known| std::ptr::eq(known, edition));
        let measured = list.current(false).filter(|_| !stands).unwrap_or(edition);
        let coverage = cover(EditionRef { place, list, edition: measured });
        let status = move |query: &'a Query| QueryStatus {
            edition,
            query,
            state: query.state(),
            doubtful: doubtful(query, coverage),
        };
        edition.queries.iter().map(status).collect::<Vec<_>>()
    };
    asked.flat_map(of_edition).collect()
}

/// Returns the provisions of a query that are not known to be met.
fn doubtful<'a>(query: &'a Query, coverage: Option<&Coverage<'_>>) -> Vec<&'a str> {
    let known = coverage.into_iter().flat_map(|coverage| &coverage.services);
    let met: Vec<String> = known
        .flat_map(|service| &service.provisions)
        .filter(|known| known.verdict <= Verdict::Met)
        .flat_map(|known| names(known.baseline))
        .collect();
    let about = query.about.iter().map(|address| address.value.as_str());
    about.filter(|address| !met.iter().any(|known| known == address)).collect()
}
