//! Characters that are not what they look like: garbled text, characters nobody sees, radicals from PDF.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use super::{Hit, Recovery};
use crate::diagnostic::quoted;
use crate::syntax::codes;
use crate::syntax::form::Form;
use crate::syntax::page::{Kind, Line, Page};
use crate::text;

pub(super) const GARBLED: Recovery = Recovery { code: &codes::GARBLED_TEXT, always: true, find: garbled };
pub(super) const UNSEEN: Recovery = Recovery { code: &codes::ODD_BLANK, always: true, find: unseen };
pub(super) const LOOK_ALIKE: Recovery =
    Recovery { code: &codes::LOOK_ALIKE, always: true, find: look_alikes };

fn lines<'p>(page: &'p Page<'_>) -> impl Iterator<Item = &'p Line> {
    page.lines.iter().filter(|line| matches!(line.kind, Kind::Field | Kind::Inside))
}

/// What text turns into when it is read in the wrong encoding.
const RUBBISH: &[&str] = &["锟斤拷", "烫烫烫", "屯屯屯", "锘", "\u{fffd}", "ï»¿"];

fn garbled(page: &Page<'_>, _: &Form) -> Vec<Hit> {
    let hits = lines(page).filter_map(|line| {
        let at = garbled_in(page, line)?;
        let shown = quoted(page.at(&at)).into_owned();
        Some(Hit::new(
            at,
            text!("这里有乱码“{shown}”，原来的字已经丢失", "`{shown}` is garbled: what stood here is lost"),
            text!("对照原文重新输入这几个字", "type these characters again from the original"),
        ))
    });
    hits.collect()
}

/// Returns the first stretch of a line that is garbled.
fn garbled_in(page: &Page<'_>, line: &Line) -> Option<Range<usize>> {
    let written = &page.text[line.first..line.end];
    if written.is_ascii() && !written.contains("????") {
        return None;
    }
    let known = RUBBISH.iter().filter_map(|rubbish| Some((written.find(rubbish)?, rubbish.len()))).min();
    let (at, length) = known
        .or_else(|| latin_rubbish(written))
        .or_else(|| private(written))
        .or_else(|| misread(written))
        .or_else(|| questions(written))?;
    Some(line.first + at..line.first + at + length)
}

/// Finds UTF-8 that was read as Latin letters, as in `ç¦å»º`.
fn latin_rubbish(text: &str) -> Option<(usize, usize)> {
    let odd = |c: char| {
        matches!(
            c,
            '\u{80}'
                ..='\u{ff}'
                    | 'Œ'
                    | 'œ'
                    | 'Š'
                    | 'š'
                    | 'Ž'
                    | 'ž'
                    | 'Ÿ'
                    | '‚'
                    | '„'
                    | '†'
                    | '‡'
                    | 'ˆ'
                    | '‰'
                    | '‹'
                    | '›'
                    | '€'
                    | '™'
        )
    };
    let lead = |c: char| matches!(c, 'Â' | 'Ã' | 'ä'..='é' | 'ã' | 'â');
    let start = text
        .char_indices()
        .zip(text.chars().skip(1))
        .find(|((_, c), next)| lead(*c) && (odd(*next) && !next.is_alphabetic()))?;
    let belongs = |c: &char| odd(*c) || matches!(c, '“' | '”' | '‘' | '’' | '…' | '—' | '–');
    let width =
        |chars: &mut dyn Iterator<Item = char>| chars.take_while(belongs).map(char::len_utf8).sum::<usize>();
    let at = start.0.0 - width(&mut text[..start.0.0].chars().rev());
    let length = width(&mut text[at..].chars());
    (text[at..at + length].chars().count() >= 3).then_some((at, length))
}

/// Finds UTF-8 that was read as GBK, as in `鍘﹂棬`, and GBK that was read as Latin letters, as in `ÏÃÃÅ`: stretches
/// whose bytes make Chinese text in the other encoding.
fn misread(text: &str) -> Option<(usize, usize)> {
    let runs = |is_in: fn(char) -> bool| {
        let mut runs: Vec<(usize, usize)> = Vec::new();
        for (at, c) in text.char_indices().filter(|(_, c)| is_in(*c)) {
            match runs.last_mut() {
                Some((from, length)) if *from + *length == at => *length += c.len_utf8(),
                _ => runs.push((at, c.len_utf8())),
            }
        }
        runs
    };
    let chinese =
        runs(|c| !c.is_ascii()).into_iter().find(|(at, length)| is_misread_utf8(&text[*at..at + length]));
    let latin = || {
        runs(|c| matches!(c, '\u{a1}'..='\u{ff}'))
            .into_iter()
            .find(|(at, length)| is_misread_gbk(&text[*at..at + length]))
    };
    chinese.or_else(latin)
}

