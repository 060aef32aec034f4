//! Every paragraph of the five official documents is accounted for: served by something the content has, or not, with a
//! reason. And what the content quotes is found in them to the letter.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_yaml::Value;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

fn yaml(path: &Path) -> Option<Value> {
    let text = fs::read_to_string(path).ok()?;
    Some(serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display())))
}

fn content(path: &str) -> Option<Value> {
    yaml(&root().join("content").join(path))
}

/// Returns the text without blanks.
fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn word<'v>(value: &'v Value, key: &str) -> Option<&'v str> {
    value.get(key).and_then(Value::as_str)
}

fn list<'v>(value: &'v Value, key: &str) -> impl Iterator<Item = &'v Value> {
    value.get(key).and_then(Value::as_sequence).into_iter().flatten()
}

/// Returns the Chinese of a text in several languages.
fn zh<'v>(value: &'v Value, key: &str) -> Option<&'v str> {
    let text = value.get(key)?;
    text.as_str().or_else(|| word(text, "zh"))
}

struct Unit {
    at: String,
    text: String,
    served_by: Vec<String>,
    reason: Option<String>,
}

/// Cuts a document into its units; says where that fails.
fn units(document: &Value, source: &str) -> Result<Vec<Unit>, String> {
    let mut rest = source;
    let mut units = Vec::new();
    for unit in list(document, "units") {
        let at = word(unit, "at").unwrap_or_default();
        let from = squeezed(word(unit, "from").expect("a unit begins somewhere"));
        let name = || format!("{} {at} “{from}”", word(document, "number").unwrap_or_default());
        if !rest.starts_with(&from) {
            let next: String = rest.chars().take(24).collect();
            return Err(format!("{}: the text goes on with “{next}”", name()));
        }
        let end = match word(unit, "to").map(squeezed) {
            None => from.len(),
            Some(to) => {
                let found = rest[from.len()..].find(&to);
                found.ok_or_else(|| format!("{}: no “{to}” behind it", name()))? + from.len() + to.len()
            }
        };
        let (text, behind) = rest.split_at(end);
        rest = behind;
        let served = list(unit, "served_by").filter_map(Value::as_str).map(str::to_owned).collect();
        let reason = word(unit, "not").map(str::to_owned);
        units.push(Unit { at: at.to_owned(), text: text.to_owned(), served_by: served, reason });
    }
    if rest.is_empty() { Ok(units) } else { Err(format!("not accounted for: “{rest}”")) }
}

/// Returns each document with its units.
fn documents() -> Vec<(String, Vec<Unit>)> {
    let table = yaml(&root().join("tests/content/paragraphs.yaml")).expect("the table is there");
    let reasons = table.get("reasons").and_then(Value::as_mapping).expect("there are reasons").clone();
    let documents = list(&table, "documents").map(|document| {
        let file = word(document, "file").expect("a document has a file");
        let path = root().join("tests/content/sources").join(file);
        let source = squeezed(&fs::read_to_string(path).expect("its text is there"));
        let units = units(document, &source).unwrap_or_else(|fault| panic!("{file}: {fault}"));
        for unit in units.iter().filter_map(|unit| unit.reason.as_ref()) {
            assert!(reasons.contains_key(unit.as_str()), "{file}: no such reason: {unit}");
        }
        (file.to_owned(), units)
    });
    documents.collect()
}

#[test]
fn every_paragraph_is_accounted_for_in_order_and_nothing_lies_between() {
    let documents = documents();
    assert_eq!(documents.len(), 5);
    let silent: Vec<String> = documents
        .iter()
        .flat_map(|(file, units)| {
            let silent = units.iter().filter(|unit| unit.served_by.is_empty() == unit.reason.is_none());
            silent.map(move |unit| format!("{file} {}: “{}”", unit.at, unit.text))
        })
        .collect();
    assert!(silent.is_empty(), "neither served nor refused, or both:\n{}", silent.join("\n"));
}

#[test]
fn a_gap_and_a_wrong_end_are_noticed() {
    let document = |units: &str| serde_yaml::from_str::<Value>(units).expect("it is YAML");
    let source = "一、甲乙。二、丙丁。";
    let whole = document("units: [{from: 一、, to: 。}, {from: 二、丙丁。}]");
    assert_eq!(units(&whole, source).map(|units| units.len()), Ok(2));
    for gap in
        ["units: [{from: 一、, to: 。}]", "units: [{from: 二、, to: 。}]", "units: [{from: 一、, to: 戊}]"]
    {
        assert!(units(&document(gap), source).is_err(), "{gap}");
    }
}

