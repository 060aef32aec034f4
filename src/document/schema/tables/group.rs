//! `vocabulary/groups.yaml`: the groups that lists are for, with the words that pages say for each.

use super::must;
use crate::lang::{LangCode, Localized};
use crate::schema::declare::document;
use crate::schema::field_type::{ByLanguage, ByOwnName, FieldType, GroupId, Id, May, Must, NamedMap, texts};
use crate::schema::{Declared, Shape, Table};
use crate::span::Spanned;
use crate::syntax::{Node, Value};

/// The groups that lists are for.
pub static GROUPS: Shape = Shape::Map(&Table {
    zh: "人群",
    en: "vocabulary/groups.yaml",
    fields: &[must("groups", "人群", <Vec<Group> as FieldType>::SHAPE, "人群", Group::TABLE.en)],
});

document! {
    /// A group that lists are for, with the words pages say for it.
    pub struct Group ("人群", "a group") {
        id: Must<Id> = "编号",
            "英文编号；文件夹同名的清单就是给这个人群的", "the id; lists in folders of this name are for it";
        name: Must<Localized> = "名称", "名称", "the name";
        like: May<GroupId> = "同",
            "自己没有写的说法，用哪个人群的", "the group whose words are taken where it has none of its own";
        guide: May<Id> = "帮助页", "先看哪一页帮助", "the guide to read first";
        questions: May<Vec<Id>> = "问题",
            "“能得什么”问哪几个问题（situations.yaml 里的编号），不写就都问",
            "the questions of situations.yaml that are asked; all of them if left out";
        words: May<NamedMap<ByOwnName, NamedMap<ByLanguage, Phrase>>> = "说法",
            "页面上的哪些字，对这个人群要换个说法；名称同主题的 strings 文件，例如 place-lead",
            "strings of the theme that are said otherwise for this group, by their names in its strings files, such as place-lead";
    } besides |fields| {
        /// The names of the words with their places.
        word_keys: Vec<Spanned<String>> = fields.names("words");
    }
}

/// A text that takes the place of a string: plain, or by plural category.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// The texts by plural category; a plain one is `other`.
    pub forms: Vec<(&'static str, Spanned<String>)>,
}

document! {
    /// The forms of a text by number, in the plural categories of Unicode's CLDR.
    pub struct PluralForms ("单复数", "the plural forms") {
        zero: May<Spanned<String>> = "零", "数为零时", "for none, in languages that tell it apart";
        one: May<Spanned<String>> = "单数", "单数", "for one";
        two: May<Spanned<String>> = "双数", "双数", "for two, in languages that tell it apart";
        few: May<Spanned<String>> = "少数", "少数几个", "for a few, in languages that tell them apart";
        many: May<Spanned<String>> = "多数", "很多", "for many, in languages that tell them apart";
        other: Must<Spanned<String>> = "其他", "其他", "for all others";
    }
}

texts! {
    Phrase => Phrase = Shape::TextOr(PluralForms::TABLE), read_phrase;
}

fn read_phrase(node: &Node, reference: &LangCode) -> Option<Phrase> {
    if let Value::Text(_) = &node.value {
        return Some(Phrase { forms: vec![("other", node.spanned()?)] });
    }
    let PluralForms { zero, one, two, few, many, other } = PluralForms::read(node, reference)?;
    let all = [("zero", zero), ("one", one), ("two", two), ("few", few), ("many", many)];
    let known = all.into_iter().filter_map(|(name, text)| Some((name, text?)));
    Some(Phrase { forms: known.chain([("other", other)]).collect() })
}
