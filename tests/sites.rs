//! Small catalogues and the pages that come of them.
//!
//! `sites/<name>/content` is a catalogue with invented places; each test builds it in one way and holds
//! the whole `pages.json` and some whole pages against `sites/<name>/<way>`. Fingerprints of assets and
//! the version are masked, so that a new style sheet does not change every page.

#[path = "support/expected.rs"]
mod expected;
#[path = "support/files.rs"]
mod files;
#[path = "support/program.rs"]
mod program;

use std::path::Path;

use expected::Expected;

/// Builds `sites/<name>/content` with `arguments` and compares `pages` with `sites/<name>/<way>`.
fn expect(name: &str, way: &str, arguments: &[&str], pages: &[&str]) {
    let temp = tempfile::tempdir().expect("there is room for temporary files");
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites").join(name).join("content");
    files::copy(&content, &temp.path().join("content"));
    let ran = program::qingdan(temp.path(), &[&["build"], arguments].concat(), &[]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let site = files::tree(&temp.path().join("public"));
    expect_links_lead_somewhere(&site);
    let mut expected = Expected::folder(&format!("sites/{name}/{way}"));
    for page in [&["pages.json"], pages].concat() {
        let bytes = site.get(page).unwrap_or_else(|| panic!("{name}/{way} has no page {page}"));
        expected.compare(page, &masked(std::str::from_utf8(bytes).expect("a page is UTF-8")));
    }
    expected.finish();
}

/// Panics at a relative link that leads to no file of the site.
fn expect_links_lead_somewhere(site: &files::Tree) {
    for (name, bytes) in site.iter().filter(|(name, _)| name.ends_with(".html")) {
        let page = std::str::from_utf8(bytes).expect("a page is UTF-8");
        for mark in ["href=\"", "src=\""] {
            for link in page.split(mark).skip(1).filter_map(|rest| rest.split(['"', '#']).next()) {
                if !link.is_empty() && !link.contains(':') {
                    assert!(
                        site.contains_key(&resolve(name, link)),
                        "{name} links to {link}, which is not there"
                    );
                }
            }
        }
    }
}

/// Returns the file that `link` leads to from the page `name`. Pages for addresses that are none have links
/// from the root of the server, here without the path that the site lies below.
fn resolve(name: &str, link: &str) -> String {
    if let Some(path) = link.strip_prefix('/') {
        return path.strip_prefix("demo/").unwrap_or(path).to_owned();
    }
    files::followed(name, link)
}

/// Replaces what changes without the page changing: fingerprints of assets, the version.
fn masked(page: &str) -> String {
    let mut masked = String::new();
    let mut rest = page;
    while let Some((before, after)) = rest.split_once("assets/") {
        let (address, tail) = after.split_at(after.find(['"', ')']).unwrap_or(after.len()));
        let parts: Vec<&str> =
            address.split('.').map(|part| if is_fingerprint(part) { "FINGERPRINT" } else { part }).collect();
        masked.push_str(before);
        masked.push_str("assets/");
        masked.push_str(&parts.join("."));
        rest = tail;
    }
    masked.push_str(rest);
    masked.replace(concat!("qingdan ", env!("CARGO_PKG_VERSION")), "qingdan VERSION")
}

fn is_fingerprint(part: &str) -> bool {
    part.len() == 8 && part.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[test]
fn issued_lists_are_shown_and_a_place_without_one_leads_to_the_place_above() {
    expect(
        "shifan",
        "issued",
        &[],
        &[
            "index.html",
            "sitemap.xml",
            "robots.txt",
            "404.html",
            "en/404.html",
            "zh/manifest.webmanifest",
            "zh/index.html",
            "zh/shifan/index.html",
            "zh/shifan/wuqing/index.html",
            "zh/shifan/qiaotou/migrant-children/about.html",
            "zh/shifan/qiaotou/migrant-children/print.html",
            "zh/shifan/qiaotou/migrant-children/schooling.html",
            "zh/shifan/qiaotou/migrant-children/vaccination.html",
            "zh/shifan/qiaotou/migrant-children/department/health.html",
            "en/shifan/guides/asking.html",
            "en/shifan/qiaotou/migrant-children/age/6-15.html",
            "en/shifan/qiaotou/migrant-children/schooling.html",
        ],
    );
}

#[test]
fn drafts_are_shown_on_demand_and_say_what_they_are() {
    expect(
        "shifan",
        "drafts",
        &["--drafts"],
        &[
            "zh/shifan/qiaotou/yandun/index.html",
            "zh/shifan/qiaotou/yandun/migrant-children/schooling.html",
            "en/shifan/qiaotou/yandun/migrant-children/about.html",
        ],
    );
}

#[test]
fn only_one_place_comes_with_those_above_and_below() {
    expect("shifan", "only-wuqing", &["--only", "shifan/wuqing"], &["zh/shifan/index.html"]);
    expect("shifan", "only-qiaotou", &["--only", "shifan/qiaotou", "--drafts"], &[]);
}

#[test]
fn a_second_language_other_than_english_needs_a_strings_file_and_no_code() {
    expect(
        "xiangang",
        "site",
        &[],
        &[
            "index.html",
            "ko/index.html",
            "ko/xiangang/index.html",
            "ko/xiangang/migrant-children/schooling.html",
        ],
    );
}
