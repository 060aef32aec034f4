//! The workbook to fill in: the official table of an edition, a row a provision, which imports back to the same list.

use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, DocProperties, ExcelDateTime, Format, FormatAlign,
    FormatBorder, Formula, Workbook, Worksheet, XlsxError,
};

use super::columns::{self, Column};
use super::filled::{self, TERMS};
use super::names;
use super::yaml::{self, Map, Value};
use super::{INFO_SHEET, LISTS_SHEET};
use crate::catalogue::{Catalogue, Edition, Place, Service};
use crate::diagnostic::Findings;
use crate::lang::Localized;
use crate::schema::{Fitter, tables};
use crate::span::FileId;
use crate::syntax;

/// The columns of a service.
const OF_SERVICE: &[Column] = &[
    Column::Area,
    Column::Number,
    Column::Title,
    Column::Audience,
    Column::Content,
    Column::Departments,
    Column::Standard,
    Column::Expenditure,
    Column::Adopts,
    Column::Id,
    Column::MoreOfService,
];

/// Rows below the list that can be filled in with the same looks and choices.
const ROOM: usize = 60;
/// The row of the headings.
const HEAD: usize = 1;

/// What a workbook is made of.
#[derive(Clone, Copy, Debug)]
pub struct Sheet<'a> {
    /// The catalogue.
    pub catalogue: &'a Catalogue,
    /// Whose list it is.
    pub place: &'a Place,
    /// The edition and the text of its file; of a place that has none yet, nothing.
    pub edition: Option<(&'a Edition, &'a str)>,
    /// The address of the edition, `place/list/edition`.
    pub address: Option<&'a str>,
    /// The baseline with its address.
    pub baseline: Option<(&'a Edition, &'a str)>,
}

/// Returns the bytes of the workbook to fill in. The same list gives the same bytes.
///
/// # Errors
/// A text that no cell can hold.
pub fn workbook(sheet: &Sheet<'_>) -> Result<Vec<u8>, String> {
    write(sheet).map_err(|error| error.to_string())
}

fn write(sheet: &Sheet<'_>) -> Result<Vec<u8>, XlsxError> {
    let mut edition = tree(sheet);
    let title = edition.take_zh("title");
    let Some(Value::List(services)) = edition.take("services") else { return empty() };
    let services = services.into_iter().filter_map(|item| match item.value {
        Value::Map(service) => Some(service),
        Value::Text(_) | Value::List(_) => None,
    });
    let rows: Vec<Vec<SheetRow>> = services.map(|service| rows(sheet, service)).collect();
    let mut book = Workbook::new();
    let day = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&DocProperties::new().set_title(&title).set_creation_datetime(&day));
    list(book.add_worksheet().set_name("清单")?, &title, &rows)?;
    instructions(book.add_worksheet().set_name("怎样填 How to")?)?;
    info(book.add_worksheet().set_name(INFO_SHEET)?, &yaml::fragment(&edition), sheet.address)?;
    let counts =
        choices(book.add_worksheet().set_name(LISTS_SHEET)?.set_hidden(true), sheet.catalogue, sheet.place)?;
    let last = HEAD + ROOM + rows.iter().map(Vec::len).sum::<usize>();
    validations(book.worksheet_from_index(0)?, &counts, last)?;
    book.save_to_buffer()
}

/// A file without services is no list; there is nothing to fill in.
fn empty() -> Result<Vec<u8>, XlsxError> {
    Err(XlsxError::ParameterError("the edition has no services".to_owned()))
}

/// One row: its cells by column; a text that is merged from above stands in the first row only.
type SheetRow = Vec<(Column, String)>;

