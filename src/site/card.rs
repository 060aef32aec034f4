//! The card at the top of a service: what, who, when, where, what to bring, what it costs, whom to call.
//!
//! Each row has an answer: that of the place, or what the list says, or where to ask.

use serde::Serialize;

use super::View;
use super::ages::{self, AgeOnScale};
use super::common::DisplayText;
use super::contact::{CallLine, DepartmentDesk, lines};
use super::front_desk::{self, FrontDesk};
use super::measure;
use super::sourced::{ToldLine, told_lines};
use crate::catalogue::{Amount, EditionRef, Kind, Provision, Service};

/// The card.
#[derive(Debug, Serialize)]
pub struct Card {
    /// What one gets, as far as it has room.
    gives: Vec<Gift>,
    /// Whether there is more.
    more: bool,
    /// The official standard: how much, and how it is given.
    standard: Option<DisplayText>,
    /// Who pays for it, officially.
    expenditure: Option<DisplayText>,
    who: DisplayText,
    age: Option<AgeOnScale>,
    when: Option<DisplayText>,
    #[serde(rename = "where")]
    place: Option<DisplayText>,
    /// Whom to go to first.
    pub(super) desk: Option<FrontDesk>,
    online: Option<String>,
    bring: Vec<DisplayText>,
    /// What other documents say about papers; no condition of the list.
    papers: Vec<ToldLine>,
    fee: Option<DisplayText>,
    cost: Cost,
    calls: Vec<CallLine>,
}

/// One thing one gets.
#[derive(Debug, Serialize)]
struct Gift {
    n: usize,
    amount: Option<Amount>,
    kind: &'static str,
    plain: DisplayText,
}

/// What the provisions say about money, by their numbers.
#[derive(Debug, Serialize)]
struct Cost {
    free: Vec<usize>,
    waived: Vec<usize>,
    reduced: Vec<usize>,
    charged: Vec<Charge>,
    /// Whether some provision says nothing about it.
    open: bool,
}

#[derive(Debug, Serialize)]
struct Charge {
    n: usize,
    amount: Amount,
}

/// So many things have room on the card.
const ROOM: usize = 3;

/// Returns the card of a service.
pub(super) fn card(
    view: &View<'_>,
    shown: EditionRef<'_>,
    service: &Service,
    desks: &[DepartmentDesk],
) -> Card {
    let (body, apply) = (&service.body, service.apply.as_ref());
    let say = |text: Option<&crate::lang::Localized>| view.say_some(text);
    let place = say(apply.and_then(|apply| apply.place.as_ref()));
    let desk = front_desk::of_service(view, shown, service);
    let own = apply.and_then(|apply| apply.phone.as_ref()).map(|phone| phone.value.as_str());
    Card {
        gives: gifts(view, &body.provisions),
        more: body.provisions.len() > ROOM,
        standard: say(service.standard()),
        expenditure: say(service.expenditure()),
        who: view.say(&body.audience.text),
        age: ages::of_service(view.catalogue(), shown, body),
        when: say(apply.and_then(|apply| apply.time.as_ref())),
        place,
        online: apply.and_then(|apply| apply.online.as_ref()).map(|online| online.value.clone()),
        bring: apply.into_iter().flat_map(|apply| &apply.bring).map(|text| view.say(text)).collect(),
        papers: told_lines(view, &body.papers),
        fee: say(apply.and_then(|apply| apply.fee.as_ref())),
        cost: cost(&body.provisions),
        calls: calls(view, service, own, desks, desk.as_ref()),
        desk,
    }
}

/// Returns the numbers to call: that of the first office before all others.
fn calls(
    view: &View<'_>,
    service: &Service,
    own: Option<&str>,
    desks: &[DepartmentDesk],
    desk: Option<&FrontDesk>,
) -> Vec<CallLine> {
    let first = desk.and_then(|desk| desk.call.clone());
    let others = lines(view, service, own, desks);
    let is_first = |line: &CallLine| first.as_ref().is_some_and(|first| first.number == line.number);
    let others: Vec<CallLine> = others.into_iter().filter(|line| !is_first(line)).collect();
    first.into_iter().chain(others).collect()
}

/// Returns what has room on the card: what has a figure first, and the rest in order.
fn gifts(view: &View<'_>, provisions: &[Provision]) -> Vec<Gift> {
    let gift = |(at, provision): (usize, &Provision)| Gift {
        n: at + 1,
        amount: measure::headline(provision),
        kind: provision.kind.as_str(),
        plain: view.say(&provision.plain),
    };
    let mut gifts: Vec<Gift> = provisions.iter().enumerate().map(gift).collect();
    gifts.sort_by_key(|gift| gift.amount.is_none());
    gifts.truncate(ROOM);
    gifts.sort_by_key(|gift| gift.n);
    gifts
}

fn cost(provisions: &[Provision]) -> Cost {
    let mut cost =
        Cost { free: Vec::new(), waived: Vec::new(), reduced: Vec::new(), charged: Vec::new(), open: false };
    for (at, provision) in provisions.iter().enumerate() {
        let n = at + 1;
        match measure::fee(provision) {
            Some(fee) if fee.name == "free" => cost.free.push(n),
            Some(amount) => cost.charged.push(Charge { n, amount }),
            None if measure::is_given_free(provision) => cost.free.push(n),
            None if measure::is_waived(provision) => cost.waived.push(n),
            None if provision.kind == Kind::FeeExemption => cost.reduced.push(n),
            None => cost.open = true,
        }
    }
    cost
}
