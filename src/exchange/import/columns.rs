//! The columns of the official table, found by their headings.
//!
//! To let a column go by another name, add it to its line in [`HEADINGS`].

use super::grid::Cell;
use crate::catalogue::Provision;
use crate::diagnostic::Message;
use crate::schema::{Choice, Declared, Field, Shape};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Column {
    /// The area of life.
    Area,
    /// The number in the list.
    Number,
    /// The service.
    Title,
    /// For whom.
    Audience,
    /// The official text of what is given.
    Content,
    /// How much is given, and how.
    Standard,
    /// Who pays for it.
    Expenditure,
    /// Who is responsible.
    Departments,
    /// Who leads.
    Lead,
    /// Who takes part.
    Support,
    /// A remark.
    Remark,
    /// The id of the service; the workbook to fill in has the columns from here on.
    Id,
    /// The baseline service taken over.
    Adopts,
    /// The id of a provision.
    Provision,
    /// Its words.
    Quote,
    /// The part of them that is meant.
    Focus,
    /// Its plain sentence.
    Plain,
    /// A choice, by its place among the fields of a provision that are one.
    Choice(usize),
    /// Conditions.
    Conditions,
    /// What it answers.
    Covers,
    /// Everything else a service says, as YAML.
    MoreOfService,
    /// Everything else a provision says, as YAML.
    MoreOfProvision,
    /// For people to read only.
    Shown,
}

/// The headings of each column, without spaces and what stands in brackets.
const HEADINGS: &[(Column, &[&str])] = &[
    (
        Column::Area,
        &[
            "领域",
            "类别",
            "服务类别",
            "服务领域",
            "板块",
            "分类",
            "大类",
            "服务类型",
            "项目类别",
            "保障领域",
            "一级指标",
            "方面",
            "area",
        ],
    ),
    (
        Column::Number,
        &[
            "序号",
            "编号",
            "号",
            "项目序号",
            "编码",
            "项次",
            "序列",
            "排序",
            "事项编号",
            "number",
            "no",
            "no.",
        ],
    ),
    (
        Column::Title,
        &[
            "服务项目",
            "项目名称",
            "服务项目名称",
            "项目",
            "服务名称",
            "服务事项",
            "事项名称",
            "事项",
            "清单项目",
            "关爱服务项目",
            "具体项目",
            "服务事项名称",
            "保障项目",
            "服务内容名称",
            "二级指标",
            "service",
        ],
    ),
    (
        Column::Audience,
        &[
            "服务对象",
            "对象",
            "保障对象",
            "适用对象",
            "受益对象",
            "对象范围",
            "服务对象范围",
            "服务人群",
            "享受对象",
            "覆盖对象",
            "面向对象",
            "适用范围",
            "服务对象及条件",
            "覆盖范围",
            "forwhom",
        ],
    ),
    (
        Column::Content,
        &[
            "服务内容",
            "内容",
            "具体内容",
            "服务内容和标准",
            "服务内容及标准",
            "服务内容与标准",
            "内容和标准",
            "内容及标准",
            "项目内容",
            "保障内容",
            "主要内容",
            "服务标准和内容",
            "服务标准及内容",
            "服务措施",
            "实施内容",
            "工作内容",
            "工作举措",
            "具体措施",
            "清单内容",
            "content",
        ],
    ),
    (
        Column::Standard,
        &[
            "服务标准",
            "保障标准",
            "补助标准",
            "救助标准",
            "资助标准",
            "发放标准",
            "标准",
            "项目标准",
            "服务标准要求",
            "standard",
        ],
    ),
    (
        Column::Expenditure,
        &[
            "支出责任",
            "支出责任划分",
            "支出责任主体",
            "资金来源",
            "经费来源",
            "资金渠道",
            "经费保障",
            "资金保障",
            "expenditure",
        ],
    ),
    (
        Column::Departments,
        &[
            "责任部门",
            "责任单位",
            "负责部门",
            "负责单位",
            "主管部门",
            "实施部门",
            "落实部门",
            "承办单位",
            "部门",
            "责任部门和单位",
            "责任部门及单位",
            "责任单位和部门",
            "市级责任部门",
            "省级责任部门",
            "县级责任部门",
            "区级责任部门",
            "责任主体",
            "落实单位",
            "实施单位",
            "职能部门",
            "提供单位",
            "主办单位",
            "责任科室",
            "responsibledepartments",
        ],
    ),
    (
        Column::Lead,
        &["牵头部门", "牵头单位", "牵头责任部门", "牵头责任单位", "牵头负责单位", "牵头负责部门", "牵头"],
    ),
    (
        Column::Support,
        &["配合部门", "配合单位", "协同部门", "协同单位", "协办单位", "参与单位", "参与部门", "配合"],
    ),
    (Column::Remark, &["备注", "说明", "备注说明"]),
    (Column::Id, &["项目编号", "服务编号", "serviceid"]),
    (Column::Adopts, &["照录", "照录上级项目", "adopts"]),
    (Column::Provision, &["条款编号", "provisionid"]),
    (Column::Quote, &["条款原文", "quote"]),
    (Column::Focus, &["所指", "focus"]),
    (Column::Plain, &["白话", "plain"]),
    (Column::Conditions, &["条件", "conditions"]),
    (Column::Covers, &["上级条款", "对应", "对应条款", "对应上级条款", "covers"]),
    (Column::MoreOfService, &["项目其他内容", "moreofservice"]),
    (Column::MoreOfProvision, &["条款其他内容", "moreofprovision"]),
    (Column::Shown, &["上级原文", "baselinetext"]),
];

