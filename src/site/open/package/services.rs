//! Tables of services and provisions, of every edition.

use super::tables::{
    Filled, Head, OF_EDITION, OF_PROVISION, OF_SERVICE, chosen, column, day, months, plain, some, some_texts,
    texts, words,
};
use super::{Cell, Form, Table};
use crate::api::edition::Edition;
use crate::api::service::{Apply, Item, Provision, ResponsibleBody, Service};
use crate::api::{Documents, Texts};

/// Returns every service of every edition.
fn every(documents: &Documents) -> impl Iterator<Item = (&Edition, &Service)> {
    documents.editions.iter().flat_map(|edition| edition.services.iter().map(move |it| (edition, it)))
}

pub(super) fn services(documents: &Documents) -> Table {
    type Row<'d> = (&'d Edition, &'d Service);
    let columns: &[Filled<Row<'_>>] = &[
        column("edition", Form::Word, ("版次", "edition"), |(edition, _)| plain(&edition.in_short.id)),
        column("id", Form::Word, ("编号", "identifier"), |(_, it)| plain(&it.id)),
        column("number", Form::Number, ("序号", "number"), |(_, it)| plain(&it.number)),
        column("area", Form::Word, ("领域", "area"), |(_, it)| plain(&it.area)),
        column("title", Form::Text, ("服务项目", "title"), |(_, it)| texts(&it.title)),
        column("familiar", Form::Text, ("俗称", "what families call it"), |(_, it)| {
            some_texts(it.familiar.as_ref())
        }),
        column("audience", Form::Text, ("服务对象", "audience"), |(_, it)| texts(&it.audience.text)),
        column("population", Form::Word, ("人群", "population"), |(_, it)| {
            some(it.audience.population.as_ref())
        }),
        column("categories", Form::Words, ("类别", "categories"), |(_, it)| words(&it.audience.categories)),
        column("conditions", Form::Words, ("对象栏的条件", "conditions"), |(_, it)| {
            words(&it.audience.conditions)
        }),
        column("from_months", Form::Number, ("年龄下限（月）", "age from, in months"), |(_, it)| {
            months(it.audience.age.as_ref(), |age| age.from_months)
        }),
        column("to_months", Form::Number, ("年龄上限（月）", "age to, in months"), |(_, it)| {
            months(it.audience.age.as_ref(), |age| age.to_months)
        }),
        column("content", Form::Text, ("服务内容", "official words"), |(_, it)| texts(&it.content)),
        column("standard", Form::Text, ("服务标准", "official standard"), |(_, it)| {
            some_texts(it.standard.as_ref())
        }),
        column("expenditure", Form::Text, ("支出责任", "who pays"), |(_, it)| {
            some_texts(it.expenditure.as_ref())
        }),
        column("adopts_edition", Form::Word, ("照录自版次", "edition it takes over from"), |(_, it)| {
            some(it.adopts.as_ref().map(|from| &from.edition))
        }),
        column("adopts_service", Form::Word, ("照录的项目", "service it takes over"), |(_, it)| {
            some(it.adopts.as_ref().map(|from| &from.service))
        }),
        column("was", Form::Word, ("原编号", "former identifier"), |(_, it)| some(it.was.as_ref())),
        column("where", Form::Text, ("到哪里办", "where to go"), |(_, it)| {
            said(it, |apply| apply.place.as_ref())
        }),
        column("fee", Form::Text, ("费用", "fee"), |(_, it)| said(it, |apply| apply.fee.as_ref())),
        column("time", Form::Text, ("时间", "when"), |(_, it)| said(it, |apply| apply.time.as_ref())),
        column("phone", Form::Word, ("电话", "telephone"), |(_, it)| {
            some(it.apply.as_ref().and_then(|apply| apply.phone.as_ref()))
        }),
        column("online", Form::Link, ("网上办理", "online"), |(_, it)| {
            some(it.apply.as_ref().and_then(|apply| apply.online.as_ref()))
        }),
        column("checked", Form::Day, ("核对日期", "verified on"), |(_, it)| {
            day(it.checked.as_ref().map(|checked| &checked.on))
        }),
    ];
    let head = Head {
        name: "services",
        about: ("服务项目", "services"),
        key: &["edition", "id"],
        references: OF_EDITION,
    };
    head.filled(columns, every(documents))
}

fn said(service: &Service, of: fn(&Apply) -> Option<&Texts>) -> Cell {
    some_texts(service.apply.as_ref().and_then(of))
}

