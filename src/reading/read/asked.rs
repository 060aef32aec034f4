//! What a reading is asked for.

use super::*;

impl Reading {
    /// Tells whether it has the words of a name, or words that mean the same.
    pub fn says(&self, name: &str, words: &Wording) -> bool {
        let name = Text::new(name);
        if name.len() > 1 && self.text.chars().windows(name.len()).any(|window| window == name.chars()) {
            return true;
        }
        let tokens = tokens(&name, words);
        let mut about =
            tokens.iter().filter(|token| !token.is_light() && !matches!(token.kind, Kind::Mark(_)));
        let known = |token: &Token| token.has(Role::Same) && token.about().any(|group| self.has_group(group));
        about.clone().next().is_some() && about.all(known)
    }

    /// Returns its tokens with what they are, for people who look for a fault.
    pub fn shown(&self, words: &Wording) -> String {
        let token = |(at, token): (usize, &Token)| {
            let text: String = self.text.chars()[token.range.clone()].iter().collect();
            let kind = match &token.kind {
                Kind::Word(senses) => {
                    let senses =
                        senses.iter().map(|sense| format!("{:?}:{}", sense.role, words.group(sense.group)));
                    senses.collect::<Vec<_>>().join("+")
                }
                other => format!("{other:?}"),
            };
            format!("{text}[{kind}{}]", if self.lifted[at] { " lifted" } else { "" })
        };
        self.tokens.iter().enumerate().map(token).collect::<Vec<_>>().join(" ")
    }

    /// Tells whether it has what a text is about: each of its words, or one that means the same, or most of its
    /// characters.
    pub fn holds_all(&self, text: &str, words: &Wording) -> bool {
        self.has_all_of(&Self::new(text, words))
    }

    /// The same of a text that was read already.
    pub fn has_all_of(&self, other: &Self) -> bool {
        let mut about = other.tokens.iter().filter(|token| {
            token.has(Role::Same) || token.has(Role::Promise) || (token.is_other() && token.range.len() > 1)
        });
        about.clone().next().is_some() && about.all(|token| crate::against::holds(self, other, token))
    }

    /// Tells whether it names those that a name means: every word of it that describes them.
    pub fn names(&self, name: &str, words: &Wording) -> bool {
        let name = Text::new(name);
        let tokens = tokens(&name, words);
        let mut describing = tokens.iter().filter(|token| {
            !matches!(token.kind, Kind::Mark(_))
                && (token.has(Role::Describing) || token.has(Role::Same) || token.is_other())
                && token.range.len() > 1
        });
        let has = |token: &Token| {
            let word = &name.chars()[token.range.clone()];
            self.text.chars().windows(word.len()).any(|window| window == word)
        };
        describing.clone().next().is_some() && describing.all(has)
    }

    /// Returns how many characters the words of a part have that say what is promised.
    pub fn weight(&self, part: usize) -> usize {
        let part = self.part(part);
        let about = self.tokens.iter().filter(|token| {
            part.contains(&token.range.start)
                && (token.has(Role::Same)
                    || token.has(Role::Promise)
                    || (token.is_other() && token.range.len() > 1))
        });
        about.map(|token| token.range.len()).sum()
    }

    /// Returns the stretches of a part that are no word it knows; with `common`, those as well that it knows no more of
    /// than that they are words.
    pub fn unknown(&self, part: usize, common: bool) -> BTreeSet<String> {
        let part = self.part(part);
        let is_unknown = |token: &&Token| {
            (token.kind == Kind::Unknown || common && token.is_other()) && part.contains(&token.range.start)
        };
        self.tokens.iter().filter(is_unknown).map(|token| self.words(token.range.clone())).collect()
    }

    /// Returns how many characters the words have that a text is about and that it has as well.
    pub fn shared_with(&self, text: &str, words: &Wording) -> usize {
        self.shares(&Self::new(text, words))
    }

    /// Returns the id of what a part gives, by its words; the first kind in the order of `order` that has a word here.
    pub fn kind<'w>(&self, part: usize, order: &[&str], words: &'w Wording) -> Option<&'w str> {
        let part = self.part(part);
        let here = self.tokens.iter().filter(|token| part.contains(&token.range.start));
        let kinds: Vec<&str> =
            here.filter_map(|token| token.group(Role::Kind)).map(|group| words.group(group)).collect();
        let first = order.iter().find(|kind| kinds.contains(kind))?;
        kinds.into_iter().find(|kind| kind == first)
    }

    /// Returns the ids of all that a part gives, by its words, in the order of their names.
    pub fn kinds<'w>(&self, part: usize, words: &'w Wording) -> Vec<&'w str> {
        let part = self.part(part);
        let here = self.tokens.iter().filter(|token| part.contains(&token.range.start));
        let mut kinds: Vec<&str> =
            here.filter_map(|token| token.group(Role::Kind)).map(|group| words.group(group)).collect();
        kinds.sort_unstable();
        kinds.dedup();
        kinds
    }

    /// Tells whether an enumeration is left open: 甲、乙等服务.
    pub fn is_open(&self) -> bool {
        let lists = self.tokens.iter().any(|token| token.is_mark("、"));
        lists && self.tokens.iter().any(|token| token.has(Role::Open))
    }

    /// Tells whether it states this quantity as one that the family has to bear.
    pub fn burdens(&self, quantity: &Quantity) -> bool {
        self.facts.iter().any(|fact| matches!(&fact.what, What::Measure(measure)
            if measure.burdens && measure.quantity.low == quantity.low && measure.quantity.unit == quantity.unit))
    }

    /// Tells whether it states this very quantity, whatever the bound.
    pub fn states(&self, quantity: &Quantity) -> bool {
        let same = |own: &Quantity| {
            own.low == quantity.low && own.high == quantity.high && own.unit == quantity.unit
        };
        self.facts.iter().any(|fact| match &fact.what {
            What::Measure(measure) => same(&measure.quantity),
            What::Condition(_, Some(own)) | What::Cost(_, Some(own)) => same(own),
            _ => false,
        })
    }

    /// Returns a part in a form that is the same for words that mean the same: synonyms, the width of marks, and
    /// which tier says “our” make no difference.
    pub fn canonical(&self, part: usize) -> String {
        let part = self.part(part);
        let mut canonical = String::new();
        let tokens =
            self.tokens.iter().filter(|token| part.start <= token.range.start && token.range.end <= part.end);
        for token in tokens {
            if let Some(group) = token.group(Role::Same) {
                // A private character for each group.
                canonical.extend(char::from_u32(0xF_0000 + u32::from(group)));
                continue;
            }
            let chars = &self.text.chars()[token.range.clone()];
            for (at, c) in chars.iter().enumerate() {
                let is_tier =
                    at > 0 && matches!(chars[at - 1], '我' | '本' | '全') && "省市州县区".contains(*c);
                canonical.push(match c {
                    _ if is_tier => '地',
                    '、' => ',',
                    c => *c,
                });
            }
        }
        canonical.truncate(canonical.trim_end_matches([',', ';', '.', ':']).len());
        canonical
    }
}
