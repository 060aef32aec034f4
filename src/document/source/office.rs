//! Who made a file of an office program, as the program writes it down: `docProps/core.xml` in the newer ones, the
//! summary in the older ones (OLE2) and in those of WPS.

use std::io::{Read, Seek, SeekFrom};

use zip::ZipArchive;

/// How many bytes of a file that is not an archive are looked through for its summary.
const LOOKED_THROUGH: u64 = 8 * 1024 * 1024;

/// How many bytes of the description of an archive are read.
const LONGEST_DESCRIPTION: u64 = 64 * 1024;

/// The largest archive whose list of files is read.
const LARGEST_ARCHIVE: u64 = 64 * 1024 * 1024;

/// Names that programs put where nobody gave one; in small letters.
const NOBODY: &[&str] = &[
    "",
    "user",
    "users",
    "admin",
    "administrator",
    "microsoft",
    "microsoft office user",
    "windows user",
    "windows 用户",
    "微软用户",
    "用户",
    "wps office",
    "apache poi",
    "openpyxl",
    "python-docx",
    "docx4j",
    "libreoffice",
    "un-named",
    "unknown",
    "qingdan",
];

/// Returns the part of a file that names its author. `None` if it names none.
pub(super) fn author(file: &mut (impl Read + Seek)) -> Option<Vec<u8>> {
    let mut start = [0; 8];
    file.read_exact(&mut start).ok()?;
    file.seek(SeekFrom::Start(0)).ok()?;
    match start {
        [b'P', b'K', 3, 4, ..] => of_archive(file),
        [0xD0, 0xCF, 0x11, 0xE0, ..] => of_summary(file),
        _ => None,
    }
}

fn of_archive(file: &mut (impl Read + Seek)) -> Option<Vec<u8>> {
    if file.seek(SeekFrom::End(0)).ok()? > LARGEST_ARCHIVE {
        return None;
    }
    let mut archive = ZipArchive::new(file).ok()?;
    let mut text = Vec::new();
    archive.by_name("docProps/core.xml").ok()?.take(LONGEST_DESCRIPTION).read_to_end(&mut text).ok()?;
    let text = String::from_utf8_lossy(&text).into_owned();
    let names = ["dc:creator", "cp:lastModifiedBy"].map(|name| element(&text, name));
    names.iter().flatten().any(|name| is_somebody(name)).then(|| text.into_bytes())
}

/// Returns the text of the first element of this name.
fn element<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    let (_, rest) = text.split_once(&format!("<{name}"))?;
    let (head, rest) = rest.split_once('>')?;
    let (inside, _) = rest.split_once(&format!("</{name}"))?;
    (!head.ends_with('/')).then_some(inside)
}

fn is_somebody(name: &str) -> bool {
    !NOBODY.contains(&name.trim().to_lowercase().as_str())
}

/// How the summary of an older file is marked: its format's identifier, behind 28 bytes of its head.
const SUMMARY: [u8; 16] =
    [0xE0, 0x85, 0x9F, 0xF2, 0xF9, 0x4F, 0x68, 0x10, 0xAB, 0x91, 0x08, 0x00, 0x2B, 0x27, 0xB3, 0xD9];

fn of_summary(file: &mut impl Read) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    file.take(LOOKED_THROUGH).read_to_end(&mut bytes).ok()?;
    let mark = bytes.windows(SUMMARY.len()).position(|window| window == SUMMARY)?;
    let number = |at: usize| {
        let bytes = bytes.get(at..at.checked_add(4)?)?;
        Some(u32::from_le_bytes(bytes.try_into().ok()?) as usize)
    };
    let section = mark.checked_sub(28)?.checked_add(number(mark + 16)?)?;
    let properties = number(section + 4)?.min(64);
    // Author and whoever saved it last, as texts.
    let name = |property: usize| {
        let at = section + 8 + property * 8;
        let is_name = matches!(number(at)?, 4 | 8);
        let value = section.checked_add(number(at + 4)?)?;
        let text = bytes.get(value + 8..value.checked_add(8 + number(value + 4)?)?)?;
        is_name.then(|| String::from_utf8_lossy(text).trim_end_matches('\0').to_owned())
    };
    let names: Vec<String> = (0..properties).filter_map(name).collect();
    names.iter().any(|name| is_somebody(name)).then(|| names.join("\n").into_bytes())
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    fn archive(core: &str) -> Vec<u8> {
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        archive.start_file("docProps/core.xml", SimpleFileOptions::default()).expect("memory");
        archive.write_all(core.as_bytes()).expect("memory");
        archive.finish().expect("memory").into_inner()
    }

    fn summary(name: &str) -> Vec<u8> {
        let mut bytes = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
        bytes.resize(512, 0);
        bytes.extend([0xFE, 0xFF, 0, 0]);
        bytes.resize(512 + 28, 0);
        bytes.extend(SUMMARY);
        bytes.extend(48u32.to_le_bytes());
        bytes.extend([0, 0, 0, 0, 1, 0, 0, 0, 4, 0, 0, 0, 16, 0, 0, 0, 0x1e, 0, 0, 0]);
        bytes.extend(u32::try_from(name.len() + 1).expect("short").to_le_bytes());
        bytes.extend(name.as_bytes());
        bytes.push(0);
        bytes
    }

    #[test]
    fn authors_are_found_and_programs_are_none() {
        let by =
            |name: &str| format!("<cp:coreProperties><dc:creator>{name}</dc:creator></cp:coreProperties>");
        let is = |bytes: Vec<u8>| author(&mut Cursor::new(bytes)).is_some();
        assert!(is(archive(&by("张三"))) && is(summary("Zhang San")));
        assert!(is(archive("<a><dc:creator/><cp:lastModifiedBy>li</cp:lastModifiedBy></a>")));
        for nobody in ["", "Administrator", "微软用户", "openpyxl"] {
            assert!(!is(archive(&by(nobody))), "{nobody}");
        }
        assert!(!is(summary("")) && !is(archive("<a/>")) && !is(b"PK\x03\x04 and no more".to_vec()));
    }

    #[test]
    fn files_cut_anywhere_name_nobody_and_end_nothing() {
        for whole in [archive("<dc:creator>a</dc:creator>"), summary("a")] {
            for end in 0..whole.len() {
                author(&mut Cursor::new(&whole[..end]));
            }
        }
    }
}
