//! What stands above the services, and what is said of the list as a whole.

use super::Writing;
use crate::import::filled;
use crate::import::note::{Note, remark, shown, warning, whole_file};
use crate::import::table::Read;
use crate::import::yaml::{self, Map, Value};
use crate::text;

impl Writing<'_, '_> {
    /// Returns what stands above the services.
    pub(super) fn head(&mut self, read: &Read) -> Map {
        if let Some(rest) = &read.rest {
            let mut edition = filled::more(rest, &whole_file(), &mut self.notes);
            edition.zh("title", read.title.as_deref().unwrap_or_default());
            edition.0.sort_by_key(|entry| entry.key != "title");
            let status = edition.get("status").map(Value::text).unwrap_or_default();
            if status != "draft" {
                let status = shown(status);
                self.notes.push(remark(
                    whole_file(),
                    text!("状态照工作簿写成了 {status}", "the status is {status}, as the workbook has it"),
                    text!(
                        "这是新的一版，就改成 draft，删去 document、dates 和 frozen",
                        "for a new edition write draft, and delete document, dates and frozen"
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

    /// Returns the comments at the head of the file: where it is from and what is left to do.
    pub(super) fn to_do(&self, services: usize) -> String {
        let (file, adopted) = (self.file, self.adopted);
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
            lines.extend([
                text!(
                    "- 英文（en）都没有写：⟦title⟧、⟦audience⟧、⟦content⟧、⟦plain⟧。",
                    "English texts (en) are left out: ⟦title⟧, ⟦audience⟧, ⟦content⟧, ⟦plain⟧."
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
