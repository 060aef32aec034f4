//! Places as they are: municipalities, autonomous regions, the corps, leagues and banners, cities directly under a province,
//! merged bureaus; and what a place has of its own: additions, a consultation, a second edition, standards.
//!
//! The answers were written down first, from what these places publish of themselves (Beijing 京民发〔2025〕59号, the plan of
//! Tianmen of 2025-07-30, the second editions of Henan and Zhengzhou, the standards of counties); the vocabulary of
//! departments is the shipped one, whose bodies of a province are Fujian's.
#![allow(clippy::disallowed_methods, reason = "tests prepare and spoil files")]

#[path = "places/above.rs"]
mod above;
#[path = "support/files.rs"]
mod files;
#[path = "support/program.rs"]
mod program;

use qingdan::analysis::Analysis;
use qingdan::catalogue::{self, Catalogue, Certainty, PlaceKind, PlacePath};
use qingdan::check;
use qingdan::compare::Verdict;
use qingdan::date::Date;
use qingdan::diagnostic::Findings;
use qingdan::source::SourceTree;

const SITE: &str = "title: {zh: 清单, en: List}\nlanguages:\n\
    \x20 - {code: zh, tag: zh-CN, name: 中文, direction: ltr}\n\
    \x20 - {code: en, tag: en, name: English, direction: ltr, status: working}\n";
const AREAS: &str = "areas:\n  - {id: relief, name: {zh: 弱有所扶, en: Support}}\n";
const AUDIENCES: &str =
    "audiences:\n  - {id: migrant-child, name: {zh: 流动儿童, en: Migrant child}, kind: population}\n";

/// What every catalogue here has.
fn shared() -> Vec<(String, String)> {
    let departments = include_str!("../content/vocabulary/departments.yaml");
    let files = [
        ("site.yaml", SITE),
        ("vocabulary/areas.yaml", AREAS),
        ("vocabulary/audiences.yaml", AUDIENCES),
        ("vocabulary/departments.yaml", departments),
    ];
    files.into_iter().map(|(path, text)| (path.to_owned(), text.to_owned())).collect()
}

/// Returns a `place.yaml`.
fn place(zh: &str, en: &str, code: &str, tier: &str, more: &str) -> String {
    format!("name: {{zh: {zh}, en: {en}}}\ncode: '{code}'\ntier: {tier}\n{more}")
}

/// Returns an edition with one service; `head` and `more` stand before and behind its services.
fn edition(title: &str, head: &str, more: &str) -> String {
    format!(
        "title: {{zh: {title}, en: List}}\n{head}services:\n\
         \x20 - id: aid\n    number: 1\n    area: relief\n    title: {{zh: 临时救助, en: Relief}}\n\
         \x20   audience: {{text: {{zh: 流动儿童, en: Migrant children}}, population: migrant-child}}\n\
         \x20   content: {{zh: 按规定给予临时救助, en: Relief is given}}\n\
         \x20   departments: [civil-affairs, housing]\n    provisions:\n\
         \x20     - id: relief\n        quote: 按规定给予临时救助\n        plain: {{zh: 有临时救助。, en: Relief.}}\n\
         \x20       kind: cash\n        strength: must\n        access: residence\n{more}"
    )
}

fn read(files: &[(String, String)]) -> (Catalogue, SourceTree, Findings) {
    let mut findings = Findings::new();
    let texts = files.iter().map(|(path, text)| (path.as_str(), text.as_str()));
    let sources = SourceTree::from_texts(texts);
    let catalogue = catalogue::read(&sources, &mut findings).expect("site.yaml is right");
    (catalogue, sources, findings)
}

fn with(more: &[(&str, String)]) -> Vec<(String, String)> {
    let more = more.iter().map(|(path, text)| ((*path).to_owned(), text.clone()));
    shared().into_iter().chain(more).collect()
}

fn day(text: &str) -> Date {
    Date::parse(text).expect("a date")
}

/// Returns the codes of what reading and checking find, as warnings or errors.
fn found(files: &[(String, String)], today: &str) -> Vec<&'static str> {
    let (catalogue, _, mut findings) = read(files);
    check::check(&Analysis::new(&catalogue, day(today)), &mut findings);
    findings.iter().map(|finding| finding.code.id).collect()
}

