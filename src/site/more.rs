//! Pages of a place besides its lists: who must report danger, what families are asked, figures.

use serde::Serialize;

use super::{Address, View};
use crate::catalogue::Place;

/// A page of a place; its name is the string `nav-<key>`.
#[derive(Debug, Serialize)]
pub(super) struct MorePage {
    key: &'static str,
    href: String,
}

/// Returns those of these pages that a place has.
pub(super) fn more_pages(view: &View<'_>, place: &Place) -> Vec<MorePage> {
    let page = |key: &'static str| {
        let href = view.href_if_there(&Address::in_place(&place.path, key))?;
        Some(MorePage { key, href })
    };
    ["asked", "reporting", "statistics"].into_iter().filter_map(page).collect()
}
