//! What a family needs to know of a service, as headings with lines in one language: what plain texts, texts to be spoken
//! and mini-programs are made from.

use crate::api::index::TextLanguage;
use crate::api::service::{Desk, ServiceDocument};
use crate::api::{Documents, Texts};
use crate::catalogue::EditionStatus;
use crate::diagnostic::Message;
use crate::text;

/// Says what documents say in one language.
#[derive(Clone, Copy)]
pub(super) struct Reader<'d> {
    /// The documents.
    pub(super) documents: &'d Documents,
    /// The language.
    pub(super) language: &'d TextLanguage,
}

impl<'d> Reader<'d> {
    /// Returns a reader in each language of the site.
    pub(super) fn all(documents: &'d Documents) -> impl Iterator<Item = Self> {
        documents.index.languages.iter().map(move |language| Self { documents, language })
    }

    /// Returns a text in the language, or else in the first that it has.
    pub(super) fn say<'t>(&'t self, texts: &'t Texts) -> &'t str {
        let languages = self.documents.index.languages.iter().map(|language| language.code.as_str());
        texts.for_reader(&self.language.code, languages)
    }

    /// Returns what the tool says, which speaks Chinese and English.
    pub(super) fn word(&self, message: &Message) -> String {
        if self.is_chinese() { message.zh.clone() } else { message.en.clone() }
    }

    /// Tells whether the language is Chinese.
    pub(super) fn is_chinese(&self) -> bool {
        self.language.code == "zh"
    }

    fn some(&self, texts: Option<&Texts>) -> Vec<String> {
        texts.map(|texts| self.say(texts).to_owned()).into_iter().collect()
    }

    fn each(&self, texts: &[Texts]) -> Vec<String> {
        texts.iter().map(|texts| self.say(texts).to_owned()).collect()
    }

    /// Returns everything about a service, the most needed first.
    pub(super) fn sheet(&self, document: &ServiceDocument) -> Sheet {
        let service = &document.service;
        let place = self.documents.place(&document.place);
        let list = self.documents.lists.iter().find(|list| list.in_short.id == document.list);
        let parts = [
            part(Topic::Draft, self.unissued(document.status.0)),
            part(Topic::Place, self.some(place.map(|place| &place.in_short.name))),
            part(Topic::Who, vec![self.say(&service.audience.text).to_owned()]),
            part(
                Topic::Gets,
                service.provisions.iter().map(|provision| self.say(&provision.plain).to_owned()).collect(),
            ),
            part(Topic::Desk, document.front_desk.as_ref().map_or_else(Vec::new, |desk| self.desk(desk))),
            part(Topic::Telephone, telephones(document)),
            part(Topic::Bring, service.apply.as_ref().map_or_else(Vec::new, |apply| self.each(&apply.bring))),
            part(
                Topic::Steps,
                service.apply.as_ref().map_or_else(Vec::new, |apply| {
                    [self.some(apply.place.as_ref()), self.each(&apply.steps)].concat()
                }),
            ),
            part(
                Topic::Fee,
                service.apply.as_ref().map_or_else(Vec::new, |apply| self.some(apply.fee.as_ref())),
            ),
            part(
                Topic::Time,
                service.apply.as_ref().map_or_else(Vec::new, |apply| self.some(apply.time.as_ref())),
            ),
            part(
                Topic::Bodies,
                service.departments.iter().map(|body| self.say(&body.name).to_owned()).collect(),
            ),
            part(Topic::Official, vec![self.say(&service.content).to_owned()]),
            part(Topic::List, self.some(list.map(|list| &list.in_short.title))),
        ];
        Sheet {
            title: self.say(&service.title).to_owned(),
            familiar: service.familiar.as_ref().map(|texts| self.say(texts).to_owned()),
            parts: parts.into_iter().filter(|part| !part.lines.is_empty()).collect(),
        }
    }

