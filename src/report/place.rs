//! Turns a span into path, lines and columns, and paths into what other tools expect.

use std::borrow::Cow;
use std::path::Path;

use crate::personal::{hidden, shown_name};
use crate::source::{Position, SourceFile, SourceTree};
use crate::span::Span;
use crate::visible::visible_name;

/// Where something is, as people and other tools count.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub(super) struct Place<'a> {
    /// Path relative to the catalogue, with `/`; numbers of persons in it are masked.
    pub(super) path: Cow<'a, str>,
    /// First character.
    pub(super) start: Position,
    /// One past the last character, which may be one past the end of its line.
    pub(super) end: Position,
}

impl<'a> Place<'a> {
    /// Returns the place of a span.
    pub(super) fn of(sources: &'a SourceTree, span: Span) -> Self {
        let file = sources.of(span);
        let end = span.end.max(span.start);
        Self { path: shown_path(file), start: file.position(span.start), end: file.position(end) }
    }
}

/// Returns the path of a file as it may be shown.
pub(super) fn shown_path(file: &SourceFile) -> Cow<'_, str> {
    let shown = shown_name(&file.path);
    if shown == file.path { Cow::Borrowed(&file.path) } else { Cow::Owned(shown) }
}

/// Returns the folder `root` as it was given, with `/` and one at the end: `content/`; numbers of persons in it are masked.
///
/// Empty for the working folder itself, so that it can be put before any path of the catalogue.
pub(super) fn folder_prefix(root: &Path) -> String {
    let given = root.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
    let given = hidden(&given);
    let given = visible_name(&given);
    let mut folder = given.as_ref();
    while let Some(rest) = folder.strip_prefix("./") {
        folder = rest.trim_start_matches('/');
    }
    if folder.is_empty() || folder == "." {
        String::new()
    } else {
        format!("{}/", folder.trim_end_matches('/'))
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::tree;
    use super::*;
    use crate::span::FileId;

    #[test]
    fn the_end_is_one_past_the_last_character() {
        let sources = tree(&[("a.yaml", "甲乙\r\n丙：x")]);
        let colon = Place::of(&sources, Span::new(FileId(0), 11, 14));
        assert_eq!((colon.start.line, colon.start.column), (2, 2));
        assert_eq!((colon.end.line, colon.end.column), (2, 3));
    }

    #[test]
    fn past_the_end_is_the_end() {
        let sources = tree(&[("a.yaml", "甲")]);
        let place = Place::of(&sources, Span::new(FileId(0), 70, 90));
        assert_eq!((place.start, place.end.column), (place.end, 2));
    }

    #[test]
    fn the_catalogue_stands_before_paths_as_it_was_given() {
        let given = |name: &str| folder_prefix(Path::new(name));
        assert_eq!(given("content"), "content/");
        assert_eq!(given("./content//"), "content/");
        assert_eq!(given("../福建"), "../福建/");
        assert_eq!(given("."), "");
        assert_eq!(given("./"), "");
        assert_eq!(given("/srv/list"), "/srv/list/");
    }
}
