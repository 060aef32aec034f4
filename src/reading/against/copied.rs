//! Words that are copied but for a few characters: what was put in, taken out or exchanged within a sentence.
//!
//! Where nearly all is the same, the little that is not is what somebody wanted: it is asked about unless it is known to make
//! nothing smaller. What is added as a sentence of its own is looked at by `content`.

use super::*;

/// A clause is a copy when at least this share of its characters, in hundredths, stands in the other in order.
const COPY: usize = 72;
/// The same where nothing was put in or exchanged.
const LEFT_OUT: usize = 50;
/// The shortest stretch that counts as the same.
const RUN: usize = 2;
/// The longest clause that is compared by characters.
const LONGEST: usize = 300;

/// What differs at one place: characters of the baseline, of the local words, or both.
#[derive(Debug)]
struct Edit {
    above: Range<usize>,
    here: Range<usize>,
}

impl Against<'_> {
    /// Asks about what differs within a sentence that is copied for the rest.
    pub(super) fn copied(&mut self) {
        let chars = |clause: Clause<'_>| -> Vec<(usize, char)> {
            let all = clause.reading.text.chars().iter().enumerate();
            let theirs = |at: usize| clause.others.iter().any(|other| other.contains(&at));
            all.filter(|(at, _)| clause.promises_at(*at) && !theirs(*at)).map(|(at, c)| (at, *c)).collect()
        };
        let (above, here) = (chars(self.baseline), chars(self.local));
        if above.is_empty() || above.len() > LONGEST || here.len() > LONGEST || !self.shares_words() {
            return;
        }
        let Some(edits) = edits(&above, &here) else { return };
        for edit in edits {
            if let Some(found) = self.asked(&edit) {
                self.found.push(found);
            }
        }
    }

    /// Tells whether a copy is likely: half of the words of the baseline are aligned.
    fn shares_words(&self) -> bool {
        let baseline = self.baseline.reading;
        let heavy = |at: &usize| {
            let token = &baseline.tokens[*at];
            has_weight(token) && self.baseline.promises_at(token.range.start)
        };
        let all = (0..baseline.tokens.len()).filter(heavy).count();
        self.aligned.baseline.len() * 2 >= all
    }

    /// Returns what is to be asked about one place, if anything.
    fn asked(&self, edit: &Edit) -> Option<Difference> {
        // What makes more of a promise may stand in the place of what makes less: 居住证 for 居住证或居住登记凭证.
        let worse = self.found.iter().filter(|found| found.stand != Stand::Higher);
        let meets = |known: &Option<Range<usize>>, own: &Range<usize>| {
            known.as_ref().is_some_and(|known| known.start < own.end && own.start < known.end)
        };
        let is_known = worse
            .into_iter()
            .any(|found| meets(&found.local, &edit.here) || meets(&found.baseline, &edit.above));
        if is_known {
            return None;
        }
        let (baseline, local) = (self.baseline.reading, self.local.reading);
        // What is copied whole has lost nothing, and what is said beside it took no word's place.
        let gone = if self.is_whole() { Vec::new() } else { within(baseline, &edit.above) };
        let new: Vec<usize> =
            within(local, &edit.here).into_iter().filter(|at| !self.is_detail(*at)).collect();
        let is_same = |token: &usize, of: &Reading, others: &[usize], other: &Reading| {
            others.iter().any(|place| says_same(of, &of.tokens[*token], other, &other.tokens[*place]))
        };
        let counts =
            |token: &Token| matches!(token.kind, Kind::Number(_) | Kind::Age { .. } | Kind::Every(..));
        if gone.iter().any(|at| counts(&baseline.tokens[*at]))
            || new.iter().any(|at| counts(&local.tokens[*at]))
        {
            return None;
        }
        let lost = gone
            .iter()
            .copied()
            .find(|at| self.is_one_way(*at) || self.is_missed(*at) && !is_same(at, baseline, &new, local));
        // 取消户籍和社保年限限制，……: what lifts one limit lifts those beside it.
        let lifts = new.iter().any(|at| local.lifted[*at]);
        let mut added = new.iter().copied().filter(|_| !lifts);
        let put = added.find(|at| self.narrows(*at) && !is_same(at, local, &gone, baseline));
        if lost.is_none() && put.is_none() {
            return None;
        }
        Some(Difference {
            respect: if put.is_some() { Respect::Unread } else { Respect::Content },
            part: None,
            stand: Stand::Unclear,
            baseline: lost.map(|at| baseline.tokens[at].range.clone()),
            local: put.map(|at| local.tokens[at].range.clone()),
        })
    }

    /// Tells whether a word of the baseline joins several ways, of which the local words have one: 双方 for 双方或一方.
    fn is_one_way(&self, at: usize) -> bool {
        let (baseline, local) = (self.baseline.reading, self.local.reading);
        let joins = |c: &char| "或和及、".contains(*c);
        let token = &baseline.tokens[at];
        let word = &baseline.text.chars()[token.range.clone()];
        let either = token.has(Role::Either) || word.len() > 3 && word.iter().any(joins);
        either
            && !self.local_chars().any(|c| c == '或')
            && !local.text.chars().windows(word.len()).any(|own| own == word)
    }

    fn local_chars(&self) -> impl Iterator<Item = char> {
        let chars = self.local.reading.text.chars().iter().enumerate();
        chars.filter(|(at, _)| self.local.promises_at(*at)).map(|(_, c)| *c)
    }

    /// Tells whether a word of the baseline is missed where it was taken out.
    fn is_missed(&self, at: usize) -> bool {
        let (baseline, local) = (self.baseline.reading, self.local.reading);
        let token = &baseline.tokens[at];
        let word = &baseline.text.chars()[token.range.clone()];
        let elsewhere = local.text.chars().windows(word.len()).any(|window| window == word);
        // One of several is missed although the others are like it.
        let member = is_member(baseline, at) && word.len() > 1;
        let names = token.has(Role::Person) || token.has(Role::Same) || token.has(Role::Condition);
        has_weight(token)
            && !elsewhere
            && ((member && names) || !holds(local, baseline, token) && token.is_other())
    }

    /// Tells whether a word that was put in may make the promise smaller.
    fn narrows(&self, at: usize) -> bool {
        const FINE: [Role; 10] = [
            Role::Promise,
            Role::Describing,
            Role::Harmless,
            Role::Burden,
            Role::Improving,
            Role::Floor,
            Role::Open,
            Role::Stage,
            Role::Either,
            Role::Giving,
        ];
        let local = self.local.reading;
        let token = &local.tokens[at];
        has_weight(token)
            && !local.lifted[at]
            && (!self.is_harmless(at) || token.has(Role::CommonVerb) || token.kind == Kind::Unknown)
            && !self.joins_what_is_promised(at)
            && !FINE.iter().any(|role| token.has(*role))
            && !self.of(token)
            && !is_quoted(local, at)
    }
}