/// Returns the edition as a tree with the keys of the tables; of a place without one, that which adopts all there is above.
fn tree(sheet: &Sheet<'_>) -> Map {
    if let Some((_, source)) = sheet.edition {
        let mut findings = Findings::new();
        let node = syntax::yaml::parse(FileId(0), source, &mut findings);
        let reference = &sheet.catalogue.site.languages.reference().code;
        let fitted = node.map(|node| Fitter::new(reference, &mut findings).fit(node, &tables::EDITION));
        if let Some(Value::Map(map)) = fitted.as_ref().map(Value::of) {
            return map;
        }
    }
    let mut edition = Map::default();
    edition.zh("title", &format!("{}清单名称待填", sheet.place.name.reference().value));
    edition.text("status", "draft");
    let services = sheet.baseline.iter().flat_map(|(baseline, _)| &baseline.services);
    let adoptions = services.map(|service| {
        let mut map = Map::default();
        map.text("adopts", &service.id.value);
        Value::Map(map).into()
    });
    edition.text("measured_against", sheet.baseline.map_or("", |(_, address)| address));
    edition.set("services", Value::List(adoptions.collect()));
    edition
}

fn rows(sheet: &Sheet<'_>, mut service: Map) -> Vec<SheetRow> {
    let adopts = service.take_text("adopts");
    if !adopts.is_empty() {
        return adopted_rows(sheet, service, &adopts);
    }
    let mut head: SheetRow = Vec::new();
    let area = service.take_text("area");
    let area_name = sheet.catalogue.vocabulary.area(&area).map(|area| area.name.reference().value.clone());
    head.push((Column::Area, area_name.unwrap_or(area)));
    head.push((Column::Number, service.take_text("number")));
    head.push((Column::Title, service.take_zh("title")));
    if let Some(Value::Map(audience)) = service.get_mut("audience") {
        head.push((Column::Audience, audience.take_zh("text")));
    }
    head.push((Column::Content, service.take_zh("content")));
    let departments = service.take_texts("departments");
    head.push((Column::Departments, department_names(sheet, &departments)));
    head.extend(TERMS.map(|(column, key)| (column, service.take_zh(key))));
    head.push((Column::Id, service.take_text("id")));
    let provisions = match service.take("provisions") {
        Some(Value::List(items)) => items,
        Some(Value::Text(_) | Value::Map(_)) | None => Vec::new(),
    };
    if matches!(service.get("audience"), Some(Value::Map(rest)) if rest.0.is_empty()) {
        service.take("audience");
    }
    head.push((Column::MoreOfService, more(&service)));
    let mut rows: Vec<SheetRow> = Vec::new();
    for item in provisions {
        if let Value::Map(provision) = item.value {
            rows.push(provision_row(sheet, provision));
        }
    }
    if rows.is_empty() {
        rows.push(Vec::new());
    }
    rows[0].extend(head);
    rows
}

/// Returns the rows of a service taken over: the official texts to read, and a row for each provision of the baseline.
fn adopted_rows(sheet: &Sheet<'_>, mut service: Map, adopts: &str) -> Vec<SheetRow> {
    let known = sheet
        .baseline
        .and_then(|(baseline, _)| baseline.services.iter().find(|known| known.id.value == adopts));
    let own = service.take_text("number");
    let terms = TERMS.map(|(column, key)| {
        let official = known.and_then(|known| filled::term(&known.body, column));
        let official = official.map_or("", |text| text.reference().value.as_str());
        // What a list writes that the baseline has as well stays with everything else.
        let written = service.zh_of(key).filter(|written| *written != official).map(str::to_owned);
        let own = if written.is_some() { service.take_zh(key) } else { String::new() };
        (column, if own.is_empty() { official.to_owned() } else { own })
    });
    let mut head: SheetRow = vec![(Column::Adopts, adopts.to_owned()), (Column::Id, service.take_text("id"))];
    head.push((Column::MoreOfService, more(&service)));
    head.extend(terms);
    let Some(known) = known else {
        head.push((Column::Number, own));
        head.push((Column::Title, adopts.to_owned()));
        return vec![head];
    };
    let body = &known.body;
    let area = sheet.catalogue.vocabulary.area(&body.area.value);
    let ids: Vec<String> = body.departments.iter().map(|id| id.value.clone()).collect();
    head.extend([
        (
            Column::Area,
            area.map_or_else(|| body.area.value.clone(), |area| area.name.reference().value.clone()),
        ),
        (Column::Number, if own.is_empty() { known.number.value.to_string() } else { own }),
        (Column::Title, body.title.reference().value.clone()),
        (Column::Audience, body.audience.text.reference().value.clone()),
        (Column::Content, body.content.reference().value.clone()),
        (Column::Departments, department_names(sheet, &ids)),
    ]);
    let mut rows: Vec<SheetRow> =
        body.provisions.iter().map(|provision| vec![(Column::Shown, quote(provision))]).collect();
    if rows.is_empty() {
        rows.push(Vec::new());
    }
    rows[0].extend(head);
    rows
}

