//! Where a value stands in the tree of a file, and how it gets another one.
//!
//! A path names fields by the keys of their tables, whatever language the file writes them in; items of lists by their
//! number, or by what names them ([`name_of`]).

use crate::lang::LangCode;
use crate::schema::{Choice, KeyLanguage, NamedBy, Shape, Table, language_code, language_name};
use crate::span::{FileId, Span, Spanned};
use crate::syntax::{Entry, Node, Value};

/// A text in one language.
static TEXT: Shape = Shape::Text;

/// How a file is written.
#[derive(Clone, Debug)]
pub struct Manner {
    /// The language of its keys.
    pub keys: KeyLanguage,
    /// The language of texts that name none.
    pub reference: LangCode,
}

/// A value that a path leads to.
#[derive(Clone, Copy, Debug)]
pub struct Spot<'n> {
    /// What it must be.
    pub shape: &'static Shape,
    /// What it is, if it is there.
    pub node: Option<&'n Node>,
}

/// Returns a value that is written by nobody yet.
pub fn node(value: Value) -> Node {
    Node::new(Span::whole(FileId(0)), value)
}

/// Returns a text.
pub fn text(value: impl Into<String>) -> Node {
    node(Value::Text(value.into()))
}

/// Returns what tells an item of a list from its neighbours, as an address can hold it. `None` if only its number does.
pub fn name_of(item: &Node) -> Option<&str> {
    let named = ["id", "编号", "adopts", "照录", "code", "代码"];
    named.iter().find_map(|key| item.get(key)).and_then(Node::text).filter(|name| crate::schema::is_id(name))
}

/// Returns the value at `path`. `None` if the shape has no such field.
pub fn find<'n>(root: &'n Node, shape: &'static Shape, path: &[String]) -> Option<Spot<'n>> {
    let mut spot = Spot { shape, node: Some(root) };
    for step in path {
        let (shape, at) = child(spot.shape, spot.node, step)?;
        spot = Spot { shape, node: spot.node.zip(at).map(|(node, at)| part(node, at)) };
    }
    Some(spot)
}

/// Returns the same, to be changed. `None` if it is not there.
pub fn find_mut<'n>(root: &'n mut Node, shape: &'static Shape, path: &[String]) -> Option<&'n mut Node> {
    let (mut shape, mut node) = (shape, root);
    for step in path {
        let (inner, at) = child(shape, Some(node), step)?;
        (shape, node) = (inner, part_mut(node, at?));
    }
    Some(node)
}

/// Returns the way to the innermost part with a form of its own in which a stretch of the file stands.
pub fn part_at(root: &Node, shape: &'static Shape, at: Span) -> Vec<String> {
    let (mut way, mut steps, mut here) = (Vec::new(), Vec::new(), (root, shape));
    loop {
        let (node, shape) = here;
        let Some((step, inner, inner_shape)) = inside(node, shape, at) else { return steps };
        way.push(step);
        // Only items that are maps have a form of their own.
        let is_item = matches!(shape, Shape::List(_) | Shape::Several(_) | Shape::Named { .. });
        if is_item && matches!(inner.value, Value::Map(_)) && !matches!(inner_shape, Shape::Localized) {
            steps.clone_from(&way);
        }
        here = (inner, inner_shape);
    }
}

/// Returns the way to the text in several languages in which a stretch of the file stands. `None` if it stands in none.
pub fn text_at(root: &Node, shape: &'static Shape, at: Span) -> Option<Vec<String>> {
    let (mut way, mut here) = (Vec::new(), (root, shape));
    while !matches!(here.1, Shape::Localized) {
        let (step, node, shape) = inside(here.0, here.1, at)?;
        way.push(step);
        here = (node, shape);
    }
    Some(way)
}

/// Returns the part of a list or map in which a stretch of the file stands, with the step that leads there.
fn inside<'n>(node: &'n Node, shape: &'static Shape, at: Span) -> Option<(String, &'n Node, &'static Shape)> {
    let holds = |node: &Node| node.span.start <= at.start && at.end <= node.span.end;
    match (&node.value, shape) {
        (Value::List(items), Shape::List(item) | Shape::Several(item)) => {
            let (at, found) = items.iter().enumerate().find(|(_, item)| holds(item))?;
            Some((name_of(found).map_or_else(|| at.to_string(), str::to_owned), found, *item))
        }
        (Value::Map(entries), Shape::Named { by, value }) => {
            let found = entries.iter().find(|entry| holds(&entry.value))?;
            Some((canonical(*by, &found.key.value).to_owned(), &found.value, *value))
        }
        (Value::Map(entries), _) => {
            let found = entries.iter().find(|entry| holds(&entry.value))?;
            let field = table(shape, Some(node))?.field(&found.key.value)?;
            Some((field.key.to_owned(), &found.value, &field.shape))
        }
        _ => None,
    }
}

