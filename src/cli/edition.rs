//! `qingdan edition new` and `edition issue`: start the next edition from the last; freeze one.

use std::fs::{File, TryLockError};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use clap::{Arg, ArgMatches};

use super::data::{self, Read};
use super::replace::{native, replace, temporary};
use super::{Command, Exit, terminal};
use crate::catalogue::{EDITIONS_FILE, EditionStatus, EditionsLock, Frozen, OF_ONE_EDITION, OF_ONE_SERVICE};
use crate::coverage::{self, Coverage, Issue};
use crate::date::Date;
use crate::diagnostic::{Error, Findings, UiLang};
use crate::personal::hidden;
use crate::schema::is_address_part;
use crate::source::SourceFile;
use crate::span::FileId;
use crate::syntax::{Edits, Node, yaml};
use crate::text;

/// `qingdan edition`.
pub(super) const COMMAND: Command = Command {
    name: "edition",
    about: || {
        text!(
            "new：从现行版次起草下一版（注释保留）；issue：发布并冻结一版",
            "new: start the next edition from the last, comments kept; issue: issue an edition and freeze it"
        )
    },
    arguments: |command, lang| {
        let action = text!("new 或 issue", "new or issue");
        let words = text!(
            "new：清单和新版次，例如 fujian/xiamen/migrant-children 2027；issue：版次，例如 fujian/xiamen/migrant-children/2027",
            "new: the list and the new edition, such as fujian/xiamen/migrant-children 2027; issue: the edition, such as fujian/xiamen/migrant-children/2027"
        );
        command
            .arg(
                Arg::new("action")
                    .value_name("ACTION")
                    .required(true)
                    .value_parser(["new", "issue"])
                    .help(action.get(lang).to_owned()),
            )
            .arg(data::words_argument("words", "EDITION", &words, lang))
            .arg(data::today_argument(lang))
    },
    run,
};

fn run(arguments: &ArgMatches, lang: UiLang) -> Result<Exit, Error> {
    let read = Read::new(arguments, "words", lang)?;
    let words: Vec<&str> = read.words.iter().map(|word| word.trim_matches('/')).collect();
    match (arguments.get_one::<String>("action").map(String::as_str), words.as_slice()) {
        (Some("new"), [list, id]) => start(&read, list, id, lang),
        (Some("issue"), [address]) => issue(&read, address, data::today(arguments)?, lang),
        (Some("issue"), [list, id]) => issue(&read, &format!("{list}/{id}"), data::today(arguments)?, lang),
        _ => Err(Error::Argument {
            reason: text!(
                "写成 qingdan edition new 地区/清单 新版次，或 qingdan edition issue 地区/清单/版次",
                "write `qingdan edition new PLACE/LIST ID` or `qingdan edition issue PLACE/LIST/ID`"
            ),
        }),
    }
}

fn start(read: &Read, list: &str, id: &str, lang: UiLang) -> Result<Exit, Error> {
    let Some(content) = read.catalogue() else { return Ok(Exit::Refused) };
    let last = data::list(content, list)
        .and_then(|issue| Some(Issue { edition: issue.list.editions.last()?, ..issue }));
    let known = || {
        content
            .places
            .values()
            .flat_map(|place| place.lists.keys().map(move |id| format!("{}/{id}", place.path)))
    };
    let last = last.ok_or_else(|| {
        let known: Vec<String> = known().collect();
        data::no_such(&text!("清单", "list"), list, known.iter().map(String::as_str))
    })?;
    if !is_address_part(id) || id <= last.edition.id.as_str() {
        let before = &last.edition.id;
        return Err(Error::Argument {
            reason: text!(
                "新版次的编号要排在 {before} 之后，只用小写字母、数字和连字符，例如 2027",
                "the id of the new edition comes after {before} and has small letters, digits and hyphens only, such as 2027"
            ),
        });
    }
    if hidden(id) != id {
        return Err(Error::Argument {
            reason: text!(
                "新版次的编号里有个人的号码，不能作文件名；编号用年份，例如 2027",
                "the id of the new edition holds a number of a person, which no file can be called by: use the year, such as 2027"
            ),
        });
    }
    let source = read.outcome.sources.file(last.edition.span.file);
    if source.withheld {
        return Ok(Exit::Refused);
    }
    let next = next_edition(source, last.edition.ordinal).ok_or_else(|| broken(&source.path))?;
    let path = format!("{list}/{id}.yaml");
    let on_disk = native(&read.root, &path);
    let write = || File::create_new(&on_disk)?.write_all(next.as_bytes());
    write().map_err(Error::writing(&on_disk))?;
    let from = &last.edition.id;
    terminal::say(
        text!(
            "写好了 {path}，内容来自 {from} 版，状态是草稿",
            "wrote {path} from edition {from}, as a draft"
        )
        .get(lang),
    );
    let newer = last.edition.measured_against.as_ref().and_then(|address| {
        let (place, list, edition) = content.edition(&address.value)?;
        Some(format!("{}/{}/{}", place.path, list.id, list.successor(&edition.id)?.id))
    });
    if let Some(newer) = newer {
        let hint = text!(
            "上级已有新版：把 measured_against 改为 {newer}",
            "there is a newer baseline: change measured_against to {newer}"
        );
        terminal::say(hint.get(lang));
    }
    Ok(Exit::Clean)
}

