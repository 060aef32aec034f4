//! Lists as trees that can be changed, and what is said of them.
//!
//! [`Content`] is what is shipped, without the prefectures' own lists; a test adds lists of Xiamen to it.

use std::collections::BTreeMap;
use std::path::Path;

use qingdan::catalogue::{self, Catalogue};
use qingdan::compare::Verdict;
use qingdan::coverage::{Coverage, cover};
use qingdan::diagnostic::Findings;
use qingdan::source::SourceTree;
use serde_yaml::{Mapping, Value};

/// The list of the province as shipped.
pub const PLAIN: &str = "fujian/migrant-children/2025";
/// The same with an age, measures, a fee and named members in every provision.
pub const RICH: &str = "fujian/rich/2025";
/// Measures of every provision of [`RICH`].
pub const MEASURES: &[(&str, &str)] = &[
    ("amount", "1000 CNY/year"),
    ("frequency", "2 times/year"),
    ("duration", "3 years"),
    ("share", "50%"),
    ("time-limit", "10 days"),
    ("fee", "20 CNY/time"),
];

/// The files of a catalogue, by path.
#[derive(Clone, Debug)]
pub struct Content(pub BTreeMap<String, String>);

impl Content {
    /// Returns what is shipped for Fujian and for Xiamen, without its list, and [`RICH`].
    pub fn shipped() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
        let wanted = |path: &str| {
            path.starts_with("vocabulary/")
                || matches!(path, "site.yaml" | "fujian/place.yaml" | "fujian/xiamen/place.yaml")
                || path == format!("{PLAIN}.yaml")
        };
        let text = |bytes| String::from_utf8(bytes).expect("the content is UTF-8");
        let shipped = super::files::tree(&root).into_iter().filter(|(path, _)| wanted(path));
        let mut content = Self(shipped.map(|(path, bytes)| (path, text(bytes))).collect());
        let audiences = relatives(&content.tree("vocabulary/audiences"));
        content.put("vocabulary/audiences", &audiences);
        let rich = rich(&content.tree(PLAIN));
        content.put(RICH, &rich);
        content
    }

    /// Returns the file at `address`, which has no ending, as a tree.
    pub fn tree(&self, address: &str) -> Value {
        serde_yaml::from_str(&self.0[&format!("{address}.yaml")]).expect("the content is YAML")
    }

    /// Writes a tree to the file at `address`, which has no ending.
    pub fn put(&mut self, address: &str, tree: &Value) {
        let text = serde_yaml::to_string(tree).expect("a tree can be written");
        self.0.insert(format!("{address}.yaml"), text);
    }

    /// Puts the comment of an import that nobody has looked at above the entry of this id.
    pub fn guess(&mut self, address: &str, id: &str) {
        let text = self.0.get_mut(&format!("{address}.yaml")).expect("the list is there");
        let entry = text.find(&format!("id: {id}\n")).expect("the entry is there");
        let dash = text[..entry].rfind("- ").expect("an entry of a list");
        let line = text[..dash].rfind('\n').map_or(0, |end| end + 1);
        text.insert_str(line, "# 力度、对象是按字面写的，请核对\n");
    }

    /// Makes English the reference language; what is Chinese only is said to be English.
    pub fn speak_english(&mut self) {
        for text in self.0.values_mut() {
            let mut tree: Value = serde_yaml::from_str(text).expect("the content is YAML");
            add_english(&mut tree);
            if let Some(languages) = tree.get_mut("languages").and_then(Value::as_sequence_mut) {
                languages.sort_by_key(|language| language["code"] != "en");
            }
            // Marks for line breaks stand escaped in the content; written anew they would be characters nobody sees.
            *text = serde_yaml::to_string(&tree).expect("a tree can be written").replace('\u{200b}', "");
        }
    }

    /// Reads the catalogue, which must hold no mistake.
    pub fn read(&self) -> Catalogue {
        let texts = self.0.iter().map(|(path, text)| (path.as_str(), text.as_str()));
        let mut findings = Findings::new();
        let catalogue = catalogue::read(&SourceTree::from_texts(texts), &mut findings);
        let mistakes = findings.iter().filter(|finding| finding.code.name != "unreviewed-guess");
        let found: Vec<&str> = mistakes.map(|finding| finding.message.en.as_str()).collect();
        assert!(found.is_empty(), "the lists are written right: {found:?}");
        catalogue.expect("site.yaml is right")
    }
}

fn add_english(tree: &mut Value) {
    match tree {
        Value::Mapping(map) => {
            if let Some(text) = map.get("zh").cloned().filter(|_| !map.contains_key("en")) {
                map.insert("en".into(), text);
            }
            map.iter_mut().for_each(|(_, value)| add_english(value));
        }
        Value::Sequence(items) => items.iter_mut().for_each(add_english),
        _ => {}
    }
}

/// What is said of a provision: its verdict, then axis and verdict of every step, the gravest first.
pub type Outcome = (Verdict, Vec<(&'static str, Verdict)>);

/// Returns how the edition at `address` stands to its baseline.
pub fn covered<'a>(catalogue: &'a Catalogue, address: &str) -> Coverage<'a> {
    let issue = catalogue.edition(address).expect("the list is there");
    cover(catalogue, issue, None).expect("the baseline is there")
}

/// Returns what is said of every provision of a baseline, by address.
pub fn outcomes(coverage: &Coverage<'_>) -> BTreeMap<String, Outcome> {
    let provisions = coverage.services.iter().flat_map(|service| &service.provisions);
    let steps = provisions.map(|known| {
        let steps = known.steps.iter().map(|step| (step.axis, step.verdict)).collect();
        (known.baseline.address(), (known.verdict, steps))
    });
    steps.collect()
}

