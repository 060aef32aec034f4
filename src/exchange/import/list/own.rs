//! What the workbook to fill in took over from the baseline and a person has changed since: written in full, with
//! all that the baseline says and the row does not say otherwise.

use std::collections::BTreeSet;

use super::{Writing, folded};
use crate::catalogue::{Body, OfficialText, Provision, Service};
use crate::diagnostic::Message;
use crate::import::columns::Column;
use crate::import::filled::{self, ProvisionCells};
use crate::import::names;
use crate::import::note::{shown, warning};
use crate::import::provisions;
use crate::import::table::{Record, is_of_provision};
use crate::import::workbook;
use crate::import::yaml::{Item, Map, Value};
use crate::lang::Localized;
use crate::text;

impl<'a> Writing<'a, '_> {
    /// Returns what a row says otherwise than the service it takes over; nothing where it only takes over. A blank
    /// cell says nothing.
    pub(super) fn changes(&mut self, record: &Record, service: &Service, place: &Message) -> Vec<Column> {
        let body = &service.body;
        let area = names::area(&self.target.catalogue.vocabulary, record.get(Column::Area));
        let departments = self.departments(record, Some(service), place);
        let are_other = !departments.is_empty()
            && (self.bodies(&departments) != self.own_bodies(body)
                || departments.iter().any(|(named, _)| named.leads));
        let columns = [
            (Column::Area, !record.get(Column::Area).is_empty() && area.as_ref() != Some(&body.area.value)),
            (Column::Title, is_other(&body.title, record.get(Column::Title))),
            (Column::Audience, is_other(&body.audience.text, record.get(Column::Audience))),
            (Column::Content, is_other(&body.content, record.get(Column::Content))),
            (Column::Departments, are_other),
        ];
        let filled_in = record.provisions.iter().flat_map(|row| row.keys().copied());
        let of_provisions: BTreeSet<Column> = filled_in.filter(|column| is_of_provision(*column)).collect();
        columns
            .into_iter()
            .filter(|(_, is_other)| *is_other)
            .map(|(column, _)| column)
            .chain(of_provisions)
            .collect()
    }

    /// Says that a row takes over no more, and why.
    pub(super) fn say_changed(&mut self, adopts: &str, changes: &[Column], place: &Message) {
        let (adopts, columns) = (shown(adopts), changes.iter().map(|column| column.heading()));
        let columns = columns.collect::<Vec<_>>().join("、");
        self.notes.push(warning(
            place.clone(),
            text!(
                "“照录”着 {adopts}，又改了{columns}，按另写的一项处理",
                "it is said to be taken over from {adopts}, but {columns} says something else; it was written in full"
            ),
            text!("真要照录，就把这几格改回来", "to take it over, put these cells back"),
        ));
    }

    /// Returns the service that a row of the workbook was made from, by the words of the baseline beside it.
    pub(super) fn shown_beside(&self, record: &Record) -> Option<&'a Service> {
        let words: Vec<&String> =
            record.provisions.iter().filter_map(|row| row.get(&Column::Shown)).collect();
        let services = self.target.baseline.into_iter().flat_map(|(edition, _)| &edition.services);
        let mut holds = services.filter(|service| {
            service.body.provisions.iter().any(|known| words.iter().any(|words| is_shown(known, words)))
        });
        holds.next().filter(|_| !words.is_empty())
    }

    /// Returns a service in full: what the baseline says, but for what the row says.
    pub(super) fn rewritten(
        &mut self,
        record: &Record,
        service: &'a Service,
        number: u32,
        place: &Message,
    ) -> Map {
        let body = &*service.body;
        let changes = self.changes(record, service, place);
        let mut map = filled::more(record.get(Column::MoreOfService), place, &mut self.notes);
        let id = match record.get(Column::Id) {
            "" => self.new_id(Some(service), number),
            own => own.to_owned(),
        };
        map.text("id", &id);
        map.text("number", &number.to_string());
        let is_changed = |column: Column| changes.contains(&column);
        let area = if is_changed(Column::Area) {
            self.area(record, Some(service), place)
        } else {
            body.area.value.clone()
        };
        map.text("area", &area);
        official(&mut map, "title", &body.title, record.get(Column::Title));
        if is_changed(Column::Audience) {
            let (audience, guessed) = self.audience(record.get(Column::Audience));
            map.set("audience", Value::Map(audience));
            guessed.into_iter().for_each(|comment| map.comment("audience", comment));
        } else {
            map.set("audience", Value::Map(audience(body)));
        }
        // An adoption may have the text as printed here; it stays unless the row has another.
        if is_changed(Column::Content) || map.get("content").is_none() {
            map.take("content");
            official(&mut map, "content", &body.content, record.get(Column::Content));
        }
        for (column, key) in filled::TERMS {
            match filled::term(body, column) {
                Some(text) if record.get(column).is_empty() && map.get(key).is_none() => {
                    map.localized(key, text);
                }
                Some(text) if !record.get(column).is_empty() => {
                    official(&mut map, key, text, record.get(column));
                }
                _ => map.zh(key, record.get(column)),
            }
        }
        self.own_departments(&mut map, record, service, place);
        if !is_changed(Column::Content) {
            map.texts("purpose", body.purpose.iter().map(|clause| &clause.value));
            if let (Some(note), None) = (&body.note, map.get("note")) {
                map.localized("note", note);
            }
        }
        super::apply::apply(&mut map, record);
        keywords(&mut map, body);
        if map.get("familiar").is_none() {
            body.familiar.iter().for_each(|name| map.localized("familiar", name));
        }
        map.zh("note", record.get(Column::Remark));
        let mut items = self.own_provisions(record, service, is_changed(Column::Content), place);
        let departments = map.list("departments");
        items.iter_mut().for_each(|item| drop_foreign_lead(item, &departments));
        self.take_in(&items);
        map.set("provisions", Value::List(items));
        map.in_order_of::<Body>();
        map
    }

    fn own_departments(&mut self, map: &mut Map, record: &Record, service: &Service, place: &Message) {
        let body = &service.body;
        let departments = self.departments(record, Some(service), place);
        if departments.is_empty() || self.bodies(&departments) == self.own_bodies(body) {
            map.texts("departments", body.departments.iter().map(|id| &id.value));
            body.departments_note.iter().for_each(|note| map.localized("departments_note", note));
        } else {
            map.texts("departments", super::ids_of(&departments));
        }
    }

    /// Returns the provisions: those of the baseline with what was written beside them; of other official words what
    /// was written, and proposals for the rest.
    fn own_provisions(
        &mut self,
        record: &Record,
        service: &'a Service,
        is_other_content: bool,
        place: &Message,
    ) -> Vec<Item> {
        let id = &service.id.value;
        let mut left: Vec<&ProvisionCells> =
            record.provisions.iter().filter(|row| filled::is_written(row)).collect();
        let mut ids = filled::ids(record);
        let mut items = Vec::new();
        for known in &service.body.provisions {
            let beside =
                |row: &&ProvisionCells| row.get(&Column::Shown).is_some_and(|words| is_shown(known, words));
            let row = left.iter().position(beside).map(|at| left.remove(at));
            match row {
                Some(row) => items.push(self.own_provision(row, Some((id, known)), &mut ids, place)),
                None if is_other_content => {}
                None => {
                    ids.insert(known.id.value.clone());
                    items.push(Value::Map(provisions::inherited(id, known)).into());
                }
            }
        }
        for row in left {
            items.push(self.own_provision(row, None, &mut ids, place));
        }
        if is_other_content {
            self.proposals += 1;
            let made = self.proposed_items(record.get(Column::Title), record.get(Column::Content));
            let quotes: Vec<String> = items.iter().map(quote_of).collect();
            let is_new = |item: &Item| quotes.iter().all(|quote| !overlap(quote, &quote_of(item)));
            let rest: Vec<Item> = made.into_iter().filter(is_new).collect();
            items.extend(rest.into_iter().map(|item| renumbered(item, &mut ids)));
        }
        items
    }

    /// Returns the provision of one row, made of that of the baseline while it quotes the same words.
    fn own_provision(
        &mut self,
        row: &ProvisionCells,
        known: Option<(&str, &Provision)>,
        ids: &mut BTreeSet<String>,
        place: &Message,
    ) -> Item {
        let quote = row.get(&Column::Quote).map_or("", String::as_str);
        let same = known.filter(|(_, known)| quote.is_empty() || folded(quote) == folded(&known.quote.value));
        let mut made = match same {
            Some((service, known)) => Value::Map(provisions::inherited(service, known)).into(),
            None => match <[Item; 1]>::try_from(self.proposed_items("", quote)) {
                Ok([item]) => item,
                Err(_) => Value::Map(Map::default()).into(),
            },
        };
        if row.contains_key(&Column::Covers) && same.is_none() {
            // What a person says it answers needs no proposal beside it.
            made.comments.clear();
        }
        let Value::Map(map) = renumbered(made.clone(), ids).value else { return made };
        let words = &self.target.catalogue.vocabulary;
        let mut item = filled::provision(map, row, ids, words, place, &mut self.notes);
        item.comments.splice(0..0, made.comments);
        item
    }

    /// Returns the provisions that are proposed for a text.
    fn proposed_items(&mut self, title: &str, content: &str) -> Vec<Item> {
        let fit = self.baseline.as_ref().map(|baseline| baseline.fit(title, "", content));
        let words = (&self.target.catalogue.vocabulary, &**self.target.wording());
        let tier = self.tier_words();
        let chosen = &self.decision.covers;
        let baseline = self.baseline.as_ref().zip(fit.as_ref());
        let made = provisions::all(content, baseline, words, (tier, chosen));
        self.clauses.extend(made.clauses);
        self.guessed += super::guesses(&made.answered);
        made.items
    }
}

