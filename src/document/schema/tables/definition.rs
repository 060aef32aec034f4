//! Who belongs to a group, as one document says it; and by how grave their situation is, who visits them how often.

use qingdan_reading::frequency::{Frequency, Interval};

use crate::date::Date;
use crate::lang::Localized;
use crate::schema::choices::choices;
use crate::schema::declare::document;
use crate::schema::field_type::{Id, May, Must, Several};
use crate::span::Spanned;

choices! {
    /// What a definition is for.
    Purpose {
        /// Who gets the services.
        Entitlement = "entitlement", "享受服务";
        /// Who is looked for and registered.
        Monitoring = "monitoring", "监测摸排";
        /// Who is counted.
        Statistics = "statistics", "统计分析";
    }
}

choices! {
    /// The smallest border that somebody has to have crossed.
    Across {
        /// That of a township or subdistrict.
        Township = "township", "跨乡镇" | "乡镇";
        /// That of a county.
        County = "county", "跨县" | "县";
        /// That of a prefecture.
        Prefecture = "prefecture", "跨市" | "跨地市" | "市";
        /// That of a province.
        Province = "province", "跨省" | "省";
    }
}

choices! {
    /// Where somebody has to be registered.
    Registered {
        /// In a rural place.
        Rural = "rural", "农村";
    }
}

document! {
    /// Who belongs to a group, for one purpose, as one document says it.
    pub struct Definition ("定义", "a definition") {
        group: Must<Several<Id>> = "人群", "哪个人群，写编号", "the group, by id";
        purpose: Must<Purpose> = "用途",
            "这个说法用来做什么：entitlement 享受服务、monitoring 监测摸排、statistics 统计分析",
            "what it is for: entitlement, monitoring or statistics";
        text: Must<Localized> = "原文", "文件原话，一字不改", "the official sentence, to the letter";
        paragraph: May<Localized> = "段落", "文件的哪一部分、哪一段", "the part and paragraph of the document";
        plain: Must<Localized> = "白话", "一句大白话，写给群众看", "one plain sentence, for families";
        months: May<u32> = "月数", "至少满几个月", "at least so many months";
        under_age: May<u32> = "未满岁数", "不满几周岁", "under what age, in years";
        across: May<Across> = "跨哪里", "至少要跨过哪一级的边界", "the smallest border that has to be crossed";
        registered: May<Registered> = "登记地", "只算登记在哪里的", "only those registered in such a place";
        exceptions: May<Vec<Localized>> = "不算", "文件写明不算的", "who is left out, as the document says";
        counts: May<Vec<Localized>> = "也算", "文件写明也算的", "who counts all the same, as the document says";
        place as "where": May<Localized> = "在哪里做", "以哪一头为主来做", "where it is carried out";
        until: May<Spanned<Date>> = "截止日期", "用到哪一天，含当天", "the last day it holds";
    }
}

choices! {
    /// A colour that a document gives to a grade.
    Colour {
        /// Red.
        Red = "red", "红色" | "红";
        /// Yellow.
        Yellow = "yellow", "黄色" | "黄";
        /// Green.
        Green = "green", "绿色" | "绿";
    }
}

choices! {
    /// How somebody keeps in touch.
    Touch {
        /// Comes to the door.
        Visit = "visit", "上门" | "走访" | "入户走访";
        /// Calls or writes.
        Contact = "contact", "联系";
    }
}

document! {
    /// A table of grades, by which those of a group are visited more or less often.
    pub struct Grading ("分级", "a table of grades") {
        group: Must<Several<Id>> = "人群", "哪些人群，写编号", "the groups, by id";
        purpose: May<Purpose> = "用途",
            "和别的分级并行、只用来做一件事的，写明用途，例如 monitoring 监测摸排",
            "for what, where it stands beside other grades, such as monitoring";
        paragraph: May<Localized> = "段落", "文件的哪一部分、哪一段", "the part and paragraph of the document";
        why: May<Localized> = "来做什么",
            "上门的人来做什么，写给群众看，只写文件里有的",
            "what the visitor comes for, in words for families and from the document only";
        levels: Must<Vec<Grade>> = "等级", "各个等级，最严重的写在最前面", "the grades, the gravest first";
        until: May<Spanned<Date>> = "截止日期", "用到哪一天，含当天", "the last day it holds";
    }
}

document! {
    /// One grade.
    pub struct Grade ("等级", "a grade") {
        id: Must<Id> = "编号", "英文编号，同一张表里不重复", "the id, used once in the table";
        name: Must<Localized> = "名称", "文件里的名称", "its name in the document";
        colour: May<Colour> = "颜色", "文件给它的颜色", "the colour the document gives it";
        means: Must<Localized> = "标准", "文件原话：哪些情况属于这一级，一字不改", "who is in this grade, to the letter";
        plain: May<Localized> = "白话", "一句大白话，写给群众看", "one plain sentence, for families";
        at_once: May<bool> = "立即处置", "写 true：一发现就处理", "true if it is acted on as soon as it is found";
        visits: May<Vec<GradeVisit>> = "走访", "谁来、多久一次", "who comes, and how often";
    }
}

