//! What is kept from the time before is what would have been made: one thing of every kind is changed, and the site that a
//! build makes, and the one that a preview shows, held against one that is made from nothing.
//!
//! ```sh
//! cargo test --test remembered                        # each kind of change a few times
//! QINGDAN_TEST_ALL=1 cargo test --test remembered     # 200 changes
//! ```
#![allow(clippy::disallowed_methods, reason = "tests prepare and spoil files")]

#[path = "support/files.rs"]
mod files;
#[path = "support/program.rs"]
mod program;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use files::Tree;
use qingdan::date::Date;
use qingdan::output::MemorySite;
use qingdan::pipeline::{self, Request};
use qingdan::route::Route;
use qingdan::source::SourceTree;
use tempfile::TempDir;

/// Prefectures that are left out, so that a build takes little.
const LEFT_OUT: &[&str] = &["putian", "sanming", "zhangzhou", "nanping", "longyan", "ningde", "pingtan"];
/// The place in which nothing but its own pages changes.
const XIAMEN: &str = "fujian/xiamen/migrant-children/2025.yaml";

/// A catalogue, and the site that is built over and over.
struct Bench {
    _temp: TempDir,
    root: PathBuf,
    /// Arguments of every build.
    more: Vec<String>,
    today: String,
    /// The catalogue as it was read last, for what reads it again and again.
    read: RefCell<Option<Arc<SourceTree>>>,
}

/// A site in memory.
type Site = BTreeMap<Route, Arc<[u8]>>;

impl Bench {
    fn new() -> Self {
        let temp = tempfile::tempdir().expect("there is room for temporary files");
        let root = temp.path().canonicalize().expect("the folder was just made");
        let content = root.join("content");
        files::copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("content"), &content);
        for place in LEFT_OUT {
            fs::remove_dir_all(content.join("fujian").join(place)).expect("it came with the program");
        }
        let bench = Self {
            _temp: temp,
            root,
            more: Vec::new(),
            today: "2026-12-01".to_owned(),
            read: RefCell::default(),
        };
        bench.write(
            "fujian/xiamen/siming/place.yaml",
            "name: {zh: 思明区, en: Siming District}\ncode: '350203'\ntier: county\n",
        );
        bench.newcity("新城市", "");
        bench.write("theme/strings/zh.yaml", "skip: 跳到正文\n");
        bench.edit("site.yaml", |text| format!("{text}base_url: https://example.org/\nembeds: offered\n"));
        bench
    }

    /// Writes a place without a list of its own, beside those that have one.
    fn newcity(&self, name: &str, more: &str) {
        let text = format!("name: {{zh: {name}, en: Newcity}}\ncode: '351300'\ntier: prefecture\n{more}");
        self.write("fujian/newcity/place.yaml", &text);
    }

    fn path(&self, file: &str) -> PathBuf {
        self.root.join("content").join(file)
    }

    fn write(&self, file: &str, text: &str) {
        let path = self.path(file);
        fs::create_dir_all(path.parent().expect("a file has a folder")).expect("the folder can be made");
        fs::write(path, text).expect("the file can be written");
    }

    fn read(&self, file: &str) -> String {
        fs::read_to_string(self.path(file)).expect("the file is there")
    }

    fn edit(&self, file: &str, change: impl FnOnce(&str) -> String) {
        self.write(file, &change(&self.read(file)));
    }

    /// Builds over the last site, and remembers. Returns whether there is a site, and what the program said.
    fn build(&self) -> (bool, String) {
        let own = ["build", "content", "--drafts", "--today", &self.today, "--remember-from", "1"];
        let arguments: Vec<&str> = own.into_iter().chain(self.more.iter().map(String::as_str)).collect();
        let ran = program::qingdan(&self.root, &arguments, &[]);
        (ran.code == 0, ran.stderr)
    }

    fn site(&self) -> Tree {
        files::tree(&self.root.join("public"))
    }

    fn request(&self) -> Request {
        let today = Date::parse(&self.today).expect("a day");
        Request { search: self.more.is_empty(), ..Request::whole(today) }
    }

    /// Makes the site from nothing; `None` if a mistake refuses it. Returns the findings too.
    fn fresh(&self) -> (Option<Site>, String) {
        let site = MemorySite::new();
        let outcome = pipeline::run(&self.root.join("content"), &self.request(), &site, &|_| {});
        let outcome = outcome.expect("the disk works");
        ((!outcome.findings.refuse()).then(|| site.finish()), format!("{:?}", outcome.findings))
    }

    /// Makes the site as a preview does, after the one before; without its pages unless they are wanted.
    fn followed(&self, with_pages: bool) -> (Option<Site>, String) {
        let (site, request, read) = (MemorySite::new(), self.request(), self.read.take());
        let mut is_shown = false;
        let outcome = pipeline::live(&self.root.join("content"), read, &request, |ready, outcome| {
            assert!(outcome.pages > 0, "a site has pages");
            is_shown = with_pages;
            if with_pages {
                ready.write(&site, &|_| {}).expect("memory takes it");
            }
        });
        let outcome = outcome.expect("the disk works");
        let findings = format!("{:?}", outcome.findings);
        self.read.replace(Some(outcome.sources));
        (is_shown.then(|| site.finish()), findings)
    }

    /// Builds over the last site and from nothing, and compares; returns whether the changed catalogue has a site.
    ///
    /// A word changes nothing of how pages are made; what a preview makes of it is told by its findings.
    fn holds(&self, what: &str, is_word: bool) -> bool {
        let (made, said) = self.build();
        let (fresh, found) = self.fresh();
        let (followed, found_after) = self.followed(!is_word);
        assert!(found == found_after, "{what}: a preview finds something else");
        assert!(is_word || fresh == followed, "{what}: a preview shows something else");
        assert_eq!(made, fresh.is_some(), "{what}: {said}");
        if let Some(fresh) = fresh {
            let mut site = self.site();
            site.remove(".qingdan-manifest");
            let fresh: BTreeMap<&str, &[u8]> =
                fresh.iter().map(|(route, bytes)| (route.as_str(), &**bytes)).collect();
            let names: BTreeSet<&str> =
                site.keys().map(String::as_str).chain(fresh.keys().copied()).collect();
            let same = |name: &str| site.get(name).map(Vec::as_slice) == fresh.get(name).copied();
            let differ: Vec<&str> = names.into_iter().filter(|name| !same(name)).take(5).collect();
            assert!(differ.is_empty(), "{what}: {differ:?} are not the same");
        }
        made
    }
}

