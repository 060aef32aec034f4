//! `datapackage.json`: the tables as a Tabular Data Package describes them.

use serde_json::{Value, json};

use super::{Form, Table};
use crate::api::{Documents, Texts};

/// Returns the description.
pub(super) fn describe(documents: &Documents, tables: &[Table]) -> Value {
    let index = &documents.index;
    let languages: Vec<&str> = index.languages.iter().map(|language| language.tag.as_str()).collect();
    json!({
        "profile": "tabular-data-package",
        "name": "service-lists",
        "title": first(documents, &index.title),
        "description": first(documents, &index.description),
        "languages": languages,
        "created": format!("{}T00:00:00Z", index.as_of.0),
        "resources": tables.iter().map(|table| resource(documents, table)).collect::<Vec<_>>(),
    })
}

fn first<'t>(documents: &'t Documents, texts: &'t Texts) -> &'t str {
    let languages = || documents.index.languages.iter().map(|language| language.code.as_str());
    texts.for_reader(languages().next().unwrap_or_default(), languages())
}

fn resource(documents: &Documents, table: &Table) -> Value {
    let fields = table.file_columns(documents).into_iter().map(|(_, column)| {
        let mut field = json!({
            "name": column.name(),
            "type": type_of(column.column.form),
            "description": format!("{} / {}", column.column.about.0, column.column.about.1),
        });
        if column.column.form == Form::Link {
            field["format"] = json!("default");
        }
        if column.is_key(table) {
            field["constraints"] = json!({ "required": true });
        }
        field
    });
    let mut schema = json!({ "fields": fields.collect::<Vec<_>>(), "missingValues": [""] });
    if !table.key.is_empty() {
        schema["primaryKey"] = json!(table.key);
    }
    let references = table.references.iter().map(|reference| {
        let there = json!({ "resource": reference.table, "fields": reference.named });
        json!({ "fields": reference.columns, "reference": there })
    });
    let references: Vec<Value> = references.collect();
    if !references.is_empty() {
        schema["foreignKeys"] = json!(references);
    }
    json!({
        "name": table.name,
        "path": table.path(),
        "profile": "tabular-data-resource",
        "title": table.about.0,
        "description": table.about.1,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": { "lineTerminator": "\r\n" },
        "schema": schema,
    })
}

fn type_of(form: Form) -> &'static str {
    match form {
        Form::Text | Form::Word | Form::Words | Form::Link => "string",
        Form::Number => "integer",
        Form::Truth => "boolean",
        Form::Day => "date",
    }
}
