//! What stands above and below provinces: a country with an annex of its own, and what prefectures are called together.

use qingdan::analysis::Analysis;
use qingdan::check;
use qingdan::compare::Verdict;
use qingdan::coverage::hold_alike;
use qingdan::diagnostic::Level;
use qingdan::history::Renewal;

use super::{SITE, built, day, edition, files, place, program, read, text, with};

/// An invented annex of the whole country that two provinces are measured against, one of which sets no cycle.
#[test]
fn lists_of_provinces_are_measured_against_a_national_annex() {
    let national = edition("全国服务清单", "status: issued\ndates: {issued: 2025-01-01}\n", "");
    let head = "status: issued\nmeasured_against: guojia/care/2025\ndates: {issued: 2025-03-01}\n";
    let adopted = format!("title: {{zh: 甲省清单, en: List}}\n{head}services:\n  - adopts: aid\n");
    let own = edition("乙省清单", head, "")
        .replace("strength: must", "strength: permit")
        .replace("按规定给予临时救助", "可以给予临时救助");
    let own = own
        .replace("        access: residence\n", "        access: residence\n        covers: [aid/relief]\n");
    let rulebook =
        "rulebook:\n  - from: 2025-01-01\n    cycle_months: 24\n    source: {zh: 甲省方案, en: Plan}\n";
    let catalogue_of = |above: &str| {
        with(&[
            ("guojia/place.yaml", place("全国", "Nation", "000000", "nation", "")),
            ("guojia/care/2025.yaml", national.clone()),
            (&format!("{above}jia/place.yaml"), place("甲省", "Jia", "990000", "province", rulebook)),
            (&format!("{above}jia/care/2025.yaml"), adopted.clone()),
            (&format!("{above}yi/place.yaml"), place("乙省", "Yi", "980000", "province", "")),
            (&format!("{above}yi/care/2025.yaml"), own.clone()),
        ])
    };
    // The country stands above the provinces, or beside them: then only the address leads to its annex.
    for above in ["guojia/", ""] {
        let files = catalogue_of(above);
        let (catalogue, _, mut findings) = read(&files);
        let analysis = Analysis::new(&catalogue, day("2026-02-01"));
        check::check(&analysis, &mut findings);
        let errors: Vec<String> = findings
            .iter()
            .filter(|finding| finding.level == Level::Error)
            .map(|finding| format!("{} {}", finding.code.id, finding.message.en))
            .collect();
        assert_eq!(errors, Vec::<String>::new(), "{above}");
        let verdict = |place: &str| {
            let shown = catalogue.edition(&format!("{above}{place}/care/2025")).expect("the list is there");
            let coverage = analysis.coverage(shown).expect("it has a baseline");
            coverage.services[0].provisions[0].verdict
        };
        assert_eq!((verdict("jia"), verdict("yi")), (Verdict::Met, Verdict::Weaker));
        // A cycle is what a rule sets, and nothing else.
        for known in analysis.status() {
            let is_bound = known.renewal != Renewal::Unbound;
            assert_eq!(is_bound, known.place.code.value == "990000", "{}", known.place.path);
        }
        let temp = tempfile::tempdir().expect("there is room for temporary files");
        let bytes: Vec<(String, Vec<u8>)> =
            files.iter().map(|(path, text)| (path.clone(), text.as_bytes().to_vec())).collect();
        files::write(&temp.path().join("content"), bytes.iter().map(|(path, bytes)| (path, bytes)));
        let run = |words: &[&str]| {
            program::qingdan(temp.path(), &[words, &["--today", "2026-02-01"]].concat(), &[])
        };
        let status = run(&["status"]).stdout;
        let line =
            |place: &str| status.lines().find(|line| line.contains(place)).unwrap_or_default().to_owned();
        assert!(line("Jia").contains("2027-03-01"), "{status}");
        assert!(line("Yi").contains("no rule") && line("Nation").contains("no rule"), "{status}");
        let built = run(&["build", "--staff"]);
        assert_eq!(built.code, 0, "{}", built.stderr);
        let site = files::tree(&temp.path().join("public"));
        let page = text(&site, "en/staff/deadlines.html");
        assert_eq!(page.matches("no rule").count() >= 2, page.contains("2027-03-01"), "{page}");
        assert!(!text(&site, &format!("zh/{above}yi/care/about.html")).contains("2027"));
        // The provinces do not name each other: they are compared by likeness, and nothing is met that is not the same.
        let beside = run(&["coverage", &format!("{above}yi"), "--against", &format!("{above}jia/care/2025")]);
        assert!(
            beside.stdout.contains("≈") && beside.stdout.contains("nobody has said"),
            "{}",
            beside.stdout
        );
    }
}

