//! `<list>/<edition>.yaml`: one edition of a list. Its services stand in `service.rs`, their provisions in `provision.rs`.

use std::collections::BTreeMap;

use super::may;
use super::query::Query;
use super::review::{Correction, Review};
use super::service::ServiceEntry;
use crate::date::Date;
use crate::lang::{LangCode, Localized};
use crate::schema::choices::choices;
use crate::schema::declare::document;
use crate::schema::field_type::{EditionRef, FieldType, GroupId, May, Must, OrDefault, or_default};
use crate::schema::{Declared, Shape, Table};
use crate::span::{Span, Spanned};
use crate::syntax::Node;

choices! {
    /// Where an edition stands in its life, as written.
    EditionStatus {
        /// Being written.
        Draft = "draft", "草稿";
        /// Open for comment.
        Consultation = "consultation", "征求意见";
        /// Published.
        Issued = "issued", "已发布" | "正式" | "发布" | "正式发布" | "published";
    }
}

/// One whose status could not be used is read as a draft.
impl Default for EditionStatus {
    fn default() -> Self {
        Self::Draft
    }
}

/// One edition of a list.
pub static EDITION: Shape = Shape::Map(EditionFile::TABLE);

document! {
    /// What the file of an edition says.
    pub struct EditionFile ("清单", "the edition") {
        title: Must<Localized> = "标题" | "名称" | "清单名称", "清单全称", "the full title of the list";
        group: May<GroupId> = "人群",
            "清单给哪个人群；不写，就是与文件夹同名的那个",
            "the group the list is for; by default the one that its folder is named after";
        ordinal: May<u32> = "版次", "第几版", "which edition it is, from 1";
        status: Must<OrDefault<EditionStatus>> = "状态",
            "draft、consultation 或 issued", "draft, consultation or issued";
        frozen: May<Spanned<Date>> = "冻结",
            "冻结的日期，由 qingdan edition issue 写", "the day it was frozen, written by `qingdan edition issue`";
        document: May<Document> = "文件", "印发清单的文件", "the document that issues the list";
        dates: May<Dates> = "日期", "各个日期", "its dates";
        compiled: May<Compiled> = "编写",
            "不是官方印发的表，是从文件的正文里编写出来的，就写明",
            "said of a list that is no official table but was made from the prose of a document";
        measured_against: May<EditionRef> = "对照",
            "对照的上级清单，例如 fujian/migrant-children/2025", "the baseline, such as fujian/migrant-children/2025";
        inherits: May<EditionRef> = "沿用",
            "整份沿用的上级清单，只写本地另有的项目，例如 fujian/xiamen/migrant-children/2025",
            "the edition above whose services all hold here, so that only what is local is written";
        consultation: May<Consultation> = "征求意见",
            "征求意见的期限和结果", "when it is open for comment, and what came of it";
        reviews: May<Vec<Review>> = "认定",
            "机器无法比较的条款，由人认定的结论", "what people decided where a machine cannot compare";
        queries: May<Vec<Query>> = "询问",
            "上级就哪些条款来函询问、办到哪一步，由 qingdan query --record 写",
            "what the place above asked and how far it has come, begun by `qingdan query --record`";
        corrections: May<Vec<Correction>> = "更正",
            "发布以后更正过什么，由 qingdan edition correct 写",
            "what was corrected since it was issued, written by `qingdan edition correct`";
        notice: May<Localized> = "提示", "显示在每一页上的提示", "a notice shown on every page";
        note: May<Localized> = "说明" | "备注", "说明", "a note";
        entries as "services": May<Vec<ServiceEntry>> = "服务项目",
            "服务项目；整份沿用上级的清单可以不写", "the services; a list that inherits all of them may leave it out";
    } besides |fields| {
        /// Where the number of the edition is written.
        ordinal_at: Option<Span> = fields.node.get("ordinal").filter(|_| ordinal.is_some()).map(|node| node.span);
        /// Place of the first key, for findings about the whole file.
        span: Span = fields.anchor();
        /// Whether a service could not be used; a finding said why. A list without services may inherit them; whether it
        /// does is looked at later.
        services_lost: bool =
            fields.is_incomplete("services", entries.len()) && fields.node.get("services").is_some();
        /// Whether a baseline is written that could not be used.
        baseline_lost: bool = fields.is_lost("measured_against");
    }
}

