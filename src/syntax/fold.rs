//! Joining the lines of one paragraph as a Chinese reader expects.
//!
//! YAML and Markdown turn a line end inside a paragraph into a space. Between Chinese characters, or
//! next to full-width punctuation, there must be none.

/// Tells whether a character is as wide as a Han character: Han, kana, Hangul, full-width forms.
pub(crate) fn is_wide(c: char) -> bool {
    matches!(u32::from(c),
        0x1100..=0x115F | 0x2E80..=0x303E | 0x3041..=0x33FF | 0x3400..=0x4DBF | 0x4E00..=0x9FFF
        | 0xA000..=0xA4CF | 0xAC00..=0xD7A3 | 0xF900..=0xFAFF | 0xFE30..=0xFE4F | 0xFF00..=0xFF60
        | 0xFFE0..=0xFFE6 | 0x20000..=0x3FFFD)
}

/// Tells whether a character is Chinese punctuation that needs no space beside it.
pub(crate) fn is_wide_punctuation(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{303F}' | '\u{FF00}'..='\u{FF0F}' | '\u{FF1A}'..='\u{FF20}' | '“' | '”' | '‘' | '’' | '…' | '—')
}

/// Tells whether the space between two joined lines must be dropped.
pub(crate) fn joins_tightly(before: char, after: char) -> bool {
    let korean = |c: char| matches!(u32::from(c), 0x1100..=0x115F | 0xAC00..=0xD7A3);
    let wide = |c: char| is_wide(c) && !korean(c);
    (wide(before) && wide(after)) || is_wide_punctuation(before) || is_wide_punctuation(after)
}

/// Joins the lines of a plain or folded YAML text; a blank line becomes a line end.
pub(crate) fn fold_lines<'a>(lines: impl Iterator<Item = &'a str>) -> String {
    let mut folded = String::new();
    let mut blank = false;
    for line in lines.map(str::trim) {
        if line.is_empty() {
            blank = !folded.is_empty();
            continue;
        }
        match (folded.chars().next_back(), line.chars().next()) {
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
}
