//! Places as they are: which kind one is, and what its offices are called for it.
//!
//! A municipality has no provincial department, an autonomous region none of a province. Vocabularies say what their bodies
//! are called (`municipality`, `autonomous-region`, `corps` beside the tiers); where one does not, the name is worked out
//! from that of the province and marked as inferred.

use std::collections::BTreeMap;

use super::place::{PlaceKind, Tier};
use super::site::CodeSystem;
use super::vocabulary::{Certainty, Department, NamedBody};
use super::{Place, Vocabulary};
use crate::lang::{LangCode, Localized};
use crate::span::Spanned;

/// The first two digits of the codes of municipalities and of autonomous regions.
///
/// Source: GB/T 2260.
const MUNICIPALITIES: [&str; 4] = ["11", "12", "31", "50"];
const AUTONOMOUS_REGIONS: [&str; 5] = ["15", "45", "54", "64", "65"];
/// The third and fourth digits of places that stand directly under a province.
const DIRECTLY_UNDER: &str = "90";

impl Place {
    /// Returns what kind of place it is: as its file says, or as its code tells. `None` for an ordinary one.
    pub fn kind(&self, codes: CodeSystem) -> Option<PlaceKind> {
        if let Some(kind) = &self.file.kind {
            return Some(kind.value);
        }
        let code = self.code.value.as_str();
        let is_told = codes == CodeSystem::GbT2260 && code.len() == 6 && code.is_ascii();
        let digits = |from: usize, to: usize| code.get(from..to).filter(|_| is_told);
        match (self.tier.value, digits(0, 2)?, digits(2, 4)?) {
            (Tier::Province, province, _) if MUNICIPALITIES.contains(&province) => {
                Some(PlaceKind::Municipality)
            }
            (Tier::Province, province, _) if AUTONOMOUS_REGIONS.contains(&province) => {
                Some(PlaceKind::AutonomousRegion)
            }
            (Tier::County, province, _) if MUNICIPALITIES.contains(&province) => {
                Some(PlaceKind::OfMunicipality)
            }
            (Tier::County, _, DIRECTLY_UNDER) => Some(PlaceKind::OfProvince),
            (Tier::Prefecture, _, _) if !code.ends_with("00") => Some(PlaceKind::Zone),
            _ => None,
        }
    }
}

impl Vocabulary {
    /// Returns who usually carries out the function `id` in a place like `place`, whatever the place itself says.
    pub(super) fn usual_body<'a>(&'a self, place: &'a Place, id: &str) -> Option<&'a NamedBody> {
        place.of_kind.get(id).or_else(|| self.department(id)?.counterparts.get(&place.tier.value))
    }

    /// Returns the bodies that have other names in a place of this kind than elsewhere at its tier, by function.
    pub(super) fn bodies_of_kind(&self, kind: Option<PlaceKind>, tier: Tier) -> BTreeMap<String, NamedBody> {
        let Some(kind) = kind.filter(|_| tier == Tier::Province) else { return BTreeMap::new() };
        let body = |department: &Department| {
            let stated = department.variants.get(&kind).cloned();
            let body = stated.or_else(|| worked_out(kind, department.counterparts.get(&Tier::Province)?))?;
            Some((department.id.value.clone(), body))
        };
        self.departments.iter().filter_map(body).collect()
    }
}

/// Returns the body of a place of this kind by that of a province. `None` if it has no other name.
fn worked_out(kind: PlaceKind, body: &NamedBody) -> Option<NamedBody> {
    let of_province = body.name.as_ref()?;
    let reference = of_province.iter().find(|(_, text)| text.span == of_province.reference().span)?.0;
    let renamed = |(code, text): (&LangCode, &Spanned<String>)| {
        let name = match code.as_str() {
            "zh" => in_chinese(kind, &text.value)?,
            "en" => in_english(kind, &text.value)?,
            _ => return None,
        };
        Some((code.clone(), Spanned::new(name, text.span)))
    };
    let texts: BTreeMap<LangCode, Spanned<String>> = of_province.iter().filter_map(renamed).collect();
    let known = texts.contains_key(reference);
    let name = Localized::new(of_province.span, texts, reference).filter(|_| known)?;
    let certainty = match body.certainty {
        Certainty::Printed | Certainty::Inferred => Certainty::Inferred,
        Certainty::ToBeConfirmed => Certainty::ToBeConfirmed,
    };
    Some(NamedBody { name: Some(name), full_name: None, certainty, source: None, note: None })
}

