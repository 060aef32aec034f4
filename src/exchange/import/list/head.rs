//! What stands above the services, and what is said of the list as a whole.

use super::Writing;
use crate::catalogue::{EditionFile, OF_ONE_EDITION, OF_ONE_SERVICE};
use crate::import::filled;
use crate::import::note::{Note, remark, shown, warning, whole_file};
use crate::import::table::Read;
use crate::import::yaml::{self, Item, Map, Value};
use crate::schema::KeyLanguage;
use crate::text;

impl Writing<'_, '_> {
    /// Returns what stands above the services.
    pub(super) fn head(&mut self, read: &Read) -> Map {
        if let Some(rest) = &read.rest {
            let mut edition = filled::more(rest, &whole_file(), &mut self.notes);
            edition.zh("title", read.title.as_deref().unwrap_or_default());
            edition.0.sort_by_key(|entry| entry.key != "title");
            if self.is_of_another(read, &edition) {
                self.begin_anew(&mut edition);
                return edition;
            }
            let status = edition.get("status").map(Value::text).unwrap_or_default();
            if status != "draft" {
                let status = shown(status);
                self.notes.push(remark(
                    whole_file(),
                    text!("状态照工作簿写成了 {status}", "the status is {status}, as the workbook has it"),
                    text!(
                        "要做新的一版，就用 --list 写上新的版次再导入",
                        "for a new edition, import with its id under --list"
                    ),
                ));
            }
            return edition;
        }
        let mut edition = Map::default();
        let title = read.title.clone().unwrap_or_else(|| {
            self.notes.push(warning(
                whole_file(),
                text!("表格上面没有找到清单的名称", "no title of the list was found above the table"),
                text!("在⟦title⟧里写上清单全称", "write the full title of the list under ⟦title⟧"),
            ));
            "清单名称待填".to_owned()
        });
        edition.zh("title", &title);
        edition.text("ordinal", &self.target.ordinal.to_string());
        edition.text("status", "draft");
        if let Some((_, address)) = self.target.baseline {
            edition.text("measured_against", address);
        }
        edition
    }

    /// Tells whether the workbook was made of another edition than the one that is asked for.
    fn is_of_another(&self, read: &Read, edition: &Map) -> bool {
        match (self.target.address, &read.made_of) {
            (Some(wanted), Some(made_of)) => wanted != made_of,
            (Some(wanted), None) => {
                edition.get("status").map(Value::text) != Some("draft")
                    && self.target.catalogue.edition(wanted).is_none()
            }
            (None, _) => false,
        }
    }

    /// Makes a draft of an edition that follows it, and says what is left behind.
    fn begin_anew(&mut self, edition: &mut Map) {
        self.is_new = true;
        let left: Vec<String> = OF_ONE_EDITION
            .iter()
            .filter(|key| edition.take(key).is_some())
            .map(|key| format!("⟦{key}⟧"))
            .collect();
        edition.set("status", Value::Text("draft".to_owned()));
        edition.set("ordinal", Value::Text(self.target.ordinal.to_string()));
        edition.in_order_of::<EditionFile>();
        let (zh, en) = (left.join("、"), left.join(", "));
        let what = if left.is_empty() {
            text!("是新的一版，写成了草稿", "this is a new edition and was written as a draft")
        } else {
            text!(
                "是新的一版，写成了草稿；上一版的{zh}没有带过来",
                "this is a new edition and was written as a draft; {en} of the last one was left out"
            )
        };
        let help = text!("印发以后再填", "fill them in when it is issued");
        self.notes.push(remark(whole_file(), what, help));
    }

