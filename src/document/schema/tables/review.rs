//! What people decided where a machine cannot compare, and what was corrected since an edition was issued.

use crate::date::Date;
use crate::lang::Localized;
use crate::schema::choices::choices;
use crate::schema::declare::document;
use crate::schema::field_type::{May, Must, ProvisionRef};
use crate::span::Spanned;

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

document! {
    /// What people decided of one baseline provision, because a machine cannot compare it.
    pub struct Review ("认定", "a review") {
        of: Must<ProvisionRef> = "条款",
            "上级条款，例如 preschool-education/nearby-kindergarten", "the baseline provision, service/provision";
        verdict: Must<Decision> = "结论", "met、exceeded 或 weaker", "met, exceeded or weaker";
        by: Must<String> = "认定单位", "作出认定的单位，不写个人姓名", "the office that decided, no person's name";
        on: Must<Spanned<Date>> = "日期", "认定日期", "the day of the decision";
        why: Must<Localized> = "理由", "理由", "why";
        texts: May<ReviewedTexts> = "原文指纹",
            "认定所依据的两段原文的指纹，由 qingdan review 写",
            "digests of the two texts it was made of, written by `qingdan review`";
    }
}

document! {
    /// Digests of the texts that a review was made of.
    pub struct ReviewedTexts ("原文指纹", "the digests of the texts") {
        baseline: Must<Spanned<String>> = "上级", "上级原文的指纹", "of the baseline's text";
        local: Must<Spanned<String>> = "本地", "本地原文的指纹", "of the local text";
    }
}

document! {
    /// A dated change to what may change after issue.
    pub struct Correction ("更正", "a correction") {
        on: Must<Spanned<Date>> = "日期", "更正的日期", "the day of the correction";
        what: Must<Localized> = "内容", "更正了什么", "what was corrected";
        by: May<String> = "更正单位", "更正的单位，不写个人姓名", "the office, no person's name";
    }
}
