//! Definitions of groups and tables of grades in rulebooks, and what places say of words.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use super::groups::UNKNOWN_GROUP;
use crate::analysis::Analysis;
use crate::catalogue::{Grade, GradeVisit, Grading, Place, Touch};
use crate::check::Check;
use crate::codes;
use crate::diagnostic::{Finding, Findings, Message};
use crate::schema::{Choices, nearest};
use crate::span::{Span, Spanned};
use crate::text;

codes! {
    /// Two definitions, or two tables of grades, of one group for one purpose and day.
    CLASHING_DEFINITIONS = "QD3060", "clashing-definitions", Error, fixed, "0.1.0",
        "同一天、同一用途有两个定义", "Two definitions for one purpose and day";
    /// Grades that are not in order, or two with one id.
    UNORDERED_GRADES = "QD3061", "unordered-grades", Error, fixed, "0.1.0",
        "等级的先后或编号不对", "Grades out of order, or two with one id";
    /// How often somebody comes, in words that are not understood.
    UNREADABLE_INTERVAL = "QD3062", "unreadable-interval", Error, fixed, "0.1.0",
        "多久一次读不懂", "How often is not understood";
    /// A word of the glossary that a place says something of, and that there is not.
    UNKNOWN_TERM = "QD3063", "unknown-term", Error, fixed, "0.1.0",
        "没有这个术语", "A term that does not exist";
}

/// What is checked, in this order.
pub const CHECKS: &[Check] = &[groups, clashes, grades, intervals, terms];

fn places<'a>(analysis: &Analysis<'a>) -> impl Iterator<Item = &'a Place> + use<'a> {
    analysis.catalogue.places.values()
}

fn gradings<'a>(analysis: &Analysis<'a>) -> impl Iterator<Item = &'a Grading> + use<'a> {
    places(analysis).flat_map(|place| &place.rulebook).flat_map(|rule| &rule.grades)
}

fn groups(analysis: &Analysis<'_>, findings: &mut Findings) {
    let known = analysis.catalogue.groups();
    let words = &analysis.catalogue.vocabulary;
    let rules = || places(analysis).flat_map(|place| &place.rulebook);
    let defined = rules().flat_map(|rule| &rule.definitions).flat_map(|definition| &definition.group);
    let graded = rules().flat_map(|rule| &rule.grades).flat_map(|grading| &grading.group);
    let explained = words.terms.iter().filter_map(|term| term.group.as_ref());
    for group in defined.chain(graded).chain(explained) {
        if !known.contains(group.value.as_str()) {
            findings.push(unknown_group(group, &known));
        }
    }
}

fn unknown_group(group: &Spanned<String>, known: &BTreeSet<&str>) -> Finding {
    let name = &group.value;
    let help = match nearest(name, known.iter().copied()) {
        Some(near) => text!("是不是“{near}”？", "did you mean `{near}`?"),
        None => {
            let all = known.iter().copied().collect::<Vec<_>>().join(", ");
            text!("有这些人群：{all}", "there are these groups: {all}")
        }
    };
    Finding::new(&UNKNOWN_GROUP, group.span, text!("没有“{name}”这个人群", "there is no group `{name}`"))
        .help(help)
}

/// What two entries must not share: the day, what they are, the group, the purpose.
type Key<'a> = (crate::date::Date, &'static str, &'a str, Option<&'static str>);

