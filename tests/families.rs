//! What can my child get: families judged by people before the program was asked.
//!
//! `tests/families/*.txt` say of each family which provisions of a list it gets, which it does not, and leave the rest
//! perhaps. The list is Fujian's for migrant children, or the one that the first line of a file names (`list: ADDRESS`);
//! it is read as its place has it: with the questions that are asked there and the definitions that hold there. No family
//! hears a wrong "no", and at most one "yes" in two hundred is wrong.
//!
//! The script of the page decides the same: `tests/families/decided.txt`, and for each other list a file `NAME.decided`
//! that begins with its table, are held by both (`QINGDAN_BLESS=1` accepts new ones; `SHOW=1` tells where the program is
//! more careful than people).
#![allow(clippy::disallowed_methods, reason = "tests prepare and spoil files")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use qingdan::catalogue::{self, Catalogue, EditionRef};
use qingdan::compare::offers;
use qingdan::date::Date;
use qingdan::diagnostic::Findings;
use qingdan::finder::{Chosen, Outcome, Table};
use qingdan::render;
use qingdan::source::SourceTree;

/// Against which list a file is judged that names none.
const LIST: &str = "fujian/migrant-children/2025";
/// The day of which definitions hold.
const TODAY: &str = "2026-11-29";

/// A family: who they are, what they answer, and what people say of provisions.
struct Family {
    name: String,
    answers: Vec<String>,
    yes: BTreeSet<String>,
    no: BTreeSet<String>,
    any: BTreeSet<String>,
}

/// Names of sets of provisions, and of provisions.
struct Names {
    all: Vec<String>,
    sets: BTreeMap<String, BTreeSet<String>>,
}

impl Names {
    /// Returns the provisions that some words stand for.
    fn read(&self, words: &str) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        for word in words.split_whitespace() {
            let (name, takes_back) = word.strip_prefix('-').map_or((word, false), |name| (name, true));
            let meant: BTreeSet<String> = match self.sets.get(name) {
                Some(set) => set.clone(),
                None => {
                    let fits = |id: &&String| *id == name || id.split('/').next() == Some(name);
                    self.all.iter().filter(fits).cloned().collect()
                }
            };
            assert!(!meant.is_empty(), "no provision is called {word}");
            if takes_back {
                found.retain(|id| !meant.contains(id));
            } else {
                found.extend(meant);
            }
        }
        found
    }
}

/// Reads the families of a file.
fn families(text: &str, all: &[String]) -> Vec<Family> {
    let mut names = Names { all: all.to_vec(), sets: BTreeMap::new() };
    let mut families: Vec<Family> = Vec::new();
    let is_said =
        |line: &&str| !line.trim().is_empty() && !line.starts_with('#') && !line.starts_with(LIST_IS);
    for line in text.lines().filter(is_said) {
        if let Some((name, words)) = line.split_once(' ').filter(|(name, _)| name.starts_with('@')) {
            let set = names.read(words);
            names.sets.insert(name.to_owned(), set);
        } else if let Some(name) = line.strip_prefix("= ") {
            let (yes, no, any) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
            families.push(Family { name: name.to_owned(), answers: Vec::new(), yes, no, any });
        } else {
            let family = families.last_mut().expect("a family begins with `= `");
            match line.split_once(':') {
                Some(("yes", words)) => family.yes = names.read(words),
                Some(("no", words)) => family.no = names.read(words),
                Some(("any", words)) => family.any = names.read(words),
                // What stands first is for the script of the page: tests/browser/check.test.mjs.
                Some(("first", _)) => {}
                _ => {
                    let answers = line.split_whitespace().filter(|id| *id != "-");
                    family.answers = answers.map(str::to_owned).collect();
                }
            }
        }
    }
    families
}

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// How a file begins that is judged against another list.
const LIST_IS: &str = "list: ";

/// Returns the address of the list that a file is judged against.
fn list_of(text: &str) -> &str {
    text.lines().next().and_then(|line| line.strip_prefix(LIST_IS)).unwrap_or(LIST)
}

fn content() -> Catalogue {
    let mut findings = Findings::new();
    let sources =
        SourceTree::read(&here("content"), render::default_theme(), &mut findings).expect("the disk works");
    catalogue::read(&sources, &mut findings).expect("site.yaml is right")
}

/// Returns the table of a list, as its place has it.
fn table<'a>(catalogue: &'a Catalogue, address: &str) -> Table<'a> {
    let edition = catalogue.edition(address).expect("there is such an edition");
    let questions = catalogue.questions_for(edition.place, [edition].into_iter());
    let today = Date::parse(TODAY).expect("it is a day");
    let asked = (questions, [EditionRef::group(edition)]);
    Table::local(catalogue, edition.place, asked, today, offers(edition))
}

