//! What an editor needs to help with the files of a catalogue: JSON Schema 2020-12 for the YAML language
//! server, one a document, and the settings of the editor itself.
//!
//! The schemas are written from the tables of fields, which are the one source: no types are described twice.
//! The catalogue adds its own words, so that an editor offers its departments, areas and baseline services.
//! Keys are offered in one language and accepted in both. To add a snippet, add its entry in `snippets.rs`;
//! a field needs nothing here.
//!
//! What yaml-language-server makes of a schema decides its form: values are offered from a flat `enum`, keys from
//! `properties` unless they say `doNotSuggest`, a `$ref` has no neighbours, and snippets are maps, of which it
//! fills in the keys that are not there yet. `tests/editor` drives it.

mod extension;
mod fields;
mod snippets;
mod words;
mod workspace;

pub use extension::extension;
pub use workspace::{FOLDER, modeline, settings};

use serde_json::Value;

use crate::catalogue::Catalogue;
use crate::diagnostic::Findings;
use crate::schema::{Choice, Field, KeyLanguage, Shape, tables};
use crate::source::SourceTree;
use crate::syntax::yaml;

/// In which language an editor offers keys and words. The other is accepted too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keys {
    /// 服务对象, 教育局.
    Chinese,
    /// `audience`, `education`.
    English,
    /// Each twice.
    Both,
}

impl Keys {
    /// What `--keys` calls them.
    pub const NAMES: &[&str] = &["zh", "en", "both"];

    /// Returns the keys that `--keys` calls `name`.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "zh" => Some(Self::Chinese),
            "en" => Some(Self::English),
            "both" => Some(Self::Both),
            _ => None,
        }
    }

    /// Returns the language in which most files of a catalogue write their keys.
    pub fn of(sources: &SourceTree) -> Self {
        let is_list = |path: &str| document_of(path).is_some_and(|document| document == "edition");
        let lists = sources.iter().filter(|(_, file)| !file.refused && is_list(&file.path));
        let trees = lists.filter_map(|(id, file)| yaml::parse(id, &file.text, &mut Findings::new()));
        let (chinese, english): (Vec<_>, Vec<_>) =
            trees.map(|tree| KeyLanguage::of(&tree)).partition(|keys| *keys == KeyLanguage::Chinese);
        if chinese.len() > english.len() { Self::Chinese } else { Self::English }
    }

    /// Returns the names of a field that are offered.
    fn of_field(self, field: &Field) -> Vec<&'static str> {
        self.of_pair(field.key, field.zh)
    }

    /// Returns the names of an allowed value that are offered.
    fn of_choice(self, choice: &Choice) -> Vec<&'static str> {
        self.of_pair(choice.value, choice.zh)
    }

    fn of_pair(self, en: &'static str, zh: &'static str) -> Vec<&'static str> {
        match self {
            Self::Chinese => vec![zh],
            Self::English => vec![en],
            Self::Both => vec![en, zh],
        }
    }

    /// Tells whether Chinese words are offered.
    fn chinese(self) -> bool {
        self != Self::English
    }

    /// Tells whether ids are offered.
    fn english(self) -> bool {
        self != Self::Chinese
    }
}

/// Returns every document with its short name, `edition` for `<list>/<edition>.yaml`.
pub fn documents() -> impl Iterator<Item = (&'static str, &'static Shape)> {
    tables::DOCUMENTS.iter().map(|(path, shape)| (short_name(path), *shape))
}

fn short_name(path: &'static str) -> &'static str {
    let name = path.rsplit('/').next().unwrap_or(path);
    match name.trim_end_matches(".yaml").trim_matches(['<', '>']) {
        "name" => "form",
        name => name,
    }
}

/// Returns the short name of the document at a path of the catalogue. `None` if it is none.
pub fn document_of(path: &str) -> Option<&'static str> {
    let parts: Vec<&str> = path.split('/').collect();
    let (stem, ending) = parts.last()?.rsplit_once('.')?;
    if !matches!(ending, "yaml" | "yml") {
        return None;
    }
    let known = |name: &str| documents().map(|(known, _)| known).find(|known| *known == name);
    match (parts.as_slice(), stem) {
        (["theme" | "themes", ..], _) => None,
        (["vocabulary", _], stem) if stem != "site" && stem != "edition" => known(stem),
        (["site.yaml"], _) => known("site"),
        ([_, .., _], "place" | "contacts" | "duties" | "danger" | "statistics") => known(stem),
        ([_, .., "forms", _], _) => known("form"),
        ([_, .., _, _], _) => known("edition"),
        _ => None,
    }
}

/// Returns the schema of every document, as the name of its file and what is in it.
pub fn schemas(catalogue: &Catalogue, keys: Keys) -> Vec<(String, String)> {
    let words = words::CatalogueWords::new(catalogue, keys);
    let file = |(name, shape)| (format!("{name}.json"), text(&fields::document(name, shape, &words)));
    documents().map(file).collect()
}

/// Returns a value as a file of JSON: indented, with a line end.
fn text(value: &Value) -> String {
    format!("{value:#}\n")
}

#[cfg(test)]
mod tests;
