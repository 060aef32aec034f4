//! From the snapshot to the catalogue: which file is what, and in which order they are taken in.
//!
//! ```text
//! site.yaml   vocabulary/*.yaml   <place>/place.yaml   <place>/contacts.yaml
//! <place>/<list>/<edition>.yaml   [<place>/]guides/<name>.<lang>.md   translations.lock
//! ```

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::edition::{self, AdoptingService, Draft, EditionDraft};
use super::guide::GuideText;
use super::node::Fields;
use super::{
    Adoption, Body, Catalogue, Edition, Guide, Place, PlacePath, Service, Site, TRANSLATIONS_FILE, Translations,
    Vocabulary, place,
};
use crate::diagnostic::{Finding, Findings};
use crate::lang::LangCode;
use crate::schema::{Fitter, Shape, nearest, tables};
use crate::source::{SourceFile, SourceTree};
use crate::span::{FileId, Span, Spanned};
use crate::syntax::{Node, markdown, yaml};
use crate::text;

/// The kinds of finding this stage reports.
pub mod codes {
    crate::codes! {
        /// A file that has no meaning where it lies.
        STRAY_FILE = "QD3001", "stray-file", Warning, adjustable, "0.1.0",
            "文件放错了地方，没有读取", "A file that is not read where it lies";
        /// A folder with lists but without `place.yaml`.
        MISSING_PLACE_FILE = "QD3002", "missing-place-file", Error, fixed, "0.1.0",
            "这个文件夹里有清单，却没有 place.yaml", "A folder has lists but no place.yaml";
        /// A service adopted from nowhere.
        UNKNOWN_ADOPTION = "QD3003", "unknown-adoption", Error, fixed, "0.1.0",
            "照录的项目在对照的清单里找不到", "An adopted service that the baseline does not have";
        /// An edition measured against one that does not exist.
        UNKNOWN_BASELINE = "QD3004", "unknown-baseline", Error, fixed, "0.1.0",
            "对照的清单不存在", "The edition to measure against does not exist";
        /// A file with nothing in it.
        EMPTY_FILE = "QD3005", "empty-file", Error, fixed, "0.1.0",
            "文件是空的", "A file has nothing in it";
    }
}

