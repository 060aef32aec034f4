//! The weighted inverted index, built with elasticlunr-rs, and what of a text it did not know yet.

use std::collections::{BTreeMap, BTreeSet};

use elasticlunr::inverted_index::InvertedIndex;
use elasticlunr::{IndexBuilder, Pipeline};

use super::tokens::{Run, is_between, is_gram, normal, runs, tokens};

/// How much a token counts by where it stands. `search.js` has the same figures.
pub(super) mod weight {
    /// In a title.
    pub(in crate::search) const TITLE: f64 = 6.0;
    /// In an everyday word for the service.
    pub(in crate::search) const KEYS: f64 = 5.0;
    /// In an everyday word that is longer than the token.
    pub(in crate::search) const PART: f64 = 3.0;
    /// In the name of its area.
    pub(in crate::search) const AREA: f64 = 1.5;
    /// Anywhere else.
    pub(in crate::search) const BODY: f64 = 1.0;
}

/// Our way of cutting text up, as elasticlunr-rs takes languages. The pipeline is empty: elasticlunr.js
/// refuses to load an index with steps it does not have.
struct Grams;

impl elasticlunr::Language for Grams {
    fn name(&self) -> String {
        "Grams".to_owned()
    }

    fn code(&self) -> String {
        "grams".to_owned()
    }

    fn tokenize(&self, text: &str) -> Vec<String> {
        tokens(text)
    }

    fn make_pipeline(&self) -> Pipeline {
        Pipeline { queue: Vec::new() }
    }
}

/// What the tokens of the items of one shard weigh.
pub(super) struct Weighed {
    /// Those of the item that is added to: words, and characters and pairs of them.
    words: BTreeMap<String, f64>,
    grams: BTreeMap<(char, Option<char>), f64>,
    /// The index of all, for whoever asks for it: what is shipped needs none.
    index: Option<InvertedIndex>,
    items: usize,
    /// Words that do not count in a question; they are not in the index either.
    ignored: BTreeSet<String>,
}

/// What joins words of an official text and is never asked for: there its pairs are not worth their space.
const PARTICLES: &[char] = &[
    '的', '在', '为', '和', '等', '或', '并', '对', '将', '按', '与', '及', '由', '向', '从', '其', '可',
    '以',
];

/// Returns the stretches of a text in [`normal`] form that are one run each, as they are written.
fn cut(normal: &str) -> impl Iterator<Item = String> {
    let mut stretches: Vec<String> = Vec::new();
    let mut last = None;
    for character in normal.chars() {
        let kind = (!is_between(character)).then(|| is_gram(character));
        match stretches.last_mut() {
            Some(open) if kind.is_some() && kind == last => open.push(character),
            _ if kind.is_some() => stretches.push(character.to_string()),
            _ => {}
        }
        last = kind;
    }
    stretches.into_iter()
}

impl Weighed {
    /// Returns an empty index for a site on which these words do not count.
    pub(super) fn new(ignored: &BTreeSet<String>) -> Self {
        let ignored = ignored.iter().flat_map(|word| runs(word)).filter_map(|run| match run {
            Run::Word(word) => Some(word),
            Run::Grams(_) => None,
        });
        Self {
            words: BTreeMap::new(),
            grams: BTreeMap::new(),
            index: None,
            items: 0,
            ignored: ignored.collect(),
        }
    }

    /// Keeps an index of all items, too.
    #[must_use]
    pub(super) fn indexed(self) -> Self {
        Self { index: Some(InvertedIndex::new()), ..self }
    }

    /// Begins the next item; what is added from now on is its.
    pub(super) fn next(&mut self) {
        self.items += 1;
        self.words.clear();
        self.grams.clear();
    }

    /// Adds a text that is shipped whole.
    pub(super) fn add(&mut self, text: &str, weight: f64) {
        for run in runs(&normal(text)) {
            self.raise_run(&run, weight);
        }
    }