/// How many characters of a stretch must be there to judge it.
const TELLING: usize = 4;

fn is_chinese(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3000}'..='\u{303f}' | '\u{ff01}'..='\u{ff5e}' | '“' | '”')
}

/// Tells whether the first character of a stretch that was misread would be a Chinese one: nearly always it would not, and then
/// the rest need not be looked at.
fn may_be_misread_utf8(run: &str) -> bool {
    let start: String = run.chars().take(2).collect();
    let (bytes, ..) = encoding_rs::GBK.encode(&start);
    let first = bytes.get(..3).and_then(|first| std::str::from_utf8(first).ok());
    first.is_some_and(|first| first.chars().all(is_chinese))
}

fn is_misread_utf8(run: &str) -> bool {
    if !may_be_misread_utf8(run) {
        return false;
    }
    // What ends a stretch may be half a character: it is left out.
    let characters: Vec<char> = run.chars().collect();
    (0..=1).any(|less| {
        let some: String = characters[..characters.len().saturating_sub(less)].iter().collect();
        let (bytes, _, lost) = encoding_rs::GBK.encode(&some);
        let until = bytes.len()
            - (0..=2)
                .find(|less| std::str::from_utf8(&bytes[..bytes.len().saturating_sub(*less)]).is_ok())
                .unwrap_or(bytes.len());
        let meant = std::str::from_utf8(&bytes[..until]).unwrap_or_default();
        some.chars().count() >= TELLING
            && !lost
            && meant.chars().count() >= 2
            && meant.chars().all(is_chinese)
    })
}

fn is_misread_gbk(run: &str) -> bool {
    let bytes: Vec<u8> = run.chars().filter_map(|c| u8::try_from(u32::from(c)).ok()).collect();
    let (meant, lost) = encoding_rs::GBK.decode_without_bom_handling(&bytes[..bytes.len() / 2 * 2]);
    bytes.len() >= 2 * TELLING && !lost && meant.chars().all(is_chinese)
}

/// Finds the question marks that programs write for characters they do not know.
fn questions(text: &str) -> Option<(usize, usize)> {
    let at = text.find("????")?;
    Some((at, text[at..].len() - text[at..].trim_start_matches('?').len()))
}

/// Finds characters of private use, which show as boxes.
fn private(text: &str) -> Option<(usize, usize)> {
    let is_private = |c: char| matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10fffd}');
    // Marks of lists in Word, at the start of a line, are another slip.
    let at = text.char_indices().find(|(at, c)| *at > 0 && is_private(*c))?.0;
    Some((at, text[at..].chars().take_while(|c| is_private(*c)).map(char::len_utf8).sum()))
}

fn unseen(page: &Page<'_>, _: &Form) -> Vec<Hit> {
    let is_unseen = |c: char| {
        matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{84}' | '\u{86}'..='\u{9f}'
            | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
    };
    let mut hits = Vec::new();
    for line in &page.lines {
        let written = &page.text[line.start..line.end];
        // What stands inside of garbled text is no character by itself.
        let garbled = written.contains(is_unseen).then(|| garbled_in(page, line)).flatten().unwrap_or(0..0);
        let mut at = 0;
        while let Some((from, c)) = written[at..].char_indices().find(|(_, c)| is_unseen(*c)) {
            let length: usize =
                written[at + from..].chars().take_while(|c| is_unseen(*c)).map(char::len_utf8).sum();
            let (start, end) = (line.start + at + from, line.start + at + from + length);
            at += from + length;
            if garbled.contains(&start) {
                continue;
            }
            let code = format!("U+{:04X}", u32::from(c));
            hits.push(
                Hit::new(
                    start..end,
                    text!(
                        "这里有一个看不见的字符（{code}）",
                        "there is an invisible character here ({code})"
                    ),
                    text!(
                        "删去它；多为从网页或 Word 复制带来的",
                        "delete it; it usually comes with text copied from a web page or Word"
                    ),
                )
                .change(start..end, "")
                .certain(),
            );
        }
    }
    hits
}

