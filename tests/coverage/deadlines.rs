//! What is due when, by the dated rulebook of Fujian: 24 months and 10 days from the day of issue.

use qingdan::analysis::Analysis;
use qingdan::date::Date;
use qingdan::history::{Filing, Renewal};

use super::lists::{Content, PLAIN, map, prefecture, yaml};

fn day(text: &str) -> Date {
    Date::parse(text).expect("a date")
}

/// Returns what is due of a list of Xiamen with these dates.
fn due(dates: &str, today: &str) -> (Renewal, Filing) {
    let mut content = Content::shipped();
    let mut list = prefecture(PLAIN, vec![yaml("adopts: health-services")]);
    map(&mut list).insert("status".into(), "issued".into());
    map(&mut list).insert("dates".into(), yaml(dates));
    content.put("fujian/xiamen/dated/2025", &list);
    let catalogue = content.read();
    let analysis = Analysis::new(&catalogue, day(today));
    let known = analysis.status().iter().find(|known| known.list.id == "dated").expect("the list is there");
    (known.renewal, known.filing)
}

#[test]
fn months_end_on_days_that_there_are() {
    for (issued, next, filing) in [
        ("2025-01-31", "2027-01-31", "2025-02-10"),
        ("2028-02-29", "2030-02-28", "2028-03-10"),
        ("2026-02-28", "2028-02-28", "2026-03-10"),
        ("2025-12-25", "2027-12-25", "2026-01-04"),
    ] {
        let (renewal, filed) = due(&format!("{{issued: {issued}}}"), issued);
        assert!(matches!(renewal, Renewal::Due(clock) if clock.due == day(next)), "{issued}: {renewal:?}");
        let clock = match filed {
            Filing::Due(clock) => clock,
            other => panic!("{issued}: {other:?}"),
        };
        assert_eq!((clock.due, clock.days_left), (day(filing), 10), "{issued}");
    }
}

#[test]
fn the_last_day_is_in_time_and_the_next_is_not() {
    let filed = |on: &str| due(&format!("{{issued: 2025-03-01, filed: {on}}}"), "2025-04-01").1;
    assert!(matches!(filed("2025-03-11"), Filing::Filed { late: 0, .. }));
    assert!(matches!(filed("2025-03-12"), Filing::Filed { late: 1, .. }));
    let left = |today: &str| match due("{issued: 2025-03-01}", today) {
        (Renewal::Due(next), Filing::Due(filing)) => (next.days_left, filing.days_left),
        other => panic!("{other:?}"),
    };
    assert_eq!(left("2025-03-11"), (720, 0));
    assert_eq!(left("2027-03-02"), (-1, -721));
}

#[test]
fn nothing_is_counted_from_another_date_nor_before_there_was_a_rule() {
    assert_eq!(
        due("{signed: 2025-03-01, printed: 2025-03-02}", "2025-04-01"),
        (Renewal::NoDate, Filing::NoDate)
    );
    // Issued before the province asked for filing; the next edition is due all the same.
    let (renewal, filing) = due("{issued: 2024-06-01}", "2025-04-01");
    assert!(matches!(renewal, Renewal::Due(clock) if clock.due == day("2026-06-01")));
    assert_eq!(filing, Filing::Unbound);
}