/// Every file of the catalogue that says something, in order.
fn texts(bench: &Bench) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(bench.path("").join(&folder)).expect("the folder can be read") {
            let entry = entry.expect("the entry can be read");
            let path = folder.join(entry.file_name());
            if entry.path().is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "yaml" || end == "md") {
                found.push(path.to_string_lossy().into_owned());
            }
        }
    }
    found.sort();
    found
}

/// Numbers that look as if nobody chose them, always the same.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits fit") % most
    }
}

/// Changes a word somewhere in a file: puts some after a Chinese or English text, or another digit into a number.
fn change_a_word(bench: &Bench, file: &str, dice: &mut Dice) -> String {
    let text = bench.read(file);
    let lines: Vec<&str> = text.lines().collect();
    let at = dice.below(lines.len());
    let says = |line: &&str| {
        let value = line.split_once(": ").map_or(*line, |(_, value)| value).trim();
        value.chars().filter(|c| !c.is_ascii()).count() > 3 && !line.trim_start().starts_with('#')
    };
    let Some(place) = (at..lines.len()).chain(0..at).find(|place| says(&lines[*place])) else {
        return format!("{file}: nothing to change");
    };
    let changed = lines[place].replacen(['、', '，', '的', '市', '童'], "改", 1);
    let mut lines: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
    lines[place] = changed;
    bench.write(file, &(lines.join("\n") + "\n"));
    format!("{file}:{}", place + 1)
}

