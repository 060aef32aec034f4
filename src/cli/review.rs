//! `qingdan review`: binds what people decided to the texts that they decided it of.

use clap::ArgMatches;

use super::data::{self, Read};
use super::edition::broken;
use super::writing::text_change;
use super::{Command, Exit, terminal};
use crate::catalogue::{Catalogue, EditionRef, Review};
use crate::coverage::{self, ProvisionCoverage};
use crate::diagnostic::{Error, Findings, UiLang};
use crate::schema::KeyLanguage;
use crate::span::FileId;
use crate::storage::Session;
use crate::syntax::{Edits, Node, yaml};
use crate::text;

/// `qingdan review`.
pub(super) const COMMAND: Command = Command {
    name: "review",
    about: || {
        text!(
            "把认定和它依据的两段原文绑在一起：原文以后改了，认定就不再起作用",
            "bind reviews to the two texts they are of: once either changes, they settle nothing any more"
        )
    },
    arguments: |command, lang| {
        let words = text!(
            "清单，也可以是某一版，例如 fujian/xiamen/migrant-children",
            "a list, or an edition of one, such as fujian/xiamen/migrant-children"
        );
        command.arg(data::words_argument("words", "LIST", &words, lang)).arg(data::today_argument(lang))
    },
    run,
};

fn run(arguments: &ArgMatches, lang: UiLang) -> Result<Exit, Error> {
    let (read, session) = Read::to_write(arguments, "words", lang)?;
    let [address] = read.words.as_slice() else {
        return Err(Error::Argument {
            reason: text!("写成 qingdan review 地区/清单", "write `qingdan review PLACE/LIST`"),
        });
    };
    let Some(content) = read.catalogue() else { return Ok(Exit::Refused) };
    let mut bound = 0;
    for issue in editions(content, address.trim_matches('/'))? {
        bound += review(&read, &session, issue, lang)?;
    }
    if bound == 0 {
        terminal::say(text!("没有要绑定的认定", "there is no review to be bound").get(lang));
    }
    Ok(Exit::Clean)
}

/// Returns the editions of a list that stand or are being prepared, or the one that is named.
fn editions<'a>(content: &'a Catalogue, address: &str) -> Result<Vec<EditionRef<'a>>, Error> {
    match data::list(content, address) {
        Some(EditionRef { place, list, .. }) => {
            Ok(list.standing().map(|edition| EditionRef { place, list, edition }).collect())
        }
        None => Ok(vec![data::edition(content, address)?]),
    }
}

/// Binds the reviews of one edition, and says of which texts; returns how many.
fn review(read: &Read, session: &Session, issue: EditionRef<'_>, lang: UiLang) -> Result<usize, Error> {
    let Some(covered) = read.catalogue().and_then(|content| coverage::cover(content, issue, None)) else {
        return Ok(0);
    };
    let provisions = covered.services.iter().flat_map(|service| &service.provisions);
    let unbound: Vec<(&ProvisionCoverage<'_>, &Review)> =
        provisions.filter_map(|known| Some((known, known.unbound?))).collect();
    if unbound.is_empty() {
        return Ok(0);
    }
    bind(read, session, issue, &unbound)?;
    for (known, review) in &unbound {
        let (of, above) = (&review.of.value, &known.baseline.provision.quote.value);
        let here: Vec<&str> =
            known.covered_by.iter().map(|offer| offer.provision.quote.value.as_str()).collect();
        let here = here.join("；");
        terminal::say(
            text!(
                "{of} 的认定依据的是：上级“{above}”；本地“{here}”",
                "the review of {of} is of “{above}” in the baseline and “{here}” here"
            )
            .get(lang),
        );
    }
    Ok(unbound.len())
}

/// Writes the digests of the texts into the file; its comments stay.
fn bind(
    read: &Read,
    session: &Session,
    issue: EditionRef<'_>,
    unbound: &[(&ProvisionCoverage<'_>, &Review)],
) -> Result<(), Error> {
    let source = read.outcome.sources.file(issue.edition.span.file);
    let root =
        yaml::parse(FileId(0), &source.text, &mut Findings::new()).ok_or_else(|| broken(&source.path))?;
    let mut edits = Edits::new(&source.text);
    let entries = root.entries().iter();
    let reviews = entries.filter(|entry| matches!(entry.key.value.as_str(), "reviews" | "认定"));
    for node in reviews.flat_map(|entry| entry.value.items()) {
        let is_it = |(_, review): &&(&ProvisionCoverage<'_>, &Review)| {
            node.entries().iter().any(|entry| entry.value.span.start == review.of.span.start)
        };
        if let Some((known, _)) = unbound.iter().find(is_it) {
            write(node, known, issue.edition.keys, &source.text, &mut edits);
        }
    }
    session.change(&[text_change(session, &source.path, &source.text, &edits.done())?])
}

/// Puts the digests of a review in the place of those it has, or after its first line.
fn write(node: &Node, known: &ProvisionCoverage<'_>, keys: KeyLanguage, text: &str, edits: &mut Edits<'_>) {
    let Some(texts) = &known.texts else { return };
    let (above, here) = (&texts.baseline, &texts.local);
    let value = match keys {
        KeyLanguage::English => format!("{{baseline: '{above}', local: '{here}'}}"),
        KeyLanguage::Chinese => format!("{{上级: '{above}', 本地: '{here}'}}"),
    };
    let is_texts = |key: &str| matches!(key, "texts" | "原文指纹");
    if let Some(entry) = node.entries().iter().find(|entry| is_texts(&entry.key.value)) {
        edits.replace(entry.value.span, value);
        return;
    }
    let key = match keys {
        KeyLanguage::English => "texts",
        KeyLanguage::Chinese => "原文指纹",
    };
    let is_of = |key: &str| matches!(key, "of" | "条款");
    let Some(of) = node.entries().iter().find(|entry| is_of(&entry.key.value)) else { return };
    let start = of.key.span.start as usize;
    let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
    if text[line..start].contains('{') {
        edits.insert(of.key.span.start, &format!("{key}: {value}, "));
    } else {
        let indent = " ".repeat(text[line..start].chars().count());
        edits.insert_line_after(of.key.span.start, &format!("{indent}{key}: {value}"));
    }
}
