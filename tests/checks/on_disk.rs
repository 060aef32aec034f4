//! What a page cannot hold: wrong bytes, links, sizes, hostile files, time.

use std::fs;
use std::io::{Read as _, Write as _};
use std::time::{Duration, Instant};

use crate::harness::{self, Files, Found};
use qingdan::diagnostic::MOST_OF_A_KIND;

const LIST: &str = "shifan/jiashi/care/2025.yaml";

/// The longest a hostile file may take. On an idle machine each takes a fraction of a second; what these
/// tests guard against took half a minute.
const PATIENCE: Duration = Duration::from_secs(if cfg!(debug_assertions) { 20 } else { 5 });

fn with(changes: &[(&str, &str)]) -> Files {
    let mut files = harness::base();
    files.extend(changes.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())));
    files
}

/// Runs the base with `bytes` in one file.
fn with_bytes(path: &str, bytes: &[u8]) -> Found {
    let folder = harness::on_disk(&harness::base());
    fs::write(folder.path().join(path), bytes).expect("a file can be written");
    harness::run(folder.path())
}

/// Runs the base with a hostile list: one finding, at once.
fn refuse_at_once(hostile: &str, code: &str, line: usize) {
    let start = Instant::now();
    let found = with_bytes(LIST, hostile.as_bytes());
    let took = start.elapsed();
    assert_eq!(found.names(), [code], "{}", found.short());
    assert_eq!(found.lines(), [(LIST.to_owned(), line)]);
    assert!(took < PATIENCE, "took {took:?}");
}

#[test]
pub fn a_file_over_one_mebibyte_is_refused_at_once() {
    refuse_at_once(&format!("# {}\n", "长".repeat(400 * 1024)), "file-too-large", 1);
}

#[test]
fn a_file_of_exactly_one_mebibyte_is_read() {
    let list = &harness::base()[LIST];
    let filler = format!("#{}\n", " ".repeat(1024 * 1024 - list.len() - 2));
    assert_eq!(harness::run_files(&with(&[(LIST, &(filler + list))])).short(), "");
}

#[test]
pub fn a_file_in_gbk_is_refused_and_nothing_follows_from_it() {
    // “甲市” in GBK, where a list, a place and a baseline are.
    for path in
        [LIST, "shifan/jiashi/place.yaml", "shifan/care/2025.yaml", "vocabulary/areas.yaml", "site.yaml"]
    {
        let found = with_bytes(path, b"title: ok\nname: \xBC\xD7\xCA\xD0\n");
        assert_eq!(
            found.short(),
            format!("{path}:1:1: error[QD1005] 文件的编码是 GB18030/GBK（ANSI），不是 UTF-8\n")
        );
    }
    let found = with_bytes("shifan/guides/asking.en.md", b"# \xBC\xD7\n");
    assert_eq!(found.names(), ["wrong-encoding"]);
}

#[test]
fn a_file_in_utf16_is_refused_with_and_without_its_mark() {
    let text = &harness::base()[LIST];
    for text in [text.clone(), format!("\u{FEFF}{text}")] {
        for bytes in [u16::to_le_bytes, u16::to_be_bytes] {
            let utf16: Vec<u8> = text.encode_utf16().flat_map(bytes).collect();
            let short = with_bytes(LIST, &utf16).short();
            assert_eq!(
                short,
                format!("{LIST}:1:1: error[QD1005] 文件的编码是 UTF-16（Unicode），不是 UTF-8\n")
            );
        }
    }
}

#[test]
pub fn the_first_byte_that_is_not_utf8_is_shown() {
    let text = &harness::base()[LIST];
    let at = text.find("健康检查服务, en").expect("the text is there");
    let (line, column) = place(text, at);
    let pasted = [&text.as_bytes()[..at], b"\xBC\xD7\xCA\xD0", &text.as_bytes()[at..]].concat();
    for (bytes, name) in [(pasted.as_slice(), "not-utf8"), (&text.as_bytes()[..at + 1], "not-utf8")] {
        let found = with_bytes(LIST, bytes);
        assert_eq!(found.names(), [name], "{}", found.short());
        assert!(found.short().starts_with(&format!("{LIST}:{line}:{column}: ")), "{}", found.short());
        let marked = [b"\xEF\xBB\xBF", bytes].concat();
        assert_eq!(with_bytes(LIST, &marked).short(), found.short(), "a mark at the start moves nothing");
    }
}

