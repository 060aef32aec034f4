//! A small catalogue of invented places: a province with two prefectures, one of which has a county, and another province.
#![allow(dead_code, reason = "not every test reads every part")]

use std::fs;
use std::path::Path;

use qingdan::catalogue::{self, Catalogue};
use qingdan::date::Date;
use qingdan::diagnostic::{Finding, Findings};
use qingdan::pipeline::{self, Request};
use qingdan::source::SourceTree;

/// The files of the catalogue.
const FILES: &[(&str, &str)] = &[
    (
        "site.yaml",
        "title: {zh: 示范清单, en: Services of Shifan}\ndescription: {zh: 虚构的。, en: Invented.}\nlanguages:\n\
         \x20 - {code: zh, tag: zh-CN, name: 中文, direction: ltr, status: official}\n\
         \x20 - {code: en, tag: en, name: English, direction: ltr, status: working}\n",
    ),
    (
        "vocabulary/departments.yaml",
        "departments:\n\
         - id: civil-affairs\n  name: {zh: 民政, en: Civil affairs}\n  counterparts:\n\
         \x20   province: {name: {zh: 省民政厅, en: Provincial Civil Affairs}, status: printed}\n\
         \x20   prefecture: {name: {zh: 市民政局, en: City Civil Affairs}, status: printed}\n\
         \x20   county: {name: {zh: 县民政局, en: County Civil Affairs}, status: printed}\n\
         - id: education\n  name: {zh: 教育, en: Education}\n  counterparts:\n\
         \x20   province: {name: {zh: 省教育厅, en: Provincial Education}, status: printed}\n\
         \x20   prefecture: {name: {zh: 市教育局, en: City Education}, status: printed}\n\
         \x20   county: {name: {zh: 县教育局, en: County Education}, status: printed}\n\
         - id: health\n  name: {zh: 卫生健康, en: Health}\n  counterparts:\n\
         \x20   province: {name: {zh: 省卫健委, en: Provincial Health}, status: printed}\n\
         \x20   prefecture: {name: {zh: 市卫健委, en: City Health}, status: printed}\n\
         \x20   county: {name: {zh: 县卫健局, en: County Health}, status: printed}\n",
    ),
    (
        "vocabulary/hotlines.yaml",
        "hotlines:\n- {number: '110', name: {zh: 报警, en: Police}, purpose: {zh: 报警, en: Police}, looked_at: 2026-01-01}\n",
    ),
    (
        "vocabulary/dangers.yaml",
        "dangers:\n- {id: now, name: {zh: 现在有危险, en: In danger now}, call: ['110'], source: {zh: 甲, en: A}}\n",
    ),
    ("shifan/place.yaml", "name: {zh: 示范省, en: Shifan}\ncode: '990000'\ntier: province\n"),
    ("shifan/jiashi/place.yaml", "name: {zh: 甲市, en: Jiashi}\ncode: '990100'\ntier: prefecture\n"),
    ("shifan/jiashi/dongxian/place.yaml", "name: {zh: 东县, en: Dongxian}\ncode: '990121'\ntier: county\n"),
    ("shifan/yishi/place.yaml", "name: {zh: 乙市, en: Yishi}\ncode: '990200'\ntier: prefecture\n"),
    ("linsheng/place.yaml", "name: {zh: 邻省, en: Linsheng}\ncode: '980000'\ntier: province\n"),
];

/// Returns the files of the catalogue with these besides.
pub fn files<'t>(more: &[(&'t str, &'t str)]) -> Vec<(&'t str, &'t str)> {
    let kept = FILES.iter().filter(|(path, _)| more.iter().all(|(other, _)| other != path));
    kept.chain(more).copied().collect()
}

/// Reads the catalogue with these files besides. It must hold no mistake.
pub fn read(more: &[(&str, &str)]) -> Catalogue {
    let mut findings = Findings::new();
    let catalogue = catalogue::read(&SourceTree::from_texts(files(more)), &mut findings);
    let found: Vec<&str> = findings.iter().map(|finding| finding.message.en.as_str()).collect();
    assert!(found.is_empty(), "the files are written right: {found:?}");
    catalogue.expect("site.yaml is right")
}

/// Writes the catalogue with these files besides.
pub fn write(root: &Path, more: &[(&str, &str)]) {
    for (path, text) in files(more) {
        let path = root.join(path);
        fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("there is room");
        fs::write(path, text).expect("there is room");
    }
}

/// Checks the catalogue with these files besides on a day; returns what is found as `path: code`, each with its finding.
pub fn found(more: &[(&str, &str)], today: &str) -> Vec<(String, Finding)> {
    let temp = tempfile::tempdir().expect("there is room for temporary files");
    write(temp.path(), more);
    let request = Request::whole(Date::parse(today).expect("a date"));
    let outcome = pipeline::prepare(temp.path(), &request, &|_| {}).expect("the catalogue can be read");
    let named = |finding: &Finding| {
        let path = &outcome.sources.file(finding.at.file).path;
        (format!("{path}: {}", finding.code.name), finding.clone())
    };
    outcome.findings.iter().map(named).collect()
}

/// Returns the names of what is found.
pub fn names(found: &[(String, Finding)]) -> Vec<&str> {
    found.iter().map(|(name, _)| name.as_str()).collect()
}
