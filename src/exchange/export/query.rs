//! The letter that asks a place about what is doubtful in its list, with both wordings, as `.docx`.
//!
//! What the tool cannot know is left blank: the number of the document, an office nobody has confirmed, a telephone.

use std::collections::BTreeSet;

use super::Context;
use super::docx::{Letter, ParagraphStyle};
use super::office::{recipient, sender, you};
use crate::catalogue::{Catalogue, EditionRef, EditionStatus};
use crate::compare::{Offer, Step, Verdict, axis_words};
use crate::coverage::{Coverage, ProvisionCoverage, QueryStatus, nothing_answers};
use crate::date::Date;
use crate::diagnostic::{Message, UiLang};
use crate::text;

/// What a letter is about.
#[derive(Debug)]
pub struct Query<'a> {
    /// For the names of offices.
    pub catalogue: &'a Catalogue,
    /// The list and its baseline.
    pub coverage: &'a Coverage<'a>,
    /// The provisions that are asked about, in the order of the baseline.
    pub about: Vec<&'a ProvisionCoverage<'a>>,
    /// What was asked before.
    pub before: Vec<QueryStatus<'a>>,
    /// The day of the letter; blank if it is not known yet.
    pub asked: Option<Date>,
    /// The day by which an answer is due; blank if none is set.
    pub due: Option<Date>,
}

/// Returns the letter.
pub fn query(query: &Query<'_>, context: &Context<'_>) -> Vec<u8> {
    let title = context.text(&query.coverage.local.edition.title);
    let head = text!("关于请核实《{title}》有关条款的函", "Query about the list “{title}”");
    let mut letter = Letter::new(context.say(&head));
    let blank = text!("〔　　　　　　　　〕", "[                ]");
    let from = sender(query.catalogue, query.coverage).unwrap_or_else(|| blank.clone());
    letter.add(ParagraphStyle::Sender, context.say(&from));
    letter.add(
        ParagraphStyle::Number,
        context.say(&text!("　　　　〔　　　　〕　　号", "No. [                ]")),
    );
    letter.add(ParagraphStyle::Title, context.say(&head));
    letter.add(ParagraphStyle::Recipient, context.say(&to(query, context)));
    letter.add(ParagraphStyle::Body, context.say(&why(query, context)));
    provisions(&mut letter, query, context);
    answering(&mut letter, query, context);
    letter.add(
        ParagraphStyle::Body,
        context.say(&text!("特此函达，请予函复。", "We should be glad of your answer in writing.")),
    );
    letter.blank();
    let form =
        text!("附件：关于《{title}》有关条款的答复表", "Attachment: form for the answer about “{title}”");
    letter.add(ParagraphStyle::Body, context.say(&form));
    letter.blank();
    letter.sign(context.say(&from), context.say(&day(query.asked)), 4);
    letter.add(
        ParagraphStyle::Body,
        context.say(&text!("（联系电话：　　　　　　　　）", "(Telephone of the office:                 )")),
    );
    attachment(&mut letter, query, context);
    letter.done()
}

/// Returns the line that says to whom the letter goes.
fn to(query: &Query<'_>, context: &Context<'_>) -> Message {
    let place = context.text(&query.coverage.local.place.name);
    match recipient(query.catalogue, query.coverage) {
        Some(Message { zh, en }) => text!("{zh}：", "To: {en}"),
        None => text!("{place}〔　　　　　　〕：", "To: [                ], {place}"),
    }
}

/// Returns why the letter is written, with the counts.
fn why(query: &Query<'_>, context: &Context<'_>) -> Message {
    let Coverage { local, baseline, .. } = query.coverage;
    let (above, own) = (cited(*baseline, context), cited(*local, context));
    let you = you(local.place, context);
    let counts = query.coverage.summary();
    let all: usize = counts.iter().map(|(_, count)| count).sum();
    let good: usize =
        counts.iter().filter(|(verdict, _)| *verdict <= Verdict::Met).map(|(_, count)| count).sum();
    let asked = query.about.len();
    text!(
        "经与{above}逐条对照，{you}{own}涉及的上级条款共{all}条，其中{good}条符合或者高于上级清单；下列{asked}条低于、缺少或者还不能确认，请逐条核实。",
        "We have held {own} of {you} against {above}. Of the {all} provisions of the baseline, {good} are met or exceeded; the {asked} below are weaker, missing or in doubt. Please look into each of them."
    )
}

