//! The slips of the keyboard behind most files that cannot be read: what stands after a field name is a
//! full-width colon, or a colon without its space.
//!
//! A parser notices them late and says something else. [`find`] is asked only when it has given up.

use crate::diagnostic::{Finding, Message};
use crate::span::{FileId, Span};
use crate::syntax::codes;
use crate::text;

/// Looks for a slip in the line of byte `at`, then in the line above it. `None` if there is none.
pub(super) fn find(file: FileId, source: &str, at: usize) -> Option<Finding> {
    let start = line_start(source, at);
    let above = source[..start].trim_end().len();
    [start, line_start(source, above)].into_iter().find_map(|start| in_line(file, source, start))
}

fn line_start(source: &str, at: usize) -> usize {
    source.as_bytes()[..at].iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1)
}

fn in_line(file: FileId, source: &str, start: usize) -> Option<Finding> {
    let line = source[start..].lines().next()?;
    let rest = line.trim_start_matches([' ', '-']);
    let name: usize =
        rest.chars().take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '-')).map(char::len_utf8).sum();
    let colon = start + line.len() - rest.len() + name;
    let mut after = rest[name..].chars();
    let (mark, next) = (after.next()?, after.next());
    let (message, help): (Message, Message) = match (mark, next) {
        _ if name == 0 || rest[..name].chars().count() > LONGEST_NAME => return None,
        ('：', _) => (
            text!("字段名后面是全角冒号“：”", "a full-width colon “：” stands after the name of the field"),
            text!("改成半角冒号，后面加一个空格", "replace it by a half-width colon and a space"),
        ),
        (':', Some(next)) if !next.is_whitespace() => (
            text!("字段名的冒号后面没有空格", "there is no space after the colon of the field"),
            text!("在冒号后面加一个空格", "put a space after the colon"),
        ),
        _ => return None,
    };
    let span = Span::new(file, colon, colon + mark.len_utf8());
    Some(Finding::new(&codes::BROKEN_YAML, span, message).help(help).fix(span, ": "))
}

/// Field names are short; a longer word before a colon is part of a text.
const LONGEST_NAME: usize = 20;

#[cfg(test)]
mod tests {
    use super::*;

    fn place(source: &str, at: usize) -> Option<(u32, u32)> {
        find(FileId(0), source, at).map(|finding| (finding.at.start, finding.at.end))
    }

    #[test]
    fn a_slip_is_found_in_the_line_and_the_line_above() {
        assert_eq!(place("a: 1\n- area：x\nb: 2\n", 5), Some((11, 14)));
        assert_eq!(place("a: 1\n- area：x\n\n  b: 2\n", 20), Some((11, 14)));
        assert_eq!(place("  number:2\nb: 3\n", 12), Some((8, 9)));
        assert_eq!(place("url: https://a\nb：2", 0), None);
        assert_eq!(place("", 0), None);
    }
}
