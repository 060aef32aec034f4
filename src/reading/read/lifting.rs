//! Words that are lifted: 无需居住证, 不限名额.

use super::*;

/// Marks that end a part of a sentence.
pub(super) const ENDS: &str = ",;.!?";

/// How many words a part of a sentence can have. Nobody writes a longer one: where one is longer, something in it may not be
/// understood, and a person is asked.
pub(super) const LONGEST_PART: usize = 200;

/// How many words behind a lifting word what it lifts may stand.
const FARTHEST: usize = 60;

/// Returns the next token that has weight, on this side of the next mark.
pub(super) fn next_heavy(tokens: &[Token], at: usize) -> Option<(usize, &Token)> {
    let rest = tokens.iter().enumerate().skip(at + 1);
    let mut rest = rest.take_while(|(_, token)| !token.is_mark(ENDS));
    rest.find(|(_, token)| !matches!(token.kind, Kind::Mark(_)) && !is_plain(token))
}

pub(super) fn is_plain(token: &Token) -> bool {
    matches!(&token.kind, Kind::Word(senses) if senses.iter().all(|sense| sense.role == Role::Plain))
}

/// What can be lifted: a limit, a cost, a condition.
pub(super) const LIFTABLE: [Role; 9] = [
    Role::Burden,
    Role::Cost,
    Role::Limit,
    Role::Condition,
    Role::Requirement,
    Role::Restriction,
    Role::Harmless,
    Role::Exception,
    Role::Cap,
];

pub(crate) fn is_liftable(token: &Token) -> bool {
    LIFTABLE.iter().any(|role| token.has(*role))
}

/// Returns which tokens are taken away by a word that lifts a limit, or stand in a comparison with others.
pub(super) fn lifted(tokens: &[Token], text: &Text) -> Vec<bool> {
    let mut lifted = titles(tokens, text);
    for at in 0..tokens.len() {
        if lifted[at] {
            continue;
        }
        if let Some(end) = equals(tokens, at, text) {
            lifted[at..=end].fill(true);
            continue;
        }
        if let Some(part) = borne(tokens, at, text) {
            // 首次手术费用由财政承担: who pays does not make it more often.
            let is_once = |at: usize| {
                let word: String = text.chars()[tokens[at].range.clone()].iter().collect();
                ["首次", "初次", "第一次", "仅一次"].contains(&word.as_str())
            };
            part.for_each(|at| lifted[at] = !is_once(at));
            continue;
        }
        let token = &tokens[at];
        if denies_a_waiver(tokens, at, text) {
            continue;
        }
        // 没交押金的, 未办居住证的: who lacks something is not asked for it.
        if token.has(Role::Denying)
            && let Some(end) = lacks(tokens, at, text)
        {
            lifted[at..end].fill(true);
            continue;
        }
        // 不向家庭收钱, 不必先备案再垫付.
        if token.has(Role::Denying) && text.chars()[token.range.clone()].last() == Some(&'不') {
            let charge = (at + 1..tokens.len())
                .take(4)
                .take_while(|place| !tokens[*place].is_mark(ENDS))
                .find(|place| tokens[*place].has(Role::Cost));
            if let Some(place) = charge
                .filter(|_| tokens.get(at + 1).is_some_and(|next| text.chars()[next.range.start] == '向'))
            {
                lifted[at..=place].fill(true);
                continue;
            }
        }
        // 免交经济困难证明: a paper that nobody has to bring.
        if text.chars()[token.range.start] == '免'
            && token.range.len() <= 3
            && let Some(last) =
                part_end(tokens, at).checked_sub(1).filter(|last| *last > at && *last <= at + 6)
            && names_a_paper(&tokens[last], text)
        {
            lifted[at + 1..=last].fill(true);
            continue;
        }
        // 取消原先周末上午的限制.
        if token.has(Role::Ending)
            && let Some(last) =
                part_end(tokens, at).checked_sub(1).filter(|last| *last > at && *last <= at + 8)
            && ["限制", "门槛", "限定"]
                .iter()
                .any(|end| text.chars()[tokens[last].range.clone()].iter().copied().eq(end.chars()))
        {
            lifted[at..=last].fill(true);
            continue;
        }
        if is_liftable(token) && is_lifted_behind(tokens, at, text) {
            lifted[at] = true;
        } else if token.has(Role::Lifting) {
            let end = match is_complete(token, text) {
                true => at + 1,
                // 不得以……为由拒绝, 不因……而停发: it is about nothing else to its end.
                false if is_about_reasons(tokens, at, text) => part_end(tokens, at),
                false => lift(tokens, at, true),
            };
            // 不得随意取消、缩减.
            let end = forbids_to_end(tokens, at, text).map_or(end, |last| end.max(last + 1));
            lifted[at..end].fill(true);
        } else if let Some(end) = forbids_to_end(tokens, at, text) {
            lifted[at..=end].fill(true);
        } else if (token.has(Role::Denying) || token.has(Role::Ending))
            && next_heavy(tokens, at).is_some_and(|(place, next)| {
                let limit = is_liftable(next) && !next.has(Role::Same);
                // 取消户籍限制 lifts, 中止为资助对象提供…… ends.
                let ends_it =
                    token.has(Role::Ending) && next.has(Role::Condition) && !burden_follows(tokens, place);
                // 取消备案手续.
                let steps = token.has(Role::Ending)
                    && place == at + 1
                    && burden_follows(tokens, at)
                    && !next.has(Role::Same);
                limit && !ends_it || steps
            })
        {
            lifted[at..lift(tokens, at, false)].fill(true);
        }
    }
    lifted
}

