//! Findings told to a reader.

use super::*;
use crate::diagnostic::Code;
use crate::text;

static WRONG: Code = Code {
    id: "QD1015",
    name: "full-width-colon",
    level: Level::Error,
    adjustable: false,
    since: "0.1.0",
    zh: "键后面是中文冒号",
    en: "A key is followed by a full-width colon",
};

fn json(findings: &[Finding], texts: &[(&str, &str)], lang: &str) -> serde_json::Value {
    let sources = SourceTree::from_texts(texts.iter().copied());
    let mut all = Findings::new();
    findings.iter().cloned().for_each(|finding| all.push(finding));
    let lang = LangCode::new(lang);
    let open = |file: &SourceFile, line, column| Some(format!("edit:{}:{line}:{column}", file.path));
    let telling = Telling { lang: &lang, open: &open, form: &|_| None };
    serde_json::to_value(found(&all, &sources, &telling)).expect("it can be written")
}

#[test]
fn words_are_in_the_readers_language_or_marked_with_their_own() {
    let finding = Finding::new(&WRONG, Span::whole(FileId(0)), text!("错", "wrong"));
    let message = |lang| {
        json(std::slice::from_ref(&finding), &[("a.yaml", "")], lang)["files"][0]["shown"][0]["message"]
            .clone()
    };
    assert_eq!((&message("zh")["text"], &message("zh")["lang"]), (&"错".into(), &serde_json::Value::Null));
    assert_eq!((&message("en")["text"], &message("en")["lang"]), (&"wrong".into(), &serde_json::Value::Null));
    assert_eq!((&message("ko")["text"], &message("ko")["lang"]), (&"wrong".into(), &"en".into()));
}

#[test]
fn columns_for_an_editor_count_utf16_units() {
    let finding = Finding::new(&WRONG, Span::new(FileId(0), 7, 10), text!("错", "wrong"));
    let found = json(&[finding], &[("a.yaml", "𠮷甲：1\n")], "zh");
    assert_eq!(found["files"][0]["shown"][0]["open"], "edit:a.yaml:1:4");
    assert_eq!(found["files"][0]["shown"][0]["at"]["column"], 3);
}

#[test]
fn from_the_21st_finding_of_a_file_they_are_folded_and_each_has_its_own_key() {
    let finding = Finding::new(&WRONG, Span::whole(FileId(0)), text!("错", "wrong"));
    let found = json(&vec![finding; 23], &[("a.yaml", "")], "zh");
    let file = &found["files"][0];
    assert_eq!(
        (file["shown"].as_array().map(Vec::len), file["folded"].as_array().map(Vec::len)),
        (Some(20), Some(3))
    );
    assert_ne!(file["shown"][0]["key"], file["shown"][1]["key"]);
}

#[test]
fn numbers_of_persons_are_hidden_in_words_lines_patches_and_names_of_files() {
    let at = Span::new(FileId(0), 5, 16);
    let said = text!("号码 13900001234", "number 13900001234");
    let finding = Finding::new(&WRONG, at, said.clone()).help(said.clone()).source(said.clone());
    let finding =
        finding.label(Span::new(FileId(0), 0, 3), said.clone()).label(Span::new(FileId(1), 0, 1), said);
    let texts = [("13900001234.yaml", "tel: 13900001234\n"), ("b13900001234.yaml", "b: 13900001234\n")];
    let found = json(&[finding.fix(at, "13900001234")], &texts, "zh").to_string();
    assert!(!found.contains("00001234") && found.contains("139****1234"), "{found}");
}
