//! Do the words of one clause promise as much as those of another? Where not, or where that cannot be told, and why.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::ops::Range;

use crate::align::{Alignment, align, has_weight};
use crate::fact::{Ages, Measure, MeasureKind, What};
use crate::quantity::{Bound, Quantity, Unit};
use crate::read::Reading;
use crate::token::{Kind, Token};
use crate::wording::{Role, Wording};

/// How the local words stand to those of the baseline in one respect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stand {
    /// They promise more.
    Higher,
    /// Whether they promise less cannot be told.
    Unclear,
    /// They promise less.
    Lower,
}

/// In which respect words differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Respect {
    /// What is denied.
    Negation,
    /// What ends, or begins later.
    Ending,
    /// How binding it is.
    Degree,
    /// Quotas, budgets, queues.
    Quota,
    /// Who or what is left out.
    Exception,
    /// What has to be fulfilled.
    Condition,
    /// For whom.
    Audience,
    /// At which age.
    Age,
    /// How much, how often, how soon.
    Measure,
    /// What it costs.
    Fee,
    /// Where.
    Place,
    /// What is promised at all.
    Content,
    /// Wording that cannot be read.
    Unread,
}

impl Respect {
    /// Tells whether words that differ in this respect may take back what is promised elsewhere.
    pub fn takes_back(self) -> bool {
        matches!(
            self,
            Self::Negation | Self::Ending | Self::Quota | Self::Exception | Self::Condition | Self::Fee
        )
    }
}

/// One difference, with the characters it rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// In which respect.
    pub respect: Respect,
    /// The part of it: a condition, a kind of measure.
    pub part: Option<String>,
    /// How the local words stand.
    pub stand: Stand,
    /// Characters of the baseline's clause.
    pub baseline: Option<Range<usize>>,
    /// Characters of the local clause.
    pub local: Option<Range<usize>>,
}

/// How far behind the part that promises the title of its service stands, where there is one.
const TITLE: usize = 2;

/// A clause to be compared.
#[derive(Clone, Copy, Debug)]
pub struct Clause<'a> {
    /// What was read.
    pub reading: &'a Reading,
    /// The parts that promise; the others say for whom and on which condition.
    pub parts: &'a [usize],
    /// Characters of them that other provisions are about.
    pub others: &'a [Range<usize>],
}

impl<'a> Clause<'a> {
    /// Tells whether a character stands in a title, which names a service and sets nothing.
    fn is_title(&self, at: usize) -> bool {
        self.parts.iter().any(|part| self.reading.part(part + TITLE).contains(&at))
    }

    /// Tells whether a character stands in a part that promises.
    fn promises_at(&self, at: usize) -> bool {
        self.parts.iter().any(|part| self.reading.part(*part).contains(&at))
    }

    /// Returns a clause that is all there is.
    pub fn whole(reading: &'a Reading) -> Self {
        Self { reading, parts: &[0], others: &[] }
    }
}

/// Returns where `local` differs from `baseline`, in the order of [`Respect`]; of ages see [`ages`].
pub fn differences(baseline: Clause<'_>, local: Clause<'_>, words: &Wording) -> Vec<Difference> {
    let mut against = Against { baseline, local, words, aligned: Alignment::default(), found: Vec::new() };
    against.align();
    against.facts();
    against.measures();
    against.stages();
    against.content();
    against.unlifted();
    against.places();
    against.fees();
    let mut found = against.found;
    found.sort_by_key(|difference| (difference.respect, std::cmp::Reverse(difference.stand)));
    found
}

/// Bodies of which there is one everywhere.
const GENERAL: [&str; 12] = [
    "医疗机构",
    "医疗卫生机构",
    "基层医疗卫生机构",
    "助产机构",
    "机构",
    "学校",
    "接种门诊",
    "预防接种门诊",
    "窗口",
    "社区",
    "接种单位",
    "医院",
];

/// Conditions that say which kind of persons, of whom several may be named.
const KINDS: [&str; 3] = ["disability-kind", "illness-kind", "relief-scheme"];

/// Returns the key under which facts of two clauses count as the same, the respect, and how a new one stands.
fn key(what: &What) -> Option<(Respect, &str, Stand)> {
    Some(match what {
        What::Denied(sure) => {
            (Respect::Negation, "denied", if *sure { Stand::Lower } else { Stand::Unclear })
        }
        What::Ends => (Respect::Ending, "ends", Stand::Unclear),
        What::Later => (Respect::Ending, "later", Stand::Unclear),
        What::Degree(name) => (Respect::Degree, name, Stand::Unclear),
        What::Limit(name) => {
            (Respect::Quota, name, if name == "first-come" { Stand::Lower } else { Stand::Unclear })
        }
        What::Excepted => (Respect::Exception, "excepted", Stand::Unclear),
        What::Restricted => (Respect::Exception, "restricted", Stand::Unclear),
        What::Condition(name, _) => (Respect::Condition, name, Stand::Unclear),
        What::Requirement => (Respect::Condition, "requirement", Stand::Unclear),
        What::Narrower => (Respect::Audience, "narrower", Stand::Unclear),
        What::Cost(name, _) => (Respect::Fee, name, Stand::Unclear),
        What::Place(name) => (Respect::Place, name, Stand::Unclear),
        What::Either => (Respect::Content, "either", Stand::Unclear),
        What::Substitute => (Respect::Content, "substitute", Stand::Unclear),
        What::Lifted
        | What::Reference
        | What::Pointing(_)
        | What::Stage(_)
        | What::Usual(_)
        | What::Age(_)
        | What::Measure(_) => return None,
    })
}

/// Returns the amount that a condition or a cost states.
fn amount(what: &What) -> Option<&Quantity> {
    match what {
        What::Condition(_, amount) | What::Cost(_, amount) => amount.as_ref(),
        _ => None,
    }
}

struct Against<'a> {
    baseline: Clause<'a>,
    local: Clause<'a>,
    words: &'a Wording,
    /// What was copied.
    aligned: Alignment,
    found: Vec<Difference>,
}

