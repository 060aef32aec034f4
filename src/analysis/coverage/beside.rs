//! What stands beside provisions, as offices write it: how to apply, and notes. Little of it is in official words, so that
//! next to the facts that are read of it (`taken_back.rs`) turns of phrase count: those that take something from
//! somebody, and those of an office that is open, asks for one of several papers, or spares families a way.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The turns of phrase, by section; each says in the file what it is for.
static WORDS: LazyLock<BTreeMap<&str, Vec<&str>>> = LazyLock::new(|| {
    let mut sections: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let lines = include_str!("beside.txt").lines().filter(|line| !line.starts_with('#'));
    for line in lines {
        let mut words = line.split_whitespace();
        if let Some(section) = words.next() {
            sections.entry(section).or_default().extend(words);
        }
    }
    sections
});

/// Returns the words of a section.
fn words(section: &str) -> &'static [&'static str] {
    WORDS.get(section).map_or(&[], Vec::as_slice)
}

/// Returns the words of a sentence that take something from somebody, if it has such words.
pub(super) fn taking(sentence: &str, is_paper: bool) -> Option<&str> {
    let sentence = sentence.trim_end_matches(['。', '.']);
    let any = sentence.split([',', '，', ':', '：', '-', '→']).find(|part| takes(part.trim()));
    any.or_else(|| (is_paper && is_scarce(sentence)).then_some(sentence)).map(str::trim)
}

fn has(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.contains(word))
}

fn takes(part: &str) -> bool {
    if has(part, words("lifted")) {
        return false;
    }
    let to_some = part.starts_with('限') && !part.starts_with("限时");
    let of_each =
        has(part, words("each")) && has(part, words("at-most")) && has(part, &["个", "名", "人", "份", "户"]);
    if to_some || has(part, words("only")) || has(part, words("ended")) || has(part, words("cut")) || of_each
    {
        return !is_open(part) || of_each;
    }
    let spared = |rest: &str| words("spared").iter().any(|spared| rest.starts_with(spared));
    let shuts = words("shut")
        .iter()
        .any(|word| part.match_indices(word).any(|(at, _)| !spared(&part[at + word.len()..])))
        || part.ends_with("没有") && !part.ends_with("有没有")
        || cannot(part);
    let asks = has(part, words("asked")) && has(part, words("hard"));
    !is_open(part) && (shuts || asks || has(part, words("hometown")) && !is_any(part))
}

/// Tells whether somebody cannot: 办不了, 轮不上, 登不进系统. 来不了的 are those for whom something is done.
fn cannot(part: &str) -> bool {
    let chars: Vec<char> = part.chars().collect();
    let is_so = |at: usize| {
        at > 0
            && chars[at] == '不'
            && chars.get(at + 1).is_some_and(|result| "了上成进着出起".contains(*result))
            && chars.get(at + 2) != Some(&'的')
            && !"用少免".contains(chars[at - 1])
    };
    (0..chars.len()).any(is_so)
}

/// Tells whether a paper is asked for that only some have, and no other will do.
fn is_scarce(sentence: &str) -> bool {
    has(sentence, words("scarce"))
        && !has(sentence, words("lifted"))
        && !(has(sentence, words("any")) && has(sentence, words("usual")))
}

/// Tells whether a part of a sentence says when an office is open or closed: 周末不办理.
pub(super) fn is_open(part: &str) -> bool {
    has(part, words("hours")) && !has(part, &["只在", "仅在"])
}

/// Tells whether one of several things will do, or none is needed: 居住证或者租房合同, 三选一.
pub(super) fn is_any(part: &str) -> bool {
    has(part, words("any"))
}

/// Tells whether a sentence spares families something: then nothing of it is asked for.
pub(super) fn spares(sentence: &str) -> bool {
    const KIND: &[&str] = &["请勿", "一次讲清", "一次告知", "一次性告知", "保密"];
    has(sentence, words("lifted")) || has(sentence, KIND)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_section_that_is_asked_for_has_words() {
        let asked =
            include_str!("beside.rs").split("words(\"").skip(1).filter_map(|rest| rest.split('"').next());
        let asked: Vec<&str> =
            asked.filter(|name| name.chars().all(|c| c.is_ascii_lowercase() || c == '-')).collect();
        assert!(asked.len() >= WORDS.len(), "{asked:?}");
        assert!(asked.iter().all(|name| !words(name).is_empty()), "{asked:?}");
    }

    #[test]
    fn what_takes_something_is_found_and_what_spares_is_not() {
        let taken = |text: &str| taking(text, false).map(str::to_owned);
        assert_eq!(taken("先打电话，额满为止").as_deref(), Some("额满为止"));
        assert_eq!(taken("工作日办理，周末不办理"), None);
        assert_eq!(taken("清单确定的服务不得随意取消、缩减"), None);
        assert_eq!(taken("不收任何费用"), None);
        assert_eq!(taking("房产证", true), Some("房产证"));
        assert_eq!(taking("房产证或者租房合同", true), None);
    }
}