/// Tells whether the content has what a unit is said to be served by.
fn is_there(reference: &str, unit: &str) -> bool {
    let words: Vec<&str> = reference.split(' ').collect();
    let [kind, rest @ ..] = words.as_slice() else { return false };
    let place = |at: usize| content(&format!("{}/place.yaml", rest.get(at).copied().unwrap_or_default()));
    let rules = |place: &Value| list(place, "rulebook").cloned().collect::<Vec<_>>();
    match (*kind, rest) {
        ("definition", [_, group, purpose]) => {
            let all: Vec<Value> = place(0)
                .iter()
                .flat_map(rules)
                .flat_map(|r| list(&r, "definitions").cloned().collect::<Vec<_>>())
                .collect();
            let mut same = all
                .iter()
                .filter(|d| word(d, "group") == Some(*group) && word(d, "purpose") == Some(*purpose));
            same.any(|definition| quotes(definition, unit))
        }
        ("grade", [_, level]) => {
            let of = |rule: &Value| {
                let tables: Vec<&Value> = list(rule, "grades").collect();
                tables.iter().any(|table| list(table, "levels").any(|one| word(one, "id") == Some(*level)))
            };
            place(0).iter().flat_map(rules).any(|rule| of(&rule))
        }
        ("rule", [_, day, field @ ..]) => place(0).iter().flat_map(rules).any(|rule| {
            let from = rule.get("from").and_then(Value::as_str);
            from == Some(*day) && field.iter().all(|field| rule.get(*field).is_some())
        }),
        ("duty", [place, id]) => has_id(content(&format!("{place}/duties.yaml")).as_ref(), "duties", id),
        ("reporting", [place, source @ ..]) => {
            let file = content(&format!("{place}/duties.yaml"));
            let source = source.join(" ");
            file.iter()
                .any(|file| list(file, "reporting").any(|one| zh(one, "source") == Some(source.as_str())))
        }
        ("form", [place, id]) => content(&format!("{place}/forms/{id}.yaml")).is_some(),
        ("list" | "title" | "departments" | "note", [list, paragraph]) => service(list, paragraph)
            .is_some_and(|service| match *kind {
                "list" => overlaps(&service, unit),
                field => service.get(field).is_some(),
            }),
        ("edition", [address]) => {
            content(&format!("{address}.yaml")).is_some_and(|edition| edition.get("document").is_some())
        }
        ("page", [kind]) => qingdan::site::PageKind::NAMES.contains(kind),
        ("term", [id]) => {
            let of_place = |place: &str| {
                content(&format!("{place}/place.yaml"))
                    .is_some_and(|place| place.get("terms").is_some_and(|terms| terms.get(*id).is_some()))
            };
            ["fujian", "jilin"].into_iter().any(of_place)
                || has_id(content("vocabulary/terms.yaml").as_ref(), "terms", id)
        }
        ("guide", [place, name]) => root().join(format!("content/{place}/guides/{name}.zh.md")).is_file(),
        ("vocabulary", [name]) => root().join(format!("content/vocabulary/{name}.yaml")).is_file(),
        _ => false,
    }
}

fn has_id(file: Option<&Value>, key: &str, id: &str) -> bool {
    file.is_some_and(|file| list(file, key).any(|one| word(one, "id") == Some(id)))
}

/// Tells whether a definition has the words of a unit, or the other way round.
fn quotes(definition: &Value, unit: &str) -> bool {
    let words = ["text", "where"].into_iter().filter_map(|key| zh(definition, key)).map(squeezed);
    let counts = list(definition, "counts").chain(list(definition, "exceptions"));
    let counts = counts.filter_map(|one| word(one, "zh")).map(squeezed);
    let all: Vec<String> = words.chain(counts).collect();
    all.iter().any(|words| words.contains(unit) || unit.contains(words.as_str()))
}

/// Returns the service of a list with this number or paragraph.
fn service(list_address: &str, paragraph: &str) -> Option<Value> {
    let folder = root().join("content").join(list_address);
    let file = fs::read_dir(folder).ok()?.filter_map(Result::ok).map(|entry| entry.path()).next()?;
    let edition = yaml(&file)?;
    let mut services = list(&edition, "services");
    let number = paragraph.parse::<u64>().ok();
    let is_it = |service: &&Value| match number {
        Some(number) => service.get("number").and_then(Value::as_u64) == Some(number),
        None => zh(service, "paragraph") == Some(paragraph),
    };
    services.find(is_it).cloned()
}

