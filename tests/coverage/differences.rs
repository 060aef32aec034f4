//! What changed between two editions, on lists that are written for one question each.

use qingdan::coverage::Issue;
use qingdan::history::{ChangeKind, diff};
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
    let at = |address| Issue::at(&catalogue, address).expect("there is such an edition");
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
