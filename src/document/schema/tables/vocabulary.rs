//! `vocabulary/*.yaml`.

use super::{may, must};
use crate::schema::choices::choices;
use crate::schema::{Choices, NamedBy, Register, Shape, Table};

const AUDIENCE: Shape = Shape::Word(Register::Audiences);
const MEANING: Shape = Shape::Word(Register::AudiencesAndConditions);

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

choices! {
    /// How many answers of a question can be chosen.
    Choose {
        /// One.
        One = "one", "选一个";
        /// Any number.
        Several = "several", "可选几个";
    }
}

/// Declares a vocabulary file: one key that holds a list of maps.
macro_rules! vocabulary {
    ($(#[$doc:meta])* $NAME:ident, $key:literal, $zh:literal, $en:literal, [$($field:expr),+ $(,)?]) => {
        $(#[$doc])*
        pub static $NAME: Shape = Shape::Map(&Table {
            zh: $zh,
            en: concat!("vocabulary/", $key, ".yaml"),
            fields: &[must($key, $zh, Shape::List(&Shape::Map(&Table { zh: $zh, en: $en, fields: &[$($field),+] })), $zh, $en)],
        });
    };
}

vocabulary!(
    /// The areas of life services are grouped by, in order.
    AREAS, "areas", "领域", "an area",
    [
        must("id", "编号", Shape::Id, "稳定的英文编号", "a stable English id"),
        must("name", "名称", Shape::Localized, "名称", "the name"),
    ]
);

vocabulary!(
    /// The functions of government and who carries them out at each tier.
    DEPARTMENTS, "departments", "部门", "a department",
    [
        must("id", "编号", Shape::Id, "职能的英文编号", "the id of the function"),
        must("name", "名称", Shape::Localized, "职能名称", "the name of the function"),
        must("counterparts", "对口部门", Shape::Map(&TIERS), "各级的对口部门", "the counterpart at each tier"),
        may("note", "说明", Shape::Localized, "说明", "a note"),
    ]
);

static TIERS: Table = Table {
    zh: "对口部门",
    en: "the counterparts",
    fields: &[
        may("nation", "国家", Shape::Map(&BODY), "国家的部门", "the body of the nation"),
        may("province", "省级", Shape::Map(&BODY), "省级的部门", "the body of the province"),
        may("prefecture", "地市级", Shape::Map(&BODY), "设区市的部门", "the body of the prefecture"),
        may("county", "县级", Shape::Map(&BODY), "县（市、区）的部门", "the body of the county"),
    ],
};

/// Lists of words by language: `zh: [打针], en: [jab]`.
pub(super) const WORDS: Shape = Shape::Named { by: NamedBy::Language, value: &Shape::List(&Shape::Text) };

/// Who carries out a function at one tier or place.
pub(super) static COUNTERPART: Shape = Shape::Map(&BODY);

static BODY: Table = Table {
    zh: "对口部门",
    en: "a counterpart",
    fields: &[
        may("name", "名称", Shape::Localized, "名称，如文件所印", "the name as printed"),
        may("full_name", "全称", Shape::Localized, "全称", "the full name"),
        must(
            "status",
            "依据",
            Shape::Choice(Certainty::CHOICES),
            "printed、inferred 或 to-be-confirmed",
            "printed, inferred or to-be-confirmed",
        ),
        may("source", "出处", Shape::Localized, "出处", "where it is printed"),
        may("note", "说明", Shape::Localized, "说明", "a note"),
    ],
};

vocabulary!(
    /// Who services are for: populations, categories of children, school stages.
    AUDIENCES, "audiences", "服务对象", "an audience",
    [
        must("id", "编号", Shape::Id, "英文编号", "the id"),
        must("name", "名称", Shape::Localized, "名称", "the name"),
        must("kind", "类型", Shape::Choice(WhoKind::CHOICES), "population、category、stage，或须同时满足的 qualifier", "population, category, stage, or qualifier: one that must hold together with the others"),
        may("within", "属于", Shape::List(&AUDIENCE), "包含它的服务对象", "the audiences that contain it"),
        may("age", "年龄", Shape::Age, "定义里的年龄", "the age its definition sets"),
        may("usual_age", "通常年龄", Shape::Age, "通常年龄，仅供查找，不是条件", "the usual age, for finding only, not a condition"),
        may("definition", "定义", Shape::Localized, "定义", "the definition"),
        may("note", "说明", Shape::Localized, "说明", "a note"),
    ]
);

vocabulary!(
    /// Kinds of condition a provision can set.
    CONDITIONS, "conditions", "条件", "a condition",
    [
        must("id", "编号", Shape::Id, "英文编号", "the id"),
        must("name", "名称", Shape::Localized, "名称", "the name"),
        may("definition", "含义", Shape::Localized, "含义", "what it means"),
        may("unstated", "未写明", Shape::Truth, "清单没有写明是什么条件", "whether lists leave open what it asks for"),
    ]
);

vocabulary!(
    /// The bands of age families choose from, in order.
    AGES, "ages", "年龄段", "a band of age",
    [
        must("id", "编号", Shape::Text, "用于网址的编号，例如 3-6", "the id used in addresses, such as 3-6"),
        must("name", "名称", Shape::Localized, "名称", "the name"),
        must("age", "年龄", Shape::Age, "年龄范围", "the range of age"),
    ]
);

vocabulary!(
    /// The glossary.
    TERMS, "terms", "词语", "a term",
    [
        must("id", "编号", Shape::Id, "英文编号", "the id"),
        must("term", "词语", Shape::Localized, "词语", "the term"),
        must("definition", "解释", Shape::Localized, "解释", "the definition"),
        may("source", "出处", Shape::Localized, "出处", "where it comes from"),
        may("note", "说明", Shape::Localized, "说明", "a note"),
    ]
);

vocabulary!(
    /// Telephone lines of national standing.
    HOTLINES, "hotlines", "热线", "a hotline",
    [
        must("number", "号码", Shape::Text, "号码", "the number"),
        must("name", "名称", Shape::Localized, "名称", "the name"),
        must("purpose", "用途", Shape::Localized, "用途", "what it is for"),
        may("departments", "部门", Shape::List(&Shape::Word(Register::Departments)), "这些部门负责的服务旁边都写上它；部门、领域都不写，是什么事都能打的热线", "the departments beside whose services it stands; a line that names neither departments nor areas is for every question"),
        may("areas", "领域", Shape::List(&Shape::Word(Register::Areas)), "这些领域的服务旁边都写上它", "the areas beside whose services it stands"),
    ]
);

vocabulary!(
    /// The questions of the page that finds what a child can get, with what each answer says.
    SITUATIONS, "situations", "情况", "a question",
    [
        must("id", "编号", Shape::Id, "英文编号", "the id"),
        must("ask", "问题", Shape::Localized, "问家长的话", "the question, as families are asked"),
        may("help", "提示", Shape::Localized, "问题下面的一句提示", "a sentence beneath the question"),
        must("choose", "选法", Shape::Choice(Choose::CHOICES), "one 只选一个，several 可以选几个", "one answer, or several"),
        must("answers", "答案", Shape::List(&Shape::Map(&ANSWER)), "可以选的答案，按先后", "the answers to choose from, in order"),
    ]
);

static ANSWER: Table = Table {
    zh: "答案",
    en: "an answer",
    fields: &[
        must("id", "编号", Shape::Id, "英文编号，全文件不重复", "the id, used once in the file"),
        must("name", "名称", Shape::Localized, "答案的文字", "the words of the answer"),
        may(
            "note",
            "说明",
            Shape::Localized,
            "选了它才出现的一句说明",
            "a sentence that shows once it is chosen",
        ),
        may(
            "age",
            "年龄",
            Shape::Age,
            "孩子的年龄，3-4 是满 3 岁不满 4 岁",
            "how old the child is; 3-4 is from 3 up to, not including, 4",
        ),
        may("unborn", "未出生", Shape::Truth, "孩子还没有出生", "the child is not born yet"),
        may("grown", "已满十八岁", Shape::Truth, "已经满 18 岁", "18 or older"),
        may(
            "means",
            "就是",
            Shape::List(&MEANING),
            "选了它，这些服务对象、条件就成立",
            "audiences and conditions that hold with this answer",
        ),
        may(
            "may",
            "可能是",
            Shape::List(&MEANING),
            "选了它，这些可能成立，要有人确认",
            "those that may hold, which somebody has to confirm",
        ),
        may(
            "not",
            "不是",
            Shape::List(&MEANING),
            "选了它，这些一定不成立",
            "those that certainly do not hold",
        ),
        may(
            "doubts",
            "存疑",
            Shape::List(&MEANING),
            "选了它，这些要有人确认，别的答案说成立也一样",
            "those to be confirmed, although another answer says they hold",
        ),
        may(
            "printed",
            "原文条件",
            Shape::List(&Shape::Text),
            "选了它就满足的条件，照清单所印的字写",
            "printed conditions that hold with this answer, to the letter",
        ),
        may(
            "together",
            "合起来",
            Shape::List(&Shape::Map(&TOGETHER)),
            "和别的答案合起来才成立的",
            "what holds only together with another answer",
        ),
        may(
            "see",
            "先看",
            Shape::List(&Shape::Id),
            "这种情况值得先看的服务项目",
            "services worth looking at first in this situation",
        ),
    ],
};

static TOGETHER: Table = Table {
    zh: "合起来",
    en: "answers that belong together",
    fields: &[
        must(
            "with",
            "配合",
            Shape::List(&Shape::Id),
            "别的答案，有其中一个就够",
            "the other answers, of which one is enough",
        ),
        must(
            "means",
            "就是",
            Shape::List(&MEANING),
            "合起来成立的服务对象、条件",
            "audiences and conditions that then hold",
        ),
    ],
};

/// Everyday words that mean the same, and words that say nothing about what is looked for.
pub static SYNONYMS: Shape = Shape::Map(&Table {
    zh: "近义词",
    en: "vocabulary/synonyms.yaml",
    fields: &[
        must(
            "synonyms",
            "近义词",
            Shape::List(&WORDS),
            "意思一样的词，每组按语言写，例如 zh: [房租, 租金]",
            "groups of words that mean the same, by language, such as en: [rent, rental]",
        ),
        may(
            "ignored",
            "不计的词",
            WORDS,
            "搜索时不计的词，例如 zh: [怎么办, 在哪里]",
            "words that do not count in a question, such as en: [where, can]",
        ),
    ],
});
