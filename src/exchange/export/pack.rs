//! A filing pack, read again: whether it still holds what was filed, by itself and against a catalogue.
//!
//! A pack holds under `content/` the files that its verdicts follow from (the edition, its baselines, the edition
//! before, the vocabulary and the places above), in `seal.yaml` the entries of `editions.lock`, and in `digests.txt` the
//! digest of every file. Everything is worked out again from these, with nothing but the pack.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::{Context, filing};
use crate::catalogue::{
    self, Catalogue, Edition, EditionRef, EditionsLock, Frozen, Statement, StatementLine,
};
use crate::coverage::cover;
use crate::diagnostic::{Finding, Findings, Level, Message, UiLang};
use crate::source::{SourceFile, SourceTree};
use crate::text;

/// The file of a pack that lists the others with their digests.
pub const DIGESTS: &str = "digests.txt";
/// The file of a pack that holds the entries of `editions.lock`.
pub const SEAL: &str = "seal.yaml";
/// The report with the list as its annex, and the annex as a sheet. Packs of 0.1.0 had neither.
pub(super) const REPORT: &str = "filing.docx";
pub(super) const ANNEX: &str = "filing.xlsx";
/// The folder of a pack that holds what its verdicts follow from.
pub const CONTENT: &str = "content/";
/// The table of verdicts.
const COVERAGE: &str = "coverage.json";
/// How many changes of one text are told.
const MOST_TOLD: usize = 100;

/// Something that is not as it was filed.
#[derive(Clone, Debug, Serialize)]
pub struct Difference {
    /// What kind: `file`, `seal`, `edition`, `baseline`, `verdict`, `chain`.
    pub kind: &'static str,
    /// What differs.
    pub message: Message,
}

fn differs(kind: &'static str, message: Message) -> Difference {
    Difference { kind, message }
}

/// A pack as it was read, and what is wrong with it.
#[derive(Debug)]
pub struct Pack {
    /// The edition it files.
    pub edition: String,
    /// The seal of that edition. `None` if it was not frozen, which is one of `differences`.
    pub seal: Option<String>,
    /// How many verdicts were worked out again.
    pub verdicts: usize,
    /// What does not hold.
    pub differences: Vec<Difference>,
    catalogue: Option<Catalogue>,
}

/// What the head of `digests.txt` says.
struct Head<'a> {
    edition: &'a str,
    lang: UiLang,
    same_version: bool,
}

/// Returns the head of `digests.txt` for a pack of `edition`.
pub(super) fn head(edition: &str, lang: UiLang) -> String {
    let lang = match lang {
        UiLang::Zh => "zh",
        UiLang::En => "en",
    };
    format!("# pack {edition} {lang} {}\n", env!("CARGO_PKG_VERSION"))
}

fn read_head(digests: &str) -> Option<Head<'_>> {
    let mut words = digests.lines().find_map(|line| line.strip_prefix("# pack "))?.split(' ');
    let edition = words.next()?;
    let lang = if words.next()? == "zh" { UiLang::Zh } else { UiLang::En };
    Some(Head { edition, lang, same_version: words.next() == Some(env!("CARGO_PKG_VERSION")) })
}

impl Pack {
    /// Reads a pack from its files, by path, and works everything out again. `None` if it is no pack.
    pub fn read(files: &BTreeMap<String, Vec<u8>>) -> Option<Self> {
        let digests = String::from_utf8_lossy(files.get(DIGESTS)?).into_owned();
        let head = read_head(&digests)?;
        let edition = head.edition.to_owned();
        let mut pack = Self {
            edition,
            seal: None,
            verdicts: 0,
            differences: check_digests(files, &digests),
            catalogue: None,
        };
        let lock = pack.read_seal(files);
        let sources = sources(files);
        let mut findings = Findings::new();
        let read = catalogue::read_with(&sources, Some(lock), &mut findings);
        findings.settle(&BTreeMap::new());
        let errors = findings.iter().filter(|finding| finding.level == Level::Error);
        pack.differences.extend(errors.map(|finding| unreadable(finding, &sources)));
        if let Some(catalogue) = read {
            pack.check_edition(&catalogue);
            pack.check_tables(files, &catalogue, &sources, &head);
            pack.catalogue = Some(catalogue);
        }
        Some(pack)
    }

