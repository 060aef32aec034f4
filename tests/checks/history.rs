//! What is sealed when an edition is issued: what may not change, what may be corrected, and the names it uses.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::harness::{self, Files};
use crate::on_disk::freeze;
use qingdan::catalogue::Catalogue;
use qingdan::date::Date;
use qingdan::diagnostic::UiLang;
use qingdan::export::{self, Context, DIGESTS, Pack};
use qingdan::output::MemorySite;
use qingdan::pipeline::{self, Request};

const ABOVE: &str = "shifan/care/2025";
const LOCAL: &str = "shifan/jiashi/care/2025";

fn replace(folder: &Path, path: &str, old: &str, new: &str) {
    let path = folder.join(path);
    let text = fs::read_to_string(&path).expect("the file is there");
    assert!(text.contains(old), "{} has no `{old}`", path.display());
    fs::write(&path, text.replace(old, new)).expect("a file can be written");
}

/// Returns the base with two editions of each list, and the departments of one written by name.
fn with_two_editions() -> Files {
    let mut files = harness::base();
    let path = format!("{LOCAL}.yaml");
    let text = files[&path].replace("departments: [health]", "departments: [甲市卫健局]");
    let next =
        text.replace("2025-03-", "2027-03-").replace("title: {zh: 甲市", "ordinal: 2\ntitle: {zh: 新甲市");
    files.insert(path.replace("2025", "2027"), next);
    files.insert(path, text);
    files
}

/// Returns the pages of the site by path, without those that speak of more than one edition.
fn pages(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let sink = MemorySite::new();
    let request = Request::whole(Date::parse("2027-05-01").expect("a date"));
    let outcome = pipeline::run(folder, &request, &sink, &|_| {}).expect("the disk works");
    assert!(outcome.pages > 0, "{}", harness::Found { outcome }.short());
    let of_an_edition = |path: &str| {
        path.ends_with(".html")
            && path.contains("care")
            && !path.contains("/changes")
            && !path.contains("/check")
    };
    let files = sink.finish().into_iter().map(|(route, bytes)| (route.to_string(), bytes.to_vec()));
    files.filter(|(path, _)| of_an_edition(path)).collect()
}

#[test]
fn pages_of_issued_editions_stay_when_the_vocabulary_is_renamed() {
    let folder = harness::on_disk(&with_two_editions());
    freeze(folder.path(), &[ABOVE, LOCAL, "shifan/jiashi/care/2027"]);
    let before = pages(folder.path());
    assert!(before.keys().any(|path| path.contains("/edition/2025")), "{:?}", before.keys());
    replace(
        folder.path(),
        "vocabulary/departments.yaml",
        "市卫健委, en: Health Commission",
        "市卫生健康委员会, en: New Name",
    );
    replace(folder.path(), "vocabulary/departments.yaml", "省卫健委", "省卫生健康委员会");
    replace(folder.path(), "vocabulary/areas.yaml", "病有所医, en: Health", "健康, en: Wellbeing");
    assert_eq!(
        harness::run(folder.path()).names(),
        Vec::<&str>::new(),
        "the names of then are still understood"
    );
    let after = pages(folder.path());
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
    let changed: Vec<&String> = before.keys().filter(|path| before[*path] != after[*path]).collect();
    assert_eq!(changed, Vec::<&String>::new());
}

#[test]
fn pages_of_editions_that_are_not_frozen_follow_the_vocabulary() {
    let folder = harness::on_disk(&with_two_editions());
    let before = pages(folder.path());
    replace(folder.path(), "vocabulary/areas.yaml", "病有所医, en: Health", "健康, en: Wellbeing");
    assert_ne!(before, pages(folder.path()));
}