/// Tells whether a person wrote something else than the baseline says. Nothing says nothing else.
fn is_other(official: &Localized, written: &str) -> bool {
    !written.is_empty() && folded(&official.reference().value) != folded(written)
}

/// Tells whether these are the words that the workbook shows of a provision.
fn is_shown(known: &Provision, words: &str) -> bool {
    folded(&workbook::quote(known)) == folded(words)
}

/// Writes an official text: that of the baseline in every language, or what the row has instead.
fn official(map: &mut Map, key: &str, text: &Localized, written: &str) {
    if is_other(text, written) {
        map.zh(key, written);
    } else {
        map.localized(key, text);
        // The marks may be of another width; what is printed here is kept.
        map.zh(key, written);
    }
}

fn audience(body: &Body) -> Map {
    let known = &body.audience;
    let mut map = Map::default();
    map.localized("text", &known.text);
    known.population.iter().for_each(|id| map.text("population", &id.value));
    map.texts("categories", known.categories.iter().map(|id| &id.value));
    map.texts("conditions", known.conditions.iter().map(|id| &id.value));
    known.age.iter().for_each(|age| map.text("age", &age.to_string()));
    map
}

/// Adds the words of the baseline to find a service by before its own.
fn keywords(map: &mut Map, body: &Body) {
    let mut own = match map.take("keywords") {
        Some(Value::Map(own)) => own,
        Some(Value::Text(_) | Value::List(_)) | None => Map::default(),
    };
    let parts = body.provisions.iter().flat_map(|provision| provision.keywords.keys());
    for lang in body.keywords.keys().chain(parts).collect::<BTreeSet<_>>() {
        let more = own.take_texts(lang);
        let words = body.every_keyword(lang).map(|word| word.value.clone());
        own.texts(lang, words.chain(more));
    }
    if !own.0.is_empty() {
        map.set("keywords", Value::Map(own));
    }
}

