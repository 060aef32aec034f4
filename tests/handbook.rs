//! The handbook: what a chapter says to write is written, what it says to type is typed, and what it says the
//! program answers is compared, so that it cannot go stale. And nothing is left out of it in either language.
//!
//! Times, sizes and the port are masked; a line `…` stands for any lines. `UPDATE_EXPECT=1 cargo test --test
//! handbook` writes the answers anew where a block has no `…`.
#![allow(clippy::disallowed_methods, reason = "tests prepare and spoil files")]

#[path = "support/files.rs"]
mod files;
#[path = "support/program.rs"]
mod program;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use qingdan::check;
use qingdan::diagnostic::UiLang;
use qingdan::handbook::chapter::{ChapterLine, names};
use qingdan::handbook::{Chapter, ChapterPart, Handbook, LANGUAGES, explained};
use qingdan::render::ToolPages;
use qingdan::schema::tables::DOCUMENTS;
use rayon::prelude::*;

fn code(lang: UiLang) -> &'static str {
    match lang {
        UiLang::Zh => "zh",
        UiLang::En => "en",
    }
}

/// Returns the words of a command line; one in double quotes may hold blanks.
fn words_of(typed: &str) -> Vec<&str> {
    let parts = typed.split('"').enumerate();
    let words = parts.flat_map(|(at, part)| match at % 2 {
        1 => vec![part],
        _ => part.split(' ').filter(|word| !word.is_empty()).collect(),
    });
    words.collect()
}

/// A reader who does what a chapter says, in an empty folder.
struct Reader {
    folder: PathBuf,
    lang: UiLang,
    /// What the last block about a file said.
    said: BTreeMap<String, String>,
    complaints: Vec<String>,
    /// Old and new answers.
    answers: Vec<(String, String)>,
}

impl Reader {
    fn read(&mut self, part: &ChapterPart) {
        match part {
            ChapterPart::Prose { .. } | ChapterPart::Section { .. } | ChapterPart::Figure { .. } => {}
            ChapterPart::File { path, text } => {
                self.said.remove(path);
                let path = self.folder.join(path);
                fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("there is room");
                fs::write(&path, text).expect("there is room");
            }
            ChapterPart::Before { path, text } | ChapterPart::After { path, text } => {
                self.exchange(path, text);
            }
            ChapterPart::Wrong { text } => self.snippet(text, false),
            ChapterPart::Right { text } => self.snippet(text, true),
            ChapterPart::Console { lines } => self.console(lines),
        }
    }

    /// Takes a block that the file says already as what is to change, and puts any other in its place.
    fn exchange(&mut self, path: &str, text: &str) {
        let file = self.folder.join(path);
        let now = fs::read_to_string(&file).unwrap_or_default();
        let old = self.said.insert(path.to_owned(), text.to_owned());
        if now.contains(text) {
            return;
        }
        match old.filter(|old| now.contains(old)) {
            Some(old) => fs::write(&file, now.replacen(&old, text, 1)).expect("there is room"),
            None => self.complaints.push(format!("{path} does not say\n{text}")),
        }
    }

    /// Holds a few fields of a service against what the check says of them.
    fn snippet(&mut self, text: &str, is_right: bool) {
        let ran = check_service(text, self.lang);
        if is_right != (ran.code == 0 && !ran.stdout.contains("[QD") && !ran.stderr.contains("[QD")) {
            self.complaints.push(format!("right: {is_right}, but\n{text}{}{}", ran.stdout, ran.stderr));
        }
    }

    fn console(&mut self, lines: &[ChapterLine]) {
        let mut rest = lines.iter().peekable();
        while let Some(line) = rest.next() {
            if !line.typed {
                self.complaints.push(format!("`{}` answers nothing", line.text));
                continue;
            }
            let mut said = String::new();
            while let Some(line) = rest.next_if(|line| !line.typed) {
                said.push_str(&line.text);
                said.push('\n');
            }
            let answer = self.answer(&line.text);
            if !agree(&masked(&said), &masked(&answer)) {
                let typed = &line.text;
                self.complaints.push(format!("> {typed}\n-- the handbook:\n{said}-- the program:\n{answer}"));
                let new = if said.contains('…') { &said } else { &answer };
                self.answers.push((format!("> {typed}\n{said}"), format!("> {typed}\n{new}")));
            } else {
                let block = format!("> {}\n{said}", line.text);
                self.answers.push((block.clone(), block));
            }
        }
    }

