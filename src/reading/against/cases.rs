//! Whom a promise is for in the words of a table: 父母双亡的，给长期监护. What ends in 的 before a comma is a case, and what
//! follows holds for nobody else.

use super::replaced::{Texts, find, has_any, part_of, unclear};
use super::*;

/// Words with which something more is given in a case: it takes nothing from the others.
const MORE: [&str; 12] = ["也", "同样", "照样", "一并", "一样", "另", "还", "再", "更", "仍", "额外", "加"];

/// Words of cases in which anybody is who asks: 有需要的，…….
const ANYBODY: [&str; 11] =
    ["需要", "需求", "愿意", "自愿", "有意", "意愿", "提出", "符合", "申请", "报名", "求助"];

/// Words after which it counts whose something is: 获得本市最低生活保障金.
const HAVING: [&str; 10] = ["获得", "享受", "持有", "取得", "参加", "纳入", "列入", "具有", "拥有", "领取"];

/// Words for the place whose list it is.
const HERE: [&str; 8] = ["本市", "我市", "本县", "我县", "本区", "我区", "本地", "属地"];

/// 父母双亡的，给长期监护: only in a case of which the baseline says nothing.
pub(super) fn only_in_a_case(of: &Against<'_>, texts: &Texts) -> Option<Difference> {
    let local = of.local.reading;
    let ends = (1..local.tokens.len())
        .filter(|at| local.tokens[*at].is_mark(",") && word(local, at - 1).ends_with('的'));
    let case = ends.take(super::replaced::MOST).find(|end| is_a_case(of, texts, *end))?;
    let part = part_before(local, case);
    Some(unclear(Respect::Condition, None, Some(characters(local, &part))))
}

fn is_a_case(of: &Against<'_>, texts: &Texts, end: usize) -> bool {
    let local = of.local.reading;
    let part = part_before(local, end);
    let range = characters(local, &part);
    let said: String = texts.here[range.clone()].iter().collect();
    let known =
        of.found.iter().any(|found| found.local.as_ref().is_some_and(|local| range.contains(&local.start)));
    if known
        || !of.local.promises_at(range.start)
        || part.clone().any(|at| local.lifted[at])
        || ANYBODY.iter().any(|word| said.contains(word))
        || of.is_copied_before(part.start)
    {
        return false;
    }
    let rest = end + 1
        ..(end + 1..local.tokens.len())
            .find(|at| local.tokens[*at].is_mark(";."))
            .unwrap_or(local.tokens.len());
    let begins =
        rest.start < local.tokens.len() && MORE.iter().any(|more| word(local, rest.start).starts_with(more));
    let gives = rest.into_iter().any(|at| of.promises_of_the_baseline(&local.tokens[at]));
    // Nobody is left out by words of the baseline, or by what lacks the very thing: 没处住的，给临时住处.
    let is_said = find(&texts.above, &said).is_some();
    // 户籍不在本市的 are those whom the lists are for.
    let from_elsewhere = said.contains(['户', '籍']) && said.contains(['不', '非', '外', '没', '未']);
    let lacks = said.contains(['没', '无', '缺']) && of.baseline_has_some_of(&range);
    !begins && !is_said && !from_elsewhere && !lacks && gives && of.is_mostly_new(&part, &said)
}

impl Against<'_> {
    /// Tells whether the baseline knows nothing of half of what some words say, or whether they ask for the worst of it. What
    /// is read as a condition is compared as one.
    fn is_mostly_new(&self, part: &Range<usize>, said: &str) -> bool {
        const WORST: [&str; 6] = ["全部丧失", "完全丧失", "重度", "特重", "极重", "极度"];
        let (baseline, local) = (self.baseline.reading, self.local.reading);
        let (mut new, mut known) = (0, 0);
        for token in &local.tokens[part.clone()] {
            if !(has_weight(token) || token.kind == Kind::Unknown) || token.has(Role::Person) {
                continue;
            }
            // 住过一个季度的: how long somebody has done something is asked for, not given.
            let is_read = local.facts.iter().any(|fact| {
                let is_spent =
                    matches!(&fact.what, What::Measure(measure) if measure.kind == MeasureKind::Duration);
                fact.range.contains(&token.range.start) && !is_spent
            });
            let is_near = token.range.len() == 2 && self.baseline_has_some_of(&token.range);
            let is_known = is_read || is_near || holds(baseline, local, token);
            *(if is_known { &mut known } else { &mut new }) += token.range.len();
        }
        let above: String = baseline.text.chars().iter().collect();
        let is_worst = WORST.iter().any(|worst| said.contains(worst) && !above.contains(worst));
        is_worst || new > 0 && new >= known
    }

    /// Tells whether one of some characters stands in the baseline, but for those that stand anywhere.
    fn baseline_has_some_of(&self, range: &Range<usize>) -> bool {
        let own = self.local.reading.text.chars()[range.clone()].iter();
        let above = self.baseline.reading.text.chars();
        own.filter(|c| !"的不没无未有一能人为儿童".contains(**c)).any(|c| above.contains(c))
    }
}

