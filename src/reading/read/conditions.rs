//! Whether words set a condition, ask for something, or charge for it.

use super::*;

impl Reader<'_> {
    /// Reads 设有中医馆的卫生院: only where there is something is it given.
    pub(super) fn is_equipped(&self, at: usize) -> bool {
        if !["设有", "具备", "建有", "配有", "开设", "拥有", "有"].contains(&self.word_at(at).as_str())
        {
            return false;
        }
        let part = self.part(at);
        let of = (at + 1..part.end.min(at + 6)).find(|place| self.word_at(*place) == "的");
        of.and_then(|of| self.tokens.get(of + 1))
            .is_some_and(|next| next.has(Role::Body) && !next.has(Role::Person))
    }

    /// Reads 达到入园条件, 遇有临时救助情形: criteria that somebody has set.
    pub(super) fn criteria(&self, at: usize) -> Option<&'static str> {
        let here = self.word_at(at);
        if !["条件", "情形", "标准", "要求", "资格"].contains(&here.as_str()) {
            return None;
        }
        let part = self.part(at);
        let before: String = self.text.chars()
            [self.tokens[part.start].range.start..self.tokens[at].range.start]
            .iter()
            .rev()
            .take(12)
            .collect();
        let before: String = before.chars().rev().collect();
        let met = ["符合", "达到", "满足", "具备", "合乎", "遇有", "属于", "达标"]
            .iter()
            .any(|word| before.contains(word));
        let local = ["当地", "本地", "本市", "我市", "本县", "属地", "居住地", "情形"]
            .iter()
            .any(|word| before.contains(word) || here.contains(word));
        met.then_some(if local { "local-criteria" } else { "unspecified-criteria" })
    }

    /// Reads 经费落实后，: what comes first has to have happened.
    pub(super) fn is_precondition(&self, at: usize) -> bool {
        const HARMLESS: [&str; 24] = [
            "申请",
            "受理",
            "接到求",
            "收到求",
            "认定",
            "出生",
            "放学",
            "出院",
            "然",
            "此",
            "其",
            "今",
            "先",
            "前",
            "课",
            "报告",
            "接报",
            "登记",
            "发现",
            "入学",
            "救助",
            "享受",
            "获得",
            "签约",
        ];
        let here = self.word_at(at);
        if self.is_an_approval(at) {
            return true;
        }
        let ends = self.tokens.get(at + 1).is_some_and(|next| next.is_mark(","))
            || self.tokens.get(at + 1).is_some_and(|next| next.has(Role::Giving))
            || (at + 2 < self.tokens.len()
                && self.word_at(at + 1) == "再"
                && !self.word_at(at + 2).starts_with('补'));
        if !(here == "后" || here == "以后" || here == "之后") || !ends {
            return false;
        }
        let before: String = self.text.chars()[..self.tokens[at].range.start].iter().rev().take(3).collect();
        let before: String = before.chars().rev().collect();
        let part = self.part(at);
        let in_part: String = self.text.chars()
            [self.tokens[part.start].range.start..self.tokens[at].range.start]
            .iter()
            .collect();
        !HARMLESS.iter().any(|word| before.ends_with(word) || in_part.contains(word))
    }

    /// Reads 经居委会审批，, 由用工单位作保的: somebody else has to agree first.
    pub(super) fn is_an_approval(&self, at: usize) -> bool {
        const AGREES: [&str; 14] = [
            "审批", "审核", "批准", "同意", "认可", "评议", "推荐", "作保", "担保", "审定", "核准", "许可",
            "签字", "盖章",
        ];
        let part = self.part(at);
        let leads = ["经", "由", "须经", "需经", "经由"].contains(&self.word_at(part.start).as_str());
        let closes = at + 1 == part.end
            || (self.word_at(at + 1) == "的" && at + 2 == part.end)
            || self.word_at(at + 1) == "后";
        leads && closes && AGREES.iter().any(|word| self.word_at(at).ends_with(word))
    }

    /// Tells whether 须 says what an office has to do, as 应当 does: 普通学校须予接收.
    pub(super) fn is_a_duty(&self, at: usize) -> bool {
        const ACTS: [&str; 24] = [
            "予",
            "予以",
            "给予",
            "于",
            "在",
            "为",
            "对",
            "向",
            "将",
            "把",
            "立即",
            "马上",
            "及时",
            "当场",
            "当日",
            "无条件",
            "一律",
            "全部",
            "优先",
            "主动",
            "按时",
            "按月",
            "严格",
            "遵守",
        ];
        if !["须", "必须", "务必", "务须", "均须", "都须", "须予", "须按"]
            .contains(&self.word_at(at).as_str())
        {
            return false;
        }
        let part = self.part(at);
        let acts = self.tokens.get(at + 1).is_some_and(|next| next.has(Role::Giving))
            || at + 1 < part.end && ACTS.contains(&self.word_at(at + 1).as_str())
            || self.word_at(at) == "须予";
        let office = (part.start..at).any(|place| {
            let word = self.word_at(place);
            self.tokens[place].has(Role::Body)
                || ["机关", "单位", "部门", "学校", "机构", "医院", "政府"]
                    .iter()
                    .any(|end| word.ends_with(end))
        });
        // What families have to do is asked of them: 家长须向学校提交…….
        let family = (part.start..at).any(|place| {
            self.tokens[place].has(Role::Person)
                || ["家长", "父母", "监护人", "申请人", "家庭", "本人"]
                    .contains(&self.word_at(place).as_str())
        });
        acts && office && !family
    }

    /// Tells whether the sentence asks for a condition: 在本市就业的, 凭社保证明, 民办学校学生, not 解答就业、社保政策.
    pub(super) fn is_asked_for(&self, at: usize) -> bool {
        let part = self.part(at);
        let has = |place: usize, role| self.tokens.get(place).is_some_and(|token| token.has(role));
        let here = self.word_at(at);
        if ["的", "者", "生", "户", "家庭", "对象", "人员", "儿童", "子女"]
            .iter()
            .any(|end| here.ends_with(end))
        {
            return true;
        }
        let before = (part.start..at).rev().take(4);
        let asks = before.into_iter().any(|place| {
            let word = self.word_at(place);
            has(place, Role::Requirement)
                || has(place, Role::Restriction)
                || has(place, Role::Reached)
                || ["有", "具有", "按", "凭", "持", "限", "须", "满", "以", "经", "需", "应"]
                    .contains(&word.as_str())
        });
        if asks {
            return true;
        }
        // 在本市稳定就业的，……: a clause that describes whom it is for.
        let mut rest = at + 1..part.end;
        rest.any(|place| {
            let describes = self.word_at(place) == "的";
            let next = place + 1;
            describes
                && (next >= part.end
                    || has(next, Role::Person)
                    || has(next, Role::Denying)
                    || has(next, Role::Giving))
        }) || has(at + 1, Role::Person)
            || has(at + 2, Role::Person)
    }

    /// Tells whether a word of one character is one of money: 收费 and 收取押金, not 先收后补.
    pub(super) fn is_a_charge(&self, at: usize) -> bool {
        let range = &self.tokens[at].range;
        let part = self.part(at);
        let end = self.tokens[part.end - 1].range.end;
        let after: String = self.text.chars()[range.end..end].iter().take(8).collect();
        let here = self.word_at(at);
        // 上门由家长选: it is for the family to choose.
        if ["由家长", "由监护人", "由家庭"].contains(&here.as_str()) {
            return !["选", "挑", "自愿", "决定", "自定"].iter().any(|word| after.contains(word));
        }
        // 代收代寄 is done with papers.
        if range.len() > 1 && here != "代收" {
            return true;
        }
        ["费", "元", "押", "款", "钱", "租", "半", "折"].iter().any(|word| after.contains(word))
    }

    /// Reads 帮助出具居住、就业等证明材料, 依托学籍管理系统: papers that an office makes out, and where it looks things up.
    pub(super) fn is_done_for_them(&self, at: usize) -> bool {
        const MAKES_OUT: [&str; 8] =
            ["帮助出具", "协助出具", "代为出具", "帮助开具", "协助开具", "代为开具", "帮助准备", "协助准备"];
        let part = self.part(at);
        let (start, end) = (self.tokens[part.start].range.start, self.tokens[part.end - 1].range.end);
        let said: String = self.text.chars()[start..end].iter().collect();
        let here = self.tokens[at].range.start - start;
        let before = |word: &str| said.find(word).is_some_and(|found| said[..found].chars().count() < here);
        let name: String = said.chars().skip(here).take(8).collect();
        let looks_up = ["依托", "利用", "借助"].iter().any(|lead| said.starts_with(lead))
            && ["系统", "平台"].iter().any(|place| name.contains(place));
        looks_up || MAKES_OUT.iter().any(|word| before(word))
    }

    /// Reads 每学期第二个月拨付到园: when something is paid that is paid again and again.
    pub(super) fn is_paid_out(&self, at: usize) -> bool {
        const PAYS: [&str; 6] = ["拨付", "发放", "发给", "到账", "打卡", "打入"];
        let part = self.part(at);
        let (start, end) = (self.tokens[part.start].range.start, self.tokens[part.end - 1].range.end);
        let said: String = self.text.chars()[start..end].iter().collect();
        let Some(every) = said.find('每') else { return false };
        let month = said[every..].find('第').map(|nth| &said[every + nth..]);
        month.is_some_and(|month| month.contains('月') && PAYS.iter().any(|pays| month.contains(pays)))
    }

    /// Reads 结果只告诉孩子和家长: who else is not told something.
    pub(super) fn is_kept_private(&self, at: usize) -> bool {
        const TOLD: [&str; 6] = ["告诉", "告知", "反馈", "通知", "发给", "透露"];
        const THINGS: [&str; 8] = ["结果", "信息", "隐私", "情况", "谈话", "内容", "资料", "评估"];
        let part = self.part(at);
        let (start, end) = (self.tokens[part.start].range.start, self.tokens[at].range.end);
        let before: String = self.text.chars()[start..end].iter().collect();
        let after: String = self.text.chars()[end..].iter().take(4).collect();
        THINGS.iter().any(|word| before.contains(word)) && TOLD.iter().any(|word| after.starts_with(word))
    }

    /// Tells whether what costs something is said to be free, or to be nothing: 材料费全部免除, 自付0元.
    pub(super) fn costs_nothing(&self, at: usize) -> bool {
        let part = self.part(at);
        let free = self.words.group_of("免费");
        // 不收押金: what is not taken stands behind, with nothing between.
        let before = at.checked_sub(1).map(|before| &self.tokens[before]);
        if free.is_some() && before.is_some_and(|before| before.group(Role::Same) == free) {
            return true;
        }
        // 参保、缴费等医疗保障工作 are steps.
        let is_step = ["缴费", "缴纳"].contains(&self.word_at(at).as_str())
            && [at.checked_sub(1), Some(at + 1)]
                .into_iter()
                .flatten()
                .any(|near| self.tokens.get(near).is_some_and(|near| near.is_mark("、")));
        if is_step {
            return true;
        }
        self.tokens[at + 1..part.end].iter().any(|token| {
            let nothing = token.counted().is_some_and(NumberOf::is_no_money);
            nothing || (free.is_some() && token.group(Role::Same) == free)
        })
    }

    /// Tells whether help is help with an application that somebody else decides.
    pub(super) fn is_for_an_application(&self, at: usize) -> bool {
        let rest = self.tokens.iter().skip(at + 1).take_while(|token| !token.is_mark(ENDS));
        let rest: String = rest
            .take(14)
            .map(|token| self.text.chars()[token.range.clone()].iter().collect::<String>())
            .collect();
        ["申", "办", "领", "报", "认定", "登记", "向"].iter().any(|word| rest.contains(word))
    }

    /// Tells whether helping is all that a part of a sentence promises: 协调就近入学, not 协助落实、提供…….
    pub(super) fn is_all_that_is_done(&self, at: usize) -> bool {
        let part = self.part(at);
        let gives = |place: usize| {
            let helps = ["服务", "联系", "帮助", "对接"].contains(&self.word_at(place).as_str());
            place != at
                && self.tokens[place].has(Role::Giving)
                && self.tokens[place].range.len() > 1
                && !helps
        };
        !part.into_iter().any(gives)
    }

    /// Tells whether a time is one that people have spent somewhere, and nobody gives: 跨县域外出务工6个月以上.
    pub(super) fn is_lived(&self, at: usize, part: &Range<usize>) -> bool {
        let before = self.said_before(at, part);
        let lived = [
            "居住",
            "生活",
            "离开",
            "务工",
            "经商",
            "外出",
            "离家",
            "失联",
            "失去联系",
            "服刑",
            "打工",
            "分离",
        ]
        .iter()
        .any(|word| {
            before
                .rfind(word)
                .is_some_and(|found| before[found..].chars().count() <= word.chars().count() + 4)
        });
        lived && !self.tokens[part.start..at].iter().any(|token| token.has(Role::Giving))
    }

    /// Reads 招收五名以上残疾学生的学校, 距学校三公里以上的: what has to be reached for a promise to hold.
    pub(super) fn threshold(&self, at: usize, quantity: &Quantity) -> Option<&'static str> {
        let counts = matches!(quantity.unit, Unit::People | Unit::Other(_)) && quantity.every.is_none();
        let before = at.checked_sub(1).is_some_and(|before| self.tokens[before].has(Role::Reached));
        let name = match quantity.bound {
            Bound::Floor => "at-least",
            Bound::Cap => "at-most",
            _ if before => "at-least",
            _ => return None,
        };
        let part = self.part(at);
        let describes = (at + 1..part.end).any(|place| {
            let next = self.tokens.get(place + 1);
            let directly = before && place == at + 1;
            self.word_at(place) == "的"
                && next.is_none_or(|next| directly || next.is_mark(",") || !next.is_light())
        });
        // 配备不少于5名的教师 gives them.
        let gives = self.tokens[part.start..at]
            .iter()
            .any(|token| token.has(Role::Giving) && !token.has(Role::Plain));
        (counts && describes && (!gives || before)).then_some(name)
    }
}
