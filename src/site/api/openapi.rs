//! The description of the documents by OpenAPI 3.1, from the types they are written from.

use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use schemars::{Schema, SchemaGenerator};
use serde_json::{Map, Value, json};

use super::{ApiRoute, DocumentKind, Source, VERSION};

/// What the parts of an address that differ are.
const PARAMETERS: &[(&str, &str, &str)] = &[
    ("place", "The identifier of the place, with dots for slashes", "fujian.xiamen"),
    ("list", "The name of the list: the last part of its identifier", "migrant-children"),
    ("edition", "The edition: the last part of its identifier", "2025"),
    ("since", "The older edition: the last part of its identifier", "2025"),
    ("service", "The id of the service", "preschool-education"),
];

/// Where the schemas of types stand.
const SCHEMAS: &str = "/components/schemas";

/// Returns the description of these kinds of document.
pub(super) fn description(source: &Source<'_>, kinds: &[DocumentKind]) -> Value {
    let mut generator = generator();
    let paths: Map<String, Value> =
        kinds.iter().map(|kind| (format!("/{}", kind.path), path(kind, &mut generator))).collect();
    let schemas = generator.take_definitions(true);
    let site = &source.map.facts.catalogue().site;
    let title = &site.title.reference().value;
    let server = match &site.base_url {
        Some(base) => ApiRoute::index().route().absolute(&base.value).replace("index.json", ""),
        None => "./".to_owned(),
    };
    json!({
        "openapi": "3.1.0",
        "jsonSchemaDialect": "https://spec.openapis.org/oas/3.1/dialect/base",
        "info": {
            "title": title,
            "version": VERSION,
            "description": "Static files: every address answers GET with a JSON document. Properties may be added; \
                a change that could break a program has another version in its address. What a document does not know \
                is left out. Drafts are marked by `status`; only `issued` is official.",
        },
        "servers": [{ "url": server.trim_end_matches('/') }],
        "paths": paths,
        "components": { "schemas": schemas },
    })
}

fn generator() -> SchemaGenerator {
    let mut settings = SchemaSettings::draft2020_12().with_transform(RecursiveTransform(without_null));
    settings.definitions_path = SCHEMAS.into();
    settings.meta_schema = None;
    settings.into_generator()
}

/// Takes null out of what a property may be: such properties are left out instead.
fn without_null(schema: &mut Schema) {
    if let Some(Value::Array(types)) = schema.get_mut("type") {
        types.retain(|known| known != "null");
        if let [only] = types.as_slice() {
            let only = only.clone();
            schema.insert("type".to_owned(), only);
        }
    }
    let Some(Value::Array(all)) = schema.get_mut("anyOf") else { return };
    all.retain(|known| known.get("type").is_none_or(|known| known != "null"));
    if let [Value::Object(only)] = all.as_slice() {
        let only = only.clone();
        schema.remove("anyOf");
        only.into_iter().for_each(|(name, value)| drop(schema.insert(name, value)));
    }
}

fn path(kind: &DocumentKind, generator: &mut SchemaGenerator) -> Value {
    let schema = (kind.schema)(generator);
    let name = kind.path.split(['/', '.']).next().unwrap_or_default();
    let is_one = kind.path.contains('{');
    let parameters = PARAMETERS.iter().filter(|(name, ..)| kind.path.contains(&format!("{{{name}}}")));
    let parameters: Vec<Value> = parameters.map(parameter).collect();
    let mut answers = Map::from_iter([("200".to_owned(), answer(kind, &schema))]);
    if is_one {
        answers.insert("404".to_owned(), json!({ "description": "There is none" }));
    }
    let verb = if is_one { "one-of" } else { "get" };
    json!({ "get": {
        "operationId": format!("{verb}-{name}"),
        "summary": kind.about,
        "parameters": parameters,
        "responses": answers,
    } })
}

fn answer(kind: &DocumentKind, schema: &Schema) -> Value {
    json!({ "description": kind.about, "content": { "application/json": { "schema": schema } } })
}

fn parameter((name, about, example): &(&str, &str, &str)) -> Value {
    json!({
        "name": name, "in": "path", "required": true, "description": about,
        "schema": { "type": "string" }, "example": example,
    })
}