/// Takes the lead out of a provision if it is none of the departments.
fn drop_foreign_lead(item: &mut Item, departments: &[String]) {
    let Value::Map(map) = &mut item.value else { return };
    let lead = match map.get("lead") {
        Some(Value::Map(lead)) => lead.get("department").map(|id| id.text().to_owned()),
        Some(Value::Text(_) | Value::List(_)) | None => None,
    };
    if lead.is_some_and(|lead| !departments.contains(&lead)) {
        map.take("lead");
    }
}

fn quote_of(item: &Item) -> String {
    match &item.value {
        Value::Map(map) => map.get("quote").map(|quote| quote.text().to_owned()).unwrap_or_default(),
        Value::Text(_) | Value::List(_) => String::new(),
    }
}

/// Tells whether one of two quotes stands in the other.
fn overlap(one: &str, other: &str) -> bool {
    OfficialText::new(one).find(other).is_some() || OfficialText::new(other).find(one).is_some()
}

/// Returns a provision with an id that no other has.
fn renumbered(mut item: Item, ids: &mut BTreeSet<String>) -> Item {
    if let Value::Map(map) = &mut item.value {
        let id = map.take_text("id");
        let numbered = (1..).map(|number| format!("clause-{number}"));
        let free =
            std::iter::once(id).filter(|id| !id.is_empty()).chain(numbered).find(|id| !ids.contains(id));
        let id = free.unwrap_or_default();
        ids.insert(id.clone());
        map.text("id", &id);
        map.in_order_of::<Provision>();
    }
    item
}