fn provision_row(sheet: &Sheet<'_>, mut provision: Map) -> SheetRow {
    let covers = provision.take_texts("covers");
    let choices: SheetRow = columns::choices()
        .map(|(column, field, words)| {
            let value = provision.take_text(field.key);
            let known = words.iter().find(|word| word.value == value);
            (column, known.map_or(value, |word| word.zh.to_owned()))
        })
        .collect();
    let conditions = provision.take_texts("conditions").into_iter().map(|id| {
        let known = sheet.catalogue.vocabulary.condition(&id);
        known.map_or(id, |known| known.name.reference().value.clone())
    });
    let conditions = conditions.collect::<Vec<_>>().join("、");
    let mut row = vec![
        (
            Column::Shown,
            covers.iter().filter_map(|address| baseline_quote(sheet, address)).collect::<Vec<_>>().join("\n"),
        ),
        (Column::Provision, provision.take_text("id")),
        (Column::Quote, provision.take_text("quote")),
        (Column::Focus, provision.take_text("focus")),
        (Column::Plain, provision.take_zh("plain")),
        (Column::Conditions, conditions),
        (Column::Covers, covers.join("\n")),
        (Column::MoreOfProvision, more(&provision)),
    ];
    row.extend(choices);
    row
}

fn baseline_quote(sheet: &Sheet<'_>, address: &str) -> Option<String> {
    let (service, provision) = address.split_once('/')?;
    let (baseline, _) = sheet.baseline?;
    let service: &Service = baseline.services.iter().find(|known| known.id.value == service)?;
    service.body.provisions.iter().find(|known| known.id.value == provision).map(quote)
}

/// Returns the words that the workbook shows of a provision of the baseline.
pub(super) fn quote(provision: &crate::catalogue::Provision) -> String {
    let quote = &provision.quote.value;
    provision.focus.as_ref().map_or_else(|| quote.clone(), |focus| format!("{quote}（{}）", focus.value))
}

/// Returns what has no column, as YAML.
fn more(map: &Map) -> String {
    if map.0.is_empty() { String::new() } else { yaml::fragment(map) }
}

/// Returns the names of departments, each with the id where the name alone would not be read as it.
fn department_names(sheet: &Sheet<'_>, ids: &[String]) -> String {
    let naming = sheet.catalogue.naming(Some(sheet.place));
    let name = |id: &String| {
        sheet.catalogue.counterpart(sheet.place, id).map(|body| body.name.reference().value.clone())
    };
    let (mut names, mut left) = (Vec::new(), ids);
    while let [id, rest @ ..] = left {
        let Some(own) = name(id) else {
            names.push(id.clone());
            left = rest;
            continue;
        };
        // One body that carries out several functions is named once.
        let run = left.iter().take_while(|id| name(id).as_ref() == Some(&own)).count();
        let meant = names::functions(&naming, &own);
        if meant.len() <= names::MOST_FUNCTIONS && meant == left[..run] {
            names.push(own);
            left = &left[run..];
        } else {
            names.push(format!("{own}（{id}）"));
            left = rest;
        }
    }
    let joined = names.join("、");
    let is_known = |name: &str| !names::functions(&naming, name).is_empty();
    let read: Vec<String> = names::split(&joined, &is_known).into_iter().map(|named| named.name).collect();
    if read == names { joined } else { ids.join("、") }
}

/// The looks of cells: all are text, so that 3-6 stays 3-6.
struct CellLooks {
    title: Format,
    head: Format,
    /// For reading only.
    fixed: Format,
    /// YAML of several lines, which must not make its row as high.
    rest: Format,
    text: Format,
}

