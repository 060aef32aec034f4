//! `diff` on the terminal: in words, with colour where there is some.

use std::fmt::Write as _;

use super::Context;
use crate::history::{Change, ChangeKind, Diff, Item, Op, TextChange};
use crate::text;

pub(super) fn write(diff: &Diff<'_>, context: &Context<'_>) -> Vec<u8> {
    let (from, to) = (diff.from.address(), diff.to.address());
    let mut out = format!("{from} → {to}\n");
    let counts = diff.summary().into_iter().filter(|(_, count)| *count > 0);
    let counts: Vec<String> =
        counts.map(|(kind, count)| format!("{} {count}", context.say(&kind.words()))).collect();
    let none = text!("没有变化", "no changes");
    let summary = if counts.is_empty() { context.say(&none).to_owned() } else { counts.join("  ") };
    let _ = writeln!(out, "{summary}");
    let mut service = "";
    for change in &diff.changes {
        let item = change.item();
        if item.service.id.value != service {
            service = &item.service.id.value;
            let _ = writeln!(
                out,
                "\n{} {}  {service}",
                item.service.number.value,
                context.text(&item.service.body.title)
            );
        }
        paragraph(&mut out, change, context);
    }
    out.into_bytes()
}

fn paragraph(out: &mut String, change: &Change<'_>, context: &Context<'_>) {
    let kind = colour(context.say(&change.kind.words()), code(change.kind), context);
    let provision =
        change.item().provision.map(|provision| format!("{}  ", provision.id.value)).unwrap_or_default();
    let at = |item: &Option<Item<'_>>| item.as_ref().map(|item| context.place(item.at()));
    let places: Vec<String> = [at(&change.old), at(&change.new)].into_iter().flatten().collect();
    let _ = writeln!(out, "  {kind}  {provision}{}", context.say(&change.reason));
    for text in &change.texts {
        let _ = writeln!(out, "     {} {}: {}", text.field, text.lang, words(text, context));
    }
    let _ = writeln!(out, "     {}", places.join(" → "));
}

/// Returns a changed text on one line: what was taken out as `[-…-]`, what was put in as `{+…+}`.
fn words(text: &TextChange, context: &Context<'_>) -> String {
    let part = |(op, words): (Op, &str)| match op {
        Op::Equal => words.to_owned(),
        Op::Delete => colour(&format!("[-{words}-]"), "31", context),
        Op::Insert => colour(&format!("{{+{words}+}}"), "32", context),
    };
    text.parts.iter().map(|known| part((known.op, known.text.as_str()))).collect()
}

fn code(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::Added | ChangeKind::Stronger => "32",
        ChangeKind::Removed | ChangeKind::Weaker => "1;31",
        ChangeKind::Unclear => "33",
        ChangeKind::Renamed | ChangeKind::Reworded | ChangeKind::Departments | ChangeKind::Moved => "36",
    }
}

fn colour(words: &str, code: &str, context: &Context<'_>) -> String {
    if context.colour { format!("\u{1b}[{code}m{words}\u{1b}[0m") } else { words.to_owned() }
}