/// Returns 市民政局, 自治区民政厅, 兵团民政局 for 省民政厅. `None` for a name that says nothing of a province.
fn in_chinese(kind: PlaceKind, name: &str) -> Option<String> {
    let (own, committee, league) = match kind {
        PlaceKind::Municipality => ("市", "市委", "团市委"),
        PlaceKind::AutonomousRegion => ("自治区", "自治区党委", "自治区团委"),
        PlaceKind::Corps => ("兵团", "兵团党委", "兵团团委"),
        PlaceKind::AutonomousPrefecture
        | PlaceKind::League
        | PlaceKind::Zone
        | PlaceKind::OfMunicipality
        | PlaceKind::OfProvince
        | PlaceKind::AutonomousCounty
        | PlaceKind::Banner => return None,
    };
    if name == "团省委" {
        return Some(league.to_owned());
    }
    if let Some(rest) = name.strip_prefix("省委") {
        return Some(format!("{committee}{rest}"));
    }
    let rest = name.strip_prefix('省')?;
    // Only provinces and autonomous regions have a 厅.
    let bureau = rest.strip_suffix('厅').filter(|_| kind != PlaceKind::AutonomousRegion);
    Some(bureau.map_or_else(|| format!("{own}{rest}"), |rest| format!("{own}{rest}局")))
}

/// Returns “Municipal Bureau of Civil Affairs” for “Provincial Department of Civil Affairs”.
fn in_english(kind: PlaceKind, name: &str) -> Option<String> {
    let own = match kind {
        PlaceKind::Municipality => "Municipal",
        PlaceKind::AutonomousRegion => "Regional",
        PlaceKind::Corps => "Corps",
        PlaceKind::AutonomousPrefecture
        | PlaceKind::League
        | PlaceKind::Zone
        | PlaceKind::OfMunicipality
        | PlaceKind::OfProvince
        | PlaceKind::AutonomousCounty
        | PlaceKind::Banner => return None,
    };
    let rest = name.strip_prefix("Provincial ")?;
    let bureau = rest.strip_prefix("Department of ").filter(|_| kind != PlaceKind::AutonomousRegion);
    Some(bureau.map_or_else(|| format!("{own} {rest}"), |what| format!("{own} Bureau of {what}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offices_are_called_what_the_place_calls_them() {
        for (name, city, region, corps) in [
            ("省民政厅", "市民政局", "自治区民政厅", "兵团民政局"),
            ("省卫健委", "市卫健委", "自治区卫健委", "兵团卫健委"),
            ("省委政法委", "市委政法委", "自治区党委政法委", "兵团党委政法委"),
            ("团省委", "团市委", "自治区团委", "兵团团委"),
            ("省高级人民法院", "市高级人民法院", "自治区高级人民法院", "兵团高级人民法院"),
        ] {
            assert_eq!(in_chinese(PlaceKind::Municipality, name).as_deref(), Some(city));
            assert_eq!(in_chinese(PlaceKind::AutonomousRegion, name).as_deref(), Some(region));
            assert_eq!(in_chinese(PlaceKind::Corps, name).as_deref(), Some(corps));
        }
        assert_eq!(in_chinese(PlaceKind::Banner, "省民政厅"), None);
        assert_eq!(in_chinese(PlaceKind::Municipality, "民政局"), None);
        let english = |kind| in_english(kind, "Provincial Department of Civil Affairs");
        assert_eq!(english(PlaceKind::Municipality).as_deref(), Some("Municipal Bureau of Civil Affairs"));
        assert_eq!(
            english(PlaceKind::AutonomousRegion).as_deref(),
            Some("Regional Department of Civil Affairs")
        );
    }
}
