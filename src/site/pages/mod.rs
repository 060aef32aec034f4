//! One file a kind of page.

mod about;
mod changes;
mod edition;
mod guide;
mod not_found;
mod place;
mod places;
mod print;
mod redirect;
mod service;
mod slice;
mod staff;

use super::PageKind;
pub(super) use about::said_date;
pub(super) use changes::{Told, is_issued, told};
pub(super) use not_found::root as root_not_found;
pub(super) use redirect::root;

/// Every kind of page, in the order pages are listed.
pub const KINDS: &[PageKind] = &[
    places::KIND,
    place::KIND,
    service::KIND,
    slice::AREA,
    slice::AGE,
    slice::DEPARTMENT,
    about::KIND,
    print::KIND,
    changes::KIND,
    edition::KIND,
    guide::KIND,
    redirect::KIND,
    not_found::KIND,
    staff::HUB,
    staff::MATRIX,
    staff::LIST,
    staff::DEADLINES,
    staff::TRANSLATIONS,
    staff::FINDINGS,
];
