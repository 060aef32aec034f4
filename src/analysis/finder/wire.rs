//! The table as the page's script gets it: numbers only, the same in every language.

use serde_json::{Map, Value, json};

use super::Table;
use super::fact::Fact;
use super::need::{Test, months};
use crate::catalogue::{Answer, TimeOfLife};
use crate::span::Spanned;

impl Table<'_> {
    /// Returns the table for the script.
    ///
    /// - `q`: of each question the number of its answers, negative where several can be chosen;
    /// - `a`: of each answer the age it states, `[from, to]` in months, `from` alone where the next answer goes
    ///   on from `to`, or null;
    /// - `f`: of each fact the answers that mean it (a list where two belong together), that say it may be,
    ///   that it is not, that doubt it, and 1 if an office judges, 2 if it holds unless doubted; what is empty at the end is left out;
    /// - `n`: of each need the facts of which one is enough, or `[-1, from, to, edge]`, an age;
    /// - `p`: of each provision its needs;
    /// - `s`: the provisions that those who are grown can have as well;
    /// - `g`: the answers that say that somebody is grown;
    /// - `c`: the needs that only say whom the service is for at large;
    /// - `z`: of each service the number of its provisions;
    /// - `v`: of each answer the services to look at first, then, as a second list, others it has to do with;
    /// - `w`: of each question the answers of which one must be chosen before it is asked;
    /// - `x`: of each question the answers with one of which it is not asked;
    /// - `u`: of the answers that are not always offered, by number, those with one of which they are not;
    /// - `m`: the questions that are asked only if an answer changes something.
    pub fn wire(&self) -> Value {
        let count = |at: usize| self.answers().iter().filter(|(question, _)| *question == at).count();
        let questions = self.questions().iter().enumerate().map(|(at, question)| {
            let count = i64::try_from(count(at)).unwrap_or(0);
            if question.several { -count } else { count }
        });
        let ages: Vec<_> = self.answers().iter().map(|(_, answer)| months(answer)).collect();
        let grown = self.rows().iter().enumerate().filter(|(_, row)| row.grown).map(|(at, _)| at);
        let says_grown = |(_, answer): &(usize, &Answer)| answer.time == Some(TimeOfLife::Grown);
        let saying = self.answers().iter().enumerate().filter(|(_, answer)| says_grown(answer));
        json!({
            "q": questions.collect::<Vec<i64>>(),
            "a": wire_ages(&ages),
            "f": self.facts.iter().map(fact).collect::<Vec<Value>>(),
            "n": self.needs().iter().map(|need| test(&need.test)).collect::<Vec<Value>>(),
            "p": self.rows().iter().map(|row| json!(row.needs)).collect::<Vec<Value>>(),
            "s": grown.collect::<Vec<usize>>(),
            "g": saying.map(|(at, _)| at).collect::<Vec<usize>>(),
            "c": self.population_needs(),
            "z": self.services().iter().map(Vec::len).collect::<Vec<usize>>(),
            "v": (0..self.answers().len()).map(|answer| self.wire_services(answer)).collect::<Vec<Value>>(),
            "w": self.questions().iter().map(|question| self.numbers(&question.when)).collect::<Vec<Value>>(),
            "x": self.questions().iter().map(|question| self.numbers(&question.unless)).collect::<Vec<Value>>(),
            "u": self.not_always().collect::<Map<String, Value>>(),
            "m": self.follow_ups(),
        })
    }

    /// Returns the services an answer sends to: those to look at first, and others it has to do with.
    fn wire_services(&self, answer: usize) -> Value {
        let services = self.services();
        let named =
            |id: &String| services.iter().position(|rows| self.rows()[rows[0]].offer.service.id.value == *id);
        let first: Vec<usize> =
            self.answers()[answer].1.see.iter().filter_map(|id| named(&id.value)).collect();
        let about = |rows: &[usize]| rows.iter().any(|row| self.is_about(answer, &self.rows()[*row]));
        let others: Vec<usize> = services
            .iter()
            .enumerate()
            .filter(|(at, rows)| !first.contains(at) && about(rows))
            .map(|(at, _)| at)
            .collect();
        match (first.is_empty(), others.is_empty()) {
            (true, true) => json!([]),
            (false, true) => json!([first]),
            _ => json!([first, others]),
        }
    }

    fn numbers(&self, ids: &[Spanned<String>]) -> Value {
        json!(ids.iter().filter_map(|id| self.answer(&id.value)).collect::<Vec<usize>>())
    }

    fn not_always(&self) -> impl Iterator<Item = (String, Value)> + '_ {
        let answers = self.answers().iter().enumerate().filter(|(_, (_, answer))| !answer.unless.is_empty());
        answers.map(|(at, (_, answer))| (at.to_string(), self.numbers(&answer.unless)))
    }

    fn follow_ups(&self) -> Vec<usize> {
        let questions = self.questions().iter().enumerate();
        questions.filter(|(_, question)| question.more).map(|(at, _)| at).collect()
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
        json!(if fact.held { 2 } else { i32::from(fact.judged) }),
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
