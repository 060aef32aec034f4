//! From the snapshot to the catalogue: the files in the order they are taken in.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::adopt::Adopter;
use super::codes;
use super::guide::GuideText;
use super::names;
use super::naming::Naming;
use super::place_part::{PartKind, PlacePart};
use super::role::{FileRole, file_kind, role};
use super::understood::{fitted, understood};
use super::unreviewed::{Guesses, unreviewed};
use super::{
    Catalogue, CodeSystem, Edition, EditionsLock, Guide, Place, PlacePath, Site, Translations, Vocabulary,
    place,
};
use crate::diagnostic::{Finding, Findings};
use crate::lang::LangCode;
use crate::schema::field_type::FieldType;
use crate::schema::{Fields, KeyLanguage, Shape, tables};
use crate::source::{SourceFile, SourceTree};
use crate::span::{FileId, Span};
use crate::syntax::{Node, markdown};
use crate::text;

/// Reads the catalogue out of the snapshot. `None` if `site.yaml` cannot be used; then nothing else was
/// read either. Everything wrong on the way is reported; what is right is kept.
pub fn read(sources: &SourceTree, findings: &mut Findings) -> Option<Catalogue> {
    read_with(sources, None, findings)
}

/// Reads the catalogue out of the snapshot, holding its editions against `lock` rather than the lock file.
pub fn read_with(
    sources: &SourceTree,
    lock: Option<EditionsLock>,
    findings: &mut Findings,
) -> Option<Catalogue> {
    let site_file = sources.find("site.yaml")?;
    let site = read_site(site_file, sources.file(site_file), findings)?;
    let reference = &site.languages.reference().code;
    check_names(sources, findings);
    let files: Vec<(FileId, &SourceFile)> = sources.iter().filter(|(id, _)| *id != site_file).collect();
    let read: Vec<(FilePart<'_>, Findings)> =
        files.into_par_iter().map(|(id, file)| read_part(id, file, reference)).collect();
    let mut parts = Vec::with_capacity(read.len());
    for (part, found) in read {
        findings.append(found);
        parts.push(part);
    }
    if let Some(lock) = lock {
        parts.push(FilePart::Ready(Taken::Editions(lock)));
    }
    let mut assembly = Assembly { written: WrittenFiles::of(sources), ..Assembly::default() };
    assembly.take_all(parts, site.codes, reference);
    assembly.frozen.verify_files(sources, findings);
    let catalogue = assembly.finish(site, findings);
    catalogue.frozen.verify_statements(&catalogue, sources, findings);
    Some(catalogue)
}

/// Returns the tree of every file of `sources` as it is understood: canonical keys and ids, what could not be used
/// marked as refused. Files of which nothing can be used have none.
pub fn trees(sources: &SourceTree, catalogue: &Catalogue) -> BTreeMap<FileId, Node> {
    let reference = &catalogue.site.languages.reference().code;
    let files: Vec<(FileId, &SourceFile)> = sources.iter().collect();
    let tree = |(id, file): (FileId, &SourceFile)| {
        let kind = file_kind(&file.path)?;
        let node = fitted(id, file, kind.shape, reference, &mut Findings::new())?;
        Some((id, kind.naming(catalogue).resolve(node, kind.shape)))
    };
    files.into_par_iter().filter_map(tree).collect()
}

/// Reports names of folders and files that cannot be part of an address.
fn check_names(sources: &SourceTree, findings: &mut Findings) {
    let mut reported = BTreeSet::new();
    for (id, file) in sources.iter().filter(|(_, file)| !file.nameless) {
        let last = match role(&file.path) {
            FileRole::Part(_, PartKind::Form(id)) => Some(id),
            FileRole::Place(_) | FileRole::Contacts(_) | FileRole::Part(..) => None,
            FileRole::Edition { id, .. } => Some(id),
            FileRole::Guide { name, .. } => Some(name),
            FileRole::Site
            | FileRole::Vocabulary(..)
            | FileRole::Translations
            | FileRole::Editions
            | FileRole::Theme
            | FileRole::Stray => continue,
        };
        names::check(id, &file.path, last, &mut reported, findings);
    }
}

fn read_site(id: FileId, file: &SourceFile, findings: &mut Findings) -> Option<Site> {
    let node = understood(id, file, &tables::SITE, &first_language, findings)?;
    Site::decode(Fields::new(&node, &first_language(&node)))
}

/// Returns the first language that a `site.yaml` names: the languages of the site are not known yet, and this is
/// the reference of the file too.
fn first_language(site: &Node) -> LangCode {
    let field = |node: &Node, keys: [&str; 2]| keys.iter().find_map(|key| node.get(key)).cloned();
    let first = field(site, ["languages", "语言"]).and_then(|languages| languages.items().first().cloned());
    let code = first.and_then(|language| field(&language, ["code", "代码"]));
    LangCode::new(code.as_ref().and_then(Node::text).unwrap_or("zh"))
}

/// What one file contributes. Names in the trees mean words once the vocabulary and the places are known.
enum FilePart<'p> {
    Vocabulary {
        key: &'p str,
        shape: &'static Shape,
        node: Option<Node>,
    },
    Place {
        path: PlacePath,
        node: Node,
    },
    Contacts {
        place: PlacePath,
        node: Node,
        file: FileId,
    },
    OfPlace {
        place: PlacePath,
        kind: PartKind<'p>,
        node: Node,
        file: FileId,
    },
    Edition {
        place: PlacePath,
        list: &'p str,
        id: &'p str,
        keys: KeyLanguage,
        guesses: Guesses,
        node: Node,
        file: FileId,
    },
    Ready(Taken),
}

