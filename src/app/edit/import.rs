//! The screen on which an office's table becomes a list: its table as it looks, and beside it what was understood.
//!
//! A table that was sent is kept in memory until it is written or newer ones come, with what a person decided; it goes through the
//! same code as `qingdan import`, and into the catalogue as every form does, so that it can be taken back.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::PoisonError;

use super::deed::value;
use super::import_page::{self, ImportPage, ImportStart};
use super::posted::Pairs;
use super::subject::query;
use super::{AREAS_FILE, COLUMNS_FILE, Editor, journal, remembered, with_areas};
use crate::catalogue::{Catalogue, ColumnMeaning, file_kind};
use crate::diagnostic::{Error, Message, UiLang};
use crate::personal::masked;
use crate::route::percent_encoded;
use crate::schema::{Choices as _, KeyLanguage, is_address_part};
use crate::text;
use qingdan_exchange::import::{Decision, Goal, Imported, OfficeFile, ShownTable, Target, Told};
use qingdan_storage::{self as storage, Session};

/// The page on which a table is chosen.
pub const IMPORT: &str = "import.html";
/// How the pages of tables are called.
const OF_TABLE: &str = "import-";
/// Tables that are kept; each is a few megabytes at most.
const MOST_TABLES: usize = 4;

/// A table on its way into the catalogue.
#[derive(Debug)]
pub(super) struct Draft {
    number: usize,
    file: OfficeFile,
    /// Place, list and edition.
    address: String,
    told: Told,
    /// How often it was changed, so that a page that shows something older is known.
    version: usize,
}

/// The tables that were sent, the oldest first.
#[derive(Debug, Default)]
pub(super) struct Drafts {
    all: Vec<Draft>,
    last: usize,
}

/// What the import screen answers.
#[derive(Debug)]
pub enum ImportAnswer {
    /// It is done; the page to go to, from where the forms start.
    Go(String),
    /// The page on which a table is chosen, again.
    Start(Box<ImportStart>),
    /// The screen again.
    Again(Box<ImportPage>),
    /// It cannot be taken.
    Refused(Error),
}

/// What the catalogue makes of a table with what was told so far.
struct Look {
    tables: Vec<ShownTable>,
    imported: Result<Imported, Message>,
    /// Whether there is such an edition already, and whether it is closed.
    exists: bool,
    is_frozen: bool,
}

impl Editor {
    /// Returns the page on which a table is chosen. `None` if the catalogue cannot be read.
    ///
    /// # Errors
    /// The disk.
    pub fn import_start(&self, lang: UiLang) -> Result<Option<ImportStart>, Error> {
        let outcome = self.known("site.yaml")?;
        let Some(catalogue) = &outcome.catalogue else { return Ok(None) };
        Ok(Some(ImportStart::new(catalogue, &self.token, lang)))
    }

    /// Tells whether an address is that of a table that was sent.
    pub fn is_import(address: &str) -> bool {
        number(address).is_some()
    }

    /// Returns the screen of a table. `None` if it is not kept any more, or the catalogue cannot be read.
    ///
    /// # Errors
    /// The disk.
    pub fn import_page(&self, address: &str, lang: UiLang) -> Result<Option<ImportPage>, Error> {
        let outcome = self.known("site.yaml")?;
        let Some(catalogue) = &outcome.catalogue else { return Ok(None) };
        let drafts = self.imports.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(draft) = number(address).and_then(|number| drafts.find(number)) else { return Ok(None) };
        Ok(Some(self.screen(catalogue, draft, lang)))
    }

    fn screen(&self, catalogue: &Catalogue, draft: &Draft, lang: UiLang) -> ImportPage {
        let Look { tables, imported, exists, is_frozen } = self.look(catalogue, draft);
        let mut page = import_page::page(&tables, &imported, lang);
        page.token.clone_from(&self.token);
        page.query = query(lang);
        page.file = masked(draft.file.name());
        page.address.clone_from(&draft.address);
        page.version = draft.version;
        (page.exists, page.is_frozen) = (exists, is_frozen);
        page
    }

