//! Every command, in folders that are called by numbers of persons: what is printed and what is written shows none.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use crate::program::{Ran, qingdan};
use crate::{card, identity, in_letters, mobile};

/// Commands that are tried otherwise, each with the reason.
const OTHERWISE: &[(&str, &str)] = &[
    ("serve", "goes on until it is ended: `a_preview_shows_no_number_of_the_folder_it_stands_in`"),
    ("lsp", "answers to the addresses that the editor itself has said"),
];

/// A folder whose path holds a number in each writing that people have in names.
fn folder() -> String {
    let (mobile, letters, identity, card) = (mobile(), in_letters(), identity(), card());
    format!("IMG{mobile}/tell{letters}/名单G{identity}/{identity}43/wx{card}/{letters}李")
}

/// What no output may hold: the numbers, and what follows the digits that a mask leaves.
fn withheld() -> Vec<String> {
    let numbers = [mobile(), in_letters(), identity(), card()];
    numbers.iter().flat_map(|number| [number.clone(), number[3..].to_owned()]).collect()
}

/// Returns the number that an output shows, if it does.
fn shown_in(output: &str) -> Option<String> {
    let plain = anstream::adapter::strip_str(output).to_string().replace([' ', '-'], "");
    withheld().into_iter().find(|number| plain.contains(number))
}

fn assert_shows_none(what: &str, output: &str) {
    assert_eq!(shown_in(output), None, "{what}:\n{output}");
}

/// Returns the files below a folder that show a number, those packed into workbooks and documents too.
fn showing(folder: &Path) -> Vec<String> {
    let mut showing = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("the disk works").path();
        if path.is_dir() {
            showing.extend(self::showing(&path));
            continue;
        }
        let bytes = fs::read(&path).expect("the disk works");
        let texts = match zip::ZipArchive::new(std::io::Cursor::new(&bytes)) {
            Ok(mut archive) => (0..archive.len())
                .map(|at| {
                    let mut part = Vec::new();
                    let read = archive.by_index(at).and_then(|mut file| Ok(file.read_to_end(&mut part)?));
                    read.map(|_| part).expect("it is whole")
                })
                .collect(),
            Err(_) => vec![bytes],
        };
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let shows = texts.iter().any(|text| shown_in(&String::from_utf8_lossy(text)).is_some());
        if shows && !EXAMPLES.contains(&name.as_str()) {
            showing.push(name);
        }
    }
    showing
}

/// The pages of the handbook about these very kinds of finding, which have examples.
const EXAMPLES: &[&str] = &["QD1090.html", "QD3092.html"];

fn run(desk: &Path, words: &str) -> Ran {
    let here = folder();
    // `@` stands for the folder with the numbers.
    let words: Vec<String> = words.split(' ').map(|word| word.replace('@', &here)).collect();
    let ran = qingdan(desk, &words.iter().map(String::as_str).collect::<Vec<_>>(), &[]);
    assert_shows_none(&words[0], &ran.stdout);
    assert_shows_none(&words[0], &ran.stderr);
    ran
}

fn succeeds(desk: &Path, words: &str) {
    let ran = run(desk, words);
    assert_eq!(ran.code, 0, "{words}: {}", ran.stderr);
}

/// Returns the commands that `--help` names.
fn commands(desk: &Path) -> Vec<String> {
    let help = qingdan(desk, &["--help"], &[]).stdout;
    let (_, list) = help.split_once("Commands:").expect("the help lists the commands");
    let lines = list.lines().skip(1).take_while(|line| line.starts_with("  "));
    let names =
        lines.filter(|line| !line.starts_with("   ")).filter_map(|line| line.split_whitespace().next());
    names.filter(|name| *name != "help").map(str::to_owned).collect()
}