/// Builds a catalogue; returns the site.
fn built(files: &[(String, String)]) -> files::Tree {
    let temp = tempfile::tempdir().expect("there is room for temporary files");
    let bytes: Vec<(String, Vec<u8>)> =
        files.iter().map(|(path, text)| (path.clone(), text.as_bytes().to_vec())).collect();
    files::write(&temp.path().join("content"), bytes.iter().map(|(path, bytes)| (path, bytes)));
    let ran = program::qingdan(temp.path(), &["build", "--drafts", "--today", "2026-02-01"], &[]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    files::tree(&temp.path().join("public"))
}

fn text<'s>(site: &'s files::Tree, path: &str) -> &'s str {
    let bytes = site.get(path).unwrap_or_else(|| panic!("there is no {path}"));
    std::str::from_utf8(bytes).expect("pages are UTF-8")
}

/// Places of every kind, each where it stands.
fn country() -> Vec<(String, String)> {
    with(&[
        (
            "beijing/place.yaml",
            place("北京市", "Beijing", "110000", "province", "short_name: {zh: 北京, en: Beijing}\n"),
        ),
        ("beijing/chaoyang/place.yaml", place("朝阳区", "Chaoyang", "110105", "county", "")),
        (
            "guangxi/place.yaml",
            place("广西壮族自治区", "Guangxi", "450000", "province", "short_name: {zh: 广西, en: Guangxi}\n"),
        ),
        (
            "hubei/place.yaml",
            place("湖北省", "Hubei", "420000", "province", "short_name: {zh: 湖北, en: Hubei}\n"),
        ),
        (
            "hubei/tianmen/place.yaml",
            place(
                "天门市",
                "Tianmen",
                "429006",
                "county",
                "departments:\n  housing: {name: {zh: 住房和城市更新局, en: Housing and Urban Renewal Bureau}, status: printed}\n\
                 \x20 radio-television: {name: {zh: 融媒体中心, en: Media Centre}, status: printed}\n",
            ),
        ),
        (
            "neimenggu/place.yaml",
            place(
                "内蒙古自治区",
                "Inner Mongolia",
                "150000",
                "province",
                "short_name: {zh: 内蒙古, en: Inner Mongolia}\n",
            ),
        ),
        (
            "neimenggu/xilingol/place.yaml",
            place("锡林郭勒盟", "Xilingol", "152500", "prefecture", "kind: league\n"),
        ),
        (
            "neimenggu/xilingol/taipusi/place.yaml",
            place("太仆寺旗", "Taipusi", "152527", "county", "kind: 旗\n"),
        ),
        (
            "xinjiang-corps/place.yaml",
            place(
                "新疆生产建设兵团",
                "Xinjiang Corps",
                "660000",
                "province",
                "short_name: {zh: 兵团, en: Corps}\nkind: corps\n",
            ),
        ),
        (
            "fujian/place.yaml",
            place("福建省", "Fujian", "350000", "province", "short_name: {zh: 福建, en: Fujian}\n"),
        ),
        ("fujian/pingtan/place.yaml", place("平潭综合实验区", "Pingtan", "350128", "prefecture", "")),
        ("fujian/xiamen/place.yaml", place("厦门市", "Xiamen", "350200", "prefecture", "")),
    ])
}

#[test]
fn offices_are_called_what_the_place_calls_them() {
    use Certainty::{Inferred, Printed, ToBeConfirmed};
    let (catalogue, _, findings) = read(&country());
    assert!(findings.is_empty(), "{:?}", findings.iter().map(|one| &one.message.zh).collect::<Vec<_>>());
    let answers = [
        ("beijing", "civil-affairs", "市民政局", "Municipal Bureau of Civil Affairs", Inferred),
        ("beijing", "health", "市卫健委", "Municipal Health Commission", Inferred),
        ("beijing", "youth-league", "团市委", "Municipal Committee of the Communist Youth League", Inferred),
        ("beijing", "cyberspace", "市委网信办", "", Inferred),
        ("beijing/chaoyang", "civil-affairs", "民政局", "Civil Affairs Bureau", Printed),
        ("guangxi", "civil-affairs", "自治区民政厅", "Regional Department of Civil Affairs", Inferred),
        ("guangxi", "health", "自治区卫健委", "Regional Health Commission", Inferred),
        ("neimenggu", "education", "自治区教育厅", "Regional Department of Education", Inferred),
        ("neimenggu/xilingol", "civil-affairs", "民政局", "Civil Affairs Bureau", Printed),
        ("neimenggu/xilingol/taipusi", "civil-affairs", "民政局", "Civil Affairs Bureau", Printed),
        ("xinjiang-corps", "civil-affairs", "兵团民政局", "Corps Bureau of Civil Affairs", Inferred),
        ("hubei", "civil-affairs", "省民政厅", "Provincial Department of Civil Affairs", Printed),
        ("hubei/tianmen", "civil-affairs", "民政局", "Civil Affairs Bureau", Printed),
        ("hubei/tianmen", "housing", "住房和城市更新局", "Housing and Urban Renewal Bureau", Printed),
        ("hubei/tianmen", "radio-television", "融媒体中心", "Media Centre", Printed),
        ("fujian", "civil-affairs", "省民政厅", "Provincial Department of Civil Affairs", Printed),
        ("fujian/xiamen", "civil-affairs", "民政局", "Civil Affairs Bureau", Printed),
        (
            "beijing/chaoyang",
            "housing",
            "住房和城乡建设",
            "Housing and urban-rural development",
            ToBeConfirmed,
        ),
    ];
    let english = catalogue.site.languages.get("en").expect("English").code.clone();
    for (path, function, zh, en, certainty) in answers {
        let at = &catalogue.places[&PlacePath::new(path)];
        let body = catalogue.counterpart(at, function).expect("the function is known");
        assert_eq!(body.name.reference().value, zh, "{path} {function}");
        if !en.is_empty() {
            assert_eq!(body.name.for_reader(&english).1, en, "{path} {function}");
        }
        assert_eq!(body.certainty, certainty, "{path} {function}");
    }
    // What a body is called in full in Fujian is nobody's name elsewhere.
    let full = |path: &str| {
        let at = &catalogue.places[&PlacePath::new(path)];
        catalogue
            .counterpart(at, "civil-affairs")
            .and_then(|body| body.full_name)
            .map(|name| name.reference().value.clone())
    };
    assert_eq!(full("fujian").as_deref(), Some("福建省民政厅"));
    assert_eq!((full("hubei"), full("beijing"), full("guangxi")), (None, None, None));
}

