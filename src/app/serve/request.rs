//! Reads a request, within bounds of size and time. A body is read only where a form of ours may have sent it.

use std::io::{ErrorKind, Read};
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// The largest head of a request, in bytes. Browsers send about 1 kB.
const LARGEST_HEAD: usize = 16 * 1024;
/// The most headers.
const MOST_HEADERS: usize = 64;
/// The largest body, in bytes: a form shows at most one part of a file.
pub(super) const LARGEST_BODY: usize = 512 * 1024;
/// The largest body of a form with a file: an office's table, with room for the other controls.
pub(super) const LARGEST_UPLOAD: usize = (8 << 20) + 64 * 1024;
/// How long a head may take to arrive as a whole, however busily its bytes drip in.
const LONGEST_HEAD: Duration = Duration::from_secs(5);
/// How long a body may take.
const LONGEST_BODY: Duration = Duration::from_secs(10);

/// The head of a request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Request {
    /// `GET`, mostly.
    pub method: String,
    /// As it was sent.
    pub target: String,
    /// Whether it is HTTP/1.1, in which a stream can end without its connection.
    pub is_1_1: bool,
    /// Whether more bytes may follow, which nobody will read.
    pub has_more: bool,
    /// What came behind the head already.
    start: Vec<u8>,
    /// Names in small letters, and values.
    headers: Vec<(String, String)>,
}

impl Request {
    /// Returns a request that says one thing, for tests.
    #[cfg(test)]
    pub fn with_header(name: &str, value: &str) -> Self {
        Self { headers: vec![(name.to_owned(), value.to_owned())], ..Self::default() }
    }

    /// Returns the values of a header; `name` in small letters.
    pub fn all<'r>(&'r self, name: &'r str) -> impl Iterator<Item = &'r str> {
        self.headers.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Returns the first value of a header, or nothing; `name` in small letters.
    pub fn first(&self, name: &str) -> &str {
        let mut known = self.headers.iter().filter(|(known, _)| known == name);
        known.next().map(|(_, value)| value.as_str()).unwrap_or_default()
    }
}

/// Why there is no request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// The connection ended, or nothing came.
    Nothing,
    /// It took too long.
    Slow,
    /// It is too large.
    Large,
    /// It is not HTTP.
    Garbled,
}

/// Reads the next request from a connection.
pub(super) fn read(mut from: &TcpStream) -> Result<Request, Fault> {
    let until = Instant::now() + LONGEST_HEAD;
    let mut bytes = Vec::new();
    let mut piece = [0; 2048];
    loop {
        let left = until.saturating_duration_since(Instant::now());
        let late = if bytes.is_empty() { Fault::Nothing } else { Fault::Slow };
        if left.is_zero() {
            return Err(late);
        }
        from.set_read_timeout(Some(left)).map_err(|_| Fault::Nothing)?;
        let length = match from.read(&mut piece) {
            Ok(0) => return Err(Fault::Nothing),
            Ok(length) => length,
            Err(cause) if matches!(cause.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
                return Err(late);
            }
            Err(cause) if cause.kind() == ErrorKind::Interrupted => continue,
            Err(_) => return Err(Fault::Nothing),
        };
        let seen = bytes.len();
        bytes.extend_from_slice(&piece[..length]);
        // Another protocol, such as TLS, is told so at once: no request starts with such a byte.
        if !bytes[0].is_ascii_alphabetic() && !matches!(bytes[0], b'\r' | b'\n') {
            return Err(Fault::Garbled);
        }
        // Only a head that is whole is looked at, so that bytes that drip in cost no more than others.
        if has_end(&bytes, seen) {
            return parsed(&bytes);
        }
        if bytes.len() > LARGEST_HEAD {
            return Err(Fault::Large);
        }
    }
}

/// Reads the body of a request whose head says how long it is.
pub(super) fn body(mut from: &TcpStream, request: &Request, largest: usize) -> Result<Vec<u8>, Fault> {
    let length: usize = request.first("content-length").parse().map_err(|_| Fault::Garbled)?;
    if length > largest || request.start.len() > length {
        return Err(Fault::Large);
    }
    let until = Instant::now() + LONGEST_BODY;
    let mut bytes = request.start.clone();
    let mut piece = [0; 16 * 1024];
    while bytes.len() < length {
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(Fault::Slow);
        }
        from.set_read_timeout(Some(left)).map_err(|_| Fault::Nothing)?;
        let most = piece.len().min(length - bytes.len());
        match from.read(&mut piece[..most]) {
            Ok(0) => return Err(Fault::Nothing),
            Ok(count) => bytes.extend_from_slice(&piece[..count]),
            Err(cause) if cause.kind() == ErrorKind::Interrupted => {}
            Err(cause) if matches!(cause.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
                return Err(Fault::Slow);
            }
            Err(_) => return Err(Fault::Nothing),
        }
    }
    Ok(bytes)
}

