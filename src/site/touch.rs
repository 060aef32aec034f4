//! Who comes to the door how often, in the words of the theme.

use serde::Serialize;

use crate::View;
use crate::catalogue::{GradeVisit, Grading, Touch};
use crate::common::DisplayText;
use qingdan_reading::frequency::Interval;

/// One way somebody keeps in touch, as a template gets it: the string `<how>-every` round `every-<often>`, or
/// `<how>-<often>` where no number says how often.
#[derive(Serialize)]
pub struct TouchWords {
    /// `visit` or `contact`.
    how: &'static str,
    /// `month`, `months`, `week`, `weeks`, `day`, `days`, or, where no number says it, `at-once`, `oftener` or `plain`.
    often: &'static str,
    n: u32,
    /// Whether a number says how often.
    counted: bool,
    /// Whether it is the least.
    least: bool,
    who: Option<DisplayText>,
    /// The official words.
    text: Option<OfficialWords>,
}

/// Words of a document: as printed, and in the language of the page where that is another.
#[derive(Serialize)]
pub struct OfficialWords {
    official: DisplayText,
    translation: Option<DisplayText>,
}

impl OfficialWords {
    /// Returns a text as it is printed, with its translation.
    pub(super) fn of(view: &View<'_>, text: &crate::lang::Localized) -> Self {
        let reference = &view.catalogue().site.languages.reference().code;
        let own = (view.page.lang.code != *reference).then(|| view.say(text));
        Self {
            official: view.official(&text.reference().value),
            translation: own.filter(|own| own.lang.is_none()),
        }
    }
}

/// Returns a way somebody keeps in touch, for a page.
pub(super) fn words(view: &View<'_>, visit: &GradeVisit) -> TouchWords {
    let (often, n) = match visit.interval {
        Some(Interval::Months(1)) => ("month", 1),
        Some(Interval::Months(n)) => ("months", n),
        Some(Interval::Weeks(1)) => ("week", 1),
        Some(Interval::Weeks(n)) => ("weeks", n),
        Some(Interval::Days(1)) => ("day", 1),
        Some(Interval::Days(n)) => ("days", n),
        Some(Interval::AtOnce) => ("at-once", 0),
        None if visit.at_least => ("oftener", 0),
        None => ("plain", 0),
    };
    TouchWords {
        how: visit.how.as_str(),
        often,
        n,
        counted: n > 0,
        least: visit.at_least,
        who: view.say_some(visit.who.as_ref()),
        text: visit.text.as_ref().map(|text| OfficialWords::of(view, text)),
    }
}

/// Returns the names of those who come by a table, as it prints them, each once.
pub(super) fn visitors(grading: &Grading) -> Vec<&str> {
    let visits = grading.levels.iter().flat_map(|level| &level.visits);
    let mut names: Vec<&str> = Vec::new();
    for who in visits.filter(|visit| visit.how == Touch::Visit).filter_map(|visit| visit.who.as_ref()) {
        // One field may name several.
        let parts = who.reference().value.split(['、', '，', ',', '；', ';']).map(str::trim);
        for name in parts.filter(|name| !name.is_empty()) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    names
}
