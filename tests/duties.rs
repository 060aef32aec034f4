//! What offices have to do by when: on which day it comes next, on whom it falls, and where it is told.
#![allow(clippy::disallowed_methods, reason = "tests prepare and spoil files")]

#[path = "support/files.rs"]
mod files;
#[path = "support/program.rs"]
mod program;
#[path = "support/small.rs"]
mod small;

use std::io::Cursor;
use std::path::Path;

use qingdan::analysis::Analysis;
use qingdan::date::Date;
use qingdan::history::NextDue;

/// Returns the file with one duty, with these lines besides.
fn duty(lines: &str) -> String {
    format!(
        "duties:\n  - id: one\n    what: {{zh: 更新信息, en: Update the data}}\n    who: [civil-affairs]\n    {}\n    \
         source: {{zh: 示民〔2025〕1号, en: Shimin 2025 no. 1}}\n",
        lines.replace('\n', "\n    ")
    )
}

/// Returns when a duty with these lines comes next.
fn next(lines: &str, today: &str) -> String {
    let text = duty(lines);
    let catalogue = small::read(&[("shifan/duties.yaml", &text)]);
    let analysis = Analysis::new(&catalogue, Date::parse(today).expect("a date"));
    match analysis.duties()[0].next {
        NextDue::Day(clock) => format!("{} in {}", clock.due, clock.days_left),
        NextDue::Undated(each) => format!("{}, no day", each.as_str()),
        NextDue::Unsaid => "unsaid".to_owned(),
        NextDue::Over(on) => format!("over {on}"),
    }
}

#[test]
fn a_duty_comes_next_on_the_day_the_document_sets_and_on_none_where_it_sets_none() {
    // Judged by hand, from the calendar.
    for (lines, today, expected) in [
        ("when: {by: 11-10}", "2027-11-09", "2027-11-10 in 1"),
        ("when: {by: 11-10}", "2027-11-10", "2027-11-10 in 0"),
        ("when: {by: 11-10}", "2027-11-11", "2028-11-10 in 365"),
        ("when: {by: 02-29}", "2027-01-01", "2027-02-28 in 58"),
        ("when: {by: 02-29}", "2028-01-01", "2028-02-29 in 59"),
        ("when: {months: [4, 10]}", "2027-03-31", "2027-04-30 in 30"),
        ("when: {months: [4, 10]}", "2027-04-30", "2027-04-30 in 0"),
        ("when: {months: [4, 10]}", "2027-05-01", "2027-10-31 in 183"),
        ("when: {months: [10, 4]}", "2027-11-01", "2028-04-30 in 181"),
        ("when: {months: [2]}", "2028-02-01", "2028-02-29 in 28"),
        ("when: {each: half-year}", "2027-05-01", "half-year, no day"),
        ("when: {each: at-once}", "2027-05-01", "at-once, no day"),
        ("when: {each: 每个上学日}", "2027-05-01", "day-of-school, no day"),
        ("when: {once: 2024-09-30}", "2024-09-30", "2024-09-30 in 0"),
        ("when: {once: 2024-09-30}", "2024-10-01", "over 2024-09-30"),
        ("when: {by: 11-30}\nfrom: 2028-01-01", "2027-06-01", "2028-11-30 in 548"),
        ("when: {by: 11-30}\nfrom: 2027-11-30", "2027-06-01", "2027-11-30 in 182"),
        ("when: {by: 11-30}\nuntil: 2026-10-31", "2025-12-01", "over 2026-10-31"),
        ("when: {by: 11-30}\nuntil: 2026-10-31", "2025-11-01", "2025-11-30 in 29"),
        ("when: {each: year}\nuntil: 2026-10-31", "2026-11-01", "over 2026-10-31"),
        ("when: {each: year}\nuntil: 2026-10-31", "2026-10-31", "year, no day"),
    ] {
        assert_eq!(next(lines, today), expected, "{lines} on {today}");
    }
}