/// Tells whether a word names something to bring: 经济困难证明.
fn names_a_paper(token: &Token, text: &Text) -> bool {
    let word: String = text.chars()[token.range.clone()].iter().collect();
    ["证明", "材料", "手续", "凭证", "证件"].iter().any(|paper| word.ends_with(paper))
}

/// Returns which tokens stand in the title of a document, which sets nothing: 依据《社会救助暂行办法》.
fn titles(tokens: &[Token], text: &Text) -> Vec<bool> {
    let mut depth = 0_usize;
    let mut inside = Vec::with_capacity(tokens.len());
    for token in tokens {
        let chars = &text.chars()[token.range.clone()];
        let before = depth;
        depth += chars.iter().filter(|c| matches!(c, '《' | '〈')).count();
        depth = depth.saturating_sub(chars.iter().filter(|c| matches!(c, '》' | '〉')).count());
        // What is opened and never closed is no title.
        inside.push(before > 0 && depth > 0);
        if token.is_mark(".") {
            depth = 0;
        }
    }
    inside
}

/// Returns where those who lack something are described to their end: 没交押金的，……
pub(super) fn lacks(tokens: &[Token], at: usize, text: &Text) -> Option<usize> {
    let word = |token: &Token| text.chars()[token.range.clone()].iter().collect::<String>();
    if !["未", "没", "没有", "无", "尚未", "还没", "未曾", "不具备", "未能"]
        .contains(&word(&tokens[at]).as_str())
    {
        return None;
    }
    let rest = tokens.iter().enumerate().skip(at + 1).take(8).take_while(|(_, token)| !token.is_mark(ENDS));
    let end = rest.filter(|(_, token)| word(token) == "的").map(|(place, _)| place).last()?;
    let closes = tokens.get(end + 1).is_none_or(|next| next.is_mark(",") || next.has(Role::Person));
    let takes = tokens[at + 1..end].iter().any(is_liftable);
    // 无固定收入的: who has less is asked for, not let off.
    let poor = text.chars()[tokens[at].range.end..tokens[end].range.start]
        .windows(2)
        .any(|pair| pair == ['收', '入']);
    if poor {
        return None;
    }
    // 无不良信用记录的: nobody is let off a fault.
    let said: String = text.chars()[tokens[at].range.end..tokens[end].range.start].iter().collect();
    if ["不良", "违", "犯罪", "失信", "欠", "处分", "劣迹"].iter().any(|fault| said.contains(fault))
    {
        return None;
    }
    // 未交费的不予安排: what follows says that they get nothing.
    (closes && takes).then_some(end)
}

/// Returns where the part of a sentence ends that a token stands in.
pub(super) fn part_end(tokens: &[Token], at: usize) -> usize {
    let last = tokens.len().min(at + LONGEST_PART);
    (at..last).find(|at| tokens[*at].is_mark(ENDS)).unwrap_or(last)
}

