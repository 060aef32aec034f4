//! Every kind of page, one file a kind. To add one, write its file, a line in `page_kinds!` below, and a template of its
//! name.

mod about;
mod as_of;
mod asked;
mod changes;
mod check;
mod danger;
mod definitions;
mod edition;
mod form;
mod guide;
mod not_found;
mod place;
mod places;
mod poster;
mod print;
mod redirect;
mod reporting;
mod search;
mod service;
mod slice;
mod staff;
mod statistics;
mod visits;

use super::kind::{KindOfPage, Policy, Subject};
use super::{Address, Facts, Head, View};
use crate::diagnostic::Message;
use crate::span::Span;
pub(super) use about::{ConsultationData, Dated, best_date, consultation, said_date};
pub(super) use changes::{ToldChange, is_issued, told};
pub(crate) use danger::{DangerLine, line as danger_line};
pub use not_found::NotFoundPage;
pub use print::PrintPage;
pub use redirect::RedirectPage;

/// Makes the enum of all kinds from the type of each, and hands what is asked of it on to the type.
macro_rules! page_kinds {
    ($($kind:ident($page:ty),)*) => {
        /// A page in all its languages: its kind, with what it is about.
        #[derive(Clone, Copy, Debug)]
        pub enum PageKind<'a> {
            $(#[doc = concat!("See `", stringify!($page), "`.")] $kind($page),)*
        }

        impl<'a> PageKind<'a> {
            /// The names of all kinds, in the order pages are listed.
            pub const NAMES: &'static [&'static str] = &[$(<$page as KindOfPage<'a>>::NAME,)*];

            /// Lists every page, by kind.
            pub(super) fn all(facts: &Facts<'a>) -> Vec<Self> {
                let mut all = Vec::new();
                $(all.extend(<$page as KindOfPage<'a>>::list(facts).into_iter().map(Self::$kind));)*
                all
            }

            /// Returns the name of its kind: that of its template, its strings and its rows in `pages.json`.
            pub fn name(&self) -> &'static str {
                match self { $(Self::$kind(_) => <$page as KindOfPage<'a>>::NAME,)* }
            }

            /// Returns how the pages of its kind are treated.
            pub fn policy(&self) -> Policy {
                match self { $(Self::$kind(_) => <$page as KindOfPage<'a>>::POLICY,)* }
            }

            /// Returns where it stands, without its language.
            pub fn address(&self) -> Address {
                match self { $(Self::$kind(page) => page.address(),)* }
            }

            /// Returns what it is about.
            pub fn subject(&self) -> Subject<'a> {
                match self { $(Self::$kind(page) => page.subject(),)* }
            }

            /// Returns what it is called, where the tool names it.
            pub fn title(&self) -> Option<Message> {
                match self { $(Self::$kind(page) => page.title(),)* }
            }

            /// Returns what in the content made it, for findings.
            pub(super) fn source(&self) -> Option<Span> {
                match self { $(Self::$kind(page) => page.source(),)* }
            }

            /// Fills it in: its head, and what its template gets.
            pub fn data(&self, view: &View<'a>) -> (Head, tera::Value) {
                match self { $(Self::$kind(page) => page.data(view),)* }
            }
        }
    };
}

// In the order pages are listed.
page_kinds! {
    Places(places::PlacesPage),
    Place(place::PlacePage<'a>),
    Service(service::ServicePage<'a>),
    Area(slice::AreaPage<'a>),
    Age(slice::AgePage<'a>),
    Department(slice::DepartmentPage<'a>),
    Check(check::CheckPage<'a>),
    Danger(danger::DangerPage<'a>),
    Definitions(definitions::DefinitionsPage<'a>),
    Visits(visits::VisitsPage<'a>),
    Reporting(reporting::ReportingPage<'a>),
    Asked(asked::AskedPage<'a>),
    Form(form::FormPage<'a>),
    Statistics(statistics::StatisticsPage<'a>),
    About(about::AboutPage<'a>),
    Print(print::PrintPage<'a>),
    Poster(poster::PosterPage<'a>),
    Changes(changes::ChangesPage<'a>),
    AsOf(as_of::AsOfPage<'a>),
    Edition(edition::EditionPage<'a>),
    Guide(guide::GuidePage<'a>),
    Search(search::SearchPage<'a>),
    Redirect(redirect::RedirectPage<'a>),
    NotFound(not_found::NotFoundPage),
    StaffHub(staff::HubPage),
    StaffMatrix(staff::MatrixPage<'a>),
    StaffPart(staff::PartPage<'a>),
    StaffGaps(staff::GapsPage<'a>),
    StaffGap(staff::GapPage<'a>),
    StaffList(staff::ListPage<'a>),
    StaffDeadlines(staff::DeadlinesPage),
    StaffDuties(staff::DutiesPage<'a>),
    StaffEditions(staff::EditionsPage),
    StaffTranslations(staff::TranslationsPage),
    StaffFindings(staff::FindingsPage),
}
