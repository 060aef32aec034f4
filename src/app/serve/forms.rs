//! What a browser sends when a form is sent.

use super::multipart::{self, Form};
use super::request::Request;
use crate::route::percent_decoded;

/// Where the one form is that sends a file.
const UPLOAD: &str = "edit/import.html";
/// How many controls a form has at most.
const MOST: usize = 20_000;

/// Tells whether a request was sent by a page of this server: browsers say where a page is from. A form of another page
/// could not know what ours send along, either.
pub(super) fn is_from_here(request: &Request) -> bool {
    let host = request.first("host");
    let origins: Vec<&str> = request.all("origin").collect();
    let kind = request.first("content-type");
    let is_form = kind.starts_with("application/x-www-form-urlencoded") || kind.starts_with(multipart::KIND);
    let is_own = origins.iter().all(|origin| origin.strip_prefix("http://") == Some(host));
    let site = request.first("sec-fetch-site");
    is_form && is_own && matches!(site, "" | "same-origin" | "none")
}

/// Tells whether a form may send a file: only one does.
pub(super) fn has_file(request: &Request) -> bool {
    let path = request.target.split('?').next().unwrap_or_default();
    request.first("content-type").starts_with(multipart::KIND) && path.ends_with(UPLOAD)
}

/// Returns what a form sends. `None` if the bytes are none.
pub(super) fn form(request: &Request, body: &[u8]) -> Option<Form> {
    if request.first("content-type").starts_with(multipart::KIND) {
        return multipart::form(request, body);
    }
    Some(Form { pairs: pairs(body)?, file: None })
}

/// Returns the names and values of a form, in the order of its controls. `None` if the bytes are none.
fn pairs(body: &[u8]) -> Option<Vec<(String, String)>> {
    let text = std::str::from_utf8(body).ok()?;
    let words = text.split('&').filter(|word| !word.is_empty());
    let pair = |word: &str| {
        let (name, value) = word.split_once('=').unwrap_or((word, ""));
        let decoded = |text: &str| percent_decoded(&text.replace('+', " "));
        Some((decoded(name)?, decoded(value)?))
    };
    let pairs: Option<Vec<_>> = words.take(MOST + 1).map(pair).collect();
    pairs.filter(|pairs| pairs.len() <= MOST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_decoded_in_their_order() {
        let pairs = pairs("v%2Ftitle=%E7%94%B2+%26+b&do=save&do=&x".as_bytes()).expect("a form");
        let pairs: Vec<(&str, &str)> =
            pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(pairs, [("v/title", "甲 & b"), ("do", "save"), ("do", ""), ("x", "")]);
        assert!(super::pairs(b"a=%ff").is_none() && super::pairs(b"\xff").is_none());
    }
}
