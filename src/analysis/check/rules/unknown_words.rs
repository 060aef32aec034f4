//! Ids that no vocabulary has: areas, departments, audiences, conditions, covered provisions, checks.

use qingdan_reading::wording::Wording;

use crate::analysis::Analysis;
use crate::catalogue::{Edition, EditionRef, List, Naming, Place, Service};
use crate::check::{CODES as ALL_CODES, Check};
use crate::codes;
use crate::diagnostic::{Code, Finding, Findings, Message};
use crate::schema::{VocabularyKind, nearest};
use crate::span::Spanned;
use crate::syntax::codes::SEVERAL_IN_ONE;
use crate::text;

codes! {
    /// An area the vocabulary does not have.
    UNKNOWN_AREA = "QD3010", "unknown-area", Error, fixed, "0.1.0",
        "词表里没有这个领域", "An area the vocabulary does not have";
    /// A department the vocabulary does not have.
    UNKNOWN_DEPARTMENT = "QD3011", "unknown-department", Error, fixed, "0.1.0",
        "词表里没有这个部门", "A department the vocabulary does not have";
    /// An audience the vocabulary does not have.
    UNKNOWN_AUDIENCE = "QD3012", "unknown-audience", Error, fixed, "0.1.0",
        "词表里没有这个服务对象", "An audience the vocabulary does not have";
    /// A condition the vocabulary does not have.
    UNKNOWN_CONDITION = "QD3013", "unknown-condition", Error, fixed, "0.1.0",
        "词表里没有这个条件", "A condition the vocabulary does not have";
    /// A covered provision the baseline does not have.
    UNKNOWN_COVERAGE = "QD3014", "unknown-coverage", Error, fixed, "0.1.0",
        "对应的上级条款不存在", "A covered provision that the baseline does not have";
    /// A covered provision that the baseline has under another id.
    OUTDATED_COVERAGE = "QD3018", "outdated-coverage", Warning, adjustable, "0.1.0",
        "对应的上级条款已换编号", "A covered provision that has another id now";
    /// A check that does not exist, in `site.yaml`.
    UNKNOWN_CHECK = "QD3015", "unknown-check", Error, fixed, "0.1.0",
        "没有这项检查", "A check that does not exist";
}

/// What is checked, in this order.
pub const CHECKS: &[Check] = &[areas, departments, audiences, conditions, coverage, checks, former_coverage];

/// The words of one vocabulary and how to speak of them.
struct KnownWord<'a> {
    code: &'static Code,
    ids: Vec<&'a str>,
    /// The vocabulary they stand in, if they have names.
    register: Option<VocabularyKind>,
    zh: &'static str,
    en: &'static str,
    /// What to do about a word that is really new, with where to look.
    else_do: fn() -> Message,
    /// Whether some of the words could not be read; then a missing one was reported there.
    lost: bool,
}

impl<'a> KnownWord<'a> {
    /// Reports a word that means none of these, by the names in the place of the file if it is no id.
    fn expect(&self, word: &Spanned<String>, naming: &Naming<'a>, findings: &mut Findings) {
        let name = word.value.as_str();
        if self.lost || self.ids.contains(&name) {
            return;
        }
        if let Some(parts) =
            self.register.and_then(|register| parts(name, |part| !naming.ids(register, part).is_empty()))
        {
            findings.push(several(word, &parts));
            return;
        }
        let (zh, en) = (self.zh, self.en);
        let help = match self.register.filter(|_| !name.is_ascii() || name.contains(' ')) {
            Some(register) => {
                let near = naming.near(register, name);
                let help = self.suggest(&near, &naming.names(register));
                match near.first().and_then(|near| function(near, register, naming)) {
                    Some((id, function)) => or_local_name(&help, name, id, function),
                    None => help,
                }
            }
            None => self.suggest(nearest(name, self.ids.iter().copied()).as_slice(), &self.ids),
        };
        findings.push(
            Finding::new(self.code, word.span, text!("没有{zh}“{name}”", "there is no {en} `{name}`"))
                .help(help),
        );
    }

    fn suggest(&self, near: &[&str], all: &[&str]) -> Message {
        let or = |mark: [&str; 2], or: &str| near.join(&format!("{}{or}{}", mark[1], mark[0]));
        if !near.is_empty() {
            let (zh, en) = (or(["“", "”"], "还是"), or(["`", "`"], " or "));
            return text!("是不是“{zh}”？", "did you mean `{en}`?");
        }
        let Message { zh, en } = (self.else_do)();
        if all.len() > FEW {
            return Message { zh, en };
        }
        let all = all.join(", ");
        text!("可以填：{all}；{zh}", "known are: {all}; {en}")
    }
}