/// What a file is, by its path.
enum Role<'p> {
    Site,
    Vocabulary(&'static Shape),
    Place(&'p str),
    Contacts(&'p str),
    Edition { place: &'p str, list: &'p str, id: &'p str },
    Guide { place: Option<&'p str>, name: &'p str, lang: &'p str },
    Translations,
    Theme,
    Stray,
}

fn role(path: &str) -> Role<'_> {
    let parts: Vec<&str> = path.split('/').collect();
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let name = parts[parts.len() - 1];
    match (parts.as_slice(), name.rsplit_once('.')) {
        (["site.yaml"], _) => Role::Site,
        ([TRANSLATIONS_FILE], _) => Role::Translations,
        (["theme" | "themes", ..], _) => Role::Theme,
        (["vocabulary", file], _) => vocabulary_file(file),
        ([.., "guides", _], Some((stem, "md"))) => guide(folder, stem),
        ([_, .., "place.yaml"], _) => Role::Place(folder),
        ([_, .., "contacts.yaml"], _) => Role::Contacts(folder),
        ([_, .., _, _], Some((id, "yaml" | "yml"))) => match folder.rsplit_once('/') {
            Some((place, list)) => Role::Edition { place, list, id },
            None => Role::Stray,
        },
        _ => Role::Stray,
    }
}

fn vocabulary_file(file: &str) -> Role<'_> {
    let document = format!("vocabulary/{file}");
    match tables::DOCUMENTS.iter().find(|(name, _)| *name == document) {
        Some((_, shape)) => Role::Vocabulary(shape),
        None => Role::Stray,
    }
}

fn guide<'p>(folder: &'p str, stem: &'p str) -> Role<'p> {
    let place = folder.strip_suffix("guides").map(|place| place.trim_end_matches('/')).filter(|place| !place.is_empty());
    match stem.rsplit_once('.') {
        Some((name, lang)) => Role::Guide { place, name, lang },
        None => Role::Stray,
    }
}

/// Reads the catalogue out of the snapshot. `None` if `site.yaml` cannot be used; then nothing else was
/// read either. Everything wrong on the way is reported; what is right is kept.
pub fn read(sources: &SourceTree, findings: &mut Findings) -> Option<Catalogue> {
    let site_file = sources.find("site.yaml")?;
    let site = read_site(site_file, &sources.file(site_file).text, findings)?;
    let reference = &site.languages.reference().code;
    let files: Vec<(FileId, &SourceFile)> = sources.iter().filter(|(id, _)| *id != site_file).collect();
    let parts: Vec<(Part, Findings)> =
        files.into_par_iter().map(|(id, file)| read_part(id, file, reference)).collect();
    let mut assembly = Assembly::default();
    for (part, found) in parts {
        findings.append(found);
        assembly.take(part);
    }
    Some(assembly.finish(site, findings))
}

fn read_site(id: FileId, source: &str, findings: &mut Findings) -> Option<Site> {
    let node = yaml::parse(id, source, findings)?;
    // The languages are not known yet; the first one written is the reference of this file too.
    let code = node.get("languages").and_then(|languages| languages.items().first()?.get("code")?.text());
    let reference = LangCode::new(code.unwrap_or("zh"));
    let node = Fitter::new(&reference, findings).fit(node, &tables::SITE)?;
    Site::decode(Fields::new(&node, &reference))
}

/// What one file contributes.
enum Part {
    Nothing,
    Vocabulary(Vocabulary),
    Place(Box<Place>),
    Contacts(PlacePath, Vec<place::Contact>),
    Edition { place: PlacePath, list: String, draft: Box<EditionDraft>, file: FileId },
    Guide { place: Option<PlacePath>, name: String, lang: LangCode, text: GuideText },
    Translations(Translations),
}

fn read_part(id: FileId, file: &SourceFile, reference: &LangCode) -> (Part, Findings) {
    let mut findings = Findings::new();
    let part = match role(&file.path) {
        Role::Site | Role::Theme => Part::Nothing,
        Role::Translations => Part::Translations(Translations::parse(&file.text)),
        Role::Stray => {
            findings.push(stray(id));
            Part::Nothing
        }
        Role::Guide { place, name, lang } => Part::Guide {
            place: place.map(PlacePath::new),
            name: name.to_owned(),
            lang: LangCode::new(lang),
            text: GuideText { file: id, source: file.text.clone(), outline: markdown::inspect(id, &file.text, &mut findings) },
        },
        Role::Vocabulary(shape) => fitted(id, file, shape, reference, &mut findings).map_or(Part::Nothing, |node| {
            let mut vocabulary = Vocabulary::default();
            vocabulary.absorb(Fields::new(&node, reference));
            Part::Vocabulary(vocabulary)
        }),
        Role::Place(path) => fitted(id, file, &tables::PLACE, reference, &mut findings)
            .and_then(|node| Place::decode(PlacePath::new(path), Fields::new(&node, reference)))
            .map_or(Part::Nothing, |place| Part::Place(Box::new(place))),
        Role::Contacts(path) => fitted(id, file, &tables::CONTACTS, reference, &mut findings)
            .map_or(Part::Nothing, |node| Part::Contacts(PlacePath::new(path), place::contacts(Fields::new(&node, reference)))),
        Role::Edition { place, list, id: edition } => fitted(id, file, &tables::EDITION, reference, &mut findings)
            .and_then(|node| edition::decode(edition, Fields::new(&node, reference)))
            .map_or(Part::Nothing, |draft| Part::Edition {
                place: PlacePath::new(place),
                list: list.to_owned(),
                draft: Box::new(draft),
                file: id,
            }),
    };
    (part, findings)
}

fn fitted(id: FileId, file: &SourceFile, shape: &'static Shape, reference: &LangCode, findings: &mut Findings) -> Option<Node> {
    if file.refused {
        return None;
    }
    let before = findings.len();
    let node = yaml::parse(id, &file.text, findings);
    if node.is_none() && findings.len() == before {
        findings.push(
            Finding::new(&codes::EMPTY_FILE, Span::whole(id), text!("这个文件里没有内容", "there is nothing in this file"))
                .help(text!("填写内容，或删去文件", "fill it in, or delete it")),
        );
    }
    let node = node?;
    Fitter::new(reference, findings).fit(node, shape)
}

fn stray(id: FileId) -> Finding {
    Finding::new(&codes::STRAY_FILE, Span::whole(id), text!("这里不应有这个文件，没有读取", "no file is expected here; it was not read")).help(text!(
        "清单放在“地区/清单/版次.yaml”，例如 fujian/xiamen/migrant-children/2025.yaml；帮助文章放在 guides/名称.zh.md",
        "lists lie at place/list/edition.yaml, such as fujian/xiamen/migrant-children/2025.yaml; guides at guides/NAME.zh.md"
    ))
}

/// The parts collected so far, in the order of their files.
#[derive(Default)]
struct Assembly {
    vocabulary: Vocabulary,
    places: BTreeMap<PlacePath, Place>,
    contacts: Vec<(PlacePath, Vec<place::Contact>)>,
    editions: Vec<(PlacePath, String, EditionDraft, FileId)>,
    guides: BTreeMap<(Option<PlacePath>, String), Guide>,
    translations: Translations,
}

impl Assembly {
    fn take(&mut self, part: Part) {
        match part {
            Part::Nothing => {}
            Part::Vocabulary(mut more) => {
                let all = &mut self.vocabulary;
                all.areas.append(&mut more.areas);
                all.departments.append(&mut more.departments);
                all.audiences.append(&mut more.audiences);
                all.conditions.append(&mut more.conditions);
                all.ages.append(&mut more.ages);
                all.terms.append(&mut more.terms);
                all.hotlines.append(&mut more.hotlines);
            }
            Part::Place(place) => drop(self.places.insert(place.path.clone(), *place)),
            Part::Contacts(path, contacts) => self.contacts.push((path, contacts)),
            Part::Edition { place, list, draft, file } => self.editions.push((place, list, *draft, file)),
            Part::Guide { place, name, lang, text } => {
                let guide = self.guides.entry((place, name.clone())).or_insert_with(|| Guide { name, texts: BTreeMap::new() });
                guide.texts.insert(lang, text);
            }
            Part::Translations(translations) => self.translations = translations,
        }
    }

    fn finish(mut self, site: Site, findings: &mut Findings) -> Catalogue {
        for (path, contacts) in std::mem::take(&mut self.contacts) {
            if let Some(place) = self.places.get_mut(&path) {
                place.contacts = contacts;
            }
        }
        for place in self.places.values_mut() {
            place.bodies = self.vocabulary.bodies(place);
        }
        let mut site_guides = Vec::new();
        for ((place, _), guide) in std::mem::take(&mut self.guides) {
            match place {
                None => site_guides.push(guide),
                Some(path) => {
                    if let Some(place) = self.places.get_mut(&path) {
                        place.guides.push(guide);
                    }
                }
            }
        }
        let editions = Adopter::new(std::mem::take(&mut self.editions), &self.places, findings).all();
        for (path, list, edition) in editions {
            if let Some(place) = self.places.get_mut(&path) {
                let entry = place.lists.entry(list.clone()).or_default();
                entry.id = list;
                entry.editions.push(edition);
            }
        }
        Catalogue { site, vocabulary: self.vocabulary, places: self.places, guides: site_guides, translations: self.translations }
    }
}

/// Bodies of the editions that are complete, by edition address and service id.
type Bodies = BTreeMap<String, BTreeMap<String, (Arc<Body>, u32)>>;

/// Finds the bodies of adopted services, from the top tier down.
struct Adopter<'a> {
    drafts: Vec<(PlacePath, String, EditionDraft, FileId)>,
    addresses: Vec<String>,
    bodies: Bodies,
    findings: &'a mut Findings,
}

impl<'a> Adopter<'a> {
    fn new(
        drafts: Vec<(PlacePath, String, EditionDraft, FileId)>,
        places: &BTreeMap<PlacePath, Place>,
        findings: &'a mut Findings,
    ) -> Self {
        let mut kept = Vec::new();
        for draft in drafts {
            if places.contains_key(&draft.0) {
                kept.push(draft);
            } else if !findings.iter().any(|finding| finding.at.file == draft.3) {
                findings.push(missing_place(&draft.0, draft.3));
            }
        }
        let addresses = kept.iter().map(|(place, list, draft, _)| format!("{place}/{list}/{}", draft.edition.id)).collect();
        Self { drafts: kept, addresses, bodies: Bodies::new(), findings }
    }

    /// Returns every edition with its services. Baselines are done before those measured against them,
    /// whatever the order of the files; editions that wait for each other in a circle come last.
    fn all(mut self) -> Vec<(PlacePath, String, Edition)> {
        let mut waiting: Vec<usize> = (0..self.drafts.len()).collect();
        let mut done: BTreeMap<usize, Edition> = BTreeMap::new();
        loop {
            let (ready, later): (Vec<usize>, Vec<usize>) = waiting.iter().copied().partition(|at| self.is_ready(*at));
            let round = if ready.is_empty() { &later } else { &ready };
            for at in round {
                let edition = self.complete(*at);
                done.insert(*at, edition);
            }
            if ready.is_empty() || later.is_empty() {
                break;
            }
            waiting = later;
        }
        let places = self.drafts.into_iter().map(|(place, list, ..)| (place, list));
        places.zip(done.into_values()).map(|((place, list), edition)| (place, list, edition)).collect()
    }

    fn is_ready(&self, at: usize) -> bool {
        let draft = &self.drafts[at].2;
        let adopts = draft.services.iter().any(|service| matches!(service, Draft::Adopting(_)));
        match &draft.edition.measured_against {
            Some(baseline) if adopts => self.bodies.contains_key(&baseline.value) || !self.addresses.contains(&baseline.value),
            _ => true,
        }
    }

    fn complete(&mut self, at: usize) -> Edition {
        let draft = &mut self.drafts[at].2;
        let services = std::mem::take(&mut draft.services);
        let mut edition = draft.edition.clone();
        let baseline = edition.measured_against.clone();
        let known = baseline.as_ref().is_none_or(|baseline| self.addresses.contains(&baseline.value));
        if let (false, Some(baseline)) = (known, &baseline) {
            let finding = unknown_baseline(baseline, &self.addresses);
            self.findings.push(finding);
        }
        for service in services {
            match service {
                Draft::Own(service) => edition.services.push(*service),
                Draft::Adopting(entry) => edition.services.extend(self.adopt(*entry, baseline.as_ref(), known, edition.span)),
            }
        }
        let own = edition.services.iter().map(|s| (s.id.value.clone(), (Arc::clone(&s.body), s.number.value))).collect();
        self.bodies.insert(self.addresses[at].clone(), own);
        edition
    }

    fn adopt(&mut self, entry: AdoptingService, baseline: Option<&Spanned<String>>, known: bool, edition: Span) -> Option<Service> {
        let Some(baseline) = baseline else {
            self.findings.push(no_baseline(&entry.adopts, edition));
            return None;
        };
        let bodies = self.bodies.get(&baseline.value);
        let Some((body, number)) = bodies.and_then(|bodies| bodies.get(&entry.adopts.value)).cloned() else {
            if known {
                let finding = unknown_adoption(&entry.adopts, baseline, bodies);
                self.findings.push(finding);
            }
            return None;
        };
        Some(Service {
            id: entry.id.unwrap_or_else(|| entry.adopts.clone()),
            number: entry.number.unwrap_or_else(|| Spanned::new(number, entry.adopts.span)),
            body,
            adopted: Some(Adoption { edition: baseline.value.clone(), service: entry.adopts }),
            apply: entry.apply,
            was: entry.was,
            note: entry.note,
            checked: entry.checked,
            span: entry.span,
        })
    }
}

fn missing_place(path: &PlacePath, file: FileId) -> Finding {
    Finding::new(
        &codes::MISSING_PLACE_FILE,
        Span::whole(file),
        text!("文件夹“{path}”没有 place.yaml，这份清单不知道属于哪个地区", "the folder `{path}` has no usable place.yaml, so this list belongs to no place"),
    )
    .help(text!("在“{path}”里加上 place.yaml，写明 name、code、tier", "add {path}/place.yaml with name, code and tier"))
}

fn unknown_baseline(baseline: &Spanned<String>, known: &[String]) -> Finding {
    let name = &baseline.value;
    let help = match nearest(name, known.iter().map(String::as_str)) {
        Some(near) => text!("是不是“{near}”？", "did you mean `{near}`?"),
        None => text!("写成“地区/清单/版次”，例如 fujian/migrant-children/2025", "write place/list/edition, such as fujian/migrant-children/2025"),
    };
    Finding::new(&codes::UNKNOWN_BASELINE, baseline.span, text!("没有“{name}”这份清单", "there is no edition `{name}`")).help(help)
}

fn no_baseline(adopts: &Spanned<String>, edition: Span) -> Finding {
    Finding::new(
        &codes::UNKNOWN_ADOPTION,
        adopts.span,
        text!("这份清单没有写对照哪一份上级清单，无从照录", "this edition names no baseline to adopt from"),
    )
    .label(edition, text!("这份清单从这里开始", "the edition starts here"))
    .help(text!("在文件开头加上 measured_against: fujian/migrant-children/2025", "add `measured_against: fujian/migrant-children/2025` at the top of the file"))
}

fn unknown_adoption(
    adopts: &Spanned<String>,
    baseline: &Spanned<String>,
    bodies: Option<&BTreeMap<String, (Arc<Body>, u32)>>,
) -> Finding {
    let (name, above) = (&adopts.value, &baseline.value);
    let near = bodies.and_then(|bodies| nearest(name, bodies.keys().map(String::as_str)));
    let help = match near {
        Some(near) => text!("是不是“{near}”？", "did you mean `{near}`?"),
        None => text!("到上级清单里查项目编号，或写成完整的一项", "look up the id in the baseline, or write a full service"),
    };
    Finding::new(&codes::UNKNOWN_ADOPTION, adopts.span, text!("“{above}”里没有“{name}”这一项", "`{above}` has no service `{name}`"))
        .label(baseline.span, text!("对照的是这份清单", "this is the baseline"))
        .help(help)
}
