//! A judged list as a catalogue, written in the ways in which offices come to one.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use qingdan::catalogue::{self, Catalogue, PlacePath};
use qingdan::diagnostic::Findings;
use qingdan::import::{self, Keys, Target};
use qingdan::source::SourceTree;
use serde_yaml::{Mapping, Value};

use super::judged::{self, Clause, JudgedList, JudgedService};

/// How much of a list is declared besides its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Only what a file must have.
    Required,
    /// The fields of the baseline, copied without a look at the words.
    Copied,
    /// What `qingdan import` makes of the official table.
    Imported,
    /// What a careful clerk would declare.
    Careful,
}

impl Way {
    /// Every way.
    pub const ALL: [Self; 4] = [Self::Required, Self::Copied, Self::Imported, Self::Careful];

    /// Returns its name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::Copied => "copied",
            Self::Imported => "imported",
            Self::Careful => "careful",
        }
    }
}

/// Where the baseline stands.
const BASELINE: &str = "fujian/migrant-children/2025";
/// Where the list of the prefecture stands.
pub const LIST: &str = "fujian/xiamen/migrant-children/2026";

/// Areas by the names that official tables have.
const AREAS: [(&str, &str); 6] = [
    ("幼有所育", "early-childhood"),
    ("学有所教", "education"),
    ("病有所医", "health"),
    ("住有所居", "housing"),
    ("弱有所扶", "relief"),
    ("发展保障", "development"),
];

/// What a provision may declare and lists are compared by.
const FIELDS: [&str; 14] = [
    "kind",
    "strength",
    "access",
    "conditions",
    "condition_text",
    "measures",
    "age",
    "named",
    "categories",
    "population",
    "either_of",
    "open_list",
    "vague",
    "departments",
];

/// Returns the catalogue that holds a list of `set`, and its baseline, written in one way.
pub fn catalogue(set: &str, list: &JudgedList, way: Way) -> Catalogue {
    let mut texts = shipped();
    let baseline = if list.baseline == "fujian" {
        serde_yaml::from_str(&texts[&file(BASELINE)]).expect("the content is YAML")
    } else {
        let tree = written_baseline(&judged::list(set, &format!("{}.yaml", list.baseline)));
        texts.insert(file(BASELINE), yaml(&tree));
        tree
    };
    let written = match way {
        Way::Imported => imported(list, &read(&texts)),
        Way::Required | Way::Copied | Way::Careful => yaml(&written_list(list, &baseline, way)),
    };
    texts.insert(file(LIST), written);
    read(&texts)
}

/// A list of one service with one provision.
const ONE_SERVICE: &str = "
title: {zh: 清单}
services:
  - id: care
    number: 1
    area: health
    title: {zh: 健康服务}
    audience: {text: {zh: 流动儿童}}
    content: {zh: 为流动儿童提供健康服务}
    departments: [health]
    provisions:
      - {id: one, quote: 为流动儿童提供健康服务, plain: {zh: 有}, kind: service, strength: must, access: residence}
";

/// Returns a catalogue of two lists that say the same, but that the lower one has `text` at `field`: of how to apply, as a
/// note of the service, or as the notice of the list.
pub fn beside(field: &str, text: &str) -> Catalogue {
    let mut texts = shipped();
    let baseline = "ordinal: 1\nstatus: issued\ndates: {issued: 2025-01-10}\n";
    texts.insert(file(BASELINE), format!("{ONE_SERVICE}{baseline}"));
    let mut list: Value = serde_yaml::from_str(ONE_SERVICE).expect("the list is YAML");
    list["status"] = "draft".into();
    list["measured_against"] = BASELINE.into();
    let text = chinese(text);
    let service = &mut list["services"][0];
    service["provisions"][0]["covers"] = Value::Sequence(vec!["care/one".into()]);
    match field {
        "notice" => list["notice"] = text,
        "note" => service["note"] = text,
        "bring" | "steps" => service["apply"] = map([(field, Value::Sequence(vec![text]))]),
        field => service["apply"] = map([(field, text)]),
    }
    texts.insert(file(LIST), yaml(&list));
    read(&texts)
}

/// Returns the path of the file of an edition.
fn file(address: &str) -> String {
    format!("{address}.yaml")
}

/// Returns a tree as text.
fn yaml(tree: &Value) -> String {
    serde_yaml::to_string(tree).expect("a tree can be written")
}

/// Returns what is shipped for Fujian and Xiamen, without its list.
fn shipped() -> BTreeMap<String, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let wanted = |path: &str| {
        path.starts_with("vocabulary/")
            || matches!(path, "site.yaml" | "fujian/place.yaml" | "fujian/xiamen/place.yaml")
            || path == file(BASELINE)
    };
    let text = |bytes| String::from_utf8(bytes).expect("the content is UTF-8");
    let files = super::files::tree(&root).into_iter().filter(|(path, _)| wanted(path));
    files.map(|(path, bytes)| (path, text(bytes))).collect()
}

