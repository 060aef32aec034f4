//! Runs a case and says what is wrong with what was found.

use std::fs;
use std::path::Path;

use qingdan::date::Date;
use qingdan::diagnostic::{Edit, Finding, Level, Message};
use qingdan::pipeline::{self, Outcome, Request};

use super::case::{Case, Expected, Fix, Place};
use super::{Files, here};

/// Words of those who write parsers.
const JARGON_ZH: &[&str] = &[
    "标量",
    "映射",
    "序列",
    "锚点",
    "别名",
    "解析",
    "令牌",
    "词法",
    "语法",
    "节点",
    "流式",
    "字面量",
    "转义",
    "嵌套",
    "布尔",
    "字符串",
    "数组",
    "空值",
    "枚举",
    "码点",
    "偏移",
    "反斜",
];
const JARGON_EN: &[&str] = &[
    "scalar",
    "scalars",
    "mapping",
    "mappings",
    "sequence",
    "sequences",
    "token",
    "tokens",
    "anchor",
    "anchors",
    "alias",
    "aliases",
    "parser",
    "parse",
    "parsed",
    "parsing",
    "lexer",
    "node",
    "nodes",
    "flow",
    "block",
    "blocks",
    "granit",
    "libyaml",
    "serde",
    "deserialize",
    "boolean",
    "string",
    "strings",
    "integer",
    "float",
    "array",
    "arrays",
    "null",
    "enum",
    "nesting",
    "nested",
    "dedent",
    "delimiter",
    "syntax",
    "codepoint",
    "offset",
];

/// Returns everything that is wrong; nothing if the case is as it should be.
pub fn complaints(base: &Files, case: &Case) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a folder for the catalogue");
    lay(folder.path(), base, case);
    let outcome = check(folder.path());
    let mut findings: Vec<&Finding> = outcome.findings.iter().collect();
    let all = findings.clone();
    let mut complaints = Vec::new();
    for expected in &case.expected {
        let here = findings.iter().position(|finding| stands_at(&outcome, finding, case, &expected.place));
        match here {
            Some(at) => complaints.extend(of_one(findings.remove(at), expected)),
            None => complaints.push(format!("nothing at {:?}", expected.place)),
        }
    }
    complaints.extend(findings.iter().map(|finding| format!("also said: {}", shown(&outcome, finding))));
    complaints.extend(all.iter().flat_map(|finding| jargon(finding)));
    if case.fix != Fix::Unasked && complaints.is_empty() {
        complaints.extend(repair(&outcome, &all, case, folder.path()));
    }
    complaints
}

/// Writes the files of a case.
fn lay(folder: &Path, base: &Files, case: &Case) {
    let kept = base.iter().filter(|(path, _)| !case.gone.contains(path));
    for (path, bytes) in kept.chain(&case.files) {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().expect("files lie in a folder")).expect("a folder can be made");
        fs::write(path, bytes).expect("a file can be written");
    }
}

fn check(folder: &Path) -> Outcome {
    let request = Request::whole(Date::parse("2026-03-01").expect("a date"));
    pipeline::prepare(folder, &request, &|_| {}).expect("the disk works")
}

fn stands_at(outcome: &Outcome, finding: &Finding, case: &Case, place: &Place) -> bool {
    let file = outcome.sources.of(finding.at);
    let at = file.position(finding.at.start);
    let path = match place {
        Place::Other => case.other.as_ref().expect("there is another file"),
        Place::File if case.gone.contains(&case.path) => case.other.as_ref().expect("it has a new name"),
        Place::File | Place::Line(_) | Place::Marked(..) => &case.path,
    };
    let right = match place {
        Place::Marked(from, to) => (*from..=*to).contains(&(at.line, at.column)),
        Place::Line(line) => at.line == *line,
        Place::File | Place::Other => true,
    };
    right && file.path == *path
}

