//! What checking found, on as many pages as that takes.

use serde::Serialize;

use super::{NumberedPage, head, leaves, numbered};
use crate::found::{FoundFindings, Telling, found_part};
use crate::kind::{KindOfPage, Policy, Subject};
use crate::personal::shown_name;
use crate::{Address, Facts, Head, Staff, View, handbook_route};

/// Findings, on as many pages as they take.
#[derive(Clone, Copy, Debug)]
pub struct FindingsPage {
    /// Which of the pages, counted from 0.
    at: usize,
}

impl<'a> KindOfPage<'a> for FindingsPage {
    const NAME: &'static str = "staff-findings";
    const POLICY: Policy = Policy::STAFF_SECTION;

    fn list(facts: &Facts<'a>) -> Vec<Self> {
        facts.staff.iter().flat_map(|_| (0..pages(facts)).map(|at| Self { at })).collect()
    }

    fn address(&self) -> Address {
        numbered("findings", self.at)
    }

    fn subject(&self) -> Subject<'a> {
        Subject::Site
    }

    fn data(&self, view: &View<'a>) -> (Head, tera::Value) {
        data(view, *self)
    }
}

/// How many findings one page shows; one weighs about 1500 bytes.
const MOST_FINDINGS: usize = 60;

/// Returns how many pages the findings take; one if there are none.
fn pages(facts: &Facts<'_>) -> usize {
    let count = facts.staff.map_or(0, |staff| staff.findings.iter().count());
    count.div_ceil(MOST_FINDINGS).max(1)
}

/// What the template gets.
#[derive(Serialize)]
struct FindingsData {
    #[serde(flatten)]
    found: Option<FoundFindings>,
    leaves: Vec<NumberedPage>,
    /// On the first of several pages, every file with the page its findings begin on.
    index: Vec<FileOnPage>,
    /// The address of the page of a kind of finding, with `{code}` for its code.
    explained: String,
    /// Whether there is a script that copies patches.
    copies: bool,
    /// Repairs are made in the preview's own pages.
    token: String,
    query: String,
}

#[derive(Serialize)]
struct FileOnPage {
    path: String,
    n: usize,
    href: String,
}

fn data(view: &View<'_>, page: FindingsPage) -> (Head, tera::Value) {
    let telling = Telling { lang: &view.page.lang.code, open: &|_, _, _| None, form: &|_| None };
    let (all, pages) = (view.facts().staff, pages(view.facts()));
    let part = page.at * MOST_FINDINGS..(page.at + 1) * MOST_FINDINGS;
    let is_first = |_: &Staff<'_>| pages > 1 && page.at == 0;
    let data = FindingsData {
        found: all.map(|all| found_part(all.findings, part, all.sources, &telling)),
        leaves: leaves(view, pages, page.at, |at| FindingsPage { at }),
        index: all.filter(is_first).map(|all| index(view, &all)).unwrap_or_default(),
        explained: view.link(&handbook_route(&view.page.lang.code, "{code}")),
        copies: true,
        token: String::new(),
        query: String::new(),
    };
    let title = view.tell(&crate::text!("问题", "Findings"));
    (head(view).crumb(title, None), tera::Value::from_serializable(&data))
}

/// Returns the files that have findings, in the order of findings.
fn index(view: &View<'_>, all: &Staff<'_>) -> Vec<FileOnPage> {
    let href = |at: usize| view.href(&FindingsPage { at: at / MOST_FINDINGS }.address());
    let mut files: Vec<(crate::span::FileId, FileOnPage)> = Vec::new();
    for (at, finding) in all.findings.iter().enumerate() {
        match files.last_mut().filter(|(id, _)| *id == finding.at.file) {
            Some((_, file)) => file.n += 1,
            None => {
                let path = shown_name(&all.sources.of(finding.at).path);
                files.push((finding.at.file, FileOnPage { path, n: 1, href: href(at) }));
            }
        }
    }
    files.into_iter().map(|(_, file)| file).collect()
}
