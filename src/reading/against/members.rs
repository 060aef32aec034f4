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
