//! The names that words of the vocabulary go by, and the words that names mean.
//!
//! Files may name an area, a department, an audience or a condition by its id or by its name. Areas, audiences
//! and conditions have one name. Departments go, from near to far, by the name of their body in the place of
//! the file, in the places above it, by the name of the function, and by the usual names at any tier; with or
//! without the name of the place or a word for its tier before them. A body that carries out several
//! functions means all of them. Where none of these is meant, 卫健局 and 卫健委 are one: what stands before the word for
//! a body decides.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use super::snapshot::kind;
use super::{NamedBody, Place, PlacePath, Snapshot, Tier, Vocabulary, WrittenName};
use crate::lang::Localized;
use crate::schema::{NamedBy, Shape, VocabularyKind, fold};
use crate::span::Spanned;
use crate::syntax::{Entry, Node, Value};

/// Words before a name that say which tier or place it is of.
const TIERS: &[&str] = &[
    "自治区",
    "自治州",
    "自治县",
    "兵团",
    "设区市",
    "所在地",
    "当地",
    "各级",
    "本级",
    "省委",
    "市委",
    "县委",
    "区委",
    "省",
    "市",
    "县",
    "区",
];
/// Words at the end of a name that say what kind of body it is.
const BODIES: &[&str] = &["委员会", "办公室", "委", "局", "厅", "办"];
/// How many near names are offered.
const MOST_NEAR: usize = 3;

/// The names that words go by in one place, or in the files that belong to none.
pub struct Naming<'a> {
    vocabulary: &'a Vocabulary,
    /// The place and those above it, the nearest first.
    places: Vec<&'a Place>,
    /// The names of the edition when it was issued.
    issued: Option<&'a Snapshot>,
    layers: OnceCell<Vec<Layer<'a>>>,
    stems: OnceCell<BTreeMap<String, Vec<&'a str>>>,
    /// The names of the places, as names are compared.
    own: OnceCell<Vec<String>>,
}

/// Names of one distance: ids of functions by name, exact and without what stands before.
#[derive(Default)]
struct Layer<'a> {
    exact: BTreeMap<String, Vec<&'a str>>,
    bare: BTreeMap<String, Vec<&'a str>>,
}

impl<'a> Naming<'a> {
    /// Returns the names in the place at `path`, or of none.
    pub fn new(
        vocabulary: &'a Vocabulary,
        places: &'a BTreeMap<PlacePath, Place>,
        path: Option<&PlacePath>,
    ) -> Self {
        let chain = std::iter::successors(path.cloned(), PlacePath::above);
        let places = chain.filter_map(|path| places.get(&path)).collect();
        Self {
            vocabulary,
            places,
            issued: None,
            layers: OnceCell::new(),
            stems: OnceCell::new(),
            own: OnceCell::new(),
        }
    }

    /// Lets the names that an edition used when it was issued mean what they meant then.
    #[must_use]
    pub fn as_issued(mut self, issued: Option<&'a Snapshot>) -> Self {
        self.issued = issued;
        self
    }

