//! `cargo bench`: how long `qingdan` takes for the whole country, measured from outside.
//!
//! Makes a catalogue (see `catalogue.rs`), runs the built program on it as a child process, and sets the
//! time against the floor: writing the same files with the same bytes from memory. Everything is
//! measured in the same run, turn by turn, and the medians are printed.
//!
//! ```text
//! cargo bench -- [--provinces 31] [--prefectures 340] [--services 30] [--repetitions 3] [--keep]
//! ```
//!
//! `--keep` leaves the catalogue and the site where they are and says where, for a profiler.
#![expect(clippy::print_stdout, reason = "a benchmark talks to whoever runs it")]
#![allow(clippy::disallowed_methods, reason = "tests prepare and spoil files")]

mod catalogue;
mod floor;
mod process;
mod size;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use floor::Site;
use process::{Run, run};
use size::Size;

/// Where everything lies.
struct Folders {
    catalogue: PathBuf,
    site: PathBuf,
    floor: PathBuf,
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let size = Size::from_arguments(&arguments);
    let temp = tempfile::tempdir().expect("there is room for temporary files");
    let root = temp.path().canonicalize().expect("the folder was just made");
    let folders =
        Folders { catalogue: root.join("catalogue"), site: root.join("site"), floor: root.join("floor") };
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let written =
        catalogue::write(&content, &folders.catalogue, &size).expect("the catalogue can be written");
    println!(
        "{} provinces, {} prefectures with {} services of their own, 2 languages: {} of YAML and Markdown",
        size.provinces,
        size.prefectures,
        size.services,
        megabytes(written)
    );
    cold(&folders, &size);
    warm(&folders, &size);
    if size.keep {
        println!("kept in {}", temp.keep().display());
    }
}

/// Builds from nothing, and the floor, turn by turn.
fn cold(folders: &Folders, size: &Size) {
    let (mut builds, mut floors) = (Vec::new(), Vec::new());
    let mut site = Site::default();
    for _ in 0..size.repetitions {
        remove(&folders.site);
        builds.push(build(folders));
        site = Site::read(&folders.site);
        remove(&folders.floor);
        floors.push(site.write(&folders.floor));
        remove(&folders.floor);
    }
    let floor = median(floors);
    let build = middle(builds);
    let pages = site.pages();
    println!("\n{pages} pages, {} in {} files", megabytes(site.bytes()), site.files());
    println!("floor (the same files from memory, two threads): {}", seconds(floor));
    row("build, cold", &build, Some(floor));
    let a_second = f64::from(u32::try_from(pages).unwrap_or(u32::MAX)) / build.wall.as_secs_f64();
    println!("{a_second:.0} pages/s; of this,");
    for (stage, took) in &build.timings {
        println!("  {stage:<18} {:>8}", seconds(*took));
    }
}

/// Builds over the site that is there, and checks.
fn warm(folders: &Folders, size: &Size) {
    let again = (0..size.repetitions).map(|_| build(folders)).collect();
    println!();
    row("build, nothing new", &middle(again), None);
    let change = |turn| {
        catalogue::change_one(&folders.catalogue, turn).expect("the catalogue can be changed");
        build(folders)
    };
    row("build, one list new", &middle((0..size.repetitions).map(change).collect()), None);
    let check = |_| run(&["check".as_ref(), folders.catalogue.as_ref()]);
    row("check", &middle((0..size.repetitions).map(check).collect()), None);
}

fn build(folders: &Folders) -> Run {
    run(&[
        "build".as_ref(),
        folders.catalogue.as_ref(),
        "--out".as_ref(),
        folders.site.as_ref(),
        "--timings".as_ref(),
        "--no-search".as_ref(),
    ])
}

fn row(name: &str, run: &Run, floor: Option<Duration>) {
    let peak = run.peak_kib.map_or_else(|| "n/a".to_owned(), |kib| megabytes(kib * 1024));
    let ratio =
        floor.map(|floor| format!("  {:.2} times the floor", run.wall.as_secs_f64() / floor.as_secs_f64()));
    let processor = run.processor.map_or_else(|| "n/a".to_owned(), seconds);
    println!(
        "{name:<20} {:>8}  processor {processor:>8}  peak {peak:>9}{}",
        seconds(run.wall),
        ratio.unwrap_or_default()
    );
}

/// Returns the run with the median time.
fn middle(mut runs: Vec<Run>) -> Run {
    runs.sort_by_key(|run| run.wall);
    runs.swap_remove(runs.len() / 2)
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

fn remove(folder: &Path) {
    if folder.exists() {
        fs::remove_dir_all(folder).expect("what the benchmark wrote it can remove");
    }
}

fn seconds(time: Duration) -> String {
    format!("{:.2} s", time.as_secs_f64())
}

fn megabytes(bytes: u64) -> String {
    format!("{}.{} MB", bytes / 1_000_000, bytes / 100_000 % 10)
}