/// Returns on whom a duty of `place` with these lines falls: places, with the tier where it is another.
fn falls_on(place: &str, lines: &str) -> Vec<String> {
    let (path, text) = (format!("{place}/duties.yaml"), duty(&format!("{lines}\nwhen: {{by: 11-10}}")));
    let catalogue = small::read(&[(&path, &text)]);
    let analysis = Analysis::new(&catalogue, Date::parse("2027-01-01").expect("a date"));
    let on = &analysis.duties()[0].on;
    let named = on.iter().map(|body| match body.is_below() {
        true => format!("{} ({} below)", body.place.path, body.tier.as_str()),
        false => body.place.path.to_string(),
    });
    named.collect()
}

#[test]
fn a_duty_falls_on_each_place_of_its_tiers_and_never_on_another_province() {
    assert_eq!(falls_on("shifan", ""), ["shifan"]);
    assert_eq!(falls_on("shifan", "tiers: [prefecture]"), ["shifan/jiashi", "shifan/yishi"]);
    assert_eq!(
        falls_on("shifan", "tiers: [prefecture, county]"),
        ["shifan/jiashi", "shifan/jiashi/dongxian", "shifan/yishi", "shifan/yishi (county below)"]
    );
    assert_eq!(
        falls_on("shifan", "tiers: [province, prefecture]"),
        ["shifan", "shifan/jiashi", "shifan/yishi"]
    );
    assert_eq!(falls_on("shifan/jiashi", "tiers: [county]"), ["shifan/jiashi/dongxian"]);
    assert_eq!(falls_on("linsheng", "tiers: [county]"), ["linsheng (county below)"]);
}

#[test]
fn what_is_wrong_with_a_duty_is_said_where_it_stands() {
    for (lines, code) in [
        ("when: {by: 02-30}", "impossible-date"),
        ("when: {by: 11月10日}", "impossible-date"),
        ("when: {months: [4, 13]}", "impossible-date"),
        ("when: {once: 2027-02-29}", "impossible-date"),
        ("when: {once: 2027-09-30, each: year}", "unclear-time"),
        ("when: {by: 11-10, months: [4]}", "unclear-time"),
        ("when: {text: {zh: 及时, en: in time}}", "unclear-time"),
        ("when: {by: 11-10}\nfrom: 2027-01-02\nuntil: 2027-01-01", "unclear-time"),
        ("when: {by: 11-10}\ntiers: [county, town]", "unknown-choice"),
        ("when: {each: fortnight}", "unknown-choice"),
        ("when: {by: 11-10}\ntiers: [nation]", "unassigned-duty"),
    ] {
        let found = small::found(&[("shifan/duties.yaml", &duty(lines))], "2027-01-01");
        let names = small::names(&found);
        assert!(names.contains(&format!("shifan/duties.yaml: {code}").as_str()), "{lines}: {names:?}");
    }
    let nobody =
        duty("when: {by: 11-10}").replace("who: [civil-affairs]", "note: x").replace("    note: x\n", "");
    let found = small::found(&[("shifan/duties.yaml", &nobody)], "2027-01-01");
    assert_eq!(small::names(&found), ["shifan/duties.yaml: unassigned-duty"]);
    let unknown = duty("when: {by: 11-10}").replace("civil-affairs", "civil-afairs");
    let found = small::found(&[("shifan/duties.yaml", &unknown)], "2027-01-01");
    assert_eq!(small::names(&found), ["shifan/duties.yaml: unknown-department"]);
    let twice = duty("when: {by: 11-10}");
    let (head, entry) = twice.split_once('\n').expect("there are lines");
    let twice = format!("{head}\n{entry}{entry}");
    let found = small::found(&[("shifan/duties.yaml", &twice)], "2027-01-01");
    assert_eq!(small::names(&found), ["shifan/duties.yaml: duplicate-id"]);
    let right = small::found(&[("shifan/duties.yaml", &duty("when: {by: 11-10}"))], "2027-01-01");
    assert_eq!(small::names(&right), [] as [&str; 0]);
}

