//! `check --links`: the addresses that lead away from the site are tried, each once.
//!
//! The system's `curl` opens them: it comes with Windows 10, macOS and nearly every Linux, knows the proxies and the
//! certificates of its system, and no connection to others is built into this program.

use std::collections::BTreeMap;
use std::process::{Command, Stdio};

use rayon::prelude::*;

use crate::catalogue::file_kind;
use crate::diagnostic::site_codes::DEAD_LINK;
use crate::diagnostic::{Error, Finding, Findings, UiLang};
use crate::personal::hidden;
use crate::source::SourceTree;
use crate::span::{FileId, Span};
use crate::text;

use super::terminal;

/// What an address begins with.
const SCHEMES: [&str; 2] = ["https://", "http://"];
/// Where an address ends in a text.
const ENDS: &str = " \t\r\n\"'`<>()[]{}|\\^，。；：、！？“”‘’（）【】《》";
/// How many are tried at the same time.
const AT_ONCE: usize = 8;
/// The longest an address may take to connect, and to answer, in seconds.
const PATIENCE: [&str; 2] = ["10", "20"];
/// Answers of servers that do not like to be asked for the head only.
const ASK_AGAIN: [u16; 4] = [403, 405, 501, 503];
/// Answers that say that nothing is there.
const NOTHING_THERE: [u16; 2] = [404, 410];

/// What came of an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Answer {
    /// It opens.
    Opens,
    /// The server answered with this number.
    Status(u16),
    /// No server answered.
    Silent,
}

/// Tries every address in the files of a catalogue that leads away; what does not open is a finding.
///
/// # Errors
/// There is no `curl`; no address answers at all, as where there is no network.
pub(super) fn try_all(sources: &SourceTree, findings: &mut Findings, lang: UiLang) -> Result<(), Error> {
    let places = addresses(sources);
    if places.is_empty() {
        terminal::say(text!("没有通向别的网站的链接", "there are no links that lead away").get(lang));
        return Ok(());
    }
    if Command::new("curl").arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_err() {
        return Err(Error::Argument {
            reason: text!(
                "试网址要用 curl，这台电脑上没有；Windows 10、macOS 自带，Linux 装 curl 这个包",
                "addresses are tried with curl, which is not here; Windows 10 and macOS have it, on Linux install the package curl"
            ),
        });
    }
    let bar = terminal::counted(places.len(), lang);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(AT_ONCE.min(places.len())).build();
    let try_them = || -> Vec<(&Span, &str, Answer)> {
        let places: Vec<_> = places.iter().collect();
        let tried = places.par_iter().map(|(address, at)| {
            let answer = answer(address);
            bar.inc(1);
            (*at, address.as_str(), answer)
        });
        tried.collect()
    };
    // Without threads of its own, those that there are have to do.
    let tried = pool.map_or_else(|_| try_them(), |pool| pool.install(try_them));
    bar.finish_and_clear();
    if tried.iter().all(|(.., answer)| *answer == Answer::Silent) {
        let n = tried.len();
        return Err(Error::Argument {
            reason: text!(
                "{n} 个网址一个也没连上：多半是这台电脑没有连网，或者要设代理（环境变量 https_proxy）",
                "none of {n} addresses answers: this computer has no network, or needs a proxy (the variable https_proxy)"
            ),
        });
    }
    let opens = tried.iter().filter(|(.., answer)| *answer == Answer::Opens).count();
    let n = tried.len();
    terminal::say(text!("试了 {n} 个网址，{opens} 个能打开", "{n} addresses tried, {opens} open").get(lang));
    tried.into_iter().filter_map(|(at, address, answer)| finding(*at, address, answer)).for_each(|finding| {
        findings.push(finding);
    });
    Ok(())
}

/// Returns each address once, where it stands first. What a line is a comment about is not looked at.
fn addresses(sources: &SourceTree) -> BTreeMap<String, Span> {
    let mut found = BTreeMap::new();
    for (id, file) in sources.iter() {
        let is_read = file_kind(&file.path).is_some() || file.path.ends_with(".md");
        if !is_read || file.refused || file.withheld {
            continue;
        }
        for (address, at) in in_text(id, &file.text, file.path.ends_with(".yaml")) {
            found.entry(address).or_insert(at);
        }
    }
    found
}

