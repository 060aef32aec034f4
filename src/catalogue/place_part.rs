//! What a place has besides its lists, one file each: what has to be done and reported, what holds in
//! danger, blank forms, figures.

use super::filled;
use super::{Naming, Place};
use crate::diagnostic::Findings;
use crate::lang::LangCode;
use crate::schema::field_type::FieldType;
use crate::schema::tables::{self, DangerFile, DutiesFile, FormFile, StatisticsFile};
use crate::schema::{Declared, Fields, Shape};
use crate::span::{FileId, Span};
use crate::syntax::Node;

/// Which file it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PartKind<'p> {
    /// `duties.yaml`.
    Duties,
    /// `danger.yaml`.
    Danger,
    /// `statistics.yaml`.
    Statistics,
    /// `forms/<id>.yaml`.
    Form(&'p str),
}

/// What one of these files says.
pub(super) enum PlacePart {
    Duties(DutiesFile),
    Danger(DangerFile),
    Statistics(StatisticsFile),
    Form(Box<Form>),
}

/// A blank form: what its file says, under the name of that file.
#[derive(Clone, Debug)]
pub struct Form {
    /// Id: the name of its file.
    pub id: String,
    /// What its file says.
    pub file: FormFile,
    /// Where its title stands.
    pub span: Span,
}

impl std::ops::Deref for Form {
    type Target = FormFile;

    fn deref(&self) -> &FormFile {
        &self.file
    }
}

impl PartKind<'_> {
    /// Returns what the file may hold.
    pub fn shape(self) -> &'static Shape {
        match self {
            Self::Duties => &tables::DUTIES,
            Self::Danger => &tables::DANGER,
            Self::Statistics => &tables::STATISTICS,
            Self::Form(_) => &tables::FORM,
        }
    }

    /// Tells whether the file may be read, and reports what stands against it: a form that somebody filled in.
    pub fn may_be_read(self, file: FileId, text: &str, findings: &mut Findings) -> bool {
        match self {
            Self::Duties | Self::Danger | Self::Statistics => true,
            Self::Form(_) => filled::report(file, text, findings),
        }
    }

    /// Returns what the fitted file says; names in it mean what they mean in its place.
    pub fn decode(self, node: Node, naming: &Naming<'_>, reference: &LangCode) -> Option<PlacePart> {
        let node = naming.resolve(node, self.shape());
        let fields = Fields::new(&node, reference);
        match self {
            Self::Duties => DutiesFile::decode(fields).map(PlacePart::Duties),
            Self::Danger => DangerFile::decode(fields).map(PlacePart::Danger),
            Self::Statistics => StatisticsFile::decode(fields).map(PlacePart::Statistics),
            Self::Form(id) => {
                let span = node.get("title").map_or(node.span, |title| title.span);
                let form = FormFile::read(&node, reference);
                form.map(|file| PlacePart::Form(Box::new(Form { id: id.to_owned(), file, span })))
            }
        }
    }
}

impl PlacePart {
    /// Adds it to its place.
    pub fn add_to(self, place: &mut Place) {
        match self {
            Self::Duties(file) => {
                place.duties = file.duties;
                place.reporting = file.reporting;
            }
            Self::Danger(file) => place.danger = Some(file),
            Self::Statistics(file) => place.statistics = file.statistics,
            Self::Form(form) => drop(place.forms.insert(form.id.clone(), *form)),
        }
    }
}
