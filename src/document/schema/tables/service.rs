//! The services of an edition: written in full, or taken over from the baseline.

use super::danger::SourcedLine;
use super::provision::Provision;
use crate::date::Date;
use crate::lang::{LangCode, Localized};
use crate::schema::declare::document;
use crate::schema::field_type::{
    AreaId, AudienceId, ConditionId, DepartmentId, FieldType, Id, May, Must, ServiceRef, WordsByLanguage,
};
use crate::schema::{Age, Declared, Shape};
use crate::span::{Span, Spanned};
use crate::syntax::Node;

/// The key that makes an entry one that is taken over.
const ADOPTS: &str = "adopts";

/// One service as its file has it.
#[derive(Clone, Debug)]
pub enum ServiceEntry {
    /// Written in full.
    Own(Box<Body>),
    /// Taken over from the baseline.
    Adopting(Box<AdoptingService>),
}

impl FieldType for ServiceEntry {
    type Value = Self;
    type Optional = Option<Self>;
    const SHAPE: Shape = Shape::MapBy { key: ADOPTS, then: AdoptingService::TABLE, otherwise: Body::TABLE };

    fn read(node: &Node, reference: &LangCode) -> Option<Self> {
        match node.get(ADOPTS).and_then(Node::text) {
            Some(_) => Some(Self::Adopting(Box::new(AdoptingService::read(node, reference)?))),
            None => Some(Self::Own(Box::new(Body::read(node, reference)?))),
        }
    }

    fn optional(node: Option<&Node>, reference: &LangCode) -> Option<Self> {
        Self::read(node?, reference)
    }
}

document! {
    /// What a service offers, as the list that wrote it has it. Lists that adopt the service share it; the id and the
    /// number it has there, and how to get it there, are said by the service of that list.
    pub struct Body ("服务项目", "a service") {
        id: Must<Id> = "编号", "永久不变的英文编号", "the id, stable for ever";
        number: Must<Spanned<u32>> = "序号", "清单里的序号", "its number in the list";
        area: Must<AreaId> = "领域" | "所属领域", "领域的名称或编号", "its area, by id or name";
        title: Must<Localized> = "服务项目" | "项目名称" | "名称" | "标题", "项目名称", "its title";
        familiar: May<Localized> = "俗称" | "平时的叫法",
            "群众平时怎么叫它，例如：低保", "what families call it, such as dibao";
        audience: Must<Audience> = "服务对象" | "对象", "服务对象", "who it is for";
        content: Must<Localized> = "服务内容", "服务内容原文，一字不改", "the official cell, to the letter";
        paragraph: May<Localized> = "段落",
            "出自文件的哪一段，例如 三（二）5", "the paragraph of the document it comes from, such as part 3 (2) 5";
        standard: May<Localized> = "服务标准", "服务标准原文，按多少、怎样提供", "the official standard: how much, and how it is given";
        expenditure: May<Localized> = "支出责任", "支出责任原文，钱由谁出", "the official words on who pays for it";
        departments: Must<Vec<DepartmentId>> = "责任部门" | "责任单位" | "负责部门" | "负责单位",
            "责任部门的名称或编号", "the responsible departments, by id or by their names here";
        front_desk: May<DepartmentId> = "先找谁" | "首问部门",
            "家长先去找的那一个部门；不写就按责任部门推定",
            "the one department families go to first; worked out from the departments if left out";
        departments_note: May<Localized> = "责任部门说明", "责任部门的说明", "a note on the departments";
        purpose: May<Vec<Spanned<String>>> = "目的语句",
            "原文中只写目的、不给权益的语句", "clauses that state a purpose and grant nothing";
        provisions: Must<Vec<Provision>> = "条款" | "权益", "逐条权益", "the single entitlements";
        keywords: May<WordsByLanguage> = "关键词",
            "群众怎么说就怎么写的词，只供搜索，例如 zh: [打针, 打疫苗]",
            "everyday words families search with, by language, such as en: [jabs]; for finding only";
        papers: May<Vec<SourcedLine>> = "证件",
            "别的文件里说到的证件，写明出处；清单没有写成条件的才写在这里",
            "what other documents say about papers for it, with the source; no condition of the list";
        apply: May<Apply> = "怎样办" | "怎么办" | "办理方式", "怎样办理", "how to get it here";
        was: May<Id> = "原编号", "以前的编号", "its former id";
        note: May<Localized> = "说明" | "备注", "对原文的说明", "a note on the official text";
        checked: May<Checked> = "核对", "谁在哪天核对过", "who verified it and when";
    } besides |fields| {
        /// Place of its first key.
        span: Span = fields.anchor();
        /// Whether a provision or clause could not be used; a finding said why.
        lost: bool = fields.is_incomplete("provisions", provisions.len()) || fields.is_lost("purpose");
    }
}

