//! `duties.yaml` of a place: what offices, schools and committees have to do by when, and who must report danger.

use super::place::Tier;
use crate::date::{Date, MonthDay};
use crate::lang::Localized;
use crate::schema::choices::choices;
use crate::schema::declare::document;
use crate::schema::field_type::{DepartmentId, Id, May, Must, Several};
use crate::schema::{Declared, Shape};
use crate::span::Spanned;

/// What offices have to do, and who must report danger.
pub static DUTIES: Shape = Shape::Map(DutiesFile::TABLE);

document! {
    /// What `duties.yaml` says.
    pub struct DutiesFile ("任务", "duties.yaml") {
        duties: May<Vec<Duty>> = "任务", "要做的事，一件一项", "what has to be done, one item each";
        reporting: May<Vec<ReportingRule>> = "强制报告",
            "谁发现了危险必须报告", "who must report that somebody is in danger";
    }
}

document! {
    /// What an office, a school, a committee has to do, by when, to whom; nobody applies for it.
    pub struct Duty ("任务", "a duty") {
        id: Must<Id> = "编号", "英文编号", "the id";
        what: Must<Localized> = "内容", "一句话说做什么", "what is to be done, in a few words";
        text: May<Localized> = "原文", "文件里的原话，一字不改", "the official sentence, to the letter";
        who: May<Vec<DepartmentId>> = "责任部门" | "部门", "由哪些部门做", "the departments that have to do it";
        tiers: May<Vec<Tier>> = "层级",
            "哪些层级的部门，不写就是这个地区自己的", "whose departments; those of this place if left out";
        bearer: May<Vec<Localized>> = "承担方",
            "不是部门的，照文件写，例如 学校", "who has to act where it is no department, as printed: the school";
        to: May<Localized> = "报给", "报给谁", "to whom";
        when: Must<DutyTime> = "期限", "什么时候", "when";
        from: May<Spanned<Date>> = "起始日期", "从哪天开始", "from which day on";
        until: May<Spanned<Date>> = "截止日期", "到哪天为止", "until which day";
        group: May<Several<Id>> = "人群", "为哪些人群", "for which groups";
        source: Must<Localized> = "出处", "出自哪份文件、哪一段", "the document and the part it comes from";
    }
}

document! {
    /// When a duty is due: one of four ways.
    pub struct DutyTime ("期限", "the time of a duty") {
        by: May<Spanned<MonthDay>> = "每年期限",
            "每年在这一天以前，写成 月-日，例如 11-10", "by this day of every year, month-day, such as 11-10";
        months: May<Vec<Spanned<u32>>> = "月份",
            "每年在这几个月里，例如 [4, 10]", "in these months of every year, such as [4, 10]";
        each: May<Spanned<HowOften>> = "频次",
            "只说了多久一次、没有定哪一天的", "how often, where no day is set";
        once: May<Spanned<Date>> = "一次", "只做一次的，写哪一天以前", "the day by which it is done once";
        text: May<Localized> = "原话", "文件里怎么说期限", "what the document says of the time";
    } besides |fields| {
        /// Where it is written.
        span: crate::span::Span = fields.anchor();
    }
}

choices! {
    /// How often something is to be done, where no day is set for it.
    HowOften {
        /// Once a year.
        Year = "year", "每年", says "每年", "each year";
        /// Twice a year.
        HalfYear = "half-year", "每半年", says "每半年", "each half-year";
        /// Every three months.
        Quarter = "quarter", "每季度", says "每季度", "each quarter";
        /// Every month.
        Month = "month", "每月", says "每月", "each month";
        /// On every day of school.
        SchoolDay = "day-of-school", "每个上学日", says "每个上学日", "each day of school";
        /// Before or in the holidays.
        Holiday = "holiday", "每个假期", says "每个假期", "each holiday";
        /// As soon as there is reason for it.
        AtOnce = "at-once", "立即", says "发现了就做", "at once";
    }
}

document! {
    /// Who must report that somebody is in danger: of what, to whom, how soon, what they are told.
    pub struct ReportingRule ("强制报告", "a rule of reporting") {
        who: Must<Localized> = "报告人", "谁必须报告", "who must report";
        of: Must<Vec<Localized>> = "情形", "看到哪些情形要报告", "of what";
        to: Must<Localized> = "报给", "报给谁", "to whom";
        how_soon: May<Localized> = "时限", "多快", "how soon";
        told_back: May<Localized> = "反馈", "接到报告以后要怎样答复", "what those who report are told";
        text: May<Localized> = "原文", "文件里的原话，一字不改", "the official text, to the letter";
        group: May<Several<Id>> = "人群", "为哪些人群", "for which groups";
        source: Must<Localized> = "出处", "出自哪份文件、哪一段", "the document and the part it comes from";
    }
}
