//! The catalogue that tables are imported into, and the table of the Fujian list.

use std::collections::BTreeMap;
use std::path::Path;

use qingdan::catalogue::{self, Catalogue, Edition, PlacePath};
use qingdan::compare::Verdict;
use qingdan::coverage::cover;
use qingdan::diagnostic::{Findings, Level};
use qingdan::import::{self, Imported, Keys, Target, Told};
use qingdan::pipeline::Outcome;
use qingdan::render;
use qingdan::source::SourceTree;

/// The baseline of every test.
pub const BASELINE: &str = "fujian/migrant-children/2025";

/// The content that is shipped.
pub fn content() -> Catalogue {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let mut findings = Findings::new();
    let sources =
        SourceTree::read(&root, render::default_theme(), &mut findings).expect("the content is there");
    catalogue::read(&sources, &mut findings).expect("the content can be read")
}

/// The Fujian list.
pub fn baseline(content: &Catalogue) -> &Edition {
    content.edition(BASELINE).expect("the list is there").edition
}

/// What is held against the baseline, of no place yet.
pub fn target(content: &Catalogue, keys: Keys) -> Target<'_> {
    let baseline = Some((baseline(content), BASELINE));
    Target { catalogue: content, place: None, ordinal: 1, address: None, baseline, keys }
}

/// Imports a file for Xiamen.
pub fn import(content: &Catalogue, name: &str, bytes: &[u8]) -> Result<Imported, String> {
    import_with(content, name, bytes, Keys::English)
}

pub fn import_with(content: &Catalogue, name: &str, bytes: &[u8], keys: Keys) -> Result<Imported, String> {
    let place = content.places.get(&PlacePath::new("fujian/xiamen"));
    let target = Target { place, ordinal: 2, ..target(content, keys) };
    import::import(name, bytes, &target, &Told::default()).map_err(|reason| reason.zh)
}

/// What was noticed, in Chinese: `where: what`.
pub fn notes(imported: &Imported) -> Vec<String> {
    imported.notes.iter().map(|note| format!("{}: {}", note.at.zh, note.what.zh)).collect()
}

/// Ids of the services taken over, in order.
pub fn adopted(imported: &Imported) -> Vec<String> {
    let lines = imported.yaml.lines().filter_map(|line| line.trim().strip_prefix("- adopts: "));
    lines.map(str::to_owned).collect()
}

/// The verdicts on the baseline's provisions that an imported edition answers, by their addresses.
pub fn verdicts(imported: &Imported) -> Vec<(String, Verdict)> {
    let outcome = with(imported);
    let catalogue = outcome.catalogue.as_ref().expect("the content can be read");
    let issue = catalogue.edition("fujian/xiamen/migrant-children/2027").expect("it was just written");
    let coverage = cover(catalogue, issue, None).expect("it names a baseline");
    let provisions = coverage.services.iter().flat_map(|service| &service.provisions);
    let answered = provisions.filter(|known| !known.covered_by.is_empty());
    answered.map(|known| (known.baseline.address(), known.verdict)).collect()
}

/// The names and codes of errors that the shipped content has with an imported edition in it.
pub fn errors_with(imported: &Imported) -> Vec<String> {
    let outcome = with(imported);
    let errors = outcome.findings.iter().filter(|finding| finding.level == Level::Error);
    errors.map(|finding| format!("{} {}", finding.code.id, finding.message.zh)).collect()
}

/// The shipped content with an imported edition in it.
fn with(imported: &Imported) -> Outcome {
    let folder = tempfile::tempdir().expect("there is room for temporary files");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    super::copy(&root, folder.path());
    let path = folder.path().join("fujian/xiamen/migrant-children/2027.yaml");
    std::fs::write(path, &imported.yaml).expect("the folder was just made");
    let today = qingdan::date::Date::parse("2027-01-01").expect("a real day");
    let request = qingdan::pipeline::Request::whole(today);
    qingdan::pipeline::prepare(folder.path(), &request, &|_| {}).expect("the content can be read")
}

/// One row of the official table: area, number, audience, service, content, departments.
pub type Row = [String; 6];

/// The Fujian list as rows, departments by the names they have in a prefecture.
pub fn rows(content: &Catalogue) -> Vec<Row> {
    let place = &content.places[&PlacePath::new("fujian/xiamen")];
    let areas: BTreeMap<&str, &str> = content
        .vocabulary
        .areas
        .iter()
        .map(|area| (area.id.value.as_str(), area.name.reference().value.as_str()))
        .collect();
    let row = |service: &catalogue::Service| {
        let body = &service.body;
        let mut names: Vec<&str> = body
            .departments
            .iter()
            .filter_map(|id| content.counterpart(place, &id.value))
            .map(|body| body.name.reference().value.as_str())
            .collect();
        names.dedup();
        [
            areas[body.area.value.as_str()].to_owned(),
            service.number.value.to_string(),
            body.audience.text.reference().value.clone(),
            body.title.reference().value.clone(),
            body.content.reference().value.clone(),
            names.join("、"),
        ]
    };
    baseline(content).services.iter().map(row).collect()
}

/// The heads of the official table: the two columns on the left have none.
pub const HEADS: [&str; 6] = ["", "", "服务对象", "服务项目", "服务内容", "责任部门"];