/// What hangs on a service: its edition, the service, its number from 1, and the thing.
type Part<'d, T> = (&'d Edition, &'d Service, usize, &'d T);

fn parts<'d, T>(
    documents: &'d Documents,
    of: fn(&'d Service) -> &'d [T],
) -> impl Iterator<Item = Part<'d, T>> {
    every(documents).flat_map(move |(edition, service)| {
        (1..).zip(of(service)).map(move |(number, part)| (edition, service, number, part))
    })
}

const fn edition_of<'d, T>() -> Filled<Part<'d, T>> {
    column("edition", Form::Word, ("版次", "edition"), |(edition, ..)| plain(&edition.in_short.id))
}

const fn service_of<'d, T>() -> Filled<Part<'d, T>> {
    column("service", Form::Word, ("项目", "service"), |(_, service, ..)| plain(&service.id))
}

const fn number_of<'d, T>() -> Filled<Part<'d, T>> {
    column("number", Form::Number, ("第几项", "number, from 1"), |(_, _, number, _)| plain(number))
}

/// Returns who is responsible for which service.
pub(super) fn bodies(documents: &Documents) -> Table {
    let columns: &[Filled<Part<'_, ResponsibleBody>>] = &[
        edition_of(),
        service_of(),
        column("department", Form::Word, ("职能", "function"), |(.., it)| plain(&it.id)),
        column("name", Form::Text, ("当地的部门", "the body here"), |(.., it)| texts(&it.name)),
        column("certainty", Form::Word, ("把握", "how sure"), |(.., it)| chosen(it.certainty)),
    ];
    let head = Head {
        name: "departments",
        about: ("责任部门", "who is responsible"),
        key: &["edition", "service", "department"],
        references: OF_SERVICE,
    };
    head.filled(columns, parts(documents, |service| &service.departments))
}

fn applying(service: &Service, of: fn(&Apply) -> &[Texts]) -> &[Texts] {
    service.apply.as_ref().map_or(&[], of)
}

/// Returns what to bring.
pub(super) fn papers(documents: &Documents) -> Table {
    let columns: &[Filled<Part<'_, Texts>>] = &[
        edition_of(),
        service_of(),
        number_of(),
        column("paper", Form::Text, ("材料", "paper"), |(.., it)| texts(it)),
    ];
    let key = &["edition", "service", "number"];
    let head =
        Head { name: "papers", about: ("要带的材料", "what to bring"), key, references: OF_SERVICE };
    head.filled(columns, parts(documents, |service| applying(service, |apply| &apply.bring)))
}

/// Returns the steps.
pub(super) fn steps(documents: &Documents) -> Table {
    let columns: &[Filled<Part<'_, Texts>>] = &[
        edition_of(),
        service_of(),
        number_of(),
        column("step", Form::Text, ("步骤", "step"), |(.., it)| texts(it)),
    ];
    let key = &["edition", "service", "number"];
    let head = Head { name: "steps", about: ("办理步骤", "steps"), key, references: OF_SERVICE };
    head.filled(columns, parts(documents, |service| applying(service, |apply| &apply.steps)))
}

/// Returns the items of the government service platform.
pub(super) fn items(documents: &Documents) -> Table {
    let columns: &[Filled<Part<'_, Item>>] = &[
        edition_of(),
        service_of(),
        number_of(),
        column("basic", Form::Word, ("基本编码", "code in the basic catalogue"), |(.., it)| {
            some(it.basic.as_ref())
        }),
        column("implementation", Form::Word, ("实施编码", "code of who carries it out"), |(.., it)| {
            some(it.implementation.as_ref())
        }),
        column("name", Form::Text, ("事项名称", "name"), |(.., it)| some_texts(it.name.as_ref())),
    ];
    let key = &["edition", "service", "number"];
    let about = ("政务服务事项", "items of the government service platform");
    let head = Head { name: "items", about, key, references: OF_SERVICE };
    head.filled(columns, parts(documents, |service| service.apply.as_ref().map_or(&[], |apply| &apply.items)))
}

