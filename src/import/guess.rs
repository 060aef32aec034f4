//! What a clause seems to grant, by its words; a person looks at it.

use crate::catalogue::{Access, Kind, Strength, Vocabulary};
use crate::schema::Age;

/// Words by which the kind of what is given is guessed; the first that occurs counts.
const KINDS: &[(Kind, &[&str])] = &[
    (Kind::Assistance, &["协助", "代办", "转介", "跨省通办", "省内通办"]),
    (Kind::FeeExemption, &["免除", "免收", "减免", "不收"]),
    (Kind::Place, &["入园", "入学", "学位", "住所", "床位", "公共租赁住房", "公租房", "就读"]),
    (
        Kind::Cash,
        &[
            "助学金",
            "补助",
            "补贴",
            "救助金",
            "津贴",
            "生活费",
            "奖学金",
            "资助",
            "低保金",
            "慰问金",
            "奖励金",
            "元",
        ],
    ),
    (Kind::InKind, &["教科书", "物资", "用品", "营养餐", "免费午餐"]),
    (Kind::Information, &["宣传", "普及", "普法", "咨询", "介绍"]),
];

/// Words by which a condition is guessed, with its id; every one that occurs and that the vocabulary has counts.
const CONDITIONS: &[(&str, &[&str])] = &[
    ("local-criteria", &["符合当地", "符合本地", "符合本市", "符合我市"]),
    ("financial-hardship", &["家庭经济困难", "家庭困难", "困难家庭"]),
    ("scheme-criteria", &["特困救助供养条件", "最低生活保障条件", "低保条件"]),
    ("on-a-list", &["纳入资助对象", "列入", "名单", "登记在册"]),
    ("need", &["有需要", "有需求", "生活不能自理", "生活仍有困难", "住房困难"]),
    ("unspecified-criteria", &["符合条件", "符合规定条件"]),
];

/// Returns what seems to be given.
pub(super) fn kind(clause: &str) -> Kind {
    let has = |words: &[&str]| words.iter().any(|word| clause.contains(word));
    KINDS.iter().find(|(_, words)| has(words)).map_or(Kind::Service, |(kind, _)| *kind)
}

/// Returns how binding it seems.
pub(super) fn strength(clause: &str) -> Strength {
    let has = |words: &[&str]| words.iter().any(|word| clause.contains(word));
    if has(&[
        "有条件的地",
        "有条件的学校",
        "有条件的县",
        "有条件的市",
        "具备条件的地",
        "具备条件的学校",
        "条件允许",
    ]) {
        Strength::WhereConditionsAllow
    } else if has(&["允许", "可以", "可申请", "可享受", "鼓励"]) {
        Strength::Permit
    } else if clause.starts_with("协助") || clause.starts_with("帮助") || has(&["，协助", ",协助"]) {
        Strength::Assist
    } else {
        Strength::Must
    }
}

/// Returns where it seems to be given.
pub(super) fn access(clause: &str) -> Access {
    if clause.contains("户籍地") || clause.contains("户籍所在地") {
        Access::HukouPlace
    } else {
        Access::Residence
    }
}

/// Returns the ids of the conditions it seems to set.
pub(super) fn conditions(clause: &str, words: &Vocabulary) -> Vec<&'static str> {
    let has = |words: &[&str]| words.iter().any(|word| clause.contains(word));
    let known = CONDITIONS.iter().filter(|(id, _)| words.condition(id).is_some());
    known.filter(|(_, words)| has(words)).map(|(id, _)| *id).take(1).collect()
}

/// Returns the range of age that a text writes: `3-6岁`, `0—36个月`.
pub(super) fn age(text: &str) -> Option<Age> {
    let chars: Vec<char> = text.chars().collect();
    (0..chars.len())
        .filter(|at| chars[*at].is_ascii_digit() && (*at == 0 || !chars[at - 1].is_ascii_digit()))
        .find_map(|from| {
            let end = (from..chars.len())
                .find(|at| !(chars[*at].is_ascii_digit() || "-–—~～至".contains(chars[*at])))?;
            let unit: String = chars[end..].iter().take(2).collect();
            let unit = if unit.starts_with('岁') {
                "岁"
            } else if unit == "个月" {
                "个月"
            } else {
                return None;
            };
            let range: String = chars[from..end].iter().map(|c| if *c == '至' { '-' } else { *c }).collect();
            Age::parse(&format!("{range}{unit}"))
        })
}

/// Tells whether an enumeration is left open: 甲、乙等服务.
pub(super) fn is_open(clause: &str) -> bool {
    let chars: Vec<char> = clause.chars().collect();
    clause.contains('、')
        && (1..chars.len()).any(|at| {
            chars[at] == '等'
                && !matches!(chars.get(at + 1), Some('级' | '候' | '待' | '额' | '同'))
                && chars[at - 1] != '平'
        })
}
