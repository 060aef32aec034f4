//! What a list says of its own history: editions in an order that can be, corrections that are dated, freezing before
//! filing.

use crate::analysis::Analysis;
use crate::catalogue::{Edition, EditionRef, EditionStatus, List, Place};
use crate::check::Check;
use crate::codes;
use crate::date::Date;
use crate::diagnostic::{Finding, Findings};
use crate::schema::is_address_part;
use crate::text;

codes! {
    /// Editions whose numbers contradict their dates, or each other.
    CONTRADICTORY_ORDINALS = "QD7121", "contradictory-ordinals", Error, adjustable, "0.1.0",
        "版次的序号和日期矛盾，或两版序号相同", "Editions numbered against their dates, or two with one number";
    /// An edition without a number, measured against one that is not the first.
    MISSING_ORDINAL = "QD7124", "missing-ordinal", Warning, adjustable, "0.2.0",
        "没有写第几版，对照的清单已经不是第一版", "An edition without a number, where its baseline is not the first";
    /// A change to an issued edition without a dated correction.
    UNDATED_CORRECTION = "QD7122", "undated-correction", Warning, adjustable, "0.1.0",
        "发布以后改过，却没有写明日期的更正", "A change after issue without a dated correction";
    /// An edition that was frozen after it was filed.
    FROZEN_AFTER_FILING = "QD7123", "frozen-after-filing", Warning, adjustable, "0.1.0",
        "备案以后才冻结", "An edition frozen after it was filed";
}

/// What is checked, in this order.
pub const CHECKS: &[Check] = &[ordinals, unnumbered, undated, filed_first];

fn lists<'a>(analysis: &Analysis<'a>) -> impl Iterator<Item = (&'a Place, &'a List)> {
    analysis.catalogue.places.values().flat_map(|place| place.lists.values().map(move |list| (place, list)))
}

fn ordinals(analysis: &Analysis<'_>, findings: &mut Findings) {
    for (_, list) in lists(analysis) {
        for (at, now) in list.editions.iter().enumerate() {
            let contradicts = |before: &&Edition| contradiction(before, now).is_some();
            // The nearest one is enough: one wrong number would contradict every edition before.
            let Some(before) = list.editions[..at].iter().rev().find(contradicts) else { continue };
            contradiction(before, now).into_iter().for_each(|finding| findings.push(finding));
        }
    }
}

/// A second edition of a province is followed by second editions of its places, which say so.
fn unnumbered(analysis: &Analysis<'_>, findings: &mut Findings) {
    for (_, list) in lists(analysis) {
        for edition in list.standing().filter(|edition| edition.ordinal.is_none()) {
            let above = edition.measured_against.as_ref();
            let above = above.and_then(|address| analysis.catalogue.edition(&address.value));
            let Some((above, number)) = above.and_then(|above| Some((above, above.edition.ordinal?))) else {
                continue;
            };
            if number < 2 {
                continue;
            }
            let at = above.edition.ordinal_at.unwrap_or(above.edition.span);
            let message = text!(
                "没有写第几版；对照的清单是第 {number} 版",
                "it does not say which edition it is; the list it is measured against is edition {number}"
            );
            findings.push(
                Finding::new(&MISSING_ORDINAL, edition.span, message)
                    .label(at, text!("上级清单的版次在这里", "the number of the edition above"))
                    .help(text!(
                        "加上 ⟦ordinal:⟧ {number}；本地没有出过第一版的，照文件标题写",
                        "add ⟦ordinal:⟧ {number}, or what the title of the document says if there was no first edition here"
                    )),
            );
        }
    }
}

/// Reports an edition whose number contradicts that of one that came out before it.
fn contradiction(before: &Edition, now: &Edition) -> Option<Finding> {
    // A copy that a file manager made is reported for its name.
    if [before, now].iter().any(|edition| !is_address_part(&edition.id)) {
        return None;
    }
    let (first, second) = (before.ordinal?, now.ordinal?);
    let day = |edition: &Edition| edition.came_out().map(|(_, date)| date.value);
    let is_later = day(before).zip(day(now)).is_some_and(|(before, now)| before < now);
    if first < second || (first > second && !is_later) {
        return None;
    }
    let (old, new) = (&before.id, &now.id);
    let message = if first == second {
        text!(
            "{new} 版和 {old} 版都是第 {second} 版",
            "editions {new} and {old} both have the ordinal {second}"
        )
    } else {
        text!(
            "{new} 版比 {old} 版晚发布，却是第 {second} 版，排在第 {first} 版之前",
            "edition {new} came out after {old}, and its ordinal {second} comes before {first}"
        )
    };
    let at = now.ordinal_at.unwrap_or(now.span);
    let finding = Finding::new(&CONTRADICTORY_ORDINALS, at, message).label(
        before.ordinal_at.unwrap_or(before.span),
        text!("另一版的序号在这里", "the ordinal of the other edition"),
    );
    Some(finding.help(text!(
        "核实两版的日期和⟦ordinal⟧：后一版的序号要大；同一天发布的，序号大的是现行版",
        "check the dates and the ⟦ordinal⟧ of both: the later one has the higher; of two issued on one day the higher is in force"
    )))
}

fn undated(analysis: &Analysis<'_>, findings: &mut Findings) {
    let frozen = &analysis.catalogue.frozen;
    for (place, list) in lists(analysis) {
        for edition in list.editions.iter().filter(|edition| !edition.lost) {
            let address = EditionRef { place, list, edition }.address();
            let Some((at, service)) = frozen.uncorrected(&address, edition) else { continue };
            let day = frozen.last_day(&address).unwrap_or_default();
            let (of_zh, of_en) = match &service {
                Some(id) => (format!("“{id}”里"), format!("something of {id}")),
                None => (String::new(), "something".to_owned()),
            };
            let message = text!(
                "{address} {of_zh}可以更正的内容在 {day} 以后改过，没有写明更正",
                "{of_en} that may be corrected in {address} has changed since {day}, and no correction says so"
            );
            findings.push(Finding::new(&UNDATED_CORRECTION, at, message).help(text!(
                "写一条更正：qingdan edition correct {address} \"更正了什么\"；不是有意改的，改回去",
                "record it: `qingdan edition correct {address} \"what was corrected\"`; if it was not meant, restore it"
            )));
        }
    }
}

fn filed_first(analysis: &Analysis<'_>, findings: &mut Findings) {
    for (place, list) in lists(analysis) {
        for edition in list.editions.iter().filter(|edition| edition.status == EditionStatus::Issued) {
            let address = EditionRef { place, list, edition }.address();
            // Earlier versions sealed the file with the day of filing in it.
            let known = analysis.catalogue.frozen.get(&address).filter(|known| known.stated.is_some());
            let (Some(known), Some(filed)) = (known, edition.dates.get("filed")) else { continue };
            let Ok(frozen) = Date::parse(&known.frozen) else { continue };
            if frozen <= filed.value {
                continue;
            }
            let day = filed.value;
            let message = text!(
                "{address} 在 {day} 备案，{frozen} 才冻结：备案的是不是这一份，记录证明不了",
                "{address} was filed on {day} and frozen on {frozen}: the record does not show that this is what was filed"
            );
            findings.push(Finding::new(&FROZEN_AFTER_FILING, filed.span, message).help(text!(
                "用备案材料核对：qingdan verify 备案文件夹 清单目录；下一版先冻结（edition issue），再导出、报送备案材料",
                "hold it against what was filed: `qingdan verify PACK CATALOGUE`; next time freeze first (`edition issue`), then export and file"
            )));
        }
    }
}
