//! Words of another script inside a text: a document number in Chinese characters in an English sentence.

use serde::Serialize;

/// A stretch of a text in one script.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct ScriptRun {
    /// The words.
    pub text: String,
    /// Whether they are in Chinese characters.
    pub han: bool,
}

/// Splits `text` where Chinese characters begin and end; their brackets and the figures between them belong
/// to them: `闽民童〔2025〕5号` is one run.
pub(super) fn runs(text: &str) -> Vec<ScriptRun> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(is_han) {
        let before = rest[..start].trim_end_matches(is_mark).len();
        let after = &rest[before..];
        let ends = after.find(|c| !is_han(c) && !is_mark(c) && !c.is_ascii_digit()).unwrap_or(after.len());
        let length = after[..ends].trim_end_matches(|c: char| c.is_ascii_digit()).len();
        push(&mut found, &rest[..before], false);
        push(&mut found, &after[..length], true);
        rest = &after[length..];
    }
    push(&mut found, rest, false);
    found
}

/// Tells whether there are Chinese characters in `text`.
pub(super) fn has_han(text: &str) -> bool {
    // All of them take three bytes or more, which begin with one of these.
    text.bytes().any(|byte| byte >= 0xE3) && text.contains(is_han)
}

fn push(runs: &mut Vec<ScriptRun>, text: &str, han: bool) {
    if !text.is_empty() {
        runs.push(ScriptRun { text: text.to_owned(), han });
    }
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}' | '〇')
}

/// Returns whether `c` is a full-width mark, as Chinese is written with.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{301f}' | '\u{ff01}'..='\u{ff60}')
}

#[cfg(test)]
mod tests {
    use super::runs;

    /// Returns the runs with brackets round those in Chinese characters.
    fn marked(text: &str) -> String {
        runs(text)
            .iter()
            .map(|run| if run.han { format!("[{}]", run.text) } else { run.text.clone() })
            .collect()
    }

    #[test]
    fn chinese_characters_are_a_run_with_their_marks_and_figures() {
        assert_eq!(marked("Not addressed in 闽民童〔2025〕5号."), "Not addressed in [闽民童〔2025〕5号].");
        assert_eq!(
            marked("prints “rehabilitation” (社会康复) here"),
            "prints “rehabilitation” ([社会康复]) here"
        );
        assert_eq!(marked("the plan 《方案》 of 2024年10 pages"), "the plan [《方案》] of 2024[年]10 pages");
        assert_eq!(marked("全文"), "[全文]");
    }

    #[test]
    fn a_text_of_one_script_is_one_run() {
        assert_eq!(marked("Care services: 20 of them (free)."), "Care services: 20 of them (free).");
        assert_eq!(marked(""), "");
    }
}
