//! Lists that do not name each other, held against each other by likeness: provinces, and a plan against its own annex.
//!
//! Which clause answers which was judged from the texts first (`likeness/*.txt`); `SHOW=1 cargo test --test likeness --
//! --nocapture` prints where the program sees it otherwise.
#![allow(clippy::print_stdout, reason = "figures that `--nocapture` shows")]
#![allow(clippy::disallowed_methods, reason = "tests prepare and spoil files")]

#[path = "support/program.rs"]
mod program;

use std::path::Path;

use qingdan::catalogue::{self, Catalogue};
use qingdan::compare::{PAIRING, Verdict};
use qingdan::coverage::{Coverage, Evidence, ProvisionCoverage, hold_alike};
use qingdan::diagnostic::Findings;
use qingdan::render;
use qingdan::source::SourceTree;

const FUJIAN: &str = "fujian/migrant-children/2025";
const JILIN: &str = "jilin/migrant-children/2024";
const PLAN: &str = "fujian/migrant-children-plan/2025";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn content() -> Catalogue {
    let mut findings = Findings::new();
    let sources = SourceTree::read(&root().join("content"), render::default_theme(), &mut findings)
        .expect("the content is there");
    catalogue::read(&sources, &mut findings).expect("the content can be read")
}

fn held<'a>(content: &'a Catalogue, local: &str) -> Coverage<'a> {
    let edition = |address| content.edition(address).expect("the list is there");
    hold_alike(content, edition(local), edition(FUJIAN))
}

/// What a person found in the texts of one provision.
struct Judged<'t> {
    address: &'t str,
    /// What answers it, the closest first.
    answers: Vec<&'t str>,
    /// What a person might accept in part.
    partly: Vec<&'t str>,
    stand: &'t str,
}

fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

fn judged(text: &str) -> Vec<Judged<'_>> {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let columns = lines.map(|line| line.split('|').map(str::trim).collect::<Vec<_>>());
    columns
        .map(|columns| {
            let [address, answers, partly, stand] = columns.as_slice() else { panic!("{columns:?}") };
            Judged { address, answers: words(answers), partly: words(partly), stand }
        })
        .collect()
}

/// How the program did.
#[derive(Debug, Default, PartialEq, Eq)]
struct Counts {
    /// Provisions that something answers.
    answered: usize,
    /// Of these: a right clause comes first, is among the first five, is proposed.
    first: usize,
    in_five: usize,
    proposed: usize,
    /// Provisions that nothing answers, not even in part, and of these those for which something is proposed.
    unanswered: usize,
    wrongly_proposed: usize,
    /// Verdicts that promise or blame what the texts do not bear out.
    false_met: usize,
    false_weaker: usize,
    /// Provisions that are told to be missing although something answers them.
    false_missing: usize,
    met: usize,
    weaker: usize,
}

fn provisions<'c, 'a>(coverage: &'c Coverage<'a>) -> impl Iterator<Item = &'c ProvisionCoverage<'a>> {
    coverage.services.iter().flat_map(|service| &service.provisions)
}

fn counted(coverage: &Coverage<'_>, text: &str) -> Counts {
    let mut counts = Counts::default();
    let judged = judged(text);
    assert_eq!(judged.len(), provisions(coverage).count());
    for (known, judged) in provisions(coverage).zip(&judged) {
        assert_eq!(known.baseline.address(), judged.address);
        let found: Vec<String> = known.alike.iter().map(|alike| alike.offer.address()).collect();
        let place = found.iter().position(|own| judged.answers.contains(&own.as_str()));
        let is_right = place == Some(0);
        let may_be = known.covered_by.iter().all(|own| judged.partly.contains(&own.address().as_str()));
        match judged.answers.is_empty() {
            false => {
                counts.answered += 1;
                counts.first += usize::from(is_right);
                counts.in_five += usize::from(place.is_some());
                counts.proposed += usize::from(is_right && known.is_proposed());
                counts.false_missing += usize::from(known.verdict == Verdict::Missing);
            }
            true if judged.partly.is_empty() => {
                counts.unanswered += 1;
                counts.wrongly_proposed += usize::from(known.is_proposed());
            }
            true => {}
        }
        match known.verdict {
            Verdict::Met | Verdict::Exceeded => {
                counts.met += 1;
                counts.false_met += usize::from(!is_right || judged.stand != "as-good");
            }
            Verdict::Weaker => {
                counts.weaker += 1;
                counts.false_weaker += usize::from(!is_right || judged.stand != "lower");
            }
            Verdict::NeedsReview | Verdict::Misquoted | Verdict::Missing => {}
        }
        if std::env::var_os("SHOW").is_some() && !(is_right || (judged.answers.is_empty() && may_be)) {
            let said: Vec<String> = known
                .alike
                .iter()
                .map(|alike| format!("{} {}%", alike.offer.address(), alike.percent()))
                .collect();
            let wanted = [judged.answers.as_slice(), judged.partly.as_slice()];
            println!("{} {}: wanted {wanted:?}, found {said:?}", judged.address, known.verdict.as_str());
        }
    }
    println!("{counts:#?}");
    counts
}

