//! What a kind of page is: a type whose values are its pages, each with what it is about, and how they are treated.

use super::{Address, Facts, Head, View};
use crate::catalogue::{EditionRef, Place, Service};
use crate::diagnostic::Message;
use crate::span::Span;

/// A kind of page. Its values are its pages: what one is about stands in its fields, so that there is none about
/// nothing.
pub trait KindOfPage<'a>: Copy {
    /// Its name: that of its template, its strings `title-<name>` and its rows in `pages.json`.
    const NAME: &'static str;
    /// How its pages are treated.
    const POLICY: Policy;

    /// Lists the pages of this kind, once for all languages.
    fn list(facts: &Facts<'a>) -> Vec<Self>;

    /// Returns where the page stands, without its language.
    fn address(&self) -> Address;

    /// Returns what the page is about.
    fn subject(&self) -> Subject<'a>;

    /// Returns what the page is called, where the tool names it: the pages for staff. The theme has the last word, by its
    /// strings `title-<name>` and `nav-<name>`.
    fn title(&self) -> Option<Message> {
        None
    }

    /// Returns what in the content made the page, for findings.
    fn source(&self) -> Option<Span> {
        self.subject().source()
    }

    /// Fills in the page: its head, and what the template gets.
    fn data(&self, view: &View<'a>) -> (Head, tera::Value);
}

/// Declares a kind of which every list that is shown has one page, called by the name of the kind; the function `data` of
/// its module fills it in from the edition.
macro_rules! page_of_each_list {
    ($(#[$doc:meta])* $page:ident, $name:literal, $policy:expr) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $page<'a>(pub crate::catalogue::EditionRef<'a>);

        impl<'a> crate::kind::KindOfPage<'a> for $page<'a> {
            const NAME: &'static str = $name;
            const POLICY: crate::kind::Policy = $policy;

            fn list(facts: &crate::Facts<'a>) -> Vec<Self> {
                facts.lists().map(Self).collect()
            }

            fn address(&self) -> crate::Address {
                crate::Address::in_list(self.0, Self::NAME)
            }

            fn subject(&self) -> crate::kind::Subject<'a> {
                crate::kind::Subject::Edition(self.0)
            }

            fn data(&self, view: &crate::View<'a>) -> (crate::Head, tera::Value) {
                data(view, self.0)
            }
        }
    };
}
pub(crate) use page_of_each_list;

/// Declares a kind of which every place has one page that the function `has` of its module tells it of, called by the name
/// of the kind; the function `data` there fills it in from the place.
macro_rules! page_of_some_places {
    ($(#[$doc:meta])* $page:ident, $name:literal, $policy:expr) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $page<'a>(&'a crate::catalogue::Place);

        impl<'a> crate::kind::KindOfPage<'a> for $page<'a> {
            const NAME: &'static str = $name;
            const POLICY: crate::kind::Policy = $policy;

            fn list(facts: &crate::Facts<'a>) -> Vec<Self> {
                facts.catalogue().places.values().filter(|place| has(facts, place)).map(Self).collect()
            }

            fn address(&self) -> crate::Address {
                crate::Address::in_place(&self.0.path, Self::NAME)
            }

            fn subject(&self) -> crate::kind::Subject<'a> {
                crate::kind::Subject::Place(self.0, None)
            }

            fn data(&self, view: &crate::View<'a>) -> (crate::Head, tera::Value) {
                data(view, self.0)
            }
        }
    };
}
pub(crate) use page_of_some_places;

/// How the pages of a kind are treated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    /// Whether search engines are told of them.
    pub listing: Listing,
    /// Whether phones keep them, to be read without a network.
    pub offline: Offline,
    /// Whether they are kept with the places below theirs, too.
    pub shared: bool,
    /// Whether one can search from them.
    pub searches: bool,
    /// Whom they are for.
    pub audience: Readership,
    /// Whether they stand in the frame of the site, with its sections, its search and who publishes it.
    pub framed: bool,
    /// Whether servers show them at addresses other than their own.
    pub anywhere: bool,
}

