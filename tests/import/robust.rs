//! Whatever the bytes are: no panic, no hang, no swelling.
//!
//! `IMPORT_RUNS=100000 cargo test --release --test import robust` tries more of them.

use std::io::{Cursor, Read as _, Write as _};
use std::time::{Duration, Instant};

use proptest::prelude::*;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::{desk, documents, lines, office, workbooks};

/// A row of numbers that looks random and is the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(most.max(1)).expect("small")).expect("small")
    }
}

/// Changes a few bytes: others, gone, doubled, moved, or a word that means something.
fn changed(bytes: &[u8], dice: &mut Dice) -> Vec<u8> {
    const WORDS: &[&[u8]] = &[
        b"\0",
        b"<",
        b">",
        b"&",
        b"\"",
        b"]]>",
        b"<w:tbl>",
        b"</w:tc>",
        b"<w:gridSpan w:val=\"99999999\"/>",
        b"r=\"XFD1048576\"",
        b"<mergeCell ref=\"A1:XFD1048576\"/>",
        b"t=\"s\"",
        b"<v>99999999</v>",
        b"\xFF\xFE",
        b",",
        b"\n",
        b"4294967295",
        b"-1",
    ];
    let mut bytes = bytes.to_vec();
    for _ in 0..=dice.below(4) {
        let at = dice.below(bytes.len());
        let end = (at + dice.below(40)).min(bytes.len());
        match dice.below(5) {
            0 if !bytes.is_empty() => bytes[at] = u8::try_from(dice.below(256)).expect("a byte"),
            1 => drop(bytes.drain(at..end)),
            2 => {
                let copy = bytes[at..end].to_vec();
                bytes.splice(at..at, copy);
            }
            3 => drop(bytes.splice(at..at, WORDS[dice.below(WORDS.len())].iter().copied())),
            _ if dice.below(20) == 0 => bytes.truncate(at),
            _ => {}
        }
    }
    bytes
}

/// Changes one part of a packed file and packs it again.
fn changed_inside(bytes: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).expect("a packed file");
    let chosen = dice.below(zip.len());
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..zip.len() {
        let mut part = zip.by_index(at).expect("a part");
        let name = part.name().expect("a name").into_owned();
        let mut text = Vec::new();
        part.read_to_end(&mut text).expect("it can be unpacked");
        let text = if at == chosen { changed(&text, dice) } else { text };
        out.start_file(name, SimpleFileOptions::default()).expect("a part");
        out.write_all(&text).expect("memory can be written");
    }
    out.finish().expect("memory can be written").into_inner()
}

#[test]
fn changed_files_never_panic_and_what_is_written_can_be_read() {
    let runs: usize = std::env::var("IMPORT_RUNS").ok().and_then(|runs| runs.parse().ok()).unwrap_or(150);
    let content = desk::content();
    let rows = desk::rows(&content);
    let files = [
        ("a.xlsx", workbooks::official(&rows)),
        ("a.docx", documents::official(&rows)),
        ("a.csv", lines::table(',').into_bytes()),
        ("a.ods", office::ods()),
        ("a.xls", office::XLS.to_vec()),
    ];
    let mut dice = Dice(0x2025_0109);
    let (mut read, mut slowest) = (0, Duration::ZERO);
    for run in 0..runs {
        let (name, bytes) = &files[run % files.len()];
        let inside = bytes.starts_with(b"PK") && dice.below(4) > 0;
        let bytes = if inside { changed_inside(bytes, &mut dice) } else { changed(bytes, &mut dice) };
        let start = Instant::now();
        let imported = desk::import(&content, name, &bytes);
        slowest = slowest.max(start.elapsed());
        if let Ok(imported) = imported {
            read += 1;
            let mut findings = qingdan::diagnostic::Findings::new();
            let tree = qingdan::syntax::yaml::parse(qingdan::span::FileId(0), &imported.yaml, &mut findings);
            assert!(tree.is_some() && findings.is_empty(), "{}", imported.yaml);
        }
    }
    println!("{runs} files, {read} of them still lists, the slowest took {slowest:?}");
    assert!(read > runs / 10, "most changes leave a list: {read} of {runs}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..2000), kind in 0usize..6) {
        let content = CONTENT.with(Clone::clone);
        let name = ["a.xlsx", "a.docx", "a.csv", "a.ods", "a.xls", "a.unknown"][kind];
        let _ = desk::import(&content, name, &bytes);
        let packed: Vec<u8> = b"PK\x03\x04".iter().copied().chain(bytes).collect();
        let _ = desk::import(&content, name, &packed);
        let old: Vec<u8> = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".iter().copied().chain(packed).collect();
        let _ = desk::import(&content, name, &old);
    }

    #[test]
    fn texts_of_cells_are_kept_to_the_letter(text in "[ -~一-龥：；，。、“”‘’（）#&*!|>%@`\u{a0}\u{3000}\u{feff}\u{2028}\u{85}\t]{1,40}", number in "[0-9eExX.:_+-]{1,8}") {
        for text in [format!("字{text}字"), text.clone(), number, format!("{text}\n{text}")] {
            let content = CONTENT.with(Clone::clone);
            let quoted = |cell: &str| format!("\"{}\"", cell.replace('"', "\"\""));
            let table = format!("领域,序号,服务项目,服务对象,服务内容,责任部门\n幼有所育,1,读书,流动儿童,提供图书,教育局\n幼有所育,2,画画,{0},{0},{0}\n", quoted(&text));
            let Ok(imported) = desk::import(&content, "a.csv", table.as_bytes()) else { continue };
            let mut findings = qingdan::diagnostic::Findings::new();
            let tree = qingdan::syntax::yaml::parse(qingdan::span::FileId(0), &imported.yaml, &mut findings);
            let tree = tree.unwrap_or_else(|| panic!("{}", imported.yaml));
            prop_assert!(findings.is_empty(), "{}", imported.yaml);
            let Some(service) = tree.get("services").and_then(|services| services.items().get(1)) else { continue };
            let Some(written) = service.get("content").and_then(|text| text.get("zh")).and_then(|text| text.text()) else { continue };
            let squeezed = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(squeezed(written), squeezed(&text));
        }
    }
}

