use proptest::prelude::*;

use super::*;

fn rendered(source: &str) -> String {
    html(source, &|address| (address == "/known").then(|| "known.html".to_owned()))
}

fn codes_of(source: &str) -> Vec<&'static str> {
    let mut findings = Findings::new();
    inspect(FileId(0), source, &mut findings);
    findings.iter().map(|finding| finding.code.name).collect()
}

/// All that may stand between `<` and `>` on a page, but for links and the ids of headings.
const TAGS: &[&str] = &[
    "p",
    "/p",
    "h1",
    "/h1",
    "h2",
    "/h2",
    "h3",
    "/h3",
    "h4",
    "/h4",
    "h5",
    "/h5",
    "h6",
    "/h6",
    "blockquote",
    "/blockquote",
    "pre",
    "/pre",
    "code",
    "/code",
    "ul",
    "/ul",
    "ol",
    "/ol",
    "li",
    "/li",
    "table",
    "/table",
    "thead",
    "/thead",
    "tbody",
    "/tbody",
    "tr",
    "/tr",
    "th",
    "/th",
    "td",
    "/td",
    "em",
    "/em",
    "strong",
    "/strong",
    "/a",
    "br /",
    "hr /",
];

/// Returns the first tag of a page that is not on the list.
fn foreign_tag(page: &str) -> Option<&str> {
    page.split('<').skip(1).map(|rest| rest.split('>').next().unwrap_or(rest)).find(|tag| {
        let is_number = |text: &str| text.strip_suffix('"').is_some_and(|n| n.parse::<u64>().is_ok());
        let is_id = |text: &str| {
            text.split_once(" id=\"h-").is_some_and(|(level, id)| {
                TAGS.contains(&level)
                    && id.strip_suffix('"').is_some_and(|id| id.chars().all(char::is_alphanumeric))
            })
        };
        let is_start = tag.strip_prefix("ol start=\"").is_some_and(is_number);
        !(TAGS.contains(tag) || is_link(tag) || is_id(tag) || is_start)
    })
}

fn is_link(tag: &str) -> bool {
    let Some(rest) = tag.strip_prefix("a href=\"") else { return false };
    let parts: Vec<&str> = rest.split('"').collect();
    let leads_out = parts[0].to_lowercase().starts_with("http");
    let starts = ["https://", "http://", "tel:", "mailto:", "#h-", "known.html"];
    let attributes: String = parts[1..].iter().step_by(2).copied().collect();
    starts.iter().any(|start| parts[0].to_lowercase().starts_with(start))
        && match attributes.as_str() {
            "" | " title=" => !leads_out,
            " rel=" | " title= rel=" => leads_out,
            _ => false,
        }
}

