//! The lists by the standards of others: what the table of the handbook says goes where is what the files have, and the
//! judges of the standards take the files.
//!
//! The judges are programs of others (`standards/judge.py`, with the packages of `standards/requirements.txt`): QINGDAN_JUDGES
//! names a Python that has them, as `tests/run` does; without it they are left out. STANDARDS names the folder of schemas.
#![allow(clippy::disallowed_methods, reason = "tests prepare and spoil files")]
#![allow(clippy::print_stderr, reason = "what is left out, and what the judges said, is for whoever runs it")]

#[path = "support/files.rs"]
mod files;
#[path = "support/program.rs"]
mod program;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;
use std::sync::OnceLock;

use files::Tree;
use qingdan_site::open::terms::{self, Mapping};
use serde_json::Value;

const SITE: &str = "https://lists.example.org/demo";

/// What lists say seldom, put into one of the demonstration.
const SELDOM: &[(&str, &str)] = &[
    ("  number: 甲民〔2027〕4号\n", "  number: 甲民〔2027〕4号\n  url: https://jiashi.example/2027-4\n"),
    ("  issued: 2027-05-10\n", "  issued: 2027-05-10\n  effective: 2027-06-01\n"),
    (
        "    number: 3\n    area: health\n",
        "    number: 3\n    area: health\n    familiar: {zh: 打疫苗, en: jabs}\n    checked: {by: 甲市民政局, on: 2027-05-20}\n",
    ),
];

/// Writes the demonstration with a publisher, which the standards ask for, and runs the program on it.
fn of_demo(arguments: &[&str]) -> (tempfile::TempDir, Tree) {
    let temp = tempfile::tempdir().expect("there is room for temporary files");
    let ran = program::qingdan(temp.path(), &["init", "--demo", "demo"], &[]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let settings = temp.path().join("demo/site.yaml");
    let text = std::fs::read_to_string(&settings).expect("the settings are there");
    let publisher = "publisher:\n  name: {zh: 示范省民政厅, en: Civil Affairs Department of Shifan}\n  \
        office: {zh: 儿童福利处, en: Child Welfare Division}\n  phone: 0000-12345\n  \
        email: office@example.org\n  address: {zh: 示范路1号, en: 1 Shifan Road}\n";
    std::fs::write(&settings, text + publisher).expect("they can be written");
    let list = temp.path().join("demo/shifan/jiashi/migrant-children/2027.yaml");
    let mut text = std::fs::read_to_string(&list).expect("the list is there");
    for (old, new) in SELDOM {
        assert!(text.contains(old), "{old}");
        text = text.replacen(old, new, 1);
    }
    std::fs::write(&list, text).expect("it can be written");
    let more = ["demo", "--base-url", SITE, "--drafts", "--today", "2027-06-10", "--out", "out"];
    let ran = program::qingdan(temp.path(), &[arguments, &more].concat(), &[]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let tree = files::tree(&temp.path().join("out"));
    (temp, tree)
}

/// The files of every format.
fn exported() -> &'static (tempfile::TempDir, Tree) {
    static FILES: OnceLock<(tempfile::TempDir, Tree)> = OnceLock::new();
    FILES.get_or_init(|| of_demo(&["export", "data", "--as", "json,cpsv,dcat,hsds,package"]))
}

fn json(bytes: &[u8]) -> Value {
    serde_json::from_slice(bytes).expect("it is JSON")
}

/// Returns the files whose path begins and ends so.
fn between<'t>(tree: &'t Tree, begin: &'t str, end: &'t str) -> impl Iterator<Item = (&'t str, &'t Vec<u8>)> {
    let fits = move |path: &str| path.starts_with(begin) && path.ends_with(end);
    tree.iter().filter(move |(path, _)| fits(path)).map(|(path, bytes)| (path.as_str(), bytes))
}

/// Terms of a standard with everything that stands under them.
type Used = BTreeMap<String, BTreeSet<String>>;