    /// Reads the entries of `editions.lock`; an edition without one was not frozen.
    fn read_seal(&mut self, files: &BTreeMap<String, Vec<u8>>) -> EditionsLock {
        let text =
            files.get(SEAL).map(|bytes| String::from_utf8_lossy(bytes).into_owned()).unwrap_or_default();
        let mut findings = Findings::new();
        let lock = EditionsLock::parse_excerpt(&text, &mut findings);
        if !findings.is_empty() {
            self.differences.push(differs(
                "seal",
                text!(
                    "{SEAL} 被改动过：封印和内容对不上",
                    "{SEAL} was changed: a seal does not fit what it seals"
                ),
            ));
        }
        self.seal = lock.get(&self.edition).map(|frozen| frozen.seal.clone());
        if self.seal.is_none() {
            let edition = &self.edition;
            self.differences.push(differs(
                "seal",
                text!(
                    "{edition} 没有封印：导出备案材料时还没有发布冻结",
                    "{edition} has no seal: it was not issued and frozen when the pack was made"
                ),
            ));
        }
        lock
    }

    /// The edition of the pack, and every edition it holds a seal of, state what was sealed.
    fn check_edition(&mut self, catalogue: &Catalogue) {
        if catalogue.edition(&self.edition).is_none() {
            let edition = &self.edition;
            self.differences
                .push(differs("edition", text!("材料里没有 {edition}", "the pack does not hold {edition}")));
        }
    }

    /// The tables of the pack are those that follow from its content.
    fn check_tables(
        &mut self,
        files: &BTreeMap<String, Vec<u8>>,
        catalogue: &Catalogue,
        sources: &SourceTree,
        head: &Head<'_>,
    ) {
        let Some(issue) = catalogue.edition(&self.edition) else { return };
        let context = Context { sources, lang: head.lang, colour: false };
        let made = filing(catalogue, issue, Vec::new(), &context);
        let table =
            |name: &str| made.iter().find(|(known, _)| known == name).map(|(_, bytes)| bytes.as_slice());
        let (filed, now) = (verdicts(files.get(COVERAGE).map(Vec::as_slice)), verdicts(table(COVERAGE)));
        self.verdicts = now.len();
        let mut changed = changed_verdicts(&filed, &now);
        let is_told = !changed.is_empty();
        self.differences.append(&mut changed);
        // Another version of the tool may lay its tables out differently.
        let tables = made.iter().filter(|(name, _)| {
            head.same_version && !name.starts_with(CONTENT) && ![DIGESTS, SEAL].contains(&name.as_str())
        });
        let is_later = |name: &str| [REPORT, ANNEX].contains(&name) && !files.contains_key(name);
        for (name, bytes) in tables.filter(|(name, _)| !is_later(name)) {
            if files.get(name) != Some(bytes) && !(is_told && name.starts_with("coverage.")) {
                self.differences.push(differs(
                    "file",
                    text!(
                        "{name} 和材料里的清单对不上",
                        "{name} is not what follows from the list in the pack"
                    ),
                ));
            }
        }
    }

