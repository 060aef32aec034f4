//! What is not met, by what one may ask for: verdict, axis, service, area, prefecture. Each is a section of one page
//! or several, none of which is heavy.

use super::division::{self, Prefecture};
use super::{HeldList, Problem};
use crate::catalogue::{Catalogue, EditionRef};
use crate::compare::Verdict;
use crate::diagnostic::Message;
use crate::lang::Localized;

/// The most bytes that the entries of one page may weigh, frame and menus not counted. Weights are upper bounds; a page
/// comes out at about half of it.
const MOST_BYTES: usize = 270_000;
/// What an entry weighs besides its texts and links.
const ENTRY: usize = 500;
/// What a link to a list weighs besides its address and name.
const LINK: usize = 70;

/// What gaps can be asked for by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GapFilter {
    /// What the comparison says.
    Verdict,
    /// On which axis.
    Axis,
    /// Of which service.
    Service,
    /// Of which area.
    Area,
    /// In which prefecture.
    Place,
}

impl GapFilter {
    /// Every filter, in the order in which they are offered.
    pub const ALL: [Self; 5] = [Self::Verdict, Self::Axis, Self::Service, Self::Area, Self::Place];

    /// Returns the word that addresses and strings use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Verdict => "verdict",
            Self::Axis => "axis",
            Self::Service => "service",
            Self::Area => "area",
            Self::Place => "place",
        }
    }
}

/// A problem on a page of gaps, with the lists that the page shows it for.
#[derive(Debug)]
pub struct GapEntry {
    /// Which problem, by its order.
    pub problem: usize,
    /// Which lists, by their order.
    pub lists: Vec<usize>,
}

/// Everything that one choice of a filter shows.
#[derive(Debug)]
pub struct GapSection {
    /// The filter.
    pub filter: GapFilter,
    /// The choice: a verdict, an axis, an id, the path of a place.
    pub key: String,
    /// The end of its address.
    pub path: String,
    /// How many provisions it shows, over all lists.
    pub count: usize,
    /// What each of its pages shows.
    pub pages: Vec<Vec<GapEntry>>,
}