/// Returns a list by its title, its number and its edition.
fn cited(issue: EditionRef<'_>, context: &Context<'_>) -> String {
    let edition = issue.edition;
    let (title, id) = (context.text(&edition.title), &edition.id);
    let number = edition.document.as_ref().and_then(|document| document.number.as_deref());
    let (zh, en) = number.map(|number| (format!("{number}，"), format!("{number}, "))).unwrap_or_default();
    let Message { zh: state_zh, en: state_en } = match edition.status {
        EditionStatus::Draft => text!("，草稿", ", a draft"),
        EditionStatus::Consultation => text!("，征求意见稿", ", open for comment"),
        EditionStatus::Issued => text!("", ""),
    };
    let cited =
        text!("《{title}》（{zh}{id}版{state_zh}）", "the list “{title}” ({en}edition {id}{state_en})");
    context.say(&cited).to_owned()
}

/// Adds the provisions, service by service.
fn provisions(letter: &mut Letter, query: &Query<'_>, context: &Context<'_>) {
    letter.add(ParagraphStyle::Heading1, context.say(&text!("一、请核实的条款", "1. The provisions")));
    let mut section = 0;
    let mut last: Option<&str> = None;
    for (at, known) in query.about.iter().enumerate() {
        let service = known.baseline.service;
        if last != Some(service.id.value.as_str()) {
            section += 1;
            last = Some(&service.id.value);
            let (sign, number) = (numeral(section), service.number.value);
            let title = context.text(&service.body.title);
            let head =
                text!("（{sign}）上级清单第{number}项：{title}", "Service {number} of the baseline: {title}");
            letter.add(ParagraphStyle::Heading2, context.say(&head));
        }
        provision(letter, at + 1, known, query, context);
    }
}

fn provision(
    letter: &mut Letter,
    number: usize,
    known: &ProvisionCoverage<'_>,
    query: &Query<'_>,
    context: &Context<'_>,
) {
    let Message { zh, en } = result(known);
    letter.add(ParagraphStyle::Heading3, context.say(&text!("{number}. {zh}", "({number}) {en}")));
    let (quote, address) = (&known.baseline.provision.quote.value, known.baseline.address());
    letter.add(
        ParagraphStyle::Body,
        context.say(&text!("上级清单原文：“{quote}”", "The baseline says: “{quote}”")),
    );
    for offer in &known.covered_by {
        letter.add(ParagraphStyle::Body, context.say(&local(offer, context)));
    }
    if known.covered_by.is_empty() {
        letter.add(ParagraphStyle::Body, context.say(&nothing(known, context)));
    }
    for line in reasons(known, context) {
        letter.add(ParagraphStyle::Body, context.say(&line));
    }
    letter.add(ParagraphStyle::Body, context.say(&question(known)));
    let earlier = query.before.iter().filter(|status| status.is_open() && status.query.asks(&address));
    earlier.for_each(|status| letter.add(ParagraphStyle::Body, context.say(&asked_before(status))));
}

/// Says that a provision was asked about before, which is still open.
fn asked_before(status: &QueryStatus<'_>) -> Message {
    let Message { zh, en } = day(Some(status.query.asked.value));
    match &status.query.answered {
        Some(answered) => {
            let Message { zh: then_zh, en: then_en } = day(Some(answered.value));
            text!(
                "此前已于{zh}发函询问，{then_zh}答复，尚未办结。",
                "Asked before on {en}, answered on {then_en}, not settled yet."
            )
        }
        None => text!("此前已于{zh}发函询问，尚未答复。", "Asked before on {en}, not answered yet."),
    }
}

/// Returns the verdict in words, with the axes it was found on.
fn result(known: &ProvisionCoverage<'_>) -> Message {
    let axes: BTreeSet<&str> = telling_steps(known).iter().map(|step| step.axis).collect();
    let axes: Vec<Message> = axes.into_iter().map(axis_words).collect();
    let join =
        |lang: UiLang, mark: &str| axes.iter().map(|axis| axis.get(lang)).collect::<Vec<_>>().join(mark);
    let (axes_zh, axes_en) = (join(UiLang::Zh, "、"), join(UiLang::En, ", "));
    let Message { zh, en } = known.verdict.words();
    match axes.is_empty() {
        true => text!("{zh}", "{en}"),
        false => text!("{zh}（{axes_zh}）", "{en} ({axes_en})"),
    }
}

