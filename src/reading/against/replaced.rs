//! What stands in another's place: a word exchanged, put in or left out in words that are the same for the rest.
//!
//! Such a word is mostly an ordinary one, so that no list of words knows it: 五折 for 八折, 每个设区市 for 每个县,
//! 自会签完成之日起 for 自受理之日起. A rule looks at one way of writing and says what it found, if anything.

use super::cases::{
    left_to_the_family, only_admitted, only_farther_away, only_from_here, only_in_a_case, only_these,
    tied_to_here,
};
use super::heads::{another_thing, only_arranged, only_elsewhere};
use super::kinds::one_kind_of_it;
use super::*;

/// The characters of both clauses, blanks where nothing is promised.
pub(super) struct Texts {
    pub(super) above: Vec<char>,
    pub(super) here: Vec<char>,
}

/// How many places of one clause a rule looks at: nobody writes more, and a longer clause is asked about anyhow.
pub(super) const MOST: usize = 60;

/// Says what one way of writing does, if the local words are written so.
type Rule = fn(&Against<'_>, &Texts) -> Option<Difference>;

const RULES: [Rule; 30] = [
    dearer,
    sooner_over,
    fewer_units,
    some_of_them,
    all_but,
    other_people,
    only_told,
    counted_from_later,
    no_longer_waived,
    one_day_of_the_week,
    capped,
    tied_to_here,
    other_schools,
    only_when,
    asked_as_well,
    no_money,
    only_minded,
    an_adverb,
    until_a_day,
    from_the_next,
    one_kind_of_it,
    only_in_a_case,
    only_from_here,
    only_farther_away,
    only_admitted,
    only_these,
    another_thing,
    only_arranged,
    only_elsewhere,
    left_to_the_family,
];

impl Against<'_> {
    /// Compares word by word what no list of words knows.
    pub(super) fn replaced(&mut self) {
        let texts = Texts { above: promised(self.baseline), here: promised(self.local) };
        let found: Vec<Difference> = RULES.iter().filter_map(|rule| rule(self, &texts)).collect();
        self.found.extend(found);
    }
}

/// Returns the characters of a clause, blanks where nothing is promised.
pub(super) fn promised(clause: Clause<'_>) -> Vec<char> {
    let own = |at: usize| clause.promises_at(at) && !clause.others.iter().any(|other| other.contains(&at));
    clause.reading.text.chars().iter().enumerate().map(|(at, c)| if own(at) { *c } else { ' ' }).collect()
}

/// Returns where a word stands first.
pub(super) fn find(chars: &[char], word: &str) -> Option<usize> {
    let wanted = word.chars();
    chars.windows(wanted.clone().count()).position(|window| wanted.clone().eq(window.iter().copied()))
}

pub(super) fn has_any(chars: &[char], words: &[&str]) -> bool {
    words.iter().any(|word| find(chars, word).is_some())
}

/// Returns the part of a sentence that a character stands in.
pub(super) fn part_of(chars: &[char], at: usize) -> Range<usize> {
    let is_end = |at: &usize| ",;. ".contains(chars[*at]);
    let start = (0..at).rev().find(is_end).map_or(0, |mark| mark + 1);
    start..(at..chars.len()).find(is_end).unwrap_or(chars.len())
}

pub(super) fn unclear(respect: Respect, part: Option<&str>, local: Option<Range<usize>>) -> Difference {
    Difference { respect, part: part.map(str::to_owned), stand: Stand::Unclear, baseline: None, local }
}

/// 八折 for 五折: of ten parts of a price more have to be paid.
fn dearer(_: &Against<'_>, texts: &Texts) -> Option<Difference> {
    let tenths = |chars: &[char]| {
        let end = find(chars, "折")?;
        let digits = |c: &char| c.is_ascii_digit() || "一二三四五六七八九.".contains(*c);
        let length = chars[..end].iter().rev().take_while(|c| digits(c)).count();
        let digit = |c: &char| match "零一二三四五六七八九".chars().position(|known| known == *c) {
            Some(digit) => digit.to_string(),
            None => c.to_string(),
        };
        let written: String = chars[end - length..end].iter().map(digit).collect();
        let number: f64 = written.parse().ok()?;
        // 八五折 is 8.5 of ten.
        Some((if number > 10.0 { number / 10.0 } else { number }, end - length..end + 1))
    };
    let ((above, baseline), (here, local)) = (tenths(&texts.above)?, tenths(&texts.here)?);
    let stand = match here.partial_cmp(&above)? {
        Ordering::Greater => Stand::Lower,
        Ordering::Less => Stand::Higher,
        Ordering::Equal => return None,
    };
    let part = Some("reduced".to_owned());
    Some(Difference { respect: Respect::Fee, part, stand, baseline: Some(baseline), local: Some(local) })
}

