//! Who is counted and who comes to the door, by places: `definitions/content` has three invented provinces. 丙省 and 丁省
//! define the same group otherwise, 丙乙市 has a definition of its own until the end of 2026, and 戊省 has none. What is
//! expected was written before the catalogue was built.
#![allow(clippy::disallowed_methods, reason = "tests prepare and spoil files")]

#[path = "support/files.rs"]
mod files;
#[path = "support/program.rs"]
mod program;

use std::path::{Path, PathBuf};

use qingdan::analysis::Analysis;
use qingdan::catalogue::{self, Catalogue, Place, PlacePath, Purpose, Rule};
use qingdan::compare::Verdict;
use qingdan::date::Date;
use qingdan::diagnostic::Findings;
use qingdan::finder::{Chosen, Outcome};
use qingdan::history::{cycle_rule, filing_rule};
use qingdan::source::SourceTree;

const GROUP: &str = "migrant-children";

fn content() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/definitions/content")
}

fn day(text: &str) -> Date {
    Date::parse(text).expect("it is a day")
}

/// Reads a catalogue that has no mistakes.
fn read(root: &Path) -> Catalogue {
    let mut findings = Findings::new();
    let sources = SourceTree::read(root, Vec::new(), &mut findings).expect("the folder can be read");
    let catalogue = catalogue::read(&sources, &mut findings).expect("the catalogue can be read");
    let found: Vec<&str> = findings.iter().map(|finding| finding.message.en.as_str()).collect();
    assert!(found.is_empty(), "{found:?}");
    catalogue
}

fn place<'a>(catalogue: &'a Catalogue, path: &str) -> &'a Place {
    &catalogue.places[&PlacePath::new(path)]
}

/// Returns the Chinese name of the document of a rule.
fn document(rule: &Rule) -> &str {
    rule.source.as_ref().map_or("", |source| source.reference().value.as_str())
}

#[test]
fn the_nearest_definition_holds_from_its_rule_to_the_next_or_to_its_end() {
    let catalogue = read(&content());
    let held = |path: &str, purpose, on: &str| {
        let said = catalogue.definition(place(&catalogue, path), GROUP, purpose, day(on));
        said.map_or("", |said| document(said.rule))
    };
    for (path, purpose, on, expected) in [
        ("bing/yi/jia", Purpose::Monitoring, "2023-12-31", ""),
        ("bing/yi/jia", Purpose::Monitoring, "2024-01-01", "丙省文件一"),
        ("bing/yi/jia", Purpose::Monitoring, "2026-02-28", "丙省文件一"),
        ("bing/yi/jia", Purpose::Monitoring, "2026-03-01", "丙乙市文件"),
        ("bing/yi/jia", Purpose::Monitoring, "2026-12-31", "丙乙市文件"),
        // Its own has ended, and the province has another by now.
        ("bing/yi/jia", Purpose::Monitoring, "2027-01-01", "丙省文件四"),
        ("bing", Purpose::Monitoring, "2026-11-28", "丙省文件一"),
        ("bing/yi", Purpose::Statistics, "2027-01-01", "丙省文件一"),
        ("bing/yi", Purpose::Entitlement, "2025-05-31", ""),
        ("bing/yi", Purpose::Entitlement, "2025-06-01", "丙省文件二"),
        ("ding/yi", Purpose::Entitlement, "2026-11-28", "丁省文件"),
        ("ding/yi", Purpose::Monitoring, "2026-11-28", ""),
        ("wu", Purpose::Entitlement, "2026-11-28", ""),
    ] {
        assert_eq!(held(path, purpose, on), expected, "{path} {purpose:?} {on}");
    }
    let services = |path: &str, on: &str| {
        let said = catalogue.definition_of_services(place(&catalogue, path), GROUP, day(on));
        said.map_or("", |said| document(said.rule))
    };
    assert_eq!(services("bing/yi", "2025-01-01"), "丙省文件一", "before there is one for services");
    assert_eq!(services("bing/yi", "2026-11-28"), "丙省文件二", "whatever the city registers");
}