thread_local! {
    static CONTENT: qingdan::catalogue::Catalogue = desk::content();
}

/// Returns a workbook as Excel writes it but for one part.
fn workbook_with(part: &str, text: &[u8]) -> Vec<u8> {
    let content = desk::content();
    with_part(&workbooks::official(&desk::rows(&content)[..2]), part, text)
}

#[test]
fn files_that_swell_are_refused_soon() {
    let content = desk::content();
    let sheet = |inner: &str| {
        format!("<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">{inner}</worksheet>").into_bytes()
    };
    let text = |at: &str| format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>字</t></is></c>");
    let strings = format!(
        "<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><si><t>{}</t></si></sst>",
        "字".repeat(300_000)
    );
    let repeated = format!(
        "<sheetData>{}</sheetData>",
        (1..4000)
            .map(|row| format!("<row r=\"{row}\"><c r=\"A{row}\" t=\"s\"><v>0</v></c></row>"))
            .collect::<String>()
    );
    let merges = format!(
        "<sheetData><row r=\"1\">{}</row><row r=\"4999\">{}</row></sheetData><mergeCells>{}</mergeCells>",
        text("A1"),
        text("CV4999"),
        "<mergeCell ref=\"A1:CV4999\"/>".repeat(20_000)
    );
    let far = format!(
        "<sheetData><row r=\"1\">{}</row><row r=\"1048576\">{}</row></sheetData>",
        text("A1"),
        text("XFD1048576")
    );
    let mut shared = workbook_with("xl/worksheets/sheet1.xml", &sheet(&repeated));
    shared = with_part(&shared, "xl/sharedStrings.xml", strings.as_bytes());
    let nested = format!("<w:document xmlns:w=\"w\"><w:body>{}", "<w:tbl><w:tr><w:tc>".repeat(300_000));
    // As much as is still read: every clause is held against every one of the baseline.
    let clauses = "为符合条件的流动儿童提供就近服务，".repeat(11).repeat(16);
    let rows = (1..=16).map(|number| format!("幼有所育,{number},服务{number},儿童,\"{clauses}\",教育局\n"));
    let full = format!("领域,序号,服务项目,服务对象,服务内容,责任部门\n{}", rows.collect::<String>());
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        ("bomb.xlsx", workbook_with("xl/worksheets/sheet1.xml", &vec![b' '; 100 << 20]), "展开后"),
        ("bomb.docx", documents::packed(&[("word/document.xml", &" ".repeat(60 << 20))]), "展开后"),
        ("far.xlsx", workbook_with("xl/worksheets/sheet1.xml", &sheet(&far)), "表头"),
        ("merges.xlsx", workbook_with("xl/worksheets/sheet1.xml", &sheet(&merges)), "展开后"),
        ("strings.xlsx", shared, "展开后"),
        ("nested.docx", documents::packed(&[("word/document.xml", &nested)]), ""),
        ("large.csv", vec![b'a'; 100 << 20], "文件太大"),
        ("large.xlsx", vec![b'a'; 100 << 20], "文件太大"),
        ("full.csv", full.into_bytes(), ""),
        ("rows.csv", "a\n".repeat(400_000).into_bytes(), "展开后"),
        ("columns.csv", ",".repeat(900_000).into_bytes(), "展开后"),
        (
            "marks.csv",
            format!("服务项目,服务对象,服务内容\n读书,儿童,\"{}\"\n", "，甲".repeat(16_000)).into_bytes(),
            "太多",
        ),
        (
            "names.csv",
            format!(
                "服务项目,服务对象,服务内容,责任部门\n读书,儿童,书,\"{}\"\n",
                (0..5_500).map(|at| format!("{at}局、")).collect::<String>()
            )
            .into_bytes(),
            "太多",
        ),
    ];
    for (name, bytes, expected) in cases {
        let start = Instant::now();
        let came = desk::import(&content, name, &bytes);
        let took = start.elapsed();
        println!("{name}: {took:?}");
        if !expected.is_empty() {
            assert!(came.as_ref().is_err_and(|reason| reason.contains(expected)), "{name}: {came:?}");
        }
        // The bound is one second as released; a debug build on a busy machine is given more.
        assert!(took < Duration::from_secs(if cfg!(debug_assertions) { 20 } else { 1 }), "{name}: {took:?}");
    }
}

/// Puts another part in the place of one.
fn with_part(bytes: &[u8], part: &str, text: &[u8]) -> Vec<u8> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).expect("a packed file");
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..zip.len() {
        let mut known = zip.by_index(at).expect("a part");
        let name = known.name().expect("a name").into_owned();
        let mut own = Vec::new();
        known.read_to_end(&mut own).expect("it can be unpacked");
        out.start_file(&name, SimpleFileOptions::default()).expect("a part");
        out.write_all(if name == part { text } else { &own }).expect("memory can be written");
    }
    out.finish().expect("memory can be written").into_inner()
}