fn read_part<'p>(id: FileId, file: &'p SourceFile, reference: &LangCode) -> (FilePart<'p>, Findings) {
    let mut findings = Findings::new();
    let mut fit = |shape| fitted(id, file, shape, reference, &mut findings);
    let part = match role(&file.path) {
        FileRole::Vocabulary(key, shape) => Some(FilePart::Vocabulary { key, shape, node: fit(shape) }),
        FileRole::Place(path) => {
            fit(&tables::PLACE).map(|node| FilePart::Place { path: PlacePath::new(path), node })
        }
        FileRole::Contacts(path) => fit(&tables::CONTACTS).map(|node| FilePart::Contacts {
            place: PlacePath::new(path),
            node,
            file: id,
        }),
        FileRole::Part(place, kind) => {
            let may = file.refused || kind.may_be_read(id, &file.text, &mut findings);
            let node = may.then(|| fitted(id, file, kind.shape(), reference, &mut findings)).flatten();
            node.map(|node| FilePart::OfPlace { place: PlacePath::new(place), kind, node, file: id })
        }
        FileRole::Edition { place, list, id: edition } => {
            let node = fit(&tables::EDITION);
            unreviewed(id, &file.text).into_iter().for_each(|finding| findings.push(finding));
            node.map(|node| FilePart::Edition {
                place: PlacePath::new(place),
                list,
                id: edition,
                keys: KeyLanguage::of_text(&file.text),
                guesses: Guesses::of(&file.text),
                node,
                file: id,
            })
        }
        FileRole::Translations | FileRole::Editions | FileRole::Stray if file.refused => None,
        FileRole::Site | FileRole::Theme => None,
        FileRole::Translations => {
            let (read, found) = file.derive(id, "", || {
                let mut found = Findings::new();
                (Translations::parse(id, &file.text, &mut found), found)
            });
            findings.append(found);
            Some(FilePart::Ready(Taken::Translations(read)))
        }
        FileRole::Editions => {
            Some(FilePart::Ready(Taken::Editions(EditionsLock::parse(id, &file.text, &mut findings))))
        }
        FileRole::Stray => {
            findings.push(stray(id));
            None
        }
        FileRole::Guide { place, name, lang } => Some(FilePart::Ready(Taken::Guide {
            place: place.map(PlacePath::new),
            name: name.to_owned(),
            lang: LangCode::new(lang),
            text: (!file.refused).then(|| GuideText {
                file: id,
                source: file.text.clone(),
                outline: markdown::inspect(id, &file.text, &mut findings),
            }),
            file: id,
        })),
    };
    (part.unwrap_or(FilePart::Ready(Taken::Nothing)), findings)
}

