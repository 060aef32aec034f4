//! Row 0. The demonstration: an invented province in which every verdict and every kind of change occurs.

/// Its files.
#[derive(rust_embed::RustEmbed)]
#[folder = "src/demo/"]
pub struct Demo;
