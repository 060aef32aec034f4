//! `diff` on the terminal: first how much of what, then each change once, the gravest first, in the words of the
//! reader's language. Official words are quoted as they are, what changed in them in 【】.

use std::fmt::Write as _;

use super::Context;
use crate::catalogue::{EditionRef, Service};
use crate::diagnostic::{Message, UiLang};
use crate::history::{Brief, BriefEntry, ChangeKind, Diff, Item, Op, TextChange};
use crate::lang::Localized;
use crate::text;

pub(super) fn write(diff: &Diff<'_>, context: &Context<'_>) -> Vec<u8> {
    let brief = Brief::of(diff);
    let teller = Teller { diff, context };
    let mut out = teller.title() + "\n";
    teller.summary(&mut out, &brief);
    for kind in ChangeKind::GRAVEST_FIRST {
        teller.group(&mut out, kind, &brief);
    }
    out.into_bytes()
}

struct Teller<'c, 'a> {
    diff: &'c Diff<'a>,
    context: &'c Context<'c>,
}

impl Teller<'_, '_> {
    fn say(&self, message: &Message) -> String {
        message.get(self.context.lang).to_owned()
    }

    /// Returns a text of the content; one that the reader's language lacks is quoted as it is.
    fn name(&self, text: &Localized) -> String {
        let words = self.context.text(text);
        let foreign = self.context.lang == UiLang::En && words.contains(crate::syntax::is_wide);
        if foreign { format!("「{words}」") } else { words.to_owned() }
    }

    fn title(&self) -> String {
        let of = |issue: &EditionRef<'_>| (self.name(&issue.edition.title), issue.edition.id.clone());
        let ((from, id), (to, other)) = (of(&self.diff.from), of(&self.diff.to));
        if from == to && self.diff.one_list {
            return self
                .say(&text!("{from}：{id} 版 → {other} 版", "{from}: edition {id} → edition {other}"));
        }
        self.say(&text!(
            "{from}（{id} 版）→ {to}（{other} 版）",
            "{from} (edition {id}) → {to} (edition {other})"
        ))
    }

    /// What a kind is called here: a list that stands beside another neither adds nor removes.
    fn kind(&self, kind: ChangeKind) -> String {
        let words = match kind {
            ChangeKind::Added if !self.diff.one_list => text!("后者另有", "only in the second"),
            ChangeKind::Removed if !self.diff.one_list => text!("后者没有对应", "without a counterpart"),
            kind => kind.words(),
        };
        self.say(&words)
    }

    fn summary(&self, out: &mut String, brief: &Brief<'_, '_>) {
        if brief.entries.is_empty() {
            *out += &self.say(&text!("没有变化\n", "no changes\n"));
            return;
        }
        let counted = |counts: Vec<(ChangeKind, usize)>, measure: &str| {
            let comma = self.say(&text!("，", ", "));
            let each = counts.into_iter().map(|(kind, count)| {
                let words = self.kind(kind);
                self.say(&text!("{words} {count} {measure}", "{count} {words}"))
            });
            each.collect::<Vec<_>>().join(&comma)
        };
        let (provisions, services) = (counted(brief.provisions(), "条"), counted(brief.services(), "项"));
        if provisions.is_empty() {
            *out += &self.say(&text!("条款没有变化\n", "no provision changed\n"));
        } else {
            *out += &self.say(&text!("条款：{provisions}\n", "provisions: {provisions}\n"));
        }
        if !services.is_empty() {
            *out += &self.say(&text!("服务项目本身：{services}\n", "services themselves: {services}\n"));
        }
    }

    fn group(&self, out: &mut String, kind: ChangeKind, brief: &Brief<'_, '_>) {
        let mut entries = brief.of_kind(kind).peekable();
        if entries.peek().is_none() {
            return;
        }
        let _ = writeln!(out, "\n{}", self.colour(&format!("■ {}", self.kind(kind)), code(kind)));
        if kind == ChangeKind::Renumbered {
            let all: Vec<String> = entries.map(|entry| self.number(entry)).collect();
            let _ = writeln!(out, "  {}", all.join(&self.say(&text!("、", ", "))));
            return;
        }
        let mut service: Option<&Service> = None;
        for entry in entries {
            if service.is_none_or(|last| !std::ptr::eq(last, entry.service)) {
                service = Some(entry.service);
                self.heading(out, entry);
            }
            self.entry(out, entry);
        }
    }

