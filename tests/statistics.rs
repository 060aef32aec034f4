//! Figures about persons: published with approval and consents only, and nothing small can be worked out.
#![allow(clippy::disallowed_methods, reason = "tests prepare and spoil files")]

#[path = "support/files.rs"]
mod files;
#[path = "support/program.rs"]
mod program;
#[path = "support/small.rs"]
mod small;

use qingdan::suppression::{Figures, Mask, blank, mask, suppressed};

/// Somebody who wants to know the hidden numbers: all that is shown, and every total that is not small or hidden itself.
#[derive(Clone)]
struct Attacker {
    /// The numbers without their totals; `None` for one that is hidden.
    cells: Vec<Vec<Option<u32>>>,
    rows: Vec<Option<u32>>,
    columns: Vec<Option<u32>>,
    all: Option<u32>,
}

impl Attacker {
    /// Looks at a table without totals. Known from elsewhere are all of them but those that are small, and those for which
    /// `hidden` has a flag more in its row or column.
    fn new(cells: &[Vec<u32>], hidden: &Mask) -> Self {
        let (height, width) = (cells.len(), cells[0].len());
        let shown = |(row, hidden): (&Vec<u32>, &Vec<bool>)| -> Vec<Option<u32>> {
            row.iter().zip(hidden).map(|(number, hidden)| (!hidden).then_some(*number)).collect()
        };
        let flag = |row: usize, column: usize| hidden.get(row).and_then(|row| row.get(column)) == Some(&true);
        let known = |total: u32, flag: bool| (!flag && !(1..10).contains(&total)).then_some(total);
        let sum = |at: usize| cells.iter().map(|row| row[at]).sum::<u32>();
        Self {
            cells: cells.iter().zip(hidden).map(shown).collect(),
            rows: cells
                .iter()
                .enumerate()
                .map(|(at, row)| known(row.iter().sum(), flag(at, width)))
                .collect(),
            columns: (0..width).map(|at| known(sum(at), flag(height, at))).collect(),
            all: known(cells.iter().flatten().sum(), flag(height, width)),
        }
    }

    /// Tells whether a number may stand at a place.
    fn fits(&self, row: usize, column: usize, number: u32) -> bool {
        let mut own = self.clone();
        assert!(own.cells[row][column].is_none(), "it is hidden");
        own.cells[row][column] = Some(number);
        own.solve()
    }

    /// Tells whether a row, or column, may have this total.
    fn totals(&self, row: Option<usize>, column: Option<usize>, number: u32) -> bool {
        let mut own = self.clone();
        row.into_iter().for_each(|row| own.rows[row] = Some(number));
        column.into_iter().for_each(|column| own.columns[column] = Some(number));
        own.solve()
    }

    /// Tells whether the open places can be filled so that every known total is right, by trying all.
    fn solve(&mut self) -> bool {
        let mut open = (0..self.cells.len()).flat_map(|row| (0..self.columns.len()).map(move |at| (row, at)));
        let Some((row, column)) = open.find(|(row, column)| self.cells[*row][*column].is_none()) else {
            return self.is_right();
        };
        let across: Vec<Option<u32>> = self.cells[row].clone();
        let down: Vec<Option<u32>> = self.cells.iter().map(|row| row[column]).collect();
        let whole: Vec<Option<u32>> = self.cells.iter().flatten().copied().collect();
        let (mut least, mut most) = (0, 120);
        for (numbers, total) in [(across, self.rows[row]), (down, self.columns[column]), (whole, self.all)] {
            let Some(total) = total else { continue };
            let Some(rest) = total.checked_sub(numbers.iter().flatten().sum()) else { return false };
            most = most.min(rest);
            if numbers.iter().filter(|number| number.is_none()).count() == 1 {
                least = least.max(rest);
            }
        }
        let found = (least..=most).any(|number| {
            self.cells[row][column] = Some(number);
            self.solve()
        });
        self.cells[row][column] = None;
        found
    }

    fn is_right(&self) -> bool {
        let is = |total: Option<u32>, sum: u32| total.is_none_or(|total| total == sum);
        let row = |row: &Vec<Option<u32>>| row.iter().flatten().sum::<u32>();
        let column = |at: usize| self.cells.iter().filter_map(|row| row[at]).sum::<u32>();
        self.cells.iter().zip(&self.rows).all(|(cells, total)| is(*total, row(cells)))
            && self.columns.iter().enumerate().all(|(at, total)| is(*total, column(at)))
            && is(self.all, self.cells.iter().map(row).sum())
    }
}