const DUTIES: &str = "\
duties:
  - id: update
    what: {zh: 更新信息, en: Update the data}
    text: {zh: 每年4月、10月更新信息，报省民政厅。}
    who: [civil-affairs]
    tiers: [prefecture, county]
    to: {zh: 省民政厅, en: the province}
    when: {months: [4, 10], text: {zh: 每年4月、10月, en: in April and October}}
    from: 2025-01-01
    until: 2030-12-31
    source: {zh: 示民〔2025〕1号 一, en: Shimin 2025 no. 1 part 1}
  - id: exchange
    what: {zh: 提供就读信息, en: Hand over who goes to school}
    who: [education]
    tiers: [county]
    when: {each: half-year}
    source: {zh: 示民〔2025〕1号 二, en: Shimin 2025 no. 1 part 2}
  - id: report
    what: {zh: 报告进展, en: Report on progress}
    who: [civil-affairs, education]
    tiers: [prefecture]
    when: {by: 11-10}
    source: {zh: 示民〔2025〕1号 三, en: Shimin 2025 no. 1 part 3}
  - id: survey
    what: {zh: 首次摸排, en: First survey}
    who: [civil-affairs]
    when: {once: 2024-09-30}
    source: {zh: 示民〔2025〕1号 四, en: Shimin 2025 no. 1 part 4}
  - id: talk
    what: {zh: 安全大讲堂, en: Talk on safety}
    bearer: [{zh: 学校, en: the school}]
    when: {each: holiday}
    source: {zh: 示民〔2025〕1号 五, en: Shimin 2025 no. 1 part 5}
";

/// Runs `qingdan status` on the catalogue with [`DUTIES`].
fn status(folder: &Path, arguments: &[&str]) -> program::Ran {
    small::write(&folder.join("content"), &[("shifan/duties.yaml", DUTIES)]);
    program::qingdan(folder, &[&["status", "--today", "2027-05-01"], arguments].concat(), &[])
}

#[test]
fn status_tells_duties_in_each_form_and_those_of_a_department() {
    let temp = tempfile::tempdir().expect("there is room for temporary files");
    let table = status(temp.path(), &[]);
    assert_eq!(table.code, 0, "{}", table.stderr);
    let at = |words: &str| table.stdout.find(words).unwrap_or_else(|| panic!("{words} in\n{}", table.stdout));
    assert!(at("2027-10-31, 183 days left") < at("2027-11-10, 193 days left"), "the next comes first");
    assert!(at("2027-11-10") < at("no day is set"), "what has no day comes last");
    at("City Civil Affairs, County Civil Affairs");
    at("the school");
    at("Shimin 2025 no. 1 part 1 (shifan/duties.yaml:2)");
    assert!(!table.stdout.contains("First survey"), "what is over is not due");
    let theirs = status(temp.path(), &["--department", "education"]).stdout;
    assert!(theirs.contains("Hand over") && theirs.contains("Report on") && !theirs.contains("Update the"));
    let theirs = status(temp.path(), &["--department", "县民政局", "shifan/jiashi/dongxian"]).stdout;
    assert!(theirs.contains("Update the") && !theirs.contains("Report on"), "{theirs}");
    let nobody = status(temp.path(), &["--department", "educaton"]);
    assert_eq!(nobody.code, 2);
    assert!(nobody.stderr.contains("did you mean `education`?"), "{}", nobody.stderr);
    let elsewhere = status(temp.path(), &["linsheng"]).stdout;
    assert!(!elsewhere.contains("duties"), "{elsewhere}");
}