/// Whether search engines are told of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listing {
    /// They are.
    Told,
    /// They may find it.
    Untold,
    /// They are asked to leave it out.
    Hidden,
}

/// Whether phones keep a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offline {
    /// They do not.
    Left,
    /// It is in the pack of its place.
    Kept,
    /// It is in the smaller pack, too.
    Essential,
}

/// Whom a page is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readership {
    /// Everybody, families first.
    Public,
    /// Those who write and check lists.
    Staff,
    /// Those who write and check lists; it is one of their main sections.
    StaffSection,
}

impl Policy {
    /// Pages for everybody that phones do not keep.
    pub const PUBLIC: Self = Self {
        listing: Listing::Told,
        offline: Offline::Left,
        shared: false,
        searches: true,
        audience: Readership::Public,
        framed: true,
        anywhere: false,
    };
    /// Pages for everybody that phones keep.
    pub const KEPT: Self = Self { offline: Offline::Kept, ..Self::PUBLIC };
    /// Pages that phones keep even where there is little room.
    pub const ESSENTIAL: Self = Self { offline: Offline::Essential, ..Self::PUBLIC };
    /// Pages that only lead on.
    pub const LEADS_ON: Self =
        Self { listing: Listing::Hidden, searches: false, framed: false, ..Self::PUBLIC };
    /// Pages for staff.
    pub const STAFF: Self = Self { audience: Readership::Staff, framed: true, ..Self::LEADS_ON };
    /// The main sections for staff.
    pub const STAFF_SECTION: Self = Self { audience: Readership::StaffSection, ..Self::STAFF };

    /// Tells whether search engines are asked to leave the pages out.
    pub fn is_hidden(self) -> bool {
        self.listing == Listing::Hidden
    }

    /// Tells whether the pages are for staff.
    pub fn is_for_staff(self) -> bool {
        match self.audience {
            Readership::Public => false,
            Readership::Staff | Readership::StaffSection => true,
        }
    }

    /// Tells whether the pages are in the pack of their place, or in the smaller one.
    pub fn is_kept(self, small: bool) -> bool {
        match self.offline {
            Offline::Left => false,
            Offline::Kept => !small,
            Offline::Essential => true,
        }
    }
}

/// What a page is about.
#[derive(Clone, Copy, Debug)]
pub enum Subject<'a> {
    /// The whole site.
    Site,
    /// A place, with the first of the lists that it shows.
    Place(&'a Place, Option<EditionRef<'a>>),
    /// An edition of a list.
    Edition(EditionRef<'a>),
    /// A service of it.
    Service(EditionRef<'a>, &'a Service),
}

impl<'a> Subject<'a> {
    /// Returns the place it is about.
    pub fn place(self) -> Option<&'a Place> {
        match self {
            Self::Site => None,
            Self::Place(place, _) => Some(place),
            Self::Edition(shown) | Self::Service(shown, _) => Some(shown.place),
        }
    }

    /// Returns the edition it is about.
    pub fn edition(self) -> Option<EditionRef<'a>> {
        match self {
            Self::Site => None,
            Self::Place(_, shown) => shown,
            Self::Edition(shown) | Self::Service(shown, _) => Some(shown),
        }
    }

    /// Returns the service it is about.
    pub fn service(self) -> Option<&'a Service> {
        match self {
            Self::Site | Self::Place(..) | Self::Edition(_) => None,
            Self::Service(_, service) => Some(service),
        }
    }

    /// Returns where it stands in the content.
    fn source(self) -> Option<Span> {
        match self {
            Self::Site => None,
            Self::Place(place, _) => Some(place.name.span),
            Self::Edition(shown) => Some(shown.edition.span),
            Self::Service(_, service) => Some(service.id.span),
        }
    }
}
