//! Guesses of `qingdan import` that nobody has checked yet: the comments that mark them.

use super::codes;
use crate::diagnostic::Finding;
use crate::span::{FileId, Span};
use crate::text;

/// The words of a comment that ask for a look.
const ASKED: &str = "请核对";

/// Returns a finding for an edition in which comments still ask for a look. It counts as settled for everybody who
/// compares it, so that it must not do so in silence.
pub fn unreviewed(file: FileId, text: &str) -> Option<Finding> {
    let mut asked = text.split_inclusive('\n').scan(0, |at, line| {
        let from = *at;
        *at += line.len();
        Some((from, line))
    });
    let mut asked = asked.by_ref().filter_map(|(from, line)| {
        let comment = line.trim_start().strip_prefix('#')?;
        // “请核对” in quotation marks speaks of such comments.
        let quoted = format!("“{ASKED}”");
        (!comment.contains(&quoted)).then_some(())?;
        Some(from + line.find(ASKED)?)
    });
    let first = asked.next()?;
    let count = 1 + asked.count();
    let finding = Finding::new(
        &codes::UNREVIEWED_GUESS,
        Span::new(file, first, first + ASKED.len()),
        text!(
            "有 {count} 处“请核对”还没有人看过，和上级对照时已经当作定了的",
            "{count} comments say 请核对 (to be checked): nobody has looked, and comparisons take what was guessed for settled"
        ),
    );
    Some(finding.help(text!(
        "逐处对照原文核对，看过的把“请核对”那一行说明删去",
        "hold each against the original, and delete the comment once it is checked"
    )))
}
