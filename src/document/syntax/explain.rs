//! What the parser says, in words a clerk understands: for the few mistakes that no slip explains.

use granit_parser::ErrorKind;

use crate::diagnostic::Message;
use crate::text;

/// Returns what is wrong and what to do for a kind of parser error.
pub(super) fn explain(kind: &ErrorKind) -> (Message, Message) {
    use ErrorKind as E;
    match kind {
        E::TabNotAllowed
        | E::TabInBlockIndentation
        | E::TabInIndentation
        | E::TabInPlainScalar
        | E::TabAtBlockScalarStart => (
            text!(
                "行首用了 Tab，YAML 只能用空格",
                "a tab is used for indentation, where YAML takes spaces only"
            ),
            text!("把行首的 Tab 换成空格", "replace the tabs at the start of the line with spaces"),
        ),
        E::UnclosedQuotedScalar | E::DocumentIndicatorInQuotedScalar => (
            text!("引号没有配对", "a quotation mark is never closed"),
            text!("补上另一半引号", "add the closing quotation mark"),
        ),
        E::UnclosedFlowCollection { .. }
        | E::UnexpectedEofFlowSequence
        | E::UnexpectedEofFlowMapping
        | E::UnexpectedEofImplicitFlowMapping
        | E::ExpectedFlowSequenceSeparator
        | E::ExpectedFlowMappingSeparator
        | E::MisplacedFlowCollectionEnd
        | E::MismatchedFlowCollectionEnd { .. } => (
            text!("方括号或花括号没有配对，或者少了逗号", "a bracket is not closed, or a comma is missing"),
            text!(
                "检查 [ ] 和 {{ }} 是否成对，各项之间用半角逗号隔开",
                "check that [ ] and {{ }} come in pairs and that commas stand between the items"
            ),
        ),
        E::SimpleKeyExpected | E::InvalidSimpleKey | E::ExpectedBlockMappingKey => (
            text!("这一行附近应当是“字段: 内容”", "a line of the form `field: value` is expected near here"),
            text!(
                "检查上一行：冒号要用半角，后面加一个空格",
                "check the line above: the colon must be half-width and be followed by a space"
            ),
        ),
        E::MappingValueNotAllowed | E::InvalidColonPlacement | E::MappingKeyNotAllowed => (
            text!("这里不能再出现“: ”", "a `: ` cannot stand here"),
            text!(
                "文字里有冒号时，把整段文字放进引号；或检查缩进",
                "put text that contains a colon in quotes, or check the indentation"
            ),
        ),
        E::InvalidTrailingDoubleQuotedScalar | E::InvalidTrailingSingleQuotedScalar => (
            text!("引号后面还有文字", "there is text after the closing quotation mark"),
            text!("文字里的引号请改用中文引号“”", "use “ ” for quotation marks inside the text"),
        ),
        E::InvalidIndentation
        | E::InvalidBlockScalarIndent
        | E::InvalidQuotedScalarIndent
        | E::InvalidFlowScalarIndent => (
            text!("缩进不对", "the indentation is wrong"),
            text!(
                "同一层的字段要左对齐，下一层多两个空格",
                "fields of one level start in the same column, the next level two spaces further in"
            ),
        ),
        E::ExpectedBlockSequenceEntry
        | E::BlockSequenceEntryNotAllowed
        | E::InvalidBlockEntryWhitespace
        | E::BlockEntryInFlowCollection => (
            text!("列表的“-”写得不对", "a `-` of a list stands in the wrong place"),
            text!(
                "每一项写成“- 内容”，各项左对齐",
                "write each item as `- value`, all starting in the same column"
            ),
        ),
        E::UnexpectedEof | E::UnexpectedEofBlockMapping | E::UnexpectedEofBlockSequence => (
            text!("文件在这里突然结束，可能不完整", "the file ends abruptly and may be incomplete"),
            text!("检查文件是否保存或复制完整", "check that the whole file was saved or copied"),
        ),
        E::UnexpectedCharacter { character } => (
            text!("“{character}”不能放在开头", "a value cannot start with `{character}`"),
            text!("把整段文字放进引号", "put the whole text in quotes"),
        ),
        E::UnknownQuotedScalarEscape
        | E::InvalidQuotedScalarHexEscape
        | E::InvalidLowSurrogateHexEscape
        | E::InvalidUnicodeEscape => (
            text!("双引号里的“\\”有特别的意思", "a `\\` in double quotes has a meaning of its own"),
            text!(
                "把外面的双引号改成单引号，或删去“\\”",
                "use single quotes around the text, or delete the `\\`"
            ),
        ),
        E::CommentInterceptedScalar | E::CommentNotSeparated => (
            text!("“#”把一段文字切成了两段", "a `#` cuts a text in two"),
            text!(
                "“#”是文字就给整段文字加引号；是注释就移到别处",
                "put the text in quotes if the `#` belongs to it, or move the comment elsewhere"
            ),
        ),
        other => (
            Message {
                zh: "这里的写法读不懂".to_owned(), en: format!("this cannot be read ({other})")
            },
            text!(
                "检查这一行和上一行的冒号、引号、缩进",
                "check the colons, quotation marks and indentation of this line and the one above"
            ),
        ),
    }
}
