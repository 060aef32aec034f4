//! Which edition of a list held on which day, and what is decided but not yet in force.

use serde::Serialize;

use super::about::{self, Dated};
use crate::catalogue::{EditionRef, Standing};
use crate::common::{DisplayText, NamedLink};
use crate::kind::{KindOfPage, Policy, Subject};
use crate::{Address, Facts, Head, View};

/// The days of a list; only where there is more than one edition to choose from.
#[derive(Clone, Copy, Debug)]
pub struct AsOfPage<'a>(EditionRef<'a>);

impl<'a> KindOfPage<'a> for AsOfPage<'a> {
    const NAME: &'static str = "as-of";
    const POLICY: Policy = Policy::PUBLIC;

    fn list(facts: &Facts<'a>) -> Vec<Self> {
        facts.lists().filter(|shown| has(facts, *shown)).map(Self).collect()
    }

    fn address(&self) -> Address {
        Address::in_list(self.0, Self::NAME)
    }

    fn subject(&self) -> Subject<'a> {
        Subject::Edition(self.0)
    }

    fn data(&self, view: &View<'a>) -> (Head, tera::Value) {
        data(view, self.0)
    }
}

/// Tells whether a list has days to choose from.
pub(super) fn has(facts: &Facts<'_>, shown: EditionRef<'_>) -> bool {
    shown.list.standings().len() > 1 || !shown.list.decided_by(facts.analysis.today).is_empty()
}

/// What the template gets.
#[derive(Serialize)]
struct AsOfData {
    title: DisplayText,
    place: NamedLink,
    changes_href: String,
    /// The newest first; those to come stand above.
    stretches: Vec<ShownStretch>,
}

/// Days on which the same edition held.
#[derive(Serialize)]
struct ShownStretch {
    from: Dated,
    until: Option<Dated>,
    edition: String,
    href: String,
    /// `past`, `now`, or `decided` for one that is not yet in force.
    state: &'static str,
    /// When it was decided, if it is not yet in force.
    decided: Option<Dated>,
}

fn data<'a>(view: &View<'a>, shown: EditionRef<'a>) -> (Head, tera::Value) {
    let place = shown.place;
    let today = view.facts().analysis.today;
    let stretch = |standing: &Standing<'_>| {
        let state = if standing.from > today {
            "decided"
        } else if standing.until.is_some_and(|until| until <= today) {
            "past"
        } else {
            "now"
        };
        let decided = standing.edition.decided_on().filter(|_| state == "decided");
        ShownStretch {
            from: about::dated("from", standing.from),
            until: standing.until.map(|day| about::dated("until", day)),
            edition: standing.edition.id.clone(),
            href: view.href(&Address::in_list(shown, &format!("edition/{}", standing.edition.id))),
            state,
            decided: decided.map(|day| about::dated("decided", day)),
        }
    };
    let data = AsOfData {
        title: view.say(&shown.edition.title),
        place: NamedLink { name: view.say(place.short()), href: view.href(&Address::place(&place.path)) },
        changes_href: view.href(&Address::in_list(shown, "changes")),
        stretches: shown.list.standings().iter().rev().map(stretch).collect(),
    };
    let head = view
        .head(Some(place))
        .word("list", view.words(&shown.edition.title))
        .crumb(view.say(&shown.edition.title), None);
    (head, tera::Value::from_serializable(&data))
}
