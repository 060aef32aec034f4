//! From an address to a form: which part of which file it is about.

use super::beside::{Beside, Sight, service_at};
use super::control::{self, SaidHere};
use super::correct::{Correcting, can_begin, correctable, lock};
use super::form::Form;
use super::guide::is_guide;
use super::page::{EditPage, StartFile, StartPage, StartPlace};
use super::round::round_at;
use super::titles::file_title;
use super::tree::{Manner, Spot, find};
use super::words::Words;
use super::{Control, Editor, FormField, NEW};
use crate::analysis::Analysis;
use crate::catalogue::{Catalogue, EditionStatus, FileKind, Place, file_kind};
use crate::closed::untouchable;
use crate::diagnostic::{Error, Finding, Findings, Level, Message, UiLang};
use crate::lang::LangCode;
use crate::pipeline::Outcome;
use crate::route::percent_encoded;
use crate::schema::{KeyLanguage, RefTo};
use crate::span::FileId;
use crate::syntax::{Node, Value, yaml};
use crate::text;

/// Files that a place can have besides its own and its lists.
pub(super) const CAN_HAVE: [&str; 4] = ["contacts.yaml", "duties.yaml", "danger.yaml", "statistics.yaml"];

/// A part of a file.
pub(super) struct Subject {
    /// The file, by its path.
    pub file: String,
    /// What the file is.
    pub kind: FileKind,
    /// The way to the part.
    pub path: Vec<String>,
    /// Whether the part is still to be made.
    pub is_new: bool,
}

impl Subject {
    /// Reads an address: the path of a file, then the way inside it. `None` if no such file is written by people.
    pub fn parse(address: &str) -> Option<Self> {
        let end = address
            .find(".yaml/")
            .map(|at| at + 5)
            .or(address.ends_with(".yaml").then_some(address.len()))?;
        let (file, rest) = address.split_at(end);
        let mut path: Vec<String> =
            rest.split('/').filter(|step| !step.is_empty()).map(str::to_owned).collect();
        let is_new = path.last().is_some_and(|step| step == NEW);
        if is_new {
            path.pop();
        }
        Some(Self { kind: file_kind(file)?, file: file.to_owned(), path, is_new })
    }

    /// Returns its address, as links have it.
    pub fn href(&self, steps: usize) -> String {
        let steps = self.path.iter().take(steps);
        let parts = self.file.split('/').chain(steps.map(String::as_str));
        parts.map(percent_encoded).collect::<Vec<_>>().join("/")
    }
}

/// What stands still while a form is made: the content, or as much of it as could be read.
pub(super) struct Ground<'o> {
    pub outcome: &'o Outcome,
    pub catalogue: &'o Catalogue,
    pub lang: UiLang,
}

impl<'o> Ground<'o> {
    pub fn words(&self, kind: &FileKind) -> Words<'o> {
        let edition = kind.edition.as_ref().and_then(|address| self.catalogue.edition(address));
        Words { catalogue: self.catalogue, naming: kind.naming(self.catalogue), edition, lang: self.lang }
    }

    /// Returns the tree of a file as it is written. `None` if it is not written right.
    pub fn tree(&self, file: &str) -> Option<(FileId, Node)> {
        let id = self.outcome.sources.find(file)?;
        let mut findings = Findings::new();
        let node = yaml::parse(id, &self.outcome.sources.file(id).text, &mut findings);
        let empty = || Node::new(crate::span::Span::whole(id), Value::Empty);
        findings.is_empty().then(|| (id, node.unwrap_or_else(empty)))
    }

    pub fn manner(&self, id: FileId) -> Manner {
        Manner {
            keys: KeyLanguage::of_text(&self.outcome.sources.file(id).text),
            reference: self.catalogue.site.languages.reference().code.clone(),
        }
    }

    pub fn say(&self, message: &Message) -> String {
        message.get(self.lang).to_owned()
    }

    /// Returns what was found in a file.
    pub fn found(&self, id: FileId) -> impl Iterator<Item = &'o Finding> {
        self.outcome.findings.iter().filter(move |finding| finding.at.file == id)
    }

    fn counts(&self, file: &str) -> (usize, usize) {
        let Some(id) = self.outcome.sources.find(file) else { return (0, 0) };
        let errors = self.found(id).filter(|finding| finding.level == Level::Error).count();
        (errors, self.found(id).count() - errors)
    }

    fn repairs(&self, id: Option<FileId>) -> usize {
        let all = self.outcome.findings.iter().filter(|finding| finding.fix.is_some());
        all.filter(|finding| id.is_none_or(|id| finding.at.file == id)).count()
    }
}

