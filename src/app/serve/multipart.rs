//! A form with a file, as browsers send it (RFC 7578). The body is in memory as a whole: the readers that there are for it are
//! made for streams and bring a runtime along.

use super::request::Request;

/// Parts of a form at most.
const MOST_PARTS: usize = 100;
/// Headers of a part at most.
const MOST_HEADERS: usize = 8;

/// What a form sends.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form {
    /// Names and values, in the order of its controls.
    pub pairs: Vec<(String, String)>,
    /// The file, if one was chosen.
    pub file: Option<SentFile>,
}

/// A file that a form sends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentFile {
    /// Its name, without folders.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// The kind of such a form.
pub(super) const KIND: &str = "multipart/form-data";

/// Reads a form. `None` if the bytes are none.
pub(super) fn form(request: &Request, body: &[u8]) -> Option<Form> {
    let (_, boundary) = request.first("content-type").split_once("boundary=")?;
    let boundary = boundary.split(';').next()?.trim().trim_matches('"');
    let line = [b"--", boundary.as_bytes()].concat();
    let mut form = Form::default();
    let mut rest = body.get(find(body, &line)? + line.len()..)?;
    for _ in 0..MOST_PARTS {
        if rest.starts_with(b"--") {
            return Some(form);
        }
        rest = rest.strip_prefix(b"\r\n")?;
        let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
        let httparse::Status::Complete((length, headers)) =
            httparse::parse_headers(rest, &mut headers).ok()?
        else {
            return None;
        };
        let is_it = |header: &&httparse::Header<'_>| header.name.eq_ignore_ascii_case("content-disposition");
        let said = std::str::from_utf8(headers.iter().find(is_it)?.value).ok()?;
        let (name, file) = (parameter(said, "name")?, parameter(said, "filename"));
        rest = &rest[length..];
        let end = find(rest, &[b"\r\n", line.as_slice()].concat())?;
        let value = &rest[..end];
        rest = &rest[end + 2 + line.len()..];
        match file {
            Some(file) if !file.is_empty() => {
                let name = file.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
                form.file = Some(SentFile { name, bytes: value.to_vec() });
            }
            Some(_) => {}
            None => form.pairs.push((name, std::str::from_utf8(value).ok()?.to_owned())),
        }
    }
    None
}

/// Returns a parameter of a header: `name="file"`. Browsers write a quotation mark in it as `%22`.
fn parameter(header: &str, name: &str) -> Option<String> {
    let start = format!("{name}=\"");
    let mut parts = header.split(';').map(str::trim);
    // A mark that divides may stand inside of quotes.
    let from =
        parts.any(|part| part.starts_with(&start)).then(|| find_parameter(header, &start)).flatten()?;
    let value = header[from..].split('"').next()?;
    Some(value.replace("%22", "\"").replace("%0D", "").replace("%0A", ""))
}

fn find_parameter(header: &str, start: &str) -> Option<usize> {
    header.match_indices(start).map(|(at, _)| at).find_map(|at| {
        let before = header[..at].trim_end();
        before.ends_with(';').then_some(at + start.len())
    })
}

/// Returns where `wanted` stands first.
fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    let first = wanted.first()?;
    let mut from = 0;
    loop {
        let at = from + bytes.get(from..)?.iter().position(|byte| byte == first)?;
        if bytes[at..].starts_with(wanted) {
            return Some(at);
        }
        from = at + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(kind: &str) -> Request {
        Request::with_header("content-type", kind)
    }

    #[test]
    fn fields_and_the_file_are_parted() {
        let body = "--XX\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\nabc\r\n--XX\r\n\
            Content-Disposition: form-data; name=\"file\"; filename=\"C:\\清单;%22一%22.xlsx\"\r\nContent-Type: x/y\r\n\r\n\
            PK\r\n--X\r\n\r\n--XX--\r\n";
        let form = form(&request("multipart/form-data; boundary=XX"), body.as_bytes()).expect("a form");
        assert_eq!(form.pairs, [("token".to_owned(), "abc".to_owned())]);
        let file = form.file.expect("there is a file");
        assert_eq!(file.name, "清单;\"一\".xlsx");
        assert_eq!(file.bytes, b"PK\r\n--X\r\n");
    }

    #[test]
    fn what_is_no_form_is_refused() {
        for body in [
            "",
            "--XX",
            "--XX\r\n",
            "--XX\r\n\r\nabc\r\n--XX--",
            "--XX\r\nContent-Disposition: form-data\r\n\r\na\r\n--XX--",
        ] {
            assert_eq!(form(&request("multipart/form-data; boundary=XX"), body.as_bytes()), None, "{body}");
        }
        assert_eq!(form(&request("multipart/form-data"), b"--XX--"), None);
    }
}