#[test]
pub(crate) fn what_may_be_corrected_asks_for_a_dated_correction() {
    let folder = harness::on_disk(&harness::base());
    freeze(folder.path(), &[ABOVE, LOCAL]);
    assert_eq!(harness::run(folder.path()).short(), "");
    let path = format!("{LOCAL}.yaml");
    for (old, new) in [
        ("每年免费检查一次。", "每年免费查一次身体。"),
        ("Health checks", "Check-ups"),
        ("A free check", "One free check"),
    ] {
        let text = fs::read_to_string(folder.path().join(&path)).expect("the file is there");
        replace(folder.path(), &path, old, new);
        let found = harness::run(folder.path());
        assert_eq!(found.names(), ["undated-correction"], "{old}: {}", found.short());
        fs::write(folder.path().join(&path), text).expect("a file can be written");
    }
    for (old, new) in [
        ("每年提供一次健康检查", "每年提供两次健康检查"),
        ("strength: must", "strength: permit"),
        ("filed: 2025-03-10", "filed: 2025-03-11"),
        ("issued: 2025-03-05", "issued: 2025-03-06"),
    ] {
        let text = fs::read_to_string(folder.path().join(&path)).expect("the file is there");
        replace(folder.path(), &path, old, new);
        let is_sealed = harness::run(folder.path()).names().contains(&"changed-edition");
        assert_eq!(is_sealed, !old.starts_with("filed"), "{old}");
        fs::write(folder.path().join(&path), text).expect("a file can be written");
    }
}

#[test]
fn an_adopted_service_is_sealed_with_the_words_it_takes_over() {
    let folder = harness::on_disk(&harness::base());
    freeze(folder.path(), &[LOCAL]);
    replace(folder.path(), &format!("{ABOVE}.yaml"), "资助家庭经济困难的儿童", "资助家庭困难的儿童");
    let found = harness::run(folder.path()).short();
    let list = &harness::base()[&format!("{LOCAL}.yaml")];
    let line = list.lines().position(|line| line.contains("adopts")).expect("a service is adopted") + 1;
    assert!(found.contains(&format!("{LOCAL}.yaml:{line}:13: error[QD3008]")), "{found}");
    freeze(folder.path(), &[ABOVE]);
    assert_eq!(harness::run(folder.path()).names(), ["changed-edition"]);
    replace(folder.path(), &format!("{ABOVE}.yaml"), "资助家庭困难的儿童", "资助家庭困难儿童");
    let found = harness::run(folder.path()).short();
    assert_eq!(found.lines().count(), 1, "it is told once, where it was changed: {found}");
    assert!(found.contains(&format!("{ABOVE}.yaml:")), "{found}");
}

#[test]
pub(crate) fn an_edition_frozen_after_it_was_filed_is_named() {
    let folder = harness::on_disk(&harness::base());
    replace(folder.path(), &format!("{LOCAL}.yaml"), "filed: 2025-03-10", "filed: 2025-03-05");
    freeze(folder.path(), &[ABOVE, LOCAL]);
    assert_eq!(harness::run(folder.path()).short(), "", "frozen on the day of filing");
    replace(
        folder.path(),
        &format!("{LOCAL}.yaml"),
        "issued: 2025-03-05\n  filed: 2025-03-05",
        "issued: 2025-03-01\n  filed: 2025-03-04",
    );
    fs::remove_file(folder.path().join("editions.lock")).expect("it is there");
    freeze(folder.path(), &[ABOVE, LOCAL]);
    assert_eq!(harness::run(folder.path()).names(), ["frozen-after-filing"]);
}

