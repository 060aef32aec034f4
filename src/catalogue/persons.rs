//! The guard at the door: numbers of persons are found before anything else is read.
//!
//! [`guard`] looks through every text of the snapshot, comments and broken files too. What is certainly
//! somebody's number is an error, and stars stand in its place from then on: no later stage can show it.

use rayon::prelude::*;

use super::EDITIONS_FILE;
use super::TRANSLATIONS_FILE;
use super::{codes, details};
use crate::date::Date;
use crate::diagnostic::{Finding, Findings, Message};
use crate::personal::{self, Kind, Number};
use crate::source::codes::PERSONAL_NUMBER;
use crate::source::{SourceFile, SourceTree};
use crate::span::{FileId, Span};
use crate::syntax::{Node, yaml};
use crate::text;

/// A mobile of an office that may be published.
struct DutyMobile {
    digits: String,
    at: Span,
    used: bool,
}

/// Reports the numbers of persons in `sources` and puts stars over them, but for the duty mobiles that
/// `site.yaml` allows with a reason. Nobody is born after `today`.
pub fn guard(sources: &mut SourceTree, today: Date, findings: &mut Findings) {
    let mut allowed = duty_mobiles(sources);
    let files: Vec<(FileId, &SourceFile)> = sources.iter().collect();
    let look =
        |(id, file): (FileId, &SourceFile)| file.derive(id, &today.to_string(), || in_file(file, today));
    let found: Vec<Vec<Number>> = files.into_par_iter().map(look).collect();
    for ((id, file), mut numbers) in sources.iter_mut().zip(found) {
        numbers.retain(|number| !allows(&mut allowed, id, number));
        for number in &mut numbers {
            // Registering a number confirms that it is one.
            number.certain |= allowed.iter().any(|mobile| mobile.stands_at(id, number));
        }
        for number in &numbers {
            let at = Span::new(id, number.range.start, number.range.end);
            if number.certain {
                findings.withhold(certain(at, number));
            } else {
                findings.push(doubtful(at, number));
            }
        }
        numbers.retain(|number| number.certain);
        if !numbers.is_empty() {
            file.withhold(personal::withheld(&file.text, &numbers));
        }
    }
    details::report(sources, findings);
    allowed.iter().filter(|mobile| !mobile.used).for_each(|mobile| findings.push(idle(mobile)));
}

/// Finds the numbers in a file.
fn in_file(file: &SourceFile, today: Date) -> Vec<Number> {
    // The tool writes these: nothing but fingerprints.
    match [EDITIONS_FILE, TRANSLATIONS_FILE].contains(&file.path.as_str()) {
        true => in_comments(&file.text, today),
        false => personal::find(&file.text, today),
    }
}

/// Finds numbers in the comments of a file that the tool writes.
fn in_comments(text: &str, today: Date) -> Vec<Number> {
    let lines = text.split_inclusive('\n').scan(0, |end, line| {
        *end += line.len();
        Some((*end - line.len(), line))
    });
    let comments = lines.filter_map(|(start, line)| {
        let at = line.find('#')?;
        Some((start + at, &line[at..]))
    });
    let found = comments.map(|(start, comment)| (start, personal::find(comment, today)));
    found.flat_map(|(start, numbers)| numbers.into_iter().map(move |number| number.of_part(start))).collect()
}

impl DutyMobile {
    /// Tells whether a number stands where this one is registered.
    fn stands_at(&self, file: FileId, number: &Number) -> bool {
        let start = u32::try_from(number.range.start).unwrap_or(u32::MAX);
        self.at.file == file && (self.at.start..self.at.end).contains(&start)
    }
}

/// Tells whether a number is a duty mobile; where it is registered is no use of it.
fn allows(allowed: &mut [DutyMobile], file: FileId, number: &Number) -> bool {
    let digits = local(&number.digits);
    let known = allowed.iter_mut().find(|mobile| number.kind == Kind::Mobile && mobile.digits == digits);
    let Some(known) = known else { return false };
    known.used |= !known.stands_at(file, number);
    true
}

/// Returns the eleven digits of a mobile number, without what stands before them.
fn local(digits: &str) -> &str {
    &digits[digits.len().saturating_sub(11)..]
}

/// Reads the duty mobiles of `site.yaml` that have a reason. What is wrong with the file is reported later.
fn duty_mobiles(sources: &SourceTree) -> Vec<DutyMobile> {
    let Some(id) = sources.find("site.yaml") else { return Vec::new() };
    let Some(site) = yaml::parse(id, &sources.file(id).text, &mut Findings::new()) else { return Vec::new() };
    let either = |node: &Node, en: &str, zh: &str| node.get(en).or_else(|| node.get(zh)).cloned();
    let entries = either(&site, "duty_mobiles", "值班手机");
    let entries = entries.iter().flat_map(Node::items);
    let mobile = |entry: &Node| {
        let number = either(entry, "number", "号码")?;
        either(entry, "reason", "理由").filter(|reason| !reason.is_blank())?;
        let digits = number.text()?.chars().filter(char::is_ascii_digit).collect::<String>();
        Some(DutyMobile { digits: local(&digits).to_owned(), at: number.span, used: false })
    };
    entries.filter_map(mobile).collect()
}

/// What a kind of number is called, in Chinese and English.
fn named(kind: Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::Identity => ("身份证号", "a resident identity number"),
        Kind::Mobile => ("手机号", "a mobile number"),
        Kind::Card => ("银行卡号", "the number of a bank card"),
        Kind::Student => ("学籍号", "the school roll number of a pupil"),
        Kind::Disability => ("残疾人证号", "the number of a disability certificate"),
    }
}

fn certain(at: Span, number: &Number) -> Finding {
    let ((zh, en), shown) = (named(number.kind), number.shown());
    let help: Message = match number.kind {
        Kind::Mobile => text!(
            "删去，换成单位的固定电话；确实要公布的单位值班手机，在 site.yaml 的“duty_mobiles”（值班手机）里登记号码和理由",
            "delete it and give the office's telephone; a duty mobile that must be published is registered in site.yaml under `duty_mobiles`, with its number and reason"
        ),
        Kind::Identity | Kind::Card | Kind::Student | Kind::Disability => text!(
            "删去；清单里不写任何个人的信息。文件已经发给别人或提交到版本库的，要一并清除",
            "delete it: no list holds anything of a person. Clear it also where the file was sent or committed already"
        ),
    };
    Finding::new(&PERSONAL_NUMBER, at, text!("这里有{zh} {shown}", "this is {en}, {shown}"))
        .help(help)
        .source(text!("《中华人民共和国个人信息保护法》", "the Personal Information Protection Law of China"))
}

fn doubtful(at: Span, number: &Number) -> Finding {
    let ((zh, en), shown) = (named(number.kind), number.shown());
    Finding::new(&codes::DOUBTFUL_NUMBER, at, text!("{shown} 可能是{zh}", "{shown} may be {en}")).help(text!(
        "是的话删去；不是的话不用管",
        "delete it if it is one; nothing is to be done if it is not"
    ))
}

fn idle(mobile: &DutyMobile) -> Finding {
    let message = text!("这个值班手机在清单里没有用到", "this duty mobile stands nowhere in the lists");
    Finding::new(&codes::IDLE_DUTY_MOBILE, mobile.at, message).help(text!(
        "不再公布的，从⟦duty_mobiles⟧里删去",
        "delete it from ⟦duty_mobiles⟧ if it is no longer published"
    ))
}
