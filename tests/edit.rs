//! Forms over the real catalogue: every part of every file has one, what is sent unchanged changes nothing, a change changes
//! its field alone, and whatever was changed can be taken back.
#![allow(clippy::disallowed_methods, reason = "tests prepare and spoil files")]

#[path = "support/forms.rs"]
mod forms;

use std::collections::BTreeSet;
use std::fs;

use forms::{Desk, pairs, set};
use qingdan::diagnostic::{Findings, UiLang};
use qingdan::edit::{Answer, Control, EditPage, FormField};
use qingdan::span::FileId;
use qingdan::syntax::yaml;

/// Returns the addresses of the parts of a page that have a form of their own.
fn parts(page: &EditPage, address: &str) -> Vec<String> {
    fn hrefs(field: &FormField) -> Vec<&str> {
        match &field.control {
            Control::Items { items, .. } => items.iter().map(|item| item.href.as_str()).collect(),
            Control::Group { fields, .. } => fields.iter().flat_map(hrefs).collect(),
            _ => Vec::new(),
        }
    }
    let all = page.fields.iter().chain(&page.more).flat_map(hrefs);
    let file = address.find(".yaml").map_or(address, |end| &address[..end + 5]);
    let inside = |href: &str| {
        let decoded = qingdan::route::percent_decoded(href.split('?').next().unwrap_or_default())
            .expect("it is encoded");
        let at = decoded.find(file).expect("it is in the same file");
        decoded[at..].to_owned()
    };
    all.map(inside).collect()
}

fn every_address(desk: &Desk) -> Vec<String> {
    let start = desk.editor.start(UiLang::Zh).expect("the disk works").expect("the site can be read");
    let files =
        start.places.iter().flat_map(|place| place.editions.iter().chain(&place.files)).chain(&start.files);
    let mut todo: Vec<String> = files.map(|file| file.href.clone()).collect();
    let mut all = Vec::new();
    while let Some(address) = todo.pop() {
        todo.extend(parts(&desk.page(&address), &address));
        all.push(address);
    }
    all
}

#[test]
fn every_part_of_every_file_has_a_form_and_sent_as_it_is_changes_nothing() {
    let desk = Desk::whole();
    let addresses = every_address(&desk);
    assert!(addresses.len() > 1000, "only {} forms", addresses.len());
    let unique: BTreeSet<&String> = addresses.iter().collect();
    assert_eq!(unique.len(), addresses.len(), "an address stands for two parts");
    let before: Vec<(String, String)> = files(&desk);
    // Some of each file: a browser sends each in the same way.
    for address in addresses.iter().step_by(19) {
        if desk.page(address).closed.is_some() {
            continue;
        }
        desk.goes(address, "save", |_| {});
    }
    assert_eq!(files(&desk), before);
    assert!(!desk.path(".qingdan/journal.json").exists(), "nothing was changed, and something was noted");
}

fn files(desk: &Desk) -> Vec<(String, String)> {
    let start = desk.editor.start(UiLang::Zh).expect("the disk works").expect("the site can be read");
    let all =
        start.places.iter().flat_map(|place| place.editions.iter().chain(&place.files)).chain(&start.files);
    all.map(|file| (file.href.clone(), desk.read(&file.href))).collect()
}

/// Returns how many lines of two texts differ, besides those that stand alike at their start and their end.
fn differing(a: &str, b: &str) -> usize {
    let (a, b): (Vec<&str>, Vec<&str>) = (a.lines().collect(), b.lines().collect());
    let start = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let end = a[start..].iter().rev().zip(b[start..].iter().rev()).take_while(|(a, b)| a == b).count();
    a.len().max(b.len()) - start - end
}

/// How many changes are made one after the other.
const CHANGES: usize = if cfg!(debug_assertions) { 30 } else { 100 };

const LIST: &str = "fujian/migrant-children/2025.yaml";

