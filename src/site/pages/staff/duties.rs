//! What has to be done by when: all of it by department, and what falls on one place.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{head, table_href};
use crate::catalogue::{Place, PlacePath};
use crate::common::{DisplayText, NamedLink};
use crate::diagnostic::Message;
use crate::history::{DutyBody, DutyStatus, NextDue};
use crate::kind::{KindOfPage, Policy, Subject};
use crate::text;
use crate::{Address, Facts, Head, View};

/// Duties: all, or those of a place.
#[derive(Clone, Copy, Debug)]
pub struct DutiesPage<'a>(Option<&'a Place>);

impl<'a> KindOfPage<'a> for DutiesPage<'a> {
    const NAME: &'static str = "staff-duties";
    const POLICY: Policy = Policy::STAFF_SECTION;

    /// Lists the page of all duties, and one for each place on which some fall; none where there are no duties.
    fn list(facts: &Facts<'a>) -> Vec<Self> {
        let duties = facts.analysis.duties();
        let places: BTreeMap<&PlacePath, &'a Place> =
            duties.iter().flat_map(|known| &known.on).map(|body| (&body.place.path, body.place)).collect();
        let all = std::iter::once(None).chain(places.into_values().map(Some));
        all.filter(|_| facts.staff.is_some() && !duties.is_empty()).map(Self).collect()
    }

    fn address(&self) -> Address {
        match self.0 {
            None => Address::staff("duties"),
            Some(place) => Address::staff(&format!("duties/{}", place.path)),
        }
    }

    fn subject(&self) -> Subject<'a> {
        self.0.map_or(Subject::Site, |place| Subject::Place(place, None))
    }

    fn title(&self) -> Option<Message> {
        Some(duties_title())
    }

    fn data(&self, view: &View<'a>) -> (Head, tera::Value) {
        data(view, self.0)
    }
}

/// Returns what the calendar of duties is called.
pub(super) fn duties_title() -> Message {
    text!("任务", "Duties")
}

/// What the template gets.
#[derive(Serialize)]
struct DutiesData {
    title: DisplayText,
    /// The place, on the page of one.
    place: Option<NamedLink>,
    today: String,
    ics_href: String,
    sections: Vec<DutySection>,
    /// The pages of single places.
    places: Vec<NamedLink>,
    /// The page of all duties, on that of one place.
    all_href: Option<String>,
}

/// What one department has to do; what falls on no department stands in the last section.
#[derive(Serialize)]
struct DutySection {
    id: String,
    name: Option<DisplayText>,
    duties: Vec<DutyRow>,
    /// Those that do not come again.
    over: Vec<DutyRow>,
}

/// One duty.
#[derive(Serialize)]
pub(super) struct DutyRow {
    what: DisplayText,
    /// Who else has to act, as printed.
    bearers: Vec<DisplayText>,
    /// Where, if there are few places.
    places: Vec<DutyPlace>,
    /// How many places there are.
    count: usize,
    /// Whether it is the departments of the places below all of them that have to act.
    below: bool,
    /// The time in the words of the document.
    when: Option<DisplayText>,
    next: NextDay,
    to: Option<DisplayText>,
    source: DisplayText,
    text: Option<DisplayText>,
    at: String,
}

#[derive(Serialize)]
struct DutyPlace {
    #[serde(flatten)]
    link: NamedLink,
    /// Whether it is the departments of the places below that have to act.
    below: bool,
}

/// When a duty comes next: `state` names the string that `date`, `days` and `each` fill.
#[derive(Serialize)]
struct NextDay {
    state: &'static str,
    date: String,
    days: i32,
    each: Option<&'static str>,
}

fn data<'a>(view: &View<'a>, place: Option<&'a Place>) -> (Head, tera::Value) {
    let known = falling_on(view, place);
    let facts = view.facts();
    let mut places: BTreeMap<&PlacePath, &Place> = BTreeMap::new();
    places.extend(
        facts.analysis.duties().iter().flat_map(|known| &known.on).map(|body| (&body.place.path, body.place)),
    );
    let link = |place: &Place| NamedLink {
        name: view.say(place.short()),
        href: view.href(&Address::staff(&format!("duties/{}", place.path))),
    };
    let all = view.href(&Address::staff("duties"));
    let title = view.tell(&duties_title());
    let data = DutiesData {
        title: title.clone(),
        place: place.map(|place| NamedLink {
            name: view.say(place.short()),
            href: view.href(&Address::place(&place.path)),
        }),
        today: facts.analysis.today.to_string(),
        ics_href: table_href(view, "deadlines.ics"),
        sections: sections(view, place, &known),
        places: if place.is_none() { places.into_values().map(link).collect() } else { Vec::new() },
        all_href: place.map(|_| all.clone()),
    };
    let head = head(view);
    let head = match place {
        None => head.crumb(title, None),
        Some(place) => head
            .crumb(title, Some(view.route(&Address::staff("duties"))))
            .word("name", view.words(place.short()))
            .crumb(view.say(place.short()), None),
    };
    (head, tera::Value::from_serializable(&data))
}