/// What is met without a remark.
pub fn met() -> Outcome {
    (Verdict::Met, Vec::new())
}

/// Writes a tree in place.
pub fn yaml(text: &str) -> Value {
    serde_yaml::from_str(text).expect("what a test writes is YAML")
}

/// Returns the texts of the list at `key`, in Chinese where they are translated; none if there is no such list.
pub fn words(map: &Mapping, key: &str) -> Vec<String> {
    let items = map.get(key).and_then(Value::as_sequence).into_iter().flatten();
    let text = |item: &Value| item.get("zh").unwrap_or(item).as_str().map(str::to_owned);
    items.map(|item| text(item).expect("a list of texts")).collect()
}

/// Returns the text at `key`.
pub fn word<'a>(map: &'a Mapping, key: &str) -> Option<&'a str> {
    map.get(key).and_then(Value::as_str)
}

/// Writes texts to the list at `key`; without any, there is no list.
pub fn set_words(map: &mut Mapping, key: &str, words: &[String]) {
    if words.is_empty() {
        map.remove(key);
    } else {
        map.insert(key.into(), Value::Sequence(words.iter().map(|word| word.as_str().into()).collect()));
    }
}

/// Returns the map inside a tree.
pub fn map(tree: &mut Value) -> &mut Mapping {
    tree.as_mapping_mut().expect("a map")
}

/// Returns the list at `key` of a map.
pub fn list<'a>(tree: &'a mut Value, key: &str) -> &'a mut Vec<Value> {
    tree.get_mut(key).and_then(Value::as_sequence_mut).expect("a list")
}

/// Returns the items of the list at `key` of a map.
pub fn items<'a>(tree: &'a Value, key: &str) -> &'a [Value] {
    tree.get(key).and_then(Value::as_sequence).expect("a list")
}

/// Returns the id of a service or provision.
pub fn id(tree: &Value) -> &str {
    tree.get("id").and_then(Value::as_str).expect("an id")
}

/// Returns a list of a prefecture with these services.
pub fn prefecture(baseline: &str, services: Vec<Value>) -> Value {
    let mut list = yaml("{title: {zh: 清单}, status: draft}");
    map(&mut list).insert("measured_against".into(), baseline.into());
    map(&mut list).insert("services".into(), Value::Sequence(services));
    list
}

/// Returns the entry that takes a service over.
pub fn adopted(service: &Value) -> Value {
    yaml(&format!("adopts: {}", id(service)))
}

/// Returns a service written out in full, in the words of the baseline, each provision answering its own.
pub fn written_out(service: &Value) -> Value {
    let mut own = service.clone();
    let name = id(service).to_owned();
    map(&mut own).remove("note");
    for provision in list(&mut own, "provisions") {
        let covers = format!("{name}/{}", id(provision));
        map(provision).remove("note");
        set_words(map(provision), "covers", &[covers]);
    }
    own
}

/// Returns a service with its audience, age, conditions and departments repeated in every provision, and
/// with none of its own: so one provision can be changed without the others.
pub fn spelled_out(service: &Value) -> Value {
    let mut own = service.clone();
    let audience = map(&mut own).get_mut("audience").and_then(Value::as_mapping_mut).expect("an audience");
    let above = audience.clone();
    audience.retain(|key, _| key == "text");
    let departments = service["departments"].clone();
    for provision in list(&mut own, "provisions") {
        let provision = map(provision);
        for key in ["population", "categories", "age"] {
            if let Some(value) = above.get(key).filter(|_| !provision.contains_key(key)) {
                provision.insert(key.into(), value.clone());
            }
        }
        let mut conditions = words(provision, "conditions");
        conditions.extend(words(&above, "conditions"));
        conditions.sort();
        conditions.dedup();
        set_words(provision, "conditions", &conditions);
        if !provision.contains_key("departments") {
            provision.insert("departments".into(), departments.clone());
        }
    }
    own
}

/// Returns the list of the province as [`RICH`].
fn rich(plain: &Value) -> Value {
    let mut rich = plain.clone();
    for service in list(&mut rich, "services") {
        let has_age = service["audience"].get("age").is_some();
        for provision in list(service, "provisions") {
            let provision = map(provision);
            if !has_age && !provision.contains_key("age") {
                provision.insert("age".into(), "3-12".into());
            }
            let measures = MEASURES.iter().map(|(name, value)| ((*name).into(), (*value).into()));
            provision.insert("measures".into(), Value::Mapping(measures.collect()));
            if !provision.contains_key("named") {
                set_words(provision, "named", &["甲处".to_owned(), "乙处".to_owned()]);
            }
        }
    }
    rich
}

/// Adds to the audiences for each X `narrow-X`, which is within X, and `wide-X`, which X is within.
fn relatives(audiences: &Value) -> Value {
    let mut more = audiences.clone();
    for who in list(&mut more, "audiences") {
        let wide = format!("wide-{}", id(who));
        let mut within = words(map(who), "within");
        within.push(wide);
        set_words(map(who), "within", &within);
    }
    for who in items(audiences, "audiences") {
        let (name, kind) = (id(who), who["kind"].as_str().expect("a kind"));
        let related = [
            format!("{{id: narrow-{name}, name: {{zh: 部分 {name}}}, kind: {kind}, within: [{name}]}}"),
            format!("{{id: wide-{name}, name: {{zh: 不止 {name}}}, kind: {kind}}}"),
        ];
        list(&mut more, "audiences").extend(related.iter().map(|text| yaml(text)));
    }
    list(&mut more, "audiences").push(yaml("{id: stranger, name: {zh: 别的人}, kind: population}"));
    more
}
