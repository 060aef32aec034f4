//! Lists that are lower than their baseline, or where a person has to compare.

use qingdan_reading::fact::MeasureKind;
use qingdan_reading::frequency::Frequency;
use qingdan_reading::stated::Stated;
use rayon::prelude::*;

use crate::analysis::Analysis;
use crate::catalogue::{EditionRef, Review};
use crate::check::Check;
use crate::codes;
use crate::compare::Verdict;
use crate::coverage::{self, Coverage, ProvisionCoverage};
use crate::diagnostic::{Code, Finding, Findings, quoted};
use crate::text;

codes! {
    /// A provision that is lower than the baseline's.
    WEAKER_PROVISION = "QD7001", "weaker-provision", Warning, adjustable, "0.1.0",
        "条款低于上级清单", "A provision is lower than the baseline's";
    /// A provision of the baseline that nothing answers.
    MISSING_PROVISION = "QD7002", "missing-provision", Warning, adjustable, "0.1.0",
        "上级清单的条款，本地没有对应", "Nothing answers a provision of the baseline";
    /// Words that claim to be the official ones and are not.
    MISQUOTED_PROVISION = "QD7003", "misquoted-provision", Warning, adjustable, "0.1.0",
        "照录的原文与上级不一致", "Words taken over from the baseline differ from it";
    /// A provision that a machine cannot compare and nobody has decided.
    UNSETTLED_PROVISION = "QD7004", "unsettled-provision", Warning, adjustable, "0.1.0",
        "机器无法比较，还没有人认定", "A machine cannot compare it and nobody has decided";
    /// A review that decides nothing.
    IDLE_REVIEW = "QD7005", "idle-review", Warning, adjustable, "0.1.0",
        "这条认定没有用处", "A review that decides nothing";
    /// A review that is not bound to the texts as they are.
    UNBOUND_REVIEW = "QD7008", "unbound-review", Warning, adjustable, "0.1.0",
        "这条认定不是按现在的原文作的", "A review that is not of the texts as they are";
    /// A measure that cannot be read.
    UNREADABLE_MEASURE = "QD7006", "unreadable-measure", Warning, adjustable, "0.1.0",
        "标准的写法读不懂", "A measure that cannot be read";
}

/// What is checked, in this order.
pub const CHECKS: &[Check] = &[compared, measures];

/// Reports what a comparison shows of each list that can be compared: in one with mistakes, or against one, what
/// is missing or unsaid may be what could not be read.
fn compared(analysis: &Analysis<'_>, findings: &mut Findings) {
    let whole =
        |issue: &EditionRef<'_>| !issue.edition.lost && !findings.has_error_in(issue.edition.span.file);
    let issues: Vec<EditionRef<'_>> =
        coverage::current_editions(analysis.catalogue, &[]).into_iter().filter(whole).collect();
    let found = issues.into_par_iter().map(|issue| {
        analysis
            .coverage(issue)
            .filter(|coverage| whole(&coverage.baseline))
            .map(|coverage| all_of(coverage, analysis))
            .unwrap_or_default()
    });
    let found: Vec<Vec<Finding>> = found.collect();
    found.into_iter().flatten().for_each(|finding| findings.push(finding));
}

/// Returns all that the comparison of one list shows.
fn all_of(coverage: &Coverage<'_>, analysis: &Analysis<'_>) -> Vec<Finding> {
    let frozen = coverage.local.edition.frozen.is_some();
    let gaps = coverage.gaps().filter(|known| frozen || !is_said_elsewhere(known));
    let gaps = gaps.filter_map(|known| Some(gap(coverage, known, code_of(known.verdict)?)));
    gaps.chain(reviews(coverage, analysis)).chain(unbound(coverage)).collect()
}

/// Returns what a verdict that is not good enough is reported as.
fn code_of(verdict: Verdict) -> Option<&'static Code> {
    match verdict {
        Verdict::Exceeded | Verdict::Met => None,
        Verdict::NeedsReview => Some(&UNSETTLED_PROVISION),
        Verdict::Misquoted => Some(&MISQUOTED_PROVISION),
        Verdict::Weaker => Some(&WEAKER_PROVISION),
        Verdict::Missing => Some(&MISSING_PROVISION),
    }
}

/// Tells whether another finding says why a provision needs a review: a review of other texts, or words and fields that
/// contradict each other.
fn is_said_elsewhere(known: &ProvisionCoverage<'_>) -> bool {
    let mut open = known.steps.iter().filter(|step| step.verdict == Verdict::NeedsReview).peekable();
    known.verdict == Verdict::NeedsReview
        && (known.unbound.is_some() || (open.peek().is_some() && open.all(crate::compare::Step::contradicts)))
}

fn gap(coverage: &Coverage<'_>, known: &ProvisionCoverage<'_>, code: &'static Code) -> Finding {
    let at = known.covered_by.first().map_or(coverage.local.edition.span, crate::compare::Offer::at);
    let address = known.baseline.address();
    let finding = match known.steps.first() {
        Some(step) => {
            let (zh, en) = (&step.reason.zh, &step.reason.en);
            Finding::new(code, at, text!("{address}：{zh}", "{address}: {en}")).help(step.remedy.clone())
        }
        None if known.verdict == Verdict::Missing => {
            let quote = quoted(&known.baseline.provision.quote.value);
            let message = text!(
                "没有条款对应上级的 {address}：“{quote}”",
                "nothing here answers {address} of the baseline: “{quote}”"
            );
            Finding::new(code, at, message).help(known.missing_help())
        }
        None => Finding::new(code, at, text!("{address}：认定低于上级", "{address}: found to be lower")),
    };
    let finding = match &known.nearest {
        Some(near) => finding.label(near.at(), text!("这一条最像它", "this is most like it")),
        None => finding,
    };
    let finding = match known.steps.first().and_then(|step| step.at) {
        Some(elsewhere) => finding.label(elsewhere, text!("这句话在这里", "the words are here")),
        None => finding,
    };
    finding.label(known.baseline.at(), text!("上级的条款在这里", "the provision of the baseline"))
}