/// 至17时 for 至18时.
fn sooner_over(_: &Against<'_>, texts: &Texts) -> Option<Difference> {
    let hour = |chars: &[char]| {
        let leads = (0..chars.len()).filter(|at| "至到".contains(chars[*at]));
        leads
            .filter_map(|at| {
                let (hour, end) = crate::number::number(chars, at + 1)?;
                chars.get(end).filter(|c| "时点:".contains(**c)).map(|_| (hour, at..end + 1))
            })
            .next()
    };
    let ((above, baseline), (here, local)) = (hour(&texts.above)?, hour(&texts.here)?);
    let sooner = unclear(Respect::Measure, Some("time"), Some(local));
    (here < above).then_some(Difference { baseline: Some(baseline), ..sooner })
}

/// 在中心镇 for 每个乡镇, 每个设区市 for 每个县.
fn fewer_units(_: &Against<'_>, texts: &Texts) -> Option<Difference> {
    const EACH: [&str; 6] = ["每个", "每所", "每家", "每座", "每一个", "每一所"];
    const ALL: [&str; 9] = ["每", "各", "所有", "全部", "全市", "全县", "均", "都", "全覆盖"];
    let Texts { above, here } = texts;
    let (start, each) = EACH.iter().filter_map(|each| Some((find(above, each)?, *each))).min()?;
    let after = start + each.chars().count();
    let unit: Vec<char> =
        above[after..].iter().take(2).take_while(|c| c.is_alphanumeric()).copied().collect();
    let named = unit.iter().any(|c| here.contains(c));
    // 在县城设立一处，面向各乡镇: for all of them, not in each.
    let of_each = |word: &&str| {
        find(here, word).is_some_and(|at| {
            let before: String = here[at.saturating_sub(2)..at].iter().collect();
            !["面向", "服务", "辐射", "覆盖"].contains(&before.as_str())
        })
    };
    let all = named && ALL.iter().any(of_each);
    let range = start..after + unit.len();
    (!unit.is_empty() && !all)
        .then(|| Difference { baseline: Some(range), ..unclear(Respect::Place, None, None) })
}

/// 国家免疫规划疫苗中的卡介苗 for 国家免疫规划疫苗.
fn some_of_them(of: &Against<'_>, _: &Texts) -> Option<Difference> {
    let (baseline, local) = (of.baseline.reading, of.local.reading);
    let is_joint = |at: &usize| {
        let here = word(local, *at);
        ["中的", "里的", "当中的", "之中的"].contains(&here.as_str())
            || ["中", "里", "当中", "之中"].contains(&here.as_str())
                && *at + 1 < local.tokens.len()
                && word(local, at + 1) == "的"
    };
    let joint = (1..local.tokens.len()).filter(is_joint).take(MOST).find(|at| {
        let whole = &local.tokens[at - 1];
        let part = local.tokens[at + 1..].iter().find(|token| has_weight(token));
        of.local.promises_at(whole.range.start)
            && has_weight(whole)
            && holds(baseline, local, whole)
            && part.is_some_and(|part| !holds(baseline, local, part))
    })?;
    let range = local.tokens[joint].range.clone();
    Some(unclear(Respect::Exception, Some("restricted"), Some(range)))
}

/// 省级示范性高中以外的普通高中 for 所有普通高中; not 本市户籍以外的, who are those it is about.
fn all_but(_: &Against<'_>, texts: &Texts) -> Option<Difference> {
    let Texts { above, here } = texts;
    let at = ["以外的", "之外的"].iter().find_map(|word| find(here, word))?;
    let part = part_of(here, at);
    let before = &here[part.start..at];
    let is_about = has_any(before, &["除", "户籍", "本市", "本省", "本地", "当地"])
        || has_any(&here[part], &["也", "同样", "一并", "一样", "还"]);
    (!is_about && !has_any(above, &["以外", "之外"]))
        .then(|| unclear(Respect::Exception, Some("excepted"), Some(at..at + 3)))
}

