//! How far the translations are, place by place.

use std::collections::BTreeMap;

use serde::Serialize;

use super::head;
use crate::catalogue::fingerprint;
use crate::common::DisplayText;
use crate::kind::{KindOfPage, Policy, Subject};
use crate::{Address, Facts, Head, View};

/// The state of translations.
#[derive(Clone, Copy, Debug)]
pub struct TranslationsPage;

impl<'a> KindOfPage<'a> for TranslationsPage {
    const NAME: &'static str = "staff-translations";
    const POLICY: Policy = Policy::STAFF_SECTION;

    fn list(facts: &Facts<'a>) -> Vec<Self> {
        facts.staff.iter().map(|_| Self).collect()
    }

    fn address(&self) -> Address {
        Address::staff("translations")
    }

    fn subject(&self) -> Subject<'a> {
        Subject::Site
    }

    fn data(&self, view: &View<'a>) -> (Head, tera::Value) {
        data(view)
    }
}

/// What the template gets.
#[derive(Serialize)]
struct TranslationsData {
    languages: Vec<TranslatedLanguage>,
}

#[derive(Serialize)]
struct TranslatedLanguage {
    name: String,
    tag: String,
    there: usize,
    missing: usize,
    outdated: usize,
    parts: Vec<TranslatedPart>,
}

/// A file or folder with texts that lack a translation, or have an outdated one.
#[derive(Serialize)]
struct TranslatedPart {
    name: DisplayText,
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
        TranslatedLanguage {
            name: language.name.clone(),
            tag: language.tag.clone(),
            there: total(|counts| counts.0),
            missing: total(|counts| counts.1),
            outdated: total(|counts| counts.2),
            parts: parts
                .iter()
                .map(|(name, counts)| TranslatedPart {
                    name: DisplayText { text: name.clone(), lang: None, dir: None },
                    there: counts.0,
                    missing: counts.1,
                    outdated: counts.2,
                })
                .collect(),
        }
    });
    let data = TranslationsData { languages: languages.collect() };
    let title = view.tell(&crate::text!("译文", "Translations"));
    (head(view).crumb(title, None), tera::Value::from_serializable(&data))
}
