//! Translations side by side: the official text now, the text that was translated where it is known, and the translation.
//! One save writes what was changed and records it, or what was looked at, as up to date.
//!
//! `translations.lock` knows a fingerprint of the text that was translated, no more. The text itself is looked for where it may
//! still stand: in other editions of the list, in what the journal can take back, in what git remembers.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::beside::{Side, sides};
use super::control::tidy;
use super::correct::{Correcting, correctable};
use super::deed::value;
use super::form::Form;
use super::journal::{Journal, Stood};
use super::page::History;
use super::posted::Pairs;
use super::round::round_at;
use super::subject::{Ground, Subject, query};
use super::titles::file_title;
use super::tree::{Manner, put, text as text_node, text_at};
use super::untranslated::{Open, note_texts, open_texts};
use super::whole::personal;
use super::{Answer, Editor, journal};
use crate::catalogue::{Record, TRANSLATIONS_FILE, Translations, fingerprint};
use crate::diagnostic::{Error, Findings, Message, UiLang};
use crate::route::percent_encoded;
use crate::span::FileId;
use crate::syntax::Node;
use crate::text;
use qingdan_document::tidy::rewritten;
use qingdan_storage::{self as storage, Change, Session};

/// The page that lists files with translations to be made, and what stands before the page of one file.
const INDEX: &str = "translations.html";
const OF_FILE: &str = "translations/";
/// How many texts a page shows; the others follow once these are done.
const SHOWN: usize = 40;
/// How many former texts of a file are looked through.
const FORMER: usize = 40;
/// Before the name of a control: the translation, what was shown of it, the text it was shown beside, whether it holds.
const VALUE: &str = "v";
const WAS: &str = "w";
const BESIDE: &str = "r";
const HOLDS: &str = "k";

/// The files in which translations are missing or outdated.
#[derive(Debug, Serialize)]
pub struct TranslationsIndex {
    /// The query that keeps the language.
    pub query: String,
    /// What sends the form has to know.
    pub token: String,
    /// How many translations are recorded at all.
    pub recorded: usize,
    /// Each file: title, address, missing, outdated.
    pub files: Vec<(String, String, usize, usize)>,
    /// What a step that was just taken said.
    pub told: Option<String>,
}

/// The translations of one file.
#[derive(Debug, Serialize)]
pub struct TranslationsPage {
    /// The way to the root of these pages.
    pub up: String,
    /// The query that keeps the language.
    pub query: String,
    /// What sends the form has to know.
    pub token: String,
    /// The file, as people call it.
    pub title: String,
    /// The form of the file, from `up`.
    pub form: String,
    /// Of an edition, the page of its round.
    pub round: Option<String>,
    /// What was wrong with what was sent, if anything.
    pub refused: Option<String>,
    /// Why nothing can be changed here, if so.
    pub closed: Option<String>,
    /// Of an issued edition, what a correction says.
    pub correcting: Option<Correcting>,
    /// The texts, the outdated first.
    pub texts: Vec<TranslationText>,
    /// How many more there are.
    pub rest: usize,
    /// What was changed last, and what was taken back last.
    pub history: History,
}

/// A text and its translation.
#[derive(Debug, Serialize)]
pub struct TranslationText {
    /// Language and way: the name of its controls.
    pub name: String,
    /// What it is recorded by.
    #[serde(skip)]
    address: String,
    /// Where it stands, in words.
    pub place: String,
    /// Whether there is a translation, which is older than the text.
    pub is_outdated: bool,
    /// The tag of the language that is translated, and of that of the translation, whose name follows.
    pub tags: (String, String),
    /// See `tags`.
    pub language: String,
    /// The text as it is now, and as it was translated if that is known, in pieces; without a former text one piece.
    pub now: Vec<Side>,
    /// See `now`.
    pub was: Vec<Side>,
    /// The fingerprint of the text.
    pub beside: String,
    /// The translation as the file has it.
    pub shown: String,
    /// The translation as it was sent, else as the file has it.
    pub value: String,
    /// What the file says by now, where it was changed meanwhile.
    pub meanwhile: Option<String>,
}

impl Editor {
    /// Tells whether an address is that of translations of one file.
    pub fn is_translations(address: &str) -> bool {
        Self::translated_file(address).is_some()
    }

    /// Tells whether an address is that of the list of files with translations.
    pub fn is_translations_index(address: &str) -> bool {
        address == INDEX
    }

    fn translated_file(address: &str) -> Option<&str> {
        address.strip_prefix(OF_FILE)?.strip_suffix(".html")
    }

