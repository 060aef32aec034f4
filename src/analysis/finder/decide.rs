//! The decision for each provision.

use super::fact::Truth;
use super::need::{chosen_age, is_grown};
use super::table::Row;
use super::{Chosen, Table};

/// Whether somebody can get a provision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// A need is not fulfilled.
    No,
    /// Something is missing or to be confirmed.
    Perhaps,
    /// Every need is fulfilled.
    Yes,
}

/// Why it is not a plain yes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Not born yet.
    Birth,
    /// Grown, and the provision is for those who are not.
    Grown,
    /// This need, by number.
    Need(usize),
    /// The upper bound of this age was just reached, and no list says whether it is included.
    Edge(usize),
    /// This age begins within a year.
    Soon(usize),
    /// Two answers cannot both be so: the age and the school.
    Contradiction,
}

/// What is decided of one provision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Whether it can be had.
    pub outcome: Outcome,
    /// The need that is not fulfilled, or the first that is open.
    pub reason: Option<Reason>,
    /// How many more are open.
    pub more: usize,
}

impl Table<'_> {
    /// Decides every provision, in order of [`Table::rows`].
    pub fn decide(&self, chosen: &Chosen) -> Vec<Decision> {
        if self.is_contradicted(chosen) {
            let open = Decision { outcome: Outcome::Perhaps, reason: Some(Reason::Contradiction), more: 0 };
            return vec![open; self.rows().len()];
        }
        let facts: Vec<Truth> = self.facts.iter().map(|fact| fact.truth(chosen)).collect();
        let age = chosen_age(self.answers(), chosen);
        let needs: Vec<Truth> = self.needs().iter().map(|need| need.test.truth(&facts, age)).collect();
        let grown = is_grown(self.answers(), chosen);
        self.rows().iter().map(|row| self.decide_row(row, &needs, age, grown)).collect()
    }

    /// Tells whether the chosen age and another answer cannot both be so: one year old, and at senior secondary
    /// school. Then nothing is decided.
    pub fn is_contradicted(&self, chosen: &Chosen) -> bool {
        let is_age = |at: usize| self.answers()[at].1.time.is_some();
        self.facts.iter().any(|fact| fact.is_contradicted(chosen, &is_age))
    }

    fn decide_row(
        &self,
        row: &Row<'_>,
        needs: &[Truth],
        age: Option<(i32, i32)>,
        is_grown: bool,
    ) -> Decision {
        let asked = row.asked.filter(|need| needs[*need] == Truth::Open);
        if let Some(need) = asked {
            return Decision { outcome: Outcome::Perhaps, reason: Some(Reason::Need(need)), more: 0 };
        }
        if let Some(need) = row.needs.iter().find(|need| needs[**need] == Truth::False) {
            return Decision { outcome: Outcome::No, reason: Some(Reason::Need(*need)), more: 0 };
        }
        let birth = age.filter(|(start, _)| *start < 0).map(|_| Reason::Birth);
        let grown = (is_grown && !row.grown).then_some(Reason::Grown);
        let open = row.needs.iter().filter(|need| needs[**need] == Truth::Open).map(|need| {
            match &self.needs()[*need].test {
                test if test.is_edge(age) => Reason::Edge(*need),
                test if test.is_soon(age) => Reason::Soon(*need),
                _ => Reason::Need(*need),
            }
        });
        let open: Vec<Reason> = birth.into_iter().chain(grown).chain(open).collect();
        Decision {
            outcome: if open.is_empty() { Outcome::Yes } else { Outcome::Perhaps },
            reason: open.first().copied(),
            more: open.len().saturating_sub(1),
        }
    }

    /// Returns what a reason is called in tests and tables.
    pub fn key(&self, reason: Reason) -> String {
        match reason {
            Reason::Birth => "birth".to_owned(),
            Reason::Grown => "grown".to_owned(),
            Reason::Need(need) => self.needs()[need].key.clone(),
            Reason::Edge(need) => format!("edge-{}", self.needs()[need].key),
            Reason::Soon(need) => format!("soon-{}", self.needs()[need].key),
            Reason::Contradiction => "contradiction".to_owned(),
        }
    }
}