/// Tells whether a lifting word takes away reasons: 不得以户籍为由拒收, not what families may not do: 不得以……为由申请.
pub(super) fn is_about_reasons(tokens: &[Token], at: usize, text: &Text) -> bool {
    const REASONS: [&str; 11] = [
        "不得以",
        "不得因",
        "不因",
        "绝不因",
        "不会因",
        "不以",
        "不能因",
        "不能以",
        "严禁以",
        "禁止以",
        "不得借",
    ];
    let words = |tokens: &[Token]| -> String {
        tokens.iter().flat_map(|token| &text.chars()[token.range.clone()]).collect()
    };
    if !REASONS.contains(&words(&tokens[at..=at]).as_str()) {
        return false;
    }
    let rest = words(&tokens[at + 1..part_end(tokens, at)]);
    let after = rest.split("为由").nth(1).unwrap_or("");
    !["申请", "领取", "享受", "报名", "要求"].iter().any(|word| after.starts_with(word))
}

/// Returns where it ends that something must not end: 不得停办, 不得擅自缩减.
pub(super) fn forbids_to_end(tokens: &[Token], at: usize, text: &Text) -> Option<usize> {
    if !(tokens[at].has(Role::Denying) || tokens[at].has(Role::Lifting)) {
        return None;
    }
    let word: String = text.chars()[tokens[at].range.clone()].iter().collect();
    let forbids = ["不得", "严禁", "禁止", "不准", "不许", "不能", "不会", "不可"]
        .iter()
        .any(|lead| word.starts_with(lead));
    if !(forbids || next_heavy(tokens, at).is_some_and(|(_, next)| next.has(Role::Ending))) {
        return None;
    }
    let is_of = |token: &Token| text.chars()[token.range.clone()] == ['的'];
    let rest = (at + 1..part_end(tokens, at)).take_while(|place| !is_of(&tokens[*place]));
    rest.filter(|place| tokens[*place].has(Role::Ending)).last()
}

/// Reads 不免除, 不予减免: what is denied is itself a lifting.
pub(super) fn denies_a_waiver(tokens: &[Token], at: usize, text: &Text) -> bool {
    let next = || tokens.get(at + 1).map(|next| &text.chars()[next.range.clone()]);
    let waives = |next: &[char]| matches!(next, ['免', ..] | ['减' | '全', '免', ..]);
    tokens[at].has(Role::Denying) && next().is_some_and(waives)
}

/// Tells whether a lifting word names what it lifts: 免押金, 不设门槛. What follows it is another thing.
pub(super) fn is_complete(token: &Token, text: &Text) -> bool {
    const NAMED: [&str; 26] = [
        "限制",
        "门槛",
        "押金",
        "证明",
        "条件",
        "户籍",
        "材料",
        "费用",
        "收费",
        "排队",
        "申请",
        "审批",
        "手续",
        "歧视",
        "名额",
        "次数",
        "年龄",
        "人数",
        "封顶",
        "居住证",
        "社保",
        "积分",
        "限额",
        "年限",
        "费",
        "即享",
    ];
    let word: String = text.chars()[token.range.clone()].iter().collect();
    token.range.len() >= 3 && NAMED.iter().any(|name| word.ends_with(name))
}

/// Tells whether a limit is lifted by what stands behind it: 户籍不限, 户口在哪里都一样.
pub(super) fn is_lifted_behind(tokens: &[Token], at: usize, text: &Text) -> bool {
    const ALIKE: [&str; 8] = ["一样", "一个样", "同样", "均可", "都可以", "都行", "不限", "无关"];
    let rest: Vec<&Token> =
        tokens[at + 1..].iter().take_while(|token| !token.is_mark(ENDS)).take(6).collect();
    let Some(last) = rest.last() else { return false };
    let words: String = text.chars()[tokens[at].range.end..last.range.end].iter().collect();
    let lifts = rest.first().is_some_and(|next| next.has(Role::Lifting)) && rest.len() <= 2;
    lifts || ALIKE.iter().any(|word| words.ends_with(word))
}

