//! Catalogues and themes that are meant to make comparing and rendering take long or much.

/// A command over a catalogue with some files more.
pub struct Costly {
    pub name: String,
    /// What lies where in the catalogue, beside the base.
    pub files: Vec<(String, Vec<u8>)>,
    /// The command, without the catalogue.
    pub command: Vec<&'static str>,
    /// The exit code, where it is about that.
    pub code: Option<i32>,
    /// What must be said.
    pub says: &'static str,
    /// How long it may take with optimisation, in milliseconds.
    pub most: u64,
}

/// Where a table to import lies, seen from the catalogue.
pub const TABLE: &str = "../table.csv";

const BASELINE: &str = "shifan/care/2025.yaml";
const NEXT: &str = "shifan/care/2027.yaml";
const LOCAL: &str = "shifan/jiashi/care/2025.yaml";

/// Returns a text of so many Chinese characters that repeats nothing soon; a mark after every `sentence`, none if that is 0.
fn text(characters: usize, seed: u32, sentence: usize) -> String {
    let mut state = seed;
    let mut next = |at: usize| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        if sentence > 0 && at % sentence == sentence - 1 {
            return '；';
        }
        char::from_u32(0x4e00 + (state >> 16) % 3000).expect("a Chinese character")
    };
    (0..characters).map(&mut next).collect()
}

/// Returns a list of one service with this text and these provisions.
fn list(ordinal: usize, content: &str, provisions: &str) -> String {
    let head = format!("title: {{zh: 清单, en: A list}}\nordinal: {ordinal}\nstatus: draft\nservices:\n");
    format!("{head}{}", service("s", 1, content, provisions))
}

fn service(id: &str, number: usize, content: &str, provisions: &str) -> String {
    format!(
        "  - id: {id}\n    number: {number}\n    area: health\n    title: {{zh: 服务{number}, en: Service {number}}}\n    \
         audience: {{text: {{zh: 流动儿童, en: Children}}, population: migrant-child}}\n    \
         content: {{zh: {content}, en: x}}\n    departments: [health]\n    provisions:\n{provisions}"
    )
}

fn provision(id: &str, quote: &str, more: &str) -> String {
    format!(
        "      - {{id: {id}, quote: {quote}, plain: {{zh: 甲, en: a}}, kind: service, strength: must, access: residence{more}}}\n"
    )
}

fn file(path: &str, text: String) -> (String, Vec<u8>) {
    (path.to_owned(), text.into_bytes())
}

/// Returns two editions with texts of 60 000 characters to compare.
fn long_texts(name: &str, old: &str, new: &str) -> Costly {
    let quoted = |text: &str| provision("p", text, "");
    Costly {
        name: format!("diff of 60 000 characters, {name}"),
        files: vec![file(BASELINE, list(1, old, &quoted(old))), file(NEXT, list(2, new, &quoted(new)))],
        command: vec!["diff", "shifan/care/2025", "shifan/care/2027"],
        code: None,
        says: "",
        most: 1_000,
    }
}

/// Returns texts of 60 000 characters to compare.
pub fn texts() -> Vec<Costly> {
    let plain = text(60_000, 1, 0);
    let changed: String =
        plain.char_indices().map(|(at, c)| if at % 60_001 == 9 { '甲' } else { c }).collect();
    vec![
        long_texts("nothing in common", &plain, &text(60_000, 2, 0)),
        long_texts("sentences with nothing in common", &text(60_000, 1, 20), &text(60_000, 2, 20)),
        long_texts("some changes", &plain, &changed),
        long_texts("turned round", &plain, &plain.chars().rev().collect::<String>()),
        long_texts("two characters again and again", &"甲乙".repeat(30_000), &"乙乙甲".repeat(20_000)),
    ]
}

/// Returns so many provisions of a service `s` with the text they quote.
fn many(count: usize, seed: u32, covers: impl Fn(usize) -> String) -> (String, String) {
    let quotes: Vec<String> =
        (0..count).map(|n| text(4, seed + u32::try_from(n).expect("few") * 7919, 0)).collect();
    let provisions = quotes.iter().enumerate().map(|(n, quote)| {
        format!(
            "    - {{id: p{n}, quote: {quote}, plain: {{zh: 甲}}, kind: service, strength: must, access: either{}}}\n",
            covers(n)
        )
    });
    (quotes.join("；"), provisions.collect())
}

