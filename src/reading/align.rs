//! Which words of two clauses stand for each other, in their order: what was copied, and what was put in or left out.

use std::collections::BTreeSet;

use crate::read::Reading;
use crate::token::{Kind, Token};
use crate::wording::Role;

/// Words of two clauses that stand for each other.
#[derive(Debug, Default)]
pub(crate) struct Alignment {
    /// Tokens of the baseline with a counterpart.
    pub baseline: BTreeSet<usize>,
    /// Tokens of the local clause with a counterpart.
    pub local: BTreeSet<usize>,
}

/// How many pairs of tokens are compared at most; longer clauses are not aligned in the middle.
const MOST: usize = 160_000;

/// Tells whether a token has weight: it is aligned, and missed. What is given counts as well: 服务 is not 咨询.
pub(crate) fn has_weight(token: &Token) -> bool {
    !matches!(token.kind, Kind::Mark(_)) && (!token.is_light() || token.has(Role::Kind))
}

/// Aligns the tokens `above` of one reading with the tokens `here` of another: the longest common order.
pub(crate) fn align(baseline: &Reading, above: &[usize], local: &Reading, here: &[usize]) -> Alignment {
    let same = |a: usize, b: usize| is_same(baseline, &baseline.tokens[a], local, &local.tokens[b]);
    let mut aligned = Alignment::default();
    let mut take = |a: usize, b: usize| {
        aligned.baseline.insert(a);
        aligned.local.insert(b);
    };
    let start = above.iter().zip(here).take_while(|(a, b)| same(**a, **b)).count();
    above[..start].iter().zip(&here[..start]).for_each(|(a, b)| take(*a, *b));
    let (above, here) = (&above[start..], &here[start..]);
    let end = above.iter().rev().zip(here.iter().rev()).take_while(|(a, b)| same(**a, **b)).count();
    above.iter().rev().zip(here.iter().rev()).take(end).for_each(|(a, b)| take(*a, *b));
    let (above, here) = (&above[..above.len() - end], &here[..here.len() - end]);
    if above.len() * here.len() > MOST {
        return aligned;
    }
    // best[i][j]: how much of above[i..] and here[j..] can be aligned, in characters.
    let width = here.len() + 1;
    let mut best = vec![0_usize; (above.len() + 1) * width];
    for i in (0..above.len()).rev() {
        for j in (0..here.len()).rev() {
            let skip = best[(i + 1) * width + j].max(best[i * width + j + 1]);
            let both = if same(above[i], here[j]) {
                best[(i + 1) * width + j + 1] + baseline.tokens[above[i]].range.len()
            } else {
                0
            };
            best[i * width + j] = skip.max(both);
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < above.len() && j < here.len() {
        let left = best[i * width + j];
        if left == best[(i + 1) * width + j] {
            i += 1;
        } else if left == best[i * width + j + 1] {
            j += 1;
        } else {
            take(above[i], here[j]);
            (i, j) = (i + 1, j + 1);
        }
    }
    aligned
}

/// Tells whether two tokens are the same word, or words that mean the same.
fn is_same(a: &Reading, one: &Token, b: &Reading, other: &Token) -> bool {
    let known = |group: u16| other.about().any(|own| own == group);
    if one.about().any(known) {
        return true;
    }
    let persons = one.group(Role::Person).zip(other.group(Role::Person));
    persons.is_some_and(|(one, other)| one == other)
        || a.text.chars()[one.range.clone()] == b.text.chars()[other.range.clone()]
}