impl Against<'_> {
    fn push(
        &mut self,
        (respect, part): (Respect, Option<&str>),
        stand: Stand,
        baseline: Option<&Range<usize>>,
        local: Option<&Range<usize>>,
    ) {
        let part = part.map(str::to_owned);
        self.found.push(Difference {
            respect,
            part,
            stand,
            baseline: baseline.cloned(),
            local: local.cloned(),
        });
    }

    /// Compares what makes a promise smaller: whatever the local words have more of than the baseline's.
    fn facts(&mut self) {
        let (baseline, local) = (self.baseline.reading, self.local.reading);
        let (above, here) = (self.baseline, self.local);
        let elsewhere = self.of_others();
        let mut open: BTreeMap<(Respect, &str), Vec<Found<'_>>> = BTreeMap::new();
        for fact in baseline.facts.iter().filter(|fact| !above.is_title(fact.range.start)) {
            if let Some((respect, name, _)) = key(&fact.what) {
                open.entry((respect, name)).or_default().push((&fact.range, &fact.what));
            }
        }
        for fact in local.facts.iter().filter(|fact| !here.is_title(fact.range.start)) {
            let Some((respect, name, stand)) = key(&fact.what) else { continue };
            let known =
                open.get_mut(&(respect, name)).and_then(|known| self.same_of(known, name, &fact.range));
            if self.is_aside(&fact.range, &fact.what) || self.is_an_alternative(&fact.range, &fact.what) {
                continue;
            }
            let is_theirs = || elsewhere.iter().any(|other| other.contains(&fact.range.start));
            if known.is_none() && self.has_token(&fact.range) && matches!(fact.what, What::Condition(..)) {
                continue;
            }
            if known.is_none()
                && (self.is_of_other_people(&fact.range, &fact.what)
                    || self.says(&fact.range, name)
                    || is_theirs()
                    || self.repeats(&fact.what)
                    || self.is_for_more(&fact.range, &fact.what))
            {
                continue;
            }
            if fact.what == What::Either && known.is_none() && !self.is_choice_of_promises(&fact.range) {
                continue;
            }
            let waived = || name == "reduced" && baseline.says("免费", self.words);
            if fact.what == What::Narrower && known.is_none() && self.is_born(&fact.range) {
                continue;
            }
            let stand = match &known {
                None if waived() => Some(Stand::Lower),
                None => Some(stand),
                Some((_, what)) => match (amount(&fact.what), amount(what)) {
                    (Some(own), Some(other)) => match own
                        .compare_most(other)
                        .map(|order| if name == "at-most" { order.reverse() } else { order })
                    {
                        Some(Ordering::Greater) => Some(Stand::Lower),
                        Some(Ordering::Less) => Some(Stand::Higher),
                        Some(Ordering::Equal) => None,
                        None => Some(Stand::Unclear),
                    },
                    (None, None) => None,
                    (Some(_), None) | (None, Some(_)) => Some(Stand::Unclear),
                },
            };
            if let Some(stand) = stand {
                self.push((respect, Some(name)), stand, known.map(|(range, _)| range), Some(&fact.range));
            }
        }
        for ((respect, name), facts) in open {
            for (range, what) in facts {
                let stand = match respect {
                    // A denial that is lost may be anything; and so may an amount that one pays at most.
                    Respect::Negation | Respect::Ending => Stand::Unclear,
                    Respect::Condition | Respect::Fee if amount(what).is_some() => Stand::Unclear,
                    // 甲类、乙类残疾儿童: who is left out of an enumeration gets nothing.
                    Respect::Condition if KINDS.contains(&name) && self.is_listed(range) => Stand::Unclear,
                    Respect::Content => continue,
                    Respect::Degree if name == "assist" => continue,
                    _ => Stand::Higher,
                };
                self.push((respect, Some(name)), stand, Some(range), None);
            }
        }
    }

    /// Tells whether the baseline has the very word, though it asks for nothing there.
    fn has_token(&self, range: &Range<usize>) -> bool {
        let (baseline, local) = (self.baseline.reading, self.local.reading);
        let wanted = &local.text.chars()[range.clone()];
        baseline.tokens.iter().any(|token| baseline.text.chars()[token.range.clone()] == *wanted)
    }

    /// Tells whether babies are meant where the baseline speaks of birth.
    fn is_born(&self, range: &Range<usize>) -> bool {
        let word: String = self.local.reading.text.chars()[range.clone()].iter().collect();
        let baseline: String = self.baseline.reading.text.chars().iter().collect();
        ["婴儿", "新生婴儿", "母亲", "产妇"].contains(&word.as_str())
            && ["出生", "新生儿", "分娩"].iter().any(|birth| baseline.contains(birth))
    }

    /// Tells whether the baseline says the same once: said twice it is not more.
    fn repeats(&self, what: &What) -> bool {
        let known = |other: &What| self.baseline.reading.facts.iter().any(|fact| fact.what == *other);
        match what {
            What::Condition(name, None) => !KINDS.contains(&name.as_str()) && known(what),
            What::Place(_) | What::Degree(_) => known(what),
            _ => false,
        }
    }

    /// Tells whether a condition is one of what is given on top: 其中有高危因素的加做…….
    fn is_for_more(&self, range: &Range<usize>, what: &What) -> bool {
        let local = self.local.reading;
        let Some(at) = local.tokens.iter().position(|token| token.range.contains(&range.start)) else {
            return false;
        };
        let is_mark = |at: &usize| local.tokens[*at].is_mark(",;.");
        let end = (at..local.tokens.len()).find(is_mark).unwrap_or(local.tokens.len());
        let more = |token: &Token| {
            let word = word_of(local, token);
            [
                "加做", "加发", "增发", "另加", "再补", "再给", "另给", "另补", "续住", "续领", "增加",
                "叠加", "上浮",
            ]
            .contains(&word.as_str())
        };
        let is_new = |token: &Token| more(token) && !holds(self.baseline.reading, local, token);
        matches!(what, What::Condition(..) | What::Narrower) && local.tokens[at..end].iter().any(is_new)
    }

    /// Tells whether 或者 stands between two things that the baseline promises both.
    fn is_choice_of_promises(&self, range: &Range<usize>) -> bool {
        let (baseline, local) = (self.baseline.reading, self.local.reading);
        let Some(at) = local.tokens.iter().position(|token| token.range.contains(&range.start)) else {
            return true;
        };
        let is_end = |token: &&(usize, &Token)| !token.1.is_mark(",;.");
        let about = |token: &Token| {
            token.has(Role::Same)
                || token.has(Role::Kind)
                || token.has(Role::Promise)
                || (token.is_other() && token.range.len() > 1)
        };
        let tokens: Vec<(usize, &Token)> = local.tokens.iter().enumerate().collect();
        let before = tokens[..at].iter().rev().take(6).take_while(is_end).find(|(_, token)| about(token));
        let after = tokens[at + 1..].iter().take(6).take_while(is_end).find(|(_, token)| about(token));
        let promised =
            |found: Option<&(usize, &Token)>| found.is_some_and(|(_, token)| holds(baseline, local, token));
        // 公办或者民办, where it is 公办.
        let strong = |found: Option<&(usize, &Token)>| {
            found.is_some_and(|(_, token)| token.has(Role::Promise)) && promised(found)
        };
        (promised(before) && promised(after)) || strong(before) || strong(after)
    }

    /// Takes the fact of the baseline that a local one answers: of kinds of persons the one of the same kind.
    fn same_of<'f>(
        &self,
        known: &mut Vec<(&'f Range<usize>, &'f What)>,
        name: &str,
        range: &Range<usize>,
    ) -> Option<(&'f Range<usize>, &'f What)> {
        if !KINDS.contains(&name) {
            return known.pop();
        }
        let here = &self.local.reading.text.chars()[range.clone()];
        let above = self.baseline.reading.text.chars();
        let shares = |(range, _): &(&Range<usize>, &What)| {
            let known = &above[(*range).clone()];
            let shared = here.windows(2).filter(|pair| known.windows(2).any(|other| other == *pair)).count();
            shared * 2 >= here.len().min(known.len()) || known.contains(&here[0]) && here.len() == 1
        };
        known.iter().position(shares).map(|at| known.remove(at))
    }

    /// Tells whether characters of the baseline stand in an enumeration.
    fn is_listed(&self, range: &Range<usize>) -> bool {
        let baseline = self.baseline.reading;
        let at = baseline.tokens.iter().position(|token| token.range.contains(&range.start));
        at.is_some_and(|at| {
            let person = baseline.tokens.get(at + 1).is_some_and(|next| next.has(Role::Person));
            is_member(baseline, at) || (person && is_member(baseline, at + 1))
        })
    }

    /// Finds what the baseline lifts and the local words do not: 不受经济困难条件限制 against 受经济困难条件限制.
    fn unlifted(&mut self) {
        let (baseline, local) = (self.baseline.reading, self.local.reading);
        let counts = |token: &Token| {
            let limit = crate::read::is_liftable(token) || token.is_other();
            limit && token.range.len() > 1 && !token.has(Role::Lifting) && !token.has(Role::Denying)
        };
        for (at, token) in
            baseline.tokens.iter().enumerate().filter(|(at, token)| baseline.lifted[*at] && counts(token))
        {
            let text = &baseline.text.chars()[token.range.clone()];
            let others = baseline.tokens.iter().enumerate().any(|(other, known)| {
                other != at && !baseline.lifted[other] && baseline.text.chars()[known.range.clone()] == *text
            });
            let is_it = |own: &&Token| {
                local.text.chars()[own.range.clone()] == *text && self.local.promises_at(own.range.start)
            };
            let mut own = local.tokens.iter().enumerate().filter(|(_, own)| is_it(own)).peekable();
            if others || own.peek().is_none() || own.clone().any(|(at, _)| local.lifted[at]) {
                continue;
            }
            let range = own.next().map(|(_, own)| own.range.clone());
            let denied = range.as_ref().is_some_and(|range| {
                let before = local
                    .tokens
                    .iter()
                    .rev()
                    .find(|token| token.range.end <= range.start && has_weight(token));
                before.is_some_and(|token| token.has(Role::Denying) || token.has(Role::Lifting))
            });
            if !denied {
                self.push(
                    (Respect::Negation, Some("lifted")),
                    Stand::Unclear,
                    Some(&token.range),
                    range.as_ref(),
                );
                return;
            }
        }
        // 不需要进行监护评估, 患传染病者不管: nothing is lifted but what is promised.
        let here = self.local;
        for fact in
            local.facts.iter().filter(|fact| fact.what == What::Lifted && here.promises_at(fact.range.start))
        {
            let Some(at) = local.tokens.iter().position(|token| token.range.start == fact.range.start) else {
                continue;
            };
            let end = (at..local.tokens.len())
                .find(|place| local.tokens[*place].is_mark(",;.()"))
                .unwrap_or(local.tokens.len());
            let rest = at + 1..end;
            let limits = rest
                .clone()
                .any(|place| local.lifted[place] && crate::read::is_liftable(&local.tokens[place]));
            let word = word(local, at);
            let alone = rest.is_empty() && ["不管", "不问", "不看", "不予"].contains(&word.as_str());
            let need = ["不需要", "不需", "无需", "无须", "不必", "不用", "毋须"].contains(&word.as_str());
            let promised = |place: usize| {
                let token = &local.tokens[place];
                (token.has(Role::Same) || token.is_other())
                    && token.range.len() > 1
                    && holds(baseline, local, token)
            };
            let fee = rest.clone().any(|place| self::word(local, place).ends_with(['费', '钱']));
            if alone || (need && !limits && !fee && rest.clone().any(promised)) {
                self.push((Respect::Negation, Some("lifted")), Stand::Unclear, None, Some(&fact.range));
            }
        }
        // 甲或者乙 against 甲且乙.
        let either = |reading: &Reading| {
            reading.facts.iter().find(|fact| fact.what == What::Either).map(|fact| fact.range.clone())
        };
        if let (Some(above), None) = (either(baseline), either(local)) {
            let both = local.tokens.iter().find(|token| {
                ["且", "并且", "且须", "同时"].contains(&word_of(local, token).as_str())
                    && self.local.promises_at(token.range.start)
            });
            if let Some(both) = both {
                let range = both.range.clone();
                self.push((Respect::Condition, Some("both")), Stand::Unclear, Some(&above), Some(&range));
            }
        }
    }

    /// Finds one place of a whole town where the baseline names none: 在市第一医院.
    fn places(&mut self) {
        const ENDS: [&str; 12] =
            ["医院", "保健院", "中心", "馆", "大厅", "局", "站", "福利院", "学校", "基地", "门诊部", "门诊"];
        let (baseline, local) = (self.baseline.reading, self.local.reading);
        for (at, token) in local.tokens.iter().enumerate() {
            let leads = ["在", "到", "至", "赴", "往", "去", "前往", "集中到", "集中在", "统一到"]
                .contains(&word_of(local, token).as_str());
            if !leads || !self.local.promises_at(token.range.start) || local.lifted[at] {
                continue;
            }
            let start = token.range.end;
            let chars = &local.text.chars()[start..];
            let one_town = chars.first().is_some_and(|c| "市省县州".contains(*c))
                && !chars.get(1).is_some_and(|c| "内域民场外区县直、,()以".contains(*c));
            if !one_town {
                continue;
            }
            let words: String = chars.iter().take(12).take_while(|c| !",;.、()".contains(**c)).collect();
            let end = ENDS.iter().filter_map(|end| words.find(end).map(|at| at + end.len())).min();
            let Some(length) = end.map(|end| words[..end].chars().count()) else { continue };
            let after: String = chars.iter().skip(length).take(2).collect();
            if ["网站", "官网", "公众", "网上"].contains(&after.as_str()) {
                continue;
            }
            let range = start..start + length;
            if baseline.covers(&local.text.chars()[range.clone()]) < length {
                self.push((Respect::Place, None), Stand::Unclear, None, Some(&range));
                return;
            }
        }
    }

    /// Finds one fee that is waived where the baseline asks for none at all: 免收接种服务费 against 免费接种.
    fn fees(&mut self) {
        const ALL: [&str; 12] = [
            "费用",
            "车费",
            "路费",
            "入场费",
            "门票费",
            "票费",
            "收费",
            "缴费",
            "付费",
            "自费",
            "免费",
            "经费",
        ];
        let Some(free) = self.words.group_of("免费") else { return };
        let is_fee = |reading: &Reading, token: &Token| {
            let word = word_of(reading, token);
            // 接种服务费 may be two tokens.
            let before = token.range.start.checked_sub(1).map(|before| reading.text.chars()[before]);
            let is_end = word == "费" && before.is_some_and(|c| c.is_alphanumeric());
            (is_end || word.ends_with('费') && token.range.len() > 1)
                && !ALL.contains(&word.as_str())
                && token.group(Role::Same) != Some(free)
        };
        let (baseline, local) = (self.baseline.reading, self.local.reading);
        let waives =
            |reading: &Reading| reading.tokens.iter().position(|token| token.group(Role::Same) == Some(free));
        let Some(above) = waives(baseline) else { return };
        let Some(here) = waives(local) else {
            if !local.says("免费", self.words)
                && self.baseline.promises_at(baseline.tokens[above].range.start)
                && !self.of_baseline_others(above)
            {
                let range = baseline.tokens[above].range.clone();
                self.push((Respect::Fee, Some("free")), Stand::Unclear, Some(&range), None);
            }
            return;
        };
        if baseline.tokens.iter().any(|token| is_fee(baseline, token)) {
            return;
        }
        let is_mark = |at: &usize| local.tokens[*at].is_mark(",;.");
        let start = (0..here).rev().find(is_mark).map_or(0, |mark| mark + 1);
        let end = (here..local.tokens.len()).find(is_mark).unwrap_or(local.tokens.len());
        let fees: Vec<&Token> =
            local.tokens[start..end].iter().filter(|token| is_fee(local, token)).collect();
        // 检查费、材料费全部免除 names all there are.
        let all = fees.len() > 1
            && local.tokens[start..end].iter().any(|token| {
                ["全部", "均", "一律", "都", "全部免除", "全免"].contains(&word_of(local, token).as_str())
            });
        if let Some(fee) = fees.first().filter(|_| !all) {
            let range = fee.range.clone();
            let above = baseline.tokens[above].range.clone();
            self.push((Respect::Fee, Some("free")), Stand::Unclear, Some(&above), Some(&range));
        }
    }

    fn of_baseline_others(&self, at: usize) -> bool {
        let range = &self.baseline.reading.tokens[at].range;
        self.baseline.others.iter().any(|other| other.contains(&range.start))
    }

    /// Tells whether a softer word stands where nothing of the baseline is promised: …；鼓励社会各界捐赠.
    fn is_aside(&self, range: &Range<usize>, what: &What) -> bool {
        let What::Degree(name) = what else { return false };
        if !["encourage", "attend", "priority", "permit", "assist", "vague"].contains(&name.as_str()) {
            return false;
        }
        let at =
            self.local.reading.tokens.iter().position(|token| token.range.start >= range.start).unwrap_or(0);
        !self.is_beside_a_promise(at)
    }

    /// Tells whether a condition is one of several of an audience, of which the baseline's own is another.
    fn is_an_alternative(&self, range: &Range<usize>, what: &What) -> bool {
        let local = self.local.reading;
        let in_audience = |range: &Range<usize>| {
            self.local.parts.iter().any(|part| *part > 0 && local.part(part - 1).contains(&range.start))
        };
        if self.local.parts == [0] || !in_audience(range) {
            return false;
        }
        if *what == What::Either {
            return true;
        }
        let own = |name: &String| {
            local.facts.iter().any(|fact| matches!(&fact.what, What::Condition(other, _) if other == name))
        };
        let theirs: Vec<&String> = self
            .baseline
            .reading
            .facts
            .iter()
            .filter_map(|fact| match &fact.what {
                What::Condition(name, _) if !self.baseline.promises_at(fact.range.start) => Some(name),
                _ => None,
            })
            .collect();
        let joins = local.tokens.iter().any(|token| {
            in_audience(&token.range)
                && (token.is_mark("、")
                    || ["或者", "以及", "和", "或", "及"].contains(&word_of(local, token).as_str()))
        });
        joins && matches!(what, What::Condition(..)) && !theirs.is_empty() && theirs.into_iter().all(own)
    }

    /// Tells whether the baseline has the same words, though not as the same fact: 生活困难 for 生活仍有困难.
    fn says(&self, range: &Range<usize>, name: &str) -> bool {
        let (baseline, local) = (self.baseline.reading, self.local.reading);
        if name == "enrolled" {
            return baseline.text.chars().iter().any(|c| "学园校教育读".contains(*c));
        }
        if name == "relief-scheme" {
            let named = |word: &str| baseline.covers(&word.chars().collect::<Vec<char>>()) >= 2;
            return ["低保", "生活保障", "特困"].iter().any(|word| named(word));
        }
        let wanted = &local.text.chars()[range.clone()];
        let least = if wanted.len() >= 5 { wanted.len() - 1 } else { wanted.len() };
        wanted.len() >= 3 && baseline.covers(wanted) >= least
    }

    /// Returns the local characters that are only about what other provisions of the baseline's quote promise: the
    /// members of an enumeration that name theirs and not this one's.
    fn of_others(&self) -> Vec<Range<usize>> {
        let (baseline, local) = (self.baseline.reading, self.local.reading);
        if self.baseline.others.is_empty() {
            return Vec::new();
        }
        let wanted = self.wanted();
        let theirs: Vec<&Token> = baseline
            .tokens
            .iter()
            .filter(|token| token.has(Role::Same) || token.is_other())
            .filter(|token| self.baseline.others.iter().any(|other| other.contains(&token.range.start)))
            .collect();
        // A bracket behind the last member, and what follows 等, is said of all: 甲、乙等服务（名额有限）.
        let closes = |at: usize| {
            let close = (at..local.tokens.len()).find(|at| local.tokens[*at].is_mark(")"));
            close.is_none_or(|at| local.tokens.get(at + 1).is_none_or(|next| next.is_mark(",;.")))
        };
        let is_end = |at: usize, token: &Token| {
            token.is_mark("、,;.")
                || ["和", "及", "等"].contains(&word_of(local, token).as_str())
                || (token.is_mark("(") && closes(at))
        };
        let mut members = Vec::new();
        let mut start = 0;
        for (at, token) in local.tokens.iter().enumerate() {
            if is_end(at, token) {
                members.push(start..at);
                start = at + 1;
            }
        }
        members.push(start..local.tokens.len());
        let names = |member: &Range<usize>, tokens: &[&Token]| {
            let here = &local.tokens[member.clone()];
            tokens.iter().any(|token| here.iter().any(|own| says_same(baseline, token, local, own)))
        };
        let own: Vec<&Token> = wanted.iter().map(|at| &baseline.tokens[*at]).collect();
        let is_theirs =
            |member: &Range<usize>| !member.is_empty() && names(member, &theirs) && !names(member, &own);
        // What stands before the first thing that is named is said of all: 不提供甲、乙和丙.
        let begins = |member: &Range<usize>| {
            let is_first = member.start == 0 || local.tokens[member.start - 1].is_mark(",;.");
            let named = member
                .clone()
                .find(|at| theirs.iter().any(|token| says_same(baseline, token, local, &local.tokens[*at])));
            if is_first { named.unwrap_or(member.start) } else { member.start }
        };
        let chars = |member: Range<usize>| {
            local.tokens[begins(&member)].range.start..local.tokens[member.end - 1].range.end
        };
        members.into_iter().filter(is_theirs).map(chars).collect()
    }

    /// Compares what is measured.
    fn measures(&mut self) {
        let (mut above, mut here) = (measures(self.baseline.reading), measures(self.local.reading));
        let theirs = self.baseline.others;
        let (own, of_others): (Vec<Measured>, Vec<Measured>) =
            above.drain(..).partition(|(range, _)| !theirs.iter().any(|other| other.contains(&range.start)));
        above = own;
        // What the local words say to the other provisions of the quote is not held against this one.
        if here.len() > above.len() {
            for (_, wanted) in &of_others {
                let same = |(_, own): &Measured| {
                    is_of_kind(wanted, own) && own.label.is_some() && own.label == wanted.label
                };
                let taken = above.iter().any(|(_, own)| own.label == wanted.label);
                if let Some(at) = here.iter().position(same).filter(|_| !taken) {
                    here.remove(at);
                }
            }
        }
        let count = |kind, list: &[Measured]| list.iter().filter(|(_, measure)| measure.kind == kind).count();
        let several: Vec<MeasureKind> = above
            .iter()
            .map(|(_, wanted)| wanted.kind)
            .filter(|kind| {
                count(*kind, &here) > count(*kind, &above)
                    || (count(*kind, &here) > 1 && !of_others.is_empty())
            })
            .collect();
        let has = |list: &[Measured], kind| list.iter().any(|(_, measure)| measure.kind == kind);
        if has(&above, MeasureKind::Multiple) && !has(&above, MeasureKind::Share) {
            here.iter_mut().for_each(|(_, own)| as_multiple(own));
        }
        let mut pairs: Vec<(&Measured, Measured)> = Vec::new();
        // Those of one name first, then whichever fits best.
        let (named, others): (Vec<&Measured>, Vec<&Measured>) = above.iter().partition(|(_, wanted)| {
            here.iter()
                .any(|(_, own)| is_of_kind(wanted, own) && own.label.is_some() && own.label == wanted.label)
        });
        for wanted in named.into_iter().chain(others) {
            let same = |(_, own): &Measured| own.label.is_some() && own.label == wanted.1.label;
            let rank = |own: &Measured| {
                let fits = match better(&wanted.1, &own.1.quantity) {
                    Some(Ordering::Equal) => 0,
                    Some(Ordering::Greater) => 1,
                    Some(Ordering::Less) => 2,
                    None => 3,
                };
                (!same(own), fits)
            };
            let fitting = here.iter().enumerate().filter(|(_, own)| is_of_kind(&wanted.1, &own.1));
            match fitting.min_by_key(|(_, own)| rank(own)).map(|(place, _)| place) {
                Some(place) => pairs.push((wanted, here.remove(place))),
                None => {
                    let kind = wanted.1.kind.as_str();
                    self.push((Respect::Measure, Some(kind)), Stand::Unclear, Some(&wanted.0), None);
                }
            }
        }
        for ((range, wanted), (own_range, own)) in pairs {
            let stand = match better(wanted, &own.quantity) {
                Some(Ordering::Equal) => continue,
                Some(Ordering::Greater) => Stand::Higher,
                // Of several nobody knows which is meant.
                Some(Ordering::Less) if several.contains(&wanted.kind) && own.label != wanted.label => {
                    Stand::Unclear
                }
                Some(Ordering::Less) => Stand::Lower,
                None => Stand::Unclear,
            };
            self.push((Respect::Measure, Some(wanted.kind.as_str())), stand, Some(range), Some(&own_range));
        }
        // A cap, a share or an end where the baseline names none is a limit; so is a second amount that is lower.
        for (range, own) in here {
            let all = ["所有", "每个", "全部", "全覆盖", "全体", "每所", "每一"]
                .iter()
                .any(|word| self.baseline.reading.text.chars().iter().collect::<String>().contains(word));
            let limits = match own.kind {
                MeasureKind::Share if all && own.quantity.high < 100.0 => true,
                MeasureKind::Share => own.quantity.bound != Bound::Floor,
                MeasureKind::Duration => own.quantity.bound == Bound::Cap || self.ends_a_grant(&range),
                _ => own.quantity.bound == Bound::Cap,
            };
            let lower = |(_, known): &Measured| {
                is_of_kind(known, &own) && better(known, &own.quantity) == Some(Ordering::Less)
            };
            if limits || above.iter().any(lower) {
                self.push((Respect::Measure, Some(own.kind.as_str())), Stand::Unclear, None, Some(&range));
            }
        }
    }

    /// Tells whether a time is how long something is granted: 补助三个月.
    fn ends_a_grant(&self, range: &Range<usize>) -> bool {
        let phrase = self.local.reading.phrase(range.clone());
        if ["小学", "初中", "高中", "学前", "大学"].iter().any(|stage| phrase.contains(stage)) {
            return false;
        }
        [
            "补助",
            "补贴",
            "发放",
            "资助",
            "享受",
            "期限",
            "为期",
            "累计",
            "领取",
            "救助",
            "供养",
            "减免",
            "有效期",
        ]
        .iter()
        .any(|word| phrase.contains(word))
    }

    /// Compares school stages: one that the baseline does not name may be one of several.
    fn stages(&mut self) {
        let (above, here) = (self.baseline, self.local);
        let above: Vec<_> =
            stages(above.reading).into_iter().filter(|(range, _)| !above.is_title(range.start)).collect();
        let here: Vec<_> =
            stages(here.reading).into_iter().filter(|(range, _)| !here.is_title(range.start)).collect();
        let has =
            |stages: &[(Range<usize>, String)], name: &str| stages.iter().any(|(_, known)| known == name);
        let parts = ["primary", "junior-secondary"];
        let whole = parts.iter().all(|part| has(&here, part)) && has(&above, "compulsory-education-stage");
        // Where all that the baseline names are named, others are more.
        let all = !above.is_empty() && above.iter().all(|(_, name)| has(&here, name));
        for (range, name) in here.iter().filter(|_| !all) {
            if !(has(&above, name) || whole && parts.contains(&name.as_str())) {
                let above = above.first().map(|(range, _)| range);
                self.push((Respect::Audience, Some(name)), Stand::Unclear, above, Some(range));
            }
        }
    }

    /// Compares what is promised: every content word of the baseline has to be found, and nothing unread may narrow it.
    fn content(&mut self) {
        let (baseline, local) = (self.baseline.reading, self.local.reading);
        if local.facts.iter().any(|fact| fact.what == What::Reference) {
            return;
        }
        let wanted = self.wanted();
        // A title says what a service is about, not what it gives: its words count only beside some of the clause.
        let title_alone = !self.aligned.local.iter().any(|at| !local.tokens[*at].is_light())
            && !local.tokens.iter().any(|token| self.promises_of_the_baseline(token));
        let is_lost = |at: &usize| title_alone || !holds(local, baseline, &baseline.tokens[*at]);
        let lost: Vec<usize> = wanted.iter().copied().filter(is_lost).collect();
        let length =
            |tokens: &[usize]| tokens.iter().map(|at| baseline.tokens[*at].range.len()).sum::<usize>();
        let much = length(&lost) * 3 > length(&wanted);
        let left_out: Vec<usize> =
            self.left_out(&wanted).into_iter().filter(|at| !lost.contains(at)).collect();
        for at in left_out {
            self.push((Respect::Content, None), Stand::Unclear, Some(&baseline.tokens[at].range), None);
        }
        for at in lost {
            let token = &baseline.tokens[at];
            if much || token.has(Role::Promise) || Some(&at) == wanted.last() || is_member(baseline, at) {
                self.push((Respect::Content, None), Stand::Unclear, Some(&token.range), None);
            }
        }
        self.unread();
        self.added();
        // What parents are promised has to be promised to parents.
        let speaks_to = |reading: &Reading, names: &[&str]| {
            let mut groups = reading.tokens.iter().filter_map(|token| token.group(Role::Person));
            groups.any(|group| names.contains(&self.words.group(group)))
        };
        if speaks_to(baseline, &["parents"]) && !speaks_to(local, &["parents", "families"]) {
            self.push((Respect::Audience, None), Stand::Unclear, None, None);
        }
    }

    /// Tells whether a token of the local clause says something that the baseline promises.
    fn promises_of_the_baseline(&self, token: &Token) -> bool {
        let (baseline, local) = (self.baseline.reading, self.local.reading);
        let about = token.has(Role::Same) || token.has(Role::Promise) || token.is_other();
        let says = |other: &Token| {
            self.baseline.promises_at(other.range.start) && says_same(local, token, baseline, other)
        };
        about && self.local.promises_at(token.range.start) && baseline.tokens.iter().any(says)
    }

    /// Returns the tokens of the baseline's clause that say what it promises.
    fn wanted(&self) -> Vec<usize> {
        let Clause { reading, others, .. } = self.baseline;
        let mut wanted = Vec::new();
        let mut skipping = false;
        for (at, token) in reading.tokens.iter().enumerate() {
            if !self.baseline.promises_at(token.range.start)
                || others.iter().any(|other| other.contains(&token.range.start))
            {
                continue;
            }
            let here = word(reading, at);
            if BY.contains(&here.as_str()) {
                skipping = true;
            } else if token.has(Role::Giving)
                || token.is_mark(",;.")
                || ["为", "对", "向", "予以"].contains(&here.as_str())
            {
                skipping = false;
            }
            let facility = token.has(Role::Body) && is_member(reading, at) && is_facility(&here);
            let about = token.has(Role::Same) || token.has(Role::Promise) || token.is_other() || facility;
            if about && !skipping && (token.range.len() > 1 || token.kind != Kind::Unknown) {
                wanted.push(at);
            }
        }
        wanted
    }

    /// Reports what cannot be read in the local clause, and what may narrow it.
    fn unread(&mut self) {
        let (baseline, local) = (self.baseline.reading, self.local.reading);
        let elsewhere = self.of_others();
        for (at, token) in local.tokens.iter().enumerate() {
            if elsewhere.iter().any(|other| other.contains(&token.range.start)) {
                continue;
            }
            if self.is_inserted(at)
                && self.local.promises_at(token.range.start)
                && !self.joins_what_is_promised(at)
                && !is_quoted(local, at)
                && !self.is_harmless(at)
                && !self.of(token)
            {
                self.push((Respect::Unread, None), Stand::Unclear, None, Some(&token.range));
                continue;
            }
            let about = token.is_other() || token.has(Role::Same);
            if !about
                || local.lifted[at]
                || token.range.len() < 2
                || !self.local.promises_at(token.range.start)
                || holds(baseline, local, token)
            {
                continue;
            }
            let is_member = is_member(local, at);
            let unknown = token.kind == Kind::Unknown && !is_member && self.is_beside_a_promise(at);
            if is_quoted(local, at) {
                continue;
            }
            if unknown || narrows(local, at) {
                self.push((Respect::Unread, None), Stand::Unclear, None, Some(&token.range));
            }
        }
    }

    /// Reports a part added to copied words that may be a limit: words in it are not known, and some of their characters
    /// are those that limits are written with.
    fn added(&mut self) {
        const LIMITS: &str = "不未无没非勿莫禁停止终断截结束闭关撤销废除删减缩降少短限仅只唯独才则便须需凭持交缴付费钱款担赔押垫偿退审批核评选择抽签摇排轮候额满顶底余空缺完尽光待等暂缓延推视酌若倘但证函据资格条件之外以外作保自行另有办完便罢不管算";
        let (baseline, local) = (self.baseline.reading, self.local.reading);
        let heavy: usize = baseline
            .tokens
            .iter()
            .filter(|token| has_weight(token) && self.baseline.promises_at(token.range.start))
            .map(|token| token.range.len())
            .sum();
        let copied: usize = self.aligned.baseline.iter().map(|at| baseline.tokens[*at].range.len()).sum();
        if copied * 10 < heavy * 7 {
            return;
        }
        let is_mark = |at: &usize| local.tokens[*at].is_mark(",;.()");
        let mut start = 0;
        let marks: Vec<usize> = (0..local.tokens.len()).filter(is_mark).chain([local.tokens.len()]).collect();
        for end in marks {
            let part = start..end;
            start = end + 1;
            let Some(first) = local.tokens.get(part.start).filter(|_| !part.is_empty()) else { continue };
            let range = first.range.start..local.tokens[end - 1].range.end;
            let copied = part.clone().any(|at| self.aligned.local.contains(&at));
            let read = self
                .found
                .iter()
                .any(|known| known.local.as_ref().is_some_and(|known| range.contains(&known.start)));
            if copied || read || !self.local.promises_at(range.start) {
                continue;
            }
            let free = self.words.group_of("免费");
            let nothing = |at: usize| matches!(&local.tokens[at].kind, Kind::Number { high, unit: Unit::Money(_), .. } if *high == 0.0);
            let spares = part.clone().any(nothing)
                || part.clone().any(|at| free.is_some() && local.tokens[at].group(Role::Same) == free);
            let bounds = part.clone().any(|at| local.tokens[at].has(Role::Floor));
            let suspect = |at: usize| {
                let token = &local.tokens[at];
                if bounds || (spares && token.has(Role::Cost)) {
                    return false;
                }
                if let Kind::Number { unit, .. } = &token.kind {
                    return !matches!(unit, Unit::Money(_)) && !self.is_limited_elsewhere(token);
                }
                let known = local.lifted[at]
                    || !(token.is_other() || token.has(Role::Condition) || token.has(Role::Cost));
                let chars = &local.text.chars()[token.range.clone()];
                !known && chars.iter().any(|c| LIMITS.contains(*c))
            };
            if let Some(at) = part.clone().find(|at| suspect(*at)) {
                let range = local.tokens[at].range.clone();
                self.push((Respect::Unread, None), Stand::Unclear, None, Some(&range));
            }
        }
    }

    /// Tells whether something that is promised stands between the same marks; elsewhere is only detail.
    fn is_beside_a_promise(&self, at: usize) -> bool {
        let (baseline, local) = (self.baseline.reading, self.local.reading);
        let is_mark = |at: &usize| local.tokens[*at].is_mark(",;.()");
        let start = (0..at).rev().find(is_mark).map_or(0, |mark| mark + 1);
        let end = (at..local.tokens.len()).find(is_mark).unwrap_or(local.tokens.len());
        local.tokens[start..end].iter().any(|token| {
            let about = token.has(Role::Same)
                || token.has(Role::Promise)
                || (token.is_other() && token.range.len() > 1);
            about && holds(baseline, local, token)
        })
    }

    /// Finds what was copied.
    fn align(&mut self) {
        let weighty = |clause: Clause<'_>| -> Vec<usize> {
            let tokens = clause.reading.tokens.iter().enumerate();
            let own = tokens.filter(|(_, token)| has_weight(token) && clause.promises_at(token.range.start));
            own.map(|(at, _)| at).collect()
        };
        let (above, here) = (weighty(self.baseline), weighty(self.local));
        self.aligned = align(self.baseline.reading, &above, self.local.reading, &here);
    }

    /// Returns what is left out of words that were copied for the rest.
    fn left_out(&self, wanted: &[usize]) -> Vec<usize> {
        let (baseline, local) = (self.baseline.reading, self.local.reading);
        let length = |at: &usize| baseline.tokens[*at].range.len();
        let (copied, left): (Vec<usize>, Vec<usize>) =
            wanted.iter().partition(|at| self.aligned.baseline.contains(at));
        let (copied, rest) =
            (copied.iter().map(length).sum::<usize>(), left.iter().map(length).sum::<usize>());
        if copied * 2 < copied + rest {
            return Vec::new();
        }
        let put_in: Vec<&Token> = local
            .tokens
            .iter()
            .enumerate()
            .filter(|(at, token)| {
                !self.aligned.local.contains(at) && self.local.promises_at(token.range.start)
            })
            .map(|(_, token)| token)
            .collect();
        let is_said =
            |at: &usize| put_in.iter().any(|own| says_same(baseline, &baseline.tokens[*at], local, own));
        let elsewhere = |at: &usize| baseline.tokens[*at].about().any(|group| local.has_group(group));
        left.into_iter().filter(|at| !is_said(at) && !elsewhere(at)).collect()
    }

    /// Tells whether a token is put into words of the baseline: most of what stands between the same marks is copied.
    fn is_inserted(&self, at: usize) -> bool {
        let local = self.local.reading;
        let token = &local.tokens[at];
        if self.aligned.local.contains(&at) || !has_weight(token) || local.lifted[at] {
            return false;
        }
        let is_mark = |at: &usize| local.tokens[*at].is_mark(",;.()");
        let start = (0..at).rev().find(is_mark).map_or(0, |mark| mark + 1);
        let end = (at..local.tokens.len()).find(is_mark).unwrap_or(local.tokens.len());
        let length = |at: usize| local.tokens[at].range.len();
        let copied: usize = (start..end).filter(|at| self.aligned.local.contains(at)).map(length).sum();
        let own: usize = (start..end)
            .filter(|at| has_weight(&local.tokens[*at]) && !self.aligned.local.contains(at))
            .map(length)
            .sum();
        copied >= 2 && copied >= own
    }

    /// Tells whether something put in makes nothing smaller.
    fn is_harmless(&self, at: usize) -> bool {
        const NAMING: [Role; 6] =
            [Role::Common, Role::Same, Role::Condition, Role::Body, Role::Person, Role::Narrower];
        const HARMLESS: [Role; 5] =
            [Role::Promise, Role::Describing, Role::Harmless, Role::Burden, Role::Stage];
        let (baseline, local) = (self.baseline.reading, self.local.reading);
        let token = &local.tokens[at];
        let free = self.words.group_of("免费");
        if let Kind::Number { .. } = &token.kind {
            return self.is_limited_elsewhere(token);
        }
        let information = self.words.group_of_persons("information");
        let names = NAMING.iter().any(|role| token.has(*role))
            || (information.is_some() && token.group(Role::Kind) == information);
        if token.kind != Kind::Unknown && !names {
            return true;
        }
        let spares = free.is_some() && local.tokens.iter().any(|token| token.group(Role::Same) == free);
        let families = ["parents", "families"].map(|name| self.words.group_of_persons(name));
        let starts = at == 0 || local.tokens[at - 1].is_mark(",;.");
        if (spares || starts)
            && token.group(Role::Person).is_some_and(|group| families.contains(&Some(group)))
        {
            return true;
        }
        let children = self.words.group_of_persons("children");
        if children.is_some() && token.group(Role::Person) == children {
            return true;
        }
        let read = local.facts.iter().any(|fact| {
            fact.range.contains(&token.range.start) && !matches!(fact.what, What::Usual(_) | What::Measure(_))
        });
        let replaces = baseline.tokens.iter().enumerate().any(|(above, wanted)| {
            !self.aligned.baseline.contains(&above)
                && has_weight(wanted)
                && says_same(local, token, baseline, wanted)
        });
        read || replaces
            || (HARMLESS.iter().any(|role| token.has(*role)) && !token.has(Role::Condition))
            || (free.is_some() && token.group(Role::Same) == free)
            || (token.has(Role::Body) && (self.acts(at) || GENERAL.contains(&word(local, at).as_str())))
            || token.range.len() < 2
            || self.names_a_body(at)
    }

    /// Tells whether a word is a part of the name of who acts: 公共就业服务窗口.
    fn names_a_body(&self, at: usize) -> bool {
        let local = self.local.reading;
        let mut next =
            (at + 1..local.tokens.len()).take(3).take_while(|place| !local.tokens[*place].is_mark(",;.、()"));
        next.find(|place| local.tokens[*place].has(Role::Body)).is_some_and(|body| self.acts(body))
    }

    /// Tells whether a number is one of a floor, or of a kind that the baseline states as well and that is compared.
    fn is_limited_elsewhere(&self, token: &Token) -> bool {
        let measure = |reading: &Reading, at: Option<usize>| -> Vec<(MeasureKind, Bound)> {
            let here = |range: &Range<usize>| at.is_none_or(|at| range.contains(&at));
            let facts = reading.facts.iter().filter(|fact| here(&fact.range));
            facts
                .filter_map(|fact| match &fact.what {
                    What::Measure(measure) => Some((measure.kind, measure.quantity.bound)),
                    _ => None,
                })
                .collect()
        };
        let own = measure(self.local.reading, Some(token.range.start));
        let above = measure(self.baseline.reading, None);
        own.into_iter().all(|(kind, bound)| {
            bound == Bound::Floor
                || kind == MeasureKind::TimeLimit
                || (kind == MeasureKind::Amount)
                || above.iter().any(|(known, _)| *known == kind)
        })
    }

    /// Tells whether a token is a member of an enumeration of which another is one of the baseline's.
    fn joins_what_is_promised(&self, at: usize) -> bool {
        let (baseline, local) = (self.baseline.reading, self.local.reading);
        let (part, member) = self.member(at);
        let (start, end) = (part.start, part.end);
        // What describes a member that is promised is none of its own: 书信陪伴 for 精神陪伴.
        let describes = member.clone().any(|place| place != at && self.aligned.local.contains(&place));
        if member == part || describes {
            return false;
        }
        // The member on the other side of a joint.
        let beyond = |places: Vec<usize>| {
            let joint = places.iter().position(|place| is_joint(local, *place))?;
            places[joint + 1..].iter().copied().find(|place| has_weight(&local.tokens[*place]))
        };
        let before = beyond((start..at).rev().collect());
        let after = beyond((at + 1..end).collect());
        [before, after].into_iter().flatten().any(|place| holds(baseline, local, &local.tokens[place]))
    }

    /// Returns the part of a sentence that a local token stands in, and the member of an enumeration within it.
    fn member(&self, at: usize) -> (Range<usize>, Range<usize>) {
        let local = self.local.reading;
        let is_end = |place: &usize| local.tokens[*place].is_mark(",;.");
        let start = (0..at).rev().find(is_end).map_or(0, |mark| mark + 1);
        let end = (at..local.tokens.len()).find(is_end).unwrap_or(local.tokens.len());
        let is_joint = |place: &usize| is_joint(local, *place);
        let first = (start..at).rev().find(is_joint).map_or(start, |joint| joint + 1);
        let last = (at..end).find(is_joint).unwrap_or(end);
        (start..end, first..last)
    }

    /// Tells whether a condition describes other people, named beside those of the baseline: 家庭经济困难儿童、残疾儿童.
    fn is_of_other_people(&self, range: &Range<usize>, what: &What) -> bool {
        let local = self.local.reading;
        let Some(at) = local.tokens.iter().position(|token| token.range.contains(&range.start)) else {
            return false;
        };
        if !matches!(what, What::Condition(..)) {
            return false;
        }
        let (part, member) = self.member(at);
        let people = |tokens: &Range<usize>| {
            tokens.clone().any(|place| {
                let token = &local.tokens[place];
                token.has(Role::Person)
                    || ["生", "家庭", "户", "对象"].iter().any(|end| word(local, place).ends_with(end))
            })
        };
        let aligned = |tokens: &Range<usize>| tokens.clone().any(|place| self.aligned.local.contains(&place));
        let siblings = [member.start.checked_sub(2), Some(member.end + 1)]
            .into_iter()
            .flatten()
            .filter(|place| part.contains(place));
        let mut siblings = siblings.map(|place| self.member(place).1);
        member != part
            && people(&member)
            && !aligned(&member)
            && siblings.any(|sibling| people(&sibling) && aligned(&sibling))
    }

    /// Tells whether the baseline has the very word somewhere.
    fn of(&self, token: &Token) -> bool {
        if token.about().any(|group| self.baseline.reading.has_group(group)) {
            return true;
        }
        let wanted = &self.local.reading.text.chars()[token.range.clone()];
        self.baseline.reading.text.chars().windows(wanted.len()).any(|window| window == wanted)
    }

    /// Tells whether a body is who does it: not one in which, or for which, something is done.
    fn acts(&self, at: usize) -> bool {
        let local = self.local.reading;
        let before = (0..at).rev().take(3).take_while(|place| !local.tokens[*place].is_mark(",;.、"));
        let mut before = before.map(|place| word(local, place));
        let words: Vec<String> = before.by_ref().collect();
        let any = ["居住地", "当地", "任一", "就近", "附近", "各", "住地", "家门口"];
        words.iter().any(|word| any.contains(&word.as_str()))
            || !words
                .iter()
                .any(|word| ["为", "对", "给", "在", "于", "到", "至", "限", "中"].contains(&word.as_str()))
    }
}

