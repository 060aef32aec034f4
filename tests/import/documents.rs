//! Word: merges, pages, changes that are not accepted yet, numbers that Word writes by itself.

use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::desk::{self, HEADS, Row};

/// Packs parts as a document.
pub fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).expect("a part");
        zip.write_all(text.as_bytes()).expect("memory can be written");
    }
    zip.finish().expect("memory can be written").into_inner()
}

/// Returns a document with this body.
fn document(body: &str) -> Vec<u8> {
    let numbering = r#"<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:start w:val="1"/>
        <w:numFmt w:val="decimal"/><w:lvlText w:val="%1"/></w:lvl></w:abstractNum><w:abstractNum w:abstractNumId="8">
        <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%1）"/></w:lvl>
        </w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2">
        <w:abstractNumId w:val="8"/></w:num></w:numbering>"#;
    let body = format!(r#"<w:document xmlns:w="w"><w:body>{body}</w:body></w:document>"#);
    let styles = r#"<w:styles xmlns:w="w"><w:style w:styleId="a"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>
        </w:style><w:style w:styleId="b"><w:basedOn w:val="a"/></w:style></w:styles>"#;
    packed(&[("word/document.xml", &body), ("word/numbering.xml", numbering), ("word/styles.xml", styles)])
}

fn run(text: &str) -> String {
    format!("<w:r><w:t>{text}</w:t></w:r>")
}

fn cell(inner: &str) -> String {
    format!("<w:tc><w:tcPr/><w:p>{inner}</w:p></w:tc>")
}

fn row(cells: &[String]) -> String {
    format!("<w:tr>{}</w:tr>", cells.concat())
}

fn heads() -> String {
    row(&HEADS.map(|head| cell(&run(head))))
}

fn table(rows: &str) -> String {
    format!("<w:tbl><w:tblPr/>{rows}</w:tbl>")
}

/// One row of the table with one odd cell of content.
fn with_content(content: &str) -> Vec<u8> {
    let texts = ["幼有所育", "2", "3-6岁流动儿童", "图书服务"].map(|text| cell(&run(text)));
    let mut cells = texts.to_vec();
    cells.push(content.to_owned());
    cells.push(cell(&run("教育局")));
    document(&table(&(heads() + &row(&cells))))
}

/// Rows whose area and audience go on from the row above where they are the same; runs end inside words.
fn merged(rows: &[Row], before: Option<&Row>) -> String {
    let mut last = before;
    let mut out = String::new();
    for own in rows {
        let mut cells = String::new();
        for (at, text) in own.iter().enumerate() {
            let goes_on =
                matches!(at, 0 | 2) && last.is_some_and(|last| last[at] == *text && last[0] == own[0]);
            let merge = match (at, goes_on) {
                (0 | 2, true) => "<w:vMerge/>",
                (0 | 2, false) => r#"<w:vMerge w:val="restart"/>"#,
                (_, true | false) => "",
            };
            let halves = text
                .char_indices()
                .nth(text.chars().count() / 2)
                .map_or((text.as_str(), ""), |(half, _)| text.split_at(half));
            let words = if goes_on { String::new() } else { run(halves.0) + &run(halves.1) };
            cells += &format!("<w:tc><w:tcPr>{merge}</w:tcPr><w:p>{words}</w:p></w:tc>");
        }
        out += &format!("<w:tr>{cells}</w:tr>");
        last = Some(own);
    }
    out
}

/// The official table as a document.
pub fn official(rows: &[Row]) -> Vec<u8> {
    document(&table(&(heads() + &merged(rows, None))))
}

#[test]
fn one_table_and_two_cut_by_a_page_are_the_same_list() {
    let content = desk::content();
    let rows = desk::rows(&content);
    let title = "<w:p><w:r><w:t>厦门市流动儿童关爱服务清单</w:t></w:r></w:p>";
    let one = document(&(title.to_owned() + &table(&(heads() + &merged(&rows, None)))));
    let (first, second) = rows.split_at(9);
    let with_heads =
        table(&(heads() + &merged(first, None))) + "<w:p/>" + &table(&(heads() + &merged(second, None)));
    // Cut without the heads again, and in the middle of an audience.
    let (start, rest) = rows.split_at(6);
    let without = table(&(heads() + &merged(start, None))) + "<w:p/>" + &table(&merged(rest, None));
    let documents =
        [one, document(&(title.to_owned() + &with_heads)), document(&(title.to_owned() + &without))];
    for document in documents {
        let imported = desk::import(&content, "清单.docx", &document).expect("it is a list");
        assert_eq!(imported.adopted, 20, "{}\n{:?}", imported.yaml, desk::notes(&imported));
        assert!(imported.yaml.contains("  zh: 厦门市流动儿童关爱服务清单"));
    }
}

/// The content that is read of a cell, and what is noted.
fn read(content: &str) -> (String, Vec<String>) {
    let catalogue = desk::content();
    let imported = desk::import(&catalogue, "清单.docx", &with_content(content)).expect("it is a list");
    let mut lines = imported.yaml.lines().skip_while(|line| *line != "    content:").skip(1);
    let text = lines.next().and_then(|line| line.strip_prefix("      zh: ")).expect("a content").to_owned();
    let notes = desk::notes(&imported).into_iter().filter(|note| note.starts_with("整个文件: 有")).collect();
    (text, notes)
}

#[test]
fn changes_are_read_as_if_accepted() {
    let changed = format!(
        "{}<w:del><w:r><w:delText>借阅</w:delText></w:r></w:del><w:ins>{}</w:ins><w:moveFrom>{}</w:moveFrom><w:moveTo>{}</w:moveTo>",
        run("提供"),
        run("图书"),
        run("搬走"),
        run("服务")
    );
    let (text, notes) = read(&cell(&changed));
    assert_eq!(text, "提供图书服务");
    assert_eq!(notes, ["整个文件: 有 4 处修订还没有接受，按全部接受以后的文字读"]);
    let old = r#"<w:tc><w:tcPr><w:tcPrChange><w:tcPr><w:gridSpan w:val="2"/></w:tcPr></w:tcPrChange></w:tcPr><w:p><w:r><w:rPr><w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr><w:t>提供图书</w:t></w:r></w:p></w:tc>"#;
    assert_eq!(read(old), ("提供图书".to_owned(), Vec::new()));
}

#[test]
fn lines_tabs_and_paragraphs_join_as_chinese_does() {
    let lines = "<w:r><w:t>提供图</w:t><w:br/><w:t>书；</w:t></w:r></w:p><w:p><w:r><w:t>each child </w:t></w:r></w:p><w:p><w:r><w:t>one</w:t></w:r>";
    assert_eq!(read(&cell(lines)).0, "提供图书；each child one");
    let joined = r#"<w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>one</w:t></w:r></w:p><w:p><w:r><w:t>word</w:t></w:r>"#;
    assert_eq!(read(&cell(joined)).0, "oneword");
    assert_eq!(read(&cell("<w:r><w:t>甲&amp;乙&#x4E19;</w:t></w:r>")).0, "'甲&乙丙'");
}

#[test]
fn numbers_that_word_writes_are_text() {
    let item = |text: &str| {
        format!(r#"<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr></w:pPr>{}"#, run(text))
    };
    let list = format!("{}</w:p><w:p>{}", item("借书；"), item("读书"));
    let (text, notes) = read(&cell(&list));
    assert_eq!(text, "（一）借书；（二）读书");
    assert_eq!(notes, ["整个文件: 有 2 段用了自动编号，编号已写进文字"]);
    // The column of numbers often has nothing but such numbers.
    let content = desk::content();
    let numbered = |texts: [&str; 4]| {
        let number = cell(r#"<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>"#);
        let [audience, title, words, departments] = texts.map(|text| cell(&run(text)));
        row(&[cell(&run("幼有所育")), number, audience, title, words, departments])
    };
    let rows = numbered(["流动儿童", "读书", "提供图书", "教育局"])
        + &numbered(["流动儿童", "画画", "提供画笔", "教育局"]);
    let bytes = document(&table(&(heads() + &rows)));
    let imported = desk::import(&content, "清单.docx", &bytes).expect("it is a list");
    assert!(
        imported.yaml.contains("    number: 1\n") && imported.yaml.contains("    number: 2\n"),
        "{}",
        imported.yaml
    );
}

#[test]
fn what_stands_aside_is_named() {
    let nested =
        format!("<w:tc><w:p>{}</w:p>{}<w:p/></w:tc>", run("提供"), table(&row(&[cell(&run("图书"))])));
    let (text, notes) = read(&nested);
    assert_eq!(text, "提供图书");
    assert_eq!(notes, ["整个文件: 有 1 处格子里又有表格，里面的文字接在那一格后面"]);
    let aside = format!(
        r#"{}<w:r><w:pict><w:txbxContent><w:p>{}</w:p></w:txbxContent></w:pict></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r><w:r><w:rPr><w:strike/></w:rPr><w:t>旧</w:t></w:r><w:r><w:footnoteReference/></w:r>"#,
        run("提供图书"),
        run("框")
    );
    let (text, notes) = read(&cell(&aside));
    assert_eq!(text, "提供图书");
    let expected = [
        "整个文件: 有 1 个文本框，里面的文字没有读",
        "整个文件: 有 1 处隐藏文字，没有读",
        "整个文件: 有 1 处文字加了删除线，没有读：“旧”",
        "整个文件: 有 1 个脚注，没有读",
    ];
    assert_eq!(notes, expected);
}

#[test]
fn deleted_rows_are_gone_and_cells_may_span_columns() {
    let content = desk::content();
    let deleted =
        format!("<w:tr><w:trPr><w:del/></w:trPr>{}</w:tr>", HEADS.map(|_| cell(&run("旧"))).concat());
    let area = format!(
        r#"<w:tr><w:tc><w:tcPr><w:gridSpan w:val="6"/></w:tcPr><w:p>{}</w:p></w:tc></w:tr>"#,
        run("一、幼有所育")
    );
    let own = row(&["", "2", "流动儿童", "读书", "提供图书", "教育局"].map(|text| cell(&run(text))));
    let bytes = document(&table(&(heads() + &area + &deleted + &own)));
    let imported = desk::import(&content, "清单.docx", &bytes).expect("it is a list");
    assert_eq!(imported.services, 1);
    assert!(imported.yaml.contains("    area: early-childhood\n"), "{}", imported.yaml);
}

#[test]
fn a_list_inside_a_table_that_lays_out_the_page_is_read() {
    let content = desk::content();
    let cells =
        ["幼有所育", "2", "3-6岁流动儿童", "图书服务", "提供图书", "教育局"].map(|text| cell(&run(text)));
    let list = table(&(heads() + &row(&cells)));
    let page =
        table(&(row(&[cell(&run("厦门市流动儿童关爱服务清单"))]) + &row(&[format!("<w:tc>{list}</w:tc>")])));
    let imported = desk::import(&content, "a.docx", &document(&page)).expect("it is a list");
    assert_eq!(imported.services, 1);
    assert!(imported.yaml.contains("zh: 厦门市流动儿童关爱服务清单\n"), "{}", imported.yaml);
    let refused = desk::import(&content, "a.docx", &document("<w:p><w:r><w:t>1.图书服务</w:t></w:r></w:p>"));
    let refused = refused.map(|imported| imported.yaml).expect_err("there is no table");
    assert!(refused.starts_with("文件里没有表格。把清单的文字放进一张表格里"), "{refused}");
}

#[test]
fn numbers_of_a_style_and_deleted_ends_of_paragraphs_are_named() {
    let content = desk::content();
    let styled =
        format!(r#"<w:tc><w:p><w:pPr><w:pStyle w:val="b"/></w:pPr>{}</w:p></w:tc>"#, run("提供图书"));
    let imported = desk::import(&content, "a.docx", &with_content(&styled)).expect("it is a list");
    assert!(imported.yaml.contains("zh: 1提供图书\n"), "{}", imported.yaml);
    assert!(desk::notes(&imported).contains(&"整个文件: 有 1 段用了自动编号，编号已写进文字".to_owned()));
    let mark = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>";
    let joined = format!("<w:tc><w:p>{mark}{}</w:p><w:p>{}</w:p></w:tc>", run("提供"), run("图书"));
    let imported = desk::import(&content, "a.docx", &with_content(&joined)).expect("it is a list");
    assert!(imported.yaml.contains("zh: 提供图书\n"), "{}", imported.yaml);
    assert!(desk::notes(&imported)[0].contains("有 1 处修订还没有接受"), "{:?}", desk::notes(&imported));
}
