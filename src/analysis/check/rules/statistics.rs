//! `statistics.yaml`: figures about persons are published with approval and consents only, in tables whose totals are those
//! of the whole.

use crate::analysis::Analysis;
use crate::catalogue::statistic::{Lack, lacks};
use crate::catalogue::{Catalogue, Place, Statistic, StatisticsTable};
use crate::check::Check;
use crate::codes;
use crate::diagnostic::{Finding, Findings, Message};
use crate::suppression::{Line, blank, mask, nested};
use crate::text;

codes! {
    /// Figures about persons that lack the approval, the publisher or a consent.
    UNAPPROVED_STATISTICS = "QD3081", "unapproved-statistics", Error, fixed, "0.2.0",
        "统计数据没有批准，或没有征求部门意见", "Figures about persons without approval, publisher or consent";
    /// A row that has more or fewer numbers than there are columns.
    UNEVEN_TABLE = "QD3082", "uneven-table", Error, fixed, "0.2.0",
        "这一行的数和列数对不上", "A row with more or fewer numbers than columns";
    /// A table with a total of a part.
    NESTED_TOTALS = "QD3083", "nested-totals", Error, fixed, "0.2.0",
        "表里有一部分的小计", "A table with a total of some of its rows or columns";
    /// A table of which nothing can be shown.
    WITHHELD_TABLE = "QD3084", "withheld-table", Warning, adjustable, "0.2.0",
        "人数太少，整张表不公布", "A table of which nothing can be shown";
}

/// What is checked, in this order.
pub const CHECKS: &[Check] = &[approvals, tables];

fn approvals(analysis: &Analysis<'_>, findings: &mut Findings) {
    for place in analysis.catalogue.places.values() {
        for figures in &place.statistics {
            for lack in lacks(figures, analysis.today) {
                findings.push(lacking(analysis.catalogue, place, figures, lack));
            }
        }
    }
}

fn lacking(catalogue: &Catalogue, place: &Place, figures: &Statistic, lack: Lack) -> Finding {
    let (message, help) = match lack {
        Lack::Approval => (
            text!("没有批准公布的文件", "no approval is on file"),
            text!(
                "履行审批程序以后，写上⟦approval⟧：批准单位、文号和日期；批准以前不公布",
                "once it is approved, write ⟦approval⟧ with the office, the number and the day; until then nothing is published"
            ),
        ),
        Lack::Publisher => (
            text!("没有写由哪个单位发布", "no publisher is named"),
            text!("写上⟦publisher⟧：发布的单位", "write ⟦publisher⟧, the office that publishes them"),
        ),
        Lack::Consent(kind, id) => {
            let Message { zh: kind_zh, en: kind_en } = kind.words();
            let named = catalogue.counterpart(place, id).map(|body| crate::compare::spoken(body.name));
            let Message { zh, en } = named.unwrap_or_else(|| text!("{id}", "{id}"));
            (
                text!(
                    "{kind_zh}的数据没有征求{zh}的意见",
                    "figures of {kind_en} need the consent of {en} ({id})"
                ),
                text!(
                    "征求意见以后，在⟦consents⟧里写上部门 {id}、日期和文号",
                    "once it agrees, write the department {id}, the day and the number under ⟦consents⟧"
                ),
            )
        }
    };
    Finding::new(&UNAPPROVED_STATISTICS, figures.id.span, message)
        .help(help)
        .source(paragraph(catalogue, place))
}

/// Returns the document and the paragraph that ask for approval and consents: what the forms of the nearest place at or
/// above say of privacy, or else the one this check is made from.
fn paragraph(catalogue: &Catalogue, place: &Place) -> Message {
    let mut at = Some(place);
    while let Some(here) = at {
        let said = here.forms.values().find_map(|form| {
            let paragraph = form.privacy.as_ref()?.paragraph.as_ref()?;
            Some((crate::compare::spoken(&form.source), crate::compare::spoken(paragraph)))
        });
        if let Some((document, part)) = said {
            return Message {
                zh: format!("{} {}", document.zh, part.zh),
                en: format!("{}, {}", document.en, part.en),
            };
        }
        at = catalogue.parent(&here.path);
    }
    text!("闽民童〔2024〕108号 四（二）", "闽民童〔2024〕108号, part 4 (2)")
}

fn tables(analysis: &Analysis<'_>, findings: &mut Findings) {
    let places = analysis.catalogue.places.values();
    for table in places.flat_map(|place| &place.statistics).flat_map(|figures| &figures.tables) {
        let columns = table.columns.len();
        for row in table.rows.iter().filter(|row| row.cells.len() != columns) {
            let cells = row.cells.len();
            findings.push(
                Finding::new(
                    &UNEVEN_TABLE,
                    row.label.reference().span,
                    text!("这一行有 {cells} 个数，表有 {columns} 列", "this row has {cells} numbers, the table {columns} columns"),
                )
                .help(text!("一列一个数，没有人的写 0", "one number a column; 0 for nobody")),
            );
        }
        if table.is_whole() {
            let cells: Vec<Vec<u32>> =
                table.rows.iter().map(|row| row.cells.iter().map(|cell| cell.value).collect()).collect();
            let finding = nested_totals(table, &cells).or_else(|| withheld(table, &cells));
            finding.into_iter().for_each(|finding| findings.push(finding));
        }
    }
}

/// Says that nothing of a table can be shown, whatever else is hidden of it.
fn withheld(table: &StatisticsTable, cells: &[Vec<u32>]) -> Option<Finding> {
    let message = text!(
        "少于 10 的数怎么也藏不住，这张表不公布",
        "numbers below 10 could be worked out whatever else is hidden, so that nothing of this table is shown"
    );
    mask(cells, &blank(cells)).is_none().then(|| {
        Finding::new(&WITHHELD_TABLE, table.title.reference().span, message)
            .help(text!("把人数少的行或者列并在一起", "join rows or columns with few persons"))
    })
}

fn nested_totals(table: &StatisticsTable, cells: &[Vec<u32>]) -> Option<Finding> {
    let name = match nested(cells)? {
        Line::Row(at) => &table.rows[at].label,
        Line::Column(at) => &table.columns[at],
    };
    let Message { zh, en } = crate::compare::spoken(name);
    let message = text!(
        "“{zh}”是另外几项相加，但不是全部：不公布的数能从它算出来",
        "`{en}` is the sum of some others, but not of all: numbers that are not shown could be worked out from it"
    );
    Some(Finding::new(&NESTED_TOTALS, name.reference().span, message).help(text!(
        "拆成几张表，每张表只有全部的合计",
        "make several tables of it, each with the total of the whole only"
    )))
}
