//! Who writes to whom: the office that lists are filed with, and its counterpart in a place.

use super::Context;
use crate::catalogue::{Catalogue, Certainty, Place};
use crate::coverage::Coverage;
use crate::diagnostic::{Message, UiLang};
use crate::lang::{LangCode, Localized};

/// Returns the office that asks about a list: of the place of the baseline, that which lists are filed with.
/// `None` if the rulebook names none.
pub fn sender(catalogue: &Catalogue, coverage: &Coverage<'_>) -> Option<Message> {
    let (keeper, to) = filed_with(catalogue, coverage.baseline.place)?;
    match function(catalogue, keeper, to) {
        Some(function) => body(catalogue, coverage.baseline.place, function),
        None if keeper.path == coverage.baseline.place.path => Some(both(keeper, to)),
        None => None,
    }
}

/// Returns the office that is asked: the counterpart of the one that asks in the place of the list. `None` if
/// nobody has confirmed it.
pub(super) fn recipient(catalogue: &Catalogue, coverage: &Coverage<'_>) -> Option<Message> {
    let (keeper, to) = filed_with(catalogue, coverage.baseline.place)?;
    body(catalogue, coverage.local.place, function(catalogue, keeper, to)?)
}

/// Returns the office that the lists of a place are filed with. `None` if the rules name none.
pub(super) fn filed_with_office(catalogue: &Catalogue, place: &Place) -> Option<Message> {
    let (keeper, to) = filed_with(catalogue, place)?;
    let named = function(catalogue, keeper, to).and_then(|function| body(catalogue, keeper, function));
    Some(named.unwrap_or_else(|| both(keeper, to)))
}

/// Returns the office that files the lists of a place: the counterpart there of the one they are filed with. `None` if nobody
/// has confirmed it, or the place files with itself.
pub(super) fn counterpart_of_filing(catalogue: &Catalogue, place: &Place) -> Option<Message> {
    let (keeper, to) = filed_with(catalogue, place)?;
    if keeper.path == place.path {
        return None;
    }
    body(catalogue, place, function(catalogue, keeper, to)?)
}

/// Returns the nearest place from `place` upwards whose rules name an office to file with, and that office.
fn filed_with<'a>(catalogue: &'a Catalogue, place: &'a Place) -> Option<(&'a Place, &'a Localized)> {
    let newest = place.rulebook.iter().rev().find_map(|rule| rule.filing_to.as_ref());
    match newest {
        Some(to) => Some((place, to)),
        None => filed_with(catalogue, catalogue.parent(&place.path)?),
    }
}

/// Returns the function that the body called `name` carries out in `place`.
fn function<'a>(catalogue: &'a Catalogue, place: &Place, name: &Localized) -> Option<&'a str> {
    let wanted = both(place, name).zh;
    let mut functions = catalogue.vocabulary.departments.iter().map(|known| known.id.value.as_str());
    functions.find(|id| body(catalogue, place, id).is_some_and(|known| known.zh == wanted))
}

/// Returns the full name of the body that carries out a function in a place, if somebody confirmed it.
fn body(catalogue: &Catalogue, place: &Place, function: &str) -> Option<Message> {
    let known = catalogue.counterpart(place, function)?;
    (known.certainty != Certainty::ToBeConfirmed).then(|| both(place, known.full_name.unwrap_or(known.name)))
}

/// Returns the name of a body with that of its place.
fn both(place: &Place, name: &Localized) -> Message {
    let of = |text: &Localized, lang: &str| text.for_reader(&LangCode::new(lang)).1.to_owned();
    let short = place.short();
    Message {
        zh: in_chinese(&of(&place.name, "zh"), &of(short, "zh"), &of(name, "zh")),
        en: in_english(&of(short, "en"), &of(name, "en")),
    }
}

/// Words that a place ends in and the short name of its bodies begins with, the longer before those they end in.
const TIERS: &[&str] = &["自治区", "兵团", "省", "市", "州", "盟", "县", "区", "旗"];

/// Joins 厦门市 and 民政局, 福建省 and 省民政厅.
fn in_chinese(place: &str, short: &str, body: &str) -> String {
    // 兵团民政局 begins with the short name of 新疆生产建设兵团, which is a word for its tier.
    if body.starts_with(short) && !TIERS.contains(&short) {
        return body.to_owned();
    }
    let rest = TIERS.iter().find(|tier| place.ends_with(**tier) && body.starts_with(**tier));
    let rest = rest.map_or(body, |tier| &body[tier.len()..]);
    format!("{place}{rest}")
}

fn in_english(place: &str, body: &str) -> String {
    if body.contains(place) { body.to_owned() } else { format!("{body}, {place}") }
}

/// Returns how a letter speaks to a place: 你市, 你县.
pub(super) fn you(place: &Place, context: &Context<'_>) -> String {
    let name = place.name.for_reader(&LangCode::new("zh")).1;
    let tier = name.chars().next_back().filter(|tier| "省市州盟县区旗".contains(*tier)).unwrap_or('地');
    match context.lang {
        UiLang::Zh => format!("你{tier}"),
        UiLang::En => context.text(place.short()).to_owned(),
    }
}

/// Returns how the office of a place speaks of it: 我市, 我县.
pub(super) fn we(place: &Place) -> Message {
    let name = place.name.for_reader(&LangCode::new("zh")).1;
    let tier = name.chars().next_back().filter(|tier| "省市州盟县区旗".contains(*tier)).unwrap_or('地');
    let en = place.short().for_reader(&LangCode::new("en")).1.to_owned();
    Message { zh: format!("我{tier}"), en }
}

#[cfg(test)]
mod tests {
    use super::in_chinese;

    #[test]
    fn a_body_is_called_with_its_place_once() {
        for (place, short, body, full) in [
            ("厦门市", "厦门", "民政局", "厦门市民政局"),
            ("福建省", "福建", "省民政厅", "福建省民政厅"),
            ("福建省", "福建", "福建省民政厅", "福建省民政厅"),
            ("平潭综合实验区", "平潭", "社会事业局", "平潭综合实验区社会事业局"),
            ("北京市", "北京", "市民政局", "北京市民政局"),
            ("广西壮族自治区", "广西", "自治区民政厅", "广西壮族自治区民政厅"),
            ("新疆生产建设兵团", "兵团", "兵团民政局", "新疆生产建设兵团民政局"),
        ] {
            assert_eq!(in_chinese(place, short, body), full);
        }
    }
}
