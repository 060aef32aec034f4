//! A query as an entry in the file of a list; comments and layout of the rest stay.

use crate::date::Date;
use crate::diagnostic::Findings;
use crate::schema::KeyLanguage;
use crate::span::FileId;
use crate::syntax::{Edits, Entry, Node, yaml};

/// What a letter asked.
#[derive(Debug)]
pub(super) struct Asked<'a> {
    /// The provisions of the baseline, as `service/provision`.
    pub about: &'a [String],
    /// The office that asks.
    pub by: Option<&'a str>,
    /// The day of the letter.
    pub on: Date,
    /// The day by which to answer.
    pub due: Option<Date>,
}

impl Asked<'_> {
    /// Returns the entry, with keys in this language; the dash stands after `indent` blanks.
    pub fn entry(&self, keys: KeyLanguage, indent: usize) -> String {
        let word = |english: &'static str, chinese: &'static str| match keys {
            KeyLanguage::English => english,
            KeyLanguage::Chinese => chinese,
        };
        let mut lines = vec![format!("- {}:", word("about", "条款"))];
        lines.extend(self.about.iter().map(|address| format!("    - {address}")));
        lines.push(format!("  {}: {}", word("asked", "发函"), self.on));
        lines.extend(self.due.map(|due| format!("  {}: {due}", word("due", "答复期限"))));
        lines.extend(self.by.map(|by| format!("  {}: {}", word("by", "发函单位"), scalar(by))));
        let blanks = " ".repeat(indent);
        lines.iter().map(|line| format!("{blanks}{line}")).collect::<Vec<_>>().join("\n")
    }

    /// Returns the text of an edition with the entry at the end of its queries. `None` if they are written in a way
    /// that no line can be added to.
    pub fn added_to(&self, text: &str, keys: KeyLanguage) -> Option<String> {
        let root = parse(text)?;
        let line_break = if text.contains("\r\n") { "\r\n" } else { "\n" };
        let broken = |lines: String| lines.replace('\n', line_break);
        let mut edits = Edits::new(text);
        match queries(&root).map(|entry| entry.value.items()) {
            Some([first, .., last]) | Some([first @ last]) => {
                let end = text[..last.span.end as usize].trim_end().len();
                let entry = broken(self.entry(keys, dash(text, first.span.start as usize)?));
                edits.insert_line_after(u32::try_from(end.checked_sub(1)?).ok()?, &entry);
            }
            Some([]) => return None,
            None => {
                let key = if keys == KeyLanguage::Chinese { "询问" } else { "queries" };
                let block = format!("{key}:\n{}\n", self.entry(keys, 2));
                match before_services(text, &root) {
                    Some(at) => edits.insert(u32::try_from(at).ok()?, &broken(block + "\n")),
                    None => {
                        let start = if text.ends_with('\n') { "" } else { "\n" };
                        edits.insert(u32::try_from(text.len()).ok()?, &broken(format!("{start}{block}")));
                    }
                }
            }
        }
        let new = edits.done();
        let count = |root: &Node| queries(root).map_or(0, |entry| entry.value.items().len());
        parse(&new).filter(|after| count(after) == count(&root) + 1).map(|_| new)
    }
}

fn parse(text: &str) -> Option<Node> {
    let mut findings = Findings::new();
    yaml::parse(FileId(0), text, &mut findings).filter(|_| findings.is_empty())
}

fn queries(root: &Node) -> Option<&Entry> {
    root.entries().iter().find(|entry| matches!(entry.key.value.as_str(), "queries" | "询问"))
}

/// Returns the column of the dash before an item that starts at a byte. `None` if it shares its line with others.
fn dash(text: &str, at: usize) -> Option<usize> {
    let line = text[..at].rfind('\n').map_or(0, |before| before + 1);
    let before = &text[line..at];
    (before.trim() == "-").then(|| before.find('-')).flatten()
}

/// Returns where the comments above the services start, or the services.
fn before_services(text: &str, root: &Node) -> Option<usize> {
    let is_it = |entry: &&Entry| matches!(entry.key.value.as_str(), "services" | "服务项目");
    let mut at = root.entries().iter().find(is_it)?.key.span.start as usize;
    loop {
        let line = text[..at].trim_end_matches(['\r', '\n']);
        let start = line.rfind('\n').map_or(0, |before| before + 1);
        let is_next = text[line.len()..at].matches('\n').count() == 1;
        if !is_next || !text[start..].starts_with('#') {
            return Some(at);
        }
        at = start;
    }
}

/// Returns a text as YAML writes it on one line.
fn scalar(text: &str) -> String {
    let written = serde_yaml::to_string(text).expect("a text is YAML");
    written.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(about: &[String]) -> Asked<'_> {
        let on = Date::parse("2027-06-10").expect("a date");
        Asked { about, by: Some("示范省民政厅"), on, due: Date::parse("2027-07-10").ok() }
    }

    #[test]
    fn the_first_query_stands_above_the_services_and_their_comments() {
        let text = "title: 甲 # 名\nstatus: issued\n\n# 各项\nservices: []\n";
        let new = asked(&["a/b".to_owned()]).added_to(text, KeyLanguage::English);
        let block = "queries:\n  - about:\n      - a/b\n    asked: 2027-06-10\n    due: 2027-07-10\n    by: 示范省民政厅\n\n";
        assert_eq!(new, Some(text.replace("# 各项", &format!("{block}# 各项"))));
    }

    #[test]
    fn another_stands_behind_the_last_in_the_words_and_line_ends_of_the_file() {
        let text = "标题: 甲\r\n询问:\r\n- 条款: [a/b] # 一\r\n  发函: 2027-05-01 # 二\r\n# 各项\r\n服务项目: []\r\n";
        let text = &text.replace("# 二", "# 二\r\n  发函单位: 某厅");
        let new = asked(&["c/d".to_owned()]).added_to(text, KeyLanguage::Chinese);
        let entry = "- 条款:\r\n    - c/d\r\n  发函: 2027-06-10\r\n  答复期限: 2027-07-10\r\n  发函单位: 示范省民政厅\r\n";
        assert_eq!(new, Some(text.replace("# 各项", &format!("{entry}# 各项"))));
    }

    #[test]
    fn a_list_without_services_has_them_at_its_end_and_one_line_is_left_alone() {
        let about = ["a/b".to_owned()];
        let new = asked(&about).added_to("title: 甲", KeyLanguage::English);
        assert!(new.is_some_and(|new| new.starts_with("title: 甲\nqueries:\n  - about:\n")));
        let text = "title: 甲\nqueries: [{about: [a/b], asked: 2027-01-01}]\n";
        assert_eq!(asked(&about).added_to(text, KeyLanguage::English), None);
    }
}