/// Changes that no word is: files that come, go and move, what is asked for, what stands above all places.
const OTHERS: &[fn(&mut Bench, usize) -> String] = &[
    |bench, turn| {
        let at = format!("fujian/fuzhou/new{turn}/place.yaml");
        let code = 350_102 + turn;
        bench
            .write(&at, &format!("name: {{zh: 新{turn}区, en: New {turn}}}\ncode: '{code}'\ntier: county\n"));
        format!("a place comes: {at}")
    },
    |bench, turn| {
        bench.newcity(&format!("新{turn}市"), "");
        "a place has another name".to_owned()
    },
    |bench, _| {
        bench.today = if bench.today == "2026-12-01" { "2027-12-03" } else { "2026-12-01" }.to_owned();
        format!("another day: {}", bench.today)
    },
    |bench, _| {
        let path = bench.path("fujian/quanzhou/migrant-children");
        let aside = bench.root.join("aside");
        if path.exists() {
            let _ = fs::remove_dir_all(&aside);
            fs::rename(&path, &aside).expect("it can be put aside");
            "a list goes".to_owned()
        } else {
            fs::rename(&aside, &path).expect("it can come back");
            "a list comes".to_owned()
        }
    },
    |bench, turn| {
        let text = bench.read(XIAMEN);
        bench.write(
            &format!("fujian/xiamen/migrant-children/2026-{turn}.yaml"),
            &text.replace("2025-", "2026-"),
        );
        "an edition comes".to_owned()
    },
    |bench, turn| {
        let out = bench.root.join("public");
        let page = out.join("zh/fujian/xiamen/index.html");
        let text = fs::read_to_string(&page).unwrap_or_default();
        fs::write(&page, text.replacen("<title>", &format!("<title>{turn}"), 1))
            .expect("a page can be spoilt");
        let _ = fs::remove_file(out.join("zh/fujian/fuzhou/index.html"));
        "pages were changed by hand".to_owned()
    },
    |bench, turn| {
        let store = bench.root.join(".public.qingdan-store");
        let text = fs::read_to_string(&store).unwrap_or_default();
        match turn % 3 {
            0 => fs::remove_file(&store).expect("it can be thrown away"),
            1 => fs::write(&store, &text[..text.len() / 2]).expect("half of it can be lost"),
            _ => fs::write(&store, text.replace(' ', "  ")).expect("it can be spoilt"),
        }
        "the store is lost".to_owned()
    },
    |bench, _| {
        bench.more = vec!["--no-search".to_owned()];
        "another request".to_owned()
    },
    |bench, turn| {
        bench.write("theme/strings/zh.yaml", &format!("skip: 跳到正文{turn}\n"));
        "the theme says something else".to_owned()
    },
    |bench, turn| {
        bench.write(
            &format!("fujian/xiamen/guides/help{turn}.zh.md"),
            &format!("# 厦门怎么办{turn}\n\n去社区。\n"),
        );
        "a guide comes".to_owned()
    },
    |bench, turn| {
        bench.newcity("新城市", &format!("counties:\n  names:\n  - {{zh: 新{turn}县, en: New {turn}}}\n  source: {{zh: 区划, en: Divisions}}\n"));
        "a county is named".to_owned()
    },
    |bench, turn| {
        bench.edit("fujian/fuzhou/migrant-children/2025.yaml", |text| {
            let line = text.lines().filter(|line| line.starts_with("  - adopts: ")).nth(turn % 20);
            let line = line.expect("it takes services over");
            text.replacen(&format!("{line}\n"), &format!("{line}\n    id: own-{turn}\n"), 1)
        });
        "a service has another id".to_owned()
    },
    |bench, _| {
        const STARTS: &str = "      - group: children-in-difficulty\n";
        const ENDS: &str = "    grades:\n";
        let aside = bench.root.join("definition");
        bench.edit("fujian/place.yaml", |text| match text.split_once(STARTS) {
            Some((before, after)) => {
                let (definition, after) = after.split_once(ENDS).expect("gradings follow");
                fs::write(&aside, definition).expect("it can be put aside");
                format!("{before}{ENDS}{after}")
            }
            None => {
                let definition = fs::read_to_string(&aside).expect("it was put aside");
                text.replacen(ENDS, &format!("{STARTS}{definition}{ENDS}"), 1)
            }
        });
        "a definition comes or goes".to_owned()
    },
    |bench, _| {
        let (one, other) = ("fujian/danger.yaml", "shanxi/danger.yaml");
        let (from, to) = if bench.path(one).exists() { (one, other) } else { (other, one) };
        fs::rename(bench.path(from), bench.path(to)).expect("a file can move");
        format!("{from} moves")
    },
];

#[test]
fn what_is_kept_is_what_would_be_made() {
    let all = std::env::var_os("QINGDAN_TEST_ALL").is_some();
    // Of three changes so many are not of a word: each of the others once, or several times.
    let (changes, others) = if all { (200, 1) } else { (20, 2) };
    let mut bench = Bench::new();
    assert!(bench.holds("as it came", true), "the catalogue that comes with the program has a site");
    let mut dice = Dice(7);
    let mut kinds = OTHERS.iter().cycle();
    let (mut made, mut refused) = (0, 0);
    for turn in 0..changes {
        let before = files::tree(&bench.path(""));
        // What is asked for otherwise is asked for once.
        bench.more.clear();
        let is_word = turn % 3 >= others;
        let what = if is_word {
            let files = texts(&bench);
            let file = &files[dice.below(files.len())];
            change_a_word(&bench, file, &mut dice)
        } else {
            kinds.next().expect("they begin again")(&mut bench, turn)
        };
        if bench.holds(&format!("change {turn}, {what}"), is_word) {
            made += 1;
            continue;
        }
        // A mistake: the last site stays, and the catalogue goes back to what it was.
        refused += 1;
        fs::remove_dir_all(bench.path("")).expect("the catalogue can be removed");
        files::write(&bench.path(""), &before);
    }
    assert!(made * 2 > changes, "of {changes} changes {made} have a site, {refused} are mistakes");
}

#[test]
fn a_site_of_which_one_list_changed_is_mostly_kept() {
    let bench = Bench::new();
    assert!(bench.build().0);
    let times = |bench: &Bench| {
        let site = bench.root.join("public/zh/fujian");
        ["xiamen", "fuzhou", "quanzhou"].map(|place| {
            let page = site.join(place).join("index.html");
            fs::metadata(page).and_then(|known| known.modified()).expect("the page is there")
        })
    };
    let (_, said) = bench.build();
    assert!(said.contains("(0 files changed, 0 removed)"), "{said}");
    let before = times(&bench);
    bench.edit(XIAMEN, |text| text.replacen("厦门", "厦门岛", 1));
    let (made, said) = bench.build();
    assert!(made, "{said}");
    let after = times(&bench);
    assert_eq!(before[1..], after[1..], "the pages of other places are the same files");
    // Nobody needs the store: without it everything is made again, and is the same.
    let site = bench.site();
    fs::remove_file(bench.root.join(".public.qingdan-store")).expect("it can be thrown away");
    let (_, said) = bench.build();
    assert!(said.contains("(0 files changed, 0 removed)"), "{said}");
    assert!(site == bench.site());
}