/// Words and signs that join two names.
const JOINTS: &[char] = &['/', '／', '和', '与', '及'];

/// Returns the names that are joined in one text, if each of them is known.
fn parts(name: &str, is_known: impl Fn(&str) -> bool) -> Option<[&str; 2]> {
    let joints = name.match_indices(JOINTS);
    let mut pairs = joints.map(|(at, joint)| [name[..at].trim(), name[at + joint.len()..].trim()]);
    pairs.find(|pair| pair.iter().all(|part| !part.is_empty() && is_known(part)))
}

fn several(word: &Spanned<String>, parts: &[&str; 2]) -> Finding {
    let [one, other] = parts;
    Finding::new(
        &SEVERAL_IN_ONE,
        word.span,
        text!("“{one}”和“{other}”是两个，写在了一起", "there are two words in one here: {one}, {other}"),
    )
    .help(text!(
        "分开写，一行一个，每行以“- ”开头",
        "write them apart, one a line, each line starting with `- `"
    ))
}

/// Returns id and name of the function that a department named so has. `None` if it is no department.
fn function<'a>(body: &str, register: VocabularyKind, naming: &Naming<'a>) -> Option<(&'a str, &'a str)> {
    let id =
        naming.ids(register, body).into_iter().next().filter(|_| register == VocabularyKind::Departments)?;
    Some((id, naming.function_name(id)?))
}

/// Adds to a guess how a place says that a body of its own has this name.
fn or_local_name(help: &Message, name: &str, id: &str, function: &str) -> Message {
    let Message { zh, en } = help;
    text!(
        "{zh}如果本地就叫“{name}”，在 place.yaml 里写：部门: {{{function}: {{名称: {name}, 依据: 文件载明}}}}",
        "{en} If it is called {name} here, write in place.yaml: departments: {{{id}: {{name: {name}, status: printed}}}}"
    )
}

/// Up to so many known words are listed.
const FEW: usize = 12;

/// Services whose texts stand in their own file; adopted ones are checked where they stand.
fn own_services<'a>(analysis: &Analysis<'a>) -> impl Iterator<Item = (EditionRef<'a>, &'a Service)> {
    analysis.catalogue.editions().flat_map(|shown| {
        shown
            .edition
            .services
            .iter()
            .filter(|service| service.adopted.is_none())
            .map(move |service| (shown, service))
    })
}

fn areas(analysis: &Analysis<'_>, findings: &mut Findings) {
    let ids = analysis.catalogue.vocabulary.areas.iter().map(|area| area.id.value.as_str()).collect();
    let known = KnownWord {
        code: &UNKNOWN_AREA,
        ids,
        register: Some(VocabularyKind::Areas),
        zh: "领域",
        en: "area",
        else_do: || {
            text!("新的领域先写进 vocabulary/areas.yaml", "add a new one to vocabulary/areas.yaml first")
        },
        lost: analysis.catalogue.vocabulary.lost.contains("areas"),
    };
    let nowhere = analysis.catalogue.naming(None);
    for word in analysis.catalogue.vocabulary.hotlines.iter().flat_map(|line| &line.areas) {
        known.expect(word, &nowhere, findings);
    }
    for (shown, service) in own_services(analysis) {
        known.expect(&service.body.area, &analysis.catalogue.naming(Some(shown.place)), findings);
    }
}

fn departments(analysis: &Analysis<'_>, findings: &mut Findings) {
    let ids = analysis
        .catalogue
        .vocabulary
        .departments
        .iter()
        .map(|department| department.id.value.as_str())
        .collect();
    let known = KnownWord {
        code: &UNKNOWN_DEPARTMENT,
        ids,
        register: Some(VocabularyKind::Departments),
        zh: "部门",
        en: "department",
        else_do: || {
            text!(
                "名称、编号和新部门都在 vocabulary/departments.yaml；本地的名称写在 place.yaml 里",
                "names, ids and new ones stand in vocabulary/departments.yaml; local names in place.yaml"
            )
        },
        lost: analysis.catalogue.vocabulary.lost.contains("departments"),
    };
    let nowhere = analysis.catalogue.naming(None);
    for word in analysis.catalogue.vocabulary.hotlines.iter().flat_map(|line| &line.departments) {
        known.expect(word, &nowhere, findings);
    }
    for place in analysis.catalogue.places.values() {
        let here = analysis.catalogue.naming(Some(place));
        for word in place_departments(place) {
            known.expect(word, &here, findings);
        }
    }
    for shown in analysis.catalogue.editions() {
        let here = analysis.catalogue.naming(Some(shown.place));
        for word in shown.edition.services.iter().filter_map(|service| service.front_desk.as_ref()) {
            known.expect(word, &here, findings);
        }
    }
    for (shown, service) in own_services(analysis) {
        let here = analysis.catalogue.naming(Some(shown.place));
        let body = &service.body;
        let leads = body
            .provisions
            .iter()
            .filter_map(|provision| provision.lead.as_ref().map(|lead| &lead.department));
        let own = body.provisions.iter().flat_map(|provision| &provision.departments);
        let desks = body.provisions.iter().filter_map(|provision| provision.front_desk.as_ref());
        let desks = desks.chain(&body.front_desk);
        for word in body.departments.iter().chain(own).chain(leads).chain(desks) {
            known.expect(word, &here, findings);
        }
    }
}