/// An amount and where it is read.
type Measured = (Range<usize>, Measure);

/// A fact and where it is read.
type Found<'r> = (&'r Range<usize>, &'r What);

fn measures(reading: &Reading) -> Vec<Measured> {
    let facts = reading.facts.iter();
    facts
        .filter_map(|fact| match &fact.what {
            What::Measure(measure) => Some((fact.range.clone(), measure.clone())),
            _ => None,
        })
        .collect()
}

fn stages(reading: &Reading) -> Vec<(Range<usize>, String)> {
    let facts = reading.facts.iter();
    facts
        .filter_map(|fact| match &fact.what {
            What::Stage(name) => Some((fact.range.clone(), name.clone())),
            _ => None,
        })
        .collect()
}

/// Reads 130% of a standard as 1.3 times it.
fn as_multiple(own: &mut Measure) {
    if own.kind == MeasureKind::Share {
        own.kind = MeasureKind::Multiple;
        own.quantity.unit = Unit::Multiple;
        (own.quantity.low, own.quantity.high) = (own.quantity.low / 100.0, own.quantity.high / 100.0);
    }
}

fn is_of_kind(a: &Measure, b: &Measure) -> bool {
    let same_count = a.kind != MeasureKind::Count || a.quantity.unit == b.quantity.unit;
    a.kind == b.kind && same_count
}