fn files() -> Vec<(String, String)> {
    let folder = std::fs::read_dir(here("tests/families")).expect("there is the folder");
    let mut paths: Vec<PathBuf> = folder.map(|entry| entry.expect("the disk works").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|end| end == "txt") && !path.ends_with("decided.txt"));
    paths.sort();
    let read = |path: PathBuf| {
        let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        (name, std::fs::read_to_string(path).expect("the file can be read"))
    };
    paths.into_iter().map(read).collect()
}

/// How the decisions of a file stand to what people say.
#[derive(Default)]
struct Score {
    families: usize,
    yes: usize,
    no: usize,
    exact: usize,
    all: usize,
    wrong_yes: Vec<String>,
    wrong_no: Vec<String>,
    careful: Vec<String>,
}

impl Score {
    fn add(&mut self, family: &Family, id: &str, outcome: Outcome) {
        let judged = match (family.yes.contains(id), family.no.contains(id)) {
            _ if family.any.contains(id) => outcome,
            (true, _) => Outcome::Yes,
            (_, true) => Outcome::No,
            _ => Outcome::Perhaps,
        };
        let line = || format!("{}: {id}: {outcome:?}, judged {judged:?}", family.name);
        self.all += 1;
        self.exact += usize::from(outcome == judged);
        match outcome {
            Outcome::Yes => self.yes += 1,
            Outcome::No => self.no += 1,
            Outcome::Perhaps => {}
        }
        match (outcome, judged) {
            (Outcome::Yes, Outcome::Perhaps | Outcome::No) => self.wrong_yes.push(line()),
            (Outcome::No, Outcome::Yes | Outcome::Perhaps) => self.wrong_no.push(line()),
            (Outcome::Perhaps, Outcome::Yes | Outcome::No) => self.careful.push(line()),
            _ => {}
        }
    }
}

#[test]
#[expect(clippy::print_stdout, reason = "the counts are what one runs it for")]
fn no_family_hears_a_wrong_no_and_hardly_any_a_wrong_yes() {
    let catalogue = content();
    let mut complaints = Vec::new();
    let mut decided: BTreeMap<String, String> = BTreeMap::new();
    for (file, text) in files() {
        let list = list_of(&text);
        let table = table(&catalogue, list);
        let all: Vec<String> = table.rows().iter().map(|row| row.offer.address()).collect();
        let held = match list {
            LIST => decided.entry("decided.txt".to_owned()).or_default(),
            _ => decided.entry(format!("{file}.decided")).or_insert_with(|| head(&table)),
        };
        let mut score = Score::default();
        for family in families(&text, &all) {
            let chosen = Chosen::of(&table, family.answers.iter().map(String::as_str))
                .unwrap_or_else(|| panic!("{}: an answer is not in the vocabulary", family.name));
            let outcomes: Vec<Outcome> = table.decide(&chosen).iter().map(|one| one.outcome).collect();
            score.families += 1;
            for (id, outcome) in all.iter().zip(&outcomes) {
                score.add(&family, id, *outcome);
            }
            held.push_str(&line(&family, &outcomes));
        }
        println!(
            "{file}: {} families, {} decisions, {} as judged; {} yes, {} of them wrong; {} no, {} of them wrong",
            score.families,
            score.all,
            score.exact,
            score.yes,
            score.wrong_yes.len(),
            score.no,
            score.wrong_no.len()
        );
        if std::env::var_os("SHOW").is_some() {
            println!("{}", score.careful.join("\n"));
        }
        if !score.wrong_no.is_empty() || score.wrong_yes.len() * 200 > score.yes {
            complaints.push(format!("{file}: wrong no:\n{}", score.wrong_no.join("\n")));
            complaints.push(format!("{file}: wrong yes:\n{}", score.wrong_yes.join("\n")));
        }
    }
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
    for (file, text) in &decided {
        hold(file, text);
    }
}

/// Writes the first line of what is decided by another table than that of `tests/finder`: the table.
fn head(table: &Table<'_>) -> String {
    format!("{}\n", table.wire())
}

/// Writes what is decided of a family: its answers, and `y`, `p` or `n` a provision.
fn line(family: &Family, outcomes: &[Outcome]) -> String {
    let letter = |outcome: &Outcome| match outcome {
        Outcome::Yes => 'y',
        Outcome::Perhaps => 'p',
        Outcome::No => 'n',
    };
    let letters: String = outcomes.iter().map(letter).collect();
    format!("{letters} {}\n", family.answers.join(" "))
}

fn hold(file: &str, decided: &str) {
    let path = here("tests/families").join(file);
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    if decided != written && std::env::var_os("QINGDAN_BLESS").is_some() {
        std::fs::write(&path, decided).expect("it can be written");
        return;
    }
    assert!(decided == written, "tests/families/{file} is other; QINGDAN_BLESS=1 accepts the new one");
}
