//! The words by which official texts are read: data, the usual ones built in.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::{Arc, OnceLock};

mod common;
mod file;

use common::{COMMON, common};
use file::Together;
pub use file::WordingFile;

use crate::text::fold;

/// The usual Chinese words, and those without weight.
const CHINESE: &str = include_str!("words/zh.yaml");
/// Chinese words without weight.
const PLAIN: &str = include_str!("words/zh-plain.yaml");
/// Chinese words that mean the same.
const SAME: &str = include_str!("words/zh-same.yaml");
/// Chinese words that make a promise smaller, and those that lift a limit.
const LIMITS: &str = include_str!("words/zh-limits.yaml");

/// Every built-in file of words.
const BUILT_IN: [&str; 5] = [CHINESE, PLAIN, SAME, LIMITS, ENGLISH];

/// The usual English words.
const ENGLISH: &str = include_str!("words/en.yaml");

/// What a word does in a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Says what a clause is about.
    Same,
    /// Promises something by itself.
    Promise,
    /// Gives or does, without content of its own.
    Giving,
    /// Has no weight.
    Plain,
    /// Says what is given: money, goods, a place.
    Kind,
    /// A person.
    Person,
    /// Some of these persons only.
    Narrower,
    /// Describes the same children.
    Describing,
    /// Somebody who acts.
    Body,
    /// Denies what follows.
    Denying,
    /// Ends or suspends.
    Ending,
    /// Begins later.
    Later,
    /// Makes less binding; the group says how.
    Degree,
    /// A quota, a budget, a queue; the group says which.
    Limit,
    /// Leaves somebody or something out.
    Exception,
    /// Gives to some only.
    Restriction,
    /// A condition; the group says which.
    Condition,
    /// Requires something.
    Requirement,
    /// A paper or step that keeps nobody out.
    Harmless,
    /// Lifts a limit.
    Lifting,
    /// What may be lifted.
    Burden,
    /// Costs something; the group says how.
    Cost,
    /// Where; the group says which.
    Place,
    /// Refers to another text.
    Reference,
    /// Points at other items.
    Pointing,
    /// A school stage; the group says which.
    Stage,
    /// Below the number that follows.
    Below,
    /// Having reached the number that follows.
    Reached,
    /// At least.
    Floor,
    /// At most.
    Cap,
    /// About.
    About,
    /// Says that it becomes more.
    Improving,
    /// One of several.
    Either,
    /// Speaks of children of an age; the group gives the months.
    Usual,
    /// Leaves an enumeration open.
    Open,
    /// Less, in place of what is promised.
    Substitute,
    /// A common word that does none of this.
    Common,
    /// A common verb or adverb that does none of this.
    CommonVerb,
}

/// What one word is: its role, and the group of words in that role that it belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sense {
    /// What it does.
    pub role: Role,
    /// Its group, an index into [`Wording::group`].
    pub group: u16,
}

/// Words ready to be found in texts.
#[derive(Clone, Debug)]
pub struct Wording {
    /// The words, in the order of their characters.
    words: Vec<Box<[char]>>,
    /// Which of them begin with two characters; those of one character have no second.
    beginning: HashMap<(char, char), Range<usize>>,
    /// The senses of the words, in their order, and behind them those of the lists of common words.
    senses: Vec<Arc<[Sense]>>,
    /// The name of each group: its id, or its first word.
    groups: Vec<String>,
    /// Groups that words of two cells say together.
    together: Vec<(u16, [Vec<String>; 2])>,
}

impl Wording {
    /// Returns the usual words; they are made once.
    ///
    /// # Panics
    /// Never: the built-in files are read by a test.
    pub fn usual() -> Arc<Self> {
        static USUAL: OnceLock<Arc<Wording>> = OnceLock::new();
        USUAL.get_or_init(|| Arc::new(Self::new([]))).clone()
    }

