//! Files that are not read, and what to do with them instead.

use super::columns;
use super::grid::Grid;
use super::headings::Headings;
use super::note::shown;
use crate::diagnostic::Message;
use crate::text;

/// The largest file that is read, in bytes.
pub(super) const MOST_BYTES: usize = 20 << 20;

/// A kind of file that is known and not read.
struct Known {
    /// How its bytes start.
    start: &'static [u8],
    /// Endings of its name; any of them, if there are some.
    endings: &'static [&'static str],
    /// What to do.
    help: fn() -> Message,
}

/// Kinds of file by their first bytes; the first that fits speaks.
const BY_BYTES: &[Known] = &[
    Known { start: OLE, endings: &["doc", "wps", "dot", "wpt", "docx"], help: old_document },
    Known { start: b"%PDF", endings: &[], help: scan },
    Known { start: b"{\\rtf", endings: &[], help: old_document },
    Known { start: b"\x89PNG", endings: &[], help: scan },
    Known { start: b"\xFF\xD8\xFF", endings: &[], help: scan },
    Known { start: b"GIF8", endings: &[], help: scan },
    Known { start: b"BM", endings: &["bmp"], help: scan },
    Known { start: b"Rar!", endings: &[], help: packed },
    Known { start: b"7z\xBC\xAF", endings: &[], help: packed },
];

/// How old Office files and all of WPS's own start.
const OLE: &[u8] = b"\xD0\xCF\x11\xE0";

/// Says why a file cannot be read, if one can tell from its size, its first bytes and its name.
pub(super) fn refusal(ending: &str, bytes: &[u8]) -> Option<Message> {
    if bytes.len() > MOST_BYTES {
        return Some(too_large());
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Some(text!("文件是空的", "the file is empty"));
    }
    let known = BY_BYTES.iter().find(|known| {
        bytes.starts_with(known.start) && (known.endings.is_empty() || known.endings.contains(&ending))
    });
    if let Some(known) = known {
        return Some((known.help)());
    }
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(512)]).to_lowercase();
    let start = start.trim_start_matches('\u{FEFF}').trim_start();
    let name = start.strip_prefix(['<']).map(|rest| rest.trim_start_matches(['!', '?']));
    name.filter(|name| WEB_PAGES.iter().any(|start| name.starts_with(start))).map(|_| web_page())
}

/// How web pages start, after the angle bracket.
const WEB_PAGES: &[&str] = &["doctype html", "html", "table", "head", "meta", "xml"];

/// Says that a file is too large.
pub(super) fn too_large() -> Message {
    let most = MOST_BYTES >> 20;
    text!(
        "文件太大，超过 {most} MB，没有读。只留下清单那张表，删去图片和别的工作表，再导入",
        "the file is larger than {most} MB and was not read; keep only the table of the list, without pictures and other sheets, and import again"
    )
}

fn old_document() -> Message {
    text!(
        "这是旧式文字文档（.doc、.wps 或 .rtf），读不了。请用 Word 或 WPS 打开，另存为 .docx，再导入；有打开密码的，先去掉密码",
        "this is a document of an old kind (.doc, .wps or .rtf) that cannot be read; open it in Word or WPS, save it as .docx and import that; remove a password first"
    )
}

pub(super) fn old_table() -> Message {
    text!(
        "文件设了打开密码，或者里面没有表格，读不了。请用 Excel 或 WPS 打开，去掉密码，另存为 .xlsx，再导入",
        "the file has a password, or there is no workbook in it; open it in Excel or WPS, remove the password, save it as .xlsx and import that"
    )
}

fn scan() -> Message {
    text!(
        "这是 PDF 或图片，里面没有能读的表格。请向起草单位要 Word 或 Excel 原件，另存为 .docx 或 .xlsx，再导入",
        "this is a PDF or a picture, with no table that can be read; ask for the original document, save it as .docx or .xlsx and import that"
    )
}

fn packed() -> Message {
    text!(
        "这是压缩包，请先解压，再导入里面的表格",
        "this is an archive; unpack it and import the table in it"
    )
}

