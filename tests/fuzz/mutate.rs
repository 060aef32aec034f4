//! Changes files as people, programs and bad luck do.

use proptest::collection::vec;
use proptest::prelude::{Strategy, any};

/// The largest file that is made.
const LARGEST: usize = 300_000;

/// What is put where it does not belong.
const ODD: &[&str] = &[
    "：",
    ":",
    ": ",
    "，",
    ",",
    "、",
    "；",
    "“",
    "”",
    "‘",
    "\"",
    "'",
    "\"\"",
    "［",
    "[",
    "]",
    "］",
    "{",
    "}",
    "｛",
    "｝",
    "(",
    "（",
    "#",
    " #",
    "＃",
    "- ",
    "－ ",
    "—",
    "–",
    "• ",
    "· ",
    "-",
    "*",
    "&a ",
    "*a ",
    "!",
    "!!str ",
    "%",
    "@",
    "`",
    "```\n",
    "|",
    "｜",
    ">",
    "|\n",
    ">-\n",
    "? ",
    "<<: ",
    "<<<<<<< HEAD\n",
    "=======\n",
    ">>>>>>> a\n",
    "---\n",
    "...\n",
    "\t",
    "\n",
    "\r",
    "\r\n",
    "\n\n",
    " ",
    "  ",
    "　",
    "\u{a0}",
    "\u{200b}",
    "\u{feff}",
    "\u{ad}",
    "\u{202e}",
    "\u{0}",
    "\u{7}",
    "\u{85}",
    "\u{2028}",
    "⼉",
    "⺠",
    "\u{f9dc}",
    "\u{e5e5}",
    "\u{fffd}",
    "锟斤拷",
    "é",
    "a\u{300}",
    "𠮷",
    "👨‍👩‍👧",
    "title: ",
    "title：",
    "area:",
    "id: a",
    "- id: a\n",
    "services:\n",
    "服务项目: ",
    "责任部门：",
    "departments: [a、b]",
    "zh: ",
    "en: ",
    "~",
    "null",
    "true",
    "是",
    "0",
    "1",
    "9999999999",
    "2025/3/6",
    "2025-02-30",
    "45722",
    "3月6日",
    "１２",
    "1.5E+05",
    "13800138000",
    "138 0013 8000",
    "**",
    "**“",
    "[a](b)",
    "![a](b)",
    "<b>",
    "<!-- ",
    "&amp;",
    "http://a.b",
    "| a |",
    "\\",
    "\\u0041",
    "adopts: kindergarten",
    "covers: [a/b]",
    "age: 3-6",
    "status: issued",
];

/// One change; what its numbers mean depends on the kind.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    kind: u8,
    a: u32,
    b: u32,
}

/// Returns a few steps.
pub fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = (0u8..KINDS, any::<u32>(), any::<u32>()).prop_map(|(kind, a, b)| Step { kind, a, b });
    vec(step, 0..6)
}

const KINDS: u8 = 20;

/// Makes the steps; `other` is another file to take from.
pub fn mutated(seed: &[u8], other: &[u8], steps: &[Step]) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for step in steps {
        bytes = match String::from_utf8(bytes) {
            Ok(text) => change(text, &String::from_utf8_lossy(other), *step),
            Err(error) => change_bytes(error.into_bytes(), *step),
        };
        bytes.truncate(LARGEST);
    }
    bytes
}

/// Returns the `at`th place between characters, counted around.
fn place(text: &str, at: u32) -> usize {
    let mut at = at as usize % (text.len() + 1);
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn odd(number: u32) -> &'static str {
    ODD[number as usize % ODD.len()]
}

