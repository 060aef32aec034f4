//! Whatever bytes there are: no panic, no hang, and what is said of them holds.
//!
//! Real files (of `content/`, `tests/checks/base`, `tests/slips`) are changed by the steps of
//! `fuzz/mutate.rs`, thousands of times. A number of inputs that is always the same runs with the other
//! tests; `QINGDAN_FUZZ=1000000 cargo test --release --test fuzz -- --nocapture` runs as many, others every time, shared
//! out so that each target takes about as long, and prints what ran. What once failed lies in `fuzz/found` and runs first.
#![expect(clippy::print_stdout, reason = "the figures are for whoever asks with --nocapture")]
#![allow(clippy::disallowed_methods, reason = "tests prepare and spoil files")]

#[path = "slips/case.rs"]
#[allow(dead_code, reason = "only the files of the cases are wanted")]
mod case;
#[path = "fuzz/catalogue.rs"]
mod catalogue;
#[path = "fuzz/import.rs"]
mod import;
#[path = "fuzz/mutate.rs"]
mod mutate;
#[path = "fuzz/persons.rs"]
mod persons;
#[path = "fuzz/tidy.rs"]
mod tidy;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{PoisonError, RwLock};
use std::time::{Duration, Instant};

use proptest::strategy::Strategy;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};

/// What lies in a file.
pub type Bytes = Vec<u8>;

/// How many inputs a target gets with the other tests.
const INPUTS: u32 = if cfg!(debug_assertions) { 60 } else { 400 };

/// The longest one input may take. One that takes longer by the clock, which also runs while other programs have the
/// processor, runs again with no other input beside it; then the time counts that the processor worked for it.
const PATIENCE: Duration = Duration::from_secs(if cfg!(debug_assertions) { 60 } else { 10 });

/// How often an input that took too long runs again.
const SECOND_LOOKS: usize = 2;

/// Held by every input that runs, and by one that runs again for all of them.
static ROOM: RwLock<()> = RwLock::new(());

/// Returns the path of something in the repository.
fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// What a target saw.
#[derive(Default)]
pub struct Tally {
    inputs: u64,
    slowest: Duration,
    seen: BTreeMap<String, u64>,
}

impl Tally {
    /// Counts something that was seen.
    pub fn see(&mut self, what: impl Into<String>) {
        *self.seen.entry(what.into()).or_default() += 1;
    }
}

/// How many of a thousand inputs each target gets where a number is asked for: a text is looked through in microseconds, a
/// catalogue takes some milliseconds, and `fix` is a program that is started.
const SHARES: &[(&str, u32)] =
    &[("catalogue", 20), ("import", 20), ("fmt", 100), ("persons", 400), ("outsides", 450), ("fix", 10)];

/// Returns how many inputs a target gets, if a number is asked for.
fn asked(name: &str) -> Option<u32> {
    let all: u32 = std::env::var("QINGDAN_FUZZ").ok()?.parse().ok()?;
    let share = SHARES.iter().find(|(known, _)| *known == name).expect("every target has a share").1;
    Some((all / 1000 * share).max(1))
}

/// Runs `once` until it is quick enough, at most `SECOND_LOOKS` times more, and returns the time it took by the clock, or
/// later by `worked`, which tells how long the processor worked so far.
fn least(mut once: impl FnMut() -> Duration, worked: impl Fn() -> Option<Duration>) -> Duration {
    let first = {
        let _beside_others = ROOM.read().unwrap_or_else(PoisonError::into_inner);
        once()
    };
    if first <= PATIENCE {
        return first;
    }
    let _alone = ROOM.write().unwrap_or_else(PoisonError::into_inner);
    let again = std::iter::repeat_with(|| {
        let before = worked();
        let by_clock = once();
        worked().zip(before).map_or(by_clock, |(after, before)| after.saturating_sub(before))
    });
    again.take(SECOND_LOOKS).find(|took| *took <= PATIENCE).unwrap_or(first)
}

/// Returns how long the processor worked for this process and the programs it started. `None` where the system does not say
/// as Linux does.
fn worked() -> Option<Duration> {
    /// How often a second Linux counts.
    const TICKS: u64 = 100;
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    // Behind the name, which may hold anything: state, then 10 other fields, then the four times.
    let times = stat.rsplit_once(") ")?.1.split(' ').skip(11).take(4);
    let ticks: Vec<u64> = times.map(|field| field.parse().ok()).collect::<Option<_>>()?;
    Some(Duration::from_millis(ticks.iter().sum::<u64>() * 1000 / TICKS))
}

