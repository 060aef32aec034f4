//! The demonstration: an invented province in which every verdict and every kind of change occurs.

/// Its files.
#[derive(rust_embed::RustEmbed)]
#[folder = "demo/"]
pub struct Demo;
