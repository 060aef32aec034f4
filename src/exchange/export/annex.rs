//! The list as offices send it for filing: the report with the list as its annex (`.docx`, GB/T 9704-2012), and the annex
//! alone as a sheet that prints like one (`.xlsx`).
//!
//! What the tool cannot know is left blank: the number of the report, its day, an office that nobody has confirmed.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Worksheet};

use super::Context;
use super::docx::{Letter, ParagraphStyle};
use super::office::{counterpart_of_filing, filed_with_office, we};
use super::query::day;
use super::sheet::{bytes, column, line, workbook};
use crate::catalogue::{Catalogue, EditionRef, EditionStatus, Service};
use crate::coverage::{Coverage, cover};
use crate::diagnostic::{Message, UiLang};
use crate::lang::Localized;
use crate::text;

/// The table: a head for each column, how wide it is in hundredths, and a row a service. Area and departments are texts of
/// several lines.
pub(super) struct Annex {
    heads: [Message; 6],
    rows: Vec<[String; 6]>,
}

/// Returns the cells of a service: area, number, title, for whom, `content`, and the departments a line each.
pub(super) fn row(
    catalogue: &Catalogue,
    issue: EditionRef<'_>,
    service: &Service,
    content: &Localized,
    context: &Context<'_>,
) -> [String; 6] {
    let body = &service.body;
    let area = catalogue.area_of(issue.edition, &body.area.value);
    let names = body
        .departments
        .iter()
        .filter_map(|id| catalogue.counterpart_of(issue.place, issue.edition, &id.value));
    let mut departments: Vec<&str> = names.map(|counterpart| context.text(counterpart.name)).collect();
    departments.dedup();
    [
        area.map(|name| context.text(name).to_owned()).unwrap_or_default(),
        service.number.value.to_string(),
        context.text(&body.title).to_owned(),
        context.text(&body.audience.text).to_owned(),
        context.text(content).to_owned(),
        departments.join("\n"),
    ]
}

const WIDTHS: [u32; 6] = [11, 7, 16, 16, 34, 16];

impl Annex {
    /// Returns the table of an edition, in the order of its services.
    pub fn of(catalogue: &Catalogue, issue: EditionRef<'_>, context: &Context<'_>) -> Self {
        let heads = [
            text!("领域", "Area"),
            text!("序号", "No."),
            text!("服务项目", "Service"),
            text!("服务对象", "For whom"),
            text!("服务内容", "Content"),
            text!("责任部门", "Departments"),
        ];
        let rows = issue.edition.services.iter().map(|service| {
            let printed = service.printed.as_ref().unwrap_or(&service.body.content);
            row(catalogue, issue, service, printed, context)
        });
        Self { heads, rows: rows.collect() }
    }

    /// Returns stretches of rows that have the same area: where each starts, and how many there are.
    fn areas(&self) -> Vec<(usize, usize)> {
        let mut areas: Vec<(usize, usize)> = Vec::new();
        for (at, row) in self.rows.iter().enumerate() {
            match areas.last_mut() {
                Some((start, count)) if self.rows[*start][0] == row[0] => *count += 1,
                _ => areas.push((at, 1)),
            }
        }
        areas
    }
}

