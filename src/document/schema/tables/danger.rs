//! `vocabulary/dangers.yaml`: what to do when somebody is in danger; `danger.yaml` of a place: what its documents say of it.

use super::{may, must};
use crate::date::Date;
use crate::lang::Localized;
use crate::schema::declare::document;
use crate::schema::field_type::{FieldType, Id, May, Must, WordsByLanguage};
use crate::schema::{Declared, Shape, Table};
use crate::span::Spanned;

/// What to do when a child is in danger: the situations, and what holds for all of them.
pub static DANGERS: Shape = Shape::Map(&Table {
    zh: "危险",
    en: "vocabulary/dangers.yaml",
    fields: &[
        must(
            "dangers",
            "危险",
            <Vec<Danger> as FieldType>::SHAPE,
            "各种危险；第一种是“不管什么危险”，它的第一个号码写在每一页的最上面",
            "the situations; the first is any danger, and its first number stands at the top of every page",
        ),
        may(
            "except",
            "除外",
            WordsByLanguage::SHAPE,
            "看起来像、其实不是危险的说法，例如 zh: [打 疫苗|针]",
            "what only looks like danger, such as en: [lost card|passport]",
        ),
        may("tell", "告诉", <Vec<SourcedLine> as FieldType>::SHAPE, "还要告诉谁", "whom else to tell"),
        may(
            "then",
            "以后",
            <Vec<SourcedLine> as FieldType>::SHAPE,
            "打了电话以后会怎样",
            "what happens then",
        ),
        may(
            "report",
            "报告",
            <Vec<SourcedLine> as FieldType>::SHAPE,
            "谁发现了必须报告",
            "who has to report it",
        ),
    ],
});

document! {
    /// A way in which a child can be in danger.
    pub struct Danger ("危险", "a danger") {
        id: Must<Id> = "编号", "英文编号", "the id";
        name: Must<Localized> = "名称", "一句话说是什么情况", "what it is, in a few words";
        call: Must<Vec<Spanned<String>>> = "电话",
            "hotlines.yaml 里的号码，最先打的写在最前面", "numbers of hotlines.yaml, the first to dial first";
        note: May<Localized> = "说明", "号码旁边的一句话", "a sentence beside the numbers";
        source: Must<Localized> = "出处", "出自哪份文件、哪一段", "the document and the part it comes from";
        looked_at: May<Spanned<Date>> = "查看日期",
            "出处按一般知识写、没有对照原文的，写哪一天看过",
            "the day it was looked at, where the source is general knowledge and its text was not at hand";
        words: May<WordsByLanguage> = "说法",
            "人们会怎样打字：空格隔开的几个词前后挨着出现才算，“|”隔开的有一个就算",
            "what people type: the words of a line follow each other closely, `|` stands between those of which one will do";
    }
}

document! {
    /// A sentence with the document it comes from.
    pub struct SourcedLine ("有出处的话", "a sentence with its source") {
        text: Must<Localized> = "内容", "一句话", "the sentence";
        source: Must<Localized> = "出处", "出自哪份文件、哪一段", "the document and the part it comes from";
        looked_at: May<Spanned<Date>> = "查看日期",
            "出处按一般知识写、没有对照原文的，写哪一天看过",
            "the day it was looked at, where the source is general knowledge and its text was not at hand";
    }
}

/// What the documents of a place say of danger.
pub static DANGER: Shape = Shape::Map(DangerFile::TABLE);

document! {
    /// What `danger.yaml` says: the documents of a place, beside what the vocabulary says for everywhere.
    pub struct DangerFile ("本地危险", "danger.yaml") {
        sources: May<Vec<DangerSource>> = "出处",
            "本地哪份文件说到了 vocabulary/dangers.yaml 里的哪种情况",
            "which document of this place speaks of which situation of vocabulary/dangers.yaml";
        tell: May<Vec<SourcedLine>> = "告诉", "还要告诉谁", "whom else to tell";
        then: May<Vec<SourcedLine>> = "以后", "打了电话以后会怎样", "what happens then";
        report: May<Vec<SourcedLine>> = "报告", "谁发现了必须报告", "who has to report it";
    }
}

document! {
    /// The document of a place that speaks of a situation.
    pub struct DangerSource ("一种情况的出处", "the source of a situation") {
        danger: Must<Id> = "情况", "dangers.yaml 里的编号", "the id in dangers.yaml";
        source: Must<Localized> = "出处", "出自哪份文件、哪一段", "the document and the part it comes from";
    }
}