/// Tells whether an empty line stands in `bytes`, which was looked for in the first `seen` already.
fn has_end(bytes: &[u8], seen: usize) -> bool {
    let new = &bytes[seen.saturating_sub(3)..];
    // Empty lines before the request are skipped by those who read it.
    let start = bytes.iter().position(|byte| !matches!(byte, b'\r' | b'\n')).unwrap_or(bytes.len());
    let new = if start > seen.saturating_sub(3) { &bytes[start..] } else { new };
    new.windows(2).any(|pair| pair == b"\n\n") || new.windows(3).any(|three| three == b"\n\r\n")
}

fn parsed(bytes: &[u8]) -> Result<Request, Fault> {
    let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
    let mut head = httparse::Request::new(&mut headers);
    let length = match head.parse(bytes) {
        Ok(httparse::Status::Complete(length)) => length,
        Err(httparse::Error::TooManyHeaders) => return Err(Fault::Large),
        Ok(httparse::Status::Partial) | Err(_) => return Err(Fault::Garbled),
    };
    if length > LARGEST_HEAD {
        return Err(Fault::Large);
    }
    let (method, target) = (head.method.unwrap_or_default(), head.path.unwrap_or_default());
    let text = |value: &[u8]| String::from_utf8_lossy(value).into_owned();
    let named = |header: &httparse::Header<'_>| (header.name.to_ascii_lowercase(), text(header.value));
    let headers: Vec<(String, String)> = head.headers.iter().map(named).collect();
    let announced = |(name, value): &(String, String)| match name.as_str() {
        "content-length" => value != "0",
        "transfer-encoding" => true,
        _ => false,
    };
    Ok(Request {
        method: method.to_owned(),
        target: target.to_owned(),
        is_1_1: head.version == Some(1),
        has_more: length < bytes.len() || headers.iter().any(announced),
        start: bytes[length..].to_vec(),
        headers,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_read_into_its_parts() {
        let head = b"GET /zh/?a HTTP/1.1\r\nHost: a\r\nhost: b\r\nContent-Length: 9\r\n\r\n";
        let request = parsed(head).expect("a request");
        assert_eq!((request.method.as_str(), request.target.as_str()), ("GET", "/zh/?a"));
        assert_eq!(request.all("host").collect::<Vec<_>>(), ["a", "b"]);
        assert!(request.is_1_1 && request.has_more);
        assert_eq!((request.first("cookie"), request.first("content-length")), ("", "9"));
        let old = parsed(b"HEAD / HTTP/1.0\n\n").expect("bare line ends are understood");
        assert!(!old.is_1_1 && !old.has_more);
    }

    #[test]
    fn what_is_no_request_is_told_apart() {
        let fault = |bytes: &[u8]| parsed(bytes).expect_err("no request");
        assert_eq!(fault(b"hello\r\n\r\n"), Fault::Garbled);
        assert_eq!(fault(b"GET / HTTP/2.0\r\n\r\n"), Fault::Garbled);
        assert_eq!(fault(b"GET / HTTP/1.1\r\nno colon\r\n\r\n"), Fault::Garbled);
        let many = format!("GET / HTTP/1.1\r\n{}\r\n", "a: b\r\n".repeat(65));
        assert_eq!(fault(many.as_bytes()), Fault::Large);
    }

    #[test]
    fn the_end_of_a_head_is_found_wherever_the_pieces_part() {
        for head in ["\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", "\n\nGET / HTTP/1.1\nHost: a\n\n"] {
            let bytes = head.as_bytes();
            for seen in 0..bytes.len() {
                assert!(has_end(bytes, seen), "{seen}");
                assert!(!has_end(&bytes[..bytes.len() - 1], seen.min(bytes.len() - 2)), "{seen}");
            }
        }
    }
}