/// Returns the report by which an edition is filed, with the list as its annex.
pub fn filing_docx(catalogue: &Catalogue, issue: EditionRef<'_>, context: &Context<'_>) -> Vec<u8> {
    let title = context.text(&issue.edition.title);
    let head = text!("关于报送《{title}》备案的报告", "Report: “{title}” for filing");
    let mut letter = Letter::new(context.say(&head));
    let blank = text!("〔　　　　　　　　〕", "[                ]");
    let from = counterpart_of_filing(catalogue, issue.place).unwrap_or_else(|| blank.clone());
    letter.add(ParagraphStyle::Sender, context.say(&from));
    letter.add(
        ParagraphStyle::Number,
        context.say(&text!("　　　　〔　　　　〕　　号", "No. [                ]")),
    );
    letter.add(ParagraphStyle::Title, context.say(&head));
    let Message { zh, en } = filed_with_office(catalogue, issue.place).unwrap_or(blank);
    letter.add(ParagraphStyle::Recipient, context.say(&text!("{zh}：", "To: {en}")));
    let coverage = cover(catalogue, issue, None);
    letter.add(ParagraphStyle::Body, context.say(&what_is_filed(issue, context)));
    letter.add(ParagraphStyle::Body, context.say(&of_what(issue)));
    if let Some(coverage) = &coverage {
        letter.add(ParagraphStyle::Body, context.say(&against(coverage, context)));
    }
    letter.add(ParagraphStyle::Body, context.say(&text!("特此报告。", "This is our report.")));
    letter.blank();
    letter.add(ParagraphStyle::Body, context.say(&text!("附件：{title}", "Annex: {title}")));
    letter.blank();
    let filed = issue.edition.dates.get("filed").map(|day| day.value);
    letter.sign(context.say(&from), context.say(&day(filed)), 4);
    letter.add(ParagraphStyle::AttachmentMark, context.say(&text!("附件", "Annex")));
    letter.add(ParagraphStyle::Title, context.say(&annex_title(issue, context)));
    let annex = Annex::of(catalogue, issue, context);
    let heads = annex.heads.each_ref().map(|head| context.say(head));
    let rows: Vec<Vec<String>> = annex.rows.iter().map(|row| row.to_vec()).collect();
    letter.table_with_spans(&WIDTHS, &heads, &rows, &annex.areas());
    letter.done()
}

/// Returns the title of the annex; one that is not issued says so.
fn annex_title(issue: EditionRef<'_>, context: &Context<'_>) -> Message {
    let title = context.text(&issue.edition.title);
    match issue.edition.status {
        EditionStatus::Issued => text!("{title}", "{title}"),
        EditionStatus::Draft => text!("{title}（草稿）", "{title} (draft)"),
        EditionStatus::Consultation => text!("{title}（征求意见稿）", "{title} (open for comment)"),
    }
}

/// Says which list, of which document and day, is sent.
fn what_is_filed(issue: EditionRef<'_>, context: &Context<'_>) -> Message {
    let edition = issue.edition;
    let (title, id) = (context.text(&edition.title), &edition.id);
    let number = edition.document.as_ref().and_then(|document| document.number.as_deref());
    let Message { zh: we_zh, en: we_en } = we(issue.place);
    let (number_zh, number_en) =
        number.map(|number| (format!("{number}，"), format!("{number}, "))).unwrap_or_default();
    let out = edition.came_out().map(|(_, date)| date.value);
    match (edition.status, out) {
        (EditionStatus::Issued, Some(out)) => {
            let Message { zh, en } = day(Some(out));
            text!(
                "{we_zh}制定的《{title}》（{number_zh}{id}版）已于{zh}印发。按照有关规定，现将清单报送备案。",
                "“{title}” ({number_en}edition {id}) of {we_en} was issued on {en}. It is sent for filing as the rules ask."
            )
        }
        (EditionStatus::Issued, None) => text!(
            "{we_zh}制定的《{title}》（{number_zh}{id}版）已经印发。按照有关规定，现将清单报送备案。",
            "“{title}” ({number_en}edition {id}) of {we_en} is issued. It is sent for filing as the rules ask."
        ),
        (EditionStatus::Draft | EditionStatus::Consultation, _) => text!(
            "（这一份还没有发布，只供内部查看，不能报送。）{we_zh}制定的《{title}》（{id}版）尚在起草。",
            "(This is not issued, for looking at and not for filing.) “{title}” (edition {id}) of {we_en} is being written."
        ),
    }
}

/// Says how much is in the list.
fn of_what(issue: EditionRef<'_>) -> Message {
    let services = issue.edition.services.len();
    let provisions: usize = issue.edition.services.iter().map(|service| service.body.provisions.len()).sum();
    let mut areas: Vec<&str> =
        issue.edition.services.iter().map(|service| service.body.area.value.as_str()).collect();
    areas.sort_unstable();
    areas.dedup();
    let areas = areas.len();
    text!(
        "清单共{areas}个领域、{services}项服务、{provisions}条。",
        "The list has {services} services in {areas} areas, with {provisions} provisions."
    )
}