/// Returns line and column of a byte, from 1.
fn place(text: &str, at: usize) -> (usize, usize) {
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    (text[..at].matches('\n').count() + 1, text[start..at].chars().count() + 1)
}

#[test]
pub fn a_file_with_nul_bytes_is_damaged() {
    let text = &harness::base()[LIST];
    let tail = [text.as_bytes(), &[0; 512]].concat();
    let found = with_bytes(LIST, &tail);
    assert_eq!(found.names(), ["damaged-file"]);
    assert_eq!(found.lines(), [(LIST.to_owned(), text.lines().count() + 1)]);
    let inside = text.replacen("健康检查服务", "健康\0检查服务", 1);
    assert_eq!(with_bytes(LIST, inside.as_bytes()).names(), ["damaged-file"]);
    assert_eq!(with_bytes(LIST, &[0; 4096]).names(), ["damaged-file"]);
}

#[test]
pub fn files_of_other_programs_are_named() {
    let zip = b"PK\x03\x04\x14\0\x06\0xl/workbook.xml";
    for (bytes, words) in [
        (&zip[..], "这是Excel 或 WPS 表格文件"),
        (b"PK\x03\x04\x14\0\x06\0word/document.xml", "这是Word 或 WPS 文字文件"),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "这是旧版 Word"),
        (b"{\\rtf1\\ansi}", "这是RTF 文件"),
        (b"%PDF-1.7\n%\xE2\xE3", "这是PDF 文件"),
        (b"\n<!DOCTYPE html><html><body>", "这是网页文件"),
    ] {
        let found = with_bytes(LIST, bytes);
        assert_eq!(found.names(), ["foreign-file"], "{}", found.short());
        assert!(found.short().contains(words), "{}", found.short());
    }
}

#[cfg(unix)]
#[test]
pub fn a_link_is_not_followed() {
    let folder = harness::on_disk(&harness::base());
    let secret = tempfile::NamedTempFile::new().expect("a file elsewhere");
    fs::write(secret.path(), "name: of-somebody-else\n").expect("a file can be written");
    let link = folder.path().join("shifan/care/2026.yaml");
    std::os::unix::fs::symlink(secret.path(), link).expect("a link can be made");
    let found = harness::run(folder.path());
    assert_eq!(found.short(), "shifan/care/2026.yaml:1:1: error[QD1003] 这是一个符号链接，没有读取\n");
    assert!(found.outcome.sources.iter().all(|(_, file)| !file.text.contains("of-somebody-else")));
}

/// Runs the program on a catalogue as somebody without rights, also where the tests run as somebody with all.
#[cfg(unix)]
fn checked_without_rights(folder: &std::path::Path) -> String {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;

    let set = |path: &std::path::Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode));
    let program =
        folder.parent().expect("a folder lies in one").join(format!("qingdan-{}", std::process::id()));
    let own = std::path::Path::new(env!("CARGO_BIN_EXE_qingdan"));
    set(folder, 0o755).expect("the folder is ours");
    let mut command = match fs::read_dir(folder.join("shifan/jiashi")) {
        Err(_) => std::process::Command::new(own),
        Ok(_) => {
            fs::copy(own, &program).expect("the program can be copied");
            let mut command = std::process::Command::new(&program);
            command.uid(65534);
            command
        }
    };
    let ran =
        command.args(["check", "--format", "short", "--lang", "zh"]).arg(folder).output().expect("it runs");
    let _ = fs::remove_file(program);
    String::from_utf8_lossy(&ran.stderr).into_owned()
}

