//! What is promised: whether all of it is found, and what was left out or put in.

use super::*;

/// Tells whether a part of a sentence says how something is paid out or told: so often is no limit.
fn pays(part: &str) -> bool {
    ["发", "打", "拨", "到账", "结算", "公示", "添置", "评估", "讲课", "会商"]
        .iter()
        .any(|word| part.contains(word))
}

impl Against<'_> {
    /// Compares what is promised: every content word of the baseline has to be found, and nothing unread may narrow it.
    pub(super) fn content(&mut self) {
        let (baseline, local) = (self.baseline.reading, self.local.reading);
        if local.facts.iter().any(|fact| fact.what == What::Reference) {
            return;
        }
        let wanted = self.wanted();
        // A title says what a service is about, not what it gives: its words count only beside some of the clause.
        let title_alone = !self.aligned.local.iter().any(|at| !local.tokens[*at].is_light())
            && !local.tokens.iter().take(MOST_WORDS).any(|token| self.promises_of_the_baseline(token));
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
        for at in lost.iter().copied() {
            let token = &baseline.tokens[at];
            let whole = || {
                let part = self.part_of(at);
                let within = |words: &[usize]| {
                    let place = |token: usize| words.partition_point(|word| *word < token);
                    place(part.end) - place(part.start)
                };
                within(&wanted) == within(&lost)
            };
            if much
                || whole()
                || token.has(Role::Promise)
                || Some(&at) == wanted.last()
                || is_member(baseline, at)
            {
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
        // 父母或者其他监护人 are more than 父母.
        let says = |clause: Clause<'_>, words: &[&str]| {
            let chars = clause.reading.text.chars().iter().enumerate();
            let text: String = chars.filter(|(at, _)| clause.promises_at(*at)).map(|(_, c)| c).collect();
            words.iter().any(|word| text.contains(word))
        };
        let guardians = ["监护人", "抚养人", "照护人", "看护人", "养育人", "家长", "家庭成员"];
        let fewer = says(self.baseline, &["父母"])
            && says(self.baseline, &["监护人"])
            && says(self.local, &["父母"])
            && !says(self.local, &guardians);
        if fewer || speaks_to(baseline, &["parents"]) && !speaks_to(local, &["parents", "families"]) {
            self.push((Respect::Audience, None), Stand::Unclear, None, None);
        }
    }

    /// Returns the tokens of the baseline that stand between the same marks as one of them.
    fn part_of(&self, at: usize) -> Range<usize> {
        let tokens = &self.baseline.reading.tokens;
        let is_mark = |at: &usize| tokens[*at].is_mark(",;.");
        let (first, last) = (at.saturating_sub(MOST_WORDS), tokens.len().min(at + MOST_WORDS));
        (first..at).rev().find(is_mark).unwrap_or(first)..(at..last).find(is_mark).unwrap_or(last)
    }

    /// Tells whether a token of the local clause says something that the baseline promises.
    pub(super) fn promises_of_the_baseline(&self, token: &Token) -> bool {
        let (baseline, local) = (self.baseline.reading, self.local.reading);
        let about = token.has(Role::Same) || token.has(Role::Promise) || token.is_other();
        let says = |other: &Token| {
            self.baseline.promises_at(other.range.start) && says_same(local, token, baseline, other)
        };
        about
            && self.local.promises_at(token.range.start)
            && baseline.tokens.iter().take(MOST_WORDS * 10).any(says)
    }

    /// Returns the tokens of the baseline's clause that say what it promises.
    pub(super) fn wanted(&self) -> Vec<usize> {
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
            // 提供指引手册: what would be too little elsewhere is promised here.
            let about = about || token.has(Role::Substitute) || here == "减免";
            if about && !skipping && (token.range.len() > 1 || token.kind != Kind::Unknown) {
                wanted.push(at);
            }
        }
        wanted
    }

    /// Reports what cannot be read in the local clause, and what may narrow it.
    pub(super) fn unread(&mut self) {
        let (baseline, local) = (self.baseline.reading, self.local.reading);
        let elsewhere = self.of_others();
        for (at, token) in local.tokens.iter().enumerate() {
            if elsewhere.iter().any(|other| other.contains(&token.range.start)) {
                continue;
            }
            if self.is_detail(at) {
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
    pub(super) fn added(&mut self) {
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
            if copied
                || read
                || !self.local.promises_at(range.start)
                || self.is_office_work(&part)
                || self.is_given_on_top(&range)
            {
                continue;
            }
            let free = self.words.group_of("免费");
            let nothing = |at: usize| local.tokens[at].counted().is_some_and(NumberOf::is_no_money);
            let spares = part.clone().any(nothing)
                || part.clone().any(|at| free.is_some() && local.tokens[at].group(Role::Same) == free);
            let bounds = part.clone().any(|at| local.tokens[at].has(Role::Floor));
            let suspect = |at: usize| {
                let token = &local.tokens[at];
                if bounds || (spares && token.has(Role::Cost)) {
                    return false;
                }
                if let Some(number) = token.counted() {
                    let unit = &number.unit;
                    // 秋季、春季两学期均照此执行, 每年四月、十月各发一次.
                    let all = at + 1 < end && ["均", "都", "各"].contains(&word(local, at + 1).as_str());
                    if all || *unit == Unit::Times && pays(&local.words(range.clone())) {
                        return false;
                    }
                    return !matches!(unit, Unit::Money(_))
                        && !inserted::is_round_the_clock(local, at, number)
                        && !self.is_limited_elsewhere(token)
                        && (matches!(unit, Unit::Share | Unit::People | Unit::Other(_))
                            || !self.is_about_something_else(&token.range));
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
    pub(super) fn is_beside_a_promise(&self, at: usize) -> bool {
        self.beside.get_or_init(|| self.beside_promises()).get(at).copied().unwrap_or(false)
    }

    /// Returns of each token of the local clause whether a promise of the baseline stands in its part.
    fn beside_promises(&self) -> Vec<bool> {
        let (baseline, local) = (self.baseline.reading, self.local.reading);
        let promises = |token: &Token| {
            let about = token.has(Role::Same)
                || token.has(Role::Promise)
                || (token.is_other() && token.range.len() > 1);
            about && holds(baseline, local, token)
        };
        let is_mark = |token: &Token| token.is_mark(",;.()");
        let mut beside = vec![false; local.tokens.len()];
        let mut start = 0;
        while start < local.tokens.len() {
            let part = local.tokens[start..].iter().take_while(|token| !is_mark(token)).count();
            let end = start + part;
            let holds = local.tokens[start..end].iter().any(promises);
            beside[start..end].fill(holds);
            // A mark belongs to the part before it.
            if end < local.tokens.len() {
                beside[end] = holds;
            }
            start = end + 1;
        }
        beside
    }

    /// Finds what was copied.
    pub(super) fn align(&mut self) {
        let weighty = |clause: Clause<'_>| -> Vec<usize> {
            let tokens = clause.reading.tokens.iter().enumerate();
            let own = tokens.filter(|(_, token)| has_weight(token) && clause.promises_at(token.range.start));
            own.map(|(at, _)| at).collect()
        };
        let (above, here) = (weighty(self.baseline), weighty(self.local));
        self.aligned = align(self.baseline.reading, &above, self.local.reading, &here);
    }

    /// Returns what is left out of words that were copied for the rest.
    pub(super) fn left_out(&self, wanted: &[usize]) -> Vec<usize> {
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
            .take(MOST_WORDS)
            .collect();
        let is_said =
            |at: &usize| put_in.iter().any(|own| says_same(baseline, &baseline.tokens[*at], local, own));
        let elsewhere = |at: &usize| baseline.tokens[*at].about().any(|group| local.has_group(group));
        left.into_iter().filter(|at| !is_said(at) && !elsewhere(at)).collect()
    }
}
