//! One case for every command that writes: what stands there before, and the words of the command line.

use std::path::Path;

use crate::files::{self, Tree};
use crate::program::qingdan;

/// A command, on a desk with the catalogue `content` and the folder `out` for what it hands out.
pub struct Case {
    pub name: &'static str,
    /// Its words; names of files are relative to the desk.
    pub words: &'static str,
    /// Changes of the catalogue before it: file, old words, new words; no old words: at the end.
    changes: &'static [(&'static str, &'static str, &'static str)],
    /// Commands that come before, each followed by a change of a title, so that what they wrote is not current.
    before: &'static [&'static str],
}

const LIST: &str = "shifan/xinhe/services/2027.yaml";
const BASELINE: &str = "shifan/services/2027.yaml";
const NUMBER: (&str, &str, &str) = (BASELINE, "", "document: {number: 示民〔2027〕9号}\n");
const BOOK: &str = "export workbook shifan/xinhe/services content --out out/book.xlsx";

/// Every command that writes, and every way in which it does.
pub const CASES: &[Case] = &[
    Case {
        name: "fix",
        words: "fix content",
        changes: &[(LIST, "status: draft", "status： draft"), ("shifan/place.yaml", "tier: ", "tier：")],
        before: &[],
    },
    Case {
        name: "fmt",
        words: "fmt content",
        changes: &[("shifan/place.yaml", "", "\n\n\n"), (LIST, "status: draft", "status:   draft")],
        before: &[],
    },
    Case { name: "translated", words: "translated content", changes: &[], before: &["translated content"] },
    Case { name: "new", words: "edition new shifan/xinhe/services 2029 content", changes: &[], before: &[] },
    Case {
        name: "issue",
        words: "edition issue shifan/services/2027 content --today 2027-02-01",
        changes: &[NUMBER],
        before: &[],
    },
    Case {
        name: "correct",
        words: "edition correct shifan/services/2027 更正一处 content --today 2027-03-01",
        changes: &[NUMBER],
        before: &["edition issue shifan/services/2027 content --today 2027-02-01"],
    },
    Case {
        name: "review",
        words: "review shifan/xinhe/services content",
        changes: &[(
            LIST,
            "",
            "reviews:\n  - of: schooling/no-book-fee\n    verdict: met\n    by: 示范省民政厅\n    on: 2027-05-01\n    why: {zh: 问过, en: asked}\n",
        )],
        before: &[],
    },
    Case {
        name: "query",
        words: "query shifan/xinhe/services content --record --today 2027-06-10 -o out/letter.docx",
        changes: &[],
        before: &[],
    },
    Case {
        name: "import",
        words: "import out/book.xlsx --list shifan/xinhe/services/2031 -o content/shifan/xinhe/services/2031.yaml content",
        changes: &[],
        before: &[BOOK],
    },
    Case {
        name: "import over a draft",
        words: "import out/book.xlsx --list shifan/xinhe/services/2027 --force -o content/shifan/xinhe/services/2027.yaml content",
        changes: &[],
        before: &[BOOK],
    },
    Case {
        name: "import elsewhere",
        words: "import out/book.xlsx -o out/new/list.yaml content",
        changes: &[],
        before: &[BOOK],
    },
    Case { name: "workbook", words: BOOK, changes: &[], before: &[BOOK] },
    Case {
        name: "filing",
        words: "export filing shifan/xinhe/services/2027 content --out out/pack",
        changes: &[],
        before: &["export filing shifan/xinhe/services/2027 content --out out/pack"],
    },
    Case {
        name: "filing anew",
        words: "export filing shifan/xinhe/services/2027 content --out out/pack",
        changes: &[],
        before: &[],
    },
    Case { name: "hosting", words: "export hosting content --out out/hosting", changes: &[], before: &[] },
    Case { name: "schema", words: "schema content", changes: &[], before: &[] },
    Case { name: "schema elsewhere", words: "schema content --out out/schema", changes: &[], before: &[] },
    Case { name: "init", words: "init out/new", changes: &[], before: &[] },
    Case {
        name: "check",
        words: "check content --format html -o out/report.html",
        changes: &[],
        before: &[],
    },
    Case {
        name: "coverage",
        words: "coverage content --format xlsx -o out/coverage.xlsx",
        changes: &[],
        before: &[],
    },
    Case {
        name: "build",
        words: "build content --drafts --no-search --out out/site",
        changes: &[],
        before: &["build content --drafts --no-search --out out/site"],
    },
];

impl Case {
    /// Returns the files of the desk before the command.
    pub fn desk(&self) -> Tree {
        let temp = temporary();
        let desk = temp.path();
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/commands/catalogues/tables/moved");
        files::copy(&from, &desk.join("content"));
        std::fs::create_dir(desk.join("out")).expect("a folder");
        std::fs::write(desk.join("out/thesis.docx"), "mine").expect("a file");
        for (file, old, new) in self.changes {
            let path = desk.join("content").join(file);
            let text = std::fs::read_to_string(&path).expect("a file");
            assert!(text.contains(old), "{}: {file} has no `{old}`", self.name);
            let text = if old.is_empty() { text + new } else { text.replacen(old, new, 1) };
            std::fs::write(&path, text).expect("a file");
        }
        for words in self.before {
            let ran = qingdan(desk, &words.split(' ').collect::<Vec<_>>(), &[]);
            assert!(ran.code != 2, "{}: {words}: {}", self.name, ran.stderr);
            let path = desk.join("content").join(LIST);
            let text = std::fs::read_to_string(&path).expect("a file");
            std::fs::write(&path, text.replacen("新河市服务清单", "新河市的服务清单", 1)).expect("a file");
            if desk.join("out/site").is_dir() {
                std::fs::write(desk.join("out/site/CNAME"), "example.org").expect("a file");
            }
        }
        files::tree(desk)
    }

    /// Returns the words of the command line, with names of files on this desk.
    pub fn arguments(&self, desk: &Path) -> Vec<String> {
        let on_desk =
            |word: &str| word == "content" || word.starts_with("content/") || word.starts_with("out/");
        let words = self.words.split(' ');
        words
            .map(|word| if on_desk(word) { desk.join(word).display().to_string() } else { word.to_owned() })
            .collect()
    }
}

/// Makes a folder in memory where the system has one: thousands of flushes of a disk take minutes.
pub fn temporary() -> tempfile::TempDir {
    let memory = std::path::Path::new("/dev/shm");
    let made = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
    made.expect("there is room for temporary files")
}

/// Tells whether a file of a desk is kept by us for ourselves: former versions, the list of what was written.
pub fn is_record(name: &str) -> bool {
    name.contains(".qingdan/kept/") || name.ends_with(".qingdan-outputs")
}

/// Tells whether a file is a trace that no finished command leaves.
pub fn is_trace(name: &str) -> bool {
    name.contains("qingdan-tmp")
        || name.contains("qingdan-undo")
        || name.contains("qingdan-lock")
        || name.contains("qingdan-new")
        || name.contains("qingdan-pack")
}

/// Returns a tree without what is kept by us for ourselves.
pub fn without_records(tree: Tree) -> Tree {
    tree.into_iter().filter(|(name, _)| !is_record(name)).collect()
}
