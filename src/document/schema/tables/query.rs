//! What the place above asked about an edition.

use super::{may, must};
use crate::schema::{RefTo, Shape, Table};

/// One query.
pub(super) static QUERY: Shape = Shape::Map(&Table {
    zh: "询问",
    en: "a query",
    fields: &[
        must(
            "about",
            "条款",
            Shape::List(&Shape::Ref(RefTo::Provision)),
            "问到的上级条款，例如 preschool-education/nearby-kindergarten",
            "the baseline provisions it asks about, service/provision",
        ),
        must("asked", "发函", Shape::Date, "发函日期", "the day on which the letter went out"),
        may("due", "答复期限", Shape::Date, "请在哪一天以前答复", "the day by which an answer is asked for"),
        may("answered", "答复", Shape::Date, "书面答复的日期", "the day of the written answer"),
        may(
            "settled",
            "办结",
            Shape::Date,
            "发函单位确认办结的日期",
            "the day on which those who asked closed it",
        ),
        may(
            "by",
            "发函单位",
            Shape::Text,
            "发函的单位，不写个人姓名",
            "the office that asks, no person's name",
        ),
        may("note", "说明", Shape::Text, "说明，只给工作人员看", "a note, for staff only").or(&["备注"]),
    ],
});