/// Reads the catalogue. The lists may hold mistakes, as those of offices do.
fn read(texts: &BTreeMap<String, String>) -> Catalogue {
    let texts = texts.iter().map(|(path, text)| (path.as_str(), text.as_str()));
    catalogue::read(&SourceTree::from_texts(texts), &mut Findings::new()).expect("site.yaml is right")
}

/// Returns a baseline as its file has it.
fn written_baseline(list: &JudgedList) -> Value {
    let provision = |clause: &Clause| {
        let mut provision = quoted(clause);
        set(&mut provision, "id", clause.id.as_deref().expect("a provision of a baseline has an id"));
        provision.extend(fields(&clause.careful));
        Value::Mapping(provision)
    };
    let services = list.services.iter().map(|known| {
        let id = known.id.as_deref().expect("a service of a baseline has an id");
        service(id, known, audience(known, true), known.provisions.iter().map(provision).collect())
    });
    let services = Value::Sequence(services.collect());
    map([
        ("title", chinese("某省基础清单")),
        ("ordinal", 1.into()),
        ("status", "issued".into()),
        ("dates", map([("issued", "2025-01-10".into())])),
        ("services", services),
    ])
}

/// Returns a list as its file has it.
fn written_list(list: &JudgedList, baseline: &Value, way: Way) -> Value {
    let mut ids = BTreeSet::new();
    let services = list.services.iter().enumerate().map(|(at, known)| {
        let above = known.of.as_deref().and_then(|id| by_id(baseline, "services", id));
        let provisions = provisions(known, baseline, way);
        let audience = match above {
            Some(above) if way == Way::Copied => copied_audience(known, above),
            _ => audience(known, way == Way::Careful),
        };
        let id = new_id(known.of.clone().unwrap_or_else(|| format!("local-{at}")), &mut ids);
        service(&id, known, audience, provisions)
    });
    let services = Value::Sequence(services.collect());
    let mut tree = map([
        ("title", chinese(&format!("{}清单", list.name))),
        ("status", "draft".into()),
        ("measured_against", BASELINE.into()),
        ("services", services),
    ]);
    if let (Some(notice), Value::Mapping(tree)) = (&list.notice, &mut tree) {
        tree.insert("notice".into(), chinese(notice));
    }
    tree
}

/// Returns the provisions of a service of a list.
fn provisions(service: &JudgedService, baseline: &Value, way: Way) -> Vec<Value> {
    let mut ids = BTreeSet::new();
    let provisions = service.provisions.iter().enumerate().map(|(at, clause)| {
        let answered = clause.of.first().map(|address| address.split_once('/').expect("an address"));
        let above = answered.and_then(|(service, provision)| {
            by_id(by_id(baseline, "services", service)?, "provisions", provision)
        });
        let above = above.and_then(Value::as_mapping);
        let id = answered.map_or_else(|| format!("own-{at}"), |(_, provision)| provision.to_owned());
        let mut provision = quoted(clause);
        set(&mut provision, "id", &new_id(id, &mut ids));
        if !clause.of.is_empty() {
            let covers = clause.of.iter().map(|address| address.as_str().into()).collect();
            provision.insert("covers".into(), Value::Sequence(covers));
        }
        match way {
            Way::Required => {
                let kind = above.unwrap_or(&clause.careful).get("kind").and_then(Value::as_str);
                set(&mut provision, "kind", kind.unwrap_or("service"));
                set(&mut provision, "strength", "must");
                set(&mut provision, "access", "residence");
            }
            Way::Copied => provision.extend(fields(above.unwrap_or(&clause.careful))),
            Way::Careful | Way::Imported => provision.extend(fields(&clause.careful)),
        }
        Value::Mapping(provision)
    });
    provisions.collect()
}

/// Imports the official table of a list.
fn imported(list: &JudgedList, catalogue: &Catalogue) -> String {
    let mut table = csv::Writer::from_writer(Vec::new());
    let title = format!("{}清单", list.name);
    let mut row = |cells: [&str; 6]| table.write_record(cells).expect("rows have six cells");
    row([&title, "", "", "", "", ""]);
    row(["类别", "序号", "服务对象", "服务项目", "服务内容", "责任部门"]);
    for service in &list.services {
        let departments = departments(service).join("、");
        let number = service.number.to_string();
        row([&service.area, &number, &service.audience, &service.title, &service.content, &departments]);
    }
    let bytes = table.into_inner().expect("memory takes every byte");
    let baseline = catalogue.edition(BASELINE).expect("the baseline is there").edition;
    let target = Target {
        catalogue,
        place: catalogue.places.get(&PlacePath::new("fujian/xiamen")),
        ordinal: 1,
        address: Some(LIST),
        baseline: Some((baseline, BASELINE)),
        keys: Keys::English,
    };
    import::import("清单.csv", &bytes, &target, &import::Told::default()).expect("it is a list").yaml
}

