//! A site made in parts, on several machines, is the site that one machine makes: byte for byte, however many parts there are.
#![allow(clippy::disallowed_methods, reason = "tests prepare and spoil files")]

#[path = "bench/catalogue.rs"]
#[allow(dead_code, reason = "nothing is changed here")]
mod catalogue;
#[path = "support/files.rs"]
mod files;
#[path = "support/program.rs"]
mod program;
#[path = "bench/size.rs"]
#[allow(dead_code, reason = "the size is fixed")]
mod size;

use std::fs;
use std::path::{Path, PathBuf};

use program::{Ran, qingdan};
use size::Size;
use tempfile::TempDir;

const TODAY: &[&str] = &["--today", "2026-11-30"];

/// A catalogue of two provinces with some prefectures, and room for sites.
struct Bench {
    _temp: TempDir,
    root: PathBuf,
}

impl Bench {
    fn new() -> Self {
        let temp = tempfile::tempdir().expect("there is room for temporary files");
        let root = temp.path().canonicalize().expect("the folder was just made");
        let size = Size { provinces: 2, prefectures: 3, services: 1, repetitions: 1, keep: false };
        let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
        catalogue::write(&content, &root.join("catalogue"), &size).expect("the catalogue can be written");
        Self { _temp: temp, root }
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        qingdan(&self.root, arguments, &[])
    }

    /// Runs what has to work.
    fn works(&self, arguments: &[&str]) {
        let ran = self.run(arguments);
        assert_eq!(ran.code, 0, "{arguments:?}: {}", ran.stderr);
    }

    /// Builds the site, or a part of it, into `out`.
    fn build(&self, out: &str, more: &[&str]) {
        self.works(&[&["build", "catalogue", "--staff", "--out", out], more].concat());
    }

    /// Makes all of `count` parts; returns their folders.
    fn parts(&self, count: usize) -> Vec<String> {
        let part = |number: usize| {
            let out = format!("part-{number}-of-{count}");
            self.build(&out, &[TODAY, &["--shard", &format!("{number}/{count}")]].concat());
            out
        };
        (1..=count).map(part).collect()
    }

    fn link(&self, parts: &[String], out: &str) -> Ran {
        let parts = parts.iter().map(String::as_str);
        self.run(&["link"].into_iter().chain(parts).chain(["--out", out]).collect::<Vec<_>>())
    }

    fn site(&self, out: &str) -> files::Tree {
        files::tree(&self.root.join(out))
    }
}

#[test]
fn parts_put_together_are_the_site_byte_for_byte() {
    let bench = Bench::new();
    bench.build("whole", TODAY);
    let whole = bench.site("whole");
    for count in [1, 2, 5] {
        let mut parts = bench.parts(count);
        // In another order, and one of them made a second time.
        parts.rotate_left(count / 2);
        bench.build(&parts[0], &[TODAY, &["--shard", &format!("{}/{count}", count / 2 + 1)]].concat());
        let out = format!("linked-{count}");
        let ran = bench.link(&parts, &out);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        let linked = bench.site(&out);
        assert_eq!(linked.keys().collect::<Vec<_>>(), whole.keys().collect::<Vec<_>>());
        for (name, bytes) in &whole {
            assert!(*bytes == linked[name], "{name} differs, of {count} parts");
        }
        // Each makes its own: mark and manifest stand in every part, all else in one.
        let made: Vec<usize> = parts.iter().map(|part| bench.site(part).len() - 2).collect();
        assert!(made.iter().all(|files| *files > 0), "{made:?}");
        assert_eq!(made.iter().sum::<usize>(), whole.len() - 1, "{made:?}");
    }
}

#[test]
fn parts_that_do_not_fit_are_refused_and_the_site_stays() {
    let bench = Bench::new();
    let parts = bench.parts(2);
    let ran = bench.link(&parts, "site");
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let before = bench.site("site");
    let refused = |parts: &[&str], says: &str| {
        let ran = bench.link(&parts.iter().map(|part| (*part).to_owned()).collect::<Vec<_>>(), "site");
        assert_eq!(ran.code, 2, "{}", ran.stderr);
        assert!(ran.stderr.contains(says), "{says:?} is not in {}", ran.stderr);
        assert!(bench.site("site") == before, "the site stays");
    };
    let [one, two] = [parts[0].as_str(), parts[1].as_str()];
    refused(&[one], "missing: 2/2");
    refused(&[one, one, two], "are both part 1/2");
    refused(&[one, two, "catalogue"], "no part of a site");
    bench.build("later", &["--shard", "2/2", "--today", "2026-12-01"]);
    refused(&[one, "later"], "are not of one site");
    let list = bench.root.join("catalogue/site.yaml");
    let text = fs::read_to_string(&list).expect("it has one");
    fs::write(&list, format!("{text}\n# 改过\n")).expect("it can be changed");
    bench.build("changed", &[TODAY, &["--shard", "2/2"]].concat());
    refused(&[one, "changed"], "are not of one site");
    fs::write(bench.root.join(two).join(".qingdan-part"), "{").expect("it can be spoilt");
    refused(&[one, two], "cannot be read");
    let ran = bench.run(&["build", "catalogue", "--shard", "3/2"]);
    assert_eq!(ran.code, 2, "{}", ran.stderr);
}
