//! Excel: merges, heads wherever they are, and what Excel does to texts.

use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};

use super::desk::{self, HEADS, Row};

/// Writes rows from `top` on; equal areas and audiences below each other are merged.
fn fill(sheet: &mut Worksheet, top: u32, rows: &[Row]) {
    let look = Format::new();
    for column in [0usize, 2] {
        let mut from = 0;
        while from < rows.len() {
            let same = rows[from..]
                .iter()
                .take_while(|row| row[column] == rows[from][column] && row[0] == rows[from][0])
                .count();
            let (first, last) =
                (top + u32::try_from(from).expect("few"), top + u32::try_from(from + same - 1).expect("few"));
            let at = u16::try_from(column).expect("few");
            if same > 1 {
                sheet.merge_range(first, at, last, at, &rows[from][column], &look).expect("a range");
            } else {
                sheet.write_string(first, at, &rows[from][column]).expect("a cell");
            }
            from += same;
        }
    }
    for (row, cells) in rows.iter().enumerate() {
        for column in [1usize, 3, 4, 5] {
            let (at, line) = (u16::try_from(column).expect("few"), top + u32::try_from(row).expect("few"));
            match cells[column].parse::<f64>() {
                Ok(number) => sheet.write_number(line, at, number).expect("a cell"),
                Err(_) => sheet.write_string(line, at, &cells[column]).expect("a cell"),
            };
        }
    }
}

fn heads(sheet: &mut Worksheet, row: u32, heads: &[&str]) {
    for (at, head) in heads.iter().enumerate() {
        sheet.write_string(row, u16::try_from(at).expect("few"), *head).expect("a cell");
    }
}

/// The official table: a title, heads, rows in two pages with the heads again, and a note.
pub fn official(rows: &[Row]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("清单").expect("a short name");
    sheet.merge_range(0, 0, 0, 5, "厦门市流动儿童关爱服务清单", &Format::new()).expect("a range");
    heads(sheet, 1, &HEADS);
    let (first, second) = rows.split_at(9.min(rows.len()));
    fill(sheet, 2, first);
    let top = 2 + u32::try_from(first.len()).expect("few");
    heads(sheet, top, &HEADS);
    fill(sheet, top + 1, second);
    let last = top + 1 + u32::try_from(second.len()).expect("few");
    sheet.merge_range(last, 0, last, 5, "注：本清单由市民政局负责解释。", &Format::new()).expect("a range");
    book.save_to_buffer().expect("memory can be written")
}

#[test]
fn the_official_table_taken_over_is_twenty_adoptions() {
    let content = desk::content();
    let imported =
        desk::import(&content, "清单.xlsx", &official(&desk::rows(&content))).expect("it is a list");
    let ids: Vec<&str> =
        desk::baseline(&content).services.iter().map(|service| service.id.value.as_str()).collect();
    assert_eq!(desk::adopted(&imported), ids);
    assert!(imported.yaml.contains("# 来源：清单.xlsx，工作表“清单”第 3 行"), "{}", imported.yaml);
    assert!(imported.yaml.contains("  zh: 厦门市流动儿童关爱服务清单"));
    assert_eq!(
        desk::notes(&imported),
        ["工作表“清单”第 24 行: 这一行是说明，没有当作服务项目：注：本清单由市民政局负责解释。"]
    );
    assert_eq!(desk::errors_with(&imported), Vec::<String>::new());
}

#[test]
fn columns_are_found_by_their_heads_in_any_order() {
    let content = desk::content();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    heads(
        sheet,
        4,
        &[
            "序号",
            "责任单位",
            "服务内容和标准",
            "服务项目名称",
            "备注",
            "服务对象（范围）",
            "领域",
            "完成时限",
        ],
    );
    for (at, row) in desk::rows(&content).iter().enumerate() {
        let [area, number, audience, title, text, departments] = row;
        let order = [number.as_str(), departments, text, title, "", audience, area, "长期"];
        heads(sheet, 5 + u32::try_from(at).expect("few"), &order);
    }
    let bytes = book.save_to_buffer().expect("memory can be written");
    let imported = desk::import(&content, "a.xlsx", &bytes).expect("it is a list");
    assert_eq!(imported.adopted, 20, "{}", imported.yaml);
    let expected =
        ["工作表“Sheet1” H5: “完成时限”这一列不认识，没有读", "整个文件: 表格上面没有找到清单的名称"];
    assert_eq!(desk::notes(&imported), expected);
}

