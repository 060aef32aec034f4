//! The list, inside the output folder, of the files we made.

use std::collections::BTreeSet;
use std::path::Path;

use crate::diagnostic::Error;
use crate::route::Route;

/// Its name in the output folder.
pub(super) const NAME: &str = ".qingdan-manifest";

const FIRST_LINE: &str = "qingdan-manifest 1";

/// Routes in their order; a manifest that we wrote or will write contains itself.
pub(super) type Routes = BTreeSet<String>;

/// Reads the manifest of the site in `out`. Empty if there is none, or it is of another version:
/// then everything in `out` is foreign.
///
/// # Errors
/// [`Error::Read`] if the file is there and cannot be read.
pub(super) fn read(out: &Path) -> Result<Routes, Error> {
    let Some(bytes) = super::bytes_in(out, &Route::new(NAME))? else { return Ok(Routes::new()) };
    let text = String::from_utf8(bytes).unwrap_or_default();
    let mut lines = text.lines();
    if lines.next() != Some(FIRST_LINE) {
        return Ok(Routes::new());
    }
    Ok(lines.map(str::to_owned).chain([NAME.to_owned()]).collect())
}

/// Returns the manifest of `routes`: a line with the version, then one route a line, in order.
pub(super) fn text(routes: &Routes) -> String {
    let mut text = format!("{FIRST_LINE}\n");
    for route in routes.iter().filter(|route| *route != NAME) {
        text.push_str(route);
        text.push('\n');
    }
    text
}

/// Tells whether `routes` has a file below the folder `folder`.
pub(super) fn has_below(routes: &Routes, folder: &str) -> bool {
    let prefix = format!("{folder}/");
    routes.range(prefix.clone()..).next().is_some_and(|route| route.starts_with(&prefix))
}
