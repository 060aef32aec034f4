//! Turns findings into SARIF 2.1.0, which code review services and editors read.
//!
//! Messages are in the reader's language; `properties` hold the other one. Nothing is left out. To use
//! more of SARIF, add the field to `sarif/shape.rs` and fill it here.
//!
//! Source: OASIS, Static Analysis Results Interchange Format 2.1.0; the section numbers below are its.

mod shape;

use std::collections::BTreeMap;
use std::io::{self, Write};

use sha2::{Digest, Sha256};

use super::place::{Place, folder_prefix};
use super::{Report, words};
use crate::diagnostic::{Code, Edit, Finding, Fix, Level, Message, UiLang};
use crate::personal::{masked, shown};
use crate::route::percent_encoded;
use crate::span::Span;
use crate::visible::visible_json;
use shape::*;

/// The base that paths of findings are relative to.
const CATALOGUE: &str = "CATALOGUE";
/// The base that the catalogue folder is relative to: by custom the root of the repository.
const WORKING_FOLDER: &str = "%SRCROOT%";
/// How a fingerprint is made; a new way needs a new name (3.27.17).
const FINGERPRINT: &str = "markedText/v1";

/// Writes one pretty-printed document with a line end.
pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let log = Log {
        schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        version: "2.1.0",
        runs: [run(report)],
    };
    let log = serde_json::to_string_pretty(&log).map_err(io::Error::from)?;
    writeln!(out, "{}", visible_json(&log))
}

fn run<'a>(report: &Report<'a>) -> SarifRun<'a> {
    let codes: BTreeMap<&str, &'static Code> =
        report.findings.iter().map(|finding| (finding.code.id, finding.code)).collect();
    let ids: Vec<&str> = codes.keys().copied().collect();
    let mut seen = BTreeMap::new();
    let results = report.findings.iter().map(|finding| {
        let rule = ids.iter().position(|id| *id == finding.code.id).expect("every code became a rule");
        result(report, finding, rule, fingerprint(report, finding, &mut seen))
    });
    SarifRun {
        results: results.collect(),
        tool: Tool {
            driver: Driver {
                name: "qingdan",
                version: env!("CARGO_PKG_VERSION"),
                language: tag(report.lang),
                rules: codes.values().map(|code| rule(code, report.lang)).collect(),
            },
        },
        original_uri_base_ids: bases(report),
        column_kind: "unicodeCodePoints",
    }
}

fn rule(code: &Code, lang: UiLang) -> SarifRule {
    let about = Message { zh: code.zh.to_owned(), en: code.en.to_owned() };
    SarifRule {
        id: code.id,
        name: code.name,
        short_description: SarifText { text: about.get(lang).to_owned() },
        help: SarifText { text: words::explain(code.id).get(lang).to_owned() },
        default_configuration: Configuration { level: level(code.level) },
        properties: Translation { language: tag(other(lang)), text: about.get(other(lang)).to_owned() },
    }
}

/// Says where the catalogue lies: below the working folder, or at a full path of its own (3.14.14).
fn bases(report: &Report<'_>) -> BTreeMap<&'static str, ArtifactLocation> {
    let root = report.sources.root();
    let folder = percent_encoded(&folder_prefix(root));
    let catalogue = match (root.is_absolute(), folder.starts_with('/')) {
        (true, true) => ArtifactLocation { uri: Some(format!("file://{folder}")), uri_base_id: None },
        (true, false) => ArtifactLocation { uri: Some(format!("file:///{folder}")), uri_base_id: None },
        (false, _) => {
            ArtifactLocation { uri: Some(format!("./{folder}")), uri_base_id: Some(WORKING_FOLDER) }
        }
    };
    let not_told = ArtifactLocation { uri: None, uri_base_id: None };
    BTreeMap::from([(CATALOGUE, catalogue), (WORKING_FOLDER, not_told)])
}

fn result<'a>(report: &Report<'a>, finding: &'a Finding, rule: usize, print: String) -> SarifResult<'a> {
    let related = finding.labels.iter().zip(1..).map(|(label, id)| Location {
        id: Some(id),
        physical_location: physical(report, label.at),
        message: Some(SarifText { text: report.say(&label.message) }),
    });
    let other = other(report.lang);
    SarifResult {
        rule_id: finding.code.id,
        rule_index: rule,
        level: level(finding.level),
        message: SarifText { text: told(finding, report.lang) },
        locations: [Location { id: None, physical_location: physical(report, finding.at), message: None }],
        related_locations: related.collect(),
        fixes: finding.fix.iter().filter_map(|fix| repair(report, fix)).collect(),
        partial_fingerprints: BTreeMap::from([(FINGERPRINT, print)]),
        properties: Translation { language: tag(other), text: told(finding, other) },
    }
}

/// Returns all a finding says: the message, then what to do and why, each in a line of its own.
pub(super) fn told(finding: &Finding, lang: UiLang) -> String {
    let mut said = finding.message.get(lang).to_owned();
    let more = [(words::help(lang), &finding.help), (words::source(lang), &finding.source)];
    for (word, message) in more {
        if let Some(message) = message {
            said.push_str(&format!("\n{word}: {}", message.get(lang)));
        }
    }
    shown(&said)
}

/// Returns the repair; `None` if it would have to be masked, since a masked repair must not be applied.
fn repair<'a>(report: &Report<'_>, fix: &'a Fix) -> Option<SarifFix<'a>> {
    let artifact_location = physical(report, fix.edits.first()?.at).artifact_location;
    let replacement = |edit: &'a Edit| {
        let text = edit.replacement.as_str();
        let deleted_region = physical(report, edit.at).region;
        (masked(text) == text).then_some(Replacement { deleted_region, inserted_content: Content { text } })
    };
    let replacements = fix.edits.iter().map(replacement).collect::<Option<_>>()?;
    Some(SarifFix { artifact_changes: [ArtifactChange { artifact_location, replacements }] })
}

