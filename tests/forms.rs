//! Blank forms, what families are asked, who must report: the pages of each place, and what is refused.
#![allow(clippy::disallowed_methods, reason = "tests prepare and spoil files")]

#[path = "support/files.rs"]
mod files;
#[path = "support/program.rs"]
mod program;
#[path = "support/small.rs"]
mod small;

const FORM: &str = "\
title: {zh: 基本情况登记表, en: Registration form}
annex: {zh: 附件1, en: Annex 1}
source: {zh: 示民〔2025〕1号, en: Shimin 2025 no. 1}
head: [{zh: 填报单位：（盖章）}, {zh: 填报日期：}]
why: {zh: 为实施关爱服务提供依据, en: It is what services rest on.}
privacy: {text: {zh: 处理个人信息必须依法依规, en: Data are handled under the law.}, paragraph: {zh: 四（二）, en: part 4 (2)}}
sections:
  - title: {zh: 基本信息, en: Who it is}
    rows:
      - [{label: {zh: 姓名, en: Name}}, {label: {zh: 性别, en: Sex}}]
      - [{label: {zh: 是否登记户口, en: Registered}, options: [{zh: 是, en: 'Yes'}, {zh: 否, en: 'No'}], office: civil-affairs}]
      - [{label: {zh: 监护情况, en: Guardianship}, rows: 2, options: [{zh: 较好, en: Good}], office: civil-affairs, why: {zh: 看要不要帮助, en: To see whether help is needed}}]
      - [{options: [{zh: 无人监护, en: Nobody}]}]
      - [{label: {zh: 公共卫生, en: Public health}, heading: true, rows: 2}, {label: {zh: 健康管理, en: Check-ups}, options: [{zh: 未接受, en: None}], office: health}]
      - [{label: {zh: 中医药, en: Chinese medicine}, options: [{zh: 未接受, en: None}], office: health}]
      - [{label: {zh: 离开日期, en: Left on}, format: ____年__月__日, lines: 2}]
  - title: {zh: 就学, en: School}
    rows:
      - [{label: {zh: 就读学校, en: School}, office: education}]
notes: [{zh: 本表为参考模板, en: A model}]
";

const REPORTING: &str = "\
reporting:
  - who: {zh: 学校、医院, en: 'Schools, hospitals'}
    of: [{zh: 独自居住, en: living alone}, {zh: 失踪, en: missing}]
    to: {zh: 公安、民政, en: the police and civil affairs}
    how_soon: {zh: 立即, en: at once}
    told_back: {zh: 告知处理结果, en: they are told what came of it}
    text: {zh: 应立即向公安、民政报告。}
    source: {zh: 示民〔2025〕1号 六, en: Shimin 2025 no. 1 part 6}
";

/// Builds the catalogue with these files besides, and returns the site.
fn site(more: &[(&str, &str)]) -> files::Tree {
    let temp = tempfile::tempdir().expect("there is room for temporary files");
    small::write(&temp.path().join("content"), more);
    let ran = program::qingdan(
        temp.path(),
        &["build", "--today", "2027-05-01", "--base-url", "https://example.org"],
        &[],
    );
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    files::tree(&temp.path().join("public"))
}

fn page<'s>(site: &'s files::Tree, path: &str) -> &'s str {
    let bytes = site.get(path).unwrap_or_else(|| panic!("there is no {path}"));
    std::str::from_utf8(bytes).expect("a page is UTF-8")
}

/// Returns the main part of a page.
fn main<'s>(site: &'s files::Tree, path: &str) -> &'s str {
    let page = page(site, path);
    let from = page.find("<main").expect("a page has a main part");
    &page[from..page.find("</main>").expect("it ends")]
}

fn expect(text: &str, words: &[&str]) {
    for words in words {
        assert!(text.contains(words), "{words} in\n{text}");
    }
}

