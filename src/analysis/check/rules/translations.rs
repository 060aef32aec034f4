//! Translations that are missing, or older than the text they translate.

use crate::analysis::Analysis;
use crate::catalogue::{Guide, fingerprint};
use crate::check::Check;
use crate::codes;
use crate::diagnostic::{Finding, Findings};
use crate::lang::{LangCode, Language, Localized};
use crate::schema::language_name;
use crate::span::Span;
use crate::text;

codes! {
    /// A text without a translation.
    MISSING_TRANSLATION = "QD4001", "missing-translation", Warning, adjustable, "0.1.0",
        "缺少译文", "A text lacks a translation";
    /// A translation of a text that has changed since.
    OUTDATED_TRANSLATION = "QD4002", "outdated-translation", Warning, adjustable, "0.1.0",
        "原文改了，译文没有跟着改", "A translation made from a text that has since changed";
}

/// What is checked, in this order.
pub const CHECKS: &[Check] = &[missing, outdated];

/// The languages other than the reference.
fn translated<'a>(analysis: &Analysis<'a>) -> impl Iterator<Item = &'a Language> {
    analysis.catalogue.site.languages.iter().skip(1)
}

fn missing(analysis: &Analysis<'_>, findings: &mut Findings) {
    let languages: Vec<&Language> = translated(analysis).collect();
    analysis.catalogue.each_text(&mut |_, text| {
        for language in languages.iter().filter(|language| text.get(&language.code).is_none()) {
            findings.push(missing_text(text, &analysis.catalogue.site.languages.reference().code, language));
        }
    });
    let of_places = analysis.catalogue.places.values().flat_map(|place| &place.guides);
    for guide in analysis.catalogue.guides.iter().chain(of_places) {
        missing_guide(analysis, guide, findings);
    }
}

fn missing_guide(analysis: &Analysis<'_>, guide: &Guide, findings: &mut Findings) {
    let Some((_, there)) = guide.texts.first_key_value() else { return };
    if guide.lost {
        return; // The file was reported.
    }
    for language in
        analysis.catalogue.site.languages.iter().filter(|language| !guide.texts.contains_key(&language.code))
    {
        let (name, code, lang, zh) = (&guide.name, language.code.as_str(), &language.name, chinese(language));
        findings.push(
            Finding::new(
                &MISSING_TRANSLATION,
                Span::whole(there.file),
                text!("帮助文章“{name}”没有{zh}版", "the guide `{name}` is not there in {lang}"),
            )
            .help(text!("加上文件 {name}.{code}.md", "add the file {name}.{code}.md")),
        );
    }
}

fn missing_text(lacking: &Localized, reference: &LangCode, language: &Language) -> Finding {
    let (code, name, text) = (language.code.as_str(), &language.name, lacking.reference());
    let zh = chinese(language);
    let finding = Finding::new(
        &MISSING_TRANSLATION,
        text.span,
        text!("缺少{zh}（{code}）译文", "the {name} ({code}) translation is missing"),
    );
    // A text without languages has no place for a second one yet.
    if lacking.span == text.span {
        let (first, whole) = (reference.as_str(), &text.value);
        let short = whole.chars().count() <= LONGEST_SHOWN && !whole.contains('\n');
        let shown = if short { whole.as_str() } else { "…" };
        return finding.help(text!(
            "这段文字换到下一行，写成两行，都比字段名多缩进两个空格：“{first}: {shown}”和“{code}: …”；在此之前页面显示原文并注明",
            "move the text to lines of its own, two spaces further in than the field: `{first}: {shown}` and `{code}: …`; until then the page shows the reference text and says so"
        ));
    }
    finding.help(text!(
        "加上“{code}: …”；在此之前页面显示原文并注明",
        "add `{code}: …`; until then the page shows the reference text and says so"
    ))
}

/// Returns the name of a language in Chinese, if it is one of the usual ones.
fn chinese(language: &Language) -> &str {
    language_name(language.code.as_str()).unwrap_or(&language.name)
}

/// Texts up to so many characters are shown in full.
const LONGEST_SHOWN: usize = 24;

fn outdated(analysis: &Analysis<'_>, findings: &mut Findings) {
    let recorded = &analysis.catalogue.translations;
    if recorded.is_empty() {
        return;
    }
    let languages: Vec<&Language> = translated(analysis).collect();
    analysis.catalogue.each_text(&mut |address, text| {
        for language in &languages {
            let Some(translation) = text.get(&language.code) else { continue };
            let Some(record) = recorded.get(&address(), language.code.as_str()) else { continue };
            let reference_changed = record.from != fingerprint(&text.reference().value);
            if reference_changed && record.text == fingerprint(&translation.value) {
                findings.push(outdated_text(translation.span, text.reference().span, language));
            }
        }
    });
}

fn outdated_text(translation: Span, reference: Span, language: &Language) -> Finding {
    let (code, name, zh) = (language.code.as_str(), &language.name, chinese(language));
    Finding::new(
        &OUTDATED_TRANSLATION,
        translation,
        text!(
            "{zh}（{code}）译文可能过时：原文后来改过",
            "the {name} ({code}) translation may be outdated: its text has changed since"
        ),
    )
    .label(reference, text!("原文在这里", "the text is here"))
    .help(text!(
        "改好译文；译文仍然正确时运行 qingdan translated 记下来",
        "mend the translation; if it is still right, run `qingdan translated` to record that"
    ))
}