/// Returns how `own` stands to what is wanted, greater being better.
fn better(wanted: &Measure, own: &Quantity) -> Option<Ordering> {
    let caps = |bound| bound == Bound::Cap;
    match wanted.kind {
        // At least 95% do, at most 5% do not: it may be the same.
        MeasureKind::Share
            if caps(own.bound) != caps(wanted.quantity.bound)
                && own.compare(&wanted.quantity) == Some(Ordering::Less) =>
        {
            None
        }
        MeasureKind::Share if wanted.burdens => own.compare_most(&wanted.quantity).map(Ordering::reverse),
        MeasureKind::TimeLimit => own.compare_most(&wanted.quantity).map(Ordering::reverse),
        _ => own.compare(&wanted.quantity),
    }
}

/// Wording that a standard is named after: what follows up to the next giving word is no promise.
const BY: &[&str] = &["按照", "按", "依照", "依据", "根据", "参照", "遵照"];

fn word_of(reading: &Reading, token: &Token) -> String {
    reading.text.chars()[token.range.clone()].iter().collect()
}

fn word(reading: &Reading, at: usize) -> String {
    reading.text.chars()[reading.tokens[at].range.clone()].iter().collect()
}

/// Tells whether a reading has what a token of another says: a word of the same group, or most of its characters.
pub(crate) fn holds(reading: &Reading, of: &Reading, token: &Token) -> bool {
    if token.about().any(|group| reading.has_group(group)) {
        return true;
    }
    let wanted = &of.text.chars()[token.range.clone()];
    let word: String = wanted.iter().collect();
    // 小学1000元/年 is a subsidy, 占95% a proportion.
    let states = |kinds: &[MeasureKind]| {
        reading
            .facts
            .iter()
            .any(|fact| matches!(&fact.what, What::Measure(measure) if kinds.contains(&measure.kind)))
    };
    if ["补助", "补贴", "资助", "津贴"].iter().any(|end| word.ends_with(end))
        && states(&[MeasureKind::Amount])
    {
        return true;
    }
    if ["比例", "占比"].contains(&word.as_str()) && states(&[MeasureKind::Share]) {
        return true;
    }
    let needed = match &token.kind {
        _ if token.is_other() => wanted.len().div_ceil(2),
        _ if token.has(Role::Same) => (wanted.len() * 3).div_ceil(4),
        _ => wanted.len(),
    };
    reading.covers(wanted) >= needed.max(1)
}

