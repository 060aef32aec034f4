//! The texts of what a place has besides its lists, each with its address. Official texts are not among them: they are
//! quoted, not translated.

use super::texts::{Visit, each_sourced, some};
use super::{Duty, Form, Place, ReportingRule, Statistic};

/// Calls `visit` for every text that can be translated of duties, rules of reporting, danger, forms and figures.
pub(super) fn each_in_parts(place: &Place, visit: &mut Visit<'_>) {
    let path = &place.path;
    for duty in &place.duties {
        each_in_duty(&|field| format!("{path}:duties/{}/{field}", duty.id.value), duty, visit);
    }
    for (number, rule) in place.reporting.iter().enumerate() {
        each_in_rule(&|field| format!("{path}:reporting/{number}/{field}"), rule, visit);
    }
    if let Some(danger) = &place.danger {
        for told in &danger.sources {
            visit(&|| format!("{path}:danger/{}/source", told.danger.value), &told.source);
        }
        let lines = [("tell", &danger.tell), ("then", &danger.then), ("report", &danger.report)];
        each_sourced(&|field| format!("{path}:danger/{field}"), lines, visit);
    }
    for form in place.forms.values() {
        each_in_form(&|field| format!("{path}:forms/{}/{field}", form.id), form, visit);
    }
    for statistic in &place.statistics {
        let id = &statistic.id.value;
        each_in_statistic(&|field| format!("{path}:statistics/{id}/{field}"), statistic, visit);
    }
}

fn each_in_duty(at: &dyn Fn(&str) -> String, duty: &Duty, visit: &mut Visit<'_>) {
    visit(&|| at("what"), &duty.what);
    some(visit, &|| at("to"), duty.to.as_ref());
    some(visit, &|| at("when"), duty.when.text.as_ref());
    visit(&|| at("source"), &duty.source);
    for (number, bearer) in duty.bearer.iter().enumerate().filter(|(_, name)| name.iter().nth(1).is_some()) {
        visit(&|| at(&format!("bearer/{number}")), bearer);
    }
}

fn each_in_rule(at: &dyn Fn(&str) -> String, rule: &ReportingRule, visit: &mut Visit<'_>) {
    visit(&|| at("who"), &rule.who);
    for (number, what) in rule.of.iter().enumerate() {
        visit(&|| at(&format!("of/{number}")), what);
    }
    visit(&|| at("to"), &rule.to);
    some(visit, &|| at("how_soon"), rule.how_soon.as_ref());
    some(visit, &|| at("told_back"), rule.told_back.as_ref());
    visit(&|| at("source"), &rule.source);
}

/// The lines above the table stand as they are printed.
fn each_in_form(at: &dyn Fn(&str) -> String, form: &Form, visit: &mut Visit<'_>) {
    visit(&|| at("title"), &form.title);
    some(visit, &|| at("annex"), form.annex.as_ref());
    visit(&|| at("source"), &form.source);
    for (number, section) in form.sections.iter().enumerate() {
        let at = |field: &str| at(&format!("sections/{number}/{field}"));
        some(visit, &|| at("title"), section.title.as_ref());
        for (row, cells) in section.rows.iter().enumerate() {
            for (cell, field) in cells.iter().enumerate() {
                let at = |part: &str| at(&format!("{row}/{cell}/{part}"));
                some(visit, &|| at("label"), field.label.as_ref());
                some(visit, &|| at("why"), field.why.as_ref());
                for (option, text) in field.options.iter().enumerate() {
                    visit(&|| at(&format!("options/{option}")), text);
                }
            }
        }
    }
    for (number, note) in form.notes.iter().enumerate() {
        visit(&|| at(&format!("notes/{number}")), note);
    }
}

fn each_in_statistic(at: &dyn Fn(&str) -> String, statistic: &Statistic, visit: &mut Visit<'_>) {
    visit(&|| at("title"), &statistic.title);
    some(visit, &|| at("source"), statistic.source.as_ref());
    some(visit, &|| at("publisher"), statistic.publisher.as_ref());
    for (number, table) in statistic.tables.iter().enumerate() {
        let at = |field: &str| at(&format!("tables/{number}/{field}"));
        visit(&|| at("title"), &table.title);
        for (column, name) in table.columns.iter().enumerate() {
            visit(&|| at(&format!("columns/{column}")), name);
        }
        for (row, line) in table.rows.iter().enumerate() {
            visit(&|| at(&format!("rows/{row}")), &line.label);
        }
    }
}
