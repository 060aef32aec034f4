//! Markdown to HTML that is safe by construction. The only module that knows the parser.
//!
//! [`inspect`] reports what a guide may not hold and returns its title, summary and links; [`html`]
//! renders it with every link put through the caller's resolver. Raw HTML is shown as text, never
//! passed on; links of unknown kind become plain text.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::codes;
use super::fold::{is_wide_punctuation, joins_tightly};
use crate::diagnostic::{Finding, Findings};
use crate::span::{FileId, Span, Spanned};
use crate::text;

/// What a guide is about and where it leads.
#[derive(Clone, Debug, Default)]
pub struct Outline {
    /// Text of the first-level heading, empty if there is none.
    pub title: String,
    /// Text of the first paragraph, for search engines.
    pub summary: String,
    /// Links to pages of the catalogue, `/place/list/service`, with their places.
    pub internal_links: Vec<Spanned<String>>,
}

/// Where a link leads.
#[derive(Debug, PartialEq, Eq)]
enum Target {
    /// A page of the catalogue.
    Internal,
    /// A heading of the same page.
    Heading,
    /// The web, a telephone, a mail address.
    External,
    /// Somewhere a guide may not lead.
    Forbidden,
}

/// Reads a guide for what matters to others and reports what it may not hold.
pub fn inspect(file: FileId, source: &str, findings: &mut Findings) -> Outline {
    let shimmed = Shimmed::new(source);
    let mut outline = Outline::default();
    let mut inside: Option<Inside> = None;
    let mut stars = Stars::default();
    let mut opened_html = 0usize;
    for (event, range) in Parser::new_ext(&shimmed.text, options()).into_offset_iter() {
        let span = shimmed.span(file, range.clone());
        if let Some(stray) = stars.take(&event, range.clone()) {
            findings.push(stray_asterisks(shimmed.span(file, stray)));
        }
        match &event {
            Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }) if outline.title.is_empty() => {
                inside = Some(Inside::Title);
            }
            Event::Start(Tag::Paragraph) if outline.summary.is_empty() => inside = Some(Inside::Summary),
            Event::End(TagEnd::Heading(_) | TagEnd::Paragraph) => inside = None,
            Event::Text(text) | Event::Code(text) => {
                let text = unshim(text);
                match inside {
                    Some(Inside::Title) => outline.title.push_str(&text),
                    Some(Inside::Summary) => outline.summary.push_str(&text),
                    None => {}
                }
            }
            Event::SoftBreak if matches!(inside, Some(Inside::Summary)) => outline.summary.push('\n'),
            Event::Start(Tag::HtmlBlock) => {
                findings.push(raw_html(shimmed.span(file, shimmed.first_line(range))));
            }
            Event::InlineHtml(tag) if tag.starts_with("</") && opened_html > 0 => opened_html -= 1,
            Event::InlineHtml(_) => {
                opened_html += 1;
                findings.push(raw_html(span));
            }
            Event::Start(Tag::Image { .. }) => findings.push(image(span)),
            Event::Start(Tag::Link { dest_url, .. }) => {
                let address = unshim(dest_url).into_owned();
                match target(&address) {
                    Target::Internal => outline.internal_links.push(Spanned::new(address, span)),
                    Target::Forbidden => findings.push(forbidden_link(span, &address)),
                    Target::Heading | Target::External => {}
                }
            }
            _ => {}
        }
    }
    outline.summary = super::fold::fold_lines(outline.summary.lines());
    if outline.title.is_empty() {
        findings.push(
            Finding::new(
                &codes::GUIDE_WITHOUT_TITLE,
                Span::whole(file),
                text!("这篇帮助文章没有标题", "this guide has no title"),
            )
            .help(text!("第一行写“# 标题”", "write `# Title` in the first line")),
        );
    }
    outline
}

#[derive(Clone, Copy)]
enum Inside {
    Title,
    Summary,
}