fn clashes(analysis: &Analysis<'_>, findings: &mut Findings) {
    for place in places(analysis) {
        let mut seen: Vec<(Key<'_>, Span)> = Vec::new();
        for rule in &place.rulebook {
            let from = rule.from.value;
            let defined = rule.definitions.iter().flat_map(|known| {
                known.group.iter().map(move |group| ("definitions", group, Some(known.purpose.as_str())))
            });
            let graded = rule.grades.iter().flat_map(|known| {
                let purpose = known.purpose.map(|purpose| purpose.as_str());
                known.group.iter().map(move |group| ("grades", group, purpose))
            });
            for (field, group, purpose) in defined.chain(graded) {
                let key = (from, field, group.value.as_str(), purpose);
                match seen.iter().find(|(known, _)| *known == key) {
                    Some((_, first)) => findings.push(clashing(group, field, purpose, *first)),
                    None => seen.push((key, group.span)),
                }
            }
        }
    }
}

fn clashing(group: &Spanned<String>, field: &str, purpose: Option<&str>, first: Span) -> Finding {
    let name = &group.value;
    let Message { zh, en } = match purpose {
        Some(purpose) => {
            let known = crate::catalogue::Purpose::named(purpose).expect("it is the word of a purpose");
            let zh = known.choice().zh;
            text!("（{zh}）", " ({purpose})")
        }
        None => text!("", ""),
    };
    let message = if field == "definitions" {
        text!("“{name}”{zh}在同一天有两个定义", "`{name}`{en} is defined twice for one day")
    } else {
        text!("“{name}”{zh}在同一天有两张分级表", "`{name}`{en} has two tables of grades for one day")
    };
    Finding::new(&CLASHING_DEFINITIONS, group.span, message)
        .label(first, text!("第一次写在这里", "the first is here"))
        .help(text!(
            "用途不同的写明⟦purpose⟧；日期不同的写进各自那份文件的规则",
            "name the ⟦purpose⟧ if they differ in it; put each into the rule of its own document if the days differ"
        ))
}

fn grades(analysis: &Analysis<'_>, findings: &mut Findings) {
    for grading in gradings(analysis) {
        for (at, level) in grading.levels.iter().enumerate() {
            let before = &grading.levels[..at];
            if let Some(first) = before.iter().find(|known| known.id.value == level.id.value) {
                findings.push(used_before(level, first));
            } else if let Some(found) = before.iter().find_map(|above| out_of_order(grading, above, level)) {
                findings.push(found);
            }
        }
    }
}

fn used_before(level: &Grade, first: &Grade) -> Finding {
    let name = &level.id.value;
    Finding::new(
        &UNORDERED_GRADES,
        level.id.span,
        text!("等级的编号“{name}”已经用过", "the id of the grade, `{name}`, is used already"),
    )
    .label(first.id.span, text!("第一次用在这里", "first used here"))
    .help(text!("换一个编号", "choose another id"))
}

/// Reports a grade that stands below one that is not graver: by its colour, or because somebody comes oftener.
fn out_of_order(grading: &Grading, above: &Grade, level: &Grade) -> Option<Finding> {
    let by_colour = above.colour.zip(level.colour).is_some_and(|(above, below)| below <= above);
    let oftener = |how: &&Touch| {
        let (above, below) = (grading.frequency(above, **how)?, grading.frequency(level, **how)?);
        (below.compare(&above)? == Ordering::Greater).then_some(())
    };
    let by_visits = Touch::ALL.iter().any(|how| oftener(&how).is_some());
    if !by_colour && !by_visits {
        return None;
    }
    let (id, upper) = (&level.id.value, &above.id.value);
    let message = if by_colour {
        text!("“{id}”的颜色应排在“{upper}”前面", "by its colour `{id}` comes before `{upper}`")
    } else {
        text!(
            "“{id}”来得比“{upper}”勤，却排在它后面",
            "in `{id}` somebody comes oftener than in `{upper}`, which stands above it"
        )
    };
    let finding = Finding::new(&UNORDERED_GRADES, level.id.span, message)
        .label(above.id.span, text!("上面的等级", "the grade above"));
    Some(finding.help(text!(
        "最严重的写在最前面；核对颜色和多久一次",
        "write the gravest first, and check colours and how often"
    )))
}

fn intervals(analysis: &Analysis<'_>, findings: &mut Findings) {
    let levels = gradings(analysis).flat_map(|grading| &grading.levels);
    let lost = |visit: &&GradeVisit| visit.interval.is_none();
    for every in levels.flat_map(|level| level.visits.iter().filter(lost)).filter_map(|visit| visit.every.as_ref())
    {
        let text = &every.value;
        let message = text!("“{text}”读不出多久一次", "`{text}` does not say how often");
        findings.push(Finding::new(&UNREADABLE_INTERVAL, every.span, message).help(text!(
            "写成 1 month、3 months、2 weeks 或 at-once；只写“加大频次”的，删去这一项，写 ⟦at_least:⟧ true",
            "write it like 1 month, 3 months, 2 weeks or at-once; where the document only says oftener, delete it and write ⟦at_least:⟧ true"
        )));
    }
}

fn terms(analysis: &Analysis<'_>, findings: &mut Findings) {
    let words = &analysis.catalogue.vocabulary;
    if words.lost.contains("terms") {
        return;
    }
    let known: Vec<&str> = words.terms.iter().map(|term| term.id.value.as_str()).collect();
    for (id, own) in places(analysis).flat_map(|place| place.terms.values()) {
        // With both it is an entry of its own.
        let is_whole = own.term.is_some() && own.definition.is_some();
        if is_whole || known.contains(&id.value.as_str()) {
            continue;
        }
        let name = &id.value;
        let help = match nearest(name, known.iter().copied()) {
            Some(near) => text!("是不是“{near}”？", "did you mean `{near}`?"),
            None => text!(
                "本地才有的术语，⟦term⟧ 和 ⟦definition⟧ 都要写",
                "a term of the place alone needs both ⟦term⟧ and ⟦definition⟧"
            ),
        };
        let message = text!("terms.yaml 里没有“{name}”", "terms.yaml has no `{name}`");
        findings.push(Finding::new(&UNKNOWN_TERM, id.span, message).help(help));
    }
}
