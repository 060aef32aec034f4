//! What `status` says of duties, in each of its forms.

use comfy_table::{Table, presets};
use icalendar::{Calendar, Component, Event, Property};
use serde::Serialize;

use super::{At, Context, Status};
use crate::catalogue::{Catalogue, HowOften, Tier};
use crate::date::Date;
use crate::diagnostic::Message;
use crate::history::{DutyBody, DutyStatus, NextDue};
use crate::text;

/// Up to so many places are named one by one.
const FEW: usize = 4;

/// A duty of one place.
#[derive(Serialize)]
pub(super) struct DutyJson<'a> {
    place: &'a str,
    /// Whose departments: those of the place, or of the places of this tier below it.
    tier: Tier,
    set_by: &'a str,
    id: &'a str,
    what: Message,
    who: Vec<&'a str>,
    names: Vec<Message>,
    bearer: Vec<Message>,
    to: Option<Message>,
    when: TimeJson,
    from: Option<Date>,
    until: Option<Date>,
    group: Vec<&'a str>,
    /// `due`, `undated`, `unsaid` or `over`.
    state: &'static str,
    due: Option<Date>,
    days_left: Option<i32>,
    source: Message,
    at: At,
}

#[derive(Serialize)]
struct TimeJson {
    text: Option<Message>,
    by: Option<String>,
    months: Vec<u32>,
    each: Option<HowOften>,
    once: Option<Date>,
}

/// Returns every duty of every place on which it falls.
pub(super) fn json<'a>(status: &'a Status<'_>, context: &Context<'_>) -> Vec<DutyJson<'a>> {
    let of = |known: &'a DutyStatus<'_>| known.on.iter().map(move |body| one(known, body, status, context));
    status.duties.iter().flat_map(of).collect()
}

fn one<'a>(
    known: &'a DutyStatus<'_>,
    body: &'a DutyBody<'_>,
    status: &Status<'_>,
    context: &Context<'_>,
) -> DutyJson<'a> {
    let spoken = crate::compare::spoken;
    let DutyStatus { duty, set_by, next, .. } = known;
    let time = &duty.when;
    let clock = if let NextDue::Day(clock) = next { Some(*clock) } else { None };
    DutyJson {
        place: body.place.path.as_str(),
        tier: body.tier,
        set_by: set_by.path.as_str(),
        id: &duty.id.value,
        what: spoken(&duty.what),
        who: duty.who.iter().map(|id| id.value.as_str()).collect(),
        names: duty.who.iter().filter_map(|id| department(status.catalogue, body, &id.value)).collect(),
        bearer: duty.bearer.iter().map(spoken).collect(),
        to: duty.to.as_ref().map(spoken),
        when: TimeJson {
            text: time.text.as_ref().map(spoken),
            by: time.by.as_ref().map(|by| by.value.to_string()),
            months: time.months.iter().map(|month| month.value).collect(),
            each: time.each.as_ref().map(|each| each.value),
            once: time.once.as_ref().map(|once| once.value),
        },
        from: duty.from.as_ref().map(|from| from.value),
        until: duty.until.as_ref().map(|until| until.value),
        group: duty.group.iter().map(|id| id.value.as_str()).collect(),
        state: match next {
            NextDue::Day(_) => "due",
            NextDue::Undated(_) => "undated",
            NextDue::Unsaid => "unsaid",
            NextDue::Over(_) => "over",
        },
        due: clock.map(|clock| clock.due),
        days_left: clock.map(|clock| clock.days_left),
        source: spoken(&duty.source),
        at: context.at(duty.id.span),
    }
}

/// Returns the name of the department `id` where a duty falls on it.
fn department(catalogue: &Catalogue, body: &DutyBody<'_>, id: &str) -> Option<Message> {
    let usual = || catalogue.vocabulary.department(id)?.counterparts.get(&body.tier)?.name.as_ref();
    let name = if body.is_below() { usual() } else { None };
    name.or_else(|| Some(catalogue.counterpart(body.place, id)?.name)).map(crate::compare::spoken)
}

/// Writes the duties that come again as a table, by day; those without a day behind. Empty if there are none.
pub(super) fn table(status: &Status<'_>, context: &Context<'_>) -> String {
    let mut coming: Vec<&DutyStatus<'_>> =
        status.duties.iter().filter(|known| !matches!(known.next, NextDue::Over(_))).collect();
    if coming.is_empty() {
        return String::new();
    }
    coming.sort_by_key(|known| if let NextDue::Day(clock) = known.next { Some(clock.due) } else { None });
    coming.sort_by_key(|known| !matches!(known.next, NextDue::Day(_)));
    let mut table = Table::new();
    table.load_style(presets::UTF8_BORDERS_ONLY);
    let heads = [
        text!("最近一次", "next"),
        text!("任务", "duty"),
        text!("谁做", "who"),
        text!("地区", "place"),
        text!("期限", "when"),
        text!("报给", "to"),
        text!("依据", "source"),
    ];
    table.set_header(heads.iter().map(|head| context.say(head).to_owned()));
    for known in coming {
        let duty = known.duty;
        table.add_row([
            context.say(&next_words(known.next)).to_owned(),
            context.text(&duty.what).to_owned(),
            who(status.catalogue, known, context),
            places(known, context),
            time(known, context),
            duty.to.as_ref().map(|to| context.text(to)).unwrap_or_default().to_owned(),
            format!("{} ({})", context.text(&duty.source), context.place(duty.id.span)),
        ]);
    }
    format!("{}\n{table}\n", context.say(&text!("任务：", "duties:")))
}

