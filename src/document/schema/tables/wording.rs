//! Words by which official texts are read: `vocabulary/wording.yaml`, and `wording` of a rulebook.

use qingdan_reading::wording::WordingFile;

use super::may;
use crate::lang::LangCode;
use crate::schema::field_type::{ByOwnName, FieldType, NamedMap, or_default};
use crate::schema::{Field, Fields, NamedBy, Shape, Table, VocabularyKind};
use crate::span::Spanned;
use crate::syntax::Node;

const WORDS: Shape = Shape::List(&Shape::Text);
static GROUP: Shape = Shape::List(&Shape::Text);

/// Declares a section without groups.
const fn words(key: &'static str, zh: &'static str, doc_zh: &'static str, doc_en: &'static str) -> Field {
    may(key, zh, WORDS, doc_zh, doc_en)
}

/// The words of a catalogue or a province, on top of those that are built in.
pub static WORDING: Shape = Shape::Map(&ALL);
static ALL: Table = Table {
    zh: "读原文的词",
    en: "the words texts are read by",
    fields: &[
        may(
            "same",
            "同义",
            Shape::List(&GROUP),
            "意思相同的词，一组一行；新词照同组里认得的词读，例如 - [免收, 豁免]",
            "words that mean the same, a group a line; new ones are read like the known one, such as - [free, gratis]",
        ),
        words(
            "plain",
            "无分量",
            "没有分量的词：写不写都一样，例如 [原则上]",
            "words without weight, whether they stand there or not",
        ),
        words(
            "promises",
            "承诺",
            "本身就是承诺的词，例如 [就近]",
            "words that promise something by themselves, such as [nearby]",
        ),
        words("giving", "给予", "给予、办理一类的词", "words of giving and doing"),
        may("kinds", "给的东西", Shape::Map(&KINDS), "说明给的是什么的词", "words that say what is given"),
        words(
            "describing",
            "修饰",
            "说的还是这些孩子，不缩小对象的词",
            "words that describe the same children and narrow nothing",
        ),
        words("narrower", "部分人", "只是其中一部分人的词", "words for some of these people only"),
        words(
            "bodies",
            "由谁做",
            "由谁来做的词，例如 [青苗驿站]",
            "words for those who act, such as [family centre]",
        ),
        may(
            "degrees",
            "力度",
            Shape::Map(&DEGREES),
            "留了余地的词，按怎样留余地分",
            "words that leave room, by how they do",
        ),
        may(
            "limits",
            "限额",
            Shape::Map(&LIMITS),
            "名额、经费、先后的词",
            "words of quotas, budgets and queues",
        ),
        words("denying", "否定", "否定的词，例如 [不予]", "words that deny, such as [not]"),
        words("ending", "停止", "停止、暂停的词", "words that end or suspend"),
        words("later", "以后", "以后才开始的词", "words for what begins later"),
        words("exceptions", "除外", "把一部分排除在外的词", "words that leave something out"),
        words(
            "restrictions",
            "只给",
            "只给一部分的词，例如 [仅限]",
            "words that give to some only, such as [only]",
        ),
        may(
            "conditions",
            "条件",
            Shape::Named { by: NamedBy::Word(VocabularyKind::Conditions), value: &WORDS },
            "条件的词，按条件分；条件写编号或名称，例如 residence-permit: [暂住证]",
            "words of conditions, by condition, such as residence-permit: [temporary card]",
        ),
        words("requirements", "要求", "要求人去做什么的词", "words that require something"),
        words(
            "harmless_papers",
            "常备材料",
            "人人都有、不算条件的材料，例如 [户口本]",
            "papers that everybody has and that keep nobody out",
        ),
        words(
            "lifting",
            "取消限制",
            "去掉限制的词，例如 [无需]",
            "words that lift a limit, such as [regardless of]",
        ),
        may("costs", "费用", Shape::Map(&COSTS), "收费、减收的词", "words of charges and reductions"),
        may("places", "地点", Shape::Map(&PLACES), "到哪里办的词", "words for where"),
        words("references", "参照", "参照别的文件的词", "words that refer to another text"),
        words(
            "substitutes",
            "替代",
            "换成别的、缩了水的词",
            "words for something less in place of what is promised",
        ),
        words(
            "without",
            "不用的词",
            "自带的词里不要的，写上就不再认它",
            "built-in words that are not to be known",
        ),
    ],
};

static KINDS: Table = Table {
    zh: "给的东西",
    en: "what is given",
    fields: &[
        words("cash", "资金", "钱", "money"),
        words("in-kind", "实物", "东西", "goods"),
        words("fee-exemption", "减免", "免费", "no charge"),
        words("place", "学位或场所", "学位、床位、住处", "a place at school, a bed, a home"),
        words("assistance", "协助", "代办、协助", "help with doing something"),
        words("information", "信息", "宣传、咨询", "information and advice"),
    ],
};

