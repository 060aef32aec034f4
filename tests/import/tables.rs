//! What holds whatever the kind of file: keys, refusals.

use qingdan::import::Keys;

use super::desk;

#[test]
fn keys_may_be_chinese() {
    let content = desk::content();
    let table = "领域,序号,服务项目,服务对象,服务内容,责任部门\n幼有所育,2,学前教育服务,3-6岁流动儿童,发放新书包,教育局\n";
    let imported =
        desk::import_with(&content, "a.csv", table.as_bytes(), Keys::Chinese).expect("it is a list");
    for expected in [
        "服务项目:\n",
        "    责任部门:\n",
        "        力度: 应当\n",
        "状态: 草稿\n",
        "    领域: 幼有所育\n",
        "      人群: 流动儿童\n",
        "# - 英文（en）都没有写：“服务项目”、",
    ] {
        assert!(imported.yaml.contains(expected), "{expected}\n{}", imported.yaml);
    }
    assert_eq!(desk::errors_with(&imported), Vec::<String>::new(), "{}", imported.yaml);
}

#[test]
fn other_files_get_a_plain_word_on_what_to_save_as() {
    let content = desk::content();
    let ole = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and more";
    let cases: &[(&str, &[u8], &str)] = &[
        ("清单.doc", ole, "另存为 .docx"),
        ("清单.wps", ole, "另存为 .docx"),
        ("清单.et", ole, "另存为 .xlsx"),
        ("清单.xls", ole, "另存为 .xlsx"),
        ("清单.xlsx", ole, "打开密码"),
        ("清单.pdf", b"%PDF-1.7 and more", "PDF 或图片"),
        ("清单.png", b"\x89PNG\r\n\x1A\n", "PDF 或图片"),
        ("清单.rtf", b"{\\rtf1 and more", "另存为 .docx"),
        ("清单.xls", b"<html><table>", "网页格式"),
        ("清单.odt", b"PK\x03\x04 and more", "OpenDocument"),
        ("清单.xlsx", b"PK\x03\x04 and more", "已损坏"),
        ("清单.yaml", b"a: 1", "不认识这种文件（.yaml）"),
        ("清单.csv", b"  \n", "文件是空的"),
        ("清单.csv", b"a,b\n1,2\n", "都没有清单的表头"),
    ];
    for (name, bytes, expected) in cases {
        let refused = desk::import(&content, name, bytes).expect_err(name);
        assert!(refused.contains(expected), "{name}: {refused}");
    }
}
