//! What follows from the catalogue, for checks, pages and exports.

use crate::catalogue::Catalogue;
use crate::date::Date;

/// What is known of a catalogue.
#[derive(Clone, Copy, Debug)]
pub struct Analysis<'a> {
    /// The content.
    pub catalogue: &'a Catalogue,
    /// The day it is.
    pub today: Date,
}
