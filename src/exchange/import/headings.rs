//! What the headings of tables stand for: the usual ones, and what people said.
//!
//! To let a column go by another name, add it to its line in [`HEADINGS`].

use std::collections::BTreeMap;

use super::Told;
use super::columns::{Column, choices};
use crate::catalogue::Vocabulary;

/// The headings of each column, without spaces and what stands in brackets.
pub(super) const HEADINGS: &[(Column, &[&str])] = &[
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
            "领域类别",
            "服务领域类别",
            "事项类别",
            "服务事项类别",
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
            "名称",
            "事项名",
            "清单事项",
            "服务清单",
            "关爱服务事项",
            "实施项目",
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
            "救助对象",
            "资助对象",
            "补助对象",
            "享受范围",
            "服务对象范围和条件",
            "帮扶对象",
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
            "保障内容及标准",
            "保障内容和标准",
            "保障内容与标准",
            "保障内容标准",
            "政策内容",
            "帮扶内容",
            "待遇内容",
            "关爱服务内容",
            "服务内容及要求",
            "服务内容和要求",
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
            "补贴标准",
            "待遇标准",
            "给付标准",
            "保障标准要求",
            "国家标准",
            "实施标准",
            "执行标准",
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
            "支出责任及分担方式",
            "经费渠道",
            "资金来源及支出责任",
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
            "责任部门或单位",
            "主责部门",
            "主责单位",
            "牵头及配合单位",
            "牵头配合部门",
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
    (Column::Age, &["年龄", "年龄范围", "年龄段", "适用年龄", "对象年龄", "年龄要求", "年龄条件", "age"]),
    (
        Column::Where,
        &[
            "办理地点",
            "办理渠道",
            "申请渠道",
            "办理途径",
            "申请途径",
            "申办渠道",
            "获取途径",
            "获取渠道",
            "服务渠道",
            "办理地址",
            "申请地点",
            "受理地点",
            "服务地点",
            "受理单位",
            "受理机构",
            "受理部门",
            "办理单位",
            "办理机构",
            "办理窗口",
            "经办机构",
            "经办单位",
            "where",
        ],
    ),
    (
        Column::Bring,
        &[
            "申请材料",
            "办理材料",
            "所需材料",
            "申报材料",
            "提交材料",
            "申办材料",
            "需提交材料",
            "材料",
            "bring",
        ],
    ),
    (
        Column::Steps,
        &[
            "办理流程",
            "办理方式",
            "申请方式",
            "获取方式",
            "申办方式",
            "享受方式",
            "提供方式",
            "办理程序",
            "申请流程",
            "申请程序",
            "申办流程",
            "办事流程",
            "服务流程",
            "流程",
            "步骤",
            "steps",
        ],
    ),
    (Column::Fee, &["收费标准", "是否收费", "收费情况", "收费", "费用", "收费依据及标准", "fee"]),
    (
        Column::Time,
        &[
            "办理时限",
            "办结时限",
            "办理时间",
            "承诺时限",
            "承诺办结时限",
            "受理时间",
            "服务时间",
            "申请时间",
            "时限",
            "time",
        ],
    ),
    (
        Column::Phone,
        &[
            "咨询电话",
            "服务热线",
            "联系电话",
            "服务电话",
            "咨询热线",
            "咨询服务电话",
            "办公电话",
            "办理电话",
            "受理电话",
            "咨询联系电话",
            "电话",
            "热线",
            "热线电话",
            "phone",
        ],
    ),
    (
        Column::Online,
        &[
            "网上办理",
            "网办地址",
            "网上办理地址",
            "网上办理网址",
            "办理网址",
            "网址",
            "线上办理",
            "线上办理网址",
            "online",
        ],
    ),
    (
        Column::Basis,
        &[
            "实施依据",
            "政策依据",
            "文件依据",
            "设立依据",
            "依据",
            "制定依据",
            "法律依据",
            "法规依据",
            "依据文件",
            "政策文件",
            "服务依据",
            "政策文件依据",
            "法律法规和政策依据",
            "basis",
        ],
    ),
];

/// Returns a heading as it is compared: in small letters, without spaces and what stands in brackets.
pub(super) fn plain(heading: &str) -> String {
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
    if plain.is_empty() { inside } else { plain }
}

/// What the headings of one import stand for: what somebody said of them counts before what is usual.
#[derive(Clone, Debug, Default)]
pub(super) struct Headings {
    told: BTreeMap<String, Column>,
    /// The same of columns by their place, from 0, for those without a heading.
    places: BTreeMap<usize, Column>,
}

impl Headings {
    /// Returns the headings as a person told them, after what the catalogue remembers.
    pub fn new(words: &Vocabulary, told: &Told) -> Self {
        let remembered = words.columns.iter().map(|known| (plain(&known.heading.value), known.means));
        let said = told.headings.iter().map(|(heading, means)| (plain(heading), *means));
        let all = remembered.chain(said).filter(|(heading, _)| !heading.is_empty());
        Self {
            told: all.map(|(heading, means)| (heading, means.into())).collect(),
            places: told.places.iter().map(|(at, means)| (*at, (*means).into())).collect(),
        }
    }

    /// Returns what somebody said that a heading stands for.
    pub fn told(&self, heading: &str) -> Option<Column> {
        self.told.get(&plain(heading)).copied()
    }

    /// Returns what somebody said of a column by its place.
    pub fn place(&self, at: usize) -> Option<Column> {
        self.places.get(&at).copied()
    }

    /// Returns what a heading stands for.
    pub fn column(&self, heading: &str) -> Option<Column> {
        self.ranked(heading).map(|(column, _)| column)
    }

    /// Returns what a heading stands for, and how far down the list of its names it is.
    pub fn ranked(&self, heading: &str) -> Option<(Column, usize)> {
        let plain = plain(heading);
        if let Some(column) = self.told.get(&plain) {
            return Some((*column, 0));
        }
        usual(&plain).map(|(column, rank)| (column, rank + 1))
    }
}

/// Returns what a plain heading usually stands for, and how far down the list of its names it is.
pub(super) fn usual(plain: &str) -> Option<(Column, usize)> {
    let place = |names: &[&str]| names.iter().position(|name| *name == plain);
    let fixed = HEADINGS.iter().find_map(|(column, names)| Some((*column, place(names)?)));
    fixed.or_else(|| choices().find_map(|(column, field, _)| Some((column, place(&[field.zh, field.key])?))))
}