impl Editor {
    /// Returns the form at an address. `None` if there is none.
    ///
    /// # Errors
    /// The disk.
    pub fn page(&self, address: &str, lang: UiLang) -> Result<Option<EditPage>, Error> {
        if is_guide(address) {
            let outcome = self.known(address)?;
            return Ok(self.guide(address, &outcome, lang));
        }
        let Some(subject) = Subject::parse(address) else { return Ok(None) };
        let outcome = self.known(&subject.file)?;
        if outcome.sources.find(&subject.file).is_none() {
            return Ok(None);
        }
        let Some(catalogue) = &outcome.catalogue else { return Ok(None) };
        Ok(self.form(&subject, &Ground { outcome: &outcome, catalogue, lang }))
    }

    /// Returns the form of a part of a file.
    pub(super) fn form(&self, subject: &Subject, ground: &Ground<'_>) -> Option<EditPage> {
        let id = ground.outcome.sources.find(&subject.file)?;
        let words = ground.words(&subject.kind);
        let file = ground.outcome.sources.file(id);
        let mut closed = untouchable(file, Some(ground.catalogue));
        let tree = ground.tree(&subject.file);
        let tree_is_right = tree.is_some();
        if tree.is_none() && closed.is_none() {
            closed = Some(text!(
                "这个文件里有写法上的错误，改好以后才能用表单",
                "this file is not written right; once that is mended, it can be edited here"
            ));
        }
        let empty = Node::new(crate::span::Span::whole(id), Value::Empty);
        let root = tree.map_or(empty, |(_, node)| node);
        let manner = ground.manner(id);
        let up = "../".repeat(subject.href(usize::MAX).matches('/').count() + usize::from(subject.is_new));
        let here = (format!("{up}{}", subject.href(usize::MAX)), query(ground.lang));
        let form = Form { words: &words, manner: &manner, findings: ground.found(id).collect(), here };
        let spot = find(&root, subject.kind.shape, &subject.path)?;
        let spot = if subject.is_new { item_of(spot)? } else { spot };
        if spot.node.is_none() && !subject.is_new && subject.path.len() > 1 {
            // Of an item that is gone there is no form.
            let above = find(&root, subject.kind.shape, &subject.path[..subject.path.len() - 1])?;
            if matches!(above.shape, crate::schema::Shape::List(_) | crate::schema::Shape::Several(_)) {
                return None;
            }
        }
        let mut fields = form.of(spot);
        let issue = closed.as_ref().and_then(|_| correctable(ground, subject)).filter(|_| tree_is_right);
        let reference = manner.reference.as_str();
        let is_open = issue.is_some() && lock(&mut fields, &subject.path, reference);
        let correcting = (is_open && (!subject.is_new || can_begin(subject, reference)))
            .then(|| Correcting::of(ground, &[]));
        if correcting.is_some() {
            closed = Some(text!(
                "已经发布并冻结。灰色的是封存的，不能改；其余的可以更正，存的时候写明更正了什么，会带日期列在清单的说明页上",
                "issued and frozen. What is grey is sealed and stays; the rest can be corrected: say what was corrected as you save, and the page about the list shows it with the day"
            ));
        }
        let (fields, more) = parted(fields, subject);
        let closed_is_none = closed.is_none();
        Some(EditPage {
            query: query(ground.lang),
            title: self.title(subject, &form, spot, ground),
            crumbs: crumbs(subject, &form, &root, ground),
            file: subject.file.clone(),
            token: self.token.clone(),
            closed: closed.map(|why| ground.say(&why)),
            refused: None,
            repairs: ground.repairs(Some(id)),
            said: elsewhere(&form, spot, &fields),
            is_item: closed_is_none && is_item(subject, &root),
            is_new: subject.is_new,
            lists: lists(&words, fields.iter().chain(&more)),
            beside: self.beside(subject, &words),
            open: self.open(subject, &words),
            round: words.edition.map(|edition| round_at(&edition.address())),
            correcting,
            history: self.history(ground.lang),
            fields,
            more,
            up,
        })
    }

    fn title(&self, subject: &Subject, form: &Form<'_, '_>, spot: Spot<'_>, ground: &Ground<'_>) -> String {
        let own = spot.node.filter(|_| !subject.path.is_empty()).and_then(|node| form.title(node));
        let name = spot.shape.tables().first().map(|table| match ground.lang {
            UiLang::Zh => table.zh.to_owned(),
            UiLang::En => table.en.to_owned(),
        });
        let is_field = subject.path.len() == 1 && subject.kind.edition.is_some();
        match (subject.is_new, own) {
            (true, _) => ground.say(&text!("添一项", "Something new")),
            (false, Some(own)) if !is_field => own,
            (false, _) if subject.path.is_empty() => file_title(&subject.kind, &subject.file, ground),
            (false, _) => name.or_else(|| subject.path.last().cloned()).unwrap_or_default(),
        }
    }

