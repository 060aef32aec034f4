//! What is given in another's place by one word: 提供基本生活用品 for 提供基本生活条件, 联系临时住所 for 提供临时住所.

use super::replaced::{MOST, Texts, find, unclear};
use super::*;

/// 先天性心脏病听诊 for 先天性心脏病筛查: the same words, and another thing at their end.
pub(super) fn another_thing(of: &Against<'_>, texts: &Texts) -> Option<Difference> {
    // Words that say nothing of what is given.
    const GENERAL: [&str; 23] = [
        "服务", "保障", "工作", "项目", "活动", "救助", "补助", "补贴", "资助", "支持", "帮扶", "待遇",
        "政策", "事项", "一并", "同时", "相关", "有关", "各项", "各类", "应当", "必须", "可以",
    ];
    const BEFORE: usize = 4;
    let Texts { above, here } = texts;
    let (baseline, local) = (of.baseline.reading, of.local.reading);
    let is_word = |chars: &[char]| {
        chars.len() == 2
            && chars.iter().all(|c| c.is_alphabetic() && !"一二两三四五六七八九十半每".contains(*c))
    };
    let ends = |chars: &[char], at: usize| {
        let rest: String = chars[at.min(chars.len())..].iter().take(2).collect();
        rest.is_empty()
            || rest != "及时"
                && rest.starts_with([',', ';', '.', ' ', '、', '和', '及', '与', '或', '等', '('])
            || ["服务", "保障", "工作", "活动"].contains(&rest.as_str())
    };
    let mut heads =
        (BEFORE..here.len()).filter(|at| !" ,;.".contains(here[*at])).take(MOST * 5).filter_map(|at| {
            let (before, head) = (&here[at - BEFORE..at], here.get(at..at + 2)?);
            let place = above.windows(BEFORE).position(|window| window == before)? + BEFORE;
            let wanted = above.get(place..place + 2)?;
            let (own, theirs): (String, String) = (head.iter().collect(), wanted.iter().collect());
            let is_other = is_word(head)
                && is_word(wanted)
                && head[0] != wanted[0]
                && ends(here, at + 2)
                && ends(above, place + 2)
                && !GENERAL.contains(&own.as_str())
                && find(above, &own).is_none()
                && find(here, &theirs).is_none();
            if !is_other {
                return None;
            }
            let token = local.tokens.iter().find(|token| token.range.contains(&at))?;
            let meant = baseline.tokens.iter().filter(|token| token.range.contains(&place));
            // A word for the whole, of which this is a part, is the same thing.
            let is_same = token.range.start < at
                && meant.clone().any(|meant| says_same(local, token, baseline, meant))
                || meant
                    .filter(|meant| meant.range.start == place)
                    .any(|meant| says_same(local, token, baseline, meant));
            (!is_same).then_some(at..at + 2)
        });
    Some(unclear(Respect::Content, None, Some(heads.next()?)))
}

/// 联系临时住所 for 提供临时住所: somebody else is asked for what the baseline gives.
pub(super) fn only_arranged(_: &Against<'_>, texts: &Texts) -> Option<Difference> {
    const GIVES: [&str; 8] = ["提供", "发放", "给予", "安排", "落实", "配备", "开展", "实施"];
    const ASKS: [&str; 8] = ["联系", "对接", "协调", "推荐", "介绍", "引荐", "争取", "寻找"];
    let Texts { above, here } = texts;
    let at_verb = |at: usize, verb: &str| here[at..].iter().copied().take(2).eq(verb.chars());
    let verbs = (0..here.len().saturating_sub(3)).filter(|at| ASKS.iter().any(|verb| at_verb(*at, verb)));
    let mut asked = verbs.take(MOST).filter(|at| {
        let thing: String = here[at + 2..at + 4].iter().collect();
        let verb: String = here[*at..at + 2].iter().collect();
        let is_given = GIVES.iter().any(|gives| find(above, &format!("{gives}{thing}")).is_some());
        let is_given_here = GIVES.iter().any(|gives| find(here, &format!("{gives}{thing}")).is_some());
        is_given && !is_given_here && find(above, &verb).is_none()
    });
    let at = asked.next()?;
    Some(unclear(Respect::Degree, Some("assist"), Some(at..at + 2)))
}

/// 长期监护由其户籍地民政部门承担: elsewhere, where the baseline names no such place; 为在省内就医的 where it says 异地.
pub(super) fn only_elsewhere(of: &Against<'_>, texts: &Texts) -> Option<Difference> {
    const HOME: [&str; 5] = ["户籍地", "户籍所在地", "户口所在地", "原籍", "老家"];
    const DOES: [&str; 8] = ["承担", "负责", "办理", "安排", "落实", "解决", "提供", "发放"];
    let Texts { above, here } = texts;
    let of_home = HOME.iter().find_map(|home| {
        let at = find(here, home).filter(|_| HOME.iter().all(|home| find(above, home).is_none()))?;
        let leads = here[at.saturating_sub(2)..at].contains(&'由');
        let rest = &here[at..here.len().min(at + 14)];
        let rest = &rest[..rest.iter().position(|c| ",;. ".contains(*c)).unwrap_or(rest.len())];
        let does = DOES.iter().any(|does| find(rest, does).is_some());
        (leads && does).then_some(at..at + rest.len())
    });
    let within = || {
        let far = ["异地", "跨省", "跨地区"].iter().any(|far| find(above, far).is_some());
        let near =
            ["省内", "市内", "县内", "本省"].iter().find_map(|near| Some((find(here, near)?, *near)))?;
        let is_new = find(above, near.1).is_none()
            && ["省外", "内外", "跨省"].iter().all(|far| find(here, far).is_none());
        (far && is_new).then_some(near.0..near.0 + 2)
    };
    let range = of_home.or_else(within)?;
    // What is said of another provision of the same clause is none of this one's.
    let start = range.start - here[..range.start].iter().rev().take_while(|c| !" ,;.".contains(**c)).count();
    if of.of_others().iter().any(|other| other.start < range.end && start < other.end) {
        return None;
    }
    let known = of.found.iter().any(|found| {
        found.respect == Respect::Place
            && found.local.as_ref().is_some_and(|local| range.contains(&local.start))
    });
    (!known).then(|| unclear(Respect::Place, None, Some(range)))
}
