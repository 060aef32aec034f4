//! From one edition to the next: nothing gets lower unnoticed, names are kept, baselines are current.

use std::collections::BTreeSet;

use crate::analysis::Analysis;
use crate::catalogue::{EditionRef, EditionStatus, Service};
use crate::check::Check;
use crate::codes;
use crate::compare::offers;
use crate::coverage::Coverage;
use crate::diagnostic::{Finding, Findings};
use crate::history::{Change, ChangeKind, Item};
use crate::span::Spanned;
use crate::text;

codes! {
    /// An edition that is lower than the one before.
    WEAKER_THAN_BEFORE = "QD7101", "weaker-than-before", Warning, adjustable, "0.1.0",
        "新版低于上一版", "An edition is lower than the one before";
    /// A former id that the edition before does not have.
    UNKNOWN_FORMER_ID = "QD7102", "unknown-former-id", Warning, adjustable, "0.1.0",
        "以前的编号在上一版里找不到", "A former id that the edition before does not have";
    /// An edition measured against one that was replaced.
    OUTDATED_BASELINE = "QD7103", "outdated-baseline", Warning, adjustable, "0.1.0",
        "对照的上级清单已有新版", "The edition it is measured against was replaced";
    /// An issued edition that is not frozen.
    UNFROZEN_EDITION = "QD7104", "unfrozen-edition", Warning, adjustable, "0.1.0",
        "已发布的版次还没有冻结", "An issued edition is not frozen";
    /// An edition that was frozen and of which the record is gone.
    LOST_RECORD = "QD7105", "lost-record", Error, fixed, "0.1.0",
        "冻结过的版次，记录不见了", "The record of a frozen edition is gone";
}

/// What is checked, in this order.
pub const CHECKS: &[Check] = &[weaker, former_ids, baselines, unfrozen, records];

/// Returns each edition that stands with the one before it, if neither has mistakes.
fn with_predecessor<'a>(
    analysis: &Analysis<'a>,
    findings: &Findings,
) -> Vec<(EditionRef<'a>, EditionRef<'a>)> {
    let mut pairs = Vec::new();
    for place in analysis.catalogue.places.values() {
        for list in place.lists.values() {
            for edition in list.standing() {
                let Some(before) = list.predecessor(&edition.id) else { continue };
                if ![before, edition].iter().any(|edition| findings.has_error_in(edition.span.file)) {
                    pairs.push((
                        EditionRef { place, list, edition: before },
                        EditionRef { place, list, edition },
                    ));
                }
            }
        }
    }
    pairs
}

fn weaker(analysis: &Analysis<'_>, findings: &mut Findings) {
    for (before, now) in with_predecessor(analysis, findings) {
        let coverage = analysis.coverage(now);
        let diff = analysis.changes(now, false).or_else(|| analysis.changes(now, true));
        let lower = |kind| matches!(kind, ChangeKind::Weaker | ChangeKind::Removed);
        for change in diff.iter().flat_map(|diff| &diff.changes).filter(|change| lower(change.kind)) {
            let follows = match (&change.old, &change.new) {
                (Some(old), None) => follows_from_above(old, coverage),
                (_, Some(new)) => new.service.adopted.is_some(),
                (None, None) => false,
            };
            if !follows {
                findings.push(lower_than_before(change, &before, &now));
            }
        }
    }
}

/// Tells whether something is gone because the baseline has changed, or because another provision answers
/// the baseline now; a service as a whole is told by its provisions.
fn follows_from_above(old: &Item<'_>, coverage: Option<&Coverage<'_>>) -> bool {
    let Some(provision) = old.provision else { return true };
    let Some(coverage) = coverage else { return false };
    let answered: Vec<String> = match &old.service.adopted {
        Some(from) => vec![format!("{}/{}", from.service.value, provision.id.value)],
        None => provision.covers.iter().map(|address| address.value.clone()).collect(),
    };
    // What the baseline has split, merged or moved since is still due, under another id.
    let above = coverage.baseline;
    let now: Vec<String> =
        answered.iter().flat_map(|address| above.list.now(above.edition, address)).collect();
    let known = coverage.services.iter().flat_map(|service| &service.provisions);
    let still_due = known.filter(|known| now.contains(&known.baseline.address()));
    !answered.is_empty() && still_due.into_iter().all(|known| !known.verdict.is_lower())
}

