//! The basic public service standards of a county: what they have beside the official list, how much and who pays.

use std::fs;
use std::path::Path;

use rust_xlsxwriter::{Format, Workbook};

use super::{copy, desk, round_trip};

/// A table as counties print them: 类别 and 支出责任 merged over the services they are for.
const HEADS: [&str; 8] =
    ["类别", "序号", "服务项目", "服务对象", "服务内容", "服务标准", "支出责任", "牵头负责单位"];
const ROWS: [[&str; 6]; 3] = [
    [
        "1",
        "孤儿基本生活保障",
        "孤儿",
        "为孤儿发放基本生活费",
        "集中养育每人每月1840元；散居每人每月1380元",
        "县民政局",
    ],
    ["2", "困境儿童生活补贴", "困境儿童", "为困境儿童发放生活补贴", "每人每月不低于600元", "县民政局"],
    ["3", "预防接种", "0-6岁儿童", "免费接种国家免疫规划疫苗", "执行国家免疫程序", "县卫生健康局"],
];
const PAYS: [&str; 2] = ["省级财政和县级财政按比例分担", "中央财政转移支付，县级财政兜底"];

fn county() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let plain = Format::new();
    sheet.merge_range(0, 0, 0, 7, "某县基本公共服务实施标准清单", &plain).expect("a range");
    for (at, head) in (0u16..).zip(HEADS) {
        sheet.write_string(1, at, head).expect("a cell");
    }
    sheet.merge_range(2, 0, 3, 0, "弱有所扶", &plain).expect("a range");
    sheet.write_string(4, 0, "病有所医").expect("a cell");
    for (line, row) in (2u32..).zip(ROWS) {
        for (at, text) in [1u16, 2, 3, 4, 5, 7].into_iter().zip(row) {
            sheet.write_string(line, at, text).expect("a cell");
        }
    }
    sheet.merge_range(2, 6, 3, 6, PAYS[0], &plain).expect("a range");
    sheet.write_string(4, 6, PAYS[1]).expect("a cell");
    book.save_to_buffer().expect("memory can be written")
}

#[test]
fn standard_and_expenditure_of_a_county_stand_in_their_fields() {
    let content = desk::content();
    let imported = desk::import(&content, "标准.xlsx", &county()).expect("it is a list");
    assert_eq!(imported.services, 3);
    for (row, pays) in ROWS.iter().zip([PAYS[0], PAYS[0], PAYS[1]]) {
        let wanted = format!(
            "    standard:\n      zh: {}\n    expenditure:\n      zh: {pays}\n    departments:\n",
            row[4]
        );
        assert!(imported.yaml.contains(&wanted), "{wanted}\n{}", imported.yaml);
        // They are no clauses of the content.
        assert!(!imported.yaml.contains(&format!("quote: {}", row[4])), "{}", imported.yaml);
    }
    let notes = desk::notes(&imported);
    assert!(!notes.iter().any(|note| note.contains("没有读")), "nothing was left out: {notes:?}");
    assert!(!imported.yaml.contains("- 省级财政"), "who pays is no department");
}

#[test]
fn what_a_service_says_on_several_rows_is_joined_and_told() {
    let content = desk::content();
    let table = "领域,序号,服务项目,服务对象,服务内容,保障标准,资金来源,责任部门,备注\n\
        弱有所扶,1,生活补贴,困境儿童,为困境儿童发放生活补贴；,每人每月600元,县财政,民政局,\n\
        ,,,,为孤儿发放基本生活费,每人每月1380元,省财政,,2026年起执行\n";
    let imported = desk::import(&content, "a.csv", table.as_bytes()).expect("it is a list");
    for expected in [
        "    standard:\n      zh: 每人每月600元；每人每月1380元\n    expenditure:\n      zh: 县财政；省财政\n",
        "    note:\n      zh: 2026年起执行\n",
    ] {
        assert!(imported.yaml.contains(expected), "{expected}\n{}", imported.yaml);
    }
    let notes = desk::notes(&imported).join("\n");
    for expected in [
        "第 3 行: 这一行的“服务标准”接在上一项的后面：“每人每月1380元”",
        "这一行的“支出责任”接在上一项的后面：“省财政”",
        "这一行的“备注”接在上一项的后面：“2026年起执行”",
    ] {
        assert!(notes.contains(expected), "{expected}\n{notes}");
    }
}

#[test]
fn where_no_column_is_the_content_the_standard_is_and_two_standards_are_joined() {
    let content = desk::content();
    let table =
        "领域,序号,服务项目,服务对象,服务标准,责任部门\n学有所教,1,学前教育服务,流动儿童,就近入园,教育局\n";
    let imported = desk::import(&content, "a.csv", table.as_bytes()).expect("it is a list");
    assert!(imported.yaml.contains("    content:\n      zh: 就近入园\n"), "{}", imported.yaml);
    assert!(!imported.yaml.contains("standard:"));
    let table = "领域,序号,服务项目,服务对象,服务内容,服务标准,补助标准,责任部门\n\
        学有所教,1,学前教育服务,流动儿童,就近入园,按省定标准,每年1000元,教育局\n";
    let imported = desk::import(&content, "a.csv", table.as_bytes()).expect("it is a list");
    assert!(imported.yaml.contains("    standard:\n      zh: 按省定标准；每年1000元\n"), "{}", imported.yaml);
    let notes = desk::notes(&imported);
    assert!(notes.iter().any(|note| note.contains("“补助标准”接在“服务标准”后面")), "{notes:?}");
}

#[test]
fn the_workbook_keeps_them_also_of_what_is_taken_over() {
    let temp = tempfile::tempdir().expect("there is room for temporary files");
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/site/demo");
    copy(&demo, temp.path());
    let change = |path: &str, from: &str, to: &str| {
        let path = temp.path().join(path);
        let text = fs::read_to_string(&path).expect("the list is there");
        assert!(text.contains(from), "{from} in {}", path.display());
        fs::write(path, text.replacen(from, to, 1)).expect("there is room");
    };
    let terms = |indent: &str, amount: &str| {
        format!(
            "{indent}standard:\n{indent}  zh: 每人每月{amount}元\n{indent}  en: {amount} yuan a month\n{indent}expenditure: {{zh: 县财政负担, en: The county}}\n"
        )
    };
    let province = "shifan/migrant-children/2027.yaml";
    let text = fs::read_to_string(temp.path().join(province)).expect("the list is there");
    let line =
        text.lines().find(|line| line.starts_with("    departments:")).expect("a service has departments");
    change(province, &format!("{line}\n"), &format!("{}{line}\n", terms("    ", "100")));
    // The first entry that is taken over has an amount of its own, another one the same as the province's.
    let place = "shifan/yishi/migrant-children/2027.yaml";
    let text = fs::read_to_string(temp.path().join(place)).expect("the list is there");
    let adopted: Vec<&str> = text.lines().filter(|line| line.trim_start().starts_with("- adopts:")).collect();
    for (line, amount) in adopted.iter().zip(["120", "100"]) {
        change(place, &format!("{line}\n"), &format!("{line}\n{}", terms("    ", amount)));
    }
    assert!(round_trip::round_trips(temp.path()) >= 7);
}
