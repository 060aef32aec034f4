//! What is sent to the province: the report with its annex, the official table, how the list stands to its baseline, what changed, the files all
//! of it follows from, their seals, and the digests of all of it. `pack.rs` reads it again.

use super::annex::{self, filing_docx, filing_xlsx};
use super::sheet::{SheetLooks, bytes, fill, workbook};
use super::{Context, coverage_xlsx, diff_text, pack};
use crate::catalogue::{Catalogue, EditionRef, EditionStatus};
use crate::coverage::cover;
use crate::history;
use crate::text;

/// Returns the files of the filing pack by name, without the print page, which is rendered elsewhere. The
/// digests come last and cover `others` as well.
pub fn filing(
    catalogue: &Catalogue,
    issue: EditionRef<'_>,
    others: Vec<(String, Vec<u8>)>,
    context: &Context<'_>,
) -> Vec<(String, Vec<u8>)> {
    let mut files = vec![
        ("list.xlsx".to_owned(), table(catalogue, issue, context)),
        (pack::REPORT.to_owned(), filing_docx(catalogue, issue, context)),
        (pack::ANNEX.to_owned(), filing_xlsx(catalogue, issue, context)),
    ];
    if let Some(coverage) = cover(catalogue, issue, None) {
        files.push(("coverage.xlsx".to_owned(), coverage_xlsx::write(&[&coverage], context)));
        files.push(("coverage.json".to_owned(), super::coverage_json::write(&[&coverage], context)));
    }
    if let Some(before) = issue.list.predecessor(&issue.edition.id) {
        let diff = history::diff(catalogue, EditionRef { edition: before, ..issue }, issue);
        files.push(("changes.txt".to_owned(), diff_text::write(&diff, context)));
        files.push(("changes.json".to_owned(), super::diff_json::write(&diff, context)));
    }
    files.extend(others);
    files.extend(pack::content(catalogue, issue, context.sources));
    let seal = catalogue.frozen.excerpt(&pack::needed(catalogue, issue));
    files.push((pack::SEAL.to_owned(), seal.into_bytes()));
    let digests = digests(catalogue, issue, &files, context);
    files.push((pack::DIGESTS.to_owned(), digests));
    files
}

/// Returns the official table as a workbook.
fn table(catalogue: &Catalogue, issue: EditionRef<'_>, context: &Context<'_>) -> Vec<u8> {
    let mut book = workbook(context.text(&issue.edition.title));
    let looks = SheetLooks::new();
    let sheet = book.add_worksheet();
    let name = match issue.edition.status {
        EditionStatus::Issued => text!("清单", "List"),
        EditionStatus::Draft | EditionStatus::Consultation => {
            text!("清单（草稿，没有发布）", "List (draft, not issued)")
        }
    };
    sheet.set_name(context.say(&name)).expect("a short name");
    let heads = [
        text!("领域", "area"),
        text!("序号", "number"),
        text!("服务项目", "service"),
        text!("服务对象", "for whom"),
        text!("服务内容", "content"),
        text!("责任部门", "responsible departments"),
    ]
    .map(|head| context.say(&head).to_owned());
    let rows: Vec<Vec<String>> = issue
        .edition
        .services
        .iter()
        .map(|service| annex::row(catalogue, issue, service, &service.body.content, context).to_vec())
        .collect();
    fill(sheet, &looks, &heads, &[12.0, 6.0, 22.0, 22.0, 70.0, 22.0], &rows);
    bytes(book)
}

/// Returns the digest of every file of the pack, as `sha256sum` writes them, below what says of which edition it is.
fn digests(
    catalogue: &Catalogue,
    issue: EditionRef<'_>,
    files: &[(String, Vec<u8>)],
    context: &Context<'_>,
) -> Vec<u8> {
    let mut out = pack::head(&issue.address(), context.lang);
    if let Some(frozen) = catalogue.frozen.get(&issue.address()) {
        // With this in the pack, a lock file that was rewritten as a whole can be told later.
        out.push_str(&pack::frozen_line(frozen));
    }
    for (name, bytes) in files {
        out.push_str(&format!("{}  {name}\n", pack::sha256(bytes)));
    }
    out.into_bytes()
}
