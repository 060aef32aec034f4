//! What would be said of a form if it were sent as it stands: nothing is written.

use super::subject::{Ground, Subject};
use super::{Answer, Editor};
use crate::diagnostic::{Error, Findings, UiLang};
use crate::pipeline::{self, Outcome};
use crate::render;
use crate::source::SourceTree;
use std::collections::BTreeMap;
use std::sync::Arc;

impl Editor {
    /// Returns what is known of the catalogue if the file at `path` says `text`.
    ///
    /// # Errors
    /// The disk.
    pub(super) fn as_if(&self, path: &str, text: String) -> Result<Arc<Outcome>, Error> {
        let mut findings = Findings::new();
        let unsaved = BTreeMap::from([(path.to_owned(), text)]);
        let sources = SourceTree::read_with(&self.root, render::default_theme(), &unsaved, &mut findings)?;
        let before = self.read_before();
        let sources = sources.follow(before.as_deref());
        Ok(Arc::new(pipeline::examine(sources, findings, &self.request(), &|_| {})?))
    }

    /// Returns the form of a part as it is in `outcome`. `None` if it is not there.
    pub(super) fn tried(&self, subject: &Subject, outcome: &Outcome, lang: UiLang) -> Option<Answer> {
        let catalogue = outcome.catalogue.as_ref()?;
        let page = self.form(subject, &Ground { outcome, catalogue, lang })?;
        Some(Answer::Tried(Box::new(page)))
    }
}
