//! What git remembers of a catalogue, where there is git and the catalogue lies in a repository: read only, within a limit of
//! time. Where something is missing or slow, nothing is known, and nothing fails.

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::channel;
use std::thread;
use std::time::{Duration, Instant};

use crate::date::Date;
use crate::edit::{Commit, Memory, Repository};
use crate::personal::hidden;

/// How long one question to git may take, and all that a page asks.
const PATIENCE: Duration = Duration::from_millis(1500);
const PATIENCE_IN_ALL: Duration = Duration::from_secs(4);
/// The most that is read of an answer, in bytes.
const MOST: u64 = 4 * 1024 * 1024;
/// How many commits are shown, and how many are looked through for former texts of a file.
const COMMITS: &str = "8";
const FORMER: &str = "20";
/// How many files are told of that changed.
const FILES: usize = 200;

/// The memory of a catalogue that git keeps.
pub(super) struct Git {
    root: PathBuf,
}

impl Git {
    /// Returns what git remembers of the catalogue at `root`.
    pub fn of(root: &Path) -> Self {
        Self { root: root.to_owned() }
    }

    fn ask(&self, words: &[&str]) -> Option<String> {
        self.ask_until(words, Instant::now() + PATIENCE)
    }

    /// Returns what git says, if it says something in time and does not fail.
    fn ask_until(&self, words: &[&str], until: Instant) -> Option<String> {
        let until = until.min(Instant::now() + PATIENCE);
        let mut git = Command::new("git");
        // Nothing is written, nobody is asked, and no program that the repository names is run.
        git.args([
            "--no-pager",
            "--literal-pathspecs",
            "-c",
            "core.fsmonitor=false",
            "-c",
            "core.quotepath=false",
        ])
        .args(["-c", "log.showSignature=false", "-C"])
        .arg(&self.root)
        .args(words)
        .env_remove("GIT_DIR")
        .env_remove("GIT_WORK_TREE")
        .env("GIT_OPTIONAL_LOCKS", "0")
        .env("GIT_TERMINAL_PROMPT", "0")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
        let mut child = git.spawn().ok()?;
        let out = child.stdout.take()?;
        let (tell, told) = channel();
        thread::spawn(move || {
            let mut bytes = Vec::new();
            let read = out.take(MOST).read_to_end(&mut bytes);
            drop(tell.send(read.ok().map(|_| bytes)));
        });
        let said = told.recv_timeout(until.saturating_duration_since(Instant::now())).ok().flatten();
        let Some(said) = said else {
            drop(child.kill());
            drop(child.wait());
            return None;
        };
        // It has said all; what is left is that it ends.
        while Instant::now() < until + PATIENCE {
            match child.try_wait() {
                Ok(Some(ended)) => {
                    return ended.success().then(|| String::from_utf8_lossy(&said).into_owned());
                }
                Ok(None) => thread::sleep(Duration::from_millis(5)),
                Err(_) => break,
            }
        }
        drop(child.kill());
        drop(child.wait());
        None
    }

    fn text_at(&self, commit: &str, path: &str, until: Instant) -> Option<String> {
        self.ask_until(&["show", "--no-textconv", &format!("{commit}:./{path}")], until)
    }
}

impl Memory for Git {
    fn former(&self, path: &str) -> Vec<String> {
        let until = Instant::now() + PATIENCE_IN_ALL;
        let own = format!("./{path}");
        let commits =
            self.ask_until(&["log", "-n", FORMER, "--format=%H", "--", &own], until).unwrap_or_default();
        let texts = commits
            .lines()
            .map_while(|commit| (Instant::now() < until).then(|| self.text_at(commit, path, until)));
        texts.flatten().collect()
    }

    fn since(&self, day: Date) -> Option<Vec<(String, Option<String>)>> {
        let until = Instant::now() + PATIENCE_IN_ALL;
        let before = format!("--before={day}T00:00:00");
        let commit = self.ask_until(&["rev-list", "-n", "1", &before, "HEAD"], until)?;
        let commit = commit.trim();
        if commit.is_empty() {
            return None;
        }
        let changed = ["diff", "--name-only", "-z", "--relative", "--no-ext-diff", commit, "--", "."];
        let new = ["ls-files", "--others", "--exclude-standard", "-z", "--", "."];
        let (changed, new) = (self.ask_until(&changed, until)?, self.ask_until(&new, until)?);
        let paths = changed.split('\0').chain(new.split('\0')).filter(|path| !path.is_empty()).take(FILES);
        Some(paths.map(|path| (path.to_owned(), self.text_at(commit, path, until))).collect())
    }

    fn repository(&self) -> Option<Repository> {
        let branch = self.ask(&["symbolic-ref", "--short", "-q", "HEAD"]);
        let branch = branch.or_else(|| self.ask(&["rev-parse", "--short", "HEAD"]))?.trim().to_owned();
        let log = ["log", "-n", COMMITS, "--date=short", "--format=%h%x09%cd%x09%s", "--", "."];
        let log = self.ask(&log).unwrap_or_default();
        let commit = |line: &str| {
            let mut words = line.splitn(3, '\t');
            let (id, day, subject) = (words.next()?, words.next()?, words.next()?);
            Some(Commit { id: id.to_owned(), day: day.to_owned(), subject: hidden(subject) })
        };
        let open = self.ask(&["status", "--porcelain", "-z", "--", "."]).unwrap_or_default();
        Some(Repository {
            branch: hidden(&branch),
            commits: log.lines().filter_map(commit).collect(),
            uncommitted: open.split('\0').filter(|line| line.len() > 3).count(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_there_is_no_repository_nothing_is_known() {
        let temp = tempfile::tempdir().expect("there is room for temporary files");
        let git = Git::of(&temp.path().join("nowhere"));
        let day = Date::parse("2026-11-29").expect("a day");
        assert!(git.repository().is_none() && git.since(day).is_none() && git.former("a.yaml").is_empty());
    }
}
