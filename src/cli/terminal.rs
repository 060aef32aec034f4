//! Talking to the person at the terminal: language, colour, progress, plain lines.

use std::io::{IsTerminal, Write};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::usage;
use crate::diagnostic::{Error, Findings, Message, UiLang};
use crate::personal::{hidden, masked};
use crate::report::{Format, Report};
use crate::source::SourceTree;
use crate::text;
use crate::visible::visible_but_colours;

/// Returns the language the tool speaks: `--lang`, `QINGDAN_LANG`, the locale, else Chinese.
pub(super) fn language(arguments: &[String]) -> UiLang {
    let after = arguments.iter().position(|word| word == "--lang").and_then(|at| arguments.get(at + 1));
    let joined = arguments.iter().find_map(|word| word.strip_prefix("--lang="));
    let named = after.map(String::as_str).or(joined).map(str::to_owned);
    let locale = ["QINGDAN_LANG", "LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.is_empty());
    match named.or(locale) {
        Some(value) if value.starts_with("en") => UiLang::En,
        _ => UiLang::Zh,
    }
}

/// Writes one line to stderr. Whatever is said passes here, and so do the paths and words that a person gave: no number of
/// a person that they hold is shown. A reader that has gone away is no reason to fail.
pub(super) fn say(line: &str) {
    let _ = writeln!(anstream::stderr(), "{}", visible_but_colours(&hidden(line)));
}

/// Writes what the parser of arguments has to say: what was asked for to stdout, what is wrong to stderr.
pub(super) fn usage(error: &clap::Error, lang: UiLang) {
    let said = usage::said(error, lang);
    let _ = if error.use_stderr() {
        anstream::stderr().write_all(visible_but_colours(&masked(&said)).as_bytes())
    } else {
        anstream::stdout().write_all(said.as_bytes())
    };
}

/// Writes text to stdout, without numbers of persons. Of what is not seen only colours go to a terminal as they are.
pub(super) fn data(text: &str) {
    note(anstream::stdout().write_all(visible_but_colours(&hidden(text)).as_bytes()));
}

/// Writes bytes to stdout: what was made of the snapshot of a catalogue, which holds no number of a person.
pub(super) fn bytes_out(bytes: &[u8]) {
    note(std::io::stdout().write_all(bytes));
}

/// What the system said when data could not be written to stdout. A global, since data is written from everywhere and
/// the command goes on.
static LOST: Mutex<Option<std::io::Error>> = Mutex::new(None);

/// Remembers that data did not get through. A reader of the output that has gone away is no reason to fail.
fn note(written: std::io::Result<()>) {
    if let Err(cause) = written
        && cause.kind() != std::io::ErrorKind::BrokenPipe
    {
        LOST.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(cause);
    }
}

/// Returns an error if data for stdout was lost, as on a full disk.
///
/// # Errors
/// It was.
pub(super) fn check_written() -> Result<(), Error> {
    note(std::io::stdout().flush());
    let lost = LOST.lock().unwrap_or_else(PoisonError::into_inner).take();
    lost.map_or(Ok(()), |cause| Err(Error::Write { path: "stdout".into(), cause }))
}

/// Makes a mistake of our own say what it is without showing a number of a person that the content holds.
pub(super) fn tell_panics(lang: UiLang) {
    std::panic::set_hook(Box::new(move |panic| {
        let said = masked(&panic.to_string());
        let asked = text!(
            "程序自己出了错，请把下面几行发给维护程序的人",
            "the program failed; please send these lines to whoever maintains it"
        );
        error(&asked, lang);
        say(&said);
    }));
}

/// Writes an error to stderr.
pub(super) fn error(message: &Message, lang: UiLang) {
    let label = text!("错误", "error");
    say(&format!("{}: {}", label.get(lang), message.get(lang)));
}

/// Writes findings in `format`, where that format belongs.
pub(super) fn findings(format: &Format, findings: &Findings, sources: &SourceTree, lang: UiLang) {
    let color = !format.to_stdout && anstream::stderr().is_terminal() && colour_is_wanted();
    let text = written(format, &Report { findings, sources, lang, color });
    if format.to_stdout {
        bytes_out(&text);
    } else {
        // Consoles of Windows that do not know the codes of colours get none, or their own.
        let _ = anstream::stderr().write_all(&[mark(&std::io::stderr(), format).as_bytes(), &text].concat());
    }
}

/// Returns what a file with the findings in `format` says.
pub(super) fn file_of_findings(
    format: &Format,
    findings: &Findings,
    sources: &SourceTree,
    lang: UiLang,
) -> Vec<u8> {
    let text = written(format, &Report { findings, sources, lang, color: false });
    let mark = if needs_mark(cfg!(windows), format, Some(0)) { MARK } else { "" };
    [mark.as_bytes(), &text].concat()
}

fn written(format: &Format, report: &Report<'_>) -> Vec<u8> {
    let mut text = Vec::new();
    (format.write)(report, &mut text).expect("memory can be written");
    text
}

/// What tells older Notepads that a text is UTF-8.
const MARK: &str = "\u{FEFF}";

/// Tells whether a text for people starts with [`MARK`]: on Windows, at the start of a file. `length` is how long the
/// file is so far, where it is one; consoles and other programs must not get it, and nothing needs it in data.
fn needs_mark(windows: bool, format: &Format, length: Option<u64>) -> bool {
    windows && !format.to_stdout && length == Some(0)
}

/// Returns what the text that goes to `stream` starts with.
#[cfg(windows)]
fn mark(stream: &impl std::os::windows::io::AsHandle, format: &Format) -> &'static str {
    let file = stream.as_handle().try_clone_to_owned().map(std::fs::File::from);
    // Consoles and pipes have no length.
    let length = file
        .and_then(|file| file.metadata())
        .ok()
        .filter(std::fs::Metadata::is_file)
        .map(|known| known.len());
    if needs_mark(true, format, length) { MARK } else { "" }
}

