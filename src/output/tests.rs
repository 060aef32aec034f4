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
                files.insert(name, fs::read_to_string(&path).expect("the file is text"));
            }
        }
    }
    files
}

pub(super) fn build(out: &Path, files: &[(&str, &str)]) -> Result<Written, Error> {
    let site = SiteFolder::begin(out, &[])?;
    build_in(site, files)
}

fn build_in(site: SiteFolder, files: &[(&str, &str)]) -> Result<Written, Error> {
    for (route, text) in files {
        site.put(&Route::new(*route), text.as_bytes())?;
    }
    site.commit()
}

fn temp() -> (TempDir, PathBuf) {
    let temp = TempDir::new().expect("a temporary folder");
    let out = temp.path().join("public");
    (temp, out)
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("a parent")).expect("the folder can be made");
    fs::write(path, text).expect("the file can be written");
}

fn names(folder: &Path) -> Vec<String> {
    tree(folder).into_keys().collect()
}

fn refusal(result: Result<impl Sized, Error>) -> String {
    match result {
        Err(error @ Error::UnsafeOutput { .. }) => error.message().en,
        Err(error) => panic!("another error: {error:?}"),
        Ok(_) => panic!("not refused"),
    }
}

const A: &[(&str, &str)] = &[("index.html", "home"), ("zh/a/index.html", "a1"), ("zh/b.html", "b")];
const B: &[(&str, &str)] = &[("index.html", "home"), ("zh/a/index.html", "a2"), ("en/c.html", "c")];

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
fn keeps_foreign_files() {
    let (_temp, out) = temp();
    write(&out.join("CNAME"), "example.org");
    build(&out, A).expect("room for the site");
    write(&out.join("zh/b/photo.txt"), "photo");
    write(&out.join("zh/a/note.txt"), "note");
    fs::create_dir_all(out.join("empty/inside")).expect("a folder");
    let written = build(&out, &[("x.html", "x")]).expect("room for the site");
    assert_eq!(written.foreign, ["CNAME", "empty/", "zh/a/note.txt", "zh/b/"]);
    assert_eq!(written.removed, 3);
    let kept = [".qingdan-manifest", "CNAME", "x.html", "zh/a/note.txt", "zh/b/photo.txt"];
    assert_eq!(names(&out), kept);
    assert!(out.join("empty/inside").is_dir());
}

#[cfg(unix)]
#[test]
fn keeps_foreign_links_and_read_only_folders() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let (temp, out) = temp();
    write(&temp.path().join("else/where.txt"), "where");
    write(&out.join("locked/file.txt"), "file");
    symlink("../else", out.join("zh")).expect("a link can be made");
    fs::set_permissions(out.join("locked"), fs::Permissions::from_mode(0o555)).expect("our folder");
    assert!(refusal(build(&out, A)).contains("zh"), "pages are not written through a link");
    assert_eq!(names(&temp.path().join("else")), ["where.txt"]);
    build(&out, &[("index.html", "1")]).expect("room for the site");
    build(&out, &[("index.html", "2")]).expect("room for the site");
    assert_eq!(tree(&out)["zh"], "-> ../else");
    assert_eq!(fs::metadata(out.join("locked")).expect("kept").permissions().mode() & 0o777, 0o555);
    assert_eq!(fs::read_dir(temp.path()).expect("readable").count(), 2, "no litter");
    fs::set_permissions(out.join("locked"), fs::Permissions::from_mode(0o755)).expect("our folder");
}

#[test]
fn refuses_to_overwrite_foreign_files() {
    let (temp, out) = temp();
    for name in ["index.html", "zh", "p/1.html", "p/2.html", "p/3.html", "p/4.html"] {
        write(&out.join(name), "precious");
    }
    let before = tree(temp.path());
    let pages = ["p/1.html", "p/2.html", "p/3.html", "p/4.html"].map(|name| (name, "page"));
    let said = refusal(build(&out, &[A, &pages].concat()));
    assert!(said.contains("6 of the files in it"), "{said}");
    assert!(said.contains("index.html, p/1.html, p/2.html, p/3.html, p/4.html."), "{said}");
    assert_eq!(tree(temp.path()), before);
}

