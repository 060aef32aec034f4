//! The workbook to fill in: out of an edition and back to the same edition.

use std::path::Path;

use qingdan::catalogue::{self, Catalogue, Place};
use qingdan::diagnostic::Findings;
use qingdan::import::{self, Keys, Sheet, Target};
use qingdan::render;
use qingdan::schema::{Fitter, tables};
use qingdan::source::SourceTree;
use qingdan::span::FileId;
use qingdan::syntax::{Node, Value, yaml};

use super::desk;

/// A tree with its keys in one order, as text.
fn meaning(node: &Node) -> String {
    match &node.value {
        Value::Empty => "nothing".to_owned(),
        Value::Text(text) => format!("{text:?}"),
        Value::List(items) => format!("[{}]", items.iter().map(meaning).collect::<Vec<_>>().join(", ")),
        Value::Map(entries) => {
            let mut own: Vec<String> = entries
                .iter()
                .map(|entry| format!("{}: {}", entry.key.value, meaning(&entry.value)))
                .collect();
            own.sort();
            format!("{{{}}}", own.join(",\n"))
        }
    }
}

fn fitted(content: &Catalogue, place: &Place, text: &str) -> String {
    let mut findings = Findings::new();
    let node = yaml::parse(FileId(0), text, &mut findings).unwrap_or_else(|| panic!("{text}"));
    let reference = &content.site.languages.reference().code;
    let node = Fitter::new(reference, &mut findings).fit(node, &tables::EDITION);
    let complaints: Vec<&str> = findings.iter().map(|finding| finding.message.zh.as_str()).collect();
    assert_eq!(complaints, Vec::<&str>::new(), "{text}");
    meaning(&content.naming(Some(place)).resolve(node, &tables::EDITION))
}

/// Every edition of the catalogue in a folder goes through the workbook and comes back the same. Returns how many.
pub fn round_trips(root: &Path) -> usize {
    let mut findings = Findings::new();
    let sources =
        SourceTree::read(root, render::default_theme(), &mut findings).expect("the content is there");
    let content = catalogue::read(&sources, &mut findings).expect("the content can be read");
    let mut count = 0;
    for place in content.places.values() {
        for list in place.lists.values() {
            for edition in &list.editions {
                let address = format!("{}/{}/{}", place.path, list.id, edition.id);
                let source = sources.file(edition.span.file).text.as_str();
                let above = edition.measured_against.as_ref().or(edition.inherits.as_ref());
                let baseline = above
                    .and_then(|above| Some((content.edition(&above.value)?.edition, above.value.as_str())));
                let sheet = Sheet {
                    catalogue: &content,
                    place,
                    edition: Some((edition, source)),
                    address: Some(&address),
                    baseline,
                };
                let bytes = import::workbook(&sheet).expect("it fits into cells");
                assert!(
                    bytes == import::workbook(&sheet).expect("it fits"),
                    "the same list gives the same bytes"
                );
                for keys in [Keys::English, Keys::Chinese] {
                    let target = Target {
                        catalogue: &content,
                        place: Some(place),
                        ordinal: 1,
                        address: Some(&address),
                        baseline,
                        keys,
                    };
                    let imported = import::import("a.xlsx", &bytes, &target, &import::Told::default())
                        .expect("it is a list");
                    let (before, after) =
                        (fitted(&content, place, source), fitted(&content, place, &imported.yaml));
                    if before != after {
                        let different = before.lines().zip(after.lines()).find(|(one, other)| one != other);
                        panic!("{address}: {different:?}");
                    }
                    let usual = ["没有找到对应", "没有上级清单", "状态照工作簿"];
                    let others = imported
                        .notes
                        .iter()
                        .filter(|note| !usual.iter().any(|start| note.what.zh.contains(start)));
                    assert_eq!(others.map(|note| &note.what.zh).collect::<Vec<_>>(), Vec::<&String>::new());
                }
                count += 1;
            }
        }
    }
    count
}

#[test]
fn every_shipped_edition_comes_back_the_same() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    assert_eq!(round_trips(&root.join("content")), 14);
    assert!(round_trips(&root.join("src/site/demo")) >= 7);
}

#[test]
fn what_is_written_in_the_columns_holds() {
    let content = desk::content();
    let heads = "领域,序号,服务项目,服务对象,服务内容,责任部门,条款原文,白话,形式,力度,办理地,条件,对应,照录,项目编号,条款编号,条款其他内容\n";
    let rows = [
        "幼有所育,1,读书,流动儿童,借书；买书,教育局,借书,孩子能借书。,服务,应当,居住地,家庭经济困难,cultural-life/reading-guidance,,reading,borrow,\"plain:\n  en: Books on loan\"",
        ",,,,,,买书,,资金,有条件的地方,户籍地,,,,,,",
        "幼有所育,2,学前教育服务,3-6岁流动儿童,符合条件的就近在普惠性幼儿园入园;资助家庭经济困难的儿童接受普惠性学前教育,教育局,,,,,,,,preschool-education,,,",
        "学有所教,3,义务教育服务,义务教育阶段流动儿童,保障上学,教育局,,,,,,,,compulsory-education,,,",
    ];
    let table = heads.to_owned() + &rows.join("\n");
    let imported = desk::import(&content, "a.csv", table.as_bytes()).expect("it is a list");
    for expected in [
        "  - id: reading\n    number: 1\n    area: early-childhood\n",
        "      - id: borrow\n        quote: 借书\n        plain:\n          zh: 孩子能借书。\n          en: Books on loan\n        kind: service\n",
        "        conditions:\n          - financial-hardship\n        access: residence\n        covers:\n          - cultural-life/reading-guidance\n",
        "      # 白话照抄了原文，请改写 The plain sentence repeats the official words\n      - id: clause-1\n        quote: 买书\n",
        "        kind: cash\n        strength: where-conditions-allow\n        access: hukou-place\n",
        "  - adopts: preschool-education\n",
        // Its official text was changed: it is no adoption any more.
        "  - id: compulsory-education\n",
    ] {
        assert!(imported.yaml.contains(expected), "{expected}\n{}", imported.yaml);
    }
    assert!(
        desk::notes(&imported)
            .iter()
            .any(|note| note.contains("“照录”着 compulsory-education，又改了服务内容"))
    );
}

