//! Strings that a language does not have are taken from another, and say so: in the text of a page by `lang` and `dir`,
//! so that voices and fonts follow. [`borrow`] marks such a string, [`settle`] turns the marks into elements (`borrowed.html`) where text
//! stands, and takes them out where none can: in attributes, titles and scripts.

/// Before a borrowed string: this and the number of its language.
const BEGINS: u32 = 0xF_0000;
/// Behind it.
const ENDS: char = '\u{FFFFD}';
/// The first byte of every mark.
pub(super) const FIRST_BYTE: u8 = 0xF3;
/// How many languages of a site can be told apart.
const MOST: u32 = 256;

/// What stands before and behind a stretch of a language, by the template `borrowed.html`.
pub(super) type Element = (String, String);

/// Elements whose text holds no other element.
const PLAIN: &[&str] = &["script", "style", "title", "textarea", "option"];

/// Returns a string with the mark that it is of the language with this number; each of the parts that templates cut it
/// into, too.
pub(super) fn borrow(text: &str, language: usize) -> String {
    let number = u32::try_from(language).ok().filter(|number| *number < MOST);
    let Some(begins) = number.and_then(|number| char::from_u32(BEGINS + number)) else {
        return text.to_owned();
    };
    let part =
        |part: &str| if part.trim().is_empty() { part.to_owned() } else { format!("{begins}{part}{ENDS}") };
    text.split('|').map(part).collect::<Vec<_>>().join("|")
}

/// Returns a page with the marks of borrowed strings turned into elements.
pub(super) fn settle(html: &str, elements: &[Element]) -> String {
    if !html.contains(is_mark) {
        return html.to_owned();
    }
    let mut out = String::with_capacity(html.len() + html.len() / 16);
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let (text, tag) = rest.split_at(at);
        out.push_str(&spans(text, elements));
        let end = end_of_tag(tag);
        let (tag, behind) = tag.split_at(end);
        out.push_str(&without_marks(tag));
        rest = behind;
        let name = tag.trim_start_matches('<').split(|c: char| !c.is_ascii_alphanumeric()).next();
        if let Some(name) = name.filter(|name| PLAIN.contains(name)) {
            let end = rest.find(&format!("</{name}")).unwrap_or(rest.len());
            let (plain, behind) = rest.split_at(end);
            out.push_str(&without_marks(plain));
            rest = behind;
        }
    }
    out.push_str(&spans(rest, elements));
    out
}

/// Returns a text without marks: of a file that is no page.
pub(super) fn without_marks(text: &str) -> String {
    text.replace(is_mark, "")
}

fn is_mark(c: char) -> bool {
    c == ENDS || number(c).is_some()
}

fn number(c: char) -> Option<usize> {
    let number = u32::from(c).checked_sub(BEGINS).filter(|number| *number < MOST)?;
    usize::try_from(number).ok()
}

/// Returns the length of the tag a text begins with: a `>` in quotes does not end it.
fn end_of_tag(tag: &str) -> usize {
    if tag[1..].starts_with("!--") {
        return tag.find("-->").map_or(tag.len(), |at| at + 3);
    }
    let mut quote = None;
    for (at, c) in tag.char_indices() {
        match (quote, c) {
            (None, '>') => return at + 1,
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), _) if open == c => quote = None,
            _ => {}
        }
    }
    tag.len()
}

/// Returns a text between tags with each borrowed stretch in an element.
fn spans(text: &str, elements: &[Element]) -> String {
    if !text.contains(is_mark) {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut open: Option<&String> = None;
    for c in text.chars() {
        match number(c).and_then(|number| elements.get(number)) {
            Some((begins, ends)) if open.is_none() => {
                out.push_str(begins);
                open = Some(ends);
            }
            None if c == ENDS => out.extend(open.take().map(String::as_str)),
            None if !is_mark(c) => out.push(c),
            _ => {}
        }
    }
    out.extend(open.map(String::as_str));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn elements() -> Vec<Element> {
        vec![("<i lang=\"zh-CN\">".to_owned(), "</i>".to_owned())]
    }

    #[test]
    fn a_borrowed_string_is_marked_where_text_stands_and_nowhere_else() {
        let word = borrow("打印", 0);
        let page = format!(
            "<title>{word}</title><p title=\"{word}>\">{word} 1</p><script>\"{word}\"</script>{word}"
        );
        let marked = "<i lang=\"zh-CN\">打印</i>";
        assert_eq!(
            settle(&page, &elements()),
            format!("<title>打印</title><p title=\"打印>\">{marked} 1</p><script>\"打印\"</script>{marked}")
        );
        assert_eq!(settle("<p>plain</p>", &elements()), "<p>plain</p>");
        assert_eq!(without_marks(&word), "打印");
    }

    #[test]
    fn each_part_of_a_string_that_is_cut_is_marked() {
        let parts: Vec<String> = borrow("朗读|停", 0).split('|').map(str::to_owned).collect();
        assert_eq!(settle(&parts[1], &elements()), "<i lang=\"zh-CN\">停</i>");
    }
}
