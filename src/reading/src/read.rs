//! From the tokens of a clause to its facts. One pass, each token looked at with a few of its neighbours.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::fact::{Ages, Fact, Measure, MeasureKind, What};
use crate::quantity::{Bound, Period, Quantity, Unit};
use crate::text::Text;
use crate::token::{Kind, Token, tokens};
use crate::wording::{Role, Wording};

/// A clause, read, with what stands around it: for whom it is, and on which condition.
#[derive(Clone, Debug)]
pub struct Reading {
    /// Its text.
    pub text: Text,
    /// What it says, in its order.
    pub facts: Vec<Fact>,
    pub(crate) tokens: Vec<Token>,
    /// Which tokens stand where something is lifted: 无需……
    pub(crate) lifted: Vec<bool>,
    /// The characters of each part that was read.
    parts: Vec<Range<usize>>,
    /// The parts as written, one after the other.
    original: String,
    /// Where each part starts in the original.
    starts: Vec<usize>,
    /// The groups of words it has, sorted.
    groups: Vec<u16>,
    /// The pairs of characters it has, sorted.
    pairs: Vec<(char, char)>,
}

impl Reading {
    /// Reads a clause.
    pub fn new(clause: &str, words: &Wording) -> Self {
        Self::of(&[clause], words)
    }

    /// Reads a clause of several parts, which do not run into each other.
    pub fn of(parts: &[&str], words: &Wording) -> Self {
        let mut original = String::new();
        let mut starts = Vec::new();
        for part in parts {
            starts.push(original.len());
            original.push_str(part);
            original.push('。');
        }
        let text = Text::new(&original);
        let parts =
            parts.iter().zip(&starts).map(|(part, start)| text.at(*start)..text.at(start + part.len()));
        let parts = parts.collect();
        let tokens = tokens(&text, words);
        let lifted = lifted(&tokens, &text);
        let mut reader = Reader { tokens: &tokens, lifted: &lifted, words, text: &text, facts: Vec::new() };
        reader.read();
        let mut facts = reader.facts;
        facts.sort_by_key(|fact| fact.range.start);
        let mut groups: Vec<u16> = tokens.iter().flat_map(Token::about).collect();
        // 不用交学杂费 is free.
        let spares = |sentence: &str| {
            ["不用", "无需", "无须", "不必", "不需要", "不需"].iter().any(|word| {
                let rest: Option<String> =
                    sentence.find(word).map(|at| sentence[at + word.len()..].chars().take(9).collect());
                rest.is_some_and(|rest| {
                    rest.starts_with(['交', '缴', '付', '花', '掏', '出'])
                        && (rest.contains('费') || rest.contains('钱'))
                })
            })
        };
        if text
            .chars()
            .split(|c| ENDS.contains(*c))
            .any(|sentence| spares(&sentence.iter().collect::<String>()))
        {
            groups.extend(words.group_of("免费"));
        }
        // 学杂费0元 is free.
        let is_nothing = |token: &Token| matches!(&token.kind, Kind::Number { low, high, unit: Unit::Money(_), .. } if *low == 0.0 && *high == 0.0);
        if tokens.iter().any(is_nothing) {
            groups.extend(words.group_of("免费"));
        }
        // 每次60元 is a subsidy.
        let is_amount =
            |fact: &Fact| matches!(&fact.what, What::Measure(measure) if measure.kind == MeasureKind::Amount);
        if facts.iter().any(is_amount) {
            groups.extend(words.group_of("资助"));
        }
        let sentences = text.chars().split(|c| ENDS.contains(*c));
        for sentence in sentences {
            groups.extend(words.together(&sentence.iter().collect::<String>()));
        }
        groups.sort_unstable();
        groups.dedup();
        let pairs = pairs(&text);
        Self { text, facts, tokens, lifted, parts, original, starts, groups, pairs }
    }