/// 学籍转入本市的，……: only who has something to do with this place, where the baseline names no such thing.
pub(super) fn tied_to_here(of: &Against<'_>, texts: &Texts) -> Option<Difference> {
    const TIES: [&str; 7] = ["户籍", "户口", "学籍", "社保", "参保", "居住证", "缴"];
    let Texts { above, here } = texts;
    let ends = (1..here.len()).filter(|at| here[*at] == ',' && here[at - 1] == '的');
    let part = ends.map(|at| part_of(here, at - 1)).find(|part| {
        let words = &here[part.clone()];
        let ties = TIES.iter().any(|tie| find(words, tie).is_some() && find(above, tie).is_none());
        ties && !has_any(words, &["不", "未", "非", "没", "无", "也", "外"])
    })?;
    let known = of.found.iter().any(|found| {
        found.respect == Respect::Condition
            && found.local.as_ref().is_some_and(|local| part.contains(&local.start))
    });
    (!known).then(|| unclear(Respect::Condition, None, Some(part)))
}

/// 获得本市最低生活保障金 for 获得最低生活保障金: who has it from elsewhere is left out.
pub(super) fn only_from_here(_: &Against<'_>, texts: &Texts) -> Option<Difference> {
    let Texts { above, here } = texts;
    let place = |verb: &str| {
        let at = find(here, verb)? + verb.chars().count();
        let length = HERE
            .iter()
            .find(|name| here[at..].starts_with(&name.chars().collect::<Vec<_>>()))?
            .chars()
            .count();
        let after = here.get(at + length..at + length + 2)?;
        let without: String = verb.chars().chain(after.iter().copied()).collect();
        find(above, &without)?;
        Some(at..at + length)
    };
    let range = HAVING.iter().find_map(|verb| place(verb))?;
    Some(unclear(Respect::Audience, None, Some(range)))
}

/// 市医保中心受理 for 镇街便民服务中心受理: farther away than the baseline says.
pub(super) fn only_farther_away(_: &Against<'_>, texts: &Texts) -> Option<Difference> {
    const NEAR: [&str; 9] = ["村", "社区", "镇街", "乡镇", "街道", "居住地", "就近", "家门口", "片区"];
    const BODIES: [&str; 8] = ["中心", "医院", "妇幼保健院", "大厅", "局", "院", "馆", "站"];
    let Texts { above, here } = texts;
    let is_near = |chars: &[char]| NEAR.iter().any(|near| find(chars, near).is_some());
    if !is_near(above) || is_near(here) {
        return None;
    }
    let cities = (0..here.len()).filter(|at| here[*at] == '市' && !above.contains(&'市'));
    let mut bodies = cities.filter_map(|at| {
        let rest = &here[at + 1..here.len().min(at + 12)];
        let rest = &rest[..rest.iter().position(|c| ",;.、".contains(*c)).unwrap_or(rest.len())];
        let end = BODIES.iter().filter_map(|body| Some(find(rest, body)? + body.chars().count())).min()?;
        // 本市、各市 and the like are all of it.
        let is_all = at > 0 && "本我各全城".contains(here[at - 1]);
        (!is_all).then_some(at..at + 1 + end)
    });
    Some(unclear(Respect::Place, None, Some(bodies.next()?)))
}

