//! Which encoding a file is in that is not UTF-8: UTF-16, UTF-32, or GB18030 (which covers GBK and GB2312).
//!
//! Told apart in this order, because each test would take the next one's files for its own: byte order
//! marks, a NUL in every second byte, then a whole reading as GB18030 that gives everyday Chinese. To add
//! an encoding, add its variant, its name and its arm in [`recode`].

use encoding_rs::{GB18030, UTF_16BE, UTF_16LE};

/// An encoding other than UTF-8 that a list may have been saved in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// Two bytes a character; Notepad calls it “Unicode”.
    Utf16,
    /// Four bytes a character.
    Utf32,
    /// Chinese Windows and Excel call it “ANSI”; GBK and GB2312 are parts of it.
    Gb18030,
}

impl Encoding {
    /// Returns its name, with the one that programs show.
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf16 => "UTF-16（Unicode）",
            Self::Utf32 => "UTF-32",
            Self::Gb18030 => "GB18030/GBK（ANSI）",
        }
    }
}

/// Returns the encoding of a file that is not UTF-8, and its text. `None` if it is UTF-8 already, or if no
/// encoding gives a whole and sensible text.
pub fn recode(bytes: &[u8]) -> Option<(Encoding, String)> {
    let text = |encoding, text: Option<String>| text.map(|text| (encoding, text));
    match bytes {
        [0xFF, 0xFE, 0, 0, rest @ ..] => text(Encoding::Utf32, utf32(rest, u32::from_le_bytes)),
        [0, 0, 0xFE, 0xFF, rest @ ..] => text(Encoding::Utf32, utf32(rest, u32::from_be_bytes)),
        [0xFF, 0xFE, rest @ ..] => text(Encoding::Utf16, whole(UTF_16LE, rest)),
        [0xFE, 0xFF, rest @ ..] => text(Encoding::Utf16, whole(UTF_16BE, rest)),
        _ => match half_of_nuls(bytes) {
            Some(1) => text(Encoding::Utf16, whole(UTF_16LE, bytes)),
            Some(_) => text(Encoding::Utf16, whole(UTF_16BE, bytes)),
            None if std::str::from_utf8(bytes).is_ok() || !is_everyday_gbk(bytes) => None,
            None => text(Encoding::Gb18030, whole(GB18030, bytes)),
        },
    }
}

/// Decodes all bytes, or nothing if one of them does not fit.
fn whole(encoding: &'static encoding_rs::Encoding, bytes: &[u8]) -> Option<String> {
    encoding.decode_without_bom_handling_and_without_replacement(bytes).map(std::borrow::Cow::into_owned)
}

fn utf32(bytes: &[u8], number: fn([u8; 4]) -> u32) -> Option<String> {
    let (quads, []) = bytes.as_chunks::<4>() else { return None };
    quads.iter().map(|quad| char::from_u32(number(*quad))).collect()
}

/// Tells whether the NUL bytes all stand at even (0) or odd (1) places, and are many, as Latin letters in
/// UTF-16 leave them.
fn half_of_nuls(bytes: &[u8]) -> Option<usize> {
    let mut nuls = [0usize; 2];
    bytes.iter().enumerate().filter(|(_, byte)| **byte == 0).for_each(|(at, _)| nuls[at % 2] += 1);
    let [even, odd] = nuls;
    let many = bytes.len().is_multiple_of(2) && (even + odd) * 8 >= bytes.len().max(4);
    match many {
        true if even * 20 < odd => Some(1),
        true if odd * 20 < even => Some(0),
        _ => None,
    }
}

/// Tells whether nearly all pairs of high bytes are characters of GB 2312: what people write in GBK. UTF-8
/// taken for GBK gives rare ones.
fn is_everyday_gbk(bytes: &[u8]) -> bool {
    let (mut everyday, mut rare, mut at) = (0usize, 0usize, 0);
    while at < bytes.len() {
        match (bytes[at], bytes.get(at + 1)) {
            (0..0x80, _) => at += 1,
            (0xA1..=0xA9 | 0xB0..=0xF7, Some(0xA1..=0xFE)) => {
                everyday += 1;
                at += 2;
            }
            _ => {
                rare += 1;
                at += 2;
            }
        }
    }
    everyday > rare * 20
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "title: 甲市关爱服务清单\nstatus: draft\n";

    #[test]
    fn the_encodings_of_notepad_and_excel_are_told_apart() {
        let le: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let be: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let marked = [b"\xFF\xFE".as_slice(), &le].concat();
        let (gbk, ..) = GB18030.encode(TEXT);
        let utf32 = TEXT.chars().flat_map(|c| u32::from(c).to_le_bytes());
        let utf32: Vec<u8> = [0xFF, 0xFE, 0, 0].into_iter().chain(utf32).collect();
        let is = |bytes: &[u8], encoding| recode(bytes) == Some((encoding, TEXT.to_owned()));
        assert!(is(&le, Encoding::Utf16) && is(&be, Encoding::Utf16) && is(&marked, Encoding::Utf16));
        assert!(is(&gbk, Encoding::Gb18030) && is(&utf32, Encoding::Utf32));
    }

    #[test]
    fn utf8_cut_or_damaged_is_no_other_encoding() {
        assert_eq!(recode(TEXT.as_bytes()), None);
        assert_eq!(recode(&TEXT.as_bytes()[..20]), None, "cut inside a character");
        let mixed = [TEXT.as_bytes(), b"note: \xBC\xD7\n"].concat();
        assert_eq!(recode(&mixed), None, "one line pasted in GBK");
        assert_eq!(recode(b"a\0b\0"), Some((Encoding::Utf16, "ab".to_owned())));
        assert_eq!(recode(b"title: x\n\0\0\0\0\0\0\0\0"), None, "a tail of NULs");
    }
}
