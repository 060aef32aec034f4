//! Tables as offices keep them, written down with what has to come out before anything read them.

use std::collections::BTreeMap;

use qingdan::import::{self, Told};
use rust_xlsxwriter::{Format, Workbook};

use super::desk;
use super::documents::packed;

/// A table of one sheet.
fn workbook(rows: &[&[&str]]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in (0u32..).zip(rows) {
        for (column, text) in (0u16..).zip(*cells) {
            sheet.write_string(row, column, *text).expect("a cell");
        }
    }
    book.save_to_buffer().expect("memory can be written")
}

/// Imports a table and sees that every text of it comes out: in the list, or named in a note.
fn read(name: &str, bytes: &[u8], expected: &[&str]) -> (String, String) {
    let content = desk::content();
    let imported = desk::import(&content, name, bytes).expect(name);
    let plain = imported.yaml.replace(['\'', '"'], "");
    for text in expected {
        assert!(plain.contains(text), "{name} lacks {text}:\n{}", imported.yaml);
    }
    (imported.yaml.clone(), desk::notes(&imported).join("\n"))
}

#[test]
fn each_column_that_says_how_to_apply_has_its_field() {
    let table = workbook(&[
        &["柳溪市流动儿童关爱服务清单（2027年版）"],
        &[
            "序号",
            "类别",
            "项目名称",
            "保障对象",
            "年龄",
            "保障内容",
            "补助标准",
            "支出责任",
            "办理渠道",
            "咨询电话",
            "实施依据",
            "牵头单位",
        ],
        &[
            "1",
            "学有所教",
            "学前教育资助",
            "家庭经济困难的流动儿童",
            "3—6周岁",
            "资助家庭经济困难的儿童接受普惠性学前教育",
            "每人每学年1500元",
            "市、县财政按6:4分担",
            "就读幼儿园",
            "0799-6210011",
            "柳教规〔2026〕3号",
            "市教育局",
        ],
    ]);
    let expected = [
        "age: 3-6\n",
        "zh: 每人每学年1500元\n",
        "zh: 市、县财政按6:4分担\n",
        "      where:\n        zh: 就读幼儿园\n",
        "      phone: 0799-6210011\n",
        "      basis:\n        zh: 柳教规〔2026〕3号\n",
    ];
    let (_, notes) = read("清单.xlsx", &table, &expected);
    assert!(!notes.contains("没有读"), "{notes}");
}

#[test]
fn a_guide_for_applicants_is_read_and_each_column_that_is_not_known_is_named() {
    let rows: [&[&str]; 2] = [
        &[
            "事项名称",
            "服务人群",
            "保障内容及标准",
            "办理条件",
            "申请材料",
            "办理流程",
            "办理时限",
            "收费标准",
            "办理地点",
            "网办地址",
            "联系方式",
        ],
        &[
            "困境儿童基本生活费",
            "困境儿童",
            "按月发放基本生活费，每人每月不低于1000元",
            "持居住证",
            "1.申请表\n2.居住证",
            "（1）向村（居）委会申请；（2）乡镇初审",
            "20个工作日",
            "免费",
            "乡镇（街道）民政窗口",
            "https://example.org/kj",
            "0799-6210033",
        ],
    ];
    let expected = [
        "bring:\n        - zh: 申请表\n        - zh: 居住证\n",
        "steps:\n        - zh: 向村（居）委会申请\n        - zh: 乡镇初审\n",
        "time:\n        zh: 20个工作日\n",
        "fee:\n        zh: 免费\n",
        "online: https://example.org/kj\n",
    ];
    let (_, notes) = read("指南.xlsx", &workbook(&rows), &expected);
    for heading in ["办理条件", "联系方式"] {
        assert!(notes.contains(&format!("“{heading}”这一列不认识，没有读")), "{notes}");
    }
}

