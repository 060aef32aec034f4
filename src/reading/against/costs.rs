//! What is charged, where it is given, and which conditions are lifted.

use super::*;

impl Against<'_> {
    /// Finds what the baseline lifts and the local words do not: 不受经济困难条件限制 against 受经济困难条件限制.
    pub(super) fn unlifted(&mut self) {
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
            // 无需申请, 无需排队: what is lifted is a step.
            let step = rest.clone().next().is_some_and(|place| {
                let next = self::word(local, place);
                [
                    "申请", "排队", "预约", "返乡", "往返", "提交", "提出", "重复", "再次", "另行", "本人",
                    "家长",
                ]
                .iter()
                .any(|word| next.starts_with(word))
            });
            if alone || (need && !step && !limits && !fee && rest.clone().any(promised)) {
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
    pub(super) fn places(&mut self) {
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
    pub(super) fn fees(&mut self) {
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

    pub(super) fn of_baseline_others(&self, at: usize) -> bool {
        let range = &self.baseline.reading.tokens[at].range;
        self.baseline.others.iter().any(|other| other.contains(&range.start))
    }
}
