//! What holds for every schema, whatever the editor makes of it.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Keys, document_of, documents, modeline, schemas, settings};
use crate::catalogue;
use crate::diagnostic::Findings;
use crate::source::SourceTree;

const SITE: &str = "title: 甲\nlanguages:\n  - {code: zh, tag: zh-CN, name: 中文, direction: ltr}\n";
const AREAS: &str = "areas:\n  - {id: health, name: 病有所医}\n";

fn made(keys: Keys) -> Vec<(String, Value)> {
    let sources = SourceTree::from_texts([("site.yaml", SITE), ("vocabulary/areas.yaml", AREAS)]);
    let content = catalogue::read(&sources, &mut Findings::new()).expect("the site is right");
    let read =
        |(name, text): (String, String)| (name, serde_json::from_str(&text).expect("schemas are JSON"));
    schemas(&content, keys).into_iter().map(read).collect()
}

/// Hands every map inside of a value to `each`.
fn walk(value: &Value, each: &mut dyn FnMut(&serde_json::Map<String, Value>)) {
    match value {
        Value::Object(map) => {
            each(map);
            map.values().for_each(|value| walk(value, each));
        }
        Value::Array(items) => items.iter().for_each(|value| walk(value, each)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[test]
fn every_reference_leads_to_a_definition_and_has_no_neighbours() {
    for (name, schema) in [Keys::Chinese, Keys::English, Keys::Both].into_iter().flat_map(made) {
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema", "{name}");
        let known: BTreeSet<&String> = schema["$defs"].as_object().expect("definitions").keys().collect();
        walk(&schema, &mut |map| {
            let Some(Value::String(reference)) = map.get("$ref") else { return };
            let target = reference.strip_prefix("#/$defs/").expect("references stay in the file");
            assert!(known.contains(&target.to_owned()) && map.len() == 1, "{name}: {reference}");
        });
    }
}

#[test]
fn every_word_to_choose_from_is_described() {
    for (name, schema) in made(Keys::Both) {
        walk(&schema, &mut |map| {
            let Some(words) = map.get("enum").and_then(Value::as_array) else { return };
            for about in ["enumDescriptions", "markdownEnumDescriptions"] {
                assert_eq!(map[about].as_array().map(Vec::len), Some(words.len()), "{name}: {words:?}");
            }
        });
    }
}

#[test]
fn both_spellings_are_keys_and_one_is_offered() {
    for (keys, silent, offered) in [(Keys::Chinese, "title", "名称"), (Keys::English, "名称", "title")] {
        let (_, site) = &made(keys)[0];
        assert_eq!(site["properties"][silent]["doNotSuggest"], true);
        assert_eq!(site["properties"][offered]["$ref"], "#/$defs/title");
        assert_eq!(site["additionalProperties"], false);
    }
}

#[test]
fn files_are_known_by_their_place() {
    assert_eq!(document_of("fujian/xiamen/migrant-children/2027.yaml"), Some("edition"));
    assert_eq!(document_of("fujian/place.yaml"), Some("place"));
    assert_eq!(document_of("vocabulary/areas.yaml"), Some("areas"));
    assert_eq!(document_of("vocabulary/stray.yaml"), None);
    assert_eq!(document_of("fujian/guides/a.zh.md"), None);
    let line = modeline("fujian/place.yaml").expect("a document");
    assert_eq!(line, "# yaml-language-server: $schema=../.qingdan/schema/place.json\n");
    assert!(modeline("site.yaml").expect("a document").contains("=./.qingdan/"));
}

#[test]
fn the_settings_name_every_schema_and_are_json() {
    let files = settings();
    let text = &files.iter().find(|(name, _)| name.ends_with("settings.json")).expect("settings").1;
    let value: Value = serde_json::from_str(text).expect("settings are JSON");
    let schemas = value["yaml.schemas"].as_object().expect("schemas by file");
    assert_eq!(schemas.len(), documents().count());
    for (name, text) in files.iter().filter(|(name, _)| name.ends_with(".json")) {
        assert!(serde_json::from_str::<Value>(text).is_ok(), "{name}");
    }
}
