//! One kind of what the baseline promises, by a word that goes on before the baseline's own.

use super::replaced::{MOST, Texts, find, unclear};
use super::*;

/// 住院医疗费用 for 医疗费用: the same word with a kind before it, which the baseline names nowhere.
pub(super) fn one_kind_of_it(of: &Against<'_>, texts: &Texts) -> Option<Difference> {
    let (baseline, local) = (of.baseline.reading, of.local.reading);
    let wanted = |token: &&Token| token.has(Role::Same) && of.baseline.promises_at(token.range.start);
    let own = |token: &&Token| token.has(Role::Same) && of.local.promises_at(token.range.start);
    let all: Vec<&Token> = baseline.tokens.iter().filter(wanted).take(MOST).collect();
    local.tokens.iter().filter(own).take(MOST).find_map(|token| {
        let word = &local.text.chars()[token.range.clone()];
        let kept = |known: &&&Token| {
            let shorter = &baseline.text.chars()[known.range.clone()];
            word.len() >= shorter.len() + 2
                && word.ends_with(shorter)
                && !token.about().any(|group| known.about().any(|other| other == group))
                && find(&texts.above, &word[..word.len() - shorter.len()].iter().collect::<String>()).is_none()
                // What is said of all of it elsewhere stays said.
                && !local.tokens.iter().any(|other| {
                    other.range != token.range && other.about().any(|group| known.about().any(|own| own == group))
                })
        };
        let above = all.iter().find(kept)?;
        let narrower = unclear(Respect::Content, None, Some(token.range.clone()));
        Some(Difference { baseline: Some(above.range.clone()), ..narrower })
    })
}
