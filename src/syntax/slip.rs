//! The slips of the keyboard behind most files that cannot be read: what stands after a field name is a
//! full-width colon, or a colon without its space.
//!
//! A parser notices them late and says something else. [`find`] is asked only when it has given up.

use crate::diagnostic::{Finding, Message};
use crate::span::{FileId, Span};
use crate::syntax::codes;
use crate::text;

/// Looks for a slip in the lines around byte `at`, the likeliest first. `None` if there is none.
pub(super) fn find(file: FileId, source: &str, at: usize) -> Option<Finding> {
    let start = line_start(source, at);
    let above = line_start(source, source[..start].trim_end().len());
    let below = source[start..].find('\n').map_or(source.len(), |end| start + end + 1);
    let near = [start, above];
    conflict(file, source)
        .or_else(|| [above, start, below].into_iter().find_map(|start| odd_indent(file, source, start)))
        .or_else(|| near.into_iter().find_map(|start| in_line(file, source, start)))
        .or_else(|| [above, start].into_iter().find_map(|start| unclosed(file, source, start)))
        .or_else(|| bare(file, source, at))
}

/// Finds what a merge left open, anywhere in the file.
fn conflict(file: FileId, source: &str) -> Option<Finding> {
    let start = if source.starts_with("<<<<<<<") { 0 } else { source.find("\n<<<<<<<")? + 1 };
    let length = source[start..].lines().next().map_or(0, str::len);
    let end = source[start..].find("\n>>>>>>>").map_or(start, |end| start + end + 1);
    let line = |byte: usize| source[..byte].matches('\n').count() + 1;
    let (first, last) = (line(start), line(end));
    let message = text!(
        "第 {first} 至 {last} 行有没处理完的合并冲突",
        "a merge conflict from line {first} to {last} was not settled"
    );
    let span = Span::new(file, start, start + length);
    Some(Finding::new(&codes::BROKEN_YAML, span, message).help(text!(
        "留下要的一种写法，删去 <<<<<<<、======= 和 >>>>>>> 三行",
        "keep the version that is right, and delete the lines <<<<<<<, ======= and >>>>>>>"
    )))
}

/// Finds a line that is indented with something else than spaces.
fn odd_indent(file: FileId, source: &str, start: usize) -> Option<Finding> {
    let line = source.get(start..)?.lines().next()?;
    let spaces = line.len() - line.trim_start_matches(' ').len();
    let odd: usize =
        line[spaces..].chars().take_while(|c| c.is_whitespace() && *c != ' ').map(char::len_utf8).sum();
    let first = line[spaces..].chars().next().filter(|_| odd > 0)?;
    let (zh, en) = match first {
        '\t' => ("Tab", "a tab"),
        '\u{3000}' => ("全角空格", "a full-width space"),
        '\u{a0}' => ("不换行空格", "a no-break space"),
        _ => ("特殊的空白字符", "a special blank"),
    };
    let message = text!(
        "行首用了 {zh}，YAML 只能用半角空格",
        "{en} is used for indentation, where YAML takes spaces only"
    );
    let span = Span::new(file, start + spaces, start + spaces + odd);
    Some(Finding::new(&codes::BROKEN_YAML, span, message).help(text!(
        "把行首换成半角空格，与同一层的字段左对齐",
        "replace it with spaces, in line with the fields of the same level"
    )))
}

/// Finds a value whose quotation mark or bracket is opened in this line and not closed.
fn unclosed(file: FileId, source: &str, start: usize) -> Option<Finding> {
    let line = source.get(start..)?.lines().next()?;
    let value = line.find(": ").map(|colon| colon + 2).or_else(|| line.find("- ").map(|dash| dash + 2))?;
    let value = line.len() - line[value..].trim_start().len();
    let open = line[value..].chars().next()?;
    let is_open = match open {
        '"' | '\'' => line[value..].matches(open).count() % 2 == 1,
        '[' => !line.contains(']'),
        '{' => !line.contains('}'),
        _ => false,
    };
    let span = Span::new(file, start + value, start + value + open.len_utf8());
    let message = text!("这里的 {open} 没有配对", "this {open} is never closed");
    is_open.then(|| {
        Finding::new(&codes::BROKEN_YAML, span, message).help(text!("补上另一半", "write its other half"))
    })
}