/// Returns the sections that show anything, filter by filter, each in its own order.
pub(super) fn sections(
    catalogue: &Catalogue,
    baseline: EditionRef<'_>,
    lists: &[HeldList<'_>],
    prefectures: &[Prefecture<'_>],
    problems: &[Problem<'_>],
) -> Vec<GapSection> {
    let sorter = Sorter { baseline, lists, problems };
    let mut all = Vec::new();
    let gap = |problem: &Problem<'_>| problem.is_gap();
    for verdict in Verdict::ALL.into_iter().rev().filter(|verdict| *verdict != Verdict::Met) {
        let key = verdict.as_str();
        all.push(sorter.section(GapFilter::Verdict, key, key, &|problem| problem.verdict == verdict, None));
    }
    let mut axes: Vec<&str> =
        problems.iter().filter(|known| gap(known)).flat_map(|known| known.axes.clone()).collect();
    axes.sort_unstable();
    axes.dedup();
    for axis in axes {
        let of_axis = |problem: &Problem<'_>| gap(problem) && problem.axes.contains(&axis);
        all.push(sorter.section(GapFilter::Axis, axis, axis, &of_axis, None));
    }
    for service in &baseline.edition.services {
        let id = service.id.value.as_str();
        let of_service = |problem: &Problem<'_>| gap(problem) && problem.baseline.service.id.value == id;
        all.push(sorter.section(GapFilter::Service, id, id, &of_service, None));
    }
    for area in &catalogue.vocabulary.areas {
        let id = area.id.value.as_str();
        let of_area = |problem: &Problem<'_>| gap(problem) && problem.baseline.service.body.area.value == id;
        all.push(sorter.section(GapFilter::Area, id, id, &of_area, None));
    }
    // What a single list has stands on the page of the list.
    for prefecture in prefectures.iter().filter(|known| known.lists.len() > 1) {
        let path = division::relative(baseline, prefecture.place);
        let key = prefecture.place.path.as_str();
        all.push(sorter.section(GapFilter::Place, key, &path, &gap, Some(&prefecture.lists)));
    }
    all.retain(|section| section.count > 0);
    all
}

/// Sorts problems into sections and pages.
struct Sorter<'s, 'a> {
    baseline: EditionRef<'a>,
    lists: &'s [HeldList<'a>],
    problems: &'s [Problem<'a>],
}

impl Sorter<'_, '_> {
    /// Returns the section of the problems that are `wanted`, of the lists `only` if there are some.
    fn section(
        &self,
        filter: GapFilter,
        key: &str,
        path: &str,
        wanted: &dyn Fn(&Problem<'_>) -> bool,
        only: Option<&[usize]>,
    ) -> GapSection {
        let entries = self.problems.iter().enumerate().filter(|(_, problem)| wanted(problem));
        let entries = entries.map(|(at, problem)| GapEntry {
            problem: at,
            lists: problem
                .lists
                .iter()
                .copied()
                .filter(|list| only.is_none_or(|only| only.contains(list)))
                .collect(),
        });
        let entries: Vec<GapEntry> = entries.filter(|entry| !entry.lists.is_empty()).collect();
        let count = entries.iter().map(|entry| entry.lists.len()).sum();
        GapSection { filter, key: key.to_owned(), path: path.to_owned(), count, pages: self.pages(entries) }
    }

    /// Divides entries so that no page is heavy; the lists of one entry may stand on several.
    fn pages(&self, entries: Vec<GapEntry>) -> Vec<Vec<GapEntry>> {
        let mut pages: Vec<Vec<GapEntry>> = vec![Vec::new()];
        let mut weight = 0;
        for entry in entries {
            let own = self.weight_of_problem(entry.problem);
            let mut page = GapEntry { problem: entry.problem, lists: Vec::new() };
            weight += own;
            for list in entry.lists {
                let link = self.weight_of_link(list);
                if weight + link > MOST_BYTES {
                    let full =
                        std::mem::replace(&mut page, GapEntry { problem: entry.problem, lists: Vec::new() });
                    let last = pages.last_mut().expect("there is a first page");
                    last.extend((!full.lists.is_empty()).then_some(full));
                    pages.push(Vec::new());
                    weight = own;
                }
                weight += link;
                page.lists.push(list);
            }
            pages.last_mut().expect("there is a first page").push(page);
        }
        pages.retain(|page| !page.is_empty());
        pages
    }

    fn weight_of_problem(&self, at: usize) -> usize {
        let problem = &self.problems[at];
        let service = problem.baseline.service;
        let words = problem.reasons.iter().chain(&problem.remedy).map(weight_of_message);
        let quote = weight_of_text(&problem.baseline.provision.quote.value);
        ENTRY + words.sum::<usize>() + quote + weight_of_texts(&service.body.title) + 40 * problem.axes.len()
    }

    fn weight_of_link(&self, at: usize) -> usize {
        let local = self.lists[at].coverage.local;
        let up = 3 * (self.baseline.place.path.as_str().matches('/').count() + 6);
        LINK + up + 2 * local.address().len() + weight_of_texts(local.place.short())
    }
}

fn weight_of_message(message: &Message) -> usize {
    weight_of_text(&message.zh).max(weight_of_text(&message.en))
}

fn weight_of_texts(text: &Localized) -> usize {
    text.iter().map(|(_, text)| weight_of_text(&text.value)).max().unwrap_or_default()
}

/// Returns how many bytes a text has on a page at most, where words of another script and signs of markup are marked.
fn weight_of_text(text: &str) -> usize {
    let mut turns = 1;
    let mut signs = 0;
    let mut before = true;
    for sign in text.chars() {
        turns += usize::from(sign.is_ascii() != before);
        before = sign.is_ascii();
        signs += usize::from(matches!(sign, '&' | '<' | '>' | '"' | '\''));
    }
    text.len() + 15 * turns + 5 * signs + 30
}
