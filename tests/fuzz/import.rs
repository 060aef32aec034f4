//! Bytes as a table to import: a workbook, a document, a CSV file, and what only claims to be one.

use std::io::{Cursor, Read as _, Write as _};

use proptest::prelude::{Strategy, any};
use qingdan::catalogue::{self, Catalogue};
use qingdan::diagnostic::Findings;
use qingdan::import::{self, Keys, Target};
use qingdan::source::SourceTree;
use qingdan::span::FileId;
use rust_xlsxwriter::{Format, Workbook};

use super::catalogue::shows_number;
use super::mutate::{self, Step, mutated};
use super::{Bytes, Tally, here};

/// The parts of a packed file, or the one part of a plain one.
struct Seed {
    name: &'static str,
    parts: Vec<(String, Bytes)>,
    packed: bool,
}

/// One input: which seed, which of its parts is changed and how, and what happens to the whole.
#[derive(Clone, Debug)]
pub struct Input {
    seed: usize,
    part: usize,
    steps: Vec<Step>,
    after: Vec<Step>,
    chinese: bool,
}

pub struct Fuzz {
    content: Catalogue,
    seeds: Vec<Seed>,
}

const ROWS: &[[&str; 6]] = &[
    [
        "幼有所育",
        "1",
        "0-6岁流动儿童",
        "健康和托育服务",
        "按照规范提供健康管理服务;就近提供托育服务",
        "省卫健委、省疾控局",
    ],
    [
        "幼有所育",
        "2",
        "3-6岁流动儿童",
        "学前教育服务",
        "符合条件的就近在普惠性幼儿园入园;资助家庭经济困难的儿童接受普惠性学前教育",
        "市教育局",
    ],
    [
        "学有所教",
        "3",
        "义务教育阶段流动儿童",
        "义务教育服务",
        "保障流动儿童接受义务教育,免除学杂费,免费提供教科书",
        "市教育局，市财政局",
    ],
    [
        "病有所医",
        "4",
        "流动儿童",
        "医疗保障服务",
        "做好流动儿童医疗保障相关工作,提供异地就医直接结算服务",
        "市医保局",
    ],
];
const HEADS: [&str; 6] = ["服务领域", "序号", "服务对象", "服务项目", "服务内容", "责任部门"];

impl Fuzz {
    pub fn new() -> Self {
        let sources = SourceTree::read(&here("content"), Vec::new(), &mut Findings::new());
        let sources = sources.expect("the content is there");
        let content = catalogue::read(&sources, &mut Findings::new()).expect("the content is good");
        let lines = std::iter::once(&HEADS)
            .chain(ROWS)
            .map(|row| row.join("\t").replace(',', "，").replace('\t', ",") + "\n");
        let csv: String = lines.collect();
        let gbk = encoding_rs::GBK.encode(&csv).0.into_owned();
        let plain = |name, bytes| Seed { name, parts: vec![(String::new(), bytes)], packed: false };
        let packed = |name, bytes: &[u8]| Seed { name, parts: unpacked(bytes), packed: true };
        let seeds = vec![
            packed("清单.xlsx", &workbook()),
            packed("清单.docx", &document()),
            plain("清单.csv", csv.into_bytes()),
            plain("清单.csv", gbk),
        ];
        Self { content, seeds }
    }

    pub fn inputs(&self) -> impl Strategy<Value = Input> + use<> {
        let seeds = self.seeds.len();
        let after = mutate::steps().prop_map(|mut steps| {
            // Most packed files stay whole, or nothing of them is ever looked at.
            if steps.len() < 5 {
                steps.clear();
            }
            steps
        });
        (0..seeds, any::<u8>(), mutate::steps(), after, any::<bool>()).prop_map(
            |(seed, part, steps, after, chinese)| Input { seed, part: part.into(), steps, after, chinese },
        )
    }