#[test]
fn the_json_of_status_has_every_duty_of_every_place() {
    let temp = tempfile::tempdir().expect("there is room for temporary files");
    let json = status(temp.path(), &["--format", "json"]).stdout;
    let json: serde_json::Value = serde_json::from_str(&json).expect("it is JSON");
    let duties = json["duties"].as_array().expect("duties are a list");
    let one = |place: &str, tier: &str, id: &str| {
        let is_it =
            |duty: &&serde_json::Value| duty["place"] == place && duty["tier"] == tier && duty["id"] == id;
        duties.iter().find(is_it).unwrap_or_else(|| panic!("{id} of {place} ({tier})"))
    };
    let update = one("shifan/jiashi/dongxian", "county", "update");
    assert_eq!(update["state"], "due");
    assert_eq!((&update["due"], &update["days_left"]), (&"2027-10-31".into(), &183.into()));
    assert_eq!(update["names"][0]["zh"], "县民政局");
    assert_eq!(update["set_by"], "shifan");
    assert_eq!(update["when"]["months"], serde_json::json!([4, 10]));
    assert_eq!(update["at"], serde_json::json!({"path": "shifan/duties.yaml", "line": 2}));
    assert_eq!(one("shifan/yishi", "county", "exchange")["state"], "undated");
    assert_eq!(one("shifan/yishi", "county", "exchange")["due"], serde_json::Value::Null);
    assert_eq!(one("shifan", "province", "survey")["state"], "over");
    assert_eq!(duties.len(), 4 + 2 + 2 + 1 + 1);
}

#[test]
fn the_calendar_repeats_what_comes_each_year_and_has_no_day_where_none_is_set() {
    let temp = tempfile::tempdir().expect("there is room for temporary files");
    let text = status(temp.path(), &["--format", "ics"]).stdout;
    let calendars: Vec<_> = ical::IcalParser::new(Cursor::new(text.as_bytes())).collect();
    let [Ok(calendar)] = calendars.as_slice() else { panic!("one calendar: {text}") };
    let value = |event: &ical::parser::ical::component::IcalEvent, name: &str| {
        event.properties.iter().find(|known| known.name == name).and_then(|known| known.value.clone())
    };
    let mut events: Vec<(String, String, Option<String>)> = calendar
        .events
        .iter()
        .map(|event| {
            let text = |name: &str| value(event, name).unwrap_or_default();
            (text("UID"), text("DTSTART"), value(event, "RRULE"))
        })
        .collect();
    events.sort();
    let rule = |words: &str| Some(format!("FREQ=YEARLY;{words}"));
    assert_eq!(
        events,
        [
            ("shifan/duties/report@qingdan".into(), "20271110".into(), rule("BYMONTH=11;BYMONTHDAY=10")),
            (
                "shifan/duties/update@qingdan".into(),
                "20271031".into(),
                rule("UNTIL=20301231;BYMONTH=4,10;BYMONTHDAY=-1")
            ),
        ]
    );
    assert!(text.lines().all(|line| line.len() <= 75), "lines are folded");
}

#[test]
fn the_pages_for_staff_tell_duties_by_department_and_place_and_the_public_site_has_none() {
    let temp = tempfile::tempdir().expect("there is room for temporary files");
    small::write(&temp.path().join("content"), &[("shifan/duties.yaml", DUTIES)]);
    let build = |arguments: &[&str]| {
        let ran =
            program::qingdan(temp.path(), &[&["build", "--today", "2027-05-01"], arguments].concat(), &[]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        files::tree(&temp.path().join("public"))
    };
    let site = build(&["--staff"]);
    let page = |path: &str| {
        let bytes = site.get(path).unwrap_or_else(|| panic!("there is no {path}"));
        std::str::from_utf8(bytes).expect("a page is UTF-8")
    };
    let all = page("zh/staff/duties.html");
    for words in [
        "id=\"civil-affairs\"",
        "id=\"education\"",
        "id=\"others\"",
        "每年4月、10月",
        "每半年",
        "没有定日子",
        "学校",
    ] {
        assert!(all.contains(words), "{words} in\n{all}");
    }
    let county = page("zh/staff/duties/shifan/jiashi/dongxian.html");
    assert!(county.contains("县民政局") && county.contains("县教育局") && county.contains("更新信息"));
    assert!(!county.contains("报告进展") && !county.contains("市民政局"), "another's duties:\n{county}");
    assert!(page("en/staff/deadlines.html").contains("Report on progress"));
    assert!(page("zh/staff/index.html").contains("duties.html"));
    let site = build(&[]);
    assert!(!site.keys().any(|path| path.contains("duties")), "duties are for staff");
}