/// Returns where the list is lower or in doubt: of what is said on one axis only the gravest, and rather in the words
/// of the two texts than in those of the fields.
fn telling_steps<'k>(known: &'k ProvisionCoverage<'_>) -> Vec<&'k Step> {
    let lower: Vec<&Step> = known.steps.iter().filter(|step| step.verdict > Verdict::Met).collect();
    let of_same = |step: &Step| {
        let same = lower.iter().filter(|other| other.axis == step.axis && other.verdict == step.verdict);
        same.copied().collect::<Vec<&Step>>()
    };
    let gravest =
        |step: &Step| lower.iter().filter(|other| other.axis == step.axis).map(|other| other.verdict).max();
    let telling = lower.iter().filter(|step| gravest(step) == Some(step.verdict));
    let telling = telling.filter(|step| {
        let in_words = |step: &Step| !step.reason.zh.contains(|c: char| c.is_ascii_alphabetic());
        in_words(step) || !of_same(step).into_iter().any(in_words)
    });
    telling.copied().collect()
}

/// Returns what the list says, as printed.
fn local(offer: &Offer<'_>, context: &Context<'_>) -> Message {
    let printed = offer.service.printed.as_ref();
    let quote = &printed.map_or(&offer.provision.quote, crate::lang::Localized::reference).value;
    let (number, title) = (offer.service.number.value, context.text(&offer.service.body.title));
    text!(
        "本地清单原文：“{quote}”（第{number}项：{title}）",
        "This list says: “{quote}” (service {number}: {title})"
    )
}

fn nothing(known: &ProvisionCoverage<'_>, context: &Context<'_>) -> Message {
    let Message { zh, en } = nothing_answers();
    match &known.nearest {
        Some(near) => {
            let (number, quote) = (near.service.number.value, &near.provision.quote.value);
            let title = context.text(&near.service.body.title);
            text!(
                "本地清单原文：{zh}，最接近的是第{number}项（{title}）的“{quote}”。",
                "This list: {en}; most like it is “{quote}” (service {number}: {title})."
            )
        }
        None => text!("本地清单原文：{zh}。", "This list: {en}."),
    }
}

/// Returns why the list is lower or in doubt, and what would mend it.
fn reasons(known: &ProvisionCoverage<'_>, context: &Context<'_>) -> Vec<Message> {
    let mut lines: Vec<Message> = Vec::new();
    for step in telling_steps(known) {
        let (axis, reason) = (axis_words(step.axis), without_marks(&step.reason));
        let advice = Advice::of(&step.remedy).mends;
        let Message { zh, en } = reason;
        let (axis_zh, axis_en) = (&axis.zh, &axis.en);
        let (more_zh, more_en) = (&advice.zh, &advice.en);
        let line = match more_zh.is_empty() || more_en.is_empty() {
            true => text!("核对情况：{axis_zh}方面，{zh}。", "What was found: {axis_en}: {en}."),
            false => text!(
                "核对情况：{axis_zh}方面，{zh}。建议：{more_zh}。",
                "What was found: {axis_en}: {en}. Advice: {more_en}."
            ),
        };
        lines.push(line);
    }
    if let Some(review) = known.review {
        let (by, on, why) = (&review.by, day(Some(review.on.value)), context.text(&review.why));
        let Message { zh, en } = on;
        lines.push(text!(
            "核对情况：{by}于{zh}认定低于上级：{why}",
            "What was found: {by} decided on {en}: {why}"
        ));
    }
    lines.dedup();
    lines
}

/// Returns a reason without marks of what was put in and taken out: both texts stand above it.
fn without_marks(reason: &Message) -> Message {
    let cut = |text: &str, colons: &[char]| {
        let marked = ["[-", "{+"].iter().filter_map(|mark| text.find(mark)).min();
        let end = marked.map_or(text.len(), |at| text[..at].rfind(colons).unwrap_or(at));
        text[..end].to_owned()
    };
    Message { zh: cut(&reason.zh, &['：']), en: cut(&reason.en, &[':']) }
}

/// What a remedy says to an office: what would mend it, and what to ask. That somebody decides and writes it under a
/// key, and the names of keys and files, are for those who write the files.
struct Advice {
    mends: Message,
    asks: Message,
}

