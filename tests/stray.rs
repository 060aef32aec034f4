//! One stray file stops nothing: what lies in a catalogue and is no text is a finding that shows its name safely, in every
//! form of report, and never a hang. What nobody sees is shown as its number and sent to no terminal.
#![cfg(unix)]
#![allow(clippy::disallowed_methods, reason = "tests prepare and spoil files")]

#[path = "support/program.rs"]
mod program;

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use program::{Ran, qingdan};

/// The longest a command may take; a pipe that is opened keeps it for ever.
const PATIENCE: Duration = Duration::from_secs(120);

/// Runs `qingdan`, and ends it where it hangs.
fn run(folder: &Path, arguments: &[&str]) -> Ran {
    let mut child = Command::new(env!("CARGO_BIN_EXE_qingdan"))
        .args(arguments)
        .args(["--lang", "en"])
        .current_dir(folder)
        .stdout(fs::File::create(folder.join("stdout")).expect("the disk works"))
        .stderr(fs::File::create(folder.join("stderr")).expect("the disk works"))
        .stdin(Stdio::null())
        .spawn()
        .expect("cargo built the program");
    let started = Instant::now();
    let code = loop {
        if let Some(status) = child.try_wait().expect("it is our child") {
            break status.code().unwrap_or(-1);
        }
        if started.elapsed() > PATIENCE {
            child.kill().expect("it is our child");
            panic!("{arguments:?} hangs");
        }
        std::thread::sleep(Duration::from_millis(20));
    };
    let read = |name: &str| fs::read_to_string(folder.join(name)).expect("the program writes UTF-8");
    Ran { code, stdout: read("stdout"), stderr: read("stderr") }
}

/// Writes the demonstration to `folder`, and beside its files everything that is none.
fn demonstration(folder: &Path) -> UnixListener {
    let made = qingdan(folder, &["init", "--demo", "demo"], &[]);
    assert_eq!(made.code, 0, "{}", made.stderr);
    let demo = folder.join("demo");
    let list = demo.join("shifan/jiashi/migrant-children");
    for pipe in ["2031.yaml", "pipe"] {
        let made = Command::new("mkfifo").arg(list.join(pipe)).status().expect("there is mkfifo");
        assert!(made.success());
    }
    fs::create_dir_all(demo.join("theme")).expect("the disk works");
    let made = Command::new("mkfifo").arg(demo.join("theme/style.css")).status().expect("there is mkfifo");
    assert!(made.success());
    symlink("loop", list.join("loop")).expect("a link can be made");
    symlink("..", list.join("up.yaml")).expect("a link can be made");
    symlink("/dev/zero", demo.join("shifan/zero.yaml")).expect("a link can be made");
    for name in [
        &b"\xC7\xE5\xB5\xA5.yaml"[..],
        b"\xFF\xFE.md",
        b"a\nsite.yaml:1:1: error[QD1015]: forged\n.yaml",
        b"::error file=site.yaml::forged\r\n::error::forged.md",
        b"\x1B]0;forged\x07\x1B[2J.yaml",
        "\u{9b}2J\u{202e}lmay.yaml".as_bytes(),
    ] {
        fs::write(list.join(OsStr::from_bytes(name)), "a: 1\n").expect("a file can be written");
    }
    let folder_in_gbk = demo.join("shifan").join(OsStr::from_bytes(b"\xBC\xD7\xCA\xD0"));
    fs::create_dir(&folder_in_gbk).expect("a folder can be made");
    fs::write(folder_in_gbk.join("place.yaml"), "name: a\n").expect("a file can be written");
    UnixListener::bind(demo.join("shifan/socket")).expect("a socket can be made")
}

/// Fails if an output holds what a terminal or a page would obey.
fn assert_safe(what: &str, output: &str) {
    let sent = output.chars().find(|c| {
        c.is_control() && !matches!(c, '\n' | '\t' | '\r')
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    });
    assert_eq!(sent, None, "{what}: {output}");
    let forged =
        output.lines().find(|line| line.starts_with("site.yaml:1:1: error") || line.starts_with("::error"));
    assert_eq!(forged, None, "{what}");
}