/// Says how the list stands to its baseline.
fn against(coverage: &Coverage<'_>, context: &Context<'_>) -> Message {
    let baseline = context.text(&coverage.baseline.edition.title);
    let counts = coverage.summary();
    let all: usize = counts.iter().map(|(_, count)| count).sum();
    let said = |lang: UiLang| {
        let words = counts.iter().filter(|(_, count)| *count > 0);
        words
            .map(|(verdict, count)| match lang {
                UiLang::Zh => format!("{}{count}条", verdict.words().zh),
                UiLang::En => format!("{} {count}", verdict.words().en),
            })
            .collect::<Vec<_>>()
    };
    let (zh, en) = (said(UiLang::Zh).join("，"), said(UiLang::En).join(", "));
    text!(
        "与《{baseline}》逐条对照，上级条款共{all}条：{zh}。对照情况见随附的覆盖报告。",
        "Held against “{baseline}”, provision by provision ({all}): {en}. The coverage report is attached."
    )
}

/// Returns the annex as a sheet: title above, areas as one cell, heads on each page, A4 across.
pub fn filing_xlsx(catalogue: &Catalogue, issue: EditionRef<'_>, context: &Context<'_>) -> Vec<u8> {
    let annex = Annex::of(catalogue, issue, context);
    let mut book = workbook(context.text(&issue.edition.title));
    let sheet = book.add_worksheet();
    sheet.set_name(context.say(&text!("附件", "Annex"))).expect("a short name");
    let song = Format::new().set_font_name("仿宋_GB2312").set_font_size(10.5);
    let cell = song.set_text_wrap().set_align(FormatAlign::VerticalCenter).set_border(FormatBorder::Thin);
    let head = cell.clone().set_font_name("黑体").set_align(FormatAlign::Center);
    let middle = cell.clone().set_align(FormatAlign::Center);
    let mark = Format::new().set_font_name("黑体").set_font_size(16.0);
    let title = Format::new()
        .set_font_name("方正小标宋_GBK")
        .set_font_size(22.0)
        .set_text_wrap()
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter);
    let last = column(annex.heads.len() - 1);
    text_at(sheet, 0, 0, context.say(&text!("附件", "Annex")), &mark);
    sheet
        .merge_range(1, 0, 1, last, context.say(&annex_title(issue, context)), &title)
        .and_then(|sheet| sheet.set_row_height(1, 64.0))
        .expect("the row is on the sheet");
    for (at, (words, width)) in annex.heads.iter().zip([9.0, 5.0, 18.0, 20.0, 62.0, 20.0]).enumerate() {
        text_at(sheet, FIRST - 1, at, context.say(words), &head);
        sheet.set_column_width(column(at), width).expect("few columns");
    }
    for (row, cells) in annex.rows.iter().enumerate() {
        for (at, text) in cells.iter().enumerate().skip(1) {
            text_at(sheet, FIRST + row, at, text, if at == 1 { &middle } else { &cell });
        }
    }
    for (start, count) in annex.areas() {
        let words = short(&annex.rows[start][0]);
        let (from, to) = (line(FIRST + start), line(FIRST + start + count - 1));
        match count {
            1 => text_at(sheet, FIRST + start, 0, &words, &middle),
            _ => drop(sheet.merge_range(from, 0, to, 0, &words, &middle).expect("the rows are there")),
        }
    }
    // Margins of GB/T 9704 in inches, for a sheet that lies across: the binding is above.
    sheet
        .set_landscape()
        .set_paper_size(9)
        .set_margins(1.46, 1.38, 1.10, 1.02, 0.5, 0.5)
        .set_print_fit_to_pages(1, 0)
        .set_footer("&C— &P —")
        .set_repeat_rows(line(FIRST - 1), line(FIRST - 1))
        .expect("the row is there");
    bytes(book)
}

/// The first row of services on the sheet.
const FIRST: usize = 3;

fn text_at(sheet: &mut Worksheet, row: usize, at: usize, text: &str, look: &Format) {
    super::sheet::put(sheet, row, at, &short(text), look);
}

/// Longer than a cell can hold is longer than anybody reads there.
fn short(text: &str) -> String {
    text.chars().take(32_000).collect()
}
