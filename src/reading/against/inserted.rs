//! What may be put into copied words without narrowing them.

use super::*;
use crate::quantity::Period;

impl Against<'_> {
    /// Tells whether a token is put into words of the baseline: most of what stands between the same marks is copied.
    pub(super) fn is_inserted(&self, at: usize) -> bool {
        let local = self.local.reading;
        let token = &local.tokens[at];
        if !self.is_copied() || self.aligned.local.contains(&at) || !has_weight(token) || local.lifted[at] {
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

    /// Tells whether nearly all words of the baseline have a counterpart in their order: of a text in words of its own
    /// nobody can say what was put in.
    fn is_copied(&self) -> bool {
        const COPY: usize = 90;
        let baseline = self.baseline.reading;
        *self.copy.get_or_init(|| {
            let heavy = |token: &&Token| has_weight(token) && self.baseline.promises_at(token.range.start);
            let all: usize = baseline.tokens.iter().filter(heavy).map(|token| token.range.len()).sum();
            let copied: usize = self.aligned.baseline.iter().map(|at| baseline.tokens[*at].range.len()).sum();
            copied * 100 >= all * COPY
        })
    }

    /// Tells whether the words of the baseline are all said before a token: what comes then is said beside them.
    pub(super) fn is_copied_before(&self, at: usize) -> bool {
        self.is_copied() && self.aligned.local.iter().all(|copied| *copied < at)
    }

    /// Tells whether something put in makes nothing smaller.
    pub(super) fn is_harmless(&self, at: usize) -> bool {
        const NAMING: [Role; 6] =
            [Role::Common, Role::Same, Role::Condition, Role::Body, Role::Person, Role::Narrower];
        const HARMLESS: [Role; 5] =
            [Role::Promise, Role::Describing, Role::Harmless, Role::Burden, Role::Stage];
        let (baseline, local) = (self.baseline.reading, self.local.reading);
        let token = &local.tokens[at];
        let free = self.words.group_of("免费");
        if let Some(number) = token.counted() {
            return self.is_limited_elsewhere(token) || is_round_the_clock(local, at, number);
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
        // 流动儿童及其监护人 are more than they alone.
        let joined = at > 1
            && ["及其", "和其", "以及其", "及", "和", "以及"].contains(&word(local, at - 1).as_str())
            && local.tokens[at - 2].has(Role::Person);
        if (spares || starts || joined)
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
        let mut left = baseline
            .tokens
            .iter()
            .enumerate()
            .filter(|(above, wanted)| !self.aligned.baseline.contains(above) && has_weight(wanted))
            .take(MOST_WORDS);
        let replaces = left.any(|(_, wanted)| says_same(local, token, baseline, wanted));
        read || replaces
            || (HARMLESS.iter().any(|role| token.has(*role)) && !token.has(Role::Condition))
            || (free.is_some() && token.group(Role::Same) == free)
            || (token.has(Role::Body) && (self.acts(at) || GENERAL.contains(&word(local, at).as_str())))
            || token.range.len() < 2
            || self.names_a_body(at)
    }

    /// Tells whether a word is a part of the name of who acts: 公共就业服务窗口.
    pub(super) fn names_a_body(&self, at: usize) -> bool {
        let local = self.local.reading;
        let mut next =
            (at + 1..local.tokens.len()).take(3).take_while(|place| !local.tokens[*place].is_mark(",;.、()"));
        next.find(|place| local.tokens[*place].has(Role::Body)).is_some_and(|body| self.acts(body))
    }

    /// Tells whether a number is one of a floor, or of a kind that the baseline states as well and that is compared.
    pub(super) fn is_limited_elsewhere(&self, token: &Token) -> bool {
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
    pub(super) fn joins_what_is_promised(&self, at: usize) -> bool {
        let (baseline, local) = (self.baseline.reading, self.local.reading);
        // 符合条件、成绩合格的: what has to be fulfilled as well.
        let asks = local.tokens[at].group(Role::Condition).map(|group| self.words.group(group));
        if asks.is_some_and(|name| ASKED_AS_WELL.contains(&name)) {
            return false;
        }
        let (part, member) = self.member(at);
        let (start, end) = (part.start, part.end);
        // 诊断明确、病情平稳、在家居住的患者: all of it has to hold.
        let whose = (at..end).find(|place| word(local, *place) == "的");
        let describes = whose.is_some_and(|whose| {
            let named = local.tokens.get(whose + 1).is_some_and(|next| next.has(Role::Person));
            named && !local.tokens[member.clone()].iter().any(|token| token.has(Role::Person))
        });
        if describes && member != part {
            return false;
        }
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
    pub(super) fn member(&self, at: usize) -> (Range<usize>, Range<usize>) {
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
    pub(super) fn is_of_other_people(&self, range: &Range<usize>, what: &What) -> bool {
        let local = self.local.reading;
        let Some(at) = local.tokens.iter().position(|token| token.range.contains(&range.start)) else {
            return false;
        };
        // 学籍完整、父母有稳定住所的: asked for as well, of the same children.
        let What::Condition(name, _) = what else { return false };
        if ASKED_AS_WELL.contains(&name.as_str()) {
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
    pub(super) fn of(&self, token: &Token) -> bool {
        if token.about().any(|group| self.baseline.reading.has_group(group)) {
            return true;
        }
        let wanted = &self.local.reading.text.chars()[token.range.clone()];
        self.baseline.reading.text.chars().windows(wanted.len()).any(|window| window == wanted)
    }

    /// Tells whether a body is who does it: not one in which, or for which, something is done.
    pub(super) fn acts(&self, at: usize) -> bool {
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

/// Tells whether a number says that it is open day and night: 24小时接待, but not 24小时内.
pub(super) fn is_round_the_clock(local: &Reading, at: usize, number: &NumberOf) -> bool {
    let is_near = |at: Option<usize>, words: &[&str]| {
        at.filter(|at| *at < local.tokens.len())
            .is_some_and(|at| words.iter().any(|near| word(local, at).starts_with(near)))
    };
    number.low == 24.0
        && number.unit == Unit::Time(Period::Minutes(60))
        && number.every.is_none()
        && !is_near(Some(at + 1), &["内", "以内", "之内", "前", "以上", "后", "以后", "之后"])
        && !is_near(at.checked_sub(1), &["满", "超过", "提前", "限", "在", "后", "等", "不足", "未满"])
}
