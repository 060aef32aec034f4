//! What is due when, what is most overdue first.

use serde::Serialize;

use super::duties::{DutyRow, coming};
use super::queries::QueryLine;
use super::{NumberedPage, head, leaves, numbered, table_href};
use crate::catalogue::EditionRef;
use crate::common::DisplayText;
use crate::history::{self, Basis, Deadline, Filing, ListStatus, Renewal, Standing, bases, rule_words};
use crate::kind::{KindOfPage, Policy, Subject};
use crate::schema::{KeyLanguage, name_keys};
use crate::{Address, Facts, Head, View};

/// Deadlines, on as many pages as the lists take.
#[derive(Clone, Copy, Debug)]
pub struct DeadlinesPage {
    /// Which of the pages, counted from 0.
    at: usize,
}

impl<'a> KindOfPage<'a> for DeadlinesPage {
    const NAME: &'static str = "staff-deadlines";
    const POLICY: Policy = Policy::STAFF_SECTION;

    fn list(facts: &Facts<'a>) -> Vec<Self> {
        facts.staff.iter().flat_map(|_| (0..pages(facts)).map(|at| Self { at })).collect()
    }

    fn address(&self) -> Address {
        numbered("deadlines", self.at)
    }

    fn subject(&self) -> Subject<'a> {
        Subject::Site
    }

    fn data(&self, view: &View<'a>) -> (Head, tera::Value) {
        data(view, *self)
    }
}

/// How many lists one page shows.
const MOST_LISTS: usize = 150;

/// Returns how many pages the lists take; one if there are none.
fn pages(facts: &Facts<'_>) -> usize {
    let lists = facts.catalogue().places.values().map(|place| place.lists.len()).sum::<usize>();
    lists.div_ceil(MOST_LISTS).max(1)
}

/// What the template gets.
#[derive(Serialize)]
struct DeadlinesData {
    today: String,
    ics_href: String,
    leaves: Vec<NumberedPage>,
    lists: Vec<ListDue>,
    rules: Vec<RuleBasis>,
    /// Queries that are to be settled, by place.
    queries: Vec<AskedQuery>,
    /// The duties that come next.
    duties: Vec<DutyRow>,
    /// The page of all duties, if there are some.
    duties_href: Option<String>,
}

/// A query with the place that was asked.
#[derive(Serialize)]
struct AskedQuery {
    place: DisplayText,
    query: QueryLine,
}

/// A rule that deadlines rest on.
#[derive(Serialize)]
struct RuleBasis {
    words: DisplayText,
    note: Option<DisplayText>,
    at: String,
}

#[derive(Serialize)]
struct ListDue {
    place: DisplayText,
    title: Option<DisplayText>,
    editions: Vec<EditionDue>,
    renewal: DueDay,
    filing: DueDay,
    newer_baseline: Option<String>,
}

#[derive(Serialize)]
struct EditionDue {
    id: String,
    standing: Standing,
    href: Option<String>,
    until: Option<String>,
}

/// Something due: `state` names the string; `date` and `days` fill it; `rule` is the number of the rule it rests on.
#[derive(Default, Serialize)]
struct DueDay {
    state: &'static str,
    date: String,
    days: i32,
    rule: Option<usize>,
    /// What the rule says, where no day is set yet.
    terms: Option<DisplayText>,
}

fn data(view: &View<'_>, page: DeadlinesPage) -> (Head, tera::Value) {
    let mut lists: Vec<&ListStatus<'_>> = view.facts().analysis.status().iter().collect();
    lists.sort_by_key(|known| {
        let renewal = if let Renewal::Due(clock) = known.renewal { clock.days_left } else { i32::MAX };
        let filing = if let Filing::Due(clock) = known.filing { clock.days_left } else { i32::MAX };
        renewal.min(filing)
    });
    let lists: Vec<&ListStatus<'_>> = lists.into_iter().skip(page.at * MOST_LISTS).take(MOST_LISTS).collect();
    let rules = bases(&lists);
    let (duties, duties_href) = if page.at == 0 { coming(view) } else { (Vec::new(), None) };
    let data = DeadlinesData {
        today: view.facts().analysis.today.to_string(),
        ics_href: table_href(view, "deadlines.ics"),
        leaves: leaves(view, pages(view.facts()), page.at, |at| DeadlinesPage { at }),
        lists: lists.iter().map(|known| one(view, known, &rules)).collect(),
        rules: rules.iter().map(|basis| rule_basis(view, basis)).collect(),
        queries: lists.iter().flat_map(|known| asked(view, known)).collect(),
        duties,
        duties_href,
    };
    let title = view.tell(&crate::text!("期限", "Deadlines"));
    (head(view).crumb(title, None), tera::Value::from_serializable(&data))
}