#[test]
fn many_changes_change_their_lines_alone_and_are_all_taken_back() {
    let desk = Desk::new();
    let before = desk.read(LIST);
    let comments = yaml::comments(&before);
    let addresses: Vec<String> =
        every_address(&desk).into_iter().filter(|address| address.starts_with(LIST)).collect();
    let mut made = 0;
    'all: for address in &addresses {
        let sent = pairs(&desk.page(address));
        let texts = sent
            .iter()
            .filter(|(name, value)| name.starts_with('v') && name.ends_with("/zh") && !value.is_empty());
        for (name, value) in texts {
            let was = desk.read(LIST);
            desk.goes(address, "save", |sent| set(sent, name, &format!("改过{made}：{value}")));
            let now = desk.read(LIST);
            assert!(differing(&was, &now) <= 2, "{address} {name} changed more than its line");
            assert_eq!(yaml::comments(&now), comments, "{address} {name}");
            made += 1;
            if made == CHANGES {
                break 'all;
            }
        }
    }
    assert_eq!(made, CHANGES);
    assert!(yaml::parse(FileId(0), &desk.read(LIST), &mut Findings::new()).is_some());
    for _ in 0..made {
        desk.goes("start.html", "back", |_| {});
    }
    assert_eq!(desk.read(LIST), before);
    desk.goes("start.html", "again", |_| {});
    assert_ne!(desk.read(LIST), before);
}

#[test]
fn what_was_changed_elsewhere_is_kept_and_the_same_field_is_asked_about() {
    let desk = Desk::new();
    let file = "fujian/xiamen/migrant-children/2025.yaml";
    let old = desk.read(file);
    let mut sent = pairs(&desk.page(file));
    // Somebody else saves another field while the form is open.
    fs::write(desk.path(file), old.replace("Xiamen (draft)", "Xiamen (a draft)")).expect("a file");
    set(&mut sent, "v/title/zh", "厦门市清单");
    sent.push(("do".to_owned(), "save".to_owned()));
    assert!(matches!(desk.editor.take(file, &sent, UiLang::Zh), Answer::Go(_)));
    let both = desk.read(file);
    assert!(both.contains("  zh: 厦门市清单\n") && both.contains("Xiamen (a draft)"), "{both}");
    // And the same field.
    set(&mut sent, "v/title/zh", "厦门市的清单");
    let Answer::Again(page) = desk.editor.take(file, &sent, UiLang::Zh) else { panic!("nobody was asked") };
    assert!(page.refused.is_some());
    assert_eq!(desk.read(file), both);
}

#[test]
fn what_is_tried_is_answered_and_not_written() {
    let desk = Desk::of(&[""]);
    let file = "fujian/migrant-children/2025.yaml";
    let old = desk.read(file).replace("status: issued", "status: draft");
    let lock = desk.path("editions.lock");
    if lock.exists() {
        fs::remove_file(lock).expect("the copy can be changed");
    }
    fs::write(desk.path(file), &old).expect("the copy can be changed");
    let service = old.find("- id: free-education").and_then(|at| old[..at].rfind("\n  - id: "));
    let id = old[service.expect("it is in a service")..].trim_start_matches("\n  - id: ").lines().next();
    let address = format!("{file}/services/{}/provisions/free-education", id.expect("it has an id"));
    let said = |page: &EditPage| {
        let mut said = Vec::new();
        page.fields.iter().chain(&page.more).for_each(|field| said_at(field, "/plain/zh", &mut said));
        said.join("\n")
    };
    let tried = |text: &str| match desk.send(&address, "try", |sent| set(sent, "v/plain/zh", text)) {
        Answer::Tried(page) => said(&page),
        other => panic!("{other:?}"),
    };
    assert_eq!(said(&desk.page(&address)), "");
    let wrong = tried("家里经济困难的残疾学生，免费读13年书。");
    assert!(wrong.contains("13"), "{wrong}");
    assert_eq!(tried("家里经济困难的残疾学生，免费读12年书。"), "");
    assert_eq!(desk.read(file), old);
    assert!(!desk.path(".qingdan").exists(), "nothing is noted either");
}

/// Adds what is said of the field of this name.
fn said_at(field: &FormField, name: &str, said: &mut Vec<String>) {
    match &field.control {
        Control::Group { fields, .. } => fields.iter().for_each(|inner| said_at(inner, name, said)),
        _ if field.name == name => said.extend(field.said.iter().map(|known| known.message.clone())),
        _ => {}
    }
}

