//! `statistics.yaml` of a place: figures about persons, with the approval and the consents they need.

use crate::date::Date;
use crate::lang::Localized;
use crate::schema::choices::choices;
use crate::schema::declare::document;
use crate::schema::field_type::{DepartmentId, Id, May, Must, Several};
use crate::schema::{Declared, Shape};
use crate::span::Spanned;

/// Figures about persons.
pub static STATISTICS: Shape = Shape::Map(StatisticsFile::TABLE);

document! {
    /// What `statistics.yaml` says.
    pub struct StatisticsFile ("统计数据", "statistics.yaml") {
        statistics: Must<Vec<Statistic>> = "统计", "要公布的统计数据", "the figures to publish";
    }
}

document! {
    /// Figures about persons, as one office publishes them.
    pub struct Statistic ("统计", "a statistic") {
        id: Must<Id> = "编号", "英文编号", "the id";
        title: Must<Localized> = "标题" | "名称", "名称", "the title";
        group: May<Several<Id>> = "人群", "哪些人群", "of which groups";
        as_of: Must<Spanned<Date>> = "截至日期", "数据截至哪一天", "the day of the figures";
        source: May<Localized> = "出处", "数据来自哪里", "where the figures come from";
        approval: May<Approval> = "审批", "谁批准公布的", "who approved that they are published";
        consents: May<Vec<Consent>> = "征求意见", "各部门同意公布的意见", "the departments that agreed";
        publisher: May<Localized> = "发布单位", "由哪个单位发布", "the office that publishes them";
        tables: Must<Vec<StatisticsTable>> = "表", "各张表", "the tables";
    }
}

document! {
    /// The approval of a publication.
    pub struct Approval ("审批", "the approval") {
        by: Must<Option<Localized>> = "批准单位", "批准的单位", "the office that approved";
        number: Must<Option<String>> = "文号", "批准的文号", "the number of the document";
        on: Must<Option<Spanned<Date>>> = "日期", "批准的日期", "the day of the approval";
    }
}

document! {
    /// What a department said to a publication.
    pub struct Consent ("征求意见", "a consent") {
        department: Must<DepartmentId> = "部门", "部门的名称或编号", "the department, by id or by its name here";
        on: Must<Spanned<Date>> = "日期", "答复同意的日期", "the day it agreed";
        number: May<String> = "文号", "复函的文号", "the number of its letter";
    }
}

document! {
    /// A table of numbers of persons.
    pub struct StatisticsTable ("表", "a table") {
        title: Must<Localized> = "标题" | "名称", "表的名称", "the title of the table";
        kind: Must<Several<StatisticsKind>> = "类别",
            "数据的类别，决定要征求哪个部门的意见", "what the figures are of; it decides which department has to agree";
        columns: Must<Vec<Localized>> = "列", "各列的名称", "the heads of the columns";
        rows: Must<Vec<StatisticsRow>> = "行", "各行", "the rows";
    }
}

document! {
    /// A row of a table.
    pub struct StatisticsRow ("行", "a row") {
        label: Must<Localized> = "名称", "行的名称", "the head of the row";
        cells: Must<Vec<Spanned<u32>>> = "人数", "每一列的人数", "the number of persons in each column";
    }
}

impl StatisticsTable {
    /// Tells whether every row has a number for every column.
    pub fn is_whole(&self) -> bool {
        !self.rows.is_empty() && self.rows.iter().all(|row| row.cells.len() == self.columns.len())
    }
}

choices! {
    /// What numbers of persons are of.
    StatisticsKind {
        /// Who goes to school.
        Enrolment = "enrolment", "就学";
        /// Who has a residence permit.
        Residence = "residence", "居住证";
        /// Who is in health programmes.
        Health = "health", "健康";
        /// Who is insured.
        Insurance = "insurance", "医保";
        /// Who has a disability.
        Disability = "disability", "残疾";
        /// How many there are.
        Total = "total", "总量";
    }
}
