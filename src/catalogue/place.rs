//! A place: a province, prefecture or county; a folder with `place.yaml`.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use qingdan_reading::library::Library;

use super::edition::List;
use super::guide::Guide;
use super::vocabulary::NamedBody;
use super::wording::{HEDGES, OwnWording};
use crate::date::Date;
use crate::lang::Localized;
pub use crate::schema::tables::{Contact, Tier};
use crate::schema::{Choices, Declared, Fields};
use crate::span::Spanned;

/// The path of a place: its folders from the province on, `fujian/xiamen`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlacePath(String);

impl PlacePath {
    /// Returns the place at `path`, relative to the catalogue.
    pub fn new(path: impl Into<String>) -> Self {
        Self(path.into())
    }

    /// Returns the path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Tells whether this is a folder somewhere inside `above`.
    pub fn is_below(&self, above: &Self) -> bool {
        self.0.strip_prefix(above.as_str()).is_some_and(|rest| rest.starts_with('/'))
    }

    /// Returns the path of the folder above, which may not be a place.
    pub fn above(&self) -> Option<Self> {
        self.0.rsplit_once('/').map(|(above, _)| Self(above.to_owned()))
    }
}

impl fmt::Display for PlacePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One set of rules of a province, in force from a day on.
#[derive(Clone, Debug)]
pub struct Rule {
    /// First day.
    pub from: Spanned<Date>,
    /// The document it comes from.
    pub source: Option<Localized>,
    /// Months between editions.
    pub cycle_months: Option<u32>,
    /// The date the cycle is counted from, as named in `dates`.
    pub cycle_counted_from: Option<String>,
    /// The tiers whose lists it binds; empty for all.
    pub applies_to: Vec<Tier>,
    /// Calendar days to file an edition.
    pub filing_days: Option<u32>,
    /// The date filing is counted from, as named in `dates`.
    pub filing_counted_from: Option<String>,
    /// The body to file with.
    pub filing_to: Option<Localized>,
    /// What counts as higher when comparing.
    pub orders: Orders,
    /// Its own words for reading texts.
    pub wording: OwnWording,
    /// All words for reading texts where it is in force, if it has some of its own.
    pub words: Option<Arc<Library>>,
    /// Note.
    pub note: Option<Localized>,
}

/// What counts as higher on an axis of comparison: chains of words, highest first, by name of the axis.
pub type Orders = BTreeMap<String, Vec<Spanned<String>>>;

/// A place.
#[derive(Clone, Debug)]
pub struct Place {
    /// Its path.
    pub path: PlacePath,
    /// Full name.
    pub name: Localized,
    /// Short name, for titles and buttons.
    pub short_name: Option<Localized>,
    /// GB/T 2260 code.
    pub code: Spanned<String>,
    /// Tier.
    pub tier: Spanned<Tier>,
    /// Note.
    pub note: Option<Localized>,
    /// Local names of departments, by id of the function.
    pub departments: BTreeMap<String, (Spanned<String>, NamedBody)>,
    /// For each function the one that stands for its body here: functions that one body carries out share it.
    pub bodies: BTreeMap<String, String>,
    /// Rules by the day they start, oldest first.
    pub rulebook: Vec<Rule>,
    /// Lists by id.
    pub lists: BTreeMap<String, List>,
    /// Offices.
    pub contacts: Vec<Contact>,
    /// Guides by name.
    pub guides: Vec<Guide>,
}

impl Place {
    pub(super) fn decode(path: PlacePath, fields: Fields<'_>) -> Option<Self> {
        let tier = fields.text("tier")?;
        let mut rulebook: Vec<Rule> = fields.maps("rulebook").filter_map(rule).collect();
        rulebook.sort_by_key(|rule| rule.from.value);
        Some(Self {
            path,
            name: fields.localized("name")?,
            short_name: fields.localized("short_name"),
            code: fields.text("code")?,
            tier: Spanned::new(Tier::named(&tier.value)?, tier.span),
            note: fields.localized("note"),
            departments: fields
                .named("departments")
                .filter_map(|(key, body)| Some((key.value.clone(), (key.clone(), NamedBody::decode(body)?))))
                .collect(),
            bodies: BTreeMap::new(),
            rulebook,
            lists: BTreeMap::new(),
            contacts: Vec::new(),
            guides: Vec::new(),
        })
    }

    /// Returns the name for titles and buttons.
    pub fn short(&self) -> &Localized {
        self.short_name.as_ref().unwrap_or(&self.name)
    }
}

fn rule(fields: Fields<'_>) -> Option<Rule> {
    let orders = fields.named_lists("orders");
    let wording = fields.map("wording").map(OwnWording::decode).unwrap_or_default();
    Some(Rule {
        from: fields.date("from")?,
        source: fields.localized("source"),
        cycle_months: fields.number("cycle_months").map(|n| n.value),
        cycle_counted_from: fields.string("cycle_counted_from"),
        applies_to: fields.texts("applies_to").iter().filter_map(|tier| Tier::named(tier)).collect(),
        filing_days: fields.number("filing_days").map(|n| n.value),
        filing_counted_from: fields.string("filing_counted_from"),
        filing_to: fields.localized("filing_to"),
        wording: wording.with_hedges(orders.get(HEDGES).map_or(&[], Vec::as_slice)),
        words: None,
        orders,
        note: fields.localized("note"),
    })
}