#[test]
fn a_service_is_added_with_provisions_of_its_own_words_and_removed_again() {
    let desk = Desk::new();
    let file = "fujian/xiamen/migrant-children/2025.yaml";
    let before = desk.read(file);
    let to = desk.goes(&format!("{file}/services/+"), "save", |sent| {
        set(sent, "v/title/zh", "暑期托管服务");
        set(sent, "v/number", "21");
        set(sent, "v/area", "early-childhood");
        set(sent, "v/audience/text/zh", "6-12岁流动儿童");
        set(sent, "v/content/zh", "为6至12岁流动儿童提供暑期托管服务；每人每年补助200元");
        set(sent, "v/departments", "education");
    });
    assert_eq!(to, format!("{file}/services/shu-qi-tuo-guan-fu"));
    let page = desk.page(&to);
    assert_eq!(page.beside.content.iter().filter(|piece| piece.is_bare).count(), 2);
    let provision = desk.goes(&to, "clause:每人每年补助200元", |_| {});
    let text = desk.read(file);
    assert!(text.contains("quote: 每人每年补助200元") && text.contains("kind: cash"), "{text}");
    assert!(text.contains("amount: 200"), "{text}");
    assert!(text.starts_with(before.trim_end()), "what stood there is not as it was");
    desk.goes(&provision, "delete", |_| {});
    desk.goes(&to, "delete", |_| {});
    assert_eq!(desk.read(file).trim_end(), before.trim_end());
}

#[test]
fn services_move_and_are_taken_over() {
    let desk = Desk::new();
    let file = "fujian/xiamen/migrant-children/2025.yaml";
    let before = desk.read(file);
    desk.goes(&format!("{file}/services/preschool-education"), "delete", |_| {});
    assert_eq!(desk.read(file), before.replace("  - adopts: preschool-education\n", ""));
    assert_eq!(desk.page(file).open.len(), 1);
    desk.goes(file, "adopt:*", |_| {});
    assert!(desk.read(file).ends_with("  - adopts: preschool-education\n"));
    for _ in 0..18 {
        desk.goes(&format!("{file}/services/preschool-education"), "up", |_| {});
    }
    assert_eq!(desk.read(file), before);
}

#[test]
fn a_number_of_a_person_reaches_neither_the_file_nor_the_journal() {
    let desk = Desk::new();
    let before = desk.read(LIST);
    let answer = desk.send(LIST, "save", |sent| set(sent, "v/note/zh", "联系人手机 13800138000"));
    let Answer::Again(page) = answer else { panic!("it was saved") };
    assert!(page.refused.is_some_and(|why| !why.contains("13800138000")));
    assert_eq!(desk.read(LIST), before);
    assert!(!desk.path(".qingdan/journal.json").exists());
}

#[test]
fn frozen_editions_and_files_of_the_tool_are_closed() {
    let desk = Desk::new();
    let path = desk.path(LIST);
    fs::write(&path, format!("{}frozen: 2025-01-10\n", desk.read(LIST))).expect("a file");
    assert!(desk.page(LIST).closed.is_some());
    let before = desk.read(LIST);
    let answer = desk.send(LIST, "save", |sent| set(sent, "v/title/zh", "别的"));
    assert!(matches!(answer, Answer::Again(_)) && desk.read(LIST) == before);
    for odd in
        ["editions.lock", "translations.lock", "../x.yaml", "vocabulary/none.yaml", "fujian/guides/a.md", ""]
    {
        assert!(desk.editor.page(odd, UiLang::En).expect("the disk works").is_none(), "{odd}");
    }
}