/// Returns the queries about a list that are to be settled.
fn asked(view: &View<'_>, known: &ListStatus<'_>) -> Vec<AskedQuery> {
    let Some(edition) = known.list.standing().last() else { return Vec::new() };
    let issue = EditionRef { place: known.place, list: known.list, edition };
    let open = known.queries.iter().filter(|status| status.is_open());
    let query = |status| AskedQuery {
        place: view.say(known.place.short()),
        query: QueryLine::of(view, status, issue),
    };
    open.map(query).collect()
}

/// Returns a rule in words; its fields are named as its file names them.
fn rule_basis(view: &View<'_>, basis: &Basis<'_>) -> RuleBasis {
    let rule = basis.rule;
    let staff = view.facts().staff;
    let text = staff.map(|staff| staff.sources.file(rule.from.span.file).text.as_str());
    let keys = KeyLanguage::of_text(text.unwrap_or_default());
    RuleBasis {
        words: view.tell(&name_keys(&rule_words(basis), keys)),
        note: view.say_some(rule.note.as_ref()),
        at: view.place_of(rule.from.span),
    }
}

/// Names the rule that something due rests on, and what it says where no day is set yet.
fn based(
    view: &View<'_>,
    due: DueDay,
    known: &ListStatus<'_>,
    deadline: Deadline,
    rules: &[Basis<'_>],
) -> DueDay {
    let Some(rule) = known.basis(deadline) else { return due };
    let number = rules.iter().position(|other| std::ptr::eq(other.rule, rule));
    let words = deadline.words(rule).filter(|_| due.date.is_empty());
    DueDay { rule: number.map(|at| at + 1), terms: words.map(|words| view.tell(&words)), ..due }
}

fn one(view: &View<'_>, known: &ListStatus<'_>, rules: &[Basis<'_>]) -> ListDue {
    let edition = |(edition, standing): &(&crate::catalogue::Edition, Standing)| {
        let shown = crate::catalogue::EditionRef { place: known.place, list: known.list, edition };
        let route = view.route(&Address::in_list(shown, &format!("edition/{}", edition.id)));
        EditionDue {
            id: edition.id.clone(),
            standing: *standing,
            href: view.map.has(&route).then(|| view.link(&route)),
            until: edition.consultation.as_ref().map(|consultation| consultation.to.value.to_string()),
        }
    };
    ListDue {
        place: view.say(known.place.short()),
        title: known.list.editions.last().map(|edition| view.say(&edition.title)),
        editions: known.editions.iter().map(edition).collect(),
        renewal: based(view, renewal(known.renewal), known, Deadline::Renewal, rules),
        filing: based(view, filing(known.filing), known, Deadline::Filing, rules),
        newer_baseline: known.newer_baseline.clone(),
    }
}

fn running(clock: history::Clock) -> DueDay {
    let state = if clock.days_left < 0 { "overdue" } else { "due" };
    DueDay { state, date: clock.due.to_string(), days: clock.days_left.abs(), ..DueDay::default() }
}

fn renewal(renewal: Renewal) -> DueDay {
    match renewal {
        Renewal::Unbound => DueDay { state: "unbound", ..DueDay::default() },
        Renewal::NothingIssued => DueDay { state: "nothing-issued", ..DueDay::default() },
        Renewal::NoDate => DueDay { state: "no-date", ..DueDay::default() },
        Renewal::Due(clock) => running(clock),
    }
}

fn filing(filing: Filing) -> DueDay {
    match filing {
        Filing::Unbound => DueDay { state: "unbound", ..DueDay::default() },
        Filing::NothingIssued => DueDay { state: "nothing-issued", ..DueDay::default() },
        Filing::NoDate => DueDay { state: "no-date", ..DueDay::default() },
        Filing::Due(clock) => running(clock),
        Filing::Filed { on, late, .. } if late > 0 => {
            DueDay { state: "filed-late", date: on.to_string(), days: late, ..DueDay::default() }
        }
        Filing::Filed { on, .. } => DueDay { state: "filed", date: on.to_string(), ..DueDay::default() },
    }
}
