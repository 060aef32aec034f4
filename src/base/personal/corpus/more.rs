//! More writings, as they are seen where somebody hides a number or a program has passed it on.

use super::numbers::{Made, Write, anywhere, apart, chinese, each, joined, label, parts, wide};

/// Returns a number in groups of these lengths.
fn grouped(number: &str, lengths: &[usize], mark: &str) -> String {
    let mut rest = number;
    let mut groups = Vec::new();
    for length in lengths {
        let (group, after) = rest.split_at((*length).min(rest.len()));
        groups.push(group);
        rest = after;
    }
    groups.push(rest);
    groups.retain(|group| !group.is_empty());
    groups.join(mark)
}

/// Every one of these writings.
pub(super) const MORE: &[(&str, Write)] = &[
    ("parted by strokes", |n, m, _| joined(n, m, "/")),
    ("strokes beside its name", |n, m, r| format!("{}{}", label(m, r), joined(n, m, "/"))),
    ("middle dots", |n, m, _| joined(n, m, "·")),
    ("bullets", |n, m, _| joined(n, m, "•")),
    ("wide underscores", |n, m, _| joined(n, m, "＿")),
    ("wide commas beside its name", |n, m, r| format!("{}{}", label(m, r), joined(n, m, "，"))),
    ("wide tildes", |n, m, _| joined(n, m, "～")),
    ("plus signs", |n, m, _| joined(n, m, "+")),
    ("colons", |n, m, _| joined(n, m, ":")),
    ("two blanks", |n, m, _| joined(n, m, "  ")),
    ("tabs", |n, m, _| joined(n, m, "\t")),
    ("double dashes", |n, m, _| joined(n, m, "——")),
    ("three hyphens", |n, m, _| joined(n, m, "---")),
    ("three dots", |n, m, _| joined(n, m, "...")),
    ("parted in fours", |n, _, _| grouped(n, &[4, 4, 4, 4, 4], " ")),
    ("parted in threes", |n, _, _| grouped(n, &[3, 3, 3, 3, 3, 3, 3], " ")),
    ("brackets in the middle", |n, m, _| {
        let p = parts(n, m);
        format!("{}（{}）{}", p[0], p[1], p[2..].concat())
    }),
    ("before a name", |n, _, _| format!("{n}张三")),
    ("Chinese digits of accounts", |n, _, _| {
        n.chars()
            .map(|c| c.to_digit(10).and_then(|d| "零壹贰叁肆伍陆柒捌玖".chars().nth(d as usize)).unwrap_or(c))
            .collect()
    }),
    ("Chinese digits as spoken", |n, _, _| chinese(n).replace('〇', "零").replace('一', "幺")),
    ("Chinese digits with O", |n, _, _| chinese(n).replace('〇', "O")),
    ("keys", |n, _, _| {
        n.chars()
            .map(|c| if c.is_ascii_digit() { format!("{c}\u{fe0f}\u{20e3}") } else { c.to_string() })
            .collect()
    }),
    ("every other one wide", |n, _, _| {
        n.chars()
            .enumerate()
            .map(|(i, c)| if i % 2 == 0 { char::from_u32(u32::from(c) + 0xfee0).unwrap_or(c) } else { c })
            .collect()
    }),
    ("bold in the middle", |n, m, _| {
        let p = parts(n, m);
        format!("{}<b>{}</b>{}", p[0], p[1], p[2..].concat())
    }),
    ("spans", |n, m, _| parts(n, m).iter().map(|p| format!("<span>{p}</span>")).collect()),
    ("line ends of HTML", |n, m, _| joined(n, m, "<br>")),
    ("struck out in the middle", |n, m, _| {
        let p = parts(n, m);
        format!("{}~~{}~~{}", p[0], p[1], p[2..].concat())
    }),
    ("code in the middle", |n, m, _| {
        let p = parts(n, m);
        format!("{}`{}`{}", p[0], p[1], p[2..].concat())
    }),
    ("entities without an end", |n, _, _| each(n, |c| format!("&#{}", u32::from(c)))),
    ("escapes of eight digits", |n, _, _| format!("\"{}\"", each(n, |c| format!("\\U{:08X}", u32::from(c))))),
    ("a value of JSON", |n, _, _| format!("{{\"phone\": \"{n}\"}}")),
    ("a key of YAML", |n, _, _| format!("{n}: x")),
    ("digit by digit, commas", |n, _, _| apart(n, ",")),
    ("digit by digit, underscores", |n, _, _| apart(n, "_")),
    ("with a decimal", |n, _, _| format!("{n}.0")),
    ("after a landline", |n, _, _| format!("0592-5566778/{n}")),
    ("before an age", |n, _, _| format!("{n} 12岁")),
    ("in a list", |n, _, _| format!("1、{n}")),
    ("a row with tabs", |n, _, _| format!("1\t张三\t{n}\t12\t350203")),
    ("a row of numbers", |n, _, _| format!("1 {n} 12 350203")),
    ("O, parted by blanks", |n, m, _| joined(n, m, " ").replace('0', "O")),
    ("a circle for 0", |n, _, _| n.replace('0', "○")),
    ("O and l, digit by digit", |n, _, _| apart(&n.replace('0', "O").replace('1', "l"), " ")),
    ("wide O and l", |n, _, _| wide(&n.replace('0', "O").replace('1', "l"))),
    ("O, blanks anywhere", |n, _, r| anywhere(n, " ", r).replace('0', "O")),
    ("O and l, hyphens anywhere beside its name", |n, m, r| {
        format!("{}{}", label(m, r), anywhere(n, "-", r).replace('0', "O").replace('1', "l"))
    }),
    ("O in a row of a table", |n, _, _| format!("| 3 | 张某 | {} | 12岁 |", n.replace('0', "O"))),
    ("O, unseen characters", |n, _, r| anywhere(n, "\u{200b}", r).replace('0', "O")),
    ("file name, between words", |n, _, _| format!("张三{n}身份证.jpg")),
    ("file name, blanks", |n, m, _| format!("{}.docx", joined(n, m, " "))),
    ("file name, after letters, hyphens anywhere", |n, _, r| format!("DOC{}.jpg", anywhere(n, "-", r))),
    ("file name, after letters, O", |n, _, _| format!("IMG{}.jpg", n.replace('0', "O"))),
    ("file name, full width", |n, _, _| format!("名单{}.jpg", wide(n))),
    ("file name, Chinese digits", |n, _, _| format!("名单{}.jpg", chinese(n))),
    ("the last digit apart", |n, _, _| {
        let (a, b) = n.split_at(n.len() - 1);
        format!("{a}-{b}")
    }),
    ("parted by day of birth", |n, m, _| {
        if matches!(m, Made::Identity | Made::Disability) {
            grouped(n, &[6, 4, 2, 2, 4], "-")
        } else {
            n.to_owned()
        }
    }),
];
