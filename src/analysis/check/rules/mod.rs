//! One file a check.

mod broken_date_order;
mod clashing_id;
mod contradictions;
mod deadlines;
mod editions;
mod history;
mod lower;
mod orders;
mod quotes;
mod search_words;
mod situations;
mod translations;
mod unconfirmed_counterpart;
mod unknown_words;
mod unlike_field;

use super::Check;
use crate::diagnostic::Code;

/// Every check, in the order of their codes, in which they run.
pub const RULES: &[Check] = &[
    unknown_words::AREA,
    unknown_words::DEPARTMENT,
    unknown_words::AUDIENCE,
    unknown_words::CONDITION,
    unknown_words::COVERAGE,
    unknown_words::CHECK,
    situations::UNKNOWN,
    situations::UNASKED,
    unknown_words::FORMER_COVERAGE,
    clashing_id::ID,
    clashing_id::NUMBER,
    quotes::NOT_FOUND,
    quotes::UNCOVERED,
    broken_date_order::RULE,
    unconfirmed_counterpart::RULE,
    unlike_field::PLACE_CODE,
    unlike_field::WEB_ADDRESS,
    unlike_field::LANGUAGE,
    search_words::LANGUAGE,
    search_words::REPEATED,
    translations::MISSING,
    translations::OUTDATED,
    lower::WEAKER,
    lower::MISSING,
    lower::MISQUOTED,
    lower::UNSETTLED,
    lower::REVIEW,
    lower::MEASURE,
    orders::RULE,
    lower::UNBOUND,
    contradictions::FIELD,
    contradictions::WORDS,
    contradictions::FIGURE,
    orders::WORDS,
    editions::WEAKER,
    editions::FORMER_ID,
    editions::BASELINE,
    editions::UNFROZEN,
    editions::RECORD,
    history::ORDINALS,
    history::UNDATED,
    history::FILED_FIRST,
    deadlines::EDITION,
    deadlines::FILING,
    deadlines::DATE,
    deadlines::CONSULTATION,
];

/// The codes of [`RULES`].
pub const CODES: &[&Code] = &{
    let mut codes = [RULES[0].code; RULES.len()];
    let mut at = 0;
    while at < RULES.len() {
        codes[at] = RULES[at].code;
        at += 1;
    }
    codes
};
