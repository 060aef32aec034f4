//! What a build does to an output folder, and what it must not do.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::{MemorySite, Sink, SiteFolder, Written};
use crate::diagnostic::Error;
use crate::route::Route;

/// Every file of `folder` with its text; links as `-> target`.
pub(super) fn tree(folder: &Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    let mut folders = vec![(folder.to_owned(), String::new())];
    while let Some((folder, prefix)) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("the folder is readable") {
            let path = entry.expect("the entry is readable").path();
            let name = format!("{prefix}{}", path.file_name().expect("a name").to_string_lossy());
            if path.is_symlink() {
                let target = fs::read_link(&path).expect("a link");
                files.insert(name, format!("-> {}", target.display()));
            } else if path.is_dir() {
                folders.push((path, format!("{name}/")));
            } else {
                let bytes = fs::read(&path).expect("the file is readable");
                files.insert(name, String::from_utf8_lossy(&bytes).into_owned());
            }
        }
    }
    files
}

pub(super) fn build(out: &Path, files: &[(&str, &str)]) -> Result<Written, Error> {
    let site = SiteFolder::begin(out, &[], true)?;
    build_in(site, files)
}

pub(super) fn build_in(site: SiteFolder, files: &[(&str, &str)]) -> Result<Written, Error> {
    for (route, text) in files {
        site.put(&Route::new(*route), text.as_bytes())?;
    }
    site.commit()
}

pub(super) fn temp() -> (TempDir, PathBuf) {
    let temp = TempDir::new().expect("a temporary folder");
    let out = temp.path().join("public");
    (temp, out)
}

pub(super) fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("a parent")).expect("the folder can be made");
    fs::write(path, text).expect("the file can be written");
}

pub(super) fn names(folder: &Path) -> Vec<String> {
    tree(folder).into_keys().collect()
}

pub(super) fn refusal(result: Result<impl Sized, Error>) -> String {
    match result {
        Err(error @ Error::UnsafeOutput { .. }) => error.message().en,
        Err(error) => panic!("another error: {error:?}"),
        Ok(_) => panic!("not refused"),
    }
}

pub(super) const A: &[(&str, &str)] =
    &[("index.html", "home"), ("zh/a/index.html", "a1"), ("zh/b.html", "b")];
pub(super) const B: &[(&str, &str)] =
    &[("index.html", "home"), ("zh/a/index.html", "a2"), ("en/c.html", "c")];

#[test]
fn writes_a_first_site_with_its_manifest() {
    let (temp, out) = temp();
    let written = build(&out.join("deep/er"), A).expect("the build works");
    assert_eq!((written.files, written.bytes, written.changed), (3, 7, 3));
    let files = tree(&out.join("deep/er"));
    assert_eq!(files["zh/a/index.html"], "a1");
    assert_eq!(files[".qingdan-manifest"], "qingdan-manifest 1\nindex.html\nzh/a/index.html\nzh/b.html\n");
    assert_eq!(fs::read_dir(temp.path().join("public/deep")).expect("readable").count(), 1, "no litter");
}

#[test]
fn counts_what_changed_and_drops_what_is_gone() {
    let (_temp, out) = temp();
    build(&out, A).expect("the first build works");
    let written = build(&out, B).expect("the second build works");
    assert_eq!((written.changed, written.unchanged, written.removed), (2, 1, 1));
    assert_eq!(names(&out), [".qingdan-manifest", "en/c.html", "index.html", "zh/a/index.html"]);
    assert_eq!(tree(&out)["zh/a/index.html"], "a2");
}

#[cfg(unix)]
#[test]
fn unchanged_files_stay_the_same_file() {
    use std::os::unix::fs::MetadataExt;
    let (_temp, out) = temp();
    let seen = |name: &str| {
        let found = fs::metadata(out.join(name)).expect("the file is there");
        (found.ino(), found.mtime_nsec())
    };
    build(&out, A).expect("the first build works");
    let (home, page, folder) = (seen("index.html"), seen("zh/a/index.html"), seen("."));
    assert_eq!(build(&out, A).expect("the second build works").unchanged, 3);
    assert_eq!(seen("."), folder, "a site that did not change is not swapped");
    build(&out, B).expect("the third build works");
    assert_eq!(seen("index.html"), home);
    assert_ne!(seen("zh/a/index.html"), page);
    assert_ne!(seen("."), folder);
}

