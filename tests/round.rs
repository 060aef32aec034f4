//! The round of an edition from draft to filing: what is lacking leads to its field, issued editions are corrected with a date,
//! translations stand beside what they translate, and what changed is told fact by fact.
#![allow(clippy::disallowed_methods, reason = "tests prepare and spoil files")]

#[path = "support/forms.rs"]
mod forms;
#[path = "support/program.rs"]
mod program;

use std::fs;
use std::process::Command;

use forms::{Desk, pairs, set};
use qingdan::catalogue::{EDITIONS_FILE, TRANSLATIONS_FILE};
use qingdan::diagnostic::UiLang;
use qingdan::edit::{Answer, Control, EditPage, FormField, RoundPage, RoundStep, TranslationsPage};

/// A list in the making, and its round.
const DRAFT: &str = "fujian/xiamen/migrant-children/2025";
/// A frozen list of the former release.
const FROZEN: &str = "shifan/bingshi/migrant-children/2027";

fn released() -> Desk {
    Desk::copy("tests/released/0.1.0/catalogue", &[""], "2027-06-20")
}

fn round(desk: &Desk, edition: &str) -> RoundPage {
    let page = desk.editor.round(edition, None, UiLang::Zh).expect("the disk works");
    page.expect("there is such an edition")
}

fn step<'p>(page: &'p RoundPage, name: &str) -> &'p RoundStep {
    page.steps.iter().find(|step| step.name == name).expect("every round has it")
}

/// Returns the address that a link leads to, and the field there.
fn target(href: &str) -> (String, String) {
    let (page, field) = href.split_once('#').unwrap_or((href, ""));
    (page.split('?').next().unwrap_or_default().to_owned(), field.to_owned())
}

fn qingdan(desk: &Desk, words: &[&str]) -> program::Ran {
    let folder = desk.path("");
    program::qingdan(folder.parent().expect("it is in a folder"), words, &[])
}

#[test]
fn each_step_of_a_round_says_what_is_lacking_with_the_way_to_its_field() {
    let desk = Desk::new();
    let page = round(&desk, DRAFT);
    let states: Vec<&str> = page.steps.iter().map(|step| step.state).collect();
    assert_eq!(states, ["now", "later", "later", "later", "later"]);
    let musts: Vec<_> = step(&page, "issue").lacks.iter().filter(|lack| lack.must).collect();
    assert_eq!(musts.len(), 2, "day and number: {musts:?}");
    for (lack, value) in musts.iter().zip(["2026-11-20", "厦民〔2026〕8号"]) {
        let (address, field) = target(lack.href.as_deref().expect("there is a way"));
        desk.goes(&address, "save", |sent| set(sent, &field, value));
    }
    let page = round(&desk, DRAFT);
    assert_eq!((step(&page, "issue").lacks.len(), step(&page, "issue").state), (0, "now"));
    let text = desk.read(&format!("{DRAFT}.yaml"));
    assert!(
        text.contains("  issued: 2026-11-20\n") && text.contains("  number: 厦民〔2026〕8号\n"),
        "{text}"
    );
    // What issues it asks for the same.
    let ran = qingdan(&desk, &["edition", "issue", DRAFT, "content", "--today", "2026-11-29"]);
    assert_eq!(ran.code, 0, "{}{}", ran.stdout, ran.stderr);
    let page = round(&desk, DRAFT);
    assert!(page.is_frozen && page.status == "issued");
    assert_eq!((step(&page, "freeze").state, step(&page, "file").state), ("done", "now"));
    let (address, field) = target(step(&page, "file").lacks[0].href.as_deref().expect("there is a way"));
    desk.goes(&address, "save", |sent| set(sent, &field, "2026-11-28"));
    let page = round(&desk, DRAFT);
    assert_eq!(
        step(&page, "file").state,
        "done",
        "the day of filing comes after the seal, and needs no correction"
    );
    assert!(!desk.read(&format!("{DRAFT}.yaml")).contains("corrections:"));
}

#[test]
fn a_draft_is_opened_for_comment_by_one_button_and_nothing_else_issues_it() {
    let desk = Desk::new();
    let (address, file) = (format!("round/{DRAFT}.html"), format!("{DRAFT}.yaml"));
    let before = desk.read(&file);
    assert_eq!(desk.goes(&address, "status:consultation", |_| {}), address);
    assert_eq!(desk.read(&file), before.replace("status: draft", "status: consultation"));
    let page = round(&desk, DRAFT);
    let consultation = step(&page, "consultation");
    assert_eq!((consultation.state, page.status), ("now", "consultation"));
    let (form, _) = target(consultation.lacks[0].href.as_deref().expect("there is a way"));
    assert!(desk.page(&form).fields.iter().any(|field| field.name == "/from"));
    assert!(matches!(desk.send(&address, "status:issued", |_| {}), Answer::Refused(_)));
    desk.goes(&address, "back", |_| {});
    assert_eq!(desk.read(&file), before);
}

