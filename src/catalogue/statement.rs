//! What an edition states, line by line: the part that is sealed when it is issued, and the part that may be
//! corrected later.
//!
//! Sealed: the official texts, audiences, departments and every field that is compared. Open to dated corrections: how
//! to apply, whom to go to first, plain words, translations, keywords, notes. Neither: what is dated by itself and comes later (`reviews`,
//! `checked`, the days of filing and posting), and what only pairs editions (`was`).
//! Lay-out, comments and the language of keys do not count. A new field of an edition is sorted into one of the two
//! here: the patterns below name every field, so that none is forgotten; forms ask `sealed.rs`, which says the same by keys.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use super::edition::EditionFile;
use super::{
    Adoption, Apply, Audience, Body, Compiled, Consultation, Document, Edition, Lead, Provision, Service,
    ServiceItem, SourcedLine,
};
use crate::lang::Localized;
use crate::span::{Span, Spanned};

/// Dates that belong to what is issued; the others come later.
const SEALED_DATES: &[&str] = &["signed", "printed", "issued", "effective"];

/// One thing that an edition says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementLine {
    /// What it is said of: `preschool-education/nearby-kindergarten strength`.
    pub key: String,
    /// What is said.
    pub value: String,
    /// Where it is written.
    pub at: Span,
}

impl StatementLine {
    /// Tells whether this stands for what a service takes over, of which only the digest is sealed here.
    pub fn is_taken_over(&self) -> bool {
        self.key.ends_with(" content")
            && self.value.len() == 64
            && self.value.bytes().all(|byte| byte.is_ascii_hexdigit())
    }

    /// Returns the line as it is digested: one line of text, whatever the value holds.
    pub fn text(&self) -> String {
        format!(
            "{}: {}",
            self.key,
            self.value.replace('\\', "\\\\").replace('\n', "\\n").replace('\r', "\\r")
        )
    }
}

/// What may be corrected of one service, or of the edition itself.
#[derive(Clone, Debug)]
pub struct OpenPart {
    /// The service, `None` for the edition itself.
    pub service: Option<String>,
    /// Where it stands.
    pub at: Span,
    /// What it says.
    pub lines: Vec<StatementLine>,
}

/// What an edition states.
#[derive(Clone, Debug)]
pub struct Statement {
    /// What is sealed, in the order of the edition.
    pub sealed: Vec<StatementLine>,
    /// What may be corrected: the edition's own first, then that of each service.
    pub open: Vec<OpenPart>,
}

impl Statement {
    /// Returns what `edition` states.
    pub fn of(edition: &Edition) -> Self {
        let head = OpenPart { service: None, at: edition.span, lines: Vec::new() };
        let mut statement = Self { sealed: Vec::new(), open: vec![head] };
        statement.edition(edition);
        for service in &edition.services {
            let (id, at) = (service.id.value.clone(), service.span);
            statement.open.push(OpenPart { service: Some(id), at, lines: Vec::new() });
            statement.service(service);
        }
        statement
    }

    fn edition(&mut self, edition: &Edition) {
        let Edition { id: _, file, services: _, names: _, keys: _, guesses: _, lost: _ } = edition;
        let EditionFile {
            title,
            group,
            ordinal,
            ordinal_at,
            status,
            frozen: _,
            document,
            dates,
            measured_against,
            inherits,
            compiled,
            consultation,
            reviews: _,
            queries: _,
            notice,
            note,
            corrections,
            entries: _,
            span,
            services_lost: _,
            baseline_lost: _,
        } = file;
        self.both("title", Some(title));
        self.open_word("group", group.as_ref());
        self.some("ordinal", ordinal.map(|number| number.to_string()), ordinal_at.unwrap_or(*span));
        self.some("status", Some(status.as_str().to_owned()), *span);
        for (name, date) in dates.iter().filter(|(name, _)| SEALED_DATES.contains(name)) {
            self.some(&format!("dates {name}"), Some(date.value.to_string()), date.span);
        }
        self.text("measured_against", measured_against.as_ref());
        self.text("inherits", inherits.as_ref());
        self.both("notice", notice.as_ref());
        self.open("note", note.as_ref());
        if let Some(document) = document {
            self.document(document, *span);
        }
        if let Some(Compiled { from, by, on, note }) = compiled {
            self.both("compiled from", Some(from));
            self.both("compiled by", Some(by));
            self.some("compiled on", Some(on.value.to_string()), on.span);
            self.open("compiled note", note.as_ref());
        }
        if let Some(Consultation { from, to, how, phone, email, address, outcome, outcome_on }) = consultation
        {
            self.open_text("consultation from", &from.value.to_string(), from.span);
            self.open_text("consultation to", &to.value.to_string(), to.span);
            self.open("consultation how", how.as_ref());
            for (name, text) in [("phone", phone), ("email", email)] {
                text.iter().for_each(|text| self.open_text(&format!("consultation {name}"), text, from.span));
            }
            self.open("consultation address", address.as_ref());
            self.open("consultation outcome", outcome.as_ref());
            if let Some(day) = outcome_on {
                self.open_text("consultation outcome_on", &day.value.to_string(), day.span);
            }
        }
        for correction in corrections {
            let day = correction.on.value;
            self.open(&format!("corrections {day}"), Some(&correction.what));
        }
    }

