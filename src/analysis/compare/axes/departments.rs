//! Who is responsible: bodies compare through the table of counterparts, never by name.

use std::collections::BTreeSet;

use super::{Axis, Compare, Judgement};
use crate::catalogue::{Certainty, Place};
use crate::compare::offer::listed;
use crate::compare::{Offer, Side, Step, Terms};
use crate::diagnostic::Message;
use crate::schema::{KeyLanguage, VocabularyKind};
use crate::text;

pub(super) const AXIS: Axis =
    Axis { name: "departments", zh: "责任部门", en: "departments", compare: Compare::Together(compare) };

fn compare(axis: &Axis, above: Offer<'_>, local: &[Offer<'_>], terms: &Terms<'_>) -> Vec<Step> {
    let Some(place) = local.first().map(|offer| offer.place) else { return Vec::new() };
    let wanted = above.departments();
    let own: BTreeSet<&str> = local.iter().flat_map(Offer::departments).collect();
    let here: BTreeSet<&str> = own.iter().map(|id| body(terms, place, id)).collect();
    let lost: Vec<&str> =
        wanted.iter().copied().filter(|id| !here.contains(body(terms, place, id))).collect();
    if lost.is_empty() {
        return Vec::new();
    }
    let Message { zh, en } = names(terms, place, lost.iter().copied());
    let judgement = Judgement::lower(
        text!(
            "上级的责任部门在本地对应{zh}，本地的清单没有列",
            "the counterpart of a department responsible above, {en}, is not responsible here"
        ),
        text!(
            "在⟦departments⟧里补上 {ids}；如果本地由别的单位承担，在 place.yaml 的部门（departments）里写明对口部门",
            "add {ids} to ⟦departments⟧; if another body does it here, name it as the counterpart in place.yaml",
            ids = written(terms, place, &lost)
        ),
    );
    vec![axis.step(judgement, side(terms, above.place, &wanted), side(terms, place, &own))]
}

/// Returns departments as the file that lacks them writes words: by their names here, or by their ids.
fn written(terms: &Terms<'_>, place: &Place, ids: &[&str]) -> String {
    let naming = terms.catalogue.naming(Some(place));
    let name = |id: &&str| match terms.keys {
        KeyLanguage::Chinese => naming.name(VocabularyKind::Departments, id).unwrap_or(id).to_owned(),
        KeyLanguage::English => (*id).to_owned(),
    };
    ids.iter().map(name).collect::<Vec<_>>().join(", ")
}

/// Returns the body that carries out a function in `place`: its name without a second one in brackets, so that
/// 社会事业局（疾控局） and 社会事业局 are one; the function itself where nobody has confirmed a body.
fn body<'a>(terms: &Terms<'a>, place: &'a Place, id: &'a str) -> &'a str {
    let known =
        terms.catalogue.counterpart(place, id).filter(|body| body.certainty != Certainty::ToBeConfirmed);
    let name = known.map(|body| body.name.reference().value.as_str());
    let name = name.and_then(|name| name.split(['（', '(']).next()).map(str::trim);
    name.filter(|name| !name.is_empty()).unwrap_or_else(|| place.body_of(id))
}

fn names<'a>(terms: &Terms<'_>, place: &Place, ids: impl Iterator<Item = &'a str>) -> Message {
    listed(ids.map(|id| terms.department(place, id)))
}

fn side(terms: &Terms<'_>, place: &Place, ids: &BTreeSet<&str>) -> Side {
    let value = ids.iter().copied().collect::<Vec<_>>().join(", ");
    Side { words: names(terms, place, ids.iter().copied()), value }
}
