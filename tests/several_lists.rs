//! Several lists in one place: its own, and those of places above that hold there too.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use qingdan::catalogue::{self, Catalogue, PlacePath};
use qingdan::date::Date;
use qingdan::diagnostic::Findings;
use qingdan::output::MemorySite;
use qingdan::pipeline::{self, Request};
use qingdan::render;
use qingdan::route::Route;
use qingdan::source::SourceTree;

fn content() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("content")
}

fn catalogue() -> Catalogue {
    let mut findings = Findings::new();
    let sources = SourceTree::read(&content(), render::default_theme(), &mut findings)
        .expect("the content can be read");
    catalogue::read(&sources, &mut findings).expect("site.yaml is right")
}

static SITE: LazyLock<BTreeMap<Route, Arc<[u8]>>> = LazyLock::new(|| {
    let memory = MemorySite::new();
    let today = Date::parse("2026-06-01").expect("it is a day");
    let request = Request { drafts: true, ..Request::whole(today) };
    pipeline::run(&content(), &request, &memory, &|_| {}).expect("the content can be read");
    memory.finish()
});

fn page(path: &str) -> String {
    let bytes = SITE.iter().find(|(route, _)| route.as_str() == path).map(|(_, bytes)| bytes);
    String::from_utf8_lossy(bytes.unwrap_or_else(|| panic!("no {path}"))).into_owned()
}

fn offered(catalogue: &Catalogue, place: &str) -> Vec<String> {
    let place = &catalogue.places[&PlacePath::new(place)];
    catalogue.offered(place, true).iter().map(|shown| shown.list_address()).collect()
}

#[test]
fn a_place_has_its_own_lists_and_those_above_that_none_of_them_stands_for() {
    let catalogue = catalogue();
    let fujian = ["fujian/migrant-children", "fujian/left-behind-children", "fujian/migrant-children-plan"];
    assert_eq!(offered(&catalogue, "fujian"), fujian, "what an office published as a list comes first");
    let xiamen =
        ["fujian/xiamen/migrant-children", "fujian/left-behind-children", "fujian/migrant-children-plan"];
    assert_eq!(offered(&catalogue, "fujian/xiamen"), xiamen);
    assert_eq!(offered(&catalogue, "jilin"), ["jilin/migrant-children"], "nothing of another province");
    assert!(offered(&catalogue, "shanxi/changzhi").is_empty());
}

#[test]
fn the_page_of_a_place_names_what_holds_there_too() {
    let xiamen = page("zh/fujian/xiamen/index.html");
    assert!(xiamen.contains("id=\"further\""));
    assert_eq!(xiamen.matches("../index.html#").count(), 2, "two lists of the province, not its table");
    assert!(!page("zh/fujian/index.html").contains("id=\"further\""), "they are its own");
    assert!(!page("zh/jilin/index.html").contains("id=\"further\""));
}

#[test]
fn search_asks_for_what_the_place_published_first_and_for_the_rest_after_it() {
    let attribute = |page: &str, name: &str| -> Vec<String> {
        let value = page.split(&format!(" {name}=\"")).nth(1).and_then(|rest| rest.split('"').next());
        value.unwrap_or_default().split(' ').filter(|part| !part.is_empty()).map(str::to_owned).collect()
    };
    let (xiamen, quanzhou) = (page("zh/fujian/xiamen/index.html"), page("zh/fujian/quanzhou/index.html"));
    let further = attribute(&xiamen, "data-further");
    assert_eq!(further.len(), 2, "texts, and what some questions need");
    assert_eq!(further, attribute(&quanzhou, "data-further"), "one file for all cities of the province");
    let texts = page(&format!("zh/fujian/{}", further[0].trim_start_matches("../")));
    assert!(texts.contains("委托监护") && texts.contains("公交"), "of both lists");
    let first = page(&format!("zh/fujian/xiamen/{}", attribute(&xiamen, "data-shard")[0]));
    assert!(!first.contains("委托监护"), "the first search is no larger for it");
    assert!(attribute(&page("zh/jilin/index.html"), "data-further").is_empty());
}

#[test]
fn the_check_and_its_sheet_look_through_all_of_them_and_say_which_list() {
    let parts = page("zh/fujian/xiamen/check.parts.js");
    assert!(parts.contains("委托监护确认书"), "a service of the left-behind children's list");
    for title in ["厦门市流动儿童在居住地享有关爱服务清单", "福建省农村留守儿童和困境儿童"]
    {
        assert!(parts.contains(title), "{title}");
    }
    assert!(!page("zh/jilin/check.parts.js").contains("福建省农村留守儿童"), "no list of another province");
}

#[test]
fn a_list_made_from_prose_is_no_official_table() {
    let print = page("zh/fujian/left-behind-children/print.html");
    assert!(print.contains("不是官方的表") && !print.contains("class=\"annex\""));
    let about = page("zh/fujian/left-behind-children/about.html");
    assert!(about.contains("不是官方的表"));
    let service = page("zh/fujian/left-behind-children/entrusted-care.html");
    assert!(service.contains("不是官方的表") && service.contains("三（二）5"), "with its paragraph");
    assert!(!page("zh/fujian/migrant-children/print.html").contains("不是官方的表"));
}

#[test]
fn no_page_of_a_province_names_another_its_documents_or_its_offices() {
    let gives_away = [
        ("fujian", ["福建", "闽民", "厦门", "Fujian", "Xiamen"]),
        ("jilin", ["吉林", "吉民", "延边", "Jilin", "Yanbian"]),
        ("shanxi", ["山西", "长治", "长民", "Shanxi", "Changzhi"]),
    ];
    let mut faults = Vec::new();
    for (route, bytes) in
        SITE.iter().filter(|(route, _)| [".html", ".js"].iter().any(|end| route.as_str().ends_with(end)))
    {
        let province = route.as_str().split('/').nth(1).unwrap_or_default();
        let Some(at) = gives_away.iter().position(|(known, _)| *known == province) else { continue };
        let text = String::from_utf8_lossy(bytes);
        // Whoever searches for a place that is not here is told which ones are.
        let text: String = text
            .split("<form")
            .enumerate()
            .map(|(at, part)| match at {
                0 => part,
                _ => part.split_once('>').map_or(part, |(_, rest)| rest),
            })
            .collect();
        let others = gives_away.iter().enumerate().filter(|(other, _)| *other != at);
        for word in others.flat_map(|(_, (_, words))| words).filter(|word| text.contains(*word)) {
            let found = text.find(word).expect("it is there");
            let around: String = text[found..].chars().take(30).collect();
            faults.push(format!("{}: {around}", route.as_str()));
        }
    }
    assert!(faults.is_empty(), "{} pages:\n{}", faults.len(), faults.join("\n"));
}
