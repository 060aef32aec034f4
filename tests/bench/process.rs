//! Runs `qingdan` as a child and watches its time and memory.

use std::ffi::OsStr;
use std::fs;
use std::process::{Child, Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// How often memory is looked at. The kernel keeps the highest figure, so only what grows in the last
/// moments before the end can be missed.
const LOOK_EVERY: Duration = Duration::from_millis(5);

/// Clock ticks a second in `/proc/PID/stat`, the same on every Linux that matters.
const TICKS: u32 = 100;

/// What one run took.
pub(crate) struct Run {
    pub wall: Duration,
    /// Time of all threads together, where the system says so.
    pub processor: Option<Duration>,
    /// The highest memory in KiB, where the system says so.
    pub peak_kib: Option<u64>,
    /// The time of each stage, if asked for with `--timings`.
    pub timings: Vec<(String, Duration)>,
    /// What it said on the standard error.
    pub said: String,
}

/// Runs `qingdan` with `arguments`; panics unless it succeeds.
pub(crate) fn run(arguments: &[&OsStr]) -> Run {
    let (run, code) = run_to_the_end(arguments);
    assert_eq!(code, Some(0), "qingdan failed:\n{}", run.said);
    run
}

/// Runs `qingdan` with `arguments`; also returns its exit code, none if a signal ended it.
pub(crate) fn run_to_the_end(arguments: &[&OsStr]) -> (Run, Option<i32>) {
    let started = Instant::now();
    let child = Command::new(env!("CARGO_BIN_EXE_qingdan"))
        .args(arguments)
        .args(["--lang", "en"])
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("cargo built the program");
    let id = child.id();
    let output = thread::spawn(move || wait(child, started));
    let (mut processor, mut peak_kib) = (None, None);
    while !output.is_finished() {
        processor = processor_time(id).or(processor);
        peak_kib = peak(id).or(peak_kib);
        thread::sleep(LOOK_EVERY);
    }
    let (wall, output) = output.join().expect("waiting does not fail");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let timings = said.lines().filter_map(timing).collect();
    (Run { wall, processor, peak_kib, timings, said }, output.status.code())
}

fn wait(child: Child, started: Instant) -> (Duration, Output) {
    let output = child.wait_with_output().expect("the child was started");
    (started.elapsed(), output)
}

/// Reads a line of `--timings`: `timing NAME: N ms`.
fn timing(line: &str) -> Option<(String, Duration)> {
    let (name, time) = line.strip_prefix("timing ")?.rsplit_once(": ")?;
    Some((name.to_owned(), Duration::from_millis(time.strip_suffix(" ms")?.parse().ok()?)))
}

fn peak(id: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.parse().ok()
}

fn processor_time(id: u32) -> Option<Duration> {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    // The name in parentheses may hold anything; user and system time are the 12th and 13th field after it.
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks: u32 = fields.get(11)?.parse::<u32>().ok()? + fields.get(12)?.parse::<u32>().ok()?;
    Some(Duration::from_secs(1) * ticks / TICKS)
}
