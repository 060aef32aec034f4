//! Which facts of a local clause are no news: the baseline has them, or they are about something else.

use super::*;

impl Against<'_> {
    /// Tells whether the baseline has the very word, though it asks for nothing there.
    pub(super) fn has_token(&self, range: &Range<usize>) -> bool {
        let (baseline, local) = (self.baseline.reading, self.local.reading);
        let wanted = &local.text.chars()[range.clone()];
        baseline.tokens.iter().any(|token| baseline.text.chars()[token.range.clone()] == *wanted)
    }

    /// Tells whether babies are meant where the baseline speaks of birth.
    pub(super) fn is_born(&self, range: &Range<usize>) -> bool {
        let word: String = self.local.reading.text.chars()[range.clone()].iter().collect();
        let baseline: String = self.baseline.reading.text.chars().iter().collect();
        ["婴儿", "新生婴儿", "母亲", "产妇"].contains(&word.as_str())
            && ["出生", "新生儿", "分娩"].iter().any(|birth| baseline.contains(birth))
    }

    /// Tells whether the baseline says the same once: said twice it is not more.
    pub(super) fn repeats(&self, what: &What) -> bool {
        let known = |other: &What| self.baseline.reading.facts.iter().any(|fact| fact.what == *other);
        match what {
            What::Condition(name, None) => !KINDS.contains(&name.as_str()) && known(what),
            What::Place(_) | What::Degree(_) => known(what),
            _ => false,
        }
    }

    /// Tells whether a condition is one of what is given on top: 其中有高危因素的加做…….
    pub(super) fn is_for_more(&self, range: &Range<usize>, what: &What) -> bool {
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
    pub(super) fn is_choice_of_promises(&self, range: &Range<usize>) -> bool {
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
    pub(super) fn same_of<'f>(
        &self,
        known: &mut Vec<(&'f Range<usize>, &'f What)>,
        name: &str,
        fact: &Fact,
    ) -> Option<(&'f Range<usize>, &'f What)> {
        let range = &fact.range;
        if !KINDS.contains(&name) {
            // 居住满 and 6个月: the one that states an amount for the other that does.
            let alike =
                |(_, what): &(&Range<usize>, &What)| amount(what).is_some() == amount(&fact.what).is_some();
            let at = known.iter().rposition(alike).or(known.len().checked_sub(1));
            return at.map(|at| known.remove(at));
        }
        const OTHER_NAMES: [[&str; 2]; 4] =
            [["自闭", "孤独"], ["听障", "听力"], ["视障", "视力"], ["智障", "智力"]];
        let here = &self.local.reading.text.chars()[range.clone()];
        let above = self.baseline.reading.text.chars();
        let shares = |(range, _): &(&Range<usize>, &What)| {
            let known = &above[(*range).clone()];
            let shared = here.windows(2).filter(|pair| known.windows(2).any(|other| other == *pair)).count();
            let has =
                |text: &[char], word: &str| text.windows(2).any(|pair| word.chars().eq(pair.iter().copied()));
            let renamed = OTHER_NAMES.iter().any(|names| {
                names.iter().any(|name| has(here, name)) && names.iter().any(|name| has(known, name))
            });
            renamed
                || shared * 2 >= here.len().min(known.len())
                || known.contains(&here[0]) && here.len() == 1
        };
        known.iter().position(shares).map(|at| known.remove(at))
    }

    /// Tells whether characters of the baseline stand in an enumeration.
    pub(super) fn is_listed(&self, range: &Range<usize>) -> bool {
        let baseline = self.baseline.reading;
        let at = baseline.tokens.iter().position(|token| token.range.contains(&range.start));
        at.is_some_and(|at| {
            let person = baseline.tokens.get(at + 1).is_some_and(|next| next.has(Role::Person));
            is_member(baseline, at) || (person && is_member(baseline, at + 1))
        })
    }

    /// Tells whether a softer word stands where nothing of the baseline is promised: …；鼓励社会各界捐赠.
    pub(super) fn is_aside(&self, range: &Range<usize>, what: &What) -> bool {
        let What::Degree(name) = what else { return false };
        if !["encourage", "attend", "priority", "permit", "assist", "vague"].contains(&name.as_str()) {
            return false;
        }
        let local = self.local.reading;
        let at = local.tokens.iter().position(|token| token.range.start >= range.start).unwrap_or(0);
        // 医疗保障事宜，参照有关文件执行: nothing is aside where nothing else is done.
        let does = |token: &Token| token.has(Role::Giving) || token.has(Role::Promise);
        let alone = name == "vague"
            && !local.tokens.iter().any(|token| does(token) && self.local.promises_at(token.range.start));
        // 大致上两次课: what is counted is promised.
        let is_mark = |place: &usize| local.tokens[*place].is_mark(",;.()");
        let start = (0..at).rev().find(is_mark).map_or(0, |mark| local.tokens[mark].range.end);
        let end =
            (at..local.tokens.len()).find(is_mark).map_or(usize::MAX, |mark| local.tokens[mark].range.start);
        let counts = |fact: &crate::fact::Fact| {
            (start..end).contains(&fact.range.start) && matches!(fact.what, What::Measure(_))
        };
        let counted = self.baseline.reading.facts.iter().any(|fact| matches!(fact.what, What::Measure(_)))
            && local.facts.iter().any(counts);
        !alone && !counted && !self.is_beside_a_promise(at)
    }

    /// Tells whether a condition is one of several of an audience, of which the baseline's own is another.
    pub(super) fn is_an_alternative(&self, range: &Range<usize>, what: &What) -> bool {
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
    pub(super) fn says(&self, range: &Range<usize>, name: &str) -> bool {
        let (baseline, local) = (self.baseline.reading, self.local.reading);
        if name == "enrolled" {
            return baseline.text.chars().iter().any(|c| "学园校教育读".contains(*c));
        }
        if name == "relief-scheme" {
            let named = |word: &str| baseline.covers(&word.chars().collect::<Vec<char>>()) >= 2;
            return ["低保", "生活保障", "特困"].iter().any(|word| named(word));
        }
        let wanted = &local.text.chars()[range.clone()];
        // 小学阶段 is half of 中小学阶段.
        let half = wanted.starts_with(&['小', '学'])
            && baseline.text.chars().windows(3).any(|word| word == ['中', '小', '学']);
        if half {
            return false;
        }
        let least = if wanted.len() >= 5 { wanted.len() - 1 } else { wanted.len() };
        wanted.len() >= 3 && baseline.covers(wanted) >= least
    }

    /// Returns the local characters that are only about what other provisions of the baseline's quote promise: the
    /// members of an enumeration that name theirs and not this one's.
    pub(super) fn of_others(&self) -> Vec<Range<usize>> {
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
}
