//! What a form sends back: which values somebody changed, and whether somebody else has changed them meanwhile.
//!
//! Beside each control stands what it showed (`was…`). What is sent as it was shown is no change; what was changed is put
//! only where the file still says what was shown.

use super::control::{Control, FormField, tidy};
use super::tree::{Manner, Spot, find, node, put, text};
use super::words::Words;
use crate::schema::{KeyLanguage, Shape};
use crate::syntax::{Node, Value};

/// The pairs of a form, in the order they were sent.
pub type Pairs = [(String, String)];

/// Before the name of a control: its value, and what it showed.
const VALUE: char = 'v';
const SHOWN: char = 'w';

/// What became of a form that was sent.
#[derive(Debug, Default)]
pub struct Taken {
    /// The names of what was changed, as people know them.
    pub changed: Vec<String>,
    /// Whether the file says something else by now than a form showed that wants to change it.
    pub conflict: bool,
}

/// Takes what a form sends into the tree `root` of its file, below `path`; marks in `fields` what cannot be taken.
pub fn take(
    root: &mut Node,
    (shape, path): (&'static Shape, &[String]),
    fields: &mut [&mut FormField],
    sent: &Pairs,
    (words, manner): (&Words<'_>, &Manner),
) -> Taken {
    let mut taken = Taken::default();
    let mut receiver = Receiver { root, shape, path, sent, words, manner, taken: &mut taken };
    // From the last to the first, so that an item that goes moves none that is still to come.
    fields.iter_mut().rev().for_each(|field| receiver.field(field, ""));
    taken.changed.reverse();
    taken
}

struct Receiver<'r, 'a> {
    root: &'r mut Node,
    shape: &'static Shape,
    path: &'r [String],
    sent: &'r Pairs,
    words: &'r Words<'a>,
    manner: &'r Manner,
    taken: &'r mut Taken,
}

impl Receiver<'_, '_> {
    fn field(&mut self, field: &mut FormField, above: &str) {
        let title = match (above.is_empty(), field.label.is_empty()) {
            (true, _) => field.label.clone(),
            (false, true) => above.to_owned(),
            (false, false) => format!("{above} · {}", field.label),
        };
        if let Control::Group { fields, .. } = &mut field.control {
            fields.iter_mut().rev().for_each(|inner| self.field(inner, &title));
            return;
        }
        if field.locked {
            return;
        }
        let Some(shown) = self.value(SHOWN, &field.name) else { return };
        let wanted = self.wanted(field);
        let current = field.shown.clone();
        if wanted == shown || wanted == current {
            return;
        }
        if current != shown {
            self.taken.conflict = true;
            field.meanwhile = Some(current);
            show(&mut field.control, &wanted);
            return;
        }
        show(&mut field.control, &wanted);
        self.put(field, &wanted);
        self.taken.changed.push(title);
    }

    /// Returns a value that was sent, with the line ends of this program.
    fn value(&self, kind: char, name: &str) -> Option<String> {
        let is_it = |(key, _): &&(String, String)| key.strip_prefix(kind) == Some(name);
        self.sent.iter().find(is_it).map(|(_, value)| tidy(value))
    }

    /// Returns what a control was set to, in the form in which it is held against what it showed.
    fn wanted(&self, field: &FormField) -> String {
        let is_it = |(key, _): &&(String, String)| key.strip_prefix(VALUE) == Some(field.name.as_str());
        let all = self.sent.iter().filter(is_it).map(|(_, value)| tidy(value));
        all.filter(|value| !value.is_empty()).collect::<Vec<_>>().join("\n")
    }

    fn put(&mut self, field: &FormField, wanted: &str) {
        let steps = field.name.split('/').skip(1).map(str::to_owned);
        let path: Vec<String> = self.path.iter().cloned().chain(steps).collect();
        let Some(Spot { shape, node: before }) = find(self.root, self.shape, &path) else { return };
        let value = written(wanted, shape, before, (self.words, self.manner));
        put(self.root, self.shape, &path, value, self.manner);
    }
}

/// Lets a control show what was sent.
fn show(control: &mut Control, wanted: &str) {
    match control {
        Control::Line { value, .. } | Control::Text { value, .. } | Control::Lines { value, .. } => {
            wanted.clone_into(value);
        }
        Control::Choice { value, offered } => {
            wanted.clone_into(value);
            offered.iter_mut().for_each(|known| known.chosen = known.value == wanted);
        }
        Control::Tick { on } => *on = wanted == "true",
        Control::Words { chosen, others, offered } => {
            offered
                .iter_mut()
                .for_each(|known| known.chosen = wanted.lines().any(|line| line == known.value));
            let is_offered = |line: &&str| offered.iter().any(|known| known.value == *line);
            *chosen = wanted.lines().filter(is_offered).collect::<Vec<_>>().join("\n");
            *others = wanted.lines().filter(|line| !is_offered(line)).collect::<Vec<_>>().join("\n");
        }
        Control::Rows { values, .. } => *values = wanted.lines().map(str::to_owned).collect(),
        Control::Group { .. } | Control::Items { .. } => {}
    }
}

/// Returns the value a field gets. `None` for nothing.
pub(super) fn written(
    wanted: &str,
    shape: &'static Shape,
    before: Option<&Node>,
    (words, manner): (&Words<'_>, &Manner),
) -> Option<Node> {
    if wanted.is_empty() {
        return None;
    }
    let one = |shape: &'static Shape, wanted: &str, former: &[&str], all: &[&str]| {
        let word = match shape {
            Shape::Choice(choices) => {
                let choice = choices.iter().find(|choice| choice.value == wanted);
                choice.map(|choice| manner.keys.choice(choice).to_owned())
            }
            Shape::Word(kind) => {
                // A body that carries out several functions stays one word as long as all of them are meant.
                let spelt = former.iter().find(|text| {
                    let ids = words.naming.ids(*kind, text);
                    ids.contains(&wanted) && ids.iter().all(|id| all.contains(id))
                });
                let name =
                    || words.naming.name(*kind, wanted).filter(|_| manner.keys == KeyLanguage::Chinese);
                spelt.copied().or_else(name).map(str::to_owned)
            }
            _ => None,
        };
        text(word.unwrap_or_else(|| wanted.to_owned()))
    };
    let former: Vec<&str> = match before.map(|node| &node.value) {
        Some(Value::List(items)) => items.iter().filter_map(Node::text).collect(),
        _ => before.and_then(Node::text).into_iter().collect(),
    };
    match shape {
        Shape::List(item) | Shape::Several(item) => {
            let mut lines: Vec<&str> =
                wanted.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
            // What was there keeps its order; what is new follows.
            let order = |line: &&str| match item {
                Shape::Word(kind) => {
                    let at = former
                        .iter()
                        .position(|text| words.naming.ids(*kind, text).contains(line) || text == line);
                    at.unwrap_or(former.len())
                }
                _ => 0,
            };
            lines.sort_by_key(order);
            match (shape, lines.as_slice()) {
                (Shape::Several(_), [line]) => Some(one(item, line, &former, &lines)),
                _ => {
                    let mut items: Vec<Node> =
                        lines.iter().map(|line| one(item, line, &former, &lines)).collect();
                    items.dedup_by(|a, b| a.text() == b.text());
                    Some(node(Value::List(items)))
                }
            }
        }
        _ => Some(one(shape, wanted, &former, &[wanted])),
    }
}