impl Advice {
    fn of(remedy: &Message) -> Self {
        let (zh, asks_zh) = Self::split(&remedy.zh, &['；', '？', '。'], '？', "；", is_for_files);
        let for_files = |part: &str| part.contains("record it under") || part.contains(".yaml");
        let (en, asks_en) = Self::split(&remedy.en, &[';', '?'], '?', "; ", for_files);
        Self { mends: Message { zh, en }, asks: Message { zh: asks_zh, en: asks_en } }
    }

    fn split(
        text: &str,
        ends: &[char],
        asks: char,
        join: &str,
        for_files: fn(&str) -> bool,
    ) -> (String, String) {
        let parts = text.split_inclusive(ends).map(|part| without_keys(part.trim()));
        let parts: Vec<String> = parts.filter(|part| !part.is_empty() && !for_files(part)).collect();
        let (questions, rest): (Vec<&String>, Vec<&String>) =
            parts.iter().partition(|part| part.ends_with(asks));
        let rest: Vec<&str> = rest.iter().map(|part| part.trim_end_matches(ends)).collect();
        (rest.join(join), questions.into_iter().map(String::as_str).collect::<Vec<_>>().join(""))
    }
}

/// Tells whether Chinese advice is about the files: it names a key or a file, or who decides.
fn is_for_files(part: &str) -> bool {
    let names_a_word = part.split(|c: char| !c.is_ascii_alphabetic()).any(|word| word.len() > 1);
    names_a_word || part.contains("请人判断") || part.contains("把结论写进")
}

/// Takes out what stands in brackets for the files, such as （strength: must）.
fn without_keys(text: &str) -> String {
    let mut rest = text;
    let mut whole = String::new();
    while let Some(start) = rest.find(['（', '(']) {
        let Some(end) = rest[start..].find(['）', ')']) else { break };
        let inside = &rest[start..start + end];
        let close = rest[start + end..].chars().next().map_or(0, char::len_utf8);
        let is_key = inside.contains(": ") && inside.trim_start_matches(['（', '(']).is_ascii();
        whole.push_str(if is_key { rest[..start].trim_end() } else { &rest[..start + end + close] });
        rest = &rest[start + end + close..];
    }
    whole + rest
}

/// Returns what is asked of the place.
fn question(known: &ProvisionCoverage<'_>) -> Message {
    let open: Vec<Message> =
        telling_steps(known).into_iter().map(|step| Advice::of(&step.remedy).asks).collect();
    let own = |lang: UiLang| open.iter().map(|asks| asks.get(lang)).collect::<String>();
    let (zh, en) = (own(UiLang::Zh), own(UiLang::En));
    match known.verdict {
        Verdict::Missing => text!(
            "请核实：本地是否保障这一条？有的，写明是哪一项、哪几个字；没有的，写明何时补上。",
            "The question: is it given? If so, by which words of which service; if not, when will it be added?"
        ),
        Verdict::Misquoted => text!(
            "请核实：清单写明照录上级原文，两边的字却不一样。是印发的文件本来如此，还是录入有误？",
            "The question: the list says that it takes over the official words, but they differ. Was it printed so, or is it a slip?"
        ),
        Verdict::Weaker => text!(
            "请核实：是否确实低于上级清单？是的，写明何时改；不是的，写明理由和依据。",
            "The question: is it really lower? If so, when will it be mended; if not, for what reason and on what ground?"
        ),
        Verdict::NeedsReview | Verdict::Met | Verdict::Exceeded => text!(
            "请核实：{zh}实际得到的是否不低于上级清单？写明理由和依据。",
            "The question: {en} Do people get no less than the baseline promises? For what reason and on what ground?"
        ),
    }
}

/// Adds how to answer.
fn answering(letter: &mut Letter, query: &Query<'_>, context: &Context<'_>) {
    letter.add(ParagraphStyle::Heading1, context.say(&text!("二、怎样答复", "2. How to answer")));
    let Message { zh, en } = day(query.due);
    let ways = [
        text!(
            "（一）确实低于、缺少或者写错的，请修改清单，使这一条不低于上级清单；清单已经发布的，起草新的一版。",
            "(a) What is lower, missing or wrong: change the list, so that it gives no less; if it is issued already, start a new edition."
        ),
        text!(
            "（二）认为不低于上级清单的，请写明理由和依据，由责任单位盖章确认，作为“认定”写进清单。认定只对现在的两段原文有效，任何一边改了都要重新认定。",
            "(b) What gives no less in your view: state reason and ground, have it signed by the office responsible, and write it into the list as a review. A review holds for these two texts only; when either changes, it has to be made again."
        ),
        text!(
            "（三）请在{zh}以前填写附件，加盖公章后书面答复。",
            "(c) Please fill in the attached form and answer in writing by {en}."
        ),
    ];
    ways.iter().for_each(|way| letter.add(ParagraphStyle::Body, context.say(way)));
}