/// Reads triples as the program writes them: `class/property`, by the short names of the file.
fn used_in_turtle<'t>(files: impl Iterator<Item = (&'t str, &'t Vec<u8>)>) -> Used {
    let mut used = Used::new();
    for (_, bytes) in files {
        let text = std::str::from_utf8(bytes).expect("Turtle is UTF-8");
        let prefixes: Vec<(&str, &str)> = text
            .lines()
            .filter_map(|line| line.strip_prefix("@prefix ")?.split_once(": <"))
            .map(|(name, address)| (name, address.trim_end_matches("> .")))
            .collect();
        let short = |address: &str| {
            let known = prefixes.iter().find_map(|(name, base)| Some((name, address.strip_prefix(base)?)));
            known.map_or_else(|| address.to_owned(), |(name, rest)| format!("{name}:{rest}"))
        };
        let triples: Vec<oxrdf::Triple> =
            oxttl::TurtleParser::new().for_slice(bytes).collect::<Result<_, _>>().expect("it is Turtle");
        let classes: BTreeMap<String, String> = triples
            .iter()
            .filter(|triple| triple.predicate.as_str().ends_with("-syntax-ns#type"))
            .map(|triple| {
                (triple.subject.to_string(), short(triple.object.to_string().trim_matches(['<', '>'])))
            })
            .collect();
        for triple in triples.iter().filter(|triple| !triple.predicate.as_str().ends_with("-syntax-ns#type"))
        {
            let class = &classes[&triple.subject.to_string()];
            let value = match &triple.object {
                oxrdf::Term::Literal(literal) => literal.value().to_owned(),
                other => other.to_string(),
            };
            used.entry(format!("{class}/{}", short(triple.predicate.as_str()))).or_default().insert(value);
        }
    }
    used
}

/// Reads objects: `service.phones.number`; identifiers are left out.
fn used_in_hsds(value: &Value, at: &str, used: &mut Used) {
    let at = at
        .strip_prefix("service.organization")
        .map_or_else(|| at.to_owned(), |rest| format!("organization{rest}"));
    match value {
        Value::Object(known) => {
            for (name, value) in known.iter().filter(|(name, _)| *name != "id" && !name.ends_with("_id")) {
                used.entry(format!("{at}.{name}")).or_default();
                used_in_hsds(value, &format!("{at}.{name}"), used);
            }
        }
        Value::Array(values) => values.iter().for_each(|value| used_in_hsds(value, &at, used)),
        Value::String(text) => drop(used.entry(at).or_default().insert(text.clone())),
        other => drop(used.entry(at).or_default().insert(other.to_string())),
    }
}

fn hsds() -> Used {
    let mut used = Used::new();
    for (folder, kind) in [("services", "service"), ("organizations", "organization")] {
        for (_, bytes) in between(&exported().1, &format!("hsds/zh/{folder}/"), ".json") {
            used_in_hsds(&json(bytes), kind, &mut used);
        }
    }
    used
}

/// Reads tables: `services.title`, whatever the language of the column.
fn package() -> Used {
    let mut used = Used::new();
    for (path, bytes) in between(&exported().1, "package/", ".csv") {
        let table = path.trim_start_matches("package/").trim_end_matches(".csv");
        let mut reader = csv::Reader::from_reader(bytes.as_slice());
        let name = |column: &str| {
            let plain = column.strip_suffix("_zh").or_else(|| column.strip_suffix("_en")).unwrap_or(column);
            format!("{table}.{plain}")
        };
        let columns: Vec<String> = reader.headers().expect("there is a head").iter().map(name).collect();
        columns.iter().for_each(|column| {
            used.entry(column.clone()).or_default();
        });
        for record in reader.records() {
            for (column, cell) in columns.iter().zip(record.expect("a row is one").iter()) {
                used.entry(column.clone()).or_default().insert(cell.to_owned());
            }
        }
    }
    used
}

