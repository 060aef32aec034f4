//! The demonstration of an invented province: every verdict and every kind of change, in every export.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;
use std::path::Path;

use calamine::{Reader, Xlsx};
use qingdan::analysis::Analysis;
use qingdan::catalogue::{Catalogue, EditionRef};
use qingdan::compare::Verdict;
use qingdan::coverage::{Coverage, cover, current_editions};
use qingdan::date::Date;
use qingdan::diagnostic::{Level, UiLang};
use qingdan::export::{self, Context, Status};
use qingdan::history::{self, ChangeKind, Filing, Renewal};
use qingdan::pipeline::{self, Outcome, Request};

/// In 乙市 of 2027: each provision of the baseline that is not met, with the axis it is decided on.
const YISHI: &[(&str, &str, &str)] = &[
    ("kindergarten/kindergarten-place", "needs-review", "condition"),
    ("kindergarten/care-fee-reduction", "weaker", "age"),
    ("compulsory-education/school-place", "weaker", "strength"),
    ("compulsory-education/free-textbooks", "weaker", "fee"),
    ("compulsory-education/boarding-subsidy", "weaker", "measure"),
    ("housing-help/public-rental-housing", "misquoted", "wording"),
    ("housing-help/rent-subsidy", "misquoted", "wording"),
    ("disability-support/barrier-free-help", "weaker", "named"),
    ("living-support/subsidy-application", "weaker", "access"),
    ("living-support/subsistence-application", "missing", ""),
    ("living-support/temporary-relief", "weaker", "condition"),
    ("counselling/assessment", "weaker", "departments"),
    ("legal-aid/legal-advice", "weaker", "audience"),
    ("home-visits/home-visit", "missing", ""),
    ("home-visits/referral", "missing", ""),
];

/// In 甲市 of 2027: each provision that is exceeded, with the axis.
const JIASHI: &[(&str, &str)] = &[
    ("kindergarten/kindergarten-place", "condition"),
    ("compulsory-education/boarding-subsidy", "measure"),
    ("compulsory-education/after-school-care", "strength"),
    ("child-health/health-check", "measure"),
    ("child-health/vaccination", "audience"),
    ("disability-support/barrier-free-help", "named"),
    ("disability-support/rehabilitation-reply", "measure"),
];

fn day(text: &str) -> Date {
    Date::parse(text).expect("a date")
}

fn demo() -> Outcome {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/site/demo");
    pipeline::prepare(&root, &Request::whole(day("2027-06-10")), &|_| {}).expect("the disk works")
}

fn coverage<'a>(outcome: &'a Outcome, address: &str) -> Coverage<'a> {
    let content = outcome.catalogue.as_ref().expect("the demonstration can be read");
    let issue = content.edition(address).expect("there is such an edition");
    cover(content, issue, None).expect("it has a baseline")
}

fn all<'a>(outcome: &'a Outcome) -> Vec<Coverage<'a>> {
    let content = outcome.catalogue.as_ref().expect("the demonstration can be read");
    current_editions(content, &[]).into_iter().filter_map(|issue| cover(content, issue, None)).collect()
}

#[test]
fn what_follows_from_the_catalogue_is_worked_out_once() {
    let outcome = demo();
    let content = outcome.catalogue.as_ref().expect("the demonstration can be read");
    let analysis = Analysis::new(content, day("2027-06-10"));
    for edition in content.editions() {
        let (first, second) = (analysis.coverage(edition), analysis.coverage(edition));
        assert_eq!(first.map(std::ptr::from_ref), second.map(std::ptr::from_ref), "{}", edition.address());
        let (first, second) = (analysis.changes(edition, false), analysis.changes(edition, false));
        assert_eq!(first.map(std::ptr::from_ref), second.map(std::ptr::from_ref), "{}", edition.address());
    }
    for place in content.places.values() {
        assert!(std::ptr::eq(analysis.eligibility(place, true), analysis.eligibility(place, true)));
    }
    assert!(std::ptr::eq(analysis.status(), analysis.status()));
}

