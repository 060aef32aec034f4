//! Findings: what is wrong or doubtful in content and themes, with its place.
//!
//! Stages take `&mut Findings`, add what they notice and go on. One mistake gives one finding. How a
//! finding is printed is decided in the room `report`.

mod code;
mod error;
mod findings;
mod message;
pub mod site_codes;

pub use code::{Code, Level};
pub use error::Error;
pub use findings::{Edit, Finding, Findings, Fix, Label, MOST_OF_A_KIND};
pub use message::{Message, UiLang, quoted};