/// Hides the small numbers only.
fn only_small(cells: &[Vec<u32>]) -> Mask {
    cells.iter().map(|row| row.iter().map(|number| (1..10).contains(number)).collect()).collect()
}

/// Returns the small numbers of a table without totals that somebody can tell from others, as `row/column`; of one whose
/// totals are printed, `hidden` has them too.
fn given_away(cells: &[Vec<u32>], hidden: &Mask) -> Vec<String> {
    let attacker = Attacker::new(cells, hidden);
    let small = only_small(cells);
    let mut found = Vec::new();
    for (row, line) in small.iter().enumerate() {
        for column in (0..line.len()).filter(|column| line[*column]) {
            assert!(hidden[row][column], "a small number is shown");
            if !(1..=10).all(|number| attacker.fits(row, column, number)) {
                found.push(format!("{row}/{column}"));
            }
        }
    }
    found
}

/// Draws numbers that look random, always the same.
struct Draw(u64);

impl Draw {
    fn below(&mut self, most: u32) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u32::try_from((self.0 >> 33) % u64::from(most)).expect("it is small")
    }

    /// A number of persons: often small, sometimes none.
    fn number(&mut self) -> u32 {
        match self.below(10) {
            0 => 0,
            1..=3 => 1 + self.below(9),
            _ => 10 + self.below(20),
        }
    }
}

#[test]
fn hiding_the_small_numbers_alone_gives_them_away() {
    let cells = vec![vec![3, 40, 50], vec![60, 70, 80], vec![90, 20, 30]];
    assert_eq!(given_away(&cells, &only_small(&cells)), ["0/0"]);
    let hidden = mask(&cells, &blank(&cells)).expect("the rest can be shown");
    assert_eq!(given_away(&cells, &hidden), [] as [&str; 0]);
    assert_eq!(
        hidden.iter().flatten().filter(|hidden| **hidden).count(),
        4,
        "no more than needed: {hidden:?}"
    );
}

#[test]
fn nobody_can_tell_a_small_number_from_what_is_shown_and_the_totals() {
    let mut draw = Draw(2024);
    let (mut shown, mut withheld, mut naive) = (0, 0, 0);
    for _ in 0..400 {
        let (rows, columns) = (2 + draw.below(2), 2 + draw.below(2));
        let cells: Vec<Vec<u32>> = (0..rows).map(|_| (0..columns).map(|_| draw.number()).collect()).collect();
        if qingdan::suppression::nested(&cells).is_some() || only_small(&cells) == blank(&cells) {
            continue;
        }
        naive += usize::from(!given_away(&cells, &only_small(&cells)).is_empty());
        match mask(&cells, &blank(&cells)) {
            None => withheld += 1,
            Some(hidden) => {
                shown += 1;
                assert_eq!(given_away(&cells, &hidden), [] as [&str; 0], "{cells:?} {hidden:?}");
            }
        }
    }
    // The test can fail: without more being hidden most of these tables give somebody away.
    assert!(naive > 200 && shown > 150 && withheld < shown, "{naive} {shown} {withheld}");
}

/// Adds the totals of rows and columns.
fn with_totals(cells: &[Vec<u32>]) -> Vec<Vec<u32>> {
    let mut rows: Vec<Vec<u32>> =
        cells.iter().map(|row| row.iter().copied().chain([row.iter().sum()]).collect()).collect();
    let columns = rows[0].len();
    rows.push((0..columns).map(|at| rows.iter().map(|row| row[at]).sum()).collect());
    rows
}

