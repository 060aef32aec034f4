//! From tokens to facts, word by word.

use super::*;

impl Reader<'_> {
    pub(super) fn read(&mut self) {
        let mut pending = Pending::default();
        let mut starts = 0;
        for at in 0..self.tokens.len() {
            let token = &self.tokens[at];
            if token.is_mark(ENDS) {
                starts = at + 1;
            } else if at == starts + LONGEST_PART {
                self.push(at..at + 1, What::Restricted);
            }
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
                Kind::Number(_) => self.number(at, &mut pending),
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

    pub(super) fn push(&mut self, tokens: Range<usize>, what: What) {
        let range = self.tokens[tokens.start].range.start..self.tokens[tokens.end - 1].range.end;
        self.facts.push(Fact { range, what });
    }

    /// Tells whether an amount stands in the next part of the sentence.
    pub(super) fn number_follows(&self, mark: usize) -> bool {
        let rest = self.tokens.iter().skip(mark + 1).take_while(|token| !token.is_mark(ENDS));
        let mut rest = rest.take(10);
        rest.any(|token| {
            token
                .counted()
                .is_some_and(|counted| counted.every.is_none() && matches!(counted.unit, Unit::Money(_)))
        })
    }

    /// Reads 每月走访: how often, where no number says how many times.
    pub(super) fn unused(&mut self, pending: &Pending) {
        let (Some(start), Some(every), false) = (pending.start, pending.every, pending.used) else { return };
        let chars = &self.text.chars()[self.tokens[start].range.clone()];
        let after = self.text.chars().get(self.tokens[start].range.end);
        if after == Some(&'第') && self.is_paid_out(start) {
            return;
        }
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

    pub(super) fn word(&mut self, at: usize) {
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
            // Not 暂不为0-6岁儿童提供: only a word that makes something shorter is said by the number.
            let here = self.word_at(at);
            let may_shorten = token.has(Role::Substitute)
                || ["压", "缩", "减", "降", "调", "精简", "提前"].iter().any(|word| here.starts_with(word));
            let shortens = may_shorten
                && self.tokens[at + 1..].iter().take(3).any(|next| {
                    let is_time =
                        next.counted().is_some_and(|counted| counted.every.is_none() && counted.is_time());
                    is_time || matches!(&next.kind, Kind::Age { .. })
                });
            // 采取线上答疑等方式: one way of several.
            let part = self.part(at);
            let rest: String = (at..part.end).map(|place| self.word_at(place)).collect();
            let one_way = token.has(Role::Substitute)
                && ["等方式", "等形式", "等多种", "相结合"].iter().any(|word| rest.contains(word));
            // 录取结果短信告知家长 says how one hears of it.
            let before = (part.start..at).next_back().map(|place| self.word_at(place)).unwrap_or_default();
            let is_news =
                token.has(Role::Substitute) && ["结果", "进度"].iter().any(|news| before.ends_with(news));
            if !shortens && !one_way && !is_news {
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
            // 当天受理 says how soon; 活动当天 says when and at no other time.
            let of_a_day = at.checked_sub(1).is_some_and(|before| {
                self.tokens[before].is_mark("\"") || self.word_at(before).ends_with(['节', '日', '周', '动'])
            });
            let is_soon = self.word_at(at) == "当天"
                && !of_a_day
                && self.tokens.get(at + 1).is_some_and(|next| next.has(Role::Giving));
            if self.is_kept_private(at) || is_soon || self.is_paid_out(at) {
                return;
            }
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
            if self.is_done_for_them(at) {
                return;
            }
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
                        .any(|token| matches!(token.kind, Kind::Number(_))));
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
            if examples || describes || helped || self.is_a_duty(at) {
                return;
            }
            return self.push(at..at + 1, What::Requirement);
        }
        if token.has(Role::Reference) {
            return self.push(at..at + 1, What::Reference);
        }
        let bounds =
            at > 0 && matches!(self.tokens[at - 1].kind, Kind::Number(_) | Kind::Age { .. } | Kind::Bare(_));
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

    pub(super) fn word_at(&self, at: usize) -> String {
        self.text.chars()[self.tokens[at].range.clone()].iter().collect()
    }

    /// Returns the tokens of the part of the sentence that `at` stands in.
    pub(super) fn part(&self, at: usize) -> Range<usize> {
        self.parts.get(at).cloned().unwrap_or(at..at)
    }
}

/// Returns the part of the sentence that each token stands in: up to the next mark that ends one, or as long as one can be.
pub(super) fn parts(tokens: &[Token]) -> Vec<Range<usize>> {
    let mut parts = Vec::with_capacity(tokens.len());
    for at in 0..=tokens.len() {
        let start = parts.len();
        let end = match tokens.get(at) {
            None => at,
            Some(token) if token.is_mark(ENDS) => at,
            Some(_) if at - start + 1 == LONGEST_PART => at + 1,
            Some(_) => continue,
        };
        // The mark is of the part that it ends.
        parts.resize(tokens.len().min(at + 1), start..end);
    }
    parts
}
