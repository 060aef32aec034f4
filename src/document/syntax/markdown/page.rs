//! From the events of the parser to HTML, by way of a list of what may stand on a page.

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, LinkType, Tag, TagEnd};

use super::address::{Target, heading_id, target};
use super::emphasis::Shimmed;
use super::{shown, written_address};
use crate::syntax::fold::{Edge, joins_tightly};

/// Renders a guide without its title. `resolve` gives the link for a catalogue address, or nothing if
/// there is no such page; then the words stay without a link.
pub fn html(source: &str, resolve: &dyn Fn(&str) -> Option<String>) -> String {
    html_with_numbers(source, resolve, &[])
}

/// Renders a guide like [`html`]; each of `numbers`, wherever it stands by itself, can be called.
pub fn html_with_numbers(source: &str, resolve: &dyn Fn(&str) -> Option<String>, numbers: &[&str]) -> String {
    let shimmed = Shimmed::new(source);
    let mut events = dialled(tighten(kept(&shimmed, resolve)), numbers);
    name_headings(&mut events);
    written(events.into_iter())
}

/// Returns the end of an address that leads to a heading: `#怎样 打听` as `#h-怎样打听`, the id that the
/// heading has.
pub fn fragment(heading: &str) -> String {
    let heading = heading.trim_start_matches('#');
    let id = heading_id(&decoded(heading));
    format!("#{id}")
}

/// Undoes `%E6%80%8E`; an address that is not UTF-8 then stays as it is.
fn decoded(address: &str) -> String {
    let mut bytes = Vec::with_capacity(address.len());
    let mut rest = address.as_bytes();
    while let [first, tail @ ..] = rest {
        let hex = tail.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) if *first == b'%' => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            _ => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| address.to_owned())
}

fn written<'a>(events: impl Iterator<Item = Event<'a>>) -> String {
    let mut out = String::new();
    pulldown_cmark::html::push_html(&mut out, events);
    out
}

/// Returns what may stand on the page, without the title, with links put through `resolve`.
fn kept<'a>(shimmed: &'a Shimmed<'_>, resolve: &dyn Fn(&str) -> Option<String>) -> Vec<Event<'a>> {
    let mut kept = Vec::new();
    let mut in_link = false;
    let mut in_title = false;
    let mut titled = false;
    for (event, _) in shimmed.events() {
        match event {
            Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }) if !titled => {
                (in_title, titled) = (true, true);
            }
            Event::End(TagEnd::Heading(HeadingLevel::H1)) if in_title => in_title = false,
            _ if in_title => {}
            Event::Start(Tag::Link { link_type, dest_url, title, .. }) => {
                let start = link(&written_address(link_type, &dest_url), &title, resolve);
                in_link = start.is_some();
                kept.extend(start);
            }
            Event::End(TagEnd::Link) => {
                kept.extend(in_link.then_some(event));
                in_link = false;
            }
            other => kept.extend(allowed(other)),
        }
    }
    kept
}

/// Returns the start of a link, if it leads where a guide may lead.
fn link(address: &str, title: &str, resolve: &dyn Fn(&str) -> Option<String>) -> Option<Event<'static>> {
    let target = target(address);
    let href = match target {
        Target::Internal => resolve(address)?,
        Target::Heading => fragment(address),
        Target::Web | Target::UnsafeWeb | Target::Contact => address.to_owned(),
        Target::Forbidden => return None,
    };
    let start = Event::Start(Tag::Link {
        link_type: LinkType::Inline,
        dest_url: href.into(),
        title: shown(title).into_string().into(),
        id: "".into(),
    });
    Some(match target {
        Target::Web | Target::UnsafeWeb => leading_out(start),
        Target::Internal | Target::Heading | Target::Contact | Target::Forbidden => start,
    })
}

