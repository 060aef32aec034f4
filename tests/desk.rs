//! The desk of a province: what its pages hold, and how large they are, when hundreds of places have lists; and what
//! its deadlines rest on.
#![allow(clippy::disallowed_methods, reason = "tests prepare and spoil files")]

#[path = "support/program.rs"]
mod program;
#[path = "desk/province.rs"]
mod province;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use province::Size;
use qingdan::analysis::Analysis;
use qingdan::date::Date;
use qingdan::diagnostic::Findings;
use qingdan::pipeline::{self, Request};
use qingdan::render::Renderer;
use qingdan::site::{Facts, Overview, SiteMap, Staff};

/// Enough that the matrix and every kind of gap is divided; as many as a province has where there is time for it.
const SIZE: Size = if cfg!(debug_assertions) {
    Size { prefectures: 10, counties: 3 }
} else {
    Size { prefectures: 20, counties: 16 }
};

/// The most bytes a page may have.
const MOST_BYTES: usize = 300_000;

/// The pages for staff of one language, by route.
type Pages = BTreeMap<String, String>;

/// Renders the pages for staff, in Chinese and English, and returns what is not met, by page of a list.
fn pages(root: &Path) -> (Pages, BTreeMap<String, BTreeSet<String>>) {
    let today = Date::parse("2026-11-28").expect("it is a day");
    let request = Request { staff: true, search: false, ..Request::whole(today) };
    let outcome = pipeline::prepare(root, &request, &|_| {}).expect("the catalogue can be read");
    let catalogue = outcome.catalogue.as_ref().expect("the catalogue can be used");
    let theme = outcome.theme.as_ref().expect("the theme can be used");
    let analysis = Analysis::new(catalogue, today);
    let overview = Overview::new(&analysis);
    let staff = Staff { overview: &overview, findings: &outcome.findings, sources: &outcome.sources };
    let facts = Facts { analysis: &analysis, drafts: true, search: false, on: None, staff: Some(staff) };
    let map = SiteMap::new(facts, &mut Findings::new());
    let renderer = Renderer::new(theme, &map, false);
    let mut pages = Pages::new();
    for page in map.pages.iter().filter(|page| page.kind.policy().is_for_staff()) {
        let html = renderer.page(page).unwrap_or_else(|finding| panic!("{finding:?}"));
        pages.insert(page.route.as_str().to_owned(), String::from_utf8(html).expect("a page is UTF-8"));
    }
    let mut gaps: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for held in overview.baselines.iter().flat_map(|known| &known.lists) {
        let own = held.coverage.gaps().map(|known| known.baseline.address().replace('/', "-"));
        gaps.insert(format!("staff/list/{}.html", held.coverage.local.address()), own.collect());
    }
    (pages, gaps)
}

/// Returns the addresses a page links to, from the root of the site, with what stands behind `#`.
fn links(route: &str, html: &str) -> BTreeSet<String> {
    let hrefs = html.split("<a ").skip(1).filter_map(|rest| rest.split('>').next()?.split("href=\"").nth(1));
    let hrefs = hrefs.filter_map(|rest| rest.split('"').next()).filter(|href| !href.starts_with('#'));
    hrefs.map(|href| resolve(route, href)).collect()
}

