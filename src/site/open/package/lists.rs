//! Tables of places, lists and editions, and of what changed from edition to edition.

use super::tables::{
    ABOVE, Filled, Head, OF_EDITION, OF_LIST, OF_PLACE, chosen, column, day, link, plain, some, some_texts,
    texts, words,
};
use super::{Form, Table};
use crate::api::Documents;
use crate::api::change::{Change, Changes, Reason};
use crate::api::edition::Edition;
use crate::api::list::List;
use crate::api::place::{Office, Place};
use crate::api::verdict::Verdicts;

pub(super) fn places(documents: &Documents) -> Table {
    let columns: &[Filled<&Place>] = &[
        column("id", Form::Word, ("编号", "identifier"), |it| plain(&it.in_short.id)),
        column("code", Form::Word, ("代码", "code"), |it| plain(&it.in_short.code)),
        column("tier", Form::Word, ("层级", "tier"), |it| chosen(it.in_short.tier)),
        column("name", Form::Text, ("全称", "full name"), |it| texts(&it.in_short.name)),
        column("short_name", Form::Text, ("简称", "short name"), |it| texts(&it.in_short.short_name)),
        column("above", Form::Word, ("上级地区", "place above"), |it| some(it.in_short.above.as_ref())),
    ];
    let head = Head { name: "places", about: ("地区", "places"), key: &["id"], references: ABOVE };
    head.filled(columns, documents.places.iter())
}

pub(super) fn offices(documents: &Documents) -> Table {
    let columns: &[Filled<(&Place, &Office)>] = &[
        column("place", Form::Word, ("地区", "place"), |(place, _)| plain(&place.in_short.id)),
        column("department", Form::Word, ("职能", "function"), |(_, it)| plain(&it.department)),
        column("name", Form::Text, ("名称", "name"), |(_, it)| some_texts(it.name.as_ref())),
        column("address", Form::Text, ("地址", "address"), |(_, it)| some_texts(it.address.as_ref())),
        column("phone", Form::Word, ("电话", "telephone"), |(_, it)| some(it.phone.as_ref())),
        column("hours", Form::Text, ("办公时间", "hours"), |(_, it)| some_texts(it.hours.as_ref())),
    ];
    let rows =
        documents.places.iter().flat_map(|place| place.offices.iter().map(move |office| (place, office)));
    let head =
        Head { name: "offices", about: ("办事的单位", "offices"), key: &[], references: OF_PLACE };
    head.filled(columns, rows)
}

pub(super) fn lists(documents: &Documents) -> Table {
    let columns: &[Filled<&List>] = &[
        column("id", Form::Word, ("编号", "identifier"), |it| plain(&it.in_short.id)),
        column("place", Form::Word, ("地区", "place"), |it| plain(&it.in_short.place)),
        column("group", Form::Word, ("人群", "group"), |it| plain(&it.in_short.group)),
        column("title", Form::Text, ("标题", "title"), |it| texts(&it.in_short.title)),
        column("edition", Form::Word, ("现行版次", "edition that stands"), |it| {
            plain(&it.in_short.edition)
        }),
        column("status", Form::Word, ("状态", "status"), |it| chosen(it.in_short.status)),
    ];
    let head = Head { name: "lists", about: ("清单", "lists"), key: &["id"], references: OF_PLACE };
    head.filled(columns, documents.lists.iter())
}

