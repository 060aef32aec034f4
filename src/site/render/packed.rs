//! The two packs of a place as bytes: JSON in gzip. What many places have alike stands first and is packed once, what the two
//! packs of a place have alike is packed once for both.

use std::collections::BTreeMap;
use std::io::Write;
use std::sync::{Arc, Mutex, PoisonError};

use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc};
use serde::Serialize;

/// Beginnings that are remembered: each province has two a language.
const MOST: usize = 256;

/// What both packs end with.
#[derive(Serialize)]
pub(super) struct PackHead<'p> {
    /// Where addresses lead that are not kept.
    pub(super) home: String,
    /// What stands at the top of a page, and of the page that one is led to.
    pub(super) kept: String,
    pub(super) missing: String,
    /// Where addresses lead that have no page of their own: short ones, those of services that have another id now.
    pub(super) leads: BTreeMap<&'p str, String>,
}

/// Files by path.
pub(super) type PackFiles<'p> = BTreeMap<&'p str, &'p str>;

/// What the packs of a place hold.
pub(super) struct Packs<'p> {
    pub(super) head: &'p PackHead<'p>,
    /// Files that other places have, too, of the smaller pack and of the whole one; a path stands for the same bytes in all.
    pub(super) common: [&'p PackFiles<'p>; 2],
    /// Files of this place, of both packs.
    pub(super) small: &'p PackFiles<'p>,
    /// Those of the whole pack only.
    pub(super) others: &'p PackFiles<'p>,
}

/// The beginnings of packs, by the paths of their files.
#[derive(Default)]
pub(super) struct Beginnings(Mutex<BTreeMap<String, Arc<Beginning>>>);

/// What packs begin with, deflated up to a whole byte, behind which another stream can go on.
struct Beginning {
    deflated: Vec<u8>,
    sum: Crc,
}

impl Beginnings {
    fn of(&self, files: &PackFiles<'_>) -> Arc<Beginning> {
        let key: String = files.keys().flat_map(|path| [path, " "]).collect();
        let known = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(beginning) = known().get(&key) {
            return Arc::clone(beginning);
        }
        let mut json = br#"{"files":{"#.to_vec();
        put_files(files, &mut json);
        let mut stream = deflate();
        stream.write_all(&json).and_then(|()| stream.flush()).expect(IN_MEMORY);
        let beginning = Arc::new(Beginning { deflated: stream.get_ref().clone(), sum: sum(&[&json]) });
        let mut known = known();
        if known.len() >= MOST {
            known.clear();
        }
        known.insert(key, Arc::clone(&beginning));
        beginning
    }
}

impl Packs<'_> {
    /// Returns the smaller pack, and the whole one.
    pub(super) fn packed(&self, begun: &Beginnings) -> [Vec<u8>; 2] {
        let commas = |pack: usize, small: bool| !self.common[pack].is_empty() && small;
        let mut head = serde_json::to_vec(self.head).expect("a pack is plain data");
        // What is left of it stands behind the files: `},"home":…}`.
        head.splice(..1, *b"},");
        let mut begin = Vec::new();
        put_files(self.small, &mut begin);
        let mut rest = Vec::new();
        if !self.others.is_empty() && !self.small.is_empty() {
            rest.push(b',');
        }
        put_files(self.others, &mut rest);
        rest.extend(&head);
        let mut stream = deflate();
        stream.write_all(&begin).and_then(|()| stream.flush()).expect(IN_MEMORY);
        let shared = stream.get_ref().clone();
        let mut end = deflate();
        end.write_all(&head).expect(IN_MEMORY);
        let short = [shared, end.finish().expect(IN_MEMORY)].concat();
        stream.write_all(&rest).expect(IN_MEMORY);
        let long = stream.finish().expect(IN_MEMORY);
        let has_own = [!self.small.is_empty(), !self.small.is_empty() || !self.others.is_empty()];
        let pack = |at: usize, parts: &[&[u8]], deflated: &[u8]| {
            let comma = commas(at, has_own[at]);
            gzip(&begun.of(self.common[at]), comma, parts, deflated)
        };
        [pack(0, &[&begin, &head], &short), pack(1, &[&begin, &rest], &long)]
    }
}

/// A comma alone, deflated without being packed: one stored block that is not the last.
const COMMA: &[u8] = &[0, 1, 0, 0xfe, 0xff, b','];
const IN_MEMORY: &str = "memory takes all writes";

fn deflate() -> DeflateEncoder<Vec<u8>> {
    DeflateEncoder::new(Vec::new(), Compression::best())
}

fn put_files(files: &PackFiles<'_>, json: &mut Vec<u8>) {
    for (at, (path, text)) in files.iter().enumerate() {
        if at > 0 {
            json.push(b',');
        }
        serde_json::to_writer(&mut *json, path).expect("a path is plain data");
        json.push(b':');
        serde_json::to_writer(&mut *json, text).expect("a text is plain data");
    }
}

fn sum(parts: &[&[u8]]) -> Crc {
    let mut sum = Crc::new();
    parts.iter().for_each(|part| sum.update(part));
    sum
}

/// Returns a file of gzip (RFC 1952), of no time and from no system: a beginning, perhaps a comma, and what is deflated of
/// `parts`.
fn gzip(beginning: &Beginning, comma: bool, parts: &[&[u8]], deflated: &[u8]) -> Vec<u8> {
    let mut file = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];
    let mut all = Crc::new();
    all.combine(&beginning.sum);
    file.extend(&beginning.deflated);
    if comma {
        all.combine(&sum(&[b","]));
        file.extend(COMMA);
    }
    all.combine(&sum(parts));
    file.extend(deflated);
    file.extend(all.sum().to_le_bytes());
    file.extend(all.amount().to_le_bytes());
    file
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    fn unpacked(packed: &[u8]) -> serde_json::Value {
        let mut json = String::new();
        flate2::read::GzDecoder::new(packed).read_to_string(&mut json).expect("it is gzip");
        serde_json::from_str(&json).expect("it is JSON")
    }

    #[test]
    fn both_packs_unpack_to_their_files() {
        let head = PackHead {
            home: "zh/index.html".to_owned(),
            kept: "kept".to_owned(),
            missing: "missing".to_owned(),
            leads: BTreeMap::new(),
        };
        let long = "十六个孩子 \"sixteen\" ".repeat(4000);
        let (some, more): (PackFiles<'_>, PackFiles<'_>) =
            ([("a.html", "a"), ("b.html", long.as_str())].into(), [("c.html", long.as_str())].into());
        let (far, none): (PackFiles<'_>, PackFiles<'_>) =
            ([("far.css", long.as_str())].into(), PackFiles::new());
        let begun = Beginnings::default();
        for (small, others) in [(&some, &more), (&some, &none), (&none, &more), (&none, &none)] {
            for common in [[&none, &none], [&none, &far], [&far, &far]] {
                let [short, whole] = Packs { head: &head, common, small, others }.packed(&begun);
                let all: PackFiles<'_> =
                    small.iter().chain(others).map(|(path, text)| (*path, *text)).collect();
                for (pack, files, common) in [(short, small, common[0]), (whole, &all, common[1])] {
                    let pack = unpacked(&pack);
                    let files: PackFiles<'_> =
                        files.iter().chain(common).map(|(path, text)| (*path, *text)).collect();
                    assert_eq!(pack["files"], serde_json::json!(files));
                    assert_eq!(
                        (&pack["home"], &pack["leads"]),
                        (&"zh/index.html".into(), &serde_json::json!({}))
                    );
                }
            }
        }
    }
}