#[test]
fn kinds_are_told_by_the_code_or_said() {
    let (catalogue, ..) = read(&country());
    let kinds = [
        ("beijing", Some(PlaceKind::Municipality)),
        ("beijing/chaoyang", Some(PlaceKind::OfMunicipality)),
        ("guangxi", Some(PlaceKind::AutonomousRegion)),
        ("hubei", None),
        ("hubei/tianmen", Some(PlaceKind::OfProvince)),
        ("neimenggu/xilingol", Some(PlaceKind::League)),
        ("neimenggu/xilingol/taipusi", Some(PlaceKind::Banner)),
        ("xinjiang-corps", Some(PlaceKind::Corps)),
        ("fujian/pingtan", Some(PlaceKind::Zone)),
        ("fujian/xiamen", None),
    ];
    for (path, kind) in kinds {
        assert_eq!(catalogue.places[&PlacePath::new(path)].kind(catalogue.site.codes), kind, "{path}");
    }
    // Zones stand after the cities, wherever their codes put them.
    let below: Vec<&str> =
        catalogue.children(Some(&PlacePath::new("fujian"))).iter().map(|place| place.path.as_str()).collect();
    assert_eq!(below, ["fujian/xiamen", "fujian/pingtan"]);
}

#[test]
fn a_kind_that_its_tier_does_not_have_is_refused() {
    let wrong = with(&[("x/place.yaml", place("某市", "X", "350000", "province", "kind: banner\n"))]);
    assert_eq!(found(&wrong, "2026-02-01"), ["QD3053"]);
}

#[test]
fn what_a_vocabulary_says_of_a_kind_comes_before_what_is_worked_out() {
    let departments = "departments:\n  - id: education\n    name: {zh: 教育, en: Education}\n    counterparts:\n\
        \x20     province: {name: {zh: 省教育厅, en: Provincial Department of Education}, status: printed}\n\
        \x20     municipality: {name: {zh: 市教委, en: Municipal Education Commission}, status: printed}\n";
    let mut files = country();
    files.retain(|(path, _)| path != "vocabulary/departments.yaml" && !path.starts_with("hubei/tianmen"));
    files.push(("vocabulary/departments.yaml".to_owned(), departments.to_owned()));
    let (catalogue, ..) = read(&files);
    let name = |path: &str| {
        let body = catalogue.counterpart(&catalogue.places[&PlacePath::new(path)], "education");
        body.map(|body| (body.name.reference().value.clone(), body.certainty))
    };
    assert_eq!(name("beijing"), Some(("市教委".to_owned(), Certainty::Printed)));
    assert_eq!(name("guangxi"), Some(("自治区教育厅".to_owned(), Certainty::Inferred)));
}