/// What no pair that nobody has confirmed may say.
fn assert_careful(coverage: &Coverage<'_>) {
    for known in provisions(coverage) {
        let address = known.baseline.address();
        match known.verdict {
            Verdict::Met | Verdict::Exceeded => {
                assert_eq!(known.evidence, Some(Evidence::SameWords), "{address}");
            }
            Verdict::NeedsReview => {
                assert!(known.is_proposed() && known.steps[0].axis == PAIRING, "{address}");
                assert!(known.steps.iter().all(|step| step.verdict <= Verdict::NeedsReview), "{address}");
            }
            Verdict::Missing => assert!(!known.is_proposed() && known.covered_by.is_empty(), "{address}"),
            Verdict::Weaker => assert!(known.is_proposed(), "{address}"),
            Verdict::Misquoted => panic!("{address}: nobody claims to quote another province"),
        }
        assert!(known.review.is_none() && known.unbound.is_none(), "{address}: nobody decided it");
    }
}

#[test]
fn jilin_against_fujian() {
    let content = content();
    let coverage = held(&content, JILIN);
    assert_careful(&coverage);
    let counts = counted(&coverage, include_str!("likeness/jilin.txt"));
    let wanted = Counts {
        answered: 33,
        first: 24,
        in_five: 30,
        proposed: 22,
        unanswered: 23,
        wrongly_proposed: 7,
        false_met: 0,
        false_weaker: 0,
        false_missing: 7,
        met: 0,
        weaker: 1,
    };
    assert_eq!(counts, wanted);
}

#[test]
fn a_plan_against_its_own_annex() {
    let content = content();
    let coverage = held(&content, PLAN);
    assert_careful(&coverage);
    let counts = counted(&coverage, include_str!("likeness/plan.txt"));
    let wanted = Counts {
        answered: 25,
        first: 18,
        in_five: 20,
        proposed: 15,
        unanswered: 34,
        wrongly_proposed: 6,
        false_met: 0,
        false_weaker: 0,
        false_missing: 9,
        met: 0,
        weaker: 0,
    };
    assert_eq!(counts, wanted);
}

/// A list that took its services over from the one it is held against, as if it said nothing of it.
#[test]
fn the_same_words_are_met_and_only_where_the_service_is_the_same() {
    let content = content();
    let coverage = held(&content, "fujian/xiamen/migrant-children/2025");
    assert_careful(&coverage);
    let met = provisions(&coverage).filter(|known| known.verdict == Verdict::Met).count();
    assert!(met >= 60, "{met}");
    for known in provisions(&coverage).filter(|known| known.verdict == Verdict::Met) {
        let answer = known.covered_by.first().expect("what is met is answered");
        assert_eq!(answer.address(), known.baseline.address());
    }
}

fn qingdan(arguments: &[&str]) -> program::Ran {
    program::qingdan(root(), arguments, &[])
}