/// Returns the provisions.
pub(super) fn provisions(documents: &Documents) -> Table {
    let columns: &[Filled<Part<'_, Provision>>] = &[
        edition_of(),
        service_of(),
        column("id", Form::Word, ("编号", "identifier"), |(.., it)| plain(&it.id)),
        column("plain", Form::Text, ("白话", "plain words"), |(.., it)| texts(&it.plain)),
        column("quote", Form::Text, ("原文", "official clause"), |(.., it)| texts(&it.quote)),
        column("kind", Form::Word, ("给什么", "what is given"), |(.., it)| chosen(it.kind)),
        column("strength", Form::Word, ("约束力", "how binding"), |(.., it)| chosen(it.strength)),
        column("access", Form::Word, ("在哪里办", "where it is given"), |(.., it)| chosen(it.access)),
        column("conditions", Form::Words, ("条件", "conditions"), |(.., it)| words(&it.conditions)),
        column("condition_text", Form::Text, ("条件原文", "conditions as printed"), |(.., it)| {
            some_texts(it.condition_text.as_ref())
        }),
        column("population", Form::Word, ("人群", "population"), |(.., it)| some(it.population.as_ref())),
        column("categories", Form::Words, ("类别", "categories"), |(.., it)| words(&it.categories)),
        column("from_months", Form::Number, ("年龄下限（月）", "age from, in months"), |(.., it)| {
            months(it.age.as_ref(), |age| age.from_months)
        }),
        column("to_months", Form::Number, ("年龄上限（月）", "age to, in months"), |(.., it)| {
            months(it.age.as_ref(), |age| age.to_months)
        }),
        column("open_list", Form::Truth, ("列举未尽", "whether the enumeration is open"), |(.., it)| {
            plain(&it.open_list)
        }),
        column("either_of", Form::Word, ("择一", "alternatives"), |(.., it)| some(it.either_of.as_ref())),
        column("departments", Form::Words, ("责任部门", "functions responsible"), |(.., it)| {
            words(&it.departments)
        }),
        column(
            "covers",
            Form::Words,
            ("对应上级条款", "provisions above that it answers"),
            |(.., it)| words(&it.covers),
        ),
    ];
    let head = Head {
        name: "provisions",
        about: ("条款", "provisions"),
        key: &["edition", "service", "id"],
        references: OF_SERVICE,
    };
    head.filled(columns, parts(documents, |service| &service.provisions))
}

/// What hangs on a provision.
type Detail<'d, T> = (Part<'d, Provision>, T);

const fn edition_above<'d, T>() -> Filled<Detail<'d, T>> {
    column("edition", Form::Word, ("版次", "edition"), |((edition, ..), _)| plain(&edition.in_short.id))
}

const fn service_above<'d, T>() -> Filled<Detail<'d, T>> {
    column("service", Form::Word, ("项目", "service"), |((_, service, ..), _)| plain(&service.id))
}

const fn provision_above<'d, T>() -> Filled<Detail<'d, T>> {
    column("provision", Form::Word, ("条款", "provision"), |((.., provision), _)| plain(&provision.id))
}

/// Returns amounts, frequencies and periods.
pub(super) fn measures(documents: &Documents) -> Table {
    let columns: &[Filled<Detail<'_, (&String, &String)>>] = &[
        edition_above(),
        service_above(),
        provision_above(),
        column("name", Form::Word, ("名称", "name"), |(_, (name, _))| plain(name)),
        column("value", Form::Word, ("数值", "value"), |(_, (_, value))| plain(value)),
    ];
    let head = Head {
        name: "measures",
        about: ("金额、次数、期限", "amounts, frequencies, periods"),
        key: &["edition", "service", "provision", "name"],
        references: OF_PROVISION,
    };
    let rows = parts(documents, |service| &service.provisions);
    head.filled(columns, rows.flat_map(|part| part.3.measures.iter().map(move |measure| (part, measure))))
}

/// Returns the members that enumerations name.
pub(super) fn members(documents: &Documents) -> Table {
    let columns: &[Filled<Detail<'_, (usize, &Texts)>>] = &[
        edition_above(),
        service_above(),
        provision_above(),
        column("number", Form::Number, ("第几项", "number, from 1"), |(_, (number, _))| plain(number)),
        column("name", Form::Text, ("名称", "name"), |(_, (_, name))| texts(name)),
    ];
    let head = Head {
        name: "members",
        about: ("列举的各项", "members that are named"),
        key: &["edition", "service", "provision", "number"],
        references: OF_PROVISION,
    };
    let rows = parts(documents, |service| &service.provisions);
    head.filled(columns, rows.flat_map(|part| (1..).zip(&part.3.named).map(move |member| (part, member))))
}