/// Returns reviews that decide nothing, or not yet.
fn reviews(coverage: &Coverage<'_>, analysis: &Analysis<'_>) -> Vec<Finding> {
    let provisions = coverage.services.iter().flat_map(|service| &service.provisions);
    let used: Vec<&Review> = provisions.flat_map(|known| [known.review, known.unbound]).flatten().collect();
    let reviews = coverage.local.edition.reviews.iter();
    let is_used = |review: &Review| used.iter().any(|known| std::ptr::eq(*known, review));
    let found = reviews.filter_map(|review| match is_used(review) {
        false => Some(idle_review(coverage, review)),
        true => is_early(coverage, review, analysis).then(|| early_review(review)),
    });
    found.collect()
}

fn idle_review(coverage: &Coverage<'_>, review: &Review) -> Finding {
    let of = &review.of.value;
    let message = match coverage::provision_at(coverage.baseline, of) {
        None => text!("上级清单里没有 {of} 这一条", "the baseline has no provision {of}"),
        Some(_) if coverage::is_too_old(review, coverage.baseline) => {
            let on = review.on.value;
            text!(
                "{of} 的认定写着 {on}，那时还没有这一版上级清单",
                "the review of {of} is dated {on}, when there was no such baseline yet"
            )
        }
        Some(_) => text!(
            "{of} 机器已能比较，认定不起作用",
            "{of} can be compared without it, so the review decides nothing"
        ),
    };
    Finding::new(&IDLE_REVIEW, review.of.span, message).help(text!(
        "删去这条认定，或改成要认定的条款（项目/条款）；认定只对“待认定”有效",
        "delete it, or name the provision that is meant (service/provision); a review settles only what needs review"
    ))
}

/// Returns reviews of texts that were other ones, or of which nobody knows: they settle nothing.
fn unbound(coverage: &Coverage<'_>) -> Vec<Finding> {
    let provisions = coverage.services.iter().flat_map(|service| &service.provisions);
    let found =
        provisions.filter_map(|known| known.unbound.map(|review| unbound_review(coverage, known, review)));
    found.collect()
}

fn unbound_review(coverage: &Coverage<'_>, known: &ProvisionCoverage<'_>, review: &Review) -> Finding {
    let of = &review.of.value;
    let list = coverage.local.address();
    let message = match &review.texts {
        None => text!(
            "{of} 的认定没有写明依据的是哪两段原文，不起作用",
            "the review of {of} does not say which texts it is of, and settles nothing"
        ),
        Some(_) => text!(
            "{of} 的原文在认定以后改过了，认定不再起作用",
            "the texts of {of} have changed since the review, which settles nothing any more"
        ),
    };
    let at = known.covered_by.first().map_or(coverage.local.edition.span, crate::compare::Offer::at);
    Finding::new(&UNBOUND_REVIEW, review.of.span, message)
        .label(at, text!("本地现在的条款", "the local provision as it is"))
        .label(known.baseline.at(), text!("上级现在的条款", "the provision of the baseline as it is"))
        .help(text!(
            "对照两段原文再看一遍；结论不变的，运行 qingdan review {list} 把指纹记进认定，并把日期改成重新认定的那一天",
            "hold both texts against each other again; if the decision stands, run `qingdan review {list}`, which writes their digests into the review, and date it anew"
        ))
}

/// Tells whether a review is dated in the future, where the edition itself is not.
fn is_early(coverage: &Coverage<'_>, review: &Review, analysis: &Analysis<'_>) -> bool {
    let issued = coverage.local.edition.dates.get("issued").map(|date| date.value);
    review.on.value > analysis.today && issued.is_none_or(|issued| issued <= analysis.today)
}

fn early_review(review: &Review) -> Finding {
    let on = review.on.value;
    let message = text!("认定的日期 {on} 还没有到", "the review is dated {on}, which is still to come");
    Finding::new(&IDLE_REVIEW, review.on.span, message)
        .help(text!("写作出认定的那一天", "write the day on which it was decided"))
}

fn measures(analysis: &Analysis<'_>, findings: &mut Findings) {
    for shown in analysis.catalogue.editions() {
        let wording = coverage::library(analysis.catalogue, shown).words();
        for service in shown.edition.services.iter().filter(|service| service.adopted.is_none()) {
            for (name, value) in service.body.provisions.iter().flat_map(|provision| &provision.measures) {
                let says_how_often = name == MeasureKind::Frequency.as_str()
                    && Frequency::read(&value.value, wording).is_some();
                if !says_how_often && Stated::read(&value.value, wording).is_none() {
                    let text = &value.value;
                    let finding = Finding::new(
                        &UNREADABLE_MEASURE,
                        value.span,
                        text!("“{text}”读不出是多少", "`{text}` is not a quantity"),
                    );
                    findings.push(finding.help(text!(
                        "写成数字加单位，例如 1500元/年、2次/年、80%、10个工作日",
                        "write a number and a unit, such as 1500 CNY/year, 2 times/year, 80 %, 10 working days"
                    )));
                }
            }
        }
    }
}
