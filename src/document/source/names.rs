//! What the name of a file says of it, and how a name is shown that no text can hold.

use std::ffi::OsStr;
use std::path::Path;

use super::encoding::recode;
use crate::visible::visible_name;

/// Tells whether a system or an office program left a file of this name.
pub(super) fn is_litter(name: &str) -> bool {
    name.starts_with('.')
        || name.starts_with("~$")
        || ["Thumbs.db", "desktop.ini"].iter().any(|known| name.eq_ignore_ascii_case(known))
}

/// Tells whether a file of this name belongs to a catalogue.
pub(super) fn is_content(name: &str) -> bool {
    let ending = Path::new(name).extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    ["yaml", "yml", "md", "lock"].iter().any(|known| ending.eq_ignore_ascii_case(known))
}

/// Endings that Notepad, Word, WPS and browsers put behind the name of a list.
const WRONG_ENDINGS: &[&str] =
    &["txt", "doc", "docx", "xls", "xlsx", "wps", "et", "rtf", "htm", "html", "csv"];

/// Returns the name a file was meant to have, if another program put its own ending behind it:
/// `2025.yaml` for `2025.yaml.txt`.
pub fn meant_name(name: &str) -> Option<&str> {
    let (meant, ending) = name.rsplit_once('.')?;
    let wrong = WRONG_ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known));
    let of_list = ["yaml", "yml"].iter().any(|known| {
        meant
            .rsplit_once('.')
            .is_some_and(|(stem, ending)| !stem.is_empty() && ending.eq_ignore_ascii_case(known))
    });
    (wrong && of_list).then_some(meant)
}

/// Returns the name with its ending in small letters, for a file of a catalogue that has it in others: `2025.YAML`.
pub(super) fn in_small_letters(name: &str) -> Option<String> {
    let (stem, ending) = name.rsplit_once('.')?;
    let small = ending.to_ascii_lowercase();
    (is_content(name) && small != ending).then(|| format!("{stem}.{small}"))
}

/// Returns a name in which every character is seen. Of one that is not UTF-8 every byte is that is not ASCII:
/// `<0xC7>`, for some of them may make a character by chance.
pub(super) fn shown_name(name: &OsStr) -> String {
    if let Some(name) = name.to_str() {
        return visible_name(name).into_owned();
    }
    let shown = |byte: &u8| match byte {
        0x20..0x7f => char::from(*byte).to_string(),
        0..0x20 | 0x7f => format!("<U+{byte:04X}>"),
        _ => format!("<0x{byte:02X}>"),
    };
    name.as_encoded_bytes().iter().map(shown).collect()
}

/// Returns what a name that is not UTF-8 was before a program that took it for another encoding unpacked it.
pub(super) fn name_in_gbk(name: &OsStr) -> Option<String> {
    let (_, name) = recode(name.as_encoded_bytes())?;
    Some(visible_name(&name).into_owned())
}

/// Tells whether a file of this name is a picture or a file of an office program, which may tell who made it, and where.
pub(super) fn may_tell(name: &str) -> bool {
    const ENDINGS: &[&str] = &[
        "jpg", "jpeg", "png", "webp", "tif", "tiff", "docx", "xlsx", "pptx", "docm", "xlsm", "doc", "xls",
        "ppt", "wps", "et", "dps",
    ];
    let ending = Path::new(name).extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_shown_in_one_line_whatever_is_in_them() {
        assert_eq!(
            shown_name(OsStr::new("a\nb\u{1b}[2J\u{202e}.yaml")),
            "a<U+000A>b<U+001B>[2J<U+202E>.yaml"
        );
        assert_eq!(shown_name(OsStr::new("2025 清单.yaml")), "2025 清单.yaml");
    }

    #[cfg(unix)]
    #[test]
    fn names_of_a_chinese_windows_are_understood() {
        use std::os::unix::ffi::OsStrExt;
        let name = OsStr::from_bytes(b"\xC7\xE5\xB5\xA5.yaml");
        assert_eq!(shown_name(name), "<0xC7><0xE5><0xB5><0xA5>.yaml");
        assert_eq!(name_in_gbk(name).as_deref(), Some("清单.yaml"));
        assert_eq!(name_in_gbk(OsStr::from_bytes(b"a\xFF")), None);
    }
}
