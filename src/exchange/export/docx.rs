//! A letter as a `.docx`, in the form of official documents (GB/T 9704-2012).
//!
//! A4 with margins of 37, 35, 28 and 26 mm; 22 lines of 28 characters of 16 pt 仿宋 on a page, 28 pt apart; the title
//! in 22 pt 小标宋; headings in 黑体 and 楷体; the first page of a letter between red lines and without a number, the
//! others numbered on the outer side. The parts that are the same in every letter lie in `docx/`.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use quick_xml::escape::escape;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A letter on its way; paragraphs in the order of the page.
#[derive(Debug, Default)]
pub(super) struct Letter {
    title: String,
    body: String,
}

/// The form of a paragraph: a style of `docx/styles.xml`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ParagraphStyle {
    /// The office that sends it, in red above the line.
    Sender,
    /// The number of the document.
    Number,
    /// The title.
    Title,
    /// To whom.
    Recipient,
    /// A paragraph of the text.
    Body,
    /// `一、`
    Heading1,
    /// `（一）`
    Heading2,
    /// `1.`
    Heading3,
    /// The word 附件, on a new page.
    AttachmentMark,
}

impl ParagraphStyle {
    fn id(self) -> &'static str {
        match self {
            Self::Sender => "Sender",
            Self::Number => "Number",
            Self::Title => "Title",
            Self::Recipient => "Recipient",
            Self::Body => "Body",
            Self::Heading1 => "Heading1",
            Self::Heading2 => "Heading2",
            Self::Heading3 => "Heading3",
            Self::AttachmentMark => "AttachmentMark",
        }
    }
}

/// Twips (twentieths of a point) of a millimetre, times ten.
const TWIPS_OF_10_MM: u32 = 567;
/// Twips of a character of the text.
const CHARACTER: usize = 320;

impl Letter {
    /// Starts a letter with this title in its properties.
    pub fn new(title: &str) -> Self {
        Self { title: title.to_owned(), body: String::new() }
    }

    /// Adds a paragraph.
    pub fn add(&mut self, style: ParagraphStyle, text: &str) {
        self.paragraph(style.id(), "", text);
    }

    /// Adds an empty line.
    pub fn blank(&mut self) {
        self.paragraph(ParagraphStyle::Recipient.id(), "", "");
    }

    /// Adds who signs it and the date, with `margin` characters right of the date and the name centred above it.
    pub fn sign(&mut self, name: &str, date: &str, margin: usize) {
        let (name_is, date_is) = (half_widths(name), half_widths(date));
        // In half characters: the centre of the date, from the right.
        let centre = margin * 2 + date_is / 2;
        for (text, right) in [(name, centre.saturating_sub(name_is / 2)), (date, margin * 2)] {
            let indent =
                format!("<w:ind w:rightChars=\"{}\" w:right=\"{}\"/>", right * 50, right * CHARACTER / 2);
            self.paragraph("Signature", &indent, text);
        }
    }

    /// Adds a table with `heads` above `rows`; `widths` are parts of a hundred of the width of the text.
    pub fn table(&mut self, widths: &[u32], heads: &[&str], rows: &[Vec<String>]) {
        self.table_with_spans(widths, heads, rows, &[]);
    }

    /// Adds a table as [`Self::table`] does, in which the first cell of a stretch of rows, given by its start and its length, is
    /// one.
    pub fn table_with_spans(
        &mut self,
        widths: &[u32],
        heads: &[&str],
        rows: &[Vec<String>],
        spans: &[(usize, usize)],
    ) {
        const FULL: u32 = TWIPS_OF_10_MM * 156 / 10;
        let widths: Vec<u32> = widths.iter().map(|part| FULL * part / 100).collect();
        self.body.push_str("<w:tbl><w:tblPr><w:tblW w:w=\"5000\" w:type=\"pct\"/><w:tblBorders>");
        for side in ["top", "left", "bottom", "right", "insideH", "insideV"] {
            push(
                &mut self.body,
                format_args!("<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/>"),
            );
        }
        self.body.push_str("</w:tblBorders><w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>");
        widths.iter().for_each(|width| push(&mut self.body, format_args!("<w:gridCol w:w=\"{width}\"/>")));
        self.body.push_str("</w:tblGrid>");
        self.row("<w:tblHeader/>", "CellHead", &widths, "", heads.iter().copied());
        for (at, row) in rows.iter().enumerate() {
            let merge = match spans.iter().find(|(start, count)| (*start..start + count).contains(&at)) {
                Some((_, 1)) | None => "",
                Some((start, _)) if *start == at => "<w:vMerge w:val=\"restart\"/>",
                Some(_) => "<w:vMerge/>",
            };
            // What goes on has a cell of its own that says nothing.
            let first = if merge == "<w:vMerge/>" { Some("") } else { None };
            let cells = row.iter().map(String::as_str).enumerate();
            let cells = cells.map(|(at, text)| first.filter(|_| at == 0).unwrap_or(text));
            self.row("", "Cell", &widths, merge, cells);
        }
        self.body.push_str("</w:tbl>");
    }