fn in_text(id: FileId, text: &str, has_comments: bool) -> Vec<(String, Span)> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let is_comment = has_comments && line.trim_start().starts_with('#');
        let mut at = 0;
        while let Some(begin) = SCHEMES.iter().filter_map(|scheme| line[at..].find(scheme)).min() {
            let begin = at + begin;
            let end = line[begin..].find(|c| ENDS.contains(c)).map_or(line.len(), |end| begin + end);
            let address = line[begin..end].trim_end_matches(['.', ',', ';', ':', '*', '_']);
            if !is_comment && address.len() > "https://".len() {
                found.push((address.to_owned(), Span::new(id, start + begin, start + begin + address.len())));
            }
            at = end.max(begin + 1);
        }
        start += line.len();
    }
    found
}

/// Asks for the head of a page, and for all of it where a server does not answer that.
fn answer(address: &str) -> Answer {
    let first = asked(address, &["--head"]);
    match first {
        Answer::Status(status) if ASK_AGAIN.contains(&status) || NOTHING_THERE.contains(&status) => {
            asked(address, &[])
        }
        _ => first,
    }
}

fn asked(address: &str, how: &[&str]) -> Answer {
    let [connect, whole] = PATIENCE;
    let ended = Command::new("curl")
        .args(["-q", "--silent", "--globoff", "--location", "--max-redirs", "5"])
        .args(["--proto", "=http,https", "--connect-timeout", connect, "--max-time", whole])
        .args(["--user-agent", concat!("qingdan/", env!("CARGO_PKG_VERSION"), " (checks links)")])
        .args(["--output", if cfg!(windows) { "NUL" } else { "/dev/null" }, "--write-out", "%{http_code}"])
        .args(how)
        .args(["--url", address])
        .stdin(Stdio::null())
        .output();
    let said =
        ended.map(|ended| String::from_utf8_lossy(&ended.stdout).trim().to_owned()).unwrap_or_default();
    match said.parse() {
        Ok(200..=399) => Answer::Opens,
        Ok(0) | Err(_) => Answer::Silent,
        Ok(status) => Answer::Status(status),
    }
}

fn finding(at: Span, address: &str, answer: Answer) -> Option<Finding> {
    let address = hidden(address);
    let (message, help) = match answer {
        Answer::Opens => return None,
        Answer::Status(status) if NOTHING_THERE.contains(&status) => (
            text!(
                "这个网址打不开：那边说没有这个页面（{status}）：{address}",
                "nothing is at this address any more ({status}): {address}"
            ),
            text!("找到新的网址换上；没有了就删去", "write the new address, or take the link out"),
        ),
        Answer::Status(status) => (
            text!(
                "这个网址没有打开（{status}）：{address}",
                "this address did not open ({status}): {address}"
            ),
            text!(
                "在浏览器里点开看看：有的网站不让程序访问，打得开就不用改",
                "open it in a browser: some sites refuse programs, and if it opens there nothing has to be done"
            ),
        ),
        Answer::Silent => (
            text!("这个网址连不上：{address}", "no server answers at this address: {address}"),
            text!(
                "在浏览器里点开看看；换了网址就改过来",
                "open it in a browser; if it has moved, write the new address"
            ),
        ),
    };
    Some(Finding::new(&DEAD_LINK, at, message).help(help))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_end_where_a_reader_sees_them_end() {
        let found = |text: &str| -> Vec<String> {
            in_text(FileId(0), text, true).into_iter().map(|(address, _)| address).collect()
        };
        assert_eq!(found("online: https://a.example/x?y=1&z=2\n"), ["https://a.example/x?y=1&z=2"]);
        assert_eq!(
            found("请看[网页](http://a.example/甲)。另见https://b.example/，谢谢"),
            ["http://a.example/甲", "https://b.example/"]
        );
        assert_eq!(
            found("# $schema=https://no.example\n{url: 'https://yes.example'}."),
            ["https://yes.example"]
        );
        assert!(found("https://\nhttps").is_empty());
        let (address, at) = in_text(FileId(0), "a: 1\nurl: https://c.example\n", true).remove(0);
        assert_eq!((at.start, at.end), (10, 10 + u32::try_from(address.len()).expect("short")));
    }
}
