//! Denials, exceptions and what is forbidden.

use super::*;

impl Reader<'_> {
    /// Reads 除……外: it leaves out unless it goes on with 还 or 均.
    pub(super) fn except_out(&mut self, at: usize) {
        let range = &self.tokens[at].range;
        let here: String = self.text.chars()[range.clone()].iter().collect();
        if !(here == "除" || here == "除了") {
            return;
        }
        let chars = self.text.chars();
        let rest: String = chars[range.end..].iter().take(60).collect();
        let Some(out) = rest.find('外') else { return };
        let after: String = rest[out + '外'.len_utf8()..].chars().take(5).collect();
        if !["还", "另", "也", "均", "都", "再", "同时", "增加"].iter().any(|word| after.contains(word))
        {
            self.push(at..at + 1, What::Excepted);
        }
    }

    pub(super) fn denial(&mut self, at: usize) {
        match next_heavy(self.tokens, at) {
            // 不到3岁 and the like.
            Some((_, next)) if matches!(next.kind, Kind::Age { .. }) && self.tokens[at].range.len() == 1 => {}
            _ if self.describes(at) || self.forbids(at) || self.is_forbidden(at) => {}
            _ => {
                let strong = [
                    "不予",
                    "不再",
                    "不提供",
                    "不办理",
                    "不受理",
                    "不发放",
                    "不安排",
                    "不接收",
                    "不负责",
                    "不承担",
                    "不保证",
                    "不开展",
                    "不享受",
                    "不给",
                    "不免",
                    "拒绝",
                    "未列入",
                    "未纳入",
                    "不列入",
                    "不纳入",
                    "不支持",
                    "不设立",
                    "不实施",
                    "不执行",
                    "暂无",
                ];
                let here = self.word_at(at);
                let starts = at == 0 || self.tokens[at - 1].is_mark(ENDS);
                let sure = strong.iter().any(|word| here.starts_with(word))
                    || (starts && self.tokens.get(at + 1).is_some_and(|next| next.has(Role::Giving)));
                self.push(at..at + 1, What::Denied(sure));
            }
        }
    }

    /// Tells whether a denial forbids offices something: 不得推诿, 严禁截留.
    pub(super) fn forbids(&self, at: usize) -> bool {
        let here = self.word_at(at);
        let after: String = self.text.chars()[self.tokens[at].range.end..].iter().take(7).collect();
        ["不得", "不准", "严禁", "禁止", "杜绝", "不许", "不让"].iter().any(|word| here.starts_with(word))
            && !FORBIDDEN_TO_FAMILIES.iter().any(|word| here.contains(word) || after.contains(word))
    }

    /// Tells whether refusing is what is forbidden: 不得以……为由拒绝.
    pub(super) fn is_forbidden(&self, at: usize) -> bool {
        let start = self.part(at).start;
        ["拒绝", "拒不", "谢绝"].contains(&self.word_at(at).as_str())
            && (start..at).any(|place| {
                ["不得", "不准", "不许", "严禁", "禁止", "不能", "不会", "不可", "绝不"]
                    .iter()
                    .any(|word| self.word_at(place).starts_with(word))
            })
    }

    /// Tells whether a denial only describes somebody: 未能参加的，另外安排.
    pub(super) fn describes(&self, at: usize) -> bool {
        let part = self.part(at);
        // 不作为租赁补贴的对象 says what they are not.
        let here = self.word_at(at);
        let is_not = ["不作", "不列为", "不属", "不是", "不算"].iter().any(|word| here.starts_with(word));
        let mut rest = (at + 1..part.end).filter(|place| self.word_at(*place) == "的");
        rest.any(|place| {
            if is_not && place + 2 == part.end {
                return false;
            }
            let next = self.tokens.get(place + 1);
            // 家里走不开的由儿童主任上门: who cannot come is helped.
            let is_helped = self.is_inability(at)
                && next.is_some_and(|next| {
                    next.has(Role::Body)
                        || ["由", "可", "帮"].iter().any(|helps| self.word_at(place + 1).starts_with(helps))
                });
            is_helped
                || next.is_none_or(|next| {
                    next.is_mark(",")
                        || next.has(Role::Denying)
                        || next.has(Role::Person)
                        || next.has(Role::Exception)
                })
        })
    }

    /// Reads 走不开, 听不了: not to be able to.
    fn is_inability(&self, at: usize) -> bool {
        let end = self.tokens[at].range.end;
        let after = self.text.chars().get(end).copied();
        self.word_at(at) == "不" && after.is_some_and(|after| "了开动便起到上来齐在".contains(after))
    }

    /// Tells whether 可以 says what persons may ask for, not what an office may do: 流动儿童可以就近入园.
    pub(super) fn entitles(&self, at: usize) -> bool {
        if self.tokens.get(at + 1).is_some()
            && ["为", "对", "给", "向", "将", "按", "依"].contains(&self.word_at(at + 1).as_str())
        {
            return false;
        }
        // Meals may be provided: whoever provides them decides.
        let after = &self.text.chars()[self.tokens[at].range.end..];
        if self.word_at(at).ends_with(" be") || after.starts_with(&[' ', 'b', 'e', ' ']) {
            return false;
        }
        let start = (0..at).rev().find(|place| self.tokens[*place].is_mark(";.")).map_or(0, |mark| mark + 1);
        for place in (start..at).rev() {
            let token = &self.tokens[place];
            if token.has(Role::Body) && !token.has(Role::Person) {
                return false;
            }
            if token.has(Role::Person) || token.has(Role::Describing) {
                let part = self.part(place);
                let given = (part.start..place)
                    .any(|before| ["对", "为", "给", "向", "将"].contains(&self.word_at(before).as_str()));
                // Behind a comma nobody is named: 对……接种，可在公众号上约时段.
                const GOES: [&str; 7] = ["在", "到", "拨打", "扫码", "登录", "直接", "随时"];
                let goes = self.tokens.get(at + 1).is_some()
                    && GOES.iter().any(|goes| self.word_at(at + 1).starts_with(goes));
                if given && part.end <= at && goes {
                    return true;
                }
                return !given;
            }
        }
        // Without a subject it is the office's choice only where it is about giving: 可给予补助, not 步行可到.
        const GIVES: [&str; 26] = [
            "提供", "给予", "予以", "免除", "免收", "减免", "发放", "安排", "补助", "资助", "救助", "纳入",
            "组织", "开展", "配备", "免费", "受理", "接收", "协助", "帮助", "指导", "走访", "设立", "建立",
            "开设", "转介",
        ];
        let next = next_heavy(self.tokens, at)
            .map(|(next, _)| next)
            .or((at + 1 < self.tokens.len()).then_some(at + 1));
        let words: String = self.text.chars()[self.tokens[at].range.start..].iter().take(8).collect();
        next.is_some() && !GIVES.iter().any(|word| words.contains(word))
    }
}