static DEGREES: Table = Table {
    zh: "力度",
    en: "the degrees",
    fields: &[
        words("vague", "含糊", "按有关规定一类", "by the rules concerned, and the like"),
        words("permit", "允许", "可以、允许", "may"),
        words("attend", "关注", "关注、了解", "pay attention to"),
        words("encourage", "鼓励", "鼓励、支持、引导", "encourage"),
        words("strive", "努力", "力争、探索、试点", "strive, explore, pilot"),
        words("discretion", "酌情", "酌情、视情况", "at discretion, as resources allow"),
        words("gradual", "逐步", "逐步、分批", "gradually"),
        words("principle", "原则上", "原则上、一般", "in principle"),
        words("where-conditions-allow", "有条件的", "有条件的地方", "where conditions allow"),
        words("priority", "优先", "优先", "priority"),
        words("assist", "协助", "协助、协调", "help with"),
    ],
};

static LIMITS: Table = Table {
    zh: "限额",
    en: "the limits",
    fields: &[
        words("quota", "名额", "名额、限量", "quotas"),
        words("first-come", "先到先得", "先到先得、额满为止", "first come, first served"),
        words("budget", "经费", "经费用完为止", "within the budget"),
        words("selection", "选拔", "择优、抽签、轮候", "selection, lots, waiting lists"),
        words("vacancy", "有空余", "有空余学位", "where there is room"),
    ],
};

static COSTS: Table = Table {
    zh: "费用",
    en: "the costs",
    fields: &[
        words("reduced", "减收", "减半、优惠", "half price, discount"),
        words("charged", "收费", "收费、自理", "charges, at own cost"),
    ],
};

static PLACES: Table = Table {
    zh: "地点",
    en: "the places",
    fields: &[
        words("hukou-place", "户籍地", "户籍地", "the place of household registration"),
        words("either", "两地均可", "居住地、户籍地都可以", "either place"),
        words("elsewhere", "别处", "指定的地方、别处", "somewhere else"),
    ],
};

/// The key under which old rulebooks wrote words of discretion among their orders.
pub const HEDGES: &str = "hedges";

/// Words for reading, and the conditions they were written under.
#[derive(Clone, Debug, Default)]
pub struct OwnWording {
    /// The words.
    pub file: WordingFile,
    /// The condition each group was written under.
    pub conditions: Vec<Spanned<String>>,
    is_there: bool,
}

impl OwnWording {
    /// Reads the sections of a fitted map.
    pub fn decode(fields: Fields<'_>) -> Self {
        let mut own = Self::default();
        for entry in fields.node.entries().iter().filter(|entry| !entry.value.is_lost()) {
            let section = entry.key.value.as_str();
            own.is_there = true;
            if section == "same" {
                own.file_same(fields);
                continue;
            }
            let plain = fields.get::<Vec<Spanned<String>>>(section).into_iter().map(|word| word.value);
            if own.file.add(section, plain) {
                continue;
            }
            for (group, words) in fields.get::<NamedMap<ByOwnName, Vec<Spanned<String>>>>(section) {
                own.file.add_to_group(section, &group, words.into_iter().map(|word| word.value));
            }
            if section == "conditions" {
                own.conditions.extend(entry.value.entries().iter().map(|entry| entry.key.clone()));
            }
        }
        own
    }

    fn file_same(&mut self, fields: Fields<'_>) {
        for words in fields.get::<Vec<Vec<Spanned<String>>>>("same") {
            self.file.add_same(words.into_iter().map(|word| word.value).collect());
        }
    }

    /// Adds words of discretion that an old rulebook has among its orders.
    pub fn with_hedges(mut self, words: &[Spanned<String>]) -> Self {
        if !words.is_empty() {
            self.is_there = true;
            self.file.add_to_group("degrees", "discretion", words.iter().map(|word| word.value.clone()));
        }
        self
    }

    /// Tells whether there are no words of its own.
    pub fn is_empty(&self) -> bool {
        !self.is_there
    }
}

impl FieldType for OwnWording {
    type Value = Self;
    type Optional = Self;
    const SHAPE: Shape = Shape::Map(&ALL);

    fn read(node: &Node, reference: &LangCode) -> Option<Self> {
        (!node.refused).then(|| Self::decode(Fields::new(node, reference)))
    }

    fn optional(node: Option<&Node>, reference: &LangCode) -> Self {
        or_default::<Self>(node, reference)
    }
}