    fn row<'t>(
        &mut self,
        properties: &str,
        style: &str,
        widths: &[u32],
        first: &str,
        cells: impl Iterator<Item = &'t str>,
    ) {
        push(&mut self.body, format_args!("<w:tr><w:trPr><w:cantSplit/>{properties}</w:trPr>"));
        for (at, (text, width)) in cells.zip(widths).enumerate() {
            let merge = if at == 0 { first } else { "" };
            push(
                &mut self.body,
                format_args!("<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>{merge}</w:tcPr>"),
            );
            self.paragraph(style, "", text);
            self.body.push_str("</w:tc>");
        }
        self.body.push_str("</w:tr>");
    }

    fn paragraph(&mut self, style: &str, properties: &str, text: &str) {
        push(&mut self.body, format_args!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{properties}</w:pPr>"));
        if !text.is_empty() {
            self.body.push_str("<w:r>");
            for (at, line) in text.lines().enumerate() {
                if at > 0 {
                    self.body.push_str("<w:br/>");
                }
                push(&mut self.body, format_args!("<w:t xml:space=\"preserve\">{}</w:t>", plain(line)));
            }
            self.body.push_str("</w:r>");
        }
        self.body.push_str("</w:p>\n");
    }

    /// Returns the bytes of the file: the same for the same letter.
    pub fn done(self) -> Vec<u8> {
        let title = plain(&self.title);
        let core = format!(
            "{DECLARATION}<cp:coreProperties {CORE}><dc:title>{title}</dc:title></cp:coreProperties>"
        );
        let app = format!("{DECLARATION}<Properties {APP}><Application>qingdan</Application></Properties>");
        let document =
            format!("{DECLARATION}<w:document {WORD}><w:body>\n{}{SECTION}</w:body></w:document>", self.body);
        let parts: [(&str, &str); 11] = [
            ("[Content_Types].xml", include_str!("docx/content_types.xml")),
            ("_rels/.rels", include_str!("docx/package.rels")),
            ("docProps/core.xml", &core),
            ("docProps/app.xml", &app),
            ("word/document.xml", &document),
            ("word/_rels/document.xml.rels", include_str!("docx/document.rels")),
            ("word/styles.xml", include_str!("docx/styles.xml")),
            ("word/settings.xml", include_str!("docx/settings.xml")),
            ("word/fontTable.xml", include_str!("docx/fontTable.xml")),
            ("word/footer1.xml", include_str!("docx/footer_odd.xml")),
            ("word/footer2.xml", include_str!("docx/footer_even.xml")),
        ];
        let first = [("word/footer3.xml", include_str!("docx/footer_first.xml"))];
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        // Of no day, so that the same letter has the same bytes.
        let options = SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
        for (name, text) in parts.into_iter().chain(first) {
            let written = zip.start_file(name, options).map(|()| zip.write_all(text.as_bytes()));
            written.expect("there is room in memory").expect("memory can be written");
        }
        zip.finish().expect("memory can be written").into_inner()
    }
}

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const WORD: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
const CORE: &str = "xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"";
const APP: &str = "xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\"";
/// The page: A4, margins in twips. The style makes characters a quarter of a point narrower, so that 28 stand in 156 mm.
const SECTION: &str = "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"rId4\"/><w:footerReference w:type=\"even\" r:id=\"rId5\"/><w:footerReference w:type=\"first\" r:id=\"rId6\"/><w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"2098\" w:right=\"1474\" w:bottom=\"1984\" w:left=\"1587\" w:header=\"851\" w:footer=\"1417\" w:gutter=\"0\"/><w:titlePg/></w:sectPr>";

fn push(text: &mut String, more: std::fmt::Arguments<'_>) {
    text.write_fmt(more).expect("a text takes more");
}

/// Returns a text as XML can hold it.
fn plain(text: &str) -> Cow<'_, str> {
    let is_bad = |c: char| c.is_control() && c != '\t';
    match text.contains(is_bad) {
        true => Cow::Owned(escape(text.replace(is_bad, " ")).into_owned()),
        false => escape(text),
    }
}

/// Returns how wide a line is, in half characters.
fn half_widths(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_letter_has_the_same_bytes_and_odd_characters_do_no_harm() {
        let letter = || {
            let mut letter = Letter::new("关于<甲>的函");
            letter.add(ParagraphStyle::Body, "甲 & \u{1}乙\n丙");
            letter.sign("某厅", "2027年6月10日", 4);
            letter.table(&[50, 50], &["甲", "乙"], &[vec!["<1>".to_owned(), String::new()]]);
            letter
        };
        assert!(letter().body.contains("甲 &amp;  乙</w:t><w:br/><w:t xml:space=\"preserve\">丙"));
        assert_eq!(letter().done(), letter().done());
    }

    #[test]
    fn the_name_stands_centred_above_the_date() {
        let mut letter = Letter::default();
        letter.sign("示范省民政厅", "2027年6月10日", 4);
        // The date is 13 half characters wide and ends 8 from the right; the name is 12 wide.
        assert!(letter.body.contains("w:rightChars=\"400\"") && letter.body.contains("w:right=\"1280\""));
    }
}
