//! A site with `.br` and `.gz` beside every text file, for servers that hand those out.

use std::io::Read;

use brotli::enc::BrotliEncoderParams;
use brotli::enc::backward_references::BrotliEncoderMode;
use flate2::{Compression, GzBuilder};

use super::{Sink, SiteFolder};
use crate::diagnostic::Error;
use crate::route::Route;

/// Ends of names of files that are text.
const TEXTS: &[&str] =
    &["atom", "css", "csv", "html", "ics", "js", "json", "svg", "txt", "webmanifest", "xml", "yaml"];

/// The folder of files whose names change with what is in them: every page needs them, and they are packed as hard as can be.
const LASTING: &str = "assets/";

/// Two ways to pack a text: the end of the name, how to pack, how to unpack.
const WAYS: &[Way] =
    &[Way { end: "br", pack: brotli, unpack: unbrotli }, Way { end: "gz", pack: gzip, unpack: gunzip }];

struct Way {
    end: &'static str,
    pack: fn(&[u8], Effort) -> Vec<u8>,
    unpack: fn(&[u8]) -> Option<Vec<u8>>,
}

/// How hard a text is packed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Effort {
    /// As far as takes little time. The pages of a site of 340 lists are 15 % larger in brotli than with all effort, and a tenth
    /// smaller than in gzip; all effort takes 40 times as long.
    Little,
    /// As far as can be.
    All,
}

/// Puts each file into a folder, and beside every text its packed twins.
///
/// A twin of the last site that unpacks to the same text is kept: unpacking takes less than packing.
#[derive(Debug)]
pub struct Compressed<'s>(pub &'s SiteFolder);

impl Sink for Compressed<'_> {
    fn put(&self, route: &Route, bytes: &[u8]) -> Result<(), Error> {
        self.0.put(route, bytes)?;
        if !is_text(route) {
            return Ok(());
        }
        let effort = if route.as_str().starts_with(LASTING) { Effort::All } else { Effort::Little };
        WAYS.iter().try_for_each(|way| {
            let twin = way.twin(route);
            let last = self.0.last(&twin).filter(|last| (way.unpack)(last).is_some_and(|text| text == bytes));
            self.0.put(&twin, &last.unwrap_or_else(|| (way.pack)(bytes, effort)))
        })
    }

    fn keep(&self, part: &str, made_from: &str) -> Result<bool, Error> {
        self.0.keep(part, &with_twins(made_from))
    }

    fn made(&self, part: &str, made_from: &str, routes: &[&Route]) {
        let texts = routes.iter().filter(|route| is_text(route));
        let twins: Vec<Route> = texts.flat_map(|route| WAYS.iter().map(|way| way.twin(route))).collect();
        let all: Vec<&Route> = routes.iter().copied().chain(&twins).collect();
        self.0.made(part, &with_twins(made_from), &all);
    }
}

/// Tells what files were made from that have twins from what those were that have none.
fn with_twins(made_from: &str) -> String {
    format!("{made_from}+twins")
}

fn is_text(route: &Route) -> bool {
    TEXTS.contains(&route.as_str().rsplit_once('.').map_or("", |(_, end)| end))
}

impl Way {
    /// Returns where the packed twin of a file lies.
    fn twin(&self, route: &Route) -> Route {
        Route::new(format!("{route}.{}", self.end))
    }
}

fn brotli(text: &[u8], effort: Effort) -> Vec<u8> {
    let mode = BrotliEncoderMode::BROTLI_MODE_TEXT;
    // A window as large as the largest page: a larger one has to be laid out for every file.
    let (quality, lgwin) = match effort {
        Effort::Little => (5, 18),
        Effort::All => (11, 22),
    };
    let parameters =
        BrotliEncoderParams { quality, lgwin, mode, size_hint: text.len(), ..Default::default() };
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut &*text, &mut packed, &parameters).expect("memory takes all writes");
    packed
}

fn unbrotli(packed: &[u8]) -> Option<Vec<u8>> {
    let mut text = Vec::new();
    brotli::BrotliDecompress(&mut &*packed, &mut text).ok()?;
    Some(text)
}

fn gzip(text: &[u8], _: Effort) -> Vec<u8> {
    let mut packed = Vec::new();
    let mut gzip = GzBuilder::new().read(text, Compression::best());
    gzip.read_to_end(&mut packed).expect("memory gives all reads");
    packed
}

fn gunzip(packed: &[u8]) -> Option<Vec<u8>> {
    let mut text = Vec::new();
    flate2::read::GzDecoder::new(packed).read_to_end(&mut text).ok()?;
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{names, temp};
    use super::*;

    fn build(out: &std::path::Path, files: &[(&str, &str)]) -> super::super::Written {
        let folder = SiteFolder::begin(out, &[], false).expect("the folder is free");
        let site = Compressed(&folder);
        for (route, text) in files {
            site.put(&Route::new(*route), text.as_bytes()).expect("the disk works");
        }
        folder.commit().expect("the disk works")
    }

    #[test]
    fn texts_have_twins_that_unpack_to_them_and_go_with_them() {
        let (_temp, out) = temp();
        let long = "十六个孩子 sixteen children ".repeat(40);
        build(&out, &[("zh/a.html", &long), ("assets/a.css", &long), ("icon.png", "png"), ("empty.txt", "")]);
        assert_eq!(
            names_of(&out),
            [
                "assets/a.css",
                "assets/a.css.br",
                "assets/a.css.gz",
                "empty.txt",
                "empty.txt.br",
                "empty.txt.gz",
                "icon.png",
                "zh/a.html",
                "zh/a.html.br",
                "zh/a.html.gz"
            ]
        );
        for (way, name) in WAYS.iter().flat_map(|way| ["zh/a.html", "assets/a.css"].map(|name| (way, name))) {
            let packed = std::fs::read(out.join(format!("{name}.{}", way.end))).expect("a twin");
            assert!(packed.len() < long.len() / 5);
            assert_eq!((way.unpack)(&packed).expect("it unpacks"), long.as_bytes());
        }
        assert_eq!(build(&out, &[("icon.png", "png")]).removed, 9);
        assert_eq!(names_of(&out), ["icon.png"]);
    }

    #[test]
    fn what_did_not_change_is_not_written_and_what_was_spoilt_is_mended() {
        let (_temp, out) = temp();
        let files = [("a.html", "one one one"), ("b.html", "two two two")];
        build(&out, &files);
        let twin = |name: &str| std::fs::read(out.join(name)).expect("a twin");
        let (first, other) = (twin("a.html.br"), twin("b.html.gz"));
        assert_eq!(build(&out, &files).changed, 0);
        std::fs::write(out.join("a.html.br"), "spoilt").expect("our file");
        assert_eq!(build(&out, &files).changed, 1);
        assert_eq!((twin("a.html.br"), twin("b.html.gz")), (first, other));
        let written = build(&out, &[("a.html", "three"), ("b.html", "two two two")]);
        assert_eq!((written.changed, written.unchanged), (3, 3));
    }

    /// Names without the manifest; the twins are no text.
    fn names_of(out: &std::path::Path) -> Vec<String> {
        names(out).into_iter().filter(|name| name != ".qingdan-manifest").collect()
    }
}
