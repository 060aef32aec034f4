//! What was lost once, and is not any more.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use crate::files;
use crate::program::qingdan;

fn desk() -> tempfile::TempDir {
    let temp = tempfile::tempdir().expect("there is room for temporary files");
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/commands/catalogues");
    files::copy(&from.join("tables/moved"), &temp.path().join("content"));
    files::copy(&from.join("good"), &temp.path().join("good"));
    temp
}

fn run(desk: &Path, words: &str, code: i32) -> String {
    let ran = qingdan(desk, &words.split(' ').collect::<Vec<_>>(), &[]);
    assert_eq!(ran.code, code, "{words}: {}", ran.stderr);
    ran.stderr
}

#[test]
fn a_workbook_that_was_filled_in_is_not_written_over() {
    let temp = desk();
    let (desk, book) = (temp.path(), temp.path().join("shifan-xinhe-services.xlsx"));
    run(desk, "export workbook shifan/xinhe/services", 0);
    run(desk, "export workbook shifan/xinhe/services", 0);
    let whole = fs::read(&book).expect("a workbook");
    fs::write(&book, "filled in for three days").expect("a file");
    assert!(run(desk, "export workbook shifan/xinhe/services", 2).contains("--force"));
    assert_eq!(fs::read(&book).expect("a file"), b"filled in for three days");
    assert!(
        run(desk, "export workbook shifan/xinhe/services --force", 0).contains("xinhe-services.原件.xlsx")
    );
    assert_eq!(fs::read(&book).expect("a workbook"), whole);
    let kept = fs::read(desk.join("shifan-xinhe-services.原件.xlsx")).expect("kept");
    assert_eq!(kept, b"filled in for three days");
}

#[test]
fn a_schema_that_was_changed_is_not_written_over() {
    let temp = desk();
    let desk = temp.path();
    let schema = desk.join("content/.qingdan/schema/edition.json");
    run(desk, "schema content --keys zh", 0);
    run(desk, "schema content --keys en", 0);
    let ours = fs::read(&schema).expect("a schema");
    fs::write(&schema, "{\"changed\": \"for our own editor\"}").expect("a file");
    assert!(run(desk, "schema content", 2).contains("--force"));
    assert_eq!(fs::read(&schema).expect("a file"), b"{\"changed\": \"for our own editor\"}");
    assert!(run(desk, "schema content --force", 0).contains("edition.原件.json"));
    assert_eq!(fs::read(&schema).expect("a schema"), ours);
    let kept = fs::read(schema.with_file_name("edition.原件.json")).expect("kept");
    assert_eq!(kept, b"{\"changed\": \"for our own editor\"}");
    run(desk, "init new", 0);
    run(desk, "schema new --keys both", 0);
}

#[test]
fn no_report_is_written_into_a_catalogue() {
    let temp = desk();
    let desk = temp.path();
    std::os::unix::fs::symlink("content/site.yaml", desk.join("link.yaml")).expect("a link");
    std::os::unix::fs::symlink("content", desk.join("目录")).expect("a link");
    fs::hard_link(desk.join("content/shifan/place.yaml"), desk.join("hard.yaml")).expect("a link");
    let names = || fs::read_dir(desk).expect("readable").count();
    let state = || (files::tree(&desk.join("content")), files::tree(&desk.join("good")), names());
    let before = state();
    for words in [
        "check content -o content/site.yaml",
        "check content -o content/report.txt",
        "check content --force -o content/shifan/place.yaml",
        "check content --force -o link.yaml",
        "check content --force -o 目录/shifan/new.txt",
        "check content -o hard.yaml",
        "check content -o good/site.yaml",
        "coverage content --format csv -o content/SITE.yaml",
        "diff shifan/services/2025 shifan/services/2027 content -o content/shifan/diff.txt",
        "status content -o content/editions.lock",
        "export workbook shifan/xinhe/services content --out content/shifan/xinhe/book.xlsx",
        "export hosting content --out content/shifan",
        "export filing shifan/services/2027 content --out content",
        "query shifan/xinhe/services content -o content/letter.docx",
        "schema content --out content/vocabulary",
        "import content/site.yaml content --force -o content/site.yaml",
        "build content --out content/public",
        "build content --keep --out .",
        "handbook --out content",
        "handbook --keep --out content/shifan/handbook",
    ] {
        run(desk, words, 2);
        assert!(state() == before, "{words}");
    }
    let inside = qingdan(&desk.join("content"), &["check", ".", "-o", "site.yaml"], &[]);
    assert_eq!((inside.code, state() == before), (2, true), "{}", inside.stderr);
}

#[test]
fn a_list_is_imported_where_a_list_belongs_and_over_nothing_that_is_issued() {
    let temp = desk();
    let desk = temp.path();
    run(desk, "export workbook shifan/xinhe/services content --out book.xlsx", 0);
    fs::write(desk.join("content/editions.lock"), "").expect("a file");
    let place = fs::read(desk.join("content/shifan/place.yaml")).expect("a file");
    let import = |to: &str| {
        format!("import book.xlsx --list shifan/xinhe/services/2027 --force -o content/{to} content")
    };
    for to in ["site.yaml", "shifan/place.yaml", "editions.lock", "vocabulary/areas.yaml", "shifan/a.txt"] {
        run(desk, &import(to), 2);
    }
    assert_eq!(fs::read(desk.join("content/shifan/place.yaml")).expect("a file"), place);
    let draft = fs::read(desk.join("content/shifan/xinhe/services/2027.yaml")).expect("a file");
    run(desk, &import("shifan/xinhe/services/2027.yaml"), 0);
    let kept = fs::read(desk.join("content/.qingdan/kept/shifan/xinhe/services/2027.1.yaml"));
    assert_eq!(kept.expect("what was there is kept"), draft);
}