/// Reads what pages say to machines: `GovernmentService.name`.
fn used_in_schema_org(value: &Value, used: &mut Used) {
    match value {
        Value::Object(known) => {
            let kind = known.get("@type").and_then(Value::as_str).expect("a thing says what it is");
            for (name, value) in known.iter().filter(|(name, _)| !name.starts_with('@')) {
                let term = used.entry(format!("{kind}.{name}")).or_default();
                match value {
                    Value::String(text) => drop(term.insert(text.clone())),
                    Value::Number(number) => drop(term.insert(number.to_string())),
                    Value::Array(_) | Value::Object(_) => used_in_schema_org(value, used),
                    Value::Null | Value::Bool(_) => {}
                }
            }
        }
        Value::Array(values) => values.iter().for_each(|value| used_in_schema_org(value, used)),
        _ => {}
    }
}

fn schema_org() -> Used {
    const MARK: &str = "<script type=\"application/ld+json\">";
    let mut used = Used::new();
    let (_temp, site) = of_demo(&["build", "--no-search"]);
    for (path, bytes) in between(&site, "zh/", ".html") {
        let text = std::str::from_utf8(bytes).expect("a page is UTF-8");
        let Some((_, rest)) = text.split_once(MARK) else { continue };
        let described = rest.split("</script>").next().expect("a script ends");
        used_in_schema_org(
            &serde_json::from_str(described).unwrap_or_else(|why| panic!("{path}: {why}")),
            &mut used,
        );
    }
    used
}

/// The rows of the table.
fn mappings() -> impl Iterator<Item = &'static Mapping> {
    static MAPPINGS: OnceLock<Vec<Mapping>> = OnceLock::new();
    let read = || terms::things().into_iter().flat_map(|thing| thing.mappings).collect();
    MAPPINGS.get_or_init(read).iter()
}

/// What a standard asks of any thing, and what only holds things together: no property of ours stands behind it.
const HOLDING: [&[&str]; 5] = [
    &[
        "AdministrativeArea.identifier",
        "ContactPoint.name",
        "GovernmentService.mainEntityOfPage",
        "PropertyValue.propertyID",
        "ServiceChannel.availableLanguage",
        "ServiceChannel.serviceLocation",
        "ServiceChannel.servicePhone",
        "WebPage.isPartOf",
        "WebPage.url",
    ],
    &[
        "cv:Channel/dct:identifier",
        "cv:Cost/dct:identifier",
        "cv:Evidence/dct:identifier",
        "cv:Requirement/dct:identifier",
        "foaf:Agent/dct:identifier",
        "skos:Concept/skos:notation",
    ],
    &[
        "dcat:Catalog/dcat:service",
        "dcat:Distribution/dcat:accessURL",
        "dcat:Distribution/dcat:downloadURL",
        "dcat:Distribution/dcat:mediaType",
        "dcat:Distribution/dct:language",
        "dcat:Dataset/dcat:contactPoint",
        "foaf:Agent/dct:identifier",
    ],
    &[
        "service.attributes.taxonomy_term",
        // What our function carries out, and where: the standard asks for a description.
        "organization.description",
        "service.service_at_locations.location.location_type",
        "organization.locations.location_type",
    ],
    &["papers.number", "steps.number", "items.number", "members.number"],
];

/// Returns what the table says of a standard that its files do not have, and what they have that it does not say.
fn unlike_table(column: usize, used: &Used) -> String {
    let told: BTreeSet<&str> = mappings().flat_map(|mapping| &mapping.theirs[column]).copied().collect();
    let mut complaints = String::new();
    for term in told.iter().filter(|term| !used.contains_key(**term)) {
        let _ = writeln!(complaints, "{term} is in the table, and in no file");
    }
    let is_below = |term: &str, above: &str| {
        term == above || term.strip_prefix(above).is_some_and(|rest| rest.starts_with('.'))
    };
    for (term, values) in used {
        let is_leaf = !values.is_empty() || used.keys().all(|other| other == term || !is_below(other, term));
        let known = told.iter().chain(HOLDING[column]).any(|known| is_below(term, known));
        if is_leaf && !known {
            let _ = writeln!(complaints, "{term} is in files, and not in the table");
        }
    }
    complaints
}

