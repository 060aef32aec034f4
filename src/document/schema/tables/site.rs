//! `site.yaml`.

use super::{choice, may, must};
use crate::lang::{Direction, LanguageStatus};
use crate::schema::{Choice, Choices, NamedBy, Shape, Table};

/// `site.yaml`.
pub static SITE: Shape = Shape::Map(&Table {
    zh: "站点设置",
    en: "site.yaml",
    fields: &[
        must("title", "名称", Shape::Localized, "网站名称", "the name of the site").or(&["标题"]),
        may(
            "short_title",
            "简称",
            Shape::Localized,
            "手机桌面上图标下的字，六个字以内",
            "what stands under the mark on a phone, in at most six characters; the start of the name if left out",
        ),
        may(
            "description",
            "简介",
            Shape::Localized,
            "一句话介绍，供搜索引擎使用",
            "one sentence about the site, for search engines; its name if left out",
        ),
        must(
            "languages",
            "语言",
            Shape::List(&LANGUAGE),
            "网站的语言，第一种是基准语言",
            "the languages of the site, the reference first",
        ),
        may(
            "base_url",
            "网址",
            Shape::Text,
            "网站的网址，用于规范链接和站点地图",
            "the address of the site, for canonical links and the site map",
        ),
        may(
            "duty_mobiles",
            "值班手机",
            Shape::List(&DUTY_MOBILE),
            "可以公布的单位值班手机；别的手机号一律不能写进清单",
            "duty mobiles of offices that may be published; no other mobile number can stand in a list",
        ),
        may(
            "checks",
            "检查级别",
            Shape::Named { by: NamedBy::Itself, value: &LEVEL },
            "把某项检查改为 error、warning 或 off",
            "sets a check to error, warning or off",
        ),
    ],
});

static DUTY_MOBILE: Shape = Shape::Map(&Table {
    zh: "值班手机",
    en: "a duty mobile",
    fields: &[
        must("number", "号码", Shape::Text, "单位的值班手机号", "the number of the office's duty mobile"),
        must(
            "reason",
            "理由",
            Shape::Text,
            "哪个单位的、为什么公布，不写个人姓名",
            "whose it is and why it is published, no person's name",
        ),
    ],
});

static LANGUAGE: Shape = Shape::Map(&Table {
    zh: "语言",
    en: "a language",
    fields: &[
        must(
            "code",
            "代码",
            Shape::Language,
            "内容文件里用的语言代码，例如 zh",
            "the code used in content files, such as zh",
        ),
        must("tag", "标签", Shape::Text, "BCP 47 标签，例如 zh-CN", "the BCP 47 tag, such as zh-CN"),
        must("name", "名称", Shape::Text, "用这种语言写的语言名称", "the name of the language in itself"),
        must("direction", "方向", Shape::Choice(Direction::CHOICES), "文字方向", "the writing direction"),
        may(
            "status",
            "地位",
            Shape::Choice(LanguageStatus::CHOICES),
            "official（与基准同等）或 working（仅供参考的译文）",
            "official, or working for a working translation",
        ),
        may("fonts", "字体", Shape::Text, "CSS 字体列表", "a CSS list of fonts"),
    ],
});

static LEVEL: Shape =
    Shape::Choice(&[choice("error", "错误"), choice("warning", "警告"), choice("off", "关闭")]);

impl Choices for Direction {
    const ALL: &'static [Self] = &[Self::Ltr, Self::Rtl];
    const CHOICES: &'static [Choice] = &[choice("ltr", "从左到右"), choice("rtl", "从右到左")];
}

impl Choices for LanguageStatus {
    const ALL: &'static [Self] = &[Self::Official, Self::Working];
    const CHOICES: &'static [Choice] = &[choice("official", "正式"), choice("working", "参考译文")];
}
