//! Which numbers of persons are not shown: those from 1 to 9, and what would let them be worked out.
//!
//! In: tables of numbers, totals among them. Out: for each number whether it is hidden. A table in which nothing helps is
//! hidden whole.
//!
//! Whoever reads a table is taken to know the totals of its rows and columns, printed or not, but those that are small
//! themselves. Then a number is safe if, for all that is shown, it could be any from 1 to 10: so nobody can tell what it is, nor that it is
//! small. How far a number can move is a question of flow (`flow.rs`): to raise it, others in its row and column have
//! to give way, and so on until the totals are right again.

mod flow;
mod totals;

use flow::Network;
pub use totals::{Line, nested};

/// Numbers below this are not shown, but 0.
pub const SMALLEST_SHOWN: u32 = 10;

/// Numbers of persons with what they are called.
#[derive(Clone, Debug)]
pub struct Figures<'a> {
    /// What the rows are called.
    pub rows: Vec<&'a str>,
    /// What the columns are called.
    pub columns: Vec<&'a str>,
    /// The numbers, row by row; every row has one for each column.
    pub cells: Vec<Vec<u32>>,
}

/// For each number whether it is hidden.
pub type Mask = Vec<Vec<bool>>;

/// Returns what is hidden of tables that are published together: a number that is hidden in one is hidden wherever it
/// stands under the same names. `None` for a table of which nothing is shown.
pub fn suppressed(tables: &[Figures<'_>]) -> Vec<Option<Mask>> {
    let mut hidden: Vec<Mask> = tables.iter().map(|table| blank(&table.cells)).collect();
    loop {
        let masks: Vec<Option<Mask>> =
            tables.iter().zip(&hidden).map(|(table, forced)| mask(&table.cells, forced)).collect();
        let next: Vec<Mask> = tables.iter().map(|table| elsewhere(table, tables, &masks)).collect();
        if next.iter().zip(&hidden).all(|(next, known)| count(next) <= count(known)) {
            return masks;
        }
        hidden = next;
    }
}

/// Returns what is hidden of one table in which the numbers of `forced` are hidden anyway. `None` if nothing of it can be
/// shown.
pub fn mask(cells: &[Vec<u32>], forced: &Mask) -> Option<Mask> {
    let mut network = Network::new(cells, forced);
    network.protect().then(|| network.mask(cells))
}

/// Returns a mask that hides nothing.
pub fn blank(cells: &[Vec<u32>]) -> Mask {
    cells.iter().map(|row| vec![false; row.len()]).collect()
}

fn count(mask: &Mask) -> usize {
    mask.iter().flatten().filter(|hidden| **hidden).count()
}

/// Returns which numbers of a table are hidden in some table, itself too.
fn elsewhere(table: &Figures<'_>, tables: &[Figures<'_>], masks: &[Option<Mask>]) -> Mask {
    let mut mask = blank(&table.cells);
    for (other, hidden) in tables.iter().zip(masks) {
        for (row, line) in other.cells.iter().enumerate() {
            for (column, number) in line.iter().enumerate() {
                let is_hidden = hidden.as_ref().is_none_or(|hidden| hidden[row][column]);
                if !is_hidden {
                    continue;
                }
                let same_row = |at: &usize| table.rows[*at] == other.rows[row];
                let same_column = |at: &usize| table.columns[*at] == other.columns[column];
                for at in (0..table.rows.len()).filter(same_row) {
                    for beside in (0..table.columns.len()).filter(same_column) {
                        mask[at][beside] |= table.cells[at][beside] == *number;
                    }
                }
            }
        }
    }
    mask
}
