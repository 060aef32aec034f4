//! The ages of a list: the bands it is divided by, and where an age stands on the line of all of them.
//!
//! `vocabulary/ages.yaml` holds the bands of every group; of them a list has those that its populations and services reach.
//! Without bands there is no line.

use serde::Serialize;

use crate::catalogue::{AgeBand, Body, Catalogue, EditionRef, Provision, WhoKind};
use crate::schema;
use crate::span::Spanned;

/// An age range with its place on the line of the bands of its list.
#[derive(Clone, Debug, Serialize)]
pub struct AgeOnScale {
    /// `3–6`.
    pub label: String,
    /// `years` or `months`.
    pub unit: &'static str,
    /// Whether it is only the usual age of a school stage, which the list does not state.
    pub usual: bool,
    /// How many bands the line has; 0 for none.
    pub bands: usize,
    /// Where the bands begin and end, in years.
    pub marks: Vec<String>,
    /// Start on a scale that ends at 60 and has 10 units for each band.
    pub x: f64,
    /// Width on that scale.
    pub width: f64,
}

/// Where the scale ends.
const END: f64 = 60.0;
/// How wide a band is on it.
const BAND: f64 = 10.0;

/// Returns the bands of age that a list is divided by: those its populations and services reach. All of them if no
/// population says how old it is.
pub(super) fn bands<'a>(catalogue: &'a Catalogue, shown: EditionRef<'_>) -> Vec<&'a AgeBand> {
    let all = catalogue.vocabulary.ages.iter();
    match reach(catalogue, shown) {
        Some((from, to)) => all.filter(|band| overlaps(band.age, from, to)).collect(),
        None => all.collect(),
    }
}

fn overlaps(age: schema::Age, from: u16, to: u16) -> bool {
    let (start, end) = age.months();
    start < to && from < end
}

/// Returns the ages that a list reaches, in months. `None` if no population of it says how old it is.
fn reach(catalogue: &Catalogue, shown: EditionRef<'_>) -> Option<(u16, u16)> {
    let words = &catalogue.vocabulary;
    let services = || shown.edition.services.iter().map(|service| &service.body);
    let named = services().flat_map(|body| {
        let own = body.provisions.iter().filter_map(|provision| provision.population.as_ref());
        body.audience.population.iter().chain(own)
    });
    let mut populations =
        named.filter_map(|id| words.audience(&id.value).and_then(|who| who.age.or(who.usual_age))).peekable();
    populations.peek()?;
    let stated = services().flat_map(|body| {
        let provisions = body.provisions.iter();
        provisions.filter_map(|provision| age_of(catalogue, body, provision)).map(|(age, _)| age)
    });
    let all = populations.chain(stated).map(schema::Age::months);
    all.reduce(|(from, to), (start, end)| (from.min(start), to.max(end)))
}

/// Tells whether some provision is for an age in `band`. What states no age is for all.
pub(super) fn is_for(catalogue: &Catalogue, body: &Body, band: schema::Age) -> bool {
    let (from, to) = band.months();
    let fits = |provision: &Provision| {
        age_of(catalogue, body, provision).is_none_or(|(age, _)| overlaps(age, from, to))
    };
    body.provisions.iter().any(fits)
}

/// Returns the age of a provision: its own, the service's, or the usual one of its school stage; and
/// whether it is only usual.
fn age_of(catalogue: &Catalogue, body: &Body, provision: &Provision) -> Option<(schema::Age, bool)> {
    let stated = provision.age.or(body.audience.age).map(|age| (age, false));
    let categories =
        if provision.categories.is_empty() { &body.audience.categories } else { &provision.categories };
    stated.or_else(|| usual(catalogue, categories))
}

fn usual(catalogue: &Catalogue, categories: &[Spanned<String>]) -> Option<(schema::Age, bool)> {
    let stages = categories.iter().filter_map(|id| catalogue.vocabulary.audience(&id.value));
    stages.filter(|who| who.kind == WhoKind::Stage).find_map(|who| who.usual_age).map(|age| (age, true))
}

/// Returns the age a whole service of a list is for.
pub(super) fn of_service(catalogue: &Catalogue, shown: EditionRef<'_>, body: &Body) -> Option<AgeOnScale> {
    let stated = body.audience.age.map(|age| (age, false));
    let known = stated.or_else(|| usual(catalogue, &body.audience.categories));
    known.map(|(age, is_usual)| on_line(age, is_usual, &bands(catalogue, shown)))
}

/// Returns an age of a list, with its place on the line.
pub(super) fn on_line_of(catalogue: &Catalogue, shown: EditionRef<'_>, age: schema::Age) -> AgeOnScale {
    on_line(age, false, &bands(catalogue, shown))
}

/// Puts an age on the line of some bands, all equally wide; in words only, if there are none.
pub(super) fn on_line(age: schema::Age, is_usual: bool, bands: &[&AgeBand]) -> AgeOnScale {
    let stops = stops(bands);
    let (from, to) = age.months();
    let (start, end) = (place(from, &stops), place(to, &stops));
    let unit = match age.unit {
        schema::AgeUnit::Years => "years",
        schema::AgeUnit::Months => "months",
    };
    AgeOnScale {
        label: age.label(),
        unit,
        usual: is_usual,
        bands: stops.len().saturating_sub(1),
        marks: stops.iter().map(|months| years(*months)).collect(),
        x: start,
        width: ((end - start) * 100.0).round() / 100.0,
    }
}

/// Returns where bands begin and end, in months, each once.
fn stops(bands: &[&AgeBand]) -> Vec<u16> {
    let mut stops: Vec<u16> = bands.iter().flat_map(|band| <[u16; 2]>::from(band.age.months())).collect();
    stops.sort_unstable();
    stops.dedup();
    stops
}

fn years(months: u16) -> String {
    if months.is_multiple_of(12) {
        (months / 12).to_string()
    } else {
        format!("{:.1}", f64::from(months) / 12.0)
    }
}

/// Returns where an age stands on the scale.
fn place(months: u16, stops: &[u16]) -> f64 {
    let (Some(first), Some(last)) = (stops.first(), stops.last()) else { return END };
    let months = months.clamp(*first, *last);
    let count = |number: usize| f64::from(u32::try_from(number).unwrap_or(0));
    let band = stops.windows(2).position(|stop| months <= stop[1]).unwrap_or_default();
    let Some([low, high]) = stops.get(band..band + 2) else { return END };
    let within = f64::from(months - low) / f64::from(high - low);
    let from_end = BAND * (count(stops.len() - 1) - count(band) - within);
    ((END - from_end) * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_stand_on_the_line_of_their_bands() {
        let children = [0, 36, 72, 144, 180, 216];
        assert_eq!(place(0, &children), 10.0);
        assert_eq!(place(54, &children), 25.0);
        assert_eq!(place(216, &children), 60.0);
        assert_eq!(place(1440, &children), 60.0);
        let older = [720, 840, 960, 1440];
        assert_eq!(place(0, &older), 30.0);
        assert_eq!(place(780, &older), 35.0);
        assert_eq!(place(960, &older), 50.0);
        assert_eq!(place(1200, &older), 55.0);
        assert_eq!(place(1200, &[]), 60.0);
    }
}
