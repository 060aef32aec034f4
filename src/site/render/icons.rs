//! The mark of a site as pictures of fixed sizes: for home screens, and for chats that show links.
//!
//! Drawn from the theme's `icon.svg` on white, because chats and home screens put black behind what is
//! transparent. To add a size, add a line to [`SIZES`].

use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::{Options, Tree};

/// The asset the pictures are drawn from.
pub(super) const SOURCE: &str = "icon.svg";

/// Name and side in pixels of each picture.
pub(super) const SIZES: &[(&str, u16)] = &[("icon-192.png", 192), ("icon-512.png", 512)];

/// Draws `svg` as a square PNG with this side. `None` if it is no SVG that can be drawn.
pub(super) fn draw(svg: &[u8], side: u16) -> Option<Vec<u8>> {
    let tree = Tree::from_data(svg, &Options::default()).ok()?;
    let mut picture = Pixmap::new(side.into(), side.into())?;
    picture.fill(Color::WHITE);
    let (width, height) = (tree.size().width(), tree.size().height());
    let scale = f32::from(side) / width.max(height);
    let (x, y) = ((f32::from(side) - width * scale) / 2.0, (f32::from(side) - height * scale) / 2.0);
    resvg::render(&tree, Transform::from_row(scale, 0.0, 0.0, scale, x, y), &mut picture.as_mut());
    picture.encode_png().ok()
}