/// Returns the duties that fall on a place, without the others on which they fall; all of them for `None`.
fn falling_on<'a>(view: &View<'a>, place: Option<&Place>) -> Vec<DutyStatus<'a>> {
    let mut known: Vec<DutyStatus<'a>> = view.facts().analysis.duties().to_vec();
    let is_here = |body: &DutyBody<'_>| place.is_none_or(|place| body.place.path == place.path);
    known.iter_mut().for_each(|known| known.on.retain(is_here));
    known.retain(|known| !known.on.is_empty());
    known.sort_by_key(|known| match known.next {
        NextDue::Day(clock) => (0, Some(clock.due)),
        NextDue::Undated(_) | NextDue::Unsaid => (1, None),
        NextDue::Over(on) => (2, Some(on)),
    });
    known
}

fn sections(view: &View<'_>, place: Option<&Place>, known: &[DutyStatus<'_>]) -> Vec<DutySection> {
    let departments = view.catalogue().vocabulary.departments.iter().map(|department| &department.id.value);
    let named = departments.filter_map(|id| {
        let is_theirs = |known: &&DutyStatus<'_>| known.duty.who.iter().any(|own| own.value == *id);
        let own: Vec<&DutyStatus<'_>> = known.iter().filter(is_theirs).collect();
        let body = own.first()?.on.first();
        Some(section(view, id, name(view, place.and(body), id), own.into_iter()))
    });
    let others = known.iter().filter(|known| known.duty.who.is_empty());
    let others = others.clone().next().is_some().then(|| section(view, "others", None, others));
    named.chain(others).collect()
}

/// Returns what a department is called where a duty falls on it; the function where that is in many places.
fn name(view: &View<'_>, body: Option<&DutyBody<'_>>, id: &str) -> Option<DisplayText> {
    let department = view.catalogue().vocabulary.department(id)?;
    let name = match body {
        None => &department.name,
        Some(body) if body.is_below() => department
            .counterparts
            .get(&body.tier)
            .and_then(|body| body.name.as_ref())
            .unwrap_or(&department.name),
        Some(body) => view.catalogue().counterpart(body.place, id)?.name,
    };
    Some(view.say(name))
}

fn section<'k, 'a: 'k>(
    view: &View<'_>,
    id: &str,
    name: Option<DisplayText>,
    known: impl Iterator<Item = &'k DutyStatus<'a>>,
) -> DutySection {
    let (over, duties): (Vec<_>, Vec<_>) = known.partition(|known| matches!(known.next, NextDue::Over(_)));
    let rows = |known: Vec<&DutyStatus<'_>>| known.into_iter().map(|known| row(view, known)).collect();
    DutySection { id: id.to_owned(), name, duties: rows(duties), over: rows(over) }
}

/// Up to so many places are named.
const FEW: usize = 4;

fn row(view: &View<'_>, known: &DutyStatus<'_>) -> DutyRow {
    let duty = known.duty;
    let place = |body: &DutyBody<'_>| DutyPlace {
        link: NamedLink {
            name: view.say(body.place.short()),
            href: view.href(&Address::staff(&format!("duties/{}", body.place.path))),
        },
        below: body.is_below(),
    };
    let few = known.on.iter().filter(|_| known.on.len() <= FEW);
    DutyRow {
        what: view.say(&duty.what),
        bearers: duty.bearer.iter().map(|name| view.say(name)).collect(),
        places: few.map(place).collect(),
        count: known.on.len(),
        below: known.on.iter().all(DutyBody::is_below),
        when: view.say_some(duty.when.text.as_ref()),
        next: next(known.next),
        to: view.say_some(duty.to.as_ref()),
        source: view.say(&duty.source),
        text: duty.text.as_ref().map(|text| view.official(&text.reference().value)),
        at: view.place_of(duty.id.span),
    }
}

fn next(next: NextDue) -> NextDay {
    let day = |state, date: String, days, each| NextDay { state, date, days, each };
    match next {
        NextDue::Day(clock) => day("due", clock.due.to_string(), clock.days_left, None),
        NextDue::Undated(each) => day("undated", String::new(), 0, Some(each.as_str())),
        NextDue::Unsaid => day("unsaid", String::new(), 0, None),
        NextDue::Over(on) => day("over", on.to_string(), 0, None),
    }
}

/// So many duties stand beside the deadlines of lists.
const MOST_NEXT: usize = 12;

/// Returns the duties that come next, and the page of all; none where there are no duties.
pub(super) fn coming(view: &View<'_>) -> (Vec<DutyRow>, Option<String>) {
    let known = falling_on(view, None);
    let dated = known.iter().filter(|known| matches!(known.next, NextDue::Day(_)));
    let route = view.route(&Address::staff("duties"));
    let href = view.map.has(&route).then(|| view.link(&route));
    (dated.take(MOST_NEXT).map(|known| row(view, known)).collect(), href)
}