/// Prefectures that are all cities are called so; where there is an autonomous prefecture, both are named.
#[test]
fn prefectures_are_called_what_they_are() {
    let files = |second: (&str, &str, &str)| {
        with(&[
            ("sheng/place.yaml", place("某省", "Sheng", "990000", "province", "")),
            ("sheng/care/2025.yaml", edition("清单", "status: issued\ndates: {issued: 2025-07-01}\n", "")),
            ("sheng/jia/place.yaml", place("甲市", "Jia", "990100", "prefecture", "")),
            ("sheng/yi/place.yaml", place(second.0, "Yi", second.1, "prefecture", second.2)),
        ])
    };
    for (second, label) in [
        (("乙市", "990200", ""), "看下面的设区市"),
        (("乙实验区", "990200", "kind: zone\n"), "看下面的设区市"),
        (("乙自治州", "992300", "kind: autonomous-prefecture\n"), "看下面的市（州）"),
        (("乙盟", "992200", "kind: league\n"), "看下面的市（州）"),
    ] {
        let site = built(&files(second));
        let page = text(&site, "zh/sheng/index.html");
        assert!(page.contains(label), "{label}: {page}");
        assert!(text(&site, "en/sheng/index.html").contains("Prefectures here"));
    }
    // What a site calls them itself goes before.
    let mut files = files(("乙市", "990200", ""));
    let named =
        format!("{SITE}tiers:\n  prefecture: {{one: {{zh: 市, en: city}}, all: {{zh: 各市, en: Cities}}}}\n");
    files.iter_mut().filter(|(path, _)| path == "site.yaml").for_each(|(_, text)| text.clone_from(&named));
    assert!(text(&built(&files), "zh/sheng/index.html").contains("看下面的各市"));
}

/// The same words under another service promise something else: whom it is for stands there.
#[test]
fn the_same_words_in_another_service_are_a_question() {
    let issued = "status: issued\ndates: {issued: 2025-01-01}\n";
    let list = edition("甲省清单", issued, "");
    let other = list
        .replace("id: aid", "id: camp")
        .replace("{zh: 临时救助, en: Relief}", "{zh: 夏令营, en: Summer camp}")
        .replace("text: {zh: 流动儿童", "text: {zh: 参加夏令营的学生")
        .replace(
            "content: {zh: 按规定给予临时救助",
            "content: {zh: 组织红色研学，开展职业体验，举办亲子阅读，发放文具和书包，按规定给予临时救助",
        );
    for (local, verdict) in [(&list, Verdict::Met), (&other, Verdict::NeedsReview)] {
        let files = with(&[
            ("jia/place.yaml", place("甲省", "Jia", "990000", "province", "")),
            ("jia/care/2025.yaml", list.clone()),
            ("yi/place.yaml", place("乙省", "Yi", "980000", "province", "")),
            ("yi/care/2025.yaml", local.replace("甲省", "乙省")),
        ]);
        let (catalogue, ..) = read(&files);
        let edition = |address| catalogue.edition(address).expect("the list is there");
        let coverage = hold_alike(&catalogue, edition("yi/care/2025"), edition("jia/care/2025"));
        assert_eq!(coverage.services[0].provisions[0].verdict, verdict, "{local}");
    }
}