    /// Returns the ids that a text means: one, several for a body that carries out several functions, none if
    /// there is no such word.
    pub fn ids(&self, register: VocabularyKind, text: &str) -> Vec<&'a str> {
        let words = self.words(register);
        if let Some((id, _)) = words.iter().find(|(id, _)| *id == text) {
            return vec![id];
        }
        let issued = self.issued.map(|issued| issued.ids(register, text)).unwrap_or_default();
        if !issued.is_empty() {
            return issued;
        }
        if register == VocabularyKind::Departments {
            return self.functions(text);
        }
        let wanted = fold(text);
        let is_it =
            |(_, name): &&(&str, &Localized)| name.iter().any(|(_, text)| fold(&text.value) == wanted);
        let named: Vec<&str> = words.iter().filter(is_it).map(|(id, _)| *id).collect();
        if named.len() == 1 { named } else { Vec::new() }
    }

    /// Returns the name by which exactly the word `id` can be written here. `None` if there is none.
    pub fn name(&self, register: VocabularyKind, id: &str) -> Option<&'a str> {
        let body = (register == VocabularyKind::Departments).then(|| self.body(id)).flatten();
        let of_body = body.into_iter().flat_map(|body| body.name.iter().chain(&body.full_name));
        let word = self.words(register).into_iter().find(|(known, _)| *known == id)?.1;
        let mut names = of_body.chain([word]).map(|name| name.reference().value.as_str());
        names.find(|name| !name.is_ascii() && self.ids(register, name) == [id])
    }

    /// Returns the name of the function `id`, whoever carries it out here.
    pub fn function_name(&self, id: &str) -> Option<&'a str> {
        self.vocabulary.department(id).map(|known| known.name.reference().value.as_str())
    }

    /// Returns the names of a vocabulary here, each once, in its order.
    pub fn names(&self, register: VocabularyKind) -> Vec<&'a str> {
        let mut names = Vec::new();
        for (id, word) in self.words(register) {
            let body = (register == VocabularyKind::Departments).then(|| self.body(id)).flatten();
            let name = body.and_then(|body| body.name.as_ref()).unwrap_or(word).reference().value.as_str();
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }

    /// Returns the names here that are nearest to a text that means no word: few, or none.
    pub fn near(&self, register: VocabularyKind, text: &str) -> Vec<&'a str> {
        let wanted = self.forms(text);
        let distance = |name: &str| {
            let forms = self.forms(name);
            let pairs = wanted.iter().flat_map(|a| forms.iter().map(move |b| (a, b)));
            let close = pairs.filter_map(|(a, b)| {
                let distance = strsim::damerau_levenshtein(a, b);
                (distance <= (a.chars().count() / 3).clamp(1, 3) && distance < b.chars().count())
                    .then_some(distance)
            });
            close.min()
        };
        let mut near: Vec<(usize, &str)> =
            self.names(register).into_iter().filter_map(|name| Some((distance(name)?, name))).collect();
        near.sort_by_key(|(distance, _)| *distance);
        if near.is_empty() {
            near = self.akin(register, &fold(text));
        }
        near.into_iter().map(|(_, name)| name).take(MOST_NEAR).collect()
    }

    /// Returns the names of words whose first two characters stand in `text`.
    fn akin(&self, register: VocabularyKind, text: &str) -> Vec<(usize, &'a str)> {
        let starts = |name: &&Localized| {
            let start: String = fold(&name.reference().value).chars().take(2).collect();
            start.chars().count() == 2 && text.contains(&start)
        };
        let words = self.words(register).into_iter().filter(|(_, name)| starts(name));
        words.filter_map(|(id, _)| Some((0, self.name(register, id)?))).collect()
    }

    /// Returns the words of a vocabulary with their names.
    fn words(&self, register: VocabularyKind) -> Vec<(&'a str, &'a Localized)> {
        let words = self.vocabulary;
        let of = |id: &'a Spanned<String>, name: &'a Localized| (id.value.as_str(), name);
        let audiences = || words.audiences.iter().map(|who| of(&who.id, &who.name));
        let conditions = || words.conditions.iter().map(|condition| of(&condition.id, &condition.name));
        match register {
            VocabularyKind::Areas => words.areas.iter().map(|area| of(&area.id, &area.name)).collect(),
            VocabularyKind::Departments => {
                words.departments.iter().map(|known| of(&known.id, &known.name)).collect()
            }
            VocabularyKind::Audiences => audiences().collect(),
            VocabularyKind::Conditions => conditions().collect(),
            VocabularyKind::AudiencesAndConditions => audiences().chain(conditions()).collect(),
            VocabularyKind::Groups => words.groups.iter().map(|group| of(&group.id, &group.name)).collect(),
        }
    }

    /// Returns the body that carries out a function here.
    fn body(&self, id: &str) -> Option<&'a NamedBody> {
        self.places.first().and_then(|place| self.body_in(place, id))
    }

    fn body_in(&self, place: &'a Place, id: &str) -> Option<&'a NamedBody> {
        let local = place.departments.get(id).map(|(_, body)| body);
        local.or_else(|| self.vocabulary.usual_body(place, id))
    }

    fn functions(&self, text: &str) -> Vec<&'a str> {
        let wanted = self.forms(text);
        let layers = self.layers.get_or_init(|| self.all_layers());
        let find =
            |names: &BTreeMap<String, Vec<&'a str>>| wanted.iter().find_map(|form| names.get(form).cloned());
        let known = layers.iter().find_map(|layer| find(&layer.exact).or_else(|| find(&layer.bare)));
        known.unwrap_or_else(|| self.by_stem(&wanted))
    }

    /// Returns the one function whose name, or a usual name of whose body, is that of these forms but for the word
    /// for a body at the end.
    fn by_stem(&self, wanted: &[String]) -> Vec<&'a str> {
        let stems = self.stems.get_or_init(|| {
            let mut stems: BTreeMap<String, Vec<&'a str>> = BTreeMap::new();
            for layer in self.layers.get_or_init(|| self.all_layers()) {
                for (name, ids) in layer.exact.iter().chain(&layer.bare) {
                    let known = stems.entry(stem(name).unwrap_or_else(|| joined(name))).or_default();
                    known.extend(ids.iter().filter(|id| !known.contains(id)).copied().collect::<Vec<_>>());
                }
            }
            stems
        });
        let mut known = wanted.iter().filter_map(|form| stems.get(&stem(form)?));
        known.find(|ids| ids.len() == 1).cloned().unwrap_or_default()
    }

    fn all_layers(&self) -> Vec<Layer<'a>> {
        let departments = &self.vocabulary.departments;
        let ids = || departments.iter().map(|department| department.id.value.as_str());
        let in_place = |place: &&'a Place| {
            let place: &'a Place = place;
            self.layer(ids().filter_map(|id| Some((id, self.body_in(place, id)?))).flat_map(named))
        };
        let mut layers: Vec<Layer<'a>> = self.places.iter().map(in_place).collect();
        layers.push(self.layer(departments.iter().map(|known| (known.id.value.as_str(), &known.name))));
        for tier in [Tier::Nation, Tier::Province, Tier::Prefecture, Tier::County] {
            let bodies = departments
                .iter()
                .filter_map(|known| Some((known.id.value.as_str(), known.counterparts.get(&tier)?)));
            layers.push(self.layer(bodies.flat_map(named)));
        }
        let variants = departments
            .iter()
            .flat_map(|known| known.variants.values().map(|body| (known.id.value.as_str(), body)));
        layers.push(self.layer(variants.flat_map(named)));
        layers
    }

    fn layer(&self, names: impl Iterator<Item = (&'a str, &'a Localized)>) -> Layer<'a> {
        let mut layer = Layer::default();
        for (id, name) in names {
            for (_, text) in name.iter() {
                let mut map = &mut layer.exact;
                for form in self.forms(&text.value) {
                    let ids = map.entry(form).or_default();
                    if !ids.contains(&id) {
                        ids.push(id);
                    }
                    map = &mut layer.bare;
                }
            }
        }
        layer
    }

    /// Returns the forms of a name: as it is, without the name of a place, without a word for its tier.
    fn forms(&self, name: &str) -> Vec<String> {
        let whole = fold(name);
        let mut forms = vec![whole.clone()];
        let own = self.own.get_or_init(|| {
            let names = |place: &&'a Place| std::iter::once(&place.name).chain(&place.short_name);
            self.places.iter().flat_map(names).map(|name| fold(&name.reference().value)).collect()
        });
        for own in own {
            if let Some(rest) = whole.strip_prefix(own.as_str()) {
                forms.push(rest.to_owned());
            }
        }
        for at in 0..forms.len() {
            let rest = TIERS.iter().find_map(|tier| forms[at].strip_prefix(tier)).map(str::to_owned);
            forms.extend(rest);
            forms.extend(league(&forms[at]));
        }
        let mut seen = Vec::new();
        forms.retain(|form| {
            let is_new = form.chars().count() > 1 && !seen.contains(form);
            seen.push(form.clone());
            is_new
        });
        forms
    }

    /// Puts the ids of the vocabulary in the place of names, wherever a tree of this shape has them. What names
    /// nothing stays.
    pub fn resolve(&self, mut node: Node, shape: &Shape) -> Node {
        node.value = match (node.value, shape) {
            (Value::Text(text), Shape::Word(register)) => {
                Value::Text(self.ids(*register, &text).first().map_or(text, |id| (*id).to_owned()))
            }
            (Value::List(items), Shape::List(Shape::Word(register))) => {
                Value::List(self.resolve_all(items, *register))
            }
            (Value::List(items), Shape::List(item) | Shape::Several(item)) => {
                Value::List(items.into_iter().map(|each| self.resolve(each, item)).collect())
            }
            (Value::Map(entries), Shape::Named { by, value }) => {
                let own = |Entry { key, value: each }| Entry {
                    key: self.resolve_key(key, *by),
                    value: self.resolve(each, value),
                };
                Value::Map(entries.into_iter().map(own).collect())
            }
            (Value::Map(entries), Shape::Map(_) | Shape::MapBy { .. }) => {
                let map = Node { value: Value::Map(entries), ..node };
                return self.resolve_fields(map, shape);
            }
            (value, _) => value,
        };
        node
    }

    /// Returns the names that a tree of this shape writes for words, each once, with the ids they mean.
    pub(super) fn written(&self, node: &Node, shape: &Shape) -> Vec<WrittenName> {
        let mut names = Vec::new();
        self.collect_written(node, shape, &mut names);
        names
    }

    fn collect_written(&self, node: &Node, shape: &Shape, names: &mut Vec<WrittenName>) {
        match (&node.value, shape) {
            (Value::Text(text), Shape::Word(register)) => self.note_written(text, *register, names),
            (Value::List(items), Shape::List(item)) => {
                items.iter().for_each(|each| self.collect_written(each, item, names));
            }
            (Value::Map(entries), Shape::Named { by, value }) => {
                for entry in entries {
                    if let NamedBy::Word(register) = by {
                        self.note_written(&entry.key.value, *register, names);
                    }
                    self.collect_written(&entry.value, value, names);
                }
            }
            (Value::Map(entries), Shape::Map(_) | Shape::MapBy { .. }) => {
                let Some(table) = shape.table(node) else { return };
                for entry in entries {
                    let Some(field) = table.field(&entry.key.value) else { continue };
                    self.collect_written(&entry.value, &field.shape, names);
                }
            }
            _ => {}
        }
    }

    fn note_written(&self, text: &str, register: VocabularyKind, names: &mut Vec<WrittenName>) {
        let (kind, ids) = (kind(register), self.ids(register, text));
        let is_name = !ids.is_empty() && ids != [text];
        if is_name && names.iter().all(|known| known.kind != kind || known.name != text) {
            let means = ids.into_iter().map(str::to_owned).collect();
            names.push(WrittenName { kind: kind.to_owned(), name: text.to_owned(), means });
        }
    }

    fn resolve_fields(&self, mut node: Node, shape: &Shape) -> Node {
        let table = shape.table(&node);
        if let (Value::Map(entries), Some(table)) = (&mut node.value, table) {
            for entry in entries {
                let Some(field) = table.field(&entry.key.value) else { continue };
                let value = std::mem::replace(&mut entry.value, Node::refused(entry.key.span));
                entry.value = self.resolve(value, &field.shape);
            }
        }
        node
    }

    fn resolve_all(&self, items: Vec<Node>, register: VocabularyKind) -> Vec<Node> {
        let mut resolved: Vec<Node> = Vec::with_capacity(items.len());
        for item in items {
            let ids = item.text().map(|text| self.ids(register, text)).unwrap_or_default();
            if let [_, _, ..] = ids.as_slice() {
                let is_there = |id: &str| resolved.iter().any(|known| known.text() == Some(id));
                let new: Vec<&str> = ids.into_iter().filter(|id| !is_there(id)).collect();
                resolved.extend(new.into_iter().map(|id| Node::new(item.span, Value::Text(id.to_owned()))));
            } else {
                resolved.push(match ids.first() {
                    Some(id) => Node::new(item.span, Value::Text((*id).to_owned())),
                    None => item,
                });
            }
        }
        resolved
    }

    /// A key is one word; the name of a body that carries out several functions is none.
    fn resolve_key(&self, key: Spanned<String>, by: NamedBy) -> Spanned<String> {
        let NamedBy::Word(register) = by else { return key };
        match self.ids(register, &key.value).as_slice() {
            [id] => Spanned::new((*id).to_owned(), key.span),
            _ => key,
        }
    }
}

/// Returns the names of a body with the id of its function.
fn named<'a>((id, body): (&'a str, &'a NamedBody)) -> impl Iterator<Item = (&'a str, &'a Localized)> {
    body.name.iter().chain(&body.full_name).map(move |name| (id, name))
}

/// Returns a name without the word for a body at its end.
fn stem(name: &str) -> Option<String> {
    let rest = BODIES.iter().find_map(|body| name.strip_suffix(body))?;
    (rest.chars().count() > 1).then(|| joined(rest))
}

/// Returns a name without the words for “and”.
fn joined(name: &str) -> String {
    name.replace(['和', '与', '、'], "")
}

/// Returns 团委 for 团省委, 团市委, 团县委, 团区委: the one body whose tier stands inside its name.
fn league(name: &str) -> Option<String> {
    let rest = name.strip_prefix('团')?;
    ["省委", "市委", "县委", "区委"].contains(&rest).then(|| "团委".to_owned())
}