/// 监护人能够全程陪护的由康复点接收, 接收签有移交协议的儿童: whom somebody takes in, beside words that say nothing of it.
pub(super) fn only_admitted(_: &Against<'_>, texts: &Texts) -> Option<Difference> {
    const ADMITS: [&str; 8] = ["接收", "收治", "收托", "收住", "录取", "招收", "收训", "准入"];
    const ABLE: [&str; 10] = ["能", "具备", "取得", "持有", "已", "签有", "签订", "经", "达到", "有"];
    const ALL: [&str; 9] = ["所有", "凡", "一切", "各类", "全部", "包括", "均", "都", "一律"];
    let Texts { above, here } = texts;
    let verbs = (0..here.len().saturating_sub(1))
        .filter(|at| ADMITS.iter().any(|verb| here[*at..].iter().copied().take(2).eq(verb.chars())));
    let mut whom = verbs.take(super::replaced::MOST).filter_map(|verb| {
        let part = part_of(here, verb);
        let of = part.clone().rev().find(|at| here[*at] == '的')?;
        // What stands before 的, and before or behind the verb.
        let said = if of < verb { part.start..of } else { verb + 2..of };
        let words: String = here[said.clone()].iter().collect();
        let is_asked = said.len() >= 4
            && ABLE.iter().any(|able| words.contains(able))
            && !words.contains(['不', '未', '无', '没'])
            && !ALL.iter().any(|all| here[part.clone()].iter().collect::<String>().contains(all))
            && find(above, &words).is_none();
        is_asked.then_some(said)
    });
    Some(unclear(Respect::Condition, None, Some(whom.next()?)))
}

/// 其中基本公共卫生服务为预防接种、健康教育两类: what the baseline gives whole is some of it here.
pub(super) fn only_these(_: &Against<'_>, texts: &Texts) -> Option<Difference> {
    const LONGEST: usize = 14;
    let Texts { above, here } = texts;
    let starts = (0..here.len().saturating_sub(1)).filter(|at| here[*at..].starts_with(&['其', '中']));
    let mut named = starts.take(super::replaced::MOST).filter_map(|at| {
        let part = at + 2..(at..here.len()).find(|at| ",;. ".contains(here[*at])).unwrap_or(here.len());
        let is = part.clone().take(LONGEST).find(|at| "为是指".contains(here[*at]))?;
        let thing: String = here[part.start..is].iter().collect();
        let members = &here[is + 1..part.end];
        let is_list =
            members.contains(&'、') && !members.contains(&'等') && !members.iter().any(char::is_ascii_digit);
        let is_meant = is - part.start >= 2 && find(above, &thing).is_some();
        (is_list && is_meant).then_some(at..part.end)
    });
    Some(unclear(Respect::Content, None, Some(named.next()?)))
}

/// 照料人由亲属商定: what the baseline gives is left to the family.
pub(super) fn left_to_the_family(_: &Against<'_>, texts: &Texts) -> Option<Difference> {
    const FAMILY: [&str; 8] = ["亲属", "家属", "亲友", "家庭", "家长", "监护人", "父母", "本人"];
    const DOES: [&str; 12] =
        ["商定", "承担", "落实", "解决", "负责", "联系", "寻找", "聘请", "雇请", "自备", "自行", "接送"];
    let Texts { above, here } = texts;
    let by = (0..here.len()).filter(|at| here[*at] == '由');
    let mut left = by.take(super::replaced::MOST).filter_map(|at| {
        let rest = &here[at + 1..here.len().min(at + 12)];
        let rest = &rest[..rest.iter().position(|c| ",;. ".contains(*c)).unwrap_or(rest.len())];
        let family = FAMILY.iter().find(|who| find(rest, who) == Some(0))?;
        let does = DOES.iter().any(|does| find(rest, does).is_some());
        let chooses = rest.iter().any(|c| "选挑".contains(*c));
        (does && !chooses && find(above, &format!("由{family}")).is_none()).then_some(at..at + 1 + rest.len())
    });
    Some(unclear(Respect::Fee, Some("left-to-families"), Some(left.next()?)))
}

/// Returns the tokens between two marks of which the second is at `end`.
fn part_before(reading: &Reading, end: usize) -> Range<usize> {
    let is_end = |at: &usize| reading.tokens[*at].is_mark(",;.");
    (0..end).rev().find(is_end).map_or(0, |mark| mark + 1)..end
}

/// Returns the characters of some tokens.
fn characters(reading: &Reading, tokens: &Range<usize>) -> Range<usize> {
    reading.tokens[tokens.start].range.start..reading.tokens[tokens.end - 1].range.end
}