    /// Returns the usual words with those of other files put on top of them, in their order.
    ///
    /// # Panics
    /// Never: the built-in files are read by a test.
    pub fn new<'f>(more: impl IntoIterator<Item = &'f WordingFile>) -> Self {
        static BUILT_IN_WORDS: OnceLock<Gathered> = OnceLock::new();
        let built_in = BUILT_IN_WORDS.get_or_init(|| {
            let mut gathered = Gathered::default();
            for text in BUILT_IN {
                gathered.add(&serde_yaml::from_str(text).expect("the built-in words are read by a test"));
            }
            gathered
        });
        let mut gathered = built_in.clone();
        more.into_iter().for_each(|file| gathered.put_over(file));
        gathered.done()
    }

    /// Tells whether there is a kind of condition with this name.
    pub fn has_condition(&self, name: &str) -> bool {
        let group = self.group_named(name);
        group.is_some_and(|group| {
            self.senses
                .iter()
                .flat_map(|senses| senses.iter())
                .any(|sense| *sense == Sense { role: Role::Condition, group })
        })
    }

    /// Reads a file of words.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn file(text: &str) -> Result<WordingFile, serde_yaml::Error> {
        serde_yaml::from_str(text)
    }

    /// Returns the name of a group: its id, or its first word.
    pub fn group(&self, group: u16) -> &str {
        self.groups.get(usize::from(group)).map_or("", String::as_str)
    }

    /// Returns the group of a word that says what a clause is about.
    pub fn group_of(&self, word: &str) -> Option<u16> {
        let chars: Vec<char> = word.chars().collect();
        let (_, which) = self.longest(&chars, 0).filter(|(length, _)| *length == chars.len())?;
        self.senses[which].iter().find(|sense| sense.role == Role::Same).map(|sense| sense.group)
    }

    /// Returns the group of persons with this name.
    pub(crate) fn group_of_persons(&self, name: &str) -> Option<u16> {
        self.group_named(name)
    }

    /// Returns the group with this name.
    fn group_named(&self, name: &str) -> Option<u16> {
        let found = self.groups.iter().position(|known| known == name)?;
        u16::try_from(found).ok()
    }

    /// Returns the groups that the words of a stretch of text say together.
    pub(crate) fn together<'w>(&'w self, text: &'w str) -> impl Iterator<Item = u16> + 'w {
        let has = move |words: &Vec<String>| words.iter().any(|word| text.contains(word.as_str()));
        self.together.iter().filter(move |(_, cells)| cells.iter().all(has)).map(|(group, _)| *group)
    }

    /// Returns the longest word that starts at `at`: how long it is, and which.
    pub(crate) fn longest(&self, chars: &[char], at: usize) -> Option<(usize, usize)> {
        let first = chars[at];
        let of = |key: (char, char)| self.beginning.get(&key).cloned().unwrap_or_default();
        let longest = |key: (char, char)| {
            let fits = |which: &usize| {
                let word = &self.words[*which];
                chars[at..].starts_with(word) && stands_alone(chars, at, word.len())
            };
            let own = of(key).filter(fits).map(|which| (self.words[which].len(), which));
            let own = own.max_by_key(|(length, _)| *length);
            // A common word that is a word of the field as well is that one.
            let common =
                common(chars, at, key).filter(|(length, _)| own.is_none_or(|(own, _)| own < *length));
            common.map(|(length, list)| (length, self.words.len() + list)).or(own)
        };
        let second = chars.get(at + 1);
        second.and_then(|second| longest((first, *second))).or_else(|| longest((first, NONE)))
    }

    /// Returns the senses of the word numbered `which`.
    pub(crate) fn senses(&self, which: usize) -> &Arc<[Sense]> {
        &self.senses[which]
    }
}

/// Tells whether a word in Latin letters is one by itself, not a part of another.
fn stands_alone(chars: &[char], at: usize, length: usize) -> bool {
    let is_letter = |at: usize| chars.get(at).is_some_and(char::is_ascii_alphabetic);
    let (starts_inside, ends_inside) =
        (at > 0 && is_letter(at - 1), is_letter(at + length - 1) && is_letter(at + length));
    !(is_letter(at) && starts_inside || ends_inside)
}

