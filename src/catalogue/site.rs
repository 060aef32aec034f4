//! `site.yaml`.

use std::collections::BTreeMap;

use super::place::Tier;
use crate::diagnostic::Level;
use crate::lang::{Direction, LangCode, Language, LanguageStatus, Languages, Localized};
pub use crate::schema::tables::{CodeSystem, Publisher, TierName};
use crate::schema::tables::{Embeds, OpenData, SiteFile, WrittenLanguage};
use crate::schema::{Declared, Fields};
use crate::span::{FileId, Span, Spanned};

/// What holds for the whole site.
#[derive(Clone, Debug)]
pub struct Site {
    /// Name of the site.
    pub title: Localized,
    /// What stands under its mark on a phone, in at most six characters.
    pub short_title: Option<Localized>,
    /// One sentence about it; its name if it has none.
    pub description: Localized,
    /// Its languages, reference first.
    pub languages: Languages,
    /// The system that the codes of places are of.
    pub codes: CodeSystem,
    /// What places of a tier are called, where the theme says something else.
    pub tiers: BTreeMap<Tier, TierName>,
    /// Its public address, without which there are no canonical links and no site map.
    pub base_url: Option<Spanned<String>>,
    /// Who publishes it.
    pub publisher: Option<Publisher>,
    /// The number of its ICP filing.
    pub icp: Option<String>,
    /// The number of its filing with the police.
    pub police_record: Option<String>,
    /// Its identification code as a government site.
    pub site_code: Option<String>,
    /// Whether the lists are also written as data for programs.
    pub has_open_data: bool,
    /// Whether pieces for the pages of others are made.
    pub offers_embeds: bool,
    /// Levels of checks that differ from the usual, by code or name.
    pub levels: BTreeMap<String, Level>,
    /// The keys of `levels` with their places.
    pub level_keys: Vec<Spanned<String>>,
    /// Code and tag of each language as written, also of one that is there twice.
    pub language_keys: Vec<(Spanned<String>, Spanned<String>)>,
}

/// Tells whether `text` is a full web address.
pub fn is_web_address(text: &str) -> bool {
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")).unwrap_or_default();
    !host.is_empty() && !host.starts_with('/') && !text.chars().any(|c| c.is_whitespace() || c.is_control())
}

impl Site {
    /// Takes `url`, which is a full web address, for the public address of the site.
    pub fn stands_at(&mut self, url: &str) {
        self.base_url = Some(Spanned::new(url.to_owned(), self.title.span));
    }

    /// Returns a site that stands in while `site.yaml` cannot be used, to show findings with.
    pub fn stand_in() -> Self {
        let language = |code: &str, tag: &str, name: &str| Language {
            code: LangCode::new(code),
            tag: tag.to_owned(),
            name: name.to_owned(),
            direction: Direction::Ltr,
            status: LanguageStatus::Official,
            fonts: String::new(),
        };
        let languages = vec![language("zh", "zh-CN", "中文"), language("en", "en", "English")];
        let nowhere = Span::whole(FileId(0));
        let title = |text: &str| {
            Localized::reference_only(Spanned::new(text.to_owned(), nowhere), &LangCode::new("zh"))
        };
        Self {
            title: title("清单 qingdan"),
            short_title: None,
            description: title("清单 qingdan"),
            languages: Languages::new(languages).expect("two languages are some"),
            codes: CodeSystem::default(),
            tiers: BTreeMap::new(),
            base_url: None,
            publisher: None,
            icp: None,
            police_record: None,
            site_code: None,
            has_open_data: true,
            offers_embeds: false,
            levels: BTreeMap::new(),
            language_keys: Vec::new(),
            level_keys: Vec::new(),
        }
    }

    /// Reads the fitted `site.yaml`. `None` if it lacks what nothing can do without.
    pub(super) fn decode(fields: Fields<'_>) -> Option<Self> {
        let file = SiteFile::decode(fields)?;
        let mut languages: Vec<Language> = Vec::new();
        let mut language_keys = Vec::new();
        for written in file.languages {
            let WrittenLanguage { code, tag, name, direction, status, fonts } = written;
            let own = code.value.clone();
            let language = Language {
                code: LangCode::new(&own),
                tag: tag.as_ref().map_or_else(|| own.clone(), |tag| tag.value.clone()),
                name: name.unwrap_or(own),
                direction: direction.unwrap_or(Direction::Ltr),
                status: status.unwrap_or(LanguageStatus::Official),
                fonts: fonts.unwrap_or_default(),
            };
            language_keys.extend(tag.map(|tag| (code, tag)));
            if !languages.iter().any(|known| known.code == language.code) {
                languages.push(language);
            }
        }
        Some(Self {
            description: file.description.unwrap_or_else(|| file.title.clone()),
            title: file.title,
            short_title: file.short_title,
            languages: Languages::new(languages)?,
            codes: file.codes.unwrap_or_default(),
            tiers: file.tiers,
            base_url: file.base_url,
            publisher: file.publisher,
            icp: file.icp,
            police_record: file.police_record,
            site_code: file.site_code,
            offers_embeds: file.embeds == Some(Embeds::Offered),
            has_open_data: file.open_data != Some(OpenData::Withheld),
            levels: file.levels,
            level_keys: file.level_keys,
            language_keys,
        })
    }
}