fn change(mut text: String, other: &str, Step { kind, a, b }: Step) -> Vec<u8> {
    let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
    let count = lines.len().max(1);
    let (line, second) = (a as usize % count, b as usize % count);
    if lines.is_empty() {
        lines.push("");
    }
    match kind {
        0 => drop(lines.remove(line)),
        1 => lines.insert(second, lines[line]),
        2 => lines.swap(line, second),
        3 => lines.truncate(line),
        4 => {
            let others: Vec<&str> = other.split_inclusive('\n').collect();
            lines.truncate(line);
            lines.extend(others.iter().skip(b as usize % others.len().max(1)));
        }
        5 => {
            let taken = other.split_inclusive('\n').cycle().nth(b as usize % 200).unwrap_or("");
            lines.insert(line, taken);
        }
        6 => {
            let times = [2, 30, 1000, 10_000][b as usize % 4];
            let fits = (LARGEST / lines[line].len().max(1)).min(times);
            let repeated = lines[line];
            lines.splice(line..line, std::iter::repeat_n(repeated, fits));
        }
        7 => {
            let indented = match b % 7 {
                0 => lines[line].trim_start().to_owned(),
                1 => lines[line].trim_start_matches(' ').replacen("", "\t", 1),
                2 => lines[line].trim_start_matches(' ').replacen("", "　　", 1),
                spaces => format!("{}{}", " ".repeat(spaces as usize - 2), lines[line]),
            };
            let mut text = lines[..line].concat() + &indented;
            text.push_str(&lines[line + 1..].concat());
            return text.into_bytes();
        }
        8..=10 => {
            text.insert_str(place(&text, a), odd(b));
            return text.into_bytes();
        }
        11 => {
            let from = place(&text, a);
            let to = place(&text, u32::try_from(from).unwrap_or(0) + b % 40).max(from);
            text.replace_range(from..to, "");
            return text.into_bytes();
        }
        12 => {
            let at = place(&text, a);
            text.truncate(at);
            return text.into_bytes();
        }
        13 => {
            let pairs = [
                (": ", "："),
                ("- ", "－ "),
                ("- ", "-"),
                ("  ", "\t"),
                ("  ", "　"),
                (", ", "，"),
                ("\n", "\r\n"),
                ("\n", "\r"),
                (":", "："),
                ("\n", "\n\n"),
                ("\n", ""),
                (" ", ""),
                ("en", "zh"),
                ("[", "［"),
                ("\"", "“"),
                ("\n", "\u{2028}"),
            ];
            let (from, to) = pairs[a as usize % pairs.len()];
            return text.replace(from, to).into_bytes();
        }
        14 => {
            let line = lines[line].trim_end_matches(['\n', '\r']).to_owned() + odd(b) + "\n";
            let at = a as usize % count;
            return (lines[..at].concat() + &line + &lines[at + 1..].concat()).into_bytes();
        }
        15 => {
            let repeated = odd(b).repeat([3, 100, 5000][a as usize % 3]);
            text.insert_str(place(&text, a), &repeated);
            return text.into_bytes();
        }
        16 => return encoded(&text, a),
        17 => {
            let mut bytes = text.into_bytes();
            let at = a as usize % (bytes.len() + 1);
            bytes.splice(at..at, b.to_le_bytes());
            return bytes;
        }
        18 => {
            // The value of a line becomes something odd.
            let value = lines[line].find(": ").map_or(0, |at| at + 2);
            let changed = format!("{}{}\n", &lines[line][..value], odd(b));
            return (lines[..line].concat() + &changed + &lines[line + 1..].concat()).into_bytes();
        }
        _ => {
            let key = lines[line].find(':').unwrap_or(0);
            let changed = format!("{}{}{}", &lines[line][..key], odd(b), &lines[line][key..]);
            return (lines[..line].concat() + &changed + &lines[line + 1..].concat()).into_bytes();
        }
    }
    lines.concat().into_bytes()
}

fn encoded(text: &str, how: u32) -> Vec<u8> {
    match how % 5 {
        0 => encoding_rs::GB18030.encode(text).0.into_owned(),
        1 => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        2 => format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_be_bytes).collect(),
        3 => format!("\u{feff}{text}").into_bytes(),
        _ => text.chars().map(|c| u8::try_from(c).unwrap_or(b'?')).collect(),
    }
}

/// Changes what is no text.
fn change_bytes(mut bytes: Vec<u8>, Step { kind, a, b }: Step) -> Vec<u8> {
    let at = a as usize % (bytes.len() + 1);
    match kind % 4 {
        0 => bytes.truncate(at),
        1 => drop(bytes.splice(at..at, b.to_le_bytes())),
        2 => drop(bytes.splice(at..(at + 1 + b as usize % 16).min(bytes.len()), [])),
        _ => {
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= 1 << (b % 8);
            }
        }
    }
    bytes
}