    fn answer(&self, typed: &str) -> String {
        let words = words_of(typed);
        assert_eq!(words[0], "qingdan", "{typed}");
        if words[1] == "serve" {
            return self.serve(&words[1..]);
        }
        let ran = program::qingdan(&self.folder, &words[1..], &[("QINGDAN_LANG", code(self.lang))]);
        let text = ran.stdout + &ran.stderr;
        let lines = text.lines().map(|line| line.trim_end().to_owned() + "\n");
        lines.collect::<String>().replace(&format!("{}/", self.folder.display()), "")
    }

    /// Starts the preview and stops it once it says where it can be seen.
    fn serve(&self, words: &[&str]) -> String {
        let mut child = Command::new(env!("CARGO_BIN_EXE_qingdan"))
            .args(words)
            .args(["--port", "0"])
            .current_dir(&self.folder)
            .env("QINGDAN_LANG", code(self.lang))
            .stderr(Stdio::piped())
            .spawn()
            .expect("cargo built the program");
        let said = BufReader::new(child.stderr.take().expect("it was asked for"));
        let mut text = String::new();
        for line in said.lines().map_while(Result::ok) {
            text.push_str(&(line.clone() + "\n"));
            if line.contains("http://") {
                break;
            }
        }
        let _ = child.kill();
        let _ = child.wait();
        text
    }
}

/// Runs the check on a catalogue whose one service has the fields of `text` instead of its own.
fn check_service(text: &str, lang: UiLang) -> program::Ran {
    let temp = tempfile::tempdir().expect("there is room");
    program::qingdan(temp.path(), &["init", "c"], &[]);
    let list = temp.path().join("c/province/migrant-children/2027.yaml");
    let fields = [
        ("编号", "id", "health-check"),
        ("序号", "number", "1"),
        ("领域", "area", "health"),
        ("服务项目", "title", "{zh: 检查, en: Checks}"),
        ("服务对象", "audience", "{原文: {zh: 流动儿童, en: Children}}"),
        ("服务内容", "content", "{zh: 暑假免费看护, en: x}"),
        ("责任部门", "departments", "[health]"),
    ];
    let top = |line: &str| !line.starts_with([' ', '-', '#']);
    let keys: BTreeSet<&str> = text
        .lines()
        .filter(|line| top(line))
        .filter_map(|line| line.split([':', '：', ' ']).next())
        .collect();
    let mut service = String::new();
    for (zh, en, value) in fields.iter().filter(|(zh, en, _)| !keys.contains(zh) && !keys.contains(en)) {
        let key = if lang == UiLang::Zh { zh } else { en };
        service.push_str(&format!("{key}: {value}\n"));
    }
    service.push_str(text);
    service.push_str(
        "provisions:\n  - id: a\n    quote: 暑假免费看护\n    plain: {zh: 看护。, en: Care.}\n    kind: service\n    strength: must\n    access: residence\n",
    );
    let indented: String = service.lines().map(|line| format!("    {line}\n")).collect();
    let start = "title: {zh: 某省清单, en: x}\nstatus: draft\nservices:\n";
    fs::write(&list, format!("{start}  -\n{indented}")).expect("there is room");
    let site = temp.path().join("c/site.yaml");
    let only_chinese: String = fs::read_to_string(&site)
        .expect("it is there")
        .lines()
        .filter(|line| !line.contains("code: en"))
        .map(|line| line.to_owned() + "\n")
        .collect();
    fs::write(&site, only_chinese).expect("there is room");
    program::qingdan(temp.path(), &["check", "c"], &[("QINGDAN_LANG", code(lang))])
}

