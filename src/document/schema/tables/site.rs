//! `site.yaml`.

use std::collections::BTreeMap;

use super::{Tier, choice, may};
use crate::date::Date;
use crate::diagnostic::Level;
use crate::lang::{Direction, LangCode, LanguageStatus, Localized};
use crate::schema::choices::choices;
use crate::schema::declare::document;
use crate::schema::field_type::{ByOwnName, FieldType, LanguageCode, May, Must, NamedMap, or_default};
use crate::schema::{Choice, Choices, Declared, Field, Shape, Table};
use crate::span::Spanned;
use crate::syntax::Node;

/// `site.yaml`.
pub static SITE: Shape = Shape::Map(SiteFile::TABLE);

document! {
    /// What `site.yaml` says.
    pub struct SiteFile ("站点设置", "site.yaml") {
        title: Must<Localized> = "名称" | "标题", "网站名称", "the name of the site";
        short_title: May<Localized> = "简称",
            "手机桌面上图标下的字，六个字以内",
            "what stands under the mark on a phone, in at most six characters; the start of the name if left out";
        description: May<Localized> = "简介",
            "一句话介绍，供搜索引擎使用", "one sentence about the site, for search engines; its name if left out";
        languages: Must<Vec<WrittenLanguage>> = "语言",
            "网站的语言，第一种是基准语言", "the languages of the site, the reference first";
        codes: May<CodeSystem> = "代码体系",
            "地区代码用哪一套：gbt-2260（六位数字，不写就是它）或 any（字母、数字、连字符）",
            "the system of the codes of places: gbt-2260 (six digits, the default), or any (letters, digits, hyphens)";
        tiers: May<TierNames> = "层级名称",
            "各级地区怎么称呼，不写用主题里的，例如 县（市、区）",
            "what places of each tier are called, by default as the theme says, such as counties and districts";
        base_url: May<Spanned<String>> = "网址",
            "网站的网址，用于规范链接和站点地图", "the address of the site, for canonical links and the site map";
        publisher: May<Publisher> = "主办单位" | "发布单位",
            "网站由谁主办，写在每一页的最下面；不知道就不写",
            "who publishes the site, told at the foot of every page; left out if unknown";
        icp: May<String> = "备案号", "ICP 备案号，照批复写", "the number of the ICP filing, as granted";
        police_record: May<String> = "公安备案号", "公安联网备案号，照批复写", "the number of the filing with the police, as granted";
        site_code: May<String> = "网站标识码" | "政府网站标识码", "政府网站标识码", "the identification code of a government site";
        open_data: May<OpenData> = "开放数据",
            "清单要不要也写成 JSON 供别的程序取用：published（写，不写这一项就是写）或 withheld（不写）",
            "whether the lists are also written as JSON for programs of others: published (the default), or withheld";
        embeds: May<Embeds> = "嵌入页面",
            "要不要做出可以放进别的网站的页面片段：offered（做）或 none（不做，不写这一项就是不做）；要先写 base_url",
            "whether pieces for the pages of others are made: offered, or none (the default); they need base_url";
        duty_mobiles: May<Vec<DutyMobileEntry>> = "值班手机",
            "可以公布的单位值班手机；别的手机号一律不能写进清单",
            "duty mobiles of offices that may be published; no other mobile number can stand in a list";
        reviewed_details: May<Vec<DetailReview>> = "已核对",
            "看过、可以公布的地址、图片等；编号抄提醒里给的",
            "what a person has looked at and may be published, by the mark that the warning gives";
        levels as "checks": May<NamedMap<ByOwnName, Level>> = "检查级别",
            "把某项检查改为 error、warning 或 off", "sets a check to error, warning or off";
    } besides |fields| {
        /// The keys of the levels with their places.
        level_keys: Vec<Spanned<String>> = fields.names("checks");
    }
}

choices! {
    /// Whether the lists are also written as data for programs.
    OpenData {
        /// They are.
        Published = "published", "公开";
        /// They are not.
        Withheld = "withheld", "不公开";
    }
}

choices! {
    /// Whether pieces for the pages of others are made.
    Embeds {
        /// They are.
        Offered = "offered", "提供";
        /// They are not.
        None = "none", "不提供";
    }
}

choices! {
    /// The system that the codes of places are of.
    CodeSystem {
        /// GB/T 2260.
        GbT2260 = "gbt-2260", "国标";
        /// Any other.
        Any = "any", "其他";
    }
}

/// A site that says nothing goes by the standard.
impl Default for CodeSystem {
    fn default() -> Self {
        Self::GbT2260
    }
}