    /// Returns the comments at the head of the file: where it is from and what is left to do.
    pub(super) fn to_do(&self, services: usize) -> String {
        let (file, adopted) = (self.file, self.adopted);
        // What a person looked over row by row leaves no comments to delete.
        if self.is_looked_over && self.proposals == 0 && self.unknown.is_empty() {
            return String::new();
        }
        let written = services - adopted;
        let mut lines = vec![
            text!(
                "由 qingdan import 从 {file} 读入：{services} 个服务项目，照录上级 {adopted} 项，另写 {written} 项。逐项核对以后删去这些说明。",
                ""
            ),
            text!(
                "",
                "Imported from {file}: {services} services, {adopted} taken over from the baseline, {written} written in full. Look them over, then delete these lines."
            ),
        ];
        if self.proposals > 0 || !self.unknown.is_empty() {
            lines.push(text!("待办", "To do:"));
        }
        if self.proposals > 0 {
            // The title of a service goes by another name than that of the list.
            let title = match self.target.keys {
                KeyLanguage::English => "“title”（服务项目）",
                KeyLanguage::Chinese => "“服务项目”",
            };
            lines.extend([
                text!(
                    "- 英文（en）都没有写：{title}、⟦audience⟧、⟦content⟧、⟦plain⟧。",
                    "English texts (en) of services and provisions are left out."
                ),
                text!(
                    "- 标着“请核对”的，是按字面猜的；⟦plain⟧照抄原文的，改写成一句大白话。",
                    "What is marked 请核对 was guessed from the words; a plain sentence that repeats the official words is to be written."
                ),
                text!(
                    "- 编号 service-1、clause-1 这样的，改成有意义的英文，用了以后不再改。",
                    "Ids such as service-1 and clause-1 are to be given a meaning; once used they stay."
                ),
            ]);
        }
        if !self.unknown.is_empty() {
            let names = self.unknown.keys().map(|name| shown(name)).collect::<Vec<_>>().join("、");
            lines.push(text!(
                "- 不认识的责任部门，照原样写着：{names}。",
                "Departments that are not known, written as they stand: {names}."
            ));
        }
        yaml::comment_lines(&lines, self.target.keys) + "\n"
    }

    /// Says that some of what is proposed is no more than a guess.
    pub(super) fn say_guesses(&mut self) {
        let count = self.guessed;
        if count > 0 {
            self.notes.push(warning(
                whole_file(),
                text!(
                    "有 {count} 条⟦covers⟧是按相近的字面猜的，还不算数",
                    "{count} entries of ⟦covers⟧ were guessed from words that are alike, and settle nothing yet"
                ),
                text!(
                    "逐条核对，看过的删去“请核对”；没有看过的，qingdan check 会一直提醒",
                    "check each and delete its comment 请核对; `qingdan check` warns until that is done"
                ),
            ));
        }
    }

    /// Says which provisions of the baseline nothing seems to answer.
    pub(super) fn say_what_is_left(&mut self) {
        let Some(baseline) = &self.baseline else {
            self.notes.push(no_baseline());
            return;
        };
        let all = baseline.edition.services.iter().flat_map(|service| {
            service
                .body
                .provisions
                .iter()
                .map(|provision| format!("{}/{}", service.id.value, provision.id.value))
        });
        let left: Vec<String> = all.filter(|address| !self.answered.contains(address)).collect();
        if left.is_empty() {
            return;
        }
        let count = left.len();
        let some = &left[..count.min(6)];
        let (zh, en) = (some.join("、"), some.join(", "));
        let more = if count > 6 { " …" } else { "" };
        self.notes.push(remark(
            whole_file(),
            text!("上级清单有 {count} 条没有找到对应：{zh}{more}", "nothing was found to answer {count} provisions of the baseline: {en}{more}"),
            text!(
                "在对应的条款下写⟦covers⟧；真的没有的，用 qingdan coverage 会列为缺少",
                "name them under ⟦covers⟧ of what answers them; those that are really not there will be `missing` in `qingdan coverage`"
            ),
        ));
    }
}

/// Takes out of a service and its provisions what belongs to one edition.
pub(super) fn begin_service_anew(item: &mut Item) {
    let Value::Map(map) = &mut item.value else { return };
    OF_ONE_SERVICE.iter().for_each(|key| drop(map.take(key)));
    if let Some(Value::List(provisions)) = map.get_mut("provisions") {
        provisions.iter_mut().for_each(begin_service_anew);
    }
}

fn no_baseline() -> Note {
    remark(
        whole_file(),
        text!(
            "没有上级清单可以对照，⟦covers⟧都没有写",
            "there is no baseline to compare with, so ⟦covers⟧ was left out"
        ),
        text!(
            "用 --against 指定上级清单，例如 --against fujian/migrant-children/2025",
            "name the baseline with --against, such as --against fujian/migrant-children/2025"
        ),
    )
}
