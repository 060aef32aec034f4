//! Turns findings into one page that can be sent by mail: it needs no other file and no network.
//!
//! The page is that of the preview, made by the theme (`render`); only the patches, lines and words of the
//! findings are in it, never the folder the catalogue lies in.

use std::io::{self, Write};

use super::Report;
use crate::render::{Case, ToolPages};

/// Writes one page.
pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let Report { findings, sources, lang, .. } = *report;
    let page = ToolPages::new().report(&Case { findings, sources, folder: None, forms: None }, lang);
    out.write_all(&page.expect("the default theme shows findings"))
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{BAD_COLON, at, tree, written};
    use crate::diagnostic::{Finding, Findings, UiLang};
    use crate::text;

    #[test]
    fn findings_become_one_page_in_the_language_asked_for() {
        let sources = tree(&[("a.yaml", "领域：医\n")]);
        let mut findings = Findings::new();
        let colon = at(&sources, "a.yaml", "：");
        findings
            .push(Finding::new(&BAD_COLON, colon, text!("中文冒号", "a full-width colon")).fix(colon, ": "));
        for (lang, word, other) in
            [(UiLang::Zh, "中文冒号", "full-width"), (UiLang::En, "a full-width colon", "中文冒号")]
        {
            let page = written(super::write, &findings, &sources, lang);
            assert!(page.contains(word) && !page.contains(&format!("{other}</")), "{page}");
            assert!(page.contains("-领域：医") && page.contains("+领域: 医") && page.contains("a.yaml"));
        }
    }
}