/// Looks for `**` that stays visible, once a paragraph: what opens and what should close go together.
#[derive(Default)]
struct Stars {
    in_code: bool,
    reported: bool,
    /// Where a text ended with a `*`.
    after_star: Option<usize>,
}

impl Stars {
    /// Takes one event with its range; returns the range of a `**` to report.
    fn take(&mut self, event: &Event<'_>, range: Range<usize>) -> Option<Range<usize>> {
        match event {
            Event::Start(Tag::CodeBlock(_)) => self.in_code = true,
            Event::End(TagEnd::CodeBlock) => self.in_code = false,
            Event::Start(Tag::Paragraph | Tag::Heading { .. } | Tag::Item | Tag::TableCell) => {
                self.reported = false;
            }
            Event::Text(text) if !self.in_code => {
                let joined = self.after_star == Some(range.start) && text.starts_with('*');
                let found =
                    if joined { Some(range.start - 1) } else { text.find("**").map(|at| range.start + at) };
                self.after_star = text.ends_with('*').then_some(range.end);
                if !self.reported {
                    self.reported = found.is_some();
                    return found.map(|at| at..at + 2);
                }
            }
            _ => {}
        }
        None
    }
}

/// Renders a guide without its title. `resolve` gives the link for a catalogue address, or nothing if
/// there is no such page; then the words stay without a link.
pub fn html(source: &str, resolve: &dyn Fn(&str) -> Option<String>) -> String {
    let shimmed = Shimmed::new(source);
    let mut events: Vec<Event<'_>> = Vec::new();
    let mut dropped_links = 0;
    let mut skip_title = false;
    let mut titled = false;
    for event in Parser::new_ext(&shimmed.text, options()) {
        let event = match event {
            Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }) if !titled => {
                skip_title = true;
                continue;
            }
            Event::End(TagEnd::Heading(HeadingLevel::H1)) if skip_title => {
                (skip_title, titled) = (false, true);
                continue;
            }
            _ if skip_title => continue,
            Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
            Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => continue,
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                match resolved(&unshim(&dest_url), resolve) {
                    Some(href) => Event::Start(Tag::Link { link_type, dest_url: href.into(), title, id }),
                    None => {
                        dropped_links += 1;
                        continue;
                    }
                }
            }
            Event::End(TagEnd::Link) if dropped_links > 0 => {
                dropped_links -= 1;
                continue;
            }
            Event::Text(text) => Event::Text(unshim(&text).into_owned().into()),
            other => other,
        };
        events.push(event);
    }
    let mut out = String::new();
    pulldown_cmark::html::push_html(&mut out, tighten(events).into_iter());
    out
}

/// Drops the line ends inside paragraphs that a Chinese reader would see as stray spaces.
fn tighten(events: Vec<Event<'_>>) -> Vec<Event<'_>> {
    let edge = |event: Option<&Event<'_>>, last: bool| match event {
        Some(Event::Text(text) | Event::Code(text)) if last => text.chars().next_back(),
        Some(Event::Text(text) | Event::Code(text)) => text.chars().next(),
        _ => None,
    };
    let is_text = |event: &&Event<'_>| matches!(event, Event::Text(_) | Event::Code(_));
    let keep: Vec<bool> = events
        .iter()
        .enumerate()
        .map(|(at, event)| {
            if !matches!(event, Event::SoftBreak) {
                return true;
            }
            let before = edge(events[..at].iter().rev().find(is_text), true);
            let after = edge(events[at..].iter().find(is_text), false);
            !matches!((before, after), (Some(before), Some(after)) if joins_tightly(before, after))
        })
        .collect();
    events.into_iter().zip(keep).filter_map(|(event, keep)| keep.then_some(event)).collect()
}

fn options() -> Options {
    Options::ENABLE_TABLES
}

fn resolved(address: &str, resolve: &dyn Fn(&str) -> Option<String>) -> Option<String> {
    match target(address) {
        Target::Internal => resolve(address),
        Target::Heading | Target::External => Some(address.to_owned()),
        Target::Forbidden => None,
    }
}