    /// Returns the address of the translations of a file.
    pub(super) fn translations_at(file: &str) -> String {
        percent_encoded(&format!("{OF_FILE}{file}.html"))
    }

    /// Returns how many translations of a file are missing, and how many outdated.
    pub(super) fn untranslated(&self, ground: &Ground<'_>, file: &str) -> (usize, usize) {
        let Some(id) = ground.outcome.sources.find(file) else { return (0, 0) };
        let all = open_texts(ground.catalogue, |at| at.file == id);
        let outdated = all.iter().filter(|open| open.from.is_some()).count();
        (all.len() - outdated, outdated)
    }

    /// Returns the list of files in which translations are missing or outdated. `None` if `site.yaml` cannot be used.
    ///
    /// # Errors
    /// The disk.
    pub fn translations_index(
        &self,
        told: Option<String>,
        lang: UiLang,
    ) -> Result<Option<TranslationsIndex>, Error> {
        let outcome = self.known("site.yaml")?;
        let Some(catalogue) = &outcome.catalogue else { return Ok(None) };
        let ground = Ground { outcome: &outcome, catalogue, lang };
        let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        for open in open_texts(catalogue, |_| true) {
            let counts = counts.entry(outcome.sources.of(open.at).path.as_str()).or_default();
            if open.from.is_some() { counts.1 += 1 } else { counts.0 += 1 }
        }
        let files = counts.into_iter().filter_map(|(path, (missing, outdated))| {
            let subject = Subject::parse(path)?;
            let title = file_title(&subject.kind, path, &ground);
            Some((title, Self::translations_at(path), missing, outdated))
        });
        let mut files: Vec<_> = files.collect();
        files.sort_by_key(|(.., outdated)| std::cmp::Reverse(*outdated));
        Ok(Some(TranslationsIndex {
            query: query(lang),
            token: self.token.clone(),
            recorded: catalogue.translations.len(),
            files,
            told,
        }))
    }

    /// Returns the translations of a file. `None` if there is no such file.
    ///
    /// # Errors
    /// The disk.
    pub fn translations(&self, address: &str, lang: UiLang) -> Result<Option<TranslationsPage>, Error> {
        let Some(file) = Self::translated_file(address) else { return Ok(None) };
        let Some(subject) = Subject::parse(file).filter(|subject| subject.path.is_empty()) else {
            return Ok(None);
        };
        let outcome = self.known(file)?;
        let Some(catalogue) = &outcome.catalogue else { return Ok(None) };
        let ground = Ground { outcome: &outcome, catalogue, lang };
        Ok(self.translations_of(&subject, &ground))
    }

    fn translations_of(&self, subject: &Subject, ground: &Ground<'_>) -> Option<TranslationsPage> {
        let file = &subject.file;
        let id = ground.outcome.sources.find(file)?;
        let known = ground.outcome.sources.file(id);
        let tree = ground.tree(file);
        let issue = correctable(ground, subject);
        let closed = crate::closed::untouchable(known, Some(ground.catalogue)).filter(|_| issue.is_none());
        let closed = closed.map(|why| ground.say(&why));
        let mut open = open_texts(ground.catalogue, |at| at.file == id);
        open.sort_by_key(|open| open.from.is_none());
        let (manner, words) = (ground.manner(id), ground.words(&subject.kind));
        let form = Form {
            words: &words,
            manner: &manner,
            findings: Vec::new(),
            here: (String::new(), String::new()),
        };
        let wanted: BTreeSet<&str> = open.iter().filter_map(|open| open.from.as_deref()).collect();
        let former = self.former(ground, subject, &wanted);
        let mut texts = Vec::new();
        if let Some((_, root)) = &tree {
            let shape = subject.kind.shape;
            for open in &open {
                let Some(way) = text_at(root, shape, open.at) else { continue };
                let place = form.place_of(root, shape, &way);
                texts.extend(shown(open, &way, place, &former, ground));
            }
        }
        let rest = texts.len().saturating_sub(SHOWN);
        texts.truncate(SHOWN);
        let round = subject.kind.edition.as_ref();
        Some(TranslationsPage {
            up: "../".repeat(file.matches('/').count() + 1),
            query: query(ground.lang),
            token: self.token.clone(),
            title: file_title(&subject.kind, file, ground),
            form: percent_encoded(file),
            round: round.map(|address| round_at(address)),
            refused: None,
            closed,
            correcting: issue.map(|_| Correcting::of(ground, &[])),
            texts,
            rest,
            history: self.history(ground.lang),
        })
    }

