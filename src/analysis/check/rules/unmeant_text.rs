//! Texts that are probably not what was meant: in another language, left to be filled in, bent by a spreadsheet, marked up.

use crate::analysis::Analysis;
use crate::check::Check;
use crate::codes;
use crate::diagnostic::{Finding, Findings, Message};
use crate::lang::LangCode;
use crate::span::Spanned;
use crate::text;

codes! {
    /// A text that is probably not what was meant.
    UNMEANT_TEXT = "QD3048", "unmeant-text", Warning, adjustable, "0.1.0",
        "文字可能不是想写的", "A text that is probably not what was meant";
}

/// What is checked: a text is in its language, filled in, as people wrote it.
pub const CHECKS: &[Check] = &[run];

fn run(analysis: &Analysis<'_>, findings: &mut Findings) {
    analysis.catalogue.each_text(&mut |address, texts| {
        let has_chinese = |(_, text): (&LangCode, &Spanned<String>)| text.value.contains(is_han);
        let is_swapped = texts.iter().any(has_chinese);
        for (language, text) in texts.iter() {
            let found = unfilled(text).or_else(|| other_language(language, text, is_swapped)).or_else(|| {
                let address = address();
                bent(&address, text).or_else(|| marked_up(&address, text))
            });
            if let Some((message, help)) = found {
                findings.push(Finding::new(&UNMEANT_TEXT, text.span, message).help(help));
            }
        }
    });
}

/// What is wrong, and what to do.
type Said = (Message, Message);

/// What people write where a text is still to come.
const UNFILLED: &[&str] = &[
    "暂缺",
    "同上",
    "待补充",
    "待补",
    "待定",
    "待填",
    "待填写",
    "待完善",
    "待更新",
    "待翻译",
    "todo",
    "tbd",
    "to be added",
    "to follow",
    "xxx",
];

fn unfilled(text: &Spanned<String>) -> Option<Said> {
    let bare = text.value.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    UNFILLED.contains(&bare.as_str()).then(|| {
        let written = text.value.trim();
        (
            text!(
                "“{written}”是占位的文字，会照样发布",
                "`{written}` only keeps a place, and is published as it is"
            ),
            text!("写上正式的内容", "write what belongs here"),
        )
    })
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}')
}

/// Finds Chinese where English is wanted, and the other way round if the Chinese stands under another language.
fn other_language(language: &LangCode, text: &Spanned<String>, is_swapped: bool) -> Option<Said> {
    let han = text.value.chars().filter(|c| is_han(*c)).count();
    let latin = text.value.chars().filter(char::is_ascii_alphabetic).count();
    match language.as_str() {
        "en" if han > 1 && han > latin => Some((
            text!("英文（en）这里写的是中文", "the English text (`en`) is in Chinese"),
            text!(
                "换成英文；中英文写反了就对调",
                "write it in English, or swap the two if they stand the wrong way round"
            ),
        )),
        "zh" if is_swapped && han == 0 && latin > LEAST_LATIN && text.value.trim().contains(' ') => Some((
            text!("中文（zh）这里写的是英文", "the Chinese text (`zh`) is in English"),
            text!(
                "换成中文；中英文写反了就对调",
                "write it in Chinese, or swap the two if they stand the wrong way round"
            ),
        )),
        _ => None,
    }
}

/// Fewer letters may be a name.
const LEAST_LATIN: usize = 8;

/// Finds what spreadsheets make of `3-6` and of long numbers.
fn bent(address: &str, text: &Spanned<String>) -> Option<Said> {
    let written = text.value.trim();
    let is_date = address.ends_with("/audience") && is_day(written);
    let short = short_number(written).filter(|_| !is_date);
    if !is_date && short.is_none() {
        return None;
    }
    let shown = short.unwrap_or(written);
    Some((
        text!(
            "“{shown}”像是表格软件自动改过的：“3-6”会变成日期，长的号码会变成“E+17”",
            "`{shown}` looks like the work of a spreadsheet: it makes a date of `3-6` and `E+17` of a long number"
        ),
        text!(
            "对照原表重新输入；表格里先把单元格设成文本",
            "type it again from the original; set the cell to text first"
        ),
    ))
}

/// Tells whether a text is a day and nothing else, as spreadsheets write one: `3月6日`, `2026/3/6`, `6-Mar`.
fn is_day(text: &str) -> bool {
    const MONTHS: &[&str] =
        &["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let is_month = |part: &str| MONTHS.contains(&part.to_lowercase().as_str());
    let chinese = text.strip_suffix('日').and_then(|text| text.split_once('月'));
    let parts: Vec<&str> = text.split(['/', '-']).collect();
    chinese.is_some_and(|(month, day)| is_number(month) && is_number(day))
        || match parts.as_slice() {
            [one, other] => (is_number(one) && is_month(other)) || (is_month(one) && is_number(other)),
            [first, middle, last] => {
                is_number(middle) && is_number(first) && is_number(last) && first.len().max(last.len()) == 4
            }
            _ => false,
        }
}

/// Returns a number such as `3.50301E+17`.
fn short_number(text: &str) -> Option<&str> {
    let mark = text.find("E+")?;
    let before =
        text[..mark].len() - text[..mark].trim_end_matches(|c: char| c.is_ascii_digit() || c == '.').len();
    let after = text[mark + 2..].bytes().take_while(u8::is_ascii_digit).count();
    (before > 2 && after > 1).then(|| &text[mark - before..mark + 2 + after])
}

/// Finds HTML, links and emphasis in texts that are shown as they are.
fn marked_up(address: &str, text: &Spanned<String>) -> Option<Said> {
    if !["/title", "/audience", "/content", "/plain"].iter().any(|field| address.ends_with(field)) {
        return None;
    }
    let written = &text.value;
    let tag = written
        .find('<')
        .filter(|at| written[at + 1..].starts_with(|c: char| c == '/' || c.is_ascii_alphabetic()));
    let tag = tag.filter(|at| written[*at..].contains('>')).map(|_| "< >");
    let link = has_link(written).then_some("[ ]( )");
    let stars = (written.matches("**").count() > 1).then_some("** **");
    let mark = tag.or(link).or(stars)?;
    Some((
        text!("这里的“{mark}”不起作用，会原样显示", "`{mark}` has no effect here and is shown as it is"),
        text!(
            "只留下文字；网址写在 url 或 online 里",
            "leave the text only; web addresses belong under `url` or `online`"
        ),
    ))
}

/// Tells whether a text has a link of Markdown, whose parentheses hold an address: `[2024](12号)` is none.
fn has_link(text: &str) -> bool {
    let mut targets = text.split("](").skip(1).filter_map(|rest| rest.split_once(')'));
    targets.any(|(target, _)| target.contains(['/', ':', '#', '.']))
}