impl Body {
    /// Returns the everyday words in a language to find the service or one of its provisions by.
    pub fn every_keyword(&self, lang: &str) -> impl Iterator<Item = &Spanned<String>> {
        let own = self.provisions.iter().map(|provision| &provision.keywords);
        std::iter::once(&self.keywords).chain(own).filter_map(move |words| words.get(lang)).flatten()
    }
}

document! {
    /// An entry that takes a service over, before its body is found.
    pub struct AdoptingService ("照录的服务项目", "an adopted service") {
        adopts: Must<ServiceRef> = "照录",
            "照录的上级项目的编号或名称", "the baseline service taken over unchanged, by id or title";
        id: May<Id> = "编号", "本地编号，不写则与上级相同", "the local id, by default the baseline's";
        number: May<Spanned<u32>> = "序号", "本地序号，不写则与上级相同", "the local number, by default the baseline's";
        front_desk: May<DepartmentId> = "先找谁" | "首问部门",
            "家长先去找的那一个部门；不写就按责任部门推定",
            "the one department families go to first; worked out from the departments if left out";
        keywords: May<WordsByLanguage> = "关键词",
            "群众怎么说就怎么写的词，只供搜索，例如 zh: [打针, 打疫苗]",
            "everyday words families search with, by language, such as en: [jabs]; for finding only";
        apply: May<Apply> = "怎样办" | "怎么办" | "办理方式", "怎样办理", "how to get it here";
        was: May<Id> = "原编号", "以前的编号", "its former id";
        printed as "content": May<Localized> = "服务内容",
            "本地印发的原文，应与上级一致", "the official cell as printed here, which ought to be the baseline's";
        standard: May<Localized> = "服务标准", "本地的服务标准原文", "the official standard here";
        expenditure: May<Localized> = "支出责任", "本地的支出责任原文", "the official words on who pays for it here";
        note: May<Localized> = "说明" | "备注", "说明", "a note";
        checked: May<Checked> = "核对", "谁在哪天核对过", "who verified it and when";
    } besides |fields| {
        /// Place of its first key.
        span: Span = fields.anchor();
    }
}

document! {
    /// Who a service is for.
    pub struct Audience ("服务对象", "the audience") {
        text: Must<Localized> = "原文", "服务对象原文", "the official cell";
        population: May<AudienceId> = "人群", "人群的名称或编号", "the population, by id or name";
        categories: May<Vec<AudienceId>> = "类别", "类别的名称或编号", "the categories, by id or name";
        conditions: May<Vec<ConditionId>> = "条件", "对象栏里的条件", "conditions printed in this cell";
        age: May<Age> = "年龄", "年龄范围", "the range of age";
    }
}

document! {
    /// How to get a service here.
    pub struct Apply ("办理方式", "how to apply") {
        place as "where": May<Localized> = "地点", "到哪里办", "where to go";
        bring: May<Vec<Localized>> = "材料", "要带什么", "what to bring";
        steps: May<Vec<Localized>> = "步骤", "怎样办", "the steps";
        fee: May<Localized> = "费用", "费用", "what it costs";
        time: May<Localized> = "时间", "办理时间", "when";
        phone: May<Spanned<String>> = "电话", "办公电话，不要填个人手机", "the office's telephone";
        online: May<Spanned<String>> = "网址", "网上办理的 https 网址", "the https address to apply online";
        basis: May<Localized> = "依据", "依据", "the basis";
        items: May<Vec<ServiceItem>> = "政务服务事项" | "事项",
            "办事大厅和政务服务网上对应的事项，供别的程序对得上",
            "the items of the government service platform that it is handled under, for programs of others";
    }
}

document! {
    /// An item of the government service platform under which a service is handled, by the codes the platform gives it.
    pub struct ServiceItem ("政务服务事项", "a government service item") {
        basic: May<Spanned<String>> = "基本编码", "基本目录里的基本编码，照抄", "its code in the basic catalogue, as given there";
        implementation: May<Spanned<String>> = "实施编码",
            "实施清单里的实施编码，照抄", "its code in the list of the body that carries it out, as given there";
        name: May<Localized> = "事项名称", "事项名称，照抄", "its name, as given there";
    }
}

document! {
    /// Who verified an entry, and when.
    pub struct Checked ("核对", "the check") {
        by: Must<String> = "核对单位", "核对的单位，不写个人姓名", "the office that verified it, no person's name";
        on: Must<Spanned<Date>> = "日期", "核对日期", "the day it was verified";
    }
}
