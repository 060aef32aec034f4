//! A text as YAML that reads back as the same text, in every reader.

fn is_plain_space(c: char) -> bool {
    matches!(c, '\u{2028}' | '\u{2029}' | '\u{85}')
}

/// Writes one text so that a reader gets the same text back: bare where nothing can be misread, else in quotes.
pub fn scalar(text: &str) -> String {
    if is_bare(text) {
        return text.to_owned();
    }
    if text.chars().all(|c| {
        !c.is_control() && !is_plain_space(c) && c != '\u{FEFF}' && c != '\u{FFFE}' && c != '\u{FFFF}'
    }) {
        return format!("'{}'", text.replace('\'', "''"));
    }
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            '\r' => quoted.push_str("\\r"),
            c if c.is_control() || is_plain_space(c) || matches!(c, '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}') => {
                quoted.push_str(&format!("\\u{:04X}", u32::from(c)));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// Marks inside a bare text that YAML gives no meaning.
const HARMLESS: &str = "，。、；：？！（）《》〈〉「」『』【】〔〕“”‘’…—·～-_/+.,;()%@=×° ";
/// Words that some readers take for something else than text.
const OTHER_WORDS: &[&str] = &["true", "false", "null", "yes", "no", "on", "off", "y", "n"];

fn is_bare(text: &str) -> bool {
    let starts_well =
        text.starts_with(|c: char| c.is_alphabetic() || c.is_ascii_digit() || "“《（「【〔".contains(c));
    let is_number = text.chars().all(|c| c.is_ascii_digit() || ".-+eExobabcdf_:".contains(c))
        && text.chars().any(|c| c.is_ascii_digit());
    starts_well
        && !text.ends_with(' ')
        && (!is_number || is_small_number(text) || is_day(text))
        && !OTHER_WORDS.contains(&text.to_lowercase().as_str())
        && text.chars().all(|c| c.is_alphanumeric() || HARMLESS.contains(c))
}

/// Tells whether a text is a day, which every reader takes for one.
fn is_day(text: &str) -> bool {
    text.len() == 10 && crate::date::Date::parse(text).is_ok()
}

/// Tells whether a number reads as itself everywhere: no zero before it, no point.
fn is_small_number(text: &str) -> bool {
    let is_digits = |part: &str| {
        !part.is_empty()
            && part.len() < 5
            && part.bytes().all(|b| b.is_ascii_digit())
            && (part == "0" || !part.starts_with('0'))
    };
    match text.split_once('-') {
        Some((from, to)) => is_digits(from) && is_digits(to),
        None => is_digits(text),
    }
}
