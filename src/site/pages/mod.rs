//! One file a kind of page.

mod about;
mod guide;
mod place;
mod places;
mod print;
mod redirect;
mod service;
mod slice;

use super::PageKind;
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
    guide::KIND,
    redirect::KIND,
];
