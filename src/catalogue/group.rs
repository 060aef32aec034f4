//! The groups that lists are for: which list is for which, and the words pages say for each.

use std::collections::BTreeSet;

use super::vocabulary::{Group, Phrase, Question};
use super::{Catalogue, EditionRef, Place, Vocabulary};

impl Catalogue {
    /// Returns the group a list is for: the one it names, or else the one its folder is named after.
    pub fn group_of(&self, shown: EditionRef<'_>) -> Option<&Group> {
        self.vocabulary.group(shown.group())
    }

    /// Returns the questions that are asked in `place` for these lists, in their order: those of their groups, all of them
    /// if a list is for no group or for one that leaves them open; but none that the place leaves out.
    pub fn questions_for<'l>(
        &self,
        place: &Place,
        lists: impl Iterator<Item = EditionRef<'l>>,
    ) -> Vec<&Question> {
        let chosen: Option<BTreeSet<&str>> = lists
            .map(|shown| Some(&self.group_of(shown)?.questions).filter(|chosen| !chosen.is_empty()))
            .try_fold(BTreeSet::new(), |mut all, chosen| {
                all.extend(chosen?.iter().map(|id| id.value.as_str()));
                Some(all)
            });
        let is_asked = |question: &&Question| {
            chosen.as_ref().is_none_or(|chosen| chosen.contains(question.id.value.as_str()))
        };
        let asked = self.vocabulary.situations.iter().filter(is_asked);
        let mut asked: Vec<&Question> = asked.filter(|question| !self.is_left_out(place, question)).collect();
        loop {
            // What hangs on answers that nobody can give is not asked either, nor what hangs on those.
            let before = asked.len();
            let answers = asked.iter().flat_map(|question| &question.answers);
            let ids: BTreeSet<&str> = answers.map(|answer| answer.id.value.as_str()).collect();
            let is_open = |question: &&Question| {
                question.when.is_empty() || question.when.iter().any(|id| ids.contains(id.value.as_str()))
            };
            asked.retain(is_open);
            if asked.len() == before {
                return asked;
            }
        }
    }
}

impl Vocabulary {
    /// Returns the group with this id.
    pub fn group(&self, id: &str) -> Option<&Group> {
        self.groups.iter().find(|group| group.id.value == id)
    }

    /// Returns a group and those whose words it takes, the nearest first; each once, should they go round in a circle.
    pub fn likes<'a>(&'a self, group: &'a Group) -> Vec<&'a Group> {
        let mut all = vec![group];
        let mut seen = BTreeSet::from([group.id.value.as_str()]);
        while let Some(like) = all.last().and_then(|last| last.like.as_ref()) {
            match self.group(&like.value).filter(|next| seen.insert(next.id.value.as_str())) {
                Some(next) => all.push(next),
                None => break,
            }
        }
        all
    }

    /// Returns what a group says for a string of the theme, with the language it is in; the nearest words count.
    pub fn words_of<'a>(&'a self, group: &'a Group) -> Vec<(&'a str, &'a str, &'a Phrase)> {
        let mut said: Vec<(&str, &str, &Phrase)> = Vec::new();
        for group in self.likes(group) {
            for (key, texts) in &group.words {
                for (code, phrase) in texts {
                    if !said.iter().any(|(known, lang, _)| known == key && lang == code) {
                        said.push((key, code, phrase));
                    }
                }
            }
        }
        said
    }
}