#[test]
fn files_have_what_the_table_says() {
    let tree = &exported().1;
    let all = [
        schema_org(),
        used_in_turtle(between(tree, "cpsv-ap/", ".ttl")),
        used_in_turtle(between(tree, "dcat", ".ttl")),
        hsds(),
        package(),
    ];
    let complaints: String =
        all.iter().enumerate().map(|(column, used)| unlike_table(column, used)).collect();
    assert!(complaints.is_empty(), "\n{complaints}");
    // One that is missing and one that is too much are noticed.
    let mut other = all[4].clone();
    let moved = other.remove("services.title").expect("it is there");
    other.insert("services.name".to_owned(), moved);
    assert_eq!(unlike_table(4, &other).lines().count(), 2);
}

/// Properties of the API that lead elsewhere or say what the file is; they are no facts of a list.
const LEADING: &[&str] = &[
    "Index.self",
    "Index.version",
    "Index.generator",
    "Index.as_of",
    "PlaceInShort.self",
    "PlaceInShort.lists",
    "Place.offices",
    "Place.lists_in_force",
    "Place.below",
    "Place.pages",
    "ListInShort.self",
    "ListInShort.services",
    "ListInShort.provisions",
    "List.editions",
    "List.timeline",
    "Edition.place",
    "Edition.list",
    "Edition.group",
    "Edition.services",
    "Edition.pages",
    "Service.self",
    "Change.kind",
    "Change.number",
    "Change.provisions",
    "Change.reasons",
];

/// Types that say what another says, and more.
const MORE: &[(&str, &str)] = &[
    ("Place", "PlaceInShort"),
    ("List", "ListInShort"),
    ("Edition", "EditionInShort"),
    ("ServiceDocument", "Service"),
];

#[test]
fn every_property_of_the_api_has_its_row() {
    let description = json(&exported().1["api/v1/openapi.json"]);
    let schemas = &description["components"]["schemas"];
    let properties = |name: &str| -> BTreeSet<String> {
        schemas[name]["properties"].as_object().expect("a type has properties").keys().cloned().collect()
    };
    let types: BTreeSet<&str> =
        mappings().filter_map(|mapping| Some(mapping.ours.split_once('.')?.0)).collect();
    let mut complaints = Vec::new();
    for name in types.iter().filter(|name| **name != "Changes") {
        let above = MORE.iter().find(|(more, _)| more == name).map(|(_, above)| properties(above));
        for property in properties(name).difference(&above.unwrap_or_default()) {
            let ours = format!("{name}.{property}");
            if !LEADING.contains(&ours.as_str())
                && mappings().filter(|mapping| mapping.ours == ours).count() != 1
            {
                complaints.push(format!("{ours} has no row of its own"));
            }
        }
    }
    for mapping in mappings() {
        let (name, property) = mapping.ours.split_once('.').expect("a type and its property");
        if !properties(name).contains(property) {
            complaints.push(format!("{} is no property", mapping.ours));
        }
    }
    assert!(complaints.is_empty(), "{complaints:#?}");
}

/// Returns the things of a type that a service has, with the type.
fn things(service: &Value) -> Vec<(&'static str, &Value)> {
    let mut things = vec![("Service", service), ("ServiceAudience", &service["audience"])];
    things.extend(service["departments"].as_array().into_iter().flatten().map(|it| ("ResponsibleBody", it)));
    things.extend(service["provisions"].as_array().into_iter().flatten().map(|it| ("Provision", it)));
    things.extend(service.get("apply").map(|apply| ("Apply", apply)));
    let items = service.get("apply").and_then(|apply| apply["items"].as_array());
    things.extend(items.into_iter().flatten().map(|it| ("Item", it)));
    let office = service.get("front_desk").and_then(|desk| desk.get("office"));
    things.extend(office.map(|office| ("DeskOffice", office)));
    things
}

