//! What a build must not do to an output folder.

use std::fs;
use std::path::Path;

use super::tests::{A, B, build, build_in, names, refusal, temp, tree, write};
use super::{MemorySite, Sink, SiteFolder};
use crate::route::Route;

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
fn a_dropped_build_leaves_the_last_site() {
    let (temp, out) = temp();
    build(&out, A).expect("the first build works");
    let before = tree(temp.path());
    let site = SiteFolder::begin(&out, &[], false).expect("the folder is free");
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
    let mut site = SiteFolder::begin(&out, &[], false).expect("the folder is free");
    site.swap_in_two_steps = true;
    build_in(site, B).expect("the second build works");
    assert_eq!(tree(&out)["zh/a/index.html"], "a2");
    let staging = temp.path().join(".public.qingdan-new");
    write(&staging.join(".qingdan-staging"), "");
    fs::rename(&out, staging.join("last")).expect("the folder can be moved");
    drop(SiteFolder::begin(&out, &[], false).expect("the folder is free"));
    assert_eq!(tree(&out)["zh/a/index.html"], "a2");
    assert!(!staging.exists());
}

#[test]
fn refuses_a_second_build_at_the_same_time() {
    let (temp, out) = temp();
    let first = SiteFolder::begin(&out, &[], false).expect("the folder is free");
    assert!(refusal(SiteFolder::begin(&out, &[], false)).contains("another qingdan"));
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
    let begin = |path: &Path| refusal(SiteFolder::begin(path, &[&catalogue], false));
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
fn refuses_a_folder_of_others_unless_told_to_keep_what_is_there() {
    let (temp, out) = temp();
    write(&out.join("thesis.docx"), "mine");
    let before = tree(temp.path());
    let said = refusal(SiteFolder::begin(&out, &[], false));
    assert!(said.contains("thesis.docx") && said.contains("--keep"), "{said}");
    assert_eq!(tree(temp.path()), before);
    build_in(SiteFolder::begin(&out, &[], true).expect("told to"), A).expect("room for the site");
    build_in(SiteFolder::begin(&out, &[], false).expect("it holds a site now"), B)
        .expect("room for the site");
    assert_eq!(tree(&out)["thesis.docx"], "mine");
    let litter = temp.path().join("other");
    write(&litter.join(".DS_Store"), "");
    build_in(SiteFolder::begin(&litter, &[], false).expect("nobody's"), A).expect("room for the site");
}

#[test]
fn refuses_folders_of_the_system_and_catalogues_it_was_not_told_of() {
    let (temp, _) = temp();
    write(&temp.path().join("other/site.yaml"), "x");
    for keep in [false, true] {
        let begin = |path: &Path| refusal(SiteFolder::begin(path, &[], keep));
        assert!(begin(&std::env::temp_dir()).contains("for everybody"));
        assert!(begin(&temp.path().join("other")).contains("would be replaced"));
        assert!(begin(&temp.path().join("other/fujian/public")).contains("inside"));
        #[cfg(target_os = "linux")]
        for path in ["/", "/etc", "/proc", "/dev/shm"] {
            begin(Path::new(path));
        }
    }
    assert_eq!(names(temp.path()), ["other/site.yaml"]);
}

/// What other programs do between the last look and the swap.
#[test]
fn what_comes_while_the_site_is_swapped_is_kept() {
    for two_steps in [false, true] {
        let (temp, out) = temp();
        build(&out, A).expect("room for the site");
        write(&out.join("uploads/1.txt"), "1");
        write(&out.join("replaced.txt"), "before");
        let mut site = SiteFolder::begin(&out, &[], false).expect("the folder is free");
        site.swap_in_two_steps = two_steps;
        for (route, text) in B {
            site.put(&Route::new(*route), text.as_bytes()).expect("the disk works");
        }
        let late = || {
            write(&out.join("uploads/2.txt"), "2");
            write(&out.join("zh/a/late.txt"), "late");
            write(&out.join("zh/gone/late.txt"), "late");
            write(&out.join("en/c.html"), "not ours, where a page is");
            write(&out.join("new/folder/late.txt"), "late");
            fs::create_dir(out.join("empty")).expect("a folder");
            write(&out.join("new.txt"), "after");
            fs::rename(out.join("new.txt"), out.join("replaced.txt")).expect("as programs save");
        };
        let written = site.commit_while(late).expect("room for the site");
        let files = tree(&out);
        for name in ["uploads/2.txt", "zh/a/late.txt", "zh/gone/late.txt", "new/folder/late.txt"] {
            assert!(files.contains_key(name), "{name} in {files:?}");
        }
        assert_eq!((files["uploads/1.txt"].as_str(), files["replaced.txt"].as_str()), ("1", "after"));
        assert_eq!((files["en/c.html"].as_str(), files["zh/a/index.html"].as_str()), ("c", "a2"));
        assert!(out.join("empty").is_dir() && !files.contains_key("zh/b.html"));
        assert_eq!(tree(temp.path())[".public.qingdan-kept/en/c.html"], "not ours, where a page is");
        assert!(written.foreign.iter().any(|name| name.ends_with("qingdan-kept/en/c.html")), "{written:?}");
        assert!(!temp.path().join(".public.qingdan-new").exists(), "{two_steps}");
    }
}
