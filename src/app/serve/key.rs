//! The key to a preview that other computers can reach.
//!
//! It stands in the address that the terminal names; the first visit changes it for a cookie, so that it is not in the
//! addresses of pages, which people send on.

use super::reply::Reply;
use super::request::Request;
use super::target::RequestTarget;
use crate::diagnostic::Error;

/// The word in the query.
const WORD: &str = "key";
/// The letters of a key: 32, of which none looks like another.
const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// The length of a key: 60 bits, which nobody guesses over a network, and which can still be typed.
const LENGTH: usize = 12;

/// A key, and the name of its cookie.
#[derive(Clone, Debug)]
pub(super) struct Key {
    key: String,
    /// Cookies are shared by all ports of a host.
    cookie: String,
}

impl Key {
    /// Makes a key for the server at `port`.
    ///
    /// # Errors
    /// [`Error::Port`] if the system has no random numbers.
    pub fn new(port: u16) -> Result<Self, Error> {
        let mut bytes = [0; LENGTH];
        let failed = |cause: getrandom::Error| Error::Port {
            address: port.to_string(),
            cause: std::io::Error::other(cause.to_string()),
        };
        getrandom::fill(&mut bytes).map_err(failed)?;
        let key = bytes.iter().map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect();
        Ok(Self { key, cookie: format!("qingdan-{port}") })
    }

    /// Returns what follows the address of the site to hand the key over.
    pub fn query(&self) -> String {
        format!("?{WORD}={}", self.key)
    }

    /// Tells whether the visitor has the key already.
    pub fn is_held(&self, request: &Request) -> bool {
        let pairs = request.all("cookie").flat_map(|cookies| cookies.split(';'));
        let mut pairs = pairs.filter_map(|pair| pair.trim().split_once('='));
        pairs.any(|(name, value)| name == self.cookie && self.is(value))
    }

    /// Returns the answer to a visitor who hands over the key: the cookie, and the way to the same page without the key.
    pub fn taken(&self, request: &Request) -> Option<Reply> {
        let target = RequestTarget::parse(&request.target)?;
        if !target.value(WORD).is_some_and(|value| self.is(&value)) {
            return None;
        }
        let rest = target.query.unwrap_or_default().split('&');
        let rest: Vec<&str> = rest.filter(|pair| pair.split('=').next() != Some(WORD)).collect();
        let query = if rest.is_empty() { String::new() } else { format!("?{}", rest.join("&")) };
        // The target was read as an address of ours: it does not start with two slashes.
        let location = format!("/{}{query}", target.raw);
        let cookie = format!("{}={}; Path=/; HttpOnly; SameSite=Lax", self.cookie, self.key);
        Some(Reply::redirect(303, location).header("Set-Cookie", cookie))
    }

    /// Compares in a time that does not tell where the first difference is.
    fn is(&self, value: &str) -> bool {
        let pairs = self.key.bytes().zip(value.bytes());
        value.len() == self.key.len() && pairs.fold(0, |differs, (a, b)| differs | (a ^ b)) == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_long_and_each_is_another() {
        let (one, other) = (Key::new(1).expect("random numbers"), Key::new(1).expect("random numbers"));
        assert_eq!(one.key.len(), LENGTH);
        assert_ne!(one.key, other.key);
        assert!(one.is(&one.key) && !one.is(&other.key) && !one.is("") && !one.is(&one.key[1..]));
    }
}