#[test]
fn entries_of_earlier_versions_hold_the_whole_file() {
    let folder = harness::on_disk(&harness::base());
    let text = fs::read_to_string(folder.path().join(format!("{ABOVE}.yaml"))).expect("the file is there");
    let hex = |text: &str| -> String {
        Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
    };
    let sha256 = hex(&text);
    let lines: String = text.lines().map(|line| hex(line)[..6].to_owned()).collect();
    let seal = hex(&format!("\n{ABOVE}\n2025-01-20\n{sha256}\n{lines}"));
    let lock = format!(
        "- edition: {ABOVE}\n  frozen: 2025-01-20\n  sha256: '{sha256}'\n  seal: '{seal}'\n  lines: '{lines}'\n"
    );
    fs::write(folder.path().join("editions.lock"), lock).expect("a file can be written");
    assert_eq!(harness::run(folder.path()).short(), "");
    fs::write(folder.path().join(format!("{ABOVE}.yaml")), text + "# 一条注释\n")
        .expect("a file can be written");
    assert_eq!(harness::run(folder.path()).names(), ["changed-edition"]);
    replace(folder.path(), &format!("{ABOVE}.yaml"), "# 一条注释\n", "");
    freeze(folder.path(), &[ABOVE]);
    replace(folder.path(), &format!("{ABOVE}.yaml"), "services:", "# 一条注释\nservices:");
    assert_eq!(harness::run(folder.path()).short(), "", "frozen once more, it is held by the new rule");
    replace(folder.path(), &format!("{ABOVE}.yaml"), "strength: must", "strength: permit");
    assert!(harness::run(folder.path()).names().contains(&"changed-edition"));
}

#[test]
fn pages_list_what_was_corrected() {
    let mut files = harness::base();
    let shown = |files: &Files| {
        let pages = pages(harness::on_disk(files).path());
        let holds = |(path, bytes): (&String, &Vec<u8>)| {
            String::from_utf8_lossy(bytes).contains("id=\"corrections\"").then(|| path.clone())
        };
        pages.iter().filter_map(holds).collect::<Vec<_>>()
    };
    assert_eq!(shown(&files), Vec::<String>::new());
    let path = format!("{LOCAL}.yaml");
    let corrected = "corrections:\n  - {on: 2025-05-01, what: {zh: 更正了电话, en: A telephone number}, by: 甲市民政局}\nservices:";
    let text = files[&path].replace("services:", corrected);
    files.insert(path, text);
    let found = shown(&files);
    for page in ["zh/shifan/jiashi/care/about.html", "en/shifan/jiashi/care/edition/2025.html"] {
        assert!(found.iter().any(|path| path == page), "{page}: {found:?}");
    }
}

#[test]
fn of_two_editions_of_one_day_the_higher_ordinal_is_in_force() {
    let mut files = harness::base();
    let path = format!("{LOCAL}.yaml");
    let first = files[&path].replace("status: issued", "ordinal: 1\nstatus: issued");
    for (name, ordinal) in [("2025-b", 2), ("2025-a", 3)] {
        let text = first.replace("ordinal: 1", &format!("ordinal: {ordinal}"));
        files.insert(path.replace("2025", name), text);
    }
    files.insert(path, first);
    let found = harness::run_files(&files);
    assert_eq!(found.short(), "");
    let catalogue = found.outcome.catalogue.expect("the catalogue can be used");
    let place =
        catalogue.places.values().find(|place| place.path.as_str() == "shifan/jiashi").expect("it is there");
    let ids: Vec<&str> = place.lists["care"].editions.iter().map(|edition| edition.id.as_str()).collect();
    assert_eq!(ids, ["2025", "2025-b", "2025-a"]);
    assert_eq!(place.lists["care"].current(false).map(|edition| edition.id.as_str()), Some("2025-a"));
}

type PackFiles = BTreeMap<String, Vec<u8>>;

fn read(folder: &Path) -> qingdan::pipeline::Outcome {
    let request = Request::whole(Date::parse("2026-03-01").expect("a date"));
    pipeline::prepare(folder, &request, &|_| {}).expect("the disk works")
}

/// Returns the filing pack of the local list in `folder`.
fn pack(folder: &Path) -> PackFiles {
    let outcome = read(folder);
    let catalogue: &Catalogue = outcome.catalogue.as_ref().expect("the catalogue can be used");
    let issue = catalogue.edition(LOCAL).expect("it is there");
    let context = Context { sources: &outcome.sources, lang: UiLang::En, colour: false };
    export::filing(catalogue, issue, Vec::new(), &context).into_iter().collect()
}