#[test]
fn no_page_of_a_municipality_or_a_region_names_a_body_of_a_province() {
    let mut files = country();
    files.retain(|(path, _)| !path.starts_with("fujian/") && !path.starts_with("hubei/"));
    for place in ["beijing", "beijing/chaoyang", "guangxi"] {
        let head = "status: issued\ndates: {issued: 2025-10-17}\n";
        files.push((format!("{place}/care/2025.yaml"), edition("清单", head, "")));
    }
    let site = built(&files);
    for (name, bytes) in
        site.iter().filter(|(name, _)| name.ends_with(".html") || name.ends_with(".parts.js"))
    {
        let page = std::str::from_utf8(bytes).expect("pages are UTF-8");
        for word in ["省民政厅", "省住建厅", "Provincial", "福建"] {
            assert!(!page.contains(word), "{name}: {word}");
        }
    }
    let page = text(&site, "zh/beijing/care/aid.html");
    assert!(page.contains("市民政局") && page.contains("按职能推定"), "it says that the name is inferred");
    assert!(text(&site, "zh/guangxi/care/aid.html").contains("自治区民政厅"));
    // Districts stand directly under a municipality.
    assert!(text(&site, "zh/beijing/index.html").contains("href=\"chaoyang/index.html\""));
}

#[test]
fn a_city_directly_under_a_province_is_measured_against_it() {
    let mut files = country();
    let issued = "status: issued\ndates: {issued: 2025-07-01}\n";
    files.push(("hubei/care/2025.yaml".to_owned(), edition("湖北清单", issued, "")));
    let head = "status: issued\nmeasured_against: hubei/care/2025\ndates: {issued: 2025-07-30}\n";
    let local = format!("title: {{zh: 天门清单, en: List}}\n{head}services:\n  - adopts: aid\n");
    files.push(("hubei/tianmen/care/2025.yaml".to_owned(), local));
    let (catalogue, ..) = read(&files);
    let tianmen = PlacePath::new("hubei/tianmen");
    assert_eq!(catalogue.parent(&tianmen).map(|place| place.path.as_str()), Some("hubei"));
    let analysis = Analysis::new(&catalogue, day("2026-02-01"));
    let shown = catalogue.edition("hubei/tianmen/care/2025").expect("the list is there");
    let coverage = analysis.coverage(shown).expect("it has a baseline");
    let verdicts: Vec<Verdict> =
        coverage.services.iter().flat_map(|service| &service.provisions).map(|one| one.verdict).collect();
    assert_eq!(verdicts, [Verdict::Met]);
    let site = built(&files);
    let page = text(&site, "zh/hubei/tianmen/care/aid.html");
    assert!(page.contains("住房和城市更新局") && !page.contains("省民政厅"));
}

#[test]
fn merged_bureaus_are_one_office() {
    let bureau = "{name: {zh: 教育体育和文化旅游局, en: Bureau}, status: printed}";
    let more = format!("departments:\n  education: {bureau}\n  radio-television: {bureau}\n");
    let files = with(&[("jia/place.yaml", place("甲县", "Jia", "359901", "county", &more))]);
    let (catalogue, ..) = read(&files);
    let jia = &catalogue.places[&PlacePath::new("jia")];
    assert_eq!(jia.body_of("radio-television"), jia.body_of("education"));
}

#[test]
fn a_place_shows_what_it_adds_and_only_then() {
    let head = "status: issued\nmeasured_against: sheng/care/2025\ndates: {issued: 2025-07-30}\n";
    let own = "  - id: legal\n    number: 2\n    area: relief\n    title: {zh: 法律援助, en: Legal aid}\n\
        \x20   audience: {text: {zh: 流动儿童, en: Migrant children}, population: migrant-child}\n\
        \x20   content: {zh: 免费提供法律援助, en: Legal aid is free}\n    departments: [justice]\n    provisions:\n\
        \x20     - id: aid\n        quote: 免费提供法律援助\n        plain: {zh: 有免费的法律援助。, en: Free legal aid.}\n\
        \x20       kind: service\n        strength: must\n        access: residence\n";
    let adopted = format!("title: {{zh: 清单, en: List}}\n{head}services:\n  - adopts: aid\n");
    let files = with(&[
        ("sheng/place.yaml", place("某省", "Sheng", "990000", "province", "")),
        ("sheng/care/2025.yaml", edition("清单", "status: issued\ndates: {issued: 2025-07-01}\n", "")),
        ("sheng/wuhu/place.yaml", place("乙市", "Yi", "990200", "prefecture", "")),
        ("sheng/wuhu/care/2025.yaml", format!("{adopted}{own}")),
        ("sheng/other/place.yaml", place("丙市", "Bing", "990300", "prefecture", "")),
        ("sheng/other/care/2025.yaml", adopted),
    ]);
    let site = built(&files);
    let page = text(&site, "zh/sheng/wuhu/index.html");
    assert!(
        page.contains("本地另有 1 项") && page.contains("<li><a href=\"care/legal.html\">法律援助</a></li>")
    );
    assert!(!text(&site, "zh/sheng/other/index.html").contains("本地另有"));
    assert!(!text(&site, "zh/sheng/index.html").contains("本地另有"));
}

