//! What people decided where a machine cannot compare, and what was corrected since an edition was issued.

use super::{may, must};
use crate::schema::choices::choices;
use crate::schema::{Choices, RefTo, Shape, Table};

choices! {
    /// What a review can decide.
    Decision {
        /// As good as the baseline.
        Met = "met", "符合";
        /// Better than the baseline.
        Exceeded = "exceeded", "高于";
        /// Lower than the baseline.
        Weaker = "weaker", "低于";
    }
}

/// One review.
pub(super) static REVIEW: Shape = Shape::Map(&Table {
    zh: "认定",
    en: "a review",
    fields: &[
        must(
            "of",
            "条款",
            Shape::Ref(RefTo::Provision),
            "上级条款，例如 preschool-education/nearby-kindergarten",
            "the baseline provision, service/provision",
        ),
        must(
            "verdict",
            "结论",
            Shape::Choice(Decision::CHOICES),
            "met、exceeded 或 weaker",
            "met, exceeded or weaker",
        ),
        must(
            "by",
            "认定单位",
            Shape::Text,
            "作出认定的单位，不写个人姓名",
            "the office that decided, no person's name",
        ),
        must("on", "日期", Shape::Date, "认定日期", "the day of the decision"),
        must("why", "理由", Shape::Localized, "理由", "why"),
        may(
            "texts",
            "原文指纹",
            Shape::Map(&REVIEWED_TEXTS),
            "认定所依据的两段原文的指纹，由 qingdan review 写",
            "digests of the two texts it was made of, written by `qingdan review`",
        ),
    ],
});

/// One correction.
pub(super) static CORRECTION: Shape = Shape::Map(&Table {
    zh: "更正",
    en: "a correction",
    fields: &[
        must("on", "日期", Shape::Date, "更正的日期", "the day of the correction"),
        must("what", "内容", Shape::Localized, "更正了什么", "what was corrected"),
        may("by", "更正单位", Shape::Text, "更正的单位，不写个人姓名", "the office, no person's name"),
    ],
});

static REVIEWED_TEXTS: Table = Table {
    zh: "原文指纹",
    en: "the digests of the texts",
    fields: &[
        must("baseline", "上级", Shape::Text, "上级原文的指纹", "of the baseline's text"),
        must("local", "本地", Shape::Text, "本地原文的指纹", "of the local text"),
    ],
};