#[test]
fn a_column_is_what_somebody_says_it_is() {
    let content = desk::content();
    let place = content.places.get(&qingdan::catalogue::PlacePath::new("fujian/xiamen"));
    let target = import::Target { place, ordinal: 2, ..desk::target(&content, import::Keys::English) };
    let table = "领域,序号,关爱名目,服务对象,服务内容,责任部门,联系方式,监督电话,内部码\n\
        学有所教,1,学前教育服务,流动儿童,就近入园,教育局,0799-6210033,0799-6210044,A7\n";
    let refused = import::import("a.csv", table.as_bytes(), &target, &Told::default()).expect_err("no title");
    assert!(refused.zh.contains("还少“服务项目”"), "{}", refused.zh);
    let mut told = Told::default();
    let said = [("关爱名目", "项目名称"), ("联系 方式", "电话"), ("监督电话", "note"), ("9", "不读")];
    for (column, word) in said {
        told.tell(column, Told::meaning(word).expect(word));
    }
    let imported = import::import("a.csv", table.as_bytes(), &target, &told).expect("it is a list");
    for expected in ["zh: 学前教育服务\n", "phone: 0799-6210033\n", "zh: 监督电话：0799-6210044\n"]
    {
        assert!(imported.yaml.replace('\'', "").contains(expected), "{expected}\n{}", imported.yaml);
    }
    assert!(!imported.yaml.contains("A7"), "{}", imported.yaml);
    assert!(!desk::notes(&imported).join("").contains("不认识"), "{:?}", desk::notes(&imported));
    assert_eq!(Told::meaning("什么"), None);
}

#[test]
fn what_a_person_decides_of_rows_holds() {
    let content = desk::content();
    let target = desk::target(&content, import::Keys::English);
    let table = "领域,序号,服务项目,服务对象,服务内容,责任部门\n\
        学有所教,1,学前教育,流动儿童,安排就近入读幼儿园,教育局\n学有所教,2,食堂,流动儿童,开放学校食堂,教育局\n";
    let all = import::import("a.csv", table.as_bytes(), &target, &Told::default()).expect("it is a list");
    let [first, second] = all.understood.as_slice() else { panic!("two services: {:?}", all.understood) };
    assert_eq!(first.clauses[0].candidates.len(), 5, "{first:?}");
    let mut told = Told::default();
    let covers = BTreeMap::from([(
        first.clauses[0].key.clone(),
        ["preschool-education/nearby-kindergarten".to_owned()].into(),
    )]);
    told.rows.insert(first.id, import::Decision { is_checked: true, covers, ..import::Decision::default() });
    told.rows.insert(second.id, import::Decision { is_left_out: true, ..import::Decision::default() });
    let decided = import::import("a.csv", table.as_bytes(), &target, &told).expect("it is a list");
    assert!(decided.yaml.contains("- preschool-education/nearby-kindergarten\n"), "{}", decided.yaml);
    assert!(!decided.yaml.contains("食堂"), "{}", decided.yaml);
    // Nothing is left for a person to delete.
    assert!(!decided.yaml.contains('#'), "{}", decided.yaml);
    assert_eq!((decided.services, decided.understood.len()), (1, 2));
}

#[test]
fn numbers_that_begin_anew_in_every_area_are_counted_on() {
    let table = "序号,服务项目,服务对象,服务内容,责任部门\n一、幼有所育,,,,\n1,健康管理,儿童,提供健康管理服务,卫健委\n\
        2,托育服务,儿童,提供托育服务,卫健委\n二、学有所教,,,,\n1,入学,儿童,就近入学,教育局\n";
    let (yaml, notes) = read("清单.csv", table.as_bytes(), &["number: 1\n", "number: 2\n", "number: 3\n"]);
    assert_eq!(yaml.matches("number: 1\n").count(), 1, "{yaml}");
    assert!(notes.contains("已重新连续编成 1 到 3"), "{notes}");
    // Numbers that are there twice by mistake are a mistake.
    let wrong = table.replace("二、学有所教,,,,\n", "");
    let (yaml, _) = read("清单.csv", wrong.as_bytes(), &[]);
    assert_eq!(yaml.matches("number: 1\n").count(), 2, "{yaml}");
}

#[test]
fn numbers_before_titles_are_numbers() {
    let table = "服务项目,服务对象,服务内容,责任部门\n一、学有所教,,,\n（一）入学服务,,,\n3. 义务教育,儿童,就近入学,教育局\n\
        4．课后服务,儿童,提供课后服务,教育局\n";
    let (yaml, _) = read("清单.csv", table.as_bytes(), &["number: 3\n", "number: 4\n", "zh: 义务教育\n"]);
    assert_eq!(yaml.matches("area: education\n").count(), 2, "{yaml}");
}

