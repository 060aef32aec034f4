//! The demonstration: an invented province in which every verdict and every kind of change occurs.

/// Its files.
#[derive(rust_embed::RustEmbed)]
#[folder = "demo/"]
pub struct Demo;

/// The day on which the demonstration has something of everything: editions that are due, overdue, about to end.
pub const DAY: &str = "2027-06-10";