/// Returns the text of the next edition: the last one as a draft, without what belongs to one edition.
fn next_edition(source: &SourceFile, ordinal: Option<u32>) -> Option<String> {
    let root = yaml::parse(FileId(0), &source.text, &mut Findings::new())?;
    let mut edits = Edits::new(&source.text);
    for entry in root.entries() {
        match entry.key.value.as_str() {
            "status" | "状态" => edits.replace(entry.value.span, "draft"),
            "ordinal" | "版次" => {
                edits.replace(entry.value.span, ordinal.map_or(1, |number| number + 1).to_string());
            }
            key if is_of_one(key, OF_ONE_EDITION) => drop(edits.remove(entry)),
            _ => {}
        }
    }
    let services =
        root.entries().iter().find(|entry| matches!(entry.key.value.as_str(), "services" | "服务项目"));
    for service in services.iter().flat_map(|entry| entry.value.items()) {
        let provisions = service
            .entries()
            .iter()
            .filter(|entry| matches!(entry.key.value.as_str(), "provisions" | "条款"));
        let provisions = provisions.flat_map(|entry| entry.value.items());
        for entry in std::iter::once(service).chain(provisions).flat_map(Node::entries) {
            if is_of_one(&entry.key.value, OF_ONE_SERVICE) {
                edits.remove(entry);
            }
        }
    }
    Some(edits.done())
}

/// Tells whether `key`, or its Chinese alias, is one of `known`.
fn is_of_one(key: &str, known: &[&str]) -> bool {
    const ALIASES: &[(&str, &str)] = &[
        ("文件", "document"),
        ("日期", "dates"),
        ("征求意见", "consultation"),
        ("认定", "reviews"),
        ("提示", "notice"),
        ("冻结", "frozen"),
        ("原编号", "was"),
        ("核对", "checked"),
    ];
    let key = ALIASES.iter().find(|(zh, _)| *zh == key).map_or(key, |(_, key)| key);
    known.contains(&key)
}

fn issue(read: &Read, address: &str, on: Date, lang: UiLang) -> Result<Exit, Error> {
    let Some(content) = read.catalogue() else { return Ok(Exit::Refused) };
    let edition = data::edition(content, address)?;
    let address = edition.address();
    if let Some(Frozen { frozen, .. }) = content.frozen.get(&address) {
        return Err(Error::Argument {
            reason: text!(
                "{address} 已在 {frozen} 发布并冻结",
                "{address} was issued and frozen on {frozen}"
            ),
        });
    }
    if read.outcome.findings.refuse() {
        let refused = text!("先改好上面的错误，再发布", "mend the mistakes above, then issue it");
        terminal::say(refused.get(lang));
        return Ok(Exit::Refused);
    }
    let source = read.outcome.sources.file(edition.edition.span.file);
    let text = issued(source, &edition, on).ok_or_else(|| broken(&source.path))?;
    let mut lock: EditionsLock = content.frozen.clone();
    let ledger = Ledger::open(&read.root.join(EDITIONS_FILE), &lock)?;
    lock.freeze(&address, &on.to_string(), &text);
    // The file first: an edition that is issued and not frozen is noticed, the contrary would be an error.
    replace(&native(&read.root, &source.path), text.as_bytes())?;
    ledger.write(&lock)?;
    let seal = &lock.head()[..12];
    terminal::say(
        text!(
            "{address} 已发布并冻结（{EDITIONS_FILE}，封印 {seal}…）",
            "{address} is issued and frozen ({EDITIONS_FILE}, seal {seal}…)"
        )
        .get(lang),
    );
    if let Some(lower) = coverage::cover(content, edition, None).filter(Coverage::is_lower) {
        let count = lower.gaps().filter(|known| known.verdict.is_lower()).count();
        let place = &edition.place.path;
        let warning = text!(
            "注意：有 {count} 条低于上级清单，见 qingdan coverage {place}",
            "note: {count} provisions are lower than the baseline; see `qingdan coverage {place}`"
        );
        terminal::say(warning.get(lang));
    }
    Ok(Exit::Clean)
}

