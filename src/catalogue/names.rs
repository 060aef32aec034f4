//! Names of folders and files that become addresses: what a browser, Windows and a link can all bear.

use std::collections::BTreeSet;

use super::codes;
use crate::diagnostic::{Finding, Findings};
use crate::schema::is_address_part;
use crate::span::{FileId, Span};
use crate::text;

/// Reports each name in `path` that cannot be part of an address, once however many files lie below it.
/// `reported` remembers the folders that were reported already.
pub(super) fn check(
    file: FileId,
    path: &str,
    last: Option<&str>,
    reported: &mut BTreeSet<String>,
    findings: &mut Findings,
) {
    let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
    let mut so_far = String::new();
    for folder in folders.split('/').filter(|folder| !folder.is_empty()) {
        so_far.push_str(folder);
        if !is_address_part(folder) && reported.insert(so_far.clone()) {
            findings.push(invalid_name(file, folder, true));
        }
        so_far.push('/');
    }
    if last.is_some_and(|stem| !is_address_part(stem)) {
        findings.push(invalid_name(file, name, false));
    }
}

fn invalid_name(file: FileId, name: &str, folder: bool) -> Finding {
    let message = if folder {
        text!("文件夹名“{name}”不能用作网址", "the folder name `{name}` cannot be part of an address")
    } else {
        text!("文件名“{name}”不能用作网址", "the file name `{name}` cannot be part of an address")
    };
    Finding::new(&codes::INVALID_NAME, Span::whole(file), message).help(text!(
        "只用小写英文字母、数字和单个连字符，例如 xiamen、migrant-children、2025；中文名称写在 place.yaml 里。con、nul 等是 Windows 的保留名，也不能用",
        "use small letters, digits and single hyphens, such as xiamen, migrant-children, 2025; the name people read stands in place.yaml. Windows keeps con, nul and the like for itself"
    ))
}
