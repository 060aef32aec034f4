//! Markdown to HTML that is safe by construction. The only module that knows the parser.
//!
//! [`inspect`] reports what a guide may not hold and returns its title, summary and links; [`html`]
//! renders it with every link put through the caller's resolver. Only what `page.rs` names gets onto the
//! page: raw HTML is shown as text, pictures as their words, and a link of unknown kind as its words.
//! To allow one more construct, add its event there, and to the tags in the tests.

mod address;
mod emphasis;
mod page;

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, HeadingLevel, LinkType, Tag, TagEnd};

use self::address::{Target, heading_id, target};
use self::emphasis::{SHIM, Shimmed, Stars};
use super::codes;
use crate::diagnostic::{Finding, Findings, site_codes};
use crate::span::{FileId, Span, Spanned};
use crate::text;

pub use self::page::{fragment, html, html_with_numbers};

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

/// Reads a guide for what matters to others and reports what it may not hold.
pub fn inspect(file: FileId, source: &str, findings: &mut Findings) -> Outline {
    let shimmed = Shimmed::new(source);
    let mut reading = Reading::new(file, &shimmed, findings);
    for (event, range) in shimmed.events() {
        reading.take(&event, range);
    }
    reading.end()
}

/// Where the words go that come next.
#[derive(Clone, Copy)]
enum Inside {
    Title,
    Summary,
}

/// A guide on its way through.
struct Reading<'a> {
    file: FileId,
    shimmed: &'a Shimmed<'a>,
    findings: &'a mut Findings,
    outline: Outline,
    inside: Option<Inside>,
    stars: Stars,
    /// Elements of HTML that were opened and reported, and whose end is not reported again.
    opened_html: usize,
    /// The words of the heading that is being read.
    heading: Option<String>,
    headings: BTreeSet<String>,
    heading_links: Vec<Spanned<String>>,
}

impl<'a> Reading<'a> {
    fn new(file: FileId, shimmed: &'a Shimmed<'a>, findings: &'a mut Findings) -> Self {
        Self {
            file,
            shimmed,
            findings,
            outline: Outline::default(),
            inside: None,
            stars: Stars::default(),
            opened_html: 0,
            heading: None,
            headings: BTreeSet::new(),
            heading_links: Vec::new(),
        }
    }

    fn take(&mut self, event: &Event<'_>, range: Range<usize>) {
        let span = self.shimmed.span(self.file, range.clone());
        if let Some(stray) = self.stars.take(event, range.clone()) {
            self.findings.push(stray_asterisks(self.shimmed.span(self.file, stray)));
        }
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                self.heading = Some(String::new());
                if *level == HeadingLevel::H1 && self.outline.title.is_empty() {
                    self.inside = Some(Inside::Title);
                }
            }
            Event::Start(Tag::Paragraph) if self.outline.summary.is_empty() => {
                self.inside = Some(Inside::Summary);
            }
            Event::End(TagEnd::Heading(_)) => {
                self.inside = None;
                self.headings.extend(self.heading.take().map(|words| heading_id(&words)));
            }
            Event::End(TagEnd::Paragraph) => self.inside = None,
            Event::Text(text) | Event::Code(text) => self.words(text, span),
            Event::SoftBreak | Event::HardBreak if matches!(self.inside, Some(Inside::Summary)) => {
                self.outline.summary.push('\n');
            }
            Event::Start(Tag::HtmlBlock) => {
                let line = self.shimmed.first_line(range);
                let finding = raw_html(self.shimmed.span(self.file, line.clone()), &self.shimmed.text[line]);
                self.findings.push(finding);
            }
            Event::InlineHtml(tag) => self.inline_html(tag, span),
            Event::Start(Tag::Image { .. }) => self.findings.push(image(span)),
            Event::Start(Tag::Link { link_type, dest_url, .. }) => {
                self.link(written_address(*link_type, dest_url), span);
            }
            _ => {}
        }
    }

    fn words(&mut self, text: &str, span: Span) {
        if let Some(hidden) = text.chars().find(|c| is_hidden(*c)) {
            self.findings.push(hidden_character(span, hidden));
        }
        let text = shown(text);
        if let Some(heading) = &mut self.heading {
            heading.push_str(&text);
        }
        match self.inside {
            Some(Inside::Title) => self.outline.title.push_str(&text),
            Some(Inside::Summary) => self.outline.summary.push_str(&text),
            None => {}
        }
    }

    fn inline_html(&mut self, tag: &str, span: Span) {
        if tag.starts_with("</") && self.opened_html > 0 {
            self.opened_html -= 1;
            return;
        }
        let opens = !(tag.starts_with("</") || tag.starts_with("<!") || tag.starts_with("<?"));
        self.opened_html += usize::from(opens && !tag.ends_with("/>") && !is_line_break(tag));
        self.findings.push(raw_html(span, tag));
    }

    fn link(&mut self, address: String, span: Span) {
        match target(&address) {
            Target::Internal => self.outline.internal_links.push(Spanned::new(address, span)),
            Target::Heading => self.heading_links.push(Spanned::new(address, span)),
            Target::UnsafeWeb => self.findings.push(insecure_link(span)),
            Target::Forbidden => self.findings.push(forbidden_link(span, &address)),
            Target::Web | Target::Contact => {}
        }
    }

    fn end(mut self) -> Outline {
        for link in &self.heading_links {
            if !self.headings.contains(&page::fragment(&link.value)[1..]) {
                self.findings.push(missing_heading(link.span, &link.value));
            }
        }
        self.outline.summary = super::fold::fold_lines(self.outline.summary.lines());
        if self.outline.title.is_empty() {
            self.findings.push(guide_without_title(self.file));
        }
        self.outline
    }
}

