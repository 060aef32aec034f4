//! What is said of a value that does not fit its shape: its code, what is wrong, what to do.

use std::collections::BTreeSet;

use crate::date::NotADate;
use crate::diagnostic::Message;
use crate::schema::{Choice, Shape, codes};
use crate::text;

pub(super) type Complaint = (&'static crate::diagnostic::Code, Message, Message);

pub(super) fn wrong(shape: &Shape) -> Complaint {
    let (message, help) = match shape {
        Shape::Integer => (
            text!("这里应当是数字", "a whole number is expected here"),
            text!("只写阿拉伯数字，例如 12", "write digits only, for example 12"),
        ),
        Shape::Truth => (
            text!("这里应当是 true 或 false", "`true` or `false` is expected here"),
            text!("写 true 或 false", "write `true` or `false`"),
        ),
        Shape::Localized => (
            text!("这里应当是文字", "text is expected here"),
            text!(
                "直接写文字，或分语言写成“zh: …”“en: …”",
                "write the text, or one line a language: `zh: …`, `en: …`"
            ),
        ),
        _ => (
            text!("这里应当是一段文字", "plain text is expected here"),
            text!(
                "在冒号后面直接写文字；文字里有冒号时加引号",
                "write the text after the colon, in quotes if it contains a colon itself"
            ),
        ),
    };
    (&codes::WRONG_TYPE, message, help)
}

/// Says that there is something else where fields belong.
pub(super) fn no_map() -> Complaint {
    (
        &codes::WRONG_TYPE,
        text!("这里应当是“字段: 内容”", "fields of the form `field: value` are expected here"),
        text!(
            "换行，缩进两个空格，再写“字段: 内容”",
            "start a new line, indent it by two spaces and write `field: value`"
        ),
    )
}

/// Says that nothing stands behind the dash of an item.
pub(super) fn empty_item() -> Complaint {
    (
        &codes::EMPTY_VALUE,
        text!("“-”后面是空的", "there is nothing behind this `-`"),
        text!("填上内容，或删去这个“-”", "fill it in, or delete the `-`"),
    )
}

pub(super) fn bad_id(text: &str) -> Complaint {
    (
        &codes::INVALID_ID,
        text!("“{text}”不能作编号", "`{text}` cannot be an id"),
        text!(
            "只用小写英文字母、数字和单个连字符，以字母开头，例如 preschool-education（con、nul 等 Windows 保留名除外）",
            "use small letters, digits and single hyphens, a letter first, for example preschool-education (but not con, nul and other names Windows keeps)"
        ),
    )
}

pub(super) fn bad_language(text: &str) -> Complaint {
    (
        &codes::INVALID_ID,
        text!("“{text}”不能作语言代码", "`{text}` cannot be the code of a language"),
        text!("用两三个小写字母，例如 zh、en、ko", "use two or three small letters, such as zh, en, ko"),
    )
}

/// Says that a Chinese name of a map is none of the usual ones.
pub(super) fn bad_name(name: &str, usual: &[Choice]) -> Complaint {
    let zh = usual.iter().map(|usual| usual.zh).collect::<Vec<_>>().join("、");
    let en = usual.iter().map(|usual| usual.value).collect::<BTreeSet<_>>();
    let en = en.into_iter().collect::<Vec<_>>().join(", ");
    (
        &codes::UNKNOWN_KEY,
        text!("这里没有“{name}”这个名字", "`{name}` is not a name that is known here"),
        text!(
            "可以写：{zh}；别的名字用英文小写字母起",
            "write one of {en}, or a name of your own in small English letters"
        ),
    )
}

pub(super) fn bad_date(text: &str, why: NotADate) -> Complaint {
    let message = match why {
        NotADate::Form => text!("“{text}”不是日期", "`{text}` is not a date"),
        NotADate::NoSuchDay => text!("日历上没有 {text} 这一天", "there is no such day as {text}"),
    };
    (
        &codes::IMPOSSIBLE_DATE,
        message,
        text!("写成 年-月-日，例如 2025-01-09", "write year-month-day, for example 2025-01-09"),
    )
}

pub(super) fn bad_month_day(text: &str, why: NotADate) -> Complaint {
    let message = match why {
        NotADate::Form => text!("“{text}”不是每年的某一天", "`{text}` is not a day of every year"),
        NotADate::NoSuchDay => text!("哪一年都没有 {text} 这一天", "no year has a day {text}"),
    };
    (&codes::IMPOSSIBLE_DATE, message, text!("写成 月-日，例如 11-10", "write month-day, for example 11-10"))
}

pub(super) fn bad_age(text: &str) -> Complaint {
    (
        &codes::INVALID_AGE,
        text!("“{text}”不是年龄范围", "`{text}` is not an age range"),
        text!(
            "写成 3-6（岁）或 0-36 months（月），小的在前，不超过 18 岁",
            "write 3-6 (years) or 0-36 months, the smaller first, up to 18 years"
        ),
    )
}

/// Says that a text holds several words where one belongs.
pub(super) fn several(text: &str) -> Complaint {
    (
        &crate::syntax::codes::SEVERAL_IN_ONE,
        text!("“{text}”是几个，写在了一起", "`{text}` holds several"),
        text!(
            "分开写，一行一个，每行以“- ”开头",
            "write them separately, one a line, each line starting with `- `"
        ),
    )
}

/// Says that a word is not written as words are.
pub(super) fn bad_word(text: &str, meant: &str) -> Complaint {
    (
        &codes::INVALID_ID,
        text!(
            "“{text}”里有多余的空格、标点或引号，或者用了全角字母",
            "`{text}` has blanks, punctuation or quotation marks too many, or full-width letters"
        ),
        text!("改成“{meant}”", "write `{meant}`"),
    )
}
