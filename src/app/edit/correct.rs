//! Corrections of issued editions by form: what is sealed is shown and cannot be changed; what is open is changed together with
//! a dated entry that says what was corrected.

use serde::Serialize;

use super::control::{Control, FormField};
use super::deed::value;
use super::journal::{self, Stood};
use super::posted::Pairs;
use super::subject::{Ground, Subject};
use super::{Editor, NEW};
use crate::catalogue::{EditionRef, Seal, seal_of};
use crate::correction::{CorrectionWords, corrected, lock_change, needs_record, uncorrectable};
use crate::diagnostic::{Error, Message};
use crate::text;
use qingdan_storage::{Change, Session};

/// Before the code of a language: what was corrected, in it.
const WHAT: &str = "c/";
/// The office that corrects.
const BY: &str = "c/by";

/// What the form of an issued edition asks for besides its fields.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Correcting {
    /// What was corrected, in each language: the name of its control, of the language, its tag, the text.
    pub texts: Vec<(String, String, String, String)>,
    /// The office that corrects.
    pub by: String,
}

impl Correcting {
    /// Returns what is asked for, with what was sent so far.
    pub(super) fn of(ground: &Ground<'_>, sent: &Pairs) -> Self {
        let said = |name: &str| value(sent, name).unwrap_or_default().trim().to_owned();
        let languages = ground.catalogue.site.languages.iter();
        let texts = languages.map(|known| {
            let name = format!("{WHAT}{}", known.code.as_str());
            let text = said(&name);
            (name, known.name.clone(), known.tag.clone(), text)
        });
        Self { texts: texts.collect(), by: said(BY) }
    }
}

/// Returns the edition that a file is, if it is issued and can be corrected.
pub(super) fn correctable<'g>(ground: &Ground<'g>, subject: &Subject) -> Option<EditionRef<'g>> {
    let address = subject.kind.edition.as_ref()?;
    let issue = ground.catalogue.edition(address)?;
    let file = ground.outcome.sources.file(issue.edition.span.file);
    (uncorrectable(ground.catalogue, address).is_none() && !file.withheld && !issue.edition.lost)
        .then_some(issue)
}

/// Tells whether the part that a form is about can be begun in an issued edition.
pub(super) fn can_begin(subject: &Subject, reference: &str) -> bool {
    let way: Vec<&str> = subject.path.iter().map(String::as_str).chain([NEW]).collect();
    !matches!(seal_of(&way, reference), None | Some(Seal::Sealed))
}

/// Locks the fields that are sealed; tells whether one is open.
pub(super) fn lock(fields: &mut [FormField], path: &[String], reference: &str) -> bool {
    let mut is_open = false;
    for field in fields {
        let steps = field.name.split('/').skip(1);
        let way: Vec<&str> = path.iter().map(String::as_str).chain(steps).collect();
        let may = !matches!(seal_of(&way, reference), None | Some(Seal::Sealed));
        let own = match &mut field.control {
            Control::Group { fields, .. } => lock(fields, path, reference),
            Control::Items { add, names, .. } => {
                if !may {
                    (*add, *names) = (None, None);
                }
                may
            }
            _ => may,
        };
        field.locked = !own;
        is_open |= own;
    }
    is_open
}

impl Editor {
    /// Writes `new`, which the file of an issued edition is to say, with a correction where one is needed; says why not, if not.
    ///
    /// # Errors
    /// Somebody else writes; the disk.
    pub(super) fn correct(
        &self,
        session: &Session,
        (ground, issue): (&Ground<'_>, EditionRef<'_>),
        (stood, new): (&Stood<'_>, &str),
        (sent, others): (&Pairs, Vec<Change>),
    ) -> Result<Option<Message>, Error> {
        let (sources, content) = (&ground.outcome.sources, ground.catalogue);
        let mut changes = match needs_record(sources, content, issue, new) {
            Err(why) => return Ok(Some(why)),
            Ok(false) => vec![journal::file_change(stood, new)],
            Ok(true) => {
                let words = match self.words_of(ground, sent) {
                    Ok(words) => words,
                    Err(why) => return Ok(Some(why)),
                };
                match corrected(sources, content, issue, new, &words) {
                    Err(why) => return Ok(Some(why)),
                    Ok(done) => vec![
                        journal::file_change(stood, &done.text),
                        lock_change(session, &content.frozen, &done.lock)?,
                    ],
                }
            }
        };
        // Undo would leave the record behind; what stood there is kept instead.
        changes[0].is_of_people = true;
        changes.extend(others);
        session.change(&changes)?;
        self.forget();
        Ok(None)
    }

    /// Reads what was corrected.
    fn words_of(&self, ground: &Ground<'_>, sent: &Pairs) -> Result<CorrectionWords, Message> {
        let said = Correcting::of(ground, sent);
        if said.texts.first().is_none_or(|(.., text)| text.is_empty()) {
            return Err(text!(
                "这一版已经发布，先在“更正了什么”里写明改了什么，再存",
                "this edition is issued: say under “What is corrected” what was changed, then save"
            ));
        }
        let texts = said.texts.into_iter().filter(|(.., text)| !text.is_empty());
        let code = |name: String| name.trim_start_matches(WHAT).to_owned();
        Ok(CorrectionWords {
            on: (self.today)(),
            texts: texts.map(|(name, .., text)| (code(name), text)).collect(),
            by: Some(said.by).filter(|by| !by.is_empty()),
        })
    }
}
