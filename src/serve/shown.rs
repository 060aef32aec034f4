//! What is shown now: the last good site, and the findings of the last build.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::reply::{HTML, Reply, SCRIPT, type_of};
use super::target::Target;
use super::{Files, Preview, RELOAD_SCRIPT};
use crate::diagnostic::UiLang;
use crate::route::Route;
use crate::text;

/// The address of the findings page.
pub(super) const FINDINGS: &str = "_qingdan/findings.html";
/// The address of the script that reloads pages.
pub(super) const RELOAD: &str = "_qingdan/reload.js";

/// What requests are answered from. It never changes; each build makes another one.
pub(super) struct Shown {
    /// The last good site, if there was one.
    good: Option<Arc<dyn Files>>,
    /// Files of the refused build that came after it.
    refused: Option<Arc<dyn Files>>,
    findings: BTreeMap<String, Arc<[u8]>>,
    home: Route,
}

impl Shown {
    /// Returns what is shown after a build that gave `preview`, when `before` was shown until now.
    pub fn after(preview: Preview, before: Option<&Shown>) -> Self {
        let Preview { files, refused, findings, home, .. } = preview;
        if refused {
            let good = before.and_then(|before| before.good.clone());
            return Self { good, refused: Some(files), findings, home };
        }
        Self { good: Some(files), refused: None, findings, home }
    }

    /// Returns what `target` gets; the server's own short texts in `lang`.
    pub fn reply(&self, target: &str, lang: UiLang) -> Reply {
        let not_found = || Reply::text(404, lang, &text!("没有这个页面", "there is no such page"));
        let Some(target) = Target::parse(target) else { return not_found() };
        match target.path.as_str() {
            RELOAD => return Reply::file(SCRIPT, RELOAD_SCRIPT.as_bytes().into()),
            FINDINGS => return self.findings_page(&target).unwrap_or_else(not_found),
            _ => {}
        }
        let last_good = target.has("last-good") && self.good.is_some();
        if self.refused.is_some() && !last_good && self.is_page(&target) {
            return self.findings_instead(&target, lang);
        }
        self.file(&target).unwrap_or_else(not_found)
    }

    /// Returns the file at `target`, or the way to the folder that it is.
    fn file(&self, target: &Target) -> Option<Reply> {
        if target.path.is_empty() || target.path.ends_with('/') {
            let index = format!("{}index.html", target.path);
            let found = self.find(&index).map(|bytes| Reply::file(HTML, bytes));
            // A site may have no page at its root.
            let home = || target.path.is_empty().then(|| self.find(self.home.as_str())).flatten();
            return found.or_else(|| home().map(|_| Reply::redirect(307, self.home.to_string())));
        }
        if let Some(bytes) = self.find(&target.path) {
            return Some(Reply::file(type_of(&target.path), bytes));
        }
        self.find(&format!("{}/index.html", target.path))?;
        Some(Reply::redirect(308, target.as_folder()))
    }

    /// Returns a file of the last good site, or of a refused build that came after it.
    fn find(&self, path: &str) -> Option<Arc<[u8]>> {
        let route = Route::new(path);
        let good = self.good.as_ref().and_then(|files| files.get(&route));
        good.or_else(|| self.refused.as_ref()?.get(&route))
    }

    /// Tells whether `target` is, or would be, an HTML page.
    fn is_page(&self, target: &Target) -> bool {
        let last = target.path.rsplit('/').next().unwrap_or_default();
        last.ends_with(".html")
            || (!last.contains('.') && (last.is_empty() || self.find(&target.path).is_none()))
    }

    /// Returns the findings page at its own address.
    fn findings_page(&self, target: &Target) -> Option<Reply> {
        let asked = target.value("for").unwrap_or_default();
        Some(Reply::file(HTML, self.findings_for(&asked)?))
    }

    /// Leads from a page to the findings that keep us from showing it.
    fn findings_instead(&self, target: &Target, lang: UiLang) -> Reply {
        let location = format!("{}{FINDINGS}?for={}", target.to_root(), target.as_value());
        match self.findings_for(&target.path) {
            Some(page) => Reply::redirect(307, location).body(HTML, page),
            None => Reply::text(
                500,
                lang,
                &text!("内容有错误，未能生成", "mistakes in the content refused the build"),
            ),
        }
    }

    /// Returns the findings page in the language of `path`, else in that of the home page.
    fn findings_for(&self, path: &str) -> Option<Arc<[u8]>> {
        let in_language_of = |path: &str| self.findings.get(path.split('/').next()?);
        in_language_of(path)
            .or_else(|| in_language_of(self.home.as_str()))
            .or_else(|| self.findings.values().next())
            .cloned()
    }
}