fn next_words(next: NextDue) -> Message {
    match next {
        NextDue::Day(clock) => super::status_table::clock_words(clock),
        NextDue::Undated(_) | NextDue::Unsaid => text!("没有定日子", "no day is set"),
        NextDue::Over(on) => text!("{on} 已过", "over since {on}"),
    }
}

/// Returns who has to do it: the departments as they are called where it falls on them, and others as printed.
fn who(catalogue: &Catalogue, known: &DutyStatus<'_>, context: &Context<'_>) -> String {
    let mut names: Vec<String> = Vec::new();
    for body in &known.on {
        let own = known.duty.who.iter().filter_map(|id| department(catalogue, body, &id.value));
        for name in own.map(|name| context.say(&name).to_owned()) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    if names.len() > FEW {
        // As many names as places: the function says it shorter.
        let functions = known.duty.who.iter().filter_map(|id| catalogue.vocabulary.department(&id.value));
        names = functions.map(|known| context.text(&known.name).to_owned()).collect();
    }
    names.extend(known.duty.bearer.iter().map(|name| context.text(name).to_owned()));
    names.join(context.say(&text!("、", ", ")))
}

/// Returns where it falls on somebody: names, or how many places there are.
fn places(known: &DutyStatus<'_>, context: &Context<'_>) -> String {
    let count = known.on.len();
    if count > FEW {
        let set_by = context.text(known.set_by.short());
        let words = match known.on.iter().all(DutyBody::is_below) {
            true => text!("{set_by} {count} 个地区（下级）", "{set_by}: places below {count} places"),
            false => text!("{set_by} {count} 个地区", "{set_by}: {count} places"),
        };
        return context.say(&words).to_owned();
    }
    let name = |body: &DutyBody<'_>| {
        let name = context.text(body.place.short());
        if body.is_below() {
            context.say(&text!("{name}（下级）", "{name} (places below)")).to_owned()
        } else {
            name.to_owned()
        }
    };
    known.on.iter().map(name).collect::<Vec<_>>().join(context.say(&text!("、", ", ")))
}

/// Returns the time in the words of the document; without them, in those of its fields.
fn time(known: &DutyStatus<'_>, context: &Context<'_>) -> String {
    let time = &known.duty.when;
    if let Some(words) = &time.text {
        return context.text(words).to_owned();
    }
    let months = time.months.iter().map(|month| month.value.to_string()).collect::<Vec<_>>().join("、");
    let months_en = time.months.iter().map(|month| month.value.to_string()).collect::<Vec<_>>().join(", ");
    let words = match (&time.by, &time.each, &time.once) {
        (Some(by), ..) => {
            let by = by.value;
            text!("每年 {by} 前", "by {by} of each year")
        }
        (_, Some(each), _) => each.value.words(),
        (.., Some(once)) => {
            let once = once.value;
            text!("{once} 前", "by {once}")
        }
        _ => text!("每年 {months} 月", "each year in month {months_en}"),
    };
    context.say(&words).to_owned()
}

/// Days before which a calendar reminds of a duty.
const REMIND: i64 = 14;

/// Adds the duties that have a day: those of every year as events that repeat.
pub(super) fn calendar(calendar: &mut Calendar, status: &Status<'_>, context: &Context<'_>) {
    for known in &status.duties {
        if let NextDue::Day(clock) = known.next {
            calendar.push(event(known, clock.due, status, context));
        }
    }
}

fn event(known: &DutyStatus<'_>, due: Date, status: &Status<'_>, context: &Context<'_>) -> Event {
    let duty = known.duty;
    let (what, places) = (context.text(&duty.what), places(known, context));
    let summary = text!("{places}：{what}", "{places}: {what}");
    let who = who(status.catalogue, known, context);
    let to = duty.to.as_ref().map(|to| context.text(to));
    let to = to.map_or(text!("", ""), |to| text!("；报给：{to}", "; to: {to}"));
    let (to_zh, to_en) = (to.zh, to.en);
    let (when, source, at) = (time(known, context), context.text(&duty.source), context.place(duty.id.span));
    let description = text!(
        "{who}；期限：{when}{to_zh}。依据：{source}（{at}）",
        "{who}; when: {when}{to_en}. Source: {source} ({at})"
    );
    let uid = format!("{}/duties/{}@qingdan", known.set_by.path, duty.id.value);
    let (summary, description) = (context.say(&summary), context.say(&description));
    let mut event = super::status_ics::dated(&uid, due, status.today, summary, REMIND);
    event.description(description);
    if let Some(rule) = rule(known) {
        event.append_property(Property::new("RRULE", rule));
    }
    event.done()
}

/// Returns how a duty repeats, in the words of RFC 5545. `None` if it is done once.
fn rule(known: &DutyStatus<'_>) -> Option<String> {
    let time = &known.duty.when;
    let until = known.duty.until.as_ref();
    let until = until.map(|until| format!(";UNTIL={}", until.value.to_string().replace('-', "")));
    let days = match &time.by {
        // The last day of February is another from year to year.
        Some(by) if (by.value.month, by.value.day) == (2, 29) => "BYMONTH=2;BYMONTHDAY=-1".to_owned(),
        Some(by) => format!("BYMONTH={};BYMONTHDAY={}", by.value.month, by.value.day),
        None if time.months.is_empty() => return None,
        None => {
            let months: Vec<String> = time.months.iter().map(|month| month.value.to_string()).collect();
            format!("BYMONTH={};BYMONTHDAY=-1", months.join(","))
        }
    };
    Some(format!("FREQ=YEARLY{};{days}", until.unwrap_or_default()))
}
