//! Texts with a form of their own that the tables of fields do not know.

use crate::catalogue::Tier;
use crate::check::Rule;
use crate::codes;
use crate::diagnostic::{Finding, Findings};
use crate::facts::Facts;
use crate::span::Spanned;
use crate::text;

codes! {
    /// A place code that is not six digits, or does not fit the tier.
    INVALID_PLACE_CODE = "QD3042", "invalid-place-code", Error, fixed, "0.1.0",
        "行政区划代码不对", "A place code that cannot be right";
    /// A web address that is not https.
    INVALID_WEB_ADDRESS = "QD3043", "invalid-web-address", Error, fixed, "0.1.0",
        "网址不对", "A web address that cannot be used";
    /// A language code twice, or with odd characters.
    INVALID_LANGUAGE = "QD3044", "invalid-language", Error, fixed, "0.1.0",
        "语言设置不对", "A language that cannot be used";
}

/// GB/T 2260 codes.
pub const PLACE_CODE: Rule = Rule { code: &INVALID_PLACE_CODE, run: place_codes };
/// Web addresses.
pub const WEB_ADDRESS: Rule = Rule { code: &INVALID_WEB_ADDRESS, run: web_addresses };
/// Languages of the site.
pub const LANGUAGE: Rule = Rule { code: &INVALID_LANGUAGE, run: languages };

fn place_codes(facts: &Facts<'_>, findings: &mut Findings) {
    for place in facts.catalogue.places.values() {
        let code = place.code.value.as_str();
        let digits = code.len() == 6 && code.bytes().all(|b| b.is_ascii_digit());
        let province = place.tier.value == Tier::Province;
        let parent = facts.catalogue.parent(&place.path);
        let message = if !digits {
            text!("“{code}”不是六位数字", "`{code}` is not six digits")
        } else if province && !code.ends_with("0000") {
            text!("省级代码后四位应是 0000", "the code of a province ends in 0000")
        } else if let Some(parent) = parent.filter(|parent| parent.code.value.get(..2) != code.get(..2)) {
            let above = &parent.code.value;
            text!("“{code}”不在上级地区 {above} 之内", "`{code}` does not lie in the place above, {above}")
        } else {
            continue;
        };
        findings.push(
            Finding::new(&INVALID_PLACE_CODE, place.code.span, message)
                .help(text!("按 GB/T 2260 填写六位代码并加引号，例如 '350200'", "write the six digits of GB/T 2260 in quotes, for example '350200'")),
        );
    }
}

fn web_addresses(facts: &Facts<'_>, findings: &mut Findings) {
    let mut expect = |address: &Spanned<String>| {
        let text = address.value.as_str();
        let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")).unwrap_or_default();
        if !host.is_empty() && !host.starts_with('/') && !text.chars().any(|c| c.is_whitespace() || c.is_control()) {
            return;
        }
        findings.push(
            Finding::new(&INVALID_WEB_ADDRESS, address.span, text!("“{text}”不是网址", "`{text}` is not a web address"))
                .help(text!("以 https:// 开头", "start it with https://")),
        );
    };
    facts.catalogue.site.base_url.iter().for_each(&mut expect);
    for shown in facts.editions() {
        shown.edition.document.iter().filter_map(|document| document.url.as_ref()).for_each(&mut expect);
        let applied = shown.edition.services.iter().filter_map(|service| service.apply.as_ref());
        applied.filter_map(|apply| apply.online.as_ref()).for_each(&mut expect);
    }
}

fn languages(facts: &Facts<'_>, findings: &mut Findings) {
    let languages: Vec<&str> = facts.catalogue.site.languages.iter().map(|language| language.code.as_str()).collect();
    let at = facts.catalogue.site.title.span;
    for (number, code) in languages.iter().enumerate() {
        let usable = !code.is_empty() && code.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if usable && !languages[..number].contains(code) {
            continue;
        }
        findings.push(
            Finding::new(&INVALID_LANGUAGE, at, text!("语言代码“{code}”重复或不能用于网址", "the language code `{code}` is repeated or cannot stand in an address"))
                .help(text!("每种语言用一个不同的小写代码，例如 zh、en、ko", "give each language a code of its own in small letters, such as zh, en, ko")),
        );
    }
}
