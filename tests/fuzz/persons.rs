//! Texts with numbers of persons, and the outsides of pictures and office files.

use proptest::prelude::{Strategy, any};
use qingdan::date::Date;
use qingdan::personal;
use qingdan::source;
use qingdan::visible;

use super::mutate::{self, Step, mutated};
use super::{Bytes, Tally};

/// What is changed: the public line of China Mobile and the example of GB 11643-1999 in many writings, and what tells of
/// invented persons otherwise.
const TEXTS: &[&str] = &[
    "联系电话：138-0013-8000，学籍号 G11010519491231002X。\n  残疾人证 11010519491231002X43",
    "找 l38 OOl3 8OOO 或 1.3800138E10，\\x3138001380\\u0030\\u0030 &#49;3800138000 %31%33800138000 _x0031_3800138000",
    "| 张小明 | 2015年3月4日出生 | 孤儿 | 家住东门巷7号 | 护照 E12345678 | 微信号：zhang_2015 |",
    "闽民〔2025〕42号 0591-87654321 转 8001，2025-01-09 至 2027-01-09，18000-120000元，91350200612000000X",
    "１３８００１３８０００ 一三八〇〇一三八〇〇〇 138\u{200b}0013\u{ad}8000 [138](https://example.org)00138000",
];

/// One input.
#[derive(Clone, Debug)]
pub struct Input {
    seed: usize,
    other: usize,
    steps: Vec<Step>,
}

/// Returns the inputs: one of the texts or files, something of another one, and what happens to it.
pub fn inputs() -> impl Strategy<Value = Input> {
    (any::<usize>(), any::<usize>(), mutate::steps()).prop_map(|(seed, other, steps)| Input {
        seed,
        other,
        steps,
    })
}

fn today() -> Date {
    Date::parse("2026-11-25").expect("a date")
}

/// Whatever the text: stars stand over what was found, every byte stays in its place, and what is shown is seen.
pub fn text(input: &Input, tally: &mut Tally) -> Result<(), String> {
    let seed = |number: usize| TEXTS[number % TEXTS.len()].as_bytes();
    let bytes = mutated(seed(input.seed), seed(input.other), &input.steps);
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let numbers = personal::find(&text, today());
    tally.see(format!("{} numbers", numbers.len().min(3)));
    let stars = personal::withheld(&text, &numbers);
    for number in &numbers {
        let spelled = text.get(number.range.clone()).ok_or("a number in the middle of a character")?;
        if stars.get(number.range.clone()) == Some(spelled) {
            return Err(format!("shown: {spelled}"));
        }
    }
    let masked = personal::masked(&text);
    if masked.len() != text.len()
        || stars.len() != text.len()
        || personal::hidden_in_name(&text).len() != text.len()
    {
        return Err("a byte moved".to_owned());
    }
    for detail in personal::details(&text) {
        tally.see(format!("{:?}", detail.kind));
        text.get(detail.range).ok_or("a detail in the middle of a character")?;
    }
    let name = personal::shown_name(&text);
    let shown =
        [visible::visible(&text).into_owned(), name.clone(), visible::visible_json(&text).into_owned()];
    let unseen = shown.iter().any(|shown| shown.contains(visible::is_unseen)) || name.contains('\n');
    if unseen { Err("something nobody sees is sent".to_owned()) } else { Ok(()) }
}

/// Files whose outside tells who made them.
pub struct Files(Vec<Bytes>);

impl Files {
    pub fn new() -> Self {
        let tiff = b"MM\0*\0\0\0\x08\0\x02\x01\x0f\0\x02\0\0\0\x08\0\0\0\x26\x88\x25\0\x04\0\0\0\x01\0\0\0\x08\0\0\0\0Example\0";
        let piece = |head: &[u8], length: &[u8], rest: &[u8]| [head, length, rest].concat();
        let exif = [b"Exif\0\0".as_slice(), tiff].concat();
        let length = u16::try_from(exif.len() + 2).expect("short").to_be_bytes();
        let jpeg = [piece(b"\xFF\xD8\xFF\xE1", &length, &exif), b"\xFF\xDA\0\x02picture".to_vec()].concat();
        let length = u32::try_from(tiff.len()).expect("short");
        let chunk = piece(&length.to_be_bytes(), b"eXIf", tiff);
        let png = [
            b"\x89PNG\r\n\x1a\n\0\0\0\x03IDATabc\0\0\0\0".as_slice(),
            &chunk,
            b"\0\0\0\0\0\0\0\0IEND\0\0\0\0",
        ]
        .concat();
        let webp = piece(b"RIFF\0\0\0\0WEBPEXIF", &length.to_le_bytes(), tiff);
        Self(vec![jpeg, png, webp, tiff.to_vec(), archive(), summary()])
    }

    /// Whatever the bytes: something is told or nothing, and no byte too many is kept.
    pub fn run(&self, input: &Input, tally: &mut Tally) -> Result<(), String> {
        let Self(seeds) = self;
        let (seed, other) = (&seeds[input.seed % seeds.len()], &seeds[input.other % seeds.len()]);
        let bytes = mutated(seed, other, &input.steps);
        let trace = source::trace_of(&bytes);
        tally.see(if trace.is_some() { "told" } else { "nothing told" });
        match trace {
            Some(trace) if !(trace.place || trace.device || trace.author) => {
                Err("a trace of nothing".to_owned())
            }
            _ => Ok(()),
        }
    }
}

fn archive() -> Bytes {
    use std::io::Write as _;
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    archive.start_file("docProps/core.xml", zip::write::SimpleFileOptions::default()).expect("memory");
    archive.write_all(b"<cp:coreProperties><dc:creator>a</dc:creator></cp:coreProperties>").expect("memory");
    archive.finish().expect("memory").into_inner()
}

/// The summary of an older office file, behind its head.
fn summary() -> Bytes {
    let mut bytes = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    bytes.resize(64 + 28, 0);
    bytes.extend(b"\xE0\x85\x9F\xF2\xF9\x4F\x68\x10\xAB\x91\x08\0\x2B\x27\xB3\xD9\x30\0\0\0");
    bytes.extend(b"\0\0\0\0\x01\0\0\0\x04\0\0\0\x10\0\0\0\x1e\0\0\0\x02\0\0\0a\0");
    bytes
}
