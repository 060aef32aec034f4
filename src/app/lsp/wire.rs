//! Messages on a stream: a header with the length, an empty line, JSON.
//!
//! What is no message is passed over; the next one counts again.

use std::io::{self, BufRead, Read};

use lsp_server::Message;

/// The longest message that is read, in bytes. Files have at most one mebibyte.
const LONGEST: usize = 64 << 20;

/// What came in.
#[derive(Debug)]
pub enum Heard {
    /// A message.
    Message(Message),
    /// Something that is none, and why.
    Noise(String),
}

/// Reads messages until the stream ends, and hands each to `hear` until that returns false.
pub fn listen(mut stream: impl BufRead, mut hear: impl FnMut(Heard) -> bool) {
    loop {
        let heard = match read(&mut stream) {
            Ok(None) => return,
            Ok(Some(body)) => match serde_json::from_slice(&body) {
                Ok(message) => Heard::Message(message),
                Err(error) => Heard::Noise(error.to_string()),
            },
            Err(error) if error.kind() == io::ErrorKind::InvalidData => Heard::Noise(error.to_string()),
            Err(_) => return,
        };
        if !hear(heard) {
            return;
        }
    }
}

/// Reads the body of one message. `None` at the end of the stream.
fn read(stream: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    let mut length = None;
    loop {
        let mut line = Vec::new();
        if stream.by_ref().take(4096).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        let line = String::from_utf8_lossy(&line);
        match (line.trim(), length) {
            ("", Some(length)) => {
                let mut body = vec![0; length];
                stream.read_exact(&mut body)?;
                return Ok(Some(body));
            }
            ("", None) => {
                return Err(io::Error::new(io::ErrorKind::InvalidData, "a header without a length"));
            }
            (header, _) => {
                let (name, value) = header.split_once(':').unwrap_or_default();
                if name.eq_ignore_ascii_case("content-length") {
                    length = value.trim().parse().ok().filter(|length| *length <= LONGEST);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn noise_is_passed_over_and_the_next_message_counts() {
        let good = r#"{"jsonrpc":"2.0","method":"exit"}"#;
        let framed = |body: &str| format!("Content-Length: {}\r\n\r\n{body}", body.len());
        let stream = [
            framed("{no json").as_str(),
            "\r\n",
            "Content-Length: 99999999999999\r\n\r\n",
            "Content-Length: many\r\n\r\n",
            &framed("[1]"),
            &framed(good),
            "Content-Length: 50\r\n\r\ncut off",
        ]
        .concat();
        let mut heard = Vec::new();
        listen(stream.as_bytes(), |each| {
            heard.push(matches!(each, Heard::Message(Message::Notification(_))));
            true
        });
        assert_eq!(heard, [false, false, false, false, false, true]);
    }
}