/// What is typed, `@` for the folder with the numbers, where all is well.
const GOOD: &[&str] = &[
    "check @/demo",
    "check @/demo --format github -o @/report.txt",
    "check @/demo --format sarif -o @/report.sarif",
    "build @/demo --drafts --staff --no-search --out @/site",
    "build @/demo --shard 1/1 --no-search --out @/part",
    "link @/part --out @/linked",
    "coverage @/demo --format json -o @/coverage.json",
    "status @/demo -o @/status.txt",
    "export workbook shifan/jiashi/migrant-children @/demo --out @/book.xlsx",
    "export workbook shifan/jiashi/migrant-children @/demo --out @/book.xlsx",
    "export filing shifan/jiashi/migrant-children @/demo --out @/pack",
    "export hosting @/demo --out @/hosting",
    "export data @/demo --out @/data",
    "completions bash",
    "man --out @/man",
    "import @/book.xlsx @/demo --list shifan/jiashi/migrant-children/2029 -o @/list.yaml",
    "schema @/demo",
    "schema @/demo --out @/schema",
    "translated @/demo",
    "review shifan/jiashi/migrant-children @/demo",
    "query shifan/yishi/migrant-children/2027 @/demo -o @/letter.docx",
    "edition new shifan/jiashi/migrant-children 2031 @/demo",
    "handbook --out @/handbook",
    "handbook --whole --out @/published",
    "lsp --vsix @/qingdan.vsix",
    "verify @/pack",
    "diff shifan/jiashi/migrant-children/2027 @/demo -o @/diff.txt",
];

/// The same where something is wrong: with the words, with the disk, with the catalogue.
const BAD: &[&str] = &[
    "init --demo @/demo",
    "init @/book.xlsx/new",
    "check @/none",
    "check @/demo --only @",
    "check @/demo --today @",
    "check @/demo -o @/demo/report.txt",
    "check @/demo -o @/foreign.txt",
    "check @/demo -o @",
    "check @/demo --format @",
    "build @/demo --out @",
    "build @/demo --out @/demo/site",
    "build @/demo --out @/foreign",
    "build @/demo --base-url https://example.org/@ --out @/other",
    "build @/demo --only @ --out @/other",
    "build @/demo --shard @ --out @/other",
    "link @ --out @/other",
    "link @/part @/site @/none --out @/other",
    "link @/part --out @/foreign",
    "coverage @ @/demo",
    "coverage @/demo --against @",
    "diff @ @/demo",
    "status @ @/demo",
    "query @ @/demo",
    "query shifan/yishi/migrant-children/2027 @/demo --about @",
    "query shifan/yishi/migrant-children/2027 @/demo --due @",
    "query shifan/yishi/migrant-children/2027 @/demo -o @/foreign.txt",
    "review @ @/demo",
    "edition new @ 2033 @/demo",
    "edition new shifan/jiashi/migrant-children @ @/demo",
    "edition issue @ @/demo",
    "edition correct shifan/jiashi/migrant-children/2027 @ @/demo",
    "export filing @ @/demo",
    "export filing shifan/jiashi/migrant-children @/demo --out @/foreign",
    "export workbook @ @/demo",
    "export workbook shifan/jiashi/migrant-children @/demo --out @/foreign.txt",
    "export hosting @/demo --site /srv/@ --out @/hosting2",
    "export @ @/demo",
    "import @/foreign.txt @/demo",
    "import @/none.xlsx @/demo",
    "import @/book.xlsx @/demo -o @/foreign.txt",
    "import @/book.xlsx @/demo -o @/demo/site.yaml",
    "import @/book.xlsx @/demo --list @",
    "schema @/demo --out @/demo/vocabulary",
    "schema @/none",
    "explain @",
    "handbook --out @/foreign",
    "verify @/foreign",
    "verify @/foreign.txt",
    "verify @/pack",
    "translated @/none",
    "fmt @/demo @/none.yaml",
    "fix @/demo @/none.yaml",
    "lsp @",
    "serve @/none",
    "serve @/demo --host @",
    "serve @/demo --port @",
    "@",
];