/// The second edition of a city, as a draft for consultation; its channels, and what came of it.
#[test]
fn a_consultation_shows_its_period_its_channels_and_its_outcome() {
    let open = "status: consultation\nordinal: 2\nconsultation:\n  from: 2026-01-27\n  to: 2026-02-12\n\
        \x20 phone: '0371-00000000'\n  email: lists@jia.example.gov.cn\n\
        \x20 address: {zh: 甲市人民路1号, en: 1 Renmin Road}\n";
    let over = "  outcome: {zh: 没有收到意见, en: No comments were received}\n  outcome_on: 2026-02-13\n";
    let files = |edition: String| {
        with(&[
            ("jia/place.yaml", place("甲市", "Jia", "990100", "prefecture", "")),
            ("jia/care/2026.yaml", edition),
        ])
    };
    let site = built(&files(edition("清单（第二版）", open, "")));
    for page in ["zh/jia/index.html", "zh/jia/care/about.html", "zh/jia/care/aid.html"] {
        let page = text(&site, page);
        for said in [
            "2026 年 1 月 27 日",
            "2026 年 2 月 12 日",
            "tel:0371-00000000",
            "mailto:lists@jia.example.gov.cn",
            "甲市人民路1号",
        ] {
            assert!(page.contains(said), "{said}");
        }
    }
    let site = built(&files(edition("清单（第二版）", &format!("{open}{over}"), "")));
    let page = text(&site, "zh/jia/care/about.html");
    assert!(page.contains("没有收到意见") && page.contains("datetime=\"2026-02-13\""));
}

#[test]
fn a_second_edition_says_that_it_is_one() {
    let files = |ordinal: &str| {
        let second = "ordinal: 2\nstatus: issued\ndates: {issued: 2025-12-01}\n";
        let head = format!("status: draft\n{ordinal}measured_against: sheng/care/2025\n");
        with(&[
            ("sheng/place.yaml", place("某省", "Sheng", "990000", "province", "")),
            ("sheng/care/2025.yaml", edition("清单（第二版）", second, "")),
            ("sheng/jia/place.yaml", place("甲市", "Jia", "990100", "prefecture", "")),
            (
                "sheng/jia/care/2026.yaml",
                format!("title: {{zh: 清单, en: List}}\n{head}services:\n  - adopts: aid\n"),
            ),
        ])
    };
    assert!(found(&files(""), "2026-02-01").contains(&"QD7124"));
    assert!(!found(&files("ordinal: 2\n"), "2026-02-01").contains(&"QD7124"));
}

#[test]
fn standards_and_expenditure_are_shown_on_the_page_and_on_paper() {
    let county = "    standard: {zh: 每人每月100元，按上级文件执行, en: 100 yuan a month}\n    expenditure: {zh: 县财政负担, en: The county}\n";
    let list = edition("县基本公共服务标准", "status: issued\ndates: {issued: 2026-01-01}\n", county);
    let files = with(&[
        ("xian/place.yaml", place("丁县", "Ding", "990121", "county", "")),
        ("xian/care/2026.yaml", list),
    ]);
    let site = built(&files);
    for page in ["zh/xian/care/aid.html", "zh/xian/care/print.html", "zh/xian/care/edition/2026.html"] {
        let page = text(&site, page);
        for said in ["服务标准", "每人每月100元，按上级文件执行", "支出责任", "县财政负担"]
        {
            assert!(page.contains(said), "{said}");
        }
    }
    // What changes in them is told like what changes in the text.
    let raised = county.replace("100", "120");
    let second = edition("县基本公共服务标准", "status: issued\ndates: {issued: 2026-01-20}\n", &raised);
    let mut both = files;
    both.push(("xian/care/2027.yaml".to_owned(), second));
    let site_of_both = built(&both);
    let page = text(&site_of_both, "zh/xian/care/changes.html");
    assert!(page.contains("服务标准") && page.contains("<del>100</del><ins>120</ins>"), "{page}");
    // A list without them has no empty columns.
    let plain = with(&[
        ("xian/place.yaml", place("丁县", "Ding", "990121", "county", "")),
        ("xian/care/2026.yaml", edition("清单", "status: issued\ndates: {issued: 2026-01-01}\n", "")),
    ]);
    assert!(!text(&built(&plain), "zh/xian/care/print.html").contains("服务标准"));
}
