//! What files are called.

use super::subject::Ground;
use crate::catalogue::FileKind;
use crate::diagnostic::{Message, UiLang};
use crate::lang::LangCode;
use crate::schema::tables;
use crate::text;

/// Returns what a file is, in words.
pub(super) fn file_title(kind: &FileKind, path: &str, ground: &Ground<'_>) -> String {
    let lang = LangCode::new(if ground.lang == UiLang::Zh { "zh" } else { "en" });
    let edition = kind.edition.as_ref().and_then(|address| ground.catalogue.edition(address));
    if let Some(edition) = edition {
        return format!("{} {}", edition.edition.title.for_reader(&lang).1, edition.edition.id);
    }
    let name = path.rsplit('/').next().unwrap_or(path);
    let place = kind.place.as_ref().and_then(|place| ground.catalogue.places.get(place));
    let what = match name {
        "site.yaml" => text!("网站", "The site"),
        "place.yaml" => text!("地区", "The place"),
        "contacts.yaml" => text!("办事地点和电话", "Where to go and whom to call"),
        "duties.yaml" => text!("任务和报告", "Duties and reporting"),
        "danger.yaml" => text!("孩子有危险时", "When a child is in danger"),
        "statistics.yaml" => text!("统计", "Statistics"),
        "areas.yaml" => text!("词表：领域", "Words: areas"),
        "departments.yaml" => text!("词表：部门", "Words: departments"),
        "audiences.yaml" => text!("词表：服务对象", "Words: audiences"),
        "conditions.yaml" => text!("词表：条件", "Words: conditions"),
        "groups.yaml" => text!("词表：人群", "Words: groups"),
        "terms.yaml" => text!("词表：名词解释", "Words: terms explained"),
        "synonyms.yaml" => text!("词表：同义词", "Words: synonyms"),
        "hotlines.yaml" => text!("词表：热线", "Words: hotlines"),
        "dangers.yaml" => text!("词表：危险情形", "Words: dangers"),
        "situations.yaml" => text!("词表：自查的问题", "Words: questions of the check"),
        "columns.yaml" => text!("词表：表格的列", "Words: columns of tables"),
        "wording.yaml" => text!("词表：读原文用的词", "Words: for reading official texts"),
        other => Message { zh: other.to_owned(), en: other.to_owned() },
    };
    let what = ground.say(&what);
    match (place, std::ptr::eq(kind.shape, &raw const tables::PLACE)) {
        (Some(place), true) => place.name.for_reader(&lang).1.to_owned(),
        _ => what,
    }
}