/// 面向学校教师的普法 for 流动儿童普法.
fn other_people(_: &Against<'_>, texts: &Texts) -> Option<Difference> {
    const OTHERS: [&str; 12] = [
        "教师",
        "老师",
        "干部",
        "工作人员",
        "医护",
        "企业",
        "校长",
        "民警",
        "社工",
        "志愿者",
        "网格员",
        "管理人员",
    ];
    const OURS: [&str; 11] =
        ["生", "儿", "孩", "童", "家庭", "家长", "父母", "监护人", "未成年", "子女", "少年"];
    let Texts { above, here } = texts;
    let about_children = has_any(above, &["儿童", "子女", "学生", "孩子", "未成年", "少年"]);
    if !about_children || has_any(here, &OURS) {
        return None;
    }
    let leads = ["面向", "针对", "对", "为", "向", "给"].iter().filter_map(|word| find(here, word));
    let near = |at: usize| {
        let end = part_of(here, at).end.min(at + 12);
        OTHERS.iter().find_map(|word| find(&here[at..end], word).map(|place| (at + place, *word)))
    };
    let (at, word) = leads.filter_map(near).min()?;
    Some(unclear(Respect::Audience, None, Some(at..at + word.chars().count())))
}

/// 最低生活保障政策查询 for 办理最低生活保障.
fn only_told(of: &Against<'_>, texts: &Texts) -> Option<Difference> {
    const TOLD: [&str; 8] = ["查询", "问答", "咨询", "解读", "答疑", "告知", "指引", "介绍"];
    const WAYS: [&str; 8] = ["途径", "渠道", "流程", "办法", "方法", "方式", "程序", "手续"];
    let (baseline, local, above) = (of.baseline.reading, of.local.reading, &texts.above);
    if has_any(above, &TOLD) || has_any(above, &["指导", "宣传"]) {
        return None;
    }
    let is_end = |at: &usize| local.tokens[*at].is_mark(",;.、()");
    let ends: Vec<usize> = (0..local.tokens.len()).filter(is_end).chain([local.tokens.len()]).collect();
    let mut start = 0;
    let mut members = Vec::new();
    for end in ends {
        members.push(start..end);
        start = end + 1;
    }
    // What is promised in one member, by its words; another member may promise it in full.
    let held = |member: &Range<usize>| -> Vec<usize> {
        let own = member.clone().filter(|at| local.tokens[*at].has(Role::Same));
        own.filter(|at| holds(baseline, local, &local.tokens[*at])).collect()
    };
    let ends_told = |member: &Range<usize>| {
        // 宣讲最低生活保障政策 for 办理最低生活保障.
        let tells = |at: &usize| ["宣讲", "讲解", "宣传", "解释"].contains(&word(local, *at).as_str());
        if let Some(at) =
            member.clone().find(tells).filter(|_| !has_any(above, &["宣", "讲", "普及", "教育"]))
        {
            return Some(at);
        }
        let last = member.clone().rev().find(|at| !local.tokens[*at].is_light())?;
        // 告知到户籍地申领的途径 for 协助申领.
        let tells =
            |at: &usize| ["告知", "说明", "介绍", "提示", "讲明"].contains(&word(local, *at).as_str());
        let way = || member.clone().rev().map(|at| word(local, at)).find(|word| !word.is_empty());
        if let Some(at) = member.clone().find(tells)
            && way().is_some_and(|way| WAYS.iter().any(|end| way.ends_with(end)))
        {
            return Some(at);
        }
        TOLD.iter().any(|told| word(local, last).ends_with(told)).then_some(last)
    };
    // 结果以短信告知 says how one hears of it.
    let is_news = |member: &&Range<usize>| {
        let first = if member.is_empty() { String::new() } else { word(local, member.start) };
        ["结果", "进度", "办理进度", "办理结果"].contains(&first.as_str())
    };
    let told = members.iter().filter(|member| !is_news(member));
    let told = told.filter_map(|member| Some((member, ends_told(member)?)));
    let told = told.take(MOST).find_map(|(member, last)| {
        let content = held(member);
        let fully = |other: &&Range<usize>| {
            *other != member
                && content.iter().all(|at| {
                    held(other)
                        .iter()
                        .any(|known| says_same(local, &local.tokens[*at], local, &local.tokens[*known]))
                })
        };
        (of.local.promises_at(local.tokens[last].range.start)
            && content.iter().any(|at| *at != last)
            && !members.iter().any(|other| fully(&other)))
        .then_some(last)
    })?;
    Some(unclear(Respect::Degree, Some("vague"), Some(local.tokens[told].range.clone())))
}