fn stray(id: FileId) -> Finding {
    Finding::new(&codes::STRAY_FILE, Span::whole(id), text!("这里不应有这个文件，没有读取", "no file is expected here; it was not read")).help(text!(
        "清单放在“地区/清单/版次.yaml”，例如 fujian/xiamen/migrant-children/2025.yaml；帮助文章放在 guides/名称.zh.md",
        "lists lie at place/list/edition.yaml, such as fujian/xiamen/migrant-children/2025.yaml; guides at guides/NAME.zh.md"
    ))
}

/// Reads the vocabulary out of its files; without names, words name each other by id only.
fn vocabulary(parts: &[FilePart<'_>], naming: Option<&Naming<'_>>, reference: &LangCode) -> Vocabulary {
    let mut words = Vocabulary::default();
    for part in parts {
        let FilePart::Vocabulary { key, shape, node } = part else { continue };
        words.absorb(match (node, naming) {
            (None, _) => Vocabulary::lost(key),
            (Some(node), None) => Vocabulary::decode(key, Fields::new(node, reference)),
            (Some(node), Some(naming)) => {
                Vocabulary::decode(key, Fields::new(&naming.resolve(node.clone(), shape), reference))
            }
        });
    }
    words
}

/// What one file contributes once names mean words.
enum Taken {
    Nothing,
    Contacts(PlacePath, Vec<place::Contact>, FileId),
    OfPlace(PlacePath, PlacePart, FileId),
    Edition { place: PlacePath, list: String, draft: Box<Edition>, file: FileId },
    Guide { place: Option<PlacePath>, name: String, lang: LangCode, text: Option<GuideText>, file: FileId },
    Translations(Translations),
    Editions(EditionsLock),
}

impl FilePart<'_> {
    fn taken(
        self,
        words: &Vocabulary,
        places: &BTreeMap<PlacePath, Place>,
        lock: &EditionsLock,
        reference: &LangCode,
    ) -> Taken {
        let resolved =
            |node, place: &PlacePath, shape| Naming::new(words, places, Some(place)).resolve(node, shape);
        match self {
            FilePart::Vocabulary { .. } | FilePart::Place { .. } => Taken::Nothing,
            FilePart::Ready(taken) => taken,
            FilePart::Contacts { place, node, file } => {
                let node = resolved(node, &place, &tables::CONTACTS);
                Taken::Contacts(place, Vec::<place::Contact>::optional(node.get("contacts"), reference), file)
            }
            FilePart::OfPlace { place, kind, node, file } => {
                let part = kind.decode(node, &Naming::new(words, places, Some(&place)), reference);
                part.map_or(Taken::Nothing, |part| Taken::OfPlace(place, part, file))
            }
            FilePart::Edition { place, list, id, keys, guesses, node, file } => {
                let issued =
                    lock.get(&format!("{place}/{list}/{id}")).and_then(|frozen| frozen.stated.as_ref());
                let naming =
                    Naming::new(words, places, Some(&place)).as_issued(issued.map(|stated| &stated.names));
                let node = naming.resolve(node, &tables::EDITION);
                Edition::decode(id, (keys, guesses), Fields::new(&node, reference)).map_or(
                    Taken::Nothing,
                    |draft| Taken::Edition { place, list: list.to_owned(), draft: Box::new(draft), file },
                )
            }
        }
    }
}