document! {
    /// When and how an edition is open for comment.
    pub struct Consultation ("征求意见", "the consultation") {
        from: Must<Spanned<Date>> = "开始", "第一天", "the first day";
        to: Must<Spanned<Date>> = "截止", "最后一天", "the last day";
        how: May<Localized> = "方式", "怎样提意见", "how to comment";
        phone: May<String> = "电话", "提意见的办公电话，不要填个人手机", "the office’s telephone for comments, never a person’s mobile";
        email: May<String> = "邮箱", "提意见的单位邮箱", "the e-mail address of the office for comments";
        address: May<Localized> = "地址", "来信寄到哪里", "where to write to";
        outcome: May<Localized> = "结果", "结束后采纳的情况", "what came of it, once it is over";
        outcome_on: May<Spanned<Date>> = "结果日期", "结果公布的日期", "the day the outcome was published";
    }
}

document! {
    /// What a list was made from that no office published as a list.
    pub struct Compiled ("编写", "how it was compiled") {
        from: Must<Localized> = "来源", "从哪份文件的哪些段落编写", "the document and its paragraphs";
        by: Must<Localized> = "编写单位", "谁编写的，不写个人姓名", "who compiled it, no person's name";
        on: Must<Spanned<Date>> = "日期", "编写的日期", "the day it was compiled";
        note: May<Localized> = "说明" | "备注", "说明", "a note";
    }
}

document! {
    /// The document that issues an edition.
    pub struct Document ("文件", "the document") {
        number: May<String> = "文号", "文号", "the document number";
        title: May<Localized> = "标题" | "名称", "文件标题", "the title";
        url: May<Spanned<String>> = "网址", "公开网址", "its public address";
        note: May<Localized> = "说明" | "备注", "说明", "a note";
    }
}

pub(super) static DATES: Table = Table {
    zh: "日期",
    en: "the dates",
    fields: &[
        may("signed", "成文", Shape::Date, "成文日期", "the day it was signed"),
        may("printed", "印发", Shape::Date, "印发日期", "the day it was printed"),
        may("issued", "发布", Shape::Date, "发布日期", "the day it was issued"),
        may("posted", "公布", Shape::Date, "上网公布日期", "the day it was posted"),
        may("effective", "施行", Shape::Date, "施行日期", "the day it takes effect"),
        may("filed", "备案", Shape::Date, "备案日期", "the day it was filed"),
    ],
};

/// The dates of an edition, by name, in the order of its life.
#[derive(Clone, Debug, Default)]
pub struct Dates(BTreeMap<usize, Spanned<Date>>);

impl Dates {
    /// Returns the names of the dates in the order they come in.
    pub fn names() -> impl Iterator<Item = &'static str> {
        DATES.fields.iter().map(|field| field.key)
    }

    /// Returns the dates that are known with their names, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &Spanned<Date>)> {
        self.0.iter().map(|(at, date)| (DATES.fields[*at].key, date))
    }

    /// Returns the date called `name`.
    pub fn get(&self, name: &str) -> Option<&Spanned<Date>> {
        let at = Self::names().position(|known| known == name)?;
        self.0.get(&at)
    }
}

impl FieldType for Dates {
    type Value = Self;
    type Optional = Self;
    const SHAPE: Shape = Shape::Map(&DATES);

    fn read(node: &Node, reference: &LangCode) -> Option<Self> {
        let date = |name| Spanned::<Date>::optional(node.get(name), reference);
        Some(Self(Self::names().enumerate().filter_map(|(at, name)| Some((at, date(name)?))).collect()))
    }

    fn optional(node: Option<&Node>, reference: &LangCode) -> Self {
        or_default::<Self>(node, reference)
    }
}
