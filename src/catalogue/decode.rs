//! From fitted trees to editions.

use std::sync::Arc;

use super::edition::{
    Apply, Audience, Body, Checked, Consultation, Correction, Dates, Document, Edition, EditionStatus, Lead,
    Provision, Query, Review, ReviewedTexts, Service,
};
use super::node::Fields;
use super::vocabulary::Words;
use crate::lang::Localized;
use crate::schema::KeyLanguage;
use crate::span::{Span, Spanned};

/// A service as its file has it: with its own body, or with the id of the one it adopts.
pub(super) enum Draft {
    Own(Box<Service>),
    Adopting(Box<AdoptingService>),
}

/// An adopting entry before its body is found.
pub(super) struct AdoptingService {
    pub adopts: Spanned<String>,
    pub id: Option<Spanned<String>>,
    pub number: Option<Spanned<u32>>,
    pub apply: Option<Apply>,
    pub keywords: Words,
    pub was: Option<Spanned<String>>,
    pub printed: Option<Localized>,
    pub note: Option<Localized>,
    pub checked: Option<Checked>,
    pub span: Span,
}

/// An edition before adopted bodies are found.
pub(super) struct EditionDraft {
    pub edition: Edition,
    pub services: Vec<Draft>,
    /// Whether a baseline is written that could not be used.
    pub baseline_lost: bool,
}

/// Reads one fitted edition file, with keys in the language `keys`. `None` if it lacks a title. One without a usable status, which was
/// reported, is read as a draft.
pub(super) fn decode(id: &str, keys: KeyLanguage, fields: Fields<'_>) -> Option<EditionDraft> {
    let (services, mut lost) = fields.decoded("services", draft);
    // A list without services may inherit them; whether it does is looked at later.
    lost &= fields.node.get("services").is_some();
    let edition = Edition {
        id: id.to_owned(),
        span: fields.anchor(),
        title: fields.localized("title")?,
        ordinal: fields.number("ordinal").map(|n| n.value),
        ordinal_at: fields.number("ordinal").map(|n| n.span),
        status: fields.choice("status").unwrap_or(EditionStatus::Draft),
        frozen: fields.date("frozen"),
        document: fields.map("document").map(document),
        dates: fields.map("dates").map(dates).unwrap_or_default(),
        measured_against: fields.text("measured_against"),
        inherits: fields.text("inherits"),
        consultation: fields.map("consultation").and_then(consultation),
        reviews: fields.maps("reviews").filter_map(review).collect(),
        queries: fields.maps("queries").filter_map(query).collect(),
        notice: fields.localized("notice"),
        note: fields.localized("note"),
        corrections: fields.maps("corrections").filter_map(correction).collect(),
        names: None,
        services: Vec::new(),
        keys,
        lost,
    };
    Some(EditionDraft { edition, services, baseline_lost: fields.lost("measured_against") })
}

fn document(fields: Fields<'_>) -> Document {
    Document {
        number: fields.string("number"),
        title: fields.localized("title"),
        url: fields.text("url"),
        note: fields.localized("note"),
    }
}

fn dates(fields: Fields<'_>) -> Dates {
    Dates(Dates::NAMES.iter().enumerate().filter_map(|(at, name)| Some((at, fields.date(name)?))).collect())
}

fn draft(fields: Fields<'_>) -> Option<Draft> {
    if let Some(adopts) = fields.text("adopts") {
        return Some(Draft::Adopting(Box::new(AdoptingService {
            adopts,
            id: fields.text("id"),
            number: fields.number("number"),
            apply: fields.map("apply").map(apply),
            keywords: fields.named_lists("keywords"),
            was: fields.text("was"),
            printed: fields.localized("content"),
            note: fields.localized("note"),
            checked: fields.map("checked").and_then(checked),
            span: fields.anchor(),
        })));
    }
    Some(Draft::Own(Box::new(Service {
        id: fields.text("id")?,
        number: fields.number("number")?,
        body: Arc::new(body(fields)?),
        adopted: None,
        apply: fields.map("apply").map(apply),
        was: fields.text("was"),
        printed: None,
        inherited: false,
        keywords: Words::new(),
        note: None,
        checked: fields.map("checked").and_then(checked),
        span: fields.anchor(),
    })))
}