fn place_departments(place: &Place) -> impl Iterator<Item = &Spanned<String>> {
    let cells = place.forms.values().flat_map(|form| &form.sections).flat_map(|section| &section.rows);
    let consents = place.statistics.iter().flat_map(|figures| &figures.consents);
    place
        .departments
        .values()
        .map(|(key, _)| key)
        .chain(place.contacts.iter().map(|contact| &contact.department))
        .chain(place.duties.iter().flat_map(|duty| &duty.who))
        .chain(cells.flatten().filter_map(|cell| cell.office.as_ref()))
        .chain(consents.map(|consent| &consent.department))
}

fn audiences(analysis: &Analysis<'_>, findings: &mut Findings) {
    let vocabulary = &analysis.catalogue.vocabulary;
    let ids = vocabulary.audiences.iter().map(|who| who.id.value.as_str()).collect();
    let known = KnownWord {
        code: &UNKNOWN_AUDIENCE,
        ids,
        register: Some(VocabularyKind::Audiences),
        zh: "服务对象",
        en: "audience",
        else_do: || {
            text!(
                "编号和新的服务对象都在 vocabulary/audiences.yaml",
                "ids and new ones stand in vocabulary/audiences.yaml"
            )
        },
        lost: vocabulary.lost.contains("audiences"),
    };
    let nowhere = analysis.catalogue.naming(None);
    let of_places = analysis.catalogue.places.values().flat_map(|place| place.audiences.values());
    let named = vocabulary.audiences.iter().flat_map(|who| &who.within);
    for word in named.chain(of_places.map(|(word, _)| word)) {
        known.expect(word, &nowhere, findings);
    }
    for (shown, service) in own_services(analysis) {
        let here = analysis.catalogue.naming(Some(shown.place));
        let audience = &service.body.audience;
        let provisions = &service.body.provisions;
        let narrower =
            provisions.iter().flat_map(|provision| provision.population.iter().chain(&provision.categories));
        for word in audience.population.iter().chain(&audience.categories).chain(narrower) {
            known.expect(word, &here, findings);
        }
    }
}

fn conditions(analysis: &Analysis<'_>, findings: &mut Findings) {
    let ids = analysis
        .catalogue
        .vocabulary
        .conditions
        .iter()
        .map(|condition| condition.id.value.as_str())
        .collect();
    let known = KnownWord {
        code: &UNKNOWN_CONDITION,
        ids,
        register: Some(VocabularyKind::Conditions),
        zh: "条件",
        en: "condition",
        else_do: || {
            text!(
                "新的条件先写进 vocabulary/conditions.yaml",
                "add a new one to vocabulary/conditions.yaml first"
            )
        },
        lost: analysis.catalogue.vocabulary.lost.contains("conditions"),
    };
    for (shown, service) in own_services(analysis) {
        let here = analysis.catalogue.naming(Some(shown.place));
        let provisions = service.body.provisions.iter().flat_map(|provision| &provision.conditions);
        for word in service.body.audience.conditions.iter().chain(provisions) {
            known.expect(word, &here, findings);
        }
    }
    // Words for reading may be of a condition that is built in, whether the vocabulary has it or not.
    let (words, usual) = (&analysis.catalogue.vocabulary, Wording::usual());
    let rules = analysis.catalogue.places.values().flat_map(|place| &place.rulebook);
    let own = words.wording.iter().chain(rules.map(|rule| &rule.wording));
    for word in own.flat_map(|own| &own.conditions).filter(|word| !usual.has_condition(&word.value)) {
        known.expect(word, &analysis.catalogue.naming(None), findings);
    }
}

