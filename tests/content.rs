//! The content that is shipped: true to its source, complete in both languages, nothing invented.

#[path = "content/sentences.rs"]
mod sentences;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use qingdan::catalogue::{self, Catalogue, Certainty, Edition, EditionStatus, PlacePath};
use qingdan::diagnostic::Findings;
use qingdan::render;
use qingdan::source::SourceTree;
use serde::Deserialize;

/// The Fujian list as read by hand.
#[derive(Deserialize)]
struct Oracle {
    items: Vec<Item>,
}

#[derive(Deserialize)]
struct Item {
    number: u32,
    area: String,
    title: String,
    audience: String,
    content: String,
    departments: Vec<String>,
    provisions: Vec<Read>,
}

#[derive(Deserialize)]
struct Read {
    quote: String,
    focus: Option<String>,
    kind: String,
    strength: String,
    condition: Option<String>,
    condition_text: Option<String>,
    access: String,
    #[serde(default)]
    alternative: bool,
    #[serde(default)]
    open_list: bool,
    #[serde(default)]
    vague: bool,
}

fn content() -> Catalogue {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let mut findings = Findings::new();
    let sources =
        SourceTree::read(&root, render::default_theme(), &mut findings).expect("the content can be read");
    let catalogue = catalogue::read(&sources, &mut findings).expect("site.yaml is right");
    assert!(findings.is_empty(), "the content reads without findings");
    catalogue
}

fn baseline(catalogue: &Catalogue) -> &Edition {
    catalogue.edition("fujian/migrant-children/2025").expect("the baseline is there").edition
}

#[test]
fn the_baseline_is_the_list_read_by_hand_to_the_letter() {
    let oracle: Oracle =
        serde_yaml::from_str(include_str!("oracle/fujian-baseline.yaml")).expect("the oracle is YAML");
    let catalogue = content();
    let edition = baseline(&catalogue);
    assert_eq!((edition.services.len(), oracle.items.len()), (20, 20));
    let fujian = &catalogue.places[&PlacePath::new("fujian")];
    let mut provisions = 0;
    for (service, item) in edition.services.iter().zip(&oracle.items) {
        let body = &service.body;
        let at = format!("service {}", item.number);
        assert_eq!(service.number.value, item.number);
        assert_eq!(body.area.value, item.area, "{at}");
        assert_eq!(body.title.reference().value, item.title, "{at}");
        assert_eq!(body.audience.text.reference().value, item.audience, "{at}");
        assert_eq!(body.content.reference().value, item.content, "{at}");
        let names = body.departments.iter().map(|id| {
            let counterpart = catalogue.counterpart(fujian, &id.value).expect("the department is known");
            counterpart.name.reference().value.clone()
        });
        assert_eq!(names.collect::<Vec<_>>(), item.departments, "{at}");
        assert_eq!(body.provisions.len(), item.provisions.len(), "{at}");
        for (provision, read) in body.provisions.iter().zip(&item.provisions) {
            let at = format!("{at}, {}", provision.id.value);
            assert_eq!(provision.quote.value, read.quote, "{at}");
            assert_eq!(provision.focus.as_ref().map(|focus| &focus.value), read.focus.as_ref(), "{at}");
            assert_eq!(provision.kind.as_str(), read.kind, "{at}");
            assert_eq!(provision.strength.as_str(), read.strength, "{at}");
            assert_eq!(provision.access.as_str(), read.access, "{at}");
            let conditions: Vec<&String> = provision.conditions.iter().map(|id| &id.value).collect();
            assert_eq!(conditions, read.condition.iter().collect::<Vec<_>>(), "{at}");
            let printed = provision.condition_text.as_ref().map(|text| &text.reference().value);
            assert_eq!(printed, read.condition_text.as_ref(), "{at}");
            assert_eq!(provision.either_of.is_some(), read.alternative, "{at}");
            assert_eq!(provision.open_list, read.open_list, "{at}");
            assert_eq!(provision.vague, read.vague, "{at}");
            provisions += 1;
        }
    }
    assert_eq!(provisions, 67);
}

#[test]
fn each_plain_sentence_says_something_of_its_own() {
    let catalogue = content();
    for lang in catalogue.site.languages.iter() {
        let mut seen = BTreeSet::new();
        for provision in baseline(&catalogue).services.iter().flat_map(|service| &service.body.provisions) {
            let plain = &provision.plain.get(&lang.code).expect("plain words in every language").value;
            assert!(seen.insert(plain.clone()), "`{plain}` stands twice");
        }
    }
}