#[test]
fn no_stray_file_stops_a_command_or_forges_a_line() {
    let folder = tempfile::tempdir().expect("the disk works");
    let _listening = demonstration(folder.path());
    let list = "shifan/jiashi/migrant-children";
    let short = run(folder.path(), &["check", "demo", "--format", "short"]);
    for (code, count) in [("QD1009", 4), ("QD1038", 7), ("QD1003", 2)] {
        let found: Vec<&str> = short.stderr.lines().filter(|line| line.contains(code)).collect();
        assert_eq!(found.len(), count, "{code}: {}", short.stderr);
    }
    assert!(short.stderr.contains("it was probably `清单.yaml`"), "{}", short.stderr);
    let commands: &[&[&str]] = &[
        &["check", "demo"],
        &["check", "demo", "--format", "short"],
        &["check", "demo", "--format", "json"],
        &["check", "demo", "--format", "sarif"],
        &["check", "demo", "--format", "github"],
        &["check", "demo", "--format", "html"],
        &["build", "demo", "--drafts", "--staff", "--out", "site"],
        &["coverage", "demo"],
        &["status", "demo"],
        &["diff", list, "demo"],
        &["translated", "demo"],
        &["fix", "demo", "--dry-run"],
        &["fmt", "demo", "--check"],
        &["schema", "demo", "--document", "edition"],
    ];
    for command in commands {
        let ran = run(folder.path(), command);
        assert!([0, 1].contains(&ran.code), "{command:?}: {} {}", ran.code, ran.stderr);
        for output in [&ran.stdout, &ran.stderr] {
            let own: String = match command.contains(&"github") {
                true => output.lines().filter(|line| !line.starts_with("::error file=demo/")).collect(),
                false => output.clone(),
            };
            assert_safe(&format!("{command:?}"), &own);
        }
    }
    // Nothing but the two links refuses a build.
    for link in ["shifan/zero.yaml", "shifan/jiashi/migrant-children/up.yaml"] {
        fs::remove_file(folder.path().join("demo").join(link)).expect("the link is there");
    }
    let built = run(folder.path(), &["build", "demo", "--drafts", "--out", "site"]);
    assert_eq!(built.code, 0, "{}", built.stderr);
}

#[test]
fn control_characters_written_as_escapes_are_refused_and_shown_as_numbers() {
    let folder = tempfile::tempdir().expect("the disk works");
    let made = qingdan(folder.path(), &["init", "--demo", "demo"], &[]);
    assert_eq!(made.code, 0, "{}", made.stderr);
    let site = folder.path().join("demo/site.yaml");
    let text = fs::read_to_string(&site).expect("the demonstration has it");
    for escape in [
        "\\x0b", "\\x01", "\\e", "\\x9b", "\\u009b", "\\u202E", "\\u2067", "\\b", "\\uFFFE", "\\uffff",
        "\\L", "\\x7f",
    ] {
        let lines = text.lines().map(|line| match line.starts_with("title:") {
            true => format!("title: {{zh: \"示范{escape}清单\", en: \"List{escape}one\"}}"),
            false => line.to_owned(),
        });
        fs::write(&site, lines.collect::<Vec<_>>().join("\n")).expect("the disk works");
        for format in ["short", "json"] {
            let ran = run(folder.path(), &["check", "demo", "--format", format]);
            let said = format!("{}{}", ran.stdout, ran.stderr);
            assert_eq!(ran.code, 1, "{escape}: {said}");
            assert!(said.contains("QD1036"), "{escape}: {said}");
            assert_safe(escape, &said);
        }
    }
    for raw in ["\u{202e}", "\u{9b}", "\u{1b}[31m", "\u{2066}"] {
        fs::write(&site, text.replace("title:", &format!("title{raw}:"))).expect("the disk works");
        for format in ["human", "short", "json", "sarif", "github", "gitlab", "html"] {
            let ran = run(folder.path(), &["check", "demo", "--format", format]);
            assert_eq!(ran.code, 1, "{raw:?}: {}", ran.stderr);
            for line in [ran.stdout, ran.stderr]
                .concat()
                .lines()
                .filter(|line| !line.starts_with("::error file=demo/"))
            {
                assert_safe(&format!("{raw:?} {format}"), line);
            }
        }
        let fixed = run(folder.path(), &["fix", "demo", "--dry-run"]);
        assert_safe("fix", &[fixed.stdout, fixed.stderr].concat());
    }
}