/// Runs `target` on many inputs; fails with the smallest on which it fails, and prints what ran.
fn run<S: Strategy>(name: &str, inputs: &S, target: impl Fn(&S::Value, &mut Tally) -> Result<(), String>) {
    let asked = asked(name);
    let config = Config {
        cases: asked.unwrap_or(INPUTS),
        failure_persistence: None,
        max_shrink_iters: 2000,
        ..Config::default()
    };
    let mut runner = match asked {
        Some(_) => TestRunner::new(config),
        None => TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha)),
    };
    let tally = std::cell::RefCell::new(Tally::default());
    let result = runner.run(inputs, |input| {
        // A target that panics leaves the tally borrowed no longer than it runs.
        let (mut own, mut verdict) = (Tally::default(), Ok(()));
        let took = least(
            || {
                let started = Instant::now();
                own = Tally::default();
                verdict = target(&input, &mut own);
                started.elapsed()
            },
            worked,
        );
        let mut tally = tally.borrow_mut();
        tally.inputs += 1;
        tally.slowest = tally.slowest.max(took);
        own.seen.into_iter().for_each(|(what, count)| *tally.seen.entry(what).or_default() += count);
        verdict.map_err(TestCaseError::fail)?;
        let slow = || TestCaseError::fail(format!("took more than {PATIENCE:?} {} times", SECOND_LOOKS + 1));
        if took > PATIENCE { Err(slow()) } else { Ok(()) }
    });
    let Tally { inputs, slowest, seen } = tally.into_inner();
    println!("{name}: {inputs} inputs, the slowest in {slowest:?}; {seen:?}");
    match result {
        Ok(()) => {}
        Err(TestError::Fail(why, input)) => panic!("{name}: {why}\n{input:?}"),
        Err(TestError::Abort(why)) => panic!("{name}: {why}"),
    }
}

#[test]
fn slow_once_is_another_program_slow_every_time_is_us() {
    let (clock, processor) = (std::cell::Cell::new(0), std::cell::Cell::new(0));
    let run = |work: u32| {
        clock.set(clock.get() + 1);
        processor.set(processor.get() + work);
        PATIENCE * 3
    };
    let by_processor = || Some(PATIENCE / 2 * processor.get());
    assert_eq!((least(|| run(1), by_processor), clock.replace(0)), (PATIENCE / 2, 2));
    assert_eq!((least(|| run(3), by_processor), clock.replace(0)), (PATIENCE * 3, 3));
    assert_eq!((least(|| run(1), || None), clock.replace(0)), (PATIENCE * 3, 3));
    assert_eq!((least(|| PATIENCE, by_processor), clock.get()), (PATIENCE, 0));
}

#[test]
fn the_processor_is_known_to_work() {
    let Some(before) = worked() else { return };
    let started = Instant::now();
    let mut sum = 0_u64;
    while worked() == Some(before) && started.elapsed() < PATIENCE * 6 {
        sum = std::hint::black_box(sum.wrapping_add(1));
    }
    assert!(worked() > Some(before));
}

#[test]
fn every_thousand_inputs_are_shared_out() {
    assert_eq!(SHARES.iter().map(|(_, share)| share).sum::<u32>(), 1000);
}

#[test]
fn any_bytes_as_any_file_of_a_catalogue() {
    let fuzz = catalogue::Fuzz::new();
    fuzz.found().into_iter().for_each(|(name, path, bytes)| {
        let verdict = fuzz.check(&path, &bytes, &mut Tally::default());
        assert_eq!(verdict, Ok(()), "{name}");
    });
    run("catalogue", &fuzz.inputs(), |input, tally| fuzz.run(input, tally));
}

#[test]
fn any_bytes_as_a_table_to_import() {
    let fuzz = import::Fuzz::new();
    run("import", &fuzz.inputs(), |input, tally| fuzz.run(input, tally));
}

#[test]
fn any_text_to_tidy() {
    let fuzz = catalogue::Fuzz::new();
    run("fmt", &fuzz.inputs(), |input, tally| match String::from_utf8(fuzz.bytes(input)) {
        Ok(text) => tidy::check(&text, tally),
        Err(_) => Ok(()),
    });
}

#[test]
fn any_text_with_numbers_of_persons() {
    run("persons", &persons::inputs(), persons::text);
}

#[test]
fn any_bytes_as_a_picture_or_an_office_file() {
    let files = persons::Files::new();
    run("outsides", &persons::inputs(), |input, tally| files.run(input, tally));
}

#[test]
fn any_bytes_as_a_file_to_repair() {
    let fuzz = catalogue::Fuzz::new();
    run("fix", &fuzz.inputs(), |input, tally| fuzz.fix(input, tally));
}