    /// Adds phrases; returns them as they are shipped, each once and without words that do not count: whole ones,
    /// since a question may have one to the letter.
    pub(super) fn add_phrases<'t>(&mut self, phrases: impl Iterator<Item = &'t str>) -> String {
        let mut shipped: Vec<String> = Vec::new();
        for phrase in phrases {
            let counts =
                |word: &String| !matches!(&runs(word)[..], [Run::Word(word)] if self.ignored.contains(word));
            let words: Vec<String> = cut(&normal(phrase)).filter(counts).collect();
            let phrase = words.join(" ");
            let all = runs(&phrase);
            let weight = match &all[..] {
                [Run::Word(_)] => weight::KEYS,
                [Run::Grams(characters)] if characters.len() < 3 => weight::KEYS,
                _ => weight::PART,
            };
            for run in &all {
                self.raise_run(run, weight);
            }
            if !phrase.is_empty() && !shipped.contains(&phrase) {
                shipped.push(phrase);
            }
        }
        shipped.join(",")
    }

    /// Adds a text; returns the stretches of it that hold something new.
    pub(super) fn add_rest(&mut self, text: &str, weight: f64) -> Vec<String> {
        let mut rest = Vec::new();
        let normal = normal(text);
        for (run, written) in runs(&normal).into_iter().zip(cut(&normal)) {
            match run {
                Run::Word(word) => {
                    if self.raise_word(&word, weight) {
                        rest.push(written);
                    }
                }
                Run::Grams(characters) => {
                    for part in characters.split(|c| PARTICLES.contains(c)) {
                        rest.extend(self.new_stretches(part, weight));
                    }
                }
            }
        }
        rest
    }

    /// Returns the shortest stretches of a run that hold all its new characters and pairs.
    fn new_stretches(&mut self, characters: &[char], weight: f64) -> Vec<String> {
        let mut new = vec![false; characters.len()];
        let mut joined = vec![false; characters.len()];
        for at in 0..characters.len() {
            new[at] |= self.raise_gram((characters[at], None), weight);
            if at > 0 && self.raise_gram((characters[at - 1], Some(characters[at])), weight) {
                (new[at - 1], new[at], joined[at]) = (true, true, true);
            }
        }
        let mut stretches: Vec<String> = Vec::new();
        for at in (0..characters.len()).filter(|at| new[*at]) {
            match stretches.last_mut() {
                Some(last) if joined[at] => last.push(characters[at]),
                _ => stretches.push(characters[at].to_string()),
            }
        }
        stretches
    }

    /// Gives the tokens of a run, in the order of [`Run::tokens`], at least this weight.
    fn raise_run(&mut self, run: &Run, weight: f64) {
        match run {
            Run::Word(word) => {
                self.raise_word(word, weight);
            }
            Run::Grams(characters) => {
                for (at, first) in characters.iter().enumerate() {
                    self.raise_gram((*first, None), weight);
                    if let Some(second) = characters.get(at + 1) {
                        self.raise_gram((*first, Some(*second)), weight);
                    }
                }
            }
        }
    }

    /// Gives a word of the item at least this weight; tells whether it had less.
    fn raise_word(&mut self, word: &str, weight: f64) -> bool {
        if self.ignored.contains(word) {
            return false;
        }
        let is_new = match self.words.get_mut(word) {
            Some(known) if *known >= weight => false,
            Some(known) => {
                *known = weight;
                true
            }
            None => self.words.insert(word.to_owned(), weight).is_none(),
        };
        if is_new && let Some(index) = &mut self.index {
            index.add_token(&self.items.to_string(), word, weight);
        }
        is_new
    }

    /// Gives a character, or a pair, of the item at least this weight; tells whether it had less.
    fn raise_gram(&mut self, gram: (char, Option<char>), weight: f64) -> bool {
        let known = self.grams.entry(gram).or_insert(0.0);
        let is_new = *known < weight;
        if is_new {
            *known = weight;
            if let Some(index) = &mut self.index {
                let token: String = [gram.0].into_iter().chain(gram.1).collect();
                index.add_token(&self.items.to_string(), &token, weight);
            }
        }
        is_new
    }

    /// Returns the index as elasticlunr.js 0.9.5 loads it: one field, the weights in the place of frequencies.
    pub(super) fn to_json(&self) -> serde_json::Value {
        let mut frame = IndexBuilder::with_language(Box::new(Grams))
            .save_docs(false)
            .set_ref("id")
            .add_field("text")
            .build();
        for item in 1..=self.items {
            frame.add_doc(&item.to_string(), [""]);
        }
        let mut json = serde_json::to_value(&frame).expect("an index is plain data");
        json["index"]["text"] = serde_json::to_value(self.index.as_ref()).expect("an index is plain data");
        json
    }
}