/// Returns a part of a list or map by its place; of a single value that stands for a list, itself.
fn part(node: &Node, at: usize) -> &Node {
    match &node.value {
        Value::List(items) => &items[at],
        Value::Map(entries) => &entries[at].value,
        Value::Empty | Value::Text(_) => node,
    }
}

fn part_mut(node: &mut Node, at: usize) -> &mut Node {
    if matches!(node.value, Value::Empty | Value::Text(_)) {
        return node;
    }
    match &mut node.value {
        Value::List(items) => &mut items[at],
        Value::Map(entries) => &mut entries[at].value,
        Value::Empty | Value::Text(_) => unreachable!("a single value was returned above"),
    }
}

/// Returns what a step leads to, and its place if it is there.
fn child(shape: &'static Shape, node: Option<&Node>, step: &str) -> Option<(&'static Shape, Option<usize>)> {
    let entries = node.map_or(&[] as &[Entry], Node::entries);
    match shape {
        Shape::Map(_) | Shape::TextOr(_) | Shape::MapBy { .. } => {
            let field = table(shape, node)?.field(step)?;
            let at = entries.iter().position(|entry| field.names().any(|name| name == entry.key.value));
            Some((&field.shape, at))
        }
        Shape::Localized => {
            let is_it = |entry: &Entry| code_of(&entry.key.value) == step;
            Some((&TEXT, entries.iter().position(is_it)))
        }
        Shape::Named { by, value } => {
            let is_it = |entry: &Entry| canonical(*by, &entry.key.value) == step;
            Some((value, entries.iter().position(is_it)))
        }
        Shape::List(item) | Shape::Several(item) => {
            let items = node.map_or(&[] as &[Node], Node::items);
            let single = node.is_some_and(|node| matches!(node.value, Value::Text(_) | Value::Map(_)));
            let number = step.parse().ok().filter(|at| *at < items.len() || (single && *at == 0));
            let named = || items.iter().position(|item| name_of(item) == Some(step));
            Some((item, named().or(number)))
        }
        _ => None,
    }
}