/// What somebody might write to get more onto a page than words, and what is said of it.
const HOSTILE: &[(&str, &[&str])] = &[
    ("<script>alert(1)</script>", &["raw-html"]),
    ("甲<script>alert(1)</script>乙", &["raw-html"]),
    ("<SCRIPT SRC=//evil.example></SCRIPT>", &["raw-html"]),
    ("<img src=x onerror=alert(1)>", &["raw-html"]),
    ("甲 <b onclick=x>乙</b>", &["raw-html"]),
    ("<div>\n\n甲\n\n</div>", &["raw-html", "raw-html"]),
    ("<iframe src='javascript:x'></iframe>", &["raw-html"]),
    ("<svg/onload=alert(1)>", &[]),
    ("<style>*{display:none}</style>", &["raw-html"]),
    ("<?php x ?>", &["raw-html"]),
    ("<![CDATA[x]]>", &["raw-html"]),
    ("<!-- 内部备注 -->", &["raw-html"]),
    ("甲 <!-- 内部备注 --> 乙", &["raw-html"]),
    ("甲<br>乙", &["raw-html"]),
    ("&lt;script&gt;alert(1)&lt;/script&gt;", &[]),
    ("&#60;script&#62;", &[]),
    ("`<script>`", &[]),
    ("```\"><script>\n<script>\n```", &[]),
    ("    <script>", &[]),
    ("[甲](javascript:alert(1))", &["forbidden-link"]),
    ("[甲](JaVaScRiPt:alert(1))", &["forbidden-link"]),
    ("[甲](&#106;avascript:alert(1))", &["forbidden-link"]),
    ("[甲](javascript&colon;alert(1))", &["forbidden-link"]),
    ("[甲](<java\tscript:alert(1)>)", &["forbidden-link"]),
    ("[甲](java&NewLine;script:alert(1))", &["forbidden-link"]),
    ("[甲](&#1;javascript:alert(1))", &["forbidden-link"]),
    ("[甲](data:text/html,<script>x</script>)", &["forbidden-link"]),
    ("[甲](vbscript:x)", &["forbidden-link"]),
    ("[甲](file:///etc/hosts)", &["forbidden-link"]),
    ("[甲](//evil.example)", &["forbidden-link"]),
    ("[甲](\\\\\\\\evil.example)", &["forbidden-link"]),
    ("[甲](/\\evil.example)", &["forbidden-link"]),
    ("[甲](https://www.gov.example@evil.example)", &["forbidden-link"]),
    ("[甲](../../x)", &["forbidden-link"]),
    ("[甲][乙]\n\n[乙]: javascript:alert(1) \"丙\"", &["forbidden-link"]),
    ("[甲]\n\n[甲]: <data:text/html,x>", &["forbidden-link"]),
    ("<javascript:alert(1)>", &["forbidden-link"]),
    ("<https://a.example/\"onmouseover=x>", &[]),
    ("[甲](https://a.example \"\\\"onmouseover=x\")", &[]),
    ("[甲](http://a.example)", &["insecure-link"]),
    ("![甲](https://evil.example/x.png)", &["markdown-image"]),
    ("![甲](data:image/svg+xml,x)", &["markdown-image"]),
    ("[![甲](x.png)](javascript:x)", &["forbidden-link", "markdown-image"]),
    ("![[甲](javascript:x)](x.png)", &["markdown-image", "forbidden-link"]),
    ("甲[^1]\n\n[^1]: 乙<b>", &["forbidden-link"]),
    ("- [ ] 甲\n- [x] 乙", &[]),
    ("| 甲 | <b>乙 |\n|:--|--:|\n| [丙](javascript:x) | 丁 |", &["raw-html", "forbidden-link"]),
    ("## 甲 {#x onclick=y}", &[]),
    ("> [!NOTE]\n> 甲", &[]),
    ("---\ntitle: 甲\n---", &[]),
    ("甲\u{202E}乙", &["hidden-character"]),
    ("甲&#x202E;乙", &["hidden-character"]),
    ("甲\u{8}乙", &["hidden-character"]),
    ("[甲](https://a.example/\u{202E}gpj)", &["forbidden-link"]),
    ("`**，甲\u{FDD0}`", &[]),
    ("甲\0乙", &["hidden-character"]),
];