#[test]
fn it_has_no_errors_and_says_that_it_is_invented() {
    let outcome = demo();
    assert_eq!(outcome.findings.count(Level::Error), 0);
    let content = outcome.catalogue.as_ref().expect("the demonstration can be read");
    for place in content.places.values() {
        for edition in place.lists.values().flat_map(|list| &list.editions) {
            let notice = edition.notice.as_ref().expect("each edition has a notice");
            assert!(notice.reference().value.contains("虚构"), "{} {}", place.path, edition.id);
        }
    }
}

#[test]
fn each_deviation_has_the_verdict_and_axis_it_was_written_for() {
    let outcome = demo();
    let yishi = coverage(&outcome, "shifan/yishi/migrant-children/2027");
    let found: Vec<(String, &str, &str)> = yishi
        .gaps()
        .map(|known| {
            let axis = known.steps.first().map_or("", |step| step.axis);
            (known.baseline.address(), known.verdict.as_str(), axis)
        })
        .collect();
    let expected: Vec<(String, &str, &str)> =
        YISHI.iter().map(|(address, verdict, axis)| ((*address).to_owned(), *verdict, *axis)).collect();
    assert_eq!(found, expected);
    let jiashi = coverage(&outcome, "shifan/jiashi/migrant-children/2027");
    assert_eq!(jiashi.gaps().count(), 0);
    let exceeded = jiashi.services.iter().flat_map(|service| &service.provisions);
    let exceeded = exceeded.filter(|known| known.verdict == Verdict::Exceeded);
    let found: Vec<(String, &str)> = exceeded
        .map(|known| (known.baseline.address(), known.steps.first().map_or("", |step| step.axis)))
        .collect();
    let expected: Vec<(String, &str)> =
        JIASHI.iter().map(|(address, axis)| ((*address).to_owned(), *axis)).collect();
    assert_eq!(found, expected);
    assert_eq!(jiashi.additions.len(), 2);
    let counselling = yishi.services.iter().flat_map(|service| &service.provisions);
    let reviewed: Vec<_> = counselling.filter(|known| known.review.is_some()).collect();
    assert_eq!(reviewed.len(), 1, "one question was settled by people");
}

#[test]
fn every_verdict_and_every_kind_of_change_occurs() {
    let outcome = demo();
    let content = outcome.catalogue.as_ref().expect("the demonstration can be read");
    let lists = all(&outcome);
    for verdict in Verdict::ALL {
        let known =
            |coverage: &Coverage<'_>| coverage.summary().iter().any(|(v, count)| *v == verdict && *count > 0);
        assert!(lists.iter().any(known), "{verdict:?}");
    }
    let at = |address| content.edition(address).expect("there is such an edition");
    let (old, new) = (at("shifan/migrant-children/2025"), at("shifan/migrant-children/2027"));
    let diff = history::diff(content, old, new);
    // No provision of the demonstration was split or merged.
    let structural = [ChangeKind::Split, ChangeKind::Merged, ChangeKind::Regrouped];
    for (kind, count) in diff.summary() {
        assert!(count > 0 || structural.contains(&kind), "{kind:?}");
    }
    let mirror = |kind| match kind {
        ChangeKind::Added => ChangeKind::Removed,
        ChangeKind::Removed => ChangeKind::Added,
        ChangeKind::Stronger => ChangeKind::Weaker,
        ChangeKind::Weaker => ChangeKind::Stronger,
        ChangeKind::Split => ChangeKind::Merged,
        ChangeKind::Merged => ChangeKind::Split,
        other => other,
    };
    let back: BTreeMap<ChangeKind, usize> = history::diff(content, new, old).summary().into_iter().collect();
    for (kind, count) in diff.summary() {
        assert_eq!(back[&mirror(kind)], count, "{kind:?} mirrored");
    }
}