#[cfg(unix)]
#[test]
pub fn a_folder_that_cannot_be_listed_is_named() {
    use std::os::unix::fs::PermissionsExt;

    let folder = harness::on_disk(&harness::base());
    let lost = folder.path().join("shifan/jiashi");
    fs::set_permissions(&lost, fs::Permissions::from_mode(0o000)).expect("the folder is ours");
    let said = checked_without_rights(folder.path());
    fs::set_permissions(&lost, fs::Permissions::from_mode(0o755)).expect("the folder is ours");
    let first = "shifan/jiashi:1:1: 错误[QD1008]: 没有权限读取这里，没有读取；建议：";
    assert!(said.lines().any(|line| line.starts_with(first)), "{said}");
}

#[cfg(unix)]
#[test]
pub fn a_socket_is_not_opened() {
    let folder = harness::on_disk(&harness::base());
    let socket = folder.path().join("shifan/care/2026.yaml");
    let listening = std::os::unix::net::UnixListener::bind(socket).expect("a socket can be made");
    let found = harness::run(folder.path());
    drop(listening);
    assert_eq!(
        found.short(),
        "shifan/care/2026.yaml:1:1: warning[QD1009] 这是管道、设备或套接字，不是文件，没有打开\n"
    );
}

#[cfg(unix)]
#[test]
pub fn names_that_cannot_be_shown_are_named() {
    use std::os::unix::ffi::OsStrExt;

    let folder = harness::on_disk(&harness::base());
    let care = folder.path().join("shifan/care");
    for name in [
        &b"\xC7\xE5\xB5\xA5.yaml"[..],
        b"a\nsite.yaml:1:1: error",
        b"\x1B[31m.md",
        "\u{202e}lmay.5".as_bytes(),
    ] {
        fs::write(care.join(std::ffi::OsStr::from_bytes(name)), "a: 1\n").expect("a file can be written");
    }
    let found = harness::run(folder.path()).short();
    let unseen = "名字里有看不见的字符；这个文件没有读取";
    assert_eq!(
        found,
        format!(
            "shifan/care/<0xC7><0xE5><0xB5><0xA5>.yaml:1:1: warning[QD1038] 名字的编码不是 UTF-8，原来大概是“清单.yaml”；这个文件没有读取\n\
             shifan/care/<U+001B>[31m.md:1:1: warning[QD1038] {unseen}\n\
             shifan/care/<U+202E>lmay.5:1:1: warning[QD1038] {unseen}\n\
             shifan/care/a<U+000A>site.yaml:1:1: error:1:1: warning[QD1038] {unseen}\n"
        )
    );
}

#[test]
pub fn a_picture_that_tells_the_device_is_named_until_it_is_reviewed() {
    let mut picture = b"\xFF\xD8\xFF\xE1\0\x2AExif\0\0MM\0*\0\0\0\x08\0\x01".to_vec();
    picture.extend([0x01, 0x0f, 0, 2, 0, 0, 0, 8, 0, 0, 0, 26, 0, 0, 0, 0]);
    picture.extend(b"Example\0\xFF\xDA\0\x02");
    let run = |site: &str| {
        let site = format!("{}{site}", harness::base()["site.yaml"]);
        let folder = harness::on_disk(&with(&[("site.yaml", &site)]));
        fs::write(folder.path().join("shifan/jiashi/IMG_0001.jpg"), &picture).expect("a file can be written");
        harness::run(folder.path())
    };
    let found = run("");
    assert_eq!(found.short(), "shifan/jiashi/IMG_0001.jpg:1:1: warning[QD3094] 这个文件里带着拍摄的设备\n");
    let help =
        found.outcome.findings.iter().next().and_then(|finding| finding.help.clone()).expect("it has help");
    let mark: String = help.en.split("the mark ").nth(1).expect("it has a mark").chars().take(6).collect();
    let review = format!(
        "\nreviewed_details: [{{mark: {mark}, by: 甲市民政局, on: 2026-11-27, why: 办事大厅的照片}}]\n"
    );
    assert_eq!(run(&review).short(), "");
}

#[cfg(unix)]
#[test]
fn a_linked_folder_is_not_followed() {
    let folder = harness::on_disk(&harness::base());
    std::os::unix::fs::symlink(folder.path(), folder.path().join("shifan/again"))
        .expect("a link can be made");
    let found = harness::run(folder.path()).short();
    assert_eq!(found, "shifan/again:1:1: error[QD1003] 这是一个符号链接，没有读取\n");
}

