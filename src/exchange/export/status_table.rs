//! `status` on the terminal, what is most overdue first.

use comfy_table::{Table, presets};

use super::{Context, Status};
use crate::catalogue::QueryState;
use crate::catalogue::Rule;
use crate::coverage::QueryStatus;
use crate::date::Date;
use crate::diagnostic::Message;
use crate::history::{Basis, Clock, Deadline, Filing, ListStatus, Renewal, bases, rule_words};
use crate::schema::{KeyLanguage, name_keys};
use crate::text;

pub(super) fn write(status: &Status<'_>, context: &Context<'_>) -> Vec<u8> {
    let mut table = Table::new();
    table.load_style(presets::UTF8_BORDERS_ONLY);
    let heads = [
        text!("地区", "place"),
        text!("清单", "list"),
        text!("现行版次", "in force"),
        text!("准备中", "in the making"),
        text!("下一版", "next edition"),
        text!("备案", "filing"),
        text!("上级新版", "newer baseline"),
    ];
    table.set_header(heads.iter().map(|head| context.say(head).to_owned()));
    let lists = by_urgency(&status.lists);
    let rules = bases(&lists);
    for known in lists {
        let making = known
            .editions
            .iter()
            .filter(|(edition, _)| edition.status != crate::catalogue::EditionStatus::Issued);
        let making: Vec<&str> = making.map(|(edition, _)| edition.id.as_str()).collect();
        table.add_row([
            context.text(known.place.short()).to_owned(),
            list_name(known, context),
            known.current.map_or_else(|| "–".to_owned(), |edition| edition.id.clone()),
            making.join(" "),
            context.say(&marked(renewal_words(known), known.basis(Deadline::Renewal), &rules)).to_owned(),
            context.say(&marked(filing_words(known), known.basis(Deadline::Filing), &rules)).to_owned(),
            known.newer_baseline.clone().unwrap_or_default(),
        ]);
    }
    let mut text = format!("{}\n", status.today);
    if !status.lists.is_empty() || status.duties.is_empty() {
        text.push_str(&format!("{table}\n"));
    }
    for (at, basis) in rules.iter().enumerate() {
        text.push_str(&format!("[{}] {}\n", at + 1, context.say(&rule_line(basis, context))));
    }
    let queries = open_queries(status, context);
    if !queries.is_empty() {
        text.push('\n');
        text.push_str(&queries);
    }
    let duties = super::status_duties::table(status, context);
    if !duties.is_empty() {
        text.push('\n');
        text.push_str(&duties);
    }
    text.into_bytes()
}

/// Says a line about each query that is to be settled. Empty if there is none.
fn open_queries(status: &Status<'_>, context: &Context<'_>) -> String {
    let all = status.lists.iter().flat_map(|known| known.queries.iter().map(move |query| (known, query)));
    let open: Vec<String> = all
        .filter(|(_, query)| query.is_open())
        .map(|(known, query)| {
            context.say(&query_words(known, query, status.today, context)).to_owned() + "\n"
        })
        .collect();
    if open.is_empty() {
        return String::new();
    }
    format!("{}\n{}", context.say(&text!("没有办结的询问函：", "open queries:")), open.concat())
}

fn query_words(
    known: &ListStatus<'_>,
    status: &QueryStatus<'_>,
    today: Date,
    context: &Context<'_>,
) -> Message {
    let (place, edition, query) = (context.text(known.place.short()), &status.edition.id, status.query);
    let (asked, count) = (query.asked.value, query.about.len());
    let answered = query.answered.as_ref().map(|answered| answered.value);
    let Message { zh, en } = match answered {
        Some(answered) => text!("{answered} 答复，还没有办结", "answered {answered}, not settled yet"),
        None => text!("还没有答复", "no answer yet"),
    };
    let days = query.since().days_until(today);
    let Message { zh: rest_zh, en: rest_en } = if status.can_be_settled() {
        text!("；问到的条款都已符合，可以办结", "; every provision is met by now: it can be settled")
    } else {
        let doubtful = status.doubtful.len();
        text!("；还有 {doubtful} 条不能确认", "; still in doubt: {doubtful}")
    };
    let Message { zh: due_zh, en: due_en } = match &query.due {
        Some(due) if status.state == QueryState::Asked => {
            let Message { zh, en } =
                clock_words(Clock { due: due.value, days_left: today.days_until(due.value) });
            text!("；答复期限 {zh}", "; answer due {en}")
        }
        Some(_) | None => text!("", ""),
    };
    text!(
        "- {place} {edition} 版：{asked} 发函，问了 {count} 条，{zh}，已 {days} 天{rest_zh}{due_zh}",
        "- {place}, edition {edition}: asked {asked}, provisions: {count}, {en}, for {days} days{rest_en}{due_en}",
    )
}

