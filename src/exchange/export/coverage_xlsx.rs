//! `coverage --format xlsx`: the matrix, the gaps with reason and place, the additions.

use super::Context;
use super::sheet::{SheetLooks, bytes, column, fill, put, workbook};
use super::table::{GapRow, gap_heads, paired, paired_label, some_are_paired, worst_first};
use crate::compare::Verdict;
use crate::coverage::Coverage;
use crate::text;

pub(super) fn write(lists: &[&Coverage<'_>], context: &Context<'_>) -> Vec<u8> {
    let mut book = workbook(context.say(&text!("覆盖情况", "Coverage")));
    let looks = SheetLooks::new();
    matrices(&mut book, lists, &looks, context);
    gaps(&mut book, lists, &looks, context);
    if some_are_paired(lists) {
        pairs(&mut book, lists, &looks, context);
    }
    additions(&mut book, lists, &looks, context);
    bytes(book)
}

/// Writes the lists of one baseline below each other from `row` on. Returns the row for what follows.
fn matrix(
    sheet: &mut rust_xlsxwriter::Worksheet,
    (mut row, is_only): (usize, bool),
    members: &[&Coverage<'_>],
    looks: &SheetLooks,
    context: &Context<'_>,
) -> usize {
    let Some(first) = members.first() else { return row };
    put(sheet, row, 0, context.text(&first.baseline.edition.title), &looks.title);
    row += 1;
    let heads = [text!("地区", "place"), text!("版次", "edition"), text!("低于或缺少", "lower or missing")];
    for (at, head) in heads.iter().enumerate() {
        put(sheet, row, at, context.say(head), &looks.head);
    }
    for (at, service) in first.services.iter().enumerate() {
        let head = format!("{}\n{}", service.service.number.value, context.text(&service.service.body.title));
        put(sheet, row, at + heads.len(), &head, &looks.head);
    }
    if is_only {
        sheet.set_freeze_panes(u32::try_from(row + 1).unwrap_or(2), 3).expect("the cell is on the sheet");
    }
    row += 1;
    for coverage in members {
        let lower = coverage.gaps().filter(|known| known.verdict.is_lower()).count();
        put(sheet, row, 0, context.text(coverage.local.place.short()), &looks.text);
        put(sheet, row, 1, &coverage.local.edition.id, &looks.text);
        put(sheet, row, 2, &lower.to_string(), &looks.text);
        for (at, service) in coverage.services.iter().enumerate() {
            let words = format!("{} {}", service.verdict.sign(), context.say(&service.verdict.words()));
            put(sheet, row, at + heads.len(), &words, &looks.verdict(service.verdict));
        }
        row += 1;
    }
    row + 1
}

/// One matrix for each baseline: lists by services, the worst list first.
fn matrices(
    book: &mut rust_xlsxwriter::Workbook,
    lists: &[&Coverage<'_>],
    looks: &SheetLooks,
    context: &Context<'_>,
) {
    let sheet = book.add_worksheet();
    sheet.set_name(context.say(&text!("覆盖矩阵", "Matrix"))).expect("a short name");
    let mut row = 0;
    let mut baselines: Vec<String> = lists.iter().map(|coverage| coverage.baseline.address()).collect();
    baselines.sort_by_key(|address| (address.matches('/').count(), address.clone()));
    baselines.dedup();
    let one = baselines.len() == 1;
    for baseline in baselines {
        let members: Vec<&Coverage<'_>> = worst_first(lists)
            .into_iter()
            .filter(|coverage| coverage.baseline.address() == baseline)
            .collect();
        row = matrix(sheet, (row, one), &members, looks, context);
    }
    for verdict in Verdict::ALL {
        let words = format!("{} {}", verdict.sign(), context.say(&verdict.words()));
        put(sheet, row, 0, &words, &looks.verdict(verdict));
        row += 1;
    }
    for (at, width) in [16.0, 9.0, 11.0].into_iter().enumerate() {
        sheet.set_column_width(column(at), width).expect("few columns");
    }
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
}

fn gaps(
    book: &mut rust_xlsxwriter::Workbook,
    lists: &[&Coverage<'_>],
    looks: &SheetLooks,
    context: &Context<'_>,
) {
    let sheet = book.add_worksheet();
    sheet.set_name(context.say(&text!("缺口", "Gaps"))).expect("a short name");
    let gaps = GapRow::all(lists, context);
    let rows: Vec<Vec<String>> = gaps.iter().map(|gap| gap.cells(context).to_vec()).collect();
    let widths = [12.0, 12.0, 9.0, 22.0, 36.0, 12.0, 28.0, 28.0, 36.0, 36.0, 34.0, 34.0];
    fill(sheet, looks, &gap_heads(context), &widths, &rows);
    for (at, gap) in gaps.iter().enumerate() {
        put(sheet, at + 1, 0, &gap.cells(context)[0], &looks.verdict(gap.verdict));
    }
}

/// Writes which clauses were paired by likeness, also where nothing is wrong.
fn pairs(
    book: &mut rust_xlsxwriter::Workbook,
    lists: &[&Coverage<'_>],
    looks: &SheetLooks,
    context: &Context<'_>,
) {
    let sheet = book.add_worksheet();
    sheet.set_name(context.say(&paired_label())).expect("a short name");
    let heads = [
        text!("地区", "place"),
        text!("版次", "edition"),
        text!("项目", "service"),
        text!("条款", "provision"),
        text!("结论", "verdict"),
        text!("本地条款", "local provision"),
        paired_label(),
    ];
    let heads = heads.map(|head| context.say(&head).to_owned());
    let mut rows = Vec::new();
    for coverage in lists.iter().filter(|coverage| coverage.by_likeness) {
        for known in coverage.services.iter().flat_map(|service| &service.provisions) {
            let service = known.baseline.service;
            let first = known.covered_by.first().map(|offer| offer.provision.quote.value.clone());
            rows.push(vec![
                context.text(coverage.local.place.short()).to_owned(),
                format!("{}/{}", coverage.local.list.id, coverage.local.edition.id),
                format!("{} {}", service.number.value, context.text(&service.body.title)),
                known.baseline.provision.quote.value.clone(),
                format!("{} {}", known.verdict.sign(), context.say(&known.verdict.words())),
                first.unwrap_or_default(),
                paired(known, context),
            ]);
        }
    }
    fill(sheet, looks, &heads, &[12.0, 22.0, 22.0, 36.0, 12.0, 36.0, 40.0], &rows);
}

fn additions(
    book: &mut rust_xlsxwriter::Workbook,
    lists: &[&Coverage<'_>],
    looks: &SheetLooks,
    context: &Context<'_>,
) {
    let sheet = book.add_worksheet();
    sheet.set_name(context.say(&text!("本地新增", "Additions"))).expect("a short name");
    let heads = [
        text!("地区", "place"),
        text!("版次", "edition"),
        text!("项目", "service"),
        text!("条款", "provision"),
        text!("出处", "at"),
    ];
    let heads = heads.map(|head| context.say(&head).to_owned());
    let rows = lists.iter().flat_map(|coverage| {
        coverage.additions.iter().map(move |offer| {
            vec![
                context.text(coverage.local.place.short()).to_owned(),
                coverage.local.edition.id.clone(),
                format!("{} {}", offer.service.number.value, context.text(&offer.service.body.title)),
                offer.provision.quote.value.clone(),
                context.place(offer.at()),
            ]
        })
    });
    fill(sheet, looks, &heads, &[16.0, 9.0, 30.0, 60.0, 40.0], &rows.collect::<Vec<_>>());
}