/// The words of several files by their text.
#[derive(Clone, Default)]
struct Gathered {
    words: BTreeMap<String, Vec<Sense>>,
    groups: Vec<String>,
    known: BTreeMap<String, u16>,
    together: Vec<Together>,
}

impl Gathered {
    /// Adds a file to those that are built in: every word has all the senses that some file gives it.
    fn add(&mut self, file: &WordingFile) {
        for words in &file.same {
            self.group(Role::Same, words.first().map_or("", String::as_str), words);
        }
        self.add_sections(file);
    }

    /// Puts a file over those before it: words it drops are gone, words it says are plain lose every other sense, words
    /// it gives another sense are no longer plain, and what means the same as a known word is read like that one.
    fn put_over(&mut self, file: &WordingFile) {
        for word in file.without.iter().chain(&file.plain) {
            self.words.remove(&normal(word));
        }
        for word in file.weighing() {
            if let Some(senses) = self.words.get_mut(&normal(word)) {
                senses.retain(|sense| sense.role != Role::Plain);
            }
        }
        self.add_sections(file);
        file.same.iter().for_each(|words| self.mean_the_same(words));
    }

    /// Lets words mean the same: those that are new are read like the first that is known.
    fn mean_the_same(&mut self, words: &[String]) {
        let senses = words.iter().find_map(|word| self.words.get(&normal(word)).cloned());
        let Some(senses) = senses else {
            return self.group(Role::Same, words.first().map_or("", String::as_str), words);
        };
        for word in words {
            let own = self.words.entry(normal(word)).or_default();
            let is_new = own.is_empty();
            for sense in senses.iter().filter(|sense| is_new || sense.role == Role::Same) {
                if !own.contains(sense) {
                    own.push(*sense);
                }
            }
        }
    }

    fn add_sections(&mut self, file: &WordingFile) {
        self.together.extend(file.together.iter().cloned());
        for words in &file.promises {
            self.group(Role::Promise, words.first().map_or("", String::as_str), words);
        }
        let named = [
            (Role::Kind, &file.kinds),
            (Role::Person, &file.persons),
            (Role::Degree, &file.degrees),
            (Role::Limit, &file.limits),
            (Role::Condition, &file.conditions),
            (Role::Cost, &file.costs),
            (Role::Place, &file.places),
            (Role::Stage, &file.stages),
            (Role::Usual, &file.usual_ages),
        ];
        for (role, groups) in named {
            groups.iter().for_each(|(name, words)| self.group(role, name, words));
        }
        let each = [
            (Role::Giving, &file.giving),
            (Role::Plain, &file.plain),
            (Role::Narrower, &file.narrower),
            (Role::Describing, &file.describing),
            (Role::Body, &file.bodies),
            (Role::Denying, &file.denying),
            (Role::Ending, &file.ending),
            (Role::Later, &file.later),
            (Role::Exception, &file.exceptions),
            (Role::Restriction, &file.restrictions),
            (Role::Requirement, &file.requirements),
            (Role::Harmless, &file.harmless_papers),
            (Role::Lifting, &file.lifting),
            (Role::Burden, &file.burdens),
            (Role::Reference, &file.references),
            (Role::Pointing, &file.pointing),
            (Role::Below, &file.below),
            (Role::Reached, &file.reached),
            (Role::Floor, &file.floors),
            (Role::Cap, &file.caps),
            (Role::About, &file.about),
            (Role::Improving, &file.improving),
            (Role::Either, &file.either),
            (Role::Open, &file.open),
            (Role::Substitute, &file.substitutes),
        ];
        for (role, words) in each {
            words.iter().for_each(|word| self.group(role, word, std::slice::from_ref(word)));
        }
    }