/// Returns words with the number of the rule they rest on.
fn marked(words: Message, basis: Option<&Rule>, rules: &[Basis<'_>]) -> Message {
    let number = basis.and_then(|rule| rules.iter().position(|other| std::ptr::eq(other.rule, rule)));
    match number.map(|at| at + 1) {
        Some(number) => {
            Message { zh: format!("{} [{number}]", words.zh), en: format!("{} [{number}]", words.en) }
        }
        None => words,
    }
}

/// Returns a rule with the place in the rulebook that says so, whose fields are named as the file names them.
fn rule_line(basis: &Basis<'_>, context: &Context<'_>) -> Message {
    let from = basis.rule.from.span;
    let (words, at) = (rule_words(basis), context.place(from));
    let keys = KeyLanguage::of_text(&context.sources.file(from.file).text);
    let whole = Message { zh: format!("{}（{at}）", words.zh), en: format!("{} ({at})", words.en) };
    name_keys(&whole, keys)
}

/// Returns what a list is called: the title of its newest edition, without the name of the place it is shown for.
fn list_name(known: &ListStatus<'_>, context: &Context<'_>) -> String {
    let edition = known.current.or_else(|| known.list.editions.last());
    let Some(title) = edition.map(|edition| context.text(&edition.title)) else {
        return known.list.id.clone();
    };
    let names = [Some(&known.place.name), known.place.short_name.as_ref()];
    let names = names.into_iter().flatten().map(|name| context.text(name));
    let rest = names.filter_map(|name| {
        let rest = title.strip_prefix(name).or_else(|| title.strip_suffix(name))?;
        Some(rest.trim_matches(|c: char| matches!(c, ',' | ' ')))
    });
    rest.filter(|rest| !rest.is_empty()).min_by_key(|rest| rest.len()).unwrap_or(title).to_owned()
}

/// Returns the lists with what is most overdue first.
pub(super) fn by_urgency<'c, 'a>(lists: &'c [ListStatus<'a>]) -> Vec<&'c ListStatus<'a>> {
    let mut sorted: Vec<&ListStatus<'_>> = lists.iter().collect();
    sorted.sort_by_key(|known| {
        let renewal = if let Renewal::Due(clock) = known.renewal { clock.days_left } else { i32::MAX };
        let filing = if let Filing::Due(clock) = known.filing { clock.days_left } else { i32::MAX };
        renewal.min(filing)
    });
    sorted
}

fn renewal_words(known: &ListStatus<'_>) -> Message {
    match known.renewal {
        Renewal::Unbound => text!("没有规定", "no rule"),
        Renewal::NothingIssued => text!("还没有发布过", "nothing issued yet"),
        Renewal::NoDate => text!("缺少起算日期", "the date to count from is missing"),
        Renewal::Due(clock) => clock_words(clock),
    }
}

fn filing_words(known: &ListStatus<'_>) -> Message {
    match known.filing {
        Filing::Unbound => text!("–", "–"),
        Filing::NothingIssued => text!("发布后才起算", "runs from the day of issue on"),
        Filing::NoDate => text!("缺少起算日期", "the date to count from is missing"),
        Filing::Due(clock) => clock_words(clock),
        Filing::Filed { on, late, .. } if late > 0 => {
            text!("{on} 已备案，迟 {late} 天", "filed {on}, {late} days late")
        }
        Filing::Filed { on, .. } => text!("{on} 已备案", "filed {on}"),
    }
}

pub(super) fn clock_words(Clock { due, days_left }: Clock) -> Message {
    if days_left < 0 {
        let late = -days_left;
        return text!("{due}，已超期 {late} 天", "{due}, overdue by {late} days");
    }
    text!("{due}，还有 {days_left} 天", "{due}, {days_left} days left")
}
