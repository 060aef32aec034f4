//! What differs between two texts of one file, fact by fact: where it stands, what it said, what it says.

use serde::Serialize;

use super::form::Form;
use super::tree::{canonical, code_of, name_of, table};
use crate::diagnostic::UiLang;
use crate::schema::Shape;
use crate::syntax::{Node, Value};

/// How many characters of a value are shown.
const LONGEST: usize = 120;

/// One thing that a file says otherwise than before.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Fact {
    /// Where it stands, in words.
    pub place: String,
    /// What it said. `None` if it said nothing.
    pub old: Option<String>,
    /// What it says. `None` if it says nothing.
    pub new: Option<String>,
}

/// A side of a comparison: the tree of a text, or nothing where there is none.
type Sides<'n> = (Option<&'n Node>, Option<&'n Node>);

/// Returns what differs between two trees of one file.
pub(super) fn facts(
    form: &Form<'_, '_>,
    shape: &'static Shape,
    old: Option<&Node>,
    new: Option<&Node>,
) -> Vec<Fact> {
    let mut comparer = Comparer { form, shape, roots: (old, new), found: Vec::new() };
    comparer.compare(shape, (old, new), &mut Vec::new());
    comparer.found
}

struct Comparer<'c, 'f, 'a, 'n> {
    form: &'c Form<'f, 'a>,
    shape: &'static Shape,
    roots: Sides<'n>,
    found: Vec<Fact>,
}

impl<'n> Comparer<'_, '_, '_, 'n> {
    fn compare(&mut self, shape: &'static Shape, sides: Sides<'n>, way: &mut Vec<String>) {
        if is_same(sides.0, sides.1) {
            return;
        }
        // A part that came or went is one fact, unless it is the whole file.
        let is_part = !way.is_empty() && (sides.0.is_none() || sides.1.is_none());
        let is_map = |node: Option<&Node>| node.is_none_or(|node| matches!(node.value, Value::Map(_)));
        let parts = match shape {
            _ if is_part => None,
            Shape::List(item) | Shape::Several(item) => self.items(item, sides),
            Shape::Localized if is_map(sides.0) && is_map(sides.1) => {
                Some(named(sides, &|key| code_of(key).to_owned(), &TEXT))
            }
            Shape::Named { by, value } => Some(named(sides, &|key| canonical(*by, key).to_owned(), value)),
            _ => fields(shape, sides),
        };
        let Some(parts) = parts else {
            self.note(shape, sides, way);
            return;
        };
        for (step, shape, sides) in parts {
            way.push(step);
            self.compare(shape, sides, way);
            way.pop();
        }
    }

    /// Returns the items of two lists in pairs, where each has a name.
    fn items(&self, item: &'static Shape, (old, new): Sides<'n>) -> Option<Vec<Part<'n>>> {
        let all = |side: Option<&'n Node>| -> Option<Vec<(&'n str, &'n Node)>> {
            side.map_or(&[] as &[Node], Node::items).iter().map(|item| Some((name_of(item)?, item))).collect()
        };
        let (old, new) = (all(old)?, all(new)?);
        let find = |list: &[(&'n str, &'n Node)], name: &str| {
            list.iter().find(|(known, _)| *known == name).map(|(_, item)| *item)
        };
        let mut parts: Vec<Part<'n>> = new
            .iter()
            .map(|(name, node)| ((*name).to_owned(), item, (find(&old, name), Some(*node))))
            .collect();
        let gone = old.iter().filter(|(name, _)| find(&new, name).is_none());
        parts.extend(gone.map(|(name, node)| ((*name).to_owned(), item, (Some(*node), None))));
        Some(parts)
    }

    fn note(&mut self, shape: &'static Shape, sides: Sides<'n>, way: &[String]) {
        let root = if sides.1.is_some() { self.roots.1 } else { self.roots.0 };
        let place = root.map_or_else(String::new, |root| self.form.place_of(root, self.shape, way));
        let say =
            |side: Option<&Node>| side.map(|node| self.said(shape, node)).filter(|said| !said.is_empty());
        let (old, new) = (say(sides.0), say(sides.1));
        if old != new {
            self.found.push(Fact { place, old, new });
        }
    }

    /// Returns a value in a few words.
    fn said(&self, shape: &'static Shape, node: &Node) -> String {
        let text = match (&node.value, shape) {
            (Value::Text(text), Shape::Choice(choices)) => {
                let choice = choices.iter().find(|choice| choice.value == text || choice.zh == text);
                choice.map_or_else(
                    || text.clone(),
                    |choice| choice.words().get(self.form.words.lang).to_owned(),
                )
            }
            (Value::Text(text), Shape::Word(kind)) => {
                let words = self.form.words.of(*kind);
                let known = self.form.words.naming.ids(*kind, text);
                let label = words.into_iter().find(|(id, _)| known.contains(id)).map(|(_, label)| label);
                label.unwrap_or_else(|| text.clone())
            }
            (Value::Text(text), _) => text.clone(),
            (Value::List(items), Shape::List(item) | Shape::Several(item)) => {
                let mark = if self.form.words.lang == UiLang::Zh { "、" } else { ", " };
                items.iter().map(|node| self.said(item, node)).collect::<Vec<_>>().join(mark)
            }
            (Value::List(_) | Value::Map(_), _) => self.form.title(node).unwrap_or_default(),
            (Value::Empty, _) => String::new(),
        };
        let short: String = text.chars().take(LONGEST).collect();
        if short.len() < text.len() { format!("{short}…") } else { short }
    }
}

