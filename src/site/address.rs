//! Addresses of pages, without their language.
//!
//! `fujian/xiamen/` is a folder with a first page, `fujian/xiamen/migrant-children/mental-health` a page.

use crate::catalogue::{EditionRef, PlacePath};
use crate::lang::{LangCode, Language};
use crate::route::Route;

/// The address of a page in any language.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Address {
    /// Parts joined by `/`, without ending; empty for the first page of the site.
    path: String,
    /// Whether it names a folder, whose page is `index.html`.
    folder: bool,
}

impl Address {
    /// The page to choose a place.
    pub fn home() -> Self {
        Self { path: String::new(), folder: true }
    }

    /// The page of a place.
    pub fn place(place: &PlacePath) -> Self {
        Self { path: place.to_string(), folder: true }
    }

    /// A page of a place: `check`, `search`.
    pub fn in_place(place: &PlacePath, name: &str) -> Self {
        Self { path: format!("{place}/{name}"), folder: false }
    }

    /// The folder of a list.
    pub fn list(shown: EditionRef<'_>) -> Self {
        Self { path: [shown.place.path.as_str(), &shown.list.id].join("/"), folder: true }
    }

    /// A page in the folder of a list: a service, `about`, `print`, `area/health`.
    pub fn in_list(shown: EditionRef<'_>, name: &str) -> Self {
        Self { path: [shown.place.path.as_str(), &shown.list.id, name].join("/"), folder: false }
    }

    /// A guide of a place, or of the site.
    pub fn guide(place: Option<&PlacePath>, name: &str) -> Self {
        let path = match place {
            Some(place) => format!("{place}/guides/{name}"),
            None => format!("guides/{name}"),
        };
        Self { path, folder: false }
    }

    /// The page for when somebody is in danger.
    pub fn danger() -> Self {
        Self { path: "danger".to_owned(), folder: false }
    }

    /// The page for addresses that are none.
    pub fn not_found() -> Self {
        Self { path: "404".to_owned(), folder: false }
    }

    /// A page for staff; the folder's first page for an empty name.
    pub fn staff(name: &str) -> Self {
        if name.is_empty() {
            return Self { path: "staff".to_owned(), folder: true };
        }
        Self { path: format!("staff/{name}"), folder: false }
    }

    /// Reads an address as guides write it, `/fujian/xiamen`. `None` if it cannot be one.
    pub fn written(text: &str) -> Option<Self> {
        let path = text.split(['#', '?']).next()?.strip_prefix('/')?.trim_end_matches('/');
        let clean = path.is_empty() || path.split('/').all(|part| !matches!(part, "" | "." | ".."));
        clean.then(|| Self { path: path.to_owned(), folder: path.is_empty() })
    }

    /// Returns the same address as a page.
    pub fn page(&self) -> Self {
        Self { folder: self.path.is_empty(), ..self.clone() }
    }

    /// Returns the same address as a folder.
    pub fn folder(&self) -> Self {
        Self { folder: true, ..self.clone() }
    }

    /// Returns the route in `lang`.
    pub fn route(&self, lang: &Language) -> Route {
        let ending = match (self.path.is_empty(), self.folder) {
            (true, _) => "index.html",
            (false, true) => "/index.html",
            (false, false) => ".html",
        };
        Route::new([lang.code.as_str(), "/", &self.path, ending].concat())
    }
}

/// Where the handbook lies beside the pages for staff.
pub const HANDBOOK: &str = "handbook/";

/// Returns the route of a page of the handbook, which is written in Chinese and English: `index`, `QD1010`.
pub fn handbook_route(lang: &LangCode, page: &str) -> Route {
    let code = if lang.as_str() == "zh" { "zh" } else { "en" };
    Route::new(format!("{HANDBOOK}{code}/{page}.html"))
}
