//! Members of an enumeration that a copy of it lacks: 窗口、电话、网站 against 网站, whatever the words mean.

use super::*;

/// The longest member, in characters; what is longer is a sentence with marks in it.
const LONGEST: usize = 12;

impl Against<'_> {
    /// Asks about a member that is left out of an enumeration of which other members are copied.
    pub(super) fn members(&mut self) {
        let (baseline, local) = (self.baseline.reading, self.local.reading);
        let said = |wanted: &[char]| local.text.chars().windows(wanted.len()).any(|window| window == wanted);
        let theirs =
            |token: &Token| self.baseline.others.iter().any(|other| other.contains(&token.range.start));
        let mut missed = Vec::new();
        for members in enumerations(self.baseline) {
            let text = |member: &Range<usize>| {
                let (first, last) = (&baseline.tokens[member.start], &baseline.tokens[member.end - 1]);
                first.range.start..last.range.end
            };
            let is_said = |member: &&Range<usize>| said(&baseline.text.chars()[text(member)]);
            let known = |member: &Range<usize>| {
                baseline.tokens[member.clone()]
                    .iter()
                    .any(|token| theirs(token) || token.about().any(|group| local.has_group(group)))
                    || {
                        let chars = &baseline.text.chars()[text(member)];
                        local.covers(chars) * 2 >= chars.len()
                    }
            };
            let copied = members.iter().filter(is_said).count();
            if copied * 2 < members.len() || copied == members.len() || copied < 2 {
                continue;
            }
            missed.extend(members.iter().filter(|member| !is_said(member) && !known(member)).map(text));
        }
        let meets = |found: &Difference, range: &Range<usize>| {
            found.baseline.as_ref().is_some_and(|known| known.start < range.end && range.start < known.end)
        };
        for range in missed.into_iter().take(MOST_WORDS) {
            if !self.found.iter().any(|found| meets(found, &range)) {
                self.push((Respect::Content, None), Stand::Unclear, Some(&range), None);
            }
        }
    }
}

/// Returns the tokens of each member of each enumeration with three or more: of the first only its last word, of the last
/// only its first, since a verb may stand beside them.
fn enumerations(clause: Clause<'_>) -> Vec<Vec<Range<usize>>> {
    let reading = clause.reading;
    let is_joint = |at: usize| {
        ["、", "和", "及", "及其", "以及", "与", "或", "或者"].contains(&word(reading, at).as_str())
    };
    let is_end = |at: usize| {
        let token = &reading.tokens[at];
        token.is_mark(",;.:()") || token.has(Role::Open) || !clause.promises_at(token.range.start)
    };
    let (mut all, mut members, mut start) = (Vec::new(), Vec::<Range<usize>>::new(), 0);
    for at in 0..=reading.tokens.len() {
        let ends = at == reading.tokens.len() || is_end(at);
        if !ends && !is_joint(at) {
            continue;
        }
        if at > start {
            members.push(start..at);
        }
        start = at + 1;
        if ends {
            let several = std::mem::take(&mut members);
            let length = |member: &Range<usize>| {
                reading.tokens[member.end - 1].range.end - reading.tokens[member.start].range.start
            };
            if several.len() >= 3
                && several[1..several.len() - 1].iter().all(|member| length(member) <= LONGEST)
            {
                let last = several.len() - 1;
                let trimmed = several.into_iter().enumerate().map(|(place, member)| match place {
                    0 => member.end - 1..member.end,
                    place if place == last => member.start..member.start + 1,
                    _ => member,
                });
                all.push(trimmed.collect());
            }
        }
    }
    all
}

impl Against<'_> {
    /// Tells whether a condition is one of a further group that gets it too: 对残疾儿童、家庭经济困难儿童, where the baseline names the
    /// former. Another member of the enumeration has all conditions of the baseline, and this one none of them.
    pub(super) fn is_of_a_further_group(&self, range: &Range<usize>, name: &str) -> bool {
        const JOINS: [&str; 6] = ["、", "和", "及", "以及", "或", "或者"];
        const GROUPS: [&str; 6] = ["家庭", "儿童", "学生", "生", "孩子", "人员"];
        let local = self.local.reading;
        // A residence permit makes no group.
        if !KINDS.contains(&name) && !["income", "narrower"].contains(&name) {
            return false;
        }
        let Some(at) = local.tokens.iter().position(|token| token.range.contains(&range.start)) else {
            return false;
        };
        let is_end = |at: usize| local.tokens[at].is_mark(",;.:()");
        let start = (0..at).rev().find(|at| is_end(*at)).map_or(0, |end| end + 1);
        let end = (at..local.tokens.len()).find(|at| is_end(*at)).unwrap_or(local.tokens.len());
        let joins = |at: &usize| JOINS.contains(&word(local, *at).as_str());
        let bounds: Vec<usize> =
            [start].into_iter().chain((start..end).filter(joins).map(|at| at + 1)).chain([end + 1]).collect();
        let members: Vec<Range<usize>> = bounds
            .windows(2)
            .map(|pair| pair[0]..(pair[1] - 1))
            .filter(|member| !member.is_empty())
            .collect();
        let Some(own) = members.iter().position(|member| member.contains(&at)) else { return false };
        let whom = |facts: &[Fact], within: &dyn Fn(usize) -> bool| -> Vec<(Respect, String)> {
            let asked = facts.iter().filter(|fact| {
                matches!(fact.what, What::Condition(..) | What::Requirement | What::Narrower)
                    && within(fact.range.start)
            });
            asked
                .filter_map(|fact| key(&fact.what))
                .map(|(respect, name, _)| (respect, name.to_owned()))
                .collect()
        };
        let of = |member: &Range<usize>| {
            let chars = local.tokens[member.start].range.start..local.tokens[member.end - 1].range.end;
            whom(&local.facts, &|at| chars.contains(&at))
        };
        let above = whom(&self.baseline.reading.facts, &|at| self.baseline.promises_at(at));
        let own_asks = of(&members[own]);
        let is_group = |at: usize| {
            let word = word(local, at);
            local.tokens[at].has(Role::Person) || GROUPS.iter().any(|group| word.ends_with(group))
        };
        let names_a_group = members[own].clone().any(is_group);
        // 符合条件、且缴满社保的流动儿童 are one group with two conditions.
        let goes_on = ["且", "并", "又", "同时", "还", "须", "需", "应"]
            .iter()
            .any(|also| word(local, members[own].start).starts_with(also));
        let is_apart = |other: usize| is_group(members[own.min(other)].end - 1);
        let near = [own.checked_sub(1), Some(own + 1)].into_iter().flatten();
        let mut near = near.filter(|at| *at < members.len() && is_apart(*at)).map(|at| &members[at]);
        // 残疾儿童 of whom nothing is asked stand beside it as they stand in the baseline.
        let is_copied = |member: &Range<usize>| {
            let mut weighty = member.clone().filter(|at| has_weight(&local.tokens[*at]));
            weighty.all(|at| self.aligned.local.contains(&at)) && member.clone().any(is_group)
        };
        let has_all = |member: &Range<usize>| {
            let asks = of(member);
            if above.is_empty() { is_copied(member) } else { above.iter().all(|asked| asks.contains(asked)) }
        };
        names_a_group && !goes_on && !own_asks.iter().any(|asked| above.contains(asked)) && near.any(has_all)
    }
}
