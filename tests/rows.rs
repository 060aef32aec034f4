//! A room uses rooms of earlier rows only, and inside a room a module uses those named before it. `src/ARCHITECTURE.md`
//! says which row is whose, this test holds it.

#[path = "support/code.rs"]
mod code;
#[path = "support/files.rs"]
mod files;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

/// Macros stand at the root of their crate wherever they are written.
const MACROS: &[(&str, &str)] = &[("text", "diagnostic"), ("codes", "diagnostic")];

/// A room as the page has it.
struct Room {
    row: u32,
    /// Its modules; one that has the name of the room is the room's own folder.
    modules: Vec<&'static str>,
}

/// Reads the block of the page that starts with the line `rows`: a number, the room, then its modules in order.
fn rooms() -> BTreeMap<&'static str, Room> {
    let page = include_str!("../src/ARCHITECTURE.md");
    let lines =
        page.lines().skip_while(|line| *line != "rows").skip(1).take_while(|line| !line.starts_with("```"));
    let rooms: BTreeMap<_, _> = lines
        .map(|line| {
            let (row, rest) = line.split_once(' ').unwrap_or_else(|| panic!("not a row: {line}"));
            let row = row.parse().unwrap_or_else(|_| panic!("not a row: {line}"));
            let mut words = rest.split_whitespace();
            let name = words.next().unwrap_or_else(|| panic!("no room: {line}"));
            (name, Room { row, modules: words.collect() })
        })
        .collect();
    assert!(!rooms.is_empty(), "src/ARCHITECTURE.md has a block of rows");
    rooms
}

/// Returns the room and the module in it that a file belongs to. `None` for the roots, which only declare.
fn place<'p>(path: &'p str, rooms: &BTreeMap<&str, Room>) -> Option<(&'p str, &'p str)> {
    let (room, rest) = path.strip_prefix("src/")?.split_once('/')?;
    let name = rest.split('/').next()?.trim_end_matches(".rs");
    let known = rooms.get(room).unwrap_or_else(|| panic!("src/ARCHITECTURE.md has no row for `{room}`"));
    let module = if known.modules.contains(&name) { name } else { room };
    (name != "lib").then_some((room, module))
}

#[test]
fn rooms_use_earlier_rows_only() {
    let rooms = rooms();
    let mut complaints = String::new();
    for (room, known) in &rooms {
        let Ok(manifest) = std::fs::read_to_string(root().join(format!("src/{room}/Cargo.toml"))) else {
            continue;
        };
        let used = manifest.lines().filter_map(|line| line.strip_prefix("qingdan-")?.split_once('.'));
        for (used, _) in used {
            if rooms.get(used).is_none_or(|other| other.row >= known.row) {
                let _ = writeln!(complaints, "src/{room}/Cargo.toml: {room} (row {}) uses {used}", known.row);
            }
        }
    }
    assert!(
        complaints.is_empty(),
        "\n{complaints}what is needed by an earlier row stands too high; move it down"
    );
}

#[test]
fn modules_use_earlier_modules_of_their_room_only() {
    let rooms = rooms();
    let mut complaints = String::new();
    for source in code::sources() {
        let Some((room, own)) = place(&source.path, &rooms) else { continue };
        let modules = &rooms[room].modules;
        let position = |name: &str| modules.iter().position(|module| *module == name);
        let Some(here) = position(own) else { continue };
        for (line, used) in code::uses(&source.code, "crate") {
            let used = MACROS.iter().find(|(name, _)| *name == used).map_or(used, |(_, module)| module);
            if position(used).is_some_and(|there| there > here) {
                let _ = writeln!(complaints, "{}:{line}: {own} uses {used}", source.path);
            }
        }
    }
    assert!(
        complaints.is_empty(),
        "\n{complaints}what is needed by an earlier module stands too high; move it down"
    );
}

#[test]
fn the_page_names_every_room_and_module_and_no_other() {
    let rooms = rooms();
    let sources = code::sources();
    let there: BTreeSet<(&str, &str)> =
        sources.iter().filter_map(|source| place(&source.path, &rooms)).collect();
    for (room, known) in &rooms {
        assert!(there.iter().any(|(there, _)| there == room), "no files are in the room `{room}`");
        for module in &known.modules {
            assert!(there.contains(&(room, module)), "no files are in `{room}/{module}`");
        }
        let unnamed: Vec<_> = there.iter().filter(|(there, _)| there == room).collect();
        let all =
            unnamed.iter().all(|(_, module)| known.modules.is_empty() || known.modules.contains(module));
        assert!(all, "the row of `{room}` lacks a module: {unnamed:?}");
    }
}

/// A room is introduced on its first page: what comes in, what goes out, how to add one of its kind.
#[test]
fn every_room_has_a_front_page() {
    for room in rooms().keys() {
        let root = root().join("src").join(room);
        let page = ["lib.rs", "mod.rs"].iter().find_map(|name| std::fs::read_to_string(root.join(name)).ok());
        let page = page.unwrap_or_else(|| panic!("src/{room} has a first page"));
        let lines = page.lines().take_while(|line| line.starts_with("//!")).count();
        assert!((5..=30).contains(&lines), "src/{room}: {lines} lines of introduction");
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
