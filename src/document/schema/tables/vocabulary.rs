//! `vocabulary/*.yaml`: the words lists are written with. The questions of the page that finds what a child can get stand in
//! `situation.rs`.

use std::collections::BTreeMap;

use super::definition::Purpose;
use super::situation::Question;
use super::{PlaceKind, Tier, may, must};
use crate::date::Date;
use crate::lang::{LangCode, Localized};
use crate::schema::choices::choices;
use crate::schema::declare::document;
use crate::schema::field_type::{
    AreaId, AudienceId, DepartmentId, FieldType, Id, May, Must, WordsByLanguage, or_default,
};
use crate::schema::{Age, Choices, Declared, Field, Fields, Shape, Table};
use crate::span::Spanned;
use crate::syntax::Node;

/// Declares a vocabulary file: one key that holds a list of entries.
macro_rules! vocabulary {
    ($(#[$doc:meta])* $NAME:ident, $key:literal, $zh:literal, $Entry:ty) => {
        $(#[$doc])*
        pub static $NAME: Shape = Shape::Map(&Table {
            zh: $zh,
            en: concat!("vocabulary/", $key, ".yaml"),
            fields: &[must($key, $zh, <Vec<$Entry> as FieldType>::SHAPE, $zh, <$Entry as Declared>::TABLE.en)],
        });
    };
}

vocabulary!(
    /// The areas of life services are grouped by, in order.
    AREAS, "areas", "领域", Area
);

document! {
    /// An area of life that services are grouped by.
    pub struct Area ("领域", "an area") {
        id: Must<Id> = "编号", "稳定的英文编号", "a stable English id";
        name: Must<Localized> = "名称", "名称", "the name";
    }
}

vocabulary!(
    /// The functions of government and who carries them out at each tier.
    DEPARTMENTS, "departments", "部门", Department
);

document! {
    /// A function of government; who carries it out depends on tier and place.
    pub struct Department ("部门", "a department") {
        id: Must<Id> = "编号", "职能的英文编号", "the id of the function";
        name: Must<Localized> = "名称", "职能名称", "the name of the function";
        counterparts: Must<Counterparts> = "对口部门", "各级的对口部门", "the counterpart at each tier";
        never_first: May<bool> = "不先找",
            "写 true：这个部门负责，但家长办事不先找它（法院、检察院、网信办等）",
            "true for a department that answers for services but is never the one families go to first, such as a court";
        note: May<Localized> = "说明", "说明", "a note";
    } besides |fields| {
        /// Who carries it out in places of a kind that have names of their own.
        variants: BTreeMap<PlaceKind, NamedBody> = variants(fields);
    }
}

static TIERS: Table = Table {
    zh: "对口部门",
    en: "the counterparts",
    fields: &[
        tier(0, "国家的部门", "the body of the nation"),
        tier(1, "省级的部门", "the body of the province"),
        tier(2, "设区市的部门", "the body of the prefecture"),
        tier(3, "县（市、区）的部门", "the body of the county"),
        kind(PlaceKind::Municipality, "直辖市的部门，例如市民政局", "the body of a municipality"),
        kind(
            PlaceKind::AutonomousRegion,
            "自治区的部门，例如自治区民政厅",
            "the body of an autonomous region",
        ),
        kind(PlaceKind::Corps, "兵团的部门，例如兵团民政局", "the body of the corps"),
    ],
};

const fn tier(at: usize, doc_zh: &'static str, doc_en: &'static str) -> Field {
    let tier = &Tier::CHOICES[at];
    may(tier.value, tier.zh, NamedBody::SHAPE, doc_zh, doc_en)
}

const fn kind(kind: PlaceKind, doc_zh: &'static str, doc_en: &'static str) -> Field {
    let choice = &PlaceKind::CHOICES[kind as usize];
    may(choice.value, choice.zh, NamedBody::SHAPE, doc_zh, doc_en)
}

/// Kinds of place whose offices have names of their own.
const NAMED_OTHERWISE: [PlaceKind; 3] =
    [PlaceKind::Municipality, PlaceKind::AutonomousRegion, PlaceKind::Corps];

fn variants(fields: Fields<'_>) -> BTreeMap<PlaceKind, NamedBody> {
    let counterparts = fields.node.get("counterparts");
    let body = |kind: PlaceKind| {
        let written = counterparts.and_then(|map| map.get(kind.as_str()));
        Some((kind, NamedBody::optional(written, fields.reference)?))
    };
    NAMED_OTHERWISE.into_iter().filter_map(body).collect()
}

/// Who carries out a function at each tier.
#[derive(Debug)]
pub enum Counterparts {}

impl FieldType for Counterparts {
    type Value = BTreeMap<Tier, NamedBody>;
    type Optional = Self::Value;
    const SHAPE: Shape = Shape::Map(&TIERS);

    fn read(node: &Node, reference: &LangCode) -> Option<Self::Value> {
        let body = |tier: &Tier| Some((*tier, NamedBody::optional(node.get(tier.as_str()), reference)?));
        Some(Tier::ALL.iter().filter_map(body).collect())
    }

    fn optional(node: Option<&Node>, reference: &LangCode) -> Self::Value {
        or_default::<Self>(node, reference)
    }

    fn required(node: Option<&Node>, reference: &LangCode) -> Option<Self::Value> {
        Some(Self::optional(node, reference))
    }
}

document! {
    /// A body that carries out a function at one tier or place.
    pub struct NamedBody ("对口部门", "a counterpart") {
        name: May<Localized> = "名称", "名称，如文件所印", "the name as printed";
        full_name: May<Localized> = "全称", "全称", "the full name";
        certainty as "status": Must<Certainty> = "依据",
            "printed、inferred 或 to-be-confirmed", "printed, inferred or to-be-confirmed";
        source: May<Localized> = "出处", "出处", "where it is printed";
        note: May<Localized> = "说明", "说明", "a note";
    }
}

choices! {
    /// How sure the name of a body is.
    Certainty {
        /// Printed in a source.
        Printed = "printed", "文件载明" | "print";
        /// Concluded from a printed name.
        Inferred = "inferred", "据名称推断";
        /// Nobody has confirmed it.
        ToBeConfirmed = "to-be-confirmed", "待确认";
    }
}

choices! {
    /// What kind of audience.
    WhoKind {
        /// A population.
        Population = "population", "人群";
        /// A category of children.
        Category = "category", "类别";
        /// A school stage.
        Stage = "stage", "学段";
        /// Something that must be so together with the other categories, while those are alternatives.
        Qualifier = "qualifier", "限定";
    }
}

vocabulary!(
    /// Who services are for: populations, categories of children, school stages.
    AUDIENCES, "audiences", "服务对象", Who
);

document! {
    /// An audience.
    pub struct Who ("服务对象", "an audience") {
        id: Must<Id> = "编号", "英文编号", "the id";
        name: Must<Localized> = "名称", "名称", "the name";
        kind: Must<WhoKind> = "类型",
            "population、category、stage，或须同时满足的 qualifier",
            "population, category, stage, or qualifier: one that must hold together with the others";
        within: May<Vec<AudienceId>> = "属于", "包含它的服务对象", "the audiences that contain it";
        age: May<Age> = "年龄", "定义里的年龄", "the age its definition sets";
        usual_age: May<Age> = "通常年龄", "通常年龄，仅供查找，不是条件", "the usual age, for finding only, not a condition";
        definition: May<Localized> = "定义", "定义", "the definition";
        group: May<Id> = "人群",
            "它就是这个人群；地区的规则里有这个人群的定义时，用地区的",
            "the group it is; where the rules of a place define the group, that definition stands instead";
        note: May<Localized> = "说明", "说明", "a note";
    }
}

vocabulary!(
    /// Kinds of condition a provision can set.
    CONDITIONS, "conditions", "条件", Condition
);

document! {
    /// A kind of condition.
    pub struct Condition ("条件", "a condition") {
        id: Must<Id> = "编号", "英文编号", "the id";
        name: Must<Localized> = "名称", "名称", "the name";
        definition: May<Localized> = "含义", "含义", "what it means";
        unstated: May<bool> = "未写明", "清单没有写明是什么条件", "whether lists leave open what it asks for";
    } besides |fields| {
        /// Whether a list that sets it says what it asks for.
        stated: bool = !unstated;
    }
}

vocabulary!(
    /// The bands of age families choose from, in order.
    AGES, "ages", "年龄段", AgeBand
);

document! {
    /// A band of age.
    pub struct AgeBand ("年龄段", "a band of age") {
        id: Must<Spanned<String>> = "编号", "用于网址的编号，例如 3-6", "the id used in addresses, such as 3-6";
        name: Must<Localized> = "名称", "名称", "the name";
        age: Must<Age> = "年龄", "年龄范围", "the range of age";
        keywords: May<WordsByLanguage> = "关键词",
            "说出这个年龄的词，只供搜索，例如 zh: [宝宝]",
            "words that tell this age, by language, such as en: [baby]; for finding only";
    }
}

vocabulary!(
    /// The glossary.
    TERMS, "terms", "词语", Term
);

document! {
    /// A glossary entry.
    pub struct Term ("词语", "a term") {
        id: Must<Id> = "编号", "英文编号", "the id";
        term: Must<Localized> = "词语", "词语", "the term";
        definition: Must<Localized> = "解释", "解释", "the definition";
        group: May<Id> = "人群",
            "它说的是这个人群；地区的规则里有这个人群的定义时，用地区的",
            "the group it explains; where the rules of a place define the group, that definition stands instead";
        purpose: May<Purpose> = "用途",
            "说的是哪一种用途的定义，不写就是享受服务的，没有再看监测摸排的",
            "for which purpose; if left out, who gets the services, or else who is registered";
        source: May<Localized> = "出处", "出处", "where it comes from";
        note: May<Localized> = "说明", "说明", "a note";
    }
}

vocabulary!(
    /// Telephone lines of national standing.
    HOTLINES, "hotlines", "热线", Hotline
);

document! {
    /// A telephone line of national standing.
    pub struct Hotline ("热线", "a hotline") {
        number: Must<Spanned<String>> = "号码", "号码", "the number";
        name: Must<Localized> = "名称", "名称", "the name";
        purpose: Must<Localized> = "用途", "用途", "what it is for";
        departments: May<Vec<DepartmentId>> = "部门",
            "哪些部门的热线；没有写服务项目的，这些部门负责的服务旁边都写上它",
            "the departments whose line it is; where it names no services, it stands beside those of these departments";
        areas: May<Vec<AreaId>> = "领域", "这些领域的服务旁边都写上它", "the areas beside whose services it stands";
        services: May<Vec<Id>> = "服务项目",
            "只写在这些服务项目旁边，照它的用途选；部门、领域、服务项目都不写，是什么事都能打的热线",
            "the only services beside which it stands, chosen by what it is for; a line that names no departments, areas or services is for every question";
        source: May<Localized> = "出处", "写明它做什么用的文件", "the document that says what it is for";
        looked_at: May<Spanned<Date>> = "查看日期",
            "按一般知识写的，写哪一天看过；也写了出处的，是没有对照过那份文件的原文",
            "for general knowledge, the day it was looked at; beside a `source`, the text of that document was not at hand";
    }
}

impl Hotline {
    /// Tells whether it is for every question.
    pub fn is_general(&self) -> bool {
        self.departments.is_empty() && self.areas.is_empty() && self.services.is_empty()
    }
}

choices! {
    /// What a column of an office's table holds.
    ColumnMeaning {
        /// The area of life.
        Area = "area", "领域", says "领域", "the area";
        /// The number in the list.
        Number = "number", "序号", says "序号", "the number";
        /// The service.
        Title = "title", "服务项目", says "服务项目", "the service";
        /// For whom it is.
        Audience = "audience", "服务对象", says "服务对象", "for whom";
        /// How old they are.
        Age = "age", "年龄", says "年龄", "the age";
        /// The official text of what is given.
        Content = "content", "服务内容", says "服务内容", "what is given";
        /// How much is given, and how.
        Standard = "standard", "服务标准", says "服务标准", "how much";
        /// Who pays for it.
        Expenditure = "expenditure", "支出责任", says "支出责任", "who pays";
        /// Who is responsible.
        Departments = "departments", "责任部门", says "责任部门", "the departments";
        /// Who leads.
        Lead = "lead", "牵头部门", says "牵头部门", "who leads";
        /// Who takes part.
        Support = "support", "配合部门", says "配合部门", "who takes part";
        /// Where to go.
        Where = "where", "办理地点" | "地点", says "办理地点", "where to go";
        /// What to bring.
        Bring = "bring", "材料", says "材料", "what to bring";
        /// How it is done.
        Steps = "steps", "步骤", says "步骤", "the steps";
        /// What it costs.
        Fee = "fee", "费用", says "费用", "what it costs";
        /// When.
        Time = "time", "办理时间" | "时间", says "办理时间", "when";
        /// The office's telephone.
        Phone = "phone", "电话", says "电话", "the telephone";
        /// The address to apply online.
        Online = "online", "网址", says "网址", "the web address";
        /// The basis.
        Basis = "basis", "依据", says "依据", "the basis";
        /// A note on the official text.
        Note = "note", "备注" | "说明", says "备注", "a note";
        /// Nothing that the list needs.
        LeftOut = "left-out", "不读", says "不读", "not read";
    }
}

vocabulary!(
    /// What the columns of the tables mean that offices have, by their headings, for `import`.
    COLUMNS, "columns", "列", TableColumn
);

document! {
    /// A column of an office's table, by its heading.
    pub struct TableColumn ("列", "a column of a table") {
        heading: Must<Spanned<String>> = "表头", "原表的表头，空格和括号里的字不算", "its heading, without spaces and what stands in brackets";
        means: Must<ColumnMeaning> = "是", "这一列是什么；不要的写“不读”", "what it holds; `left-out` for one that is not needed";
    }
}

vocabulary!(
    /// The questions of the page that finds what a child can get, with what each answer says.
    SITUATIONS, "situations", "情况", Question
);

/// Everyday words that mean the same, and words that say nothing about what is looked for.
pub static SYNONYMS: Shape = Shape::Map(&Table {
    zh: "近义词",
    en: "vocabulary/synonyms.yaml",
    fields: &[
        must(
            "synonyms",
            "近义词",
            <Vec<WordsByLanguage> as FieldType>::SHAPE,
            "意思一样的词，每组按语言写，例如 zh: [房租, 租金]",
            "groups of words that mean the same, by language, such as en: [rent, rental]",
        ),
        may(
            "ignored",
            "不计的词",
            WordsByLanguage::SHAPE,
            "搜索时不计的词，例如 zh: [怎么办, 在哪里]",
            "words that do not count in a question, such as en: [where, can]",
        ),
        may(
            "spoken",
            "口语",
            <Vec<WordsByLanguage> as FieldType>::SHAPE,
            "口语和方言：每组第一个是清单里用的词，其余的搜索时当作它，例如 zh: [读书, 读册]",
            "how people say it: the first of a group is the word that lists have, the others are read as it, such as en: [cannot, can not]",
        ),
    ],
});
