//! Assets: style sheets, scripts, pictures, each under a name that holds a fingerprint of its content.

use sha2::{Digest, Sha256};

use super::css;
use crate::route::Route;

/// One asset, ready to be written.
#[derive(Clone, Debug)]
pub(super) struct Asset {
    /// The name templates use: `qingdan.css`.
    pub name: String,
    /// Where it lies: `assets/qingdan.1a2b3c4d.css`.
    pub route: Route,
    /// Its content.
    pub bytes: Vec<u8>,
}

impl Asset {
    /// Returns the asset `name` with this text: a style sheet as older engines can read it, a script slim.
    pub(super) fn of_text(name: &str, text: &str) -> Self {
        let text = match name.rsplit_once('.') {
            Some((_, "css")) => css::with_older_names(text),
            Some((_, "js")) => slim(text),
            _ => text.to_owned(),
        };
        Self::new(name, text.into_bytes())
    }

    /// Returns the asset `name` with this content.
    pub(super) fn new(name: &str, bytes: Vec<u8>) -> Self {
        let mark: String = Sha256::digest(&bytes).iter().take(4).map(|byte| format!("{byte:02x}")).collect();
        let route = match name.rsplit_once('.') {
            Some((stem, ending)) => format!("assets/{stem}.{mark}.{ending}"),
            None => format!("assets/{name}.{mark}"),
        };
        Self { name: name.to_owned(), route: Route::new(route), bytes }
    }
}

/// Returns a script without indentation and lines that are only a comment: phones pay for every byte. One that
/// has texts over several lines, between backquotes, stays as it is.
fn slim(script: &str) -> String {
    if script.contains('`') {
        return script.to_owned();
    }
    let lines = script.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}