    /// Takes a table that was sent: its screen comes next.
    pub fn take_table(&self, name: &str, bytes: &[u8], sent: &Pairs, lang: UiLang) -> ImportAnswer {
        let again = |why: &Message| match self.import_start(lang) {
            Ok(Some(mut start)) => {
                start.refused = Some(why.get(lang).to_owned());
                start.keep(sent);
                ImportAnswer::Start(Box::new(start))
            }
            Ok(None) => ImportAnswer::Refused(unread()),
            Err(error) => ImportAnswer::Refused(error),
        };
        if bytes.is_empty() {
            return again(&text!("先选一个文件", "choose a file first"));
        }
        let part = |name: &str| value(sent, name).unwrap_or_default().trim();
        let address = format!("{}/{}/{}", part("place"), part("list"), part("edition"));
        let is_list = file_kind(&format!("{address}.yaml")).is_some_and(|kind| kind.edition.is_some());
        if !is_list || !address.split('/').all(is_address_part) || masked(&address) != address {
            return again(&text!(
                "写上版次，例如 2027；只用小写字母、数字和连字符",
                "write the id of the edition, such as 2027, of small letters, digits and hyphens"
            ));
        }
        let file = match OfficeFile::read(name, bytes) {
            Ok(file) => file,
            Err(why) => return again(&why),
        };
        let mut drafts = self.imports.lock().unwrap_or_else(PoisonError::into_inner);
        drafts.last += 1;
        let number = drafts.last;
        drafts.all.push(Draft { number, file, address, told: Told::default(), version: 0 });
        let more = drafts.all.len().saturating_sub(MOST_TABLES);
        drafts.all.drain(..more);
        ImportAnswer::Go(format!("{OF_TABLE}{number}.html"))
    }

    /// Takes what was decided on the screen of a table.
    pub fn take_import(&self, address: &str, sent: &Pairs, lang: UiLang) -> ImportAnswer {
        self.taken(address, sent, lang).unwrap_or_else(ImportAnswer::Refused)
    }

    fn taken(&self, address: &str, sent: &Pairs, lang: UiLang) -> Result<ImportAnswer, Error> {
        let outcome = self.known("site.yaml")?;
        let catalogue = outcome.catalogue.as_ref().ok_or_else(unread)?;
        let mut drafts = self.imports.lock().unwrap_or_else(PoisonError::into_inner);
        let draft = number(address).and_then(|number| drafts.find_mut(number)).ok_or_else(gone)?;
        let again = |draft: &Draft, why: Message| {
            let mut page = self.screen(catalogue, draft, lang);
            page.refused = Some(why.get(lang).to_owned());
            Ok(ImportAnswer::Again(Box::new(page)))
        };
        if value(sent, "version") != Some(draft.version.to_string().as_str()) {
            let why = text!(
                "这张表刚才在另一个窗口里改过，这一次的选择没有用上；看一看现在的样子再选",
                "this table was changed in another window meanwhile, and what was chosen here was not used; look at it as it is now and choose again"
            );
            return again(draft, why);
        }
        let seen = self.look(catalogue, draft);
        decide(&mut draft.told, &seen, sent);
        draft.version += 1;
        if value(sent, "do") != Some("write") {
            return Ok(ImportAnswer::Go(address.to_owned()));
        }
        let now = self.look(catalogue, draft);
        let imported = match &now.imported {
            Ok(imported) if imported.services > 0 => imported,
            Ok(_) => return again(draft, text!("没有留下要写的项目", "no service is left to write")),
            Err(why) => return again(draft, why.clone()),
        };
        if now.is_frozen {
            return again(
                draft,
                text!(
                    "这一版已经发布并冻结，没有写；导入成新的一版",
                    "this edition is issued and frozen, and nothing was written; import the table as a new edition"
                ),
            );
        }
        if now.exists && value(sent, "replace").is_none() {
            return again(
                draft,
                text!(
                    "已经有这一版，没有写；要换掉它就勾上“换掉已有的这一版”",
                    "there is such an edition already, and nothing was written; tick that it is to be replaced"
                ),
            );
        }
        self.write_table(draft, imported, value(sent, "areas").is_some())?;
        let to = percent_encoded(&format!("{}.yaml", draft.address));
        let number = draft.number;
        drafts.all.retain(|draft| draft.number != number);
        drop(drafts);
        self.forget();
        Ok(ImportAnswer::Go(to))
    }

    /// Reads a table again with what was told so far.
    fn look(&self, catalogue: &Catalogue, draft: &Draft) -> Look {
        let path = format!("{}.yaml", draft.address);
        let goal = Goal::of(catalogue, &draft.address);
        let baseline = goal.and_then(|goal| goal.baseline(catalogue));
        let target = Target {
            catalogue,
            place: goal.map(|goal| goal.place),
            ordinal: goal.map_or(1, |goal| goal.ordinal),
            address: Some(&draft.address),
            baseline: baseline.as_ref().map(|(edition, address)| (*edition, address.as_str())),
            keys: KeyLanguage::English,
        };
        Look {
            tables: draft.file.tables(&catalogue.vocabulary, &draft.told),
            imported: draft.file.import(&target, &draft.told),
            exists: catalogue.edition(&draft.address).is_some() || self.native(&path).exists(),
            is_frozen: catalogue.frozen.get(&draft.address).is_some(),
        }
    }