#[test]
fn a_rule_that_is_silent_hides_neither_cycle_nor_filing() {
    let catalogue = read(&content());
    let (today, before) = (day("2026-11-28"), day("2025-05-31"));
    let city = place(&catalogue, "bing/yi");
    let months = |place: &Place, on| cycle_rule(&catalogue, place, on).and_then(|rule| rule.cycle_months);
    let days = |place: &Place, on| filing_rule(&catalogue, place, on).and_then(|rule| rule.filing_days);
    assert_eq!((months(city, today), days(city, today)), (Some(24), Some(10)));
    assert_eq!((months(city, before), days(city, before)), (None, None));
    // The rule binds prefectures only, and 丁省 sets none.
    assert_eq!(months(place(&catalogue, "bing"), today), None);
    assert_eq!(months(place(&catalogue, "bing/yi/jia"), today), None);
    assert_eq!(
        (months(place(&catalogue, "ding/yi"), today), days(place(&catalogue, "ding/yi"), today)),
        (None, None)
    );
}

#[test]
fn grades_stand_beside_each_other_by_purpose_and_the_nearest_hold() {
    let catalogue = read(&content());
    let today = day("2026-11-28");
    let graded = |path: &str, on| -> Vec<(&str, usize)> {
        let all = catalogue.gradings(place(&catalogue, path), on);
        all.iter().map(|known| (document(known.said.rule), known.said.what.levels.len())).collect()
    };
    assert_eq!(graded("bing/yi/jia", today), [("丙省文件三", 2)]);
    assert_eq!(graded("bing/yi/jia", day("2025-12-31")), []);
    assert_eq!(graded("ding/yi", today), [("丁省文件", 2)]);
    assert_eq!(graded("wu", today), []);
    let said = catalogue.grading(place(&catalogue, "ding/yi"), GROUP, today).expect("丁省 has grades");
    let often = |at: usize| {
        let level = &said.what.levels[at];
        said.what.frequency(level, catalogue::Touch::Visit).expect("it says how often")
    };
    assert_eq!(often(0).compare(&often(1)), Some(std::cmp::Ordering::Greater), "oftener than every 3 months");
}

#[test]
fn answers_lie_outside_a_group_only_where_its_definition_says_so() {
    let catalogue = read(&content());
    let analysis = Analysis::new(&catalogue, day("2026-11-28"));
    let decided = |path: &str, answers: &[&str]| {
        let table = analysis.eligibility(place(&catalogue, path), false);
        let chosen = Chosen::of(table, answers.iter().copied()).expect("there are such answers");
        table.decide(&chosen)[0].outcome
    };
    // 丙省 leaves out moves within a city and those over 16, 丁省 those over 18.
    assert_eq!(decided("bing/yi", &["age-7", "far"]), Outcome::Yes);
    assert_eq!(decided("bing/yi", &["age-7", "same-city"]), Outcome::Perhaps);
    assert_eq!(decided("bing/yi", &["age-16", "far"]), Outcome::Perhaps);
    assert_eq!(decided("ding/yi", &["age-7", "same-city"]), Outcome::Yes);
    assert_eq!(decided("ding/yi", &["age-16", "far"]), Outcome::Yes);
    // 丁省 counts only those registered in a rural place.
    assert_eq!(decided("bing/yi", &["age-7", "far", "town"]), Outcome::Yes);
    assert_eq!(decided("ding/yi", &["age-7", "far", "town"]), Outcome::Perhaps);
    assert_eq!(decided("ding/yi", &["age-7", "far", "village"]), Outcome::Yes);
    // Where nothing is defined, all that the vocabulary says counts.
    assert_eq!(decided("wu", &["age-7", "same-city"]), Outcome::Perhaps);
}

#[test]
fn a_local_list_that_says_at_least_monthly_is_higher_than_every_three_months() {
    let temp = tempfile::tempdir().expect("there is room for temporary files");
    let verdicts = |visit: &str, call: &str| -> Vec<Verdict> {
        let root = temp.path().join(format!("{visit}{call}").replace([' ', '/'], "-"));
        files::copy(&content(), &root);
        let list = root.join("bing/yi/migrant-children/2025.yaml");
        let text = std::fs::read_to_string(&list).expect("the list is there");
        let text = text.replace("at least monthly", visit).replace("1 time/month", call);
        std::fs::write(&list, text).expect("the list can be written");
        let catalogue = read(&root);
        let analysis = Analysis::new(&catalogue, day("2026-11-28"));
        let edition = catalogue.edition("bing/yi/migrant-children/2025").expect("the list is there");
        let coverage = analysis.coverage(edition).expect("it names its baseline");
        let provisions = coverage.services.iter().flat_map(|service| &service.provisions);
        let measure = provisions.map(|provision| {
            let steps = provision.steps.iter().filter(|step| step.axis == "measure");
            steps
                .map(|step| step.verdict)
                .max_by_key(|verdict| *verdict != Verdict::Met)
                .unwrap_or(Verdict::Met)
        });
        measure.collect()
    };
    assert_eq!(verdicts("at least monthly", "monthly"), [Verdict::Exceeded, Verdict::Met]);
    assert_eq!(verdicts("at once", "每三个月"), [Verdict::Exceeded, Verdict::Weaker]);
    assert_eq!(verdicts("oftener than every 3 months", "oftener"), [Verdict::Exceeded, Verdict::NeedsReview]);
}

