//! `coverage` on the terminal: the matrix, then every gap with its reason and both places.

use std::fmt::Write as _;

use comfy_table::{ContentArrangement, Table, presets};

use super::Context;
use super::table::{GapRow, paired_label, some_are_paired, worst_first};
use crate::catalogue::EditionRef;
use crate::compare::Verdict;
use crate::coverage::Coverage;
use crate::text;

pub(super) fn write(lists: &[&Coverage<'_>], context: &Context<'_>) -> Vec<u8> {
    let mut out = String::new();
    if lists.is_empty() {
        let none = text!("没有对照上级的清单", "no list here is measured against another");
        return format!("{}\n", context.say(&none)).into_bytes();
    }
    let mut baselines: Vec<String> = lists.iter().map(|coverage| coverage.baseline.address()).collect();
    // From the top tier down.
    baselines.sort_by_key(|address| (address.matches('/').count(), address.clone()));
    baselines.dedup();
    for baseline in baselines {
        let members: Vec<&Coverage<'_>> = worst_first(lists)
            .into_iter()
            .filter(|coverage| coverage.baseline.address() == baseline)
            .collect();
        let _ = writeln!(out, "{baseline}\n{}\n", matrix(&members, context));
    }
    let key = Verdict::ALL.map(|verdict| format!("{} {}", verdict.sign(), context.say(&verdict.words())));
    let _ = writeln!(out, "{}", key.join("   "));
    if some_are_paired(lists) {
        let words = text!(
            "清单没有写对照它：条款是按文字相近配的，没有人确认",
            "the list says nothing of this baseline: clauses were paired by likeness, and nobody has confirmed them"
        );
        let _ = writeln!(out, "{LIKE} {}", context.say(&words));
    }
    for gap in GapRow::all(lists, context) {
        let _ = write!(out, "\n{}", paragraph(&gap, context));
    }
    out.into_bytes()
}

/// Stands beside a list of which clauses were paired by likeness.
const LIKE: &str = "≈";

/// Lists by numbers of services; a cell is the sign of a verdict.
fn matrix(members: &[&Coverage<'_>], context: &Context<'_>) -> Table {
    let mut table = Table::new();
    table.load_style(presets::UTF8_BORDERS_ONLY).set_content_arrangement(ContentArrangement::Disabled);
    let numbers = members.iter().take(1).flat_map(|coverage| &coverage.services);
    let numbers = numbers.map(|service| service.service.number.value.to_string());
    let counts = [Verdict::Missing, Verdict::Weaker, Verdict::Misquoted, Verdict::NeedsReview];
    let place = context.say(&text!("地区", "place")).to_owned();
    table.set_header(
        [place].into_iter().chain(counts.map(|verdict| verdict.sign().to_owned())).chain(numbers),
    );
    for coverage in members {
        let EditionRef { place, list, edition } = coverage.local;
        let name = match coverage.by_likeness {
            true => format!("{} {}/{} {LIKE}", context.text(place.short()), list.id, edition.id),
            false => format!("{} {}", context.text(place.short()), edition.id),
        };
        let summary = coverage.summary();
        let count = |wanted: Verdict| {
            summary.iter().find(|(verdict, _)| *verdict == wanted).map_or(0, |(_, count)| *count)
        };
        let counts = counts.map(|verdict| count(verdict).to_string());
        let signs =
            coverage.services.iter().map(|service| colour(service.verdict.sign(), service.verdict, context));
        table.add_row([name].into_iter().chain(counts).chain(signs));
    }
    table
}

fn paragraph(gap: &GapRow, context: &Context<'_>) -> String {
    let verdict = format!("{} {}", gap.verdict.sign(), context.say(&gap.verdict.words()));
    let mut out = format!(
        "{}  {} {}  {}  {}\n",
        colour(&verdict, gap.verdict, context),
        gap.place,
        gap.edition,
        gap.service,
        gap.axis
    );
    let labels = [
        (text!("上级", "baseline"), format!("{}  {}", gap.provision, gap.baseline_at)),
        (text!("本地", "local"), format!("{}  {}", gap.local, gap.local_at)),
        (text!("理由", "reason"), gap.reason.clone()),
        (text!("怎么办", "remedy"), gap.remedy.clone()),
        (paired_label(), gap.paired.clone()),
    ];
    for (label, words) in labels.iter().filter(|(_, words)| !words.trim().is_empty()) {
        let _ = writeln!(out, "   {}: {}", context.say(label), words.trim());
    }
    out
}

fn colour(words: &str, verdict: Verdict, context: &Context<'_>) -> String {
    let code = match verdict {
        Verdict::Exceeded => "32",
        Verdict::Met => return words.to_owned(),
        Verdict::NeedsReview => "33",
        Verdict::Misquoted => "35",
        Verdict::Weaker => "1;33",
        Verdict::Missing => "1;31",
    };
    if context.colour { format!("\u{1b}[{code}m{words}\u{1b}[0m") } else { words.to_owned() }
}