#[test]
fn what_is_overdue_is_said_as_of_the_day() {
    let outcome = demo();
    let content = outcome.catalogue.as_ref().expect("the demonstration can be read");
    let lists = Analysis::new(content, day("2027-06-10")).status().to_vec();
    let of = |place: &str| {
        lists.iter().find(|known| known.place.path.as_str() == place).expect("the place has a list")
    };
    let Renewal::Due(clock) = of("shifan/bingshi").renewal else { panic!("bingshi has a cycle") };
    assert_eq!((clock.due, clock.days_left), (day("2027-04-15"), -56));
    assert!(matches!(of("shifan/bingshi").filing, Filing::Due(clock) if clock.days_left < 0));
    let Filing::Filed { due, late, .. } = of("shifan/yishi").filing else { panic!("yishi filed") };
    assert_eq!((due, late), (day("2025-06-12"), 8));
    assert_eq!(of("shifan").renewal, Renewal::Unbound, "the rule binds prefectures and counties");
    assert_eq!(of("shifan/bingshi").newer_baseline.as_deref(), Some("shifan/migrant-children/2027"));
    let earlier = Analysis::new(content, day("2026-06-10")).status().to_vec();
    let bingshi = earlier.iter().find(|known| known.place.path.as_str() == "shifan/bingshi");
    assert!(matches!(bingshi.map(|known| known.renewal), Some(Renewal::Due(clock)) if clock.days_left > 0));
}

#[test]
fn the_calendar_is_one_and_always_the_same() {
    let outcome = demo();
    let content = outcome.catalogue.as_ref().expect("the demonstration can be read");
    let context = Context { sources: &outcome.sources, lang: UiLang::Zh, colour: false };
    let today = day("2027-06-10");
    let form = export::STATUS.iter().find(|form| form.name == "ics").expect("there is a calendar");
    let write = || {
        (form.write)(
            &Status {
                catalogue: content,
                today,
                lists: Analysis::new(content, today).status().to_vec(),
                duties: Vec::new(),
            },
            &context,
        )
    };
    let bytes = write();
    assert_eq!(bytes, write());
    let text = String::from_utf8(bytes.clone()).expect("calendars are UTF-8");
    assert!(text.lines().all(|line| line.len() <= 75), "lines are folded");
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    let calendars: Vec<_> = ical::IcalParser::new(Cursor::new(bytes)).collect();
    let [Ok(calendar)] = calendars.as_slice() else { panic!("{calendars:?}") };
    let value = |event: &ical::parser::ical::component::IcalEvent, name: &str| {
        let property = event.properties.iter().find(|property| property.name == name);
        property.and_then(|property| property.value.clone()).unwrap_or_else(|| panic!("an event has {name}"))
    };
    let dues: BTreeMap<String, String> =
        calendar.events.iter().map(|event| (value(event, "UID"), value(event, "DTSTART"))).collect();
    assert_eq!(dues.len(), calendar.events.len(), "identifiers are unique");
    assert_eq!(dues["shifan/bingshi/migrant-children/renewal@qingdan"], "20270415");
    assert_eq!(dues["shifan/bingshi/migrant-children/filing@qingdan"], "20250425");
    assert!(
        calendar.events.iter().all(|event| event.alarms.len() == 1 && !value(event, "SUMMARY").is_empty())
    );
}

#[test]
fn the_json_says_of_every_gap_why_where_and_what_would_mend_it() {
    let outcome = demo();
    let context = Context { sources: &outcome.sources, lang: UiLang::En, colour: false };
    let form = export::COVERAGE.iter().find(|form| form.name == "json").expect("there is JSON");
    let json: serde_json::Value =
        serde_json::from_slice(&(form.write)(&all(&outcome).iter().collect::<Vec<_>>(), &context))
            .expect("it is JSON");
    let each = |value: &serde_json::Value, key: &str| value[key].as_array().expect("a list").clone();
    let mut gaps = 0;
    for list in each(&json, "lists") {
        let mut counted: BTreeMap<String, u64> = BTreeMap::new();
        for provision in each(&list, "services").iter().flat_map(|service| each(service, "provisions")) {
            let verdict = provision["verdict"].as_str().expect("a verdict").to_owned();
            *counted.entry(verdict.clone()).or_default() += 1;
            let is_place = |at: &serde_json::Value| at["path"].is_string() && at["line"].as_u64() > Some(0);
            assert!(is_place(&provision["baseline_at"]), "{provision}");
            assert!(each(&provision, "local_at").iter().all(is_place), "{provision}");
            if verdict == "met" {
                continue;
            }
            gaps += 1;
            let axes = each(&provision, "axes");
            assert!(!axes.is_empty(), "{provision}");
            for axis in &axes {
                let said = |key: &str| ["zh", "en"].iter().all(|lang| axis[key][lang] != "");
                assert!(axis["axis"] != "" && said("reason") && said("remedy"), "{axis}");
            }
            assert_eq!(verdict == "missing", axes[0]["axis"] == "scope", "{provision}");
            assert_eq!(verdict == "missing", each(&provision, "local_at").is_empty(), "{provision}");
        }
        for verdict in Verdict::ALL {
            let count = counted.get(verdict.as_str()).copied().unwrap_or_default();
            assert_eq!(list["summary"][verdict.as_str()], count);
        }
    }
    assert!(gaps > 20, "{gaps} gaps");
}

