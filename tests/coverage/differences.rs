//! What changed between two editions, on lists that are written for one question each.

use std::collections::BTreeSet;

use qingdan::catalogue::{Catalogue, EditionRef};
use qingdan::compare::Side;
use qingdan::diagnostic::UiLang;
use qingdan::export::{Context, DIFF};
use qingdan::history::{Change, ChangeKind, Item, diff};
use qingdan::source::SourceTree;
use serde_yaml::Value;

use super::awkward::service;
use super::lists::{Content, map, prefecture};

const OLD: &str = "fujian/short/2025";
const NEW: &str = "fujian/short/2027";

fn edition(services: Vec<Value>) -> Value {
    let mut list = prefecture("", services);
    map(&mut list).remove("measured_against");
    list
}

/// Returns the kinds of change and what they are about, there and back.
fn changes(old: Vec<Value>, new: Vec<Value>) -> [Vec<(ChangeKind, String)>; 2] {
    let mut content = Content::shipped();
    content.put(OLD, &edition(old));
    content.put(NEW, &edition(new));
    let catalogue = content.read();
    let at = |address| catalogue.edition(address).expect("there is such an edition");
    [(OLD, NEW), (NEW, OLD)].map(|(from, to)| {
        let found = diff(&catalogue, at(from), at(to));
        found.changes.iter().map(|change| (change.kind, change.item().address())).collect()
    })
}

fn one(kind: ChangeKind, address: &str) -> Vec<(ChangeKind, String)> {
    vec![(kind, address.to_owned())]
}

#[test]
fn what_was_given_in_full_and_becomes_a_choice_is_weaker() {
    let old = service("care", 1, &[("one", ""), ("two", "quote: 服务")]);
    let new = service("care", 1, &[("one", "either_of: x"), ("two", "quote: 服务, either_of: x")]);
    let [there, back] = changes(vec![old], vec![new]);
    let both = |kind| ["care/one", "care/two"].map(|address| (kind, address.to_owned())).to_vec();
    assert_eq!(there, both(ChangeKind::Weaker));
    assert_eq!(back, both(ChangeKind::Stronger));
}

#[test]
fn what_was_renamed_or_moved_is_the_same_in_both_directions() {
    let old = || vec![service("care", 1, &[("one", "")])];
    let [there, back] = changes(old(), vec![service("care", 1, &[("first", "was: one")])]);
    assert_eq!(there, one(ChangeKind::Renamed, "care/first"));
    assert_eq!(back, one(ChangeKind::Renamed, "care/one"));
    let mut renamed = service("help", 1, &[("one", "")]);
    map(&mut renamed).insert("was".into(), "care".into());
    let [there, back] = changes(old(), vec![renamed]);
    assert_eq!(there, one(ChangeKind::Renamed, "help"));
    assert_eq!(back, one(ChangeKind::Renamed, "care"));
    let apart = |first: &[(&str, &str)], second: &[(&str, &str)]| {
        vec![service("care", 1, first), service("more", 2, second)]
    };
    let (a, b, moved) = (("one", ""), ("two", "quote: 服务"), ("three", "quote: 一项"));
    let [there, back] = changes(apart(&[a, moved], &[b]), apart(&[a], &[b, moved]));
    assert_eq!(there, one(ChangeKind::Moved, "more/three"));
    assert_eq!(back, one(ChangeKind::Moved, "care/three"));
}

/// Returns the report in Chinese and in English.
fn report(old: Vec<Value>, new: Vec<Value>) -> [String; 2] {
    let mut content = Content::shipped();
    content.put(OLD, &edition(old));
    content.put(NEW, &edition(new));
    let catalogue = content.read();
    let texts = content.0.iter().map(|(path, text)| (path.as_str(), text.as_str()));
    let sources = SourceTree::from_texts(texts);
    let at = |address| catalogue.edition(address).expect("there is such an edition");
    let found = diff(&catalogue, at(OLD), at(NEW));
    [UiLang::Zh, UiLang::En].map(|lang| {
        let context = Context { sources: &sources, lang, colour: false };
        String::from_utf8((DIFF[0].write)(&found, &context)).expect("a report is UTF-8")
    })
}

#[test]
fn a_split_is_a_split_and_nothing_is_gone_or_new() {
    let old = || vec![service("care", 1, &[("whole", "quote: 体检和接种")])];
    let parts = [("check", "was: whole, quote: 体检"), ("jab", "was: whole, quote: 接种")];
    let new = || vec![service("care", 1, &parts)];
    let [there, back] = changes(old(), new());
    assert_eq!(there, one(ChangeKind::Split, "care/check"));
    assert_eq!(back, one(ChangeKind::Merged, "care/whole"));
    let [zh, en] = report(old(), new());
    assert!(zh.contains("条款：拆分 1 条\n") && zh.contains("「体检和接种」 → 「体检」「接种」"), "{zh}");
    assert!(zh.contains("由 1 条拆为 2 条"), "{zh}");
    assert!(en.contains("provisions: 1 split\n"), "{en}");
    assert!(en.contains("one provision was split into 2"), "{en}");
}