/// Returns the texts of a property: words, or what stands in the first language.
fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => vec![text],
        Value::Object(known) => known.get("zh").and_then(Value::as_str).into_iter().collect(),
        Value::Array(values) => values.iter().flat_map(texts).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn what_we_say_stands_where_the_table_says() {
    let tree = &exported().1;
    let used =
        [Used::new(), used_in_turtle(between(tree, "cpsv-ap/", ".ttl")), Used::new(), hsds(), package()];
    let (mut complaints, mut seen) = (BTreeSet::new(), BTreeSet::new());
    for (path, bytes) in between(tree, "api/v1/services/", ".json") {
        let service = json(bytes);
        for (name, thing) in things(&service) {
            for (property, value) in thing.as_object().into_iter().flatten() {
                let ours = format!("{name}.{property}");
                let Some(mapping) = mappings().find(|mapping| mapping.ours == ours) else { continue };
                for (column, theirs) in mapping.theirs.iter().enumerate() {
                    if theirs.is_empty() || used[column].is_empty() {
                        continue;
                    }
                    seen.insert((column, mapping.ours));
                    for text in texts(value) {
                        let is_there = |term: &&str| {
                            used[column]
                                .get(*term)
                                .is_some_and(|values| values.iter().any(|it| it.contains(text)))
                        };
                        if !theirs.iter().any(is_there) {
                            complaints.insert(format!("{path}: {ours} `{text}` is not at {theirs:?}"));
                        }
                    }
                }
            }
        }
    }
    assert!(complaints.is_empty(), "{complaints:#?}");
    assert!(seen.len() > 60, "{seen:?}");
}

/// Runs the judges on a folder; `None` if they are not at hand.
fn judged(arguments: &[&str], out: &Path) -> Option<(bool, String)> {
    let Some(python) = std::env::var_os("QINGDAN_JUDGES") else {
        eprintln!(
            "left out: QINGDAN_JUDGES names no Python with the packages of tests/standards/requirements.txt"
        );
        return None;
    };
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/standards/judge.py");
    let ran = Command::new(python).arg(here).args(arguments).arg(out).output().expect("Python runs");
    let said = [ran.stdout, ran.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
    eprintln!("{said}");
    Some((ran.status.success(), said))
}

#[test]
fn the_judges_of_the_standards_take_the_files() {
    let Some((valid, said)) = judged(&[], &exported().0.path().join("out")) else { return };
    assert!(valid, "{said}");
}

#[test]
fn the_judges_find_the_lists_that_come_along_as_described() {
    let temp = tempfile::tempdir().expect("there is room for temporary files");
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let content = content.to_str().expect("a path of ours is text");
    let ran = program::qingdan(temp.path(), &["export", "data", content, "--drafts", "--out", "out"], &[]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let Some((_, said)) = judged(&["--described"], &temp.path().join("out")) else { return };
    // They have one edition of each list, so that nothing changed in them.
    let complaints: Vec<&str> = said.lines().filter(|line| line.contains("openapi.json: ")).collect();
    assert!(complaints.iter().all(|line| line.ends_with("is described, and there is none")), "{said}");
    assert!(said.contains(" files, 2 complaints"), "{said}");
}

#[test]
fn the_judges_refuse_files_with_a_mistake() {
    let Some((refused, said)) = judged(&["--spoilt"], &exported().0.path().join("out")) else { return };
    assert!(refused && said.contains("refuses"), "{said}");
}

#[test]
fn the_same_lists_give_the_same_bytes() {
    let (_temp, again) = of_demo(&["export", "data", "--as", "json,cpsv,dcat,hsds,package"]);
    assert!(again == exported().1);
}

#[test]
fn what_a_format_cannot_do_without_is_asked_for() {
    let temp = tempfile::tempdir().expect("there is room for temporary files");
    let ran = program::qingdan(temp.path(), &["init", "--demo", "demo"], &[]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let said = |arguments: &[&str]| {
        let ran = program::qingdan(
            temp.path(),
            &[&["export", "data", "demo", "--out", "out"], arguments].concat(),
            &[],
        );
        (ran.code, ran.stderr)
    };
    let (code, why) = said(&["--as", "cpsv"]);
    assert!(code == 2 && why.contains("--base-url"), "{why}");
    let (code, why) = said(&["--as", "package,dcat", "--base-url", SITE]);
    assert!(code == 2 && why.contains("publisher"), "{why}");
    assert!(!temp.path().join("out").exists(), "nothing is written of what was refused");
}
