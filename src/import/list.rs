//! The edition that the records of a table make.

mod fields;
mod head;

use std::collections::{BTreeMap, BTreeSet};

use super::columns::Column;
use super::names::{self, Named};
use super::note::{Notes, shown, warning, whole_file};
use super::propose::{Answered, Baseline, Fit};
use super::provisions;
use super::table::{Read, Record};
use super::yaml::{self, Item, Map, Value};
use super::{Imported, Target, filled};
use crate::catalogue::{Body, Naming, OfficialText, Service, Tier};
use crate::diagnostic::Message;
use crate::text;

/// How well a service of the baseline must fit for its id to be taken.
const SAME_SERVICE: f64 = 0.45;

/// Writes the edition.
pub(super) fn write(file: &str, read: &Read, target: &Target<'_>, notes: Notes) -> Imported {
    let file = shown(file);
    let baseline = target.baseline.map(|(edition, _)| Baseline::new(edition));
    let mut writing = Writing {
        file: &file,
        target,
        naming: target.catalogue.naming(target.place),
        baseline,
        notes,
        used: BTreeSet::new(),
        answered: BTreeSet::new(),
        unknown: BTreeMap::new(),
        adopted: 0,
        proposals: 0,
        provisions: 0,
        proposed: 0,
    };
    let items: Vec<Item> =
        read.records.iter().enumerate().map(|(at, record)| writing.service(at, record)).collect();
    writing.say_what_is_left();
    let services = items.len();
    let mut edition = writing.head(read);
    edition.set("services", Value::List(items));
    let mut text = writing.to_do(services);
    text.push_str(&yaml::write(&edition, target.keys));
    let Writing { notes, adopted, provisions, proposed, .. } = writing;
    Imported { yaml: text, notes, services, adopted, provisions, proposed }
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
    adopted: usize,
    /// Services that were written in full from the official table alone.
    proposals: usize,
    provisions: usize,
    proposed: usize,
}

impl<'a> Writing<'a, '_> {
    /// Returns a service with the comments above it.
    fn service(&mut self, at: usize, record: &Record) -> Item {
        let place = record.at.clone().unwrap_or_else(whole_file);
        let mut comments = vec![format!("来源：{}，{}", self.file, place.zh)];
        if let Some(value) = self.filled(record, &place) {
            return Item { comments, value: Value::Map(value) };
        }
        let title = record.get(Column::Title);
        let content = record.get(Column::Content);
        let number = self.number(at, record, &place);
        let fit = self.baseline.as_ref().map(|baseline| baseline.fit(title, content));
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
            comments.push(format!("最像上级的 {name}，相似 {percent}%"));
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

    /// Returns a service from the workbook to fill in. `None` if it is none, or no longer what it was taken over from.
    fn filled(&mut self, record: &Record, place: &Message) -> Option<Map> {
        if !filled::is_filled(record) {
            return None;
        }
        let number = super::table::number(record.get(Column::Number));
        let adopts = record.get(Column::Adopts);
        if !adopts.is_empty() {
            let services = self.target.baseline.into_iter().flat_map(|(edition, _)| &edition.services);
            let known = services.into_iter().find(|service| service.id.value == adopts);
            let is_same = known.is_none_or(|service| {
                folded(&service.body.content.reference().value) == folded(record.get(Column::Content))
                    && folded(&service.body.title.reference().value) == folded(record.get(Column::Title))
            });
            if !is_same {
                self.notes.push(warning(
                    place.clone(),
                    text!("“照录”着 {adopts}，官方文字却改过了，按另写的一项处理", "it is said to be taken over from {adopts}, but its official text was changed; it was written in full"),
                    text!("真要照录，就把文字改回来", "to take it over, put the text back"),
                ));
                return None;
            }
            self.adopted += 1;
            let usual = known.map_or(0, |service| service.number.value);
            let map = filled::adoption(record, number, usual, place, &mut self.notes);
            self.take_id(&map);
            let provisions = known.into_iter().flat_map(|service| &service.body.provisions);
            self.answered.extend(provisions.map(|provision| format!("{adopts}/{}", provision.id.value)));
            return Some(map);
        }
        let departments = self.departments(record, None, place);
        let ids: Vec<String> = departments
            .into_iter()
            .flat_map(|(named, ids)| if ids.is_empty() { vec![named.name] } else { ids })
            .collect();
        let area = self.area(record, None, place);
        let words = &self.target.catalogue.vocabulary;
        let own = (number.unwrap_or(0), area.as_str(), ids.as_slice());
        let map = filled::service(record, own, words, place, &mut self.notes);
        self.take_id(&map);
        self.provisions += record.provisions.len();
        let covers = record.provisions.iter().filter_map(|row| row.get(&Column::Covers));
        let covers: Vec<String> =
            covers.flat_map(|covers| covers.split_whitespace().map(str::to_owned)).collect();
        self.proposed += record.provisions.iter().filter(|row| row.contains_key(&Column::Covers)).count();
        self.answered.extend(covers);
        Some(map)
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
        let ids = |(named, ids): &(Named, Vec<String>)| {
            if ids.is_empty() { vec![named.name.clone()] } else { ids.clone() }
        };
        departments.iter().flat_map(ids).map(|id| self.body_of(&id)).collect()
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
        let (audience, guessed) = self.audience(record.get(Column::Audience));
        map.set("audience", Value::Map(audience));
        if guessed {
            map.comment("audience", "人群、类别、年龄是按字面猜的，请核对 Guessed from the words");
        }
        let content = record.get(Column::Content);
        map.zh("content", content);
        let ids = departments
            .iter()
            .flat_map(|(named, ids)| if ids.is_empty() { vec![named.name.clone()] } else { ids.clone() });
        let mut seen = BTreeSet::new();
        map.texts("departments", ids.filter(|id| seen.insert(id.clone())));
        if departments.is_empty() {
            self.notes.push(warning(
                place.clone(),
                text!("责任部门是空的", "no department is named"),
                text!("在 departments 里写上责任部门", "name the departments under `departments`"),
            ));
        }
        let leads: Vec<&str> = departments
            .iter()
            .filter(|(named, ids)| named.leads && ids.len() == 1)
            .map(|(_, ids)| ids[0].as_str())
            .collect();
        let words = &self.target.catalogue.vocabulary;
        let tier = self.tier_words();
        let made = provisions::all(content, self.baseline.as_ref().zip(fit), words, tier);
        self.count(&made.answered, made.items.len(), made.proposed);
        let mut items = made.items;
        if let [lead] = leads.as_slice() {
            provisions::lead(&mut items, lead);
        }
        map.set("provisions", Value::List(items));
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
            .map(|(place, ..)| place);
        match place.map(|place| place.tier.value) {
            Some(Tier::Nation) => "国家",
            Some(Tier::Province) => "省级",
            Some(Tier::Prefecture) => "市级",
            Some(Tier::County) => "县级",
            None => "上级",
        }
    }
}

/// Returns a text as it counts when official texts are compared: no spaces, marks of one width, none at its end.
fn folded(text: &str) -> Vec<char> {
    let text = OfficialText::new(text);
    let end = text.folded().iter().rev().take_while(|mark| matches!(mark, '.' | ';' | ',')).count();
    text.folded()[..text.len() - end].to_vec()
}