/// 自会签完成之日起 for 自受理之日起.
fn counted_from_later(_: &Against<'_>, texts: &Texts) -> Option<Difference> {
    const FIRST: [&str; 12] =
        ["受理", "申请", "收到", "接到", "提交", "递交", "提出", "收件", "收齐", "登记", "报名", "出生"];
    let since = |chars: &[char]| {
        let end = ["之日起", "之日", "之时起"].iter().find_map(|word| find(chars, word))?;
        let start = (end.saturating_sub(16)..end).rev().find(|at| "自从".contains(chars[*at]))?;
        Some(start + 1..end)
    };
    let Texts { above, here } = texts;
    let (baseline, local) = (since(above)?, since(here)?);
    let (wanted, own) = (&above[baseline.clone()], &here[local.clone()]);
    let shares = wanted.windows(2).any(|pair| own.windows(2).any(|other| other == pair));
    let later = unclear(Respect::Measure, Some("time-limit"), Some(local));
    (!shares && !has_any(own, &FIRST)).then_some(Difference { baseline: Some(baseline), ..later })
}

/// 从宽审查经济状况 for 不审查经济状况, 计入家庭收入 for 不计入家庭收入.
fn no_longer_waived(of: &Against<'_>, texts: &Texts) -> Option<Difference> {
    let (baseline, here) = (of.baseline.reading, &texts.here);
    let waives = |token: &&Token| {
        let first = baseline.text.chars()[token.range.start];
        let counts = token.has(Role::Lifting) || token.has(Role::Plain);
        "不免".contains(first)
            && counts
            && token.range.len() >= 3
            && of.baseline.promises_at(token.range.start)
    };
    baseline.tokens.iter().filter(waives).find_map(|token| {
        let waived: String = baseline.text.chars()[token.range.clone()].iter().skip(1).take(2).collect();
        let wanted: Vec<char> = waived.chars().collect();
        let places = here.windows(wanted.len()).enumerate().filter(|(_, window)| *window == wanted);
        let mut places = places.map(|(at, _)| at).peekable();
        let first = *places.peek()?;
        let is_denied =
            |at: usize| here[at.saturating_sub(3)..at].iter().any(|c| "不未无免非勿".contains(*c));
        let range = first..first + waived.chars().count();
        (!places.any(is_denied)).then(|| Difference {
            baseline: Some(token.range.clone()),
            ..unclear(Respect::Negation, Some("lifted"), Some(range))
        })
    })
}

/// 每周二上午 where the baseline names no day; not 周一至周五, nor 周六也办.
fn one_day_of_the_week(of: &Against<'_>, texts: &Texts) -> Option<Difference> {
    let Texts { above, here } = texts;
    let day = |chars: &[char], at: usize| {
        chars[at] == '周' && chars.get(at + 1).is_some_and(|c| "一二三四五六日天".contains(*c))
    };
    if (0..above.len()).any(|at| day(above, at)) {
        return None;
    }
    let at = (0..here.len()).find(|at| day(here, *at))?;
    let part = part_of(here, at);
    let more = has_any(&here[part], &["也", "照常", "还", "另", "增", "加", "都"]);
    let range = here.get(at + 2).is_some_and(|c| "至到-".contains(*c));
    let token = of.local.reading.tokens.iter().position(|token| token.range.contains(&at))?;
    (!more && !range && of.is_beside_a_promise(token))
        .then(|| unclear(Respect::Exception, Some("restricted"), Some(at..at + 2)))
}