    fn group(&mut self, role: Role, name: &str, words: &[String]) {
        let next = u16::try_from(self.groups.len()).unwrap_or(u16::MAX);
        let group = *self.known.entry(name.to_owned()).or_insert(next);
        if group == next {
            self.groups.push(name.to_owned());
        }
        for word in words {
            let senses = self.words.entry(normal(word)).or_default();
            if !senses.contains(&Sense { role, group }) {
                senses.push(Sense { role, group });
            }
        }
    }

    fn done(self) -> Wording {
        let mut words: Vec<Box<[char]>> = Vec::with_capacity(self.words.len());
        let mut beginning: HashMap<(char, char), Range<usize>> = HashMap::new();
        let mut senses: Vec<Arc<[Sense]>> = Vec::with_capacity(self.words.len());
        for (word, own) in self.words {
            let chars: Box<[char]> = word.chars().collect();
            let Some(first) = chars.first() else { continue };
            let key = (*first, chars.get(1).copied().unwrap_or(NONE));
            let which = words.len();
            beginning.entry(key).or_insert(which..which).end = which + 1;
            words.push(chars);
            senses.push(own.into());
        }
        senses.extend(COMMON.map(|(_, role)| Arc::from([Sense { role, group: u16::MAX }])));
        let known = |name: &String| self.known.get(name).copied();
        let together = self
            .together
            .iter()
            .filter_map(|Together(name, one, other)| Some((known(name)?, [one.clone(), other.clone()])));
        let together = together.collect();
        Wording { words, beginning, senses, groups: self.groups, together }
    }
}

/// Returns a word as texts are searched for it.
fn normal(word: &str) -> String {
    if word.is_ascii() {
        word.to_ascii_lowercase()
    } else {
        word.chars().filter(|c| !c.is_whitespace()).map(fold).collect()
    }
}

/// Stands for the second character of words that have only one.
const NONE: char = '\0';

#[cfg(test)]
mod tests {
    use super::{BUILT_IN, Role, Wording, WordingFile};

    #[test]
    fn the_built_in_words_are_read() {
        for text in BUILT_IN {
            let file: WordingFile = serde_yaml::from_str(text).expect("the file is one of words");
            assert!(!file.same.is_empty() || !file.plain.is_empty() || !file.denying.is_empty());
        }
        assert!(Wording::usual().senses.len() > 2000);
    }

    fn roles(words: &Wording, word: &str) -> Vec<Role> {
        let chars: Vec<char> = word.chars().collect();
        match words.longest(&chars, 0) {
            Some((length, which)) if length == chars.len() => {
                words.senses(which).iter().map(|sense| sense.role).collect()
            }
            _ => Vec::new(),
        }
    }

    #[test]
    fn a_file_puts_its_words_over_those_before_it() {
        let mut file = WordingFile::default();
        assert!(file.add("plain", ["原则上".to_owned()]));
        assert!(file.add("without", ["暂不".to_owned()]));
        assert!(file.add_to_group("degrees", "discretion", ["青禾".to_owned()]));
        assert!(file.add_to_group("conditions", "green-card", ["绿苗卡".to_owned()]));
        file.add_same(vec!["居住证".to_owned(), "安居卡".to_owned()]);
        file.add_same(vec!["新豁".to_owned(), "免收".to_owned()]);
        assert!(!file.add("colours", ["红".to_owned()]) && !file.add_to_group("colours", "a", []));
        let (usual, own) = (Wording::usual(), Wording::new([&file]));
        assert_eq!(roles(&usual, "原则上"), [Role::Degree]);
        assert_eq!(roles(&own, "原则上"), [Role::Plain]);
        assert!(
            !roles(&usual, "暂不").is_empty() && roles(&own, "暂不").iter().all(|role| *role == Role::Common)
        );
        assert_eq!(roles(&own, "青禾"), [Role::Degree]);
        assert_eq!(roles(&own, "安居卡"), roles(&usual, "居住证"));
        assert_eq!(own.group_of("新豁"), own.group_of("免费"));
        assert!(own.has_condition("green-card") && !usual.has_condition("green-card"));
        assert!(usual.has_condition("residence-permit") && !usual.has_condition("reduced"));
    }
}