/// Tells whether two tokens say the same.
fn says_same(a: &Reading, one: &Token, b: &Reading, other: &Token) -> bool {
    if one.about().any(|group| other.about().any(|known| known == group)) {
        return true;
    }
    let (one, other) = (&a.text.chars()[one.range.clone()], &b.text.chars()[other.range.clone()]);
    let shared = one.windows(2).filter(|pair| other.windows(2).any(|known| known == *pair)).count();
    shared * 2 >= one.len()
}

/// Tells whether a token stands in quotation marks, as names of programmes do.
fn is_quoted(reading: &Reading, at: usize) -> bool {
    let marks = |tokens: &[Token]| tokens.iter().filter(|token| token.is_mark("\"")).count();
    marks(&reading.tokens[..at]) % 2 == 1 && marks(&reading.tokens[at..]) > 0
}

/// Tells whether a word names a place where something is given, not an office.
fn is_facility(word: &str) -> bool {
    ["馆", "宫", "之家", "港湾", "书屋", "场所", "活动中心"].iter().any(|end| word.ends_with(end))
}

/// Tells whether a token is a member of an enumeration.
fn is_member(reading: &Reading, at: usize) -> bool {
    let joins = |at: Option<usize>| at.is_some_and(|at| is_joint(reading, at));
    joins(Some(at + 1)) || joins(at.checked_sub(1))
}

