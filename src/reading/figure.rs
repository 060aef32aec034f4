//! The figures of a text, whatever they belong to: enough to see that a copy of a text still says the old number.

use std::ops::Range;

use crate::quantity::{Period, Unit};
use crate::read::Reading;
use crate::token::{Kind, NumberOf};

/// A figure of a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// Where it stands, in characters.
    pub range: Range<usize>,
    /// What it counts: money, a share, months, minutes, ages in months.
    pub of: &'static str,
    /// How much; a range has two figures.
    pub value: f64,
}

impl Reading {
    /// Returns the figures of a text that an entitlement rests on, in their order. Counts of things and of persons are
    /// none: “two ways” and “once” stand in any text.
    pub fn figures(&self) -> Vec<Figure> {
        let mut figures = Vec::new();
        for token in &self.tokens {
            let (of, values) = match &token.kind {
                Kind::Number(counted) => {
                    let NumberOf { low, high, unit, .. } = &**counted;
                    let (of, factor) = match unit {
                        Unit::Money(_) => ("money", 1.0),
                        Unit::Share => ("share", 1.0),
                        Unit::Time(Period::Months(months)) => ("months", f64::from(*months)),
                        Unit::Time(Period::Minutes(minutes)) => ("minutes", f64::from(*minutes)),
                        Unit::Time(Period::WorkingDay) => ("working days", 1.0),
                        Unit::Times | Unit::Multiple | Unit::People | Unit::Other(_) => continue,
                    };
                    (of, [low * factor, high * factor])
                }
                Kind::Age { from, to, .. } => ("age", [f64::from(*from), f64::from(*to)]),
                _ => continue,
            };
            for value in values {
                let figure = Figure { range: token.range.clone(), of, value };
                if !figures.contains(&figure) {
                    figures.push(figure);
                }
            }
        }
        figures
    }
}

#[cfg(test)]
mod tests {
    use crate::read::Reading;
    use crate::wording::Wording;

    #[test]
    fn figures_are_those_that_an_entitlement_rests_on() {
        let words = Wording::usual();
        let figures = |text: &str| -> Vec<(&str, f64)> {
            Reading::new(text, &words).figures().iter().map(|figure| (figure.of, figure.value)).collect()
        };
        assert_eq!(figures("每人每年2000元"), [("money", 2000.0)]);
        assert_eq!(figures("0-6岁儿童，补助80%"), [("age", 0.0), ("age", 72.0), ("share", 80.0)]);
        assert_eq!(figures("每年提供一次健康检查"), []);
    }
}
