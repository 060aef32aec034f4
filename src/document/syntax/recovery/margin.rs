//! Text that lost its indentation: a wrapped line at the margin.

use super::{Hit, Recovery};
use crate::syntax::codes;
use crate::syntax::form::Form;
use crate::syntax::page::{Kind, Line, Page, is_block_mark};
use crate::text;

pub(super) const UNEVEN: Recovery = Recovery { code: &codes::WRONG_INDENTATION, always: false, find: uneven };
pub(super) const TEXT: Recovery = Recovery { code: &codes::WRONG_INDENTATION, always: false, find: margins };

/// Finds lines of a block of text that stand further left than its first line.
fn uneven(page: &Page<'_>, _: &Form) -> Vec<Hit> {
    let blocks = page.fields().filter(|(_, line)| is_block_mark(page.at(&line.value)));
    let hits = blocks.filter_map(|(number, field)| {
        let is_blank = |line: &&Line| line.first == line.end;
        let inside = |line: &&Line| is_blank(line) || line.indent() > field.column();
        let text = page.lines[number + 1..].iter().take_while(inside).filter(|line| !is_blank(line));
        let text: Vec<&Line> = text.collect();
        let indent = text.first()?.indent();
        let short: Vec<&&Line> = text.iter().filter(|line| line.indent() < indent).collect();
        let first = short.first()?;
        let hit = Hit::new(
            first.first..first.end,
            text!(
                "这一行比同一段文字的第一行缩进少，文字在这里断开了",
                "this line is less indented than the first line of its text, which breaks off here"
            ),
            text!(
                "补上空格，与这段文字的第一行左对齐",
                "add spaces until it stands in line with the first line of the text"
            ),
        );
        let straight =
            |hit: Hit, line: &&&Line| hit.change(line.start..line.start, " ".repeat(indent - line.indent()));
        Some(short.iter().fold(hit, straight).certain())
    });
    hits.collect()
}

/// Tells whether a value is one word without Chinese characters, which no text goes on from.
fn is_plain_word(value: &str) -> bool {
    value.is_ascii() && !value.contains(' ')
}

/// Finds text that lost its indentation, so that it no longer belongs to the field above.
fn margins(page: &Page<'_>, _: &Form) -> Vec<Hit> {
    let mut hits: Vec<Hit> = Vec::new();
    let mut above: Option<(usize, &Line)> = None;
    for (number, line) in page.fields() {
        let is_text = line.key.is_none() && line.dashes.is_empty() && !page.is_bare_key(line);
        match above {
            Some((owner, field)) if is_text && line.indent() <= field.column() && !field.value.is_empty() => {
                let first_inside = page.lines.get(owner + 1).filter(|line| line.kind == Kind::Inside);
                let indent = first_inside.map_or(field.column() + 2, Line::indent).max(field.column() + 1);
                let closed = page.at(&field.value).starts_with(['[', '{', '"', '\'']);
                if !closed {
                    let mut hit = Hit::new(
                        line.first..line.end,
                        text!(
                            "这一行的文字没有缩进，和上面的内容断开了",
                            "this line of text is not indented, and so it is cut off from the text above"
                        ),
                        text!(
                            "在行首补上空格，比上面的字段多缩进两格",
                            "put spaces before it, two more than before the field above"
                        ),
                    )
                    .change(line.start..line.first, " ".repeat(indent))
                    .certain();
                    if is_plain_word(page.at(&field.value)) && !is_block_mark(page.at(&field.value)) {
                        // It does not go on: an address, a number, a name.
                        hit.changes = vec![(line.first..line.end, String::new())];
                        hit.certain = false;
                        hit.help = text!(
                            "删去这一行；是注释就在前面加上“# ”",
                            "delete this line, or write `# ` before it if it is a comment"
                        );
                        hit.message =
                            text!("这一行的文字不属于任何字段", "this line of text belongs to no field");
                    }
                    hit.silent =
                        hits.last().is_some_and(|last| page.text[last.at.end..line.first].trim().is_empty());
                    hits.push(hit);
                }
            }
            _ => above = (!is_text).then_some((number, line)),
        }
    }
    hits
}