fn resolve(route: &str, href: &str) -> String {
    let mut parts: Vec<&str> = route.split('/').collect();
    parts.pop();
    for part in href.split('/') {
        match part {
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// Returns every link of the pages that can be reached from `start` through pages whose address holds `through`.
fn reached(pages: &Pages, start: &str, through: &str) -> BTreeSet<String> {
    let mut seen = BTreeSet::new();
    let mut all = BTreeSet::new();
    let mut open = vec![start.to_owned()];
    while let Some(route) = open.pop() {
        let Some(html) = pages.get(&route).filter(|_| seen.insert(route.clone())) else { continue };
        let links = links(&route, html);
        open.extend(links.iter().filter(|link| link.contains(through)).cloned());
        all.extend(links);
    }
    all
}

#[test]
fn no_page_is_heavy_and_links_lead_to_every_gap() {
    let temp = tempfile::tempdir().expect("there is room for temporary files");
    province::write(temp.path(), SIZE);
    let (pages, gaps) = pages(temp.path());
    let heavy: Vec<String> = pages
        .iter()
        .filter(|(_, html)| html.len() > MOST_BYTES)
        .map(|(route, html)| format!("{route}: {} bytes", html.len()))
        .collect();
    assert!(heavy.is_empty(), "heavy pages:\n{}", heavy.join("\n"));
    let count: usize = gaps.values().map(BTreeSet::len).sum();
    assert!(count > 20 * gaps.len(), "there are gaps enough: {count}");
    for lang in ["zh", "en"] {
        let index = format!("{lang}/staff/gaps/shifan/migrant-children.html");
        for filter in ["verdict", "service", "area"] {
            let through = format!("/gaps/shifan/migrant-children/{filter}/");
            let links = reached(&pages, &index, &through);
            for (list, anchors) in &gaps {
                let page = &pages[&format!("{lang}/{list}")];
                for anchor in anchors {
                    let link = format!("{lang}/{list}#{anchor}");
                    assert!(links.contains(&link), "no page by {filter} leads to {link}");
                    assert!(page.contains(&format!("id=\"{anchor}\"")), "{list} has no {anchor}");
                }
            }
        }
    }
    // From the overview each list is two steps away, through its prefecture.
    let matrix = "zh/staff/coverage/shifan/migrant-children.html";
    assert!(pages[matrix].contains("data-filter=\"place\""), "the matrix is divided by prefecture");
    let seen = reached(&pages, matrix, "zh/staff/coverage/");
    for list in gaps.keys() {
        assert!(seen.contains(&format!("zh/{list}")), "the overview does not lead to {list}");
    }
    for route in pages.keys().filter(|route| route.contains("/place/")) {
        assert!(route.contains("/p0"), "{route}: parts are prefectures");
    }
    let part = "zh/staff/coverage/shifan/migrant-children/place/p001.html";
    let own = "zh/staff/gaps/shifan/migrant-children/place/p001.html";
    assert!(links(part, &pages[part]).contains(own), "a prefecture leads to its gaps");
    let own = reached(&pages, own, "/gaps/shifan/migrant-children/place/p001");
    for (list, anchors) in gaps.iter().filter(|(list, _)| list.contains("/p001/")) {
        for anchor in anchors {
            assert!(
                own.contains(&format!("zh/{list}#{anchor}")),
                "{list}#{anchor} is not among the gaps of its place"
            );
        }
    }
}

#[test]
fn few_lists_stand_in_one_matrix() {
    let temp = tempfile::tempdir().expect("there is room for temporary files");
    province::write(temp.path(), Size { prefectures: 2, counties: 0 });
    let (pages, _) = pages(temp.path());
    let matrix = &pages["zh/staff/coverage/shifan/migrant-children.html"];
    assert!(matrix.contains("<tfoot>") && !matrix.contains("data-filter=\"place\""), "the matrix is whole");
    assert!(
        !pages.keys().any(|route| route.contains("/coverage/shifan/migrant-children/")),
        "it has no parts"
    );
}

#[test]
fn deadlines_name_the_rule_they_rest_on_also_before_anything_is_issued() {
    let temp = tempfile::tempdir().expect("there is room for temporary files");
    // The first prefecture has a draft, its county nothing that a rule binds, the second an issued list.
    province::write(temp.path(), Size { prefectures: 2, counties: 1 });
    let status = |format: &str, lang: &str| {
        let arguments = ["status", ".", "--today", "2026-03-05", "--format", format, "--lang", lang];
        program::qingdan(temp.path(), &arguments, &[]).stdout
    };
    let json: serde_json::Value = serde_json::from_str(&status("json", "en")).expect("it is JSON");
    let of = |place: &str| {
        let lists = json["lists"].as_array().expect("there are lists");
        lists.iter().find(|list| list["place"] == place).expect("the place has a list").clone()
    };
    let (draft, county, issued) = (of("shifan/p000"), of("shifan/p000/c00"), of("shifan/p001"));
    for list in [&draft, &issued] {
        assert_eq!(list["next_edition"]["basis"]["field"], "cycle_months");
        assert_eq!(list["next_edition"]["basis"]["value"], 24);
        assert_eq!(list["filing"]["basis"]["field"], "filing_days");
        assert_eq!(list["filing"]["basis"]["value"], 10);
        assert_eq!(list["filing"]["basis"]["at"]["path"], "shifan/place.yaml");
        assert_eq!(list["filing"]["basis"]["from"], "2025-01-09");
        assert!(list["filing"]["basis"]["source"]["zh"].as_str().is_some_and(|text| text.contains("5号")));
    }
    assert_eq!(draft["filing"]["state"], "nothing-issued");
    assert_eq!(issued["filing"]["due"], "2026-03-12");
    assert!(county["next_edition"]["basis"].is_null() && county["filing"]["basis"].is_null());
    let table = status("table", "zh");
    let line = table.lines().find(|line| line.contains("第0市")).expect("the prefecture is there");
    assert!(line.contains("还没有发布过 [1]") && line.contains("发布后才起算 [1]"), "{table}");
    let county = table.lines().find(|line| line.contains("0市0县")).expect("the county is there");
    assert!(!county.contains("[1]"), "{table}");
    let rule = table.lines().find(|line| line.starts_with("[1] ")).expect("the rule is named");
    assert!(rule.contains("每 24 个月") && rule.contains("发布后 10 天内报省民政厅备案"), "{rule}");
    assert!(rule.contains("shifan/place.yaml:"), "{rule}");
    let calendar = status("ics", "zh").replace("\r\n ", "");
    assert_eq!(calendar.matches("DESCRIPTION:依据：").count(), 2, "{calendar}");
}