#[test]
fn the_papers_for_filing_are_there_as_offices_send_them() {
    let desk = released();
    for lang in [UiLang::Zh, UiLang::En] {
        let paper = |name: &str| desk.editor.paper(FROZEN, name, lang).expect("the disk works");
        let parts = |bytes: Vec<u8>| {
            let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("it is packed");
            let names: Vec<String> =
                archive.file_names().map(|name| name.expect("a name").into_owned()).collect();
            let mut all = String::new();
            for name in names.iter().filter(|name| name.ends_with(".xml")) {
                let mut file = archive.by_name(name).expect("it is there");
                std::io::Read::read_to_string(&mut file, &mut all).expect("it is text");
            }
            all
        };
        let report = parts(paper("filing.docx").expect("there is a report"));
        let sheet = parts(paper("filing.xlsx").expect("there is a sheet"));
        let (head, mark) = match lang {
            UiLang::Zh => ("备案的报告", "附件"),
            UiLang::En => ("for filing", "Annex"),
        };
        assert!(report.contains(head) && report.contains(mark) && report.contains("w:vMerge"), "{report}");
        assert!(sheet.contains(mark) && sheet.contains("mergeCell") && sheet.contains("方正小标宋"));
        assert!(paper("filing.txt").is_none());
    }
    assert_eq!(
        desk.editor.paper(FROZEN, "filing.docx", UiLang::Zh).ok(),
        desk.editor.paper(FROZEN, "filing.docx", UiLang::Zh).ok()
    );
    assert!(
        desk.editor.paper("shifan/none/x/2027", "filing.docx", UiLang::Zh).expect("the disk works").is_none()
    );
}

/// Returns the field of a page by its name.
fn field<'p>(page: &'p EditPage, name: &str) -> &'p FormField {
    fn inside<'p>(field: &'p FormField, name: &str) -> Option<&'p FormField> {
        match &field.control {
            Control::Group { fields, .. } => fields.iter().find_map(|field| inside(field, name)),
            _ => Some(field).filter(|field| field.name == name),
        }
    }
    let found = page.fields.iter().chain(&page.more).find_map(|field| inside(field, name));
    found.unwrap_or_else(|| panic!("there is no {name}"))
}