/// 累计至多八剂: a cap on something that is not known to be counted.
fn capped(of: &Against<'_>, _: &Texts) -> Option<Difference> {
    let local = of.local.reading;
    if of.baseline.reading.tokens.iter().any(|token| token.has(Role::Cap)) {
        return None;
    }
    let counts = |at: &usize| {
        let next = local.tokens.get(at + 1);
        local.tokens[*at].has(Role::Cap) && next.is_some_and(|next| matches!(next.kind, Kind::Bare(_)))
    };
    let at = (0..local.tokens.len()).filter(counts).take(MOST).find(|at| {
        let start = local.tokens[*at].range.start;
        let is_read = || local.facts.iter().any(|fact| fact.range.contains(&start));
        !local.lifted[*at] && of.local.promises_at(start) && !is_read()
    })?;
    Some(unclear(Respect::Measure, Some("count"), Some(local.tokens[at].range.clone())))
}

/// 公办、民办学校并举 for 以公办学校为主, 公办学校在校生 for 在校生.
fn other_schools(_: &Against<'_>, texts: &Texts) -> Option<Difference> {
    let Texts { above, here } = texts;
    let more = |at: usize| {
        let part = part_of(here, at);
        has_any(&here[part], &["也", "还", "同样", "另", "一并"])
    };
    let private =
        find(here, "民办").filter(|at| has_any(above, &["公办"]) && !has_any(above, &["民办"]) && !more(*at));
    let public = find(here, "公办").filter(|at| {
        let end = part_of(here, *at).end.min(at + 20);
        !has_any(above, &["公办", "公立"])
            && has_any(&here[*at..end], &["在校生", "在校学生", "就读学生"])
            && !more(*at)
    });
    let at = private.or(public)?;
    Some(unclear(Respect::Condition, Some("school-type"), Some(at..at + 2)))
}

/// 有医护人员报名时进校义诊: only when somebody turns up for it, where the baseline names no such time.
fn only_when(_: &Against<'_>, texts: &Texts) -> Option<Difference> {
    const TURNS_UP: [&str; 9] = ["报名", "志愿者", "人员", "师资", "场地", "经费", "资金", "资源", "余力"];
    let Texts { above, here } = texts;
    let begins = |at: usize| at == 0 || ",;. ".contains(here[at - 1]);
    let starts = (0..here.len()).filter(|at| here[*at] == '有' && begins(*at));
    let when = starts.filter_map(|start| {
        let end = find(&here[start..(start + 14).min(here.len())], "时")?;
        Some(start..start + end)
    });
    let mut when = when.filter(|part| has_any(&here[part.clone()], &TURNS_UP));
    let part = when.find(|part| !above.windows(part.len()).any(|own| *own == here[part.clone()]))?;
    Some(unclear(Respect::Condition, Some("where-conditions-allow"), Some(part)))
}

/// 符合条件、成绩合格的在校生: what those who get it must have done as well.
fn asked_as_well(of: &Against<'_>, _: &Texts) -> Option<Difference> {
    let (baseline, local) = (of.baseline.reading, of.local.reading);
    let asks = |token: &Token| {
        token.group(Role::Condition).is_some_and(|group| ASKED_AS_WELL.contains(&of.words.group(group)))
    };
    if baseline.tokens.iter().any(asks) {
        return None;
    }
    let asked = (0..local.tokens.len()).filter(|at| asks(&local.tokens[*at]) && !local.lifted[*at]);
    let at = asked.take(MOST).find(|at| {
        let start = local.tokens[*at].range.start;
        let near = at + 1..local.tokens.len().min(at + 7);
        let mut near = near.take_while(|place| !local.tokens[*place].is_mark(",;."));
        let person = near.find(|place| word(local, *place) == "的").and_then(|of| local.tokens.get(of + 1));
        of.local.promises_at(start)
            && !local.facts.iter().any(|fact| fact.range.contains(&start))
            && person.is_some_and(|person| has_weight(person) && holds(baseline, local, person))
    })?;
    Some(unclear(Respect::Condition, None, Some(local.tokens[at].range.clone())))
}

