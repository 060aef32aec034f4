//! What a picture or an office file tells of whoever made it, read from its outside: where a picture was taken, with
//! which device, by whom; who wrote a document.
//!
//! Containers are walked piece by piece with a bound on pieces and bytes; what a picture shows is never looked at.

use std::fs::File;
use std::io::{BufReader, Cursor, Read, Seek, SeekFrom};
use std::path::Path;

use super::office;
use super::tiff::{self, Told};

/// What a file tells of whoever made it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trace {
    /// Whether it tells where a picture was taken.
    pub place: bool,
    /// Whether it tells which device took it.
    pub device: bool,
    /// Whether it names an author.
    pub author: bool,
    /// The bytes that tell it, to know them again; never shown.
    pub told_by: Vec<u8>,
}

/// The most pieces of a container that are looked at.
const MOST_PIECES: usize = 4096;

/// The longest piece that is read.
const LONGEST_PIECE: u64 = 1024 * 1024;

/// Returns what the file at `path` tells. `None` if it tells nothing, is no such file, or cannot be read.
pub(super) fn of_file(path: &Path) -> Option<Trace> {
    traced(&mut BufReader::new(File::open(path).ok()?))
}

fn traced(file: &mut (impl Read + Seek)) -> Option<Trace> {
    of_picture(file).or_else(|| {
        let told_by = office::author(from(file, 0)?)?;
        Some(Trace { place: false, device: false, author: true, told_by })
    })
}

/// Returns what the bytes of a file tell. `None` if they tell nothing.
pub fn trace_of(bytes: &[u8]) -> Option<Trace> {
    traced(&mut Cursor::new(bytes))
}

/// Returns what a picture tells. `None` if it tells nothing, or is none.
pub(super) fn of_picture(file: &mut (impl Read + Seek)) -> Option<Trace> {
    let mut start = [0; 12];
    file.read_exact(&mut start).ok()?;
    let pieces = match &start {
        [0xFF, 0xD8, 0xFF, ..] => jpeg(from(file, 2)?),
        [0x89, b'P', b'N', b'G', ..] => png(from(file, 8)?),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P'] => webp(file),
        [b'I', b'I', b'*', 0, ..] | [b'M', b'M', 0, b'*', ..] => {
            let mut bytes = Vec::new();
            from(file, 0)?.take(LONGEST_PIECE).read_to_end(&mut bytes).ok()?;
            vec![bytes]
        }
        _ => return None,
    };
    let told = pieces.iter().map(|piece| told(piece)).fold(Told::default(), |all, told| Told {
        place: all.place || told.place,
        device: all.device || told.device,
        author: all.author || told.author,
    });
    let Told { place, device, author } = told;
    (place || device || author).then(|| Trace { place, device, author, told_by: pieces.concat() })
}

/// Reads one piece with words about a picture: Exif, XMP, or a text of PNG.
fn told(piece: &[u8]) -> Told {
    if let Some(exif) = piece.strip_prefix(b"Exif\0\0") {
        return tiff::told(exif);
    }
    if piece.starts_with(b"II*\0") || piece.starts_with(b"MM\0*") {
        return tiff::told(piece);
    }
    let has = |word: &[u8]| piece.windows(word.len()).any(|window| window == word);
    Told {
        place: has(b"exif:GPSLatitude") || has(b"GPSLongitude"),
        device: has(b"tiff:Model") || has(b"tiff:Make"),
        author: has(b"dc:creator") || piece.starts_with(b"Author\0"),
    }
}

/// Reads the next `length` bytes, no more than a piece has.
fn piece(file: &mut (impl Read + Seek), length: u64) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let read = length.min(LONGEST_PIECE);
    file.take(read).read_to_end(&mut bytes).ok()?;
    skip(file, length - read)?;
    Some(bytes)
}

/// Returns a file to be read from a byte on.
fn from<F: Seek>(file: &mut F, start: u64) -> Option<&mut F> {
    file.seek(SeekFrom::Start(start)).ok()?;
    Some(file)
}

fn skip(file: &mut impl Seek, length: u64) -> Option<()> {
    file.seek(SeekFrom::Current(i64::try_from(length).ok()?)).ok().map(|_| ())
}

/// Takes pieces until there are no more: each is one with words about the picture, or another.
fn pieces(mut next: impl FnMut() -> Option<Option<Vec<u8>>>) -> Vec<Vec<u8>> {
    (0..MOST_PIECES).map_while(|_| next()).flatten().collect()
}

/// Returns the segments of a JPEG with words about it; they stand before the picture.
fn jpeg(file: &mut (impl Read + Seek)) -> Vec<Vec<u8>> {
    let next = || {
        let mut head = [0; 4];
        file.read_exact(&mut head).ok()?;
        let [0xFF, kind, high, low] = head else { return None };
        let length = u64::from(u16::from_be_bytes([high, low])).checked_sub(2)?;
        match kind {
            // The picture begins.
            0xDA => None,
            0xE1 => Some(Some(piece(file, length)?)),
            _ => skip(file, length).map(|()| None),
        }
    };
    pieces(next)
}

