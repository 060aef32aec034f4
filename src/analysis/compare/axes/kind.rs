//! What is given: money, goods, a service, a school place.

use super::ordered::{Ordered, Pair};
use super::{Axis, Compare};
use crate::catalogue::Kind;
use crate::diagnostic::Message;
use crate::schema::Choices;
use crate::text;

pub(super) const AXIS: Axis =
    Axis { name: "kind", zh: "形式", en: "kind", compare: Compare::Words(&ORDERED) };

/// Only a rulebook can put one kind above another.
const ORDERED: Ordered = Ordered {
    word: |provision| provision.kind.choice(),
    words: Kind::CHOICES,
    usual: &[],
    equal: &[],
    higher: differs,
    lower: differs,
    unordered: differs,
};

fn differs(Pair { zh, en, own_zh, own_en, value }: &Pair) -> (Message, Message) {
    let reason =
        text!("上级给的是{zh}，本地给的是{own_zh}", "the baseline gives {en}; this list gives {own_en}");
    let remedy = text!(
        "改为{zh}（⟦kind: {value}⟧），或请人判断是否不低于上级，把结论写进⟦reviews⟧",
        "give {en} (⟦kind: {value}⟧), or decide whether it is no less and record it under ⟦reviews⟧"
    );
    (reason, remedy)
}
