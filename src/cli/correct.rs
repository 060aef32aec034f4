//! `qingdan edition correct`: writes a dated correction into an issued edition and records what now stands there.

use clap::ArgMatches;

use super::data::{self, Read};
use super::writing::{lock_change, text_change};
use super::{Exit, terminal};
use crate::catalogue::EDITIONS_FILE;
use crate::correction::{CorrectionWords, corrected, uncorrectable};
use crate::diagnostic::{Error, UiLang};
use crate::personal::hidden;
use crate::storage::Session;
use crate::text;

/// Records a correction of the edition at `address`: what was corrected, in the languages of the site in their order.
///
/// # Errors
/// There is no such edition, or it is not frozen; the disk.
pub(super) fn correct(
    read: &Read,
    session: &Session,
    address: &str,
    what: &[&str],
    arguments: &ArgMatches,
    lang: UiLang,
) -> Result<Exit, Error> {
    let Some(content) = read.catalogue() else { return Ok(Exit::Refused) };
    let issue = data::edition(content, address)?;
    if let Some(reason) = uncorrectable(content, &issue.address()) {
        return Err(Error::Argument { reason });
    }
    let languages: Vec<&str> = content.site.languages.iter().map(|language| language.code.as_str()).collect();
    let by = arguments.get_one::<String>("by");
    if what.is_empty() || what.len() > languages.len() || what.iter().any(|text| text.trim().is_empty()) {
        let all = languages.join(" ");
        return Err(Error::Argument {
            reason: text!(
                "写明更正了什么：qingdan edition correct 地区/清单/版次 \"更正了什么\"，各种语言按这个次序写：{all}",
                "say what was corrected: `qingdan edition correct PLACE/LIST/ID \"what\"`, in these languages, in this order: {all}"
            ),
        });
    }
    if what.iter().copied().chain(by.map(String::as_str)).any(|text| hidden(text) != text) {
        return Err(Error::Argument {
            reason: text!(
                "更正的说明里有个人的号码，先删去",
                "the correction holds a number of a person; take it out first"
            ),
        });
    }
    if read.outcome.findings.refuse() {
        terminal::say(
            text!("先改好上面的错误，再写更正", "mend the mistakes above, then record the correction")
                .get(lang),
        );
        return Ok(Exit::Refused);
    }
    let texts = languages.into_iter().zip(what.iter().copied());
    let words = CorrectionWords {
        on: data::today(arguments)?,
        texts: texts.map(|(code, text)| (code.to_owned(), text.to_owned())).collect(),
        by: by.cloned(),
    };
    let source = read.outcome.sources.file(issue.edition.span.file);
    let done = corrected(&read.outcome.sources, content, issue, &source.text, &words);
    let done = done.map_err(|reason| Error::Argument { reason })?;
    session.change(&[
        text_change(session, &source.path, &source.text, &done.text)?,
        lock_change(session, &content.frozen, &done.lock)?,
    ])?;
    let path = &source.path;
    terminal::say(
        text!(
            "更正写进了 {path}，并记在 {EDITIONS_FILE}；会列在清单的说明页上",
            "the correction is written to {path} and recorded in {EDITIONS_FILE}; the page about the list shows it"
        )
        .get(lang),
    );
    Ok(Exit::Clean)
}
