//! An answer, as it goes to the connection.

use std::sync::Arc;

use crate::diagnostic::{Message, UiLang};

/// Sent with every answer. Drafts are not kept anywhere, and pages cannot reach beyond this server.
/// Each connection serves one answer: it has a thread for as long as it is open, and visitors that keep idle
/// connections would take the places of others.
const USUAL_HEADERS: &str = "Connection: close\r\n\
    Cache-Control: no-store\r\n\
    X-Content-Type-Options: nosniff\r\n\
    Referrer-Policy: same-origin\r\n\
    Cross-Origin-Resource-Policy: same-origin\r\n\
    Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; \
    img-src 'self' data:; connect-src 'self'; manifest-src 'self'; worker-src 'self'; \
    form-action 'self'; base-uri 'none'; frame-ancestors 'none'\r\n";

/// The type of HTML pages.
pub(super) const HTML: &str = "text/html; charset=utf-8";
/// The type of scripts.
pub(super) const SCRIPT: &str = "text/javascript; charset=utf-8";
const PLAIN: &str = "text/plain; charset=utf-8";

/// Types by the end of the file name.
const TYPES: &[(&str, &str)] = &[
    ("css", "text/css; charset=utf-8"),
    ("csv", "text/csv; charset=utf-8"),
    ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("gif", "image/gif"),
    ("html", HTML),
    ("ico", "image/x-icon"),
    ("ics", "text/calendar; charset=utf-8"),
    ("jpg", "image/jpeg"),
    ("js", SCRIPT),
    ("json", "application/json; charset=utf-8"),
    ("pdf", "application/pdf"),
    ("png", "image/png"),
    ("svg", "image/svg+xml; charset=utf-8"),
    ("txt", PLAIN),
    ("webmanifest", "application/manifest+json; charset=utf-8"),
    ("webp", "image/webp"),
    ("woff2", "font/woff2"),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("xml", "application/xml; charset=utf-8"),
];

/// Returns the type of the file `path`.
pub(super) fn type_of(path: &str) -> &'static str {
    let end = path.rsplit_once('.').map_or("", |(_, end)| end).to_ascii_lowercase();
    TYPES.iter().find(|(known, _)| *known == end).map_or("application/octet-stream", |(_, kind)| kind)
}

/// An answer.
#[derive(Clone, Debug)]
pub(super) struct Reply {
    /// HTTP status.
    pub status: u16,
    kind: &'static str,
    body: Arc<[u8]>,
    extra: Vec<(&'static str, String)>,
}

impl Reply {
    /// Returns the answer that hands out a file.
    pub fn file(kind: &'static str, body: Arc<[u8]>) -> Self {
        Self { status: 200, kind, body, extra: Vec::new() }
    }

    /// Returns an answer of one line of text.
    pub fn text(status: u16, lang: UiLang, message: &Message) -> Self {
        let body = format!("{}\n", message.get(lang)).into_bytes().into();
        Self { status, kind: PLAIN, body, extra: Vec::new() }
    }

    /// Returns the answer that leads to `location`, relative to what was asked for.
    pub fn redirect(status: u16, location: String) -> Self {
        let extra = vec![("Location", location)];
        Self { status, kind: PLAIN, body: Arc::default(), extra }
    }

    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.extra.push((name, value.into()));
        self
    }

    /// Sets what is handed out, also where it is not the file that was asked for.
    #[must_use]
    pub fn body(mut self, kind: &'static str, body: Arc<[u8]>) -> Self {
        (self.kind, self.body) = (kind, body);
        self
    }

    /// Returns the head, up to the empty line.
    pub fn head(&self) -> String {
        let length = ("Content-Length", self.body.len().to_string());
        head(self.status, self.kind, self.extra.iter().chain([&length]))
    }

    /// Returns what follows the head, unless only that was asked for.
    pub fn content(&self, head_only: bool) -> &[u8] {
        if head_only { &[] } else { &self.body }
    }
}

/// Returns the head of an answer, up to the empty line.
pub(super) fn head<'a>(
    status: u16,
    kind: &str,
    extra: impl IntoIterator<Item = &'a (&'static str, String)>,
) -> String {
    let mut head = format!("HTTP/1.1 {status} {}\r\nContent-Type: {kind}\r\n{USUAL_HEADERS}", reason(status));
    for (name, value) in extra {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str("\r\n");
    head
}

/// Returns the words that go with a status we use.
fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        303 => "See Other",
        307 => "Temporary Redirect",
        308 => "Permanent Redirect",
        400 => "Bad Request",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        408 => "Request Timeout",
        421 => "Misdirected Request",
        431 => "Request Header Fields Too Large",
        503 => "Service Unavailable",
        _ => "Internal Server Error",
    }
}