#[test]
fn two_hundred_thousand_brackets_are_refused_at_once() {
    refuse_at_once(&"[".repeat(200_000), "deep-nesting", 1);
    refuse_at_once(&format!("title: {}", "{a: ".repeat(50_000)), "deep-nesting", 1);
    refuse_at_once(&"- ".repeat(20_000), "deep-nesting", 1);
    let start = Instant::now();
    assert_eq!(with_bytes("translations.lock", "[".repeat(200_000).as_bytes()).names(), ["deep-nesting"]);
    assert!(start.elapsed() < PATIENCE, "took {:?}", start.elapsed());
}

#[test]
fn an_alias_bomb_is_refused_at_once_and_stays_small() {
    let (long, aliases) = ("x".repeat(100_000), "*a,".repeat(20_000));
    let bomb = format!(
        "title: {{zh: 甲, en: a}}\nstatus: draft\nnote: {{zh: &a {long}, en: a}}\nservices: [{aliases}]\n"
    );
    assert!(bomb.len() > 159_000);
    let start = Instant::now();
    let found = with_bytes(LIST, bomb.as_bytes());
    assert!(start.elapsed() < PATIENCE);
    assert!(found.names().iter().all(|name| *name == "yaml-anchor"), "{}", found.short());
    assert!(found.outcome.findings.len() <= 20, "a bomb does not fill the screen");
}

#[test]
fn a_mebibyte_of_mistakes_ends_soon() {
    let different: String = (0..100_000).map(|number| format!("k{number}: 1\n")).collect();
    // A key that is repeated is said once, of whatever length the list is; of different ones not all are kept.
    for (many, fewest) in [("甲: 1\n".repeat(100_000), 1), (different, MOST_OF_A_KIND)] {
        let start = Instant::now();
        let found = with_bytes(LIST, many.as_bytes());
        assert!(start.elapsed() < PATIENCE * 2, "took {:?}", start.elapsed());
        assert!((fewest..fewest + 20).contains(&found.outcome.findings.len()));
    }
}

#[test]
fn files_from_notepad_with_mark_and_crlf_are_read_like_others() {
    let notepad = |text: &str| format!("\u{FEFF}{}", text.replace('\n', "\r\n"));
    let mut files: Files = harness::base().into_iter().map(|(path, text)| (path, notepad(&text))).collect();
    assert_eq!(harness::run_files(&files).short(), "");
    let wrong = files[LIST].replace("status: issued", "title_zh: {zh: 甲, en: a}\r\nstatus: issue");
    files.insert(LIST.to_owned(), wrong);
    let lines: Vec<String> = harness::run_files(&files).short().lines().map(str::to_owned).collect();
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert!(lines[0].starts_with(&format!("{LIST}:4:1: error[QD2001] ")), "{lines:?}");
    assert!(lines[1].starts_with(&format!("{LIST}:5:9: error[QD2005] ")), "{lines:?}");
}

#[test]
fn columns_count_characters_after_chinese_ones() {
    let list = harness::base()[LIST]
        .replace("{zh: 健康检查服务, en: Health checks}", "{zh: 健康检查服务, en: Health checks, 注: x}");
    let found = harness::run_files(&with(&[(LIST, &list)]));
    let line = (1..).zip(list.lines()).find(|(_, line)| line.contains("注")).expect("the line was written");
    let column = line.1.chars().position(|c| c == '注').expect("it is there") + 1;
    assert!(
        found.short().starts_with(&format!("{LIST}:{}:{column}: error[QD2001]", line.0)),
        "{}",
        found.short()
    );
}

/// Freezes editions of the catalogue in `folder` as they stand.
pub(crate) fn freeze(folder: &std::path::Path, addresses: &[&str]) {
    let request = qingdan::pipeline::Request::whole(qingdan::date::Date::parse("2026-03-01").expect("a day"));
    let outcome = qingdan::pipeline::prepare(folder, &request, &|_| {}).expect("the folder can be read");
    let catalogue = outcome.catalogue.as_ref().expect("the catalogue can be used");
    let mut lock = catalogue.frozen.clone();
    for address in addresses {
        assert!(lock.freeze(catalogue, &outcome.sources, address, "2025-03-05"), "{address} is there");
    }
    fs::write(folder.join("editions.lock"), lock.to_text()).expect("a file can be written");
}