    /// Writes the list, and what its columns are; both can be taken back.
    fn write_table(&self, draft: &Draft, imported: &Imported, adds_areas: bool) -> Result<(), Error> {
        let session = Session::open(&self.root)?;
        let put = |path: &str, new: &dyn Fn(&str) -> Option<String>, what: &Message| {
            let bytes = storage::bytes_of(&session.path(path))?;
            let all =
                bytes.as_deref().map(|bytes| String::from_utf8_lossy(bytes).into_owned()).unwrap_or_default();
            let old = all.strip_prefix('\u{FEFF}').unwrap_or(&all);
            let Some(new) = new(old) else { return Ok(()) };
            let stood = journal::Stood { path, bytes, text: old };
            journal::write((&session, &self.root), &stood, &new, (what, (self.today)()))
        };
        let told = &draft.told.headings;
        let what = text!("记下各列是什么", "what columns are");
        put(COLUMNS_FILE, &|old| remembered(Some(old), told), &what)?;
        if adds_areas {
            let what = text!("新的领域", "new areas");
            put(AREAS_FILE, &|old| with_areas(old, &imported.new_areas), &what)?;
        }
        let file = masked(draft.file.name());
        let what = text!("导入 {file}", "imported {file}");
        put(&format!("{}.yaml", draft.address), &|_| Some(imported.yaml.clone()), &what)
    }
}

impl Drafts {
    fn find(&self, number: usize) -> Option<&Draft> {
        self.all.iter().find(|draft| draft.number == number)
    }

    fn find_mut(&mut self, number: usize) -> Option<&mut Draft> {
        self.all.iter_mut().find(|draft| draft.number == number)
    }
}

/// Returns the number of the table whose screen is at an address.
fn number(address: &str) -> Option<usize> {
    address.strip_prefix(OF_TABLE)?.strip_suffix(".html")?.parse().ok()
}

/// Takes in what a person chose on the screen as it was shown.
fn decide(told: &mut Told, seen: &Look, sent: &Pairs) {
    let values: BTreeMap<&str, &str> =
        sent.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    for (table, shown) in seen.tables.iter().enumerate() {
        for (at, column) in shown.columns.iter().enumerate() {
            let chosen =
                values.get(import_page::column_name(table, at).as_str()).copied().unwrap_or_default();
            let Some(chosen) = ColumnMeaning::named(chosen).filter(|chosen| Some(*chosen) != column.means)
            else {
                continue;
            };
            if column.heading.trim().is_empty() {
                told.places.insert(at, chosen);
            } else {
                told.headings.insert(column.heading.trim().to_owned(), chosen);
            }
        }
    }
    let all = values.get("do").and_then(|asked| asked.strip_prefix("all:"));
    for service in seen.imported.iter().flat_map(|imported| &imported.understood) {
        let chosen = all.or_else(|| values.get(import_page::row_name(service.id).as_str()).copied());
        let decision: &mut Decision = told.rows.entry(service.id).or_default();
        if let Some(chosen) = chosen {
            decision.is_checked = chosen == import_page::CHECKED;
            decision.is_left_out = chosen == import_page::LEFT_OUT;
        }
        for (at, clause) in service.clauses.iter().enumerate() {
            let Some(chosen) = values.get(import_page::clause_name(service.id, at).as_str()) else {
                continue;
            };
            let chosen: BTreeSet<String> =
                chosen.split(' ').filter(|address| !address.is_empty()).map(str::to_owned).collect();
            if chosen != clause.covers.iter().cloned().collect() {
                decision.covers.insert(clause.key.clone(), chosen);
            }
        }
    }
}

fn gone() -> Error {
    Error::Argument {
        reason: text!(
            "这张表已经不在这里了（预览重新启动过，或者又导入了别的表），什么也没有写；请重新选文件",
            "this table is not kept any more, as the preview was started anew or others were imported; nothing was written. Choose the file again"
        ),
    }
}

fn unread() -> Error {
    Error::Argument {
        reason: text!(
            "先改好清单文件夹里的错误，再导入",
            "mend the mistakes of the catalogue first, then import"
        ),
    }
}