#[test]
fn no_command_shows_a_number_of_the_folders_it_works_in() {
    let temp = tempfile::tempdir().expect("the disk works");
    let desk = temp.path();
    let here = desk.join(folder());
    fs::create_dir_all(&here).expect("the disk works");
    succeeds(desk, "init @/plain");
    succeeds(desk, "init --demo @/demo");
    fs::create_dir(here.join("foreign")).expect("the disk works");
    fs::write(here.join("foreign/thesis.txt"), "mine").expect("the disk works");
    fs::write(here.join("foreign.txt"), "mine").expect("the disk works");
    for words in GOOD {
        let ran = run(desk, words);
        assert!(ran.code < 2, "{words}: {}", ran.stderr);
    }
    let place = here.join("demo/shifan/jiashi/place.yaml");
    let text = fs::read_to_string(&place).expect("the demonstration has it");
    fs::write(&place, text.replacen("tier: ", "tier：", 1)).expect("the disk works");
    for words in
        ["check @/demo", "check @/demo --format html", "check @/demo --format short", "fix @/demo --dry-run"]
    {
        run(desk, words);
    }
    for format in ["github", "sarif", "json"] {
        assert_eq!(run(desk, &format!("check @/demo --format {format}")).code, 1, "{format}");
    }
    succeeds(desk, "fix @/demo");
    fs::write(&place, format!("{text}\n\n\n")).expect("the disk works");
    succeeds(desk, "fmt @/demo");
    assert_eq!(showing(desk), [""; 0], "after what went well");
    // Somebody put a file with a name of that kind into the pack.
    fs::write(here.join("pack").join(format!("IMG{}.jpg", mobile())), "x").expect("the disk works");
    for words in BAD {
        let ran = run(desk, &format!("--lang zh {words}"));
        assert_ne!(ran.code, 0, "{words}: {}", ran.stderr);
    }
    assert_eq!(showing(desk), [""; 0], "after what went wrong");
    for name in commands(desk) {
        let tried = GOOD.iter().chain(BAD).chain(&["fix @", "fmt @"]).any(|words| words.starts_with(&name));
        let otherwise = OTHERWISE.iter().any(|(known, _)| *known == name);
        assert!(tried || otherwise, "`{name}` is not tried");
    }
}

#[test]
fn a_preview_shows_no_number_of_the_folder_it_stands_in() {
    let temp = tempfile::tempdir().expect("the disk works");
    let here = temp.path().join(folder());
    fs::create_dir_all(&here).expect("the disk works");
    succeeds(temp.path(), "init --demo @/demo");
    let place = here.join("demo/shifan/jiashi/place.yaml");
    let text = fs::read_to_string(&place).expect("the demonstration has it");
    fs::write(&place, text.replacen("tier: ", "tier：", 1)).expect("the disk works");
    let mut child = Command::new(env!("CARGO_BIN_EXE_qingdan"))
        .args(["serve", &format!("{}/demo", folder()), "--port", "0", "--lang", "en"])
        .current_dir(temp.path())
        .stderr(Stdio::piped())
        .spawn()
        .expect("cargo built the program");
    let mut said = BufReader::new(child.stderr.take().expect("it is piped"));
    let mut line = String::new();
    let at: String = loop {
        line.clear();
        assert_ne!(said.read_line(&mut line).expect("it speaks"), 0, "the preview ended");
        assert_shows_none("serve", &line);
        if let Some((_, rest)) = line.split_once("http://") {
            break rest.split('/').next().unwrap_or_default().to_owned();
        }
    };
    for target in ["/_qingdan/findings.html", "/zh/", &format!("/zh/IMG{}/", mobile())] {
        let mut stream = std::net::TcpStream::connect(&at).expect("it listens");
        write!(stream, "GET {target} HTTP/1.1\r\nHost: localhost\r\n\r\n").expect("it reads");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("it answers in UTF-8");
        assert!(answer.contains("QD"), "{target}: {answer}");
        // Where the reader is led is the address that was asked for.
        let page = answer.lines().filter(|line| !line.starts_with("Location:")).collect::<String>();
        assert_shows_none(target, &page);
    }
    let gone = fs::rename(here.join("demo"), here.join("moved"));
    gone.expect("the disk works");
    line.clear();
    while !line.contains("gone") {
        line.clear();
        assert_ne!(said.read_line(&mut line).expect("it speaks"), 0, "the preview ended");
        assert_shows_none("serve", &line);
    }
    let _ = child.kill();
    let _ = child.wait();
}