    /// Says that a service has another number.
    fn number(&self, entry: &BriefEntry<'_, '_>) -> String {
        let of = |items: &[Item<'_>]| items.first().map_or(0, |item| item.service.number.value);
        let (from, to) = (of(&entry.old), of(&entry.new));
        self.say(&text!("第 {from} 项→第 {to} 项", "number {from} → {to}"))
    }

    fn heading(&self, out: &mut String, entry: &BriefEntry<'_, '_>) {
        let (number, title) = (entry.service.number.value, self.name(&entry.service.body.title));
        let whole = match (entry.whole, entry.kind) {
            (true, _) if !self.diff.one_list => text!("（整项）", " (the whole service)"),
            (true, ChangeKind::Added) => text!("（整项新增）", " (the whole service)"),
            (true, _) => text!("（整项删去）", " (the whole service)"),
            (false, _) => text!("", ""),
        };
        let _ = writeln!(out, "  {number} {title}{}", self.say(&whole));
    }

    fn entry(&self, out: &mut String, entry: &BriefEntry<'_, '_>) {
        let mut lines: Vec<String> = Vec::new();
        if entry.count > 1 {
            let count = entry.count;
            lines.push(self.say(&text!("本项 {count} 条都是", "all {count} provisions of it")));
        } else if entry.count > 0 {
            lines.extend(self.plain(entry));
            lines.push(self.official(entry));
        } else if entry.kind == ChangeKind::Added {
            lines.push(self.say(&text!("新的服务项目", "a new service")));
        } else if entry.kind == ChangeKind::Removed {
            lines.push(self.say(&text!("不再是单独的服务项目", "no longer a service of its own")));
        }
        lines.extend(self.fields(entry));
        lines.extend(entry.reasons().map(|change| self.say(&change.reason)));
        if let Some((first, rest)) = lines.split_first() {
            let _ = writeln!(out, "    - {first}");
            rest.iter().for_each(|line| {
                let _ = writeln!(out, "      {line}");
            });
        }
    }

    /// Returns the plain words for readers of another language than that of the official words.
    fn plain(&self, entry: &BriefEntry<'_, '_>) -> Option<String> {
        if self.context.lang == UiLang::Zh {
            return None;
        }
        let whole = if entry.new.len() > 1 { entry.old.first() } else { entry.new.first() };
        let item = whole.or(entry.old.first())?;
        Some(self.name(&item.provision?.plain).trim().to_owned())
    }

    /// Returns the official words before and after.
    fn official(&self, entry: &BriefEntry<'_, '_>) -> String {
        let words = |items: &[Item<'_>]| -> String {
            let quotes = items.iter().filter_map(|item| item.provision).map(|provision| {
                let words = provision.focus.as_ref().unwrap_or(&provision.quote);
                format!("「{}」", words.value)
            });
            quotes.collect()
        };
        if entry.old.is_empty() || entry.new.is_empty() || entry.is_structural() {
            let sides = [words(&entry.old), words(&entry.new)];
            return sides.iter().filter(|side| !side.is_empty()).cloned().collect::<Vec<_>>().join(" → ");
        }
        match entry.texts.iter().find(|text| text.field == "quote") {
            Some(text) => self.marked(text),
            None => {
                let same = words(&entry.new);
                self.say(&text!("{same}（原文未变）", "{same} (same words)"))
            }
        }
    }

    /// Returns a text before and after, what changed in 【】.
    fn marked(&self, text: &TextChange) -> String {
        let foreign = !text.parts.iter().any(|part| part.text.contains(crate::syntax::is_wide));
        let side = |gone: Op| {
            let parts = text.parts.iter().filter(|part| part.op != gone);
            let marked = parts.map(|part| match part.op {
                Op::Equal => part.text.clone(),
                Op::Delete => self.colour(&format!("【{}】", part.text), "31"),
                Op::Insert => self.colour(&format!("【{}】", part.text), "32"),
            });
            let words = marked.collect::<String>();
            if foreign { format!("“{words}”") } else { format!("「{words}」") }
        };
        format!("{} → {}", side(Op::Insert), side(Op::Delete))
    }

    /// Returns the other texts that changed, each with its name: those of a service in the reference language, plain
    /// words in the reader's.
    fn fields(&self, entry: &BriefEntry<'_, '_>) -> Vec<String> {
        let own = match self.context.lang {
            UiLang::Zh => "zh",
            UiLang::En => "en",
        };
        let names = [
            ("title", text!("名称", "title")),
            ("audience", text!("服务对象", "for whom")),
            ("content", text!("服务内容", "content")),
        ];
        let readable = |text: &&&TextChange| entry.text(text.field, own).is_none() || text.lang == own;
        let mut lines = Vec::new();
        for (field, name) in names {
            let mut found = entry.texts.iter().filter(|text| text.field == field);
            if let Some(text) = found.find(readable) {
                let (name, words) = (self.say(&name), self.marked(text));
                lines.push(self.say(&text!("{name}：{words}", "{name}: {words}")));
            }
        }
        let has_plain = entry.texts.iter().any(|text| text.field == "plain");
        let only_plain = has_plain && entry.texts.iter().all(|text| text.field == "plain");
        if only_plain && entry.kind == ChangeKind::Reworded {
            lines.push(match entry.text("plain", own).filter(|_| own == "zh") {
                Some(text) => {
                    let words = self.marked(text);
                    self.say(&text!("白话说明：{words}", "plain words: {words}"))
                }
                None => {
                    self.say(&text!("白话说明或译文有改动", "the plain words changed, or their translation"))
                }
            });
        }
        lines
    }

    fn colour(&self, words: &str, code: &str) -> String {
        if self.context.colour { format!("\u{1b}[{code}m{words}\u{1b}[0m") } else { words.to_owned() }
    }
}

fn code(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::Added | ChangeKind::Stronger => "32",
        ChangeKind::Removed | ChangeKind::Weaker => "1;31",
        ChangeKind::Unclear => "33",
        ChangeKind::Renamed
        | ChangeKind::Reworded
        | ChangeKind::Departments
        | ChangeKind::Moved
        | ChangeKind::Split
        | ChangeKind::Merged
        | ChangeKind::Regrouped
        | ChangeKind::Renumbered => "36",
    }
}
