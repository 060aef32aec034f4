//! Lists by prefecture, and a large matrix in parts.

use super::{HeldList, below};
use crate::catalogue::{Catalogue, EditionRef, Place};

/// How many cells one page shows; a cell weighs about 200 bytes.
const MOST_CELLS: usize = 640;

/// The lists of one prefecture: its own and those of the places below it.
#[derive(Debug)]
pub struct Prefecture<'a> {
    /// The prefecture, or whichever place stands directly below that of the baseline.
    pub place: &'a Place,
    /// Which lists, by their order.
    pub lists: Vec<usize>,
}

/// One page of a matrix that is too large for one.
#[derive(Debug)]
pub struct MatrixPart {
    /// The end of its address.
    pub path: String,
    /// The first and the last prefecture on it; the same if it shows one.
    pub prefectures: (usize, usize),
    /// Which of the pages of this prefecture it is, and of how many, if one is not enough.
    pub page: Option<(usize, usize)>,
    /// Which lists, by their order.
    pub lists: Vec<usize>,
}

/// Returns the lists by prefecture, in the order of places.
pub(super) fn prefectures<'a>(
    catalogue: &'a Catalogue,
    baseline: EditionRef<'a>,
    lists: &[HeldList<'a>],
) -> Vec<Prefecture<'a>> {
    let mut all: Vec<Prefecture<'a>> = Vec::new();
    for (at, held) in lists.iter().enumerate() {
        let place = below(catalogue, baseline.place, held.coverage.local.place);
        match all.iter_mut().find(|known| known.place.path == place.path) {
            Some(known) => known.lists.push(at),
            None => all.push(Prefecture { place, lists: vec![at] }),
        }
    }
    all
}

/// Divides a matrix of `services` by `lists`: prefectures with counties stand on pages of their own, the others
/// together. None if one page is enough.
pub(super) fn parts(
    baseline: EditionRef<'_>,
    lists: usize,
    prefectures: &[Prefecture<'_>],
) -> Vec<MatrixPart> {
    let services = baseline.edition.services.len();
    if services * lists <= MOST_CELLS {
        return Vec::new();
    }
    let most = (MOST_CELLS / services.max(1)).max(1);
    let mut parts = Vec::new();
    for (at, prefecture) in prefectures.iter().enumerate().filter(|(_, known)| known.lists.len() > 1) {
        let last = relative(baseline, prefecture.place);
        let pages = prefecture.lists.len().div_ceil(most);
        for (page, lists) in prefecture.lists.chunks(most).enumerate() {
            let path = if page == 0 { format!("place/{last}") } else { format!("place/{last}/{}", page + 1) };
            let page = (pages > 1).then_some((page + 1, pages));
            parts.push(MatrixPart { path, prefectures: (at, at), page, lists: lists.to_vec() });
        }
    }
    let alone: Vec<usize> = (0..prefectures.len()).filter(|at| prefectures[*at].lists.len() == 1).collect();
    for (page, some) in alone.chunks(most).enumerate() {
        let lists = some.iter().flat_map(|at| prefectures[*at].lists.iter().copied()).collect();
        let ends = (some[0], some[some.len() - 1]);
        let path = format!("places/{}", page + 1);
        parts.push(MatrixPart { path, prefectures: ends, page: None, lists });
    }
    parts
}

/// Returns the path of a place from that of the baseline on.
pub(super) fn relative(baseline: EditionRef<'_>, place: &Place) -> String {
    let path = place.path.as_str();
    let below = path.strip_prefix(baseline.place.path.as_str()).and_then(|rest| rest.strip_prefix('/'));
    below.unwrap_or(path).to_owned()
}
