//! Places as editors count them: lines from 0, columns from 0 in the units that client and server agreed on.

use lsp_types::{Position, PositionEncodingKind};

/// What a column counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Units {
    /// Bytes.
    Utf8,
    /// Halves of four bytes; what every client knows.
    Utf16,
    /// Characters.
    Utf32,
}

impl Units {
    /// Returns the first of the client's units that we know.
    pub(super) fn agreed(offered: Option<&[PositionEncodingKind]>) -> Self {
        let known = |kind: &PositionEncodingKind| match kind.as_str() {
            "utf-8" => Some(Self::Utf8),
            "utf-16" => Some(Self::Utf16),
            "utf-32" => Some(Self::Utf32),
            _ => None,
        };
        offered.unwrap_or_default().iter().find_map(known).unwrap_or(Self::Utf16)
    }

    /// Returns their name.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf16 => "utf-16",
            Self::Utf32 => "utf-32",
        }
    }

    fn of(self, c: char) -> usize {
        match self {
            Self::Utf8 => c.len_utf8(),
            Self::Utf16 => c.len_utf16(),
            Self::Utf32 => 1,
        }
    }

    /// Returns the place of a byte; past the end is the end.
    pub(super) fn position(self, text: &str, byte: usize) -> Position {
        let (mut line, mut start) = (0, 0);
        for next in line_starts(text).take_while(|next| *next <= byte) {
            (line, start) = (line + 1, next);
        }
        let within = text[start..].char_indices().take_while(|(at, _)| start + at < byte.min(text.len()));
        let units: usize = within.filter(|(_, c)| !matches!(c, '\r' | '\n')).map(|(_, c)| self.of(c)).sum();
        let narrow = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Position::new(narrow(line), narrow(units))
    }

    /// Returns the byte of a place; past the end of a line is its end, past the last line the end of the text.
    pub(super) fn byte(self, text: &str, position: Position) -> usize {
        let start = match position.line {
            0 => Some(0),
            line => line_starts(text).nth(line as usize - 1),
        };
        let Some(start) = start else { return text.len() };
        let mut left = position.character as usize;
        for (at, c) in text[start..].char_indices() {
            if left == 0 || matches!(c, '\r' | '\n') || self.of(c) > left {
                return start + at;
            }
            left -= self.of(c);
        }
        text.len()
    }
}

/// Returns where the second and later lines start. Lines end at `\n`, `\r\n` and `\r`.
fn line_starts(text: &str) -> impl Iterator<Item = usize> + '_ {
    let bytes = text.as_bytes();
    let ends = move |at: &usize| match bytes[*at] {
        b'\n' => true,
        b'\r' => bytes.get(at + 1) != Some(&b'\n'),
        _ => false,
    };
    (0..bytes.len()).filter(ends).map(|at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "甲😀乙: x\r\n二\r三\n";

    #[test]
    fn columns_are_counted_in_the_units_agreed_on() {
        let colon = TEXT.find(':').expect("there is a colon");
        for (units, column) in [(Units::Utf8, 10), (Units::Utf16, 4), (Units::Utf32, 3)] {
            assert_eq!(units.position(TEXT, colon), Position::new(0, column));
            assert_eq!(units.byte(TEXT, Position::new(0, column)), colon);
        }
        assert_eq!(Units::agreed(None), Units::Utf16);
        let offered = [PositionEncodingKind::new("utf-7"), PositionEncodingKind::UTF32];
        assert_eq!(Units::agreed(Some(&offered)), Units::Utf32);
    }

    #[test]
    fn every_byte_comes_back_from_its_place_and_nothing_is_out_of_reach() {
        for (byte, c) in TEXT.char_indices().filter(|(_, c)| !matches!(c, '\r' | '\n')) {
            assert_eq!(Units::Utf16.byte(TEXT, Units::Utf16.position(TEXT, byte)), byte, "{c}");
        }
        assert_eq!(Units::Utf16.position(TEXT, 999), Position::new(3, 0));
        assert_eq!(Units::Utf16.byte(TEXT, Position::new(9, 9)), TEXT.len());
        assert_eq!(
            Units::Utf16.byte(TEXT, Position::new(1, u32::MAX)),
            TEXT.find('\r').expect("a line end") + 5
        );
        assert_eq!(Units::Utf16.byte(TEXT, Position::new(0, 2)), 3, "inside of a pair is before it");
    }
}
