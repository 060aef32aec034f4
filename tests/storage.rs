//! What is promised of files (`src/storage/lib.rs`), held for every command: whatever happens to the disk, every file is
//! the old one or the new one and the next run is clean; nothing of anybody's is lost.
//!
//! The faults come from a point before every call that changes the disk (`storage::faults`), so that thousands of them
//! take seconds; `QINGDAN_TEST_ALL=1` tries all of them. `storage/strace.py` does the same from outside, at the calls of the system, with the built program.
#![cfg(unix)]
#![allow(clippy::disallowed_methods, reason = "tests prepare and spoil files")]

#[path = "support/files.rs"]
mod files;
#[path = "support/program.rs"]
mod program;

#[path = "storage/cases.rs"]
mod cases;
#[cfg(debug_assertions)]
#[path = "storage/faulty.rs"]
mod faulty;
#[path = "storage/pairs.rs"]
mod pairs;
#[path = "storage/promises.rs"]
mod promises;
