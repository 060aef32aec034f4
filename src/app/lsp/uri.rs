//! Addresses of files as editors write them, and paths.

use std::path::{Path, PathBuf};

use crate::route::{percent_decoded, percent_encoded};

/// Returns the path of a `file:` address. `None` for other addresses.
pub(super) fn path(uri: &str) -> Option<PathBuf> {
    let rest = uri.strip_prefix("file://")?;
    let (host, rest) = rest.split_at(rest.find('/')?);
    let path = percent_decoded(rest)?;
    let drive = path.as_bytes();
    let has_drive = drive.len() > 2 && drive[1].is_ascii_alphabetic() && drive[2] == b':';
    Some(match (host, has_drive) {
        ("" | "localhost", true) => PathBuf::from(&path[1..]),
        ("" | "localhost", false) => PathBuf::from(path),
        (host, _) => PathBuf::from(format!("//{host}{path}")),
    })
}

/// Returns the `file:` address of a path.
pub(super) fn of(path: &Path) -> String {
    let path = path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
    let path = path.strip_prefix("//?/").unwrap_or(&path);
    match path.strip_prefix("//") {
        Some(share) => format!("file://{}", percent_encoded(share)),
        None if path.starts_with('/') => format!("file://{}", percent_encoded(path)),
        None => format!("file:///{}", percent_encoded(path)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_every_system_are_paths() {
        let is = |uri: &str, wanted: &str| assert_eq!(path(uri).as_deref(), Some(Path::new(wanted)), "{uri}");
        is("file:///home/li/%E6%B8%85%E5%8D%95%231/a%20b.yaml", "/home/li/清单#1/a b.yaml");
        is("file:///c%3A/%E6%9D%8E/a.yaml", "c:/李/a.yaml");
        is("file:///D:/a.yaml", "D:/a.yaml");
        is("file://server/share/a.yaml", "//server/share/a.yaml");
        assert!(
            ["untitled:Untitled-1", "file://", "file:///%E6", "git:/a"].iter().all(|uri| path(uri).is_none())
        );
        assert_eq!(of(Path::new("/home/李/a b.yaml")), "file:///home/%E6%9D%8E/a%20b.yaml");
    }
}
