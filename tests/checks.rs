//! The kinds of finding, held by examples.
//!
//! Each has a page, `src/analysis/check/rules/<name>.md`, whose `fires` and `silent` blocks are run here over the
//! small catalogue in `tests/checks/base`. Rarer cases lie in `tests/checks/<case>.md`, with everything
//! they find written out; what a page cannot hold (wrong bytes, links, size, time) is in
//! `tests/checks/on_disk.rs`. To accept new output of the rarer cases, run with `QINGDAN_BLESS=1` and
//! review the difference like code.
#![allow(clippy::disallowed_methods, reason = "tests prepare and spoil files")]

#[path = "checks/harness.rs"]
mod harness;
#[path = "checks/history.rs"]
mod history;
#[path = "checks/on_disk.rs"]
mod on_disk;

use std::collections::BTreeSet;

use harness::{Block, Case, Files, Role};
use qingdan::check;
use qingdan::diagnostic::Code;
use rayon::prelude::*;

/// Codes whose example no text can hold, with the test that stands in for `fires`.
const IN_RUST: &[(&str, fn())] = &[
    ("file-too-large", on_disk::a_file_over_one_mebibyte_is_refused_at_once),
    ("dead-link", on_disk::an_address_that_does_not_open_is_named_where_it_stands),
    ("changed-edition", on_disk::a_frozen_edition_that_was_changed_is_named_with_its_first_line),
    ("undated-correction", history::what_may_be_corrected_asks_for_a_dated_correction),
    ("frozen-after-filing", history::an_edition_frozen_after_it_was_filed_is_named),
    ("not-utf8", on_disk::the_first_byte_that_is_not_utf8_is_shown),
    ("wrong-encoding", on_disk::a_file_in_gbk_is_refused_and_nothing_follows_from_it),
    ("foreign-file", on_disk::files_of_other_programs_are_named),
    ("damaged-file", on_disk::a_file_with_nul_bytes_is_damaged),
    ("telling-file", on_disk::a_picture_that_tells_the_device_is_named_until_it_is_reviewed),
    #[cfg(unix)]
    ("linked-file", on_disk::a_link_is_not_followed),
    #[cfg(unix)]
    ("unreadable-file", on_disk::a_folder_that_cannot_be_listed_is_named),
    #[cfg(unix)]
    ("special-file", on_disk::a_socket_is_not_opened),
    #[cfg(unix)]
    ("unsafe-name", on_disk::names_that_cannot_be_shown_are_named),
];

const HEADINGS: &[&str] = &[
    "## 是什么 What it is",
    "## 为什么 Why it matters",
    "## 例子 Example",
    "## 怎么改 Instead",
    "## 依据 Source",
];

fn codes() -> impl Iterator<Item = &'static Code> {
    check::CODES.iter().flat_map(|stage| stage.iter()).copied()
}

fn page_of(code: &Code) -> Option<String> {
    std::fs::read_to_string(harness::here(&format!("src/analysis/check/rules/{}.md", code.name))).ok()
}

fn pages() -> Vec<(&'static Code, String)> {
    codes().filter_map(|code| Some((code, page_of(code)?))).collect()
}

/// Fails with all complaints at once.
fn expect_none(complaints: &[String]) {
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
}

#[test]
fn every_code_has_a_name_of_its_own_and_its_place_in_the_order() {
    let mut complaints = Vec::new();
    let (mut ids, mut names) = (BTreeSet::new(), BTreeSet::new());
    for code in codes() {
        let Code { id, name, .. } = code;
        let numbered =
            id.strip_prefix("QD").is_some_and(|n| n.len() == 4 && n.bytes().all(|b| b.is_ascii_digit()));
        let plain = |part: &str| {
            !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        };
        if !numbered || !name.split('-').all(plain) {
            complaints.push(format!("{id} {name}: ids are QD and four digits, names kebab case"));
        }
        if !ids.insert(id) || !names.insert(name) {
            complaints.push(format!("{id} {name} is there twice"));
        }
    }
    for stage in check::CODES {
        for pair in stage.windows(2).filter(|pair| pair[0].id >= pair[1].id) {
            complaints.push(format!("{} stands after {}", pair[1].id, pair[0].id));
        }
    }
    expect_none(&complaints);
}

#[test]
fn every_code_has_a_page_of_the_fixed_form() {
    let complaints: Vec<String> = codes()
        .flat_map(|code| {
            let found =
                page_of(code).map_or_else(|| vec!["there is no page".to_owned()], |page| faults(code, &page));
            found.into_iter().map(move |fault| format!("{}.md: {fault}", code.name))
        })
        .collect();
    expect_none(&complaints);
}

fn faults(code: &Code, page: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let mut expect = |holds: bool, fault: String| {
        if !holds {
            faults.push(fault);
        }
    };
    let lines: Vec<&str> = page.lines().collect();
    let title = format!("# {} {}", code.id, code.name);
    expect(lines.first() == Some(&title.as_str()), format!("the first line is not `{title}`"));
    let summary = format!("{} · {}", code.zh, code.en);
    expect(lines.get(2) == Some(&summary.as_str()), format!("the third line is not `{summary}`"));
    let mut fenced = false;
    let headings: Vec<&str> = lines
        .iter()
        .filter(|line| {
            fenced ^= line.starts_with("```");
            !fenced && line.starts_with("## ")
        })
        .copied()
        .collect();
    expect(headings == HEADINGS, format!("the headings are not {HEADINGS:?}"));
    let blocks = harness::blocks(page);
    let has = |role: Role| blocks.iter().any(|block| block.role == role);
    expect(
        has(Role::Fires) || IN_RUST.iter().any(|(name, _)| *name == code.name),
        "no block `fires`".to_owned(),
    );
    expect(has(Role::Silent), "no block `silent`".to_owned());
    for Block { line, role, section, .. } in &blocks {
        let right = match role {
            Role::Fires | Role::Example => section == "例子 Example",
            Role::Silent => section == "怎么改 Instead",
            Role::File | Role::Findings => false,
        };
        expect(right, format!("line {line}: a block of this role does not belong here"));
    }
    expect(
        page.is_ascii() || page.chars().all(|c| c != '\u{FEFF}' && c != '\r'),
        "odd characters".to_owned(),
    );
    faults
}