fn coverage(analysis: &Analysis<'_>, findings: &mut Findings) {
    for (shown, list, above) in measured(analysis) {
        let addresses = |name: fn(&Service) -> &str| -> Vec<String> {
            let provisions = above.services.iter().flat_map(|service| {
                service.body.provisions.iter().map(move |provision| (service, provision))
            });
            provisions
                .map(|(service, provision)| format!("{}/{}", name(service), provision.id.value))
                .collect()
        };
        let by_id = addresses(|service| &service.id.value);
        let by_title = addresses(|service| &service.body.title.reference().value);
        let asked = shown.edition.queries.iter().flat_map(|query| &query.about).map(|word| (word, &by_id));
        let covered =
            covered(shown.edition).map(|word| (word, if word.value.is_ascii() { &by_id } else { &by_title }));
        for (word, addresses) in covered.chain(asked) {
            // What was renamed, split or merged is told by [`former_coverage`].
            let is_told = || by_id.contains(&word.value) || !list.now(above, &word.value).is_empty();
            if !may_be_lost(above, &word.value) && !is_told() {
                let known = provisions_called(addresses);
                known.expect(word, &analysis.catalogue.naming(None), findings);
            }
        }
    }
}

/// Editions that name a baseline, with its list and itself.
fn measured<'a>(analysis: &Analysis<'a>) -> impl Iterator<Item = (EditionRef<'a>, &'a List, &'a Edition)> {
    let catalogue = analysis.catalogue;
    analysis.catalogue.editions().filter_map(move |shown| {
        let above = catalogue.edition(&shown.edition.measured_against.as_ref()?.value)?;
        Some((shown, above.list, above.edition))
    })
}

/// What an edition says in its own file that it answers.
fn covered(edition: &Edition) -> impl Iterator<Item = &Spanned<String>> {
    let own = edition.services.iter().filter(|service| service.adopted.is_none());
    own.flat_map(|service| &service.body.provisions).flat_map(|provision| &provision.covers)
}

/// Covered provisions by an id they had in an earlier edition of the baseline.
fn former_coverage(analysis: &Analysis<'_>, findings: &mut Findings) {
    for (shown, list, above) in measured(analysis) {
        let has = |address: &str| {
            let (service, provision) = address.split_once('/').unwrap_or((address, ""));
            let mut homes = above.services.iter().filter(|home| home.id.value == service);
            homes.any(|home| home.body.provisions.iter().any(|known| known.id.value == provision))
        };
        for word in covered(shown.edition).filter(|word| !has(&word.value)) {
            let now = list.now(above, &word.value);
            if now.is_empty() || may_be_lost(above, &word.value) {
                continue;
            }
            findings.push(outdated(word, &now.into_iter().collect::<Vec<_>>(), &above.id));
        }
    }
}

fn outdated(word: &Spanned<String>, now: &[String], edition: &str) -> Finding {
    let old = &word.value;
    let new = now.join(", ");
    let message = match now {
        [_] => text!(
            "上级清单 {edition} 版里“{old}”已换编号，现在是“{new}”",
            "`{old}` has another id in edition {edition} of the baseline: `{new}`"
        ),
        _ => text!(
            "上级清单 {edition} 版里“{old}”已拆成几条：{new}",
            "`{old}` was split in edition {edition} of the baseline: {new}"
        ),
    };
    let help = match now {
        [_] => text!("改写成“{new}”", "write `{new}`"),
        _ => text!(
            "本地这一条落实了哪几条，就写哪几条：{new}",
            "name those of them that this provision answers: {new}"
        ),
    };
    Finding::new(&OUTDATED_COVERAGE, word.span, message).help(help)
}

/// The provisions of a baseline, by these addresses.
fn provisions_called(addresses: &[String]) -> KnownWord<'_> {
    KnownWord {
        code: &UNKNOWN_COVERAGE,
        ids: addresses.iter().map(String::as_str).collect(),
        register: None,
        zh: "上级条款",
        en: "baseline provision",
        else_do: || {
            text!(
                "写成“项目/条款”，在对照的清单里查；项目写编号或名称，条款写编号",
                "write service/provision: id or title of the service and id of the provision, from the edition it is measured against"
            )
        },
        lost: false,
    }
}

/// Tells whether `service/provision` may be one that could not be used in `edition`, which was reported.
fn may_be_lost(edition: &Edition, address: &str) -> bool {
    let (service, _) = address.split_once('/').unwrap_or((address, ""));
    let known = edition.services.iter().find(|known| known.id.value == service);
    known.map_or(edition.lost, |known| known.body.lost)
}

fn checks(analysis: &Analysis<'_>, findings: &mut Findings) {
    let ids = ALL_CODES.iter().flat_map(|stage| stage.iter()).flat_map(|code| [code.name, code.id]).collect();
    let known = KnownWord {
        code: &UNKNOWN_CHECK,
        ids,
        register: None,
        zh: "检查",
        en: "check",
        else_do: || text!("运行 qingdan explain 可以看到全部名称", "run `qingdan explain` to see all names"),
        lost: false,
    };
    let nowhere = analysis.catalogue.naming(None);
    for word in &analysis.catalogue.site.level_keys {
        known.expect(word, &nowhere, findings);
    }
}