    pub fn run(&self, input: &Input, tally: &mut Tally) -> Result<(), String> {
        let seed = &self.seeds[input.seed];
        let mut parts = seed.parts.clone();
        // The largest parts hold the table.
        let mut order: Vec<usize> = (0..parts.len()).collect();
        order.sort_by_key(|at| std::cmp::Reverse(parts[*at].1.len()));
        let at = order[[0, 0, 0, 1, 2, input.part][input.part % 6] % order.len()];
        parts[at].1 = mutated(&parts[at].1, seed.parts[0].1.as_slice(), &input.steps);
        let whole = if seed.packed { packed(&parts) } else { parts.swap_remove(0).1 };
        let bytes = mutated(&whole, b"", &input.after);
        self.check(seed.name, &bytes, input.chinese, tally)
    }

    fn check(&self, name: &str, bytes: &[u8], chinese: bool, tally: &mut Tally) -> Result<(), String> {
        let list = self.content.places.values().flat_map(|place| place.lists.values());
        let baseline = list.flat_map(|list| &list.editions).find(|edition| !edition.services.is_empty());
        let keys = if chinese { Keys::Chinese } else { Keys::English };
        let target = Target {
            catalogue: &self.content,
            place: None,
            ordinal: 1,
            address: None,
            baseline: baseline.map(|edition| (edition, "fujian/migrant-children/2025")),
            keys,
        };
        let imported = match import::import(name, bytes, &target, &import::Told::default()) {
            Ok(imported) => imported,
            Err(reason) => {
                tally.see("refused");
                return if shows_number(&reason.zh) { Err(reason.zh) } else { Ok(()) };
            }
        };
        tally.see("imported");
        if shows_number(&imported.yaml) {
            return Err("a number of a person was imported".to_owned());
        }
        readable(&imported.yaml)
    }
}

/// What was written can be read again, whatever was in the cells.
fn readable(yaml: &str) -> Result<(), String> {
    let mut findings = Findings::new();
    let _ = qingdan::syntax::yaml::parse(FileId(0), yaml, &mut findings);
    match findings.iter().next() {
        Some(finding) => Err(format!("{}\n{}\n{yaml}", finding.code.name, finding.message.zh)),
        None => Ok(()),
    }
}

fn workbook() -> Bytes {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.merge_range(0, 0, 0, 5, "甲市流动儿童关爱服务清单", &Format::new()).expect("a range");
    for (row, cells) in (1u32..).zip(std::iter::once(&HEADS).chain(ROWS)) {
        for (column, cell) in (0u16..).zip(cells) {
            sheet.write_string(row, column, *cell).expect("a cell");
        }
    }
    sheet.merge_range(2, 0, 3, 0, "幼有所育", &Format::new()).expect("a range");
    book.save_to_buffer().expect("memory can be written")
}

fn document() -> Bytes {
    let cell = |text: &&str| {
        format!(
            "<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r><w:del><w:r><w:delText>删</w:delText></w:r></w:del></w:p></w:tc>"
        )
    };
    let row = |row: &[&str; 6]| {
        format!(
            "<w:tr>{}</w:tr>",
            row.iter().map(cell).collect::<String>().replacen("<w:vMerge/>", "<w:gridSpan w:val=\"1\"/>", 5)
        )
    };
    let rows: String = std::iter::once(&HEADS).chain(ROWS).map(row).collect();
    let space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    let text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document xmlns:w=\"{space}\"><w:body><w:p><w:r><w:t>清单</w:t></w:r></w:p><w:tbl>{rows}</w:tbl></w:body></w:document>"
    );
    let types = "<?xml version=\"1.0\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>";
    packed(&[
        ("word/document.xml".to_owned(), text.into_bytes()),
        ("[Content_Types].xml".to_owned(), types.into()),
    ])
}

fn unpacked(bytes: &[u8]) -> Vec<(String, Bytes)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("it was just packed");
    let count = archive.len();
    let part = |at: usize| {
        let mut part = archive.by_index(at).expect("it is there");
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).expect("it can be read");
        (part.name().expect("a name").to_string(), bytes)
    };
    (0..count).map(part).collect()
}

fn packed(parts: &[(String, Bytes)]) -> Bytes {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        let options =
            zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        writer.start_file(name.as_str(), options).expect("memory can be written");
        writer.write_all(bytes).expect("memory can be written");
    }
    writer.finish().expect("memory can be written").into_inner()
}