#[test]
fn every_page_belongs_to_a_code() {
    let known: BTreeSet<String> = codes().map(|code| format!("{}.md", code.name)).collect();
    let there = harness::files_below(&harness::here("src/analysis/check/rules"));
    let lost: Vec<String> =
        there.into_iter().filter(|file| file.ends_with(".md") && !known.contains(file)).collect();
    expect_none(&lost);
    for code in codes() {
        assert!(
            check::page(code.id).is_some() && check::page(code.name).is_some(),
            "{} is not embedded",
            code.name
        );
    }
}

#[test]
fn examples_find_what_their_pages_say() {
    let base = harness::base();
    let runs: Vec<(usize, Vec<String>)> =
        pages().par_iter().map(|(code, page)| run_page(&base, code, page)).collect();
    assert!(runs.iter().map(|(count, _)| count).sum::<usize>() >= 2 * codes().count() - IN_RUST.len());
    expect_none(&runs.into_iter().flat_map(|(_, complaints)| complaints).collect::<Vec<_>>());
}

/// Runs the examples of one page; returns how many there are and what is wrong.
fn run_page(base: &Files, code: &Code, page: &str) -> (usize, Vec<String>) {
    let runnable = harness::blocks(page).into_iter().filter(|block| block.role != Role::Example).collect();
    let cases = harness::cases(runnable);
    let complaints = cases.iter().filter_map(|blocks| {
        let case = Case::new(base, blocks);
        let fires = blocks[0].role == Role::Fires;
        let found = harness::run_files(&case.files);
        let difference = match (fires, case.expected.is_empty()) {
            (true, true) => Some("  no line is marked\n".to_owned()),
            (false, false) => Some("  a line is marked\n".to_owned()),
            (..) => harness::difference(&case, Some(code.name), &found),
        };
        difference.map(|difference| format!("{}.md:{}\n{difference}", code.name, blocks[0].line))
    });
    (cases.len(), complaints.collect())
}

#[test]
fn rarer_cases_find_exactly_what_is_written() {
    let base = harness::base();
    let folder = harness::here("tests/checks");
    let files =
        harness::files_below(&folder).into_iter().filter(|file| file.ends_with(".md") && !file.contains('/'));
    let complaints: Vec<String> = files
        .filter_map(|file| {
            let page = harness::text(&folder.join(&file));
            let (expected, blocks): (Vec<Block>, Vec<Block>) =
                harness::blocks(&page).into_iter().partition(|block| block.role == Role::Findings);
            let [expected] = expected.as_slice() else {
                return Some(format!("{file}: one block `findings` is needed"));
            };
            let found = harness::run_files(&Case::new(&base, &blocks).files).short();
            if found == expected.text {
                return None;
            }
            if std::env::var_os("QINGDAN_BLESS").is_some() {
                let fence = "```text findings\n";
                let accepted = page.replace(&format!("{fence}{}", expected.text), &format!("{fence}{found}"));
                std::fs::write(folder.join(&file), accepted).expect("the case can be written");
            }
            Some(format!("{file}:{}\n  expected:\n{}  found:\n{found}", expected.line, expected.text))
        })
        .collect();
    expect_none(&complaints);
}

#[test]
fn the_base_is_clean_and_all_of_it_is_used() {
    let base = harness::base();
    assert_eq!(harness::run_files(&base).short(), "");
    let folder = harness::here("tests/checks");
    let cases =
        harness::files_below(&folder).into_iter().filter(|file| file.ends_with(".md") && !file.contains('/'));
    let cases = cases.map(|file| harness::text(&folder.join(file)));
    let used: BTreeSet<(String, String)> = pages()
        .into_iter()
        .map(|(_, page)| page)
        .chain(cases)
        .flat_map(|page| harness::cases(harness::blocks(&page)))
        .filter(|blocks| !matches!(blocks[0].role, Role::Example | Role::Findings))
        .flat_map(|blocks| Case::new(&base, &blocks).parts)
        .collect();
    let mut unused = Vec::new();
    for (file, text) in &base {
        let parts = harness::parts_of(text).into_iter().map(|part| (file.clone(), part));
        unused.extend(
            parts
                .filter(|part| !used.contains(part))
                .map(|(file, part)| format!("{file}: part {part} is used nowhere")),
        );
    }
    expect_none(&unused);
}

#[test]
fn nothing_lies_in_the_folder_that_no_test_reads() {
    let known = ["harness.rs", "history.rs", "on_disk.rs"];
    let read = |file: &String| {
        file.starts_with("base/")
            || known.contains(&file.as_str())
            || (file.ends_with(".md") && !file.contains('/'))
    };
    let unread: Vec<String> =
        harness::files_below(&harness::here("tests/checks")).into_iter().filter(|file| !read(file)).collect();
    expect_none(&unread);
}