/// Tells whether a token joins the members of an enumeration.
fn is_joint(reading: &Reading, at: usize) -> bool {
    reading.tokens.get(at).is_some_and(|token| {
        ["、", "和", "及", "及其", "以及", "与", "或", "或者"].contains(&word(reading, at).as_str())
            || token.has(Role::Open)
    })
}

/// Tells whether characters that are not known describe persons, so that fewer may be meant.
fn narrows(local: &Reading, at: usize) -> bool {
    let next = if at + 1 < local.tokens.len() && word(local, at + 1) == "的" { at + 2 } else { at + 1 };
    local.tokens.get(next).is_some_and(|token| token.has(Role::Person))
}

/// Returns how local ages stand to those of a baseline, where they differ; `usual` are those that it speaks of
/// without stating any.
pub fn ages(baseline: &[Ages], local: &[Ages], usual: Option<Ages>) -> Option<Stand> {
    match (baseline, local) {
        ([], []) => None,
        ([], here) => {
            let wanted = usual.unwrap_or(Ages { from: None, to: Some(16 * 12), below: true });
            (!Ages::cover(here, wanted)).then_some(Stand::Unclear)
        }
        (_, []) => Some(Stand::Unclear),
        (above, here) => {
            if !above.iter().all(|wanted| Ages::cover(here, *wanted)) {
                return Some(Stand::Lower);
            }
            here.iter().any(|ages| !Ages::cover(above, *ages)).then_some(Stand::Higher)
        }
    }
}