/// Tells whether a provision of a service quotes some of a unit; of one in a table the words are others.
fn overlaps(service: &Value, unit: &str) -> bool {
    if service.get("paragraph").is_none() {
        return true;
    }
    let content = squeezed(zh(service, "content").unwrap_or_default());
    let Some(start) = content.find(unit) else {
        return content.contains(&unit[..0]) && quoted_in(service, unit);
    };
    let end = start + unit.len();
    list(service, "provisions").filter_map(|provision| word(provision, "quote")).any(|quote| {
        let quote = squeezed(quote);
        content.find(&quote).is_some_and(|at| at < end && start < at + quote.len())
    })
}

fn quoted_in(service: &Value, unit: &str) -> bool {
    let mut quotes =
        list(service, "provisions").filter_map(|provision| word(provision, "quote")).map(squeezed);
    quotes.any(|quote| unit.contains(&quote) || quote.contains(unit))
}

#[test]
fn what_serves_a_paragraph_is_there() {
    let mut missing: BTreeMap<String, String> = BTreeMap::new();
    for (file, units) in documents() {
        for unit in units {
            for reference in unit.served_by.iter().filter(|reference| !is_there(reference, &unit.text)) {
                missing.insert(format!("{file} {} {reference}", unit.at), unit.text.clone());
            }
        }
    }
    let lines: Vec<String> = missing.iter().map(|(what, text)| format!("{what}: “{text}”")).collect();
    assert!(lines.is_empty(), "{} references lead nowhere:\n{}", lines.len(), lines.join("\n"));
}

/// Collects the Chinese of every `key` of a value, at any depth.
fn collect<'v>(value: &'v Value, keys: &[&str], found: &mut Vec<&'v str>) {
    match value {
        Value::Mapping(map) => {
            for (key, inner) in map {
                if key.as_str().is_some_and(|key| keys.contains(&key)) {
                    found.extend(inner.as_str().or_else(|| word(inner, "zh")));
                }
                collect(inner, keys, found);
            }
        }
        Value::Sequence(all) => all.iter().for_each(|inner| collect(inner, keys, found)),
        _ => {}
    }
}

/// Returns the files of the content below a folder that `test` holds for.
fn files(folder: &Path, test: &dyn Fn(&Path) -> bool, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder).expect("a folder").filter_map(Result::ok).map(|entry| entry.path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            files(&path, test, found);
        } else if test(&path) {
            found.push(path);
        }
    }
}

#[test]
fn what_is_quoted_stands_in_a_document_to_the_letter() {
    let folder = root().join("tests/content/sources");
    let mut texts = Vec::new();
    files(&folder, &|path| path.extension().is_some_and(|kind| kind == "txt"), &mut texts);
    let texts: Vec<String> =
        texts.iter().map(|path| squeezed(&fs::read_to_string(path).expect("a text"))).collect();
    let name = |path: &Path| path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
    let mut checked = 0;
    let mut strange = Vec::new();
    let mut check = |path: &Path, keys: &[&str]| {
        let file = yaml(path).expect("the file is there");
        let mut found = Vec::new();
        collect(&file, keys, &mut found);
        for text in found {
            checked += 1;
            if !texts.iter().any(|known| known.contains(&squeezed(text))) {
                strange.push(format!("{}: “{text}”", path.display()));
            }
        }
    };
    let mut all = Vec::new();
    files(&root().join("content"), &|path| name(path) == "duties.yaml", &mut all);
    files(
        &root().join("content"),
        &|path| path.parent().is_some_and(|folder| folder.ends_with("forms")),
        &mut all,
    );
    all.iter().for_each(|path| check(path, &["text"]));
    let mut lists = Vec::new();
    for folder in ["fujian/left-behind-children", "fujian/migrant-children-plan", "jilin/migrant-children"] {
        files(&root().join("content").join(folder), &|_| true, &mut lists);
    }
    lists.iter().for_each(|path| check(path, &["content", "quote"]));
    for place in ["fujian", "jilin", "shanxi/changzhi"] {
        let file = content(&format!("{place}/place.yaml")).expect("the place is there");
        for rule in list(&file, "rulebook") {
            let mut found = Vec::new();
            rule.get("definitions").iter().for_each(|all| collect(all, &["text", "where"], &mut found));
            rule.get("grades").iter().for_each(|all| collect(all, &["text", "means"], &mut found));
            for text in found {
                assert!(texts.iter().any(|known| known.contains(&squeezed(text))), "{place}: “{text}”");
            }
        }
    }
    assert!(strange.is_empty(), "not found in any document:\n{}", strange.join("\n"));
    assert!(checked > 300, "only {checked} quotes were looked at");
}
