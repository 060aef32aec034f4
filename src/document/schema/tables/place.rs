//! `place.yaml` and `contacts.yaml`.

use std::collections::BTreeMap;
use std::sync::Arc;

use qingdan_reading::library::Library;

use super::definition::{Definition, Grading, OwnAudience, OwnTerm};
use super::edition::DATES;
use super::service::Checked;
use super::site::Publisher;
use super::situation::OwnQuestion;
use super::vocabulary::NamedBody;
use super::wording::{HEDGES, OwnWording};
use super::{choice, must};
use crate::date::Date;
use crate::lang::{LangCode, Localized};
use crate::schema::choices::choices;
use crate::schema::declare::document;
use crate::schema::field_type::{
    ByAudience, ByOwnName, DepartmentId, FieldType, Id, KeyedMap, May, Must, NamedMap, PlaceCode, or_default,
    texts,
};
use crate::schema::{Choice, Declared, NamedBy, Shape, Table, VocabularyKind};
use crate::span::Spanned;
use crate::syntax::Node;

choices! {
    /// The tier of a place.
    Tier {
        /// The nation.
        Nation = "nation", "国家";
        /// Province.
        Province = "province", "省级";
        /// Prefecture.
        Prefecture = "prefecture", "地市级" | "市级" | "地级市" | "设区市";
        /// County.
        County = "county", "县级" | "区县";
    }
}

choices! {
    /// What a place is, where its tier alone does not say: its offices go by other names, or it stands elsewhere.
    PlaceKind {
        /// A city with the rank of a province.
        Municipality = "municipality", "直辖市";
        /// An autonomous region.
        AutonomousRegion = "autonomous-region", "自治区";
        /// The corps of Xinjiang, and its divisions.
        Corps = "corps", "兵团";
        /// An autonomous prefecture.
        AutonomousPrefecture = "autonomous-prefecture", "自治州";
        /// A league.
        League = "league", "盟";
        /// A zone with the rank of a prefecture or county, such as an experimental area.
        Zone = "zone", "功能区";
        /// A district or county that stands directly under a municipality.
        OfMunicipality = "district-of-municipality", "直辖市的区";
        /// A city or county that stands directly under a province.
        OfProvince = "county-level-city-of-province", "省直辖县级市" | "省直管县" | "省直管市";
        /// An autonomous county.
        AutonomousCounty = "autonomous-county", "自治县";
        /// A banner.
        Banner = "banner", "旗" | "自治旗";
    }
}

impl PlaceKind {
    /// Returns the tiers that a place of this kind can have.
    pub fn tiers(self) -> &'static [Tier] {
        match self {
            Self::Municipality | Self::AutonomousRegion => &[Tier::Province],
            Self::Corps => &[Tier::Province, Tier::Prefecture, Tier::County],
            Self::AutonomousPrefecture | Self::League => &[Tier::Prefecture],
            Self::Zone => &[Tier::Prefecture, Tier::County],
            Self::OfMunicipality | Self::OfProvince | Self::AutonomousCounty | Self::Banner => {
                &[Tier::County]
            }
        }
    }
}

/// The name of a date of an edition.
#[derive(Debug)]
pub enum DateName {}

texts! { DateName => String = Shape::Choice(DATE_KINDS), |node, _| node.text().map(str::to_owned); }

/// From which date of an edition a cycle is counted: all but the day of filing, which comes of it.
const DATE_KINDS: &[Choice] = &[date(0), date(1), date(2), date(3), date(4)];

const fn date(at: usize) -> Choice {
    let field = &DATES.fields[at];
    choice(field.key, field.zh)
}

/// `place.yaml`.
pub static PLACE: Shape = Shape::Map(PlaceFile::TABLE);

