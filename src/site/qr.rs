//! Codes for phones to read, as outlines: black areas of a square with four modules of white round them.

use std::sync::OnceLock;

use qrcode::bits::encode_auto;
use qrcode::canvas::{Canvas, MaskPattern};
use qrcode::{Color, EcLevel, ec};
use serde::Serialize;

/// White modules on each side, as ISO/IEC 18004 asks.
const QUIET: usize = 4;

/// The masks that may be laid over a code, in the order of the standard.
const MASKS: [MaskPattern; 8] = [
    MaskPattern::Checkerboard,
    MaskPattern::HorizontalLines,
    MaskPattern::VerticalLines,
    MaskPattern::DiagonalLines,
    MaskPattern::LargeCheckerboard,
    MaskPattern::Fields,
    MaskPattern::Diamonds,
    MaskPattern::Meadow,
];

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
type Corner = (u8, u8);

impl PrintedCode {
    /// Returns the code for `text`, readable with a quarter of it gone (level Q). `None` if it is too long.
    pub fn new(text: &str) -> Option<Self> {
        let modules = modules(text)?;
        let (width, size) = (modules.width, modules.width + 2 * QUIET);
        let white = || std::iter::repeat_n(0, QUIET);
        let rows = white().chain(modules.rows.iter().map(|row| row << QUIET)).chain(white());
        let path = Edges::new(size, rows).outline();
        Some(Self { text: text.to_owned(), size, millimetres: (PRINTED * size).div_ceil(width), path })
    }
}

/// Returns the code for `text` under the mask that makes it easiest to read: the one that the standard's rules find least
/// fault with. `None` if it is too long, also for a row of [`Modules`].
fn modules(text: &str) -> Option<Modules> {
    let bits = encode_auto(text.as_bytes(), EcLevel::Q).ok()?;
    let version = bits.version();
    let (data, correction) = ec::construct_codewords(&bits.into_bytes(), version, EcLevel::Q).ok()?;
    let width = usize::try_from(version.width()).ok().filter(|width| *width <= Modules::WIDEST)?;
    let mut canvas = Canvas::new(version, EcLevel::Q);
    canvas.draw_all_functional_patterns();
    canvas.draw_data(&data, &correction);
    let plain = Modules::new(width, &canvas.clone().into_colors());
    let inverted = |mask: MaskPattern| {
        let mut canvas = canvas.clone();
        canvas.apply_mask(mask);
        Modules::new(width, &canvas.into_colors()).differing(&plain)
    };
    let masks = INVERTED.get(width / 4).map(|known| known.get_or_init(|| MASKS.map(inverted)))?;
    masks.iter().map(|mask| plain.differing(mask)).min_by_key(Modules::faults)
}

/// For each width of a code, by fours: the modules that each mask inverts, which do not hang on what the code says.
static INVERTED: [OnceLock<[Modules; MASKS.len()]>; Modules::WIDEST / 4 + 1] =
    [const { OnceLock::new() }; Modules::WIDEST / 4 + 1];

/// A code as bits: a one for a black module, the leftmost and topmost lowest.
struct Modules {
    width: usize,
    rows: Vec<u128>,
    columns: Vec<u128>,
}

impl Modules {
    /// Modules of the widest code that fits in a row with what is white round it: of version 25, 700 bytes and more.
    const WIDEST: usize = 117;

    fn new(width: usize, colours: &[Color]) -> Self {
        let (mut rows, mut columns) = (vec![0; width], vec![0; width]);
        for (at, _) in colours.iter().enumerate().filter(|(_, colour)| **colour == Color::Dark) {
            let (x, y) = (at % width, at / width);
            rows[y] |= 1 << x;
            columns[x] |= 1 << y;
        }
        Self { width, rows, columns }
    }

    /// Returns the modules that are black in one of two codes only.
    fn differing(&self, other: &Self) -> Self {
        let lines = |own: &[u128], others: &[u128]| own.iter().zip(others).map(|(a, b)| a ^ b).collect();
        Self {
            width: self.width,
            rows: lines(&self.rows, &other.rows),
            columns: lines(&self.columns, &other.columns),
        }
    }

    /// Returns what makes the code hard to read, by the four rules of ISO/IEC 18004, section 7.8.3.
    fn faults(&self) -> u32 {
        let lines = self.rows.iter().chain(&self.columns);
        let along = lines.map(|line| self.long_runs(*line) + self.false_finders(*line));
        let blocks = self.rows.windows(2).map(|two| self.blocks(two[0], two[1]));
        along.sum::<u32>() + blocks.sum::<u32>() + self.imbalance()
    }

    /// Returns the bits of a whole line.
    fn whole(&self) -> u128 {
        (1 << self.width) - 1
    }

    /// Five modules of one colour in a row count three, each further one counts one.
    fn long_runs(&self, line: u128) -> u32 {
        let of_five = |line: u128| line & line >> 1 & line >> 2 & line >> 3 & line >> 4;
        let counted = |fives: u128| fives.count_ones() + 2 * (fives & !(fives << 1)).count_ones();
        counted(of_five(line)) + counted(of_five(!line & self.whole()))
    }

    /// What looks like a corner of the code, `#.###.#` with four white modules on a side, counts 40.
    fn false_finders(&self, line: u128) -> u32 {
        let corners = line & !(line >> 1) & line >> 2 & line >> 3 & line >> 4 & !(line >> 5) & line >> 6;
        let before = line << 1 | line << 2 | line << 3 | line << 4;
        let behind = line >> 7 | line >> 8 | line >> 9 | line >> 10;
        40 * (corners & !(before & behind)).count_ones()
    }