/// Replaces what differs from run to run, or with every letter of a file: the port, times, sizes, counts of files, seals.
fn masked(text: &str) -> String {
    let digits = |text: &str| text.chars().filter(|c| !(c.is_ascii_digit() || *c == '.')).collect::<String>();
    let line = |line: &str| {
        let mut words: Vec<String> = line.split(' ').map(str::to_owned).collect();
        for at in 1..words.len() {
            if ["ms", "s", "kB", "MB"].iter().any(|unit| {
                words[at].trim_end_matches(|c: char| !c.is_ascii_alphanumeric()) == *unit
                    || words[at].starts_with(&format!("{unit}，"))
                    || words[at].starts_with(&format!("{unit}（"))
            }) {
                words[at - 1] = digits(&words[at - 1]);
                for unit in ["ms", "kB", "MB"] {
                    words[at] = words[at].replace(unit, "s");
                }
            }
        }
        // Every kind of finding is a page of the handbook, and there are more of them every year.
        for at in 1..words.len() {
            if words[at].starts_with("个文件") || words[at].starts_with("files") {
                words[at - 1] = digits(&words[at - 1]);
            }
        }
        let is_seal = |word: &str| word.len() > 12 && word[..12].chars().all(|c| c.is_ascii_hexdigit());
        words
            .iter_mut()
            .filter(|word| word.is_char_boundary(12.min(word.len())) && is_seal(word))
            .for_each(|word| *word = "…".to_owned());
        let line = words.join(" ");
        match line.split_once("127.0.0.1:") {
            Some((start, rest)) => {
                format!("{start}127.0.0.1:{}", rest.trim_start_matches(|c: char| c.is_ascii_digit()))
            }
            None => line,
        }
    };
    text.lines().map(|text| line(text) + "\n").collect()
}

/// Tells whether an answer is what was said, where `…` stands for any lines.
fn agree(said: &str, answer: &str) -> bool {
    let (said, answer): (Vec<&str>, Vec<&str>) = (said.lines().collect(), answer.lines().collect());
    match said.iter().position(|line| line.trim() == "…") {
        None => said == answer,
        Some(at) => {
            let (start, end) = (&said[..at], &said[at + 1..]);
            answer.starts_with(start)
                && (0..=answer.len() - start.len())
                    .any(|skip| agree(&end.join("\n"), &answer[start.len() + skip..].join("\n")))
        }
    }
}

#[test]
fn whoever_does_what_a_chapter_says_sees_what_it_says() {
    let chapters: Vec<(usize, UiLang)> =
        (0..names().len()).flat_map(|at| LANGUAGES.map(|lang| (at, lang))).collect();
    let read = |(at, lang): (usize, UiLang)| {
        let temp = tempfile::tempdir().expect("there is room");
        let folder = temp.path().canonicalize().expect("it was just made");
        let mut reader =
            Reader { folder, lang, said: BTreeMap::new(), complaints: Vec::new(), answers: Vec::new() };
        for part in Chapter::at(at, lang).parts(&|_| None) {
            reader.read(&part);
        }
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            update(at, lang, &reader.answers);
        }
        let said = reader.complaints.iter().map(|text| format!("{}.{}:\n{text}\n", names()[at], code(lang)));
        said.collect::<String>()
    };
    let complaints: String = chapters.into_par_iter().map(read).collect();
    assert!(complaints.is_empty(), "\n{complaints}");
}

fn update(at: usize, lang: UiLang, answers: &[(String, String)]) {
    let end = format!("-{}.{}.md", names()[at], code(lang));
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/site/handbook");
    let mut entries = fs::read_dir(&folder).expect("it is there").filter_map(Result::ok);
    let Some(entry) = entries.find(|entry| entry.file_name().to_string_lossy().ends_with(&end)) else {
        return;
    };
    let text = fs::read_to_string(entry.path()).expect("it is text");
    let (mut rest, mut written) = (text.as_str(), String::new());
    for (old, new) in answers {
        let (before, after) = rest.split_once(old.as_str()).expect("blocks are met in order");
        written.push_str(before);
        written.push_str(new);
        rest = after;
    }
    let text = written + rest;
    fs::write(entry.path(), text).expect("it can be written");
}