    fn beside(&self, subject: &Subject, words: &Words<'_>) -> Beside {
        let analysis = Analysis::new(words.catalogue, (self.today)());
        let sight = Sight { words, analysis: &analysis };
        let Some(edition) = words.edition else { return Beside::default() };
        let steps: Vec<&str> = subject.path.iter().map(String::as_str).collect();
        let made = match steps.as_slice() {
            ["services", service] => {
                service_at(edition.edition, service).map(|service| sight.of_service(service))
            }
            ["services", service, "provisions", provision] => {
                service_at(edition.edition, service).and_then(|service| {
                    let mut provisions = service.body.provisions.iter();
                    let provision = provisions.find(|known| known.id.value == *provision)?;
                    Some(sight.of_provision(service, provision))
                })
            }
            _ => None,
        };
        made.filter(|_| !subject.is_new).unwrap_or_default()
    }

    fn open(&self, subject: &Subject, words: &Words<'_>) -> Vec<(String, String)> {
        if !subject.path.is_empty() || words.edition.is_none() {
            return Vec::new();
        }
        let analysis = Analysis::new(words.catalogue, (self.today)());
        Sight { words, analysis: &analysis }.open_services()
    }

    /// Returns the address of the form of what a finding is about. `None` if its file has no form.
    pub fn address_of(&self, outcome: &Outcome, finding: &Finding) -> Option<String> {
        let path = &outcome.sources.of(finding.at).path;
        let kind = file_kind(path)?;
        let file = percent_encoded(path);
        let mut findings = Findings::new();
        let node = yaml::parse(finding.at.file, &outcome.sources.of(finding.at).text, &mut findings);
        let steps = node.map(|node| super::tree::part_at(&node, kind.shape, finding.at)).unwrap_or_default();
        Some(
            std::iter::once(file)
                .chain(steps.iter().map(|step| percent_encoded(step)))
                .collect::<Vec<_>>()
                .join("/"),
        )
    }

    /// Returns the page to start from: every file, what was found in it, and what was changed. `None` if `site.yaml` cannot be
    /// used.
    ///
    /// # Errors
    /// The disk.
    pub fn start(&self, lang: UiLang) -> Result<Option<StartPage>, Error> {
        let outcome = self.known("site.yaml")?;
        let Some(catalogue) = &outcome.catalogue else { return Ok(None) };
        let ground = Ground { outcome: &outcome, catalogue, lang };
        let files =
            outcome.sources.iter().filter(|(_, file)| !file.nameless).map(|(_, file)| file.path.as_str());
        let files: Vec<&str> = files.filter(|path| file_kind(path).is_some() || is_guide(path)).collect();
        let of_none = files.iter().filter(|path| match file_kind(path) {
            Some(kind) => kind.place.is_none(),
            None => path.starts_with("guides/"),
        });
        Ok(Some(StartPage {
            query: query(lang),
            token: self.token.clone(),
            errors: outcome.findings.count(Level::Error),
            warnings: outcome.findings.count(Level::Warning),
            repairs: ground.repairs(None),
            places: catalogue.places.values().map(|place| start_place(place, &files, &ground)).collect(),
            files: of_none.map(|path| start_file(path, &ground)).collect(),
            groups: Words::groups(catalogue, lang),
            history: self.history(lang),
        }))
    }
}

/// Returns the fields that have to be there or say something, and the others. What a file is about stands first.
fn parted(fields: Vec<FormField>, subject: &Subject) -> (Vec<FormField>, Vec<FormField>) {
    // Of a part that is a field itself, such as its dates, all is shown.
    let is_field = subject.path.len() == 1 && !subject.is_new;
    let is_shown = |field: &FormField| is_field || field.required || control::says_something(field);
    let (mut shown, more): (Vec<_>, Vec<_>) = fields.into_iter().partition(is_shown);
    if subject.path.is_empty() {
        shown.sort_by_key(|field| !matches!(field.control, Control::Items { .. }));
    }
    (shown, more)
}

