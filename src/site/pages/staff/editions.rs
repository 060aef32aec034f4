//! The register of issued editions: document, dates and seal of each, as archives and audits ask for them.

use serde::Serialize;

use super::{NumberedPage, head, leaves, numbered};
use crate::catalogue::{EditionRef, EditionStatus};
use crate::common::DisplayText;
use crate::diagnostic::Message;
use crate::kind::{KindOfPage, Policy, Subject};
use crate::text;
use crate::{Address, Facts, Head, View};

/// The register, on as many pages as the editions take.
#[derive(Clone, Copy, Debug)]
pub struct EditionsPage {
    /// Which of the pages, counted from 0.
    at: usize,
}

/// How many editions one page shows; one weighs about 500 bytes.
const MOST_EDITIONS: usize = 300;

/// How much of a seal is shown: enough to tell two apart.
const DIGITS: usize = 12;

impl<'a> KindOfPage<'a> for EditionsPage {
    const NAME: &'static str = "staff-editions";
    const POLICY: Policy = Policy::STAFF_SECTION;

    fn list(facts: &Facts<'a>) -> Vec<Self> {
        facts.staff.iter().flat_map(|_| (0..pages(facts)).map(|at| Self { at })).collect()
    }

    fn address(&self) -> Address {
        numbered("editions", self.at)
    }

    fn subject(&self) -> Subject<'a> {
        Subject::Site
    }

    fn title(&self) -> Option<Message> {
        Some(text!("版次台账", "Register"))
    }

    fn data(&self, view: &View<'a>) -> (Head, tera::Value) {
        data(view, *self)
    }
}

/// Returns what the register is called.
pub(super) fn register_title() -> Message {
    text!("版次台账", "Register of issued editions")
}

/// Returns the issued editions, by place, list and id.
fn issued<'a>(facts: &Facts<'a>) -> impl Iterator<Item = EditionRef<'a>> + use<'a> {
    facts.catalogue().editions().filter(|known| known.edition.status == EditionStatus::Issued)
}

/// Returns how many pages the editions take; one if there are none.
fn pages(facts: &Facts<'_>) -> usize {
    issued(facts).count().div_ceil(MOST_EDITIONS).max(1)
}

/// What the template gets.
#[derive(Serialize)]
struct RegisterData {
    title: DisplayText,
    columns: Vec<DisplayText>,
    leaves: Vec<NumberedPage>,
    rows: Vec<RegisterRow>,
    /// What is said if nothing was issued yet.
    empty: DisplayText,
}

#[derive(Serialize)]
struct RegisterRow {
    place: DisplayText,
    list: DisplayText,
    edition: String,
    href: Option<String>,
    document: Option<DisplayText>,
    issued: RegisterCell,
    filed: RegisterCell,
    frozen: RegisterCell,
    seal: Option<String>,
}

/// A day, or what is said where there is none.
#[derive(Serialize)]
struct RegisterCell {
    date: Option<String>,
    lacking: DisplayText,
}

fn data(view: &View<'_>, page: EditionsPage) -> (Head, tera::Value) {
    let facts = view.facts();
    let columns = [
        text!("地区", "Place"),
        text!("版次", "Edition"),
        text!("文号", "Document"),
        text!("发布", "Issued"),
        text!("备案", "Filed"),
        text!("冻结", "Frozen"),
    ];
    let title = view.tell(&register_title());
    let shown = issued(facts).skip(page.at * MOST_EDITIONS).take(MOST_EDITIONS);
    let data = RegisterData {
        title: title.clone(),
        columns: columns.iter().map(|column| view.tell(column)).collect(),
        leaves: leaves(view, pages(facts), page.at, |at| EditionsPage { at }),
        rows: shown.map(|edition| row(view, edition)).collect(),
        empty: view.tell(&text!("还没有发布过清单", "no list was issued yet")),
    };
    (head(view).crumb(title, None), tera::Value::from_serializable(&data))
}

fn row(view: &View<'_>, known: EditionRef<'_>) -> RegisterRow {
    let edition = known.edition;
    let route = view.route(&Address::in_list(known, &format!("edition/{}", edition.id)));
    let frozen = view.catalogue().frozen.get(&known.address());
    let date = |name: &str| edition.dates.get(name).map(|date| date.value.to_string());
    let cell = |date: Option<String>, lacking: Message| RegisterCell { date, lacking: view.tell(&lacking) };
    let document = edition.document.as_ref();
    RegisterRow {
        place: view.say(known.place.short()),
        list: view.say(&edition.title),
        edition: edition.id.clone(),
        href: view.map.has(&route).then(|| view.link(&route)),
        document: document.and_then(|known| known.number.as_deref()).map(|number| view.official(number)),
        issued: cell(date("issued"), text!("没有写", "not stated")),
        filed: cell(date("filed"), text!("没有写", "not stated")),
        frozen: cell(frozen.map(|known| known.frozen.clone()), text!("没有冻结", "not frozen")),
        seal: frozen.map(|known| known.sha256.chars().take(DIGITS).collect()),
    }
}