/// Builds the site and returns its files.
fn site() -> files::Tree {
    let temp = tempfile::tempdir().expect("there is room for temporary files");
    files::copy(&content(), &temp.path().join("content"));
    let ran = program::qingdan(temp.path(), &["build", "--today", "2026-11-28"], &[]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    files::tree(&temp.path().join("public"))
}

fn text<'s>(site: &'s files::Tree, path: &str) -> &'s str {
    let bytes = site.get(path).unwrap_or_else(|| panic!("there is no {path}"));
    std::str::from_utf8(bytes).expect("a page is UTF-8")
}

#[test]
fn pages_say_what_holds_in_their_place_and_nothing_of_another_province() {
    let site = site();
    // Of each place: what its pages may not say, in either language.
    let bing = [
        "丙省文件",
        "丙省摸排",
        "丙省统计",
        "丙省享受",
        "丙乙市摸排",
        "丙省红色",
        "Bing registers",
        "services in Bing.",
        "red in Bing",
        "丙省问从哪里来",
        "丙省的提示",
        "丙省的外县",
        "丙乙市的外县",
        "丙省说同城",
        "Bing asks",
        "county of Bing",
    ];
    let ding = [
        "丁省文件",
        "丁省享受",
        "丁省风险",
        "丁省较好",
        "Ding document",
        "services in Ding.",
        "risk in Ding",
        "丁省的同城",
        "city of Ding",
    ];
    let vocabulary = ["词表里的", "What the vocabulary says"];
    let all = [&bing[..], &ding[..]].concat();
    for (name, bytes) in &site {
        let Ok(page) = std::str::from_utf8(bytes) else { continue };
        let own = ["zh", "en"].iter().find_map(|lang| name.strip_prefix(lang)?.strip_prefix('/'));
        let foreign: &[&str] = match own.and_then(|own| own.split('/').next()) {
            Some("bing") => &ding,
            Some("ding") => &bing,
            _ => &all,
        };
        // The vocabulary as data is the vocabulary.
        if name.ends_with("api/v1/vocabulary.json") {
            continue;
        }
        for words in foreign.iter().chain(&vocabulary) {
            assert!(!page.contains(words), "{name} says {words}");
        }
    }
    assert!(!site.contains_key("zh/wu/definitions.html") && !site.contains_key("zh/wu/visits.html"));
    assert!(site.contains_key("zh/bing/yi/jia/definitions.html"), "those of the places above hold here");

    let page = text(&site, "zh/bing/yi/definitions.html");
    let order = ["丙省享受服务的人", "丙乙市摸排的人", "丙省摸排的人", "丙省统计的人"];
    let at: Vec<usize> =
        order.iter().map(|words| page.find(words).unwrap_or_else(|| panic!("{words}"))).collect();
    assert!(at.is_sorted(), "the one that services go by, then the nearest, then by purpose: {at:?}");
    for words in [
        "新市民子女",
        "满 3 个月",
        "不满 16 周岁",
        "跨县（市、区）",
        "跨乡镇（街道）",
        "中心城区之间的除外",
        "偶尔回家的也算",
        "流入地来做",
        "一（一）",
        "至 2026 年 12 月 31 日",
        "没有写",
    ] {
        assert!(page.contains(words), "the page says {words}");
    }
    assert!(!page.contains("以后摸排"), "what holds later is not there yet");
    assert_eq!(page.matches("class=\"on\"").count(), 1);
    let used = page.split("class=\"on\"").nth(1).and_then(|rest| rest.split("</tr>").next());
    assert!(used.is_some_and(|row| row.contains("丙省享受服务的人")), "services go by that one");
    let other = text(&site, "en/ding/yi/definitions.html");
    for words in
        ["12 months or more", "under 18", "registered in a rural place", "Who gets services in Ding."]
    {
        assert!(other.contains(words), "the page says {words}");
    }
}

