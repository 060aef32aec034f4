//! From one file to values that fit its shape, also where the file is written wrongly.

use super::codes;
use crate::diagnostic::{Finding, Findings};
use crate::lang::LangCode;
use crate::schema::{self, Fitter, Shape};
use crate::source::SourceFile;
use crate::span::{FileId, Span};
use crate::syntax::{self, Look, Node, Reading, yaml};
use crate::text;

/// Reads one file and fits it to its shape, with texts in the language `reference` where none is named.
pub(super) fn fitted(
    id: FileId,
    file: &SourceFile,
    shape: &'static Shape,
    reference: &LangCode,
    findings: &mut Findings,
) -> Option<Node> {
    let beside = format!("{shape:p} {}", reference.as_str());
    let Understood(node, found) = file.derive(id, &beside, || {
        let mut found = Findings::new();
        let node = understood(id, file, shape, &|_| reference.clone(), &mut found);
        Understood(node, found)
    });
    findings.append(found);
    node
}

/// What one file says, and what is wrong in it.
#[derive(Clone)]
struct Understood(Option<Node>, Findings);

/// Reads one file and fits it to its shape. `None` if there is nothing to use; a finding says why.
///
/// A file that is right is read once. Otherwise the slips behind what is wrong are looked for, and believed
/// if less is wrong without them.
pub(super) fn understood(
    id: FileId,
    file: &SourceFile,
    shape: &'static Shape,
    reference: &dyn Fn(&Node) -> LangCode,
    findings: &mut Findings,
) -> Option<Node> {
    if file.refused {
        return None;
    }
    let fit = |node: Option<Node>, findings: &mut Findings| {
        let node = node?;
        let reference = reference(&node);
        let node = Fitter::new(&reference, findings).fit(node, shape);
        (!node.refused).then_some(node)
    };
    let mut plain = Findings::new();
    let node = yaml::parse(id, &file.text, &mut plain);
    let is_read = node.is_some();
    let node = fit(with_content(id, node, plain.is_empty(), &mut plain), &mut plain);
    if plain.is_empty() && !syntax::may_hide(&file.text) {
        return node;
    }
    let form = shape.form();
    // A file that is YAML, but of something else, is not a list that was written wrongly.
    let is_right = plain.is_empty() || (is_read && !syntax::may_be(&file.text, &form));
    let looks: &[Look] = if is_right {
        &[Look::ForSilentLoss]
    } else {
        &[Look::ForSuddenEnd, Look::ForAll, Look::ForSilentLoss]
    };
    let lacks = plain.iter().any(|finding| finding.code.id == schema::codes::MISSING_KEY.id);
    for look in looks.iter().filter(|look| **look != Look::ForSuddenEnd || lacks) {
        let Some(Reading { node, mistakes, mut rest }) = syntax::read_broken(id, &file.text, &form, *look)
        else {
            continue;
        };
        let node = fit(with_content(id, node, mistakes.is_empty(), &mut rest), &mut rest);
        let is_believed = match look {
            Look::ForAll => !is_read || rest.len() < plain.len(),
            Look::ForSuddenEnd => rest.is_empty(),
            Look::ForSilentLoss => true,
        };
        if is_believed {
            rest.iter()
                .filter(|finding| !explains(&mistakes, finding))
                .for_each(|finding| findings.push(finding.clone()));
            findings.append(mistakes);
            return node;
        }
    }
    findings.append(plain);
    node
}

/// Tells whether one of the slips stands in what a finding is about, and so explains it.
fn explains(mistakes: &Findings, finding: &Finding) -> bool {
    let at = finding.at;
    mistakes
        .iter()
        .any(|mistake| mistake.at.start >= at.start && mistake.at.end <= at.end && at.start < at.end)
}

/// Returns the tree unless it is empty; a finding says so if nothing else explains it.
fn with_content(id: FileId, node: Option<Node>, unexplained: bool, findings: &mut Findings) -> Option<Node> {
    let empty = node.as_ref().is_none_or(Node::is_blank);
    if empty && unexplained && findings.is_empty() {
        findings.push(
            Finding::new(
                &codes::EMPTY_FILE,
                Span::whole(id),
                text!("这个文件里没有内容", "there is nothing in this file"),
            )
            .help(text!("填写内容，或删去文件", "fill it in, or delete it")),
        );
    }
    node.filter(|_| !empty)
}