fn line_start(source: &str, at: usize) -> usize {
    source.as_bytes()[..at].iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1)
}

fn in_line(file: FileId, source: &str, start: usize) -> Option<Finding> {
    let (at, mark) = odd_colon(source[start..].lines().next()?)?;
    let count = source.lines().filter(|line| odd_colon(line).is_some_and(|(_, other)| other == mark)).count();
    let (message, help): (Message, Message) = match (mark, count) {
        ('：', 0..=1) => (
            text!("字段名后面是全角冒号“：”", "a full-width colon “：” stands after the name of the field"),
            text!("改成半角冒号，后面加一个空格", "replace it by a half-width colon and a space"),
        ),
        ('：', count) => (
            text!(
                "字段名后面是全角冒号“：”，全文有 {count} 处",
                "a full-width colon “：” stands after the name of the field, {count} times in this file"
            ),
            text!("都改成半角冒号，后面加一个空格", "replace each by a half-width colon and a space"),
        ),
        _ => (
            text!("字段名的冒号后面没有空格", "there is no space after the colon of the field"),
            text!("在冒号后面加一个空格", "put a space after the colon"),
        ),
    };
    let span = Span::new(file, start + at, start + at + mark.len_utf8());
    Some(Finding::new(&codes::BROKEN_YAML, span, message).help(help).fix(span, ": "))
}

/// Returns the colon after the name of a field, and where it is, if it is full-width or lacks its space.
fn odd_colon(line: &str) -> Option<(usize, char)> {
    let rest = line.trim_start_matches([' ', '-']);
    let name: usize =
        rest.chars().take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '-')).map(char::len_utf8).sum();
    let mut after = rest[name..].chars();
    let (mark, next) = (after.next()?, after.next());
    let is_odd = mark == '：' || (mark == ':' && next.is_some_and(|next| !next.is_whitespace()));
    let is_name = name > 0 && rest[..name].chars().count() <= LONGEST_NAME;
    (is_odd && is_name).then_some((line.len() - rest.len() + name, mark))
}

/// Finds a line that is a word or two where a field is expected; at the end of the file it may have been cut.
fn bare(file: FileId, source: &str, at: usize) -> Option<Finding> {
    let start = line_start(source, at);
    let line = source[start..].lines().next()?;
    let words = line.trim();
    if words.is_empty()
        || words.contains([':', '：'])
        || words.starts_with('-')
        || !line[..at - start].trim().is_empty()
    {
        return None;
    }
    let lead = line.len() - line.trim_start().len();
    let span = Span::new(file, start + lead, start + lead + words.len());
    let finding = |message| Finding::new(&codes::BROKEN_YAML, span, message);
    Some(if source[start + line.len()..].trim().is_empty() {
        finding(text!("文件写到这里就断了，可能不完整", "the file breaks off here and may be incomplete"))
            .help(text!("从原来的文件重新复制一份", "copy the file again from where it came from"))
    } else {
        finding(text!("这一行缺少冒号", "there is no colon in this line")).help(text!(
            "写成“字段: 内容”；接着上一行的文字要多缩进两格",
            "write `field: value`; text that goes on from the line above is indented by two more spaces"
        ))
    })
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
    fn blanks_conflicts_and_open_marks_are_found_where_they_stand() {
        assert_eq!(place("a: 1\n\tb: 2\n", 4), Some((5, 6)));
        assert_eq!(place("a: 1\n　　b: 2\nc: 3\n", 12), Some((5, 11)));
        assert_eq!(place("a: 1\n<<<<<<< HEAD\nb: 2\n=======\nb: 3\n>>>>>>> x\n", 18), Some((5, 17)));
        assert_eq!(place("a: \"甲\nb: 2\n", 8), Some((3, 4)));
        assert_eq!(place("a: [x, y\nb: 2\n", 9), Some((3, 4)));
        assert_eq!(place("a: [x, y]\nb: '甲'\n", 12), None);
        assert_eq!(place("a: 1\n  b 2\nc: 3\n", 7), Some((7, 10)));
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
