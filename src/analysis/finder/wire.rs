//! The table as the page's script gets it: numbers only, the same in every language.

use serde_json::{Value, json};

use super::Table;
use super::fact::Fact;
use super::need::{Test, months};

impl Table<'_> {
    /// Returns the table for the script.
    ///
    /// - `q`: of each question the number of its answers, negative where several can be chosen;
    /// - `a`: of each answer the age it states, `[from, to]` in months, `from` alone where the next answer goes
    ///   on from `to`, or null;
    /// - `f`: of each fact the answers that mean it (a list where two belong together), that say it may be,
    ///   that it is not, that doubt it, and 1 if an office judges; what is empty at the end is left out;
    /// - `n`: of each need the facts of which one is enough, or `[-1, from, to, edge]`, an age;
    /// - `p`: of each provision its needs;
    /// - `s`: the provisions that are for a stage of education.
    pub fn wire(&self) -> Value {
        let count = |at: usize| self.answers().iter().filter(|(question, _)| *question == at).count();
        let questions = self.questions().iter().enumerate().map(|(at, question)| {
            let count = i64::try_from(count(at)).unwrap_or(0);
            if question.several { -count } else { count }
        });
        let ages: Vec<_> = self.answers().iter().map(|(_, answer)| months(answer)).collect();
        let stages = self.rows().iter().enumerate().filter(|(_, row)| row.stage).map(|(at, _)| at);
        json!({
            "q": questions.collect::<Vec<i64>>(),
            "a": wire_ages(&ages),
            "f": self.facts.iter().map(fact).collect::<Vec<Value>>(),
            "n": self.needs().iter().map(|need| test(&need.test)).collect::<Vec<Value>>(),
            "p": self.rows().iter().map(|row| json!(row.needs)).collect::<Vec<Value>>(),
            "s": stages.collect::<Vec<usize>>(),
        })
    }
}

fn wire_ages(ages: &[Option<(i32, i32)>]) -> Vec<Value> {
    let last = ages.iter().rposition(Option::is_some).map_or(0, |last| last + 1);
    let one = |at: usize| match (ages[at], ages.get(at + 1).copied().flatten()) {
        (Some((from, to)), Some((next, _))) if next == to => json!(from),
        (age, _) => json!(age),
    };
    (0..last).map(one).collect()
}

fn fact(fact: &Fact) -> Value {
    let one = |both: &Vec<usize>| if let [one] = both.as_slice() { json!(one) } else { json!(both) };
    let means: Vec<Value> = fact.means.iter().map(one).collect();
    let mut lists = vec![
        json!(means),
        json!(fact.may),
        json!(fact.not),
        json!(fact.doubts),
        json!(i32::from(fact.judged)),
    ];
    while lists.last().is_some_and(|last| *last == json!([]) || *last == json!(0)) {
        lists.pop();
    }
    Value::Array(lists)
}

fn test(test: &Test) -> Value {
    match test {
        Test::Age { from, to, edge } => json!([-1, from, to, edge]),
        Test::AnyOf(any) => json!(any),
    }
}