/// Tells what kind of link an address is. Control characters do not hide a scheme.
fn target(address: &str) -> Target {
    let clean: String = address.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect();
    let lower = clean.to_ascii_lowercase();
    match lower.split_once(':') {
        Some(("https" | "http", rest)) if rest.starts_with("//") => Target::External,
        Some(("tel" | "mailto", _)) => Target::External,
        _ if lower.starts_with("//") || lower.contains('\\') => Target::Forbidden,
        _ if lower.starts_with('/') => Target::Internal,
        _ if lower.starts_with('#') => Target::Heading,
        _ => Target::Forbidden,
    }
}

fn raw_html(span: Span) -> Finding {
    Finding::new(
        &codes::RAW_HTML,
        span,
        text!("这里写了 HTML，只会原样显示成文字", "this is HTML, which is shown as text only"),
    )
    .help(text!("用 Markdown 的写法；注释也请删去", "use Markdown instead; delete comments as well"))
}

fn image(span: Span) -> Finding {
    Finding::new(&codes::MARKDOWN_IMAGE, span, text!("这里放了图片，不会显示", "this picture is not shown"))
        .help(text!("用文字写清楚", "say it in words"))
}

fn stray_asterisks(span: Span) -> Finding {
    Finding::new(&codes::STRAY_ASTERISKS, span, text!("“**”没有变成粗体", "`**` did not become bold")).help(
        text!(
            "检查“**”是否成对，里侧不要留空格",
            "check that `**` comes in pairs with no space on the inside"
        ),
    )
}

fn forbidden_link(span: Span, address: &str) -> Finding {
    Finding::new(&codes::FORBIDDEN_LINK, span, text!("不能链接到“{address}”", "a guide cannot link to `{address}`")).help(text!(
        "可以用 https:// 网址、tel:、mailto:、#小标题，或站内地址，例如 /fujian/xiamen",
        "use https:// addresses, tel:, mailto:, #heading, or addresses of this catalogue such as /fujian/xiamen"
    ))
}

/// A character Markdown takes for ordinary text; it never appears in real text.
const SHIM: char = '\u{FDD0}';

/// Text with an invisible character between `*` and Chinese punctuation.
///
/// CommonMark sees `**注意：**须` as unpaired, because full-width punctuation stands inside. The shim
/// goes when pulldown-cmark releases its CJK-friendly emphasis (0.14).
struct Shimmed<'a> {
    text: Cow<'a, str>,
    /// Byte positions of the shims, in the shimmed text.
    shims: Vec<usize>,
}

impl<'a> Shimmed<'a> {
    fn new(source: &'a str) -> Self {
        if !source.contains('*') {
            return Self { text: Cow::Borrowed(source), shims: Vec::new() };
        }
        let chars: Vec<char> = source.chars().collect();
        let mut text = String::with_capacity(source.len() + 16);
        let mut shims = Vec::new();
        for (at, c) in chars.iter().copied().enumerate() {
            let previous = at.checked_sub(1).map(|at| chars[at]);
            if let Some(previous) = previous
                && needs_shim(&chars, at, previous, c)
            {
                shims.push(text.len());
                text.push(SHIM);
            }
            text.push(c);
        }
        Self { text: Cow::Owned(text), shims }
    }

    /// Returns the range up to the end of its first line.
    fn first_line(&self, range: Range<usize>) -> Range<usize> {
        let end = self.text[range.clone()].find('\n').map_or(range.end, |end| range.start + end);
        range.start..end
    }

    fn span(&self, file: FileId, range: Range<usize>) -> Span {
        let back = |byte: usize| byte - SHIM.len_utf8() * self.shims.partition_point(|shim| *shim < byte);
        Span::new(file, back(range.start), back(range.end))
    }
}