/// Says what is wrong with one finding that stands where it should.
fn of_one(finding: &Finding, expected: &Expected) -> Vec<String> {
    let mut complaints = Vec::new();
    let level = match finding.level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Off => "off",
    };
    if expected.level != "finds" && expected.level != level {
        complaints.push(format!("is {level}, not {}", expected.level));
    }
    let said = |text: fn(&Message) -> &str| messages(finding).map(text).collect::<Vec<_>>().join("\n");
    let (zh, en) = (said(|message| &message.zh), said(|message| &message.en).to_lowercase());
    for (words, said) in [(&expected.zh, &zh), (&expected.en, &en)] {
        let missing = words.iter().filter(|group| !group.iter().any(|word| says(said, word)));
        complaints.extend(missing.map(|group| format!("does not say {}: {said}", group.join("|"))));
    }
    complaints
}

fn says(said: &str, word: &str) -> bool {
    said.contains(word) || said.contains(&word.to_lowercase())
}

/// Returns everything a finding says.
fn messages(finding: &Finding) -> impl Iterator<Item = &Message> {
    let labels = finding.labels.iter().map(|label| &label.message);
    std::iter::once(&finding.message).chain(&finding.help).chain(labels).chain(&finding.source)
}

fn jargon(finding: &Finding) -> Vec<String> {
    let mut complaints = Vec::new();
    for Message { zh, en } in messages(finding) {
        let plain = without_quoted(zh, '“', '”');
        let zh_words = JARGON_ZH.iter().filter(|word| plain.contains(**word));
        complaints.extend(zh_words.map(|word| format!("jargon: {word} in “{zh}”")));
        let plain = without_quoted(en, '`', '`').to_lowercase();
        let mut words = plain.split(|c: char| !c.is_alphanumeric());
        complaints.extend(
            words.find(|word| JARGON_EN.contains(word)).map(|word| format!("jargon: {word} in {en:?}")),
        );
    }
    complaints
}

fn without_quoted(text: &str, open: char, close: char) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(open) {
        out.push_str(before);
        rest = after.split_once(close).map_or("", |(_, rest)| rest);
    }
    out + rest
}

/// Makes all repairs and holds the result against what it should be.
fn repair(outcome: &Outcome, findings: &[&Finding], case: &Case, folder: &Path) -> Option<String> {
    let fixed = findings.iter().filter_map(|finding| finding.fix.as_ref());
    let mut edits: Vec<&Edit> = fixed.flat_map(|fix| &fix.edits).collect();
    if edits.is_empty() {
        return Some("offers no repair".to_owned());
    }
    edits.sort_by_key(|edit| edit.at);
    let file = outcome.sources.of(edits[0].at);
    let mut text = file.text.clone();
    for edit in edits.iter().rev() {
        let range = edit.at.start as usize..edit.at.end as usize;
        if text.get(range.clone()).is_none() {
            return Some(format!("a repair of {range:?} cannot be made"));
        }
        text.replace_range(range, &edit.replacement);
    }
    match case.fix {
        Fix::Unasked => None,
        Fix::Exact => {
            (text != case.fixed).then(|| format!("the repair gives {}", first_difference(&text, &case.fixed)))
        }
        Fix::Clean => {
            fs::write(folder.join(&case.path), text).expect("a file can be written");
            let again = check(folder);
            let first = again.findings.iter().next();
            first.map(|finding| format!("after the repair: {}", shown(&again, finding)))
        }
    }
}

fn first_difference(found: &str, wanted: &str) -> String {
    let pair = found.lines().zip(wanted.lines()).find(|(found, wanted)| found != wanted);
    pair.map_or_else(|| "another end".to_owned(), |(found, wanted)| format!("{found:?}, not {wanted:?}"))
}

/// Returns a finding in one line.
fn shown(outcome: &Outcome, finding: &Finding) -> String {
    let file = outcome.sources.of(finding.at);
    let at = file.position(finding.at.start);
    format!("{}:{}:{} {} {}", file.path, at.line, at.column, finding.code.name, finding.message.zh)
}

/// Tells whether nothing in the folder of this test is unread.
pub fn unread() -> Vec<String> {
    let known = ["base", "cases", "files", "case.rs", "judge.rs", "known.txt"];
    let entries = fs::read_dir(here("tests/slips")).expect("the folder is there");
    let names = entries.map(|entry| entry.expect("readable").file_name().to_string_lossy().into_owned());
    names.filter(|name| !known.contains(&name.as_str())).collect()
}
