//! What a template may spend: templates are written by staff, and one that loops must end with a finding, not with the
//! machine.
//!
//! The engine bounds neither loops nor texts. So what a template repeats or keeps goes through a function that counts:
//! before a template is read, [`Fitted`] writes that function around what is looped over and what a variable is set to, and
//! into each component. The count is of steps, not of time: the same template ends at the same place everywhere.

use std::cell::Cell;
use std::io::{self, Write};

use tera::{Kwargs, State, Tera, Value};

use super::fitting::{COUNTED, KEPT};

/// Steps that one page may take: each turn of a loop, each variable, each component. The largest pages there are take
/// some ten thousand.
const MOST_STEPS: usize = 1_000_000;
/// The longest text that a variable may hold, in bytes.
const LONGEST_TEXT: usize = 256 * 1024;
/// So much of a text, or of what a list holds, counts as a step when it is kept.
const A_STEP: usize = 64;
/// The largest file that a template may make.
const LARGEST_FILE: usize = 32 * 1024 * 1024;

/// Stands in the errors about too many steps; nobody sees it.
pub(super) const TOO_LONG: &str = "qingdan: too many steps";
/// Stands in the errors about files that are too large; nobody sees it.
pub(super) const TOO_LARGE: &str = "qingdan: too large";

thread_local! {
    /// What the page that this thread renders has spent. The engine hands nothing of ours through a rendering that could
    /// change, and renders on the thread that asks.
    static SPENT: Cell<usize> = const { Cell::new(0) };
}

/// Lets templates call what counts.
pub(super) fn register(tera: &mut Tera) {
    tera.register_function(COUNTED, |kwargs: Kwargs, _: &State| counted(&kwargs));
    tera.register_function(KEPT, |kwargs: Kwargs, _: &State| kept(&kwargs));
}

/// Renders a template within bounds.
///
/// # Errors
/// What the template does wrong, or that it spends too much.
pub(super) fn render(tera: &Tera, name: &str, context: &tera::Context) -> tera::TeraResult<Vec<u8>> {
    SPENT.set(0);
    let mut page = Page(Vec::new());
    tera.render_to(name, context, &mut page)?;
    Ok(page.0)
}

/// Renders a text that is no template of the theme within bounds.
///
/// # Errors
/// What the template does wrong, or that it spends too much.
pub(super) fn render_text(tera: &Tera, text: &str, context: &tera::Context) -> tera::TeraResult<String> {
    SPENT.set(0);
    let mut page = Page(Vec::new());
    tera.render_str_to(text, context, false, &mut page)?;
    Ok(String::from_utf8(page.0)?)
}

/// Counts the turns of a loop over `of`.
fn counted(kwargs: &Kwargs) -> tera::TeraResult<Value> {
    let of = kwargs.get::<Value>("of")?.unwrap_or_else(Value::undefined);
    let turns = of.as_str().map_or_else(|| of.len().unwrap_or(0), str::len);
    spend(1 + turns)?;
    Ok(of)
}

/// Counts a value that is kept, with all that it holds.
fn kept(kwargs: &Kwargs) -> tera::TeraResult<Value> {
    let of = kwargs.get::<Value>("of")?.unwrap_or_else(Value::undefined);
    let mut left = MOST_STEPS;
    let Some(()) = weigh(&of, &mut left) else { return Err(tera::Error::message(TOO_LONG)) };
    spend(1 + (MOST_STEPS - left) / A_STEP)?;
    Ok(of)
}

/// Takes from `left` what a value weighs; `None` once nothing is left, or if a text is too long.
///
/// Lists share what they hold, so that a small one can stand for one of any size.
fn weigh(value: &Value, left: &mut usize) -> Option<()> {
    if let Some(text) = value.as_str() {
        *left = left.checked_sub(1 + text.len())?;
        return (text.len() <= LONGEST_TEXT).then_some(());
    }
    *left = left.checked_sub(1)?;
    if let Some(items) = value.as_array() {
        return items.iter().try_for_each(|item| weigh(item, left));
    }
    value.as_map().map_or(Some(()), |map| map.values().try_for_each(|item| weigh(item, left)))
}

fn spend(steps: usize) -> tera::TeraResult<()> {
    let spent = SPENT.get().saturating_add(steps);
    SPENT.set(spent);
    if spent > MOST_STEPS { Err(tera::Error::message(TOO_LONG)) } else { Ok(()) }
}

/// A file in the making.
struct Page(Vec<u8>);

impl Write for Page {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.len() + bytes.len() > LARGEST_FILE {
            return Err(io::Error::other(TOO_LARGE));
        }
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
