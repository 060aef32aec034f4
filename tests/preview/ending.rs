//! Ctrl-C ends it within a second, whatever it is doing: reading, building and showing a large catalogue, handing answers
//! to visitors who do not fetch them, saying something that nobody reads.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::{Preview, SOON, counted, interrupt, lay, opened, start};

/// Waits until the child has ended; returns how long that took.
fn ended(child: &mut Child) -> Duration {
    let start = Instant::now();
    while child.try_wait().expect("it is ours").is_none() {
        assert!(start.elapsed() < Duration::from_secs(10), "it does not end");
        thread::sleep(Duration::from_millis(2));
    }
    start.elapsed()
}

/// Interrupts a preview and returns how long it took to end.
fn end(child: &mut Child) -> Duration {
    interrupt(child);
    ended(child)
}

/// Says how long the ends took, and asserts that none took too long.
fn judge(name: &str, mut took: Vec<Duration>) {
    took.sort();
    println!(
        "{name:<44}{:>5} ends{:>12?} median{:>12?} worst",
        took.len(),
        took[took.len() / 2],
        took[took.len() - 1]
    );
    assert!(took[took.len() - 1] < SOON, "{name}: {took:?}");
}

/// Writes a catalogue with so many prefectures to `folder/content`.
fn large(folder: &Path, prefectures: usize) {
    let content = folder.join("content");
    lay(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/checks/base"), &content);
    let list = fs::read_to_string(content.join("shifan/jiashi/care/2025.yaml")).expect("the base has it");
    let place = fs::read_to_string(content.join("shifan/jiashi/place.yaml")).expect("the base has it");
    for number in 0..prefectures {
        let there = content.join(format!("shifan/city{number}"));
        fs::create_dir_all(there.join("care")).expect("a folder can be made");
        fs::write(there.join("care/2025.yaml"), &list).expect("there is room");
        let lines = place.lines().map(|line| match line {
            line if line.starts_with("code:") => format!("code: '9901{number:02}'"),
            line => {
                line.replace("甲市", &format!("第{number}市")).replace("Jiashi", &format!("City {number}"))
            }
        });
        fs::write(there.join("place.yaml"), lines.collect::<Vec<_>>().join("\n")).expect("there is room");
    }
}

#[test]
fn it_ends_within_a_second_after_a_save() {
    let took = (0..counted(40, 4)).map(|step| {
        let mut preview = Preview::new();
        let site = preview.folder.path().join("content/site.yaml");
        let text = fs::read_to_string(&site).expect("it is there");
        fs::write(&site, format!("{text}\n# {step}\n")).expect("there is room");
        thread::sleep(Duration::from_millis(7 * step as u64));
        let held = opened(&preview, 10, b"GET /_qingdan/events HTTP/1.1\r\nHost: localhost\r\n\r\n");
        let took = end(&mut preview.child);
        drop(held);
        took
    });
    judge("after a save", took.collect());
}

/// Every moment of the first build of a large catalogue, and of what follows it.
#[test]
fn it_ends_within_a_second_while_a_large_catalogue_is_built() {
    let folder = tempfile::tempdir().expect("a folder");
    large(folder.path(), counted(300, 60));
    let took = (0..counted(40, 6)).map(|step| {
        let mut child = start(folder.path());
        thread::sleep(Duration::from_millis(if step < 20 { 60 } else { 250 } * step as u64));
        end(&mut child)
    });
    judge("while a large catalogue is built", took.collect());
}

/// A large site that is shown, while the next one is built and takes its place.
#[test]
fn it_ends_within_a_second_while_one_large_site_takes_the_place_of_another() {
    let folder = tempfile::tempdir().expect("a folder");
    large(folder.path(), counted(300, 60));
    let mut preview = Preview::at(folder);
    let site = preview.folder.path().join("content/site.yaml");
    let text = fs::read_to_string(&site).expect("it is there");
    let took = (0..counted(12, 2)).map(|step| {
        fs::write(&site, format!("{text}\n# {step}\n")).expect("there is room");
        let seconds = if cfg!(debug_assertions) { 3000 } else { 600 };
        thread::sleep(Duration::from_millis(seconds * (step as u64 + 1) / 4));
        let took = end(&mut preview.child);
        preview.restart();
        took
    });
    let took = took.collect();
    judge("while one large site follows another", took);
}

#[test]
fn it_ends_within_a_second_with_many_visitors() {
    let page = b"GET /zh/ HTTP/1.1\r\nHost: localhost\r\n\r\n".as_slice();
    let stream = b"GET /_qingdan/events HTTP/1.1\r\nHost: localhost\r\n\r\n".as_slice();
    let took = (0..counted(10, 2)).map(|_| {
        let mut preview = Preview::new();
        // The last ones wait at the door.
        let held = [(100, stream), (100, page), (100, b"GET /zh/ HT"), (180, b"")]
            .map(|(count, say)| opened(&preview, count, say));
        let took = end(&mut preview.child);
        drop(held);
        took
    });
    judge("with many visitors", took.collect());
}

/// Whoever started it reads nothing of what it says: the findings of a large catalogue fill the pipe, and everything that
/// is to be said waits.
#[test]
fn it_ends_within_a_second_while_nobody_reads_what_it_says() {
    let folder = tempfile::tempdir().expect("a folder");
    large(folder.path(), 200);
    for number in 0..200 {
        let list = folder.path().join(format!("content/shifan/city{number}/care/2025.yaml"));
        let text = fs::read_to_string(&list).expect("it was written");
        fs::write(
            &list,
            text.replace("strength: must", "strength: perhaps-or-perhaps-not-as-somebody-once-said"),
        )
        .expect("there is room");
    }
    let took = (0..counted(6, 2)).map(|step| {
        let mut child = Command::new(env!("CARGO_BIN_EXE_qingdan"))
            .args(["serve", "content", "--port", "0", "--lang", "zh"])
            .current_dir(folder.path())
            .stderr(Stdio::piped())
            .spawn()
            .expect("cargo built the program");
        let mut said = BufReader::with_capacity(16, child.stderr.take().expect("it was asked for"));
        let mut line = Vec::new();
        said.read_until(b'\n', &mut line).expect("it speaks");
        thread::sleep(Duration::from_millis(500 * (step as u64 + 1)));
        let took = end(&mut child);
        drop(said);
        took
    });
    judge("while nobody reads what it says", took.collect());
}
