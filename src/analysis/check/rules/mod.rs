//! One file a subject: its codes, and the checks that report them.

use super::Check;
use crate::diagnostic::Code;

/// Declares the files and lists what is in them.
macro_rules! checks {
    ($($file:ident,)*) => {
        $(mod $file;)*

        /// Every check, file by file, in the order in which they run.
        pub const CHECKS: &[&[Check]] = &[$($file::CHECKS,)*];

        const CODES_BY_FILE: &[&[&Code]] = &[$($file::ALL,)*];
    };
}

// What makes a file unusable is found before what rests on it.
checks! {
    unknown_words,
    groups,
    situations,
    dangers,
    front_desk,
    clashing_id,
    definitions,
    quotes,
    broken_date_order,
    unconfirmed_counterpart,
    unlike_field,
    search_words,
    unmeant_text,
    translations,
    lower,
    orders,
    contradictions,
    editions,
    history,
    deadlines,
    duties,
    statistics,
}

/// How many codes there are.
const COUNT: usize = {
    let (mut count, mut file) = (0, 0);
    while file < CODES_BY_FILE.len() {
        count += CODES_BY_FILE[file].len();
        file += 1;
    }
    count
};

/// The codes of all checks, in their order.
pub const CODES: &[&Code] = &{
    let mut codes = [CODES_BY_FILE[0][0]; COUNT];
    let (mut count, mut file) = (0, 0);
    while file < CODES_BY_FILE.len() {
        let mut own = 0;
        while own < CODES_BY_FILE[file].len() {
            // Each goes before those that are greater.
            let mut at = count;
            while at > 0 && is_less(CODES_BY_FILE[file][own].id, codes[at - 1].id) {
                codes[at] = codes[at - 1];
                at -= 1;
            }
            codes[at] = CODES_BY_FILE[file][own];
            count += 1;
            own += 1;
        }
        file += 1;
    }
    codes
};

/// Tells whether one id comes before another; all are equally long.
const fn is_less(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let mut at = 0;
    while at < one.len() && at < other.len() {
        if one[at] != other[at] {
            return one[at] < other[at];
        }
        at += 1;
    }
    one.len() < other.len()
}
