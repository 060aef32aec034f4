//! Whose words a page takes: the strings of the theme, said otherwise for the groups that a page is for, and the names of
//! tiers that a site has of its own.
//!
//! A page about one list speaks to the group of that list; a page about a place to the groups of all lists shown there; a
//! page about the whole site to those of all lists. Several groups have to say the same words for a string; where they do
//! not, or where a list is for no group, the theme's neutral ones stand. `vocabulary/groups.yaml` holds the words.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::borrowed;
use super::spoken::{Spoken, Voices};
use super::strings::{StringPhrase, Strings, Values};
use crate::Facts;
use crate::catalogue::{Catalogue, EditionRef, Group, Phrase, Site, Vocabulary};
use crate::diagnostic::{Finding, Findings, site_codes};
use crate::kind::Subject;
use crate::lang::{LangCode, Localized};
use crate::schema::nearest;
use crate::span::Spanned;
use crate::text;

/// Strings by name.
type Phrases = BTreeMap<String, StringPhrase>;

/// Every word of a site that is not its content's.
#[derive(Debug)]
pub(super) struct Words {
    /// The strings of the theme.
    by_language: BTreeMap<LangCode, Strings>,
    reference: LangCode,
    /// The languages of the site, in their order.
    languages: Vec<LangCode>,
    /// What the site calls its tiers.
    of_site: BTreeMap<LangCode, Phrases>,
    /// What each group says, with what it takes from others.
    of_groups: BTreeMap<String, BTreeMap<LangCode, Phrases>>,
    /// What the voices say that were asked for so far.
    spoken: Voices,
}

/// Whom words are for: a language, and groups by id, an empty one for a list that is for no group.
#[derive(Clone, Copy)]
pub(super) struct Voice<'v> {
    pub(super) lang: &'v str,
    pub(super) groups: &'v [String],
}

impl Words {
    /// Takes the strings of the theme, and what site and groups say otherwise; reports words for strings that there are not.
    pub(super) fn new(
        by_language: BTreeMap<LangCode, Strings>,
        site: &Site,
        words: &Vocabulary,
        findings: &mut Findings,
    ) -> Self {
        let reference = site.languages.reference().code.clone();
        let of_groups = words.groups.iter().map(|group| (group.id.value.clone(), said_by(words, group)));
        let languages = site.languages.iter().map(|language| language.code.clone()).collect();
        let of_groups = of_groups.collect();
        let spoken = Voices::default();
        let all = Self { of_site: tiers(site), of_groups, by_language, reference, languages, spoken };
        words.groups.iter().for_each(|group| all.report_strange(group, findings));
        all
    }

    /// Returns the string `key`, filled with `values`: in the language of the voice, or else the reference's, or any, marked as
    /// borrowed; of each as the groups say it, as the site does, as the theme does. `None` if there is none.
    pub(super) fn fill(&self, voice: Voice<'_>, key: &str, values: &Values<'_>) -> Option<String> {
        let (phrase, lang) = self.phrase(voice, key)?;
        Some(self.filled(phrase, lang, self.lender(voice, lang), values))
    }

    /// Returns the phrase that a voice has for the string `key`, and the language it is in.
    pub(super) fn phrase<'w>(&'w self, voice: Voice<'w>, key: &str) -> Option<(&'w StringPhrase, &'w str)> {
        let wanted = [voice.lang, self.reference.as_str()];
        let any = self.by_language.keys().map(LangCode::as_str);
        wanted.into_iter().chain(any).find_map(|lang| {
            let of_site = || self.of_site.get(lang)?.get(key);
            let own = self.of_all(voice.groups, lang, key).or_else(of_site);
            let phrase = own.or_else(|| self.by_language.get(lang)?.phrase(key))?;
            Some((phrase, lang))
        })
    }

    /// Returns the number of the language that a voice borrows from, if that is not its own.
    pub(super) fn lender(&self, voice: Voice<'_>, lang: &str) -> Option<usize> {
        let number = self.languages.iter().position(|known| known.as_str() == lang);
        number.filter(|_| lang != voice.lang && !voice.lang.is_empty())
    }

    /// Returns a phrase of a language, filled with `values`, marked if it is borrowed from there.
    pub(super) fn filled(
        &self,
        phrase: &StringPhrase,
        lang: &str,
        lender: Option<usize>,
        values: &Values<'_>,
    ) -> String {
        let text = Strings::filled(phrase, self.by_language.get(lang), values);
        lender.map_or_else(|| text.clone(), |number| borrowed::borrow(&text, number))
    }

    /// Returns what a voice says, ready to be looked up; by number, under which templates ask for it.
    pub(super) fn voice(&self, voice: Voice<'_>) -> usize {
        self.spoken.number(self, voice)
    }

    /// Returns what the voice of a number says.
    pub(super) fn spoken(&self, number: usize) -> Option<Arc<Spoken>> {
        self.spoken.get(number)
    }

    /// Returns the names of all strings that some voice may have, perhaps more than once.
    pub(super) fn all_keys(&self) -> impl Iterator<Item = &str> {
        let of_groups = self.of_groups.values().flat_map(BTreeMap::values);
        let own = of_groups.chain(self.of_site.values()).flat_map(BTreeMap::keys).map(String::as_str);
        own.chain(self.keys())
    }

    /// Returns what all of these groups say for a string, if they say the same.
    fn of_all(&self, groups: &[String], lang: &str, key: &str) -> Option<&StringPhrase> {
        let said = |group: &String| self.of_groups.get(group)?.get(lang)?.get(key);
        let first = said(groups.first()?)?;
        groups[1..].iter().all(|group| said(group) == Some(first)).then_some(first)
    }

    /// Reports the words of a group that stand for no string of the theme, or for more than it has to fill in.
    fn report_strange(&self, group: &Group, findings: &mut Findings) {
        for key in &group.word_keys {
            let holes = self.by_language.values().filter_map(|strings| strings.holes(&key.value));
            let known = holes.reduce(|mut all, more| {
                all.extend(more);
                all
            });
            let Some(known) = known else {
                findings.push(unknown_string(key, self.keys()));
                continue;
            };
            for phrase in group.words.get(&key.value).into_iter().flat_map(BTreeMap::values) {
                for (_, text) in &phrase.forms {
                    let own = StringPhrase::plain(&text.value).holes();
                    for hole in own.difference(&known) {
                        findings.push(unknown_hole(text, hole, &known));
                    }
                }
            }
        }
    }

    fn keys(&self) -> impl Iterator<Item = &str> {
        self.by_language.values().flat_map(Strings::keys)
    }
}

