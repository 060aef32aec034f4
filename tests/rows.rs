//! A module uses modules of earlier rows only. `src/ARCHITECTURE.md` says which row is whose, this test
//! holds it.

#[path = "support/code.rs"]
mod code;
#[path = "support/files.rs"]
mod files;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// Macros stand at the root of the crate wherever they are written.
const MACROS: &[(&str, &str)] = &[("text", "diagnostic"), ("codes", "diagnostic")];

/// Reads the block of the page that starts with the line `rows`: a number, then the modules of that row.
fn rows() -> BTreeMap<&'static str, u32> {
    let page = include_str!("../src/ARCHITECTURE.md");
    let mut lines =
        page.lines().skip_while(|line| *line != "rows").skip(1).take_while(|line| !line.starts_with("```"));
    let mut rows = BTreeMap::new();
    lines.by_ref().for_each(|line| {
        let mut words = line.split_whitespace();
        let row =
            words.next().and_then(|word| word.parse().ok()).unwrap_or_else(|| panic!("not a row: {line}"));
        rows.extend(words.map(|module| (module, row)));
    });
    assert!(!rows.is_empty(), "src/ARCHITECTURE.md has a block of rows");
    rows
}

/// Returns the module of the crate that a file belongs to. `None` for the roots, which only declare, and for the crate
/// `src/reading`, which cannot use anything of ours.
fn module(path: &str) -> Option<&str> {
    let path = path.strip_prefix("src/")?.trim_end_matches(".rs");
    let module = path.split('/').next()?;
    (!matches!(module, "lib" | "main" | "reading")).then_some(module)
}

#[test]
fn modules_use_earlier_rows_only() {
    let rows = rows();
    let mut complaints = String::new();
    for source in code::sources() {
        let Some(own) = module(&source.path) else { continue };
        let own_row = rows.get(own).unwrap_or_else(|| panic!("src/ARCHITECTURE.md has no row for `{own}`"));
        for (line, used) in code::uses(&source.code, "crate") {
            let used = MACROS.iter().find(|(name, _)| *name == used).map_or(used, |(_, module)| module);
            let row = rows.get(used).unwrap_or_else(|| panic!("{}:{line}: no row has `{used}`", source.path));
            if used != own && row >= own_row {
                let _ = writeln!(
                    complaints,
                    "{}:{line}: {own} (row {own_row}) uses {used} (row {row})",
                    source.path
                );
            }
        }
    }
    assert!(
        complaints.is_empty(),
        "\n{complaints}what is needed by an earlier row stands too high; move it down"
    );
}

#[test]
fn the_page_names_every_module_and_no_other() {
    let sources = code::sources();
    let there: BTreeSet<&str> = sources.iter().filter_map(|source| module(&source.path)).collect();
    let named: BTreeSet<&str> = rows().into_keys().collect();
    assert_eq!(there, named);
}
