//! What stands beside the handbook when all is published in one folder: the description of the data, the changes of each version.

use serde::Serialize;
use serde_json::Value;

use crate::date::Date;
use crate::syntax::markdown;

/// What changed in each version; in English.
const CHANGES: &str = include_str!("../../../CHANGELOG.md");

/// Where types stand in a description.
const TYPES: &str = "#/components/schemas/";

/// The folder of the demonstration beside the handbook, with `/` at its end.
pub const DEMO: &str = "demo/";

/// What is published beside the handbook.
#[derive(Clone, Debug)]
pub struct Published {
    /// The day that the demonstration takes for today.
    pub today: Date,
    /// The description of its data.
    pub api: ApiPage,
}

/// The description of the data, to be read.
#[derive(Clone, Debug, Serialize)]
pub struct ApiPage {
    /// What it says of itself.
    pub about: String,
    /// The kinds of file.
    pub files: Vec<ApiFile>,
    /// What is in them.
    pub types: Vec<ApiType>,
}

/// A kind of file.
#[derive(Clone, Debug, Serialize)]
pub struct ApiFile {
    /// The name of its place in the page.
    pub id: String,
    /// Its address below that of the data, with what differs in braces.
    pub path: String,
    /// What it says.
    pub about: String,
    /// What differs in the address.
    pub parameters: Vec<ApiParameter>,
    /// What it holds.
    pub holds: Vec<TypeWord>,
}

/// What differs in an address.
#[derive(Clone, Debug, Serialize)]
pub struct ApiParameter {
    /// Its name.
    pub name: String,
    /// What it is.
    pub about: String,
    /// An example.
    pub example: String,
}

/// A type.
#[derive(Clone, Debug, Serialize)]
pub struct ApiType {
    /// The name of its place in the page.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it is; may be empty.
    pub about: String,
    /// What it is made of, if it has no properties.
    pub form: Vec<TypeWord>,
    /// Its properties.
    pub properties: Vec<ApiProperty>,
}

/// A property of a type.
#[derive(Clone, Debug, Serialize)]
pub struct ApiProperty {
    /// Its name.
    pub name: String,
    /// What it says.
    pub about: String,
    /// Whether it is always there.
    pub required: bool,
    /// What it holds.
    pub holds: Vec<TypeWord>,
}

/// A word of what a property holds: the name of a type with its place in the page, or what JSON Schema calls it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TypeWord {
    /// As it is shown.
    pub text: String,
    /// The name of the place.
    pub id: Option<String>,
}

impl ApiPage {
    /// Reads a description by OpenAPI 3.1. `None` if the bytes are no JSON.
    pub fn read(description: &[u8]) -> Option<Self> {
        Some(Self::of(&serde_json::from_slice(description).ok()?))
    }

    /// Returns what a description by OpenAPI 3.1 says.
    pub fn of(description: &Value) -> Self {
        let paths = description["paths"].as_object().into_iter().flatten();
        let types = description["components"]["schemas"].as_object().into_iter().flatten();
        Self {
            about: text(&description["info"]["description"]),
            files: paths.map(|(path, known)| api_file(path, &known["get"])).collect(),
            types: types.map(|(name, known)| api_type(name, known)).collect(),
        }
    }
}

/// Returns the changes of each version, as safe HTML.
pub(super) fn changes() -> String {
    markdown::html(&CHANGES.replace("\r\n", "\n"), &|_| None)
}

fn api_file(path: &str, known: &Value) -> ApiFile {
    let parameters = known["parameters"].as_array().into_iter().flatten();
    let parameter = |known: &Value| ApiParameter {
        name: text(&known["name"]),
        about: text(&known["description"]),
        example: text(&known["example"]),
    };
    ApiFile {
        id: format!("file-{}", text(&known["operationId"])),
        path: path.trim_start_matches('/').to_owned(),
        about: text(&known["summary"]),
        parameters: parameters.map(parameter).collect(),
        holds: holds(&known["responses"]["200"]["content"]["application/json"]["schema"]),
    }
}

fn api_type(name: &str, known: &Value) -> ApiType {
    let required: Vec<&str> =
        known["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let properties = known["properties"].as_object().into_iter().flatten();
    let property = |(name, known): (&String, &Value)| ApiProperty {
        name: name.clone(),
        about: text(&known["description"]),
        required: required.contains(&name.as_str()),
        holds: holds(known),
    };
    let properties: Vec<ApiProperty> = properties.map(property).collect();
    let form = if properties.is_empty() { holds(known) } else { Vec::new() };
    ApiType { id: id(name), name: name.to_owned(), about: text(&known["description"]), form, properties }
}

/// Returns what a value is, word by word.
fn holds(schema: &Value) -> Vec<TypeWord> {
    let word = |text: &str| TypeWord { text: text.to_owned(), id: None };
    let inside = |start: &str, inner: &Value| [vec![word(start)], holds(inner)].concat();
    if let Some(name) = schema["$ref"].as_str().and_then(|address| address.strip_prefix(TYPES)) {
        return vec![TypeWord { text: name.to_owned(), id: Some(id(name)) }];
    }
    if let Some(choices) = schema["enum"].as_array() {
        return choices.iter().map(|choice| word(&text(choice))).collect();
    }
    if !schema["items"].is_null() {
        return inside("array:", &schema["items"]);
    }
    if !schema["additionalProperties"].is_null() {
        return inside("object:", &schema["additionalProperties"]);
    }
    let format = schema["format"].as_str().map(|format| format!("({format})"));
    let words = [schema["type"].as_str().map(str::to_owned), format];
    words.iter().flatten().map(|text| word(text)).collect()
}

fn id(name: &str) -> String {
    format!("type-{name}")
}

/// Returns a text on one line, without the marks of code.
fn text(value: &Value) -> String {
    let text = value.as_str().unwrap_or_default().replace('`', "");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{ApiPage, changes, holds};

    #[test]
    fn a_description_is_read_word_by_word() {
        let said = |schema| {
            let words = holds(&schema).into_iter();
            words.map(|word| word.text).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(said(json!({"$ref": "#/components/schemas/Place"})), "Place");
        assert_eq!(
            said(json!({"type": "array", "items": {"type": "string", "format": "date"}})),
            "array: string (date)"
        );
        assert_eq!(
            said(json!({"type": "object", "additionalProperties": {"type": "string"}})),
            "object: string"
        );
        assert_eq!(said(json!({"type": "string", "enum": ["must", "may"]})), "must may");
        assert!(ApiPage::of(&json!({})).files.is_empty());
    }

    #[test]
    fn the_changes_are_a_page() {
        assert!(changes().contains("Unreleased"));
    }
}
