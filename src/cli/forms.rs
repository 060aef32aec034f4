//! The forms of the preview: pages of `edit` rendered, what they send handed on, and the steps of a round as buttons.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;

use serde::Serialize;

use super::data;
use super::git::Git;
use crate::begin::{Beginning, PROVINCES, Province, begin};
use crate::date::Date;
use crate::diagnostic::{Error, Message, UiLang};
use crate::edit::{Answer, Editor, IMPORT, ImportAnswer, Pairs};
use crate::personal::hidden;
use crate::render::{ToolPage, ToolPages, Visit};
use crate::route::Route;
use crate::schema::{KeyLanguage, is_address_part};
use crate::serve::{Form, OwnForms, Sent, Stopper};
use crate::text;

/// Where the forms are, below the tool's own pages.
pub(super) const EDIT: &str = "edit/";
/// Where the papers of editions are, below the tool's own pages.
pub(super) const PAPERS: &str = "papers/";
/// The name of the page to start from.
pub(super) const START: &str = "start.html";
/// The page that others lead to where nothing can be shown.
const FINDINGS: &str = "findings.html";
/// Before the name of a step of the round, in what a button says.
const STEP: &str = "round:";
/// What the button says that ends the preview.
const END: &str = "end";

/// What shows and takes forms.
#[derive(Clone)]
pub(super) struct FormDesk {
    root: PathBuf,
    pages: Arc<ToolPages>,
    /// The day it is, if one was named.
    today: Option<Date>,
    /// What ends the preview.
    stopper: Stopper,
    /// What makes the forms.
    pub editor: Arc<Editor>,
}

impl FormDesk {
    /// Returns the desk for the catalogue at `root`.
    ///
    /// # Errors
    /// Those of [`Editor::new`].
    pub fn new(
        root: &Path,
        pages: Arc<ToolPages>,
        today: Option<Date>,
        stopper: Stopper,
    ) -> Result<Self, Error> {
        let editor = Editor::new(root, move || today.unwrap_or_else(data::now))?.with_memory(Git::of(root));
        Ok(Self { root: root.to_owned(), pages, today, stopper, editor: Arc::new(editor) })
    }

    /// Returns a form, or the page to start from.
    pub fn form(&self, address: &str, visit: &Visit) -> Option<Vec<u8>> {
        let lang = self.pages.spoken(visit);
        if !self.has_catalogue() {
            return self.begin(address, lang, None);
        }
        if address == START {
            let start = self.editor.start(lang).ok()??;
            return self.rendered("start", address, lang, text!("写清单", "Write lists").get(lang), &start);
        }
        if address == IMPORT {
            let start = self.editor.import_start(lang).ok()??;
            return self.rendered("import", address, lang, import_title().get(lang), &start);
        }
        if Editor::is_import(address) {
            // A table that is not kept any more can be sent again.
            let Some(page) = self.editor.import_page(address, lang).ok()? else {
                return self.form(IMPORT, visit);
            };
            return self.rendered("import-table", address, lang, import_title().get(lang), &page);
        }
        if let Some(edition) = Editor::round_of(address) {
            let page = self.editor.round(edition, None, lang).ok()??;
            return self.rendered("round", address, lang, round_title().get(lang), &page);
        }
        if Editor::is_changes(address) {
            let page = self.editor.changes(lang).ok()??;
            return self.rendered("changed", address, lang, changes_title().get(lang), &page);
        }
        if Editor::is_translations_index(address) {
            let page = self.editor.translations_index(None, lang).ok()??;
            return self.rendered("translations", address, lang, translations_title().get(lang), &page);
        }
        if Editor::is_translations(address) {
            let page = self.editor.translations(address, lang).ok()??;
            return self.rendered("translations-file", address, lang, translations_title().get(lang), &page);
        }
        let page = self.editor.page(address, lang).ok()??;
        self.rendered("edit", address, lang, &page.title.clone(), &page)
    }

    /// Returns a paper of an edition, by the address of the edition and the name of the paper.
    pub fn paper(&self, address: &str, visit: &Visit) -> Option<Vec<u8>> {
        let (edition, name) = address.rsplit_once('/')?;
        self.editor.paper(edition, name, self.pages.spoken(visit)).ok()?
    }

    fn rendered(
        &self,
        template: &'static str,
        address: &str,
        lang: UiLang,
        title: &str,
        data: &impl Serialize,
    ) -> Option<Vec<u8>> {
        let (code, other) = if lang == UiLang::Zh { ("zh", "en") } else { ("en", "zh") };
        // Where there is no catalogue, the page stands in for the findings as well.
        let route = match address {
            FINDINGS => Route::new(FINDINGS),
            _ => Route::new(format!("{EDIT}{address}")),
        };
        let others = vec![(other, format!("?lang={other}"))];
        self.pages
            .leaf(ToolPage { template, route: &route, lang: code, title: title.to_owned(), others }, data)
    }