/// Returns the text of an edition with the status issued, and the day if it was not issued before.
fn issued(source: &SourceFile, issue: &Issue<'_>, on: Date) -> Option<String> {
    let root = yaml::parse(FileId(0), &source.text, &mut Findings::new())?;
    let mut edits = Edits::new(&source.text);
    let find =
        |names: [&str; 2]| root.entries().iter().find(|entry| names.contains(&entry.key.value.as_str()));
    let status = find(["status", "状态"])?;
    if issue.edition.status != EditionStatus::Issued {
        edits.replace(status.value.span, "issued");
    }
    // Who takes the record out of the lock file has to take this out as well.
    let mut lines = vec![format!("frozen: {on}")];
    // Of one that was issued long ago the day is for people to find out.
    if issue.edition.status != EditionStatus::Issued && issue.edition.dates.get("issued").is_none() {
        match find(["dates", "日期"]).map(|dates| (dates, dates.value.entries().first())) {
            None | Some((_, None)) => {
                lines.push(format!("dates: {{issued: {on}}}"));
            }
            Some((dates, Some(first))) => {
                let line = |byte: u32| source.position(byte).line;
                if line(first.key.span.start) == line(dates.key.span.start) {
                    edits.insert(first.key.span.start, &format!("issued: {on}, "));
                } else {
                    let indent = " ".repeat(source.position(first.key.span.start).column - 1);
                    edits.insert_line_after(dates.key.span.start, &format!("{indent}issued: {on}"));
                }
            }
        }
    }
    for line in lines {
        edits.insert_line_after(status.key.span.start, &line);
    }
    Some(edits.done())
}

fn broken(path: &str) -> Error {
    Error::Argument { reason: text!("{path} 不是能读的 YAML", "{path} is not YAML that can be read") }
}

/// `editions.lock` while one command writes it: whoever else wants to is told.
struct Ledger {
    path: PathBuf,
    beside: PathBuf,
    next: File,
}

impl Ledger {
    /// Takes the file at `path` if nobody else has it and it still says what `known` says.
    fn open(path: &Path, known: &EditionsLock) -> Result<Self, Error> {
        let beside = temporary(path);
        let next = File::options().create(true).truncate(false).write(true).open(&beside);
        let next = next.map_err(Error::writing(&beside))?;
        let text = std::fs::read_to_string(path).unwrap_or_default();
        let now = EditionsLock::parse(FileId(0), &text, &mut Findings::new());
        // Some network file systems have no locks; what the file says is compared all the same.
        let is_held = matches!(next.try_lock(), Err(TryLockError::WouldBlock));
        if is_held || now.head() != known.head() {
            if !is_held {
                drop(next);
                std::fs::remove_file(&beside).map_err(Error::writing(&beside))?;
            }
            return Err(Error::Argument {
                reason: text!(
                    "另一个 qingdan 正在写 {EDITIONS_FILE}，请等它结束后再试",
                    "another qingdan is writing {EDITIONS_FILE}; try again when it has finished"
                ),
            });
        }
        Ok(Self { path: path.to_owned(), beside, next })
    }

    /// Writes it, in one step.
    fn write(mut self, lock: &EditionsLock) -> Result<(), Error> {
        let mut write = || {
            self.next.set_len(0)?;
            self.next.write_all(lock.to_text().as_bytes())?;
            self.next.sync_all()
        };
        write().map_err(Error::writing(&self.beside))?;
        std::fs::rename(&self.beside, &self.path).map_err(Error::writing(&self.path))
    }
}