/// Returns the address of a link as it is written out: `<a@example.org>` has left `mailto:` away.
fn written_address(link_type: LinkType, address: &str) -> String {
    let address = address.replace(SHIM, "");
    if link_type == LinkType::Email { format!("mailto:{address}") } else { address }
}

/// Tells whether a character shows nothing and may change what is shown around it: control characters,
/// the marks that turn the direction of writing, characters that are none.
fn is_hidden(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
        || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FDD1}'..='\u{FDEF}')
}

/// Returns what is shown of a text: all but the shims and what is hidden.
fn shown<'t>(text: &'t str) -> CowStr<'t> {
    if text.contains(|c| c == SHIM || is_hidden(c)) {
        text.replace(|c| c == SHIM || is_hidden(c), "").into()
    } else {
        text.into()
    }
}

fn is_line_break(tag: &str) -> bool {
    let name = tag.trim_start_matches('<').trim_end_matches('>').trim_end_matches('/').trim();
    name.eq_ignore_ascii_case("br")
}

fn raw_html(span: Span, tag: &str) -> Finding {
    let (message, help) = if tag.trim_start().starts_with("<!") {
        (
            text!(
                "这里写了注释，网页上会原样显示出来",
                "this is a comment, which readers of the page would see"
            ),
            text!("把注释删去", "delete the comment"),
        )
    } else if is_line_break(tag.trim()) {
        (
            text!("这里写了 HTML，只会原样显示成文字", "this is HTML, which is shown as text only"),
            text!(
                "要换行，就在行末写一个反斜杠“\\”再换行；要分段，就空一行",
                "to break a line, end it with a backslash `\\`; to begin a paragraph, leave a line blank"
            ),
        )
    } else {
        (
            text!("这里写了 HTML，只会原样显示成文字", "this is HTML, which is shown as text only"),
            text!("用 Markdown 的写法；注释也请删去", "use Markdown instead; delete comments as well"),
        )
    };
    Finding::new(&codes::RAW_HTML, span, message).help(help)
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
    let address = shown(address);
    Finding::new(&codes::FORBIDDEN_LINK, span, text!("不能链接到“{address}”", "a guide cannot link to `{address}`")).help(text!(
        "可以用 https:// 网址、tel:、mailto:、#小标题，或站内地址，例如 /fujian/xiamen",
        "use https:// addresses, tel:, mailto:, #heading, or addresses of this catalogue such as /fujian/xiamen"
    ))
}

fn insecure_link(span: Span) -> Finding {
    Finding::new(
        &codes::INSECURE_LINK,
        span,
        text!(
            "这个网址以 http:// 开头，路上可能被人改动",
            "this address starts with http://: what it shows can be changed on the way"
        ),
    )
    .help(text!(
        "试试改成 https:// 能不能打开，能就改过来",
        "see whether it opens with https://, and if so write that"
    ))
}

fn hidden_character(span: Span, c: char) -> Finding {
    let number = format!("U+{:04X}", u32::from(c));
    Finding::new(
        &codes::HIDDEN_CHARACTER,
        span,
        text!(
            "这里混进了看不见的字符（{number}），会打乱文字的显示",
            "an invisible character ({number}) hides here, which can change how the text is shown"
        ),
    )
    .help(text!("把这一段删掉，重新打一遍", "delete this passage and type it again"))
}

fn missing_heading(span: Span, address: &str) -> Finding {
    Finding::new(
        &site_codes::BROKEN_LINK,
        span,
        text!("这篇文章里没有“{address}”这个小标题", "this guide has no heading `{address}`"),
    )
    .help(text!(
        "“#”后面照抄小标题的文字，不写空格和标点",
        "after `#` write the words of the heading, joined by hyphens"
    ))
}

fn guide_without_title(file: FileId) -> Finding {
    Finding::new(
        &codes::GUIDE_WITHOUT_TITLE,
        Span::whole(file),
        text!("这篇帮助文章没有标题", "this guide has no title"),
    )
    .help(text!("第一行写“# 标题”", "write `# Title` in the first line"))
}

#[cfg(test)]
mod tests;