/// Returns the tokens of which at least half stands in a stretch.
fn within(reading: &Reading, stretch: &Range<usize>) -> Vec<usize> {
    let share = |token: &Token| {
        let (start, end) = (token.range.start.max(stretch.start), token.range.end.min(stretch.end));
        end.saturating_sub(start) * 2 >= token.range.len()
    };
    (0..reading.tokens.len()).filter(|at| share(&reading.tokens[*at])).collect()
}

/// Returns the places at which two clauses differ within a sentence. `None` if one is no copy of the other.
fn edits(above: &[(usize, char)], here: &[(usize, char)]) -> Option<Vec<Edit>> {
    let same = runs(above, here);
    let kept: usize = same.iter().map(|(.., length)| length).sum();
    // Only the parts of sentences count in which something is the same.
    let is_mark = |(_, c): &(usize, char)| ",;.()".contains(*c);
    let parts = here.split_inclusive(is_mark).scan(0, |start, part| {
        let range = *start..*start + part.len();
        *start = range.end;
        Some(range)
    });
    let touched =
        parts.filter(|part| same.iter().any(|(_, at, length)| *at < part.end && part.start < at + length));
    let length: usize = touched.map(|part| part.len()).sum();
    // Words of which something was only taken out are a copy, however much that is.
    let share = if kept == here.len() { LEFT_OUT } else { COPY };
    if kept * 100 < above.len().max(length) * share {
        return None;
    }
    let (mut edits, mut at) = (Vec::new(), (0, 0));
    let is_end = |place: Option<&(usize, char)>| place.is_none_or(|(_, c)| ",;.()".contains(*c));
    for (first, second, length) in same.into_iter().chain([(above.len(), here.len(), 0)]) {
        let (gone, new) = (at.0..first, at.1..second);
        // A part of a sentence that is new from mark to mark is detail, or a limit that `content` looks at.
        let part = gone.is_empty()
            && (new.is_empty()
                || (is_end(new.start.checked_sub(1).and_then(|before| here.get(before)))
                    || is_end(here.get(new.start)))
                    && (is_end(here.get(new.end)) || is_end(here.get(new.end - 1))));
        // 监护人全员到场的，……: whom a copy is for now.
        let leads = part && kept * 10 >= above.len() * 9 && new.start == 0 && new.len() > 2;
        let leads = leads && here[new.end - 1].1 == ',' && here[new.end - 2].1 == '的';
        let part = part && !leads;
        if !(part || gone.is_empty() && new.is_empty()) {
            let place = |chars: &[(usize, char)], range: &Range<usize>| {
                let start = chars.get(range.start).or(chars.last()).map_or(0, |(at, _)| *at);
                let end =
                    range.end.checked_sub(1).and_then(|last| chars.get(last)).map_or(start, |(at, _)| at + 1);
                start..if range.is_empty() { start } else { end }
            };
            edits.push(Edit { above: place(above, &gone), here: place(here, &new) });
        }
        at = (first + length, second + length);
    }
    Some(edits)
}

/// Returns the stretches that both have in the same order, where each starts and how long it is: the most characters.
fn runs(above: &[(usize, char)], here: &[(usize, char)]) -> Vec<(usize, usize, usize)> {
    let width = here.len() + 1;
    let same = |i: usize, j: usize| above[i].1 == here[j].1;
    // How long both are the same from here on, and the most that can be kept from here on.
    let mut run = vec![0_usize; (above.len() + 1) * width];
    let mut best = vec![0_usize; (above.len() + 1) * width];
    for i in (0..above.len()).rev() {
        for j in (0..here.len()).rev() {
            let at = i * width + j;
            run[at] = if same(i, j) { run[at + width + 1] + 1 } else { 0 };
            best[at] = best[at + width].max(best[at + 1]);
            if run[at] >= RUN {
                let length = run[at];
                best[at] = best[at].max(length + best[(i + length) * width + j + length]);
            }
        }
    }
    let (mut i, mut j, mut found) = (0, 0, Vec::new());
    while i < above.len() && j < here.len() {
        let at = i * width + j;
        let length = run[at];
        if length >= RUN && best[at] == length + best[(i + length) * width + j + length] {
            found.push((i, j, length));
            (i, j) = (i + length, j + length);
        } else if best[at] == best[at + width] {
            i += 1;
        } else {
            j += 1;
        }
    }
    found
}
