//! What the place above asked about an edition.

use crate::date::Date;
use crate::schema::declare::document;
use crate::schema::field_type::{May, Must, ProvisionRef};
use crate::span::Spanned;

document! {
    /// What the place above asked about provisions of its baseline, and how far that has come.
    pub struct Query ("询问", "a query") {
        about: Must<Vec<ProvisionRef>> = "条款",
            "问到的上级条款，例如 preschool-education/nearby-kindergarten",
            "the baseline provisions it asks about, service/provision";
        asked: Must<Spanned<Date>> = "发函", "发函日期", "the day on which the letter went out";
        due: May<Spanned<Date>> = "答复期限", "请在哪一天以前答复", "the day by which an answer is asked for";
        answered: May<Spanned<Date>> = "答复", "书面答复的日期", "the day of the written answer";
        settled: May<Spanned<Date>> = "办结", "发函单位确认办结的日期", "the day on which those who asked closed it";
        by: May<String> = "发函单位", "发函的单位，不写个人姓名", "the office that asks, no person's name";
        note: May<String> = "说明" | "备注", "说明，只给工作人员看", "a note, for staff only";
    }
}