#[test]
fn clauses_in_rows_of_their_own_are_joined_with_marks() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let heads = ["领域", "序号", "服务项目", "服务对象", "服务内容", "服务标准", "责任部门"];
    for (at, head) in (0u16..).zip(heads) {
        sheet.write_string(0, at, head).expect("a cell");
    }
    let plain = Format::new();
    for (at, text) in [(0u16, "学有所教"), (1, "1"), (2, "义务教育"), (3, "适龄随迁子女"), (6, "教育局")]
    {
        sheet.merge_range(1, at, 3, at, text, &plain).expect("a range");
    }
    for (row, text) in (1u32..).zip(["免除学杂费", "免费提供教科书", "家庭经济困难的发放生活补助"])
    {
        sheet.write_string(row, 4, text).expect("a cell");
    }
    sheet.write_string(3, 5, "每生每学年1250元").expect("a cell");
    let bytes = book.save_to_buffer().expect("memory can be written");
    let expected = [
        "zh: 免除学杂费；免费提供教科书；家庭经济困难的发放生活补助\n",
        "quote: 免除学杂费\n",
        "quote: 免费提供教科书\n",
        "quote: 家庭经济困难的发放生活补助\n",
        "zh: 每生每学年1250元\n",
    ];
    read("清单.xlsx", &bytes, &expected);
}

#[test]
fn what_is_struck_out_inside_a_cell_is_left_out_and_named() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let texts = [
        ["领域", "序号", "服务项目", "服务对象", "服务内容", "责任部门"],
        ["学有所教", "1", "助学金", "高中阶段随迁子女", "", "教育局"],
    ];
    for (row, cells) in (0u32..).zip(texts) {
        for (column, text) in (0u16..).zip(cells) {
            sheet.write_string(row, column, text).expect("a cell");
        }
    }
    let (plain, struck) = (Format::new(), Format::new().set_font_strikethrough());
    let runs = [(&plain, "每生每学年"), (&struck, "2000元"), (&plain, "2300元")];
    sheet.write_rich_string(1, 4, &runs).expect("a cell");
    let bytes = book.save_to_buffer().expect("memory can be written");
    let (yaml, notes) = read("清单.xlsx", &bytes, &["zh: 每生每学年2300元\n"]);
    assert!(!yaml.contains("2000"), "{yaml}");
    assert!(notes.contains("“2000元”加了删除线，没有读"), "{notes}");
}

/// A sheet of LibreOffice with merges, lines in a cell, a struck run and repeated cells.
const ODS: &str = r#"<office:document-content><office:automatic-styles><style:style style:name="T1" style:family="text">
<style:text-properties style:text-line-through-style="solid"/></style:style></office:automatic-styles><office:body>
<office:spreadsheet><table:table table:name="清单"><table:table-row><table:table-cell table:number-columns-spanned="6">
<text:p>柳溪市流动儿童关爱服务清单</text:p></table:table-cell><table:covered-table-cell table:number-columns-repeated="5"/>
</table:table-row><table:table-row><table:table-cell><text:p>领域</text:p></table:table-cell><table:table-cell><text:p>序号</text:p>
</table:table-cell><table:table-cell><text:p>服务项目</text:p></table:table-cell><table:table-cell><text:p>服务对象</text:p>
</table:table-cell><table:table-cell><text:p>服务内容</text:p></table:table-cell><table:table-cell><text:p>责任部门</text:p>
</table:table-cell></table:table-row><table:table-row><table:table-cell table:number-rows-spanned="2"><text:p>病有所医</text:p>
</table:table-cell><table:table-cell office:value-type="float" office:value="1"><text:p>1</text:p></table:table-cell>
<table:table-cell><text:p>预防接种</text:p></table:table-cell><table:table-cell><text:p>0-6岁儿童</text:p></table:table-cell>
<table:table-cell><office:annotation><text:p>批注</text:p></office:annotation><text:p>免费接种<text:span text:style-name="T1">一类</text:span>疫苗；</text:p><text:p>建立预防接种证</text:p></table:table-cell>
<table:table-cell><text:p>市卫健委</text:p><text:p>市疾控局</text:p></table:table-cell></table:table-row><table:table-row>
<table:covered-table-cell/><table:table-cell><text:p>2</text:p></table:table-cell><table:table-cell><text:p>参保</text:p></table:table-cell>
<table:table-cell><text:p>流动儿童</text:p></table:table-cell><table:table-cell><text:p>参加城乡居民医保</text:p></table:table-cell>
<table:table-cell><text:p>市医保局</text:p></table:table-cell></table:table-row><table:table-row table:number-rows-repeated="1048572">
<table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table></office:spreadsheet></office:body>
</office:document-content>"#;