    /// Returns the texts with these fingerprints, where they still stand somewhere.
    fn former(
        &self,
        ground: &Ground<'_>,
        subject: &Subject,
        wanted: &BTreeSet<&str>,
    ) -> BTreeMap<String, String> {
        let mut found = BTreeMap::new();
        if wanted.is_empty() {
            return found;
        }
        let siblings = subject.file.rsplit_once('/').map_or("", |(folder, _)| folder);
        let is_sibling = |path: &str| path.rsplit_once('/').is_some_and(|(folder, _)| folder == siblings);
        let others = ground.outcome.sources.iter().filter(|(_, file)| is_sibling(&file.path));
        others.for_each(|(_, file)| note_texts(&file.text, wanted, &mut found));
        let now = ground.outcome.sources.find(&subject.file).map(|id| &ground.outcome.sources.file(id).text);
        if let (Some(now), Ok((journal, _))) = (now, Journal::of(&self.root)) {
            let texts = journal.former(&subject.file, now);
            texts.iter().take(FORMER).for_each(|text| note_texts(text, wanted, &mut found));
        }
        if found.len() < wanted.len() {
            let texts = self.memory.former(&subject.file);
            texts.iter().take(FORMER).for_each(|text| note_texts(text, wanted, &mut found));
        }
        found
    }

    /// Takes what the page of translations at an address sends.
    ///
    /// # Errors
    /// There is none; the disk.
    pub(super) fn take_translations(
        &self,
        address: &str,
        sent: &Pairs,
        lang: UiLang,
    ) -> Result<Answer, Error> {
        let gone =
            || Error::Argument { reason: text!("没有这个表单了", "this form is not there any more") };
        let file = Self::translated_file(address).ok_or_else(gone)?;
        let subject = Subject::parse(file).filter(|subject| subject.path.is_empty()).ok_or_else(gone)?;
        let session = Session::open(&self.root)?;
        let bytes = storage::bytes_of(&self.native(file))?.ok_or_else(gone)?;
        let outcome = self.known(file)?;
        let catalogue = outcome.catalogue.as_ref().ok_or_else(gone)?;
        let ground = Ground { outcome: &outcome, catalogue, lang };
        let mut page = self.translations_of(&subject, &ground).ok_or_else(gone)?;
        page.correcting = page.correcting.map(|_| Correcting::of(&ground, sent));
        let again = |mut page: TranslationsPage, why: Option<&Message>| {
            page.refused = why.map(|why| ground.say(why));
            Ok(Answer::Translations(Box::new(page)))
        };
        let Some((id, mut root)) = ground.tree(file).filter(|_| page.closed.is_none()) else {
            return again(page, None);
        };
        let taken = take(&mut root, &subject, &mut page, sent, &ground.manner(id));
        if taken.has_conflict {
            return again(
                page,
                Some(&text!(
                    "有几条刚才在别处改过，还没有存。看一看现在写的是什么，要用这里的就再存一次",
                    "some of this was changed elsewhere meanwhile, and nothing was saved. Look at what it says now, and save again to use what stands here"
                )),
            );
        }
        let old = &outcome.sources.file(id).text;
        let Ok(new) = rewritten(old, &root) else {
            return again(
                page,
                Some(&text!(
                    "有一处在文件里写得特别，表单改不了，什么也没有写；请在编辑器里改这个文件",
                    "a place is written in a way that forms cannot change; nothing was written. Change the file in an editor"
                )),
            );
        };
        if let Some(refusal) = personal(old, &new) {
            return again(page, Some(&refusal));
        }
        let after = if new == *old { outcome.clone() } else { self.as_if(file, new.clone())? };
        let Some(lock) = self.recorded(&after, file, &taken.settled)? else {
            return again(
                page,
                Some(&text!(
                    "{TRANSLATIONS_FILE} 读不出来，没有存；先改好它",
                    "{TRANSLATIONS_FILE} cannot be read, and nothing was saved; mend it first"
                )),
            );
        };
        let (lock_bytes, lock_old, lock_new) = lock;
        let stood = Stood { path: file, bytes: Some(bytes), text: old };
        let record = Stood { path: TRANSLATIONS_FILE, bytes: lock_bytes, text: &lock_old };
        let count = taken.settled.len();
        let what = text!("译文，{count} 条", "translations: {count}");
        if let Some(issue) = correctable(&ground, &subject).filter(|_| new != *old) {
            let others: Vec<Change> = (lock_old != lock_new)
                .then(|| journal::file_change(&record, &lock_new))
                .into_iter()
                .map(|change| Change { is_of_people: false, ..change })
                .collect();
            let written = (&stood, new.as_str());
            if let Some(refusal) = self.correct(&session, (&ground, issue), written, (sent, others))? {
                return again(page, Some(&refusal));
            }
        } else {
            let both = [(&stood, new.as_str()), (&record, lock_new.as_str())];
            let changed: Vec<_> = both.into_iter().filter(|(stood, new)| stood.text != *new).collect();
            journal::write_all((&session, &self.root), &changed, (&what, (self.today)()))?;
        }
        self.forget();
        Ok(Answer::Go(percent_encoded(address)))
    }

