//! YAML to [`Node`]s: the tree of a file, what it says, and the words for what is wrong with it.

use super::codes;
use super::explain::explain;
use super::node::Node;
use super::tree::{Change, Kind, Mistake, Tree, Wrong};
use super::values::values;
use crate::diagnostic::{Edit, Finding, Findings};
use crate::span::{FileId, Span};
use crate::text;

pub use super::tree::DEEPEST;

/// The key of an entry that was refused, as a map that is merged in; the map it stands in may lack fields
/// because of it.
pub const LOST: &str = "<<";

/// What marks, in the copy of a broken file, a field or an item that was left out; a private character, so that no file has
/// it.
pub(super) const LOST_MARK: &str = "\u{e000}\u{e001}";

/// Reads one file. `None` if it is empty or cannot be read to its end; then a finding says why.
pub fn parse(file: FileId, source: &str, findings: &mut Findings) -> Option<Node> {
    let tree = Tree::read(source);
    let node = values(file, &tree, findings);
    match tree.mistakes.first() {
        None => node,
        Some(mistake) => {
            findings.push(said(file, mistake));
            None
        }
    }
}

/// Says in plain words what is wrong, and where.
pub(super) fn said(file: FileId, mistake: &Mistake) -> Finding {
    let span = Span::new(file, mistake.at, mistake.at);
    if mistake.wrong == Wrong::TooDeep {
        let deepest = DEEPEST;
        return Finding::new(
            &codes::DEEP_NESTING,
            span,
            text!("层级超过 {deepest} 层", "more than {deepest} levels inside each other"),
        )
        .help(text!(
            "清单最多用到十层；请检查缩进和括号",
            "lists need ten levels at most: check the indentation and the brackets"
        ));
    }
    let (message, help) = explain(mistake.wrong);
    if mistake.changes.is_empty() {
        return Finding::new(&codes::BROKEN_YAML, span, message).help(help);
    }
    let edit = |(range, new): &Change| Edit {
        at: Span::new(file, range.start, range.end),
        replacement: new.clone(),
    };
    let edits = mistake.changes.iter().map(edit).collect();
    Finding::new(&codes::WRONG_INDENTATION, span, message).help(help).fix_all(edits)
}

/// Returns the comments of a text in their order, each without blanks at its end.
pub fn comments(source: &str) -> Vec<String> {
    let tree = Tree::read(source);
    let comments = tree.leaves().filter(|leaf| leaf.kind == Kind::Comment);
    comments.map(|leaf| source[leaf.range()].trim_start_matches('#').trim_end().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::Value;

    fn read(source: &str) -> (Option<Node>, Vec<&'static str>) {
        let mut findings = Findings::new();
        let node = parse(FileId(0), source, &mut findings);
        (node, findings.iter().map(|finding| finding.code.name).collect())
    }

    #[test]
    fn values_stay_as_written_and_know_their_place() {
        let source =
            "a: 010\nb: [no, 1.10]\nc: |\n  一\n  二\nd: ~\ne: 提供服务、\n  基本医疗\nf: >\n  教\n  育\n";
        let (node, codes) = read(source);
        let node = node.expect("the text is YAML");
        assert!(codes.is_empty());
        assert_eq!(node.get("a").and_then(Node::text), Some("010"));
        assert_eq!(node.get("b").map(|b| b.items().len()), Some(2));
        assert_eq!(node.get("c").and_then(Node::text), Some("一\n二"));
        assert!(matches!(node.get("d").map(|d| &d.value), Some(Value::Empty)));
        assert_eq!(node.get("e").and_then(Node::text), Some("提供服务、基本医疗"));
        assert_eq!(node.get("f").and_then(Node::text), Some("教育"));
        let span = node.get("c").map(|c| c.span).expect("c is there");
        assert_eq!(&source[span.start as usize..span.end as usize], "一\n  二");
    }

    #[test]
    fn dangerous_constructs_are_refused() {
        assert_eq!(read("a: &x 1\nb: *x\n").1, ["yaml-anchor", "yaml-anchor"]);
        assert_eq!(read("a: *流动儿童\n").1, ["yaml-anchor"]);
        assert_eq!(read("a: !!str 1\n").1, ["yaml-tag"]);
        assert_eq!(read("a: 1\n---\nb: 2\n").1, ["second-document"]);
        assert_eq!(read("? [a]\n: 1\n").1, ["complex-key"]);
        assert_eq!(read("a: 1\na: 2\n").1, ["duplicate-key"]);
        assert_eq!(read(&"[".repeat(200_000)).1, ["deep-nesting"]);
        assert_eq!(read(&"- ".repeat(20_000)).1, ["deep-nesting"]);
        assert_eq!(read("a: [b\nc: d\n").1, ["broken-yaml"]);
    }

    #[test]
    fn crlf_files_read_like_lf_files() {
        let (node, codes) = read("a: 一\r\nb: |\r\n  二\r\n  三\r\n");
        assert!(codes.is_empty());
        assert_eq!(
            node.and_then(|n| n.get("b").and_then(Node::text).map(str::to_owned)),
            Some("二\n三".into())
        );
    }
}
