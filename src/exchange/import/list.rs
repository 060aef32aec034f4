//! The edition that the records of a table make.

mod apply;
mod fields;
mod head;
mod own;

use std::collections::{BTreeMap, BTreeSet};

use super::columns::Column;
use super::names::{self, Named};
use super::note::{Note, Notes, shown, warning, whole_file};
use super::propose::{Answered, Baseline, Fit};
use super::provisions;
use super::rows;
use super::table::{Read, Record};
use super::told::{Decision, Told};
use super::understood::{Clause, Understood};
use super::yaml::{self, Item, Map, Value};
use super::{Imported, Target, filled};
use crate::catalogue::{AdoptingService, Body, Naming, OfficialText, Service, Tier};
use crate::diagnostic::{Findings, Message};
use crate::schema::{KeyLanguage, name_keys, tables};
use crate::span::FileId;
use crate::{catalogue, syntax, text};

/// What is said of an audience of which more than its words was guessed.
fn guessed_audience() -> Message {
    text!("人群、类别、年龄是按字面猜的，请核对", "Guessed from the words")
}

/// How well a service of the baseline must fit for its id to be taken.
const SAME_SERVICE: f64 = 0.35;

/// Writes the edition.
pub(super) fn write(file: &str, read: &Read, target: &Target<'_>, told: &Told, notes: Notes) -> Imported {
    let file = shown(file);
    let baseline = target.baseline.map(|(edition, _)| Baseline::new(edition, target.wording().clone()));
    let mut writing = Writing {
        file: &file,
        target,
        naming: target.catalogue.naming(target.place),
        baseline,
        notes,
        used: BTreeSet::new(),
        answered: BTreeSet::new(),
        unknown: BTreeMap::new(),
        from_workbook: read.says_adoptions,
        is_new: false,
        guessed: 0,
        adopted: 0,
        proposals: 0,
        provisions: 0,
        proposed: 0,
        decision: Decision::default(),
        clauses: Vec::new(),
        new_areas: BTreeSet::new(),
        is_looked_over: is_looked_over(read, told),
    };
    let mut items = Vec::new();
    let mut understood = Vec::new();
    let usual = Decision::default();
    for (at, record) in read.records.iter().enumerate() {
        let decision = told.decision(record.id).unwrap_or(&usual);
        let mut known = Understood { is_checked: decision.is_checked, ..Understood::new(record) };
        if decision.is_left_out {
            known.is_left_out = true;
        } else {
            items.push(writing.decided(at, record, decision, &mut known));
        }
        understood.push(known);
    }
    writing.say_what_is_left();
    writing.say_guesses();
    let services = items.len();
    let mut edition = writing.head(read);
    if writing.is_new {
        items.iter_mut().for_each(head::begin_service_anew);
    }
    edition.set("services", Value::List(items));
    let mut text = writing.to_do(services);
    text.push_str(&yaml::write(&edition, target.keys));
    let text = in_words(text, &writing.naming, target.keys);
    let Writing { mut notes, adopted, provisions, proposed, new_areas, .. } = writing;
    for Note { what, help, .. } in &mut notes {
        *what = name_keys(what, target.keys);
        *help = name_keys(help, target.keys);
    }
    let new_areas = new_areas.into_iter().collect();
    Imported { yaml: text, notes, services, adopted, provisions, proposed, understood, new_areas }
}

/// Tells whether a person decided of every service.
fn is_looked_over(read: &Read, told: &Told) -> bool {
    let is_decided = |decision: &Decision| decision.is_checked || decision.is_left_out;
    read.records.iter().all(|record| told.decision(record.id).is_some_and(is_decided))
}

/// Returns an edition, written with English keys, with keys and words in the language asked for.
fn in_words(text: String, naming: &Naming<'_>, keys: KeyLanguage) -> String {
    let node = syntax::yaml::parse(FileId(0), &text, &mut Findings::new());
    match (keys, node) {
        (KeyLanguage::Chinese, Some(node)) => {
            catalogue::in_language(&text, &node, &tables::EDITION, naming, keys)
        }
        (KeyLanguage::Chinese | KeyLanguage::English, _) => text,
    }
}

