//! How far hidden numbers can move while everything that is shown stays as it is.
//!
//! The numbers of a table are a flow that goes round: each total of a row flows into its row, from there its numbers into
//! the columns, from there the totals of the columns, and what they make together back to where the rows begin. What
//! comes into a row or column leaves it: that is all the table says. So a hidden number can be higher by as much as can
//! flow back over other hidden ones, and lower by as much as can flow beside it.

use std::collections::VecDeque;

use super::totals::{total_of, turned};
use super::{Mask, SMALLEST_SHOWN};

/// More than anything flows; what is raised has no bound.
const UNBOUND: u32 = u32::MAX;

/// One number: what flows from one place to another.
#[derive(Clone, Debug)]
struct Edge {
    from: usize,
    to: usize,
    value: u32,
    hidden: bool,
    /// Whether it is a total.
    total: bool,
    /// Where it stands in the table; `None` for a total that is not printed.
    at: Option<(usize, usize)>,
}

/// A table as a flow.
pub(super) struct Network {
    edges: Vec<Edge>,
    nodes: usize,
}

/// The place where the totals of the rows come from.
const ROWS: usize = 0;
/// The place where the totals of the columns go to.
const COLUMNS: usize = 1;

impl Network {
    /// Makes the flow of a table. Hidden are the small numbers, and those of `forced`.
    pub fn new(cells: &[Vec<u32>], forced: &Mask) -> Self {
        let (total_row, total_column) = (total_of(cells), total_of(&turned(cells)));
        let width = cells.first().map_or(0, Vec::len);
        let rows: Vec<usize> = (0..cells.len()).filter(|row| Some(*row) != total_row).collect();
        let columns: Vec<usize> = (0..width).filter(|column| Some(*column) != total_column).collect();
        // A single column has no totals of rows but itself: all rows are one place, and so with a single row.
        let row_node = |at: usize| if columns.len() == 1 { ROWS } else { 2 + at };
        let column_node = |at: usize| if rows.len() == 1 { COLUMNS } else { 2 + rows.len() + at };
        let sum = |numbers: &mut dyn Iterator<Item = u32>| numbers.fold(0_u32, u32::saturating_add);
        let mut edges = Vec::new();
        let mut add = |(from, to): (usize, usize), value: u32, total: bool, at: Option<(usize, usize)>| {
            let is_forced = at.is_some_and(|(row, column)| forced[row][column]);
            let hidden = is_forced || (1..SMALLEST_SHOWN).contains(&value);
            if from != to {
                edges.push(Edge { from, to, value, hidden, total, at });
            }
        };
        for (at, row) in rows.iter().enumerate() {
            for (beside, column) in columns.iter().enumerate() {
                let way = (row_node(at), column_node(beside));
                add(way, cells[*row][*column], false, Some((*row, *column)));
            }
            let total = sum(&mut columns.iter().map(|column| cells[*row][*column]));
            add((ROWS, row_node(at)), total, true, total_column.map(|column| (*row, column)));
        }
        for (beside, column) in columns.iter().enumerate() {
            let total = sum(&mut rows.iter().map(|row| cells[*row][*column]));
            add((column_node(beside), COLUMNS), total, true, total_row.map(|row| (row, *column)));
        }
        // Of a single number there is no total but itself.
        if rows.len() > 1 || columns.len() > 1 {
            let all = sum(&mut rows.iter().flat_map(|row| columns.iter().map(|column| cells[*row][*column])));
            add((COLUMNS, ROWS), all, true, total_row.zip(total_column));
        }
        Self { edges, nodes: 2 + rows.len() + columns.len() }
    }

    /// Hides what has to be hidden besides. Returns whether every small number is safe then.
    ///
    /// Totals are known from elsewhere more often than not: they are hidden for the sake of small totals only, and these
    /// come first.
    pub fn protect(&mut self) -> bool {
        let is_small = |edge: &Edge| edge.at.is_some() && (1..SMALLEST_SHOWN).contains(&edge.value);
        let mut small: Vec<usize> = (0..self.edges.len()).filter(|at| is_small(&self.edges[*at])).collect();
        small.sort_by_key(|at| !self.edges[*at].total);
        small.into_iter().all(|at| {
            // It could be 10, and it could be 1.
            let value = self.edges[at].value;
            self.let_move(at, SMALLEST_SHOWN - value, true) && self.let_move(at, value - 1, false)
        })
    }

    /// Returns for each number of the table whether it is hidden.
    pub fn mask(&self, cells: &[Vec<u32>]) -> Mask {
        let mut mask = super::blank(cells);
        for (row, column) in self.edges.iter().filter(|edge| edge.hidden).filter_map(|edge| edge.at) {
            mask[row][column] = true;
        }
        mask
    }

