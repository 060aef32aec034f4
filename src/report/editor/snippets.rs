//! What an editor fills in at once: the required fields of a map, in order, with the words to choose from.
//!
//! Every map of the tables has its snippet. [`ALSO`] says which fields that are not required it holds too.

use serde_json::{Map, Value, json};

use super::words::{CatalogueWords, OfferedWords, Word};
use crate::schema::{Choice, Field, KeyLanguage, RefTo, Shape, Table};

/// Optional fields that snippets hold: document, keys that lead to the map, its fields.
const ALSO: &[(&str, &str, &[&str])] = &[
    ("edition", "", &["ordinal", "document", "dates", "measured_against", "services"]),
    ("edition", "document", &["number", "title", "url"]),
    ("edition", "dates", &["signed", "printed"]),
    ("edition", "services.adopts", &["apply"]),
    ("edition", "services.adopts.apply", &["where", "bring", "time", "phone"]),
    ("edition", "services.apply", &["where", "bring", "steps", "fee", "time", "phone"]),
    ("edition", "services.audience", &["population", "age"]),
    ("contacts", "contacts", &["name", "address", "phone", "hours"]),
    ("place", "departments", &["name"]),
    ("departments", "departments.counterparts", &["province", "prefecture", "county"]),
];

/// OfferedWords longer than this are left to the completion of the value.
const MOST_CHOICES: usize = 40;

/// Returns the snippets of a field that is a map. `None` if it is none, or has nothing to fill in at once.
pub(super) fn of_field(
    document: &str,
    field: &Field,
    path: &str,
    words: &CatalogueWords<'_>,
) -> Option<Value> {
    let Shape::Map(table) = &field.shape else { return None };
    snippets(document, &[(table, path)], words)
}

/// Returns the snippets of the items of a list of maps.
pub(super) fn of_items(
    document: &str,
    item: &Shape,
    path: &str,
    words: &CatalogueWords<'_>,
) -> Option<Value> {
    match item {
        Shape::Map(table) => snippets(document, &[(table, path)], words),
        Shape::MapBy { key, then, otherwise } => {
            snippets(document, &[(otherwise, path), (then, &format!("{path}.{key}"))], words)
        }
        Shape::Text
        | Shape::TextOr(_)
        | Shape::Ref(_)
        | Shape::PlaceCode
        | Shape::Localized
        | Shape::Id
        | Shape::Word(_)
        | Shape::Language
        | Shape::Date
        | Shape::MonthDay
        | Shape::Integer
        | Shape::Truth
        | Shape::Age
        | Shape::Choice(_)
        | Shape::List(_)
        | Shape::Several(_)
        | Shape::Named { .. } => None,
    }
}

/// Returns the snippet of a whole document.
pub(super) fn of_document(document: &str, shape: &Shape, words: &CatalogueWords<'_>) -> Option<Value> {
    let Shape::Map(table) = shape else { return None };
    snippets(document, &[(table, "")], words)
}

fn snippets(document: &str, tables: &[(&Table, &str)], words: &CatalogueWords<'_>) -> Option<Value> {
    let languages: &[KeyLanguage] = match (words.keys.chinese(), words.keys.english()) {
        (true, true) => &[KeyLanguage::Chinese, KeyLanguage::English],
        (true, false) => &[KeyLanguage::Chinese],
        (false, _) => &[KeyLanguage::English],
    };
    let snippet = |(table, path): &(&Table, &str), language: KeyLanguage| {
        let mut skeleton = Skeleton { document, words, language, stops: 0 };
        let body = skeleton.map(table, path);
        let (zh, en) = (table.zh, table.en);
        let label = match language {
            KeyLanguage::Chinese => format!("{zh}（填空） · {en}"),
            KeyLanguage::English => format!("{en}: fill in · {zh}"),
        };
        let about =
            "写好必填的字段，按 Tab 键逐个填写\n\nThe required fields; go from one to the next with Tab";
        (!body.is_empty()).then(|| json!({"label": label, "markdownDescription": about, "body": body}))
    };
    let all: Vec<Value> = tables
        .iter()
        .flat_map(|each| languages.iter().filter_map(move |language| snippet(each, *language)))
        .collect();
    (!all.is_empty()).then_some(Value::Array(all))
}