fn physical(report: &Report<'_>, span: Span) -> PhysicalLocation {
    let Place { path, start, end } = Place::of(report.sources, span);
    PhysicalLocation {
        artifact_location: ArtifactLocation {
            uri: Some(percent_encoded(&path)),
            uri_base_id: Some(CATALOGUE),
        },
        region: Region {
            start_line: start.line,
            start_column: start.column,
            end_line: end.line,
            end_column: end.column,
        },
    }
}

/// Returns what recognises a finding after lines have moved: code, path and marked text as a hash, then
/// which one of its kind in the file it is.
pub(super) fn fingerprint(
    report: &Report<'_>,
    finding: &Finding,
    seen: &mut BTreeMap<String, usize>,
) -> String {
    let file = report.sources.of(finding.at);
    let marked = file.text.get(finding.at.start as usize..finding.at.end as usize).unwrap_or_default();
    // Masked before it is hashed: a hash of a personal number could be undone by trying them all.
    let told_apart = format!("{}\0{}\0{}", finding.code.id, file.path, masked(marked));
    let hash: String = Sha256::digest(told_apart).iter().map(|byte| format!("{byte:02x}")).collect();
    let times = seen.entry(hash.clone()).or_default();
    *times += 1;
    format!("{hash}:{times}")
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Off => "none",
    }
}

fn other(lang: UiLang) -> UiLang {
    match lang {
        UiLang::Zh => UiLang::En,
        UiLang::En => UiLang::Zh,
    }
}

fn tag(lang: UiLang) -> &'static str {
    match lang {
        UiLang::Zh => "zh-CN",
        UiLang::En => "en",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::fixture::{BAD_COLON, LATE, at, tree, written};
    use crate::diagnostic::{Finding, Findings, UiLang};
    use crate::source::SourceTree;
    use crate::text;

    fn sarif(findings: &Findings, sources: &SourceTree, lang: UiLang) -> Value {
        let out = written(super::write, findings, sources, lang);
        serde_json::from_str::<Value>(&out).expect("valid JSON")["runs"][0].clone()
    }

    #[test]
    fn a_result_tells_everything_and_the_other_language_too() {
        let sources = tree(&[("厦门/a.yaml", "领域：医\n"), ("b.yaml", "甲\n乙: 2\n")]);
        let colon = at(&sources, "厦门/a.yaml", "：");
        let mut findings = Findings::new();
        let finding = Finding::new(&BAD_COLON, colon, text!("中文冒号", "full-width colon"));
        findings.push(
            finding
                .help(text!("改掉它", "mend it"))
                .source(text!("计划", "the plan"))
                .label(at(&sources, "b.yaml", "乙"), text!("基础清单", "the baseline"))
                .fix(colon, ": "),
        );
        let run = sarif(&findings, &sources, UiLang::Zh);
        let found = &run["results"][0];
        assert_eq!(found["message"]["text"], "中文冒号\n建议: 改掉它\n依据: 计划");
        let english = json!({"language": "en", "text": "full-width colon\nhelp: mend it\nsource: the plan"});
        assert_eq!(found["properties"], english);
        let region = json!({"startLine": 1, "startColumn": 3, "endLine": 1, "endColumn": 4});
        let file = json!({"uri": "%E5%8E%A6%E9%97%A8/a.yaml", "uriBaseId": "CATALOGUE"});
        let place = json!({"artifactLocation": file, "region": region});
        assert_eq!(found["locations"], json!([{"physicalLocation": place}]));
        assert_eq!(found["relatedLocations"][0]["physicalLocation"]["region"]["startLine"], 2);
        assert_eq!(found["relatedLocations"][0]["message"]["text"], "基础清单");
        let replacement = json!({"deletedRegion": region, "insertedContent": {"text": ": "}});
        let change = json!({"artifactLocation": file, "replacements": [replacement]});
        assert_eq!(found["fixes"], json!([{"artifactChanges": [change]}]));
        assert_eq!(run["columnKind"], "unicodeCodePoints");
        assert_eq!(run["originalUriBaseIds"]["CATALOGUE"]["uriBaseId"], "%SRCROOT%");
    }

    #[test]
    fn only_codes_that_occur_become_rules() {
        let sources = tree(&[("a.yaml", "甲: 1\n")]);
        let mut findings = Findings::new();
        for _ in 0..2 {
            findings.push(Finding::new(&LATE, at(&sources, "a.yaml", "甲"), text!("晚", "late")));
        }
        let run = sarif(&findings, &sources, UiLang::En);
        let rules = &run["tool"]["driver"]["rules"];
        assert_eq!(rules.as_array().map(Vec::len), Some(1));
        assert_eq!(rules[0]["shortDescription"]["text"], LATE.en);
        assert_eq!(rules[0]["properties"], json!({"language": "zh-CN", "text": LATE.zh}));
        assert_eq!(run["results"][1]["ruleIndex"], 0);
    }

    #[test]
    fn a_fingerprint_survives_moved_lines_and_tells_equals_apart() {
        let print_in = |text: &str| {
            let sources = tree(&[("a.yaml", text)]);
            let mut findings = Findings::new();
            for _ in 0..2 {
                findings.push(Finding::new(&LATE, at(&sources, "a.yaml", "甲"), text!("晚", "late")));
            }
            let run = sarif(&findings, &sources, UiLang::En);
            [0, 1].map(|at| run["results"][at]["partialFingerprints"]["markedText/v1"].to_string())
        };
        let [first, second] = print_in("甲: 1\n");
        assert_ne!(first, second);
        assert_eq!(print_in("\n\n甲: 1\n"), [first, second]);
    }
}