    /// Four modules of one colour in a square count three.
    fn blocks(&self, upper: u128, lower: u128) -> u32 {
        let same = !(upper ^ lower) & self.whole();
        let beside = !(upper ^ upper >> 1) & self.whole() >> 1;
        3 * (same & same >> 1 & beside).count_ones()
    }

    /// Each half per cent by which black and white differ from halves counts one.
    fn imbalance(&self) -> u32 {
        let dark: u32 = self.rows.iter().map(|row| row.count_ones()).sum();
        let all = u32::try_from(self.width * self.width).expect("a code has few modules");
        (dark * 200 / all).abs_diff(100)
    }
}

/// The edges between black and white, each with black on its right, by the corner where they start, column by column.
struct Edges {
    /// Corners in a column.
    corners: usize,
    /// The ends of the edges from a corner, of which at most two start at one; the one to be drawn first stands last.
    ends: Vec<[Option<Corner>; 2]>,
}

impl Edges {
    /// Takes the black modules of each row, of `size` with what is white round them.
    fn new(size: usize, rows: impl Iterator<Item = u128>) -> Self {
        let corners = size + 1;
        let mut edges = Self { corners, ends: vec![[None; 2]; corners * corners] };
        let rows: Vec<u128> = [0].into_iter().chain(rows).chain([0]).collect();
        for (y, three) in (0..).zip(rows.windows(3)) {
            let [above, row, below] = *three else { continue };
            let mut left = row;
            while left != 0 {
                let x = left.trailing_zeros();
                left &= left - 1;
                let bare = |line: u128, at: u32| line >> at & 1 == 0;
                let (x, sides) = (
                    u8::try_from(x).expect("a row has few modules"),
                    [bare(above, x), bare(row, x + 1), bare(below, x), x == 0 || bare(row, x - 1)],
                );
                edges.add(x, y, sides);
            }
        }
        edges
    }

    /// Adds the edges of one module: above, on the right, below, on the left, as far as they are there.
    fn add(&mut self, x: u8, y: u8, sides: [bool; 4]) {
        let corners = [(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1), (x, y)];
        for (side, _) in sides.iter().enumerate().filter(|(_, is_there)| **is_there) {
            let (from, to) = (corners[side], corners[side + 1]);
            let ends = self.ends_of(from);
            *ends = [ends[1], Some(to)];
        }
    }

    fn ends_of(&mut self, at: Corner) -> &mut [Option<Corner>; 2] {
        &mut self.ends[usize::from(at.0) * self.corners + usize::from(at.1)]
    }

    /// Joins the edges to closed lines.
    fn outline(mut self) -> String {
        let mut path = String::new();
        for corner in 0..self.ends.len() {
            let part = |number: usize| u8::try_from(number).expect("a code has few modules");
            let start = (part(corner / self.corners), part(corner % self.corners));
            while self.ends[corner][1].is_some() {
                self.draw_from(start, &mut path);
            }
        }
        path
    }

    /// Draws the closed line that starts at a corner.
    fn draw_from(&mut self, start: Corner, path: &mut String) {
        path.extend(["M", &start.0.to_string(), " ", &start.1.to_string()]);
        let (mut at, mut drawn) = (start, start);
        while let Some(next) = self.take(at) {
            if drawn != at && (drawn.1 == at.1) != (at.1 == next.1) {
                stroke(drawn, at, path);
                drawn = at;
            }
            at = next;
        }
        path.push('z');
    }

    /// Takes an edge that starts at a corner; returns where it ends.
    fn take(&mut self, at: Corner) -> Option<Corner> {
        let ends = self.ends_of(at);
        let end = ends[1];
        *ends = [None, ends[0]];
        end
    }
}

fn stroke(from: Corner, to: Corner, path: &mut String) {
    let (way, at) = if from.1 == to.1 { ("H", to.0) } else { ("V", to.1) };
    path.extend([way, &at.to_string()]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_are_drawn_as_closed_lines_and_straight_stretches_as_one() {
        assert_eq!(Edges::new(5, [0, 0b1110, 0, 0, 0].into_iter()).outline(), "M1 1H4V2H1z");
        assert_eq!(Edges::new(4, [0, 0b0010, 0b0100, 0].into_iter()).outline().matches('z').count(), 1);
    }

    #[test]
    fn the_mask_is_the_one_that_the_encoder_would_choose() {
        for at in 0..200 {
            let text =
                format!("https://lists.example.org/en/{}/{at}/{}", 350_200 + at * 7, "x".repeat(at % 60));
            let own = modules(&text).expect("it is short");
            let code = qrcode::QrCode::with_error_correction_level(&text, EcLevel::Q).expect("it is short");
            let theirs = Modules::new(code.width(), &code.to_colors());
            assert_eq!(own.rows, theirs.rows, "{text}");
        }
        assert!(modules(&"x".repeat(2000)).is_none());
    }

    #[test]
    fn a_code_has_four_white_modules_on_each_side() {
        let code = PrintedCode::new("https://example.org/350200/12/").expect("it is short");
        assert_eq!(code.size, 29 + 8);
        assert!(code.path.starts_with("M4 4H11V11H4z"), "{}", code.path);
    }
}