/// Puts a pipe, a socket or a folder at a path; the socket is open as long as what is returned lives.
fn put(kind: &str, path: &Path) -> Option<UnixListener> {
    match kind {
        "pipe" => {
            let made = Command::new("mkfifo").arg(path).status().expect("there is mkfifo");
            assert!(made.success());
            None
        }
        "socket" => Some(UnixListener::bind(path).expect("a socket can be made")),
        _ => {
            fs::create_dir(path).expect("a folder can be made");
            None
        }
    }
}

fn take_away(path: &Path) {
    let gone = if path.is_dir() { fs::remove_dir(path) } else { fs::remove_file(path) };
    gone.expect("it is there");
}

#[test]
fn locks_that_are_no_files_are_named_and_stop_the_commands_that_write_them_only() {
    let folder = tempfile::tempdir().expect("the disk works");
    let made = qingdan(folder.path(), &["init", "--demo", "demo"], &[]);
    assert_eq!(made.code, 0, "{}", made.stderr);
    let list = "shifan/jiashi/migrant-children";
    let writing: &[(&str, &[&str])] = &[
        ("translations.lock", &["translated", "demo"]),
        (
            "editions.lock",
            &["edition", "issue", &format!("{list}/2027"), "demo", "--yes", "--today", "2027-06-01"],
        ),
    ];
    for (name, command) in writing {
        let path = folder.path().join("demo").join(name);
        let before = fs::read(&path).ok();
        before.iter().for_each(|_| take_away(&path));
        for kind in ["pipe", "socket", "folder"] {
            let _open = put(kind, &path);
            let ran = run(folder.path(), command);
            let told = format!("{command:?} with a {kind}: {}", ran.stderr);
            assert!(ran.code == 2 && ran.stderr.contains(name), "{told}");
            assert!(ran.stderr.contains("is no file") || ran.stderr.contains("is a folder"), "{told}");
            let ran = run(folder.path(), &["check", "demo"]);
            assert!(ran.code < 2, "check with a {kind} for {name}: {}", ran.stderr);
            let ran = run(folder.path(), &["edition", "new", list, "2031", "demo"]);
            assert!(ran.code == 0 || ran.stderr.contains(name), "edition new with a {kind}: {}", ran.stderr);
            let _ = fs::remove_file(folder.path().join("demo").join(list).join("2031.yaml"));
            take_away(&path);
        }
        before.iter().for_each(|bytes| fs::write(&path, bytes).expect("the disk works"));
    }
}

#[test]
fn what_is_named_to_be_read_and_is_no_file_is_refused_at_once() {
    let folder = tempfile::tempdir().expect("the disk works");
    let made = qingdan(folder.path(), &["init", "--demo", "demo"], &[]);
    assert_eq!(made.code, 0, "{}", made.stderr);
    let list = "shifan/jiashi/migrant-children";
    for (kind, name) in [("pipe", "list.xlsx"), ("socket", "list.docx"), ("folder", "list.csv")] {
        let _open = put(kind, &folder.path().join(name));
        for command in [&["import", name, "demo"][..], &["verify", name]] {
            let ran = run(folder.path(), command);
            assert_eq!(ran.code, 2, "{command:?}: {}", ran.stderr);
            let is_told = ["is no file", "is a folder", "no filing pack"]
                .iter()
                .any(|words| ran.stderr.contains(words));
            assert!(is_told && ran.stderr.contains(name), "{command:?}: {}", ran.stderr);
        }
    }
    for device in ["/dev/zero", "/dev/random", "/dev/tty"] {
        let ran = run(folder.path(), &["import", device, "demo"]);
        assert!(ran.code == 2 && ran.stderr.contains(device), "{device}: {}", ran.stderr);
    }
    fs::create_dir(folder.path().join("pack")).expect("a folder can be made");
    let _open = put("pipe", &folder.path().join("pack/digests.txt"));
    let ran = run(folder.path(), &["export", "filing", list, "demo", "--out", "pack"]);
    assert!(ran.code == 2 && ran.stderr.contains("pack"), "{}", ran.stderr);
    let ran = run(folder.path(), &["verify", "pack"]);
    assert!(ran.code == 2 && ran.stderr.contains("pack"), "{}", ran.stderr);
}