document! {
    /// What `place.yaml` says: what makes a folder a place.
    pub struct PlaceFile ("地区", "place.yaml") {
        name: Must<Localized> = "名称" | "全称", "地区全称", "the full name of the place";
        short_name: May<Localized> = "简称", "地区简称", "the short name";
        code: Must<PlaceCode> = "代码",
            "GB/T 2260 行政区划代码，六位数字；site.yaml 写了 codes: any 的，用自己的代码",
            "the GB/T 2260 code, six digits; a code of another system where site.yaml says codes: any";
        tier: Must<Spanned<Tier>> = "层级",
            "nation、province、prefecture 或 county", "nation, province, prefecture or county";
        kind: May<Spanned<PlaceKind>> = "类型",
            "直辖市、自治区、兵团、省直辖县级市、旗等；不写，由代码看出来",
            "a municipality, an autonomous region, a banner and the like; told by its code if left out";
        note: May<Localized> = "说明", "说明", "a note";
        counties: May<Counties> = "区县", "下面区县的名称，搜索和选地方时认得", "the names of its counties, for search and for choosing a place";
        departments: May<LocalBodies> = "部门", "本地名称与通用名称不同的部门", "departments whose local name differs";
        rulebook: May<Rulebook> = "规则", "按日期排列的规则", "the dated rules";
        terms: May<KeyedMap<ByOwnName, OwnTerm>> = "术语",
            "本地另有说法的术语，按 terms.yaml 里的编号写", "terms that mean something else here, by their ids in terms.yaml";
        audiences: May<KeyedMap<ByAudience, OwnAudience>> = "服务对象",
            "本地另有说法的服务对象，按 audiences.yaml 里的编号写",
            "audiences that are called or defined otherwise here, by their ids in audiences.yaml";
        situations: May<KeyedMap<ByOwnName, OwnQuestion>> = "情况",
            "“能得什么”里本地另有问法的问题，按 situations.yaml 里的编号写",
            "questions of the check that are asked otherwise here, by their ids in situations.yaml";
        publisher: May<Publisher> = "主办单位" | "发布单位",
            "这个地区的页面由谁主办，下面没有另写的地区也用它",
            "who publishes the pages of this place, and of those below that name nobody else";
        checked: May<Checked> = "核对", "谁在哪天核对过本地区的内容", "who verified what this place says, and when";
    }
}

document! {
    /// The counties of a place, by name: who types one is led to the place. They need no folder of their own.
    pub struct Counties ("区县名称", "names of counties") {
        names: Must<Vec<Localized>> = "名称", "区、县、县级市的全称", "districts, counties and county-level cities by full name";
        source: Must<Localized> = "出处", "名称取自哪里", "where the names are taken from";
        checked: May<Spanned<Date>> = "核对日期", "哪天核对的", "the day they were looked at";
    }
}

/// Departments whose local name differs, by id of the function, each as it is named in the file.
#[derive(Debug)]
pub enum LocalBodies {}

impl FieldType for LocalBodies {
    type Value = BTreeMap<String, (Spanned<String>, NamedBody)>;
    type Optional = Self::Value;
    const SHAPE: Shape =
        Shape::Named { by: NamedBy::Word(VocabularyKind::Departments), value: &NamedBody::SHAPE };

    fn read(node: &Node, reference: &LangCode) -> Option<Self::Value> {
        let entries = node.entries().iter();
        let bodies = entries.filter_map(|entry| {
            let body = NamedBody::read(&entry.value, reference)?;
            Some((entry.key.value.clone(), (entry.key.clone(), body)))
        });
        Some(bodies.collect())
    }

    fn optional(node: Option<&Node>, reference: &LangCode) -> Self::Value {
        or_default::<Self>(node, reference)
    }
}

/// Rules by the day they start, oldest first.
#[derive(Debug)]
pub enum Rulebook {}

impl FieldType for Rulebook {
    type Value = Vec<Rule>;
    type Optional = Vec<Rule>;
    const SHAPE: Shape = <Vec<Rule> as FieldType>::SHAPE;

    fn read(node: &Node, reference: &LangCode) -> Option<Vec<Rule>> {
        let mut rules = Vec::<Rule>::read(node, reference)?;
        rules.sort_by_key(|rule| rule.from.value);
        Some(rules)
    }