/// Whoever saves while `fix` runs finds the save, or the save with the repair, whenever it was made.
#[test]
fn a_save_while_fix_runs_is_not_lost() {
    let temp = desk();
    let desk = temp.path();
    let path = desk.join("content/shifan/place.yaml");
    let text = fs::read_to_string(&path).expect("a file");
    for round in 0..12u64 {
        fs::write(&path, text.replace("tier: ", "tier：")).expect("a file");
        let mut fix = Command::new(env!("CARGO_BIN_EXE_qingdan"));
        let fix = fix.args(["fix", "content"]).current_dir(desk).stdout(Stdio::null()).stderr(Stdio::null());
        let mut fix = fix.spawn().expect("cargo built the program");
        thread::sleep(Duration::from_millis(round * 4));
        let save = format!("{}# saved in round {round}\n", text.replace("tier: ", "tier："));
        fs::write(desk.join("editor"), &save).expect("a file");
        fs::rename(desk.join("editor"), &path).expect("as editors save");
        fix.wait().expect("it ends");
        let now = fs::read_to_string(&path).expect("a file");
        assert!(now.ends_with(&format!("# saved in round {round}\n")), "round {round}: {now}");
        assert!(now == save || now == save.replace("tier：", "tier: "), "round {round}: {now}");
    }
}

/// Another program adds files to the folder of the site all the time; each is still there in the end.
#[test]
fn files_that_others_add_while_sites_are_built_are_all_kept() {
    let temp = desk();
    let desk = temp.path();
    run(desk, "build good --no-search --out site", 0);
    let uploads = desk.join("site/uploads");
    fs::create_dir(&uploads).expect("a folder");
    let (done, count) = (AtomicBool::new(false), AtomicUsize::new(0));
    thread::scope(|threads| {
        threads.spawn(|| {
            while !done.load(Ordering::SeqCst) {
                let number = count.load(Ordering::SeqCst);
                let path = uploads.join(format!("{number}.txt"));
                // While the folders change places there may be none for a moment of this program.
                if fs::write(&path, number.to_string()).is_ok() {
                    count.fetch_add(1, Ordering::SeqCst);
                }
                thread::sleep(Duration::from_micros(300));
            }
        });
        for _ in 0..6 {
            run(desk, "build content --no-search --out site", 0);
            run(desk, "build good --no-search --out site", 0);
        }
        done.store(true, Ordering::SeqCst);
    });
    let count = count.load(Ordering::SeqCst);
    let lost: Vec<usize> =
        (0..count).filter(|number| !uploads.join(format!("{number}.txt")).is_file()).collect();
    assert!(count > 500 && lost.is_empty(), "{} of {count} lost", lost.len());
    let whole = (0..count).all(|number| {
        fs::read_to_string(uploads.join(format!("{number}.txt"))).is_ok_and(|text| text == number.to_string())
    });
    assert!(whole, "each says what was written");
}

/// A disk mounted in the folder of the site keeps its files. Needs the right to mount; without it there is nothing to ask.
#[test]
fn a_disk_mounted_in_the_site_is_not_emptied() {
    let temp = desk();
    let desk = temp.path();
    run(desk, "build content --no-search --out site", 0);
    fs::create_dir(desk.join("site/nas")).expect("a folder");
    let mount = |words: &[&str]| {
        let ran = Command::new(words[0]).args(&words[1..]).current_dir(desk).stderr(Stdio::null()).status();
        ran.is_ok_and(|status| status.success())
    };
    if !mount(&["mount", "-t", "tmpfs", "tmpfs", "site/nas"]) {
        return;
    }
    fs::create_dir(desk.join("site/nas/docs")).expect("a folder");
    fs::write(desk.join("site/nas/docs/a.docx"), "only copy").expect("a file");
    let refused = qingdan(desk, &["build", "good", "--no-search", "--out", "site"], &[]);
    let itself = qingdan(desk, &["build", "good", "--no-search", "--keep", "--out", "site/nas"], &[]);
    let kept = fs::read_to_string(desk.join("site/nas/docs/a.docx"));
    mount(&["umount", "site/nas"]);
    fs::create_dir_all(desk.join("other")).expect("a folder");
    let bound = mount(&["mount", "--bind", "other", "site/nas"]);
    let third = qingdan(desk, &["build", "good", "--no-search", "--out", "site"], &[]);
    mount(&["umount", "site/nas"]);
    assert_eq!(
        (refused.code, itself.code, third.code),
        (2, 2, if bound { 2 } else { 0 }),
        "{}",
        refused.stderr
    );
    assert_eq!(kept.expect("the file is there"), "only copy");
    run(desk, "build good --no-search --out site", 0);
}

/// Data that does not fit on the disk is said to be lost, not passed over.
#[cfg(target_os = "linux")]
#[test]
fn data_that_could_not_be_written_to_the_standard_output_is_an_error() {
    let temp = desk();
    let full = fs::File::options().write(true).open("/dev/full").expect("the system has it");
    let ran = Command::new(env!("CARGO_BIN_EXE_qingdan"))
        .args(["coverage", "content", "--format", "csv"])
        .current_dir(temp.path())
        .stdout(full)
        .status();
    assert_eq!(ran.expect("cargo built the program").code(), Some(2));
}
