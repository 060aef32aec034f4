//! The word that was meant by one that is not known.

use unicode_normalization::UnicodeNormalization;

use super::Choice;

/// Returns the allowed value closest to `text`, in the language it is written in; nothing if two are as close.
pub(super) fn nearest_choice(text: &str, choices: &'static [Choice]) -> Option<&'static str> {
    let names = || choices.iter().flat_map(|choice| [choice.value, choice.zh]);
    let near = nearest(text, names())?;
    let others = names().filter(|name| *name != near);
    let as_near =
        |name: &&str| strsim::damerau_levenshtein(text, name) <= strsim::damerau_levenshtein(text, near);
    (!others.into_iter().any(|name| as_near(&name))).then_some(near)
}

/// Returns the known word closest to `word`, if one is close enough to be meant.
pub fn nearest<'w>(word: &str, known: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    let folded: String = word.nfkc().collect::<String>().to_lowercase().replace([' ', '-'], "_");
    let reach = (folded.chars().count() / 3).clamp(1, 3);
    known
        .into_iter()
        .filter(|candidate| !candidate.is_empty())
        .map(|candidate| (strsim::damerau_levenshtein(&folded, &candidate.replace('-', "_")), candidate))
        .filter(|(distance, candidate)| *distance <= reach && *distance < candidate.chars().count())
        .min()
        .map(|(_, candidate)| candidate)
}