#[test]
fn totals_that_are_printed_give_nothing_away_and_are_hidden_where_they_are_small() {
    let mut draw = Draw(7);
    let (mut shown, mut small_totals) = (0, 0);
    for _ in 0..300 {
        let (rows, columns) = (2 + draw.below(2), 2 + draw.below(2));
        let cells: Vec<Vec<u32>> = (0..rows).map(|_| (0..columns).map(|_| draw.number()).collect()).collect();
        let table = with_totals(&cells);
        if qingdan::suppression::nested(&table).is_some() {
            continue;
        }
        let Some(hidden) = mask(&table, &blank(&table)) else { continue };
        shown += 1;
        assert_eq!(given_away(&cells, &hidden), [] as [&str; 0], "{table:?} {hidden:?}");
        let attacker = Attacker::new(&cells, &hidden);
        let (height, width) = (cells.len(), cells[0].len());
        let margin: Vec<(usize, usize)> =
            (0..height).map(|row| (row, width)).chain((0..width).map(|at| (height, at))).collect();
        let small: Vec<&(usize, usize)> =
            margin.iter().filter(|(row, column)| (1..10).contains(&table[*row][*column])).collect();
        small_totals += small.len();
        for (row, column) in &small {
            assert!(hidden[*row][*column], "a small total is shown: {table:?}");
            let of_row = (*column == width).then_some(*row);
            let of_column = (*column < width).then_some(*column);
            let any = (1..=10).all(|number| attacker.totals(of_row, of_column, number));
            assert!(any, "the total at {row}/{column} of {table:?} {hidden:?}");
        }
        if small.is_empty() {
            // Then no total is hidden, and nothing is lost to whoever knows them from elsewhere.
            assert!(margin.iter().all(|(row, column)| !hidden[*row][*column]), "{table:?} {hidden:?}");
        }
    }
    assert!(shown > 100 && small_totals > 5, "{shown} {small_totals}");
}

#[test]
fn a_single_row_or_column_hides_a_second_number() {
    let hidden = mask(&[vec![3, 40, 50, 93]], &blank(&[vec![0; 4]])).expect("the rest can be shown");
    assert_eq!(hidden, [vec![true, true, false, false]]);
    let column = [vec![3], vec![40], vec![50]];
    assert_eq!(mask(&column, &blank(&column)), Some(vec![vec![true], vec![true], vec![false]]));
    // What is left of known totals is known: 43 without 40.
    let alone = [vec![3, 0], vec![0, 40]];
    assert_eq!(mask(&alone, &blank(&alone)), None);
    // Nobody is nobody.
    let none = [vec![0, 40], vec![30, 0]];
    assert_eq!(mask(&none, &blank(&none)), Some(blank(&none)));
}

#[test]
fn what_is_hidden_in_one_table_is_hidden_in_the_others() {
    let table =
        |cells: Vec<Vec<u32>>, columns: Vec<&'static str>| Figures {
            rows: vec!["甲", "乙"], columns, cells
        };
    let first = table(vec![vec![3, 40], vec![60, 70]], vec!["男", "女"]);
    let second = table(vec![vec![40, 80], vec![70, 90]], vec!["女", "寄宿"]);
    let alone = suppressed(std::slice::from_ref(&second));
    assert_eq!(alone, [Some(blank(&second.cells))]);
    let both = suppressed(&[first, second]);
    let [Some(one), Some(other)] = both.as_slice() else { panic!("both can be shown: {both:?}") };
    assert!(one.iter().flatten().all(|hidden| *hidden));
    assert!(other[0][0] && other[1][0], "the same numbers stand there: {other:?}");
}

const FIGURES: &str = "\
statistics:
  - id: pupils
    title: {zh: 就学人数, en: Pupils}
    as_of: 2026-09-30
    source: {zh: 年度摸排, en: Yearly survey}
    approval: {by: {zh: 示范省民政厅, en: Civil Affairs of Shifan}, number: 示民〔2026〕9号, on: 2026-10-20}
    publisher: {zh: 示范省民政厅, en: Civil Affairs of Shifan}
    consents:
      - {department: education, on: 2026-10-10, number: 示教函〔2026〕3号}
    tables:
      - title: {zh: 各地, en: By place}
        kind: enrolment
        columns: [{zh: 小学, en: Primary}, {zh: 初中, en: Junior}, {zh: 合计, en: Total}]
        rows:
          - {label: {zh: 甲市, en: Jiashi}, cells: [2003, 6, 2009]}
          - {label: {zh: 乙市, en: Yishi}, cells: [3004, 4005, 7009]}
          - {label: {zh: 丙市, en: Bingshi}, cells: [5006, 6007, 11013]}
          - {label: {zh: 合计, en: Total}, cells: [10013, 10018, 20031]}
";