#[test]
fn lists_are_asked_for_by_place_by_list_and_as_people_call_them() {
    let ask = |words: &[&str]| {
        let ran = qingdan(&[&["coverage"], words, &["--format", "json"]].concat());
        let json: serde_json::Value = serde_json::from_str(&ran.stdout)
            .unwrap_or_else(|error| panic!("{words:?}: {error}: {}", ran.stderr));
        let lists = json["lists"].as_array().expect("lists").clone();
        let name = |list: &serde_json::Value| {
            let part = |key: &str| list[key].as_str().unwrap_or_default().to_owned();
            let paired = list["by_likeness"] == serde_json::Value::Bool(true);
            format!("{}/{}{}", part("place"), part("list"), if paired { " by likeness" } else { "" })
        };
        (lists.iter().map(name).collect::<Vec<_>>(), json)
    };
    let jilin = ["jilin/migrant-children by likeness"];
    for words in [
        ["jilin", "--against", FUJIAN],
        ["吉林", "--against", "福建/migrant-children/2025"],
        ["jilin/migrant-children", "--against", "fujian/migrant-children"],
        ["吉林省/流动儿童", "--against", "福建省/流动儿童"],
        [JILIN, "--against", FUJIAN],
    ] {
        assert_eq!(ask(&words).0, jilin, "{words:?}");
    }
    let (_, json) = ask(&["jilin", "--against", FUJIAN]);
    let all = json["lists"][0]["services"].as_array().expect("services").clone();
    let all: Vec<&serde_json::Value> =
        all.iter().flat_map(|service| service["provisions"].as_array().expect("provisions")).collect();
    let proposed = all.iter().filter(|known| known["proposed"] == true).count();
    let missing = all.iter().filter(|known| known["verdict"] == "missing").count();
    assert_eq!(proposed + missing, 67);
    assert!(all.iter().all(|known| known["alike"].as_array().is_none_or(|alike| alike.len() <= 5)));
    // A place with those below it: what names the edition is held by what it says, the rest by likeness.
    let (fujian, _) = ask(&["fujian", "--against", FUJIAN]);
    assert_eq!(fujian.iter().filter(|name| name.ends_with("by likeness")).count(), 1, "{fujian:?}");
    assert!(fujian.contains(&"fujian/migrant-children-plan by likeness".to_owned()));
    assert!(fujian.contains(&"fujian/xiamen/migrant-children".to_owned()));
    assert!(!fujian.contains(&"fujian/left-behind-children".to_owned()), "it is for other people");
    // Named itself, a list for others is held all the same; without an edition, against what it names.
    assert_eq!(
        ask(&["fujian/left-behind-children", "--against", FUJIAN]).0,
        ["fujian/left-behind-children by likeness"]
    );
    assert_eq!(ask(&["fujian/xiamen/migrant-children"]).0, ["fujian/xiamen/migrant-children"]);
}

#[test]
fn proposals_are_marked_in_every_form() {
    let table = qingdan(&["coverage", "jilin", "--against", FUJIAN]).stdout;
    for expected in [
        "migrant-children/2024 ≈",
        "≈ the list says nothing of this baseline: clauses were paired by likeness, and nobody has confirmed them",
        "nobody has said that this clause answers it; it was paired by likeness",
        "pairing: by likeness, confirmed by nobody: living-support/rent-subsidy",
        "have a person read the text to be sure",
    ] {
        assert!(table.contains(expected), "{expected}\n{table}");
    }
    assert!(!table.contains("adopts:"), "nobody takes services over from another province");
    let csv = qingdan(&["coverage", "jilin", "--against", FUJIAN, "--format", "csv"]).stdout;
    assert!(csv.lines().next().expect("heads").ends_with(",local_at,proposed,alike"), "{csv}");
    assert!(csv.lines().any(|line| line.contains(",true,\"by likeness, confirmed by nobody: ")), "{csv}");
    // Lists that say what they answer have neither mark nor columns.
    let own = qingdan(&["coverage", "fujian/xiamen", "--format", "csv"]).stdout;
    assert!(own.lines().next().expect("heads").ends_with(",local_at"), "{own}");
    let temp = tempfile::tempdir().expect("there is room for temporary files");
    let file = temp.path().join("a.xlsx");
    let name = file.display().to_string();
    qingdan(&["coverage", "jilin", "--against", FUJIAN, "--format", "xlsx", "-o", &name]);
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(&file).expect("it is a workbook");
    let sheet = calamine::Reader::worksheet_range(&mut book, "pairing").expect("there is a sheet of pairs");
    assert_eq!(sheet.rows().count(), 68);
}

#[test]
fn it_says_why_nothing_can_be_measured() {
    for (words, en, zh) in [
        (
            ["shanxi/changzhi", FUJIAN],
            "shanxi/changzhi has no list to be held against",
            "没有清单，没有什么可以和",
        ),
        (
            ["fujian/migrant-children", FUJIAN],
            "are one list; compare editions with `qingdan diff`",
            "是同一份清单",
        ),
        (
            ["jilin", "fujian/left-behind-children/2024"],
            "name the list, such as jilin/migrant-children/2024",
            "没有和 fujian/left-behind-children/2024 同一人群的清单",
        ),
        (["nowhere", FUJIAN], "there is no place `nowhere`", "没有“nowhere”这个地区"),
        (
            ["jilin", "fujian/no-such/2025"],
            "there is no edition `fujian/no-such/2025`",
            "没有“fujian/no-such/2025”这个版次",
        ),
    ] {
        for (lang, expected) in [("en", en), ("zh", zh)] {
            let ran = qingdan(&["--lang", lang, "coverage", words[0], "--against", words[1]]);
            assert_eq!(ran.code, 2, "{}", ran.stdout);
            assert!(ran.stderr.contains(expected), "{expected}\n{}", ran.stderr);
        }
    }
}