#[test]
fn the_workbook_has_matrix_gaps_and_additions() {
    let outcome = demo();
    let context = Context { sources: &outcome.sources, lang: UiLang::En, colour: false };
    let form = export::COVERAGE.iter().find(|form| form.name == "xlsx").expect("there is a workbook");
    let lists = all(&outcome);
    let asked: Vec<&Coverage<'_>> = lists.iter().collect();
    let bytes = (form.write)(&asked, &context);
    assert_eq!(bytes, (form.write)(&asked, &context), "the same bytes");
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook that can be read");
    assert_eq!(book.sheet_names(), ["Matrix", "Gaps", "Additions"]);
    let cells = |book: &mut Xlsx<_>, sheet: &str| -> Vec<Vec<String>> {
        let range = book.worksheet_range(sheet).expect("the sheet is there");
        range.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect()
    };
    let matrix = cells(&mut book, "Matrix");
    let signs: BTreeSet<String> = matrix.iter().flatten().cloned().collect();
    for verdict in [Verdict::Weaker, Verdict::Missing, Verdict::Misquoted, Verdict::Exceeded, Verdict::Met] {
        let cell = format!("{} {}", verdict.sign(), verdict.words().en);
        assert!(signs.contains(&cell), "{cell}");
    }
    let gaps = cells(&mut book, "Gaps");
    assert!(gaps.len() > YISHI.len() && gaps.iter().skip(1).all(|row| row[10].contains(".yaml:")));
    let additions: usize = lists.iter().map(|coverage| coverage.additions.len()).sum();
    assert_eq!(cells(&mut book, "Additions").len(), additions + 1);
}

/// A change as a line: what kind, of what, on which axis, and the texts with their stretches.
fn told(change: &history::Change<'_>, mirrored: bool) -> String {
    let kind = match (change.kind, mirrored) {
        (ChangeKind::Added, true) => ChangeKind::Removed,
        (ChangeKind::Removed, true) => ChangeKind::Added,
        (ChangeKind::Stronger, true) => ChangeKind::Weaker,
        (ChangeKind::Weaker, true) => ChangeKind::Stronger,
        (ChangeKind::Split, true) => ChangeKind::Merged,
        (ChangeKind::Merged, true) => ChangeKind::Split,
        (kind, _) => kind,
    };
    let address = |item: &Option<history::Item<'_>>| item.as_ref().map(history::Item::address);
    let value = |side: &Option<qingdan::compare::Side>| side.as_ref().map(|side| side.value.clone());
    let (mut items, mut sides) =
        ([address(&change.old), address(&change.new)], [value(&change.from), value(&change.to)]);
    let mut texts: Vec<String> = Vec::new();
    for text in &change.texts {
        let of = |left_out: history::Op| -> String {
            text.parts.iter().filter(|part| part.op != left_out).map(|part| part.text.as_str()).collect()
        };
        let equal: String = text
            .parts
            .iter()
            .filter(|part| part.op == history::Op::Equal)
            .map(|part| part.text.as_str())
            .collect();
        let mut both = [of(history::Op::Insert), of(history::Op::Delete)];
        if mirrored {
            both.reverse();
        }
        texts.push(format!("{} {} {both:?} {equal}", text.field, text.lang));
    }
    if mirrored {
        items.reverse();
        sides.reverse();
    }
    format!("{kind:?} {items:?} {:?} {:?} {sides:?} {texts:?}", change.axis, change.part)
}