    /// Returns what has to be said of a list that is no official publication.
    pub(super) fn unissued(&self, status: EditionStatus) -> Vec<String> {
        let said = match status {
            EditionStatus::Issued => return Vec::new(),
            EditionStatus::Draft => {
                text!("草稿，不是正式公布的清单", "a draft, not an official publication")
            }
            EditionStatus::Consultation => {
                text!("征求意见稿，不是正式公布的清单", "under consultation, not an official publication")
            }
        };
        vec![self.word(&said)]
    }

    fn desk(&self, desk: &Desk) -> Vec<String> {
        let office = desk.office.as_ref();
        let name = office.and_then(|office| office.name.as_ref()).unwrap_or(&desk.department);
        let more = office.into_iter().flat_map(|office| [office.address.as_ref(), office.hours.as_ref()]);
        let lines = std::iter::once(name).chain(more.flatten());
        lines.map(|texts| self.say(texts).to_owned()).collect()
    }
}

fn part(topic: Topic, lines: Vec<String>) -> SheetPart {
    SheetPart { topic, lines }
}

/// Returns the numbers to call, each once.
pub(super) fn telephones(document: &ServiceDocument) -> Vec<String> {
    let desk = document.front_desk.as_ref();
    let office = desk.and_then(|desk| desk.office.as_ref()?.phone.clone());
    let apply = document.service.apply.as_ref().and_then(|apply| apply.phone.clone());
    let call = desk.and_then(|desk| Some(desk.call.as_ref()?.number.clone()));
    let mut numbers: Vec<String> = Vec::new();
    for number in [office, apply, call].into_iter().flatten() {
        if !numbers.contains(&number) {
            numbers.push(number);
        }
    }
    numbers
}

/// What a family needs to know of a service.
pub(super) struct Sheet {
    /// Its title.
    pub(super) title: String,
    /// What families call it.
    pub(super) familiar: Option<String>,
    /// What there is to know.
    pub(super) parts: Vec<SheetPart>,
}

/// What is said on one topic.
pub(super) struct SheetPart {
    /// The topic.
    pub(super) topic: Topic,
    /// The lines.
    pub(super) lines: Vec<String>,
}

/// What is told of a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Topic {
    /// That it is no official publication.
    Draft,
    /// Where it holds.
    Place,
    /// Whom it is for.
    Who,
    /// What one gets.
    Gets,
    /// Whom to go to first.
    Desk,
    /// The numbers to call.
    Telephone,
    /// What to bring.
    Bring,
    /// Where to go and what to do.
    Steps,
    /// What it costs.
    Fee,
    /// When.
    Time,
    /// Who is responsible.
    Bodies,
    /// The official words.
    Official,
    /// The list it stands in.
    List,
}

impl Topic {
    /// Returns its heading.
    pub(super) fn heading(self) -> Message {
        match self {
            Self::Draft => text!("注意", "Note"),
            Self::Place => text!("在哪里有效", "Where it holds"),
            Self::Who => text!("给谁", "Who it is for"),
            Self::Gets => text!("能得到什么", "What you get"),
            Self::Desk => text!("先找谁", "Whom to go to first"),
            Self::Telephone => text!("电话", "Telephone"),
            Self::Bring => text!("要带什么", "What to bring"),
            Self::Steps => text!("怎样办", "How to get it"),
            Self::Fee => text!("费用", "What it costs"),
            Self::Time => text!("时间", "When"),
            Self::Bodies => text!("责任部门", "Who is responsible"),
            Self::Official => text!("清单原文", "The official words"),
            Self::List => text!("出自哪份清单", "From which list"),
        }
    }

    /// Tells whether its lines are counted.
    pub(super) fn is_counted(self) -> bool {
        matches!(self, Self::Gets | Self::Bring | Self::Steps)
    }

    /// Tells whether it is said aloud: what is said in plain words is not said in official ones, too.
    pub(super) fn is_spoken(self) -> bool {
        !matches!(self, Self::Official | Self::List | Self::Bodies)
    }
}