impl CellLooks {
    fn new() -> Self {
        let text = Format::new()
            .set_num_format("@")
            .set_text_wrap()
            .set_align(FormatAlign::Top)
            .set_border(FormatBorder::Thin)
            .set_border_color(Color::RGB(0x00B8_B8B8));
        let head = text
            .clone()
            .set_bold()
            .set_background_color(Color::RGB(0x00E8_ECEA))
            .set_align(FormatAlign::Center);
        let fixed = text.clone().set_background_color(Color::RGB(0x00F5_F5F5));
        let rest = fixed.clone().unset_text_wrap();
        Self { title: Format::new().set_bold().set_font_size(14), head, fixed, rest, text }
    }

    /// Returns the look of a column: those that are only for reading or that the program keeps are grey.
    fn of(&self, column: Column) -> &Format {
        if matches!(column, Column::MoreOfService | Column::MoreOfProvision) {
            &self.rest
        } else if matches!(column, Column::Shown | Column::Id | Column::Provision) {
            &self.fixed
        } else {
            &self.text
        }
    }
}

fn list(sheet: &mut Worksheet, title: &str, services: &[Vec<SheetRow>]) -> Result<(), XlsxError> {
    let looks = CellLooks::new();
    sheet.write_string_with_format(0, 0, title, &looks.title)?;
    for (at, (column, width)) in columns::of_workbook().enumerate() {
        sheet.write_string_with_format(line(HEAD), place(at), column.heading(), &looks.head)?;
        sheet.set_column_width(place(at), width)?;
        sheet.set_column_format(place(at), looks.of(column))?;
    }
    let mut top = HEAD + 1;
    for rows in services {
        for (at, (column, _)) in columns::of_workbook().enumerate() {
            column_of_service(sheet, (top, at), column, rows, looks.of(column))?;
        }
        top += rows.len();
    }
    sheet.set_freeze_panes(line(HEAD + 1), 3)?;
    sheet
        .set_landscape()
        .set_paper_size(9)
        .set_print_fit_to_pages(1, 0)
        .set_repeat_rows(line(HEAD), line(HEAD))?;
    Ok(())
}

/// Writes one column of the rows of a service.
fn column_of_service(
    sheet: &mut Worksheet,
    (top, at): (usize, usize),
    column: Column,
    rows: &[SheetRow],
    look: &Format,
) -> Result<(), XlsxError> {
    let text = |row: &SheetRow| {
        row.iter().find(|(known, _)| *known == column).map_or("", |(_, text)| text.as_str()).to_owned()
    };
    if OF_SERVICE.contains(&column) && rows.len() > 1 {
        let last = top + rows.len() - 1;
        sheet.merge_range(line(top), place(at), line(last), place(at), &text(&rows[0]), look)?;
        return Ok(());
    }
    for (row, cells) in rows.iter().enumerate() {
        sheet.write_string_with_format(line(top + row), place(at), text(cells), look)?;
    }
    Ok(())
}

/// What the second sheet says, Chinese and English.
const INSTRUCTIONS: &[(&str, &str)] = &[
    ("怎样填这张表", "How to fill this in"),
    (
        "每一行是一条权益；左边八列是官方表格，同一项目的几行合并在一起。",
        "Each row is one provision; the eight columns on the left are the official table, merged over the rows of one service.",
    ),
    (
        "“照录”里有编号的项目，全文取自上级清单，改动官方文字就不再是照录。要自己写，先清空“照录”。",
        "A service with an id under 照录 is taken over from the baseline; if you change its official text it is no longer taken over. To write your own, clear 照录 first.",
    ),
    ("“上级原文”只供对照，不会读入。", "上级原文 is for comparing only and is not read."),
    (
        "“条款原文”从“服务内容”里逐字复制；“白话”写一句大白话；“形式”“力度”“办理地”从下拉列表里选。",
        "Copy 条款原文 word for word from 服务内容; put one plain sentence under 白话; choose 形式, 力度 and 办理地 from the lists.",
    ),
    (
        "“上级条款”写它对应的上级条款的编号（项目/条款），一行一个；本地增加的留空。",
        "上级条款 names the provisions of the baseline it answers (service/provision), one a line; leave it empty for a local addition.",
    ),
    (
        "新增项目：在表格下面接着写，编号留空，导入时会提议。",
        "A new service: go on below the table and leave the ids empty; they are proposed on import.",
    ),
    (
        "灰色的列和“清单信息”由程序写，一般不用改。",
        "Grey columns and the sheet 清单信息 are written by the program and seldom need a change.",
    ),
    ("不要写个人的姓名、身份证号、手机号。", "Write no names or numbers of persons."),
    (
        "填好以后：qingdan import 这个文件.xlsx --list 地区/清单/版次",
        "When done: qingdan import THIS-FILE.xlsx --list PLACE/LIST/EDITION",
    ),
];

