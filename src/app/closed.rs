//! Files that commands and forms leave as they are.

use crate::catalogue::{self, Catalogue, EDITIONS_FILE, TRANSLATIONS_FILE};
use crate::diagnostic::Message;
use crate::source::SourceFile;
use crate::text;

/// Says why a file is not to be touched by a command, if it is not.
pub fn untouchable(file: &SourceFile, known: Option<&Catalogue>) -> Option<Message> {
    if [EDITIONS_FILE, TRANSLATIONS_FILE].contains(&file.path.as_str()) {
        return Some(text!("由工具自己写，不改", "is written by the tool itself and left as it is"));
    }
    if file.withheld {
        return Some(text!("里面有个人的号码，先删去号码", "holds a number of a person; take it out first"));
    }
    let address = catalogue::file_kind(&file.path)?.edition?;
    let is_frozen = known.is_some_and(|known| known.frozen.get(&address).is_some());
    let says_so = file.text.lines().any(|line| {
        ["frozen", "冻结"]
            .iter()
            .any(|key| line.strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with([':', '：'])))
    });
    (is_frozen || says_so).then(|| {
        text!(
            "已经发布并冻结，不改；要改原文就起草新的一版，其余的写更正（qingdan edition correct）",
            "is issued and frozen, and left as it is; to change what was issued, start a new edition; for the rest, `qingdan edition correct`"
        )
    })
}
