//! Addresses of the data. A place stands in one part of them, its folders joined by dots: `fujian.xiamen`.

use super::VERSION;
use crate::catalogue::{EditionRef, PlacePath};
use crate::kind::Subject;
use crate::route::Route;

/// The address of a document, without what all of them begin with.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ApiRoute(String);

impl ApiRoute {
    /// Where a program begins.
    pub fn index() -> Self {
        Self("index.json".to_owned())
    }

    /// The description of all kinds of document.
    pub fn description() -> Self {
        Self("openapi.json".to_owned())
    }

    /// The words that documents name by their ids.
    pub fn vocabulary() -> Self {
        Self("vocabulary.json".to_owned())
    }

    /// All places.
    pub fn places() -> Self {
        Self("places.json".to_owned())
    }

    /// All lists.
    pub fn lists() -> Self {
        Self("lists.json".to_owned())
    }

    /// A place.
    pub fn place(path: &PlacePath) -> Self {
        Self(format!("places/{}.json", dotted(path)))
    }

    /// A list.
    pub fn list(shown: EditionRef<'_>) -> Self {
        Self(format!("lists/{}.json", list_part(shown)))
    }

    /// An edition of a list.
    pub fn edition(edition: EditionRef<'_>) -> Self {
        Self(format!("editions/{}/{}.json", list_part(edition), edition.edition.id))
    }

    /// A service of the edition that stands.
    pub fn service(shown: EditionRef<'_>, id: &str) -> Self {
        Self(format!("services/{}/{id}.json", list_part(shown)))
    }

    /// How an edition stands to its baseline.
    pub fn verdicts(edition: EditionRef<'_>) -> Self {
        Self(format!("verdicts/{}/{}.json", list_part(edition), edition.edition.id))
    }

    /// What an edition changed.
    pub fn changes(edition: EditionRef<'_>) -> Self {
        Self(format!("changes/{}/{}.json", list_part(edition), edition.edition.id))
    }

    /// On which days something happened.
    pub fn days() -> Self {
        Self("as-of.json".to_owned())
    }

    /// Which edition of a list held on which day.
    pub fn as_of(shown: EditionRef<'_>) -> Self {
        Self(format!("as-of/{}.json", list_part(shown)))
    }

    /// What changed from one edition to a later one.
    pub fn between(since: EditionRef<'_>, edition: EditionRef<'_>) -> Self {
        Self(format!("between/{}/{}/{}.json", list_part(since), since.edition.id, edition.edition.id))
    }

    /// Returns where the file stands on the site.
    pub fn route(&self) -> Route {
        Route::new(format!("api/{VERSION}/{}", self.0))
    }
}

fn dotted(path: &PlacePath) -> String {
    path.as_str().replace('/', ".")
}

fn list_part(edition: EditionRef<'_>) -> String {
    format!("{}/{}", dotted(&edition.place.path), edition.list.id)
}

/// Returns the document that says for programs what a page about `subject` says for people.
pub fn of_subject(subject: Subject<'_>) -> ApiRoute {
    match subject {
        Subject::Site => ApiRoute::index(),
        Subject::Place(place, _) => ApiRoute::place(&place.path),
        Subject::Edition(edition) => ApiRoute::edition(edition),
        Subject::Service(shown, service) => ApiRoute::service(shown, &service.id.value),
    }
}