/// Tells whether a shim belongs between `previous` and `c`: one is `*`, the other Chinese punctuation,
/// and beyond the run of `*` there is no space.
fn needs_shim(chars: &[char], at: usize, previous: char, c: char) -> bool {
    let solid = |c: Option<&char>| c.is_some_and(|c| !c.is_whitespace());
    if previous == '*' && is_wide_punctuation(c) {
        let before = chars[..at].iter().rev().find(|c| **c != '*');
        return solid(before);
    }
    if c == '*' && is_wide_punctuation(previous) {
        let after = chars[at..].iter().find(|c| **c != '*');
        return solid(after);
    }
    false
}

fn unshim<'t>(text: &'t CowStr<'_>) -> Cow<'t, str> {
    if text.contains(SHIM) { Cow::Owned(text.replace(SHIM, "")) } else { Cow::Borrowed(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rendered(source: &str) -> String {
        html(source, &|address| (address == "/known").then(|| "known.html".to_owned()))
    }

    fn codes_of(source: &str) -> Vec<&'static str> {
        let mut findings = Findings::new();
        inspect(FileId(0), source, &mut findings);
        findings.iter().map(|finding| finding.code.name).collect()
    }

    #[test]
    fn nothing_hostile_reaches_the_page() {
        for hostile in [
            "<script>alert(1)</script>",
            "a <b onclick=x>b</b>",
            "[a](javascript:alert(1))",
            "[a](JaVaScRiPt:alert(1))",
            "[a](&#106;avascript:alert(1))",
            "[a](java\tscript:alert(1))",
            "[a](data:text/html,x)",
            "[a](//evil.example)",
            "[a](\\\\evil.example)",
            "![a](https://evil.example/x.png)",
            "<!-- a note -->",
            "<https://a.example/\"onmouseover=x>",
        ] {
            let page = rendered(&format!("# T\n\n{hostile}\n"));
            for bad in ["<script", "<b ", "javascript:", "data:", "//evil", "<img", "<!--", "\"onmouse"] {
                assert!(!page.to_lowercase().contains(&format!("\"{bad}")), "{hostile} gave {page}");
                assert!(!bad.starts_with('<') || !page.contains(bad), "{hostile} gave {page}");
            }
        }
        assert_eq!(
            codes_of("# T\n<i>x</i> ![a](b) [c](javascript:d)\n"),
            ["raw-html", "markdown-image", "forbidden-link"]
        );
        assert_eq!(codes_of("text only"), ["guide-without-title"]);
        assert_eq!(codes_of("# T\n\n<div>\na\n</div>\n\n<!-- a\nb -->\n"), ["raw-html", "raw-html"]);
        assert_eq!(codes_of("# T\n\n** a ** b\n\n`**`\n\n    a ** b\n"), ["stray-asterisks"]);
    }

    #[test]
    fn links_are_resolved_and_unknown_ones_become_words() {
        assert_eq!(
            rendered("[a](/known) [b](/unknown) [c](https://example.org/)"),
            "<p><a href=\"known.html\">a</a> b <a href=\"https://example.org/\">c</a></p>\n"
        );
    }

    #[test]
    fn chinese_emphasis_and_line_ends_read_as_expected() {
        assert_eq!(rendered("**注意：**须\n办理"), "<p><strong>注意：</strong>须办理</p>\n");
        assert_eq!(rendered("请**“跨省通办”**办理"), "<p>请<strong>“跨省通办”</strong>办理</p>\n");
        assert_eq!(rendered("two\nwords"), "<p>two\nwords</p>\n");
        assert_eq!(codes_of("# T\n\n** a**\n"), ["stray-asterisks"]);
    }

    #[test]
    fn places_survive_the_shim() {
        let source = "# T\n\n**注意：**须[a](javascript:b)\n";
        let mut findings = Findings::new();
        inspect(FileId(0), source, &mut findings);
        let span = findings.iter().next().expect("the link is refused").at;
        assert_eq!(&source[span.start as usize..span.end as usize], "[a](javascript:b)");
    }
}
