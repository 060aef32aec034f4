//! Joining the lines of one paragraph as a Chinese reader expects.
//!
//! YAML and Markdown turn a line end inside a paragraph into a space. Between Chinese characters, or
//! next to full-width punctuation, there must be none; between the words of Latin scripts and of Korean
//! there must be one.

/// Tells whether a character is as wide as a Han character: Han, kana, Hangul, full-width forms.
pub fn is_wide(c: char) -> bool {
    matches!(u32::from(c),
        0x1100..=0x115F | 0x2E80..=0x303E | 0x3041..=0x33FF | 0x3400..=0x4DBF | 0x4E00..=0x9FFF
        | 0xA000..=0xA4CF | 0xAC00..=0xD7A3 | 0xF900..=0xFAFF | 0xFE30..=0xFE4F | 0xFF00..=0xFF60
        | 0xFFE0..=0xFFE6 | 0x20000..=0x3FFFD)
}

/// Tells whether a character is punctuation that Chinese uses, also what other languages use too.
pub fn is_wide_punctuation(c: char) -> bool {
    is_full_width_punctuation(c) || is_shared_punctuation(c)
}

/// Tells whether a character is punctuation that always fills a square and needs no space beside it.
fn is_full_width_punctuation(c: char) -> bool {
    matches!(c,
        '\u{3000}'..='\u{303F}' | '\u{FE10}'..='\u{FE1F}' | '\u{FE30}'..='\u{FE4F}' | '\u{FF00}'..='\u{FF0F}'
        | '\u{FF1A}'..='\u{FF20}' | '\u{FF3B}'..='\u{FF40}' | '\u{FF5B}'..='\u{FF65}')
}

/// Tells whether a character is punctuation whose width depends on the language around it.
fn is_shared_punctuation(c: char) -> bool {
    matches!(c, '“' | '”' | '‘' | '’' | '…' | '—' | '·')
}

/// One end of a line: what stands at a line end, and what it belongs to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Edge {
    nearest: char,
    /// The first character that tells the language.
    telling: Option<char>,
}

impl Edge {
    /// Reads an edge from the line end inwards; nothing if there is no character.
    pub fn of(mut inwards: impl Iterator<Item = char>) -> Option<Self> {
        let nearest = inwards.next()?;
        let telling = std::iter::once(nearest).chain(inwards).find(|c| !is_shared_punctuation(*c));
        Some(Self { nearest, telling })
    }

    fn is_chinese(self) -> bool {
        let korean = |c: char| matches!(u32::from(c), 0x1100..=0x115F | 0xAC00..=0xD7A3);
        self.telling.is_some_and(|c| is_wide(c) && !korean(c))
    }
}

/// Tells whether the space between two joined lines must be dropped.
pub fn joins_tightly(before: Edge, after: Edge) -> bool {
    if is_full_width_punctuation(before.nearest) || is_full_width_punctuation(after.nearest) {
        return true;
    }
    match (is_shared_punctuation(before.nearest), is_shared_punctuation(after.nearest)) {
        (false, false) => before.is_chinese() && after.is_chinese(),
        (true, true) => before.is_chinese() || after.is_chinese(),
        (true, false) => after.is_chinese(),
        (false, true) => before.is_chinese(),
    }
}

/// Joins the lines of a plain or folded YAML text; a blank line becomes a line end.
pub fn fold_lines<'a>(lines: impl Iterator<Item = &'a str>) -> String {
    let mut folded = String::new();
    let mut blank = false;
    for line in lines.map(str::trim) {
        if line.is_empty() {
            blank = !folded.is_empty();
            continue;
        }
        match (Edge::of(folded.chars().rev()), Edge::of(line.chars())) {
            (Some(_), _) if blank => folded.push('\n'),
            (Some(before), Some(after)) if !joins_tightly(before, after) => folded.push(' '),
            _ => {}
        }
        folded.push_str(line);
        blank = false;
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::fold_lines;

    #[test]
    fn chinese_lines_join_without_a_space_and_latin_ones_with_one() {
        assert_eq!(fold_lines("提供服务、\n  基本医疗".lines()), "提供服务、基本医疗");
        assert_eq!(fold_lines("health\n care".lines()), "health care");
        assert_eq!(fold_lines("教\n育".lines()), "教育");
        assert_eq!(fold_lines("서비스\n목록".lines()), "서비스 목록");
        assert_eq!(fold_lines("一\n\n二".lines()), "一\n二");
    }

    #[test]
    fn quotation_marks_are_as_wide_as_the_language_beside_them() {
        assert_eq!(fold_lines("请看\n“清单”".lines()), "请看“清单”");
        assert_eq!(fold_lines("“跨省通办”\n“一网通办”".lines()), "“跨省通办”“一网通办”");
        assert_eq!(fold_lines("he said\n“yes”\n“no”".lines()), "he said “yes” “no”");
        assert_eq!(fold_lines("请用\nWeChat，\nQQ".lines()), "请用 WeChat，QQ");
    }
}
