//! One file a kind of page.

mod about;
mod changes;
mod check;
mod edition;
mod guide;
mod not_found;
mod place;
mod places;
mod poster;
mod print;
mod redirect;
mod search;
mod service;
mod slice;
mod staff;

use super::PageKind;
pub(super) use about::said_date;
pub(super) use changes::{Told, is_issued, told};
pub(super) use not_found::root as root_not_found;
pub(super) use redirect::{KIND as REDIRECT, root};
pub(super) use staff::list_overview;

/// Every kind of page, in the order pages are listed.
pub const KINDS: &[PageKind] = &[
    places::KIND,
    place::KIND,
    service::KIND,
    slice::AREA,
    slice::AGE,
    slice::DEPARTMENT,
    check::KIND,
    about::KIND,
    print::KIND,
    poster::KIND,
    changes::KIND,
    edition::KIND,
    guide::KIND,
    search::KIND,
    redirect::KIND,
    not_found::KIND,
    staff::HUB,
    staff::MATRIX,
    staff::PART,
    staff::GAPS,
    staff::GAP,
    staff::LIST,
    staff::DEADLINES,
    staff::TRANSLATIONS,
    staff::FINDINGS,
];