    fn document(&mut self, document: &Document, at: Span) {
        let Document { number, title, url, note } = document;
        self.some("document number", number.clone(), at);
        self.both("document title", title.as_ref());
        if let Some(url) = url {
            self.open_text("document url", &url.value, url.span);
        }
        self.open("document note", note.as_ref());
    }

    fn service(&mut self, service: &Service) {
        let Service {
            id,
            number,
            body,
            adopted,
            apply,
            was: _,
            printed,
            standard,
            expenditure,
            inherited: _,
            keywords,
            front_desk,
            note,
            checked: _,
            span: _,
        } = service;
        let key = |field: &str| format!("{} {field}", id.value);
        self.text(&key("id"), Some(id));
        self.some(&key("number"), Some(number.value.to_string()), number.span);
        match adopted {
            Some(adoption) => self.adopted(&key, adoption, body),
            None => self.body(&id.value, body),
        }
        self.both(&key("printed"), printed.as_ref());
        self.both(&key("own standard"), standard.as_ref());
        self.both(&key("own expenditure"), expenditure.as_ref());
        self.words(&key("keywords"), keywords);
        self.open_word(&key("front_desk"), front_desk.as_ref());
        self.open(&key("note"), note.as_ref());
        if let Some(apply) = apply {
            self.apply(&key, apply);
        }
    }

    /// The words of an adopted service stand in the baseline: one line stands for all of them here.
    fn adopted(&mut self, key: &dyn Fn(&str) -> String, adoption: &Adoption, body: &Body) {
        let Adoption { edition, service } = adoption;
        self.some(&key("adopts"), Some(format!("{edition}/{}", service.value)), service.span);
        let mut above = Self {
            sealed: Vec::new(),
            open: vec![OpenPart { service: None, at: service.span, lines: Vec::new() }],
        };
        above.body(&service.value, body);
        self.some(&key("content"), Some(digest(&above.sealed)), service.span);
    }

    fn body(&mut self, service: &str, body: &Body) {
        let Body {
            id: _,
            number: _,
            area,
            title,
            familiar,
            audience,
            content,
            paragraph,
            standard,
            expenditure,
            departments,
            departments_note,
            front_desk,
            purpose,
            provisions,
            keywords,
            papers,
            apply: _,
            was: _,
            note,
            checked: _,
            span: _,
            lost: _,
        } = body;
        let key = |field: &str| format!("{service} {field}");
        self.text(&key("area"), Some(area));
        self.both(&key("title"), Some(title));
        self.open(&key("familiar"), familiar.as_ref());
        let Audience { text, population, categories, conditions, age } = audience;
        self.both(&key("audience"), Some(text));
        self.text(&key("audience population"), population.as_ref());
        self.texts(&key("audience categories"), categories);
        self.texts(&key("audience conditions"), conditions);
        self.some(&key("audience age"), age.map(|age| age.to_string()), text.span);
        self.both(&key("content"), Some(content));
        self.both(&key("paragraph"), paragraph.as_ref());
        self.both(&key("standard"), standard.as_ref());
        self.both(&key("expenditure"), expenditure.as_ref());
        self.texts(&key("departments"), departments);
        self.both(&key("departments_note"), departments_note.as_ref());
        self.texts(&key("purpose"), purpose);
        for provision in provisions {
            self.provision(service, provision);
        }
        self.words(&key("keywords"), keywords);
        self.open_word(&key("front_desk"), front_desk.as_ref());
        self.open(&key("note"), note.as_ref());
        for SourcedLine { text, source, looked_at: _ } in papers {
            self.open(&key("papers"), Some(text));
            self.open(&key("papers source"), Some(source));
        }
    }

    fn provision(&mut self, service: &str, provision: &Provision) {
        let Provision {
            id,
            was: _,
            quote,
            focus,
            paragraph,
            plain,
            kind,
            strength,
            conditions,
            condition_text,
            population,
            categories,
            age,
            access,
            departments,
            front_desk,
            lead,
            bearer,
            covers,
            measures,
            named,
            open_list,
            either_of,
            vague,
            places,
            note,
            keywords,
        } = provision;
        let key = |field: &str| format!("{service}/{} {field}", id.value);
        let at = |field: &str| places.get(field).unwrap_or(id.span);
        self.clause(&key, (id, quote, focus.as_ref()));
        self.some(&key("kind"), Some(kind.as_str().to_owned()), at("kind"));
        self.some(&key("strength"), Some(strength.as_str().to_owned()), at("strength"));
        self.texts(&key("conditions"), conditions);
        self.both(&key("paragraph"), paragraph.as_ref());
        self.both(&key("condition_text"), condition_text.as_ref());
        self.text(&key("population"), population.as_ref());
        self.texts(&key("categories"), categories);
        self.some(&key("age"), age.map(|age| age.to_string()), at("age"));
        self.some(&key("access"), Some(access.as_str().to_owned()), at("access"));
        self.texts(&key("departments"), departments);
        lead.iter().for_each(|lead| self.lead(&key, lead));
        let printed = |names: &[Localized]| -> Vec<Spanned<String>> {
            names.iter().map(|name| name.reference().clone()).collect()
        };
        self.texts(&key("bearer"), &printed(bearer));
        self.texts(&key("covers"), covers);
        measures.iter().for_each(|(name, value)| self.text(&key(&format!("measures {name}")), Some(value)));
        self.texts(&key("named"), &printed(named));
        self.is_so(&key("open_list"), *open_list, at("open_list"));
        self.text(&key("either_of"), either_of.as_ref());
        self.is_so(&key("vague"), *vague, at("vague"));
        self.open_word(&key("front_desk"), front_desk.as_ref());
        self.open(&key("plain"), Some(plain));
        self.open(&key("note"), note.as_ref());
        self.words(&key("keywords"), keywords);
    }

