//! Queries: the letter to a place, and what is recorded of it, from the day it is sent to the day it is closed.
#![allow(clippy::disallowed_methods, reason = "tests prepare and spoil files")]

#[path = "support/files.rs"]
mod files;
#[path = "support/program.rs"]
mod program;

use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;

use program::{Ran, qingdan};
use serde_json::Value;
use zip::ZipArchive;

const LIST: &str = "shifan/yishi/migrant-children/2027";

/// Makes the demonstration in an empty folder.
fn demonstration() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("there is room for temporary files");
    assert_eq!(qingdan(folder.path(), &["init", "--demo", "demo"], &[]).code, 0);
    folder
}

/// Runs a command in Chinese on the tenth of June 2027.
fn run(folder: &Path, words: &str) -> Ran {
    let words: Vec<&str> = words.split(' ').chain(["--today", "2027-06-10", "--lang", "zh"]).collect();
    qingdan(folder, &words, &[])
}

fn list_file(folder: &Path, list: &str) -> std::path::PathBuf {
    folder.join("demo").join(format!("{list}.yaml"))
}

fn change(folder: &Path, list: &str, old: &str, new: &str) {
    let path = list_file(folder, list);
    let text = fs::read_to_string(&path).expect("the list is there");
    assert!(text.contains(old), "{list} has no `{old}`");
    fs::write(path, text.replacen(old, new, 1)).expect("there is room");
}

/// Returns one part of a letter.
fn part(bytes: &[u8], name: &str) -> String {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).expect("a letter is packed");
    let mut text = String::new();
    zip.by_name(name).expect("the part is there").read_to_string(&mut text).expect("it is text");
    text
}

/// Returns what `status` says of the queries about a list.
fn queries(folder: &Path, list: &str) -> Vec<Value> {
    let ran = run(folder, "status demo --format json");
    let status: Value = serde_json::from_str(&ran.stdout).expect("status is JSON");
    let place = list.split("/migrant-children").next();
    let lists = status["lists"].as_array().expect("there are lists");
    let known = lists.iter().find(|known| known["place"].as_str() == place).expect("the place is there");
    known["queries"].as_array().expect("there are queries").clone()
}

#[test]
fn a_letter_has_both_wordings_the_reason_the_question_and_blanks() {
    let demo = demonstration();
    let ran = run(demo.path(), &format!("query {LIST} demo -o a.docx"));
    assert_eq!((ran.code, ran.stdout.as_str()), (0, ""), "{}", ran.stderr);
    let bytes = fs::read(demo.path().join("a.docx")).expect("the letter was written");
    let text = part(&bytes, "word/document.xml");
    for words in [
        "示范省民政厅",
        "乙市民政局：",
        "关于请核实《乙市流动儿童关爱服务清单（征求意见稿）》有关条款的函",
        "共21条，其中6条符合或者高于上级清单；下列15条",
        "上级清单原文：“居住地教育部门统筹安排公办学位”",
        "本地清单原文：“允许向居住地公办学校申请学位”",
        "核对情况：力度方面，上级是“应当提供”，本地只是“允许”。建议：把力度提高到“应当提供”。",
        "请核实：是否确实低于上级清单？",
        "本地的条件会不会把上级保障的人挡在外面？",
        "　　　　〔　　　　〕　　号",
        "请在　　　　年　　月　　日以前",
        "答复单位（盖章）：",
        "□ 不低于上级",
    ] {
        assert!(text.contains(words), "{words}");
    }
    for words in ["请人判断", ".yaml", "{+", "（strength"] {
        assert!(!text.contains(words), "{words}");
    }
    // The form for the answer is a table that the import can read, though it is no list.
    let ran = qingdan(demo.path(), &["import", "a.docx", "demo", "--lang", "zh"], &[]);
    assert!(ran.stderr.contains("“序号”“上级条款”“核对结果”“答复”“说明、理由和依据”"), "{}", ran.stderr);
}

#[test]
fn the_same_letter_is_the_same_bytes_and_english_on_request() {
    let demo = demonstration();
    let letter = |name: &str| {
        run(demo.path(), &format!("query {LIST} demo --due 2027-07-10 -o {name}"));
        fs::read(demo.path().join(name)).expect("the letter was written")
    };
    let first = letter("a.docx");
    assert!(first == letter("b.docx"));
    assert!(part(&first, "word/document.xml").contains("请在2027年7月10日以前"));
    let words = ["query", LIST, "demo", "-o", "en.docx", "--lang", "en", "--today", "2027-06-10"];
    qingdan(demo.path(), &words, &[]);
    let english = fs::read(demo.path().join("en.docx")).expect("the letter was written");
    let text = part(&english, "word/document.xml");
    assert!(
        text.contains("To: Civil Affairs Bureau, Yishi") && text.contains("“教科书费全部免收”"),
        "{text}"
    );
    assert!(!text.contains("核对情况"));
}

