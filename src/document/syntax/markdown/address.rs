//! From the address of a link to where it leads. What is not known to be safe is refused.

use super::is_hidden;

/// Where a link leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// A page of the catalogue.
    Internal,
    /// A heading of the same page.
    Heading,
    /// The web, by https.
    Web,
    /// The web, by http.
    UnsafeWeb,
    /// A telephone, a mail address.
    Contact,
    /// Somewhere a guide may not lead.
    Forbidden,
}

/// Tells where an address leads. Blanks and control characters do not hide a scheme, as they do not for
/// browsers.
pub(super) fn target(address: &str) -> Target {
    let lower: String = address
        .chars()
        .filter(|c| !c.is_control() && !c.is_whitespace())
        .map(|c| c.to_ascii_lowercase())
        .collect();
    if lower.contains('\\') || address.chars().any(is_hidden) {
        return Target::Forbidden;
    }
    match lower.split_once(':') {
        Some(("https", rest)) => web(rest, Target::Web),
        Some(("http", rest)) => web(rest, Target::UnsafeWeb),
        Some(("tel" | "mailto", rest)) if !rest.is_empty() => Target::Contact,
        _ if lower.starts_with("//") => Target::Forbidden,
        _ if lower.starts_with('/') => Target::Internal,
        _ if lower.starts_with('#') => Target::Heading,
        _ => Target::Forbidden,
    }
}

/// An address of the web names a host, and nothing before it that could be taken for the host.
fn web(rest: &str, target: Target) -> Target {
    let host = rest.strip_prefix("//").and_then(|rest| rest.split(['/', '?', '#']).next());
    match host {
        Some(host) if !host.is_empty() && !host.contains('@') => target,
        _ => Target::Forbidden,
    }
}

/// Returns the id of a heading, by its words or by a link to it: `#怎样 打听？` and the heading
/// `怎样打听` meet.
pub(super) fn heading_id(words: &str) -> String {
    let letters = words.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase);
    format!("h-{}", letters.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::{Target, heading_id, target};

    #[test]
    fn an_address_leads_where_a_browser_would_go() {
        for (address, expected) in [
            ("https://example.org/a?b=c#d", Target::Web),
            ("HTTPS://example.org", Target::Web),
            ("http://example.org", Target::UnsafeWeb),
            ("tel:12345", Target::Contact),
            ("mailto:a@example.org", Target::Contact),
            ("/fujian/xiamen#怎样", Target::Internal),
            ("#怎样打听", Target::Heading),
            ("https:example.org", Target::Forbidden),
            ("https://", Target::Forbidden),
            ("https://www.gov.example@evil.example/", Target::Forbidden),
            ("https:\\\\evil.example", Target::Forbidden),
            ("//evil.example", Target::Forbidden),
            ("/\t/evil.example", Target::Forbidden),
            ("/\\evil.example", Target::Forbidden),
            ("\u{1}javascript:alert(1)", Target::Forbidden),
            ("java\nscript:alert(1)", Target::Forbidden),
            ("https://example.org/\u{202E}gpj", Target::Forbidden),
            ("vbscript:x", Target::Forbidden),
            ("data:text/html,x", Target::Forbidden),
            ("file:///etc/hosts", Target::Forbidden),
            ("指南.docx", Target::Forbidden),
            ("", Target::Forbidden),
        ] {
            assert_eq!(target(address), expected, "{address:?}");
        }
    }

    #[test]
    fn a_link_finds_its_heading_by_the_words() {
        assert_eq!(heading_id("怎样打听？"), heading_id("怎样-打听"));
        assert_eq!(heading_id("How to Ask"), heading_id("how-to-ask"));
    }
}