static TIER_NAMES: Table =
    Table { zh: "层级名称", en: "the names of the tiers", fields: &[tier(0), tier(1), tier(2), tier(3)] };

const fn tier(at: usize) -> Field {
    let tier = &Tier::CHOICES[at];
    may(tier.value, tier.zh, TierName::SHAPE, "这一级地区的称呼", "what places of this tier are called")
}

/// What places of each tier are called.
#[derive(Debug)]
pub enum TierNames {}

impl FieldType for TierNames {
    type Value = BTreeMap<Tier, TierName>;
    type Optional = Self::Value;
    const SHAPE: Shape = Shape::Map(&TIER_NAMES);

    fn read(node: &Node, reference: &LangCode) -> Option<Self::Value> {
        let name = |tier: &Tier| Some((*tier, TierName::optional(node.get(tier.as_str()), reference)?));
        Some(Tier::ALL.iter().filter_map(name).collect())
    }

    fn optional(node: Option<&Node>, reference: &LangCode) -> Self::Value {
        or_default::<Self>(node, reference)
    }
}

document! {
    /// What places of a tier are called.
    pub struct TierName ("称呼", "the name of a tier") {
        one: Must<Localized> = "一个", "一个怎么称呼，例如 区", "one of them, such as district";
        all: May<Localized> = "全部", "放在一起怎么称呼，例如 各区；不写同上", "all of them together, such as Districts; as for one if left out";
    }
}

document! {
    /// Who publishes a site, or the pages of a place.
    pub struct Publisher ("主办单位", "a publisher") {
        name: Must<Localized> = "名称", "单位全称", "the full name of the body";
        office: May<Localized> = "承办", "承办的处室或者单位", "the office that does the work";
        phone: May<String> = "电话", "办公电话，不要填个人手机", "the office's telephone, never a person's mobile";
        email: May<String> = "邮箱", "单位的电子邮箱", "the e-mail address of the office";
        address: May<Localized> = "地址", "地址", "the address";
    }
}

document! {
    /// A mobile number of an office that may be published. The guard against numbers of persons reads it before anything else.
    pub struct DutyMobileEntry ("值班手机", "a duty mobile") {
        number: Must<Spanned<String>> = "号码", "单位的值班手机号", "the number of the office's duty mobile";
        reason: Must<Spanned<String>> = "理由",
            "哪个单位的、为什么公布，不写个人姓名", "whose it is and why it is published, no person's name";
    }
}

document! {
    /// What somebody has looked at that might have told of a person. The guard against personal data reads it before
    /// anything else.
    pub struct DetailReview ("核对", "a review of a personal detail") {
        mark: Must<Spanned<String>> = "编号", "提醒里给的六位编号", "the six characters that the warning gives";
        by: Must<String> = "核对单位", "核对的单位，不写个人姓名", "the office that looked, no person's name";
        on: Must<Spanned<Date>> = "日期", "核对的日期", "the day it looked";
        why: Must<String> = "理由", "为什么可以公布，不写个人的情况", "why it may be published, nothing of the person";
    }
}

document! {
    /// A language of the site. One of which only the code is known stays, or every text in it would be found missing.
    pub struct WrittenLanguage ("语言", "a language") {
        code: Must<LanguageCode> = "代码", "内容文件里用的语言代码，例如 zh", "the code used in content files, such as zh";
        tag: Must<Option<Spanned<String>>> = "标签", "BCP 47 标签，例如 zh-CN", "the BCP 47 tag, such as zh-CN";
        name: Must<Option<String>> = "名称", "用这种语言写的语言名称", "the name of the language in itself";
        direction: Must<Option<Direction>> = "方向", "文字方向", "the writing direction";
        status: May<LanguageStatus> = "地位",
            "official（与基准同等）或 working（仅供参考的译文）", "official, or working for a working translation";
        fonts: May<String> = "字体", "CSS 字体列表", "a CSS list of fonts";
    }
}

impl Choices for Level {
    const ALL: &'static [Self] = &[Self::Error, Self::Warning, Self::Off];
    const CHOICES: &'static [Choice] =
        &[choice("error", "错误"), choice("warning", "警告"), choice("off", "关闭")];
}

impl Choices for Direction {
    const ALL: &'static [Self] = &[Self::Ltr, Self::Rtl];
    const CHOICES: &'static [Choice] = &[choice("ltr", "从左到右"), choice("rtl", "从右到左")];
}

impl Choices for LanguageStatus {
    const ALL: &'static [Self] = &[Self::Official, Self::Working];
    const CHOICES: &'static [Choice] = &[choice("official", "正式"), choice("working", "参考译文")];
}
