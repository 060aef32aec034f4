//! The import screen without a browser: a table comes in, columns and rows are decided, the list is written and taken back.

use std::fs;
use std::path::Path;

use qingdan::date::Date;
use qingdan::diagnostic::UiLang;
use qingdan::edit::{Answer, Editor, ImportAnswer, ImportPage};

use super::copy;

const TABLE: &str = "领域,序号,服务项目,服务对象,服务内容,责任部门,联系方式\n\
    学有所教,1,学前教育,流动儿童,安排就近入读幼儿园,市教育局,0592-1234567\n\
    学有所教,2,食堂,流动儿童,开放学校食堂,市教育局,0592-7654321\n";

/// The shipped catalogue in a folder of its own, and its editor.
fn desk() -> (tempfile::TempDir, Editor) {
    let folder = tempfile::tempdir().expect("there is room for temporary files");
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("content"), folder.path());
    let today = Date::parse("2026-12-01").expect("a day");
    let editor = Editor::new(folder.path(), move || today).expect("random numbers");
    (folder, editor)
}

fn pairs(said: &[(&str, &str)]) -> Vec<(String, String)> {
    said.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn send(editor: &Editor, name: &str, table: &str) -> ImportAnswer {
    let sent = pairs(&[("place", "fujian/xiamen"), ("list", "migrant-children"), ("edition", "2029")]);
    editor.take_table(name, table.as_bytes(), &sent, UiLang::Zh)
}

fn gone_to(answer: ImportAnswer) -> String {
    match answer {
        ImportAnswer::Go(to) => to,
        ImportAnswer::Start(start) => panic!("{:?}", start.refused),
        ImportAnswer::Again(page) => panic!("{:?}", page.refused),
        ImportAnswer::Refused(why) => panic!("{}", why.message().zh),
    }
}

fn page(editor: &Editor, address: &str) -> ImportPage {
    editor.import_page(address, UiLang::Zh).expect("the disk can be read").expect("it is kept")
}

/// Sends the screen of a table with these controls changed.
fn decide(editor: &Editor, address: &str, said: &[(&str, &str)]) -> ImportAnswer {
    let version = page(editor, address).version.to_string();
    let mut sent = pairs(said);
    sent.push(("version".to_owned(), version));
    editor.take_import(address, &sent, UiLang::Zh)
}

#[test]
fn a_table_is_decided_on_written_and_taken_back() {
    let (folder, editor) = desk();
    let address = gone_to(send(&editor, "清单.csv", TABLE));
    let first = page(&editor, &address);
    assert_eq!((first.services, first.tables.len()), (2, 1));
    let table = &first.tables[0];
    let unknown: Vec<&str> = table
        .columns
        .iter()
        .filter(|column| column.is_unknown)
        .map(|column| column.heading.as_str())
        .collect();
    assert_eq!(unknown, ["联系方式"]);
    let service = table.rows[1].service.as_ref().expect("a service stands in the second row");
    let clause = &service.clauses[0];
    // Five candidates of the baseline, so that an answer is chosen and not typed.
    assert!(clause.offers.len() >= 5, "{clause:?}");
    let other = &table.rows[2].service.as_ref().expect("another one").name;
    let column = table.columns.iter().find(|column| column.is_unknown).expect("it is there").name.clone();
    let said = [
        (column.as_str(), "phone"),
        (service.name.as_str(), "checked"),
        (clause.name.as_str(), "preschool-education/nearby-kindergarten"),
        (other.as_str(), "out"),
        ("do", "apply"),
    ];
    assert_eq!(gone_to(decide(&editor, &address, &said)), address);
    let second = page(&editor, &address);
    assert_eq!((second.services, second.checked, second.left_out), (1, 1, 1));
    // A page that shows what was before decides nothing.
    let old = pairs(&[("version", "0"), ("do", "write")]);
    assert!(matches!(editor.take_import(&address, &old, UiLang::Zh), ImportAnswer::Again(_)));
    let to = gone_to(decide(&editor, &address, &[("do", "write")]));
    assert_eq!(to, "fujian/xiamen/migrant-children/2029.yaml");
    let list = folder.path().join("fujian/xiamen/migrant-children/2029.yaml");
    let yaml = fs::read_to_string(&list).expect("it was written");
    let plain = yaml.replace('\'', "");
    for expected in [
        "- preschool-education/nearby-kindergarten\n",
        "phone: 0592-1234567\n",
        "measured_against: fujian/migrant-children/2025\n",
    ] {
        assert!(plain.contains(expected), "{expected}\n{yaml}");
    }
    assert!(!yaml.contains("食堂") && !yaml.contains('#'), "{yaml}");
    let columns =
        fs::read_to_string(folder.path().join("vocabulary/columns.yaml")).expect("it is remembered");
    assert!(columns.contains("heading: 联系方式\n    means: phone\n"), "{columns}");

    // The next table with such a column is read alike; the edition that is there is not replaced unasked.
    let next = gone_to(send(&editor, "下一张.csv", TABLE));
    assert!(page(&editor, &next).tables[0].columns.iter().all(|column| !column.is_unknown));
    let refused = decide(&editor, &next, &[("do", "write")]);
    assert!(
        matches!(refused, ImportAnswer::Again(page) if page.refused.as_ref().is_some_and(|why| why.contains("已经有这一版")))
    );
    assert_eq!(fs::read_to_string(&list).expect("it is there"), yaml);
    gone_to(decide(&editor, &next, &[("do", "write"), ("replace", "true")]));
    assert!(fs::read_to_string(&list).expect("it is there").contains("食堂"));
    let back = editor.take("start.html", &pairs(&[("do", "back")]), UiLang::Zh);
    assert!(matches!(back, Answer::Go(_)), "{back:?}");
    assert_eq!(fs::read_to_string(&list).expect("it is there"), yaml);
}

#[test]
fn what_cannot_be_read_is_said_and_nothing_is_kept_of_it() {
    let (_folder, editor) = desk();
    let refused = |answer: ImportAnswer| match answer {
        ImportAnswer::Start(start) => start.refused.unwrap_or_default(),
        other => panic!("{other:?}"),
    };
    // An invented number that nobody has.
    let personal = TABLE.replace("0592-1234567", "17408278730");
    let why = refused(send(&editor, "清单.csv", &personal));
    assert!(why.contains("有个人的号码") && !why.contains("17408278730"), "{why}");
    assert!(refused(send(&editor, "清单.csv", "")).contains("先选一个文件"));
    let sent = pairs(&[("place", "fujian/xiamen"), ("list", "migrant-children"), ("edition", "../2029")]);
    assert!(refused(editor.take_table("a.csv", TABLE.as_bytes(), &sent, UiLang::Zh)).contains("写上版次"));
    // Headings that nobody knows can be told on the screen.
    let address = gone_to(send(&editor, "清单.csv", &TABLE.replace("服务项目", "关爱名目")));
    let first = page(&editor, &address);
    assert!(first.refused.as_ref().is_some_and(|why| why.contains("服务项目")) && !first.can_write);
    let title = &first.tables[0].columns[2];
    gone_to(decide(&editor, &address, &[(title.name.as_str(), "title"), ("do", "apply")]));
    assert_eq!(page(&editor, &address).services, 2);
    assert!(editor.import_page("import-99.html", UiLang::Zh).expect("the disk").is_none());
}

#[test]
fn an_area_that_the_catalogue_does_not_know_is_added_if_one_wants() {
    let (folder, editor) = desk();
    let table = TABLE.replace("学有所教", "三、残有所助").replace("学前教育", "辅具适配");
    let address = gone_to(send(&editor, "清单.csv", &table));
    assert_eq!(page(&editor, &address).new_areas, ["残有所助"]);
    gone_to(decide(&editor, &address, &[("do", "write"), ("areas", "true")]));
    let read = |path: &str| fs::read_to_string(folder.path().join(path)).expect("it is there");
    assert!(read("fujian/xiamen/migrant-children/2029.yaml").contains("area: 残有所助\n"));
    assert!(read("vocabulary/areas.yaml").ends_with("    name:\n      zh: 残有所助\n"));
}