#[test]
fn without_approval_publisher_or_consent_the_build_refuses_and_names_the_paragraph() {
    let path = "shifan/statistics.yaml";
    let approval = FIGURES.lines().find(|line| line.contains("approval:")).expect("it is there");
    let publisher = FIGURES.lines().find(|line| line.contains("publisher:")).expect("it is there");
    for (from, to, says) in [
        (approval.to_owned(), String::new(), "no approval is on file"),
        (publisher.to_owned(), String::new(), "no publisher is named"),
        (
            "department: education".to_owned(),
            "department: health".to_owned(),
            "need the consent of Provincial Education",
        ),
        ("on: 2026-10-20".to_owned(), "on: 2027-05-02".to_owned(), "no approval is on file"),
        (
            "on: 2026-10-10".to_owned(),
            "on: 2027-05-02".to_owned(),
            "need the consent of Provincial Education",
        ),
        (
            "kind: enrolment".to_owned(),
            "kind: [enrolment, health]".to_owned(),
            "need the consent of Provincial Health",
        ),
    ] {
        let text = FIGURES.replacen(&from, &to, 1);
        let found = small::found(&[(path, &text)], "2027-05-01");
        assert_eq!(small::names(&found), [format!("{path}: unapproved-statistics")], "{says}");
        let finding = &found[0].1;
        assert!(finding.message.en.contains(says), "{}", finding.message.en);
        assert_eq!(finding.level, qingdan::diagnostic::Level::Error);
        let source = finding.source.as_ref().expect("it names the paragraph");
        assert!(source.zh.contains("闽民童〔2024〕108号 四（二）"), "{}", source.zh);
    }
    // The paragraph of the place itself, where its forms name one.
    let form = "title: {zh: 表, en: Form}\nsource: {zh: 示民〔2025〕1号, en: Shimin 2025 no. 1}\n\
                privacy: {text: {zh: 依法, en: By law}, paragraph: {zh: 七（二）, en: part 7 (2)}}\n\
                sections: [{rows: [[{label: {zh: 姓名, en: Name}}]]}]\n";
    let text = FIGURES.replacen(publisher, "", 1);
    let found = small::found(&[(path, &text), ("shifan/forms/register.yaml", form)], "2027-05-01");
    assert_eq!(found[0].1.source.as_ref().map(|source| source.zh.as_str()), Some("示民〔2025〕1号 七（二）"));
    assert_eq!(small::names(&small::found(&[(path, FIGURES)], "2027-05-01")), [] as [&str; 0]);
    for (from, to, code) in [
        ("cells: [3004, 4005, 7009]", "cells: [3004, 4005]", "uneven-table"),
        (
            "{zh: 小学, en: Primary}, {zh: 初中, en: Junior}, {zh: 合计, en: Total}",
            "{zh: 小学, en: Primary}",
            "uneven-table",
        ),
    ] {
        let found = small::found(&[(path, &FIGURES.replacen(from, to, 1))], "2027-05-01");
        assert!(
            small::names(&found).contains(&format!("{path}: {code}").as_str()),
            "{:?}",
            small::names(&found)
        );
    }
}

#[test]
fn the_page_shows_what_may_be_shown_and_no_file_of_the_site_has_the_rest() {
    let build = |today: &str| {
        let temp = tempfile::tempdir().expect("there is room for temporary files");
        small::write(&temp.path().join("content"), &[("shifan/statistics.yaml", FIGURES)]);
        let ran = program::qingdan(temp.path(), &["build", "--staff", "--today", today], &[]);
        (ran.code, files::tree(&temp.path().join("public")))
    };
    let (code, site) = build("2027-05-01");
    assert_eq!(code, 0);
    let text = |path: &str| String::from_utf8(site[path].clone()).expect("a page is UTF-8");
    let page = text("zh/shifan/statistics.html");
    for words in ["就学人数", "示民〔2026〕9号", "2026-09-30", "20031", "11013", "不公布", "少于 10 的数"]
    {
        assert!(page.contains(words), "{words} in\n{page}");
    }
    assert!(text("zh/shifan/index.html").contains("statistics.html"));
    assert!(
        !site.contains_key("zh/shifan/jiashi/statistics.html"),
        "figures are of the place that publishes them"
    );
    // The small number, and those beside it by which it could be worked out.
    assert!(!page.contains("<td>6</td>"));
    let hidden = page.matches("不公布</span>").count();
    assert!(hidden >= 4, "{hidden} are hidden");
    let shown: Vec<&str> =
        ["2003", "2009", "3004", "4005", "7009", "5006", "6007", "11013", "10013", "10018"]
            .into_iter()
            .filter(|number| page.contains(&format!("<td>{number}</td>")))
            .collect();
    assert!(shown.contains(&"2009") && shown.contains(&"10018") && !shown.contains(&"2003"), "{shown:?}");
    for (path, bytes) in &site {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains("2003</td>") && !text.contains("\"2003\""), "{path}");
    }
    // On the day before it was approved the build refuses.
    let (code, site) = build("2026-10-19");
    assert_eq!((code, site.len()), (1, 0));
}
