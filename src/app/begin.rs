//! A catalogue to start from: one province with one draft, or the demonstration.
//!
//! The files are made in memory, in the language that whoever begins writes in, and written all together; what makes the
//! folder a catalogue comes last, so that a run that was killed leaves none and can be made again.

mod provinces;

use std::path::{Path, PathBuf};

pub use provinces::{PROVINCES, Province};

use crate::catalogue::{self, file_kind, in_language};
use crate::diagnostic::{Error, Findings};
use crate::render;
use crate::schema::KeyLanguage;
use crate::source::{SourceFile, SourceTree};
use crate::syntax::yaml;
use crate::text;
use qingdan_report::editor::{self, Keys};
use qingdan_site::demo::Demo;
use qingdan_storage::{self as storage, Session};

/// The words lists are written with, which a new catalogue starts with too.
const STARTING_WITH: &str = "vocabulary/";
/// The folder of a catalogue that is ours.
const OWN: &str = ".qingdan/";
/// The folder of the place where no province is named, to be renamed.
const NAMELESS: &str = "province";

/// What a new catalogue is to hold.
#[derive(Clone, Copy, Debug)]
pub enum Beginning {
    /// The invented province of the demonstration.
    Demo,
    /// A province with one draft; without one, a place to be named.
    Province(Option<&'static Province>),
}

/// A file of a new catalogue: its path and what is in it.
type NewFile = (String, Vec<u8>);

/// Writes a new catalogue into `folder`, which is not there yet or is empty, with keys in `keys`; returns how many files it has.
///
/// # Errors
/// Something else is in the folder; the disk.
pub fn begin(folder: &Path, beginning: Beginning, keys: KeyLanguage) -> Result<usize, Error> {
    let mut files = files(beginning);
    let count = files.len();
    if let (Beginning::Province(_), KeyLanguage::Chinese) = (beginning, keys) {
        in_chinese(&mut files);
    }
    for (name, bytes) in &mut files {
        let modeline = editor::modeline(name).unwrap_or_default();
        bytes.splice(0..0, modeline.bytes());
    }
    files.extend(editor::settings().into_iter().map(|(name, text)| (name, text.into_bytes())));
    files.sort_by_key(|(name, _)| name == "site.yaml");
    if storage::is_left(folder) {
        drop(Session::open(folder)?);
    }
    if !is_begun(folder, &files) {
        let shown = folder.display();
        return Err(Error::Argument {
            reason: text!("{shown} 不是空的，请换一个目录", "{shown} is not empty; choose another folder"),
        });
    }
    storage::sys::create_folders(folder).map_err(Error::writing(folder))?;
    let session = Session::open(folder)?;
    files.iter().try_for_each(|(name, bytes)| session.write_own(name, bytes))?;
    write_schemas(folder, &session)?;
    Ok(count)
}

fn files(beginning: Beginning) -> Vec<NewFile> {
    let own = match beginning {
        Beginning::Demo => Vec::new(),
        Beginning::Province(province) => start(province),
    };
    let is_own = |name: &str| own.iter().any(|(known, _)| known == name);
    let starts = |name: &str| name.starts_with(STARTING_WITH) && !is_own(name);
    let embedded = Demo::iter().filter(|name| matches!(beginning, Beginning::Demo) || starts(name));
    let embedded = embedded.filter_map(|name| Some((name.to_string(), Demo::get(&name)?.data.into_owned())));
    let embedded: Vec<NewFile> = embedded.collect();
    embedded.into_iter().chain(own).collect()
}

/// Returns the files of a new catalogue besides those of its vocabulary that the demonstration has as well: departments by
/// their usual names, one place with one draft, to be filled in.
fn start(province: Option<&Province>) -> Vec<NewFile> {
    let (mut place, mut edition) =
        (include_str!("begin/place.yaml").to_owned(), include_str!("begin/edition.yaml").to_owned());
    if let Some(province) = province {
        place = province.place();
        edition = edition.replace("某省", province.name);
    }
    let folder = province.map_or(NAMELESS, |province| province.id);
    vec![
        ("site.yaml".to_owned(), include_bytes!("begin/site.yaml").to_vec()),
        ("vocabulary/departments.yaml".to_owned(), include_bytes!("begin/departments.yaml").to_vec()),
        (format!("{folder}/place.yaml"), place.into_bytes()),
        (format!("{folder}/migrant-children/2027.yaml"), edition.into_bytes()),
    ]
}

/// Turns keys and words into Chinese.
fn in_chinese(files: &mut [NewFile]) {
    let mut findings = Findings::new();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let given = files.iter().map(|(name, bytes)| SourceFile::new(name.clone(), text(bytes)));
    let sources = SourceTree::from_files(given.chain(render::default_theme()).collect());
    let known = catalogue::read(&sources, &mut findings).expect("what a catalogue begins with is right");
    for (name, bytes) in files.iter_mut() {
        let (Some(id), Some(kind)) = (sources.find(name), file_kind(name)) else { continue };
        let text = &sources.file(id).text;
        let Some(node) = yaml::parse(id, text, &mut findings) else { continue };
        *bytes =
            in_language(text, &node, kind.shape, &kind.naming(&known), KeyLanguage::Chinese).into_bytes();
    }
}

/// Tells whether a folder is empty, or holds a part of these files and nothing else, as a killed command leaves it.
fn is_begun(folder: &Path, files: &[NewFile]) -> bool {
    let (mut known, mut is_left) = (0, false);
    for name in storage::files_below(folder) {
        let is_ours = |bytes: &[u8]| storage::read(&folder.join(&name)).is_ok_and(|known| known == bytes);
        match files.iter().find(|(known, _)| *known == name) {
            Some((_, bytes)) if is_ours(bytes) => known += 1,
            Some(_) => return false,
            // A lock that nobody took away: only one that was killed leaves it, but on Windows.
            None if storage::is_own_trace(&name) || name.starts_with(OWN) => {
                is_left |= !cfg!(windows) && name.ends_with(".qingdan-lock");
            }
            None => return false,
        }
    }
    let schemas: PathBuf = folder.join(editor::FOLDER);
    let has_schemas = editor::documents().all(|(name, _)| schemas.join(format!("{name}.json")).is_file());
    known < files.len() || !has_schemas || is_left
}

/// Writes what editors need to know of the catalogue.
fn write_schemas(folder: &Path, session: &Session) -> Result<(), Error> {
    let mut findings = Findings::new();
    let sources = SourceTree::read(folder, render::default_theme(), &mut findings)?;
    let content = catalogue::read(&sources, &mut findings).expect("what a catalogue begins with is right");
    let schemas = editor::schemas(&content, Keys::of(&sources)).into_iter();
    let files: Vec<NewFile> = schemas.map(|(name, text)| (name, text.into_bytes())).collect();
    session.write_folder(editor::FOLDER, &files, false).map(drop)
}
