//! Which rows and columns of a table are the totals of the others.

/// A row or a column of a table, counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// A row.
    Row(usize),
    /// A column.
    Column(usize),
}

/// Returns the line that is the sum of all others: the last, or else the first. Lines are rows of `lines`.
pub(super) fn total_of(lines: &[Vec<u32>]) -> Option<usize> {
    if lines.len() < 3 {
        return None;
    }
    let is_total = |at: &usize| {
        let others = lines.iter().enumerate().filter(|(other, _)| other != at).map(|(_, line)| line);
        is_sum(&lines[*at], &others.collect::<Vec<_>>())
    };
    [lines.len() - 1, 0].into_iter().find(is_total)
}

/// Returns a row or column that is the sum of some others beside each other, but not of all: a part of a total. Such a
/// table gives away more than its totals do, and has to be published as several.
pub fn nested(cells: &[Vec<u32>]) -> Option<Line> {
    let columns = turned(cells);
    part_of(cells).map(Line::Row).or_else(|| part_of(&columns).map(Line::Column))
}

fn part_of(lines: &[Vec<u32>]) -> Option<usize> {
    let total = total_of(lines);
    let plain: Vec<usize> = (0..lines.len()).filter(|at| Some(*at) != total).collect();
    plain.iter().copied().find(|at| {
        // Without the line itself and the total, those left stand beside each other.
        let others: Vec<usize> = plain.iter().copied().filter(|other| other != at).collect();
        let runs = (0..others.len()).flat_map(|from| (from + 2..=others.len()).map(move |to| (from, to)));
        let is_run = |(from, to): (usize, usize)| {
            let run = &others[from..to];
            let some = lines[*at].iter().any(|number| *number > 0);
            let all_count = run.iter().all(|line| lines[*line].iter().any(|number| *number > 0));
            some && all_count
                && is_sum(&lines[*at], &run.iter().map(|line| &lines[*line]).collect::<Vec<_>>())
        };
        runs.into_iter().any(is_run)
    })
}

fn is_sum(line: &[u32], others: &[&Vec<u32>]) -> bool {
    let sum = |at: usize| others.iter().map(|other| u64::from(other[at])).sum::<u64>();
    line.iter().enumerate().all(|(at, number)| u64::from(*number) == sum(at))
}

/// Returns the columns of a table as rows.
pub(super) fn turned(cells: &[Vec<u32>]) -> Vec<Vec<u32>> {
    let width = cells.first().map_or(0, Vec::len);
    (0..width).map(|column| cells.iter().map(|row| row[column]).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_are_found_by_their_sums() {
        let table = vec![vec![3, 4, 7], vec![10, 20, 30], vec![13, 24, 37]];
        assert_eq!(total_of(&table), Some(2));
        assert_eq!(total_of(&turned(&table)), Some(2));
        assert_eq!(total_of(&[vec![13, 24], vec![3, 4], vec![10, 20]]), Some(0));
        assert_eq!(total_of(&[vec![3, 4], vec![10, 20], vec![13, 25]]), None);
        assert_eq!(total_of(&[vec![3, 4], vec![3, 4]]), None);
        assert_eq!(nested(&table), None);
    }

    #[test]
    fn a_part_of_a_total_is_found() {
        // All, boys, girls, boarders.
        let table = vec![vec![30, 18, 12, 9], vec![50, 24, 26, 11]];
        assert_eq!(nested(&table), Some(Line::Column(0)));
        let table = vec![vec![18], vec![12], vec![30], vec![7], vec![37]];
        assert_eq!(nested(&table), Some(Line::Row(2)));
        assert_eq!(nested(&[vec![3, 9], vec![7, 11], vec![20, 30]]), None);
    }
}