    /// Which clause of the official text it is.
    fn clause(
        &mut self,
        key: &dyn Fn(&str) -> String,
        (id, quote, focus): (&Spanned<String>, &Spanned<String>, Option<&Spanned<String>>),
    ) {
        self.text(&key("id"), Some(id));
        self.text(&key("quote"), Some(quote));
        self.text(&key("focus"), focus);
    }

    fn lead(&mut self, key: &dyn Fn(&str) -> String, lead: &Lead) {
        let Lead { department, basis } = lead;
        self.text(&key("lead"), Some(department));
        self.open(&key("lead basis"), basis.as_ref());
    }

    fn apply(&mut self, key: &dyn Fn(&str) -> String, apply: &Apply) {
        let Apply { place, bring, steps, fee, time, phone, online, basis, items } = apply;
        for (field, text) in [("where", place), ("fee", fee), ("time", time), ("basis", basis)] {
            self.open(&key(&format!("apply {field}")), text.as_ref());
        }
        for (field, texts) in [("bring", bring), ("steps", steps)] {
            texts.iter().for_each(|text| self.open(&key(&format!("apply {field}")), Some(text)));
        }
        for (field, text) in [("phone", phone), ("online", online)] {
            if let Some(text) = text {
                self.open_text(&key(&format!("apply {field}")), &text.value, text.span);
            }
        }
        for ServiceItem { basic, implementation, name } in items {
            self.open_word(&key("apply item basic"), basic.as_ref());
            self.open_word(&key("apply item implementation"), implementation.as_ref());
            self.open(&key("apply item name"), name.as_ref());
        }
    }

    /// Seals the text of the reference language; translations may be corrected.
    fn both(&mut self, key: &str, text: Option<&Localized>) {
        let Some(text) = text else { return };
        let reference = text.reference();
        self.some(key, Some(reference.value.clone()), reference.span);
        for (code, translation) in text.iter().filter(|(_, other)| other.span != reference.span) {
            self.open_text(&format!("{key} {}", code.as_str()), &translation.value, translation.span);
        }
    }

    fn open_word(&mut self, key: &str, word: Option<&Spanned<String>>) {
        word.into_iter().for_each(|word| self.open_text(key, &word.value, word.span));
    }

    fn some(&mut self, key: &str, value: Option<String>, at: Span) {
        self.sealed.extend(value.map(|value| StatementLine { key: key.to_owned(), value, at }));
    }

    /// Seals that something is so; what is not so is not said.
    fn is_so(&mut self, key: &str, is_so: bool, at: Span) {
        self.some(key, is_so.then(|| "true".to_owned()), at);
    }

    fn text(&mut self, key: &str, text: Option<&Spanned<String>>) {
        text.into_iter().for_each(|text| self.some(key, Some(text.value.clone()), text.span));
    }

    fn texts(&mut self, key: &str, texts: &[Spanned<String>]) {
        texts.iter().for_each(|text| self.text(key, Some(text)));
    }

    fn open(&mut self, key: &str, text: Option<&Localized>) {
        for (code, text) in text.into_iter().flat_map(Localized::iter) {
            self.open_text(&format!("{key} {}", code.as_str()), &text.value, text.span);
        }
    }

    fn words(&mut self, key: &str, words: &super::vocabulary::Words) {
        for (code, words) in words {
            words.iter().for_each(|word| self.open_text(&format!("{key} {code}"), &word.value, word.span));
        }
    }

    fn open_text(&mut self, key: &str, value: &str, at: Span) {
        let part = self.open.last_mut().expect("the edition's own part comes first");
        part.lines.push(StatementLine { key: key.to_owned(), value: value.to_owned(), at });
    }
}

/// Returns the SHA-256 of these lines, in hexadecimal digits.
pub(super) fn digest(lines: &[StatementLine]) -> String {
    let mut sum = Sha256::new();
    for line in lines {
        sum.update(line.text().as_bytes());
        sum.update(b"\n");
    }
    hex(sum.finalize().as_slice())
}

/// Returns bytes in hexadecimal digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut out, byte| {
        write!(out, "{byte:02x}").expect("a text takes what is written to it");
        out
    })
}