/// Returns the chunks of a PNG with words about it; they stand anywhere.
fn png(file: &mut (impl Read + Seek)) -> Vec<Vec<u8>> {
    let next = || {
        let mut head = [0; 8];
        file.read_exact(&mut head).ok()?;
        let [a, b, c, d, kind @ ..] = head;
        let length = u64::from(u32::from_be_bytes([a, b, c, d]));
        let wanted = [b"eXIf", b"iTXt", b"tEXt"].contains(&&kind);
        let found = if wanted { Some(piece(file, length)?) } else { skip(file, length).map(|()| None)? };
        skip(file, 4)?;
        (kind != *b"IEND").then_some(found)
    };
    pieces(next)
}

/// Returns the chunks of a WebP with words about it.
fn webp(file: &mut (impl Read + Seek)) -> Vec<Vec<u8>> {
    let next = || {
        let mut head = [0; 8];
        file.read_exact(&mut head).ok()?;
        let [kind @ .., a, b, c, d] = head;
        let length = u64::from(u32::from_le_bytes([a, b, c, d]));
        let wanted = [b"EXIF", b"XMP "].contains(&&kind);
        let found = if wanted { Some(piece(file, length)?) } else { skip(file, length).map(|()| None)? };
        skip(file, length % 2)?;
        Some(found)
    };
    pieces(next)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Exif data that name a device.
    fn exif() -> Vec<u8> {
        let mut bytes = b"MM\0*\0\0\0\x08\0\x01".to_vec();
        bytes.extend([0x01, 0x0f, 0, 2, 0, 0, 0, 8, 0, 0, 0, 26, 0, 0, 0, 0]);
        bytes.extend(b"Example\0");
        bytes
    }

    fn jpeg(segments: &[&[u8]]) -> Vec<u8> {
        let mut bytes = b"\xFF\xD8".to_vec();
        for segment in segments {
            bytes.extend([0xFF, 0xE1]);
            bytes.extend(u16::try_from(segment.len() + 2).expect("short").to_be_bytes());
            bytes.extend_from_slice(segment);
        }
        bytes.extend(b"\xFF\xDA\0\x08and the picture");
        bytes
    }

    fn png(kind: &[u8; 4], chunk: &[u8]) -> Vec<u8> {
        let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
        for (kind, chunk) in [(b"IDAT", &b"picture"[..]), (kind, chunk), (b"IEND", b"")] {
            bytes.extend(u32::try_from(chunk.len()).expect("short").to_be_bytes());
            bytes.extend(kind);
            bytes.extend_from_slice(chunk);
            bytes.extend([0; 4]);
        }
        bytes
    }

    fn webp(chunk: &[u8]) -> Vec<u8> {
        let mut bytes = b"RIFF\0\0\0\0WEBPVP8 \x03\0\0\0abc\0EXIF".to_vec();
        bytes.extend(u32::try_from(chunk.len()).expect("short").to_le_bytes());
        bytes.extend_from_slice(chunk);
        bytes
    }

    fn told(bytes: &[u8]) -> Option<(bool, bool, bool)> {
        of_picture(&mut Cursor::new(bytes)).map(|trace| (trace.place, trace.device, trace.author))
    }

    #[test]
    fn pictures_of_every_kind_tell_the_device() {
        let with_head = [b"Exif\0\0".as_slice(), &exif()].concat();
        for bytes in [
            jpeg(&[b"http://ns.adobe.com/xap/1.0/\0<a/>", &with_head]),
            png(b"eXIf", &exif()),
            webp(&exif()),
            exif(),
        ] {
            assert_eq!(told(&bytes), Some((false, true, false)), "{bytes:?}");
        }
        let xmp = b"http://ns.adobe.com/xap/1.0/\0<a exif:GPSLatitude='24,28N'/>";
        assert_eq!(told(&jpeg(&[xmp])), Some((true, false, false)));
        assert_eq!(told(&png(b"tEXt", b"Author\0Example")), Some((false, false, true)));
    }

    #[test]
    fn pictures_that_tell_nothing_and_other_files_have_no_trace() {
        for bytes in
            [jpeg(&[]), png(b"tEXt", b"Comment\0a"), webp(b""), b"%PDF-1.7 and more".to_vec(), Vec::new()]
        {
            assert_eq!(told(&bytes), None, "{bytes:?}");
        }
    }

    #[test]
    fn pictures_cut_anywhere_end_nothing() {
        let with_head = [b"Exif\0\0".as_slice(), &exif()].concat();
        for whole in [jpeg(&[&with_head]), png(b"eXIf", &exif()), webp(&exif())] {
            for end in 0..whole.len() {
                told(&whole[..end]);
            }
        }
    }
}