#[test]
pub(crate) fn a_frozen_edition_that_was_changed_is_named_with_its_first_line() {
    let folder = harness::on_disk(&harness::base());
    let path = folder.path().join("shifan/care/2025.yaml");
    let text = fs::read_to_string(&path).expect("the file is there");
    freeze(folder.path(), &["shifan/care/2025"]);
    assert_eq!(harness::run(folder.path()).short(), "");
    fs::write(&path, text.replace("\n", "\r\n")).expect("a file can be written");
    assert_eq!(harness::run(folder.path()).short(), "", "line ends do not count");
    fs::write(&path, format!("# 一条注释\n{text}")).expect("a file can be written");
    assert_eq!(harness::run(folder.path()).short(), "", "comments do not count");
    let line = text.lines().position(|line| line.contains("number: 1")).expect("there is a number") + 1;
    fs::write(&path, text.replace("number: 1", "number: 3")).expect("a file can be written");
    let found = harness::run(folder.path()).short();
    assert!(
        found.starts_with(&format!("shifan/care/2025.yaml:{line}:")) && found.contains("error[QD3008]"),
        "{found}"
    );
    fs::remove_file(&path).expect("the file is there");
    let found = harness::run(folder.path()).short();
    assert!(found.contains("editions.lock:3:12: error[QD3009]"), "{found}");
}

/// Answers `head` to whoever asks for a page's head, `page` to whoever asks for the page, at each path.
fn server(answers: &'static [(&'static str, u16, u16)]) -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let at = format!("http://{}", listener.local_addr().expect("it is bound"));
    std::thread::spawn(move || {
        for socket in listener.incoming() {
            let mut socket = socket.expect("a visitor");
            let mut asked = [0; 2048];
            let length = socket.read(&mut asked).unwrap_or(0);
            let asked = String::from_utf8_lossy(&asked[..length]).into_owned();
            let mut words = asked.split(' ');
            let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
            let found = answers.iter().find(|(known, ..)| *known == path);
            let status = found.map_or(404, |(_, head, page)| if method == "HEAD" { *head } else { *page });
            let _ = write!(socket, "HTTP/1.1 {status} x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        }
    });
    at
}

#[test]
pub fn an_address_that_does_not_open_is_named_where_it_stands() {
    const ANSWERS: &[(&str, u16, u16)] = &[("/good", 200, 200), ("/shy", 405, 200), ("/closed", 403, 403)];
    let at = server(ANSWERS);
    let guide = format!(
        "# 怎样打听\n\n[好]({at}/good) [怕生]({at}/shy)\n[没了]({at}/gone)，[又没了]({at}/gone)\n[不让看]({at}/closed)\n"
    );
    let folder = harness::on_disk(&with(&[("shifan/guides/asking.zh.md", &guide)]));
    let run = |more: &[&str]| {
        let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_qingdan"));
        program.arg("check").arg(folder.path()).args(["--format", "short", "--lang", "zh"]).args(more);
        let ended = program.env("no_proxy", "*").output().expect("the program starts");
        format!("{}{}", String::from_utf8_lossy(&ended.stdout), String::from_utf8_lossy(&ended.stderr))
    };
    assert!(!run(&[]).contains("QD5003"), "nothing is opened unless it is asked for");
    let said = run(&["--links"]);
    if std::process::Command::new("curl").arg("--version").output().is_err() {
        assert!(said.contains("curl"), "it says what is missing: {said}");
        return;
    }
    let found: Vec<&str> = said.lines().filter(|line| line.contains("QD5003")).collect();
    assert_eq!(found.len(), 2, "each address once, and only those that do not open: {said}");
    assert!(found[0].contains("asking.zh.md:4:") && found[0].contains("404"), "{said}");
    assert!(found[1].contains("asking.zh.md:5:") && found[1].contains("403"), "{said}");
    assert!(said.contains("试了 4 个网址，2 个能打开"), "{said}");
}