    /// Returns what takes the forms.
    pub fn takers(&self) -> Arc<OwnForms> {
        let desk = self.clone();
        Arc::new(move |path, sent, visit| {
            let address = path.strip_prefix(EDIT)?;
            desk.take(address, sent, desk.pages.spoken(visit))
        })
    }

    fn take(&self, address: &str, form: &Form, lang: UiLang) -> Option<Sent> {
        let sent = &form.pairs;
        if !self.editor.knows(sent) {
            let why = text!(
                "这一页是从前打开的，什么也没有写；请重新打开这一页再改",
                "this page was opened by a former preview, and nothing was written; open it again"
            );
            return Some(Sent::Page(403, self.said(address, lang, why.get(lang))?));
        }
        let asked = sent.iter().find(|(name, _)| name == "do").map_or("", |(_, value)| value.as_str());
        if asked == END {
            // Answers that are on their way still arrive.
            self.stopper.stop();
            return Some(Sent::Page(200, self.ended(address, lang)?));
        }
        if !self.has_catalogue() {
            return self.take_begin(asked, sent, lang);
        }
        if let Some(step) = asked.strip_prefix(STEP) {
            return self.round(address, step, sent, lang);
        }
        let query = query(lang);
        if address == IMPORT || Editor::is_import(address) {
            return self.import(address, form, lang, query);
        }
        Some(match self.editor.take(address, sent, lang) {
            Answer::Go(to) => Sent::Done(format!("{EDIT}{to}{query}")),
            Answer::Again(page) => {
                Sent::Page(422, self.rendered("edit", address, lang, &page.title.clone(), &page)?)
            }
            Answer::Tried(page) => {
                Sent::Page(200, self.rendered("edit", address, lang, &page.title.clone(), &page)?)
            }
            Answer::Translations(page) => {
                let title = translations_title();
                Sent::Page(422, self.rendered("translations-file", address, lang, title.get(lang), &page)?)
            }
            Answer::Refused(why) => Sent::Page(409, self.said(address, lang, why.message().get(lang))?),
        })
    }

    fn has_catalogue(&self) -> bool {
        self.root.join("site.yaml").is_file()
    }

    /// Returns the page where a catalogue begins, with what kept it from beginning.
    fn begin(&self, address: &str, lang: UiLang, refused: Option<String>) -> Option<Vec<u8>> {
        let folder = std::path::absolute(&self.root).unwrap_or_else(|_| self.root.clone());
        let name = |province: &Province| if lang == UiLang::Zh { province.name } else { province.english };
        let page = BeginPage {
            query: query(lang),
            token: self.editor.token().to_owned(),
            folder: hidden(&folder.to_string_lossy()),
            provinces: PROVINCES.iter().map(|province| (province.id, name(province))).collect(),
            refused,
        };
        self.rendered("begin", address, lang, text!("新建清单", "Begin a catalogue").get(lang), &page)
    }

    /// Begins a catalogue, of a province or with the demonstration.
    fn take_begin(&self, asked: &str, sent: &Pairs, lang: UiLang) -> Option<Sent> {
        let chosen = sent.iter().find(|(name, _)| name == "province").map_or("", |(_, value)| value.as_str());
        let beginning = match asked {
            "demo" => Beginning::Demo,
            "begin" => Beginning::Province(Province::named(chosen)),
            _ => return None,
        };
        let keys = if lang == UiLang::Zh { KeyLanguage::Chinese } else { KeyLanguage::English };
        Some(match begin(&self.root, beginning, keys) {
            Ok(_) => Sent::Done(format!("{EDIT}{START}{}", query(lang))),
            Err(why) => Sent::Page(409, self.begin(START, lang, Some(hidden(why.message().get(lang))))?),
        })
    }

    /// Returns the last page of a preview.
    fn ended(&self, address: &str, lang: UiLang) -> Option<Vec<u8>> {
        let why = text!(
            "存过的都在文件里，这个网页可以关了。再写的时候，照原来的办法打开",
            "what was saved is in the files, and this page can be closed; to write again, start as before"
        );
        let data = BTreeMap::from([("why", why.get(lang)), ("ended", "yes")]);
        self.rendered("sorry", address, lang, text!("已结束", "Ended").get(lang), &data)
    }

    /// Takes a table that was sent, or what was decided of one.
    fn import(&self, address: &str, form: &Form, lang: UiLang, query: &str) -> Option<Sent> {
        let answer = match (&form.file, address == IMPORT) {
            (Some(file), true) => self.editor.take_table(&file.name, &file.bytes, &form.pairs, lang),
            (None, true) => self.editor.take_table("", &[], &form.pairs, lang),
            (_, false) => self.editor.take_import(address, &form.pairs, lang),
        };
        let title = import_title();
        let title = title.get(lang);
        Some(match answer {
            ImportAnswer::Go(to) => Sent::Done(format!("{EDIT}{to}{query}")),
            ImportAnswer::Start(start) => {
                Sent::Page(422, self.rendered("import", address, lang, title, &start)?)
            }
            ImportAnswer::Again(page) => {
                Sent::Page(422, self.rendered("import-table", address, lang, title, &page)?)
            }
            ImportAnswer::Refused(why) => Sent::Page(409, self.said(address, lang, why.message().get(lang))?),
        })
    }

