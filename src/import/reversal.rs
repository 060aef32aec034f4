//! Words that turn a sentence round or take back what it gives. A likeness of all the other words says nothing then.

/// Words that deny, take money, or leave people out.
const WORDS: &[&str] = &[
    "不",
    "未",
    "无",
    "非",
    "停止",
    "停发",
    "停办",
    "取消",
    "终止",
    "暂停",
    "暂缓",
    "禁止",
    "拒绝",
    "有偿",
    "收取",
    "收费",
    "成本费",
    "押金",
    "自费",
    "自付",
    "自负",
    "自理",
    "自行承担",
    "减半",
    "半价",
    "部分",
    "仅",
    "只限",
    "只对",
    "限于",
    "除外",
    "排除",
    "最多",
    "至多",
    "民办",
    "户籍",
];

/// Words with one of these characters in them that turn nothing round.
const HARMLESS: &[&str] = &[
    "不低于",
    "不少于",
    "不断",
    "不收取",
    "不收",
    "不分",
    "不限",
    "不受",
    "不满",
    "不间断",
    "不能自理",
    "未成年",
    "无偿",
    "无障碍",
    "非物质",
    "不限户籍",
    "不受户籍限制",
];

/// A word that only one of two texts has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Reversal {
    /// The word.
    pub word: &'static str,
    /// Whether the first text has it.
    pub is_in_first: bool,
}

/// Returns a word that turns one of two texts round and does not stand in the other.
pub(super) fn between(first: &str, second: &str) -> Option<Reversal> {
    let (first, second) = (bare(first), bare(second));
    WORDS.iter().find_map(|word| {
        let (one, other) = (first.contains(word), second.contains(word));
        (one != other).then_some(Reversal { word, is_in_first: one })
    })
}

/// Returns a word in a text that leaves people out.
pub(super) fn within(text: &str) -> Option<&'static str> {
    between(text, "").map(|found| found.word)
}

/// Returns a text without white space and without harmless words, the longest first.
fn bare(text: &str) -> String {
    let mut bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let mut harmless = HARMLESS.to_vec();
    harmless.sort_by_key(|word| std::cmp::Reverse(word.len()));
    harmless.iter().for_each(|word| bare = bare.replace(word, "◌"));
    bare
}

#[cfg(test)]
mod tests {
    use super::{between, within};

    #[test]
    fn a_word_in_one_text_only_turns_it_round() {
        let official = "资助家庭经济困难的儿童接受普惠性学前教育";
        let word = |own: &str| between(own, official).map(|found| found.word);
        assert_eq!(word("不再资助家庭经济困难的儿童接受普惠性学前教育"), Some("不"));
        assert_eq!(word("有偿资助家庭经济困难的儿童"), Some("有偿"));
        assert_eq!(word("资助具有本市户籍的儿童"), Some("户籍"));
        assert_eq!(word("每年不低于500元，资助未成年人"), None);
        assert_eq!(between("对生活不能自理的儿童", "对儿童"), None);
        assert_eq!(within("户籍居民"), Some("户籍"));
    }
}