#[cfg(unix)]
#[test]
fn keeps_permissions_and_replaces_the_target_of_a_link() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let (temp, out) = temp();
    let link = temp.path().join("link");
    symlink("public", &link).expect("a link can be made");
    build(&link, A).expect("a link to nothing yet");
    fs::set_permissions(&out, fs::Permissions::from_mode(0o750)).expect("our folder");
    build(&link, B).expect("a link to a site");
    assert!(link.is_symlink());
    assert_eq!(tree(&out)["zh/a/index.html"], "a2");
    assert_eq!(fs::metadata(&out).expect("a site").permissions().mode() & 0o777, 0o750);
}

#[test]
fn a_page_may_become_a_folder_and_a_folder_a_page() {
    let (_temp, out) = temp();
    build(&out, &[("a", "page"), ("b/index.html", "page")]).expect("the first build works");
    build(&out, &[("a/index.html", "page"), ("b", "page")]).expect("the second build works");
    assert_eq!(names(&out), [".qingdan-manifest", "a/index.html", "b"]);
}

#[test]
fn mends_files_that_someone_changed_or_removed() {
    let (_temp, out) = temp();
    build(&out, A).expect("the first build works");
    write(&out.join("index.html"), "HOME");
    fs::remove_file(out.join("zh/b.html")).expect("our file");
    let written = build(&out, A).expect("the second build works");
    assert_eq!((written.changed, written.unchanged, written.removed), (2, 1, 0));
    assert_eq!(tree(&out)["index.html"], "home");
}

#[test]
fn takes_files_from_many_threads() {
    let (_temp, out) = temp();
    let memory = MemorySite::new();
    let site = SiteFolder::begin(&out, &[], false).expect("the folder is free");
    std::thread::scope(|threads| {
        for thread in 0..8 {
            let sinks: [&dyn Sink; 2] = [&memory, &site];
            threads.spawn(move || {
                for page in 0..50 {
                    let route = Route::new(format!("{}/{page}/{thread}.html", page % 7));
                    for sink in sinks {
                        sink.put(&route, route.as_str().as_bytes()).expect("the disk works");
                    }
                }
            });
        }
    });
    assert_eq!(site.commit().expect("the disk works").files, 400);
    let mut on_disk = tree(&out);
    on_disk.remove(".qingdan-manifest");
    let in_memory = memory.finish().into_iter();
    let in_memory =
        in_memory.map(|(route, bytes)| (route.to_string(), String::from_utf8_lossy(&bytes).into()));
    assert_eq!(on_disk, in_memory.collect());
}

/// Builds a site of one part with two files; returns whether they were kept.
fn build_part(out: &Path, made_from: &str, text: &str) -> (bool, Written) {
    let site = SiteFolder::begin(out, &[], true).expect("the folder is free");
    let routes = ["a/index.html", "a/b.html"].map(Route::new);
    let kept = site.keep("a", made_from).expect("the disk works");
    if !kept {
        for route in &routes {
            site.put(route, text.as_bytes()).expect("the disk works");
        }
        site.made("a", made_from, &routes.iter().collect::<Vec<_>>());
    }
    (kept, site.commit().expect("the disk works"))
}

#[test]
fn a_part_that_would_be_made_from_the_same_is_kept_unless_somebody_touched_it() {
    let (temp, out) = temp();
    assert!(!build_part(&out, "one", "1").0, "there is none yet");
    let (kept, written) = build_part(&out, "one", "not made");
    assert!(kept && written.changed == 0 && written.files == 2 && written.bytes == 2, "{written:?}");
    assert!(!build_part(&out, "two", "2").0, "it is made from something else");
    assert!(!build_part(&out, "one", "1").0, "only the last is remembered");
    fs::write(out.join("a/b.html"), "x").expect("anybody can write there");
    let (kept, written) = build_part(&out, "one", "1");
    assert!(!kept && written.changed == 1, "{written:?}");
    fs::remove_file(out.join("a/index.html")).expect("anybody can remove it");
    assert!(!build_part(&out, "one", "1").0, "one is gone");
    assert!(build_part(&out, "one", "1").0);
    let store = temp.path().join(".public.qingdan-store");
    let text = fs::read_to_string(&store).expect("a store");
    for spoilt in ["", "qingdan-store 1\n", &text[..text.len() - 2], &text.replace(' ', "\t")] {
        fs::write(&store, spoilt).expect("anybody can write there");
        assert!(!build_part(&out, "one", "1").0, "{spoilt:?} is no store");
        assert_eq!(fs::read_to_string(&store).expect("a store"), text);
    }
    build(&out, A).expect("the build works");
    assert!(!store.exists(), "of a site without parts nothing is remembered");
}
