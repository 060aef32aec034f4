//! Forms are kept blank: what shows that somebody filled one in is refused before the form is read.

use super::codes;
use crate::diagnostic::{Finding, Findings, Message};
use crate::span::{FileId, Span};
use crate::syntax::{Entry, Node, Value, yaml};
use crate::text;

/// Marks in boxes.
const TICKS: &[char] =
    &['☑', '☒', '✓', '✔', '✗', '✘', '■', '●', '◉', '◼', '⬛', '🗹', '🗵', '⊠', '⊗', '◆', '▣', '√'];
/// What stands before a tick that is spoken of: “打√”.
const TICKING: &[char] = &['打', '画', '划', '“', '"', '「', '‘'];
/// Keys by which people write down an answer.
const ANSWERS: &[&str] = &[
    "value", "values", "answer", "answers", "filled", "checked", "ticked", "selected", "值", "填写", "填报",
    "答", "勾选", "已选",
];
/// Keys of what is printed on the form itself.
const PRINTED: &[&str] = &["label", "项目", "options", "选项", "format", "格式", "head", "表头"];
/// So many digits in a row are a number of somebody.
const MOST_DIGITS: usize = 6;

/// Reports what shows that a form is filled in. Returns whether there is nothing of the kind.
pub(super) fn report(file: FileId, text: &str, findings: &mut Findings) -> bool {
    let Some(root) = yaml::parse(file, text, &mut Findings::new()) else { return true };
    let mut found = Vec::new();
    walk(&root, false, &mut found);
    let is_blank = found.is_empty();
    found.into_iter().for_each(|finding| findings.push(finding));
    is_blank
}

fn walk(node: &Node, is_printed: bool, found: &mut Vec<Finding>) {
    match &node.value {
        Value::Map(entries) => {
            for Entry { key, value } in entries {
                if ANSWERS.contains(&key.value.as_str()) {
                    found.push(filled(
                        key.span,
                        text!(
                            "“{key}”里写的是填报的内容",
                            "`{key}` holds what somebody answered",
                            key = key.value
                        ),
                    ));
                    continue;
                }
                walk(value, is_printed || PRINTED.contains(&key.value.as_str()), found);
            }
        }
        Value::List(items) => items.iter().for_each(|item| walk(item, is_printed, found)),
        Value::Text(text) if is_printed => {
            found.extend(answer(text).map(|message| filled(node.span, message)));
        }
        Value::Text(_) | Value::Empty => {}
    }
}

/// Says what in a printed text is an answer. `None` if it is blank.
fn answer(text: &str) -> Option<Message> {
    let mut before = None;
    for c in text.chars() {
        if TICKS.contains(&c) && !(c == '√' && before.is_some_and(|c| TICKING.contains(&c))) {
            return Some(text!("这里有打了钩的方框“{c}”", "a box is ticked here: `{c}`"));
        }
        before = Some(c);
    }
    let longest = text.split(|c: char| !c.is_ascii_digit()).map(str::len).max().unwrap_or_default();
    if longest > MOST_DIGITS {
        return Some(text!("这里有一串 {longest} 位的号码", "there is a number of {longest} digits here"));
    }
    is_dated(text).then(|| text!("这里填了日期", "a date is filled in here"))
}

/// Tells whether a text holds a year and a month in figures: 2024年3月, 2024-03.
fn is_dated(text: &str) -> bool {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let chars: Vec<char> = text.chars().collect();
    (0..chars.len()).any(|at| {
        let is_year = (0..4).all(|next| digit(chars.get(at + next).copied()))
            && !digit(at.checked_sub(1).and_then(|before| chars.get(before).copied()));
        let mark = chars.get(at + 4).copied();
        is_year && matches!(mark, Some('年' | '-' | '/' | '.')) && digit(chars.get(at + 5).copied())
    })
}

fn filled(at: Span, message: Message) -> Finding {
    Finding::new(&codes::FILLED_FORM, at, message)
        .help(text!(
            "这里只放空白的表格：删去填写的内容；填好的表不能放在清单文件夹里",
            "only blank forms are kept here: delete what was filled in; a form that is filled in has no place in a catalogue"
        ))
        .source(text!("《中华人民共和国个人信息保护法》", "the Personal Information Protection Law of China"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns how many findings there are of a form with this field.
    fn found(cell: &str) -> usize {
        let text = format!("title: 登记表\nsections:\n  - rows:\n      - [{cell}]\n");
        let mut findings = Findings::new();
        assert_eq!(report(FileId(0), &text, &mut findings), findings.is_empty());
        findings.len()
    }

    #[test]
    fn what_somebody_filled_in_is_found() {
        for cell in [
            "{label: 姓名, value: 某某}",
            "{项目: 姓名, 填写: 某某}",
            "{label: 是否登记户口, options: [是☑, 否]}",
            "{label: 是否登记户口, options: [√是, 否]}",
            "{label: 是否登记户口, options: [{zh: 是■, en: 'yes'}, 否]}",
            "{label: 联系方式, format: '0591-87654321'}",
            "{label: 出生日期, format: 2014年3月5日}",
            "{label: 出生日期, format: 2014-03-05}",
        ] {
            assert_eq!(found(cell), 1, "{cell}");
        }
    }

    #[test]
    fn what_is_printed_on_a_blank_form_is_not() {
        for cell in [
            "{label: 离开户籍地日期, format: ____年__月__日}",
            "{label: 户籍地址, format: XX省XX市XX县（市、区）+详细地址}",
            "{label: 0-36个月儿童中医药健康管理服务, options: [未接受]}",
            "{label: 在方框内打√, options: [低保____元/月, 其他_____]}",
            "{label: 残疾等级, options: [一级, 二级], why: 2024年10月底前核对}",
        ] {
            assert_eq!(found(cell), 0, "{cell}");
        }
    }
}