    /// Joins readings into one: the parts of the first, then those of the second, and so on.
    pub fn joined<'r>(readings: impl Iterator<Item = &'r Self>) -> Self {
        let mut joined = Self {
            text: Text::default(),
            facts: Vec::new(),
            tokens: Vec::new(),
            lifted: Vec::new(),
            parts: Vec::new(),
            original: String::new(),
            starts: Vec::new(),
            groups: Vec::new(),
            pairs: Vec::new(),
        };
        for reading in readings {
            let (chars, bytes) = (joined.text.len(), joined.original.len());
            let moved = |range: &Range<usize>| range.start + chars..range.end + chars;
            joined.facts.extend(
                reading.facts.iter().map(|fact| Fact { range: moved(&fact.range), what: fact.what.clone() }),
            );
            joined.tokens.extend(
                reading
                    .tokens
                    .iter()
                    .map(|token| Token { range: moved(&token.range), kind: token.kind.clone() }),
            );
            joined.lifted.extend(&reading.lifted);
            joined.parts.extend(reading.parts.iter().map(moved));
            joined.starts.extend(reading.starts.iter().map(|start| start + bytes));
            joined.original.push_str(&reading.original);
            joined.groups.extend(&reading.groups);
        }
        joined.text = Text::new(&joined.original);
        joined.groups.sort_unstable();
        joined.groups.dedup();
        joined.pairs = pairs(&joined.text);
        joined
    }

    /// Returns the characters of the part numbered `part`.
    pub fn part(&self, part: usize) -> Range<usize> {
        self.parts.get(part).cloned().unwrap_or(0..0)
    }

    /// Returns where a text stands in a part, whatever the width of its marks.
    pub fn find(&self, part: usize, text: &str) -> Option<Range<usize>> {
        let (part, wanted) = (self.part(part), Text::new(text));
        let here = &self.text.chars()[part.clone()];
        let at = here.windows(wanted.len().max(1)).position(|window| window == wanted.chars())?;
        Some(part.start + at..part.start + at + wanted.len())
    }

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
        let other = Self::new(text, words);
        let mut about = other.tokens.iter().filter(|token| {
            token.has(Role::Same) || token.has(Role::Promise) || (token.is_other() && token.range.len() > 1)
        });
        about.clone().next().is_some() && about.all(|token| crate::against::holds(self, &other, token))
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

    /// Returns how many characters the words have that another reading is about and that it has as well.
    pub fn shares(&self, other: &Self) -> usize {
        let about = other
            .tokens
            .iter()
            .filter(|token| token.has(Role::Same) || (token.is_other() && token.range.len() > 1));
        about.filter(|token| crate::against::holds(self, other, token)).map(|token| token.range.len()).sum()
    }

    /// Returns in which part characters stand, and at which of its bytes.
    pub fn place(&self, range: Range<usize>) -> (usize, Range<usize>) {
        let part = self.parts.iter().rposition(|part| part.start <= range.start).unwrap_or(0);
        let bytes = self.text.bytes(range, &self.original);
        let start = self.starts.get(part).copied().unwrap_or(0);
        (part, bytes.start.saturating_sub(start)..bytes.end.saturating_sub(start))
    }

    /// Returns the words of a stretch as written.
    pub fn words(&self, range: Range<usize>) -> String {
        self.original.get(self.text.bytes(range, &self.original)).unwrap_or("").to_owned()
    }

    /// Returns the words of a stretch with those around it, up to the next marks, if they are few.
    pub fn phrase(&self, range: Range<usize>) -> String {
        const MOST: usize = 26;
        let chars = self.text.chars();
        let is_end = |c: char| ENDS.contains(c) || "()、".contains(c);
        let start = chars[..range.start].iter().rposition(|c| is_end(*c)).map_or(0, |mark| mark + 1);
        let end =
            chars[range.end..].iter().position(|c| is_end(*c)).map_or(chars.len(), |mark| range.end + mark);
        if end - start <= MOST {
            return self.words(start..end);
        }
        self.words(range.start.saturating_sub(6).max(start)..(range.end + 8).min(end))
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

    /// Returns the quantities it states of one kind.
    pub fn measures(&self, kind: MeasureKind) -> impl Iterator<Item = (&Range<usize>, &Measure)> {
        self.facts.iter().filter_map(move |fact| match &fact.what {
            What::Measure(measure) if measure.kind == kind => Some((&fact.range, measure)),
            _ => None,
        })
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

    /// Returns the ages that stand in a part.
    pub fn ages(&self, part: usize) -> Vec<(Range<usize>, Ages)> {
        let part = self.part(part);
        let facts = self.facts.iter().filter(|fact| part.contains(&fact.range.start));
        facts
            .filter_map(|fact| match &fact.what {
                What::Age(ages) => Some((fact.range.clone(), *ages)),
                _ => None,
            })
            .collect()
    }

    /// Tells whether it has a word of this group.
    pub(crate) fn has_group(&self, group: u16) -> bool {
        self.groups.binary_search(&group).is_ok()
    }

    /// Returns how many of these characters stand here in stretches of two and more.
    pub(crate) fn covers(&self, wanted: &[char]) -> usize {
        let has = |pair: &[char]| self.pairs.binary_search(&(pair[0], pair[1])).is_ok();
        let mut covered = vec![false; wanted.len()];
        for (at, pair) in wanted.windows(2).enumerate() {
            if has(pair) {
                (covered[at], covered[at + 1]) = (true, true);
            }
        }
        covered.iter().filter(|known| **known).count()
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

fn pairs(text: &Text) -> Vec<(char, char)> {
    let mut pairs: Vec<(char, char)> = text.chars().windows(2).map(|pair| (pair[0], pair[1])).collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// Marks that end a part of a sentence.
const ENDS: &str = ",;.!?";

/// Returns the next token that has weight, on this side of the next mark.
fn next_heavy(tokens: &[Token], at: usize) -> Option<(usize, &Token)> {
    let rest = tokens.iter().enumerate().skip(at + 1);
    let mut rest = rest.take_while(|(_, token)| !token.is_mark(ENDS));
    rest.find(|(_, token)| !matches!(token.kind, Kind::Mark(_)) && !is_plain(token))
}

fn is_plain(token: &Token) -> bool {
    matches!(&token.kind, Kind::Word(senses) if senses.iter().all(|sense| sense.role == Role::Plain))
}

/// What can be lifted: a limit, a cost, a condition.
const LIFTABLE: [Role; 9] = [
    Role::Burden,
    Role::Cost,
    Role::Limit,
    Role::Condition,
    Role::Requirement,
    Role::Restriction,
    Role::Harmless,
    Role::Exception,
    Role::Cap,
];

pub(crate) fn is_liftable(token: &Token) -> bool {
    LIFTABLE.iter().any(|role| token.has(*role))
}

/// Returns which tokens are taken away by a word that lifts a limit, or stand in a comparison with others.
fn lifted(tokens: &[Token], text: &Text) -> Vec<bool> {
    let mut lifted = vec![false; tokens.len()];
    for at in 0..tokens.len() {
        if lifted[at] {
            continue;
        }
        if let Some(end) = equals(tokens, at, text) {
            lifted[at..=end].fill(true);
            continue;
        }
        if let Some(part) = borne(tokens, at, text) {
            lifted[part].fill(true);
            continue;
        }
        let token = &tokens[at];
        if denies_a_waiver(tokens, at, text) {
            continue;
        }
        // 没交押金的, 未办居住证的: who lacks something is not asked for it.
        if token.has(Role::Denying)
            && let Some(end) = lacks(tokens, at, text)
        {
            lifted[at..end].fill(true);
            continue;
        }
        // 不向家庭收钱, 不必先备案再垫付.
        if token.has(Role::Denying) && text.chars()[token.range.clone()].last() == Some(&'不') {
            let charge = (at + 1..tokens.len())
                .take(4)
                .take_while(|place| !tokens[*place].is_mark(ENDS))
                .find(|place| tokens[*place].has(Role::Cost));
            if let Some(place) = charge
                .filter(|_| tokens.get(at + 1).is_some_and(|next| text.chars()[next.range.start] == '向'))
            {
                lifted[at..=place].fill(true);
                continue;
            }
        }
        if is_liftable(token) && is_lifted_behind(tokens, at, text) {
            lifted[at] = true;
        } else if token.has(Role::Lifting) {
            let end = match is_complete(token, text) {
                true => at + 1,
                // 不得以……为由拒绝, 不因……而停发: it is about nothing else to its end.
                false if is_about_reasons(tokens, at, text) => part_end(tokens, at),
                false => lift(tokens, at, true),
            };
            // 不得随意取消、缩减.
            let end = forbids_to_end(tokens, at, text).map_or(end, |last| end.max(last + 1));
            lifted[at..end].fill(true);
        } else if let Some(end) = forbids_to_end(tokens, at, text) {
            lifted[at..=end].fill(true);
        } else if (token.has(Role::Denying) || token.has(Role::Ending))
            && next_heavy(tokens, at).is_some_and(|(place, next)| {
                let limit = is_liftable(next) && !next.has(Role::Same);
                // 取消户籍限制 lifts, 中止为资助对象提供…… ends.
                let ends_it =
                    token.has(Role::Ending) && next.has(Role::Condition) && !burden_follows(tokens, place);
                // 取消备案手续.
                let steps = token.has(Role::Ending)
                    && place == at + 1
                    && burden_follows(tokens, at)
                    && !next.has(Role::Same);
                limit && !ends_it || steps
            })
        {
            lifted[at..lift(tokens, at, false)].fill(true);
        }
    }
    lifted
}

/// Returns where those who lack something are described to their end: 没交押金的，……
fn lacks(tokens: &[Token], at: usize, text: &Text) -> Option<usize> {
    let word = |token: &Token| text.chars()[token.range.clone()].iter().collect::<String>();
    if !["未", "没", "没有", "无", "尚未", "还没", "未曾", "不具备", "未能"]
        .contains(&word(&tokens[at]).as_str())
    {
        return None;
    }
    let rest = tokens.iter().enumerate().skip(at + 1).take(8).take_while(|(_, token)| !token.is_mark(ENDS));
    let end = rest.filter(|(_, token)| word(token) == "的").map(|(place, _)| place).last()?;
    let closes = tokens.get(end + 1).is_none_or(|next| next.is_mark(",") || next.has(Role::Person));
    let takes = tokens[at + 1..end].iter().any(is_liftable);
    // 未交费的不予安排: what follows says that they get nothing.
    (closes && takes).then_some(end)
}

/// Returns where the part of a sentence ends that a token stands in.
fn part_end(tokens: &[Token], at: usize) -> usize {
    (at..tokens.len()).find(|at| tokens[*at].is_mark(ENDS)).unwrap_or(tokens.len())
}

/// Tells whether a lifting word takes away reasons: 不得以户籍为由拒收, not what families may not do: 不得以……为由申请.
fn is_about_reasons(tokens: &[Token], at: usize, text: &Text) -> bool {
    const REASONS: [&str; 11] = [
        "不得以",
        "不得因",
        "不因",
        "绝不因",
        "不会因",
        "不以",
        "不能因",
        "不能以",
        "严禁以",
        "禁止以",
        "不得借",
    ];
    let words = |tokens: &[Token]| -> String {
        tokens.iter().flat_map(|token| &text.chars()[token.range.clone()]).collect()
    };
    if !REASONS.contains(&words(&tokens[at..=at]).as_str()) {
        return false;
    }
    let rest = words(&tokens[at + 1..part_end(tokens, at)]);
    let after = rest.split("为由").nth(1).unwrap_or("");
    !["申请", "领取", "享受", "报名", "要求"].iter().any(|word| after.starts_with(word))
}

/// Returns where it ends that something must not end: 不得停办, 不得擅自缩减.
fn forbids_to_end(tokens: &[Token], at: usize, text: &Text) -> Option<usize> {
    let word: String = text.chars()[tokens[at].range.clone()].iter().collect();
    let forbids = ["不得", "严禁", "禁止", "不准", "不许", "不能", "不会", "不可"]
        .iter()
        .any(|lead| word.starts_with(lead));
    if !(tokens[at].has(Role::Denying) || tokens[at].has(Role::Lifting))
        || !(forbids || next_heavy(tokens, at).is_some_and(|(_, next)| next.has(Role::Ending)))
    {
        return None;
    }
    let is_of = |token: &Token| text.chars()[token.range.clone()] == ['的'];
    let rest = (at + 1..part_end(tokens, at)).take_while(|place| !is_of(&tokens[*place]));
    rest.filter(|place| tokens[*place].has(Role::Ending)).last()
}

/// Reads 不免除, 不予减免: what is denied is itself a lifting.
fn denies_a_waiver(tokens: &[Token], at: usize, text: &Text) -> bool {
    let next = tokens.get(at + 1).map(|next| text.chars()[next.range.clone()].iter().collect::<String>());
    let waives = next
        .is_some_and(|next| next.starts_with('免') || next.starts_with("减免") || next.starts_with("全免"));
    tokens[at].has(Role::Denying) && waives
}

/// Tells whether a lifting word names what it lifts: 免押金, 不设门槛. What follows it is another thing.
fn is_complete(token: &Token, text: &Text) -> bool {
    const NAMED: [&str; 26] = [
        "限制",
        "门槛",
        "押金",
        "证明",
        "条件",
        "户籍",
        "材料",
        "费用",
        "收费",
        "排队",
        "申请",
        "审批",
        "手续",
        "歧视",
        "名额",
        "次数",
        "年龄",
        "人数",
        "封顶",
        "居住证",
        "社保",
        "积分",
        "限额",
        "年限",
        "费",
        "即享",
    ];
    let word: String = text.chars()[token.range.clone()].iter().collect();
    token.range.len() >= 3 && NAMED.iter().any(|name| word.ends_with(name))
}

/// Tells whether a limit is lifted by what stands behind it: 户籍不限, 户口在哪里都一样.
fn is_lifted_behind(tokens: &[Token], at: usize, text: &Text) -> bool {
    const ALIKE: [&str; 8] = ["一样", "一个样", "同样", "均可", "都可以", "都行", "不限", "无关"];
    let rest: Vec<&Token> =
        tokens[at + 1..].iter().take_while(|token| !token.is_mark(ENDS)).take(6).collect();
    let Some(last) = rest.last() else { return false };
    let words: String = text.chars()[tokens[at].range.end..last.range.end].iter().collect();
    let lifts = rest.first().is_some_and(|next| next.has(Role::Lifting)) && rest.len() <= 2;
    lifts || ALIKE.iter().any(|word| words.ends_with(word))
}

/// Returns where what is lifted ends: with the burdens, and the words between them.
fn lift(tokens: &[Token], at: usize, strong: bool) -> usize {
    let passes = |token: &Token| {
        const PASSING: [Role; 9] = [
            Role::Plain,
            Role::Giving,
            Role::Person,
            Role::Open,
            Role::Pointing,
            Role::Describing,
            Role::Place,
            Role::Stage,
            Role::Reached,
        ];
        PASSING.iter().any(|role| token.has(*role))
            || matches!(token.kind, Kind::Number { .. } | Kind::Age { .. } | Kind::Every(..))
            || token.is_mark("、\"() ")
    };
    let mut end = at + 1;
    let mut place = at + 1;
    while let Some(token) = tokens.get(place).filter(|token| !token.is_mark(ENDS)) {
        let closes = token.has(Role::Denying) || token.has(Role::Restriction);
        if closes && place > at + 1 {
            break;
        }
        let is_place = strong && token.has(Role::Place);
        // Words in Latin letters have blanks between them.
        let between = tokens[at + 1..place].iter().filter(|token| !token.is_mark(" ")).count();
        if is_place
            || is_liftable(token)
                && (between <= 1 || !token.has(Role::Requirement) || burden_follows(tokens, place))
        {
            end = place + 1;
        } else if !(passes(token) || strong && burden_follows(tokens, place)) {
            break;
        }
        place += 1;
    }
    if strong { end.max(place.min(at + 2)) } else { end }
}

/// Tells whether what is lifted goes on: a burden stands among the next words.
fn burden_follows(tokens: &[Token], at: usize) -> bool {
    let next = tokens.iter().skip(at + 1).take_while(|token| !token.is_mark(ENDS)).take(4);
    let mut next = next.take_while(|token| !token.has(Role::Requirement));
    next.any(|token| token.has(Role::Burden))
}

/// Returns a part of a sentence that says that the public bears a cost: 自付部分由财政负担.
fn borne(tokens: &[Token], at: usize, text: &Text) -> Option<Range<usize>> {
    let starts = at == 0 || tokens[at - 1].is_mark(ENDS);
    if !starts {
        return None;
    }
    let end = (at..tokens.len()).find(|at| tokens[*at].is_mark(ENDS)).unwrap_or(tokens.len());
    let words: String =
        text.chars()[tokens[at].range.start..tokens.get(end.checked_sub(1)?)?.range.end].iter().collect();
    let payer = [
        "财政",
        "政府",
        "资金",
        "医疗救助",
        "基金",
        "慈善",
        "残联",
        "民政",
        "学校",
        "主办",
        "用人单位",
        "工会",
        "单位",
        "国家",
        "公家",
        "市里",
        "县里",
    ];
    let pays = [
        "承担", "负担", "支付", "解决", "报销", "买单", "补足", "补齐", "兜底", "出", "分担", "代缴", "贴息",
    ];
    let own = ["个人承担", "家庭承担", "家长承担", "个人负担", "家庭负担", "自理"];
    let by = words
        .find('由')
        .or_else(|| words.find("财政"))
        .or_else(|| words.find("国家"))
        .or_else(|| words.find("全额"))
        .or_else(|| words.find("全部"));
    let after = by.map(|by| &words[by..])?;
    let pays = pays.iter().any(|word| after.contains(word)) && payer.iter().any(|word| after.contains(word));
    (pays && !own.iter().any(|word| after.contains(word))).then_some(at..end)
}

/// Returns where a comparison with others ends: 与本地户籍儿童同样.
fn equals(tokens: &[Token], at: usize, text: &Text) -> Option<usize> {
    let word = |token: &Token| text.chars()[token.range.clone()].iter().collect::<String>();
    if !["与", "和", "同", "跟"].contains(&word(&tokens[at]).as_str()) {
        return None;
    }
    let rest = tokens.iter().enumerate().skip(at + 1).take(8).take_while(|(_, token)| !token.is_mark(ENDS));
    let mut seen = false;
    for (place, token) in rest {
        seen |= token.has(Role::Condition) || token.has(Role::Describing);
        let here = word(token);
        let equal = here.starts_with('同') && here.chars().count() > 1;
        let goes_on = tokens.get(place + 1).is_some_and(|next| next.is_mark("、"))
            && tokens.get(place + 2).is_some_and(|next| word(next).starts_with('同'));
        if goes_on {
            continue;
        }
        if seen
            && (equal
                || [
                    "同等",
                    "同样",
                    "一样",
                    "相同",
                    "一致",
                    "同步",
                    "平等",
                    "均等",
                    "同标准",
                    "同待遇",
                    "一个样",
                    "一个标准",
                    "同一标准",
                    "无差别",
                    "一视同仁",
                ]
                .contains(&here.as_str()))
        {
            return Some(place);
        }
    }
    None
}

struct Reader<'a> {
    tokens: &'a [Token],
    lifted: &'a [bool],
    words: &'a Wording,
    text: &'a Text,
    facts: Vec<Fact>,
}

/// Conditions whose words name many other things: they count where the sentence asks for them.
const SOFT: [&str; 20] = [
    "employment",
    "social-insurance",
    "income",
    "housing",
    "school-type",
    "origin",
    "points",
    "deadline",
    "referral",
    "certificate",
    "conduct",
    "enrolled",
    "grade",
    "marks",
    "health",
    "illness-kind",
    "on-a-list",
    "need",
    "first-time",
    "marriage",
];

/// Acts that nobody does to a family's good: forbidding them is a promise, but for these.
const FORBIDDEN_TO_FAMILIES: [&str; 9] =
    ["享受", "申请", "领取", "报名", "参加", "重复", "兼得", "叠加", "超过"];

/// What has been said of a number before it stands: 每人每月不低于.
#[derive(Clone, Default)]
struct Pending {
    every: Option<(f64, Period)>,
    each: Vec<String>,
    /// Where it begins, and whether a number has used it.
    start: Option<usize>,
    used: bool,
    /// Whether it was said in the part of the sentence before.
    is_before: bool,
}

impl Reader<'_> {
    fn read(&mut self) {
        let mut pending = Pending::default();
        for at in 0..self.tokens.len() {
            let token = &self.tokens[at];
            match &token.kind {
                Kind::Mark(mark) if ENDS.contains(*mark) => {
                    // 按月领取护理补贴，每人200元: how often is said before how much.
                    let waits =
                        *mark == ',' && pending.every.is_some() && !pending.used && !pending.is_before;
                    if waits && self.number_follows(at) {
                        pending.is_before = true;
                        continue;
                    }
                    self.unused(&pending);
                    if *mark == ',' && pending.used {
                        (pending.start, pending.is_before) = (None, true);
                    } else {
                        pending = Pending::default();
                    }
                }
                Kind::Every(count, period) => {
                    if pending.used || pending.every.is_some() {
                        if !pending.is_before {
                            self.unused(&pending);
                        }
                        pending = Pending::default();
                    }
                    pending.every = Some((*count, *period));
                    pending.start.get_or_insert(at);
                }
                Kind::Each(name) => {
                    if pending.used {
                        pending = Pending::default();
                    }
                    pending.each.extend((!name.is_empty()).then(|| name.clone()));
                    pending.start.get_or_insert(at);
                }
                Kind::Number { .. } => self.number(at, &mut pending),
                Kind::Age { from, to, is_range } => self.age(at, (*from, *to), *is_range),
                Kind::Date(_) => self.date(at),
                Kind::Items(items) => self.push(at..at + 1, What::Pointing(items.clone())),
                Kind::Word(_) => self.word(at),
                Kind::Bare(_) | Kind::Mark(_) | Kind::Unknown => {}
            }
        }
        self.unused(&pending);
        self.join_ages();
        self.months_of_a_year();
    }

    /// Reads 每月2000元，每年按10个月计发 as so much a year.
    fn months_of_a_year(&mut self) {
        let months = self.facts.iter().find_map(|fact| match &fact.what {
            What::Measure(Measure { kind: MeasureKind::Duration, quantity, .. }) => {
                let each_year = quantity.every == Some((1.0, Period::Months(12)))
                    && quantity.unit == Unit::Time(Period::Months(1));
                (each_year && quantity.low < 12.0).then(|| (quantity.low, fact.range.clone()))
            }
            _ => None,
        });
        let Some((months, range)) = months else { return };
        let mut used = false;
        for fact in &mut self.facts {
            if let What::Measure(Measure { kind: MeasureKind::Amount, quantity, .. }) = &mut fact.what
                && quantity.every == Some((1.0, Period::Months(1)))
            {
                (quantity.low, quantity.high) = (quantity.low * months, quantity.high * months);
                quantity.every = Some((1.0, Period::Months(12)));
                used = true;
            }
        }
        if used {
            self.facts.retain(|fact| fact.range != range);
        }
    }

    fn push(&mut self, tokens: Range<usize>, what: What) {
        let range = self.tokens[tokens.start].range.start..self.tokens[tokens.end - 1].range.end;
        self.facts.push(Fact { range, what });
    }

    /// Tells whether an amount stands in the next part of the sentence.
    fn number_follows(&self, mark: usize) -> bool {
        let rest = self.tokens.iter().skip(mark + 1).take_while(|token| !token.is_mark(ENDS));
        let mut rest = rest.take(10);
        rest.any(|token| matches!(&token.kind, Kind::Number { unit: Unit::Money(_), every: None, .. }))
    }

    /// Reads 每月走访: how often, where no number says how many times.
    fn unused(&mut self, pending: &Pending) {
        let (Some(start), Some(every), false) = (pending.start, pending.every, pending.used) else { return };
        let chars = &self.text.chars()[self.tokens[start].range.clone()];
        let after = self.text.chars().get(self.tokens[start].range.end);
        if after == Some(&'第') {
            return self.push(start..start + 1, What::Restricted);
        }
        if matches!(self.tokens.get(start + 1).map(|token| &token.kind), Some(Kind::Date(_)))
            || chars[0] == '全'
        {
            return;
        }
        let quantity = Quantity {
            low: 1.0,
            high: 1.0,
            unit: Unit::Times,
            every: Some(every),
            each: pending.each.clone(),
            bound: Bound::Floor,
        };
        let measure = Measure { kind: MeasureKind::Frequency, quantity, label: None, burdens: false };
        self.push(start..start + 1, What::Measure(measure));
    }

    fn word(&mut self, at: usize) {
        let token = &self.tokens[at];
        let name = |role| token.group(role).map(|group| self.words.group(group).to_owned());
        if self.lifted[at] {
            if token.has(Role::Lifting) || token.has(Role::Denying) || token.has(Role::Ending) {
                self.push(at..at + 1, What::Lifted);
            }
            return;
        }
        if token.has(Role::Denying) {
            return self.denial(at);
        }
        if token.has(Role::Exception) {
            return self.push(at..at + 1, What::Excepted);
        }
        if token.has(Role::Ending) || token.has(Role::Substitute) {
            // 压缩至10个工作日: the number says it.
            let shortens = self.tokens[at + 1..].iter().take(3).any(|next| {
                let is_time = matches!(&next.kind, Kind::Number { unit: Unit::Time(_), every: None, .. });
                is_time || matches!(&next.kind, Kind::Age { .. })
            });
            // 采取线上答疑等方式: one way of several.
            let part = self.part(at);
            let rest: String = (at..part.end).map(|place| self.word_at(place)).collect();
            let one_way = token.has(Role::Substitute)
                && ["等方式", "等形式", "等多种", "相结合"].iter().any(|word| rest.contains(word));
            if !shortens && !one_way {
                let what = if token.has(Role::Ending) { What::Ends } else { What::Substitute };
                self.push(at..at + 1, what);
            }
            return;
        }
        if token.has(Role::Later) {
            return self.push(at..at + 1, What::Later);
        }
        if let Some(name) = name(Role::Limit) {
            return self.push(at..at + 1, What::Limit(name));
        }
        if token.has(Role::Restriction) {
            return self.push(at..at + 1, What::Restricted);
        }
        if token.has(Role::Narrower) && !self.tokens.get(at + 1).is_some_and(|next| next.has(Role::Body)) {
            return self.push(at..at + 1, What::Narrower);
        }
        if token.has(Role::Cap) && !self.bounds_a_number(at) {
            return self.push(at..at + 1, What::Limit("quota".to_owned()));
        }
        if let Some(name) = name(Role::Cost) {
            if self.costs_nothing(at) || !self.is_a_charge(at) {
                return;
            }
            return self.push(at..at + 1, What::Cost(name, None));
        }
        if let Some(name) = name(Role::Place) {
            // 不得推回户籍地, 无须往返户籍地.
            let part = self.part(at);
            let spared = ["不得", "不必", "无须", "无需", "不用", "不需", "免于", "不再"];
            if (part.start..at).any(|place| spared.iter().any(|lead| self.word_at(place).starts_with(lead))) {
                return;
            }
            return self.push(at..at + 1, What::Place(name));
        }
        if let Some(name) = name(Role::Condition) {
            if SOFT.contains(&name.as_str()) && !self.is_asked_for(at) {
                return;
            }
            return self.push(at..at + 1, What::Condition(name, None));
        }
        if let Some(name) = name(Role::Degree) {
            if name == "assist" && !self.is_for_an_application(at) && !self.is_all_that_is_done(at) {
                return;
            }
            // 标准逐步提高 says that it becomes more.
            // 力争提高到1500元 promises nothing.
            let improves = next_heavy(self.tokens, at).is_some_and(|(_, next)| next.has(Role::Improving))
                && (name == "gradual"
                    || !self.tokens[at..self.part(at).end]
                        .iter()
                        .any(|token| matches!(token.kind, Kind::Number { .. })));
            if !(improves || name == "permit" && self.entitles(at)) {
                self.push(at..at + 1, What::Degree(name));
            }
            return;
        }
        if token.has(Role::Requirement) {
            // 如救助金、上门帮扶等 gives examples.
            let part = self.part(at);
            let examples = self.word_at(at) == "如"
                && self.tokens[at..part.end].iter().any(|token| token.is_mark("、") || token.has(Role::Open));
            // 需……的 describes those who need it; 帮助备齐材料 is done for them.
            let describes = self.word_at(at) == "需" && self.word_at(part.end - 1) == "的";
            let helped = (part.start..at).any(|place| {
                ["帮助", "协助", "代", "代为", "帮", "为其", "帮其", "帮忙"]
                    .contains(&self.word_at(place).as_str())
            });
            if examples || describes || helped {
                return;
            }
            return self.push(at..at + 1, What::Requirement);
        }
        if token.has(Role::Reference) {
            return self.push(at..at + 1, What::Reference);
        }
        let bounds = at > 0
            && matches!(self.tokens[at - 1].kind, Kind::Number { .. } | Kind::Age { .. } | Kind::Bare(_));
        if token.has(Role::Pointing) && !bounds {
            return self.push(at..at + 1, What::Pointing(Vec::new()));
        }
        if token.has(Role::Either) {
            return self.push(at..at + 1, What::Either);
        }
        if let Some(name) = name(Role::Usual) {
            let months: Vec<u32> = name.split('-').filter_map(|months| months.parse().ok()).collect();
            if let [from, to] = months[..] {
                self.push(at..at + 1, What::Usual(Ages { from: Some(from), to: Some(to), below: false }));
            }
        }
        if self.is_equipped(at) {
            return self.push(at..at + 1, What::Degree("where-conditions-allow".to_owned()));
        }
        if let Some(name) = self.criteria(at) {
            return self.push(at..at + 1, What::Condition(name.to_owned(), None));
        }
        if self.is_precondition(at) {
            return self.push(at..at + 1, What::Requirement);
        }
        // （含中等职业教育）names one more, not one of several.
        let more = at > 1
            && self.tokens[at - 2].is_mark("(")
            && ["含", "包括", "包含"].contains(&self.word_at(at - 1).as_str());
        if let Some(name) = name(Role::Stage).filter(|_| !more) {
            self.push(at..at + 1, What::Stage(name));
        }
        self.except_out(at);
    }

    /// Reads 设有中医馆的卫生院: only where there is something is it given.
    fn is_equipped(&self, at: usize) -> bool {
        if !["设有", "具备", "建有", "配有", "开设", "拥有", "有"].contains(&self.word_at(at).as_str())
        {
            return false;
        }
        let part = self.part(at);
        let of = (at + 1..part.end.min(at + 6)).find(|place| self.word_at(*place) == "的");
        of.and_then(|of| self.tokens.get(of + 1))
            .is_some_and(|next| next.has(Role::Body) && !next.has(Role::Person))
    }

    /// Reads 达到入园条件, 遇有临时救助情形: criteria that somebody has set.
    fn criteria(&self, at: usize) -> Option<&'static str> {
        let here = self.word_at(at);
        if !["条件", "情形", "标准", "要求", "资格"].contains(&here.as_str()) {
            return None;
        }
        let part = self.part(at);
        let before: String = self.text.chars()
            [self.tokens[part.start].range.start..self.tokens[at].range.start]
            .iter()
            .rev()
            .take(12)
            .collect();
        let before: String = before.chars().rev().collect();
        let met = ["符合", "达到", "满足", "具备", "合乎", "遇有", "属于", "达标"]
            .iter()
            .any(|word| before.contains(word));
        let local = ["当地", "本地", "本市", "我市", "本县", "属地", "居住地", "情形"]
            .iter()
            .any(|word| before.contains(word) || here.contains(word));
        met.then_some(if local { "local-criteria" } else { "unspecified-criteria" })
    }

    /// Reads 经费落实后，: what comes first has to have happened.
    fn is_precondition(&self, at: usize) -> bool {
        const HARMLESS: [&str; 24] = [
            "申请",
            "受理",
            "接到求",
            "收到求",
            "认定",
            "出生",
            "放学",
            "出院",
            "然",
            "此",
            "其",
            "今",
            "先",
            "前",
            "课",
            "报告",
            "接报",
            "登记",
            "发现",
            "入学",
            "救助",
            "享受",
            "获得",
            "签约",
        ];
        let here = self.word_at(at);
        if self.is_an_approval(at) {
            return true;
        }
        let ends = self.tokens.get(at + 1).is_some_and(|next| next.is_mark(","))
            || self.tokens.get(at + 1).is_some_and(|next| next.has(Role::Giving));
        if !(here == "后" || here == "以后" || here == "之后") || !ends {
            return false;
        }
        let before: String = self.text.chars()[..self.tokens[at].range.start].iter().rev().take(3).collect();
        let before: String = before.chars().rev().collect();
        let part = self.part(at);
        let in_part: String = self.text.chars()
            [self.tokens[part.start].range.start..self.tokens[at].range.start]
            .iter()
            .collect();
        !HARMLESS.iter().any(|word| before.ends_with(word) || in_part.contains(word))
    }

    /// Reads 经居委会审批，, 由用工单位作保的: somebody else has to agree first.
    fn is_an_approval(&self, at: usize) -> bool {
        const AGREES: [&str; 14] = [
            "审批", "审核", "批准", "同意", "认可", "评议", "推荐", "作保", "担保", "审定", "核准", "许可",
            "签字", "盖章",
        ];
        let part = self.part(at);
        let leads = ["经", "由", "须经", "需经", "经由"].contains(&self.word_at(part.start).as_str());
        let closes = at + 1 == part.end
            || (self.word_at(at + 1) == "的" && at + 2 == part.end)
            || self.word_at(at + 1) == "后";
        leads && closes && AGREES.iter().any(|word| self.word_at(at).ends_with(word))
    }

    /// Tells whether the sentence asks for a condition: 在本市就业的, 凭社保证明, 民办学校学生, not 解答就业、社保政策.
    fn is_asked_for(&self, at: usize) -> bool {
        let part = self.part(at);
        let has = |place: usize, role| self.tokens.get(place).is_some_and(|token| token.has(role));
        let here = self.word_at(at);
        if ["的", "者", "生", "户", "家庭", "对象", "人员", "儿童", "子女"]
            .iter()
            .any(|end| here.ends_with(end))
        {
            return true;
        }
        let before = (part.start..at).rev().take(4);
        let asks = before.into_iter().any(|place| {
            let word = self.word_at(place);
            has(place, Role::Requirement)
                || has(place, Role::Restriction)
                || has(place, Role::Reached)
                || ["有", "具有", "按", "凭", "持", "限", "须", "满", "以", "经", "需", "应"]
                    .contains(&word.as_str())
        });
        if asks {
            return true;
        }
        // 在本市稳定就业的，……: a clause that describes whom it is for.
        let mut rest = at + 1..part.end;
        rest.any(|place| {
            let describes = self.word_at(place) == "的";
            let next = place + 1;
            describes
                && (next >= part.end
                    || has(next, Role::Person)
                    || has(next, Role::Denying)
                    || has(next, Role::Giving))
        }) || has(at + 1, Role::Person)
            || has(at + 2, Role::Person)
    }

    /// Tells whether a word of one character is one of money: 收费 and 收取押金, not 先收后补.
    fn is_a_charge(&self, at: usize) -> bool {
        let range = &self.tokens[at].range;
        if range.len() > 1 {
            return true;
        }
        let part = self.part(at);
        let end = self.tokens[part.end - 1].range.end;
        let after: String = self.text.chars()[range.end..end].iter().take(8).collect();
        ["费", "元", "押", "款", "钱", "租", "半", "折"].iter().any(|word| after.contains(word))
    }

    /// Tells whether what costs something is said to be free, or to be nothing: 材料费全部免除, 自付0元.
    fn costs_nothing(&self, at: usize) -> bool {
        let part = self.part(at);
        let free = self.words.group_of("免费");
        // 不收押金: what is not taken stands behind, with nothing between.
        let before = at.checked_sub(1).map(|before| &self.tokens[before]);
        if free.is_some() && before.is_some_and(|before| before.group(Role::Same) == free) {
            return true;
        }
        // 参保、缴费等医疗保障工作 are steps.
        let is_step = ["缴费", "缴纳"].contains(&self.word_at(at).as_str())
            && [at.checked_sub(1), Some(at + 1)]
                .into_iter()
                .flatten()
                .any(|near| self.tokens.get(near).is_some_and(|near| near.is_mark("、")));
        if is_step {
            return true;
        }
        self.tokens[at + 1..part.end].iter().any(|token| {
            let nothing =
                matches!(&token.kind, Kind::Number { high, unit: Unit::Money(_), .. } if *high == 0.0);
            nothing || (free.is_some() && token.group(Role::Same) == free)
        })
    }

    /// Tells whether help is help with an application that somebody else decides.
    fn is_for_an_application(&self, at: usize) -> bool {
        let rest = self.tokens.iter().skip(at + 1).take_while(|token| !token.is_mark(ENDS));
        let rest: String = rest
            .take(14)
            .map(|token| self.text.chars()[token.range.clone()].iter().collect::<String>())
            .collect();
        ["申", "办", "领", "报", "认定", "登记", "向", "联系", "就诊", "就医"]
            .iter()
            .any(|word| rest.contains(word))
    }

    /// Tells whether helping is all that a part of a sentence promises: 协调就近入学, not 协助落实、提供…….
    fn is_all_that_is_done(&self, at: usize) -> bool {
        let part = self.part(at);
        let gives = |place: usize| {
            let helps = ["服务", "联系", "帮助", "对接"].contains(&self.word_at(place).as_str());
            place != at
                && self.tokens[place].has(Role::Giving)
                && self.tokens[place].range.len() > 1
                && !helps
        };
        !part.into_iter().any(gives)
    }

    /// Reads 除……外: it leaves out unless it goes on with 还 or 均.
    fn except_out(&mut self, at: usize) {
        let range = &self.tokens[at].range;
        let here: String = self.text.chars()[range.clone()].iter().collect();
        if !(here == "除" || here == "除了") {
            return;
        }
        let chars = self.text.chars();
        let rest: String = chars[range.end..].iter().take(60).collect();
        let Some(out) = rest.find('外') else { return };
        let after: String = rest[out + '外'.len_utf8()..].chars().take(5).collect();
        if !["还", "另", "也", "均", "都", "再", "同时", "增加"].iter().any(|word| after.contains(word))
        {
            self.push(at..at + 1, What::Excepted);
        }
    }

    fn denial(&mut self, at: usize) {
        match next_heavy(self.tokens, at) {
            // 不到3岁 and the like.
            Some((_, next)) if matches!(next.kind, Kind::Age { .. }) && self.tokens[at].range.len() == 1 => {}
            _ if self.describes(at) || self.forbids(at) || self.is_forbidden(at) => {}
            _ => {
                let strong = [
                    "不予",
                    "不再",
                    "不提供",
                    "不办理",
                    "不受理",
                    "不发放",
                    "不安排",
                    "不接收",
                    "不负责",
                    "不承担",
                    "不保证",
                    "不开展",
                    "不享受",
                    "不给",
                    "不免",
                    "拒绝",
                    "未列入",
                    "未纳入",
                    "不列入",
                    "不纳入",
                    "不支持",
                    "不设立",
                    "不实施",
                    "不执行",
                    "暂无",
                ];
                let here = self.word_at(at);
                let starts = at == 0 || self.tokens[at - 1].is_mark(ENDS);
                let sure = strong.iter().any(|word| here.starts_with(word))
                    || (starts && self.tokens.get(at + 1).is_some_and(|next| next.has(Role::Giving)));
                self.push(at..at + 1, What::Denied(sure));
            }
        }
    }

    /// Tells whether a denial forbids offices something: 不得推诿, 严禁截留.
    fn forbids(&self, at: usize) -> bool {
        let here = self.word_at(at);
        let after: String = self.text.chars()[self.tokens[at].range.end..].iter().take(7).collect();
        ["不得", "不准", "严禁", "禁止", "杜绝", "不许", "不让"].iter().any(|word| here.starts_with(word))
            && !FORBIDDEN_TO_FAMILIES.iter().any(|word| here.contains(word) || after.contains(word))
    }

    /// Tells whether refusing is what is forbidden: 不得以……为由拒绝.
    fn is_forbidden(&self, at: usize) -> bool {
        let start = self.part(at).start;
        ["拒绝", "拒不", "谢绝"].contains(&self.word_at(at).as_str())
            && (start..at).any(|place| {
                ["不得", "不准", "不许", "严禁", "禁止", "不能", "不会", "不可", "绝不"]
                    .iter()
                    .any(|word| self.word_at(place).starts_with(word))
            })
    }

    /// Tells whether a denial only describes somebody: 未能参加的，另外安排.
    fn describes(&self, at: usize) -> bool {
        let part = self.part(at);
        let mut rest = (at + 1..part.end).filter(|place| self.word_at(*place) == "的");
        rest.any(|place| {
            let next = self.tokens.get(place + 1);
            next.is_none_or(|next| {
                next.is_mark(",")
                    || next.has(Role::Denying)
                    || next.has(Role::Person)
                    || next.has(Role::Exception)
            })
        })
    }

    fn word_at(&self, at: usize) -> String {
        self.text.chars()[self.tokens[at].range.clone()].iter().collect()
    }

    /// Tells whether 可以 says what persons may ask for, not what an office may do: 流动儿童可以就近入园.
    fn entitles(&self, at: usize) -> bool {
        if self.tokens.get(at + 1).is_some()
            && ["为", "对", "给", "向", "将", "按", "依"].contains(&self.word_at(at + 1).as_str())
        {
            return false;
        }
        // Meals may be provided: whoever provides them decides.
        let after = &self.text.chars()[self.tokens[at].range.end..];
        if self.word_at(at).ends_with(" be") || after.starts_with(&[' ', 'b', 'e', ' ']) {
            return false;
        }
        let start = (0..at).rev().find(|place| self.tokens[*place].is_mark(";.")).map_or(0, |mark| mark + 1);
        for place in (start..at).rev() {
            let token = &self.tokens[place];
            if token.has(Role::Body) && !token.has(Role::Person) {
                return false;
            }
            if token.has(Role::Person) || token.has(Role::Describing) {
                let part = self.part(place);
                let given = (part.start..place)
                    .any(|before| ["对", "为", "给", "向", "将"].contains(&self.word_at(before).as_str()));
                return !given;
            }
        }
        // Without a subject it is the office's choice only where it is about giving: 可给予补助, not 步行可到.
        const GIVES: [&str; 16] = [
            "提供", "给予", "予以", "免除", "免收", "减免", "发放", "安排", "补助", "资助", "救助", "纳入",
            "组织", "开展", "配备", "免费",
        ];
        let next = next_heavy(self.tokens, at)
            .map(|(next, _)| next)
            .or((at + 1 < self.tokens.len()).then_some(at + 1));
        let words: String = self.text.chars()[self.tokens[at].range.start..].iter().take(8).collect();
        next.is_some() && !GIVES.iter().any(|word| words.contains(word))
    }

    /// Reads the year that something begins in, or ends with.
    fn date(&mut self, at: usize) {
        let chars = self.text.chars();
        let end = self.tokens[at].range.end;
        let after: String = chars[end..].iter().take(12).collect();
        let before: String = chars[..self.tokens[at].range.start].iter().rev().take(3).collect();
        let begins = after.starts_with('起')
            || after.starts_with("开始")
            || after.starts_with("后")
            || after.contains("起实")
            || after.contains("起执");
        let ends = after.starts_with('止')
            || after.starts_with("为止")
            || after.starts_with("底止")
            || before.starts_with('至')
            || before.starts_with('到')
            || before.starts_with("到至");
        if ends {
            self.push(at..at + 1, What::Ends);
        } else if begins {
            self.push(at..at + 1, What::Later);
        }
    }

    fn number(&mut self, at: usize, pending: &mut Pending) {
        let Kind::Number { low, high, unit, every, each } = &self.tokens[at].kind else { return };
        // 小学每生每年1000元，初中1250元: what was said before still holds, close to the mark.
        let holds = !pending.is_before
            || !pending.used
            || (at - self.part(at).start <= 2 && matches!(unit, Unit::Money(_)));
        let said = if holds { pending.clone() } else { Pending::default() };
        let mut quantity = Quantity {
            low: *low,
            high: *high,
            unit: unit.clone(),
            every: every.or(said.every),
            each: if each.is_empty() { said.each } else { each.clone() },
            bound: self.bound(at),
        };
        let mut end = at + 1;
        // 1500元每人每月.
        if every.is_none() && (pending.every.is_none() || pending.used) {
            while let Some(token) = self.tokens.get(end) {
                match &token.kind {
                    Kind::Every(count, period) => quantity.every = Some((*count, *period)),
                    Kind::Each(name) => quantity.each.extend((!name.is_empty()).then(|| name.clone())),
                    _ => break,
                }
                end += 1;
            }
        }
        // 一年两次, 一学年1500元: how long, and then how often or how much.
        if quantity.every.is_none()
            && !matches!(quantity.unit, Unit::Time(_))
            && let Some(place) = self.time_before(at)
            && let Kind::Number { low, high, unit: Unit::Time(period), .. } = &self.tokens[place].kind
            && low == high
            && (quantity.unit == Unit::Times || *low == 1.0)
        {
            quantity.every = Some((*low, *period));
            self.facts.retain(|fact| fact.range.end != self.tokens[place].range.end);
        }
        // 每15名儿童1名: a fifteenth for each.
        for each in &mut quantity.each {
            let digits = each.chars().take_while(char::is_ascii_digit).count();
            if let Ok(count) = each[..digits].parse::<f64>() {
                (quantity.low, quantity.high) = (quantity.low / count, quantity.high / count);
                each.drain(..digits);
            }
        }
        quantity.each.retain(|each| !each.is_empty());
        quantity.each.sort();
        quantity.each.dedup();
        let start = pending.start.filter(|_| !pending.used).unwrap_or(at);
        pending.used |= pending.every.is_some() || !pending.each.is_empty();
        let what = self.what_of(at, quantity);
        self.push(start..end, what);
    }

    /// Returns the number of a time that stands before a number, in the same part of the sentence.
    fn time_before(&self, at: usize) -> Option<usize> {
        let part = self.part(at);
        let passes = |token: &Token| {
            token.is_light() || token.has(Role::Floor) || token.has(Role::Same) || token.is_other()
        };
        let mut before = (part.start..at).rev().take(6);
        let found = before.find(|place| !passes(&self.tokens[*place]))?;
        let is_time = matches!(self.tokens[found].kind, Kind::Number { unit: Unit::Time(_), .. });
        let reached = found > 0 && self.tokens[found - 1].has(Role::Reached);
        (is_time && !reached).then_some(found)
    }

    /// Returns how the words around a number bound it.
    fn bound(&self, at: usize) -> Bound {
        let after = self.tokens.get(at + 1);
        let has = |token: Option<&Token>, role| token.is_some_and(|token| token.has(role));
        let opened = self.tokens.get(at + 1).filter(|token| token.is_mark("("));
        let after = if opened.is_some() { self.tokens.get(at + 2) } else { after };
        if has(after, Role::About) {
            return Bound::About;
        }
        if has(after, Role::Floor) {
            return Bound::Floor;
        }
        if has(after, Role::Cap) {
            return Bound::Cap;
        }
        for place in (0..at).rev().take(5) {
            let token = &self.tokens[place];
            if token.is_mark(ENDS) {
                break;
            }
            if token.has(Role::Floor) {
                return Bound::Floor;
            }
            if token.has(Role::Cap) || token.has(Role::Restriction) {
                return Bound::Cap;
            }
            if token.has(Role::About) {
                return Bound::About;
            }
            let passes = matches!(token.kind, Kind::Every(..) | Kind::Each(_))
                || token.is_light()
                || token.has(Role::Same);
            if !passes {
                break;
            }
        }
        Bound::Exact
    }

    /// Tells whether a number stands near a word that bounds one.
    fn bounds_a_number(&self, at: usize) -> bool {
        let is_number = |token: &Token| {
            matches!(
                token.kind,
                Kind::Number { .. } | Kind::Age { .. } | Kind::Bare(_) | Kind::Date(_) | Kind::Items(_)
            )
        };
        let part = self.part(at);
        let after = self.tokens[at + 1..part.end].iter().take(4).any(is_number);
        after || self.tokens[part.start..at].iter().rev().take(2).any(is_number)
    }

    /// Returns the tokens of the part of the sentence that `at` stands in.
    fn part(&self, at: usize) -> Range<usize> {
        let start = (0..at).rev().find(|place| self.tokens[*place].is_mark(ENDS)).map_or(0, |mark| mark + 1);
        let end = (at..self.tokens.len()).find(|place| self.tokens[*place].is_mark(ENDS));
        start..end.unwrap_or(self.tokens.len())
    }

    /// Returns what a number says: an amount, a fee, how long one has to have lived here.
    fn what_of(&mut self, at: usize, quantity: Quantity) -> What {
        let part = self.part(at);
        let before = &self.tokens[part.start..at];
        let near: Vec<&Token> = before.iter().rev().take(8).collect();
        let after: Vec<&Token> = self.tokens[at + 1..part.end].iter().take(6).collect();
        let chars = self.text.chars();
        let next: String = chars[self.tokens[at].range.end..].iter().take(3).collect();
        let condition = |token: &&Token| {
            let name = token.group(Role::Condition).map(|group| self.words.group(group))?;
            [
                "residence-time",
                "residence-permit",
                "social-insurance",
                "school-record",
                "points",
                "employment",
                "housing",
                "income",
                "local-hukou",
            ]
            .contains(&name)
            .then(|| name.to_owned())
        };
        let is_time = matches!(quantity.unit, Unit::Time(_));
        if is_time || matches!(quantity.unit, Unit::Money(_)) {
            let found = near.iter().find_map(condition);
            let reached =
                near.iter().take(2).any(|token| token.has(Role::Reached)) && quantity.each.is_empty();
            let named = match (&quantity.unit, found) {
                (Unit::Time(_), Some(name)) if name != "income" => Some(name),
                (Unit::Money(_), Some(name)) if name == "income" => Some(name),
                // 在本市满一年: whatever it is, it has to have lasted.
                (Unit::Time(_), None) if reached && quantity.every.is_none() => {
                    Some("residence-time".to_owned())
                }
                _ => None,
            };
            if let Some(name) = named.filter(|_| !self.lifted[at]) {
                return What::Condition(name, Some(quantity));
            }
        }
        if let Some(name) = self.threshold(at, &quantity) {
            return What::Condition(name.to_owned(), Some(quantity));
        }
        let label = self.label(at, &part);
        let said: String =
            chars[self.tokens[part.start].range.start..self.tokens[at].range.start].iter().collect();
        let whole: String =
            chars[self.tokens[part.start].range.start..self.tokens[part.end - 1].range.end].iter().collect();
        let burdens = ["租金", "自付", "自负", "收费", "负担", "缴费", "利率", "价格", "自理"]
            .iter()
            .any(|word| said.contains(word))
            && !["补", "救助", "报销", "减"].iter().any(|word| whole.contains(word));
        let measure = |kind, quantity| What::Measure(Measure { kind, quantity, label, burdens });
        match &quantity.unit {
            Unit::Money(_) => {
                let charged =
                    |token: &&Token| token.group(Role::Cost).map(|group| self.words.group(group).to_owned());
                let cost = before
                    .iter()
                    .rev()
                    .find_map(|token| charged(&token))
                    .or_else(|| after.iter().take(3).find_map(charged));
                match cost.filter(|_| !self.lifted[at] && !quantity.is_zero()) {
                    Some(name) => What::Cost(name, Some(quantity)),
                    None => measure(MeasureKind::Amount, quantity),
                }
            }
            Unit::Times => measure(MeasureKind::Frequency, quantity),
            Unit::Share => measure(MeasureKind::Share, quantity),
            Unit::Multiple => measure(MeasureKind::Multiple, quantity),
            Unit::Time(period) => {
                let within = next.starts_with('内')
                    || next.starts_with("之内")
                    || next.starts_with("以内")
                    || next.starts_with("个工")
                    || chars[..self.tokens[at].range.start].ends_with(&['w', 'i', 't', 'h', 'i', 'n', ' ']);
                let done = after.iter().any(|token| {
                    token.group(Role::Same).is_some_and(|group| self.words.group(group) == "办结")
                });
                let waits = near.iter().take(3).any(|token| {
                    let word: String = chars[token.range.clone()].iter().collect();
                    ["轮候", "等待", "等候", "排队", "候"].iter().any(|wait| word.contains(wait))
                });
                let limit =
                    quantity.every.is_none() && (waits || within || done || *period == Period::WorkingDay);
                measure(if limit { MeasureKind::TimeLimit } else { MeasureKind::Duration }, quantity)
            }
            Unit::People => {
                let bare = after.is_empty() && quantity.every.is_some() && quantity.bound != Bound::Floor;
                let taken: String = chars[..self.tokens[at].range.start].iter().rev().take(3).collect();
                let takes = ["收", "招", "接待", "服务", "开放", "安排"]
                    .iter()
                    .any(|word| taken.chars().rev().collect::<String>().contains(word))
                    && quantity.bound != Bound::Floor;
                let quota = takes
                    || near.iter().take(3).any(|token| {
                        token.has(Role::Restriction) || token.has(Role::Limit) || token.has(Role::Cap)
                    })
                    || after.first().is_some_and(|token| token.has(Role::Limit))
                    || bare
                    || next.starts_with("名额")
                    || next.starts_with("以内")
                    || next.starts_with("为限");
                if quota { What::Limit("quota".to_owned()) } else { measure(MeasureKind::Staff, quantity) }
            }
            Unit::Other(word) if word == "名额" || word == "学位" => What::Limit("quota".to_owned()),
            Unit::Other(word)
                if word == "户" && quantity.every.is_some() && quantity.bound != Bound::Floor =>
            {
                What::Limit("quota".to_owned())
            }
            Unit::Other(word) if word == "折" => What::Cost("reduced".to_owned(), Some(quantity)),
            Unit::Other(word) if word == "年级" => What::Condition("grade".to_owned(), None),
            Unit::Other(word)
                if ["例", "号", "份", "套", "件", "户", "单", "个名额"].contains(&word.as_str())
                    && self.is_a_stock(at, &quantity) =>
            {
                What::Limit("quota".to_owned())
            }
            Unit::Other(_) => measure(MeasureKind::Count, quantity),
        }
    }

    /// Reads 每年完成15例, 每校预备五十份: so many there are for all.
    fn is_a_stock(&self, at: usize, quantity: &Quantity) -> bool {
        if quantity.bound == Bound::Floor {
            return false;
        }
        let part = self.part(at);
        let before: String = self.text.chars()
            [self.tokens[part.start].range.start..self.tokens[at].range.start]
            .iter()
            .collect();
        let for_each = before.contains("每人")
            || before.contains("每名")
            || before.contains("每生")
            || before.contains("每位");
        let for_all = [
            "每校", "每班", "每村", "全市", "全县", "全区", "预备", "备有", "投放", "完成", "每年", "每月",
            "每日", "每天", "每周", "全年", "共",
        ]
        .iter()
        .any(|word| before.contains(word));
        for_all && !for_each
    }

    /// Reads 招收五名以上残疾学生的学校, 距学校三公里以上的: what has to be reached for a promise to hold.
    fn threshold(&self, at: usize, quantity: &Quantity) -> Option<&'static str> {
        let counts = matches!(quantity.unit, Unit::People | Unit::Other(_)) && quantity.every.is_none();
        let before = at.checked_sub(1).is_some_and(|before| self.tokens[before].has(Role::Reached));
        let name = match quantity.bound {
            Bound::Floor => "at-least",
            Bound::Cap => "at-most",
            _ if before => "at-least",
            _ => return None,
        };
        let part = self.part(at);
        let describes = (at + 1..part.end).any(|place| {
            let next = self.tokens.get(place + 1);
            self.word_at(place) == "的" && next.is_none_or(|next| next.is_mark(",") || !next.is_light())
        });
        // 配备不少于5名的教师 gives them.
        let gives = self.tokens[part.start..at]
            .iter()
            .any(|token| token.has(Role::Giving) && !token.has(Role::Plain));
        (counts && describes && (!gives || before)).then_some(name)
    }

    /// Returns the word that a number belongs to: the nearest with weight before it.
    fn label(&self, at: usize, part: &Range<usize>) -> Option<String> {
        let before = (part.start..at).rev().map(|place| &self.tokens[place]);
        let mut heavy = before.filter(|token| {
            !token.is_light()
                && !matches!(
                    token.kind,
                    Kind::Every(..) | Kind::Each(_) | Kind::Number { .. } | Kind::Bare(_)
                )
                && ![Role::Floor, Role::Cap, Role::About, Role::Body, Role::Describing]
                    .iter()
                    .any(|role| token.has(*role))
        });
        let token = heavy.next()?;
        Some(match &token.kind {
            Kind::Word(senses) => self.words.group(senses[0].group).to_owned(),
            _ => self.text.chars()[token.range.clone()].iter().collect(),
        })
    }

    fn age(&mut self, at: usize, (from, to): (u32, u32), is_range: bool) {
        let chars = self.text.chars();
        let range = &self.tokens[at].range;
        let near = self.tokens[..at].iter().rev().filter(|token| !token.is_mark(" "));
        let before: Vec<&Token> = near.take(2).collect();
        let has = |role| before.first().is_some_and(|token| token.has(role));
        let next: String = chars[range.end..].iter().filter(|c| !"()含龄".contains(**c)).take(5).collect();
        let next = next.trim_start_matches("生日");
        let marked = |marks: &str| before.first().is_some_and(|token| token.is_mark(marks));
        let (below, reached) =
            (has(Role::Below) || marked("<"), has(Role::Reached) || has(Role::Floor) || marked(">≥"));
        let up = ["以上", "及以", "起", "后"].iter().any(|word| next.starts_with(word))
            && !next.starts_with("及以下");
        let down = ["以下", "及以下", "以内", "之前", "以前", "前", "为止", "止"]
            .iter()
            .any(|word| next.starts_with(word))
            || has(Role::Cap)
            || marked("≤");
        let until = before.first().is_some_and(|token| {
            let word: String = chars[token.range.clone()].iter().collect();
            ["至", "到", "直至", "直到", "起到", "起至", "until", "till"].contains(&word.as_str())
        });
        let ages = if is_range {
            Ages { from: Some(from), to: Some(to), below }
        } else if below {
            Ages { from: None, to: Some(to), below: true }
        } else if down {
            Ages { from: None, to: Some(to), below: false }
        } else if reached || up {
            Ages { from: Some(from), to: None, below: false }
        } else if until {
            Ages { from: None, to: Some(to), below: false }
        } else {
            Ages { from: Some(from), to: Some(to), below: false }
        };
        self.push(at..at + 1, What::Age(ages));
    }

    /// Joins 满6周岁 and 不满16周岁 into one range.
    fn join_ages(&mut self) {
        let mut joined: Vec<Fact> = Vec::new();
        for fact in self.facts.drain(..) {
            if let (Some(Fact { range, what: What::Age(last) }), What::Age(ages)) =
                (joined.last_mut(), &fact.what)
                && fact.range.start - range.end <= 6
                && last.from.is_some() != last.to.is_some()
                && ages.from.is_some() != ages.to.is_some()
                && last.from.is_some() != ages.from.is_some()
            {
                *last = Ages {
                    from: last.from.or(ages.from),
                    to: last.to.or(ages.to),
                    below: last.below || ages.below,
                };
                range.end = fact.range.end;
                continue;
            }
            joined.push(fact);
        }
        self.facts = joined;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_are_read_in_every_writing() {
        let words = Wording::usual();
        let year = |years: f64| Some(if years >= 0.0 { (years * 12.0) as u32 } else { 0 });
        for (text, from, to, below) in [
            ("0-1.5岁", year(0.0), year(1.5), false),
            ("0-2岁半", year(0.0), year(2.5), false),
            ("6个月-3岁", Some(6), year(3.0), false),
            ("16岁以上", year(16.0), None, false),
            ("未满16周岁", None, year(16.0), true),
            ("0-16周岁", year(0.0), year(16.0), false),
            ("满6周岁", year(6.0), None, false),
            ("3～6周岁", year(3.0), year(6.0), false),
            ("0-25岁", year(0.0), year(25.0), false),
            ("18-60岁", year(18.0), year(60.0), false),
            ("80-120岁", year(80.0), year(120.0), false),
            ("满6周岁不满16周岁", year(6.0), year(16.0), true),
            ("3至6岁", year(3.0), year(6.0), false),
            ("3岁以下", None, year(3.0), false),
            ("16周岁（含）以下", None, year(16.0), false),
            ("0-36个月儿童", Some(0), Some(36), false),
            ("0-36月龄", Some(0), Some(36), false),
            ("六周岁以上", year(6.0), None, false),
            ("aged 3 to 6", year(3.0), year(6.0), false),
            ("至18周岁", None, year(18.0), false),
        ] {
            let reading = Reading::new(text, &words);
            let found: Vec<Ages> = reading.ages(0).into_iter().map(|(_, ages)| ages).collect();
            assert_eq!(found, [Ages { from, to, below }], "{text}");
        }
    }
}