#[test]
fn an_issued_edition_is_corrected_with_a_date_and_what_is_sealed_stays() {
    let desk = released();
    let file = format!("{FROZEN}.yaml");
    let head = desk.page(&file);
    assert!(head.correcting.is_some() && head.closed.is_some() && !head.is_item);
    assert!(field(&head, "/title/zh").locked && !field(&head, "/title/en").locked);
    assert!(field(&head, "/status").locked && !field(&head, "/note/zh").locked);
    let before = desk.read(&file);
    let lock = desk.read(EDITIONS_FILE);

    // Nothing is said of what was corrected.
    let answer = desk.send(&file, "save", |sent| set(sent, "v/title/en", "A better English title"));
    let Answer::Again(page) = answer else { panic!("it was taken without a word") };
    assert!(page.refused.is_some() && desk.read(&file) == before);
    // What is sealed is not even looked at.
    desk.goes(&file, "save", |sent| {
        sent.extend([
            ("w/title/zh".to_owned(), "x".to_owned()),
            ("v/title/zh".to_owned(), "别的".to_owned()),
        ]);
    });
    assert_eq!(desk.read(&file), before);

    desk.goes(&file, "save", |sent| {
        set(sent, "v/title/en", "A better English title");
        sent.push(("c/zh".to_owned(), "更正英文标题".to_owned()));
        sent.push(("c/en".to_owned(), "English title corrected".to_owned()));
        sent.push(("c/by".to_owned(), "丙市民政局".to_owned()));
    });
    let now = desk.read(&file);
    assert!(now.contains("en: A better English title"), "{now}");
    assert!(now.contains("{on: 2027-06-20, what: {zh: \"更正英文标题\", en: \"English title corrected\"}, by: \"丙市民政局\"}"), "{now}");
    assert!(desk.read(EDITIONS_FILE).starts_with(lock.trim_end()), "the record has one entry more");
    let ran = qingdan(&desk, &["check", "content", "--today", "2027-06-20"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    // What was there before is kept, and no undo leaves the record behind.
    let kept = fs::read_dir(desk.path(".qingdan/kept")).expect("former versions are kept").count();
    assert!(kept > 0);
    assert!(!desk.path(".qingdan/journal.json").exists());
    // Buttons that change what is sealed do nothing.
    for deed in ["delete", "up", "adopt:*", "clause:x", "fill"] {
        assert!(matches!(desk.send(&file, deed, |_| {}), Answer::Again(_)), "{deed}");
    }
    assert_eq!(desk.read(&file), now);
}

#[test]
fn how_to_apply_is_corrected_in_the_form_of_a_service() {
    let desk = released();
    let file = format!("{FROZEN}.yaml");
    let text = desk.read(&file);
    let at = text.find("- adopts: ").expect("it takes services over");
    let service = text[at + 10..].lines().next().expect("a line");
    let address = format!("{file}/services/{service}");
    let page = desk.page(&address);
    assert!(field(&page, "/adopts").locked && !field(&page, "/apply/phone").locked);
    desk.goes(&address, "save", |sent| {
        set(sent, "v/apply/phone", "0000-2222333");
        sent.push(("c/zh".to_owned(), "更正咨询电话".to_owned()));
        sent.push(("c/en".to_owned(), "telephone corrected".to_owned()));
    });
    assert!(desk.read(&file).contains("0000-2222333"));
    let ran = qingdan(&desk, &["check", "content", "--today", "2027-06-20"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
}

#[test]
fn undo_leaves_an_edition_alone_once_it_is_issued() {
    let desk = Desk::new();
    let file = format!("{DRAFT}.yaml");
    for (part, field, value) in
        [("dates", "v/issued", "2026-11-20"), ("document", "v/number", "厦民〔2026〕8号")]
    {
        desk.goes(&format!("{file}/{part}"), "save", |sent| set(sent, field, value));
    }
    let ran = qingdan(&desk, &["edition", "issue", DRAFT, "content", "--today", "2026-11-29"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    desk.editor.forget();
    let issued = desk.read(&file);
    assert!(matches!(desk.send("start.html", "back", |_| {}), Answer::Refused(_)));
    assert_eq!(desk.read(&file), issued);
}

fn translations(desk: &Desk) -> TranslationsPage {
    let address = format!("translations/{DRAFT}.yaml.html");
    desk.editor.translations(&address, UiLang::Zh).expect("the disk works").expect("there is such a file")
}

/// Returns what a browser sends for the translations as they are shown.
fn sent(page: &TranslationsPage) -> Vec<(String, String)> {
    let of = |text: &qingdan::edit::TranslationText| {
        [
            (format!("w{}", text.name), text.shown.clone()),
            (format!("r{}", text.name), text.beside.clone()),
            (format!("v{}", text.name), text.value.clone()),
        ]
    };
    let mut sent: Vec<_> = page.texts.iter().flat_map(of).collect();
    sent.push(("do".to_owned(), "save".to_owned()));
    sent
}

#[test]
fn an_outdated_translation_stands_beside_both_texts_and_one_save_settles_it() {
    let desk = Desk::new();
    let file = format!("{DRAFT}.yaml");
    let ran = qingdan(&desk, &["translated", "content"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(translations(&desk).texts.iter().all(|text| !text.is_outdated));
    let title = field(&desk.page(&file), "/title/zh").shown.clone();
    desk.goes(&file, "save", |sent| set(sent, "v/title/zh", &format!("{title}（修订）")));
    desk.editor.forget();
    let page = translations(&desk);
    let text = &page.texts[0];
    assert!(text.is_outdated && text.name == "en:title", "{text:?}");
    let words =
        |sides: &[qingdan::edit::Side]| sides.iter().map(|side| side.text.as_str()).collect::<String>();
    assert_eq!((words(&text.was), words(&text.now)), (title.clone(), format!("{title}（修订）")));
    assert!(text.now.iter().any(|side| side.differs && side.text.contains("修订")));
    let index = desk.editor.translations_index(None, UiLang::Zh).expect("the disk works").expect("a site");
    assert_eq!(index.files[0].3, 1, "{:?}", index.files);

    let (before, lock) = (desk.read(&file), desk.read(TRANSLATIONS_FILE));
    let address = format!("translations/{file}.html");
    let mut pairs = sent(&page);
    set(&mut pairs, "ven:title", "A revised English title");
    assert!(matches!(desk.editor.take(&address, &pairs, UiLang::Zh), Answer::Go(_)));
    assert_eq!(desk.read(&file), before.replace(&text.shown, "A revised English title"));
    assert_ne!(desk.read(TRANSLATIONS_FILE), lock);
    assert!(translations(&desk).texts.iter().all(|text| !text.is_outdated));
    // What is only tried is not written.
    let (now, kept) = (desk.read(&file), desk.read(TRANSLATIONS_FILE));
    let mut tried = pairs.clone();
    set(&mut tried, "ven:title", "Tried only");
    set(&mut tried, "do", "try");
    assert!(!matches!(desk.editor.take(&address, &tried, UiLang::Zh), Answer::Go(_)));
    assert_eq!((desk.read(&file), desk.read(TRANSLATIONS_FILE)), (now, kept));
    // One step back, and both are as they were.
    desk.goes(&address, "back", |_| {});
    assert_eq!((desk.read(&file), desk.read(TRANSLATIONS_FILE)), (before.clone(), lock.clone()));
    desk.editor.forget();
    // One that still holds is recorded, and the file stays.
    let mut pairs = sent(&translations(&desk));
    pairs.push(("ken:title".to_owned(), "true".to_owned()));
    assert!(matches!(desk.editor.take(&address, &pairs, UiLang::Zh), Answer::Go(_)));
    assert_eq!(desk.read(&file), before);
    assert!(translations(&desk).texts.iter().all(|text| !text.is_outdated));
    desk.goes(&address, "back", |_| {});
    assert_eq!((desk.read(&file), desk.read(TRANSLATIONS_FILE)), (before, lock));
}

#[test]
fn a_translation_that_was_changed_elsewhere_is_asked_about() {
    let desk = Desk::new();
    let file = format!("{DRAFT}.yaml");
    assert_eq!(qingdan(&desk, &["translated", "content"]).code, 0);
    let title = field(&desk.page(&file), "/title/zh").shown.clone();
    desk.goes(&file, "save", |sent| set(sent, "v/title/zh", &format!("{title}（修订）")));
    let mut pairs = sent(&translations(&desk));
    set(&mut pairs, "ven:title", "A revised English title");
    // Somebody changes the official text once more.
    let text = desk.read(&file).replace("（修订）", "（再修订）");
    fs::write(desk.path(&file), &text).expect("a file");
    let address = format!("translations/{file}.html");
    let Answer::Translations(page) = desk.editor.take(&address, &pairs, UiLang::Zh) else {
        panic!("nobody was asked")
    };
    assert!(page.refused.is_some() && page.texts[0].meanwhile.is_some());
    assert_eq!(desk.read(&file), text);
}

#[test]
fn what_changed_is_told_by_file_and_by_fact() {
    let desk = Desk::new();
    let file = format!("{DRAFT}.yaml");
    let title = field(&desk.page(&file), "/title/zh").shown.clone();
    desk.goes(&file, "save", |sent| set(sent, "v/title/zh", "厦门市清单"));
    desk.goes(&file, "save", |sent| set(sent, "v/title/zh", "厦门市的清单"));
    desk.goes(&format!("{file}/services/preschool-education"), "delete", |_| {});
    let page = desk.editor.changes(UiLang::Zh).expect("the disk works").expect("a site");
    assert_eq!((page.since.as_str(), page.files.len()), ("2026-11-28", 1));
    let facts = &page.files[0].facts;
    assert_eq!(facts.len(), 2, "{facts:?}");
    assert_eq!(
        (facts[0].old.as_deref(), facts[0].new.as_deref()),
        (Some(title.as_str()), Some("厦门市的清单"))
    );
    assert_eq!(facts[0].place, "标题", "{facts:?}");
    assert!(facts[1].old.as_deref().is_some_and(|old| old.contains("学前教育")) && facts[1].new.is_none());
    assert!(page.repository.is_none());
    // Taken back, nothing changed.
    (0..3).for_each(|_| drop(desk.goes("start.html", "back", |_| {})));
    desk.page(&file);
    let page = desk.editor.changes(UiLang::Zh).expect("the disk works").expect("a site");
    assert!(page.files.is_empty(), "{:?}", page.files);
}

#[test]
fn a_list_that_was_imported_or_begun_goes_again_when_it_is_taken_back() {
    let desk = Desk::new();
    let file = "fujian/xiamen/left-behind-children/2027.yaml";
    let path = "fujian/xiamen/{}/{}.yaml";
    let names = ["left-behind-children", "2027"].map(|name| (format!("n{path}"), name.to_owned()));
    let asked = [("do".to_owned(), format!("create:{path}"))];
    let begun = desk.editor.take("start.html", &[names.as_slice(), &asked].concat(), UiLang::Zh);
    assert!(matches!(begun, Answer::Go(_)) && desk.path(file).exists());
    desk.goes(file, "save", |sent| set(sent, "v/title/zh", "厦门市农村留守儿童关爱服务清单"));
    assert_eq!(desk.goes(file, "back", |_| {}), file);
    assert_eq!(desk.goes(file, "back", |_| {}), "start.html", "the form is gone with its file");
    assert!(!desk.path(file).exists());
    desk.goes("start.html", "again", |_| {});
    assert!(desk.path(file).exists());
}

#[test]
fn git_is_read_and_never_needed() {
    let desk = Desk::new();
    let root = desk.path("");
    let git = |words: &[&str]| {
        let mut command = Command::new("git");
        let who = ["user.name=Office", "user.email=office@example.invalid", "commit.gpgsign=false"];
        command.args(who.iter().flat_map(|setting| ["-c", setting]));
        let at = ("GIT_COMMITTER_DATE", "2026-11-20T12:00:00");
        let ran =
            command.arg("-C").arg(&root).args(words).env(at.0, at.1).env("GIT_AUTHOR_DATE", at.1).output();
        ran.is_ok_and(|ran| ran.status.success())
    };
    if !git(&["init", "-q"]) {
        return; // There is no git here.
    }
    assert!(git(&["add", "."]) && git(&["commit", "-q", "-m", "录入清单"]));
    let file = format!("{DRAFT}.yaml");
    let head = fs::read(root.join(".git/index")).expect("git keeps it");
    fs::write(desk.path(&file), desk.read(&file).replace("（草稿）", "（初稿）")).expect("a file");
    let memory = qingdan::cli::memory_of(&root);
    let editor =
        qingdan::edit::Editor::new(&root, || qingdan::date::Date::parse("2026-11-29").expect("a day"));
    let editor = editor.expect("there are random numbers").with_memory(memory);
    let page = editor.changes(UiLang::Zh).expect("the disk works").expect("a site");
    let known = page.repository.expect("it is in git");
    assert_eq!((known.commits.len(), known.uncommitted), (1, 1));
    assert_eq!(
        (known.commits[0].subject.as_str(), known.commits[0].day.as_str()),
        ("录入清单", "2026-11-20")
    );
    assert_eq!(page.files.len(), 1, "{:?}", page.files);
    assert!(
        page.files[0].facts.iter().any(|fact| fact.new.as_deref().is_some_and(|new| new.contains("初稿")))
    );
    assert_eq!(fs::read(root.join(".git/index")).expect("git keeps it"), head, "nothing of git is written");
}

#[test]
fn forms_of_an_issued_edition_change_nothing_when_they_are_sent_as_they_are() {
    let desk = released();
    let file = format!("{FROZEN}.yaml");
    let before = desk.read(&file);
    let sent = pairs(&desk.page(&file));
    assert!(!sent.is_empty());
    desk.goes(&file, "save", |_| {});
    assert_eq!(desk.read(&file), before);
}

#[test]
fn whatever_is_not_grey_can_be_corrected() {
    let desk = released();
    // One that has services and provisions of its own.
    let edition = "shifan/jiashi/migrant-children/2027";
    let ran = qingdan(&desk, &["edition", "issue", edition, "content", "--today", "2027-06-20"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let file = format!("{edition}.yaml");
    let own = format!("{file}/services/compulsory-education");
    let addresses = [file.clone(), own.clone(), format!("{own}/provisions/boarding-subsidy")];
    let mut made = 0;
    for address in &addresses {
        let sent = pairs(&desk.page(address));
        let texts: Vec<(String, String)> = sent
            .into_iter()
            .filter(|(name, value)| {
                name.starts_with('v') && (name.contains("/en") || name.contains("phone")) && !value.is_empty()
            })
            .collect();
        for (name, value) in texts {
            desk.goes(address, "save", |sent| {
                set(sent, &name, &format!("{value} 1"));
                sent.push(("c/zh".to_owned(), format!("更正第{made}处")));
            });
            made += 1;
        }
    }
    assert!(made >= 5, "only {made} fields were open");
    assert_eq!(desk.read(&file).matches("更正第").count(), made);
    let ran = qingdan(&desk, &["check", "content", "--today", "2027-06-20", "--format", "short"]);
    assert!(!ran.stderr.contains("error"), "{}", ran.stderr);
}