#[test]
fn a_changed_row_is_written_in_full_with_proposals() {
    let content = desk::content();
    let mut rows = desk::rows(&content);
    rows[1][4] =
        "符合条件的就近在公办或者普惠性幼儿园入园；资助困难家庭的儿童接受普惠性学前教育；每年发放文具一套"
            .into();
    rows[1][5] = "教育局牵头、不知道的局".into();
    let imported = desk::import(&content, "清单.xlsx", &official(&rows)).expect("it is a list");
    assert_eq!((imported.adopted, imported.provisions, imported.proposed), (19, 3, 2), "{}", imported.yaml);
    for expected in [
        "# 照省级 preschool-education/nearby-kindergarten，把握 7",
        "          - preschool-education/preschool-aid\n",
        "        quote: 每年发放文具一套\n",
        "    departments:\n      - education\n      - 不知道的局\n",
        "# - 不认识的责任部门，照原样写着：不知道的局。",
    ] {
        assert!(imported.yaml.contains(expected), "{expected}\n{}", imported.yaml);
    }
    assert_eq!(
        desk::errors_with(&imported).len(),
        1,
        "only the department is an error: {:?}",
        desk::errors_with(&imported)
    );
}

#[test]
fn what_excel_bends_is_pointed_out() {
    let content = desk::content();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    heads(sheet, 0, &HEADS);
    heads(sheet, 1, &["幼有所育", "2", "", "学前教育服务", "就近入园", "教育局"]);
    let day = ExcelDateTime::from_ymd(2026, 3, 6).expect("a real day");
    sheet
        .write_datetime_with_format(1, 2, &day, &Format::new().set_num_format("m\"月\"d\"日\""))
        .expect("a cell");
    heads(sheet, 2, &["", "3", "", "健康服务", "", "教育局"]);
    sheet.write_number(2, 2, 43530.0).expect("a cell");
    sheet.write_number(2, 4, 1.234_567_890_123_45e17).expect("a cell");
    heads(sheet, 3, &["", "4", "流动儿童", "补助服务", "", "教育局"]);
    sheet.write_number_with_format(3, 4, 0.07, &Format::new().set_num_format("0%")).expect("a cell");
    heads(sheet, 4, &["", "5", "流动儿童", "", "提供服务", "教育局"]);
    sheet.write_formula(4, 3, Formula::new("=A1").set_result("住房服务")).expect("a cell");
    heads(sheet, 5, &["", "6", "流动儿童", "法律服务", "", "教育局"]);
    sheet.write_formula(5, 4, Formula::new("=1/0").set_result("#DIV/0!")).expect("a cell");
    sheet.set_row_hidden(5).expect("a row");
    sheet.set_column_hidden(5).expect("a column");
    book.add_worksheet()
        .set_name("旧表")
        .expect("a name")
        .set_hidden(true)
        .write_string(0, 0, "旧")
        .expect("a cell");
    let bytes = book.save_to_buffer().expect("memory can be written");
    let imported = desk::import(&content, "a.xlsx", &bytes).expect("it is a list");
    let notes = desk::notes(&imported).join("\n");
    for expected in [
        "C2: Excel 把这一格变成了日期（3月6日），原来写的可能是“3-6”这样的范围",
        "C3: “43530”可能是 Excel 用数字记的日期",
        "E3: Excel 把长数字变短了，后面几位已经丢失",
        "隐藏的行（6）也读了",
        "隐藏的列（F）也读了",
        "有 2 格是公式（D5, E6），用的是文件里存的结果",
        "工作表“旧表”: 隐藏的工作表，没有读",
        "E6: 公式出错，只有“#DIV/0!”",
    ] {
        assert!(notes.contains(expected), "{expected}\n{notes}");
    }
    assert!(imported.yaml.contains("quote: 7%"), "{}", imported.yaml);
}

