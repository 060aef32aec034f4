//! `forms/<name>.yaml` of a place: a registration form or a ledger as it is printed, blank.
//!
//! There is no key for a value: a form is never filled in here.

use crate::lang::Localized;
use crate::schema::choices::choices;
use crate::schema::declare::document;
use crate::schema::field_type::{DepartmentId, Id, May, Must, Several};
use crate::schema::{Declared, Shape};

/// A blank form.
pub static FORM: Shape = Shape::Map(FormFile::TABLE);

document! {
    /// What the file of a form says.
    pub struct FormFile ("表格", "the form") {
        title: Must<Localized> = "标题" | "名称", "表格的名称", "the name of the form";
        annex: May<Localized> = "附件", "是文件的附件几", "which annex of its document it is";
        source: Must<Localized> = "出处", "出自哪份文件", "the document it comes from";
        group: May<Several<Id>> = "人群", "为哪些人群", "for which groups";
        head: May<Vec<Localized>> = "表头", "表格上方的几行，照印", "the lines above the table, as printed";
        why: May<Localized> = "用途", "收集这些信息做什么用，照文件写", "what the data is for, to the letter";
        privacy: May<FormPrivacy> = "隐私", "怎样保护隐私", "how privacy is kept";
        boxes: May<BoxPlace> = "方框",
            "方框在字的前面（before）还是后面（after），不写就在后面",
            "whether boxes stand before or after their words; after, if left out";
        sections: Must<Vec<FormSection>> = "部分", "表格的各个部分", "the parts of the table";
        notes: May<Vec<Localized>> = "说明", "表格下面的说明，照印", "the notes below the table, as printed";
    }
}

document! {
    /// What the document says of privacy.
    pub struct FormPrivacy ("隐私", "what is said of privacy") {
        text: Must<Localized> = "原文", "文件里的原话，一字不改", "the official text, to the letter";
        paragraph: May<Localized> = "段落", "在文件的哪一段", "the paragraph of the document";
    }
}

document! {
    /// A part of a form.
    pub struct FormSection ("部分", "a part of the form") {
        title: May<Localized> = "标题" | "名称", "左边一栏的名称", "what stands to the left of its rows";
        rows: Must<Vec<Vec<FormCell>>> = "行",
            "从上到下一行一项，每行从左到右一格一项",
            "its rows from top to bottom, each a list of its fields from left to right";
    }
}

document! {
    /// A field of a form: a label with boxes to tick or room to write.
    pub struct FormCell ("格子", "a field of the form") {
        label: May<Localized> = "项目", "项目名称；接着上一行的可以不写", "what is asked; left out where it goes on from the row above";
        options: May<Vec<Localized>> = "选项", "打钩的各项，只写字，不写方框", "what can be ticked, words only, without the boxes";
        format: May<Localized> = "格式", "空格里印好的字，例如 ____年__月__日", "what is printed in the room to write, such as ____年__月__日";
        lines: May<u32> = "行数", "留几行的地方", "how many lines of room there are";
        rows: May<u32> = "占行", "项目名称占几行，不写就是一行", "how many rows the label spans; one if left out";
        heading: May<bool> = "只有名称", "写 true：后面没有填写的地方，只是右边几行的名称", "true where there is nothing to fill in: it only names the rows beside it";
        boxes: May<BoxPlace> = "方框", "这一格的方框在字的前面还是后面", "whether the boxes of this field stand before or after their words";
        office: May<DepartmentId> = "部门", "由哪个部门收集或者核对", "the department that gathers or checks it";
        why: May<Localized> = "用途", "为什么问这一项，照文件用大白话写", "what it is asked for, in plain words from the document";
    }
}

choices! {
    /// Where boxes stand.
    BoxPlace {
        /// Before their words.
        Before = "before", "前面";
        /// After their words.
        After = "after", "后面";
    }
}