    /// Hides numbers until the one at `at` could be higher, or lower, by `much`. Returns whether that can be done.
    fn let_move(&mut self, at: usize, much: u32, up: bool) -> bool {
        let Edge { from, to, .. } = self.edges[at];
        let (start, end) = if up { (to, from) } else { (from, to) };
        while self.flow(at, start, end, much) < much {
            let path = self.cheapest(at, start, end, much).or_else(|| self.cheapest(at, start, end, 1));
            let fresh: Vec<usize> =
                path.into_iter().flatten().filter(|edge| !self.edges[*edge].hidden).collect();
            if fresh.is_empty() {
                return false;
            }
            fresh.into_iter().for_each(|edge| self.edges[edge].hidden = true);
        }
        true
    }

    /// Returns how much can flow from `start` to `end` over hidden numbers other than the one at `except`, but no more than
    /// `most`.
    fn flow(&self, except: usize, start: usize, end: usize, most: u32) -> u32 {
        let mut changed: Vec<i64> = vec![0; self.edges.len()];
        let mut flown = 0;
        while flown < most {
            let room = |edge: usize, forward: bool| {
                let Edge { value, hidden, .. } = self.edges[edge];
                match (hidden && edge != except, forward) {
                    (false, _) => 0,
                    (true, true) => UNBOUND,
                    (true, false) => u32::try_from(i64::from(value) + changed[edge]).unwrap_or(0),
                }
            };
            let Some(path) = self.path(start, end, &room) else { break };
            let least = path.iter().map(|(edge, forward)| room(*edge, *forward)).min().unwrap_or(0);
            let step = least.min(most - flown);
            for (edge, forward) in path {
                changed[edge] += if forward { i64::from(step) } else { -i64::from(step) };
            }
            flown += step;
        }
        flown
    }

    /// Returns the shortest way from `start` to `end` over numbers with room to move, each with its direction.
    fn path(
        &self,
        start: usize,
        end: usize,
        room: &dyn Fn(usize, bool) -> u32,
    ) -> Option<Vec<(usize, bool)>> {
        let mut came: Vec<Option<(usize, bool, usize)>> = vec![None; self.nodes];
        let mut waiting = VecDeque::from([start]);
        while let Some(node) = waiting.pop_front() {
            if node == end {
                break;
            }
            for (at, edge) in self.edges.iter().enumerate() {
                for (here, there, forward) in [(edge.from, edge.to, true), (edge.to, edge.from, false)] {
                    let is_new = there != start && came[there].is_none();
                    if here == node && is_new && room(at, forward) > 0 {
                        came[there] = Some((at, forward, node));
                        waiting.push_back(there);
                    }
                }
            }
        }
        let (mut way, mut node) = (Vec::new(), end);
        while node != start {
            let (edge, forward, before) = came[node]?;
            way.push((edge, forward));
            node = before;
        }
        Some(way)
    }

    /// Returns the numbers on the way from `start` to `end` that costs the fewest persons to hide, where each can move by
    /// `much`. Nothing is hidden that is 0 or not printed, and a total only for another.
    fn cheapest(&self, except: usize, start: usize, end: usize, much: u32) -> Option<Vec<usize>> {
        let mut best: Vec<Option<(u64, usize, usize)>> = vec![None; self.nodes];
        let cost_to = |best: &[Option<(u64, usize, usize)>], node: usize| match best[node] {
            _ if node == start => Some(0),
            known => known.map(|(cost, ..)| cost),
        };
        let mut settled = false;
        while !settled {
            settled = true;
            for (at, edge) in self.edges.iter().enumerate() {
                let is_kind = self.edges[except].total || !edge.total;
                let may = edge.hidden || (edge.value > 0 && edge.at.is_some() && is_kind);
                if at == except || !may {
                    continue;
                }
                let price = if edge.hidden { 0 } else { u64::from(edge.value) };
                for (here, there, room) in [(edge.from, edge.to, UNBOUND), (edge.to, edge.from, edge.value)] {
                    let Some(cost) = cost_to(&best, here).filter(|_| room >= much && there != start) else {
                        continue;
                    };
                    if cost_to(&best, there).is_none_or(|known| cost + price < known) {
                        best[there] = Some((cost + price, at, here));
                        settled = false;
                    }
                }
            }
        }
        let (mut way, mut node) = (Vec::new(), end);
        while node != start {
            let (_, edge, before) = best[node]?;
            way.push(edge);
            node = before;
        }
        Some(way)
    }
}
