//! Services on several rows: clauses in rows of their own, and cells that a page break has cut.

use std::collections::BTreeMap;

use super::reading::{Reading, all, joined, provision};
use crate::diagnostic::Message;
use crate::import::clauses::looks_whole;
use crate::import::columns::{Column, Columns, OF_APPLYING};
use crate::import::grid::{Grid, Within};
use crate::import::note::{shown, warning};
use crate::text;

impl Reading<'_> {
    /// Adds a row to the service above: another clause of it, or the rest of a cell that a page break has cut.
    pub(super) fn more(&mut self, grid: &Grid, at: usize, is_merged: bool, columns: &Columns) {
        let own: BTreeMap<Column, String> = all()
            .filter_map(|column| Some((column, joined(&grid.rows[at], column, columns, Some(at))?)))
            .collect();
        let Some(record) = self.read.records.last_mut() else { return };
        record.rows.push(at);
        if let Some(more) =
            own.get(&Column::Content).filter(|more| record.get(Column::Content) != more.as_str())
        {
            let words = shown(more);
            let content = record.cells.entry(Column::Content).or_default();
            // A cell that is cut goes on in the middle; a clause in a row of its own ends with a mark. Pages cut those of
            // documents, whoever copies them those of lines.
            let is_own = is_merged || matches!(grid.within, Within::Sheet(_)) || looks_whole(content, more);
            let is_cut = !is_own;
            let is_open = content.chars().next_back().is_some_and(is_no_mark);
            content.push_str(if is_open && !is_cut { "；" } else { "" });
            content.push_str(more);
            let help = match is_cut {
                true => text!(
                    "看看接得对不对，缺标点的补上",
                    "see whether they belong together; add a mark if one is missing"
                ),
                false => text!("看看接得对不对", "see whether they belong together"),
            };
            self.notes.push(warning(
                grid.row_at(at),
                text!(
                    "这一行接在上一项的服务内容后面：“{words}”",
                    "this row was added to the content of the service above: “{words}”"
                ),
                help,
            ));
        }
        self.join(&grid.row_at(at), &own);
        let Some(record) = self.read.records.last_mut() else { return };
        for column in [Column::Departments, Column::Lead, Column::Support, Column::Bring, Column::Steps] {
            if let Some(more) = own.get(&column).filter(|more| record.get(column) != more.as_str()) {
                let names = record.cells.entry(column).or_default();
                names.push('\n');
                names.push_str(more);
            }
        }
        record.provisions.extend(provision(&own));
    }

    /// Joins what a further row says under columns of which a service has one text each.
    fn join(&mut self, at: &Message, own: &BTreeMap<Column, String>) {
        let Some(record) = self.read.records.last_mut() else { return };
        let official = [Column::Standard, Column::Expenditure, Column::Remark, Column::Audience, Column::Age];
        let of_applying =
            OF_APPLYING.into_iter().filter(|column| !matches!(column, Column::Bring | Column::Steps));
        for column in official.into_iter().chain(of_applying) {
            if let Some(more) = own.get(&column).filter(|more| !record.get(column).contains(more.as_str())) {
                let (words, heading) = (shown(more), column.heading());
                let text = record.cells.entry(column).or_default();
                let is_open = text.chars().next_back().is_some_and(is_no_mark);
                text.push_str(if is_open { "；" } else { "" });
                text.push_str(more);
                self.notes.push(warning(
                    at.clone(),
                    text!(
                        "这一行的“{heading}”接在上一项的后面：“{words}”",
                        "what this row has under {heading} was added to that of the service above: “{words}”"
                    ),
                    text!("看看接得对不对", "see whether they belong together"),
                ));
            }
        }
    }
}

/// Tells whether a text that ends with `c` goes on: no mark ends it yet.
pub(super) fn is_no_mark(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '）' | ')' | '”' | '》' | '〕' | '%' | '％' | '℃')
}