#[test]
fn refuses_a_page_in_the_place_of_a_foreign_folder() {
    let (temp, out) = temp();
    write(&out.join("zh/b.html/deep/photo.txt"), "photo");
    let before = tree(temp.path());
    assert!(refusal(build(&out, A)).contains("zh/b.html/"));
    assert_eq!(tree(temp.path()), before);
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
fn a_dropped_build_leaves_the_last_site() {
    let (temp, out) = temp();
    build(&out, A).expect("the first build works");
    let before = tree(temp.path());
    let site = SiteFolder::begin(&out, &[]).expect("the folder is free");
    site.put(&Route::new("index.html"), b"new").expect("the disk works");
    drop(site);
    assert_eq!(tree(temp.path()), before);
}

#[test]
fn clears_what_a_killed_build_left_but_nothing_else() {
    let (temp, out) = temp();
    build(&out, A).expect("the first build works");
    let staging = temp.path().join(".public.qingdan-new");
    write(&staging.join("site/zh/half.html"), "ha");
    assert!(refusal(build(&out, B)).contains(".public.qingdan-new"));
    assert!(staging.join("site/zh/half.html").exists(), "not ours, not removed");
    write(&staging.join(".qingdan-staging"), "");
    build(&out, B).expect("ours, removed");
    assert!(!staging.exists());
    assert_eq!(tree(&out)["zh/a/index.html"], "a2");
}

#[test]
fn swaps_in_two_steps_and_restores_a_swap_cut_short() {
    let (temp, out) = temp();
    build(&out, A).expect("the first build works");
    let mut site = SiteFolder::begin(&out, &[]).expect("the folder is free");
    site.swap_in_two_steps = true;
    build_in(site, B).expect("the second build works");
    assert_eq!(tree(&out)["zh/a/index.html"], "a2");
    let staging = temp.path().join(".public.qingdan-new");
    write(&staging.join(".qingdan-staging"), "");
    fs::rename(&out, staging.join("last")).expect("the folder can be moved");
    drop(SiteFolder::begin(&out, &[]).expect("the folder is free"));
    assert_eq!(tree(&out)["zh/a/index.html"], "a2");
    assert!(!staging.exists());
}

#[test]
fn refuses_a_second_build_at_the_same_time() {
    let (temp, out) = temp();
    let first = SiteFolder::begin(&out, &[]).expect("the folder is free");
    assert!(refusal(SiteFolder::begin(&out, &[])).contains("another qingdan"));
    build(&temp.path().join("other"), A).expect("another folder is free");
    drop(first);
    build(&out, A).expect("the folder is free again");
}

#[test]
fn refuses_folders_that_must_not_be_replaced() {
    let (temp, out) = temp();
    let catalogue = temp.path().join("content");
    write(&catalogue.join("site.yaml"), "x");
    write(&out, "a file");
    let begin = |path: &Path| refusal(SiteFolder::begin(path, &[&catalogue]));
    assert!(begin(&catalogue).contains("would be replaced"));
    assert!(begin(temp.path()).contains("would be replaced"));
    assert!(begin(&catalogue.join("new/public")).contains("inside"));
    assert!(!catalogue.join("new").exists());
    assert!(begin(&out).contains("a file"));
    let root = temp.path().ancestors().last().expect("every path has a root");
    assert!(begin(root).contains("root"));
    let here = std::env::current_dir().expect("there is a current folder");
    assert!(begin(&here).contains("would be replaced"));
    assert!(begin(Path::new(".")).contains("would be replaced"));
    assert!(begin(Path::new("..")).contains("would be replaced"));
    assert_eq!(names(temp.path()), ["content/site.yaml", "public"]);
}

#[test]
fn refuses_two_files_with_one_address() {
    let (_temp, out) = temp();
    assert!(refusal(build(&out, &[("a.html", "1"), ("a.html", "2")])).contains("a.html"));
    assert!(!out.exists());
    let memory = MemorySite::new();
    memory.put(&Route::new("a.html"), b"1").expect("the first");
    assert!(refusal(memory.put(&Route::new("a.html"), b"2")).contains("a.html"));
}

#[test]
fn takes_files_from_many_threads() {
    let (_temp, out) = temp();
    let memory = MemorySite::new();
    let site = SiteFolder::begin(&out, &[]).expect("the folder is free");
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
