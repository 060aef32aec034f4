//! `qingdan fmt`: tidies files, and turns their keys into Chinese or English.

use std::collections::{BTreeMap, BTreeSet};

use clap::{Arg, ArgMatches};

use super::fix::{chosen, files_argument};
use super::writing::{say_where_kept, session, text_change};
use super::{Command, Exit, catalogue, catalogue_argument, data, switch, terminal};
use crate::catalogue::in_language;
use crate::catalogue::{self, Catalogue, FileKind, file_kind};
use crate::diagnostic::{Error, Findings, Message, UiLang};
use crate::personal::masked;
use crate::render;
use crate::repair::{untouchable, written_wrong};
use crate::schema::KeyLanguage;
use crate::source::{SourceFile, SourceTree};
use crate::span::FileId;
use crate::storage::Session;
use crate::syntax::yaml;
use crate::text;
use crate::tidy::{Untidy, agrees, tidied};

/// `qingdan fmt`.
pub(super) const COMMAND: Command = Command {
    name: "fmt",
    about: || {
        text!(
            "整理缩进、空格和空行；--keys 把字段名换成中文或英文",
            "tidy indentation and blanks; --keys turns keys into Chinese or English"
        )
    },
    arguments,
    run,
};

fn arguments(command: clap::Command, lang: UiLang) -> clap::Command {
    let check = text!("只列出不整齐的文件，不写文件", "only name the files that are not tidy");
    let keys = text!(
        "字段名和词换成中文（zh）或英文（en）",
        "turn keys and words into Chinese (zh) or English (en)"
    );
    command
        .arg(catalogue_argument(lang))
        .arg(files_argument(lang))
        .arg(switch("check", &check, lang))
        .arg(Arg::new("keys").long("keys").value_parser(["zh", "en"]).help(keys.get(lang).to_owned()))
        .arg(data::today_argument(lang))
}

fn run(arguments: &ArgMatches, lang: UiLang) -> Result<Exit, Error> {
    let (root, check) = (catalogue(arguments), arguments.get_flag("check"));
    let session = if check { None } else { Some(session(&root)?) };
    let mut findings = Findings::new();
    let mut sources = SourceTree::read(&root, render::default_theme(), &mut findings)?;
    let files = chosen(arguments, &sources)?;
    catalogue::guard(&mut sources, data::today(arguments)?, &mut findings);
    let Some(known) = catalogue::read(&sources, &mut findings) else {
        terminal::say(first_fix("site.yaml").get(lang));
        return Ok(Exit::Refused);
    };
    let language = arguments.get_one::<String>("keys").map(|keys| match keys.as_str() {
        "zh" => KeyLanguage::Chinese,
        _ => KeyLanguage::English,
    });
    let wrong: BTreeSet<FileId> =
        files.iter().copied().filter(|id| written_wrong(&findings, *id).next().is_some()).collect();
    let (mut tidy, mut said) =
        (Tidy { known: &known, sources: &sources, changed: BTreeMap::new() }, Vec::new());
    let mut looked_at = 0;
    for id in files {
        let file = sources.file(id);
        let Some(kind) = file_kind(&file.path) else { continue };
        looked_at += 1;
        if wrong.contains(&id) || file.refused {
            said.push(first_fix(&file.path));
        } else if let Some(why) = tidy.take(id, file, &kind, language) {
            let Message { zh, en } = why;
            let path = &file.path;
            said.push(text!("{path}：{zh}", "{path}: {en}"));
        }
    }
    said.extend(tidy.hold_to_meaning());
    said.iter().for_each(|message| terminal::say(&masked(message.get(lang))));
    if let Some(session) = &session {
        tidy.write(session)?;
    }
    let exit = tidy.tell(check, looked_at, lang);
    if !check && !tidy.changed.is_empty() {
        say_where_kept(&root, lang);
    }
    Ok(exit)
}

fn first_fix(path: &str) -> Message {
    text!(
        "{path}：有写法上的错误，没有整理；先运行 qingdan fix，再按 qingdan check 改好",
        "{path}: has mistakes in how it is written and was left as it is; run `qingdan fix` first, then mend what `qingdan check` says"
    )
}

/// The texts of files that are not tidy, tidied.
struct Tidy<'a> {
    known: &'a Catalogue,
    sources: &'a SourceTree,
    changed: BTreeMap<FileId, String>,
}

impl Tidy<'_> {
    /// Tidies one file; says why it is left as it is, if it is and would not have to be.
    fn take(
        &mut self,
        id: FileId,
        file: &SourceFile,
        kind: &FileKind,
        language: Option<KeyLanguage>,
    ) -> Option<Message> {
        let turned = language.and_then(|language| {
            let node = yaml::parse(id, &file.text, &mut Findings::new())?;
            Some(in_language(&file.text, &node, kind.shape, &kind.naming(self.known), language))
        });
        let text = turned.as_ref().unwrap_or(&file.text);
        match tidied(text) {
            Err(Untidy::Broken) => None,
            Err(Untidy::Unusual) => Some(text!(
                "写法少见，怕改变意思，没有整理",
                "is written in an unusual way and was left as it is"
            )),
            Ok(text) if text == file.text => None,
            Ok(_) if untouchable(file, Some(self.known)).is_some() => untouchable(file, Some(self.known)),
            Ok(text) => {
                self.changed.insert(id, text);
                None
            }
        }
    }

    /// Leaves files as they are that would say something else; returns what to say of them.
    fn hold_to_meaning(&mut self) -> Vec<Message> {
        let mut after = self.sources.clone();
        self.changed.iter().for_each(|(id, text)| after.put(*id, text.clone()));
        let trees = |sources: &SourceTree| {
            let known = catalogue::read(sources, &mut Findings::new());
            known.map(|known| catalogue::trees(sources, &known)).unwrap_or_default()
        };
        let (old, new) = (trees(self.sources), trees(&after));
        let same = |id: &FileId| match (old.get(id), new.get(id)) {
            (Some(old), Some(new)) => agrees(old, new) && agrees(new, old),
            _ => false,
        };
        let other: Vec<FileId> = self.changed.keys().filter(|id| !same(id)).copied().collect();
        let left = |id: FileId| {
            self.changed.remove(&id);
            let path = &self.sources.file(id).path;
            text!(
                "{path}：整理后意思会变，没有整理",
                "{path}: tidying would change what it says, so it was left as it is"
            )
        };
        other.into_iter().map(left).collect()
    }

    fn write(&self, session: &Session) -> Result<(), Error> {
        let changes = self.changed.iter().map(|(id, text)| {
            let file = self.sources.file(*id);
            text_change(session, &file.path, &file.text, text)
        });
        session.change(&changes.collect::<Result<Vec<_>, Error>>()?)
    }

    fn tell(&self, check: bool, looked_at: usize, lang: UiLang) -> Exit {
        for id in self.changed.keys() {
            let path = masked(&self.sources.file(*id).path);
            let line = if check {
                text!("{path}：不整齐", "{path}: is not tidy")
            } else {
                text!("{path}：整理好了", "{path}: tidied")
            };
            terminal::say(line.get(lang));
        }
        let count = self.changed.len();
        let sum = if check {
            text!(
                "看了 {looked_at} 个文件，{count} 个不整齐",
                "looked at {looked_at} files; not tidy: {count}"
            )
        } else {
            text!(
                "看了 {looked_at} 个文件，整理了 {count} 个",
                "looked at {looked_at} files; tidied: {count}"
            )
        };
        terminal::say(sum.get(lang));
        if check && count > 0 { Exit::Refused } else { Exit::Clean }
    }
}
