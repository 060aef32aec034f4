//! Pieces for the pages of others, by templates of the theme.

use super::Theme;
use crate::api::DataFile;
use crate::diagnostic::Finding;
use crate::open::embed::{Fragment, STYLES};
use crate::route::Route;

/// Returns the pieces as files, with their styles in `folder`.
///
/// # Errors
/// A finding, if a template of the theme fails.
pub fn fragments(theme: &Theme, folder: &str, pieces: &[Fragment]) -> Result<Vec<DataFile>, Box<Finding>> {
    let render = |name: &'static str, route: &Route, context: &tera::Context| {
        let made = theme.render(name, context).map_err(|error| theme.failure(name, route, &error))?;
        Ok::<DataFile, Box<Finding>>((route.clone(), made))
    };
    let styles = Route::new(format!("{folder}/{STYLES}"));
    let mut files = vec![render(STYLES, &styles, &tera::Context::new())?];
    for piece in pieces {
        let mut context = tera::Context::new();
        context.insert("data", &piece.data);
        files.push(render(piece.template, &piece.route, &context)?);
    }
    Ok(files)
}