impl Column {
    /// Returns its usual heading.
    pub fn heading(self) -> &'static str {
        let fixed = HEADINGS.iter().find(|(column, _)| *column == self).map(|(_, names)| names[0]);
        let choice = || choices().find(|(column, ..)| *column == self).map(|(_, field, _)| field.zh);
        fixed.or_else(choice).unwrap_or_default()
    }
}

/// Returns the columns of the choices of a provision, each with its field and its words.
pub(super) fn choices() -> impl Iterator<Item = (Column, &'static Field, &'static [Choice])> {
    let words =
        |field: &'static Field| if let Shape::Choice(words) = field.shape { Some(words) } else { None };
    let fields = Provision::TABLE.fields.iter().filter_map(move |field| Some((field, words(field)?)));
    fields.enumerate().map(|(at, (field, words))| (Column::Choice(at), field, words))
}

/// Returns the columns of the workbook to fill in, in their order, with their widths in characters.
pub(super) fn of_workbook() -> impl Iterator<Item = (Column, f64)> {
    let before = [
        (Column::Area, 10.0),
        (Column::Number, 6.0),
        (Column::Title, 20.0),
        (Column::Audience, 20.0),
        (Column::Content, 50.0),
        (Column::Departments, 20.0),
        (Column::Standard, 30.0),
        (Column::Expenditure, 20.0),
        (Column::Shown, 36.0),
        (Column::Quote, 36.0),
        (Column::Focus, 16.0),
        (Column::Plain, 36.0),
    ];
    let after = [
        (Column::Conditions, 20.0),
        (Column::Covers, 30.0),
        (Column::Adopts, 20.0),
        (Column::Id, 20.0),
        (Column::Provision, 20.0),
        (Column::MoreOfProvision, 24.0),
        (Column::MoreOfService, 24.0),
    ];
    let choices = choices().map(|(column, _, words)| {
        let longest = words.iter().map(|word| word.zh.chars().count()).max().unwrap_or_default();
        (column, if longest > 5 { 14.0 } else { 10.0 })
    });
    before.into_iter().chain(choices).chain(after)
}

/// Returns what a heading stands for.
pub(super) fn column(heading: &str) -> Option<Column> {
    ranked(heading).map(|(column, _)| column)
}

/// Returns what a heading stands for, and how far down the list of its names it is.
fn ranked(heading: &str) -> Option<(Column, usize)> {
    let mut depth = 0usize;
    let (mut plain, mut inside) = (String::new(), String::new());
    for c in heading.chars() {
        match c {
            '(' | '（' | '[' | '【' => depth += 1,
            ')' | '）' | ']' | '】' => depth = depth.saturating_sub(1),
            _ if c.is_whitespace() || matches!(c, '*' | '：' | ':') => {}
            _ if depth > 0 => inside.extend(c.to_lowercase()),
            _ => plain.extend(c.to_lowercase()),
        }
    }
    // 【服务项目】 has nothing outside of brackets.
    let plain = if plain.is_empty() { inside } else { plain };
    let place = |names: &[&str]| names.iter().position(|name| *name == plain);
    let fixed = HEADINGS.iter().find_map(|(column, names)| Some((*column, place(names)?)));
    fixed.or_else(|| choices().find_map(|(column, field, _)| Some((column, place(&[field.zh, field.key])?))))
}

