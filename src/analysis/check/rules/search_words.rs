//! Words for the search: keywords of services, and synonyms.

use std::collections::BTreeMap;

use crate::analysis::Analysis;
use crate::catalogue::Words;
use crate::check::Check;
use crate::codes;
use crate::diagnostic::{Finding, Findings};
use crate::span::{Span, Spanned};
use crate::text;

codes! {
    /// Words under the code of a language the site does not have.
    IDLE_WORDS = "QD3045", "idle-words", Warning, adjustable, "0.1.0",
        "搜索用的词写在网站没有的语言下面", "Search words in a language the site does not have";
    /// A word that is there already.
    REPEATED_WORD = "QD3046", "repeated-word", Warning, adjustable, "0.1.0",
        "搜索用的词写了两遍", "A search word that is written twice";
}

/// What is checked, in this order.
pub const CHECKS: &[Check] = &[languages, repeated];

/// Returns each set of words that ought to hold a word once, by the language codes in it.
fn all<'a>(analysis: &Analysis<'a>) -> Vec<Vec<&'a Words>> {
    let words = &analysis.catalogue.vocabulary;
    let groups = words.synonyms.iter().chain(&words.spoken).chain([&words.ignored]);
    let groups = groups.chain(words.ages.iter().map(|band| &band.keywords));
    let groups = groups.map(|words| vec![words]);
    // An adoption adds to the words of the baseline; those of the baseline are looked at where they stand.
    let services = analysis.catalogue.editions().flat_map(|shown| &shown.edition.services);
    let own = services.filter(|service| !service.inherited).flat_map(|service| {
        let body = &service.body;
        let parts = body.provisions.iter().map(|provision| &provision.keywords);
        match service.adopted {
            None => {
                let parts = parts.map(|words| vec![&body.keywords, words]);
                std::iter::once(vec![&body.keywords]).chain(parts).collect()
            }
            Some(_) if service.keywords.is_empty() => Vec::new(),
            Some(_) => {
                vec![std::iter::once(&body.keywords).chain(parts).chain([&service.keywords]).collect()]
            }
        }
    });
    groups.chain(own).collect()
}

fn languages(analysis: &Analysis<'_>, findings: &mut Findings) {
    let site = &analysis.catalogue.site.languages;
    for words in all(analysis).into_iter().filter_map(|sets| sets.last().copied()) {
        for (code, words) in words.iter().filter(|(code, _)| site.get(code).is_none()) {
            let Some(first) = words.first() else { continue };
            let known = site.iter().map(|language| language.code.as_str()).collect::<Vec<_>>().join(", ");
            findings.push(
                Finding::new(
                    &IDLE_WORDS,
                    first.span,
                    text!(
                        "网站没有“{code}”这种语言，这些词不起作用",
                        "the site has no language `{code}`: these words do nothing"
                    ),
                )
                .help(text!("网站的语言有：{known}", "the languages of the site: {known}")),
            );
        }
    }
}

fn repeated(analysis: &Analysis<'_>, findings: &mut Findings) {
    for sets in all(analysis) {
        let mut known: BTreeMap<(&str, String), Span> = BTreeMap::new();
        let last = sets.len().saturating_sub(1);
        for (at, words) in sets.into_iter().enumerate() {
            for (code, word) in
                words.iter().flat_map(|(code, words)| words.iter().map(move |word| (code, word)))
            {
                let key = (code.as_str(), word.value.trim().to_lowercase());
                match known.get(&key) {
                    Some(first) if at == last => findings.push(twice(word, *first)),
                    Some(_) => {}
                    None => drop(known.insert(key, word.span)),
                }
            }
        }
    }
}

fn twice(word: &Spanned<String>, first: Span) -> Finding {
    let name = &word.value;
    Finding::new(&REPEATED_WORD, word.span, text!("“{name}”已经写过了", "`{name}` is there already"))
        .label(first, text!("第一次写在这里", "first written here"))
        .help(text!("删去一处", "delete one of them"))
}