/// Returns what the text that goes to a stream starts with: elsewhere text is UTF-8 anyway.
#[cfg(not(windows))]
fn mark<S>(_: &S, _: &Format) -> &'static str {
    ""
}

/// Tells whether nobody has asked for plain text.
pub(super) fn colour_is_wanted() -> bool {
    std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// Pages from which on a progress bar is worth drawing.
const LONG_WORK: usize = 3000;

/// Returns a progress bar on stderr, hidden if that is no terminal or the work is short.
pub(super) fn progress(pages: usize, lang: UiLang) -> ProgressBar {
    if pages < LONG_WORK {
        return ProgressBar::hidden();
    }
    bar(
        pages,
        &text!(
            "{{bar:40}} {{pos}}/{{len}} 页  还需 {{eta}}",
            "{{bar:40}} {{pos}}/{{len}} pages  {{eta}} left"
        ),
        lang,
    )
}

/// Returns a progress bar on stderr for things that take long each, hidden if that is no terminal.
pub(super) fn counted(things: usize, lang: UiLang) -> ProgressBar {
    bar(
        things,
        &text!("{{bar:40}} {{pos}}/{{len}}  还需 {{eta}}", "{{bar:40}} {{pos}}/{{len}}  {{eta}} left"),
        lang,
    )
}

fn bar(things: usize, template: &Message, lang: UiLang) -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar =
        ProgressBar::with_draw_target(u64::try_from(things).ok(), ProgressDrawTarget::stderr_with_hz(10));
    if let Ok(style) = ProgressStyle::with_template(template.get(lang)) {
        bar.set_style(style);
    }
    bar
}

/// Returns a number of bytes as people write it.
pub(super) fn bytes(bytes: u64) -> String {
    match bytes {
        0..=9_999 => format!("{bytes} B"),
        10_000..=9_999_999 => format!("{} kB", bytes / 1000),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes / 100_000 % 10),
    }
}

/// Returns a time as people write it.
pub(super) fn time(time: Duration) -> String {
    if time < Duration::from_secs(1) {
        return format!("{} ms", time.as_millis());
    }
    format!("{:.1} s", time.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report;

    #[test]
    fn only_text_for_people_at_the_start_of_a_file_on_windows_is_marked_as_utf8() {
        let named = |name| report::format_named(name).expect("there is such a format");
        for name in ["human", "short"] {
            assert!(needs_mark(true, named(name), Some(0)), "{name}");
            for (windows, length) in [(true, None), (true, Some(7)), (false, Some(0)), (false, None)] {
                assert!(!needs_mark(windows, named(name), length), "{name} {windows} {length:?}");
            }
        }
        for name in ["json", "sarif", "github", "html"] {
            assert!(!needs_mark(true, named(name), Some(0)), "{name}");
        }
    }
}