    /// Takes a step of the round by the command that is there for it, and shows what it says.
    fn round(&self, address: &str, step: &str, sent: &Pairs, lang: UiLang) -> Option<Sent> {
        let root = self.root.to_string_lossy().into_owned();
        if step == "translated" && Editor::is_translations_index(address) {
            // It asks for no day.
            let told = self.said_by(&["translated", &root], lang);
            let page = self.editor.translations_index(Some(told), lang).ok()??;
            let title = translations_title();
            return Some(Sent::Page(
                200,
                self.rendered("translations", address, lang, title.get(lang), &page)?,
            ));
        }
        let edition = Editor::round_of(address)?;
        let (list, _) = edition.rsplit_once('/')?;
        let next = sent.iter().find(|(name, _)| name == "next").map_or("", |(_, value)| value.trim());
        let papers = self.papers(edition);
        let (status, told) = match step {
            "new" if is_address_part(next) => (200, self.run(&["edition", "new", list, next, &root], lang)),
            "issue" => (200, self.run(&["edition", "issue", edition, &root], lang)),
            "issue-lower" => (200, self.run(&["edition", "issue", edition, &root, "--yes"], lang)),
            "file" => (200, self.run(&["export", "filing", edition, &root, "--out", &papers], lang)),
            _ => {
                let why = text!(
                    "先写下一版的编号，例如 2027",
                    "write the id of the next edition first, such as 2027"
                );
                (422, why.get(lang).to_owned())
            }
        };
        let page = self.editor.round(edition, Some(told), lang).ok()??;
        Some(Sent::Page(status, self.rendered("round", address, lang, round_title().get(lang), &page)?))
    }

    /// Runs a command of this program on the day of the preview; returns what it says.
    fn run(&self, words: &[&str], lang: UiLang) -> String {
        let today = self.today.map(|today| today.to_string());
        let words: Vec<&str> =
            words.iter().copied().chain(today.iter().flat_map(|today| ["--today", today])).collect();
        self.said_by(&words, lang)
    }

    /// Runs a command of this program; returns what it says.
    fn said_by(&self, words: &[&str], lang: UiLang) -> String {
        let said = run(words, lang);
        self.editor.forget();
        hidden(&said).trim_end().to_owned()
    }

    /// Returns the folder for the papers of an edition: beside the catalogue.
    fn papers(&self, edition: &str) -> String {
        let beside = std::path::absolute(&self.root).ok().and_then(|root| root.parent().map(Path::to_owned));
        let folder = beside.unwrap_or_default().join(format!("filing-{}", edition.replace('/', "-")));
        folder.to_string_lossy().into_owned()
    }

    /// Returns a page that says something.
    fn said(&self, address: &str, lang: UiLang, why: &str) -> Option<Vec<u8>> {
        let data = BTreeMap::from([("why", why)]);
        self.rendered("sorry", address, lang, text!("没有存", "Not saved").get(lang), &data)
    }
}

/// What the page gets where a catalogue begins.
#[derive(Serialize)]
struct BeginPage {
    /// The query that keeps the language.
    query: &'static str,
    /// What sends the form has to know.
    token: String,
    /// The folder it will be in.
    folder: String,
    /// Ids and names.
    provinces: Vec<(&'static str, &'static str)>,
    /// What kept it from beginning.
    refused: Option<String>,
}

/// Returns the query that keeps the language.
fn query(lang: UiLang) -> &'static str {
    if lang == UiLang::Zh { "?lang=zh" } else { "?lang=en" }
}

/// What the pages of the import are called.
fn import_title() -> Message {
    text!("导入表格", "Import a table")
}

/// What the page of a round is called.
fn round_title() -> Message {
    text!("这一版走到哪一步", "How far this edition is")
}

/// What the page of changes is called.
fn changes_title() -> Message {
    text!("从昨天起改了什么", "What changed since yesterday")
}

/// What the pages of translations are called.
fn translations_title() -> Message {
    text!("译文", "Translations")
}

/// Runs a command of this program; returns what it says.
fn run(words: &[&str], lang: UiLang) -> String {
    let lang = if lang == UiLang::Zh { "zh" } else { "en" };
    // The file may have been replaced by a newer one while the preview runs; Linux still knows ours.
    let own = Path::new("/proc/self/exe");
    let program = if own.exists() { Ok(own.to_owned()) } else { std::env::current_exe() };
    let started = program.and_then(|program| {
        let mut command = Command::new(program);
        command.args(words).args(["--lang", lang]).stdin(Stdio::null()).env("NO_COLOR", "1").output()
    });
    match started {
        Ok(ended) => {
            let said = [ended.stdout, ended.stderr].concat();
            String::from_utf8_lossy(&said).into_owned()
        }
        Err(cause) => cause.to_string(),
    }
}