impl Reading {
    /// Returns the ages of which it speaks without stating any: 幼儿园.
    pub fn usual_ages(&self) -> Option<Ages> {
        let usual: Vec<(&Range<usize>, Ages)> = self
            .facts
            .iter()
            .filter_map(|fact| match &fact.what {
                What::Usual(ages) => Some((&fact.range, *ages)),
                _ => None,
            })
            .collect();
        let [(range, ages), rest @ ..] = usual.as_slice() else { return None };
        // 在学校、幼儿园、青少年宫: one place of several is for no age of its own.
        let at = self.tokens.iter().position(|token| token.range.start == range.start);
        (!rest.is_empty() || at.is_none_or(|at| !is_member(self, at))).then_some(*ages)
    }

    /// Tells whether its clause is for parents or other grown-ups.
    pub fn is_for_grown_ups(&self) -> bool {
        let mut persons =
            self.tokens.iter().enumerate().filter(|(_, token)| token.has(Role::Person)).peekable();
        let parents = ["父母", "家长", "监护人", "抚养人", "照护人", "看护人"];
        persons.any(|(_, token)| {
            let word = word_of(self, token);
            parents.iter().any(|parents| word.contains(parents))
        })
    }

    /// Tells whether it names persons.
    pub fn names_persons(&self) -> bool {
        self.tokens.iter().any(|token| token.has(Role::Person))
    }
}

impl Ages {
    /// Tells whether `ages` together leave nothing of `wanted` out.
    ///
    /// Lists do not say whether the upper age is included: of each way to read it, the same for all, one is enough.
    pub fn cover(ages: &[Self], wanted: Self) -> bool {
        [(0, 0), (12, 0), (12, 1), (0, 1)].into_iter().any(|(years, months)| {
            let end = |ages: Self| match ages.to {
                None => u32::MAX,
                Some(to) if ages.below => to,
                // 8至12个月 is of months, though 12 of them are a year.
                Some(to) if to % 12 == 0 && ages.from.is_none_or(|from| from % 12 == 0) => to + years,
                Some(to) => to + months,
            };
            let (mut reached, until) = (wanted.from.unwrap_or(0), end(wanted));
            let mut ages: Vec<(u32, u32)> =
                ages.iter().map(|ages| (ages.from.unwrap_or(0), end(*ages))).collect();
            ages.sort_unstable();
            for (from, to) in ages {
                if from <= reached {
                    reached = reached.max(to);
                }
            }
            reached >= until
        })
    }
}