#[test]
fn nothing_hostile_reaches_the_page_and_each_is_reported_once() {
    let mut wrong = Vec::new();
    for (hostile, expected) in HOSTILE {
        let source = format!("# 标题\n\n{hostile}\n");
        let page = rendered(&source);
        assert_eq!(foreign_tag(&page), None, "{hostile:?} gave {page}");
        assert!(!page.contains(|c| c == SHIM || is_hidden(c)), "{hostile:?} gave {page:?}");
        let codes = codes_of(&source);
        if codes != *expected {
            wrong.push(format!("{hostile:?}: {codes:?} instead of {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn html_is_reported_where_it_stands() {
    let source = "# T\n\n甲**注意：**乙 <b>丙</b>\n\n<!-- a\nb -->\n";
    let mut findings = Findings::new();
    inspect(FileId(0), source, &mut findings);
    let places: Vec<&str> =
        findings.iter().map(|finding| &source[finding.at.start as usize..finding.at.end as usize]).collect();
    assert_eq!(places, ["<b>", "<!-- a"]);
}

#[test]
fn a_guide_needs_a_title() {
    assert_eq!(codes_of("text only"), ["guide-without-title"]);
}

#[test]
fn links_are_resolved_and_unknown_ones_become_words() {
    assert_eq!(
        rendered("[a](/known) [b](/unknown) [c](https://example.org/ \"d\")"),
        "<p><a href=\"known.html\">a</a> b \
         <a href=\"https://example.org/\" title=\"d\" rel=\"noopener noreferrer\">c</a></p>\n"
    );
    assert_eq!(
        rendered("[a](tel:12345) <b@example.org>"),
        "<p><a href=\"tel:12345\">a</a> <a href=\"mailto:b@example.org\">b@example.org</a></p>\n"
    );
    assert_eq!(codes_of("# T\n\n[a](tel:12345) <b@example.org>\n"), [""; 0]);
}

#[test]
fn a_link_to_a_heading_finds_it() {
    let source = "# 标题\n\n[看](#怎样打听) [又](#%E6%80%8E样打听)\n\n## 怎样打听？\n\n## 怎样打听\n";
    assert_eq!(
        rendered(source),
        "<p><a href=\"#h-%E6%80%8E%E6%A0%B7%E6%89%93%E5%90%AC\">看</a> \
         <a href=\"#h-%E6%80%8E%E6%A0%B7%E6%89%93%E5%90%AC\">又</a></p>\n\
         <h2 id=\"h-怎样打听\">怎样打听？</h2>\n<h2>怎样打听</h2>\n"
    );
    assert_eq!(codes_of(source), [""; 0]);
    assert_eq!(codes_of("# T\n\n[a](#b)\n"), ["broken-link"]);
}

#[test]
fn what_is_allowed_stays() {
    assert_eq!(
        rendered("- 甲\n  1. 乙\n\n3. 丙\n\n> 丁\n\n| 戊 |\n|--:|\n| 己 |\n\n甲  \n乙\\\n丙\n"),
        "<ul>\n<li>甲\n<ol>\n<li>乙</li>\n</ol>\n</li>\n</ul>\n<ol start=\"3\">\n<li>丙</li>\n</ol>\n\
         <blockquote>\n<p>丁</p>\n</blockquote>\n\
         <table><thead><tr><th>戊</th></tr></thead><tbody>\n<tr><td>己</td></tr>\n</tbody></table>\n\
         <p>甲<br />\n乙<br />\n丙</p>\n"
    );
}

/// Bold and italics beside punctuation; `[…]` stands for bold, `{…}` for italics. All but the first of
/// each group fail in CommonMark as it is.
const EMPHASIS: &[(&str, &str)] = &[
    ("**注意**：须", "[注意]：须"),
    ("**注意：**须", "[注意：]须"),
    ("**注意。**请", "[注意。]请"),
    ("请**“跨省通办”**办理", "请[“跨省通办”]办理"),
    ("请看**《办法》**第三条", "请看[《办法》]第三条"),
    ("请**（说明）**先读", "请[（说明）]先读"),
    ("**一、对象：**儿童", "[一、对象：]儿童"),
    ("1.**对象：**儿童", "1.[对象：]儿童"),
    ("**“甲”**、**“乙”**", "[“甲”]、[“乙”]"),
    ("**甲：**乙**丙：**丁", "[甲：]乙[丙：]丁"),
    ("**注意：**ABC", "[注意：]ABC"),
    ("ABC**（注）**DEF", "ABC[（注）]DEF"),
    ("**50%**以上", "[50%]以上"),
    ("补贴**50%**以上", "补贴[50%]以上"),
    ("**\"引文\"**办理", "[\"引文\"]办理"),
    ("请**(说明)**请", "请[(说明)]请"),
    ("**￥50**元", "[￥50]元"),
    ("请**￥50**元", "请[￥50]元"),
    ("**20℃**以上", "[20℃]以上"),
    ("*（一）*对象", "{（一）}对象"),
    ("***注意：***须", "{[注意：]}须"),
    ("**注：*重*点**的", "[注：{重}点]的"),
    ("**안녕.**하세요", "[안녕.]하세요"),
    ("“**注意**”请", "“[注意]”请"),
    ("**注意：** 须", "[注意：] 须"),
    ("** 注意：**须", "** 注意：**须"),
    ("\\**不是\\**的", "**不是**的"),
    ("~~甲~~乙", "~~甲~~乙"),
];

#[test]
fn bold_beside_chinese_punctuation_is_bold() {
    for (source, expected) in EMPHASIS {
        let page = rendered(source);
        let plain = page
            .replace("<strong>", "[")
            .replace("</strong>", "]")
            .replace("<em>", "{")
            .replace("</em>", "}");
        assert_eq!(plain, format!("<p>{expected}</p>\n"), "{source}");
    }
}

#[test]
fn asterisks_that_stay_visible_are_reported() {
    assert_eq!(codes_of("# T\n\n** a ** b\n\n`**`\n\n    a ** b\n"), ["stray-asterisks"]);
    assert_eq!(codes_of("# T\n\n** a**\n"), ["stray-asterisks"]);
    assert_eq!(codes_of("# T\n\n\\*\\* 是两个星号\n"), [""; 0]);
}

#[test]
fn line_ends_read_as_expected() {
    for (source, expected) in [
        ("教\n育", "教育"),
        ("**教**\n*育*", "教育"),
        ("办理，\nABC", "办理，ABC"),
        ("请用\nABC", "请用\nABC"),
        ("two\nwords", "two\nwords"),
        ("he said\n“yes”", "he said\n“yes”"),
        ("请看\n“清单”", "请看“清单”"),
        ("서비스\n목록", "서비스\n목록"),
    ] {
        let words = |page: String| page.replace("strong>", "").replace("em>", "").replace(['<', '/'], "");
        assert_eq!(words(rendered(source)), words(format!("<p>{expected}</p>\n")), "{source:?}");
    }
}

/// Pieces that do the most damage together.
const PIECES: &[&str] = &[
    "*",
    "**",
    "_",
    "`",
    "```",
    "~~",
    "[",
    "]",
    "](",
    ")",
    "![",
    "<",
    ">",
    "</",
    "<!--",
    "-->",
    "\"",
    "'",
    "&",
    "&#",
    "&lt;",
    ";",
    "\\",
    "\n",
    "\n\n",
    "    ",
    "\t",
    "|",
    "|-|\n",
    "- ",
    "1. ",
    "#",
    "# ",
    "> ",
    ":",
    "：",
    "，",
    "“",
    "（",
    "甲",
    "a",
    "javascript:",
    "https://",
    "http://a.example",
    "//",
    "/known",
    "mailto:",
    "b@c.example",
    "data:",
    "script",
    "img src=x",
    " onerror=",
    " title=\"",
    "[甲]: ",
    "[^1]",
    "{#id .c}",
    "\u{202E}",
    "\u{FDD0}",
    "\0",
    "\u{7F}",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 4096, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_gets_more_than_the_list_onto_a_page(
        pieces in prop::collection::vec(prop::sample::select(PIECES), 0..40),
        other in ".{0,12}",
    ) {
        let source = pieces.concat() + &other;
        let page = rendered(&source);
        prop_assert_eq!(foreign_tag(&page), None);
        prop_assert!(!page.contains(|c| c == SHIM || is_hidden(c)), "{}", page);
        let mut findings = Findings::new();
        inspect(FileId(0), &source, &mut findings);
        for finding in findings.iter() {
            let place = source.get(finding.at.start as usize..finding.at.end as usize);
            prop_assert!(place.is_some(), "{:?} is no place", finding.at);
        }
    }
}

#[test]
fn known_numbers_can_be_called_where_they_stand_by_themselves() {
    let html = |source: &str| html_with_numbers(source, &|_| None, &["110", "12345"]);
    let called = html("打 110，或者**12345**。");
    assert!(called.contains(r#"打 <a href="tel:110">110</a>，"#), "{called}");
    assert!(called.contains(r#"<strong><a href="tel:12345">12345</a></strong>"#), "{called}");
    for plain in ["0592-110", "1101", "no110", "`110`", "## 110", "[打 110](tel:110)", "112"] {
        assert!(html(plain).matches("<a ").count() <= plain.matches("](").count(), "{plain}");
    }
    assert_eq!(html("| 电话 |\n|---|\n| 110 |").matches("tel:110").count(), 1);
}