#[test]
fn questions_are_asked_as_the_nearest_place_asks_them() {
    let site = site();
    let page = |path: &str| {
        format!("{}{}", text(&site, &format!("{path}.html")), text(&site, &format!("{path}.parts.js")))
    };
    let asked = |path: &str, said: &[&str], not: &[&str]| {
        let page = page(path);
        for words in said {
            assert!(page.contains(words), "{path} says {words}");
        }
        for words in not {
            assert!(!page.contains(words), "{path} says {words}");
        }
    };
    let province = ["丙省问从哪里来？", "丙省的提示。", "丙省说同城也去问。", "只在别处问的？"];
    asked("zh/bing/check", &[&province[..], &["丙省的外县"]].concat(), &["同城换区也去问", ">外县<"]);
    // The city words one answer otherwise; the rest is as the province has it.
    asked("zh/bing/yi/check", &[&province[..], &["丙乙市的外县"]].concat(), &["丙省的外县"]);
    asked("en/bing/yi/check", &["Where from? Bing asks", "Another county of Bingyi"], &["From where?"]);
    asked("zh/ding/yi/check", &["从哪里来？", "外县", "丁省的同城", "只在别处问的？"], &["同城别的区"]);
    asked("zh/wu/check", &["从哪里来？", "外县", "同城别的区"], &["只在别处问的？"]);
    let catalogue = read(&content());
    let analysis = Analysis::new(&catalogue, day("2026-11-28"));
    let answer = |path: &str| analysis.eligibility(place(&catalogue, path), false).answer("spare-one");
    assert!(answer("wu").is_none() && answer("bing").is_some(), "wu leaves the question out");
}

#[test]
fn who_comes_to_the_door_stands_in_plain_words_above_the_official_ones() {
    let site = site();
    let page = text(&site, "zh/bing/yi/visits.html");
    let order = [
        "看看过得怎么样",
        "低风险（绿色）",
        "至少每个月联系一次",
        "每 3 个月上门一次",
        "高风险（红色）",
        "一发现就处理",
        "至少每个月上门一次",
        "丙省红色的标准",
    ];
    let mut rest = page;
    for words in order {
        rest = rest.split_once(words).unwrap_or_else(|| panic!("{words} comes in its turn")).1;
    }
    assert!(page.contains("至少每月入户走访一次") && page.contains("附件3"));
    let other = text(&site, "en/ding/yi/visits.html");
    assert!(other.contains("Visits more often") && other.contains("A visit once every 3 months"));
    // The sheet of a family has the grades, not the sentence of a rule.
    let sheet = text(&site, "zh/bing/yi/check.parts.js");
    assert!(sheet.contains("至少每个月上门一次") && !sheet.contains("儿童主任每个月来一次"));
    assert!(sheet.contains("丙省享受服务的人") && sheet.contains("新市民子女"));
    for page in ["zh/bing/yi/index.html", "zh/bing/yi/migrant-children/about.html"] {
        assert!(text(&site, page).contains("visits.html") && text(&site, page).contains("definitions.html"));
    }
    assert!(text(&site, "zh/bing/yi/migrant-children/home-visits.html").contains("/visits.html"));
    assert!(
        !text(&site, "zh/ding/yi/migrant-children/home-visits.html").contains("/visits.html"),
        "nobody is named"
    );
}

#[test]
fn the_glossary_and_the_cycle_are_those_of_the_place() {
    let site = site();
    let bing = text(&site, "zh/bing/yi/migrant-children/about.html");
    for words in ["丙省享受服务的人", "丙省统计的人", "丙乙市的儿童之家", "丙乙港湾", "每 24 个月"]
    {
        assert!(bing.contains(words), "the page says {words}");
    }
    let ding = text(&site, "zh/ding/yi/migrant-children/about.html");
    assert!(ding.contains("丁省享受服务的人") && ding.contains("孩子活动的地方"));
    assert!(!ding.contains("流动儿童（统计）"), "丁省 does not say who is counted");
    assert!(!ding.contains("个月更新发布") && !ding.contains("港湾"));
    let wu = text(&site, "zh/wu/migrant-children/about.html");
    assert!(wu.contains("孩子活动的地方"));
}
