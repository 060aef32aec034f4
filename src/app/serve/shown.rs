//! What is shown now: the last good site, and the findings of the last build.

use std::sync::Arc;

use super::reply::{HTML, Reply, SCRIPT, type_of};
use super::target::RequestTarget;
use super::{Files, Form, OwnForms, OwnPages, Preview, RELOAD_SCRIPT, Sent};
use crate::diagnostic::UiLang;
use crate::personal;
use crate::render::Visit;
use crate::route::Route;
use crate::text;

/// Where what is ours lies.
pub(super) const OURS: &str = "_qingdan/";
/// Where forms are.
const FORMS: &str = "edit/";
/// The name of the findings page.
const FINDINGS: &str = "findings.html";
/// The name of the script that reloads pages.
const RELOAD: &str = "reload.js";

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Guest {
    /// Whether the tool's own pages are for them.
    pub is_trusted: bool,
    /// Whether they sit at this computer.
    pub is_here: bool,
}

/// What requests are answered from. It never changes; each build makes another one.
pub(super) struct Shown {
    /// The last good site, if there was one.
    good: Option<Arc<dyn Files>>,
    /// Whether the last build was refused.
    refused: bool,
    own: Arc<OwnPages>,
    forms: Arc<OwnForms>,
    home: Route,
}

impl Shown {
    /// Returns what is shown after a build that gave `preview`, when `before` was shown until now.
    pub fn after(preview: Preview, before: Option<&Shown>) -> Self {
        let Preview { files, refused, own, forms, home, .. } = preview;
        let good = if refused { before.and_then(|before| before.good.clone()) } else { Some(files) };
        Self { good, refused, own, forms, home }
    }

    /// Returns what `target` gets, for a reader of the languages in `accepted` (an `Accept-Language` header);
    /// the server's own short texts in `lang`. Who is not trusted sees the site only, no findings.
    pub fn reply(&self, target: &str, accepted: &str, lang: UiLang, guest: Guest) -> Reply {
        let trusted = guest.is_trusted;
        let not_found = || Reply::text(404, lang, &text!("没有这个页面", "there is no such page"));
        let Some(target) = RequestTarget::parse(target) else { return not_found() };
        if let Some(name) = target.path.strip_prefix(OURS) {
            let may_see = trusted || name == RELOAD;
            let ours = may_see.then(|| self.ours(name, &target, accepted, guest)).flatten();
            return ours.unwrap_or_else(not_found);
        }
        if self.refused && !trusted && self.good.is_none() {
            let soon =
                text!("内容正在修改，请稍后再看", "the content is being mended; please look again later");
            return Reply::text(503, lang, &soon).header("Retry-After", "10");
        }
        if !trusted {
            return self.file(&target).unwrap_or_else(not_found);
        }
        let last_good = target.has("last-good") && self.good.is_some();
        if self.refused && !last_good && self.is_page(&target) {
            return self.findings_instead(&target, accepted, lang);
        }
        self.file(&target).unwrap_or_else(not_found)
    }

    /// Returns what is ours: the script, or a page or asset of the tool.
    fn ours(&self, name: &str, target: &RequestTarget, accepted: &str, guest: Guest) -> Option<Reply> {
        if name == RELOAD {
            return Some(Reply::file(SCRIPT, RELOAD_SCRIPT.as_bytes().into()));
        }
        let visit = self.visit(target.value("lang"), target.value("for"), accepted);
        let bytes = (self.own)(name, &Visit { is_here: guest.is_here, ..visit })?;
        // The address of a form ends with the name of a file that it is not.
        let is_file = name.contains('.') && !name.starts_with(FORMS);
        Some(Reply::file(if is_file { type_of(name) } else { HTML }, bytes.into()))
    }

