//! Turns levels and counts into words of the reader's language.
//!
//! Everything else a report says comes with the findings. To add a word, add a function here.

use crate::diagnostic::{Level, Message, UiLang};
use crate::text;

/// Returns the word for a level.
pub(super) fn level(level: Level, lang: UiLang) -> &'static str {
    match (level, lang) {
        (Level::Error, UiLang::Zh) => "错误",
        (Level::Error, UiLang::En) => "error",
        (Level::Warning, UiLang::Zh) => "警告",
        (Level::Warning, UiLang::En) => "warning",
        (Level::Off, UiLang::Zh) => "已关闭",
        (Level::Off, UiLang::En) => "off",
    }
}

/// Returns the word before what to do.
pub(super) fn help(lang: UiLang) -> &'static str {
    match lang {
        UiLang::Zh => "建议",
        UiLang::En => "help",
    }
}

/// Returns what to do, as it follows what is wrong in one line.
pub(super) fn to_do(said: &str, lang: UiLang) -> String {
    let help = help(lang);
    match lang {
        UiLang::Zh => format!("；{help}：{said}"),
        UiLang::En => format!("; {help}: {said}"),
    }
}

/// Returns the line that counts the edits of a repair that are not shown.
pub(super) fn more_edits(count: usize) -> Message {
    text!("另有 {count} 处这样改", "and {count} more like this")
}

/// Returns the word before the document that makes it a duty.
pub(super) fn source(lang: UiLang) -> &'static str {
    match lang {
        UiLang::Zh => "依据",
        UiLang::En => "source",
    }
}

/// Returns the title of a repair when the finding itself says nothing of what to do.
pub(super) fn repair() -> Message {
    text!("可以这样改", "it can be mended like this")
}

/// Returns the line that leads to the page about a code.
pub(super) fn explain(code: &str) -> Message {
    text!("详细说明：qingdan explain {code}", "more about this: qingdan explain {code}")
}

/// Returns the line that counts the findings a text report leaves out.
pub(super) fn left_out(counts: &str) -> Message {
    text!(
        "另有 {counts}没有显示；加上 --format short 可以看到全部",
        "{counts} not shown; --format short lists everything"
    )
}

/// Returns the line that counts the findings without an annotation on GitHub.
pub(super) fn not_annotated(counts: &str) -> Message {
    text!(
        "另有 {counts}没有在这里标出，见本步骤的摘要",
        "{counts} not annotated here; see the summary of this step"
    )
}

/// Returns the heading over the findings that have no annotation.
pub(super) fn others(counts: &str) -> Message {
    text!("清单：另有 {counts}", "qingdan: {counts} more")
}

/// Returns the line that counts the findings that even the summary of a step has no room for.
pub(super) fn no_room(count: usize) -> Message {
    text!("还有 {count} 个写不下，请运行 qingdan check", "no room for {count} more; run `qingdan check`")
}

/// Counts errors and warnings in words; a level that did not occur is not mentioned.
pub(super) fn counts(errors: usize, warnings: usize, lang: UiLang) -> String {
    let said: Vec<String> = [(errors, Level::Error), (warnings, Level::Warning)]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, of)| counted(count, level(of, lang), lang))
        .collect();
    match (said.is_empty(), lang) {
        (true, UiLang::Zh) => "没有发现问题".to_owned(),
        (true, UiLang::En) => "no problems found".to_owned(),
        (false, UiLang::Zh) => said.join("，"),
        (false, UiLang::En) => said.join(", "),
    }
}

fn counted(count: usize, word: &str, lang: UiLang) -> String {
    match lang {
        UiLang::Zh => format!("{count} 个{word}"),
        UiLang::En if count == 1 => format!("{count} {word}"),
        UiLang::En => format!("{count} {word}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_that_did_not_occur_is_not_mentioned() {
        assert_eq!(counts(0, 1, UiLang::En), "1 warning");
        assert_eq!(counts(1, 0, UiLang::Zh), "1 个错误");
        assert_eq!(counts(1, 2, UiLang::En), "1 error, 2 warnings");
    }
}