/// Returns each change as a line: its kind, all that it was and is, axis, sides.
fn lines(
    from: EditionRef<'_>,
    to: EditionRef<'_>,
    catalogue: &Catalogue,
    mirrored: bool,
) -> BTreeSet<String> {
    let line = |change: &Change<'_>| {
        let kind = match (change.kind, mirrored) {
            (ChangeKind::Added, true) => ChangeKind::Removed,
            (ChangeKind::Removed, true) => ChangeKind::Added,
            (ChangeKind::Stronger, true) => ChangeKind::Weaker,
            (ChangeKind::Weaker, true) => ChangeKind::Stronger,
            (ChangeKind::Split, true) => ChangeKind::Merged,
            (ChangeKind::Merged, true) => ChangeKind::Split,
            (kind, _) => kind,
        };
        let value = |side: &Option<Side>| side.as_ref().map(|side| side.value.clone());
        let mut sides = [
            (change.olds().map(Item::address).collect::<Vec<_>>(), value(&change.from)),
            (change.news().map(Item::address).collect(), value(&change.to)),
        ];
        if mirrored {
            sides.reverse();
        }
        format!("{kind:?} {sides:?} {:?} {:?}", change.axis, change.part)
    };
    diff(catalogue, from, to).changes.iter().map(line).collect()
}

#[test]
fn what_was_split_merged_and_moved_mirrors() {
    let old = vec![
        service("care", 1, &[("a", "quote: 给孩子"), ("b", "quote: 提供一项"), ("c", "quote: 服务")]),
        service("more", 2, &[("d", "quote: 一项服务, strength: permit"), ("e", "")]),
    ];
    for was in [
        [("p", "was: a"), ("q", "was: a, strength: permit"), ("r", "was: [b, c], conditions: [need]")],
        [("p", "was: [a, more/d]"), ("q", "was: c"), ("r", "was: more/e, access: either")],
        [("a", "was: [a, b]"), ("q", "was: [b, c]"), ("r", "was: more/d, kind: cash")],
        [("a", ""), ("b", "was: a, quote: 服务"), ("c", "was: b")],
    ] {
        let mut content = Content::shipped();
        content.put(OLD, &edition(old.clone()));
        content.put(NEW, &edition(vec![service("care", 1, &was)]));
        let catalogue = content.read();
        let at = |address| catalogue.edition(address).expect("there is such an edition");
        let there = lines(at(OLD), at(NEW), &catalogue, false);
        let back = lines(at(NEW), at(OLD), &catalogue, true);
        let differing: Vec<&String> = there.symmetric_difference(&back).collect();
        assert!(differing.is_empty(), "{was:?}: {differing:#?}");
        // Whatever was said to have become another one is not gone.
        for (_, more) in was {
            for id in ["a", "b", "c"].iter().filter(|id| more.contains(&format!("was: {id}"))) {
                let gone = format!("Removed [([\"care/{id}\"]");
                assert!(!there.iter().any(|line| line.starts_with(&gone)), "{was:?}: {there:#?}");
            }
        }
    }
}

#[test]
fn the_json_keeps_every_change_and_tells_each_provision_once() {
    let old = vec![service("care", 1, &[("whole", "quote: 体检和接种")])];
    let parts = [("check", "was: whole, quote: 体检"), ("jab", "was: whole, quote: 接种, strength: permit")];
    let mut content = Content::shipped();
    content.put(OLD, &edition(old));
    content.put(NEW, &edition(vec![service("care", 1, &parts)]));
    let catalogue = content.read();
    let texts = content.0.iter().map(|(path, text)| (path.as_str(), text.as_str()));
    let sources = SourceTree::from_texts(texts);
    let at = |address| catalogue.edition(address).expect("there is such an edition");
    let context = Context { sources: &sources, lang: UiLang::Zh, colour: false };
    let form = DIFF.iter().find(|form| form.name == "json").expect("there is JSON");
    let bytes = (form.write)(&diff(&catalogue, at(OLD), at(NEW)), &context);
    let json: serde_json::Value = serde_json::from_slice(&bytes).expect("it is JSON");
    let split = &json["changes"][0];
    assert_eq!(split["kind"], "split");
    assert_eq!(split["olds"], serde_json::json!(["care/whole"]));
    assert_eq!(split["news"], serde_json::json!(["care/check", "care/jab"]));
    assert_eq!(json["summary"]["weaker"], 1);
    let told = json["told"].as_array().expect("a list");
    assert_eq!(told.len(), 1);
    assert_eq!(told[0]["kind"], "weaker");
    assert_eq!(told[0]["kinds"], serde_json::json!(["weaker", "split"]));
    assert_eq!(json["provisions"], serde_json::json!({"weaker": 1}));
}