fn instructions(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    let look = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    for (row, (zh, en)) in INSTRUCTIONS.iter().enumerate() {
        sheet.write_string_with_format(line(row), 0, *zh, &look)?;
        sheet.write_string_with_format(line(row), 1, *en, &look)?;
    }
    sheet.set_column_width(0, 60)?.set_column_width(1, 60)?;
    Ok(())
}

/// Writes what the edition says besides its services, and which one it is.
fn info(sheet: &mut Worksheet, rest: &str, address: Option<&str>) -> Result<(), XlsxError> {
    let look = CellLooks::new().fixed;
    sheet.write_string_with_format(0, 0, INFO_SHEET, &look)?;
    sheet.write_string_with_format(0, 1, rest, &look)?;
    sheet.write_string_with_format(1, 0, "版次", &look)?;
    sheet.write_string_with_format(1, 1, address.unwrap_or_default(), &look)?;
    sheet.set_column_width(0, 14)?.set_column_width(1, 90)?;
    Ok(())
}

/// A list to choose from: the columns it is for, how many words it has, and whether others may be written.
struct ListOfWords {
    column: Column,
    letter: char,
    count: usize,
    is_closed: bool,
}

fn choices(
    sheet: &mut Worksheet,
    catalogue: &Catalogue,
    place_of_list: &Place,
) -> Result<Vec<ListOfWords>, XlsxError> {
    let words = &catalogue.vocabulary;
    let names =
        words.departments.iter().filter_map(|known| catalogue.counterpart(place_of_list, &known.id.value));
    let mut departments: Vec<String> = names.map(|body| body.name.reference().value.clone()).collect();
    departments.dedup();
    let names = |names: Vec<&Localized>| {
        names.into_iter().map(|name| name.reference().value.clone()).collect::<Vec<_>>()
    };
    let areas = names(words.areas.iter().map(|area| &area.name).collect());
    let conditions = names(words.conditions.iter().map(|known| &known.name).collect());
    // Several departments and conditions may stand in one cell.
    let before = [(Column::Area, areas, true), (Column::Departments, departments, false)];
    let choices = columns::choices()
        .map(|(column, _, words)| (column, words.iter().map(|word| word.zh.to_owned()).collect(), true));
    let lists = before.into_iter().chain(choices).chain([(Column::Conditions, conditions, false)]);
    let mut written = Vec::new();
    for (at, (column, list, is_closed)) in lists.enumerate() {
        for (row, word) in list.iter().enumerate() {
            sheet.write_string(line(row), place(at), word)?;
        }
        let letter = char::from(b'A' + u8::try_from(at).unwrap_or(0));
        written.push(ListOfWords { column, letter, count: list.len(), is_closed });
    }
    Ok(written)
}

fn validations(sheet: &mut Worksheet, lists: &[ListOfWords], last: usize) -> Result<(), XlsxError> {
    for ListOfWords { column, letter, count, is_closed } in lists.iter().filter(|list| list.count > 0) {
        let Some(at) = columns::of_workbook().position(|(known, _)| known == *column) else { continue };
        let range = format!("='{LISTS_SHEET}'!${letter}$1:${letter}${count}");
        let list = DataValidation::new().allow_list_formula(Formula::new(range)).ignore_blank(true);
        let list = if *is_closed {
            list.set_error_style(DataValidationErrorStyle::Stop)
                .set_error_message("请从列表里选 Choose from the list")?
        } else {
            list.show_error_message(false)
        };
        sheet.add_data_validation(line(HEAD + 1), place(at), line(last), place(at), &list)?;
    }
    Ok(())
}

fn line(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

fn place(at: usize) -> u16 {
    u16::try_from(at).unwrap_or(u16::MAX)
}