fn lower_than_before(change: &Change<'_>, before: &EditionRef<'_>, now: &EditionRef<'_>) -> Finding {
    let (address, id) = (change.item().address(), &before.edition.id);
    let (zh, en) = (&change.reason.zh, &change.reason.en);
    let at = change.new.as_ref().map_or(now.edition.span, Item::at);
    let finding = Finding::new(
        &WEAKER_THAN_BEFORE,
        at,
        text!("比 {id} 版低。{address}：{zh}", "lower than in edition {id}. {address}: {en}"),
    );
    let finding = match &change.old {
        Some(old) => finding.label(old.at(), text!("上一版在这里", "in the edition before")),
        None => finding,
    };
    finding.help(text!(
        "确实要降低的，请在说明里写明依据；不是的，请改回上一版的水平",
        "if it is meant to be lower, say on what ground in a note; if not, restore what the last edition gave"
    ))
}

fn former_ids(analysis: &Analysis<'_>, findings: &mut Findings) {
    for (before, now) in with_predecessor(analysis, findings) {
        let services: BTreeSet<&str> =
            before.edition.services.iter().map(|service| service.id.value.as_str()).collect();
        let provisions: BTreeSet<String> = offers(before).map(|offer| offer.address()).collect();
        for service in now.edition.services.iter().filter(|service| !service.inherited) {
            if let Some(was) = &service.was
                && !services.contains(was.value.as_str())
            {
                let near = crate::schema::nearest(&was.value, services.iter().copied());
                findings.push(unknown_former(was, near, &before.edition.id));
            }
            for provision in service.body.provisions.iter().filter(|_| service.adopted.is_none()) {
                for was in &provision.was {
                    former_provision(was, (service, &now), &provisions, &before.edition.id, findings);
                }
            }
        }
    }
}