/// Changes a file of a pack and writes its digest anew, as somebody would who wants it to go unnoticed.
fn forge(pack: &PackFiles, path: &str, old: &str, new: &str) -> PackFiles {
    let mut forged = pack.clone();
    let text = String::from_utf8_lossy(&forged[path]).into_owned();
    assert!(text.contains(old), "{path} has no `{old}`");
    let digest =
        |bytes: &[u8]| -> String { Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect() };
    let changed = text.replacen(old, new, 1).into_bytes();
    let digests =
        String::from_utf8_lossy(&forged[DIGESTS]).replace(&digest(&forged[path]), &digest(&changed));
    forged.insert(DIGESTS.to_owned(), digests.into_bytes());
    forged.insert(path.to_owned(), changed);
    forged
}

fn kinds(pack: &PackFiles) -> Vec<&'static str> {
    let mut kinds: Vec<&str> =
        Pack::read(pack).expect("it is a pack").differences.iter().map(|known| known.kind).collect();
    kinds.dedup();
    kinds
}

#[test]
fn a_pack_whose_digests_were_written_anew_is_found_out_by_its_seal_and_its_verdicts() {
    let folder = harness::on_disk(&harness::base());
    freeze(folder.path(), &[ABOVE, LOCAL]);
    let pack = pack(folder.path());
    assert_eq!(kinds(&pack), Vec::<&str>::new());
    let edition = format!("content/{LOCAL}.yaml");
    for (path, old, new, kind) in [
        (
            "coverage.json",
            "\"verdict\": \"met\",\n              \"evidence",
            "\"verdict\": \"exceeded\",\n              \"evidence",
            "verdict",
        ),
        (edition.as_str(), "strength: must", "strength: permit", "edition"),
        (&format!("content/{ABOVE}.yaml"), "每年提供", "每季提供", "edition"),
        ("seal.yaml", "frozen: 2025-03-05", "frozen: 2025-03-04", "seal"),
        ("seal.yaml", "市卫健委", "市卫生局", "seal"),
        ("content/shifan/jiashi/place.yaml", "甲市", "乙市", "none"),
    ] {
        let found = kinds(&forge(&pack, path, old, new));
        assert_eq!(found.contains(&kind), kind != "none", "{path} {old}: {found:?}");
    }
    for path in pack.keys().filter(|path| path.as_str() != DIGESTS) {
        let mut changed = pack.clone();
        changed.get_mut(path).expect("it is there").push(b' ');
        assert!(kinds(&changed).contains(&"file"), "{path}");
    }
}

#[test]
fn an_edition_is_sealed_once() {
    let folder = harness::on_disk(&harness::base());
    freeze(folder.path(), &[ABOVE, LOCAL]);
    replace(folder.path(), &format!("{LOCAL}.yaml"), "每年提供一次", "每年提供1次");
    freeze(folder.path(), &[LOCAL]);
    let found = harness::run(folder.path()).names();
    assert!(
        found.contains(&"broken-lock"),
        "an entry put after the first does not make a change pass: {found:?}"
    );
}

#[test]
fn a_record_written_anew_is_found_out_by_the_pack() {
    let folder = harness::on_disk(&harness::base());
    freeze(folder.path(), &[ABOVE, LOCAL]);
    let filed = pack(folder.path());
    let held = |folder: &Path| {
        let outcome = read(folder);
        let catalogue = outcome.catalogue.expect("the catalogue can be used");
        let comparison = Pack::read(&filed).expect("it is a pack").compare(&catalogue);
        comparison.differences.iter().map(|known| known.message.en.clone()).collect::<Vec<_>>()
    };
    assert_eq!(held(folder.path()), Vec::<String>::new());
    replace(folder.path(), &format!("{LOCAL}.yaml"), "strength: must", "strength: permit");
    fs::remove_file(folder.path().join("editions.lock")).expect("it is there");
    freeze(folder.path(), &[ABOVE, LOCAL]);
    let found = held(folder.path());
    assert!(found[0].contains("does not hold the seal"), "{found:?}");
    assert!(
        found[1].contains("health-check/yearly-check strength: `must` when filed, now `permit`"),
        "{found:?}"
    );
    assert!(found[2].contains("filed as met, worked out now as weaker"), "{found:?}");
}