/// The heads of the workbook, and the row of a service taken over with its second provision.
const ADOPTED: [&str; 2] = [
    "领域,序号,服务项目,服务对象,服务内容,责任部门,上级原文,条款原文,白话,力度,上级条款,照录,项目编号\n",
    "发展保障,17,心理健康服务,流动儿童,对有需要的流动儿童提供心理健康筛查，符合条件的纳入精神障碍社会康复服务范围,市民政局、市教育局、卫健委（health）,对有需要的流动儿童提供心理健康筛查,,,,,mental-health,\n,,,,,,符合条件的纳入精神障碍社会康复服务范围,,,,,,\n",
];

#[test]
fn what_is_changed_in_a_row_taken_over_is_written_in_full() {
    let content = desk::content();
    let import = |from: &str, to: &str| {
        assert!(ADOPTED[1].contains(from), "{from}");
        let table = ADOPTED[0].to_owned() + &ADOPTED[1].replacen(from, to, 1);
        desk::import(&content, "a.csv", table.as_bytes()).expect("it is a list")
    };
    assert_eq!(desk::adopted(&import("流动儿童", "流动儿童")), ["mental-health"]);
    let all = [
        "  - id: mental-health\n    number: 17\n",
        "        quote: 符合条件的纳入精神障碍社会康复服务范围\n",
        "          - mental-health/community-rehabilitation\n",
        "en: Children who need it get a mental health screening.\n",
    ];
    for (from, to, said, written) in [
        (
            "市民政局、市教育局、卫健委（health）",
            "市民政局",
            "责任部门",
            "    departments:\n      - civil-affairs\n    provisions",
        ),
        (",流动儿童,", ",16岁以下流动儿童,", "服务对象", "zh: 16岁以下流动儿童\n"),
        ("发展保障", "学有所教", "领域", "area: education\n"),
        (
            "筛查,,,,,mental",
            "筛查,,孩子能测一测。,,,mental",
            "白话",
            "plain:\n          zh: 孩子能测一测。\n        kind",
        ),
        ("筛查,,,,,mental", "筛查,,,允许,,mental", "力度", "strength: permit\n"),
    ] {
        let imported = import(from, to);
        let expected = format!("“照录”着 mental-health，又改了{said}，按另写的一项处理");
        assert!(desk::notes(&imported).iter().any(|note| note.contains(&expected)), "{said}");
        let all = all.iter().filter(|text| said != "白话" || !text.starts_with("en:")).chain([&written]);
        all.for_each(|text| assert!(imported.yaml.contains(text), "{said}: {text}\n{}", imported.yaml));
    }
    // To clear 照录 is how to write one's own.
    let own = import("mental-health", "");
    assert_eq!(desk::adopted(&own), Vec::<String>::new());
    all.iter().for_each(|text| assert!(own.yaml.contains(text), "{text}\n{}", own.yaml));
    let unknown = import("mental-health", "no-such");
    assert!(desk::notes(&unknown).iter().any(|note| note.contains("上级清单里没有“no-such”，不能照录")));
    let half = import(",17,", ",17.5,");
    assert!(desk::notes(&half).iter().any(|note| note.contains("序号“17.5”不是整数，写成了 17")));
}

#[test]
fn under_another_edition_the_workbook_makes_a_draft() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/site/demo");
    let mut findings = Findings::new();
    let sources =
        SourceTree::read(&root, render::default_theme(), &mut findings).expect("the content is there");
    let content = catalogue::read(&sources, &mut findings).expect("the content can be read");
    let issued =
        content.places.values().flat_map(|place| place.lists.values().map(move |list| (place, list)));
    let mut issued =
        issued.flat_map(|(place, list)| list.editions.iter().map(move |edition| (place, list, edition)));
    let (place, list, edition) = issued
        .find(|(_, _, edition)| edition.status == catalogue::EditionStatus::Issued)
        .expect("the demonstration has issued editions");
    let address = format!("{}/{}/{}", place.path, list.id, edition.id);
    let source = sources.file(edition.span.file).text.as_str();
    let edition = Some((edition, source));
    let sheet = Sheet { catalogue: &content, place, edition, address: Some(&address), baseline: None };
    let bytes = import::workbook(&sheet).expect("it fits into cells");
    let next = format!("{}/{}/2099", place.path, list.id);
    let keys = Keys::English;
    let target = Target {
        catalogue: &content,
        place: Some(place),
        ordinal: 7,
        address: Some(&next),
        baseline: None,
        keys,
    };
    let imported = import::import("a.xlsx", &bytes, &target, &import::Told::default()).expect("it is a list");
    assert!(imported.yaml.contains("\nordinal: 7\nstatus: draft\n"), "{}", imported.yaml);
    assert!(!["\nfrozen:", "\ndocument:", "\ndates:"].iter().any(|key| imported.yaml.contains(key)));
    assert!(imported.notes.iter().any(|note| note.what.zh.starts_with("是新的一版，写成了草稿")));
}
