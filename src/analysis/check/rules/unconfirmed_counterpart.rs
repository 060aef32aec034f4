//! Departments of a list whose counterpart in the place nobody has confirmed.

use std::collections::BTreeMap;

use crate::analysis::Analysis;
use crate::catalogue::Certainty;
use crate::check::Check;
use crate::codes;
use crate::diagnostic::{Finding, Findings};
use crate::span::Span;
use crate::text;

codes! {
    /// A counterpart that is to be confirmed.
    UNCONFIRMED_COUNTERPART = "QD3041", "unconfirmed-counterpart", Warning, adjustable, "0.1.0",
        "对口部门还没有确认", "A counterpart that nobody has confirmed";
}

/// What is checked, in this order.
pub const CHECKS: &[Check] = &[run];

fn run(analysis: &Analysis<'_>, findings: &mut Findings) {
    for place in analysis.catalogue.places.values() {
        let mut needed: BTreeMap<&str, Span> = BTreeMap::new();
        for list in place.lists.values() {
            let Some(edition) = list.current(true) else { continue };
            for service in &edition.services {
                for department in &service.body.departments {
                    let at = if service.adopted.is_some() { service.span } else { department.span };
                    needed.entry(&department.value).or_insert(at);
                }
            }
        }
        for (department, used) in needed {
            let Some(counterpart) = analysis.catalogue.counterpart(place, department) else { continue };
            if counterpart.certainty != Certainty::ToBeConfirmed {
                continue;
            }
            let at = place.departments.get(department).map_or(used, |(key, _)| key.span);
            let (path, name) = (&place.path, &counterpart.name.reference().value);
            findings.push(
                Finding::new(
                    &UNCONFIRMED_COUNTERPART,
                    at,
                    text!(
                        "{path} 的“{name}”由哪个部门负责，还没有确认",
                        "which body of {path} is responsible for {department} is not confirmed"
                    ),
                )
                .label(used, text!("这里的清单用到它", "this list needs it"))
                .help(text!(
                    "查实后在 place.yaml 的部门（departments）里写上名称和出处",
                    "find out, then write its name and source under `departments` in place.yaml"
                )),
            );
        }
    }
}
