//! The extension for Visual Studio Code and those made from it, as a file that is installed (`.vsix`): it starts `qingdan lsp`.
//!
//! Plain scripts without packages of others, in `extension/`: `extension.js` hands on what editor and server say, `suggest.js` offers words
//! by the schemas of the catalogue where no YAML extension does. `tests/editor/extension.test.mjs` drives both.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// Stands for the version.
const VERSION: &str = "@VERSION@";

/// The files, by path; the two that an archive of this kind begins with come first.
const FILES: &[(&str, &str)] = &[
    ("extension.vsixmanifest", include_str!("extension/extension.vsixmanifest")),
    ("[Content_Types].xml", include_str!("extension/content-types.xml")),
    ("extension/package.json", include_str!("extension/package.json")),
    ("extension/extension.js", include_str!("extension/extension.js")),
    ("extension/suggest.js", include_str!("extension/suggest.js")),
];

/// Returns the extension, the same bytes each time.
pub fn extension() -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    // Of no day, so that the same extension has the same bytes.
    let options = SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
    for (name, text) in FILES {
        let text = text.replace("\r\n", "\n").replace(VERSION, env!("CARGO_PKG_VERSION"));
        let written = zip.start_file(*name, options).map(|()| zip.write_all(text.as_bytes()));
        written.expect("there is room in memory").expect("memory can be written");
    }
    zip.finish().expect("memory can be written").into_inner()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_extension_has_the_same_bytes_and_its_version() {
        assert_eq!(extension(), extension());
        let mut archive = zip::ZipArchive::new(Cursor::new(extension())).expect("it is an archive");
        let mut package = String::new();
        let mut file = archive.by_name("extension/package.json").expect("it is there");
        std::io::Read::read_to_string(&mut file, &mut package).expect("it is text");
        let package: serde_json::Value = serde_json::from_str(&package).expect("it is JSON");
        assert_eq!(package["version"], env!("CARGO_PKG_VERSION"));
    }
}