#[test]
fn files_begin_with_a_form_and_guides_are_written_as_one_text() {
    let desk = Desk::new();
    let create = |path: &str, names: &[&str]| {
        let names = names.iter().map(|name| (format!("n{path}"), (*name).to_owned()));
        let sent: Vec<(String, String)> =
            names.chain([("do".to_owned(), format!("create:{path}"))]).collect();
        desk.editor.take("start.html", &sent, UiLang::Zh)
    };
    assert!(matches!(create("fujian/xiamen/contacts.yaml", &[]), Answer::Go(_)));
    let to = desk.goes("fujian/xiamen/contacts.yaml/contacts/+", "save", |sent| {
        set(sent, "v/department", "civil-affairs");
        set(sent, "v/phone", "0592-12345");
    });
    assert!(
        desk.read("fujian/xiamen/contacts.yaml")
            .contains("- department: civil-affairs\n    phone: '0592-12345'\n"),
        "{to}"
    );
    let Answer::Go(list) = create("fujian/xiamen/{}/{}.yaml", &["migrant-children", "2027"]) else {
        panic!("it was not begun")
    };
    desk.goes(&list, "save", |sent| {
        set(sent, "v/title/zh", "厦门市清单");
        set(sent, "v/status", "draft");
        set(sent, "v/measured_against", "fujian/migrant-children/2025");
    });
    desk.goes(&list, "adopt:*", |_| {});
    assert_eq!(desk.read(&list).matches("- adopts: ").count(), 20);
    for (path, names) in
        [("../x.yaml", &[] as &[&str]), ("fujian/{}/place.yaml", &["a/../b"]), ("fujian/x/y/z/a.txt", &[])]
    {
        assert!(matches!(create(path, names), Answer::Refused(_)), "{path}");
    }
    let guide = "fujian/xiamen/guides/start.zh.md";
    fs::create_dir_all(desk.path("fujian/xiamen/guides")).expect("a folder");
    fs::write(desk.path(guide), "# 怎么办\r\n\r\n到窗口去。\r\n").expect("a file");
    desk.goes(guide, "save", |sent| set(sent, "v", "# 怎么办\r\n\r\n到民政窗口去。"));
    assert_eq!(desk.read(guide), "# 怎么办\r\n\r\n到民政窗口去。\r\n");
}

/// Clauses as offices write them, each in a service of its own words, with the provision of the baseline that it answers; judged
/// before they were run.
const CLAUSES: &[(&str, &str, &str)] = &[
    ("幼儿入园", "辖区内符合入园条件的孩子可就近上普惠园", "preschool-education/nearby-kindergarten"),
    ("义务教育保障", "义务教育阶段不收学杂费", "compulsory-education/fee-waiver"),
    ("义务教育保障", "教科书由学校免费发放", "compulsory-education/free-textbooks"),
    ("儿童保健", "适龄儿童按免疫程序免费打疫苗", "health-and-childcare/vaccination"),
    ("住房保障", "符合条件的家庭可申请公租房", "housing-support/public-rental-housing"),
    ("医疗保障", "异地看病的费用可以直接结算", "medical-insurance/direct-settlement"),
    (
        "残疾儿童康复",
        "残疾儿童的康复救助在居住地就可以申请",
        "rehabilitation-and-disability-subsidies/rehabilitation-application",
    ),
    ("家庭监护", "给孩子的家长开展家庭教育指导", "guardianship-support/family-education-guidance"),
    ("心理关爱", "有需要的孩子可以做心理测评", "mental-health/screening"),
    ("融入城市", "孩子的父母可以免费参加职业技能培训", "settling-into-city-life/vocational-training"),
];

#[test]
fn what_a_clause_answers_is_among_the_five_that_are_offered_and_never_said_unasked() {
    let desk = Desk::new();
    let file = "fujian/xiamen/migrant-children/2025.yaml";
    let mut missed = Vec::new();
    for (number, (title, clause, answer)) in CLAUSES.iter().enumerate() {
        let service = desk.goes(&format!("{file}/services/+"), "save", |sent| {
            set(sent, "v/id", &format!("own-{number}"));
            set(sent, "v/number", &(30 + number).to_string());
            set(sent, "v/area", "early-childhood");
            set(sent, "v/title/zh", title);
            set(sent, "v/audience/text/zh", "本市的流动儿童");
            set(sent, "v/content/zh", clause);
            set(sent, "v/departments", "education");
        });
        let provision = desk.goes(&service, &format!("clause:{clause}"), |_| {});
        assert!(!desk.read(file).contains("covers:"), "{clause} was said to answer something");
        let page = desk.page(&provision);
        if !page.beside.candidates.iter().any(|candidate| candidate.address == *answer) {
            let offered: Vec<&str> =
                page.beside.candidates.iter().map(|known| known.address.as_str()).collect();
            missed.push(format!("{clause}: {offered:?}"));
        }
    }
    assert!(missed.is_empty(), "{} of {}:\n{}", missed.len(), CLAUSES.len(), missed.join("\n"));
}
