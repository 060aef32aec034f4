//! What may tell of a person without being a number, in texts and in the outside of pictures and office files; and the
//! reviews in `site.yaml` that pass what somebody has looked at.

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use super::codes;
use crate::diagnostic::{Finding, Findings, Message};
use crate::personal::{self, Detail, DetailKind};
use crate::source::{SourceFile, SourceTree, Trace};
use crate::span::{FileId, Span};
use crate::syntax::{Node, yaml};
use crate::text;

/// A review: the mark of what was looked at.
struct Review {
    mark: String,
    at: Span,
    used: bool,
}

/// Reports what may tell of a person in `sources`, but for what `site.yaml` says was reviewed.
pub(super) fn report(sources: &SourceTree, findings: &mut Findings) {
    let mut reviews = reviews(sources);
    let mut is_passed = |mark: &str| {
        let passed = reviews.iter_mut().filter(|review| review.mark == mark);
        passed.map(|review| review.used = true).count() > 0
    };
    // Looking takes long; what was reviewed is told apart in order.
    let files: Vec<(FileId, &SourceFile)> = sources.iter().collect();
    let look = |(id, file): &(FileId, &SourceFile)| match is_written_by_people(file) {
        true => file.derive(*id, "", || personal::details(&file.text)),
        false => Vec::new(),
    };
    let told: Vec<Vec<Detail>> = files.par_iter().map(look).collect();
    for ((id, file), details) in files.into_iter().zip(told) {
        if let Some(trace) = &file.trace {
            let mark = mark(file, "trace", &trace.told_by);
            if !is_passed(&mark) {
                findings.push(telling(id, trace, &mark));
            }
        }
        for Detail { kind, range } in details {
            if kind == DetailKind::Home && is_of_office(&file.path) {
                continue;
            }
            let mark = mark(file, named(kind).1, file.text[range.clone()].as_bytes());
            if !is_passed(&mark) {
                findings.push(doubtful(Span::new(id, range.start, range.end), kind, &mark));
            }
        }
    }
    reviews.iter().filter(|review| !review.used).for_each(|review| findings.push(idle(review.at)));
}

/// Tells whether people write a file for the catalogue: lists, guides, vocabulary. What could not be read was reported,
/// and a theme is code.
fn is_written_by_people(file: &SourceFile) -> bool {
    let ending = file.path.rsplit_once('.').map_or("", |(_, ending)| ending);
    !file.refused && !file.path.starts_with("theme") && matches!(ending, "yaml" | "yml" | "md")
}

/// Tells whether the addresses in a file are those of offices.
fn is_of_office(path: &str) -> bool {
    path.ends_with("contacts.yaml") || path.ends_with("contacts.yml")
}

/// How many digits a mark has: enough to tell what stands in one catalogue apart, and so few that nobody finds out a
/// name and a day of birth by trying them all.
const MARK: usize = 6;

/// Returns what a review calls a detail by: it changes with the file, the kind and every byte.
fn mark(file: &SourceFile, kind: &str, said: &[u8]) -> String {
    let whole = [file.path.as_bytes(), kind.as_bytes(), said].join(&0);
    let digest: String = Sha256::digest(whole).iter().map(|byte| format!("{byte:02x}")).collect();
    digest[..MARK].to_owned()
}

/// Reads the reviews of `site.yaml` that say who looked, when and why. What is wrong with the file is reported later.
fn reviews(sources: &SourceTree) -> Vec<Review> {
    let Some(id) = sources.find("site.yaml") else { return Vec::new() };
    let Some(site) = yaml::parse(id, &sources.file(id).text, &mut Findings::new()) else { return Vec::new() };
    let either = |node: &Node, en: &str, zh: &str| node.get(en).or_else(|| node.get(zh)).cloned();
    let entries = either(&site, "reviewed_details", "已核对");
    let review = |entry: &Node| {
        let mark = either(entry, "mark", "编号")?;
        let said = [("by", "核对单位"), ("on", "日期"), ("why", "理由")];
        let whole = said.iter().all(|(en, zh)| either(entry, en, zh).is_some_and(|said| !said.is_blank()));
        let written = mark.text()?.trim().to_lowercase();
        whole.then_some(Review { mark: written, at: mark.span, used: false })
    };
    entries.iter().flat_map(Node::items).filter_map(review).collect()
}

/// What a detail is called, in Chinese and English.
fn named(kind: DetailKind) -> (&'static str, &'static str) {
    match kind {
        DetailKind::Birth => ("某个人的姓名和出生日期", "the name and day of birth of a person"),
        DetailKind::Home => ("某一户的门牌号", "the address of a home"),
        DetailKind::Hardship => ("某个人的困境情况", "the hardship of a person with the name"),
        DetailKind::Passport => ("护照或通行证号", "the number of a passport or a travel permit"),
        DetailKind::Account => ("个人的微信号或 QQ 号", "somebody's account of WeChat or QQ"),
    }
}

/// Returns what to do about something that may be published after all.
fn help(mark: &str, zh: &str, en: &str) -> Message {
    text!(
        "{zh}；单位看过、确实可以公布的，在 site.yaml 的⟦reviewed_details⟧里登记编号 {mark}",
        "{en}; if the office has looked and it may be published, enter the mark {mark} in site.yaml under ⟦reviewed_details⟧"
    )
}

fn doubtful(at: Span, kind: DetailKind, mark: &str) -> Finding {
    let (zh, en) = named(kind);
    Finding::new(&codes::PERSONAL_DETAIL, at, text!("这里可能写到了{zh}", "this may be {en}"))
        .help(help(mark, "是个人的就删去", "delete it if it is a person's"))
        .source(text!("《中华人民共和国个人信息保护法》", "the Personal Information Protection Law of China"))
}

fn telling(id: FileId, trace: &Trace, mark: &str) -> Finding {
    let told = [
        (trace.place, "拍摄地点", "where it was taken"),
        (trace.device, "拍摄的设备", "which device took it"),
        (trace.author, "作者的名字", "the name of its author"),
    ];
    let told = || told.iter().filter(|(told, ..)| *told);
    let zh = told().map(|(_, zh, _)| *zh).collect::<Vec<_>>().join("、");
    let en = told().map(|(.., en)| *en).collect::<Vec<_>>().join(", ");
    let message = text!("这个文件里带着{zh}", "this file tells {en}");
    Finding::new(&codes::TELLING_FILE, Span::whole(id), message).help(help(
        mark,
        "移出清单文件夹，或者去掉这些信息：图片在属性里点“删除属性和个人信息”，文档用“检查文档”",
        "move it out of the catalogue, or take that out: “Remove properties and personal information” of a picture, “Inspect document” of a document",
    ))
}

fn idle(at: Span) -> Finding {
    let message = text!("这个编号没有对应的提醒", "no warning has this mark");
    Finding::new(&codes::IDLE_DETAIL_REVIEW, at, message).help(text!(
        "内容已经改过或删去的，从⟦reviewed_details⟧里删去；改过的请重新核对，用新的编号",
        "delete it from ⟦reviewed_details⟧ if the text is changed or gone; look again at what was changed, and take its new mark"
    ))
}
