//! Where a program begins: what the site is, its languages, and where everything else stands.

use schemars::JsonSchema;
use serde::Serialize;

use super::texts::{Day, Link};
use super::{ApiDocument, ApiRoute, Source, Texts, VERSION};
use crate::catalogue;
use crate::lang::{Direction, Language, LanguageStatus};

/// Where a program begins.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Index {
    #[serde(rename = "self")]
    pub(crate) link: Link,
    /// The version of the data; a change that could break a program raises it.
    pub(crate) version: &'static str,
    /// The program that wrote the data.
    pub(crate) generator: String,
    /// The day that deadlines and states are told for.
    pub(crate) as_of: Day,
    /// The name of the site.
    pub(crate) title: Texts,
    /// One sentence about it.
    pub(crate) description: Texts,
    /// Who publishes it.
    pub(crate) publisher: Option<Publisher>,
    /// The languages of the texts; the first is the one that counts.
    pub(crate) languages: Vec<TextLanguage>,
    /// Where the other documents stand.
    pub(crate) documents: Documents,
}

/// A body that publishes pages.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Publisher {
    /// Its full name.
    pub(crate) name: Texts,
    /// The office that does the work.
    pub(crate) office: Option<Texts>,
    /// The telephone of the office.
    pub(crate) phone: Option<String>,
    /// Its e-mail address.
    pub(crate) email: Option<String>,
    /// Its address.
    pub(crate) address: Option<Texts>,
}

impl From<&catalogue::Publisher> for Publisher {
    fn from(known: &catalogue::Publisher) -> Self {
        Self {
            name: Texts::from(&known.name),
            office: Texts::some(known.office.as_ref()),
            phone: known.phone.clone(),
            email: known.email.clone(),
            address: Texts::some(known.address.as_ref()),
        }
    }
}

/// A language that texts can be in.
#[derive(Serialize, JsonSchema)]
pub(crate) struct TextLanguage {
    /// The code under which texts have it.
    pub(crate) code: String,
    /// Its tag by BCP 47.
    pub(crate) tag: String,
    /// Its name in itself.
    pub(crate) name: String,
    /// `ltr` or `rtl`.
    #[schemars(extend("enum" = ["ltr", "rtl"]))]
    pub(crate) direction: &'static str,
    /// `official` for texts as good as those of the first language, `working` for translations that only help to read.
    #[schemars(extend("enum" = ["official", "working"]))]
    pub(crate) status: &'static str,
}

impl From<&Language> for TextLanguage {
    fn from(language: &Language) -> Self {
        Self {
            code: language.code.as_str().to_owned(),
            tag: language.tag.clone(),
            name: language.name.clone(),
            direction: match language.direction {
                Direction::Ltr => "ltr",
                Direction::Rtl => "rtl",
            },
            status: match language.status {
                LanguageStatus::Official => "official",
                LanguageStatus::Working => "working",
            },
        }
    }
}

/// Where the other documents stand.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Documents {
    /// All places.
    pub(crate) places: Link,
    /// All lists.
    pub(crate) lists: Link,
    /// The words that documents name by their ids.
    pub(crate) vocabulary: Link,
    /// On which days something happened.
    pub(crate) days: Link,
    /// The description of all documents, by OpenAPI 3.1.
    pub(crate) openapi: Link,
}

impl ApiDocument for Index {
    const PATH: &'static str = "index.json";
    const ABOUT: &'static str = "Where a program begins: the site, its languages, the other documents";

    fn all(source: &Source<'_>) -> Vec<(ApiRoute, Self)> {
        let at = ApiRoute::index();
        let link = |to: ApiRoute| Link(source.link(&at.route(), &to.route()));
        let facts = &source.map.facts;
        let site = &facts.catalogue().site;
        let index = Self {
            link: link(at.clone()),
            version: VERSION,
            generator: format!("qingdan {}", env!("CARGO_PKG_VERSION")),
            as_of: Day(facts.analysis.today),
            title: Texts::from(&site.title),
            description: Texts::from(&site.description),
            publisher: site.publisher.as_ref().map(Publisher::from),
            languages: site.languages.iter().map(TextLanguage::from).collect(),
            documents: Documents {
                places: link(ApiRoute::places()),
                lists: link(ApiRoute::lists()),
                vocabulary: link(ApiRoute::vocabulary()),
                days: link(ApiRoute::days()),
                openapi: link(ApiRoute::description()),
            },
        };
        vec![(at, index)]
    }
}