    /// Holds a catalogue against the pack: names what it no longer holds as it was filed, and what was corrected since.
    pub fn compare(&self, now: &Catalogue) -> Comparison {
        let mut comparison = Comparison::default();
        comparison.differences.extend(self.chain(now));
        let Some(filed) = &self.catalogue else { return comparison };
        for (place, list, edition) in editions(filed) {
            let address = format!("{place}/{list}/{}", edition.id);
            let is_own = address == self.edition;
            let kind = if is_own { "edition" } else { "baseline" };
            let Some(known) = now.edition(&address).map(|known| known.edition) else {
                comparison
                    .differences
                    .push(differs(kind, text!("清单目录里没有 {address}", "the catalogue has no {address}")));
                continue;
            };
            let (was, is) = (Statement::of(edition), Statement::of(known));
            let told = changes(&was.sealed, &is.sealed);
            comparison
                .differences
                .extend(told.into_iter().map(|change| differs(kind, change.told(&address))));
            if is_own {
                let lines = |statement: &Statement| -> Vec<StatementLine> {
                    statement.open.iter().flat_map(|part| part.lines.clone()).collect()
                };
                let corrected = changes(&lines(&was), &lines(&is));
                comparison.corrected.extend(corrected.into_iter().map(|change| change.told(&address)));
            }
        }
        comparison.differences.extend(self.changed_verdicts(filed, now));
        comparison
    }

    /// The seal of the pack stands in the catalogue's chain of seals.
    fn chain(&self, now: &Catalogue) -> Vec<Difference> {
        let mut differences = Vec::new();
        let edition = &self.edition;
        if now.frozen.is_broken() {
            differences.push(differs(
                "chain",
                text!("清单目录的 editions.lock 被改动过", "the editions.lock of the catalogue was changed"),
            ));
        }
        let Some(seal) = &self.seal else { return differences };
        if !now.frozen.holds(edition, seal) {
            let short = &seal[..seal.len().min(12)];
            differences.push(differs(
                "chain",
                text!(
                    "清单目录的 editions.lock 里没有 {edition} 备案时的封印 {short}…：记录在备案以后重写过，或者这不是这份清单的材料",
                    "the editions.lock of the catalogue does not hold the seal {short}… under which {edition} was filed: the record was rewritten since, or this pack is of another catalogue"
                ),
            ));
        }
        differences
    }

    fn changed_verdicts(&self, filed: &Catalogue, now: &Catalogue) -> Vec<Difference> {
        let of = |catalogue: &Catalogue| {
            let coverage = catalogue.edition(&self.edition).and_then(|issue| cover(catalogue, issue, None));
            coverage.map(|coverage| {
                let provisions = coverage.services.iter().flat_map(|service| &service.provisions);
                let verdict = |known: &crate::coverage::ProvisionCoverage<'_>| {
                    (known.baseline.address(), known.verdict.as_str().to_owned())
                };
                provisions.map(verdict).collect::<BTreeMap<_, _>>()
            })
        };
        changed_verdicts(&of(filed).unwrap_or_default(), &of(now).unwrap_or_default())
    }
}

/// How a catalogue stands to a pack.
#[derive(Debug, Default)]
pub struct Comparison {
    /// What the catalogue no longer holds as it was filed.
    pub differences: Vec<Difference>,
    /// What was corrected since, of what may be.
    pub corrected: Vec<Message>,
}

/// The files that a pack needs so that its verdicts can be worked out again, by path.
pub(super) fn content(
    catalogue: &Catalogue,
    issue: EditionRef<'_>,
    sources: &SourceTree,
) -> Vec<(String, Vec<u8>)> {
    let addresses = needed(catalogue, issue);
    let editions = addresses.iter().filter_map(|address| catalogue.edition(address));
    let mut places = BTreeSet::new();
    let mut wanted = BTreeSet::new();
    for EditionRef { place, edition, .. } in editions {
        wanted.insert(sources.file(edition.span.file).path.as_str());
        let mut at = Some(place);
        while let Some(here) = at {
            places.insert(here.path.as_str());
            at = catalogue.parent(&here.path);
        }
    }
    let is_wanted = |file: &&SourceFile| {
        let (folder, name) = file.path.rsplit_once('/').unwrap_or(("", &file.path));
        file.path == "site.yaml"
            || file.path.starts_with("vocabulary/")
            || wanted.contains(file.path.as_str())
            || (["place.yaml", "place.yml"].contains(&name) && places.contains(folder))
    };
    let files = sources.iter().map(|(_, file)| file).filter(is_wanted);
    files.map(|file| (format!("{CONTENT}{}", file.path), file.text.clone().into_bytes())).collect()
}