/// Adds the form for the answer: a line for each provision, blank where the place writes.
fn attachment(letter: &mut Letter, query: &Query<'_>, context: &Context<'_>) {
    let title = context.text(&query.coverage.local.edition.title);
    letter.add(ParagraphStyle::AttachmentMark, context.say(&text!("附件", "Attachment")));
    letter.add(
        ParagraphStyle::Title,
        context.say(&text!("关于《{title}》有关条款的答复表", "Answer about “{title}”")),
    );
    let heads = [
        text!("序号", "No."),
        text!("上级条款", "Provision of the baseline"),
        text!("核对结果", "Found"),
        text!("答复", "Answer"),
        text!("说明、理由和依据", "Reason and ground"),
    ];
    let rows = query.about.iter().enumerate().map(|(at, known)| {
        let (quote, address) = (&known.baseline.provision.quote.value, known.baseline.address());
        let choice =
            text!("□ 修改清单\n□ 不低于上级\n□ 其他", "□ the list is changed\n□ it gives no less\n□ other");
        vec![
            (at + 1).to_string(),
            context.say(&text!("{quote}（{address}）", "{quote} ({address})")).to_owned(),
            context.say(&result(known)).to_owned(),
            context.say(&choice).to_owned(),
            String::new(),
        ]
    });
    let rows: Vec<Vec<String>> = rows.collect();
    letter.table(&[6, 34, 15, 21, 24], &heads.each_ref().map(|head| context.say(head)), &rows);
    letter.blank();
    let sign = text!("答复单位（盖章）：\n答复日期：　　　　年　　月　　日", "Office (seal):\nDate:");
    letter.add(ParagraphStyle::Recipient, context.say(&sign));
}

/// Returns a day as letters write it, or the blank for one.
pub(super) fn day(date: Option<Date>) -> Message {
    match date {
        Some(date) => {
            let (year, month, day) = date.parts();
            text!("{year}年{month}月{day}日", "{date}")
        }
        None => text!("　　　　年　　月　　日", "[                ]"),
    }
}

/// Returns a number from 1 to 99 in Chinese.
fn numeral(number: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let (tens, ones) = (number / 10 % 10, number % 10);
    match tens {
        0 => DIGITS[ones].to_owned(),
        1 => format!("十{}", DIGITS[ones]),
        _ => format!("{}十{}", DIGITS[tens], DIGITS[ones]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_in_chinese() {
        assert_eq!([1, 10, 11, 20, 42].map(numeral), ["一", "十", "十一", "二十", "四十二"]);
    }

    #[test]
    fn advice_for_files_stays_out_of_the_letter() {
        let advice = Advice::of(&text!(
            "去掉“居住满6个月”；不是限制的，请人判断，把结论写进“认定”",
            "drop “居住满6个月”; if it limits nothing, decide and record it under `reviews`"
        ));
        assert_eq!(advice.mends, text!("去掉“居住满6个月”", "drop “居住满6个月”"));
        let fields = Advice::of(&text!(
            "把力度提高到“应当提供”（strength: must）；在 place.yaml 里写明对口部门",
            "make it binding (strength: must)"
        ));
        assert_eq!(fields.mends, text!("把力度提高到“应当提供”", "make it binding"));
        let asks = Advice::of(&text!(
            "超出以后怎么办？请人判断是否低于上级，把结论写进“认定”",
            "what happens beyond that? Decide whether it is lower, and record it under `reviews`"
        ));
        assert_eq!(asks.asks, text!("超出以后怎么办？", "what happens beyond that?"));
    }

    #[test]
    fn marks_of_differences_stay_out_of_the_letter() {
        let reason = text!("字句却不同：补[-贴-]{{+助+}}", "the words differ: {{+x+}}");
        assert_eq!(without_marks(&reason), text!("字句却不同", "the words differ"));
    }
}
