//! The questions of the page that finds what a child can get, and what each answer says.

use super::definition::Outside;
use crate::lang::Localized;
use crate::schema::Age;
use crate::schema::choices::choices;
use crate::schema::declare::document;
use crate::schema::field_type::{AudienceOrConditionId, ByOwnName, Id, KeyedMap, May, Must};
use crate::span::Spanned;

choices! {
    /// How many answers of a question can be chosen.
    Choose {
        /// One.
        One = "one", "选一个";
        /// Any number.
        Several = "several", "可选几个";
    }
}

document! {
    /// A question.
    pub struct Question ("情况", "a question") {
        id: Must<Id> = "编号", "英文编号", "the id";
        ask: Must<Localized> = "问题", "问家长的话", "the question, as families are asked";
        help: May<Localized> = "提示", "问题下面的一句提示", "a sentence beneath the question";
        more: May<bool> = "追问",
            "三个问题答完才问，而且只在答案会改变结果时问",
            "asked after the main questions, and only if an answer would change the result";
        when: May<Vec<Id>> = "什么时候问",
            "选了这些答案中的一个才问，不写就都问", "the answers of which one must be chosen before it is asked; always if left out";
        unless: May<Vec<Id>> = "什么时候不问",
            "选了这些答案中的一个就不问，例如孩子还小，不问上学",
            "answers with one of which it is not asked: nobody asks a baby about school";
        choose: Must<Choose> = "选法", "one 只选一个，several 可以选几个", "one answer, or several";
        answers: Must<Vec<Answer>> = "答案", "可以选的答案，按先后", "the answers to choose from, in order";
    } besides |fields| {
        /// Whether several answers can be chosen.
        several: bool = choose == Choose::Several;
    }
}

document! {
    /// An answer, with the ids of the audiences and conditions it speaks for.
    pub struct Answer ("答案", "an answer") {
        id: Must<Id> = "编号", "英文编号，全文件不重复", "the id, used once in the file";
        name: Must<Localized> = "名称", "答案的文字", "the words of the answer";
        note: May<Localized> = "说明", "选了它才出现的一句说明", "a sentence that shows once it is chosen";
        unless: May<Vec<Id>> = "什么时候不列",
            "选了这些答案中的一个，就不列这个答案", "answers with one of which this one is not offered";
        picture: May<String> = "图", "答案旁边的小图，用主题里有的名字，例如 school",
            "the small picture beside it, by a name that the theme knows, such as school";
        age: May<Age> = "年龄",
            "多大年纪，3-4 是满 3 岁不满 4 岁", "the age; 3-4 is from 3 up to, not including, 4";
        unborn: May<bool> = "未出生", "还没有出生", "not born yet";
        grown: May<bool> = "已满十八岁", "已经满 18 岁", "18 or older";
        means: May<Vec<AudienceOrConditionId>> = "就是",
            "选了它，这些服务对象、条件就成立", "audiences and conditions that hold with this answer";
        may: May<Vec<AudienceOrConditionId>> = "可能是",
            "选了它，这些可能成立，要有人确认", "those that may hold, which somebody has to confirm";
        not: May<Vec<AudienceOrConditionId>> = "不是", "选了它，这些一定不成立", "those that certainly do not hold";
        doubts: May<Vec<AudienceOrConditionId>> = "存疑",
            "选了它，这些要有人确认，别的答案说成立也一样", "those to be confirmed, although another answer says they hold";
        outside: May<Outside> = "口径外",
            "哪一点不合人群的定义：地区的定义没有这一条时，说明和存疑都不算",
            "in what it lies outside the definition of the group; where the definition of a place does not ask for it, note and doubts do not count";
        printed: May<Vec<Spanned<String>>> = "原文条件",
            "选了它就满足的条件，照清单所印的字写", "printed conditions that hold with this answer, to the letter";
        together: May<Vec<Together>> = "合起来", "和别的答案合起来才成立的", "what holds only together with another answer";
        open: May<Vec<Spanned<String>>> = "要问",
            "选了它，这几条还要问一问，写成 服务项目/条款", "provisions that have to be asked about with this answer, as SERVICE/PROVISION";
        see: May<Vec<Id>> = "先看", "这种情况值得先看的服务项目", "services worth looking at first in this situation";
        guide: May<Id> = "帮助页", "这种情况先看哪一页帮助", "the guide to read first in this situation";
    } besides |fields| {
        /// The age it states.
        time: Option<TimeOfLife> = TimeOfLife::of(age, unborn, grown);
    }
}

impl Answer {
    /// Returns every audience or condition it names.
    pub fn words(&self) -> impl Iterator<Item = &Spanned<String>> {
        let together = self.together.iter().flat_map(|both| &both.means);
        self.means.iter().chain(&self.may).chain(&self.not).chain(&self.doubts).chain(together)
    }
}

/// The age an answer states.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeOfLife {
    /// Not born yet.
    Unborn,
    /// From the lower bound up to, not including, the upper one.
    Aged(Age),
    /// 18 or older.
    Grown,
}

impl TimeOfLife {
    fn of(age: Option<Age>, unborn: bool, grown: bool) -> Option<Self> {
        match age {
            Some(age) => Some(Self::Aged(age)),
            None if unborn => Some(Self::Unborn),
            None => grown.then_some(Self::Grown),
        }
    }
}

document! {
    /// How a place asks a question, in place of what the vocabulary says.
    pub struct OwnQuestion ("本地的问法", "a question as the place asks it") {
        ask: May<Localized> = "问题", "本地的问法", "the question here";
        help: May<Localized> = "提示", "本地的提示", "the sentence beneath it here";
        left_out: May<bool> = "不问", "写 true：本地不问这一题", "true for a question that is not asked here";
        answers: May<KeyedMap<ByOwnName, OwnAnswer>> = "答案",
            "文字不一样的答案，按答案的编号写", "the answers that have other words here, by their ids";
    }
}

document! {
    /// The words of an answer in a place, in place of what the vocabulary says. What it speaks for stays the same.
    pub struct OwnAnswer ("本地的答案", "an answer as the place has it") {
        name: May<Localized> = "名称", "本地的文字", "the words of the answer here";
        note: May<Localized> = "说明", "选了它才出现的一句说明", "a sentence that shows once it is chosen";
    }
}

document! {
    /// What holds if one of these other answers is chosen as well.
    pub struct Together ("合起来", "answers that belong together") {
        with: Must<Vec<Id>> = "配合", "别的答案，有其中一个就够", "the other answers, of which one is enough";
        means: Must<Vec<AudienceOrConditionId>> = "就是",
            "合起来成立的服务对象、条件", "audiences and conditions that then hold";
    }
}
