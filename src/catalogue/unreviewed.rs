//! Guesses of `qingdan import` that nobody has checked yet: the comments that mark them.

use std::ops::Range;

use super::codes;
use crate::diagnostic::Finding;
use crate::span::{FileId, Span};
use crate::text;

/// The words of a comment that ask for a look.
const ASKED: &str = "请核对";

/// Returns a finding for an edition in which comments still ask for a look.
pub fn unreviewed(file: FileId, text: &str) -> Option<Finding> {
    let mut asked = asked(text);
    let first = asked.next()?;
    let count = 1 + asked.count();
    let finding = Finding::new(
        &codes::UNREVIEWED_GUESS,
        Span::new(file, first, first + ASKED.len()),
        text!(
            "有 {count} 处“请核对”还没有人看过；和上级对照时，猜的不算数，比出来是低的只列为待认定",
            "{count} comments say 请核对 (to be checked): nobody has looked, and a comparison takes none of it for a declaration"
        ),
    );
    Some(finding.help(text!(
        "逐处对照原文核对，看过的把“请核对”那一行说明删去",
        "hold each against the original, and delete the comment once it is checked"
    )))
}

/// Returns where the words stand that ask for a look, in order, in bytes. Words in quotation marks speak of such comments.
fn asked(text: &str) -> impl Iterator<Item = usize> + use<'_> {
    text.match_indices(ASKED).map(|(at, _)| at).filter(|at| {
        let before = &text[..*at];
        let line = before.rfind('\n').map_or(0, |end| end + 1);
        before[line..].trim_start().starts_with('#') && !before.ends_with('“')
    })
}

/// What was guessed in an edition and nobody has looked at yet: where, in bytes, in order.
#[derive(Clone, Debug, Default)]
pub struct Guesses(Vec<usize>);

impl Guesses {
    /// Finds the comments of a text that ask for a look.
    pub(super) fn of(text: &str) -> Self {
        let mut guesses: Vec<usize> = asked(text).map(|at| subject(text, at)).collect();
        guesses.sort_unstable();
        Self(guesses)
    }

    /// Tells whether anything was guessed in the entry that stands at these bytes.
    pub fn any_in(&self, entry: Range<usize>) -> bool {
        let from = self.0.partition_point(|at| *at < entry.start);
        self.0.get(from).is_some_and(|at| *at < entry.end)
    }
}

/// Returns the end of what the comment at `at` is about: of the line below it, where that begins an entry, else its own place.
fn subject(text: &str, at: usize) -> usize {
    let mut end = at;
    for (nth, line) in text[at..].split_inclusive('\n').enumerate() {
        end += line.len();
        let line = line.trim_start();
        if nth > 0 && !line.is_empty() && !line.starts_with('#') {
            return if line.starts_with("- ") { end } else { at };
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = "services:
  # 人群是按字面猜的，请核对
  - id: health
    provisions:
      # 力度是按字面写的，请核对

      # 照省级 health/checkup
      - id: checkup
        covers: [health/checkup]
      - id: vaccination
        # 请核对
        covers: [health/vaccination]
      # 看过的删去“请核对”
      - id: growth
";

    #[test]
    fn a_comment_is_about_the_entry_below_it_or_the_one_it_stands_in() {
        let guesses = Guesses::of(LIST);
        let at = |id: &str| LIST.find(id).expect("the list has it");
        let within = |from: &str, to: &str| guesses.any_in(at(from)..at(to));
        assert!(within("id: health", "id: checkup"), "the audience of the service");
        assert!(within("id: checkup", "id: vaccination"), "its own comment, with others and a gap between");
        assert!(within("id: vaccination", "id: growth"), "a field of its own");
        assert!(!guesses.any_in(at("id: growth")..LIST.len()), "words in quotation marks ask for nothing");
    }

    #[test]
    fn what_asks_for_a_look_is_counted_and_the_first_is_shown() {
        let finding = unreviewed(FileId(0), LIST).expect("three ask");
        assert!(finding.message.zh.contains("有 3 处"), "{}", finding.message.zh);
        assert_eq!(finding.at.start as usize, LIST.find(ASKED).expect("the first"));
    }
}
