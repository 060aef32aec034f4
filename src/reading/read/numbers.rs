//! Numbers, days and ages, and what they are of.

use super::*;

/// How many characters of a part are looked at, before a number and behind it, for what the number says. No part that an
/// office writes is longer; with more, a text of numbers alone would be read in the square of its length.
const FARTHEST: usize = 100;

impl Reader<'_> {
    /// Reads 每月2000元，每年按10个月计发 as so much a year.
    pub(super) fn months_of_a_year(&mut self) {
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

    /// Reads the year that something begins in, or ends with.
    pub(super) fn date(&mut self, at: usize) {
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

    pub(super) fn number(&mut self, at: usize, pending: &mut Pending) {
        let Some(NumberOf { low, high, unit, every, each }) = self.tokens[at].counted() else { return };
        // 分两学期发放 says in which parts.
        let splits = at > 0 && self.word_at(at - 1).ends_with('分');
        if splits && matches!(unit, Unit::Time(_)) {
            return;
        }
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
            && let Some(NumberOf { low, high, unit: Unit::Time(period), .. }) = self.tokens[place].counted()
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
        // 每年4月和10月更新一次 is twice a year.
        if quantity.unit == Unit::Times && quantity.every == Some((1.0, Period::Months(12))) {
            let days = self.tokens[start..at].iter().filter(|token| matches!(token.kind, Kind::Date(None)));
            let days = days.fold(0.0, |days, _| days + 1.0);
            if days > 1.0 {
                (quantity.low, quantity.high) = (quantity.low * days, quantity.high * days);
            }
        }
        pending.used |= pending.every.is_some() || !pending.each.is_empty();
        let what = self.what_of(at, quantity);
        self.push(start..end, what);
    }

    /// Returns the number of a time that stands before a number, in the same part of the sentence.
    pub(super) fn time_before(&self, at: usize) -> Option<usize> {
        let part = self.part(at);
        let passes = |token: &Token| {
            token.is_light() || token.has(Role::Floor) || token.has(Role::Same) || token.is_other()
        };
        let mut before = (part.start..at).rev().take(6);
        let found = before.find(|place| !passes(&self.tokens[*place]))?;
        let is_time = self.tokens[found].counted().is_some_and(NumberOf::is_time);
        let reached = found > 0 && self.tokens[found - 1].has(Role::Reached);
        (is_time && !reached).then_some(found)
    }

    /// Returns how the words around a number bound it.
    pub(super) fn bound(&self, at: usize) -> Bound {
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
    pub(super) fn bounds_a_number(&self, at: usize) -> bool {
        let is_number = |token: &Token| {
            matches!(
                token.kind,
                Kind::Number(_) | Kind::Age { .. } | Kind::Bare(_) | Kind::Date(_) | Kind::Items(_)
            )
        };
        let part = self.part(at);
        let after = self.tokens[at + 1..part.end].iter().take(4).any(is_number);
        after || self.tokens[part.start..at].iter().rev().take(2).any(is_number)
    }

    /// Returns what a number says: an amount, a fee, how long one has to have lived here.
    pub(super) fn what_of(&mut self, at: usize, quantity: Quantity) -> What {
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
                // 为低收入家庭发放补贴每学期200元: what is given is no income.
                (Unit::Money(_), Some(name)) if name == "income" && !self.is_given(at, &part) => Some(name),
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
        // 父母外出务工3个月以上: how long they have to have been away.
        if is_time && quantity.every.is_none() && quantity.bound == Bound::Floor && self.is_lived(at, &part) {
            return What::Condition("at-least".to_owned(), Some(quantity));
        }
        if let Some(name) = self.threshold(at, &quantity) {
            return What::Condition(name.to_owned(), Some(quantity));
        }
        let label = self.label(at, &part);
        let (said, whole) = (self.said_before(at, &part), self.said_around(at, &part));
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

    /// Returns what its part says before a token; of a long part, the nearest words.
    pub(super) fn said_before(&self, at: usize, part: &Range<usize>) -> String {
        let end = self.tokens[at].range.start;
        let start = self.tokens[part.start].range.start.max(end.saturating_sub(FARTHEST));
        self.text.chars()[start..end].iter().collect()
    }

    /// Returns what its part says around a token; of a long part, the nearest words.
    fn said_around(&self, at: usize, part: &Range<usize>) -> String {
        let from = self.tokens[at].range.start;
        let end = self.tokens[part.end - 1].range.end.min(from + FARTHEST);
        self.said_before(at, part) + &self.text.chars()[from..end].iter().collect::<String>()
    }

    /// Reads 每年完成15例, 每校预备五十份: so many there are for all.
    pub(super) fn is_a_stock(&self, at: usize, quantity: &Quantity) -> bool {
        if quantity.bound == Bound::Floor {
            return false;
        }
        let part = self.part(at);
        let before = self.said_before(at, &part);
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

    /// Tells whether something is given between the word for an income and an amount.
    fn is_given(&self, at: usize, part: &Range<usize>) -> bool {
        let mut before = (part.start..at).rev().take_while(|place| {
            self.tokens[*place].group(Role::Condition).is_none_or(|group| self.words.group(group) != "income")
        });
        before.any(|place| {
            let word = self.word_at(place);
            ["补贴", "补助", "津贴", "救助金", "发放", "给予", "资助"]
                .iter()
                .any(|given| word.contains(given))
        })
    }

    /// Returns the word that a number belongs to: the nearest with weight before it.
    pub(super) fn label(&self, at: usize, part: &Range<usize>) -> Option<String> {
        let before = (part.start..at).rev().map(|place| &self.tokens[place]);
        let mut heavy = before.filter(|token| {
            !token.is_light()
                && !matches!(token.kind, Kind::Every(..) | Kind::Each(_) | Kind::Number(_) | Kind::Bare(_))
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

    pub(super) fn age(&mut self, at: usize, (from, to): (u32, u32), is_range: bool) {
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
        // 居住满6个月 is no age.
        let lived = !is_range
            && from == to
            && self.word_at(at).ends_with("个月")
            && (at.saturating_sub(3)..at).any(|place| {
                ["居住", "暂住", "参保", "缴纳", "缴费", "务工", "就业", "外出", "离开"]
                    .iter()
                    .any(|word| self.word_at(place).contains(word))
            });
        if lived {
            let quantity = Quantity {
                low: f64::from(from),
                high: f64::from(to),
                unit: Unit::Time(Period::Months(1)),
                every: None,
                each: Vec::new(),
                bound: Bound::Exact,
            };
            return self.push(at..at + 1, What::Condition("residence-time".to_owned(), Some(quantity)));
        }
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
    pub(super) fn join_ages(&mut self) {
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