/// Returns a list with 8 500 provisions, each in a service of its own.
fn services(count: usize, seed: u32) -> String {
    let services = (0..count).map(|n| {
        let quote = text(4, seed + u32::try_from(n).expect("few"), 0);
        format!("  - {{id: s{n}, number: {}, area: health, content: {quote}, provisions: [{{id: p, quote: {quote}}}]}}\n", if seed == 1 { n + 1 } else { count - n })
    });
    format!(
        "title: {{zh: 清单, en: A list}}\nordinal: 1\nstatus: draft\nservices:\n{}",
        services.collect::<String>()
    )
}

fn local(content: &str, provisions: &str) -> String {
    list(1, content, provisions).replacen("status:", "measured_against: shifan/care/2025\nstatus:", 1)
}

/// Returns lists with very many provisions.
pub fn provisions() -> Vec<Costly> {
    let (content, plain) = many(8_500, 1, |_| String::new());
    let (other, foreign) = many(8_500, 5, |_| String::new());
    let (covered, covering) = many(7_000, 5, |n| format!(", covers: [s/p{n}]"));
    let (some, few) = many(600, 1, |_| String::new());
    let sixty = |n: usize| {
        let all: Vec<String> = (0..60).map(|step| format!("s/p{}", (n + step * 10) % 600)).collect();
        format!(", covers: [{}]", all.join(", "))
    };
    let (own, crowded) = many(600, 5, sixty);
    let costly = |name: &str, files: Vec<(String, Vec<u8>)>, command: Vec<&'static str>| Costly {
        name: name.to_owned(),
        files,
        command,
        code: None,
        says: "",
        most: 2_000,
    };
    let baseline = || file(BASELINE, list(1, &content, &plain));
    vec![
        costly("check of 8 500 provisions", vec![baseline()], vec!["check"]),
        costly("check of 8 500 services", vec![file(BASELINE, services(8_500, 1))], vec!["check"]),
        costly(
            "check of 8 500 that answer nothing",
            vec![baseline(), file(LOCAL, local(&other, &foreign))],
            vec!["check"],
        ),
        costly(
            "check of 7 000 that answer one each",
            vec![baseline(), file(LOCAL, local(&covered, &covering))],
            vec!["check"],
        ),
        costly(
            "coverage of 600 with 60 covers each",
            vec![file(BASELINE, list(1, &some, &few)), file(LOCAL, local(&own, &crowded))],
            vec!["coverage"],
        ),
        costly(
            "diff of 8 500 provisions",
            vec![baseline(), file(NEXT, list(2, &other, &foreign))],
            vec!["diff", "shifan/care/2025", "shifan/care/2027"],
        ),
        costly(
            "diff of 8 500 services in another order",
            vec![file(BASELINE, services(8_500, 1)), file(NEXT, services(8_500, 2))],
            vec!["diff", "shifan/care/2025", "shifan/care/2027"],
        ),
    ]
}

/// Returns locks that are larger than any the tool writes.
pub fn locks() -> Vec<Costly> {
    let lock = |name: &str, line: &str| Costly {
        name: format!("{name} of 63 MB"),
        files: vec![file(name, line.repeat(63_000_000 / line.len()))],
        command: vec!["check"],
        code: Some(1),
        says: "QD1001",
        most: 1_000,
    };
    vec![
        lock("editions.lock", "- [a, b, c]\n"),
        lock("translations.lock", "shifan/care/2025 kindergarten title en: 0123456789abcdef\n"),
    ]
}

