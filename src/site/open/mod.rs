//! The lists by the standards of others: the same facts as [`crate::api`], in the words that other programs know.
//!
//! In: the documents of the API, as typed values. Out: files of one standard, for `export data --as NAME`; `build`
//! writes none of them but the pieces to embed, where `site.yaml` asks for those, so that a site stays as light as it was. What of ours goes where is declared in [`terms`], and
//! `tests/standards.rs` holds the files against that table and against the schemas of the standards.
//!
//! To add a standard, write its file here with a function from `Documents` to files, a line in [`FORMATS`], a column
//! in [`terms`] and its judge in `tests/standards/`.

mod cpsv;
mod dcat;
pub mod embed;
mod hsds;
mod mini;
mod package;
mod plain;
mod rdf;
mod sheet;
pub mod terms;
mod voice;

use crate::SiteMap;
use crate::api::{self, DataFile, Documents};
use crate::diagnostic::Message;
use crate::text;
use embed::Fragment;

/// A format in which the lists can be had.
#[derive(Debug)]
pub struct Format {
    /// What `--as` calls it.
    pub name: &'static str,
    /// What it needs to know of the site besides its lists.
    needs: &'static [Need],
    write: for<'m> fn(&'m SiteMap<'m>) -> Made,
}

/// What comes of a format.
#[derive(Debug)]
pub enum Made {
    /// Files.
    Files(Vec<DataFile>),
    /// Pieces that the templates of the theme make files of, with the folder of their styles.
    Pieces(&'static str, Vec<Fragment>),
}

/// What a format cannot do without.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Need {
    /// The address of the site: things are named by their addresses.
    Address,
    /// Who publishes the site.
    Publisher,
}

/// The formats, in the order in which they are told; the first is the usual one.
pub const FORMATS: &[Format] = &[
    format("json", &[], |map| Made::Files(api::files(map))),
    format("cpsv", &[Need::Address], |map| documents(map, cpsv::files)),
    format("dcat", &[Need::Address, Need::Publisher], |map| documents(map, dcat::files)),
    format("hsds", &[], |map| documents(map, hsds::files)),
    format("package", &[], |map| documents(map, package::files)),
    format("text", &[], |map| documents(map, plain::files)),
    format("voice", &[], |map| documents(map, voice::files)),
    format("mini", &[], |map| documents(map, mini::files)),
    format("large-print", &[], |map| Made::Pieces("large-print", embed::large_print(map))),
    format("embed", &[Need::Address], |map| Made::Pieces("embed", embed::pieces(map))),
];

const fn format(
    name: &'static str,
    needs: &'static [Need],
    write: for<'m> fn(&'m SiteMap<'m>) -> Made,
) -> Format {
    Format { name, needs, write }
}

fn documents<'a>(map: &'a SiteMap<'a>, files: fn(&Documents) -> Vec<DataFile>) -> Made {
    Made::Files(files(&Documents::of(map)))
}

/// Returns what comes of a site in the formats that are called so.
///
/// # Errors
/// The site does not say what one of them cannot do without.
pub fn made<'a>(map: &'a SiteMap<'a>, names: &[&str]) -> Result<Vec<Made>, Message> {
    let site = &map.facts.catalogue().site;
    let mut made = Vec::new();
    for format in FORMATS.iter().filter(|format| names.contains(&format.name)) {
        for need in format.needs {
            match need {
                Need::Address if site.base_url.is_none() => return Err(no_address(format.name)),
                Need::Publisher if site.publisher.is_none() => return Err(no_publisher(format.name)),
                Need::Address | Need::Publisher => {}
            }
        }
        made.push((format.write)(map));
    }
    Ok(made)
}

fn no_address(name: &str) -> Message {
    text!(
        "{name} 用网址给每样东西起名；在 site.yaml 里写 base_url，或者用 --base-url 给出",
        "{name} names things by their addresses: write `base_url` in site.yaml, or give --base-url"
    )
}

fn no_publisher(name: &str) -> Message {
    text!(
        "{name} 要求写明谁发布；在 site.yaml 里写 publisher",
        "{name} asks who publishes the data: write `publisher` in site.yaml"
    )
}
