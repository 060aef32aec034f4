//! The fields of one service, as far as the row and the vocabulary say them.

use std::collections::BTreeSet;

use super::{Writing, folded};
use crate::catalogue::{Service, WhoKind};
use crate::diagnostic::Message;
use crate::import::columns::Column;
use crate::import::from_words;
use crate::import::names::{self, Named};
use crate::import::note::{shown, warning};
use crate::import::rows;
use crate::import::table::Record;
use crate::import::yaml::Map;
use crate::text;

impl Writing<'_, '_> {
    /// Returns the number of a row; without one that of its place.
    pub(super) fn number(&mut self, at: usize, record: &Record, place: &Message) -> u32 {
        self.number_or(u32::try_from(at + 1).unwrap_or(u32::MAX), record, place)
    }

    /// Returns the number of a row, or the usual one.
    pub(super) fn number_or(&mut self, usual: u32, record: &Record, place: &Message) -> u32 {
        self.say_no_number(record, usual, place);
        rows::number(record.get(Column::Number)).unwrap_or(usual)
    }

    /// Says which number is written where the row has none, or something else in its place.
    pub(super) fn say_no_number(&mut self, record: &Record, number: u32, place: &Message) {
        let written = record.get(Column::Number);
        if rows::number(written).is_some() {
            return;
        }
        let words = shown(written);
        let what = if written.is_empty() {
            text!("没有序号，写成了 {number}", "there is no number; {number} was written")
        } else {
            text!(
                "序号“{words}”不是整数，写成了 {number}",
                "the number “{words}” is no whole number; {number} was written"
            )
        };
        self.notes.push(warning(
            place.clone(),
            what,
            text!("核对序号，不要和别的项目重复", "check the number; no two services have the same"),
        ));
    }

    /// Returns the departments of a row: their ids where that is certain, else their names.
    pub(super) fn departments(
        &mut self,
        record: &Record,
        like: Option<&Service>,
        place: &Message,
    ) -> Vec<(Named, Vec<String>)> {
        let is_known = |name: &str| !names::functions(&self.naming, name).is_empty();
        let split = |column: Column| names::split(record.get(column), &is_known);
        let mut named: Vec<Named> = split(Column::Lead);
        named.iter_mut().for_each(|lead| lead.leads = true);
        for more in [Column::Departments, Column::Support].into_iter().flat_map(split) {
            if named.iter().all(|known| known.name != more.name) {
                named.push(more);
            }
        }
        let expected: BTreeSet<&str> = like
            .into_iter()
            .flat_map(|service| &service.body.departments)
            .map(|id| id.value.as_str())
            .collect();
        let mut known = Vec::new();
        for name in named {
            let all = names::functions(&self.naming, &name.name);
            // One body may carry out several functions; those of the baseline are meant.
            let meant: Vec<String> =
                all.iter().filter(|id| expected.contains(id.as_str())).cloned().collect();
            let ids = match (meant.is_empty(), all.len()) {
                (false, _) => meant,
                (true, 0..=names::MOST_FUNCTIONS) => all,
                (true, _) => Vec::new(),
            };
            if ids.is_empty() && !self.unknown.contains_key(&name.name) {
                let words = shown(&name.name);
                self.notes.push(warning(
                    place.clone(),
                    text!("词表里没有“{words}”这个部门", "the vocabulary has no department called “{words}”"),
                    text!(
                        "改成 vocabulary/departments.yaml 里的编号，或者在 place.yaml 写上本地名称",
                        "write its id from vocabulary/departments.yaml, or add the local name to place.yaml"
                    ),
                ));
                self.unknown.insert(name.name.clone(), place.clone());
            }
            known.push((name, ids));
        }
        known
    }

    pub(super) fn area(&mut self, record: &Record, like: Option<&Service>, place: &Message) -> String {
        let written = without_mark(record.get(Column::Area));
        if let Some(id) = names::area(&self.target.catalogue.vocabulary, written) {
            return id;
        }
        let words = shown(written);
        if !written.is_empty() && like.is_none() {
            self.new_areas.insert(written.to_owned());
        }
        let (what, area) = match like {
            Some(service) => (
                text!(
                    "领域“{words}”不在词表里，照最像的上级项目填了",
                    "the vocabulary has no area “{words}”; that of the baseline service most like it was taken"
                ),
                service.body.area.value.clone(),
            ),
            None if written.is_empty() => (text!("领域是空的", "no area is named"), "area".to_owned()),
            None => {
                (text!("领域“{words}”不在词表里", "the vocabulary has no area “{words}”"), written.to_owned())
            }
        };
        self.notes.push(warning(
            place.clone(),
            what,
            text!(
                "改成 vocabulary/areas.yaml 里的编号；真是新的领域，导入时加 --add-areas",
                "write its id from vocabulary/areas.yaml; for a new area, import with --add-areas"
            ),
        ));
        area
    }

