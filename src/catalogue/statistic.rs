//! What figures about persons lack before they may be published.

pub use crate::schema::tables::{Approval, Consent, Statistic, StatisticsKind, StatisticsTable};

use crate::date::Date;

/// What a publication of figures lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lack {
    /// The approval, or its day has not come.
    Approval,
    /// The office that publishes them.
    Publisher,
    /// The consent of this department for figures of this kind.
    Consent(StatisticsKind, &'static str),
}

/// Returns the department that has to agree before figures of a kind are published, if one has to.
///
/// Source: 闽民童〔2024〕108号 四（二）: enrolment is asked of education; residence permits, health management, medical
/// insurance and disability of the police, health, healthcare security and the disabled persons' federation.
pub fn consent_for(kind: StatisticsKind) -> Option<&'static str> {
    match kind {
        StatisticsKind::Enrolment => Some("education"),
        StatisticsKind::Residence => Some("public-security"),
        StatisticsKind::Health => Some("health"),
        StatisticsKind::Insurance => Some("healthcare-security"),
        StatisticsKind::Disability => Some("disabled-persons-federation"),
        StatisticsKind::Total => None,
    }
}

/// Returns what figures lack on a day before they may be published; nothing if they may.
pub fn lacks(figures: &Statistic, today: Date) -> Vec<Lack> {
    let approval = figures.approval.as_ref();
    let is_approved =
        approval.is_some_and(|approval| approval.on.as_ref().is_none_or(|on| on.value <= today));
    let mut lacks: Vec<Lack> = Vec::new();
    lacks.extend((!is_approved).then_some(Lack::Approval));
    lacks.extend(figures.publisher.is_none().then_some(Lack::Publisher));
    for kind in figures.tables.iter().flat_map(|table| &table.kind) {
        let Some(department) = consent_for(*kind) else { continue };
        let agreed = |consent: &Consent| consent.department.value == department && consent.on.value <= today;
        let lack = Lack::Consent(*kind, department);
        if !figures.consents.iter().any(agreed) && !lacks.contains(&lack) {
            lacks.push(lack);
        }
    }
    lacks
}

/// Tells whether figures may be published on a day, and every row of their tables has a number for every column.
pub fn may_be_published(figures: &Statistic, today: Date) -> bool {
    lacks(figures, today).is_empty() && figures.tables.iter().all(StatisticsTable::is_whole)
}
