//! Codes for phones to read, as outlines: black areas of a square with four modules of white round them.

use std::collections::BTreeMap;

use qrcode::{Color, EcLevel, QrCode};
use serde::Serialize;

/// White modules on each side, as ISO/IEC 18004 asks.
const QUIET: usize = 4;

/// A code as a template draws it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PrintedCode {
    /// What it says.
    pub text: String,
    /// Width and height in modules, with the white round it.
    pub size: usize,
    /// Width and height on paper in millimetres, so that the black areas are at least [`PRINTED`] wide.
    pub millimetres: usize,
    /// The outline of the black areas, as path data of SVG.
    pub path: String,
}

/// Millimetres that the code has on paper without the white round it: enough to be read from some steps away.
const PRINTED: usize = 62;

/// A corner between modules.
type Corner = (usize, usize);

impl PrintedCode {
    /// Returns the code for `text`, readable with a quarter of it gone (level Q). `None` if it is too long.
    pub fn new(text: &str) -> Option<Self> {
        let code = QrCode::with_error_correction_level(text, EcLevel::Q).ok()?;
        let width = code.width();
        let colours = code.into_colors();
        let dark = |x: usize, y: usize| {
            let inside = (QUIET..QUIET + width).contains(&x) && (QUIET..QUIET + width).contains(&y);
            inside && colours[(y - QUIET) * width + x - QUIET] == Color::Dark
        };
        let size = width + 2 * QUIET;
        let path = outline(edges(size, dark));
        Some(Self { text: text.to_owned(), size, millimetres: (PRINTED * size).div_ceil(width), path })
    }
}

/// Returns the edges between black and white, each with black on its right, by where they start.
fn edges(size: usize, dark: impl Fn(usize, usize) -> bool) -> BTreeMap<Corner, Vec<Corner>> {
    let mut edges: BTreeMap<Corner, Vec<Corner>> = BTreeMap::new();
    for (x, y) in (0..size).flat_map(|y| (0..size).map(move |x| (x, y))).filter(|&(x, y)| dark(x, y)) {
        let sides = [
            ((x, y - 1), (x, y), (x + 1, y)),
            ((x + 1, y), (x + 1, y), (x + 1, y + 1)),
            ((x, y + 1), (x + 1, y + 1), (x, y + 1)),
            ((x - 1, y), (x, y + 1), (x, y)),
        ];
        for ((nx, ny), from, to) in sides {
            if !dark(nx, ny) {
                edges.entry(from).or_default().push(to);
            }
        }
    }
    edges
}

/// Joins edges to closed lines.
fn outline(mut edges: BTreeMap<Corner, Vec<Corner>>) -> String {
    let mut path = String::new();
    while let Some((&start, _)) = edges.first_key_value() {
        path.push_str(&format!("M{} {}", start.0, start.1));
        let (mut at, mut drawn) = (start, start);
        while let Some(next) = take(&mut edges, at) {
            if drawn != at && (drawn.1 == at.1) != (at.1 == next.1) {
                path.push_str(&stroke(drawn, at));
                drawn = at;
            }
            at = next;
        }
        path.push('z');
    }
    path
}

fn take(edges: &mut BTreeMap<Corner, Vec<Corner>>, at: Corner) -> Option<Corner> {
    let ends = edges.get_mut(&at)?;
    let end = ends.pop();
    if ends.is_empty() {
        edges.remove(&at);
    }
    end
}

fn stroke(from: Corner, to: Corner) -> String {
    if from.1 == to.1 { format!("H{}", to.0) } else { format!("V{}", to.1) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_are_drawn_as_closed_lines_and_straight_stretches_as_one() {
        let bar = |x: usize, y: usize| y == 1 && (1..4).contains(&x);
        assert_eq!(outline(edges(5, bar)), "M1 1H4V2H1z");
        let corners = |x: usize, y: usize| (x, y) == (1, 1) || (x, y) == (2, 2);
        assert_eq!(outline(edges(4, corners)).matches('z').count(), 1);
    }

    #[test]
    fn a_code_has_four_white_modules_on_each_side() {
        let code = PrintedCode::new("https://example.org/350200/12/").expect("it is short");
        assert_eq!(code.size, 29 + 8);
        assert!(code.path.starts_with("M4 4H11V11H4z"), "{}", code.path);
    }
}