/// Returns the addresses of an edition, the one before it, and all that they are measured against or inherit.
pub(super) fn needed(catalogue: &Catalogue, issue: EditionRef<'_>) -> Vec<String> {
    let before = issue.list.predecessor(&issue.edition.id);
    let before = before.map(|edition| EditionRef { edition, ..issue }.address());
    let mut waiting: Vec<String> = before.into_iter().chain([issue.address()]).collect();
    let mut needed: Vec<String> = Vec::new();
    while let Some(address) = waiting.pop() {
        let known = catalogue.edition(&address).filter(|_| !needed.contains(&address));
        let Some(EditionRef { edition, .. }) = known else { continue };
        let above = edition.measured_against.iter().chain(&edition.inherits);
        waiting.extend(above.map(|above| above.value.clone()));
        needed.push(address);
    }
    needed
}

/// Returns the content of a pack as a snapshot.
fn sources(files: &BTreeMap<String, Vec<u8>>) -> SourceTree {
    let content = files.iter().filter_map(|(path, bytes)| Some((path.strip_prefix(CONTENT)?, bytes)));
    let file = |(path, bytes): (&str, &Vec<u8>)| {
        SourceFile::new(path.to_owned(), String::from_utf8_lossy(bytes).into_owned())
    };
    SourceTree::from_files(content.map(file).collect())
}

/// Holds every file against `digests.txt`.
fn check_digests(files: &BTreeMap<String, Vec<u8>>, digests: &str) -> Vec<Difference> {
    let listed: BTreeMap<&str, &str> = digests
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once("  "))
        .map(|(digest, name)| (name, digest))
        .collect();
    let mut differences = Vec::new();
    for (name, digest) in &listed {
        match files.get(*name) {
            None => differences.push(differs("file", text!("{name} 不见了", "{name} is gone"))),
            Some(bytes) if sha256(bytes) != **digest => differences.push(differs(
                "file",
                text!(
                    "{name} 被改动过：和 {DIGESTS} 里的校验值不同",
                    "{name} was changed: its digest in {DIGESTS} is another"
                ),
            )),
            Some(_) => {}
        }
    }
    for name in files.keys().filter(|name| name.as_str() != DIGESTS && !listed.contains_key(name.as_str())) {
        differences.push(differs(
            "file",
            text!("{name} 不在 {DIGESTS} 里，是后来加的", "{name} is not in {DIGESTS}: it was added later"),
        ));
    }
    differences
}

/// Returns the SHA-256 of bytes in hexadecimal digits.
pub(super) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unreadable(finding: &Finding, sources: &SourceTree) -> Difference {
    let file = sources.file(finding.at.file);
    let (path, line) = (&file.path, file.position(finding.at.start).line);
    let Message { zh, en } = &finding.message;
    differs("edition", text!("{CONTENT}{path}:{line}：{zh}", "{CONTENT}{path}:{line}: {en}"))
}

/// Returns what a table of verdicts says of each provision: the verdict, and what it rests on if it says so.
fn verdicts(table: Option<&[u8]>) -> BTreeMap<String, String> {
    let table: Value = table.and_then(|bytes| serde_json::from_slice(bytes).ok()).unwrap_or_default();
    let text = |value: &Value, key: &str| value[key].as_str().unwrap_or_default().to_owned();
    let list = |value: &Value, key: &str| value[key].as_array().cloned().unwrap_or_default();
    let mut verdicts = BTreeMap::new();
    for service in list(&table, "lists").iter().flat_map(|known| list(known, "services")) {
        for provision in list(&service, "provisions") {
            let address = format!("{}/{}", text(&service, "id"), text(&provision, "id"));
            verdicts.insert(address, text(&provision, "verdict"));
        }
    }
    verdicts
}

