//! Guides: Markdown, written as one text.

use super::control::{Control, FormField, tidy};
use super::page::EditPage;
use super::posted::Pairs;
use super::subject::query;
use super::whole::personal;
use super::{Answer, Editor, journal};
use crate::diagnostic::{Error, Finding, Level, UiLang};
use crate::pipeline::Outcome;
use crate::route::percent_encoded;
use crate::text;
use qingdan_storage::{self as storage, Session};

/// How many lines the box of a text has.
const LINES: usize = 24;

/// Tells whether a file is a guide.
pub(super) fn is_guide(path: &str) -> bool {
    let in_folder = path.starts_with("guides/") || path.contains("/guides/");
    in_folder && path.ends_with(".md")
}

impl Editor {
    /// Returns the form of a guide. `None` if there is none at this path.
    pub(super) fn guide(&self, path: &str, outcome: &Outcome, lang: UiLang) -> Option<EditPage> {
        let id = outcome.sources.find(path)?;
        let file = outcome.sources.file(id);
        let shown = tidy(&file.text);
        let found = outcome.findings.iter().filter(|finding| finding.at.file == id);
        let said = |finding: &Finding| super::control::SaidHere {
            level: if finding.level == Level::Error { "error" } else { "warning" },
            message: finding.message.get(lang).to_owned(),
            help: finding.help.as_ref().map(|help| help.get(lang).to_owned()),
        };
        let help = text!(
            "“# ”开头的一行是标题，“- ”开头的是一条一条的，两行之间空一行就另起一段",
            "a line that begins with `# ` is a heading, `- ` begins an item, an empty line a new paragraph"
        );
        Some(EditPage {
            up: "../".repeat(path.matches('/').count()),
            query: query(lang),
            title: path.rsplit('/').next().unwrap_or(path).to_owned(),
            file: path.to_owned(),
            token: self.token().to_owned(),
            closed: file.withheld.then(|| {
                text!("里面有个人的号码，先删去号码", "holds a number of a person; take it out first")
                    .get(lang)
                    .to_owned()
            }),
            said: found.map(said).collect(),
            fields: vec![FormField {
                name: String::new(),
                label: text!("正文", "Text").get(lang).to_owned(),
                help: help.get(lang).to_owned(),
                required: true,
                locked: false,
                tag: None,
                control: Control::Text { value: file.text.clone(), lines: LINES },
                shown,
                said: Vec::new(),
                meanwhile: None,
            }],
            history: self.history(lang),
            ..EditPage::default()
        })
    }

    /// Takes what the form of a guide sends.
    ///
    /// # Errors
    /// There is none; the disk.
    pub(super) fn take_guide(&self, path: &str, sent: &Pairs, lang: UiLang) -> Result<Answer, Error> {
        let session = Session::open(&self.root)?;
        let bytes = storage::bytes_of(&self.native(path))?;
        let outcome = self.known(path)?;
        let gone =
            || Error::Argument { reason: text!("没有这个表单了", "this form is not there any more") };
        let mut page = self.guide(path, &outcome, lang).ok_or_else(gone)?;
        let value = |name: &str| sent.iter().find(|(known, _)| known == name).map(|(_, value)| tidy(value));
        let (wanted, shown) = (value("v").ok_or_else(gone)?, value("w").ok_or_else(gone)?);
        let field = &mut page.fields[0];
        if shown != field.shown && wanted != field.shown {
            field.meanwhile = Some(field.shown.clone());
            field.control = Control::Text { value: wanted, lines: LINES };
            let why = text!(
                "刚才在别处改过，还没有存",
                "it was changed elsewhere meanwhile, and nothing was saved"
            );
            page.refused = Some(why.get(lang).to_owned());
            return Ok(Answer::Again(Box::new(page)));
        }
        let old =
            outcome.sources.find(path).map(|id| outcome.sources.file(id).text.clone()).unwrap_or_default();
        if wanted != field.shown && page.closed.is_none() {
            let windows = old.contains("\r\n");
            let new = format!("{wanted}\n");
            let new = if windows { new.replace('\n', "\r\n") } else { new };
            if let Some(refusal) = personal(&old, &new) {
                page.refused = Some(refusal.get(lang).to_owned());
                return Ok(Answer::Again(Box::new(page)));
            }
            let stood = journal::Stood { path, bytes, text: &old };
            let name = path.rsplit('/').next().unwrap_or(path);
            let what = text!("{name}：正文", "{name}: text");
            journal::write((&session, &self.root), &stood, &new, (&what, (self.today)()))?;
        }
        Ok(Answer::Go(percent_encoded(path)))
    }
}