/// Reports what a provision says that it was, if the edition before has no such provision: one of its own
/// service, under the name it had, or of the service that is named.
fn former_provision(
    was: &Spanned<String>,
    (service, now): (&Service, &EditionRef<'_>),
    known: &BTreeSet<String>,
    edition: &str,
    findings: &mut Findings,
) {
    let (home, id) = was.value.split_once('/').unwrap_or((&service.id.value, &was.value));
    let current = now.edition.services.iter().find(|service| service.id.value == home);
    let former = current.and_then(|service| service.was.as_ref()).map(|was| was.value.as_str());
    let mut names = std::iter::once(home).chain(former);
    if names.any(|name| known.contains(&format!("{name}/{id}"))) {
        return;
    }
    // One of this name in another service has moved.
    let same = known.iter().find(|address| address.split_once('/').is_some_and(|(_, own)| own == id));
    let homes = [Some(home), former];
    let own = known.iter().filter_map(|address| {
        let (service, own) = address.split_once('/')?;
        (!was.value.contains('/') && homes.contains(&Some(service))).then_some(own)
    });
    let near = same
        .map(String::as_str)
        .or_else(|| crate::schema::nearest(&was.value, own))
        .or_else(|| crate::schema::nearest(&was.value, known.iter().map(String::as_str)));
    findings.push(unknown_former(was, near, edition));
}

fn unknown_former(was: &Spanned<String>, near: Option<&str>, edition: &str) -> Finding {
    let id = &was.value;
    let help = match near {
        Some(near) => text!("是不是“{near}”？", "did you mean `{near}`?"),
        None => text!(
            "写上一版里的编号，没有改过编号就删去这一行",
            "write the id of the edition before, or delete the line if the id did not change"
        ),
    };
    Finding::new(
        &UNKNOWN_FORMER_ID,
        was.span,
        text!("{edition} 版里没有“{id}”", "edition {edition} has no `{id}`"),
    )
    .help(help)
}

fn baselines(analysis: &Analysis<'_>, findings: &mut Findings) {
    for place in analysis.catalogue.places.values() {
        for list in place.lists.values() {
            let Some(edition) = list.standing().last() else { continue };
            let Some(address) = &edition.measured_against else { continue };
            let Some(above) = analysis.catalogue.edition(&address.value) else { continue };
            let Some(newer) = above.list.successor(&above.edition.id) else { continue };
            let newest = EditionRef { edition: newer, ..above }.address();
            let (old, here) = (&address.value, &place.path);
            findings.push(
                Finding::new(&OUTDATED_BASELINE, address.span, text!("{old} 已被 {newest} 取代", "{old} was replaced by {newest}"))
                    .label(newer.span, text!("新版在这里", "the newer edition"))
                    .help(text!(
                        "看看按新版会缺什么：qingdan coverage {here} --against {newest}；再用 qingdan edition new 起草新版",
                        "see what would be missing: qingdan coverage {here} --against {newest}; then start a new edition with `qingdan edition new`"
                    )),
            );
        }
    }
}

/// An edition that says it was frozen has its record: taking the record out would let it be changed.
fn records(analysis: &Analysis<'_>, findings: &mut Findings) {
    // Of a lock file that was changed that is said already.
    if analysis.catalogue.frozen.is_broken() {
        return;
    }
    for place in analysis.catalogue.places.values() {
        for (list, edition) in
            place.lists.values().flat_map(|list| list.editions.iter().map(move |e| (list, e)))
        {
            let address = EditionRef { place, list, edition }.address();
            let Some(frozen) = &edition.frozen else { continue };
            if analysis.catalogue.frozen.get(&address).is_some() {
                continue;
            }
            let day = frozen.value;
            let message = text!(
                "{address} 写着已在 {day} 冻结，editions.lock 里却没有它：有没有被改动，看不出来",
                "{address} says that it was frozen on {day}, and editions.lock does not have it: whether it was changed cannot be told"
            );
            findings.push(Finding::new(&LOST_RECORD, frozen.span, message).help(text!(
                "从备份或版本库里恢复 editions.lock；冻结时被打断、从没记下的，删去这一行，再运行 qingdan edition issue {address}",
                "restore editions.lock from a backup or the repository; if freezing was interrupted before it was recorded, delete this line and run `qingdan edition issue {address}` again"
            )));
        }
    }
}

fn unfrozen(analysis: &Analysis<'_>, findings: &mut Findings) {
    let frozen = &analysis.catalogue.frozen;
    let open = analysis.catalogue.editions().filter(|shown| shown.edition.status == EditionStatus::Issued);
    let open = open.filter(|shown| shown.edition.frozen.is_none());
    let open: Vec<EditionRef<'_>> = open.filter(|shown| frozen.get(&shown.address()).is_none()).collect();
    // Who freezes nothing yet hears it once.
    let said = if frozen.is_empty() { 1 } else { open.len() };
    for shown in open.iter().take(said) {
        let address = shown.address();
        let message = match open.len() {
            count if said == 1 && count > 1 => text!(
                "{count} 个已发布的版次（例如 {address}）没有冻结，以后被改动也看不出来",
                "{count} issued editions, such as {address}, are not frozen: a later change would go unnoticed"
            ),
            _ => text!(
                "{address} 已发布，但没有冻结，以后被改动也看不出来",
                "{address} is issued and not frozen: a later change would go unnoticed"
            ),
        };
        findings.push(Finding::new(&UNFROZEN_EDITION, shown.edition.span, message).help(text!(
            "核对无误后运行 qingdan edition issue {address}",
            "check it once more and run `qingdan edition issue {address}`"
        )));
    }
}
