//! `place.yaml` and `contacts.yaml`.

use super::edition::DATES;
use super::vocabulary::COUNTERPART;
use super::{choice, may, must};
use crate::lang::Localized;
use crate::schema::choices::choices;
use crate::schema::declare::document;
use crate::schema::form::{DepartmentId, Form, May, Must};
use crate::schema::{Choice, Choices, NamedBy, Register, Shape, Table};

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

/// From which date of an edition a cycle is counted: all but the day of filing, which comes of it.
const DATE_KINDS: &[Choice] = &[date(0), date(1), date(2), date(3), date(4)];

const fn date(at: usize) -> Choice {
    let field = &DATES.fields[at];
    choice(field.key, field.zh)
}

/// `place.yaml`: what makes a folder a place.
pub static PLACE: Shape = Shape::Map(&Table {
    zh: "地区",
    en: "place.yaml",
    fields: &[
        must("name", "名称", Shape::Localized, "地区全称", "the full name of the place").or(&["全称"]),
        may("short_name", "简称", Shape::Localized, "地区简称", "the short name"),
        must(
            "code",
            "代码",
            Shape::PlaceCode,
            "GB/T 2260 行政区划代码，六位数字",
            "the GB/T 2260 code, six digits",
        ),
        must(
            "tier",
            "层级",
            Shape::Choice(Tier::CHOICES),
            "nation、province、prefecture 或 county",
            "nation, province, prefecture or county",
        ),
        may("note", "说明", Shape::Localized, "说明", "a note"),
        may(
            "departments",
            "部门",
            Shape::Named { by: NamedBy::Word(Register::Departments), value: &COUNTERPART },
            "本地名称与通用名称不同的部门",
            "departments whose local name differs",
        ),
        may("rulebook", "规则", Shape::List(&RULE), "按日期排列的规则", "the dated rules"),
    ],
});

static RULE: Shape = Shape::Map(&Table {
    zh: "规则",
    en: "a rule",
    fields: &[
        must("from", "起始日期", Shape::Date, "规则开始的日期", "the day the rule starts"),
        may("source", "依据", Shape::Localized, "依据的文件", "the document it comes from"),
        may("cycle_months", "更新周期", Shape::Integer, "每隔几个月更新发布", "months between editions"),
        may(
            "cycle_counted_from",
            "周期起算",
            Shape::Choice(DATE_KINDS),
            "从哪个日期起算",
            "the date the cycle is counted from",
        ),
        may(
            "applies_to",
            "适用层级",
            Shape::List(&Shape::Choice(Tier::CHOICES)),
            "周期和备案适用于哪些层级的清单，不写则全部适用",
            "the tiers whose lists it binds; all of them if left out",
        ),
        may("filing_days", "备案期限", Shape::Integer, "发布后几天内备案", "days to file an edition"),
        may(
            "filing_counted_from",
            "备案起算",
            Shape::Choice(DATE_KINDS),
            "备案从哪个日期起算，不写则与周期相同",
            "the date filing is counted from, by default that of the cycle",
        ),
        may("filing_to", "备案机关", Shape::Localized, "向谁备案", "the body to file with"),
        may(
            "orders",
            "高低次序",
            Shape::Named { by: NamedBy::Itself, value: &Shape::List(&Shape::Text) },
            "比较时各方面的高低次序，从高到低，例如 strength: [must > permit]",
            "what counts as higher when comparing, highest first, such as strength: [must > permit]",
        ),
        may(
            "wording",
            "读原文的词",
            super::wording::OF_A_RULE,
            "本省读原文时自己加的词，写法同 vocabulary/wording.yaml",
            "the province’s own words for reading texts, as in vocabulary/wording.yaml",
        ),
        may("note", "说明", Shape::Localized, "说明", "a note"),
    ],
});

/// `contacts.yaml`: offices families can go to.
pub static CONTACTS: Shape = Shape::Map(&Table {
    zh: "联系方式",
    en: "contacts.yaml",
    fields: &[must(
        "contacts",
        "联系方式",
        <Vec<Contact> as Form>::SHAPE,
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
        note: May<Localized> = "说明", "说明", "a note";
    }
}
