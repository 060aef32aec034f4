//! The search over pages that are no services, such as those of the handbook: the same index, the same script.
//!
//! An article is a page, or a place in one. What is shown of it is shipped whole; of the rest of its text only the stretches that the
//! index did not know yet, and these come with the first question that needs them.

use serde::Serialize;

use super::index::{Weighed, weight};
use super::shard::{MORE, Shard, TEXTS, file, fold_for, json};
use super::tokens::normal;

/// A page, or a place in one, that is searched for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Article {
    /// What stands before its title: a number, a code. May be empty.
    pub label: String,
    /// Its address from the folder of the shelf, with the name of the place in the page: `list.html#t0-title`.
    pub address: String,
    /// The part of the shelf that it is in, from 0.
    pub part: usize,
    /// What it is called.
    pub title: String,
    /// Other names by which it is known.
    pub keys: Vec<String>,
    /// The sentences of which the one that answers is shown.
    pub lines: Vec<String>,
    /// What else it says.
    pub rest: String,
}

/// A part of a shelf, which is offered where nothing is found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ShelfPart {
    /// The address of its page from the root of the site.
    pub address: String,
    /// What it is called.
    pub name: String,
}

/// All articles in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shelf {
    /// The folder their addresses start from, without a `/` at its end: `zh`.
    pub folder: String,
    /// What they are called together.
    pub title: String,
    /// The parts.
    pub parts: Vec<ShelfPart>,
    /// The articles, in the order in which equals are shown; the same in every language.
    pub articles: Vec<Article>,
    /// Words of a question that do not count.
    pub ignored: &'static [&'static str],
}

/// A shelf as `search.js` takes it: like the shard of a place, with whole addresses for ids.
#[derive(Default, Serialize)]
struct Data<'a> {
    lists: [String; 1],
    titles: [&'a str; 1],
    areas: Vec<(&'a str, &'a str)>,
    departments: [&'a str; 0],
    items: Items<'a>,
    places: [&'a str; 0],
    line: Option<&'a str>,
    ignored: String,
    bands: [&'a str; 0],
    /// Says that an id is a whole address, to which nothing is added.
    whole: bool,
}

/// The articles by column, as services are.
#[derive(Default, Serialize)]
struct Items<'a>(
    Vec<&'a str>,
    Vec<usize>,
    Vec<&'a str>,
    Vec<usize>,
    Vec<[usize; 0]>,
    Vec<&'a str>,
    Vec<&'a [String]>,
    Vec<[String; 1]>,
    Vec<Option<(u16, u16)>>,
);

/// What some questions need besides.
#[derive(Serialize)]
struct More<'a> {
    rest: &'a [String],
    towns: [&'a str; 0],
    spoken: &'a str,
    fold: (String, String),
}

/// Returns the two scripts of a shelf, in its folder.
pub fn shelf(shelf: &Shelf) -> Shard {
    let ignored = shelf.ignored.iter().map(|word| normal(word)).collect();
    let mut index = Weighed::new(&ignored);
    let mut data = Data {
        lists: [format!("{}/", shelf.folder)],
        titles: [&shelf.title],
        areas: shelf.parts.iter().map(|part| (part.address.as_str(), part.name.as_str())).collect(),
        ignored: ignored.iter().cloned().collect::<Vec<_>>().join("|"),
        whole: true,
        ..Data::default()
    };
    let mut rests = Vec::new();
    for article in &shelf.articles {
        index.next();
        index.add(&article.title, weight::TITLE);
        let keys = index.add_phrases(article.keys.iter().map(String::as_str));
        index.add(&shelf.parts[article.part].name, weight::AREA);
        article.lines.iter().for_each(|line| index.add(line, weight::BODY));
        rests.push(index.add_rest(&article.rest, weight::BODY).join(" "));
        let items = &mut data.items;
        items.0.push(&article.label);
        items.1.push(0);
        items.2.push(&article.address);
        items.3.push(article.part);
        items.4.push([]);
        items.5.push(&article.title);
        items.6.push(&article.lines);
        items.7.push([keys]);
        items.8.push(None);
    }
    let texts = json(&data);
    let mut more = More { rest: &rests, towns: [], spoken: "", fold: Default::default() };
    more.fold = fold_for(&format!("{texts}{}", json(&more)));
    Shard { texts: file(&shelf.folder, TEXTS, &texts), more: file(&shelf.folder, MORE, &json(&more)) }
}
