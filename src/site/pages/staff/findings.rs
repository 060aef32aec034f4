//! What checking found, on as many pages as that takes.

use serde::Serialize;

use super::{Leaf, add, head};
use crate::facts::{self, Facts};
use crate::found::{Found, Telling, found_part};
use crate::personal::masked;
use crate::{Address, Head, PageKind, Spot, View, handbook_route};

/// Findings.
pub const FINDINGS: PageKind =
    PageKind { name: "staff-findings", list: |facts, spots| list(facts, spots), data };

/// How many findings one page shows; one weighs about 1500 bytes.
const MOST_FINDINGS: usize = 60;

fn list<'a>(facts: &Facts<'a>, spots: &mut Vec<Spot<'a>>) {
    for page in 0..pages(facts.found.as_ref()) {
        add(facts, spots, &FINDINGS, &name(page));
    }
}

/// Returns how many pages the findings take; one if there are none.
fn pages(found: Option<&facts::Found<'_>>) -> usize {
    let count = found.map_or(0, |found| found.findings.iter().count());
    count.div_ceil(MOST_FINDINGS).max(1)
}

/// Returns the name of a page, counted from 0.
fn name(page: usize) -> String {
    if page == 0 { "findings".to_owned() } else { format!("findings/{}", page + 1) }
}

/// What the template gets.
#[derive(Serialize)]
struct Data {
    #[serde(flatten)]
    found: Option<Found>,
    leaves: Vec<Leaf>,
    /// On the first of several pages, every file with the page its findings begin on.
    index: Vec<FileOnPage>,
    /// The address of the page of a kind of finding, with `{code}` for its code.
    explained: String,
    /// Whether there is a script that copies patches.
    copies: bool,
}

#[derive(Serialize)]
struct FileOnPage {
    path: String,
    n: usize,
    href: String,
}

fn data(view: &View<'_>) -> (Head, tera::Value) {
    let telling = Telling { lang: &view.page.lang.code, open: &|_, _, _| None };
    let all = view.facts().found;
    let pages = pages(all.as_ref());
    let href = |page: usize| view.href(&Address::staff(&name(page)));
    let at = (0..pages).position(|page| Address::staff(&name(page)) == view.page.spot.address).unwrap_or(0);
    let part = at * MOST_FINDINGS..(at + 1) * MOST_FINDINGS;
    let leaf = |page: usize| Leaf { n: page + 1, href: href(page), current: page == at };
    let data = Data {
        found: all.map(|all| found_part(all.findings, part, all.sources, &telling)),
        leaves: (0..pages).filter(|_| pages > 1).map(leaf).collect(),
        index: all.filter(|_| pages > 1 && at == 0).map(|all| index(&all, &href)).unwrap_or_default(),
        explained: view.link(&handbook_route(&view.page.lang.code, "{code}")),
        copies: true,
    };
    let title = view.tell(&crate::text!("问题", "Findings"));
    (head(view).crumb(title, None), tera::Value::from_serializable(&data))
}

/// Returns the files that have findings, in the order of findings.
fn index(all: &facts::Found<'_>, href: &dyn Fn(usize) -> String) -> Vec<FileOnPage> {
    let mut files: Vec<(crate::span::FileId, FileOnPage)> = Vec::new();
    for (at, finding) in all.findings.iter().enumerate() {
        match files.last_mut().filter(|(id, _)| *id == finding.at.file) {
            Some((_, file)) => file.n += 1,
            None => {
                let path = masked(&all.sources.of(finding.at).path);
                files.push((finding.at.file, FileOnPage { path, n: 1, href: href(at / MOST_FINDINGS) }));
            }
        }
    }
    files.into_iter().map(|(_, file)| file).collect()
}
