//! The numbers of services: those that stand before titles, and those that begin anew in every area.

use std::collections::{BTreeMap, BTreeSet};

use crate::import::columns::Column;
use crate::import::note::{Notes, remark, whole_file};
use crate::import::rows;
use crate::import::table::Record;
use crate::text;

/// Takes the numbers out of titles where every one has one and no column does: `3. 预防接种`.
pub(super) fn in_titles(records: &mut [Record]) {
    let split = |record: &Record| -> Option<(u32, String)> {
        let title = record.get(Column::Title);
        let end = title.find(|c: char| !c.is_ascii_digit() && !('０'..='９').contains(&c))?;
        let (number, rest) = title.split_at(end);
        let rest = rest.strip_prefix(['.', '．', '、', ' '])?.trim_start();
        Some((rows::number(number)?, rest.to_owned())).filter(|(_, rest)| !rest.is_empty())
    };
    let has_none = records.iter().all(|record| record.get(Column::Number).is_empty());
    let all: Option<Vec<(u32, String)>> = records.iter().map(split).collect();
    let Some(all) = all.filter(|_| has_none) else { return };
    for (record, (number, title)) in records.iter_mut().zip(all) {
        record.cells.insert(Column::Number, number.to_string());
        record.cells.insert(Column::Title, title);
    }
}

/// Counts on through the list where the numbers begin anew in every area; no two services of a list have the same.
pub(super) fn count_on(records: &mut [Record], notes: &mut Notes) {
    // What somebody wrote into the workbook to fill in stays.
    if records
        .iter()
        .any(|record| !record.get(Column::Id).is_empty() || !record.get(Column::Adopts).is_empty())
    {
        return;
    }
    let numbers: Option<Vec<u32>> =
        records.iter().map(|record| rows::number(record.get(Column::Number))).collect();
    let Some(numbers) = numbers else { return };
    let mut of_areas: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    for (record, number) in records.iter().zip(&numbers) {
        of_areas.entry(record.get(Column::Area)).or_default().push(*number);
    }
    let rises = |own: &Vec<u32>| own.windows(2).all(|pair| pair[0] < pair[1]);
    let is_repeated = numbers.iter().collect::<BTreeSet<_>>().len() < numbers.len();
    if !is_repeated || of_areas.len() < 2 || !of_areas.values().all(rises) {
        return;
    }
    for (at, record) in records.iter_mut().enumerate() {
        record.cells.insert(Column::Number, (at + 1).to_string());
    }
    let count = records.len();
    notes.push(remark(
        whole_file(),
        text!(
            "序号在每个领域从头编起，已重新连续编成 1 到 {count}",
            "the numbers begin anew in every area; they were counted on, from 1 to {count}"
        ),
        text!(
            "要别的序号就改⟦number⟧，不能重复",
            "change ⟦number⟧ if others are wanted; no two may be alike"
        ),
    ));
}
