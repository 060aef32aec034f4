//! What concerns whole files: they begin, are repaired, and changes of them are taken back.

use super::deed::value;
use super::posted::Pairs;
use super::subject::Subject;
use super::{Answer, Editor, journal};
use crate::catalogue::TRANSLATIONS_FILE;
use crate::closed::untouchable;
use crate::diagnostic::{Error, Message};
use crate::personal::masked;
use crate::repair::{Only, Repair};
use crate::route::percent_encoded;
use crate::schema::is_address_part;
use crate::text;
use qingdan_storage::{self as storage, Session};

impl Editor {
    /// Takes the last change back, or makes it again; leads to where that was asked for, or, if the file is gone by it, to the
    /// start.
    pub(super) fn step(&self, way: journal::Way, address: &str) -> Result<Answer, Error> {
        let session = Session::open(&self.root)?;
        // What is recorded of translations may go back; what is issued may not.
        let next = journal::next_path(&self.root, way)?;
        if let Some(path) = next.filter(|path| path != TRANSLATIONS_FILE) {
            let outcome = self.known(&path)?;
            let file = outcome.sources.find(&path).map(|id| outcome.sources.file(id));
            if let Some(why) = file.and_then(|file| untouchable(file, outcome.catalogue.as_deref())) {
                let Message { zh, en } = why;
                return Err(Error::Argument { reason: text!("{path}：{zh}", "{path}: {en}") });
            }
        }
        journal::step((&session, &self.root), way)?;
        let file = Subject::parse(address).map(|subject| self.native(&subject.file));
        let is_gone = file.is_some_and(|file| storage::bytes_of(&file).is_ok_and(|bytes| bytes.is_none()));
        if is_gone {
            self.forget();
        }
        Ok(Answer::Go(if is_gone { "start.html".to_owned() } else { percent_encoded(address) }))
    }

    /// Begins a file, with a line that says what it is; its form leads on.
    pub(super) fn create(&self, path: &str, sent: &Pairs) -> Result<Answer, Error> {
        let wrong = || Error::Argument {
            reason: text!(
                "名称只用小写字母、数字和连字符，例如 xiamen、2027",
                "names have small letters, digits and hyphens only, such as xiamen, 2027"
            ),
        };
        let mut path = path.to_owned();
        let control = format!("n{path}");
        for (_, name) in sent.iter().filter(|(key, _)| *key == control) {
            let name = name.trim();
            if let Some((before, after)) = path.split_once("{}").filter(|_| is_address_part(name)) {
                path = format!("{before}{name}{after}");
            }
        }
        let plain = path.split('/').all(|part| is_address_part(part.trim_end_matches(".yaml")));
        let subject =
            Subject::parse(&path).filter(|subject| plain && subject.path.is_empty()).ok_or_else(wrong)?;
        let session = Session::open(&self.root)?;
        let is_inside = storage::real_path(&self.native(&subject.file))
            .is_some_and(|real| storage::is_inside(&real, &self.root));
        if !is_inside || masked(&path) != path {
            return Err(wrong());
        }
        if storage::bytes_of(&self.native(&subject.file))?.is_some() {
            return Ok(Answer::Go(percent_encoded(&path)));
        }
        let line = "# 用表单写的 Written in a form\n";
        let stood = journal::Stood { path: &path, bytes: None, text: "" };
        let what = text!("新文件 {path}", "new file {path}");
        journal::write((&session, &self.root), &stood, line, (&what, (self.today)()))?;
        self.forget();
        Ok(Answer::Go(percent_encoded(&path)))
    }

    /// Makes the certain repairs of the file that a form is about; of all files where the form is about none.
    pub(super) fn fix(&self, address: &str, kind: &str, sent: &Pairs) -> Result<Answer, Error> {
        let session = Session::open(&self.root)?;
        let request = self.request();
        let mut parts = kind.splitn(3, '@');
        let code = parts.next().filter(|code| !code.is_empty()).map(str::to_owned);
        let start = parts.next().and_then(|start| start.parse().ok());
        let named = parts.next().map(str::to_owned);
        let file = named.or_else(|| Subject::parse(address).map(|subject| subject.file));
        let is_asked = |path: &str| file.as_ref().is_none_or(|file| file == path);
        let mut repair = Repair::of(&self.root, &request, |sources| {
            Ok(sources.iter().filter(|(_, file)| is_asked(&file.path)).map(|(id, _)| id).collect())
        })?;
        repair.only = code.map(|code| Only { code, start });
        repair.make()?;
        for (id, change) in &repair.changes {
            let (old, new) = (repair.start.file(*id), repair.now.file(*id));
            let bytes = change
                .recoded
                .clone()
                .map_or_else(|| storage::bytes_of(&self.native(&new.path)), |bytes| Ok(Some(bytes)))?;
            let count = change.mended.len();
            let what = text!("改好 {count} 处", "repairs: {count}");
            let stood = journal::Stood { path: &new.path, bytes, text: &old.text };
            journal::write((&session, &self.root), &stood, &new.text, (&what, (self.today)()))?;
        }
        let is_from_findings = value(sent, "back") == Some("findings");
        Ok(Answer::Go(if is_from_findings {
            "../findings.html".to_owned()
        } else {
            percent_encoded(address)
        }))
    }
}

/// Says that a text would hold a number of a person that it did not hold before: neither the file nor the journal may.
pub(super) fn personal(old: &str, new: &str) -> Option<Message> {
    let is_new = masked(new) != new && masked(old) == old;
    is_new.then(|| {
        text!(
            "里面有个人的号码（身份证、手机、银行卡之类），没有存；办事电话写单位的座机",
            "it holds a number of a person, such as an identity card or a mobile phone, and was not saved; give the office's line instead"
        )
    })
}