/// Returns the fields of a map of this shape; of one that is not there yet, those of the full form.
pub fn table(shape: &'static Shape, node: Option<&Node>) -> Option<&'static Table> {
    match (shape, node) {
        (_, Some(node)) => shape.table(node),
        (Shape::Map(table) | Shape::TextOr(table), None) => Some(table),
        (Shape::MapBy { otherwise, .. }, None) => Some(otherwise),
        _ => None,
    }
}

/// Returns the code of a language by its key in a file.
pub fn code_of(key: &str) -> &str {
    language_code(key).unwrap_or(key)
}

/// Returns the name of an entry as paths have it.
pub fn canonical(by: NamedBy, key: &str) -> &str {
    match by {
        NamedBy::Usual(choices) => usual(choices, key).map_or(key, |choice| choice.value),
        NamedBy::Language => code_of(key),
        NamedBy::Itself | NamedBy::Word(_) => key,
    }
}

fn usual(choices: &'static [Choice], key: &str) -> Option<&'static Choice> {
    choices.iter().find(|choice| choice.value == key || choice.zh == key)
}

/// Puts a value at `path`, or takes out what is there. What holds nothing any more goes, too; what has to hold it comes.
pub fn put(root: &mut Node, shape: &'static Shape, path: &[String], value: Option<Node>, manner: &Manner) {
    let Some((step, rest)) = path.split_first() else {
        if let Some(value) = value {
            *root = value;
        }
        return;
    };
    if let (Shape::Localized, Value::Text(said)) = (shape, &root.value) {
        if rest.is_empty() && *step == manner.reference.as_str() {
            match value {
                Some(value) => *root = value,
                None => root.value = Value::Empty,
            }
            return;
        }
        let own = text(said.clone());
        let key = language_key(&[], manner.reference.as_str(), manner);
        root.value = Value::Map(vec![entry(&key, own)]);
    }
    let Some((inner, at)) = child(shape, Some(root), step) else { return };
    let Some(at) = at.or_else(|| value.as_ref().map(|_| make_room(root, shape, step, manner))) else {
        return;
    };
    if rest.is_empty() {
        match value {
            Some(value) => *part_mut(root, at) = value,
            None => part_mut(root, at).value = Value::Empty,
        }
    } else {
        put(part_mut(root, at), inner, rest, value, manner);
    }
    if is_nothing(part(root, at)) {
        take_out(root, at);
    }
}

/// Tells whether a value holds nothing.
fn is_nothing(node: &Node) -> bool {
    match &node.value {
        Value::Empty => !node.refused,
        Value::Text(_) => false,
        Value::List(items) => items.is_empty(),
        Value::Map(entries) => entries.is_empty(),
    }
}

/// Takes a part out of a list or map.
fn take_out(node: &mut Node, at: usize) {
    match &mut node.value {
        Value::List(items) => drop(items.remove(at)),
        Value::Map(entries) => drop(entries.remove(at)),
        Value::Empty | Value::Text(_) => {}
    }
}

/// Makes an empty entry or item for a step, where its table has it; returns its place.
fn make_room(node: &mut Node, shape: &'static Shape, step: &str, manner: &Manner) -> usize {
    if matches!(shape, Shape::List(_) | Shape::Several(_)) {
        if let Value::Text(_) | Value::Map(_) = node.value {
            let single = self::node(std::mem::replace(&mut node.value, Value::Empty));
            node.value = Value::List(vec![single]);
        }
        if !matches!(node.value, Value::List(_)) {
            node.value = Value::List(Vec::new());
        }
        let Value::List(items) = &mut node.value else { unreachable!("it was just made one") };
        items.push(self::node(Value::Empty));
        return items.len() - 1;
    }
    if !matches!(node.value, Value::Map(_)) {
        node.value = Value::Map(Vec::new());
    }
    let table = table(shape, Some(node));
    let Value::Map(entries) = &mut node.value else { unreachable!("it was just made one") };
    let (key, at) = match (shape, table) {
        (_, Some(table)) => place_of(table, step, entries, manner),
        (Shape::Localized | Shape::Named { by: NamedBy::Language, .. }, None) => {
            (language_key(entries, step, manner), entries.len())
        }
        (Shape::Named { by: NamedBy::Usual(choices), .. }, None) => {
            let name = usual(choices, step).map_or(step, |choice| manner.keys.choice(choice));
            (name.to_owned(), entries.len())
        }
        _ => (step.to_owned(), entries.len()),
    };
    entries.insert(at, entry(&key, self::node(Value::Empty)));
    at
}

/// Returns the key of a field as the file writes it, and its place behind those that its table has before it.
fn place_of(table: &'static Table, step: &str, entries: &[Entry], manner: &Manner) -> (String, usize) {
    let order = |key: &str| table.fields.iter().position(|field| field.names().any(|name| name == key));
    let own = order(step);
    let before = entries.iter().rposition(|entry| order(&entry.key.value) < own);
    let key = own.map_or(step, |at| manner.keys.key(&table.fields[at]));
    (key.to_owned(), before.map_or(0, |at| at + 1))
}

/// Returns the key of a language, in the way of those beside it, else of the file.
fn language_key(entries: &[Entry], code: &str, manner: &Manner) -> String {
    let is_code = entries.iter().any(|entry| entry.key.value.is_ascii());
    match (manner.keys, language_name(code)) {
        (KeyLanguage::Chinese, Some(name)) if !is_code => name.to_owned(),
        _ => code.to_owned(),
    }
}

/// Returns a field.
pub fn entry(key: &str, value: Node) -> Entry {
    Entry { key: Spanned::new(key.to_owned(), Span::whole(FileId(0))), value }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Findings;
    use crate::schema::tables;
    use crate::syntax::yaml;
    use qingdan_document::tidy::rewritten;

    fn after(text: &str, path: &str, value: Option<&str>) -> String {
        let mut root = yaml::parse(FileId(0), text, &mut Findings::new()).expect("this is YAML");
        let manner = Manner { keys: KeyLanguage::of(&root), reference: LangCode::new("zh") };
        let path: Vec<String> = path.split('/').map(str::to_owned).collect();
        put(&mut root, &tables::EDITION, &path, value.map(super::text), &manner);
        rewritten(text, &root).expect("it can be written")
    }

    const LIST: &str =
        "title: 甲 # 名\nstatus: draft\nservices:\n  - adopts: a\n  - id: b\n    title: {zh: 乙}\n";

    #[test]
    fn fields_are_found_by_key_and_items_by_name_or_number() {
        assert_eq!(after(LIST, "services/b/title/zh", Some("丙")), LIST.replace("乙", "丙"));
        assert_eq!(after(LIST, "services/0/adopts", Some("c")), LIST.replace("adopts: a", "adopts: c"));
        assert_eq!(after(LIST, "status", Some("issued")), LIST.replace("draft", "issued"));
    }

    #[test]
    fn what_is_new_stands_where_its_table_has_it() {
        assert_eq!(
            after(LIST, "dates/issued", Some("2026-01-01")),
            LIST.replace("status: draft\n", "status: draft\ndates:\n  issued: 2026-01-01\n")
        );
        assert_eq!(
            after(LIST, "title/en", Some("A")),
            LIST.replace("title: 甲 # 名", "title:\n  zh: 甲\n  en: A # 名")
        );
        let chinese = "标题: 甲\n状态: 草稿\n";
        assert_eq!(after(chinese, "title/en", Some("A")), "标题:\n  中文: 甲\n  英文: A\n状态: 草稿\n");
        assert_eq!(after(chinese, "note/zh", Some("乙")), "标题: 甲\n状态: 草稿\n说明:\n  中文: 乙\n");
    }

    #[test]
    fn what_holds_nothing_any_more_goes() {
        let dated = "title: 甲\ndates:\n  issued: 2026-01-01\nstatus: draft\n";
        assert_eq!(after(dated, "dates/issued", None), "title: 甲\nstatus: draft\n");
        assert_eq!(after(LIST, "note/zh", None), LIST);
    }
}