#[test]
fn a_form_has_no_field_on_any_page_and_boxes_are_words() {
    let site = site(&[("shifan/forms/register.yaml", FORM)]);
    for path in ["zh/shifan/forms/register.html", "en/shifan/forms/register.html", "zh/shifan/asked.html"] {
        let main = main(&site, path);
        for tag in ["<input", "<select", "<textarea", "<form", "contenteditable"] {
            assert!(!main.contains(tag), "{tag} in {path}");
        }
    }
    let form = main(&site, "zh/shifan/forms/register.html");
    expect(
        form,
        &[
            "附件1",
            "填报单位：（盖章）",
            "填报日期：",
            "是&nbsp;□",
            "否&nbsp;□",
            "____年__月__日",
            "本表为参考模板",
            "class=\"l2\"",
        ],
    );
    assert_eq!(form.matches("<thead>").count(), 1);
    assert!(form.find("基本情况登记表").expect("the name") < form.rfind("</thead>").expect("a head"));
    // Each row of the table is as wide as the head, with what goes on from the rows above it.
    expect(form, &["colspan=\"26\"", "rowspan=\"2\"", "rowspan=\"7\""]);
    let english = main(&site, "en/shifan/forms/register.html");
    expect(english, &["姓名", "<small>Name</small>", "填报单位：（盖章）", "<b>Guardianship</b>"]);
}

#[test]
fn each_place_with_forms_tells_who_asks_what_and_why() {
    let site = site(&[("shifan/forms/register.yaml", FORM)]);
    let county = main(&site, "zh/shifan/jiashi/dongxian/asked.html");
    expect(
        county,
        &[
            "县民政局",
            "县卫健局",
            "县教育局",
            "看要不要帮助",
            "健康管理、中医药",
            "您的隐私权",
            "处理个人信息必须依法依规",
            "四（二）",
        ],
    );
    expect(county, &["../../forms/register.html", "登记的人问", "姓名、性别、离开日期"]);
    let city = main(&site, "en/shifan/yishi/asked.html");
    expect(city, &["City Civil Affairs", "To see whether help is needed", "Your right to privacy"]);
    // A family of a province goes to the office of its county.
    expect(main(&site, "zh/shifan/asked.html"), &["您住的县（市、区）的县民政局"]);
    expect(page(&site, "zh/shifan/index.html"), &["asked.html"]);
    assert!(
        !site.keys().any(|path| path.contains("linsheng/") && path.contains("asked")),
        "another province"
    );
    assert!(!page(&site, "zh/linsheng/index.html").contains("asked.html"));
    // A form of a place of its own stands in the place of the one above.
    let own = FORM.replace("基本情况登记表", "甲市登记表");
    let site =
        self::site(&[("shifan/forms/register.yaml", FORM), ("shifan/jiashi/forms/register.yaml", &own)]);
    let city = main(&site, "zh/shifan/jiashi/asked.html");
    assert!(city.contains("甲市登记表") && !city.contains("基本情况登记表"));
    expect(main(&site, "zh/shifan/yishi/asked.html"), &["基本情况登记表"]);
}

#[test]
fn who_must_report_is_told_in_each_place_of_the_province_and_in_no_other() {
    let site = site(&[("shifan/duties.yaml", REPORTING)]);
    for place in ["shifan", "shifan/jiashi", "shifan/jiashi/dongxian", "shifan/yishi"] {
        let text = main(&site, &format!("zh/{place}/reporting.html"));
        expect(
            text,
            &[
                "学校、医院",
                "独自居住",
                "失踪",
                "公安、民政",
                "立即",
                "告知处理结果",
                "应立即向公安、民政报告。",
                "示民〔2025〕1号 六",
            ],
        );
        expect(page(&site, &format!("zh/{place}/index.html")), &["reporting.html"]);
    }
    let english = main(&site, "en/shifan/yishi/reporting.html");
    expect(
        english,
        &[
            "Schools, hospitals",
            "at once",
            "Rule of Shifan",
            "<span lang=\"zh-CN\" dir=\"ltr\">应立即向公安、民政报告。</span>",
        ],
    );
    assert!(!site.contains_key("zh/linsheng/reporting.html"), "another province");
    let danger = main(&site, "zh/danger.html");
    expect(danger, &["shifan/reporting.html"]);
    assert!(!danger.contains("yishi"), "only who sets a rule is named");
    let told = page(&site, "sitemap.xml");
    expect(told, &["reporting.html"]);
}