struct Writing<'a, 't> {
    file: &'t str,
    target: &'t Target<'a>,
    naming: Naming<'a>,
    baseline: Option<Baseline<'a>>,
    notes: Notes,
    /// Ids of services so far.
    used: BTreeSet<String>,
    /// Provisions of the baseline that something answers.
    answered: BTreeSet<String>,
    /// Names of departments nobody knows, with the first row they stand in.
    unknown: BTreeMap<String, Message>,
    /// Whether the table is the workbook to fill in, where nothing is taken over but what is said to be.
    from_workbook: bool,
    /// Whether the workbook was made of an earlier edition.
    is_new: bool,
    /// How many answers to the baseline were guessed from words that are not the same.
    guessed: usize,
    adopted: usize,
    /// Services that were written in full from the official table alone.
    proposals: usize,
    provisions: usize,
    proposed: usize,
    /// What a person decided of the service that is being written, and its clauses.
    decision: Decision,
    clauses: Vec<Clause>,
    /// Areas that the vocabulary does not know.
    new_areas: BTreeSet<String>,
    /// Whether a person looked over every service that is written.
    is_looked_over: bool,
}

impl<'a> Writing<'a, '_> {
    /// Returns a service as a person decided, and notes what was understood of it.
    fn decided(&mut self, at: usize, record: &Record, decision: &Decision, known: &mut Understood) -> Item {
        self.decision = decision.clone();
        self.clauses.clear();
        let (guessed, proposals) = (self.guessed, self.proposals);
        let mut item = self.service(at, record);
        if decision.is_checked {
            // Nobody has to be asked to look at it once more.
            item.drop_comments();
            (self.guessed, self.proposals) = (guessed, proposals);
        }
        if let Value::Map(map) = &item.value {
            known.adopts = map.get("adopts").map(|id| id.text().to_owned());
        }
        known.clauses = std::mem::take(&mut self.clauses);
        item
    }

    /// Returns a service with the comments above it.
    fn service(&mut self, at: usize, record: &Record) -> Item {
        let place = record.at.clone().unwrap_or_else(whole_file);
        let file = self.file;
        let mut comments = vec![Message { zh: format!("来源：{file}，{}", place.zh), en: String::new() }];
        if let Some(value) = self.filled(at, record, &place) {
            return Item { comments, value: Value::Map(value) };
        }
        let title = record.get(Column::Title);
        let content = record.get(Column::Content);
        let number = self.number(at, record, &place);
        let fit =
            self.baseline.as_ref().map(|baseline| baseline.fit(title, record.get(Column::Audience), content));
        let best = self.baseline.as_ref().zip(fit.as_ref()).and_then(|(baseline, fit)| baseline.best(fit));
        let best = best.filter(|(_, like)| *like >= SAME_SERVICE);
        let departments = self.departments(record, best.map(|(service, _)| service), &place);
        let taken = best.filter(|(service, _)| self.is_taken_over(record, service, &departments));
        if let Some((service, _)) = taken {
            let value = self.adoption(record, service, number);
            return Item { comments, value: Value::Map(value) };
        }
        self.proposals += 1;
        let id = self.new_id(best.map(|(service, _)| service), number);
        if let Some((service, like)) = best {
            let (name, percent) = (&service.id.value, super::propose::percent(like));
            comments.push(text!("最像上级的 {name}，相似 {percent}%", ""));
        }
        let value = self.full(
            record,
            &id,
            number,
            best.map(|(service, _)| service),
            &departments,
            fit.as_ref(),
            &place,
        );
        Item { comments, value: Value::Map(value) }
    }

    /// Returns a service from the workbook to fill in. `None` if the row says no more than the official table.
    fn filled(&mut self, at: usize, record: &Record, place: &Message) -> Option<Map> {
        let adopts = record.get(Column::Adopts);
        let known = self.baseline_service(adopts);
        if let Some(service) = known {
            let changes = self.changes(record, service, place);
            if changes.is_empty() {
                return Some(self.taken_over(record, service, place));
            }
            self.say_changed(adopts, &changes, place);
            let number = self.number_or(service.number.value, record, place);
            return Some(self.rewritten(record, service, number, place));
        }
        if !adopts.is_empty() {
            self.say_unknown(adopts, place);
            if record.get(Column::Content).is_empty() {
                let number = rows::number(record.get(Column::Number));
                let map = filled::adoption(record, None, number, 0, place, &mut self.notes);
                self.take_id(&map);
                return Some(map);
            }
        }
        if !record.get(Column::Id).is_empty() {
            return Some(self.stated(at, record, record.get(Column::Id), place));
        }
        let is_written = record.provisions.iter().any(filled::is_written);
        if !is_written && !self.from_workbook {
            return None;
        }
        // A row that is to be taken over no more: what stands beside it says where it is from.
        if let Some(service) = self.shown_beside(record) {
            let number = self.number_or(service.number.value, record, place);
            return Some(self.rewritten(record, service, number, place));
        }
        is_written.then(|| {
            let number = self.number(at, record, place);
            let id = self.new_id(None, number);
            self.stated(at, record, &id, place)
        })
    }

    /// Returns the service of the baseline with this id or title.
    fn baseline_service(&self, name: &str) -> Option<&'a Service> {
        let mut services = self.target.baseline.into_iter().flat_map(|(edition, _)| &edition.services);
        let is_it = |service: &&Service| {
            service.id.value == name || folded(&service.body.title.reference().value) == folded(name)
        };
        services.find(is_it).filter(|_| !name.is_empty())
    }

    /// Returns the adoption of a row that says nothing else.
    fn taken_over(&mut self, record: &Record, service: &Service, place: &Message) -> Map {
        self.adopted += 1;
        let number = rows::number(record.get(Column::Number));
        if !record.get(Column::Number).is_empty() {
            self.say_no_number(record, service.number.value, place);
        }
        let (known, usual) = (Some(&*service.body), service.number.value);
        let mut map = filled::adoption(record, known, number, usual, place, &mut self.notes);
        apply::apply(&mut map, record);
        map.in_order_of::<AdoptingService>();
        self.take_id(&map);
        let id = &service.id.value;
        let provisions = &service.body.provisions;
        self.answered.extend(provisions.iter().map(|provision| format!("{id}/{}", provision.id.value)));
        map
    }

    /// Says that there is nothing of this name to take over.
    fn say_unknown(&mut self, adopts: &str, place: &Message) {
        let words = shown(adopts);
        self.notes.push(warning(
            place.clone(),
            text!(
                "上级清单里没有“{words}”，不能照录",
                "the baseline has no “{words}” that could be taken over"
            ),
            text!(
                "“照录”写上级项目的编号；自己写的，清空这一格",
                "put the id of a service of the baseline under 照录, or clear the cell to write your own"
            ),
        ));
    }

    /// Returns the service that a row with clauses of its own says.
    fn stated(&mut self, at: usize, record: &Record, id: &str, place: &Message) -> Map {
        let departments = self.departments(record, None, place);
        let ids = ids_of(&departments);
        let area = self.area(record, None, place);
        let number = self.number(at, record, place);
        let words = &self.target.catalogue.vocabulary;
        let own = (id, number, area.as_str(), ids.as_slice());
        let mut map = filled::service(record, own, words, place, &mut self.notes);
        apply::apply(&mut map, record);
        map.in_order_of::<Body>();
        self.take_id(&map);
        if let Some(Value::List(items)) = map.get("provisions") {
            self.take_in(items);
        }
        map
    }

    /// Counts provisions that are written, and notes what they answer.
    fn take_in(&mut self, items: &[Item]) {
        let covers = items.iter().map(|item| match &item.value {
            Value::Map(map) => map.list("covers"),
            Value::Text(_) | Value::List(_) => Vec::new(),
        });
        let covers: Vec<Vec<String>> = covers.collect();
        self.provisions += items.len();
        self.proposed += covers.iter().filter(|covers| !covers.is_empty()).count();
        self.answered.extend(covers.into_iter().flatten());
    }

    fn take_id(&mut self, map: &Map) {
        for key in ["id", "adopts"] {
            self.used.extend(map.get(key).map(|id| id.text().to_owned()));
        }
    }

    /// Tells whether a row says the same as a service of the baseline, to the letter but for the width of marks.
    fn is_taken_over(
        &self,
        record: &Record,
        service: &Service,
        departments: &[(Named, Vec<String>)],
    ) -> bool {
        let body = &service.body;
        let same = |official: &str, own: &str| folded(official) == folded(own);
        let audience = record.get(Column::Audience);
        let area = names::area(&self.target.catalogue.vocabulary, record.get(Column::Area));
        same(&body.title.reference().value, record.get(Column::Title))
            && same(&body.content.reference().value, record.get(Column::Content))
            && (audience.is_empty() || same(&body.audience.text.reference().value, audience))
            && area.is_none_or(|area| area == body.area.value)
            && (departments.is_empty() || self.bodies(departments) == self.own_bodies(body))
            && !self.used.contains(&service.id.value)
            && departments.iter().all(|(named, _)| !named.leads)
    }

    fn bodies(&self, departments: &[(Named, Vec<String>)]) -> BTreeSet<String> {
        ids_of(departments).iter().map(|id| self.body_of(id)).collect()
    }

    fn own_bodies(&self, body: &Body) -> BTreeSet<String> {
        body.departments.iter().map(|id| self.body_of(&id.value)).collect()
    }

    fn body_of(&self, id: &str) -> String {
        self.target.place.map_or(id, |place| place.body_of(id)).to_owned()
    }

    fn adoption(&mut self, record: &Record, service: &Service, number: u32) -> Map {
        self.adopted += 1;
        let id = &service.id.value;
        self.used.insert(id.clone());
        let provisions =
            service.body.provisions.iter().map(|provision| format!("{id}/{}", provision.id.value));
        self.answered.extend(provisions);
        let mut map = Map::default();
        map.text("adopts", id);
        if number != service.number.value {
            map.text("number", &number.to_string());
        }
        // The marks may be of another width; what is printed here is kept.
        if record.get(Column::Content) != service.body.content.reference().value {
            map.zh("content", record.get(Column::Content));
        }
        filled::terms(&mut map, record, Some(&*service.body));
        apply::apply(&mut map, record);
        map.zh("note", record.get(Column::Remark));
        map
    }

    fn new_id(&mut self, like: Option<&Service>, number: u32) -> String {
        let wanted = like.map(|service| service.id.value.clone()).filter(|id| !self.used.contains(id));
        let numbered = (0..).map(|more| {
            if more == 0 { format!("service-{number}") } else { format!("service-{number}-{more}") }
        });
        let id = wanted
            .or_else(|| numbered.into_iter().find(|id| !self.used.contains(id)))
            .expect("there are numbers enough");
        self.used.insert(id.clone());
        id
    }

    #[expect(clippy::too_many_arguments, reason = "what was found out of one row, each used once")]
    fn full(
        &mut self,
        record: &Record,
        id: &str,
        number: u32,
        like: Option<&'a Service>,
        departments: &[(Named, Vec<String>)],
        fit: Option<&Fit>,
        place: &Message,
    ) -> Map {
        let mut map = Map::default();
        map.text("id", id);
        map.text("number", &number.to_string());
        let area = self.area(record, like, place);
        map.text("area", &area);
        map.zh("title", record.get(Column::Title));
        let (audience, guessed) = self.audience_of(record, place);
        map.set("audience", Value::Map(audience));
        guessed.into_iter().for_each(|comment| map.comment("audience", comment));
        let content = record.get(Column::Content);
        map.zh("content", content);
        filled::terms(&mut map, record, None);
        map.texts("departments", ids_of(departments));
        if departments.is_empty() {
            self.notes.push(warning(
                place.clone(),
                text!("责任部门是空的", "no department is named"),
                text!("在⟦departments⟧里写上责任部门", "name the departments under ⟦departments⟧"),
            ));
        }
        let leads: Vec<&str> = departments
            .iter()
            .filter(|(named, ids)| named.leads && ids.len() == 1)
            .map(|(_, ids)| ids[0].as_str())
            .collect();
        let words = (&self.target.catalogue.vocabulary, &**self.target.wording());
        let tier = self.tier_words();
        let made =
            provisions::all(content, self.baseline.as_ref().zip(fit), words, (tier, &self.decision.covers));
        self.clauses = made.clauses;
        self.count(&made.answered, made.items.len(), made.proposed);
        self.guessed += guesses(&made.answered);
        let mut items = made.items;
        if let [lead] = leads.as_slice() {
            provisions::lead(&mut items, lead);
        }
        map.set("provisions", Value::List(items));
        apply::apply(&mut map, record);
        map.zh("note", record.get(Column::Remark));
        map
    }

    fn count(&mut self, answered: &[Answered<'_>], provisions: usize, proposed: usize) {
        self.answered.extend(answered.iter().map(Answered::address));
        self.provisions += provisions;
        self.proposed += proposed;
    }

    /// Returns how a person calls the baseline: 省级.
    fn tier_words(&self) -> &'static str {
        let place = self
            .target
            .baseline
            .and_then(|(_, address)| self.target.catalogue.edition(address))
            .map(|above| above.place);
        if self.baseline.is_none() {
            return "";
        }
        match place.map(|place| place.tier.value) {
            Some(Tier::Nation) => "国家",
            Some(Tier::Province) => "省级",
            Some(Tier::Prefecture) => "市级",
            Some(Tier::County) => "县级",
            None => "上级",
        }
    }
}

/// Returns how many answers were guessed from words that are not the same.
fn guesses(answered: &[Answered<'_>]) -> usize {
    answered.iter().filter(|answer| !answer.is_sure()).count()
}

/// Returns the ids of departments, or the names of those nobody knows, each once.
fn ids_of(departments: &[(Named, Vec<String>)]) -> Vec<String> {
    let ids = departments
        .iter()
        .flat_map(|(named, ids)| if ids.is_empty() { vec![named.name.clone()] } else { ids.clone() });
    let mut seen = BTreeSet::new();
    ids.filter(|id| seen.insert(id.clone())).collect()
}

/// Returns a text as it counts when official texts are compared: no spaces, marks of one width, none at its end.
fn folded(text: &str) -> Vec<char> {
    let text = OfficialText::new(text);
    let end = text.folded().iter().rev().take_while(|mark| matches!(mark, '.' | ';' | ',')).count();
    text.folded()[..text.len() - end].to_vec()
}