/// Returns what a group says, by language.
fn said_by(words: &Vocabulary, group: &Group) -> BTreeMap<LangCode, Phrases> {
    let mut said: BTreeMap<LangCode, Phrases> = BTreeMap::new();
    for (key, code, phrase) in words.words_of(group) {
        said.entry(LangCode::new(code)).or_default().insert(key.to_owned(), phrase_of(phrase));
    }
    said
}

fn phrase_of(phrase: &Phrase) -> StringPhrase {
    match phrase.forms.as_slice() {
        [("other", text)] => StringPhrase::plain(&text.value),
        forms => StringPhrase::by_number(forms.iter().map(|(name, text)| (*name, text.value.as_str()))),
    }
}

/// Returns what a site calls its tiers, as strings: `tier-county` for one, `tiers-county` for all.
fn tiers(site: &Site) -> BTreeMap<LangCode, Phrases> {
    let mut said: BTreeMap<LangCode, Phrases> = BTreeMap::new();
    let mut say = |key: String, name: &Localized| {
        for (code, text) in name.iter() {
            said.entry(code.clone()).or_default().insert(key.clone(), StringPhrase::plain(&text.value));
        }
    };
    for (tier, name) in &site.tiers {
        say(format!("tier-{}", tier.as_str()), &name.one);
        say(format!("tiers-{}", tier.as_str()), name.all.as_ref().unwrap_or(&name.one));
    }
    said
}

fn unknown_string<'k>(key: &Spanned<String>, known: impl Iterator<Item = &'k str>) -> Finding {
    let name = &key.value;
    let help = match nearest(name, known) {
        Some(near) => text!("是不是“{near}”？", "did you mean `{near}`?"),
        None => text!(
            "名称见主题的 strings/zh.yaml，例如 place-lead、check-go",
            "names stand in strings/en.yaml of the theme, such as place-lead, check-go"
        ),
    };
    let message = text!("主题里没有“{name}”这条文字", "the theme has no string `{name}`");
    Finding::new(&site_codes::UNKNOWN_STRING, key.span, message).help(help)
}

fn unknown_hole(text: &Spanned<String>, hole: &str, known: &BTreeSet<String>) -> Finding {
    let all: Vec<String> = known.iter().map(|name| format!("{{{name}}}")).collect();
    let help = match all.as_slice() {
        [] => {
            text!("这条文字里没有要填的，去掉花括号", "nothing is filled into this string; drop the braces")
        }
        _ => {
            let all = all.join(" ");
            text!("可以用：{all}", "it has: {all}")
        }
    };
    let message = text!("“{{{hole}}}”没有东西可填", "nothing is filled in for `{{{hole}}}`");
    Finding::new(&site_codes::UNKNOWN_PLACEHOLDER, text.span, message).help(help)
}

/// Returns the groups that a page about `subject` is for, each once; `everywhere` are those of the whole site.
pub(super) fn groups(facts: &Facts<'_>, subject: Subject<'_>, everywhere: &[String]) -> Vec<String> {
    let catalogue = facts.catalogue();
    match subject {
        Subject::Site => everywhere.to_vec(),
        Subject::Edition(shown) | Subject::Service(shown, _) => of_lists(catalogue, [shown]),
        Subject::Place(place, _) => match facts.searched(Some(place)) {
            Some(near) => of_lists(catalogue, facts.shown(near)),
            None => everywhere.to_vec(),
        },
    }
}

/// Returns the groups of all lists that a site shows; while it shows none, of all that there are.
pub(super) fn everywhere(facts: &Facts<'_>) -> Vec<String> {
    let shown = of_lists(facts.catalogue(), facts.lists());
    if shown.is_empty() { of_lists(facts.catalogue(), facts.catalogue().editions()) } else { shown }
}

fn of_lists<'l>(catalogue: &Catalogue, lists: impl IntoIterator<Item = EditionRef<'l>>) -> Vec<String> {
    let id = |shown| catalogue.group_of(shown).map(|group| group.id.value.clone()).unwrap_or_default();
    lists.into_iter().map(id).collect::<BTreeSet<String>>().into_iter().collect()
}
