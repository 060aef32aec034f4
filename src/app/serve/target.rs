//! From the target of a request to an address of the site.

use crate::route::percent_decoded;

/// What a request asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RequestTarget<'a> {
    /// Decoded, without the first `/`; a folder ends with `/`, the root is empty. It has no empty, `.`
    /// or `..` part.
    pub path: String,
    /// As it was sent, without the first `/` and the query.
    pub raw: &'a str,
    /// What follows the `?`.
    pub query: Option<&'a str>,
}

impl<'a> RequestTarget<'a> {
    /// Reads the target of a request line. `None` if it cannot be the address of a file of a site.
    pub fn parse(target: &'a str) -> Option<Self> {
        let rest = target.strip_prefix('/')?;
        if rest.bytes().any(|byte| byte.is_ascii_control()) {
            return None;
        }
        let (raw, query) = match rest.split_once('?') {
            Some((raw, query)) => (raw, Some(query)),
            None => (rest, None),
        };
        let mut parts = raw.split('/').map(decode_part).collect::<Option<Vec<String>>>()?;
        // An empty last part marks a folder.
        let folder = parts.last().is_some_and(String::is_empty);
        parts.truncate(parts.len() - usize::from(folder));
        if parts.iter().any(|part| matches!(part.as_str(), "" | "." | "..")) {
            return None;
        }
        let slash = if folder && !parts.is_empty() { "/" } else { "" };
        Some(Self { path: parts.join("/") + slash, raw, query })
    }

    /// Tells whether the query has the word `key`, with or without a value.
    pub fn has(&self, key: &str) -> bool {
        self.pairs().any(|(name, _)| name == key)
    }

    /// Returns the decoded value of `key` in the query.
    pub fn value(&self, key: &str) -> Option<String> {
        let (_, value) = self.pairs().find(|(name, _)| *name == key)?;
        percent_decoded(value)
    }

    /// Returns the way from this address to the root of the site: `../../`, or nothing.
    pub fn to_root(&self) -> String {
        "../".repeat(self.raw.matches('/').count())
    }

    /// Returns what was asked for, without the first `/`, written so that it can be a value in a query.
    pub fn as_value(&self) -> String {
        let query = self.query.map_or_else(String::new, |query| format!("?{query}"));
        let mut value = String::new();
        for byte in format!("{}{query}", self.raw).bytes() {
            if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
                value.push(char::from(byte));
            } else {
                value.push_str(&format!("%{byte:02X}"));
            }
        }
        value
    }

    /// Returns the way to this address with a `/` at its end, query kept.
    pub fn as_folder(&self) -> String {
        let last = self.raw.rsplit('/').next().unwrap_or_default();
        let query = self.query.map_or_else(String::new, |query| format!("?{query}"));
        // `./`, because a name with a colon would read as a scheme.
        format!("./{last}/{query}")
    }

    fn pairs(&self) -> impl Iterator<Item = (&'a str, &'a str)> {
        let query = self.query.unwrap_or_default();
        query.split('&').map(|pair| pair.split_once('=').unwrap_or((pair, "")))
    }
}

/// Decodes one part of a path. `None` if it holds a separator or a control character.
fn decode_part(part: &str) -> Option<String> {
    let decoded = percent_decoded(part)?;
    let odd = decoded.contains(|c: char| c == '/' || c == '\\' || c.is_control());
    (!odd).then_some(decoded)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(target: &str) -> Option<String> {
        RequestTarget::parse(target).map(|target| target.path)
    }

    #[test]
    fn decodes_paths_and_leaves_the_query_out() {
        assert_eq!(path("/").as_deref(), Some(""));
        assert_eq!(path("/zh/").as_deref(), Some("zh/"));
        assert_eq!(path("/%E7%A6%8F/a%20b.html?x=/../").as_deref(), Some("福/a b.html"));
    }

    #[test]
    fn refuses_what_no_site_has() {
        for odd in ["", "zh", "*", "http://evil/", "/..", "/../x", "/a/%2e%2e/b", "/./a", "//evil/", "/a//b"]
        {
            assert_eq!(path(odd), None, "{odd}");
        }
        for odd in ["/a%2fb", "/a%5Cb", "/a\\b", "/a%00", "/%", "/%4", "/%zz", "/%+1", "/%ff", "/a\nb", "/%é"]
        {
            assert_eq!(path(odd), None, "{odd}");
        }
    }

    #[test]
    fn writes_itself_into_redirects() {
        let target = RequestTarget::parse("/zh/a%20b?q=%E7&last-good").expect("a good target");
        assert_eq!(target.as_folder(), "./a%20b/?q=%E7&last-good");
        assert_eq!(target.as_value(), "zh/a%2520b%3Fq%3D%25E7%26last-good");
        assert_eq!(target.to_root(), "../");
        assert!(target.has("last-good") && !target.has("good"));
        assert_eq!(RequestTarget::parse("/?for=zh%2Fa").expect("good").value("for").as_deref(), Some("zh/a"));
    }
}