#[test]
fn every_chapter_is_there_in_each_language_and_its_links_lead_somewhere() {
    let folder = files::tree(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/site/handbook"));
    let chapters: Vec<&String> = folder.keys().filter(|name| name.ends_with(".md")).collect();
    assert_eq!(chapters.len(), names().len() * LANGUAGES.len(), "{chapters:?}");
    for (at, name) in names().iter().enumerate() {
        for lang in LANGUAGES {
            let chapter = Chapter::at(at, lang);
            assert!(!chapter.title.is_empty() && !chapter.lead.is_empty(), "{name} {lang:?}");
            // The contents show it as it is.
            assert!(!chapter.lead.contains("]("), "{name} {lang:?}: a link in the first paragraph");
        }
    }
    for name in chapters {
        let text = String::from_utf8_lossy(&folder[name]).into_owned();
        for link in text.split("](/").skip(1).filter_map(|rest| rest.split(')').next()) {
            let is_code = check::page(link).is_some();
            let is_document = DOCUMENTS.iter().any(|(path, _)| path.ends_with(&format!("{link}.yaml")));
            let known = ["fields", "findings", "list", "form"].contains(&link)
                || names().iter().any(|name| name == link);
            assert!(is_code || is_document || known, "{name}: /{link}");
        }
        for block in text.lines().filter_map(|line| line.strip_prefix("```")).filter(|head| !head.is_empty())
        {
            let kind = block.split(' ').next().unwrap_or_default();
            assert!(
                ["file", "wrong", "right", "before", "after", "console", "figure", "standards"]
                    .contains(&kind),
                "{name}: {block}"
            );
            if let Some(picture) = block.strip_prefix("figure ") {
                assert!(folder.contains_key(&format!("pictures/{picture}")), "{name}: {picture}");
            }
        }
    }
}

#[test]
fn every_code_has_a_page_with_all_sections_in_each_language() {
    for code in check::CODES.iter().flat_map(|stage| stage.iter()) {
        for lang in LANGUAGES {
            let page = explained(code, lang).unwrap_or_else(|| panic!("{} has no page", code.id));
            assert_eq!(page.sections.len(), 5, "{}", code.id);
            for section in page.sections {
                assert!(
                    !section.title.is_empty() && !section.bits.is_empty(),
                    "{} {lang:?} {}",
                    code.id,
                    section.title
                );
            }
        }
    }
}

#[test]
fn every_page_is_made_in_each_language() {
    let handbook = Handbook::new(std::sync::Arc::new(ToolPages::new()));
    let files: BTreeSet<String> =
        handbook.files().into_iter().map(|(route, _)| route.as_str().to_owned()).collect();
    let codes = check::CODES.iter().flat_map(|stage| stage.iter()).map(|code| code.id.to_owned());
    let all = codes.chain(names_of_documents()).chain(names());
    for name in all.chain(["index", "booklet", "fields", "findings"].map(str::to_owned)) {
        for lang in LANGUAGES {
            assert!(files.contains(&format!("{}/{name}.html", code(lang))), "{name} {lang:?}");
        }
    }
    for name in &files {
        assert!(handbook.at(name, None).is_some(), "{name}");
    }
    assert!(handbook.at("zh/nothing.html", None).is_none());
}

fn names_of_documents() -> impl Iterator<Item = String> {
    DOCUMENTS.iter().map(|(path, _)| match *path {
        "<list>/<edition>.yaml" => "list".to_owned(),
        "forms/<name>.yaml" => "form".to_owned(),
        path => path.trim_end_matches(".yaml").rsplit('/').next().unwrap_or(path).to_owned(),
    })
}

#[test]
fn all_that_is_published_has_the_same_bytes_again_and_keeps_the_files_of_others() {
    let temp = tempfile::tempdir().expect("there is room");
    let publish = |words: &[&str]| {
        let ran = program::qingdan(temp.path(), &[&["handbook", "--whole"], words].concat(), &[]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        files::tree(&temp.path().join("out"))
    };
    let first = publish(&["--out", "out"]);
    for name in [
        "index.html",
        "index.en.html",
        "zh/all.html",
        "en/api.html",
        "zh/changes.html",
        "demo/zh/staff/index.html",
    ] {
        assert!(first.contains_key(name), "{name}");
    }
    assert!(!first.keys().any(|name| name.ends_with("404.html")), "its links start at the root of a server");
    fs::write(temp.path().join("out/CNAME"), "lists.example.org\n").expect("there is room");
    let mut again = publish(&["--out", "out"]);
    assert_eq!(again.remove("CNAME").as_deref(), Some(&b"lists.example.org\n"[..]));
    assert!(again == first, "the same bytes");
    // Another day is another demonstration, and nothing else.
    let mut later = publish(&["--out", "out", "--today", "2027-06-11"]);
    later.remove("CNAME");
    let changed = later.iter().filter(|(name, bytes)| first.get(*name) != Some(bytes));
    let changed: Vec<&String> = changed
        .map(|(name, _)| name)
        .filter(|name| !name.starts_with("demo/") && !name.starts_with('.'))
        .collect();
    assert_eq!(changed, ["index.en.html", "index.html"]);
    assert_eq!(program::qingdan(temp.path(), &["handbook", "--today", "2027-06-11"], &[]).code, 2);
}
