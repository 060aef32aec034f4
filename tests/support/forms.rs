//! The forms of a catalogue as a browser uses them.
#![allow(dead_code, reason = "not every test uses every help")]

use std::fs;
use std::path::{Path, PathBuf};

use qingdan::date::Date;
use qingdan::diagnostic::UiLang;
use qingdan::edit::{Answer, Control, EditPage, Editor, FormField};

/// A catalogue in a folder of its own, and its forms.
pub struct Desk {
    folder: tempfile::TempDir,
    pub editor: Editor,
}

impl Desk {
    /// Returns an editor of a copy of `content/`.
    pub fn whole() -> Self {
        Self::of(&[""])
    }

    /// Returns an editor of the list of Fujian and that of Xiamen.
    pub fn new() -> Self {
        let province = ["fujian/place.yaml", "fujian/migrant-children", "fujian/xiamen"];
        Self::of(&[&["site.yaml", "vocabulary"], province.as_slice()].concat())
    }

    pub fn of(parts: &[&str]) -> Self {
        Self::copy("content", parts, "2026-11-29")
    }

    /// Returns an editor of a copy of parts of a folder of the repository, on a day.
    pub fn copy(from: &str, parts: &[&str], day: &'static str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let content = Path::new(env!("CARGO_MANIFEST_DIR")).join(from);
        parts.iter().for_each(|part| lay(&content.join(part), &folder.path().join("content").join(part)));
        let day = move || Date::parse(day).expect("a day");
        let editor = Editor::new(&folder.path().join("content"), day).expect("there are random numbers");
        Self { folder, editor }
    }

    pub fn path(&self, file: &str) -> PathBuf {
        self.folder.path().join("content").join(file)
    }

    pub fn read(&self, file: &str) -> String {
        fs::read_to_string(self.path(file)).expect("the file is there")
    }

    pub fn page(&self, address: &str) -> EditPage {
        let page = self.editor.page(address, UiLang::Zh).expect("the disk works");
        page.unwrap_or_else(|| panic!("there is no form at {address}"))
    }

    /// Sends a form as a browser does, after `change` has changed its values; returns where it leads.
    pub fn send(&self, address: &str, deed: &str, change: impl FnOnce(&mut Vec<(String, String)>)) -> Answer {
        let mut sent = if address.ends_with(".html") { Vec::new() } else { pairs(&self.page(address)) };
        change(&mut sent);
        sent.push(("do".to_owned(), deed.to_owned()));
        self.editor.take(address, &sent, UiLang::Zh)
    }

    pub fn goes(&self, address: &str, deed: &str, change: impl FnOnce(&mut Vec<(String, String)>)) -> String {
        match self.send(address, deed, change) {
            Answer::Go(to) => to,
            Answer::Again(page) => panic!("{address}: {:?} {:?}", page.refused, page.closed),
            Answer::Tried(_) => panic!("{address} was only tried"),
            Answer::Translations(page) => panic!("{address}: {:?}", page.refused),
            Answer::Refused(why) => panic!("{address}: {}", why.message().zh),
        }
    }
}

fn lay(from: &Path, to: &Path) {
    if from.is_file() {
        fs::create_dir_all(to.parent().expect("it is in a folder")).expect("a folder can be made");
        fs::copy(from, to).expect("a file can be copied");
        return;
    }
    fs::create_dir_all(to).expect("a folder can be made");
    for entry in fs::read_dir(from).expect("the folder is there") {
        let entry = entry.expect("the folder can be read");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            lay(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("a file can be copied");
        }
    }
}

/// Returns what a browser sends for a form as it is shown: of each control what it showed, and its value.
pub fn pairs(page: &EditPage) -> Vec<(String, String)> {
    let mut sent = Vec::new();
    page.fields.iter().chain(&page.more).for_each(|field| add(field, &mut sent));
    sent
}

fn add(field: &FormField, sent: &mut Vec<(String, String)>) {
    let values: Vec<String> = match &field.control {
        Control::Group { fields, .. } => return fields.iter().for_each(|inner| add(inner, sent)),
        Control::Items { .. } => return,
        Control::Tick { on } => on.then(|| "true".to_owned()).into_iter().collect(),
        // Browsers send line ends as Windows has them.
        Control::Text { value, .. } | Control::Lines { value, .. } => vec![value.replace('\n', "\r\n")],
        Control::Line { value, .. } => vec![value.clone()],
        Control::Choice { value, .. } => vec![value.clone()],
        Control::Words { chosen, others, .. } => {
            chosen.lines().map(str::to_owned).chain([others.clone()]).collect()
        }
        Control::Rows { values, .. } => values.iter().cloned().chain([String::new()]).collect(),
    };
    // Of what is disabled a browser sends nothing.
    if field.locked {
        return;
    }
    sent.push((format!("w{}", field.name), field.shown.replace('\n', "\r\n")));
    sent.extend(values.into_iter().map(|value| (format!("v{}", field.name), value)));
}

pub fn set(sent: &mut [(String, String)], name: &str, value: &str) {
    let control = sent.iter_mut().find(|(known, _)| known == name);
    control.unwrap_or_else(|| panic!("the form has no {name}")).1 = value.to_owned();
}