/// What there is a file for, whether or not the file can be used.
#[derive(Default)]
struct WrittenFiles {
    places: BTreeSet<PlacePath>,
    editions: BTreeSet<String>,
}

impl WrittenFiles {
    fn of(sources: &SourceTree) -> Self {
        let mut written = Self::default();
        for (_, file) in sources.iter() {
            match role(&file.path) {
                FileRole::Place(path) => {
                    written.places.insert(PlacePath::new(path));
                }
                FileRole::Edition { place, list, id } => {
                    written.editions.insert(format!("{place}/{list}/{id}"));
                }
                FileRole::Site
                | FileRole::Vocabulary(..)
                | FileRole::Contacts(_)
                | FileRole::Part(..)
                | FileRole::Guide { .. }
                | FileRole::Translations
                | FileRole::Editions
                | FileRole::Theme
                | FileRole::Stray => {}
            }
        }
        written
    }
}

/// The parts collected so far, in the order of their files.
#[derive(Default)]
struct Assembly {
    written: WrittenFiles,
    vocabulary: Vocabulary,
    places: BTreeMap<PlacePath, Place>,
    contacts: Vec<(PlacePath, Vec<place::Contact>)>,
    parts: Vec<(PlacePath, PlacePart)>,
    /// Folders that ought to be places, each with its first file.
    folders: BTreeMap<PlacePath, FileId>,
    editions: Vec<(PlacePath, String, Edition)>,
    guides: BTreeMap<(Option<PlacePath>, String), Guide>,
    translations: Translations,
    frozen: EditionsLock,
}

impl Assembly {
    /// Takes in the vocabulary, then the places, then what is written with the names of both.
    fn take_all(&mut self, parts: Vec<FilePart<'_>>, codes: CodeSystem, reference: &LangCode) {
        self.vocabulary = vocabulary(&parts, None, reference);
        let names = std::mem::take(&mut self.vocabulary);
        self.vocabulary = vocabulary(&parts, Some(&Naming::new(&names, &self.places, None)), reference);
        let (places, others): (Vec<_>, Vec<_>) =
            parts.into_iter().partition(|part| matches!(part, FilePart::Place { .. }));
        for part in places {
            self.take_place(part, codes, reference);
        }
        let (words, known) = (&self.vocabulary, &self.places);
        let lock = others.iter().rev().find_map(|part| match part {
            FilePart::Ready(Taken::Editions(lock)) => Some(lock.clone()),
            _ => None,
        });
        let lock = lock.unwrap_or_default();
        let others: Vec<Taken> =
            others.into_par_iter().map(|part| part.taken(words, known, &lock, reference)).collect();
        others.into_iter().for_each(|taken| self.take(taken));
    }

    fn take_place(&mut self, part: FilePart<'_>, codes: CodeSystem, reference: &LangCode) {
        let FilePart::Place { path, node } = part else { return };
        let naming = Naming::new(&self.vocabulary, &self.places, None);
        let node = naming.resolve(node, &tables::PLACE);
        if let Some(mut place) = Place::decode(path, Fields::new(&node, reference)) {
            place.of_kind = self.vocabulary.bodies_of_kind(place.kind(codes), place.tier.value);
            self.places.insert(place.path.clone(), place);
        }
    }

    fn take(&mut self, taken: Taken) {
        match taken {
            Taken::Nothing => {}
            Taken::Contacts(path, contacts, file) => {
                self.note_folder(&path, file);
                self.contacts.push((path, contacts));
            }
            Taken::OfPlace(path, part, file) => {
                self.note_folder(&path, file);
                self.parts.push((path, part));
            }
            Taken::Edition { place, list, draft, file } => {
                self.note_folder(&place, file);
                self.editions.push((place, list, *draft));
            }
            Taken::Guide { place, name, lang, text, file } => {
                if let Some(place) = &place {
                    self.note_folder(place, file);
                }
                let new = || Guide { name: name.clone(), texts: BTreeMap::new(), lost: false };
                let guide = self.guides.entry((place, name.clone())).or_insert_with(new);
                match text {
                    Some(text) => drop(guide.texts.insert(lang, text)),
                    None => guide.lost = true,
                }
            }
            Taken::Translations(translations) => self.translations = translations,
            Taken::Editions(frozen) => self.frozen = frozen,
        }
    }

