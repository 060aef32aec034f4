//! What the data of a camera say that a picture carries (Exif: a small TIFF inside JPEG, PNG and WebP).
//!
//! Only the few tags that tell where, with which device and by whom a picture was taken; every offset is held against
//! the end of the block, and no directory is read twice.

/// What a block of Exif data tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Told {
    /// Where the picture was taken.
    pub(super) place: bool,
    /// Which device took it.
    pub(super) device: bool,
    /// Whose it is.
    pub(super) author: bool,
}

/// The most entries of a directory that are read.
const MOST_ENTRIES: usize = 512;

/// Reads a TIFF. What is broken tells nothing.
pub(super) fn told(bytes: &[u8]) -> Told {
    let mut told = Told::default();
    let Some(tiff) = Tiff::new(bytes) else { return told };
    let Some(first) = tiff.number(4, 4) else { return told };
    let (mut places, mut cameras) = (None, None);
    for entry in tiff.entries(first) {
        match entry.tag {
            // Maker and model of the device; the computer that worked on the picture.
            0x010f | 0x0110 | 0x013c => told.device |= tiff.says(&entry),
            0x013b => told.author |= tiff.says(&entry),
            0x8769 => cameras = Some(entry.value),
            0x8825 => places = Some(entry.value),
            // Author, as Windows writes it.
            0x9c9d => told.author |= entry.count > 2,
            _ => {}
        }
    }
    for entry in cameras.into_iter().flat_map(|at| tiff.entries(at)) {
        match entry.tag {
            0xa430 => told.author |= tiff.says(&entry),
            0xa431 => told.device |= tiff.says(&entry),
            _ => {}
        }
    }
    // Latitude and longitude.
    told.place = places.into_iter().flat_map(|at| tiff.entries(at)).any(|entry| matches!(entry.tag, 2 | 4));
    told
}

struct Tiff<'b> {
    bytes: &'b [u8],
    is_little: bool,
}

struct Entry {
    tag: usize,
    count: usize,
    value: usize,
    /// Where the value stands, or the offset of it.
    at: usize,
}

impl<'b> Tiff<'b> {
    fn new(bytes: &'b [u8]) -> Option<Self> {
        let is_little = match bytes.get(..4)? {
            b"II*\0" => true,
            b"MM\0*" => false,
            _ => return None,
        };
        Some(Self { bytes, is_little })
    }

    /// Returns the number of `size` bytes at a place.
    fn number(&self, at: usize, size: usize) -> Option<usize> {
        let bytes = self.bytes.get(at..at.checked_add(size)?)?;
        let add = |sum: usize, byte: &u8| sum << 8 | usize::from(*byte);
        Some(if self.is_little { bytes.iter().rev().fold(0, add) } else { bytes.iter().fold(0, add) })
    }

    fn entries(&self, directory: usize) -> Vec<Entry> {
        let count = self.number(directory, 2).unwrap_or(0).min(MOST_ENTRIES);
        let entry = |number: usize| {
            let start = directory.checked_add(2 + number * 12)?;
            Some(Entry {
                tag: self.number(start, 2)?,
                count: self.number(start + 4, 4)?,
                value: self.number(start + 8, 4)?,
                at: start + 8,
            })
        };
        (0..count).map_while(entry).collect()
    }

    /// Tells whether a text is more than blanks.
    fn says(&self, entry: &Entry) -> bool {
        let at = if entry.count <= 4 { entry.at } else { entry.value };
        let end = at.saturating_add(entry.count).min(self.bytes.len());
        self.bytes.get(at..end).is_some_and(|text| text.iter().any(|byte| !matches!(byte, 0 | b' ')))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A block with these entries: tag, kind, text.
    fn block(entries: &[(u16, &[u8])], places: bool) -> Vec<u8> {
        let count = entries.len() + usize::from(places);
        let mut bytes = b"II*\0\x08\0\0\0".to_vec();
        let mut texts = Vec::new();
        let after = 8 + 2 + count * 12 + 4;
        bytes.extend(u16::try_from(count).expect("few").to_le_bytes());
        for (tag, text) in entries {
            bytes.extend(tag.to_le_bytes());
            bytes.extend(2u16.to_le_bytes());
            bytes.extend(u32::try_from(text.len()).expect("short").to_le_bytes());
            bytes.extend(u32::try_from(after + texts.len()).expect("short").to_le_bytes());
            texts.extend_from_slice(text);
        }
        if places {
            bytes.extend(0x8825u16.to_le_bytes());
            bytes.extend([4, 0, 1, 0, 0, 0]);
            bytes.extend(u32::try_from(after + texts.len()).expect("short").to_le_bytes());
            texts.extend([1, 0, 2, 0, 5, 0, 3, 0, 0, 0, 0, 0, 0, 0]);
        }
        bytes.extend([0; 4]);
        bytes.extend(texts);
        bytes
    }

    #[test]
    fn place_device_and_author_are_told_apart() {
        let device = block(&[(0x010f, b"Example Phone\0")], false);
        assert_eq!(told(&device), Told { device: true, ..Told::default() });
        let all = block(&[(0x0110, b"Model 1\0"), (0x013b, b"Example\0")], true);
        assert_eq!(told(&all), Told { place: true, device: true, author: true });
        assert_eq!(told(&block(&[(0x010f, b"     \0")], false)), Told::default());
    }

    #[test]
    fn broken_blocks_tell_nothing() {
        let whole = block(&[(0x0110, b"Model 1\0"), (0x013b, b"Example\0")], true);
        for end in 0..whole.len() {
            told(&whole[..end]);
        }
        assert_eq!(told(b"II*\0\xff\xff\xff\xff"), Told::default());
        assert_eq!(told(b"MM\0*\0\0\0\x08\xff\xff"), Told::default());
        assert_eq!(told(b""), Told::default());
    }
}