/// A text in one language.
static TEXT: Shape = Shape::Text;

type Part<'n> = (String, &'static Shape, Sides<'n>);

/// Returns the fields of two maps in pairs, in the order of their table.
fn fields<'n>(shape: &'static Shape, (old, new): Sides<'n>) -> Option<Vec<Part<'n>>> {
    let is_map = |node: Option<&Node>| node.is_none_or(|node| matches!(node.value, Value::Map(_)));
    if !is_map(old) || !is_map(new) {
        return None;
    }
    let table = table(shape, new.or(old))?;
    let value = |side: Option<&'n Node>, names: &dyn Fn(&str) -> bool| {
        side.map_or(&[] as &[_], Node::entries)
            .iter()
            .find(|entry| names(&entry.key.value))
            .map(|entry| &entry.value)
    };
    let parts = table.fields.iter().map(|field| {
        let is_it = |key: &str| field.names().any(|name| name == key);
        (field.key.to_owned(), &field.shape, (value(old, &is_it), value(new, &is_it)))
    });
    Some(parts.collect())
}

/// Returns the entries of two maps with names of their own in pairs.
fn named<'n>((old, new): Sides<'n>, name: &dyn Fn(&str) -> String, value: &'static Shape) -> Vec<Part<'n>> {
    let entries = |side: Option<&'n Node>| {
        let all = side.map_or(&[] as &[_], Node::entries).iter();
        all.map(|entry| (name(&entry.key.value), &entry.value)).collect::<Vec<(String, &'n Node)>>()
    };
    let (old, new) = (entries(old), entries(new));
    let find = |list: &[(String, &'n Node)], name: &str| {
        list.iter().find(|(known, _)| known == name).map(|(_, node)| *node)
    };
    let mut parts: Vec<Part<'n>> =
        new.iter().map(|(name, node)| (name.clone(), value, (find(&old, name), Some(*node)))).collect();
    let gone = old.iter().filter(|(name, _)| find(&new, name).is_none());
    parts.extend(gone.map(|(name, node)| (name.clone(), value, (Some(*node), None))));
    parts
}

/// Tells whether two values are the same, wherever they stand.
fn is_same(old: Option<&Node>, new: Option<&Node>) -> bool {
    match (old, new) {
        (None, None) => true,
        (Some(old), Some(new)) => match (&old.value, &new.value) {
            (Value::Empty, Value::Empty) => true,
            (Value::Text(old), Value::Text(new)) => old == new,
            (Value::List(old), Value::List(new)) => {
                old.len() == new.len() && old.iter().zip(new).all(|(old, new)| is_same(Some(old), Some(new)))
            }
            (Value::Map(old), Value::Map(new)) => {
                old.len() == new.len()
                    && old.iter().zip(new).all(|(old, new)| {
                        old.key.value == new.key.value && is_same(Some(&old.value), Some(&new.value))
                    })
            }
            _ => false,
        },
        _ => false,
    }
}
