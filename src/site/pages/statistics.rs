//! Figures about persons that may be published, without those that would give somebody away.

use serde::Serialize;

use crate::catalogue::statistic::may_be_published;
use crate::catalogue::{Place, Statistic, StatisticsTable};
use crate::common::{DisplayText, NamedLink};
use crate::kind::{Policy, page_of_some_places};
use crate::suppression::{Figures, Mask, suppressed};
use crate::{Address, Facts, Head, View};

page_of_some_places! {
    /// The figures a place publishes.
    StatisticsPage, "statistics", Policy::PUBLIC
}

/// Tells whether the place has figures that may be published today.
fn has(facts: &Facts<'_>, place: &Place) -> bool {
    place.statistics.iter().any(|figures| may_be_published(figures, facts.analysis.today))
}

/// What the template gets.
#[derive(Serialize)]
struct StatisticsData {
    place: NamedLink,
    statistics: Vec<PublishedFigures>,
}

#[derive(Serialize)]
struct PublishedFigures {
    id: String,
    title: DisplayText,
    as_of: super::Dated,
    publisher: Option<DisplayText>,
    approved_by: Option<DisplayText>,
    approval_number: Option<DisplayText>,
    approved_on: Option<super::Dated>,
    source: Option<DisplayText>,
    tables: Vec<PublishedTable>,
}

#[derive(Serialize)]
struct PublishedTable {
    title: DisplayText,
    columns: Vec<DisplayText>,
    /// None if nothing of the table can be shown.
    rows: Option<Vec<PublishedRow>>,
    /// Whether some number is not shown.
    hides: bool,
}

#[derive(Serialize)]
struct PublishedRow {
    label: DisplayText,
    /// None for a number that is not shown.
    cells: Vec<Option<u32>>,
}

fn data<'a>(view: &View<'a>, place: &'a Place) -> (Head, tera::Value) {
    let today = view.facts().analysis.today;
    let all = place.statistics.iter().filter(|figures| may_be_published(figures, today));
    let data = StatisticsData {
        place: NamedLink { name: view.say(place.short()), href: view.href(&Address::place(&place.path)) },
        statistics: all.map(|figures| published(view, figures)).collect(),
    };
    (view.head(Some(place)).crumb(DisplayText::none(), None), tera::Value::from_serializable(&data))
}

fn published(view: &View<'_>, figures: &Statistic) -> PublishedFigures {
    let masks = suppressed(&figures.tables.iter().map(counted).collect::<Vec<_>>());
    let approval = figures.approval.as_ref();
    PublishedFigures {
        id: figures.id.value.clone(),
        title: view.say(&figures.title),
        as_of: super::about::dated("as-of", figures.as_of.value),
        publisher: view.say_some(figures.publisher.as_ref()),
        approved_by: approval.and_then(|approval| view.say_some(approval.by.as_ref())),
        approval_number: approval.and_then(|approval| Some(view.official(approval.number.as_ref()?))),
        approved_on: approval
            .and_then(|approval| Some(super::about::dated("approved", approval.on.as_ref()?.value))),
        source: view.say_some(figures.source.as_ref()),
        tables: figures.tables.iter().zip(masks).map(|(table, mask)| shown(view, table, mask)).collect(),
    }
}

fn counted(table: &StatisticsTable) -> Figures<'_> {
    Figures {
        rows: table.rows.iter().map(|row| row.label.reference().value.as_str()).collect(),
        columns: table.columns.iter().map(|name| name.reference().value.as_str()).collect(),
        cells: table.rows.iter().map(|row| row.cells.iter().map(|cell| cell.value).collect()).collect(),
    }
}

fn shown(view: &View<'_>, table: &StatisticsTable, mask: Option<Mask>) -> PublishedTable {
    let hides = mask.as_ref().is_some_and(|mask| mask.iter().flatten().any(|hidden| *hidden));
    let row = |(row, hidden): (&crate::schema::tables::StatisticsRow, Vec<bool>)| PublishedRow {
        label: view.say(&row.label),
        cells: row.cells.iter().zip(hidden).map(|(cell, hidden)| (!hidden).then_some(cell.value)).collect(),
    };
    PublishedTable {
        title: view.say(&table.title),
        columns: table.columns.iter().map(|name| view.say(name)).collect(),
        rows: mask.map(|mask| table.rows.iter().zip(mask).map(row).collect()),
        hides,
    }
}