    /// Returns `translations.lock` with what now holds: its bytes, its text as it was, and as it is to be. `None` if it cannot be
    /// read.
    #[expect(clippy::type_complexity, reason = "three of one file")]
    fn recorded(
        &self,
        after: &crate::pipeline::Outcome,
        file: &str,
        settled: &BTreeSet<(String, String)>,
    ) -> Result<Option<(Option<Vec<u8>>, String, String)>, Error> {
        let bytes = storage::bytes_of(&self.native(TRANSLATIONS_FILE))?;
        let old =
            bytes.as_deref().map(|bytes| String::from_utf8_lossy(bytes).into_owned()).unwrap_or_default();
        let mut findings = Findings::new();
        let mut lock = Translations::parse(FileId(0), &old, &mut findings);
        let (Some(catalogue), Some(id)) = (&after.catalogue, after.sources.find(file)) else {
            return Ok(None);
        };
        if !findings.is_empty() {
            return Ok(None);
        }
        let mut is_changed = false;
        catalogue.each_text(&mut |address, text| {
            if text.reference().span.file != id {
                return;
            }
            let address = address();
            for (code, translation) in text.iter() {
                if settled.contains(&(address.clone(), code.as_str().to_owned())) {
                    lock.insert(&address, code.as_str(), Record::of(text, translation));
                    is_changed = true;
                }
            }
        });
        let new = if is_changed { lock.to_text() } else { old.clone() };
        Ok(Some((bytes, old, new)))
    }
}

/// What was taken of a page.
struct Taken {
    /// Addresses and languages whose translation is right by now.
    settled: BTreeSet<(String, String)>,
    has_conflict: bool,
}

fn take(
    root: &mut Node,
    subject: &Subject,
    page: &mut TranslationsPage,
    sent: &Pairs,
    manner: &Manner,
) -> Taken {
    let mut taken = Taken { settled: BTreeSet::new(), has_conflict: false };
    for text in &mut page.texts {
        let said = |kind: &str| value(sent, &format!("{kind}{}", text.name)).map(tidy);
        let (Some(wanted), Some(shown), Some(beside)) = (said(VALUE), said(WAS), said(BESIDE)) else {
            continue;
        };
        let is_held = said(HOLDS).is_some();
        if wanted == shown && !is_held {
            continue;
        }
        text.value.clone_from(&wanted);
        // What was translated beside another text, or over another translation, is asked about.
        let is_known = beside == text.beside && (shown == text.shown || wanted == text.shown);
        if !is_known {
            taken.has_conflict = true;
            text.meanwhile = Some(text.shown.clone());
            continue;
        }
        let (code, way) = text.name.split_once(':').unwrap_or((&text.name, ""));
        if wanted != text.shown {
            let mut way: Vec<String> = way.split('/').map(str::to_owned).collect();
            way.push(code.to_owned());
            let value = (!wanted.is_empty()).then(|| text_node(wanted.clone()));
            put(root, subject.kind.shape, &way, value, manner);
        }
        if !wanted.is_empty() {
            taken.settled.insert((text.address.clone(), code.to_owned()));
        }
    }
    taken
}

fn shown(
    open: &Open,
    way: &[String],
    place: String,
    former: &BTreeMap<String, String>,
    ground: &Ground<'_>,
) -> Option<TranslationText> {
    let languages = &ground.catalogue.site.languages;
    let language = languages.iter().find(|known| known.code.as_str() == open.code)?;
    let was = open.from.as_ref().and_then(|from| former.get(from));
    let (was, now) = match was {
        Some(was) => sides(was, &open.reference),
        None => (Vec::new(), sides(&open.reference, &open.reference).0),
    };
    let shown = tidy(open.translation.as_deref().unwrap_or_default());
    Some(TranslationText {
        name: format!("{}:{}", open.code, way.join("/")),
        address: open.address.clone(),
        place,
        is_outdated: open.from.is_some(),
        tags: (languages.reference().tag.clone(), language.tag.clone()),
        language: language.name.clone(),
        now,
        was,
        beside: fingerprint(&open.reference),
        value: shown.clone(),
        shown,
        meanwhile: None,
    })
}