    fn optional(node: Option<&Node>, reference: &LangCode) -> Vec<Rule> {
        or_default::<Self>(node, reference)
    }
}

document! {
    /// One set of rules of a province, in force from a day on.
    pub struct Rule ("规则", "a rule") {
        from: Must<Spanned<Date>> = "起始日期", "规则开始的日期", "the day the rule starts";
        source: May<Localized> = "依据", "依据的文件", "the document it comes from";
        cycle_months: May<u32> = "更新周期", "每隔几个月更新发布", "months between editions";
        cycle_counted_from: May<DateName> = "周期起算", "从哪个日期起算", "the date the cycle is counted from";
        applies_to: May<Vec<Tier>> = "适用层级",
            "周期和备案适用于哪些层级的清单，不写则全部适用", "the tiers whose lists it binds; all of them if left out";
        filing_days: May<u32> = "备案期限", "发布后几天内备案", "days to file an edition";
        filing_counted_from: May<DateName> = "备案起算",
            "备案从哪个日期起算，不写则与周期相同", "the date filing is counted from, by default that of the cycle";
        filing_to: May<Localized> = "备案机关", "向谁备案", "the body to file with";
        visits: May<Localized> = "上门",
            "谁会上门、多久一次，写给群众看；有分级的写在“分级”里",
            "who comes to the door and how often, in words for families; where there are grades they say it";
        definitions: May<Vec<Definition>> = "定义", "谁算在人群里，各种用途分开写", "who belongs to a group, for each purpose";
        grades: May<Vec<Grading>> = "分级", "按情况轻重分级，谁来看、多久一次", "grades by gravity, with who comes and how often";
        orders: May<NamedMap<ByOwnName, Vec<Spanned<String>>>> = "高低次序",
            "比较时各方面的高低次序，从高到低，例如 strength: [must > permit]",
            "what counts as higher when comparing, highest first, such as strength: [must > permit]";
        written_wording as "wording": May<OwnWording> = "读原文的词",
            "本省读原文时自己加的词，写法同 vocabulary/wording.yaml",
            "the province’s own words for reading texts, as in vocabulary/wording.yaml";
        note: May<Localized> = "说明", "说明", "a note";
    } besides |fields| {
        /// Its own words for reading texts, with those of discretion that old rulebooks have among their orders.
        wording: OwnWording = written_wording.clone().with_hedges(orders.get(HEDGES).map_or(&[], Vec::as_slice));
        /// All words for reading texts where it is in force, if it has some of its own.
        words: Option<Arc<Library>> = None;
    }
}

/// What counts as higher on an axis of comparison: chains of words, highest first, by name of the axis.
pub type Orders = BTreeMap<String, Vec<Spanned<String>>>;

/// `contacts.yaml`: offices families can go to.
pub static CONTACTS: Shape = Shape::Map(&Table {
    zh: "联系方式",
    en: "contacts.yaml",
    fields: &[must(
        "contacts",
        "联系方式",
        <Vec<Contact> as FieldType>::SHAPE,
        "办事地点和电话",
        "offices and their telephones",
    )],
});

document! {
    /// An office families can go to.
    pub struct Contact ("联系方式", "a contact") {
        department: Must<DepartmentId> = "部门" | "单位" | "责任部门",
            "部门的名称或编号", "the department, by id or by its name here";
        name: May<Localized> = "名称", "窗口或科室名称", "the name of the office";
        address: May<Localized> = "地址", "地址", "the address";
        phone: May<String> = "电话", "办公电话，不要填个人手机", "the office's telephone, never a person's mobile";
        hours: May<Localized> = "时间", "办公时间", "opening hours";
        front_desk_for: May<Vec<Id>> = "首问项目",
            "这些服务项目，家长先到这个窗口（写项目编号）",
            "services for which families go to this office first, by id";
        note: May<Localized> = "说明", "说明", "a note";
    }
}