/// The same as a file.
pub fn ods() -> Vec<u8> {
    packed(&[("mimetype", KIND), ("content.xml", ODS)])
}

/// What such a file says that it is.
const KIND: &str = "application/vnd.oasis.opendocument.spreadsheet";

/// A list as Excel 97 kept it, with a title and an area that are merged.
pub const XLS: &[u8] = include_bytes!("files/old.xls");

#[test]
fn workbooks_of_libreoffice_and_of_old_excel_are_read_with_their_merges() {
    let bytes = ods();
    let expected =
        ["zh: 柳溪市流动儿童关爱服务清单\n", "zh: 免费接种疫苗；建立预防接种证\n", "zh: 参加城乡居民医保\n"];
    let (yaml, notes) = read("清单.ods", &bytes, &expected);
    assert_eq!(yaml.matches("area: health\n").count(), 2, "{yaml}");
    assert!(notes.contains("“一类”加了删除线，没有读") && !yaml.contains("批注"), "{notes}");
    let swollen = ODS.replace(
        r#"<table:table-cell table:number-columns-repeated="16384"/>"#,
        &format!(r#"<table:table-cell table:number-columns-repeated="16384"><text:p>{}</text:p></table:table-cell>"#, "长".repeat(90)),
    );
    let bytes = packed(&[("mimetype", KIND), ("content.xml", &swollen)]);
    let refused = desk::import(&desk::content(), "清单.ods", &bytes).expect_err("far too much");
    assert!(refused.contains("大得不像一份清单"), "{refused}");
    let expected = [
        "zh: 柳溪市流动儿童关爱服务清单\n",
        "zh: 就近在普惠性幼儿园入园\n",
        "zh: 每人每学年1500元\n",
        "area: relief\n",
        "zh: 600.5\n",
    ];
    let (yaml, _) = read("清单.xls", XLS, &expected);
    assert_eq!(yaml.matches("area: education\n").count(), 2, "{yaml}");
}

#[test]
fn the_line_that_names_the_divider_is_none_of_the_table() {
    let table = "sep=;\r\n序号;领域;服务项目;服务对象;服务内容;办理方式;服务热线;责任部门\r\n\
        1;病有所医;看病就医;流动儿童;\"签约家庭医生;异地看病直接结算\";社区卫生服务中心;12320;卫健委\r\n";
    let bytes = encoding_rs::GB18030.encode(table).0.into_owned();
    let expected = ["zh: 签约家庭医生;异地看病直接结算\n", "- zh: 社区卫生服务中心\n", "phone: 12320\n"];
    let (_, notes) = read("清单.csv", &bytes, &expected);
    assert!(!notes.contains("第 2 行"), "{notes}");
    let odd = table.replace(";卫健委", "");
    let (_, notes) = read("清单.csv", odd.as_bytes(), &[]);
    assert!(notes.contains("第 3 行: 责任部门是空的"), "{notes}");
}

#[test]
fn a_list_that_nothing_stands_above_asks_for_no_answer() {
    let content = desk::content();
    let target = import::Target { baseline: None, ..desk::target(&content, import::Keys::English) };
    let table =
        "领域,序号,服务项目,服务对象,服务内容,责任部门\n残有所助,1,康复训练,残疾儿童,提供康复训练,残联\n";
    let imported = import::import("a.csv", table.as_bytes(), &target, &Told::default()).expect("a list");
    assert!(!imported.yaml.contains("没有找到对应"), "{}", imported.yaml);
    assert_eq!(imported.new_areas, ["残有所助"]);
}