#[test]
fn a_merge_is_a_merge_also_over_services_and_what_became_lower_comes_first() {
    let apart = |one: &str| {
        vec![
            service("care", 1, &[("check", one), ("rest", "quote: 其他")]),
            service("more", 2, &[("jab", "quote: 接种")]),
        ]
    };
    let joined = |strength: &str| {
        let both = format!("was: [check, more/jab], quote: 体检和接种, strength: {strength}");
        vec![service("care", 1, &[("both", &both), ("rest", "quote: 其他")])]
    };
    let [there, back] = changes(apart("quote: 体检"), joined("must"));
    let gone = (ChangeKind::Removed, "more".to_owned());
    assert_eq!(there, [(ChangeKind::Merged, "care/both".to_owned()), gone.clone()]);
    assert_eq!(back.iter().filter(|(kind, _)| *kind == ChangeKind::Split).count(), 1);
    let [there, _] = changes(apart("quote: 体检"), joined("permit"));
    let lower = (ChangeKind::Weaker, "care/both".to_owned());
    assert_eq!(there, [(ChangeKind::Merged, "care/both".to_owned()), lower, gone]);
    let [zh, _] = report(apart("quote: 体检"), joined("permit"));
    assert!(zh.contains("条款：降低 1 条\n"), "{zh}");
    assert!(zh.contains("由 2 条合为 1 条") && zh.contains("由“应当提供”改为“允许”"), "{zh}");
}

#[test]
fn what_moved_under_another_id_has_moved_and_is_told_without_ids() {
    let (rest, two) = (("rest", "quote: 孩子"), ("two", "quote: 服务"));
    let old = || vec![service("care", 1, &[("one", ""), rest]), service("more", 2, &[two])];
    let new = || {
        let moved = ("three", "was: care/one");
        vec![service("care", 1, &[rest]), service("more", 2, &[two, moved])]
    };
    let [there, back] = changes(old(), new());
    let kinds = |changes: &[(ChangeKind, String)]| changes.iter().map(|(kind, _)| *kind).collect::<Vec<_>>();
    assert_eq!(kinds(&there), [ChangeKind::Renamed, ChangeKind::Moved]);
    assert_eq!(kinds(&back), [ChangeKind::Renamed, ChangeKind::Moved]);
    let [zh, en] = report(old(), new());
    assert!(zh.contains("由第 1 项“服务”移到第 2 项“服务”"), "{zh}");
    assert!(!zh.contains(|c: char| c.is_ascii_alphabetic()), "{zh}");
    assert!(en.contains("moved from number 1"), "{en}");
}

#[test]
fn what_all_provisions_of_a_service_have_in_common_is_told_once() {
    let at = |age: &str| {
        let mut tree = service("care", 1, &[("one", ""), ("two", "quote: 服务")]);
        map(&mut tree["audience"]).insert("age".into(), age.into());
        map(&mut tree["audience"]).insert("text".into(), super::lists::yaml(&format!("{{zh: {age}岁孩子}}")));
        vec![tree]
    };
    let [zh, en] = report(at("3-6"), at("4-6"));
    assert!(zh.contains("条款：降低 2 条\n") && zh.contains("本项 2 条都是"), "{zh}");
    assert_eq!(zh.matches("年龄：").count(), 1, "{zh}");
    assert!(zh.contains("服务对象：「【3】-6岁孩子」 → 「【4】-6岁孩子」"), "{zh}");
    assert!(en.contains("all 2 provisions of it") && !en.contains("services themselves"), "{en}");
}

#[test]
fn words_that_are_gone_need_a_look_and_a_slip_is_only_reworded() {
    let with = |quote: &str| vec![service("care", 1, &[("one", &format!("quote: {quote}"))])];
    let [zh, _] = report(with("给孩子提供体检和视力筛查服务"), with("给孩子提供体检服务"));
    assert!(zh.contains("条款：高低待认定 1 条\n") && zh.contains("视力筛查"), "{zh}");
    let [zh, _] = report(with("给孩子发放租房津贴"), with("给孩子发放租房补贴"));
    assert!(zh.contains("条款：只改说法 1 条\n"), "{zh}");
}