/// Returns the columns that a row names, each once.
pub(super) fn understood(row: &[Cell]) -> Vec<Column> {
    let mut found: Vec<Column> = row.iter().filter_map(|cell| column(&cell.text)).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// Names what a row of headings lacks to be that of a list.
pub(super) fn missing(understood: &[Column]) -> Message {
    let mut missing = Vec::new();
    let has = |column: Column| understood.contains(&column);
    for (column, en) in [(Column::Title, "服务项目 (service)"), (Column::Content, "服务内容 (content)")]
    {
        // A table whose only words are those of the standard has them for its content.
        let is_there = has(column) || (column == Column::Content && has(Column::Standard));
        if !is_there {
            missing.push((format!("“{}”", column.heading()), en));
        }
    }
    if ![Column::Audience, Column::Departments, Column::Lead].into_iter().any(has) {
        missing.push(("“服务对象”或“责任部门”".to_owned(), "服务对象 (for whom) or 责任部门 (departments)"));
    }
    Message {
        zh: missing.iter().map(|(zh, _)| zh.as_str()).collect::<Vec<_>>().join("和"),
        en: missing.iter().map(|(_, en)| *en).collect::<Vec<_>>().join(" and "),
    }
}

/// Which column of the file is which. Of two for one thing that with the more usual name counts, or else the first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Columns(Vec<Option<Column>>);

impl Columns {
    /// Reads a row as headings. `None` if it is none: it names neither service and content nor three of the table.
    pub fn of(row: &[Cell]) -> Option<Self> {
        let ranked: Vec<Option<(Column, usize)>> = row.iter().map(|cell| ranked(&cell.text)).collect();
        let counts = |at: usize, (column, rank): (Column, usize)| {
            let others = ranked.iter().enumerate().filter_map(|(place, other)| Some((place, (*other)?)));
            others.filter(|(_, (other, _))| *other == column).map(|(place, (_, rank))| (rank, place)).min()
                == Some((rank, at))
        };
        let columns: Vec<Option<Column>> = ranked
            .iter()
            .enumerate()
            .map(|(at, found)| found.filter(|found| counts(at, *found)).map(|(column, _)| column))
            .collect();
        let mut columns = columns;
        // Where no column is headed 服务内容, the standard is what is given.
        if !columns.contains(&Some(Column::Content)) {
            let standard = columns.iter().position(|known| *known == Some(Column::Standard));
            standard.into_iter().for_each(|at| columns[at] = Some(Column::Content));
        }
        let has = |wanted: Column| columns.contains(&Some(wanted));
        let is_head = has(Column::Title)
            && has(Column::Content)
            && (has(Column::Audience) || has(Column::Departments) || has(Column::Lead));
        is_head.then_some(Self(columns))
    }

    /// Takes over what a second row of headings, below the first, says more exactly: 责任部门 over 牵头 and 配合.
    pub fn refine(&mut self, row: &[Cell]) {
        for (known, cell) in self.0.iter_mut().zip(row) {
            if let Some(found @ (Column::Lead | Column::Support)) = column(&cell.text) {
                *known = Some(found);
            }
        }
    }

    /// Returns which column of the file is `wanted`.
    pub fn at(&self, wanted: Column) -> Option<usize> {
        self.0.iter().position(|known| *known == Some(wanted))
    }

    /// Returns the places and headings of the columns that nobody knows.
    pub fn unknown(&self) -> impl Iterator<Item = usize> + '_ {
        self.0.iter().enumerate().filter(|(_, known)| known.is_none()).map(|(at, _)| at)
    }

    /// Says that the file's column `at` is `column`, unless another one is.
    pub fn set(&mut self, at: usize, column: Column) {
        if self.at(column).is_none() {
            self.0[at] = Some(column);
        }
    }

    /// Says that the file's column `at` is `column` and nothing else; if another one is, it is unknown.
    pub fn change(&mut self, at: usize, column: Column) {
        self.0[at] = None;
        self.set(at, column);
    }

    /// Returns how many columns the file has.
    pub fn width(&self) -> usize {
        self.0.len()
    }
}
