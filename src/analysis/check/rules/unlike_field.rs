//! Texts with a form of their own that the tables of fields do not know.

use crate::analysis::Analysis;
use crate::catalogue::{CodeSystem, Tier, is_web_address};
use crate::check::Check;
use crate::codes;
use crate::diagnostic::{Finding, Findings};
use crate::span::Spanned;
use crate::text;

codes! {
    /// A place code that is not six digits, or does not fit the tier.
    INVALID_PLACE_CODE = "QD3042", "invalid-place-code", Error, fixed, "0.1.0",
        "行政区划代码不对", "A place code that cannot be right";
    /// A kind of place that its tier does not have.
    UNFIT_KIND = "QD3053", "unfit-kind", Error, fixed, "0.2.0",
        "地区的类型和层级对不上", "A kind of place that its tier does not have";
    /// A web address that is not https.
    INVALID_WEB_ADDRESS = "QD3043", "invalid-web-address", Error, fixed, "0.1.0",
        "网址不对", "A web address that cannot be used";
    /// A language listed twice, or with a tag that is none.
    INVALID_LANGUAGE = "QD3044", "invalid-language", Error, fixed, "0.1.0",
        "语言设置不对", "A language that cannot be used";
}

/// What is checked, in this order.
pub const CHECKS: &[Check] = &[place_codes, kinds, web_addresses, languages];

fn place_codes(analysis: &Analysis<'_>, findings: &mut Findings) {
    match analysis.catalogue.site.codes {
        CodeSystem::GbT2260 => gbt_2260(analysis, findings),
        CodeSystem::Any => other_codes(analysis, findings),
    }
}

/// Codes of other systems: what can stand in an address.
fn other_codes(analysis: &Analysis<'_>, findings: &mut Findings) {
    for place in analysis.catalogue.places.values() {
        let code = place.code.value.as_str();
        let plain = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if code.split('-').all(plain) {
            continue;
        }
        let message = text!("“{code}”不能用作代码", "`{code}` cannot be a code");
        findings.push(Finding::new(&INVALID_PLACE_CODE, place.code.span, message).help(text!(
            "只用字母、数字和单个连字符，例如 E10000014",
            "use letters, digits and single hyphens, such as E10000014"
        )));
    }
}

/// Kinds of place that stand at another tier: a municipality is a province, a banner a county.
fn kinds(analysis: &Analysis<'_>, findings: &mut Findings) {
    for place in analysis.catalogue.places.values() {
        let Some(kind) = &place.file.kind else { continue };
        let tiers = kind.value.tiers();
        if tiers.contains(&place.tier.value) {
            continue;
        }
        let (what, tier) = (kind.value.words(), place.tier.value.words());
        let (zh, en, tier_zh, tier_en) = (what.zh, what.en, tier.zh, tier.en);
        let fitting: Vec<_> = tiers.iter().map(|tier| tier.words()).collect();
        let fitting_zh = fitting.iter().map(|tier| tier.zh.as_str()).collect::<Vec<_>>().join("、");
        let fitting_en = fitting.iter().map(|tier| tier.en.as_str()).collect::<Vec<_>>().join(", ");
        let message = text!("“{zh}”不是{tier_zh}的地区", "`{en}` is no kind of the tier {tier_en}");
        let finding = Finding::new(&UNFIT_KIND, kind.span, message);
        findings.push(finding.label(place.tier.span, text!("层级写在这里", "the tier stands here")).help(text!(
            "改类型，或者把层级改为：{fitting_zh}",
            "write another kind, or make the tier: {fitting_en}"
        )));
    }
}

fn gbt_2260(analysis: &Analysis<'_>, findings: &mut Findings) {
    for place in analysis.catalogue.places.values() {
        let code = place.code.value.as_str();
        let province = place.tier.value == Tier::Province;
        // A country has no digits of its own: its provinces differ from the first on.
        let parent = analysis.catalogue.parent(&place.path);
        let parent = parent.filter(|parent| parent.tier.value != Tier::Nation);
        let message = if !is_six_digits(code) {
            text!("“{code}”不是六位数字", "`{code}` is not six digits")
        } else if province && !code.ends_with("0000") {
            text!("省级代码后四位应是 0000", "the code of a province ends in 0000")
        } else if let Some(parent) = parent.filter(|parent| is_elsewhere(&parent.code.value, code)) {
            let above = &parent.code.value;
            text!("“{code}”不在上级地区 {above} 之内", "`{code}` does not lie in the place above, {above}")
        } else {
            continue;
        };
        findings.push(Finding::new(&INVALID_PLACE_CODE, place.code.span, message).help(text!(
            "按 GB/T 2260 填写六位代码并加引号，例如 '350200'",
            "write the six digits of GB/T 2260 in quotes, for example '350200'"
        )));
    }
}

fn is_six_digits(code: &str) -> bool {
    code.len() == 6 && code.bytes().all(|b| b.is_ascii_digit())
}

/// Tells whether `code` lies in another province than `above`; a broken code above was reported there.
fn is_elsewhere(above: &str, code: &str) -> bool {
    is_six_digits(above) && above.get(..2) != code.get(..2)
}

fn web_addresses(analysis: &Analysis<'_>, findings: &mut Findings) {
    let mut expect = |address: &Spanned<String>| {
        let text = address.value.as_str();
        if is_web_address(text) {
            return;
        }
        findings.push(
            Finding::new(
                &INVALID_WEB_ADDRESS,
                address.span,
                text!("“{text}”不是完整的网址", "`{text}` is not a full web address"),
            )
            .help(text!(
                "以 https:// 开头，中间不要有空格",
                "start it with https:// and leave no spaces in it"
            )),
        );
    };
    analysis.catalogue.site.base_url.iter().for_each(&mut expect);
    for shown in analysis.catalogue.editions() {
        shown.edition.document.iter().filter_map(|document| document.url.as_ref()).for_each(&mut expect);
        let applied = shown.edition.services.iter().filter_map(|service| service.apply.as_ref());
        applied.filter_map(|apply| apply.online.as_ref()).for_each(&mut expect);
    }
}

fn languages(analysis: &Analysis<'_>, findings: &mut Findings) {
    let written = &analysis.catalogue.site.language_keys;
    for (number, (code, tag)) in written.iter().enumerate() {
        let name = &code.value;
        if let Some((first, _)) = written[..number].iter().find(|(first, _)| first.value == *name) {
            findings.push(
                Finding::new(
                    &INVALID_LANGUAGE,
                    code.span,
                    text!("语言“{name}”写了两次", "the language `{name}` is listed twice"),
                )
                .label(first.span, text!("第一次写在这里", "first listed here"))
                .help(text!(
                    "每种语言只写一次，代码各不相同，例如 zh、en、ko",
                    "list each language once, with a code of its own, such as zh, en, ko"
                )),
            );
        } else if !is_language_tag(&tag.value) {
            let tag_text = &tag.value;
            findings.push(
                Finding::new(
                    &INVALID_LANGUAGE,
                    tag.span,
                    text!("“{tag_text}”不是 BCP 47 语言标签", "`{tag_text}` is not a BCP 47 language tag"),
                )
                .help(text!(
                    "写成 zh-CN、en、ko 这样，用连字符",
                    "write it like zh-CN, en, ko, with a hyphen"
                )),
            );
        }
    }
}

/// Tells whether a text has the form of a BCP 47 tag: parts of letters and digits, joined by hyphens.
fn is_language_tag(text: &str) -> bool {
    text.parse::<icu_locale_core::Locale>().is_ok() && !text.contains('_')
}