#[test]
fn every_sheet_with_the_heads_is_read_and_its_name_may_be_the_area() {
    let content = desk::content();
    let mut book = Workbook::new();
    book.add_worksheet().write_string(0, 0, "封面").expect("a cell");
    let rows =
        [("幼有所育", "2", "学前教育服务"), ("学有所教", "3", "义务教育服务"), ("备份", "2", "学前教育服务")];
    for (name, number, title) in rows {
        let sheet = book.add_worksheet();
        sheet.set_name(name).expect("a name");
        heads(sheet, 0, &["序号", "服务项目", "服务对象", "服务内容", "责任部门"]);
        heads(sheet, 1, &[number, title, "流动儿童", "就近入学", "教育局"]);
        heads(sheet, 2, &["注：由教育局解释。"]);
        heads(sheet, 3, &["", "", "联系处：教育局", "电话：0592-2123456"]);
    }
    let bytes = book.save_to_buffer().expect("memory can be written");
    let imported = desk::import(&content, "a.xlsx", &bytes).expect("it is a list");
    assert_eq!(imported.services, 2, "{}", imported.yaml);
    for expected in ["area: early-childhood\n", "area: education\n"] {
        assert!(imported.yaml.contains(expected), "{expected}\n{}", imported.yaml);
    }
    assert!(!imported.yaml.contains("2123456"), "what stands below a note is of no service");
    let notes = desk::notes(&imported);
    assert!(notes.contains(&"工作表“备份”: 里面的项目前面的工作表都有，没有再读".to_owned()), "{notes:?}");
    assert!(
        notes.contains(
            &"工作表“幼有所育”第 4 行: 这一行是说明，没有当作服务项目：联系处：教育局 电话：0592-2123456"
                .to_owned()
        ),
        "{notes:?}"
    );
}

#[test]
fn a_column_of_ids_with_digits_in_it_is_that_of_the_numbers() {
    let content = desk::content();
    let table = "项目编号,服务项目,适用范围,服务对象,主要内容,责任主体\n7,学前教育服务,全市,流动儿童,就近入园,教育局\n8,学前教育服务,全市,流动儿童,就近入学,教育局\n";
    let imported = desk::import(&content, "a.csv", table.as_bytes()).expect("it is a list");
    for expected in ["    number: 7\n", "      text:\n        zh: 流动儿童\n", "      - education\n"] {
        assert!(imported.yaml.contains(expected), "{expected}\n{}", imported.yaml);
    }
    let notes = desk::notes(&imported);
    assert!(notes.contains(&"第 3 行: 和第 2 行是同名的项目，两项都读了".to_owned()), "{notes:?}");
    let refused =
        desk::import(&content, "a.csv", "序号,事情,服务对象,服务内容\n1,学前,儿童,入园\n".as_bytes())
            .expect_err("nothing says which column is the service");
    assert_eq!(
        refused,
        "表格的表头是“序号”“事情”“服务对象”“服务内容”，还少“服务项目”。把那一列的表头改成这个名称，再导入"
    );
}

#[test]
fn a_number_of_a_person_refuses_the_file_and_is_not_shown() {
    let content = desk::content();
    // An invented number: its day of birth has not come yet.
    for number in ["13900001234", "139-0000-1234", "１３９００００１２３４"] {
        let mut rows = desk::rows(&content);
        rows[3][5] = format!("教育局 {number}");
        let refused =
            desk::import(&content, "清单.xlsx", &official(&rows)).expect_err("it holds a mobile number");
        assert!(refused.starts_with("工作表“清单” F6里有个人的号码"), "{refused}");
        assert!(!refused.contains("0000"), "{refused}");
    }
    let mut rows = desk::rows(&content);
    rows[3][5] = "教育局、0592-12345678、12345".into();
    desk::import(&content, "清单.xlsx", &official(&rows)).expect("offices have telephones");
}

#[test]
fn what_stands_far_away_or_in_a_box_is_named_and_the_list_is_read() {
    let content = desk::content();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    heads(sheet, 0, &HEADS);
    heads(sheet, 1, &["幼有所育", "2", "3-6岁流动儿童", "学前教育服务", "就近入园", "教育局"]);
    sheet.write_string(1_048_575, 16_383, "草").expect("a cell");
    sheet
        .insert_shape(4, 4, &rust_xlsxwriter::Shape::textbox().set_text("也适用于外籍儿童"))
        .expect("a place");
    let bytes = book.save_to_buffer().expect("memory can be written");
    let imported = desk::import(&content, "a.xlsx", &bytes).expect("it is a list");
    assert_eq!(imported.services, 1);
    let notes = desk::notes(&imported).join("\n");
    for expected in ["XFD1048576: 离清单太远，没有读", "有 1 个文本框，里面的文字没有读"]
    {
        assert!(notes.contains(expected), "{expected}\n{notes}");
    }
}
