//! Fields of a form: how each is filled in, what it shows, what was found there.

use serde::Serialize;

use super::words::Offered;

/// One field of a form.
#[derive(Clone, Debug, Serialize)]
pub struct FormField {
    /// The path of its value, from what the form is about.
    pub name: String,
    /// What it is called.
    pub label: String,
    /// What it is for.
    pub help: String,
    /// Whether it has to be there.
    pub required: bool,
    /// Whether it is sealed, so that it is shown and cannot be changed.
    pub locked: bool,
    /// The language of its text, as a tag.
    pub tag: Option<String>,
    /// How it is filled in.
    #[serde(flatten)]
    pub control: Control,
    /// What it shows, in the form in which it comes back.
    pub shown: String,
    /// What was found there.
    pub said: Vec<SaidHere>,
    /// What the file says by now, where it was changed elsewhere while the form was open.
    pub meanwhile: Option<String>,
}

/// A finding, beside the field it is about.
#[derive(Clone, Debug, Serialize)]
pub struct SaidHere {
    /// `error` or `warning`.
    pub level: &'static str,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

/// How a field is filled in.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "control", rename_all = "lowercase")]
pub enum Control {
    /// A text of one line.
    Line {
        /// The text.
        value: String,
        /// The name of what is offered for it.
        list: Option<String>,
    },
    /// A text of several lines.
    Text {
        /// The text.
        value: String,
        /// How many lines are shown.
        lines: usize,
    },
    /// One of some words.
    Choice {
        /// The word, as files have it.
        value: String,
        /// All of them.
        offered: Vec<Offered>,
    },
    /// Yes or no.
    Tick {
        /// Whether it is yes.
        on: bool,
    },
    /// Any of many words.
    Words {
        /// All of them.
        offered: Vec<Offered>,
        /// Texts that are none of them, one a line.
        others: String,
        /// Those that are chosen, one a line.
        chosen: String,
    },
    /// Texts, one a line.
    Lines {
        /// The texts.
        value: String,
        /// How many lines are shown.
        lines: usize,
    },
    /// Texts in a line each, and an empty one.
    Rows {
        /// The texts.
        values: Vec<String>,
        /// The name of what is offered for them.
        list: Option<String>,
    },
    /// Fields inside.
    Group {
        /// The fields.
        fields: Vec<FormField>,
        /// Whether something stands in them.
        open: bool,
    },
    /// Parts with a form of their own.
    Items {
        /// The parts.
        items: Vec<Item>,
        /// The form of a new one, where they are a list.
        add: Option<String>,
        /// The names that a new one can have, where they have names; any if these are none.
        names: Option<Vec<Offered>>,
    },
}

impl Control {
    /// Returns what it shows, in the form in which it comes back.
    pub(super) fn shown(&self) -> String {
        match self {
            Self::Line { value, .. } | Self::Text { value, .. } | Self::Lines { value, .. } => tidy(value),
            Self::Choice { value, .. } => value.clone(),
            Self::Tick { on } => if *on { "true" } else { "" }.to_owned(),
            Self::Words { chosen, others, .. } => {
                let parts = [chosen.as_str(), others].into_iter().filter(|part| !part.is_empty());
                parts.collect::<Vec<_>>().join("\n")
            }
            Self::Rows { values, .. } => values.join("\n"),
            Self::Group { .. } | Self::Items { .. } => String::new(),
        }
    }
}

/// A part of a list with a form of its own.
#[derive(Clone, Debug, Serialize)]
pub struct Item {
    /// Its form.
    pub href: String,
    /// What it is about.
    pub title: String,
    /// How many errors and warnings were found in it.
    pub errors: usize,
    /// See `errors`.
    pub warnings: usize,
}

/// Returns the parts with a form of their own, in a field and inside of it.
pub fn items(field: &FormField) -> Vec<&Item> {
    match &field.control {
        Control::Items { items, .. } => items.iter().collect(),
        Control::Group { fields, .. } => fields.iter().flat_map(items).collect(),
        _ => Vec::new(),
    }
}

/// Returns the names of what is offered, in a field and inside of it.
pub fn lists(field: &FormField) -> Vec<&str> {
    match &field.control {
        Control::Line { list, .. } | Control::Rows { list, .. } => list.as_deref().into_iter().collect(),
        Control::Group { fields, .. } => fields.iter().flat_map(lists).collect(),
        _ => Vec::new(),
    }
}

/// Tells whether something stands in a field.
pub fn says_something(field: &FormField) -> bool {
    match &field.control {
        Control::Group { fields, .. } => fields.iter().any(says_something),
        Control::Items { items, .. } => !items.is_empty(),
        _ => !field.shown.is_empty() || !field.said.is_empty(),
    }
}

/// Returns a text without blanks at the ends of its lines, its own end and its start.
pub(super) fn tidy(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let lines: Vec<&str> = text.split('\n').map(str::trim_end).collect();
    lines.join("\n").trim().to_owned()
}
