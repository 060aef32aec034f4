//! The files that make an editor know a catalogue: which schema is for which file, and how files are saved.

use super::{document_of, documents};

/// The folder of the schemas, in the catalogue. Folders with a dot before their name are not read.
pub const FOLDER: &str = ".qingdan/schema";

/// Returns the first line of a file at `path` of a catalogue, which names its schema. `None` if it
/// is no document.
pub fn modeline(path: &str) -> Option<String> {
    let document = document_of(path)?;
    let up = "../".repeat(path.matches('/').count());
    let here = if up.is_empty() { "./" } else { &up };
    Some(format!("# yaml-language-server: $schema={here}{FOLDER}/{document}.json\n"))
}

/// Returns the files for Visual Studio Code, other editors and git, by path.
pub fn settings() -> Vec<(String, String)> {
    vec![
        (".vscode/settings.json".to_owned(), vscode()),
        (".vscode/extensions.json".to_owned(), include_str!("workspace/extensions.json").to_owned()),
        (".vscode/tasks.json".to_owned(), include_str!("workspace/tasks.json").to_owned()),
        (".editorconfig".to_owned(), include_str!("workspace/editorconfig").to_owned()),
        (".gitattributes".to_owned(), include_str!("workspace/gitattributes").to_owned()),
    ]
}

/// Returns the settings, with the files of each schema.
fn vscode() -> String {
    let files = |document: &str| match document {
        "site" => r#"["/site.yaml"]"#.to_owned(),
        "place" | "contacts" | "duties" | "danger" | "statistics" => format!(r#"["**/{document}.yaml"]"#),
        "form" => r#"["**/forms/*.yaml"]"#.to_owned(),
        "edition" => r#"["**/[0-9]*.yaml"]"#.to_owned(),
        words => format!(r#"["/vocabulary/{words}.yaml"]"#),
    };
    let line = |document: &str| format!("    \"./{FOLDER}/{document}.json\": {}", files(document));
    let schemas = documents().map(|(name, _)| line(name)).collect::<Vec<_>>().join(",\n");
    include_str!("workspace/settings.json").replace("    \"schemas\"", &schemas)
}