    /// Returns the audience of a row with the age of its own column, and what to say if more than its words was guessed.
    pub(super) fn audience_of(&mut self, record: &Record, place: &Message) -> (Map, Option<Message>) {
        let (words, age) = (record.get(Column::Audience), record.get(Column::Age));
        let known = from_words::age_of(age, self.target.wording())
            .or_else(|| from_words::age_of(&format!("{age}儿童"), self.target.wording()));
        let (mut map, guessed) = match (&known, age.is_empty(), words.is_empty()) {
            // An age that cannot be read is kept as it stands.
            (None, false, false) => self.audience(&format!("{words}（{age}）")),
            (_, false, true) => self.audience(age),
            _ => self.audience(words),
        };
        match known {
            Some(known) => map.text("age", &known),
            None if age.is_empty() => {}
            None => {
                let shown = shown(age);
                self.notes.push(warning(
                    place.clone(),
                    text!(
                        "年龄“{shown}”读不懂，写进了服务对象",
                        "the age “{shown}” cannot be read and was added to the audience"
                    ),
                    text!("在服务对象的⟦age⟧里写上，例如 3-6", "write ⟦age⟧ of the audience, such as 3-6"),
                ));
            }
        }
        (map, guessed)
    }

    /// Returns the audience, and what to say if more than its words was guessed.
    pub(super) fn audience(&self, words: &str) -> (Map, Option<Message>) {
        let mut map = Map::default();
        map.zh("text", if words.is_empty() { "服务对象待填" } else { words });
        let known = self.baseline.iter().flat_map(|baseline| &baseline.edition.services);
        let same = known
            .map(|service| &service.body.audience)
            .find(|known| folded(&known.text.reference().value) == folded(words));
        if let Some(known) = same {
            known.population.iter().for_each(|id| map.text("population", &id.value));
            map.texts("categories", known.categories.iter().map(|id| &id.value));
            map.texts("conditions", known.conditions.iter().map(|id| &id.value));
            known.age.iter().for_each(|age| map.text("age", &age.to_string()));
            return (map, None);
        }
        // Nobody knows whom 户籍 or 除外 leaves out.
        if let Some(words) = from_words::leaves_out(words, self.target.wording()) {
            let comment = text!(
                "原文有“{words}”，⟦population⟧没有猜，请写上，并写⟦conditions⟧",
                "the text has “{words}”: write ⟦population⟧ and ⟦conditions⟧, which were not guessed"
            );
            return (map, Some(comment));
        }
        let audiences = &self.target.catalogue.vocabulary.audiences;
        let is_named = |name: &str| name.chars().count() > 1 && words.contains(name);
        let named = || audiences.iter().filter(|who| is_named(&who.name.reference().value));
        let longest = named()
            .filter(|who| who.kind == WhoKind::Population)
            .max_by_key(|who| who.name.reference().value.len());
        longest.iter().for_each(|who| map.text("population", &who.id.value));
        map.texts(
            "categories",
            named().filter(|who| who.kind != WhoKind::Population).map(|who| &who.id.value),
        );
        let age = from_words::age_of(words, self.target.wording());
        age.iter().for_each(|age| map.text("age", age));
        (map, Some(super::guessed_audience()))
    }
}

/// Returns the name of an area without the number before it: `三、病有所医`, `（一）优孕优生`.
fn without_mark(name: &str) -> &str {
    let name = name.trim();
    let rest = name.trim_start_matches(['（', '(']);
    let is_number = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    let behind = rest.trim_start_matches(is_number);
    let has_number = behind.len() < rest.len() && behind.starts_with(['、', '．', '.', '）', ')']);
    if has_number { behind.trim_start_matches(['、', '．', '.', '）', ')']).trim_start() } else { name }
}
