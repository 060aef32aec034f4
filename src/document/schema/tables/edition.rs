//! `<list>/<edition>.yaml`: one edition of a list.

use super::query::QUERY;
use super::review::{CORRECTION, REVIEW};
use super::vocabulary::WORDS;
use super::{Choice, choice, may, must};
use crate::schema::choices::choices;
use crate::schema::{Choices, Field, NamedBy, RefTo, Register, Shape, Table};

const EDITION_REF: Shape = Shape::Ref(RefTo::Edition);
const AREA: Shape = Shape::Word(Register::Areas);
const DEPARTMENT: Shape = Shape::Word(Register::Departments);
const AUDIENCE_WORD: Shape = Shape::Word(Register::Audiences);
const CONDITION: Shape = Shape::Word(Register::Conditions);

choices! {
    /// Where an edition stands in its life, as written.
    EditionStatus {
        /// Being written.
        Draft = "draft", "草稿";
        /// Open for comment.
        Consultation = "consultation", "征求意见";
        /// Published.
        Issued = "issued", "已发布" | "正式" | "发布" | "正式发布" | "published";
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

/// One edition of a list.
pub static EDITION: Shape = Shape::Map(&Table {
    zh: "清单",
    en: "the edition",
    fields: &[
        must("title", "标题", Shape::Localized, "清单全称", "the full title of the list")
            .or(&["名称", "清单名称"]),
        may("ordinal", "版次", Shape::Integer, "第几版", "which edition it is, from 1"),
        must(
            "status",
            "状态",
            Shape::Choice(EditionStatus::CHOICES),
            "draft、consultation 或 issued",
            "draft, consultation or issued",
        ),
        may(
            "frozen",
            "冻结",
            Shape::Date,
            "冻结的日期，由 qingdan edition issue 写",
            "the day it was frozen, written by `qingdan edition issue`",
        ),
        may("document", "文件", Shape::Map(&DOCUMENT), "印发清单的文件", "the document that issues the list"),
        may("dates", "日期", Shape::Map(&DATES), "各个日期", "its dates"),
        may(
            "measured_against",
            "对照",
            EDITION_REF,
            "对照的上级清单，例如 fujian/migrant-children/2025",
            "the baseline, such as fujian/migrant-children/2025",
        ),
        may(
            "inherits",
            "沿用",
            EDITION_REF,
            "整份沿用的上级清单，只写本地另有的项目，例如 fujian/xiamen/migrant-children/2025",
            "the edition above whose services all hold here, so that only what is local is written",
        ),
        may(
            "consultation",
            "征求意见",
            Shape::Map(&CONSULTATION),
            "征求意见的期限和结果",
            "when it is open for comment, and what came of it",
        ),
        may(
            "reviews",
            "认定",
            Shape::List(&REVIEW),
            "机器无法比较的条款，由人认定的结论",
            "what people decided where a machine cannot compare",
        ),
        may(
            "queries",
            "询问",
            Shape::List(&QUERY),
            "上级就哪些条款来函询问、办到哪一步，由 qingdan query --record 写",
            "what the place above asked and how far it has come, begun by `qingdan query --record`",
        ),
        may(
            "corrections",
            "更正",
            Shape::List(&CORRECTION),
            "发布以后更正过什么，由 qingdan edition correct 写",
            "what was corrected since it was issued, written by `qingdan edition correct`",
        ),
        may("notice", "提示", Shape::Localized, "显示在每一页上的提示", "a notice shown on every page"),
        may("note", "说明", Shape::Localized, "说明", "a note").or(&["备注"]),
        may(
            "services",
            "服务项目",
            Shape::List(&SERVICE_OR_ADOPTION),
            "服务项目；整份沿用上级的清单可以不写",
            "the services; a list that inherits all of them may leave it out",
        ),
    ],
});

static CONSULTATION: Table = Table {
    zh: "征求意见",
    en: "the consultation",
    fields: &[
        must("from", "开始", Shape::Date, "第一天", "the first day"),
        must("to", "截止", Shape::Date, "最后一天", "the last day"),
        may("how", "方式", Shape::Localized, "怎样提意见", "how to comment"),
        may("outcome", "结果", Shape::Localized, "结束后采纳的情况", "what came of it, once it is over"),
    ],
};

static DOCUMENT: Table = Table {
    zh: "文件",
    en: "the document",
    fields: &[
        may("number", "文号", Shape::Text, "文号", "the document number"),
        may("title", "标题", Shape::Localized, "文件标题", "the title").or(&["名称"]),
        may("url", "网址", Shape::Text, "公开网址", "its public address"),
        may("note", "说明", Shape::Localized, "说明", "a note").or(&["备注"]),
    ],
};

pub(super) static DATES: Table = Table {
    zh: "日期",
    en: "the dates",
    fields: &[
        may("signed", "成文", Shape::Date, "成文日期", "the day it was signed"),
        may("printed", "印发", Shape::Date, "印发日期", "the day it was printed"),
        may("issued", "发布", Shape::Date, "发布日期", "the day it was issued"),
        may("posted", "公布", Shape::Date, "上网公布日期", "the day it was posted"),
        may("effective", "施行", Shape::Date, "施行日期", "the day it takes effect"),
        may("filed", "备案", Shape::Date, "备案日期", "the day it was filed"),
    ],
};

static SERVICE_OR_ADOPTION: Shape = Shape::MapBy { key: "adopts", then: &ADOPTION, otherwise: &SERVICE };

static SERVICE: Table = Table {
    zh: "服务项目",
    en: "a service",
    fields: &[
        must("id", "编号", Shape::Id, "永久不变的英文编号", "the id, stable for ever"),
        must("number", "序号", Shape::Integer, "清单里的序号", "its number in the list"),
        must("area", "领域", AREA, "领域的名称或编号", "its area, by id or name").or(&["所属领域"]),
        must("title", "服务项目", Shape::Localized, "项目名称", "its title").or(&[
            "项目名称",
            "名称",
            "标题",
        ]),
        must("audience", "服务对象", Shape::Map(&AUDIENCE), "服务对象", "who it is for").or(&["对象"]),
        must(
            "content",
            "服务内容",
            Shape::Localized,
            "服务内容原文，一字不改",
            "the official cell, to the letter",
        ),
        must(
            "departments",
            "责任部门",
            Shape::List(&DEPARTMENT),
            "责任部门的名称或编号",
            "the responsible departments, by id or by their names here",
        )
        .or(&["责任单位", "负责部门", "负责单位"]),
        may(
            "departments_note",
            "责任部门说明",
            Shape::Localized,
            "责任部门的说明",
            "a note on the departments",
        ),
        may(
            "purpose",
            "目的语句",
            Shape::List(&Shape::Text),
            "原文中只写目的、不给权益的语句",
            "clauses that state a purpose and grant nothing",
        ),
        must("provisions", "条款", Shape::List(&PROVISION), "逐条权益", "the single entitlements")
            .or(&["权益"]),
        KEYWORDS,
        may("apply", "怎样办", Shape::Map(&APPLY), "怎样办理", "how to get it here")
            .or(&["怎么办", "办理方式"]),
        may("was", "原编号", Shape::Id, "以前的编号", "its former id"),
        may("note", "说明", Shape::Localized, "对原文的说明", "a note on the official text").or(&["备注"]),
        may("checked", "核对", Shape::Map(&CHECKED), "谁在哪天核对过", "who verified it and when"),
    ],
};

/// Words to find a service by; an adoption adds its own to those of the baseline.
const KEYWORDS: Field = may(
    "keywords",
    "关键词",
    WORDS,
    "群众怎么说就怎么写的词，只供搜索，例如 zh: [打针, 打疫苗]",
    "everyday words families search with, by language, such as en: [jabs]; for finding only",
);

static ADOPTION: Table = Table {
    zh: "照录的服务项目",
    en: "an adopted service",
    fields: &[
        must(
            "adopts",
            "照录",
            Shape::Ref(RefTo::Service),
            "照录的上级项目的编号或名称",
            "the baseline service taken over unchanged, by id or title",
        ),
        may("id", "编号", Shape::Id, "本地编号，不写则与上级相同", "the local id, by default the baseline's"),
        may(
            "number",
            "序号",
            Shape::Integer,
            "本地序号，不写则与上级相同",
            "the local number, by default the baseline's",
        ),
        KEYWORDS,
        may("apply", "怎样办", Shape::Map(&APPLY), "怎样办理", "how to get it here")
            .or(&["怎么办", "办理方式"]),
        may("was", "原编号", Shape::Id, "以前的编号", "its former id"),
        may(
            "content",
            "服务内容",
            Shape::Localized,
            "本地印发的原文，应与上级一致",
            "the official cell as printed here, which ought to be the baseline's",
        ),
        may("note", "说明", Shape::Localized, "说明", "a note").or(&["备注"]),
        may("checked", "核对", Shape::Map(&CHECKED), "谁在哪天核对过", "who verified it and when"),
    ],
};

static AUDIENCE: Table = Table {
    zh: "服务对象",
    en: "the audience",
    fields: &[
        must("text", "原文", Shape::Localized, "服务对象原文", "the official cell"),
        may("population", "人群", AUDIENCE_WORD, "人群的名称或编号", "the population, by id or name"),
        may(
            "categories",
            "类别",
            Shape::List(&AUDIENCE_WORD),
            "类别的名称或编号",
            "the categories, by id or name",
        ),
        may(
            "conditions",
            "条件",
            Shape::List(&CONDITION),
            "对象栏里的条件",
            "conditions printed in this cell",
        ),
        may("age", "年龄", Shape::Age, "年龄范围", "the range of age"),
    ],
};

static PROVISION: Shape = Shape::Map(&Table {
    zh: "条款",
    en: "a provision",
    fields: &[
        must("id", "编号", Shape::Id, "本项目内唯一的编号", "its id, unique in the service"),
        may(
            "was",
            "原编号",
            Shape::Several(&Shape::Ref(RefTo::FormerProvision)),
            "上一版里的条款编号；由几条合并的写成列表，原来在别的服务项目里的写成“项目/条款”",
            "its id in the edition before; a list if several became one, service/provision if it was elsewhere",
        ),
        must(
            "quote",
            "原文",
            Shape::Text,
            "从“服务内容”里原样复制的一段，一字不改",
            "a part of the content, copied to the letter",
        ),
        may(
            "focus",
            "所指",
            Shape::Text,
            "同一段原文拆成几条时，这一条所指的几个字",
            "the words of the quote that are meant, where one quote makes several provisions",
        ),
        must("plain", "白话", Shape::Localized, "一句大白话，写给家长看", "one plain sentence, for families"),
        must(
            "kind",
            "形式",
            Shape::Choice(Kind::CHOICES),
            "给的是什么：服务、资金、实物、减免、学位或场所、协助、信息",
            "what is given: a service, money, goods, a fee that is not charged, a place, help, information",
        ),
        must(
            "strength",
            "力度",
            Shape::Choice(Strength::CHOICES),
            "力度，从高到低：must 应当、permit 允许、where-conditions-allow 有条件的地方、assist 协助办理",
            "how binding it is, from high to low: must, permit, where-conditions-allow, assist",
        ),
        may(
            "conditions",
            "条件",
            Shape::List(&CONDITION),
            "条件的名称或编号",
            "its conditions, by id or name",
        ),
        may(
            "condition_text",
            "条件原文",
            Shape::Localized,
            "条件的原文",
            "the printed words of the condition",
        ),
        may("population", "人群", AUDIENCE_WORD, "与服务对象不同的人群", "its population, where it differs"),
        may(
            "categories",
            "类别",
            Shape::List(&AUDIENCE_WORD),
            "与服务对象不同的类别",
            "its categories, where they differ",
        ),
        may("age", "年龄", Shape::Age, "与服务对象不同的年龄", "its age, where it differs"),
        must(
            "access",
            "办理地",
            Shape::Choice(Access::CHOICES),
            "在哪里办：residence 居住地、either 两地均可、hukou-place 户籍地、unstated 原文未写",
            "where it is provided or decided: where the child lives, either place, where it is registered, or not said",
        ),
        may(
            "departments",
            "责任部门",
            Shape::List(&DEPARTMENT),
            "与项目不同的责任部门",
            "its departments, where they differ",
        )
        .or(&["责任单位", "负责部门", "负责单位"]),
        may("lead", "牵头", Shape::Map(&LEAD), "牵头部门", "the leading department"),
        may(
            "covers",
            "对应",
            Shape::List(&Shape::Ref(RefTo::Provision)),
            "对应的上级条款，例如 preschool-education/nearby-kindergarten",
            "the baseline provisions it answers",
        ),
        may(
            "measures",
            "标准",
            Shape::Named { by: NamedBy::Usual(MEASURES), value: &Shape::Text },
            "金额、次数、期限等标准，例如 金额: 1500元/年",
            "amounts, frequencies, periods, such as amount: 1500 CNY/year",
        ),
        may(
            "named",
            "列举",
            Shape::List(&Shape::Text),
            "以“等”结尾的列举里点了名的各项",
            "the named members of an open list",
        ),
        may("open_list", "开放列举", Shape::Truth, "原文以“等”结尾", "whether the clause ends in 等"),
        may(
            "either_of",
            "任一",
            Shape::Id,
            "几条只须满足一条时，给它们写同一个名字",
            "provisions with the same name here are alternatives",
        ),
        may("vague", "笼统", Shape::Truth, "原文笼统，无法由机器比较", "too general to compare by machine"),
        may("note", "说明", Shape::Localized, "说明", "a note").or(&["备注"]),
    ],
});

static LEAD: Table = Table {
    zh: "牵头部门",
    en: "the lead",
    fields: &[
        must(
            "department",
            "部门",
            DEPARTMENT,
            "部门的名称或编号",
            "the department, by id or by its name here",
        ),
        may("basis", "依据", Shape::Localized, "依据", "the basis"),
    ],
};

static APPLY: Table = Table {
    zh: "办理方式",
    en: "how to apply",
    fields: &[
        may("where", "地点", Shape::Localized, "到哪里办", "where to go"),
        may("bring", "材料", Shape::List(&Shape::Localized), "要带什么", "what to bring"),
        may("steps", "步骤", Shape::List(&Shape::Localized), "怎样办", "the steps"),
        may("fee", "费用", Shape::Localized, "费用", "what it costs"),
        may("time", "时间", Shape::Localized, "办理时间", "when"),
        may("phone", "电话", Shape::Text, "办公电话，不要填个人手机", "the office's telephone"),
        may("online", "网址", Shape::Text, "网上办理的 https 网址", "the https address to apply online"),
        may("basis", "依据", Shape::Localized, "依据", "the basis"),
    ],
};

static CHECKED: Table = Table {
    zh: "核对",
    en: "the check",
    fields: &[
        must(
            "by",
            "核对单位",
            Shape::Text,
            "核对的单位，不写个人姓名",
            "the office that verified it, no person's name",
        ),
        must("on", "日期", Shape::Date, "核对日期", "the day it was verified"),
    ],
};