/// Returns themes whose templates do not end, or do not end soon.
pub fn templates() -> Vec<Costly> {
    let looping = |name: &str, files: &[(&str, &str)]| Costly {
        name: format!("a template with {name}"),
        files: files
            .iter()
            .map(|(path, text)| file(&format!("theme/templates/{path}"), (*text).to_owned()))
            .collect(),
        command: vec!["build", "--out", "public"],
        code: Some(1),
        says: "QD60",
        most: 2_000,
    };
    let nested = "{% for a in range(end=100000) %}{% for b in range(end=100000) %}{% endfor %}{% endfor %}";
    let written =
        "{% for a in range(end=100000) %}{% for b in range(end=10000) %}字字字字{% endfor %}{% endfor %}";
    let doubled =
        "{% set x = 'aaaaaaaa' %}{% for a in range(end=60) %}{% set_global x = x ~ x %}{% endfor %}{{ x }}";
    let straight = format!("{{% set x = 'aaaaaaaa' %}}{}{{{{ x }}}}", "{% set x = x ~ x %}".repeat(60));
    let itself = "{% component again(n) %}{{ <again n={n}/> }}{{ <again n={n}/> }}{% endcomponent %}";
    let branching = format!("{itself}{{{{ <again n={{1}}/> }}}}");
    vec![
        looping("loops in loops", &[("service.html", nested)]),
        looping("loops in loops on every page", &[("base.html", nested)]),
        looping("loops that write", &[("service.html", written)]),
        looping("a text doubled in a loop", &[("service.html", doubled)]),
        looping("a text doubled line by line", &[("service.html", &straight)]),
        looping("components in themselves", &[("service.html", &branching)]),
        looping("a file that includes itself", &[("service.html", "{% include \"service.html\" %}")]),
        looping(
            "files that include each other",
            &[("service.html", "{% include \"one.html\" %}"), ("one.html", "{% include \"service.html\" %}")],
        ),
        looping("a file that extends itself", &[("service.html", "{% extends \"service.html\" %}")]),
    ]
}

/// Returns files of a theme of one mebibyte each.
pub fn themes() -> Vec<Costly> {
    let filled = |path: &str, unit: &str, code: i32| Costly {
        name: format!("{path} of {unit:?}"),
        files: vec![file(&format!("theme/{path}"), unit.repeat(1024 * 1024 / unit.len()))],
        command: vec!["check"],
        code: Some(code),
        says: "",
        most: 1_000,
    };
    vec![
        filled("templates/service.html", "{{", 1),
        filled("templates/service.html", "{% if a %}", 1),
        filled("templates/service.html", "{{ a.b }}", 1),
        filled("templates/service.html", "{# a #}", 0),
        filled("templates/service.html", "{% set a = [", 1),
        filled("templates/service.html", "(", 0),
        filled("strings/zh.yaml", "a: {", 1),
        filled("strings/zh.yaml", "a: b\n", 1),
        filled("assets/site.css", "a{", 0),
        filled("assets/more.css", "@media(", 0),
        filled("assets/icon.svg", "<g>", 1),
    ]
}

/// Returns tables of a mebibyte whose cells are as long as may be and hold the same again and again, without a mark that
/// would divide it, and one with a longer cell.
pub fn tables() -> Vec<Costly> {
    const MOST_IN_A_CELL: usize = 32_767;
    let cells = ["幼有所育", "1", "0-6岁流动儿童", "健康和托育服务", "免费提供健康管理", "市教育局"];
    let table = |column: usize, cell: &str, code: i32| {
        let mut text =
            format!("服务领域,序号,服务对象,服务项目,服务内容,责任部门,备注\n{},甲\n", cells.join(","));
        for number in 0.. {
            let mut cells = cells.map(str::to_owned);
            cells[1] = format!("{}", number + 2);
            cells[3] = format!("服务{number}");
            cells[column] = cell.to_owned();
            text.push_str(&format!("{},甲\n", cells.join(",")));
            if text.len() + cell.len() > 1024 * 1024 {
                break;
            }
        }
        Costly {
            name: format!("a table with “{}…” in column {column}", cell.chars().take(4).collect::<String>()),
            files: vec![file(TABLE, text)],
            command: vec!["import", "table"],
            code: Some(code),
            says: if code == 0 { "" } else { "32767" },
            most: 2_000,
        }
    };
    let filled =
        |column: usize, unit: &str| table(column, &unit.repeat(MOST_IN_A_CELL / unit.chars().count()), 0);
    vec![
        filled(0, "1、"),
        filled(2, "和"),
        filled(2, "1000元"),
        filled(3, "第1项 "),
        filled(4, "a b "),
        filled(4, "1000元"),
        filled(5, "**“"),
        filled(5, "局和"),
        filled(5, "市局与"),
        table(4, &"和".repeat(MOST_IN_A_CELL + 1), 2),
    ]
}