/// How many years of school an English sentence asks for, after Flesch and Kincaid; syllables by groups of vowels.
fn grade(sentence: &str) -> f64 {
    let words: Vec<String> = sentence
        .split(|c: char| !(c.is_alphanumeric() || c == '’'))
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let syllables = |word: &String| {
        let vowels = word.split(|c: char| !"aeiouy".contains(c)).filter(|group| !group.is_empty()).count();
        let silent = word.ends_with('e') && !word.ends_with("le") && vowels > 1;
        (vowels - usize::from(silent)).max(1)
    };
    let count = |n: usize| f64::from(u32::try_from(n).expect("a sentence is short"));
    let spoken = count(words.iter().map(syllables).sum());
    0.39 * count(words.len()) + 11.8 * spoken / count(words.len()) - 15.59
}

#[test]
fn plain_words_are_short() {
    let catalogue = content();
    let plain = |lang: &str| -> Vec<String> {
        let provisions = baseline(&catalogue).services.iter().flat_map(|service| &service.body.provisions);
        let lang =
            catalogue.site.languages.iter().find(|known| known.code.as_str() == lang).expect("a language");
        provisions.map(|one| one.plain.get(&lang.code).expect("plain words").value.clone()).collect()
    };
    let sentences = |texts: Vec<String>, stop: &str| -> Vec<String> {
        texts
            .iter()
            .flat_map(|text| text.split(stop))
            .map(str::trim)
            .filter(|one| !one.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let count = |n: usize| f64::from(u32::try_from(n).expect("few"));
    let chinese: Vec<usize> = sentences(plain("zh"), "。").iter().map(|one| one.chars().count()).collect();
    let mean = count(chinese.iter().sum()) / count(chinese.len());
    let longest = chinese.iter().max().copied().unwrap_or_default();
    assert!(mean <= 20.0 && longest <= 35, "{mean:.1} characters a sentence, the longest {longest}");
    let english: Vec<f64> = sentences(plain("en"), ".").iter().map(|one| grade(one)).collect();
    let mean = english.iter().sum::<f64>() / count(english.len());
    assert!(mean <= 8.0, "English of grade {mean:.1}");
}

#[test]
fn the_ten_prefectures_adopt_the_whole_list_as_drafts_and_say_so() {
    let codes = BTreeMap::from([
        ("fuzhou", "350100"),
        ("xiamen", "350200"),
        ("putian", "350300"),
        ("sanming", "350400"),
        ("quanzhou", "350500"),
        ("zhangzhou", "350600"),
        ("nanping", "350700"),
        ("longyan", "350800"),
        ("ningde", "350900"),
        ("pingtan", "350128"),
    ]);
    let catalogue = content();
    let fujian = PlacePath::new("fujian");
    assert_eq!(catalogue.places.keys().filter(|path| path.is_below(&fujian)).count(), codes.len());
    for (name, code) in codes {
        let place = &catalogue.places[&PlacePath::new(format!("fujian/{name}"))];
        assert_eq!(place.code.value, code);
        let edition = place.lists["migrant-children"].current(true).expect("a draft is there");
        assert_eq!(edition.status, EditionStatus::Draft, "{name}");
        assert!(edition.notice.is_some(), "{name} says that it is a draft");
        assert!(
            edition.document.is_none() && edition.dates.iter().next().is_none(),
            "{name} invents no document"
        );
        assert_eq!(edition.services.len(), 20, "{name}");
        assert!(
            edition.services.iter().all(|service| service.adopted.is_some() && service.apply.is_none()),
            "{name}"
        );
    }
}

#[test]
fn pingtan_has_its_merged_bureaus_and_leaves_open_what_no_document_names() {
    let catalogue = content();
    let pingtan = &catalogue.places[&PlacePath::new("fujian/pingtan")];
    let name = |id: &str| catalogue.counterpart(pingtan, id).expect("known").name.reference().value.clone();
    assert_eq!(name("civil-affairs"), "社会事业局");
    assert_eq!(name("health"), "社会事业局（疾控局）");
    assert_eq!(name("housing"), "交通与建设局");
    assert_eq!(name("radio-television"), "旅游与文化体育局");
    for open in ["human-resources", "healthcare-security", "publishing-group"] {
        let counterpart = catalogue.counterpart(pingtan, open).expect("known");
        assert_eq!(counterpart.certainty, Certainty::ToBeConfirmed, "{open}");
    }
}

#[test]
fn every_text_is_there_in_every_language() {
    let catalogue = content();
    catalogue.each_text(&mut |address, text| {
        for language in catalogue.site.languages.iter() {
            assert!(text.get(&language.code).is_some(), "{} lacks {}", address(), language.name);
        }
    });
}
