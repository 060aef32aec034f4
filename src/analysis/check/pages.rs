//! Every kind of finding, and its page.

use crate::catalogue;
use crate::check::rules;
use crate::diagnostic::Code;
use crate::{schema, source, syntax};

/// All kinds of finding of rows 3 to 10 and of the rows after, stage by stage.
pub const CODES: &[&[&Code]] = &[
    source::codes::ALL,
    syntax::codes::ALL,
    schema::codes::ALL,
    catalogue::codes::ALL,
    rules::CODES,
    crate::diagnostic::site_codes::ALL,
];

/// The pages, embedded from `src/analysis/check/rules/*.md`.
#[derive(rust_embed::RustEmbed)]
#[folder = "check/rules/"]
#[include = "*.md"]
struct CodePages;

/// Returns the page of a code or name, as Markdown. `None` if there is no such code.
pub fn page(code_or_name: &str) -> Option<(&'static Code, String)> {
    let wanted = code_or_name.trim();
    let code = CODES
        .iter()
        .flat_map(|stage| stage.iter())
        .find(|code| code.id.eq_ignore_ascii_case(wanted) || code.name.eq_ignore_ascii_case(wanted))?;
    let text = CodePages::get(&format!("{}.md", code.name))?;
    Some((code, String::from_utf8_lossy(&text.data).into_owned()))
}