fn changed_verdicts(filed: &BTreeMap<String, String>, now: &BTreeMap<String, String>) -> Vec<Difference> {
    let all: BTreeSet<&String> = filed.keys().chain(now.keys()).collect();
    let changed = all.into_iter().filter(|address| filed.get(*address) != now.get(*address));
    let changed = changed.map(|address| {
        let (none_zh, none_en) = ("没有".to_owned(), "none".to_owned());
        let (old_zh, old_en) =
            (filed.get(address).unwrap_or(&none_zh), filed.get(address).unwrap_or(&none_en));
        let (new_zh, new_en) = (now.get(address).unwrap_or(&none_zh), now.get(address).unwrap_or(&none_en));
        differs(
            "verdict",
            Message {
                zh: format!("{address}：备案时的结论是 {old_zh}，现在算出来是 {new_zh}"),
                en: format!("{address}: filed as {old_en}, worked out now as {new_en}"),
            },
        )
    });
    changed.collect()
}

/// One thing that two statements say differently.
struct Change {
    key: String,
    /// Whether it is what a service takes over, of which only digests are known here.
    taken_over: bool,
    old: Vec<String>,
    new: Vec<String>,
}

impl Change {
    fn told(&self, address: &str) -> Message {
        let key = &self.key;
        if self.taken_over {
            return text!("{address} {key}：照录的内容不同了", "{address} {key}: what is taken over differs");
        }
        let (old, new) = (self.old.join(" | "), self.new.join(" | "));
        match (self.old.is_empty(), self.new.is_empty()) {
            (true, _) => text!(
                "{address} {key}：备案时没有，现在是“{new}”",
                "{address} {key}: not there when filed, now `{new}`"
            ),
            (_, true) => text!(
                "{address} {key}：备案时是“{old}”，现在没有了",
                "{address} {key}: `{old}` when filed, now gone"
            ),
            (false, false) => {
                text!(
                    "{address} {key}：备案时是“{old}”，现在是“{new}”",
                    "{address} {key}: `{old}` when filed, now `{new}`"
                )
            }
        }
    }
}

/// Returns what two statements say differently, by key.
fn changes(old: &[StatementLine], new: &[StatementLine]) -> Vec<Change> {
    let by_key = |lines: &[StatementLine]| {
        let mut values: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for line in lines {
            values.entry(line.key.clone()).or_default().push(line.value.clone());
        }
        values
    };
    let (old_values, new_values) = (by_key(old), by_key(new));
    let lines = || old.iter().chain(new);
    let mut keys: Vec<&String> = Vec::new();
    for line in lines() {
        if !keys.contains(&&line.key) {
            keys.push(&line.key);
        }
    }
    let get =
        |values: &BTreeMap<String, Vec<String>>, key: &String| values.get(key).cloned().unwrap_or_default();
    let changed = keys.into_iter().filter_map(|key| {
        let (old, new) = (get(&old_values, key), get(&new_values, key));
        let taken_over = lines().any(|line| line.key == *key && line.is_taken_over());
        (old != new).then(|| Change { key: key.clone(), taken_over, old, new })
    });
    changed.take(MOST_TOLD).collect()
}

fn editions(catalogue: &Catalogue) -> impl Iterator<Item = (&str, &str, &Edition)> {
    catalogue.places.values().flat_map(|place| {
        place.lists.values().flat_map(move |list| {
            list.editions.iter().map(move |edition| (place.path.as_str(), list.id.as_str(), edition))
        })
    })
}

/// Returns the line of `digests.txt` that names what was frozen.
pub(super) fn frozen_line(frozen: &Frozen) -> String {
    format!(
        "# {} {} {}\n# editions.lock seal {}\n",
        frozen.edition, frozen.frozen, frozen.sha256, frozen.seal
    )
}
