//! What is wrong with the way a file is written, in words a clerk understands: for the few mistakes that no slip explains.

use super::tree::Wrong;
use crate::diagnostic::Message;
use crate::text;

/// Returns what is wrong and what to do.
pub(super) fn explain(wrong: Wrong) -> (Message, Message) {
    match wrong {
        Wrong::Tab => (
            text!(
                "行首用了 Tab，YAML 只能用空格",
                "a tab is used for indentation, where YAML takes spaces only"
            ),
            text!("把行首的 Tab 换成空格", "replace the tabs at the start of the line with spaces"),
        ),
        Wrong::OpenQuote => (
            text!("引号没有配对", "a quotation mark is never closed"),
            text!("补上另一半引号", "add the closing quotation mark"),
        ),
        Wrong::Bracket | Wrong::AfterBracket => (
            text!("方括号或花括号没有配对，或者少了逗号", "a bracket is not closed, or a comma is missing"),
            text!(
                "检查 [ ] 和 {{ }} 是否成对，各项之间用半角逗号隔开",
                "check that [ ] and {{ }} come in pairs and that commas stand between the items"
            ),
        ),
        Wrong::NoField => (
            text!("这一行附近应当是“字段: 内容”", "a line of the form `field: value` is expected near here"),
            text!(
                "检查上一行：冒号要用半角，后面加一个空格",
                "check the line above: the colon must be half-width and be followed by a space"
            ),
        ),
        Wrong::Colon => (
            text!("这里不能再出现“: ”", "a `: ` cannot stand here"),
            text!(
                "文字里有冒号时，把整段文字放进引号；或检查缩进",
                "put text that contains a colon in quotes, or check the indentation"
            ),
        ),
        Wrong::AfterQuote => (
            text!("引号后面还有文字", "there is text after the closing quotation mark"),
            text!("文字里的引号请改用中文引号“”", "use “ ” for quotation marks inside the text"),
        ),
        Wrong::Column => (
            text!("缩进不对", "the indentation is wrong"),
            text!(
                "同一层的字段要左对齐，下一层多两个空格",
                "fields of one level start in the same column, the next level two spaces further in"
            ),
        ),
        Wrong::Dash => (
            text!("列表的“-”写得不对", "a `-` of a list stands in the wrong place"),
            text!(
                "每一项写成“- 内容”，各项左对齐",
                "write each item as `- value`, all starting in the same column"
            ),
        ),
        Wrong::Sign(character) => (
            text!("“{character}”不能放在开头", "a value cannot start with `{character}`"),
            text!("把整段文字放进引号", "put the whole text in quotes"),
        ),
        Wrong::Escape => (
            text!("双引号里的“\\”有特别的意思", "a `\\` in double quotes has a meaning of its own"),
            text!(
                "把外面的双引号改成单引号，或删去“\\”",
                "use single quotes around the text, or delete the `\\`"
            ),
        ),
        Wrong::CutByComment => (
            text!("“#”把一段文字切成了两段", "a `#` cuts a text in two"),
            text!(
                "“#”是文字就给整段文字加引号；是注释就移到别处",
                "put the text in quotes if the `#` belongs to it, or move the comment elsewhere"
            ),
        ),
        Wrong::Header => (
            text!("“|”或“>”后面同一行不能写文字", "no text can follow `|` or `>` in its line"),
            text!("让文字从下一行写起", "start the text in the next line"),
        ),
        Wrong::Directive | Wrong::Other | Wrong::TooDeep => (
            text!("这里的写法读不懂", "this cannot be read"),
            text!(
                "检查这一行和上一行的冒号、引号、缩进",
                "check the colons, quotation marks and indentation of this line and the one above"
            ),
        ),
    }
}
