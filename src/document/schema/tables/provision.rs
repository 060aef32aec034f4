//! Provisions: the single entitlements of a service.

use super::choice;
use crate::lang::Localized;
use crate::schema::choices::choices;
use crate::schema::declare::document;
use crate::schema::field_type::{
    AudienceId, ConditionId, DepartmentId, FormerProvisionRef, Id, MapNames, May, Must, NamedMap,
    ProvisionRef, Several, WordsByLanguage,
};
use crate::schema::{Age, Choice, FieldPlaces, NamedBy};
use crate::span::Spanned;

document! {
    /// One single entitlement.
    pub struct Provision ("条款", "a provision") {
        id: Must<Id> = "编号", "本项目内唯一的编号", "its id, unique in the service";
        was: May<Several<FormerProvisionRef>> = "原编号",
            "上一版里的条款编号；由几条合并的写成列表，原来在别的服务项目里的写成“项目/条款”",
            "its id in the edition before; a list if several became one, service/provision if it was elsewhere";
        quote: Must<Spanned<String>> = "原文",
            "从“服务内容”里原样复制的一段，一字不改", "a part of the content, copied to the letter";
        focus: May<Spanned<String>> = "所指",
            "同一段原文拆成几条时，这一条所指的几个字",
            "the words of the quote that are meant, where one quote makes several provisions";
        paragraph: May<Localized> = "段落",
            "出自文件的哪一段，与项目不同时写", "the paragraph of the document it comes from, where it is not the service's";
        plain: Must<Localized> = "白话", "一句大白话，写给家长看", "one plain sentence, for families";
        kind: Must<Kind> = "形式",
            "给的是什么：服务、资金、实物、减免、学位或场所、协助、信息",
            "what is given: a service, money, goods, a fee that is not charged, a place, help, information";
        strength: Must<Strength> = "力度",
            "力度，从高到低：must 应当、permit 允许、where-conditions-allow 有条件的地方、encourage 鼓励、assist 协助办理",
            "how binding it is, from high to low: must, permit, where-conditions-allow, encourage, assist";
        conditions: May<Vec<ConditionId>> = "条件", "条件的名称或编号", "its conditions, by id or name";
        condition_text: May<Localized> = "条件原文", "条件的原文", "the printed words of the condition";
        population: May<AudienceId> = "人群", "与服务对象不同的人群", "its population, where it differs";
        categories: May<Vec<AudienceId>> = "类别", "与服务对象不同的类别", "its categories, where they differ";
        age: May<Age> = "年龄", "与服务对象不同的年龄", "its age, where it differs";
        access: Must<Access> = "办理地",
            "在哪里办：residence 居住地、either 两地均可、hukou-place 户籍地、unstated 原文未写",
            "where it is provided or decided: where the child lives, either place, where it is registered, or not said";
        departments: May<Vec<DepartmentId>> = "责任部门" | "责任单位" | "负责部门" | "负责单位",
            "与项目不同的责任部门", "its departments, where they differ";
        front_desk: May<DepartmentId> = "先找谁" | "首问部门",
            "这一条与项目不同时，家长先去找的那一个部门",
            "the one department families go to first, where it differs from the service's";
        lead: May<Lead> = "牵头", "牵头部门", "the leading department";
        bearer: May<Vec<Localized>> = "承担方",
            "由谁来做，照文件写；不是部门的写在这里，例如 学校、医院、村（居）民委员会；可以附译文",
            "who has to act where it is no department, as printed: the school, the hospital, the village committee";
        covers: May<Vec<ProvisionRef>> = "对应",
            "对应的上级条款，例如 preschool-education/nearby-kindergarten", "the baseline provisions it answers";
        measures: May<NamedMap<ByMeasure, Spanned<String>>> = "标准",
            "金额、次数、期限等标准，例如 金额: 1500元/年", "amounts, frequencies, periods, such as amount: 1500 CNY/year";
        named: May<Vec<Localized>> = "列举",
            "以“等”结尾的列举里点了名的各项，照文件写；可以附译文", "the named members of an open list, as printed; a translation is welcome";
        open_list: May<bool> = "开放列举", "原文以“等”结尾", "whether the clause ends in 等";
        either_of: May<Id> = "任一",
            "几条只须满足一条时，给它们写同一个名字", "provisions with the same name here are alternatives";
        vague: May<bool> = "笼统", "原文笼统，无法由机器比较", "too general to compare by machine";
        note: May<Localized> = "说明" | "备注", "说明", "a note";
        keywords: May<WordsByLanguage> = "关键词",
            "群众说到这一条时用的词，只供搜索，例如 zh: [打针, 打疫苗]",
            "everyday words for this one, by language, such as en: [jabs]; for finding only";
    } besides |fields| {
        /// Where the values of its fields stand, by key.
        places: FieldPlaces = fields.places(Self::TABLE);
    }
}

document! {
    /// The leading department of a provision.
    pub struct Lead ("牵头部门", "the lead") {
        department: Must<DepartmentId> = "部门", "部门的名称或编号", "the department, by id or by its name here";
        basis: May<Localized> = "依据", "依据", "the basis";
    }
}

choices! {
    /// What is given.
    Kind {
        /// A service.
        Service = "service", "服务", says "服务", "a service";
        /// Money.
        Cash = "cash", "资金", says "资金", "money";
        /// Goods.
        InKind = "in-kind", "实物", says "实物", "goods";
        /// A fee that is not charged.
        FeeExemption = "fee-exemption", "减免", says "费用减免", "a fee that is not charged";
        /// A school place, a bed, a room.
        Place = "place", "学位或场所", says "学位或场所", "a place";
        /// Help with something decided elsewhere.
        Assistance = "assistance", "协助", says "协助", "help";
        /// Information.
        Information = "information", "信息", says "信息", "information";
    }
}

choices! {
    /// How binding a provision is.
    Strength {
        /// A plain statement.
        Must = "must", "应当" | "必须", says "应当提供", "must be given";
        /// 允许.
        Permit = "permit", "允许", says "允许", "is permitted";
        /// 有条件的地方.
        WhereConditionsAllow = "where-conditions-allow", "有条件的地方",
            says "有条件的地方提供", "is given where conditions allow";
        /// 鼓励、支持、推动.
        Encourage = "encourage", "鼓励" | "支持" | "推动", says "鼓励提供", "is encouraged";
        /// 协助.
        Assist = "assist", "协助办理", says "协助办理", "help to apply";
    }
}

choices! {
    /// Where a provision is given or decided.
    Access {
        /// Where the child lives.
        Residence = "residence", "居住地", says "在居住地办", "in the place of residence";
        /// Either place.
        Either = "either", "两地均可", says "居住地、户籍地都能办", "in either place";
        /// Where the household is registered.
        HukouPlace = "hukou-place", "户籍地", says "回户籍地办", "in the place of household registration";
        /// The list does not say.
        Unstated = "unstated", "未写明", says "没有写明在哪里办", "without naming a place";
    }
}

/// The usual names of measures; the first of each is written.
pub const MEASURES: &[Choice] = &[
    choice("amount", "金额"),
    choice("frequency", "次数"),
    choice("duration", "期限"),
    choice("share", "比例"),
    choice("time-limit", "办结时限"),
    choice("fee", "收费"),
    choice("amount", "数额"),
    choice("frequency", "频次"),
    choice("duration", "时长"),
    choice("time-limit", "时限"),
    choice("fee", "费用"),
];

/// MapNames of measures.
#[derive(Debug)]
pub enum ByMeasure {}

impl MapNames for ByMeasure {
    const BY: NamedBy = NamedBy::Usual(MEASURES);
}
