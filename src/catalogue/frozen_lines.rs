//! The lines of the file of an edition that may not change once it is frozen.

/// Returns the lines of an edition that are frozen, with their numbers from 1: all but those of its queries, which
/// go on after it was issued.
pub(super) fn frozen_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let begins = |line: &str| {
        let key = ["queries", "询问"].iter().find_map(|key| line.strip_prefix(key));
        key.is_some_and(|rest| rest.trim_start().starts_with([':', '：']))
    };
    let mut asked = false;
    text.lines().enumerate().filter_map(move |(at, line)| {
        asked = begins(line) || (asked && (line.is_empty() || line.starts_with([' ', '\t', '-'])));
        (!asked).then_some((at + 1, line))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(text: &str) -> Vec<&str> {
        frozen_lines(text).map(|(_, line)| line).collect()
    }

    #[test]
    fn queries_are_not_frozen() {
        let plain = "status: issued\n\n# 目录\nservices: []\n";
        for asked in ["queries:\n  - about: [a/b]\n    asked: 2025-01-01\n\n", "询问:\n- 条款: [a/b]\n"] {
            assert_eq!(kept(&plain.replace("# 目录", &format!("{asked}# 目录"))), kept(plain));
        }
        let text = "queries:\n  - about: []\nnote: 甲\n";
        assert_eq!(frozen_lines(text).collect::<Vec<_>>(), [(3, "note: 甲")]);
    }
}