#[test]
fn without_the_files_nothing_exists() {
    let site = site(&[]);
    let kinds: serde_json::Value = serde_json::from_str(page(&site, "pages.json")).expect("it is JSON");
    let pages = kinds.as_array().or_else(|| kinds["pages"].as_array()).expect("a list of pages");
    for kind in ["reporting", "asked", "form", "statistics"] {
        assert!(pages.iter().all(|page| page["kind"] != kind), "{kind}");
    }
}

#[test]
fn a_form_that_is_filled_in_refuses_the_build_at_its_line() {
    for (from, to) in [
        ("{zh: 是, en: 'Yes'}", "{zh: ☑是, en: 'Yes'}"),
        ("{zh: 是, en: 'Yes'}", "{zh: 是■, en: 'Yes'}"),
        ("{zh: 是, en: 'Yes'}", "{zh: √是, en: 'Yes'}"),
        ("format: ____年__月__日", "format: 2014年3月5日"),
        ("{label: {zh: 姓名, en: Name}}", "{label: {zh: 姓名, en: Name}, value: 某某}"),
        ("{zh: 填报日期：}", "{zh: 填报日期：2024年9月3日}"),
        ("{label: {zh: 姓名, en: Name}}", "{label: {zh: 姓名, en: Name}, format: '0591-87654321'}"),
    ] {
        assert!(FORM.contains(from), "{from}");
        let found =
            small::found(&[("shifan/forms/register.yaml", &FORM.replacen(from, to, 1))], "2027-05-01");
        assert_eq!(small::names(&found), ["shifan/forms/register.yaml: filled-form"], "{to}");
    }
    let identity = FORM.replacen("____年__月__日", "11010519491231002X", 1);
    let found = small::found(&[("shifan/forms/register.yaml", &identity)], "2027-05-01");
    assert!(
        small::names(&found).contains(&"shifan/forms/register.yaml: personal-number"),
        "{:?}",
        small::names(&found)
    );
    let office = FORM.replacen("office: health", "office: helth", 1);
    let found = small::found(&[("shifan/forms/register.yaml", &office)], "2027-05-01");
    assert_eq!(small::names(&found), ["shifan/forms/register.yaml: unknown-department"]);
    assert_eq!(
        small::names(&small::found(&[("shifan/forms/register.yaml", FORM)], "2027-05-01")),
        [] as [&str; 0]
    );
}

const LIST: &str = "\
title: {zh: 清单, en: List}
status: issued
dates: {issued: 2026-01-01}
services:
  - id: school
    number: 1
    area: education
    title: {zh: 入学, en: School}
    audience: {text: {zh: 儿童, en: Children}}
    content: {zh: 就近入学；讲安全知识；去看望, en: School nearby; talks on safety; visits}
    departments: [education]
    provisions:
      - {id: place, quote: 就近入学, plain: {zh: 在附近上学, en: School nearby}, kind: place, strength: must, access: residence}
      - {id: talk, quote: 讲安全知识, plain: {zh: 听安全课, en: Talks on safety}, kind: service, strength: must, access: residence, bearer: [{zh: 学校, en: the school}, 村委会]}
      - {id: visit, quote: 去看望, plain: {zh: 有人来看, en: Visits}, kind: service, strength: permit, access: residence, bearer: [志愿者]}
";

#[test]
fn a_service_says_who_has_to_act_where_it_is_no_department() {
    let areas = "areas:\n- {id: education, name: {zh: 教育, en: Education}}\n";
    let site = site(&[("shifan/list/2026.yaml", LIST), ("vocabulary/areas.yaml", areas)]);
    let text = main(&site, "zh/shifan/list/school.html");
    expect(text, &["该做这件事的：</span>学校、村委会", "由谁来做：</span>志愿者"]);
    assert_eq!(text.matches("by bearer").count(), 2, "only where there is a bearer");
    let english = main(&site, "en/shifan/list/school.html");
    expect(
        english,
        &["Who has to act: </span>the school, <span lang=\"zh-CN\" dir=\"ltr\">村委会</span>", "Who acts: "],
    );
}
