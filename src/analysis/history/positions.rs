//! Which services changed their place from one edition to another.

use std::collections::BTreeMap;

use crate::catalogue::Service;

/// Which services changed their place among those both editions have.
pub(super) struct Positions(BTreeMap<usize, bool>);

impl Positions {
    /// Looks at services in pairs.
    pub fn of(services: &[(Option<&Service>, Option<&Service>)]) -> Self {
        let both: Vec<(usize, u32, u32)> = services
            .iter()
            .enumerate()
            .filter_map(|(at, (old, new))| Some((at, old.as_ref()?.number.value, new.as_ref()?.number.value)))
            .collect();
        // The service with the most inversions moved; the others only made room.
        let own = over_crossed(&both, &vec![1; both.len()], |a, b| a + b);
        let most = over_crossed(&both, &own, usize::max);
        let moved = both.iter().zip(own.iter().zip(most));
        Self(moved.map(|(one, (own, most))| (one.0, *own > 0 && *own >= most)).collect())
    }

    /// Tells whether the pair at a place changed its own.
    pub fn is_moved(&self, at: usize) -> bool {
        self.0.get(&at).copied().unwrap_or(false)
    }
}

/// Joins for each service what `values` has of those that it crossed: before it in one edition, behind it in the other.
///
/// A tree of sums (Fenwick's) over the new numbers is filled in the order of the old ones, from either end, so that the
/// time grows with `n log n`.
fn over_crossed(
    both: &[(usize, u32, u32)],
    values: &[usize],
    join: impl Fn(usize, usize) -> usize,
) -> Vec<usize> {
    let mut news: Vec<u32> = both.iter().map(|one| one.2).collect();
    news.sort_unstable();
    news.dedup();
    let mut joined = vec![0; both.len()];
    let mut order: Vec<usize> = (0..both.len()).collect();
    order.sort_by_key(|at| both[*at].1);
    for upwards in [true, false] {
        // How many numbers lie beyond that of a service, on the side where those that crossed it are.
        let beyond = |at: &usize| {
            let rank = news.partition_point(|known| *known < both[*at].2);
            if upwards { news.len() - 1 - rank } else { rank }
        };
        let mut tree = vec![0; news.len() + 1];
        for group in order.chunk_by(|a, b| both[*a].1 == both[*b].1) {
            for at in group {
                let mut place = beyond(at);
                while place > 0 {
                    joined[*at] = join(joined[*at], tree[place]);
                    place &= place - 1;
                }
            }
            for at in group {
                let mut place = beyond(at) + 1;
                while place < tree.len() {
                    tree[place] = join(tree[place], values[*at]);
                    place += place & place.wrapping_neg();
                }
            }
        }
        order.reverse();
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_crossed_is_found_as_by_looking_at_all_pairs() {
        let mut state = 7u32;
        let mut dice = |most: u32| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 16) % most
        };
        for size in [0, 1, 2, 5, 40] {
            let both: Vec<(usize, u32, u32)> = (0..size).map(|at| (at, dice(20), dice(20))).collect();
            let values: Vec<usize> = (0..size).map(|at| at * 3 % 7).collect();
            let slowly = |join: fn(usize, usize) -> usize| -> Vec<usize> {
                let one = |a: &(usize, u32, u32)| {
                    let crossed = both
                        .iter()
                        .enumerate()
                        .filter(|(_, b)| (a.1 < b.1 && a.2 > b.2) || (a.1 > b.1 && a.2 < b.2));
                    crossed.fold(0, |joined, (at, _)| join(joined, values[at]))
                };
                both.iter().map(one).collect()
            };
            assert_eq!(over_crossed(&both, &values, |a, b| a + b), slowly(|a, b| a + b));
            assert_eq!(over_crossed(&both, &values, usize::max), slowly(usize::max));
        }
    }
}