/// 发放临时救助有关物资 for 发放临时救助金和有关物资: money is left out of what is given.
fn no_money(of: &Against<'_>, texts: &Texts) -> Option<Difference> {
    const MONEY: [&str; 12] =
        ["金", "费", "元", "钱", "款", "补贴", "补助", "津贴", "资助", "报销", "奖", "免"];
    let money =
        texts.above.windows(2).position(|pair| pair[1] == '金' && !"基资奖租押现".contains(pair[0]))?;
    let named = texts.above.get(money + 2).is_none_or(|next| "和及、与,;.或 ".contains(*next));
    let range = money..money + 2;
    (named && !has_any(&texts.here, &MONEY)).then(|| Difference {
        baseline: Some(range),
        ..unclear(Respect::Content, None, of.local.parts.first().map(|part| of.local.reading.part(*part)))
    })
}

/// 关心……办理最低生活保障的情况 for 协助……办理最低生活保障: somebody looks on.
fn only_minded(_: &Against<'_>, texts: &Texts) -> Option<Difference> {
    const MINDED: [&str; 9] = ["关心", "关注", "了解", "掌握", "过问", "留意", "留心", "摸排", "跟踪"];
    const DOES: [&str; 13] =
        ["协助", "帮", "代", "指导", "提供", "予以", "给予", "发放", "落实", "解决", "安排", "服务", "负责"];
    let Texts { above, here } = texts;
    let (at, word) = MINDED.iter().filter_map(|word| Some((find(here, word)?, *word))).min()?;
    let looks_on = has_any(here, &["情况", "状况", "进展", "进度", "动态"]);
    (looks_on && has_any(above, &DOES) && !has_any(here, &DOES) && !has_any(above, &MINDED))
        .then(|| unclear(Respect::Degree, Some("attend"), Some(at..at + word.chars().count())))
}

/// 从紧提供 for 提供: how something is done in a way that no list of words knows.
fn an_adverb(of: &Against<'_>, _: &Texts) -> Option<Difference> {
    let local = of.local.reading;
    let leads = ["从", "较", "偏", "略", "稍", "少", "晚", "缓", "慢"];
    let at = (1..local.tokens.len()).find(|at| {
        let (before, token) = (word(local, at - 1), &local.tokens[*at]);
        let gives = local.tokens.get(at + 1).is_some_and(|next| next.has(Role::Giving));
        let good =
            ["快", "优", "宽", "高", "简", "速", "早", "实", "严"].contains(&word(local, *at).as_str());
        token.kind == Kind::Unknown
            && token.range.len() == 1
            && leads.contains(&before.as_str())
            && gives
            && !good
            && of.local.promises_at(token.range.start)
    })?;
    Some(unclear(Respect::Degree, Some("discretion"), Some(local.tokens[at].range.clone())))
}

/// 2026年12月31日前，……: what the baseline gives without an end.
fn until_a_day(of: &Against<'_>, _: &Texts) -> Option<Difference> {
    let (baseline, local) = (of.baseline.reading, of.local.reading);
    let is_day = |token: &Token| matches!(token.kind, Kind::Date(Some(_)));
    if baseline.tokens.iter().any(is_day) {
        return None;
    }
    let at = (0..local.tokens.len()).find(|at| {
        let begins = *at == 0 || local.tokens[at - 1].is_mark(";.(");
        let next = |ahead: usize| local.tokens.get(at + ahead);
        let until =
            at + 1 < local.tokens.len() && ["前", "之前", "以前"].contains(&word(local, at + 1).as_str());
        begins
            && is_day(&local.tokens[*at])
            && until
            && next(2).is_some_and(|mark| mark.is_mark(","))
            && of.local.promises_at(local.tokens[*at].range.start)
    })?;
    Some(unclear(Respect::Ending, None, Some(local.tokens[at].range.start..local.tokens[at + 1].range.end)))
}

/// 自批准次月起 for 自批准之月起.
fn from_the_next(_: &Against<'_>, texts: &Texts) -> Option<Difference> {
    const NEXT: [&str; 5] = ["次月", "下月", "次季", "次学期", "下学期"];
    let (word, at) = NEXT.iter().find_map(|word| Some((word, find(&texts.here, word)?)))?;
    let local = at..at + word.chars().count();
    (!has_any(&texts.above, &NEXT)).then(|| unclear(Respect::Ending, Some("later"), Some(local)))
}
