//! `status --format ics`: what is due, for a calendar (RFC 5545).

use icalendar::{Alarm, Calendar, Component, Event, EventLike, Property};

use super::{Context, Status};
use crate::date::Date;
use crate::history::{Filing, ListStatus, Renewal};
use crate::text;

/// Days before which a calendar reminds of an edition that is due; drafting one takes months.
const REMIND_OF_EDITION: i64 = 90;
/// Days before which it reminds of filing.
const REMIND_OF_FILING: i64 = 3;

pub(super) fn write(status: &Status<'_>, context: &Context<'_>) -> Vec<u8> {
    let mut calendar = Calendar::new();
    let name = text!("儿童服务清单的期限", "Deadlines of lists of care services");
    calendar.append_property(Property::new("PRODID", "-//qingdan//qingdan//ZH")).name(context.say(&name));
    for known in &status.lists {
        let Some(edition) = known.current else { continue };
        let (place, list) = (context.text(known.place.short()), &known.list.id);
        let id = &edition.id;
        if let Renewal::Due(clock) = known.renewal {
            let summary = text!(
                "{place}：应更新发布清单（现行 {id} 版）",
                "{place}: the next edition is due (in force: {id})"
            );
            calendar.push(event(
                known,
                "renewal",
                clock.due,
                context.say(&summary),
                REMIND_OF_EDITION,
                status.today,
            ));
        }
        if let Filing::Due(clock) = known.filing {
            let to = known
                .rule
                .and_then(|rule| rule.filing_to.as_ref())
                .map(|to| context.text(to))
                .unwrap_or_default();
            let summary =
                text!("{place}：{list} {id} 版应备案（{to}）", "{place}: {list} {id} has to be filed ({to})");
            calendar.push(event(
                known,
                "filing",
                clock.due,
                context.say(&summary),
                REMIND_OF_FILING,
                status.today,
            ));
        }
    }
    calendar.done().to_string().into_bytes()
}

fn event(known: &ListStatus<'_>, what: &str, due: Date, summary: &str, remind: i64, today: Date) -> Event {
    let (place, list) = (known.place.path.as_str(), &known.list.id);
    let compact = |date: Date| date.to_string().replace('-', "");
    let mut event = Event::new();
    event
        .uid(&format!("{place}/{list}/{what}@qingdan"))
        .summary(summary)
        .append_property(Property::new("DTSTART", compact(due)).add_parameter("VALUE", "DATE").done())
        .append_property(
            Property::new("DTEND", compact(due.plus_days(1))).add_parameter("VALUE", "DATE").done(),
        )
        .append_property(Property::new("DTSTAMP", format!("{}T000000Z", compact(today))))
        .append_property(Property::new("TRANSP", "TRANSPARENT"))
        .alarm(Alarm::display(summary, chrono::Duration::days(-remind)));
    event.done()
}