/// Returns the entry of a service.
fn service(id: &str, known: &JudgedService, audience: Value, provisions: Vec<Value>) -> Value {
    let area = AREAS.iter().find(|(name, _)| *name == known.area).map_or(known.area.as_str(), |(_, id)| id);
    let departments = departments(known).into_iter().map(Value::from).collect();
    map([
        ("id", id.into()),
        ("number", known.number.into()),
        ("area", area.into()),
        ("title", chinese(&known.title)),
        ("audience", audience),
        ("content", chinese(&known.content)),
        ("departments", Value::Sequence(departments)),
        ("provisions", Value::Sequence(provisions)),
    ])
}

/// Returns the audience of a service, with what a careful clerk would declare or without.
fn audience(service: &JudgedService, is_declared: bool) -> Value {
    let mut audience = Mapping::new();
    audience.insert("text".into(), chinese(&service.audience));
    if is_declared {
        audience.extend(service.audience_fields.clone().into_iter().map(declared));
    }
    Value::Mapping(audience)
}

/// Returns the words of a service's audience with what the baseline declares.
fn copied_audience(service: &JudgedService, above: &Value) -> Value {
    let mut audience = above["audience"].as_mapping().cloned().expect("a service has an audience");
    audience.insert("text".into(), chinese(&service.audience));
    Value::Mapping(audience)
}

/// Returns the departments of a service.
fn departments(service: &JudgedService) -> Vec<String> {
    match &service.departments {
        Value::String(names) => names.split(['、', '，']).map(str::to_owned).collect(),
        ids => ids.as_sequence().into_iter().flatten().map(plain).collect(),
    }
}

/// Returns the entry of a provision with its words alone.
fn quoted(clause: &Clause) -> Mapping {
    let mut provision = Mapping::new();
    set(&mut provision, "quote", &clause.quote);
    provision.insert("plain".into(), chinese(&clause.quote));
    if let Some(focus) = &clause.focus {
        provision.insert("focus".into(), focus.clone());
    }
    provision
}

/// Returns what a provision declares, as a file has it.
fn fields(declares: &Mapping) -> Mapping {
    let known = FIELDS.iter().filter_map(|key| {
        let value = declares.get(*key).filter(|value| !is_empty(value))?;
        Some(declared((Value::from(*key), value.clone())))
    });
    known.collect()
}

/// Returns one field as a file has it: numbers of an age or a measure as text, the words of a condition by language.
fn declared((key, value): (Value, Value)) -> (Value, Value) {
    let value = match (key.as_str(), value) {
        (Some("condition_text"), Value::String(words)) => chinese(&words),
        (Some("age"), age) => plain(&age).into(),
        (Some("measures"), Value::Mapping(measures)) => {
            Value::Mapping(measures.into_iter().map(|(name, value)| (name, plain(&value).into())).collect())
        }
        (_, value) => value,
    };
    (key, value)
}

/// Tells whether a field says nothing.
fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Sequence(items) => items.is_empty(),
        Value::Mapping(map) => map.is_empty(),
        Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Tagged(_) => false,
    }
}

/// Returns a text or number as text.
fn plain(value: &Value) -> String {
    match value.as_str() {
        Some(text) => text.to_owned(),
        None => yaml(value).trim().to_owned(),
    }
}

/// Returns an id that is not taken yet, and takes it.
fn new_id(mut id: String, taken: &mut BTreeSet<String>) -> String {
    while !taken.insert(id.clone()) {
        id += "-b";
    }
    id
}

/// Returns the item with this id of the list at `key`.
fn by_id<'a>(tree: &'a Value, key: &str, id: &str) -> Option<&'a Value> {
    let items = tree.get(key).and_then(Value::as_sequence)?;
    items.iter().find(|item| item.get("id").and_then(Value::as_str) == Some(id))
}

/// Returns a text in Chinese alone.
fn chinese(text: &str) -> Value {
    map([("zh", text.into())])
}

/// Returns a map with these keys.
fn map<const N: usize>(pairs: [(&str, Value); N]) -> Value {
    Value::Mapping(pairs.into_iter().map(|(key, value)| (key.into(), value)).collect())
}

/// Sets a key to a text.
fn set(map: &mut Mapping, key: &str, text: &str) {
    map.insert(key.into(), text.into());
}