/// Returns the reports on all pairs of editions of one list, and of a list and its baseline.
fn reports(outcome: &Outcome, lang: UiLang) -> Vec<String> {
    let content = outcome.catalogue.as_ref().expect("the demonstration can be read");
    let context = Context { sources: &outcome.sources, lang, colour: false };
    let form = export::DIFF.iter().find(|form| form.name == "text").expect("there is text");
    let issues: Vec<EditionRef<'_>> = issues(content);
    let mut reports = Vec::new();
    for a in &issues {
        for b in &issues {
            let measured =
                b.edition.measured_against.as_ref().is_some_and(|above| above.value == a.address());
            if a.place.path == b.place.path || measured {
                let bytes = (form.write)(&history::diff(content, *a, *b), &context);
                reports.push(String::from_utf8(bytes).expect("a report is UTF-8"));
            }
        }
    }
    assert!(reports.len() > 10, "{} reports", reports.len());
    reports
}

#[test]
fn a_chinese_report_of_differences_has_no_latin_letters() {
    for report in reports(&demo(), UiLang::Zh) {
        let lines = report.lines().filter(|line| line.contains(|c: char| c.is_ascii_alphabetic()));
        let lines: Vec<&str> = lines.collect();
        assert!(lines.is_empty(), "{}", lines.join("\n"));
    }
}

#[test]
fn an_english_report_of_differences_has_no_chinese_but_official_words() {
    for report in reports(&demo(), UiLang::En) {
        for line in report.lines() {
            let mut quoted = 0;
            let outside = line.chars().filter(|c| {
                quoted += i32::from(*c == '「') - i32::from(*c == '」');
                quoted == 0 && ('\u{4e00}'..='\u{9fff}').contains(c)
            });
            assert_eq!(outside.count(), 0, "{line}");
        }
    }
}

#[test]
fn a_report_tells_each_provision_once_under_the_gravest_of_what_happened() {
    let outcome = demo();
    let content = outcome.catalogue.as_ref().expect("the demonstration can be read");
    let at = |address| content.edition(address).expect("there is such an edition");
    let diff = history::diff(content, at("shifan/migrant-children/2025"), at("shifan/migrant-children/2027"));
    let brief = history::Brief::of(&diff);
    let told: Vec<(ChangeKind, String)> = brief
        .entries
        .iter()
        .filter(|entry| entry.count > 0)
        .map(|entry| (entry.kind, entry.changes[0].item().address()))
        .collect();
    let expected = [
        (ChangeKind::Removed, "service-handbook/printed-handbook"),
        (ChangeKind::Weaker, "compulsory-education/after-school-care"),
        (ChangeKind::Unclear, "kindergarten/care-fee-reduction"),
        (ChangeKind::Stronger, "compulsory-education/boarding-subsidy"),
        (ChangeKind::Added, "home-visits/home-visit"),
        (ChangeKind::Added, "home-visits/referral"),
        (ChangeKind::Reworded, "housing-help/public-rental-housing"),
        (ChangeKind::Reworded, "housing-help/rent-subsidy"),
        (ChangeKind::Reworded, "legal-aid/legal-aid-application"),
    ];
    assert_eq!(told, expected.map(|(kind, address)| (kind, address.to_owned())));
}

fn issues(content: &Catalogue) -> Vec<EditionRef<'_>> {
    let lists = content.places.values().flat_map(|place| place.lists.values().map(move |list| (place, list)));
    lists
        .flat_map(|(place, list)| {
            list.editions.iter().map(move |edition| EditionRef { place, list, edition })
        })
        .collect()
}

#[test]
fn the_differences_of_two_editions_mirror_in_both_directions() {
    let outcome = demo();
    let content = outcome.catalogue.as_ref().expect("the demonstration can be read");
    let issues = issues(content);
    let mut pairs = 0;
    for a in &issues {
        for b in &issues {
            let lines = |from: EditionRef<'_>, to: EditionRef<'_>, mirrored: bool| -> BTreeSet<String> {
                history::diff(content, from, to).changes.iter().map(|change| told(change, mirrored)).collect()
            };
            let (there, back) = (lines(*a, *b, false), lines(*b, *a, true));
            let differing: Vec<&String> = there.symmetric_difference(&back).collect();
            assert!(differing.is_empty(), "{} and {}: {differing:#?}", a.address(), b.address());
            pairs += usize::from(!std::ptr::eq(a.edition, b.edition));
            let itself = std::ptr::eq(a.edition, b.edition);
            assert!(!itself || history::diff(content, *a, *b).changes.is_empty(), "{}", a.address());
        }
    }
    assert!(pairs > 30, "{pairs} pairs");
}