    /// Takes what a form of ours sends; the answer leads on, so that looking again sends nothing again.
    pub fn take(&self, target: &str, sent: &Form, accepted: &str) -> Option<Reply> {
        let target = RequestTarget::parse(target)?;
        let name = target.path.strip_prefix(OURS)?;
        let visit = self.visit(target.value("lang"), None, accepted);
        match (self.forms)(name, sent, &Visit { is_here: true, ..visit })? {
            Sent::Done(to) => Some(Reply::redirect(303, format!("{}{OURS}{to}", target.to_root()))),
            Sent::Page(status, page) => {
                let mut reply = Reply::file(HTML, page.into());
                reply.status = status;
                Some(reply)
            }
        }
    }

    /// Returns who asks: for a language that was chosen on a page of ours, else that of the page that was
    /// asked for, else those of the browser, else that of the home page.
    fn visit(&self, chosen: Option<String>, asked: Option<String>, accepted: &str) -> Visit {
        let folder = |path: &str| path.split('/').next().unwrap_or_default().to_owned();
        let languages = chosen.into_iter().chain(asked.as_deref().map(folder)).chain(by_weight(accepted));
        let languages =
            languages.chain([folder(self.home.as_str())]).filter(|lang| !lang.is_empty()).collect();
        // A page is named by its file, whose name may hold somebody's number.
        let asked = asked.map(|asked| personal::masked(&asked));
        Visit { languages, asked, has_last_good: self.good.is_some(), is_here: false }
    }

    /// Returns the file at `target`, or the way to the folder that it is.
    fn file(&self, target: &RequestTarget) -> Option<Reply> {
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

    /// Returns a file of the last good site.
    fn find(&self, path: &str) -> Option<Arc<[u8]>> {
        self.good.as_ref()?.get(&Route::new(path))
    }

    /// Tells whether `target` is, or would be, an HTML page.
    fn is_page(&self, target: &RequestTarget) -> bool {
        let last = target.path.rsplit('/').next().unwrap_or_default();
        last.ends_with(".html")
            || (!last.contains('.') && (last.is_empty() || self.find(&target.path).is_none()))
    }

    /// Leads from a page to the findings that keep us from showing it.
    fn findings_instead(&self, target: &RequestTarget, accepted: &str, lang: UiLang) -> Reply {
        let location = format!("{}{OURS}{FINDINGS}?for={}", target.to_root(), target.as_value());
        let query = target.query.map_or_else(String::new, |query| format!("?{query}"));
        let visit = self.visit(None, Some(format!("{}{query}", target.raw)), accepted);
        match (self.own)(FINDINGS, &visit) {
            Some(page) => Reply::redirect(307, location).body(HTML, page.into()),
            None => Reply::text(
                500,
                lang,
                &text!("内容有错误，未能生成", "mistakes in the content refused the build"),
            ),
        }
    }
}

/// Returns the languages of an `Accept-Language` header, the most wanted first.
///
/// Source: RFC 9110, section 12.5.4.
fn by_weight(accepted: &str) -> Vec<String> {
    let language = |part: &str| {
        let mut words = part.split(';').map(str::trim);
        let tag = words.next().filter(|tag| !tag.is_empty())?;
        let weight = words.find_map(|word| word.strip_prefix("q=")?.parse::<f32>().ok()).unwrap_or(1.0);
        (weight > 0.0).then(|| (weight, tag.to_owned()))
    };
    let mut languages: Vec<(f32, String)> = accepted.split(',').filter_map(language).collect();
    languages.sort_by(|a, b| b.0.total_cmp(&a.0));
    languages.into_iter().map(|(_, tag)| tag).collect()
}

#[cfg(test)]
mod tests {
    use super::by_weight;

    #[test]
    fn languages_are_taken_by_weight_and_refused_ones_not_at_all() {
        assert_eq!(by_weight("de;q=0.5, zh-CN ,en;q=0.8,ko;q=0, ,*;q=x"), ["zh-CN", "*", "en", "de"]);
        assert!(by_weight("").is_empty());
    }
}