#[test]
fn only_what_is_doubtful_is_asked_and_nothing_is_replaced_unasked() {
    let demo = demonstration();
    let wrong = [
        ("query shifan/yishi/migrant-children/2027 demo -o demo/a.docx", "在清单文件夹 demo 里面"),
        (
            "query shifan/yishi/migrant-children/2027 demo --about child-health/vaccination",
            "没有“child-health",
        ),
        ("query shifan/yishi/migrant-children/2027 demo --due 2027-06-09", "已经过了"),
        ("query shifan/migrant-children demo", "没有对照的上级清单"),
    ];
    for (words, said) in wrong {
        let ran = run(demo.path(), words);
        assert!(ran.code == 2 && ran.stderr.contains(said), "{words}: {}", ran.stderr);
    }
    let one = format!("query {LIST} demo --about home-visits/referral -o a.docx");
    assert!(run(demo.path(), &one).stderr.contains("问 1 条"));
    fs::write(demo.path().join("a.docx"), "改过").expect("there is room");
    assert_eq!(run(demo.path(), &one).code, 2);
    assert_eq!(fs::read_to_string(demo.path().join("a.docx")).expect("it is there"), "改过");
    assert_eq!(run(demo.path(), &format!("{one} --force")).code, 0);
    // Of two editions the one in force is asked about, and the other one named.
    let ran = run(demo.path(), "query shifan/yishi/migrant-children demo -o in-force.docx");
    assert!(ran.stderr.contains("qingdan query shifan/yishi/migrant-children/2027"), "{}", ran.stderr);
    // Nothing is doubtful: no letter.
    let ran = run(demo.path(), "query shifan/bingshi/migrant-children demo -o none.docx --record");
    assert!(ran.code == 0 && ran.stderr.contains("没有要问的"), "{}", ran.stderr);
    assert!(!demo.path().join("none.docx").exists());
}

#[test]
fn a_query_is_asked_answered_and_settled() {
    let demo = demonstration();
    let before = fs::read_to_string(list_file(demo.path(), LIST)).expect("the list is there");
    let ask = format!(
        "query {LIST} demo --about housing-help/rent-subsidy --about home-visits/referral --record --due 2027-07-10 --force"
    );
    assert_eq!(run(demo.path(), &ask).code, 0);
    let after = fs::read_to_string(list_file(demo.path(), LIST)).expect("the list is there");
    let block = "queries:\n  - about:\n      - housing-help/rent-subsidy\n      - home-visits/referral\n    asked: 2027-06-10\n    due: 2027-07-10\n    by: 示范省民政厅\n\n";
    assert_eq!(after.replacen(block, "", 1), before, "all else stays");
    assert!(run(demo.path(), &ask).stderr.contains("没有再记"));
    let asked = &queries(demo.path(), LIST)[0];
    assert_eq!((asked["state"].as_str(), asked["due"].as_str()), (Some("asked"), Some("2027-07-10")));
    assert_eq!(asked["doubtful"].as_array().map(Vec::len), Some(2));
    let calendar = run(demo.path(), "status demo --format ics").stdout;
    assert!(calendar.contains("DTSTART;VALUE=DATE:20270710"), "{calendar}");

    change(demo.path(), LIST, "    due: 2027-07-10\n", "    due: 2027-07-10\n    answered: 2027-06-09\n");
    let ran = run(demo.path(), "check demo --format short");
    assert!(ran.stderr.contains("QD3040"), "answered before it was asked: {}", ran.stderr);
    change(demo.path(), LIST, "answered: 2027-06-09", "answered: 2027-06-10");
    let table = run(demo.path(), "status demo").stdout;
    assert!(
        table.contains("问了 2 条，2027-06-10 答复，还没有办结") && table.contains("还有 2 条不能确认"),
        "{table}"
    );

    // The words are mended, and the visits are taken over.
    change(demo.path(), LIST, "发给租房补助", "发给租房补贴");
    change(demo.path(), LIST, "\nservices:\n", "\nservices:\n  - adopts: home-visits\n");
    assert_eq!(queries(demo.path(), LIST)[0]["can_be_settled"], true);
    let table = run(demo.path(), "status demo").stdout;
    assert!(table.contains("问到的条款都已符合，可以办结"), "{table}");

    change(demo.path(), LIST, "answered: 2027-06-10\n", "answered: 2027-06-10\n    settled: 2027-06-10\n");
    assert_eq!(queries(demo.path(), LIST)[0]["state"], "settled");
    assert!(!run(demo.path(), "status demo").stdout.contains("询问函"));
}

#[test]
fn a_frozen_list_may_be_asked_about_and_is_as_it_was_issued() {
    let demo = demonstration();
    let papers = "dates: {issued: 2027-06-09}\ndocument: {number: 乙民〔2027〕1号}\n";
    change(demo.path(), LIST, "status: consultation\n", &format!("status: consultation\n{papers}"));
    change(demo.path(), LIST, "  how:\n", "  outcome: {zh: 没有意见, en: none}\n  how:\n");
    let ran = run(demo.path(), &format!("edition issue {LIST} demo --yes"));
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(run(demo.path(), &format!("query {LIST} demo --record")).code, 0);
    let found = run(demo.path(), "check demo --format short").stderr;
    assert!(!found.contains("QD3008"), "{found}");
    assert_eq!(queries(demo.path(), LIST)[0]["state"], "asked");
    change(
        demo.path(),
        LIST,
        "\n    audience:\n      text:\n        zh: ",
        "\n    audience:\n      text:\n        zh: 改",
    );
    assert!(run(demo.path(), "check demo --format short").stderr.contains("QD3008"));
}

#[test]
fn queries_are_on_the_pages_for_staff_and_nowhere_else() {
    let demo = demonstration();
    assert_eq!(run(demo.path(), &format!("query {LIST} demo --record")).code, 0);
    let ran = run(demo.path(), "build demo --staff --drafts --no-search --out site");
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let (mut staff, mut public) = (Vec::new(), Vec::new());
    for (name, bytes) in files::tree(&demo.path().join("site")) {
        let is_page = name.ends_with(".html") && !name.contains("handbook/");
        if is_page && String::from_utf8_lossy(&bytes).contains("2027-06-10 发函") {
            if name.contains("/staff/") { staff.push(name) } else { public.push(name) }
        }
    }
    assert_eq!(public, Vec::<String>::new());
    let list = format!("zh/staff/list/{LIST}.html");
    assert!(staff.contains(&list) && staff.contains(&"zh/staff/deadlines.html".to_owned()), "{staff:?}");
}
