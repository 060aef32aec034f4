//! How far the translations are, place by place.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{add, head};
use crate::catalogue::fingerprint;
use crate::common::Said;
use crate::facts::Facts;
use crate::{Head, PageKind, Spot, View};

/// The state of translations.
pub const TRANSLATIONS: PageKind =
    PageKind { name: "staff-translations", list: |facts, spots| list(facts, spots), data };

fn list<'a>(facts: &Facts<'a>, spots: &mut Vec<Spot<'a>>) {
    add(facts, spots, &TRANSLATIONS, "translations");
}

/// What the template gets.
#[derive(Serialize)]
struct Data {
    languages: Vec<Language>,
}

#[derive(Serialize)]
struct Language {
    name: String,
    tag: String,
    there: usize,
    missing: usize,
    outdated: usize,
    parts: Vec<Part>,
}

/// A file or folder with texts that lack a translation, or have an outdated one.
#[derive(Serialize)]
struct Part {
    name: Said,
    there: usize,
    missing: usize,
    outdated: usize,
}

fn data(view: &View<'_>) -> (Head, tera::Value) {
    let catalogue = view.catalogue();
    let languages = catalogue.site.languages.iter().skip(1).map(|language| {
        // By the file that a text is in: there, missing, outdated.
        let mut parts: BTreeMap<String, (usize, usize, usize)> = BTreeMap::new();
        catalogue.each_text(&mut |address, text| {
            let address = address();
            let part = address.split([':', '#']).next().unwrap_or_default().to_owned();
            let counts = parts.entry(part).or_default();
            match text.get(&language.code) {
                None => counts.1 += 1,
                Some(translation) => {
                    counts.0 += 1;
                    let record = catalogue.translations.get(&address, language.code.as_str());
                    let stale = record.is_some_and(|record| {
                        record.from != fingerprint(&text.reference().value)
                            && record.text == fingerprint(&translation.value)
                    });
                    counts.2 += usize::from(stale);
                }
            }
        });
        let total = |get: fn(&(usize, usize, usize)) -> usize| parts.values().map(get).sum();
        Language {
            name: language.name.clone(),
            tag: language.tag.clone(),
            there: total(|counts| counts.0),
            missing: total(|counts| counts.1),
            outdated: total(|counts| counts.2),
            parts: parts
                .iter()
                .map(|(name, counts)| Part {
                    name: Said { text: name.clone(), lang: None, dir: None },
                    there: counts.0,
                    missing: counts.1,
                    outdated: counts.2,
                })
                .collect(),
        }
    });
    let data = Data { languages: languages.collect() };
    let title = view.tell(&crate::text!("译文", "Translations"));
    (head(view).crumb(title, None), tera::Value::from_serializable(&data))
}