/// Returns the shape of the items of a list, for one that is new.
fn item_of(list: Spot<'_>) -> Option<Spot<'_>> {
    match list.shape {
        crate::schema::Shape::List(item) | crate::schema::Shape::Several(item) => {
            Some(Spot { shape: item, node: None })
        }
        _ => None,
    }
}

fn is_item(subject: &Subject, root: &Node) -> bool {
    let Some((_, above)) = subject.path.split_last() else { return false };
    let list = find(root, subject.kind.shape, above);
    !subject.is_new
        && list.is_some_and(|list| list.node.is_some_and(|node| matches!(node.value, Value::List(_))))
}

pub(super) fn query(lang: UiLang) -> String {
    format!("?lang={}", if lang == UiLang::Zh { "zh" } else { "en" })
}

/// Returns what was found in a part and belongs to no field of its form.
fn elsewhere(form: &Form<'_, '_>, spot: Spot<'_>, fields: &[FormField]) -> Vec<SaidHere> {
    let Some(node) = spot.node else { return Vec::new() };
    let mut all = form.said(node.span);
    for said in fields.iter().flat_map(every_said) {
        if let Some(at) = all.iter().position(|known| known.message == said.message) {
            all.remove(at);
        }
    }
    // What is inside parts with a form of their own is told there.
    let inside: usize = fields.iter().flat_map(control::items).map(|item| item.errors + item.warnings).sum();
    if inside >= all.len() { Vec::new() } else { all }
}

fn every_said(field: &FormField) -> Vec<&SaidHere> {
    let mut said: Vec<&SaidHere> = field.said.iter().collect();
    if let Control::Group { fields, .. } = &field.control {
        said.extend(fields.iter().flat_map(every_said));
    }
    said
}

fn crumbs(subject: &Subject, form: &Form<'_, '_>, root: &Node, ground: &Ground<'_>) -> Vec<(String, String)> {
    let mut crumbs = Vec::new();
    let steps = subject.path.len() + usize::from(subject.is_new);
    for length in (0..steps).filter(|length| *length < subject.path.len() || subject.is_new) {
        let spot = find(root, subject.kind.shape, &subject.path[..length]);
        let is_list = spot.is_some_and(|spot| matches!(spot.shape, crate::schema::Shape::List(_)));
        let title = match length {
            0 => Some(file_title(&subject.kind, &subject.file, ground)),
            _ if is_list => None,
            _ => spot.and_then(|spot| form.title(spot.node?)),
        };
        crumbs.extend(title.map(|title| (title, subject.href(length))));
    }
    crumbs
}

/// Returns what is offered for fields that name something, by the name of the list.
fn lists<'f>(
    words: &Words<'_>,
    fields: impl Iterator<Item = &'f FormField>,
) -> Vec<(String, Vec<(String, String)>)> {
    let used: std::collections::BTreeSet<&str> = fields.flat_map(control::lists).collect();
    let all = [RefTo::Edition, RefTo::Service, RefTo::Provision, RefTo::FormerProvision];
    let named = all.into_iter().map(|to| (format!("{to:?}"), to));
    named
        .filter(|(name, _)| used.contains(name.as_str()))
        .map(|(name, to)| (name, words.referred(to)))
        .collect()
}

fn start_place(place: &Place, files: &[&str], ground: &Ground<'_>) -> StartPlace {
    let guides = format!("{}/guides/", place.path);
    let own = files.iter().filter(|path| match file_kind(path) {
        Some(kind) => kind.place.as_ref() == Some(&place.path),
        None => path.starts_with(&guides),
    });
    let (editions, files): (Vec<&&str>, Vec<&&str>) =
        own.partition(|path| file_kind(path).is_some_and(|kind| kind.edition.is_some()));
    let lang = LangCode::new(if ground.lang == UiLang::Zh { "zh" } else { "en" });
    StartPlace {
        name: place.name.for_reader(&lang).1.to_owned(),
        depth: place.path.as_str().matches('/').count(),
        editions: editions.into_iter().rev().map(|path| start_file(path, ground)).collect(),
        missing: missing(place, ground),
        path: place.path.to_string(),
        files: files.into_iter().map(|path| start_file(path, ground)).collect(),
    }
}

/// Returns the files that a place can have and has not.
fn missing(place: &Place, ground: &Ground<'_>) -> Vec<(String, String)> {
    let paths = CAN_HAVE.iter().map(|name| format!("{}/{name}", place.path));
    let missing = paths.filter(|path| ground.outcome.sources.find(path).is_none());
    missing.filter_map(|path| Some((path.clone(), file_title(&file_kind(&path)?, &path, ground)))).collect()
}

fn start_file(path: &str, ground: &Ground<'_>) -> StartFile {
    let href = percent_encoded(path);
    let (errors, warnings) = ground.counts(path);
    let Some(kind) = file_kind(path) else {
        let title = path.rsplit('/').next().unwrap_or(path).to_owned();
        return StartFile { title, state: None, round: None, href, errors, warnings };
    };
    let edition = kind.edition.as_ref().and_then(|address| ground.catalogue.edition(address));
    let state = edition.map(|known| match known.edition.status {
        EditionStatus::Draft => text!("草稿", "draft"),
        EditionStatus::Consultation => text!("征求意见", "consultation"),
        EditionStatus::Issued => text!("已发布", "issued"),
    });
    let is_place = path.ends_with("/place.yaml");
    let title =
        if is_place { ground.say(&text!("地区", "The place")) } else { file_title(&kind, path, ground) };
    let round = edition.map(|known| round_at(&known.address()));
    StartFile { title, state: state.map(|state| ground.say(&state)), round, href, errors, warnings }
}
