//! CSV: encodings, delimiters, and the blanks that merges leave.

use super::desk;

/// The Fujian list as CSV with blanks where cells are merged in the official table.
pub fn table(delimiter: char) -> String {
    let content = desk::content();
    let mut text = "领域,序号,服务对象,服务项目,服务内容,责任部门\n".replace(',', &delimiter.to_string());
    let (mut area, mut audience) = (String::new(), String::new());
    for [own_area, number, own_audience, title, words, departments] in desk::rows(&content) {
        let shown_area = if own_area == area { "" } else { &own_area };
        let shown_audience = if own_audience == audience && own_area == area { "" } else { &own_audience };
        let cells = [shown_area, &number, shown_audience, &title, &words, &departments]
            .map(|cell| format!("\"{cell}\""));
        text += &(cells.join(&delimiter.to_string()) + "\n");
        (area, audience) = (own_area.clone(), own_audience.clone());
    }
    text
}

#[test]
fn encodings_and_delimiters_are_found_out() {
    let content = desk::content();
    let text = table(',');
    let gbk = encoding_rs::GB18030.encode(&text).0.into_owned();
    let utf16: Vec<u8> =
        [0xFEFFu16].into_iter().chain(table('\t').encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let files = [
        ("UTF-8", text.clone().into_bytes()),
        ("with its mark", format!("\u{FEFF}{text}").into_bytes()),
        ("GB18030", gbk),
        ("UTF-16", utf16.clone()),
        ("UTF-16 without its mark", utf16[2..].to_vec()),
        ("semicolons", table(';').into_bytes()),
        ("tabs", table('\t').into_bytes()),
        ("CRLF", text.replace('\n', "\r\n").into_bytes()),
    ];
    for (name, bytes) in files {
        let imported =
            desk::import(&content, "清单.csv", &bytes).unwrap_or_else(|reason| panic!("{name}: {reason}"));
        assert_eq!(imported.adopted, 20, "{name}: {}", imported.yaml);
        let filled =
            desk::notes(&imported).iter().filter(|note| note.contains("是空的，照上一项填了")).count();
        assert_eq!(filled, 20, "{name}: one for each blank of area and audience");
    }
}

#[test]
fn a_row_without_service_and_number_goes_on_with_the_one_above() {
    let content = desk::content();
    let table = "领域,序号,服务项目,服务对象,服务内容,责任部门\n幼有所育,1,读书,流动儿童,提供图,教育局\n,,,,书借阅,民政局\n";
    let imported = desk::import(&content, "a.csv", table.as_bytes()).expect("it is a list");
    assert_eq!(imported.services, 1);
    assert!(imported.yaml.contains("zh: 提供图书借阅\n"), "{}", imported.yaml);
    assert!(
        imported.yaml.contains("    departments:\n      - education\n      - civil-affairs\n"),
        "{}",
        imported.yaml
    );
    assert!(desk::notes(&imported).contains(&"第 3 行: 这一行接在上一项的服务内容后面：“书借阅”".to_owned()));
}

#[test]
fn departments_divide_and_the_lead_is_noted() {
    let content = desk::content();
    for names in [
        "教育局、民政局",
        "市教育局；市民政局",
        "\"教育局\n厦门市民政局\"",
        "\"教育局, 民政部门\"",
        "教育局/民政局",
    ] {
        let table = format!(
            "领域,序号,服务项目,服务对象,服务内容,责任部门\n幼有所育,1,读书,流动儿童,提供图书,{names}\n"
        );
        let imported = desk::import(&content, "a.csv", table.as_bytes()).expect("it is a list");
        let expected = "    departments:\n      - education\n      - civil-affairs\n";
        assert!(imported.yaml.contains(expected), "{names}: {}", imported.yaml);
    }
    for names in ["牵头：教育局；配合：民政局", "教育局（牵头）、民政局"] {
        let table = format!(
            "领域,序号,服务项目,服务对象,服务内容,责任部门\n幼有所育,1,读书,流动儿童,提供图书,{names}\n"
        );
        let imported = desk::import(&content, "a.csv", table.as_bytes()).expect("it is a list");
        let expected = "        lead:\n          department: education\n";
        assert!(imported.yaml.contains(expected), "{names}: {}", imported.yaml);
    }
}

#[test]
fn a_quotation_mark_that_is_never_closed_is_pointed_out() {
    let content = desk::content();
    let rows = "领域,序号,服务项目,服务对象,服务内容,责任部门\n幼有所育,1,\"读书,流动儿童,提供图书,教育局\n";
    for rest in ["", "幼有所育,2,\"看戏\",流动儿童,\"看戏；唱歌\",教育局\n"] {
        let refused = desk::import(&content, "a.csv", format!("{rows}{rest}").as_bytes())
            .expect_err("a cell has no end");
        assert!(refused.starts_with("第 2 行有一个引号没有关上"), "{refused}");
    }
}

#[test]
fn no_number_of_a_person_comes_out_of_joined_rows() {
    let content = desk::content();
    let heads = "领域,序号,服务项目,服务对象,服务内容,责任部门\n";
    // Invented numbers: nobody has been given this range, and the card ends in its check digit only.
    for rows in [
        "幼有所育,1,读书,流动儿童,提供图书17408,教育局\n,,,,278730,\n",
        "幼有所育,1,读书,流动儿童,\"转到62220212\n34567890128\",教育局\n",
        "幼有所育,1,读书,流动儿童,提供图书6222021234567890128,教育局\n",
        "幼有所育,1,读书,流动儿童,提供图书,1.3900001234E+10\n",
    ] {
        let refused = desk::import(&content, "a.csv", format!("{heads}{rows}").as_bytes());
        let refused = refused.map(|imported| imported.yaml).expect_err(rows);
        assert!(refused.contains("有个人的号码"), "{refused}");
    }
}