document! {
    /// Who comes or calls how often.
    pub struct GradeVisit ("走访安排", "a visit") {
        how: Must<Touch> = "方式", "visit 上门，contact 联系", "visit: comes to the door; contact: calls or writes";
        every: May<Spanned<String>> = "间隔",
            "每隔多久一次，例如 1 month、3个月、at-once（立即）；文件只写“加大频次”的，不写这一项，写 at_least: true",
            "how often, such as 1 month, 3 months or at-once; where a document only says oftener it is left out beside at_least: true";
        at_least: May<bool> = "至少", "写 true：这是最少的次数", "true if it is the least";
        who: May<Localized> = "谁来", "谁来，照文件写", "who, as the document says";
        text: May<Localized> = "原文", "文件原话，一字不改", "the official words, to the letter";
    } besides |fields| {
        /// The interval it states, if that is understood.
        interval: Option<Interval> = every.as_ref().and_then(|every| Interval::parse(&every.value));
    }
}

impl Definition {
    /// Tells whether it is of this group.
    pub fn is_of(&self, group: &str) -> bool {
        self.group.iter().any(|known| known.value == group)
    }
}

impl Grading {
    /// Tells whether it is of this group.
    pub fn is_of(&self, group: &str) -> bool {
        self.group.iter().any(|known| known.value == group)
    }

    /// Returns how often somebody comes or calls in a grade; “oftener” alone is oftener than in any other grade.
    pub fn frequency(&self, level: &Grade, how: Touch) -> Option<Frequency> {
        let stated = |level: &Grade| level.visits.iter().find(|visit| visit.how == how)?.frequency();
        let others = self.levels.iter().filter(|other| other.id.value != level.id.value).filter_map(stated);
        let number = others.filter(|other| matches!(other, Frequency::Every(_)));
        let most = number.reduce(|most, other| {
            if other.compare(&most) == Some(std::cmp::Ordering::Greater) { other } else { most }
        });
        let own = stated(level)?;
        Some(match most {
            Some(most) => own.than_usual(&most),
            None => own,
        })
    }
}

impl GradeVisit {
    /// Returns how often it is. `None` if that is not said, or not understood.
    pub fn frequency(&self) -> Option<Frequency> {
        let lost = self.every.is_some() && self.interval.is_none();
        if lost { None } else { Frequency::of(self.interval, self.at_least) }
    }
}

document! {
    /// What a place says of a word of the glossary, in place of what the vocabulary says.
    pub struct OwnTerm ("本地的术语", "a term of the place") {
        term: May<Localized> = "词语", "本地的叫法", "the term here";
        definition: May<Localized> = "解释", "本地的解释", "the definition here";
        source: May<Localized> = "出处", "出处", "where it comes from";
        note: May<Localized> = "说明", "说明", "a note";
    }
}

document! {
    /// What a place says of an audience, in place of what the vocabulary says.
    pub struct OwnAudience ("本地的服务对象", "an audience of the place") {
        name: May<Localized> = "名称", "本地的叫法", "the name here";
        definition: May<Localized> = "定义", "本地的定义", "the definition here";
        note: May<Localized> = "说明", "说明", "a note";
    }
}

choices! {
    /// In what an answer lies outside a definition.
    Outside {
        /// Has not been here, or away, for so many months.
        TooShort = "too-short", "时间不够";
        /// Is too old.
        TooOld = "too-old", "年龄过了";
        /// Moved within a county.
        WithinCounty = "within-county", "县内";
        /// Moved between districts of one city.
        BetweenDistricts = "between-districts", "市辖区之间";
        /// Is not registered in the countryside.
        NotRural = "not-rural", "不在农村";
    }
}

impl Outside {
    /// Tells whether an answer, of somebody who is at least so many months old if it says so, lies outside `definition`.
    pub fn is_outside(self, definition: &Definition, age: Option<u16>) -> bool {
        let across = definition.across;
        match self {
            Self::TooShort => definition.months.is_some(),
            Self::TooOld => definition.under_age.is_some_and(|years| {
                // An answer that says no age is about the oldest there are.
                age.is_none_or(|months| u32::from(months) >= years * 12)
            }),
            Self::WithinCounty => across.is_some_and(|across| across >= Across::County),
            Self::NotRural => definition.registered.is_some(),
            Self::BetweenDistricts => {
                !definition.exceptions.is_empty() || across.is_some_and(|across| across >= Across::Prefecture)
            }
        }
    }
}
