//! Site-relative addresses of output files, always with `/`.

use std::fmt;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// The address of one output file, relative to the root of the site: `zh/fujian/index.html`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Route(String);

impl Route {
    /// Returns the route of `path`, which is relative, uses `/` and has no empty, `.` or `..` part.
    pub fn new(path: impl Into<String>) -> Self {
        let path = path.into();
        debug_assert!(
            path.split('/').all(|part| !matches!(part, "" | "." | "..")),
            "a route is a clean relative path: {path}"
        );
        Self(path)
    }

    /// Returns the address as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the prefix that leads from this file to the root of the site: `../../`, or nothing.
    pub fn to_root(&self) -> String {
        "../".repeat(self.0.matches('/').count())
    }

    /// Returns the relative link from this file to `target`.
    ///
    /// Links name the file (`…/index.html`), so that they work from `file://` and from a zip.
    pub fn link_to(&self, target: &Route) -> String {
        let shared = shared_folders(&self.0, &target.0);
        let mut link = "../".repeat(self.0[shared..].matches('/').count());
        link.push_str(&target.0[shared..]);
        link
    }

    /// Returns the address under `base_url`, with `index.html` left out as servers do.
    pub fn absolute(&self, base_url: &str) -> String {
        let path = match self.0.strip_suffix("index.html") {
            Some(folder) if folder.is_empty() || folder.ends_with('/') => folder,
            _ => &self.0,
        };
        format!("{}/{path}", base_url.trim_end_matches('/'))
    }
}

/// Percent-encodes a path for a URI; `/` stays.
pub fn percent_encoded(path: &str) -> String {
    const KEPT: AsciiSet = NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');
    utf8_percent_encode(path, &KEPT).to_string()
}

/// Decodes `%E4%B8%AD`. `None` if that is not UTF-8 or a `%` is not followed by two digits.
pub fn percent_decoded(text: &str) -> Option<String> {
    let is_escape = |after: &str| after.bytes().take(2).filter(u8::is_ascii_hexdigit).count() == 2;
    let whole = text.split('%').skip(1).all(is_escape);
    let decoded = percent_decode_str(text).decode_utf8().ok().filter(|_| whole)?;
    Some(decoded.into_owned())
}

/// Returns the path of a site's public address, from the root of its server: `/`, or `/list/`.
pub fn base_path(base_url: &str) -> String {
    let after_scheme = base_url.split_once("://").map_or(base_url, |(_, rest)| rest);
    let path = after_scheme.split_once('/').map_or("", |(_, path)| path).split(['?', '#']).next();
    match path.unwrap_or_default().trim_matches('/') {
        "" => "/".to_owned(),
        path => format!("/{path}/"),
    }
}

/// Returns how many bytes of folders two addresses begin with in common, the last `/` included.
fn shared_folders(one: &str, other: &str) -> usize {
    let same = one.bytes().zip(other.bytes()).take_while(|(a, b)| a == b);
    same.enumerate().filter(|(_, (byte, _))| *byte == b'/').last().map_or(0, |(at, _)| at + 1)
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl serde::Serialize for Route {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uris_are_plain_ascii() {
        assert_eq!(percent_encoded("a b/市.yaml"), "a%20b/%E5%B8%82.yaml");
    }

    #[test]
    fn links_are_relative_and_name_the_file() {
        let page = Route::new("zh/fujian/xiamen/index.html");
        assert_eq!(page.link_to(&Route::new("zh/fujian/index.html")), "../index.html");
        assert_eq!(
            page.link_to(&Route::new("en/fujian/xiamen/index.html")),
            "../../../en/fujian/xiamen/index.html"
        );
        assert_eq!(page.link_to(&page), "index.html");
        assert_eq!(Route::new("index.html").link_to(&page), "zh/fujian/xiamen/index.html");
        assert_eq!(page.to_root(), "../../../");
    }

    #[test]
    fn the_path_of_an_address_begins_and_ends_with_a_slash() {
        for (url, path) in [
            ("https://example.org", "/"),
            ("https://example.org:8080/", "/"),
            ("https://example.org/list", "/list/"),
            ("https://example.org/a/list/?x=/y", "/a/list/"),
        ] {
            assert_eq!(base_path(url), path, "{url}");
        }
    }

    #[test]
    fn absolute_addresses_leave_index_html_out() {
        let base = "https://example.org/list/";
        assert_eq!(Route::new("zh/index.html").absolute(base), "https://example.org/list/zh/");
        assert_eq!(Route::new("index.html").absolute(base), "https://example.org/list/");
        assert_eq!(Route::new("zh/a.html").absolute(base), "https://example.org/list/zh/a.html");
    }
}
