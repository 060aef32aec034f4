//! What was changed by forms, so that it can be taken back, days later too.
//!
//! The journal stands in the catalogue beside what former versions are kept ([`FILE`]), which git ignores. A change is the
//! stretch that differs, with what stood before and what stands since. It is taken back where that stretch still stands as it
//! was left, however the rest of the file was changed meanwhile. Journal and file are written in one step.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::page::History;
use crate::date::Date;
use crate::diagnostic::{Error, Message, UiLang};
use crate::text;
use qingdan_storage::{Change, Session, bytes_of};

/// Where it stands in a catalogue.
pub const FILE: &str = ".qingdan/journal.json";
/// How many changes are remembered, and how many bytes of them.
const MOST: usize = 500;
const MOST_BYTES: usize = 4 * 1024 * 1024;
/// How many changes the start page shows.
const SHOWN: usize = 30;
/// How many bytes around a stretch have to stand as they did where the file was changed elsewhere.
const AROUND: usize = 48;

/// The changes made by forms, the oldest first.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Journal {
    /// How many of them are made; those behind were taken back.
    made: usize,
    changes: Vec<Noted>,
}

/// One change.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Noted {
    /// What was changed, as people know it, in Chinese and in English.
    pub what: (String, String),
    /// The day.
    pub on: String,
    /// The file, by its path in the catalogue.
    pub path: String,
    /// Where the stretch starts.
    start: usize,
    old: String,
    new: String,
    /// What stood before and behind it.
    around: (String, String),
    /// Whether the file began with it; taken back, the file goes.
    #[serde(default)]
    began: bool,
    /// What was changed in other files in the same step.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    also: Vec<Self>,
}

/// Which way a change goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// It is taken back.
    Back,
    /// It is made again.
    Again,
}

impl Noted {
    fn new(what: &Message, on: Date, stood: &Stood<'_>, new: &str) -> Self {
        let old = stood.text;
        let before = old.char_indices().zip(new.chars()).take_while(|((_, a), b)| a == b);
        let start = before.last().map_or(0, |((at, c), _)| at + c.len_utf8());
        let behind = old[start..].chars().rev().zip(new[start..].chars().rev()).take_while(|(a, b)| a == b);
        let behind: usize = behind.map(|(c, _)| c.len_utf8()).sum();
        let (old_end, new_end) = (old.len() - behind, new.len() - behind);
        let from = floor(old, start.saturating_sub(AROUND));
        let to = ceiling(old, (old_end + AROUND).min(old.len()));
        Self {
            what: (what.zh.clone(), what.en.clone()),
            on: on.to_string(),
            path: stood.path.to_owned(),
            start,
            began: stood.bytes.is_none(),
            also: Vec::new(),
            old: old[start..old_end].to_owned(),
            new: new[start..new_end].to_owned(),
            around: (old[from..start].to_owned(), old[old_end..to].to_owned()),
        }
    }

    /// Returns `text` after the change went one way. `None` if the stretch does not stand there as it was left.
    fn applied(&self, text: &str, way: Way) -> Option<String> {
        let (from, to) = match way {
            Way::Back => (&self.new, &self.old),
            Way::Again => (&self.old, &self.new),
        };
        let (before, behind) = &self.around;
        let whole = format!("{before}{from}{behind}");
        let start = self.start.checked_sub(before.len())?;
        let stands = text.get(start..).is_some_and(|rest| rest.starts_with(&whole));
        let at = match stands {
            true => start,
            // Elsewhere only where it can be nothing else.
            false => {
                let mut places = text.match_indices(&whole).map(|(at, _)| at);
                let at = places.next().filter(|_| !whole.trim().is_empty())?;
                if places.next().is_some() {
                    return None;
                }
                at
            }
        };
        let at = at + before.len();
        Some(format!("{}{to}{}", &text[..at], &text[at + from.len()..]))
    }

    fn bytes(&self) -> usize {
        self.old.len() + self.new.len() + self.also.iter().map(Self::bytes).sum::<usize>()
    }

