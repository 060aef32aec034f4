//! The site of the demonstration, from the files in the program.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Request, examine};
use crate::date::Date;
use crate::diagnostic::{Error, Findings};
use crate::output::MemorySite;
use crate::render;
use crate::route::Route;
use crate::site::demo::Demo;
use crate::source::{SourceFile, SourceTree};

/// The page that servers show for addresses that lead nowhere. Its own links start at the root of a server, where the demonstration
/// does not lie.
const NOT_FOUND: &str = "404.html";

/// Returns every file of the site, drafts and pages for staff included, as of `today`; without the pages for addresses that lead
/// nowhere.
///
/// # Errors
/// Two files have the same address.
pub fn demonstration(today: Date) -> Result<BTreeMap<Route, Arc<[u8]>>, Error> {
    let file = |name: &str| {
        let bytes = Demo::get(name)?.data;
        Some(SourceFile::new(name.to_owned(), String::from_utf8_lossy(&bytes).into_owned()))
    };
    let files = Demo::iter().filter_map(|name| file(&name));
    let sources = SourceTree::from_files(files.chain(render::default_theme()).collect());
    let request = Request { staff: true, ..Request::whole(today) };
    let outcome = examine(sources, Findings::new(), &request, &|_| {})?;
    let site = MemorySite::new();
    let failed = outcome.with_site(&request, |ready| ready.write(&site, &|_| {})).transpose()?;
    assert!(failed.is_some_and(|failed| failed.is_empty()), "the demonstration passes every check");
    let files = site.finish().into_iter();
    Ok(files.filter(|(route, _)| route.as_str().rsplit('/').next() != Some(NOT_FOUND)).collect())
}