/// Fills in a map; each place to type at has the next number.
struct Skeleton<'a> {
    document: &'a str,
    words: &'a CatalogueWords<'a>,
    language: KeyLanguage,
    stops: usize,
}

impl Skeleton<'_> {
    fn map(&mut self, table: &Table, path: &str) -> Map<String, Value> {
        let also = ALSO.iter().find(|(document, at, _)| *document == self.document && *at == path);
        let wanted =
            |field: &&Field| field.required || also.is_some_and(|(.., keys)| keys.contains(&field.key));
        let mut map = Map::new();
        for field in table.fields.iter().filter(wanted) {
            let inner = if path.is_empty() { field.key.to_owned() } else { format!("{path}.{}", field.key) };
            map.insert(self.language.key(field).to_owned(), self.value(&field.shape, &inner));
        }
        map
    }

    fn value(&mut self, shape: &Shape, path: &str) -> Value {
        match shape {
            Shape::Ref(RefTo::Service) => self.choice(self.words.services()),
            Shape::Ref(RefTo::Edition) => self.choice(self.words.editions()),
            Shape::Text
            | Shape::TextOr(_)
            | Shape::Ref(RefTo::Provision | RefTo::FormerProvision)
            | Shape::PlaceCode => self.stop(),
            Shape::Localized => self.texts(),
            Shape::Id => self.filled("example-id"),
            Shape::Language => self.filled("zh"),
            Shape::Date => self.filled("2027-01-31"),
            Shape::MonthDay => self.filled("11-10"),
            Shape::Integer => self.filled("1"),
            Shape::Truth => self.filled("true"),
            Shape::Age => self.filled("0-6"),
            Shape::Choice(choices) => {
                let of = |choice: &Choice| Word::new(self.language.choice(choice), "");
                self.choice(choices.iter().map(of).collect())
            }
            Shape::Word(register) => {
                let OfferedWords { offered, .. } = self.words.of(*register);
                self.choice(offered)
            }
            Shape::Several(item) => self.value(item, path),
            Shape::List(item) => Value::Array(vec![self.value(item, path)]),
            Shape::Map(table) => Value::Object(self.map(table, path)),
            Shape::MapBy { otherwise, .. } => Value::Object(self.map(otherwise, path)),
            Shape::Named { .. } => Value::Object(Map::from_iter([("${name}".to_owned(), self.stop())])),
        }
    }

    fn stop(&mut self) -> Value {
        self.stops += 1;
        json!(format!("${}", self.stops))
    }

    fn filled(&mut self, example: &str) -> Value {
        self.stops += 1;
        json!(format!("${{{}:{example}}}", self.stops))
    }

    /// One line a language.
    fn texts(&mut self) -> Value {
        let languages = self.words.languages_in(self.language);
        Value::Object(languages.into_iter().map(|name| (name.to_owned(), self.stop())).collect())
    }

    fn choice(&mut self, words: Vec<Word>) -> Value {
        let own = |word: &Word| word.value.is_ascii() == (self.language == KeyLanguage::English);
        let (own, other): (Vec<Word>, Vec<Word>) = words.into_iter().partition(own);
        let words = if own.is_empty() { other } else { own };
        if words.is_empty() || words.len() > MOST_CHOICES {
            return self.stop();
        }
        self.stops += 1;
        let names = words.iter().map(|word| word.value.replace(',', "\\,").replace('|', "\\|"));
        json!(format!("${{{}|{}|}}", self.stops, names.collect::<Vec<_>>().join(",")))
    }
}