    /// Returns the changes of files by which it goes one way.
    ///
    /// # Errors
    /// A stretch does not stand as it was left; the disk.
    fn changes(&self, session: &Session, way: Way) -> Result<Vec<Change>, Error> {
        let mut changes = Vec::new();
        for noted in std::iter::once(self).chain(&self.also) {
            let path = &noted.path;
            let bytes = bytes_of(&session.path(path))?;
            let all = String::from_utf8_lossy(bytes.as_deref().unwrap_or_default()).into_owned();
            let said = all.strip_prefix('\u{FEFF}').unwrap_or(&all);
            let new = noted.applied(said, way).ok_or_else(|| Error::Argument {
                reason: text!(
                    "{path} 的这一处后来又改过，没有动；请在表单或编辑器里改",
                    "this place of {path} was changed since and was left alone; change it in its form or in an editor"
                ),
            })?;
            changes.push(match bytes {
                // A file that began with it and says nothing else goes.
                Some(bytes) if noted.began && way == Way::Back && new.trim().is_empty() => {
                    Change { is_of_people: false, ..Change::gone(path, bytes) }
                }
                bytes => file_change(&Stood { path, bytes, text: said }, &new),
            });
        }
        Ok(changes)
    }
}

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn ceiling(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}

impl Journal {
    /// Reads the journal of a catalogue; one that cannot be read is a new one.
    ///
    /// # Errors
    /// The disk.
    pub fn of(root: &Path) -> Result<(Self, Option<Vec<u8>>), Error> {
        let bytes = bytes_of(&root.join(FILE))?;
        let read = bytes.as_deref().and_then(|bytes| serde_json::from_slice(bytes).ok());
        let mut journal: Self = read.unwrap_or_default();
        journal.made = journal.made.min(journal.changes.len());
        Ok((journal, bytes))
    }

    /// Returns the change that would be taken back next, and the one that would be made again.
    pub fn next(&self) -> (Option<&Noted>, Option<&Noted>) {
        (self.made.checked_sub(1).map(|at| &self.changes[at]), self.changes.get(self.made))
    }

    /// Returns what can be taken back and made again, in the language of a page, and what was changed on which day.
    pub fn history(&self, lang: UiLang) -> History {
        let say = |noted: &Noted| match lang {
            UiLang::Zh => noted.what.0.clone(),
            UiLang::En => noted.what.1.clone(),
        };
        let (back, again) = self.next();
        let (back, again) = (back.map(say), again.map(say));
        let mut days: Vec<(String, Vec<(String, String)>)> = Vec::new();
        for noted in self.changes[..self.made].iter().rev().take(SHOWN) {
            let line = (noted.path.clone(), say(noted));
            match days.last_mut().filter(|(day, _)| *day == noted.on) {
                Some((_, lines)) => lines.push(line),
                None => days.push((noted.on.clone(), vec![line])),
            }
        }
        History { back, again, days }
    }

    /// Returns what the file at `path`, which says `now`, said before each change of it, the newest first, as far as the changes
    /// still stand as they were left.
    pub fn former(&self, path: &str, now: &str) -> Vec<String> {
        let all = self.changes[..self.made].iter().rev();
        let own = all
            .flat_map(|noted| std::iter::once(noted).chain(&noted.also))
            .filter(|noted| noted.path == path);
        let mut texts: Vec<String> = Vec::new();
        for noted in own {
            let said = texts.last().map_or(now, String::as_str);
            let Some(before) = noted.applied(said, Way::Back) else { break };
            texts.push(before);
        }
        texts
    }

    /// Returns the files that were changed on `day` or after it.
    pub fn touched<'j>(&'j self, day: &'j str) -> impl Iterator<Item = &'j str> {
        let all = self.changes[..self.made].iter().filter(move |noted| noted.on.as_str() >= day);
        all.map(|noted| noted.path.as_str())
    }