pub(super) fn editions(documents: &Documents) -> Table {
    let columns: &[Filled<&Edition>] = &[
        column("id", Form::Word, ("编号", "identifier"), |it| plain(&it.in_short.id)),
        column("list", Form::Word, ("清单", "list"), |it| plain(&it.list)),
        column("ordinal", Form::Number, ("第几版", "ordinal"), |it| some(it.in_short.ordinal.as_ref())),
        column("status", Form::Word, ("状态", "status"), |it| chosen(it.in_short.status)),
        column("title", Form::Text, ("标题", "title"), |it| texts(&it.in_short.title)),
        column("notice", Form::Text, ("提示", "notice"), |it| some_texts(it.notice.as_ref())),
        column("document", Form::Word, ("文号", "number of the document"), |it| {
            some(it.in_short.document.as_ref().and_then(|document| document.number.as_ref()))
        }),
        column("url", Form::Link, ("文件网址", "address of the document"), |it| {
            some(it.in_short.document.as_ref().and_then(|document| document.url.as_ref()))
        }),
        column("signed", Form::Day, ("成文", "signed"), |it| day(it.in_short.dates.get("signed"))),
        column("printed", Form::Day, ("印发", "printed"), |it| day(it.in_short.dates.get("printed"))),
        column("issued", Form::Day, ("发布", "issued"), |it| day(it.in_short.dates.get("issued"))),
        column("posted", Form::Day, ("公布", "posted"), |it| day(it.in_short.dates.get("posted"))),
        column("effective", Form::Day, ("施行", "effective"), |it| day(it.in_short.dates.get("effective"))),
        column("filed", Form::Day, ("备案", "filed"), |it| day(it.in_short.dates.get("filed"))),
        column("measured_against", Form::Word, ("对照的版次", "edition it is measured against"), |it| {
            some(it.in_short.measured_against.as_ref())
        }),
        column("link", Form::Link, ("永久网址", "permanent address"), |it| link(Some(&it.in_short.link))),
    ];
    let head = Head { name: "editions", about: ("版次", "editions"), key: &["id"], references: OF_LIST };
    head.filled(columns, documents.editions.iter())
}

pub(super) fn verdicts(documents: &Documents) -> Table {
    let columns: &[Filled<&Verdicts>] = &[
        column("edition", Form::Word, ("版次", "edition"), |it| plain(&it.edition)),
        column("exceeded", Form::Number, ("高于", "exceeded"), |it| plain(&it.summary.exceeded)),
        column("met", Form::Number, ("符合", "met"), |it| plain(&it.summary.met)),
        column("needs_review", Form::Number, ("待核", "needs review"), |it| {
            plain(&it.summary.needs_review)
        }),
        column("misquoted", Form::Number, ("引文有误", "misquoted"), |it| plain(&it.summary.misquoted)),
        column("weaker", Form::Number, ("低于", "weaker"), |it| plain(&it.summary.weaker)),
        column("missing", Form::Number, ("缺少", "missing"), |it| plain(&it.summary.missing)),
    ];
    let about = ("与上级清单对照的结论", "how editions stand to those above");
    let head = Head { name: "verdicts", about, key: &["edition"], references: OF_EDITION };
    head.filled(columns, documents.verdicts.iter())
}

/// Returns the changes, a row for each respect in which something changed.
pub(super) fn changes(documents: &Documents) -> Table {
    type Row<'d> = (&'d Changes, &'d Change, &'d Reason);
    let columns: &[Filled<Row<'_>>] = &[
        column("edition", Form::Word, ("版次", "edition"), |(of, ..)| plain(&of.edition)),
        column("since", Form::Word, ("上一版次", "edition before"), |(of, ..)| plain(&of.since)),
        column("service", Form::Word, ("项目", "service"), |(_, it, _)| plain(&it.service)),
        column("kind", Form::Word, ("变化", "kind of change"), |(.., why)| chosen(why.kind)),
        column("axis", Form::Word, ("哪一方面", "in what respect"), |(.., why)| some(why.axis.as_ref())),
        column("old", Form::Words, ("原来的条款", "provisions as they were"), |(_, it, _)| {
            words(&it.old)
        }),
        column("new", Form::Words, ("现在的条款", "provisions as they are"), |(_, it, _)| {
            words(&it.new)
        }),
        column("from", Form::Text, ("原来", "what it was"), |(.., why)| some_texts(why.from.as_ref())),
        column("to", Form::Text, ("现在", "what it is"), |(.., why)| some_texts(why.to.as_ref())),
        column("says", Form::Text, ("说明", "the change in a sentence"), |(.., why)| texts(&why.says)),
    ];
    let rows = documents.changes.iter().flat_map(|of| of.changes.iter().map(move |it| (of, it)));
    let rows = rows.flat_map(|(of, it)| it.reasons.iter().map(move |why| (of, it, why)));
    let about = ("版次之间的变化", "what editions changed");
    Head { name: "changes", about, key: &[], references: OF_EDITION }.filled(columns, rows)
}
