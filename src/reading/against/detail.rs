//! What is said beside a whole copy: …，由市图书馆承办，咨询方式见公告.

use super::*;

/// The longest clause that is looked through for a copy.
const LONGEST: usize = 400;

impl Against<'_> {
    /// Tells whether a token stands in a part of its own beside words that the local clause has from the baseline to the
    /// last character. What such a part takes back is read in its facts; words that are not known are detail there.
    pub(super) fn is_detail(&self, at: usize) -> bool {
        self.details().and_then(|detail| detail.get(at).copied()).unwrap_or(false)
    }

    /// Tells whether the local clause has all that the baseline promises to the last character.
    pub(super) fn is_whole(&self) -> bool {
        self.details().is_some()
    }

    fn details(&self) -> Option<&Vec<bool>> {
        self.detail.get_or_init(|| self.beside_a_copy()).as_ref()
    }

    /// Returns the part beside the copy in which characters stand, from mark to mark.
    fn part_beside(&self, range: &Range<usize>) -> Option<Range<usize>> {
        self.details()?;
        let tokens = &self.local.reading.tokens;
        let at = tokens.iter().position(|token| token.range.contains(&range.start))?;
        self.is_detail(at).then(|| self.member(at).0)
    }

    /// Tells whether a part beside the copy has one of some words.
    fn says_beside(&self, range: &Range<usize>, words: &[&str]) -> Option<bool> {
        let said: String = chars(self.local.reading, &self.part_beside(range)?).iter().collect();
        Some(words.iter().any(|word| said.contains(word)))
    }

    /// Tells whether characters stand beside a whole copy.
    pub(super) fn is_beside(&self, range: &Range<usize>) -> bool {
        self.part_beside(range).is_some()
    }

    /// Tells whether a part beside the copy gives something on top: 还可增配……
    pub(super) fn adds(&self, range: &Range<usize>) -> bool {
        const MORE: [&str; 8] =
            ["还可增", "还可以增", "还可另", "另可增", "还可提高", "还可再", "可再增", "可额外增"];
        self.says_beside(range, &MORE) == Some(true)
    }

    /// Tells whether a part beside the copy gives something more: 并为在校的流动儿童免费接种流感疫苗. For whom that is, and on which
    /// condition, says nothing of what the copy gives.
    pub(super) fn is_given_on_top(&self, range: &Range<usize>) -> bool {
        const STARTS: [&str; 12] = [
            "并为",
            "并给",
            "并向",
            "还为",
            "还给",
            "还向",
            "另为",
            "另给",
            "同时为",
            "同时向",
            "此外为",
            "另外为",
        ];
        // 留守儿童同样纳入, 随班就读的学生也可以申报: others get it as well.
        const ALSO: [&str; 7] = ["同样", "也可", "也纳入", "也一并", "一并纳入", "也能", "一并享受"];
        const TAKES: &str = "不未无限停收缴扣罚仅只审批准核余满额";
        let local = self.local.reading;
        self.part_beside(range).is_some_and(|part| {
            let said: String = chars(local, &part).iter().collect();
            let gives = part.into_iter().any(|at| local.tokens[at].has(Role::Giving))
                || ["免费", "赠", "发放", "补"].iter().any(|word| said.contains(word));
            let is_for_others = ALSO.iter().any(|also| said.contains(also));
            (is_for_others || gives && STARTS.iter().any(|start| said.starts_with(start)))
                && !said.replace("免收", "").contains(|c| TAKES.contains(c))
        })
    }

    /// Tells whether a leaflet or a number to call is named beside the copy, and not as the way in which it is given.
    pub(super) fn is_told_beside(&self, range: &Range<usize>) -> bool {
        const WAYS: [&str; 20] = [
            "以",
            "通过",
            "采取",
            "改",
            "换",
            "代替",
            "替代",
            "方式提供",
            "方式进行",
            "方式开展",
            "形式",
            "为主",
            "转",
            "线上",
            "语音",
            "留言",
            "远程",
            "视频",
            "自助",
            "抵",
        ];
        self.says_beside(range, &WAYS) == Some(false)
    }

    /// Tells whether characters stand in a part that says what an office does, and that has no word of the copy: how often
    /// it looks at its records is not how often anybody is visited.
    pub(super) fn is_about_something_else(&self, range: &Range<usize>) -> bool {
        self.part_beside(range).is_some_and(|mut part| {
            self.is_office_work(&part)
                && !part.any(|place| self.promises_of_the_baseline(&self.local.reading.tokens[place]))
        })
    }

    /// Tells whether a part says what an office does about it: 由县级卫生健康部门负责监督考核. Whoever decides who gets it, or
    /// asks families for something, does more.
    pub(super) fn is_office_work(&self, part: &Range<usize>) -> bool {
        const DECIDES: [&str; 32] = [
            "审", "批", "准", "选", "抽", "签", "排队", "排名", "排序", "轮", "酌", "视", "余", "满", "自行",
            "缴", "交费", "收", "费", "钱", "定", "限", "停", "免", "不", "未", "无", "仅", "只", "后", "先",
            "结束",
        ];
        const FAMILIES: [&str; 12] = [
            "家长",
            "父母",
            "监护人",
            "家庭",
            "本人",
            "申请人",
            "学生",
            "儿童",
            "孩子",
            "对象",
            "居民",
            "群众",
        ];
        if !self.is_whole() {
            return false;
        }
        let local = self.local.reading;
        let said: String = chars(local, part).iter().collect();
        let said = said.replace("居民委员会", "").replace("民委员会", "");
        const OFFICES: [&str; 12] =
            ["部门", "局", "中心", "校", "政府", "委员会", "所", "机关", "厅", "站", "办", "镇"];
        let office = |at: usize| {
            local.tokens.get(at).is_some_and(|token| token.has(Role::Body))
                && OFFICES.iter().any(|end| word(local, at).ends_with(end))
        };
        // 由县卫健局负责, 所需交通由学校安排.
        let by = part.clone().find(|at| ["由", "经由"].contains(&word(local, *at).as_str()));
        let led = by.is_some_and(|by| (by + 1..part.end).take(4).any(|at| local.tokens[at].has(Role::Body)));
        // 走访记录上传系统, 资金列入预算: what happens to papers and money.
        const PAPERS: [&str; 21] = [
            "记录", "结果", "信息", "资金", "经费", "档案", "名单", "教材", "课时", "政策", "地址", "进度",
            "数据", "情况", "台账", "签到", "公告", "流程", "清单", "目录", "名录",
        ];
        let paper = part.clone().take(3).any(|at| PAPERS.contains(&word(local, at).as_str()));
        (led || paper || office(part.start))
            && !DECIDES.iter().chain(&FAMILIES).any(|word| said.contains(word))
    }

    /// Returns of each local token whether it is detail; nothing where no whole copy is.
    fn beside_a_copy(&self) -> Option<Vec<bool>> {
        let (baseline, local) = (self.baseline.reading, self.local.reading);
        if baseline.text.len() > LONGEST || local.text.len() > LONGEST {
            return None;
        }
        let wanted: Vec<&[char]> =
            parts(self.baseline).into_iter().map(|part| chars(baseline, &part)).collect();
        let here = parts(self.local);
        let has = |part: &Range<usize>, wanted: &[char]| {
            chars(local, part).windows(wanted.len()).any(|window| window == wanted)
        };
        if wanted.is_empty() || !wanted.iter().all(|wanted| here.iter().any(|part| has(part, wanted))) {
            return None;
        }
        // 监护人到场的，……: whom the copy is for now.
        let describes = |part: &Range<usize>| chars(local, part).last() == Some(&'的');
        let is_beside =
            |part: &&Range<usize>| !describes(part) && !wanted.iter().any(|wanted| has(part, wanted));
        let own: Vec<&Range<usize>> = here.iter().filter(is_beside).collect();
        let is_own = |token: &Token| {
            own.iter().any(|part| {
                local.tokens[(*part).clone()]
                    .first()
                    .is_some_and(|first| first.range.start <= token.range.start)
                    && local.tokens[(*part).clone()]
                        .last()
                        .is_some_and(|last| token.range.end <= last.range.end)
            })
        };
        Some(local.tokens.iter().map(is_own).collect())
    }
}

/// Returns the tokens of each part that promises, from mark to mark.
fn parts(clause: Clause<'_>) -> Vec<Range<usize>> {
    let tokens = &clause.reading.tokens;
    let is_end = |at: usize| tokens[at].is_mark(",;.") || !clause.promises_at(tokens[at].range.start);
    let mut parts = Vec::new();
    let mut start = 0;
    for at in 0..=tokens.len() {
        if at == tokens.len() || is_end(at) {
            parts.extend((at > start).then_some(start..at));
            start = at + 1;
        }
    }
    parts
}

/// Returns the characters of some tokens.
fn chars<'r>(reading: &'r Reading, tokens: &Range<usize>) -> &'r [char] {
    let tokens = &reading.tokens[tokens.clone()];
    match tokens {
        [first, .., last] => &reading.text.chars()[first.range.start..last.range.end],
        [one] => &reading.text.chars()[one.range.clone()],
        [] => &[],
    }
}