fn body(fields: Fields<'_>) -> Option<Body> {
    let (provisions, lost) = fields.decoded("provisions", provision);
    Some(Body {
        area: fields.text("area")?,
        title: fields.localized("title")?,
        audience: audience(fields.map("audience")?)?,
        content: fields.localized("content")?,
        departments: fields.texts("departments"),
        departments_note: fields.localized("departments_note"),
        purpose: fields.texts("purpose"),
        provisions,
        keywords: fields.named_lists("keywords"),
        note: fields.localized("note"),
        lost: lost || fields.lost("purpose"),
    })
}

fn audience(fields: Fields<'_>) -> Option<Audience> {
    Some(Audience {
        text: fields.localized("text")?,
        population: fields.text("population"),
        categories: fields.texts("categories"),
        conditions: fields.texts("conditions"),
        age: fields.age("age").map(|age| age.value),
    })
}

fn provision(fields: Fields<'_>) -> Option<Provision> {
    Some(Provision {
        id: fields.text("id")?,
        was: fields.several("was"),
        quote: fields.text("quote")?,
        focus: fields.text("focus"),
        plain: fields.localized("plain")?,
        kind: fields.choice("kind")?,
        strength: fields.choice("strength")?,
        conditions: fields.texts("conditions"),
        condition_text: fields.localized("condition_text"),
        population: fields.text("population"),
        categories: fields.texts("categories"),
        age: fields.age("age").map(|age| age.value),
        access: fields.choice("access")?,
        departments: fields.texts("departments"),
        lead: fields
            .map("lead")
            .and_then(|f| Some(Lead { department: f.text("department")?, basis: f.localized("basis") })),
        covers: fields.texts("covers"),
        measures: fields.named_texts("measures"),
        named: fields.texts("named"),
        open_list: fields.truth("open_list"),
        either_of: fields.text("either_of"),
        vague: fields.truth("vague"),
        places: fields.places(),
        note: fields.localized("note"),
    })
}

fn apply(fields: Fields<'_>) -> Apply {
    Apply {
        place: fields.localized("where"),
        bring: fields.all_localized("bring"),
        steps: fields.all_localized("steps"),
        fee: fields.localized("fee"),
        time: fields.localized("time"),
        phone: fields.text("phone"),
        online: fields.text("online"),
        basis: fields.localized("basis"),
    }
}

fn checked(fields: Fields<'_>) -> Option<Checked> {
    Some(Checked { by: fields.string("by")?, on: fields.date("on")? })
}

fn consultation(fields: Fields<'_>) -> Option<Consultation> {
    Some(Consultation {
        from: fields.date("from")?,
        to: fields.date("to")?,
        how: fields.localized("how"),
        outcome: fields.localized("outcome"),
    })
}

fn correction(fields: Fields<'_>) -> Option<Correction> {
    Some(Correction { on: fields.date("on")?, what: fields.localized("what")?, by: fields.string("by") })
}

fn review(fields: Fields<'_>) -> Option<Review> {
    Some(Review {
        of: fields.text("of")?,
        verdict: fields.choice("verdict")?,
        by: fields.string("by")?,
        on: fields.date("on")?,
        why: fields.localized("why")?,
        texts: fields.map("texts").and_then(|texts| {
            Some(ReviewedTexts { baseline: texts.text("baseline")?, local: texts.text("local")? })
        }),
    })
}

fn query(fields: Fields<'_>) -> Option<Query> {
    Some(Query {
        about: fields.texts("about"),
        asked: fields.date("asked")?,
        due: fields.date("due"),
        answered: fields.date("answered"),
        settled: fields.date("settled"),
        by: fields.string("by"),
        note: fields.string("note"),
    })
}