fn web_page() -> Message {
    text!(
        "这其实是网页格式的文件（有些系统导出的 .xls 就是这样）。请用 Excel 或 WPS 打开，另存为 .xlsx，再导入",
        "this is in fact a web page, as some systems export under the name of .xls; open it in Excel or WPS, save it as .xlsx and import that"
    )
}

/// Says which kinds of file are read.
pub(super) fn unknown(ending: &str) -> Message {
    let ending = super::note::shown(ending);
    text!(
        "不认识这种文件（.{ending}）。能导入的是 .xlsx、.xls、.ods、.docx 和 .csv；别的请另存为其中一种",
        "files of this kind (.{ending}) cannot be read; what can be imported is .xlsx, .xls, .ods, .docx and .csv, so save it as one of these"
    )
}

/// Says that a packed file is damaged or holds more than it should.
pub(super) fn damaged() -> Message {
    text!(
        "文件打不开：已损坏，或者不是真正的表格、文档。请用 Office 或 WPS 打开，另存一份，再导入",
        "the file cannot be opened: it is damaged, or not really a workbook or document; open it in Office or WPS, save a copy and import that"
    )
}

/// Says that a file holds more than any list does.
pub(super) fn swollen() -> Message {
    text!(
        "文件展开后大得不像一份清单，没有读。只留下清单那张表，另存一份，再导入",
        "unpacked, the file is far larger than any list, and was not read; keep only the table of the list, save a copy and import that"
    )
}

/// Says that an OpenDocument text has to be saved as another kind.
pub(super) fn open_document() -> Message {
    text!(
        "这是 OpenDocument 文字文档（.odt），读不了。请另存为 .docx，再导入",
        "this is an OpenDocument text (.odt), which cannot be read; save it as .docx and import that"
    )
}

/// Says what the tables of a file lack to be a list: the heads nearest to one, and which are missing.
pub(super) fn no_heads(grids: &[Grid], headings: &Headings) -> Message {
    let count = grids.len();
    if grids.is_empty() {
        return text!(
            "文件里没有表格。把清单的文字放进一张表格里，表头写“领域”“序号”“服务项目”“服务对象”“服务内容”“责任部门”；或者填在 qingdan export workbook 做出来的工作簿里，再导入",
            "there is no table in the file. Paste the text of the list into a table with the heads 领域 (area), 序号 (number), 服务项目 (service), 服务对象 (for whom), 服务内容 (content), 责任部门 (departments), or into a workbook of `qingdan export workbook`, and import that"
        );
    }
    let rows = grids.iter().flat_map(|grid| grid.rows.iter().map(move |row| (grid, row)));
    let nearest = rows.map(|(grid, row)| (columns::understood(row, headings), grid, row));
    let nearest =
        nearest.rev().max_by_key(|(understood, ..)| understood.len()).filter(|(found, ..)| !found.is_empty());
    let Some((understood, grid, row)) = nearest else {
        return text!(
            "看了 {count} 张表，都没有清单的表头。表头要写明“服务项目”“服务内容”，以及“服务对象”或“责任部门”",
            "none of {count} tables has the heads of a list: 服务项目 (service), 服务内容 (content), and 服务对象 (for whom) or 责任部门 (departments)"
        );
    };
    let Message { zh: whole_zh, en: whole_en } = grid.whole();
    let mut seen: Vec<String> = Vec::new();
    for cell in row.iter().filter(|cell| !cell.is_blank()) {
        let heading = format!("“{}”", shown(&cell.text));
        if !seen.contains(&heading) {
            seen.push(heading);
        }
    }
    let seen = seen.into_iter().take(12).collect::<Vec<_>>().concat();
    let missing = columns::missing(&understood);
    let (zh, en) = (missing.zh, missing.en);
    text!(
        "{whole_zh}的表头是{seen}，还少{zh}。把那一列的表头改成这个名称，再导入",
        "the heads of {whole_en} are {seen}; {en} is missing. Give that column this head and import again"
    )
}
