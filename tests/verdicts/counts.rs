//! How judged cases came out, and how many may come out wrong.

use std::collections::BTreeSet;
use std::io::Write as _;

use super::judged::Judgement;

/// What the program says of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Said {
    /// As good or better.
    Met,
    /// A person has to compare.
    Asked,
    /// Lower.
    Lower,
}

/// How the cases of one set came out that were written in one way.
#[derive(Clone, Debug, Default)]
pub struct Counts {
    /// Those judged lower or doubtful: met, asked, lower.
    pub lower: [usize; 3],
    /// Those judged fine or better, in the same way.
    pub fine: [usize; 3],
}

impl Counts {
    /// Counts one case.
    pub fn add(&mut self, judged: Judgement, said: Said) {
        let side = if judged.is_fine() { &mut self.fine } else { &mut self.lower };
        side[said as usize] += 1;
    }

    /// Counts what another has counted as well.
    pub fn join(&mut self, other: &Self) {
        for at in 0..3 {
            self.lower[at] += other.lower[at];
            self.fine[at] += other.fine[at];
        }
    }

    /// Returns how many cases there are: judged lower, judged fine.
    fn cases(&self) -> [usize; 2] {
        [self.lower.iter().sum(), self.fine.iter().sum()]
    }

    /// Returns how many came out as they should not: false met, asked though fine, false lower.
    fn wrong(&self) -> [usize; 3] {
        [self.lower[0], self.fine[1], self.fine[2]]
    }
}

/// Names of the figures of [`Counts::wrong`].
const WRONG: [&str; 3] = ["false met", "asked though fine", "false lower"];

/// What may come out wrong of one set that is written in one way.
pub struct Ceiling {
    /// The set.
    set: &'static str,
    /// How it is written.
    way: &'static str,
    /// How many cases there are: judged lower, judged fine.
    cases: [usize; 2],
    /// False met, asked though fine, false lower.
    wrong: [usize; 3],
}

impl Ceiling {
    /// Returns one row of the table.
    pub const fn new(set: &'static str, way: &'static str, cases: [usize; 2], wrong: [usize; 3]) -> Self {
        Self { set, way, cases, wrong }
    }
}

/// The figures of one set that is written in one way.
pub struct Measured {
    /// The set.
    pub set: &'static str,
    /// How it is written.
    pub way: &'static str,
    /// How its cases came out.
    pub counts: Counts,
}

/// Prints what was measured and fails if more came out wrong than `ceilings` allow; tells where one can be lowered.
pub fn at_most(ceilings: &[Ceiling], measured: &[Measured]) {
    print(measured);
    let mut complaints = Vec::new();
    for known in measured {
        let of = |ceiling: &&Ceiling| ceiling.set == known.set && ceiling.way == known.way;
        let name = format!("{}, {}", known.set, known.way);
        let Some(ceiling) = ceilings.iter().find(of) else {
            complaints.push(format!("{name}: no ceiling is recorded"));
            continue;
        };
        if known.counts.cases() != ceiling.cases {
            complaints.push(format!("{name}: {:?} cases, not {:?}", known.counts.cases(), ceiling.cases));
        }
        for ((what, now), most) in WRONG.iter().zip(known.counts.wrong()).zip(ceiling.wrong) {
            if now > most {
                complaints.push(format!("{name}: {now} {what}, at most {most}"));
            } else if now < most {
                tell(&format!(
                    "{name}: {now} {what} instead of {most}; lower the ceiling in tests/verdicts.rs"
                ));
            }
        }
    }
    assert!(
        complaints.is_empty(),
        "\n{}\nSHOW=false-met (asked, false-lower) before `cargo test --test verdicts -- --nocapture` shows which",
        complaints.join("\n")
    );
}

/// Says it also where the output of a test that passes is kept back.
fn tell(what: &str) {
    writeln!(std::io::stderr(), "{what}").expect("a line can be written");
}

/// Prints the figures as the table of the README has them, with sums by way.
fn print(measured: &[Measured]) {
    let mut table =
        "| set | written | lower | false met | asked | lower | fine | met | asked | false lower |\n"
            .to_owned();
    table += "|---|---|--:|--:|--:|--:|--:|--:|--:|--:|\n";
    measured.iter().for_each(|known| table += &row(known.set, known.way, &known.counts));
    let ways: BTreeSet<&str> = measured.iter().map(|known| known.way).collect();
    for way in ways {
        let mut sum = Counts::default();
        measured.iter().filter(|known| known.way == way).for_each(|known| sum.join(&known.counts));
        table += &row("all", way, &sum);
    }
    println!("{table}");
}

/// Returns the figures as one row.
fn row(set: &str, way: &str, counts: &Counts) -> String {
    let share =
        |count: usize, of: usize| format!("{count} ({:.1} %)", 100.0 * count as f64 / of.max(1) as f64);
    let [lower, fine] = counts.cases();
    format!(
        "| {set} | {way} | {lower} | {} | {} | {} | {fine} | {} | {} | {} |\n",
        share(counts.lower[0], lower),
        counts.lower[1],
        counts.lower[2],
        counts.fine[0],
        share(counts.fine[1], fine),
        share(counts.fine[2], fine)
    )
}

/// Tells whether `SHOW` asks for a case that came out like this.
pub fn is_asked_for(judged: Judgement, said: Said) -> bool {
    let Some(wanted) = std::env::var_os("SHOW") else { return false };
    match said {
        Said::Met => !judged.is_fine() && wanted == "false-met",
        Said::Asked => judged.is_fine() && wanted == "asked",
        Said::Lower => judged.is_fine() && wanted == "false-lower",
    }
}
