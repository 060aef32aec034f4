//! Puts the parts of a site, made on several machines, together to the site that one machine would have made.
//!
//! In: folders, each with one part (`build --shard`). Out: their files in a sink. Nothing is put before all parts are
//! there, once, and of one site.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::diagnostic::{Error, Message};
use crate::output::{Sink, bytes_in, routes_in};
use crate::pipeline::{Part, PartMark};
use crate::route::Route;
use crate::text;

/// A folder with a part.
#[derive(Debug)]
struct PartFolder {
    path: PathBuf,
    mark: PartMark,
    routes: Vec<Route>,
}

/// What was put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Linked {
    /// How many parts.
    pub parts: usize,
    /// How many files.
    pub files: usize,
}

/// Puts the files of all parts in `folders` to `sink`, as of one site.
///
/// # Errors
/// [`Error::Argument`] if a folder holds no part, or they are not each part of one site once: says all that is wrong.
/// Otherwise the disk.
pub fn link(folders: &[PathBuf], sink: &dyn Sink) -> Result<Linked, Error> {
    let (mut parts, mut wrong) = (Vec::new(), Vec::new());
    for folder in folders {
        match part_in(folder)? {
            Ok(part) => parts.push(part),
            Err(why) => wrong.push(why),
        }
    }
    wrong.extend(unfit(&parts));
    if !wrong.is_empty() {
        let lines = |word: fn(&Message) -> &str| wrong.iter().map(word).collect::<Vec<_>>().join("\n");
        let reason = Message { zh: lines(|why| &why.zh), en: lines(|why| &why.en) };
        return Err(Error::Argument { reason });
    }
    let files: Vec<(&PartFolder, &Route)> =
        parts.iter().flat_map(|part| part.routes.iter().map(move |route| (part, route))).collect();
    files.par_iter().try_for_each(|(part, route)| {
        let lost = || Error::Argument {
            reason: text!(
                "{shown}：{route} 不见了；请重新做这一部分",
                "{shown}: {route} is gone; make this part anew",
                shown = part.path.display()
            ),
        };
        sink.put(route, &bytes_in(&part.path, route)?.ok_or_else(lost)?)
    })?;
    Ok(Linked { parts: parts.len(), files: files.len() })
}

/// Returns the part in a folder, or says why there is none.
fn part_in(folder: &Path) -> Result<Result<PartFolder, Message>, Error> {
    let (shown, mark) = (folder.display(), PartMark::route());
    let Some(bytes) = bytes_in(folder, &mark)? else {
        return Ok(Err(text!(
            "{shown}：这里没有网站的一部分（用 qingdan build --shard 1/N --out {shown} 做出来）",
            "{shown}: there is no part of a site here (`qingdan build --shard 1/N --out {shown}` makes one)"
        )));
    };
    let Ok(known) = serde_json::from_slice::<PartMark>(&bytes) else {
        return Ok(Err(text!(
            "{shown}：{mark} 读不懂；请重新做这一部分",
            "{shown}: {mark} cannot be read; make this part anew"
        )));
    };
    let routes = routes_in(folder)?.into_iter().map(Route::new).filter(|route| *route != mark);
    Ok(Ok(PartFolder { path: folder.to_owned(), mark: known, routes: routes.collect() }))
}

/// Says why parts do not make one site.
fn unfit(parts: &[PartFolder]) -> Vec<Message> {
    let Some(first) = parts.first() else {
        return vec![text!("请写出各部分所在的文件夹", "name the folders that the parts are in")];
    };
    let mut wrong = Vec::new();
    let mut known: BTreeMap<Part, &Path> = BTreeMap::new();
    for PartFolder { path, mark, .. } in parts {
        let (shown, other) = (path.display(), first.path.display());
        if (mark.part.of, &mark.made_from) != (first.mark.part.of, &first.mark.made_from) {
            let (own, one) = (&mark, &first.mark);
            let (part, day, tool) = (own.part, &own.day, &own.tool);
            let (one_part, one_day, one_tool) = (one.part, &one.day, &one.tool);
            wrong.push(text!(
                "{shown}（第 {part} 份，{day}，{tool}）和 {other}（第 {one_part} 份，{one_day}，{one_tool}）不是同一个网站的：\
                 文件、日期、选项和工具的版本都要一样",
                "{shown} (part {part}, {day}, {tool}) and {other} (part {one_part}, {one_day}, {one_tool}) are not of one site: \
                 files, day, options and version of the tool have to be the same"
            ));
        }
        if let Some(twin) = known.insert(mark.part, path) {
            let (part, twin) = (mark.part, twin.display());
            wrong.push(text!(
                "{twin} 和 {shown} 都是第 {part} 份，只写一个",
                "{twin} and {shown} are both part {part}; name one of them"
            ));
        }
    }
    let of = first.mark.part.of;
    let lost: Vec<String> = (1..=of)
        .map(|number| Part { number, of })
        .filter(|part| !known.contains_key(part))
        .map(|part| part.to_string())
        .collect();
    if wrong.is_empty() && !lost.is_empty() {
        let lost = lost.join(" ");
        wrong.push(text!("还缺：{lost}", "missing: {lost}"));
    }
    wrong
}
