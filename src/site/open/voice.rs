//! Texts to be spoken: one a service, short sentences without signs that a voice stumbles over, for telephone lines and
//! loudspeakers.

use super::plain::folder;
use super::sheet::{Reader, SheetPart, Topic};
use crate::api::service::ServiceDocument;
use crate::api::{DataFile, Documents};
use crate::route::Route;

/// Returns the files: `voice/{lang}/{place}/{list}/{service}.txt`.
pub(super) fn files(documents: &Documents) -> Vec<DataFile> {
    let of = |reader: Reader<'_>| -> Vec<DataFile> {
        let services = documents.services.iter().filter_map(|service| {
            let list = documents.lists.iter().find(|list| list.in_short.id == service.list)?;
            let route = format!("voice/{}/{}.txt", folder(&reader, list), service.service.id);
            Some((Route::new(route), spoken(&reader, service).into_bytes()))
        });
        services.collect()
    };
    Reader::all(documents).flat_map(of).collect()
}

fn spoken(reader: &Reader<'_>, service: &ServiceDocument) -> String {
    let sheet = reader.sheet(service);
    let zh = reader.is_chinese();
    let parts = sheet.parts.iter().filter(|part| part.topic.is_spoken());
    let sentences = std::iter::once(sentence(&sheet.title, zh)).chain(parts.map(|part| told(reader, part)));
    sentences.map(|line| line + "\n").collect()
}

fn told(reader: &Reader<'_>, part: &SheetPart) -> String {
    let zh = reader.is_chinese();
    let heading = sentence(&reader.word(&part.topic.heading()), zh);
    let counted = part.topic.is_counted() && part.lines.len() > 1;
    let lines = (1..).zip(&part.lines).map(|(number, line)| {
        let said = if part.topic == Topic::Telephone { digits(line) } else { line.clone() };
        match (counted, zh) {
            (true, true) => sentence(&format!("第{number}，{said}"), zh),
            (true, false) => sentence(&format!("Number {number}, {said}"), zh),
            (false, _) => sentence(&said, zh),
        }
    });
    let all: Vec<String> = std::iter::once(heading).chain(lines).collect();
    all.join(if zh { "" } else { " " })
}

/// Returns a telephone number digit by digit, with a pause where a sign stands.
fn digits(number: &str) -> String {
    let signs = number.chars().map(|c| if c.is_ascii_digit() { c.to_string() } else { ",".to_owned() });
    signs.collect::<Vec<_>>().join(" ").replace(" , ", ", ")
}

/// Returns a text as a sentence, or several: with commas and full stops and no other signs.
fn sentence(text: &str, zh: bool) -> String {
    let (comma, stop, to, or) = if zh { ("，", "。", "到", "或") } else { (", ", ". ", " to ", " or ") };
    let chars: Vec<char> = text.chars().collect();
    let digit_at = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(char::is_ascii_digit);
    let mut said = String::new();
    let mut minutes_end = None;
    let mut skipped = 0;
    for (at, c) in chars.iter().enumerate() {
        if at < skipped {
            continue;
        }
        if minutes_end == Some(at) && zh {
            said.push('分');
        }
        let (before, after) = (digit_at(at.checked_sub(1)), digit_at(Some(at + 1)));
        match c {
            ':' | '：' if before && after && !digit_at(Some(at + 3)) && digit_at(Some(at + 2)) => {
                let is_full = chars[at + 1] == '0' && chars[at + 2] == '0';
                said.push_str(match (is_full, zh) {
                    (_, true) => "点",
                    (true, false) => " o’clock",
                    (false, false) => " ",
                });
                if is_full {
                    skipped = at + 3;
                } else {
                    minutes_end = Some(at + 3);
                }
            }
            '-' | '–' | '—' | '~' | '～' | '－' if before && after => said.push_str(to),
            '-' | '’' | '\'' if !zh => said.push(*c),
            '.' | ',' | '，' if before && after => said.push(*c),
            '/' | '／' => said.push_str(or),
            '。' | '；' | ';' | '！' | '!' | '？' | '?' | '.' => said.push_str(stop),
            '\n' => said.push_str(stop),
            '“' | '”' | '‘' | '’' | '"' | '\'' | '「' | '」' | '『' | '』' | '《' | '》' | '〈' | '〉'
            | '*' => {}
            '，' | ',' | '、' | '：' | ':' | '（' | '）' | '(' | ')' | '〔' | '〕' | '[' | ']' | '【'
            | '】' | '·' | '…' | '–' | '—' | '-' | '－' | '~' | '～' => said.push_str(comma),
            '%' | '％' if !zh => said.push_str(" percent"),
            c => said.push(*c),
        }
    }
    if minutes_end == Some(chars.len()) && zh {
        said.push('分');
    }
    settled(&said, zh)
}