    /// Returns what each file said before the first change on `day` or after it, as far as that can be told from what it says
    /// `now`.
    pub fn since(&self, day: &str, now: impl Fn(&str) -> Option<String>) -> Vec<(String, Option<String>)> {
        let all = self.changes[..self.made].iter().filter(|noted| noted.on.as_str() >= day);
        let all: Vec<&Noted> = all.flat_map(|noted| std::iter::once(noted).chain(&noted.also)).collect();
        let mut files: Vec<(String, Option<String>)> = Vec::new();
        for noted in all.iter().filter(|noted| !noted.path.ends_with(".lock")) {
            if files.iter().any(|(path, _)| *path == noted.path) {
                continue;
            }
            let began = noted.began;
            let own = all.iter().rev().filter(|other| other.path == noted.path);
            let said = own.into_iter().try_fold(now(&noted.path).unwrap_or_default(), |said, noted| {
                noted.applied(&said, Way::Back)
            });
            // What cannot be told is left out.
            if let Some(said) = said {
                files.push((noted.path.clone(), (!began).then_some(said)));
            }
        }
        files
    }

    fn note(&mut self, noted: Noted) {
        self.changes.truncate(self.made);
        self.changes.push(noted);
        let mut bytes: usize = self.changes.iter().map(Noted::bytes).sum();
        while self.changes.len() > MOST || (bytes > MOST_BYTES && self.changes.len() > 1) {
            bytes -= self.changes.remove(0).bytes();
        }
        self.made = self.changes.len();
    }

    fn change(&self, before: Option<Vec<u8>>) -> Change {
        let text = serde_json::to_vec(self).expect("a journal is plain data");
        Change::own(FILE, before, &text)
    }
}

/// A file that is changed: its path, and its bytes as they were read.
pub struct Stood<'a> {
    /// By its path in the catalogue.
    pub path: &'a str,
    /// What is on the disk; none for a new file.
    pub bytes: Option<Vec<u8>>,
    /// The same as text, without the mark at the start.
    pub text: &'a str,
}

/// The mark at the start of a file that tells some programs that it is UTF-8.
const MARK: &[u8] = "\u{FEFF}".as_bytes();

/// Writes a file anew and notes the change, both or neither.
///
/// # Errors
/// The file says something else by now; the disk.
pub fn write(
    desk: (&Session, &Path),
    stood: &Stood<'_>,
    new: &str,
    noted: (&Message, Date),
) -> Result<(), Error> {
    write_all(desk, &[(stood, new)], noted)
}

