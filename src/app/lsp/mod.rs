//! The language server of the tool: our own findings in an editor, with their repairs, as texts are typed.
//!
//! It says what the general YAML server cannot know: what a slip in full width means, whether a department is in
//! the register, whether a provision is lower than its baseline. Completion and explanations stay with the
//! general server, which reads the schemas of `report::editor`.
//!
//! A [`Session`] holds the texts of the client, runs the pipeline over them when typing pauses, and publishes
//! what came of it for every file of the catalogue. To answer one more request, add its arm in `session.rs`.

mod diagnostics;
mod documents;
mod position;
mod session;
mod uri;
mod wire;

pub use session::{Session, Setting};
pub use wire::{Heard, listen};