/// Leaves one sign where several came together, the strongest, none at the beginning, and a full stop at the end.
fn settled(text: &str, zh: bool) -> String {
    let (comma, stop) = if zh { ('，', '。') } else { (',', '.') };
    let mut said = String::new();
    let mut pause: Option<char> = None;
    let chars: Vec<char> = text.chars().collect();
    for (at, c) in chars.iter().enumerate() {
        let digit = |at: Option<&char>| at.is_some_and(char::is_ascii_digit);
        let inside = digit(at.checked_sub(1).and_then(|at| chars.get(at))) && digit(chars.get(at + 1));
        let is_sign = (*c == comma || *c == stop) && !inside;
        if is_sign {
            pause = Some(if pause == Some(stop) { stop } else { *c });
        } else if c.is_whitespace() {
            if pause.is_none() && !said.is_empty() && !said.ends_with(' ') {
                said.push(' ');
            }
        } else {
            if let Some(sign) = pause.take().filter(|_| !said.is_empty()) {
                said.truncate(said.trim_end().len());
                said.push(sign);
                if !zh {
                    said.push(' ');
                }
            }
            said.push(*c);
        }
    }
    said.truncate(said.trim_end().len());
    if !said.is_empty() {
        said.push(stop);
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is written, and what a voice should be given; judged before the function was written.
    const CHINESE: &[(&str, &str)] = &[
        ("3-6岁流动儿童", "3到6岁流动儿童。"),
        ("免费体检；免费接种", "免费体检。免费接种。"),
        ("社区卫生服务中心（乡镇卫生院）", "社区卫生服务中心，乡镇卫生院。"),
        ("闽民童〔2025〕5号", "闽民童，2025，5号。"),
        ("凭“接种证”办理", "凭接种证办理。"),
        ("户口簿/居住证", "户口簿或居住证。"),
        ("每年1,500元，共3.5万元", "每年1,500元，共3.5万元。"),
        ("周一至周五（节假日除外）。", "周一至周五，节假日除外。"),
        ("《出生医学证明》、居住证", "出生医学证明，居住证。"),
        ("每天 8:00–17:30", "每天 8点到17点30分。"),
        ("8:30开门，对象：儿童", "8点30分开门，对象，儿童。"),
    ];

    const ENGLISH: &[(&str, &str)] = &[
        ("Migrant children aged 3–6", "Migrant children aged 3 to 6."),
        ("A check-up (free); the child’s record", "A check-up, free. the child’s record."),
        ("Household book/residence permit", "Household book or residence permit."),
        ("1,500 CNY a year: 80% of it", "1,500 CNY a year, 80 percent of it."),
        ("Daily 8:00–17:30", "Daily 8 o’clock to 17 30."),
    ];

    #[test]
    fn a_voice_gets_no_sign_it_stumbles_over() {
        for (written, spoken) in CHINESE {
            assert_eq!(sentence(written, true), *spoken, "{written}");
        }
        for (written, spoken) in ENGLISH {
            assert_eq!(sentence(written, false), *spoken, "{written}");
        }
    }

    #[test]
    fn numbers_to_call_are_said_digit_by_digit() {
        assert_eq!(digits("0591-12345"), "0 5 9 1, 1 2 3 4 5");
        assert_eq!(sentence(&digits("12345"), true), "1 2 3 4 5。");
        assert_eq!(sentence(&digits("0591-12345"), true), "0 5 9 1，1 2 3 4 5。");
    }
}
