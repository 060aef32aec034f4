//! Places as people call them at the command line: by path, by last folder, by name.

use super::{Catalogue, Place, PlacePath};
use crate::diagnostic::Message;
use crate::schema::{fold, nearest};
use crate::text;

/// So many places are named where none is meant.
const SOME: usize = 8;

impl Catalogue {
    /// Returns the place that `word` names.
    ///
    /// # Errors
    /// There is none, or there are several; the message says which may be meant.
    pub fn place_named(&self, word: &str) -> Result<&Place, Message> {
        let path = PlacePath::new(word.replace('\\', "/").trim_matches('/'));
        if let Some(place) = self.places.get(&path) {
            return Ok(place);
        }
        let wanted = fold(path.as_str());
        let is_it = |place: &&Place| names(place).any(|name| fold(name) == wanted);
        let called: Vec<&Place> = self.places.values().filter(is_it).collect();
        match called.as_slice() {
            [place] => Ok(place),
            [] => Err(self.no_place(path.as_str())),
            several => {
                let all = several.iter().map(|place| place.path.as_str()).collect::<Vec<_>>().join(" ");
                Err(text!(
                    "叫“{word}”的地区不止一个，请写全：{all}",
                    "several places are called `{word}`; write one of them in full: {all}"
                ))
            }
        }
    }

    fn no_place(&self, word: &str) -> Message {
        let paths = || self.places.keys().map(PlacePath::as_str);
        let by_name = || {
            let near = self.places.values().find(|place| nearest(word, names(place)).is_some());
            near.map(|place| place.path.as_str())
        };
        if let Some(near) = nearest(word, paths()).or_else(by_name) {
            return text!(
                "没有“{word}”这个地区。是不是“{near}”？",
                "there is no place `{word}`; did you mean `{near}`?"
            );
        }
        let (some, count) = (paths().take(SOME).collect::<Vec<_>>().join(" "), self.places.len());
        if count > SOME {
            return text!(
                "没有“{word}”这个地区。共有 {count} 个，例如 {some}；全部见 qingdan status",
                "there is no place `{word}`; there are {count}, such as {some}; `qingdan status` names them all"
            );
        }
        text!("没有“{word}”这个地区。有：{some}", "there is no place `{word}`; there are: {some}")
    }
}

/// Returns the names of a place, its last folder among them.
fn names(place: &Place) -> impl Iterator<Item = &str> {
    let folder = place.path.as_str().rsplit('/').next();
    let names = std::iter::once(&place.name).chain(&place.short_name);
    folder.into_iter().chain(names.flat_map(|name| name.iter().map(|(_, text)| text.value.as_str())))
}