    /// Remembers a file that makes its folder one of a place; the first one stands for the folder.
    fn note_folder(&mut self, path: &PlacePath, file: FileId) {
        self.folders.entry(path.clone()).or_insert(file);
    }

    fn finish(mut self, site: Site, findings: &mut Findings) -> Catalogue {
        for (path, file) in self.folders.iter().filter(|(path, _)| !self.written.places.contains(*path)) {
            findings.push(missing_place(path, *file));
        }
        for (path, contacts) in std::mem::take(&mut self.contacts) {
            if let Some(place) = self.places.get_mut(&path) {
                place.contacts = contacts;
            }
        }
        for (path, part) in std::mem::take(&mut self.parts) {
            if let Some(place) = self.places.get_mut(&path) {
                part.add_to(place);
            }
        }
        let site_guides = self.hand_out_guides();
        let mut repeated = self.vocabulary.drop_repeated();
        for place in self.places.values_mut() {
            place.bodies = self.vocabulary.bodies(place);
        }
        let adopter = Adopter::new(
            std::mem::take(&mut self.editions),
            &self.places,
            std::mem::take(&mut self.written.editions),
            findings,
        );
        let (editions, services) = adopter.all();
        repeated.extend(services);
        for (path, list, edition) in editions {
            if let Some(place) = self.places.get_mut(&path) {
                let entry = place.lists.entry(list.clone()).or_default();
                entry.id = list;
                entry.editions.push(edition);
            }
        }
        self.order_editions(&site.languages.reference().code);
        let Self { vocabulary, mut places, translations, frozen, .. } = self;
        let library = super::wording::make(&vocabulary.wording, places.values_mut());
        let definitions =
            places.values().flat_map(|place| &place.rulebook).flat_map(|rule| &rule.definitions);
        let defined = definitions.flat_map(|known| &known.group).map(|group| group.value.clone()).collect();
        Catalogue {
            site,
            vocabulary,
            places,
            defined,
            guides: site_guides,
            translations,
            frozen,
            library,
            repeated,
        }
    }

    /// Puts the editions of each list in their order, and gives those that are frozen their names.
    fn order_editions(&mut self, reference: &LangCode) {
        for place in self.places.values_mut() {
            for list in place.lists.values_mut() {
                list.sort();
                for edition in &mut list.editions {
                    let address = format!("{}/{}/{}", place.path, list.id, edition.id);
                    edition.names = self.frozen.names(&address, reference).map(Arc::new);
                }
            }
        }
    }

    /// Gives each place its guides; returns those of the site.
    fn hand_out_guides(&mut self) -> Vec<Guide> {
        let mut of_site = Vec::new();
        for ((place, _), guide) in std::mem::take(&mut self.guides) {
            match place {
                _ if guide.texts.is_empty() => {}
                None => of_site.push(guide),
                Some(path) => {
                    if let Some(place) = self.places.get_mut(&path) {
                        place.guides.push(guide);
                    }
                }
            }
        }
        of_site
    }
}

fn missing_place(path: &PlacePath, file: FileId) -> Finding {
    Finding::new(
        &codes::MISSING_PLACE_FILE,
        Span::whole(file),
        text!(
            "文件夹“{path}”没有 place.yaml，这里的文件不知道属于哪个地区",
            "the folder `{path}` has no place.yaml, so what lies in it belongs to no place"
        ),
    )
    .help(text!(
        "在“{path}”里加上 place.yaml，写明名称（name）、代码（code）、层级（tier）",
        "add {path}/place.yaml with name, code and tier"
    ))
}
