//! From the bytes of a file to its text, or to why it has none.
//!
//! Nothing is guessed: a file of another program or in another encoding is named and refused. To know one
//! more kind of file, add its first bytes to [`FOREIGN`].

use super::encoding::{Encoding, recode};
use super::walk::codes;
use crate::diagnostic::{Code, Message};
use crate::text;

/// Why a file cannot be used.
pub(super) struct Trouble {
    pub code: &'static Code,
    pub message: Message,
    pub help: Message,
    /// What can be shown of the file, and the byte of it where the trouble is.
    pub shown: Option<(String, usize)>,
}

impl Trouble {
    pub(super) fn new(code: &'static Code, message: Message, help: Message) -> Self {
        Self { code, message, help, shown: None }
    }
}

/// How files of other programs begin, and what they are in Chinese and English.
const FOREIGN: &[(&[u8], &str, &str)] = &[
    (b"PK\x03\x04", "压缩文件或 Word、Excel、WPS 文件", "a zip archive, or a file of Word, Excel or WPS"),
    (b"\xD0\xCF\x11\xE0", "旧版 Word、Excel 或 WPS 文件", "an old Word, Excel or WPS file"),
    (b"{\\rtf", "RTF 文件（写字板、Word）", "an RTF file of WordPad or Word"),
    (b"%PDF", "PDF 文件", "a PDF file"),
    (b"\x89PNG", "图片", "a picture"),
    (b"\xFF\xD8\xFF", "图片", "a picture"),
];

/// How a saved web page begins, after its first angle bracket and in small letters.
const WEB_PAGE: &[&str] = &["!doctype html", "html", "head", "?xml", "meta"];

/// Reads the bytes of a file that people write.
pub(super) fn read(bytes: Vec<u8>) -> Result<String, Box<Trouble>> {
    if let Some((zh, en)) = foreign(&bytes) {
        return Err(Box::new(Trouble::new(
            &codes::FOREIGN_FILE,
            text!("这是{zh}，只是名字像清单", "this is {en} under the name of a list"),
            text!(
                "在原来的程序里打开，把文字复制到记事本，“另存为”时编码选 UTF-8；表格可以用 qingdan import 读入",
                "open it in its own program, copy the text into Notepad and save it as UTF-8; tables can be read with `qingdan import`"
            ),
        )));
    }
    if let Some((encoding, text)) = recode(&bytes) {
        return Err(Box::new(Trouble { shown: Some((text, 0)), ..wrong_encoding(encoding) }));
    }
    if let Some(at) = bytes.iter().position(|byte| *byte == 0) {
        return Err(Box::new(damaged(&bytes, at)));
    }
    String::from_utf8(bytes)
        .map_err(|error| Box::new(bad_byte(error.as_bytes(), error.utf8_error().valid_up_to())))
}

/// Tells whether the file belongs to another program, and to which.
fn foreign(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    let (magic, zh, en) = FOREIGN.iter().find(|(magic, ..)| bytes.starts_with(magic)).map_or_else(
        || {
            let start: String = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]).to_lowercase();
            let start = start.trim_start_matches(['\u{FEFF}', ' ', '\r', '\n', '\t']);
            let tag = start.strip_prefix('<').unwrap_or_default();
            let is_page = WEB_PAGE.iter().any(|known| tag.starts_with(known));
            is_page.then_some((&b""[..], "网页文件", "a web page"))
        },
        |known| Some(*known),
    )?;
    let holds = |name: &[u8]| bytes.windows(name.len()).any(|window| window == name);
    Some(match magic {
        b"PK\x03\x04" if holds(b"xl/") => ("Excel 或 WPS 表格文件（.xlsx）", "an Excel workbook (.xlsx)"),
        b"PK\x03\x04" if holds(b"word/") => ("Word 或 WPS 文字文件（.docx）", "a Word document (.docx)"),
        _ => (zh, en),
    })
}

fn wrong_encoding(encoding: Encoding) -> Trouble {
    let name = encoding.name();
    Trouble::new(
        &codes::WRONG_ENCODING,
        text!("文件的编码是 {name}，不是 UTF-8", "the file is saved as {name}, not as UTF-8"),
        text!(
            "用记事本打开，点“文件 → 另存为”，编码选 UTF-8；也可以运行 qingdan fix",
            "open it in Notepad, choose File → Save as and the encoding UTF-8; or run `qingdan fix`"
        ),
    )
}

fn damaged(bytes: &[u8], at: usize) -> Trouble {
    let line = line_of(bytes, at);
    Trouble {
        shown: Some(shown(&bytes[..at], at)),
        ..Trouble::new(
            &codes::DAMAGED_FILE,
            text!(
                "第 {line} 行起有空字节（NUL），文件已经损坏",
                "from line {line} on there are NUL bytes: the file is damaged"
            ),
            text!(
                "保存时可能断电或磁盘满了；请从备份或原来的文件重新复制一份",
                "the disk was full or the power failed while it was saved: copy the file again from a backup"
            ),
        )
    }
}

fn bad_byte(bytes: &[u8], at: usize) -> Trouble {
    let line = line_of(bytes, at);
    let (message, help) = if bytes[at..].len() < 4 && std::str::from_utf8(&bytes[..at]).is_ok() {
        (
            text!(
                "文件在第 {line} 行一个汉字的中间断了，可能不完整",
                "the file breaks off in the middle of a character in line {line} and may be incomplete"
            ),
            text!(
                "从原来的文件重新复制一份，看看后面是否还有内容",
                "copy the file again from where it came from, and see whether something is missing at the end"
            ),
        )
    } else {
        (
            text!(
                "第 {line} 行这里的字节不是 UTF-8 编码，整个文件没有读取",
                "here in line {line} are bytes that are not UTF-8; the whole file was not read"
            ),
            text!(
                "这里可能粘贴了别的编码的文字：删去重新输入，再按 UTF-8 保存",
                "text in another encoding may have been pasted here: delete it, type it again and save as UTF-8"
            ),
        )
    };
    Trouble { shown: Some(shown(bytes, at)), ..Trouble::new(&codes::NOT_UTF8, message, help) }
}

/// Returns the text as far as it can be shown, and the place of byte `at` in it; what comes before `at` is
/// whole.
fn shown(bytes: &[u8], at: usize) -> (String, usize) {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").map_or((bytes, at), |rest| (rest, at.saturating_sub(3)));
    let text = String::from_utf8_lossy(bytes.0).into_owned();
    let before = String::from_utf8_lossy(&bytes.0[..bytes.1]).len();
    (text, before)
}

fn line_of(bytes: &[u8], at: usize) -> usize {
    bytes[..at].iter().filter(|byte| **byte == b'\n').count() + 1
}