/// Returns where what is lifted ends: with the burdens, and the words between them.
pub(super) fn lift(tokens: &[Token], at: usize, strong: bool) -> usize {
    let passes = |token: &Token| {
        const PASSING: [Role; 9] = [
            Role::Plain,
            Role::Giving,
            Role::Person,
            Role::Open,
            Role::Pointing,
            Role::Describing,
            Role::Place,
            Role::Stage,
            Role::Reached,
        ];
        PASSING.iter().any(|role| token.has(*role))
            || matches!(token.kind, Kind::Number(_) | Kind::Age { .. } | Kind::Every(..))
            || token.is_mark("、\"() ")
    };
    let mut end = at + 1;
    let mut place = at + 1;
    while let Some(token) = tokens.get(place).filter(|token| place - at < FARTHEST && !token.is_mark(ENDS)) {
        let closes = token.has(Role::Denying) || token.has(Role::Restriction);
        if closes && place > at + 1 {
            break;
        }
        let is_place = strong && token.has(Role::Place);
        // Words in Latin letters have blanks between them.
        let between = tokens[at + 1..place].iter().filter(|token| !token.is_mark(" ")).count();
        if is_place
            || is_liftable(token)
                && (between <= 1 || !token.has(Role::Requirement) || burden_follows(tokens, place))
        {
            end = place + 1;
        } else if !(passes(token) || strong && burden_follows(tokens, place)) {
            break;
        }
        place += 1;
    }
    if strong { end.max(place.min(at + 2)) } else { end }
}

/// Tells whether what is lifted goes on: a burden stands among the next words.
pub(super) fn burden_follows(tokens: &[Token], at: usize) -> bool {
    let next = tokens.iter().skip(at + 1).take_while(|token| !token.is_mark(ENDS)).take(4);
    let mut next = next.take_while(|token| !token.has(Role::Requirement));
    next.any(|token| token.has(Role::Burden))
}

/// Returns a part of a sentence that says that the public bears a cost: 自付部分由财政负担.
pub(super) fn borne(tokens: &[Token], at: usize, text: &Text) -> Option<Range<usize>> {
    let starts = at == 0 || tokens[at - 1].is_mark(ENDS);
    if !starts {
        return None;
    }
    let end = part_end(tokens, at);
    let words: String =
        text.chars()[tokens[at].range.start..tokens.get(end.checked_sub(1)?)?.range.end].iter().collect();
    let payer = [
        "财政",
        "政府",
        "资金",
        "医疗救助",
        "基金",
        "慈善",
        "残联",
        "民政",
        "学校",
        "主办",
        "用人单位",
        "工会",
        "单位",
        "国家",
        "公家",
        "市里",
        "县里",
        "街道",
        "乡镇",
        "镇街",
        "社区",
    ];
    let pays = [
        "承担", "负担", "支付", "解决", "报销", "买单", "补足", "补齐", "兜底", "出", "分担", "代缴", "贴息",
    ];
    let own = ["个人承担", "家庭承担", "家长承担", "个人负担", "家庭负担", "自理"];
    let by = words
        .find('由')
        .or_else(|| words.find("财政"))
        .or_else(|| words.find("国家"))
        .or_else(|| words.find("全额"))
        .or_else(|| words.find("全部"));
    let after = by.map(|by| &words[by..])?;
    let pays = pays.iter().any(|word| after.contains(word)) && payer.iter().any(|word| after.contains(word));
    (pays && !own.iter().any(|word| after.contains(word))).then_some(at..end)
}

/// Returns where a comparison with others ends: 与本地户籍儿童同样.
pub(super) fn equals(tokens: &[Token], at: usize, text: &Text) -> Option<usize> {
    if !matches!(text.chars()[tokens[at].range.clone()], ['与' | '和' | '同' | '跟']) {
        return None;
    }
    let word = |token: &Token| text.chars()[token.range.clone()].iter().collect::<String>();
    let rest = tokens.iter().enumerate().skip(at + 1).take(8).take_while(|(_, token)| !token.is_mark(ENDS));
    let mut seen = false;
    for (place, token) in rest {
        seen |= token.has(Role::Condition) || token.has(Role::Describing);
        let here = word(token);
        let next = tokens.get(place + 1).map(word);
        let equal = here.starts_with('同') && here.chars().count() > 1
            || here == "一" && next.is_some_and(|next| next.starts_with('样'));
        let goes_on = tokens.get(place + 1).is_some_and(|next| next.is_mark("、"))
            && tokens.get(place + 2).is_some_and(|next| word(next).starts_with('同'));
        if goes_on {
            continue;
        }
        if seen
            && (equal
                || [
                    "同等",
                    "同样",
                    "一样",
                    "相同",
                    "一致",
                    "同步",
                    "平等",
                    "均等",
                    "同标准",
                    "同待遇",
                    "一个样",
                    "一个标准",
                    "同一标准",
                    "无差别",
                    "一视同仁",
                ]
                .contains(&here.as_str()))
        {
            return Some(place);
        }
    }
    None
}
