//! `csv-metadata.json`: the tables as CSV on the Web describes them.

use serde_json::{Value, json};

use super::{FileColumn, Form, ITSELF, Table};
use crate::api::Documents;

/// Returns the description.
pub(super) fn describe(documents: &Documents, tables: &[Table]) -> Value {
    json!({
        "@context": "http://www.w3.org/ns/csvw",
        "dialect": { "header": true, "encoding": "utf-8", "lineTerminators": ["\r\n", "\n"] },
        "tables": tables.iter().map(|table| describe_table(documents, table)).collect::<Vec<_>>(),
    })
}

fn describe_table(documents: &Documents, table: &Table) -> Value {
    let columns = table.file_columns(documents);
    let columns: Vec<Value> = columns.iter().map(|(_, column)| describe_column(table, column)).collect();
    let references = table.references.iter().map(|reference| {
        let other = if reference.table == ITSELF { table.name } else { reference.table };
        let there = json!({
            "resource": format!("{other}.csv"),
            "columnReference": reference.named,
        });
        json!({ "columnReference": reference.columns, "reference": there })
    });
    let mut schema = json!({ "columns": columns, "foreignKeys": references.collect::<Vec<_>>() });
    if !table.key.is_empty() {
        schema["primaryKey"] = json!(table.key);
    }
    json!({ "url": table.path(), "dc:title": table.about.1, "tableSchema": schema })
}

fn describe_column(table: &Table, column: &FileColumn<'_>) -> Value {
    let (zh, en) = column.column.about;
    let mut described = json!({
        "name": column.name(),
        "titles": column.name(),
        "dc:description": format!("{zh} / {en}"),
        "datatype": datatype(column.column.form),
        "required": column.is_key(table),
    });
    if let Some(language) = column.language {
        described["lang"] = json!(language.tag);
    }
    if column.column.form == Form::Words {
        described["separator"] = json!(" ");
    }
    described
}

fn datatype(form: Form) -> &'static str {
    match form {
        Form::Text | Form::Word | Form::Words => "string",
        Form::Number => "integer",
        Form::Truth => "boolean",
        Form::Day => "date",
        Form::Link => "anyURI",
    }
}