fn look_alikes(page: &Page<'_>, _: &Form) -> Vec<Hit> {
    let mut hits = Vec::new();
    for (number, line) in page.lines.iter().enumerate() {
        if matches!(line.kind, Kind::Blank | Kind::Comment) {
            continue;
        }
        if hits.len() > MOST {
            break;
        }
        for (at, c) in page.text[line.first..line.end].char_indices().take(LONGEST) {
            let Some(right) = ordinary(c) else { continue };
            let at = line.first + at..line.first + at + c.len_utf8();
            let word = around(page, line, &at);
            let mut hit = Hit::new(
                at.clone(),
                text!(
                    "“{word}”里的“{c}”看起来是“{right}”，其实是另一个字符，多为从 PDF 复制",
                    "`{c}` in `{word}` looks like `{right}` but is another character, as copied from a PDF"
                ),
                text!("改成“{right}”", "replace it by `{right}`"),
            )
            .change(at, right.to_string())
            .certain();
            hit.mild = is_official(page, number);
            hits.push(hit);
        }
    }
    hits
}

/// Returns the word that a character stands in.
fn around<'p>(page: &Page<'p>, line: &Line, at: &Range<usize>) -> &'p str {
    let in_word = |c: char| c.is_alphanumeric() || ordinary(c).is_some();
    let before = &page.text[line.first..at.start];
    let after = &page.text[at.end..line.end];
    let start = before.chars().rev().take(6).take_while(|c| in_word(*c)).map(char::len_utf8).sum::<usize>();
    let end = after.chars().take(6).take_while(|c| in_word(*c)).map(char::len_utf8).sum::<usize>();
    &page.text[at.start - start..at.end + end]
}

/// From so many characters on in a file, the rest are left as they are.
const MOST: usize = 2000;

/// So far into a line the characters are looked at.
const LONGEST: usize = 20_000;

/// Names of fields that hold official text, kept as printed.
const OFFICIAL: &[&str] = &["content", "quote", "focus", "服务内容", "原文", "所指"];

/// Tells whether a line belongs to official text.
fn is_official(page: &Page<'_>, number: usize) -> bool {
    let Some(own) = page.lines[..=number].iter().rposition(|line| line.kind == Kind::Field) else {
        return false;
    };
    let line = &page.lines[own];
    let is_named = |line: &Line| page.name(line).is_some_and(|name| OFFICIAL.contains(&name.as_str()));
    let above = page.lines[..own]
        .iter()
        .rev()
        .take(8)
        .find(|above| above.kind == Kind::Field && above.column() < line.column());
    is_named(line) || above.is_some_and(is_named)
}

/// Returns the ordinary character that a radical or a compatibility form stands for.
fn ordinary(c: char) -> Option<char> {
    match c {
        '\u{2f00}'..='\u{2fd5}' | '\u{f900}'..='\u{faff}' => c.nfkc().next().filter(|plain| *plain != c),
        '\u{2e80}'..='\u{2ef3}' => {
            RADICALS.chars().zip(ORDINARY.chars()).find(|(radical, _)| *radical == c).map(|(_, plain)| plain)
        }
        _ => None,
    }
}

/// Radicals that normalisation leaves alone, and the characters they stand for.
const RADICALS: &str = "⺁⺇⺈⺊⺌⺎⺒⺓⺕⺗⺛⺜⺝⺟⺠⺧⺩⺫⺬⺮⺱⺶⺷⺸⺹⺺⺼⺽⻁⻄⻅⻆⻉⻊⻋⻑⻓⻔⻗⻘⻙⻚⻛⻜⻝⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻱⻳";
const ORDINARY: &str = "厂几刀卜小兀巳幺彐心旡日月母民牛王目示竹网羊羊羊老聿肉臼虎西见角贝足车長长门雨青韦页风飞食首马骨鬼鱼鸟卤麦黄黾齐齿龙龟龟";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn radicals_and_compatibility_forms_have_an_ordinary_character() {
        assert_eq!(RADICALS.chars().count(), ORDINARY.chars().count());
        assert_eq!(['⺠', '⼉', '⻔', '⻓'].map(ordinary), [Some('民'), Some('儿'), Some('门'), Some('长')]);
        assert_eq!(['民', 'a', '衛', '，'].map(ordinary), [None; 4]);
    }
}