/// Writes several files anew and notes that as one change of the first, all or nothing.
///
/// # Errors
/// As [`write`].
pub fn write_all(
    (session, root): (&Session, &Path),
    files: &[(&Stood<'_>, &str)],
    (what, on): (&Message, Date),
) -> Result<(), Error> {
    let (mut journal, before) = Journal::of(root)?;
    let mut all = files.iter().map(|(stood, new)| Noted::new(what, on, stood, new));
    let Some(mut noted) = all.next() else { return Ok(()) };
    noted.also = all.collect();
    journal.note(noted);
    let mut changes: Vec<Change> = files.iter().map(|(stood, new)| file_change(stood, new)).collect();
    changes.push(journal.change(before));
    session.change(&changes)
}

/// Returns the change of a file; a mark at its start stays.
pub(super) fn file_change(stood: &Stood<'_>, new: &str) -> Change {
    let has_mark = stood.bytes.as_deref().is_some_and(|bytes| bytes.starts_with(MARK));
    let bytes = [if has_mark { MARK } else { &[] }, new.as_bytes()].concat();
    // What stood there is in the journal.
    Change::own(stood.path, stood.bytes.clone(), &bytes)
}

/// Returns the file whose change would be taken back next, or made again.
///
/// # Errors
/// The disk.
pub fn next_path(root: &Path, way: Way) -> Result<Option<String>, Error> {
    let (journal, _) = Journal::of(root)?;
    let (back, again) = journal.next();
    let noted = if way == Way::Back { back } else { again };
    Ok(noted.map(|noted| noted.path.clone()))
}

/// Takes the last change back, or makes the last one that was taken back again; returns what it was.
///
/// # Errors
/// There is none; the file was changed at the same place since; the disk.
pub fn step((session, root): (&Session, &Path), way: Way) -> Result<Noted, Error> {
    let (mut journal, before) = Journal::of(root)?;
    let (back, again) = journal.next();
    let noted = match way {
        Way::Back => back,
        Way::Again => again,
    };
    let Some(noted) = noted.cloned() else {
        return Err(Error::Argument {
            reason: text!("没有可以撤销或重做的改动", "there is nothing to undo or redo"),
        });
    };
    let mut changes = noted.changes(session, way)?;
    journal.made = match way {
        Way::Back => journal.made - 1,
        Way::Again => journal.made + 1,
    };
    changes.push(journal.change(before));
    session.change(&changes)?;
    Ok(noted)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn day() -> Date {
        Date::parse("2026-11-29").expect("a day")
    }

    #[test]
    fn changes_are_taken_back_and_made_again_in_their_order() {
        let temp = tempfile::tempdir().expect("there is room for temporary files");
        let path = temp.path().join("a.yaml");
        let read = || fs::read_to_string(&path).expect("it is there");
        fs::write(&path, "title: 一\n").expect("a file");
        for new in ["title: 二\n", "title: 三\nnote: 四\n"] {
            let session = Session::open(temp.path()).expect("nobody else writes");
            let (bytes, text) = (fs::read(&path).expect("it is there"), read());
            let stood = Stood { path: "a.yaml", bytes: Some(bytes), text: &text };
            write((&session, temp.path()), &stood, new, (&text!("标题", "title"), day()))
                .expect("it is as read");
        }
        let session = Session::open(temp.path()).expect("nobody else writes");
        let step = |way| step((&session, temp.path()), way).map(|noted| noted.what.0);
        assert_eq!(step(Way::Back).expect("there is one"), "标题");
        assert_eq!(read(), "title: 二\n");
        step(Way::Back).expect("there is another");
        assert_eq!(read(), "title: 一\n");
        step(Way::Back).expect_err("there is none");
        step(Way::Again).expect("it can be made again");
        fs::write(&path, "# 别处改的\ntitle: 九\n").expect("a file");
        step(Way::Back).expect_err("the same place was changed since");
        fs::write(&path, "# 别处改的\ntitle: 二\nx: 1\n").expect("a file");
        step(Way::Back).expect("the stretch stands as it was left");
        assert_eq!(read(), "# 别处改的\ntitle: 一\nx: 1\n");
    }

    #[test]
    fn a_file_that_began_goes_again_and_files_of_one_step_go_together() {
        let temp = tempfile::tempdir().expect("there is room for temporary files");
        let root = temp.path();
        fs::write(root.join("a.yaml"), "title: 一\n").expect("a file");
        let session = Session::open(root).expect("nobody else writes");
        let old = fs::read(root.join("a.yaml")).ok();
        let (a, b) = (
            Stood { path: "a.yaml", bytes: old, text: "title: 一\n" },
            Stood { path: "new/b.yaml", bytes: None, text: "" },
        );
        let noted = (&text!("两个", "both"), day());
        write_all((&session, root), &[(&a, "title: 二\n"), (&b, "x: 1\n")], noted).expect("it is as read");
        let there = || root.join("new/b.yaml").exists();
        let read = || fs::read_to_string(root.join("a.yaml")).expect("it is there");
        assert!(there() && read() == "title: 二\n");
        step((&session, root), Way::Back).expect("both stand as they were left");
        assert!(!there() && read() == "title: 一\n");
        step((&session, root), Way::Again).expect("it can be made again");
        assert!(there() && read() == "title: 二\n");
        // What somebody wrote into the new file stays.
        fs::write(root.join("new/b.yaml"), "x: 1\ny: 2\n").expect("a file");
        step((&session, root), Way::Back).expect("the stretch stands as it was left");
        assert_eq!(fs::read_to_string(root.join("new/b.yaml")).expect("it stays"), "y: 2\n");
    }
}
