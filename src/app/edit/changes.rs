//! What changed since yesterday, by file and by fact; and where the catalogue stands in git, to be read only.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Editor;
use super::facts::{Fact, facts};
use super::form::Form;
use super::guide::is_guide;
use super::journal::Journal;
use super::page::History;
use super::subject::{Ground, Subject, query};
use super::titles::file_title;
use crate::date::Date;
use crate::diagnostic::{Error, Findings, UiLang};
use crate::personal::masked;
use crate::route::percent_encoded;
use crate::span::FileId;
use crate::syntax::yaml;

/// The page.
const CHANGES: &str = "changes.html";
/// How many facts of one file are told.
const SHOWN: usize = 60;

/// What remembers a catalogue besides the journal of forms.
pub trait Memory: Send + Sync {
    /// Returns what the file at a path said before, the newest first.
    fn former(&self, path: &str) -> Vec<String>;
    /// Returns the files that changed since the start of a day, with what each said then. `None` if that is not known.
    fn since(&self, day: Date) -> Option<Vec<(String, Option<String>)>>;
    /// Returns where the catalogue stands. `None` if nothing keeps it.
    fn repository(&self) -> Option<Repository>;
}

/// No memory.
pub struct Forgetful;

impl Memory for Forgetful {
    fn former(&self, _: &str) -> Vec<String> {
        Vec::new()
    }

    fn since(&self, _: Date) -> Option<Vec<(String, Option<String>)>> {
        None
    }

    fn repository(&self) -> Option<Repository> {
        None
    }
}

/// Where a catalogue stands in git.
#[derive(Clone, Debug, Serialize)]
pub struct Repository {
    /// The branch.
    pub branch: String,
    /// The last commits of the catalogue, the newest first.
    pub commits: Vec<Commit>,
    /// How many files differ from the last commit.
    pub uncommitted: usize,
}

/// A commit.
#[derive(Clone, Debug, Serialize)]
pub struct Commit {
    /// The first digits of its name.
    pub id: String,
    /// The day.
    pub day: String,
    /// What it says it does.
    pub subject: String,
}

/// The page of changes.
#[derive(Debug, Serialize)]
pub struct ChangesPage {
    /// The query that keeps the language.
    pub query: String,
    /// What sends the form has to know.
    pub token: String,
    /// The day since whose start changes are told.
    pub since: String,
    /// The files that changed.
    pub files: Vec<ChangedFile>,
    /// Where the catalogue stands in git.
    pub repository: Option<Repository>,
    /// What was changed by forms, day by day.
    pub history: History,
}

/// A file that changed.
#[derive(Debug, Serialize)]
pub struct ChangedFile {
    /// What it is.
    pub title: String,
    /// By its path.
    pub path: String,
    /// Its form.
    pub href: Option<String>,
    /// Whether it is new, or gone.
    pub is_new: bool,
    /// See `is_new`.
    pub is_gone: bool,
    /// What it says otherwise.
    pub facts: Vec<Fact>,
    /// How many more facts there are.
    pub rest: usize,
}

impl Editor {
    /// Tells whether an address is that of the page of changes.
    pub fn is_changes(address: &str) -> bool {
        address == CHANGES
    }

    /// Returns what changed since yesterday. `None` if `site.yaml` cannot be used.
    ///
    /// # Errors
    /// The disk.
    pub fn changes(&self, lang: UiLang) -> Result<Option<ChangesPage>, Error> {
        let since = (self.today)().day_before();
        let (journal, _) = Journal::of(&self.root)?;
        let mut remembered = self.memory.since(since).unwrap_or_default();
        remembered.retain(|(path, _)| Subject::parse(path).is_some() || is_guide(path));
        // What was known may be older than what the files say.
        let mut outcome = self.known("site.yaml")?;
        for path in
            journal.touched(&since.to_string()).chain(remembered.iter().map(|(path, _)| path.as_str()))
        {
            outcome = self.known(path)?;
        }
        let Some(catalogue) = &outcome.catalogue else { return Ok(None) };
        let ground = Ground { outcome: &outcome, catalogue, lang };
        // What git remembers goes before: it knows what was changed by other programs, too.
        let mut files: BTreeMap<String, Option<String>> =
            journal.since(&since.to_string(), |path| now(&ground, path)).into_iter().collect();
        files.extend(remembered);
        let files = files.iter().filter_map(|(path, old)| changed(&ground, path, old.as_deref()));
        Ok(Some(ChangesPage {
            query: query(lang),
            token: self.token.clone(),
            since: since.to_string(),
            files: files.collect(),
            repository: self.memory.repository(),
            history: journal.history(lang),
        }))
    }
}

fn now(ground: &Ground<'_>, path: &str) -> Option<String> {
    let id = ground.outcome.sources.find(path)?;
    Some(ground.outcome.sources.file(id).text.clone())
}

/// Returns what a file says otherwise than `old`. `None` if it says the same, or is none that people write.
fn changed(ground: &Ground<'_>, path: &str, old: Option<&str>) -> Option<ChangedFile> {
    let id = ground.outcome.sources.find(path);
    let file = id.map(|id| ground.outcome.sources.file(id));
    let now = file.map(|file| file.text.as_str());
    let is_withheld = file.is_some_and(|file| file.withheld);
    if old == now {
        return None;
    }
    let subject = Subject::parse(path);
    if subject.is_none() && !is_guide(path) {
        return None;
    }
    let title = subject.as_ref().map(|subject| file_title(&subject.kind, path, ground));
    let mut all = Vec::new();
    if let (Some(subject), Some(id), false) = (&subject, id, is_withheld) {
        let (words, manner) = (ground.words(&subject.kind), ground.manner(id));
        let here = (String::new(), String::new());
        let form = Form { words: &words, manner: &manner, findings: Vec::new(), here };
        let tree = |text: &str| yaml::parse(FileId(0), text, &mut Findings::new());
        if let (Some(old), Some(new)) = (old.and_then(tree), now.and_then(tree)) {
            all = facts(&form, subject.kind.shape, Some(&old), Some(&new));
        }
    }
    for fact in &mut all {
        // What git remembers may hold a number that was taken out since.
        fact.old = fact.old.take().map(|text| masked(&text));
        fact.new = fact.new.take().map(|text| masked(&text));
    }
    let rest = all.len().saturating_sub(SHOWN);
    all.truncate(SHOWN);
    Some(ChangedFile {
        title: title.unwrap_or_else(|| path.rsplit('/').next().unwrap_or(path).to_owned()),
        path: masked(path),
        href: id.map(|_| percent_encoded(path)),
        is_new: old.is_none(),
        is_gone: now.is_none(),
        facts: all,
        rest,
    })
}