/// Says of the start of a link that it leads to somebody else. The theme marks such links.
fn leading_out(start: Event<'_>) -> Event<'static> {
    let mut start = written(std::iter::once(start));
    let end = start.pop();
    debug_assert_eq!(end, Some('>'), "the start of a link is one tag");
    Event::InlineHtml(format!("{start} rel=\"noopener noreferrer\">").into())
}

/// The list of what may stand on a page. HTML becomes text; what is not named is left out.
fn allowed(event: Event<'_>) -> Option<Event<'_>> {
    match event {
        Event::Start(tag) => allowed_start(tag).map(Event::Start),
        Event::End(tag) => is_allowed_end(tag).then_some(Event::End(tag)),
        Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => {
            Some(Event::Text(shown(&text).into_string().into()))
        }
        Event::Code(text) => Some(Event::Code(shown(&text).into_string().into())),
        Event::SoftBreak | Event::HardBreak | Event::Rule => Some(event),
        Event::InlineMath(_)
        | Event::DisplayMath(_)
        | Event::FootnoteReference(_)
        | Event::TaskListMarker(_) => None,
    }
}

/// Leaves away what an element says besides its name: the language of code, the sides to which columns
/// lean, which would take a style of their own.
fn allowed_start(tag: Tag<'_>) -> Option<Tag<'_>> {
    match tag {
        Tag::Paragraph
        | Tag::List(_)
        | Tag::Item
        | Tag::TableHead
        | Tag::TableRow
        | Tag::TableCell
        | Tag::Emphasis
        | Tag::Strong => Some(tag),
        Tag::Heading { level, .. } => {
            Some(Tag::Heading { level, id: None, classes: Vec::new(), attrs: Vec::new() })
        }
        Tag::BlockQuote(_) => Some(Tag::BlockQuote(None)),
        Tag::CodeBlock(_) => Some(Tag::CodeBlock(CodeBlockKind::Indented)),
        Tag::Table(_) => Some(Tag::Table(Vec::new())),
        Tag::HtmlBlock
        | Tag::FootnoteDefinition(_)
        | Tag::DefinitionList
        | Tag::DefinitionListTitle
        | Tag::DefinitionListDefinition
        | Tag::Strikethrough
        | Tag::Superscript
        | Tag::Subscript
        | Tag::Link { .. }
        | Tag::Image { .. }
        | Tag::MetadataBlock(_) => None,
    }
}

fn is_allowed_end(tag: TagEnd) -> bool {
    match tag {
        TagEnd::Paragraph
        | TagEnd::Heading(_)
        | TagEnd::BlockQuote(_)
        | TagEnd::CodeBlock
        | TagEnd::List(_)
        | TagEnd::Item
        | TagEnd::Table
        | TagEnd::TableHead
        | TagEnd::TableRow
        | TagEnd::TableCell
        | TagEnd::Emphasis
        | TagEnd::Strong => true,
        TagEnd::HtmlBlock
        | TagEnd::FootnoteDefinition
        | TagEnd::DefinitionList
        | TagEnd::DefinitionListTitle
        | TagEnd::DefinitionListDefinition
        | TagEnd::Strikethrough
        | TagEnd::Superscript
        | TagEnd::Subscript
        | TagEnd::Link
        | TagEnd::Image
        | TagEnd::MetadataBlock(_) => false,
    }
}

/// Drops the line ends inside paragraphs that a Chinese reader would see as stray spaces.
fn tighten(events: Vec<Event<'_>>) -> Vec<Event<'_>> {
    let mut after = Vec::new();
    let mut next = None;
    for event in events.iter().rev() {
        match event {
            Event::Text(text) | Event::Code(text) => next = Edge::of(text.chars()).or(next),
            Event::SoftBreak => after.push(next),
            _ => {}
        }
    }
    let mut before = None;
    let keeps = |event: &Event<'_>| match event {
        Event::Text(text) | Event::Code(text) => {
            before = Edge::of(text.chars().rev()).or(before);
            true
        }
        Event::SoftBreak => !matches!(
            (before, after.pop().flatten()),
            (Some(before), Some(after)) if joins_tightly(before, after)
        ),
        _ => true,
    };
    events.into_iter().filter(keeps).collect()
}

/// Makes links of the numbers to call, but in links, headings and code.
fn dialled<'a>(events: Vec<Event<'a>>, numbers: &[&str]) -> Vec<Event<'a>> {
    let mut depth = 0_usize;
    let mut out = Vec::with_capacity(events.len());
    for event in events {
        match &event {
            Event::Start(Tag::Link { .. } | Tag::Heading { .. } | Tag::CodeBlock(_)) => depth += 1,
            // The start of a link that leads out is already written.
            Event::InlineHtml(_) => depth += 1,
            Event::End(TagEnd::Link | TagEnd::Heading(_) | TagEnd::CodeBlock) => depth -= 1,
            Event::Text(text) if depth == 0 => {
                out.extend(calls(text, numbers));
                continue;
            }
            _ => {}
        }
        out.push(event);
    }
    out
}

/// Cuts a text at the numbers to call. A number is one only where no other digit stands beside it.
fn calls(text: &str, numbers: &[&str]) -> Vec<Event<'static>> {
    let mut out = Vec::new();
    let mut plain = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let digits = rest[at..].find(|c: char| !c.is_ascii_digit()).map_or(rest.len(), |len| at + len);
        plain.push_str(&rest[..at]);
        let number = &rest[at..digits];
        rest = &rest[digits..];
        let joined = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && c.is_ascii() || c == '-');
        if !numbers.contains(&number) || joined(plain.chars().last()) || joined(rest.chars().next()) {
            plain.push_str(number);
            continue;
        }
        out.push(Event::Text(std::mem::take(&mut plain).into()));
        let dest_url = format!("tel:{number}").into();
        let (title, id) = ("".into(), "".into());
        out.push(Event::Start(Tag::Link { link_type: LinkType::Inline, dest_url, title, id }));
        out.push(Event::Text(number.to_owned().into()));
        out.push(Event::End(TagEnd::Link));
    }
    plain.push_str(rest);
    out.push(Event::Text(plain.into()));
    out
}

/// Gives each heading the id that links to it ask for; of two that read the same, the first has it.
fn name_headings(events: &mut [Event<'_>]) {
    let mut seen = std::collections::BTreeSet::new();
    let mut start = None;
    let mut words = String::new();
    for at in 0..events.len() {
        match &events[at] {
            Event::Start(Tag::Heading { .. }) => {
                start = Some(at);
                words.clear();
            }
            Event::Text(text) | Event::Code(text) if start.is_some() => words.push_str(text),
            Event::End(TagEnd::Heading(_)) => {
                let name = heading_id(&words);
                if let Some(Event::Start(Tag::Heading { id, .. })) = start.take().map(|at| &mut events[at])
                    && seen.insert(name.clone())
                {
                    *id = Some(name.into());
                }
            }
            _ => {}
        }
    }
}
