//! The kinds of finding about addresses, links and themes, reported by the later rows.
//!
//! They stand here because the checks' registry, an earlier row, lists them for `qingdan explain`.

crate::codes! {
    /// Two pages at one address.
    CLASHING_ADDRESS = "QD5001", "clashing-address", Error, fixed, "0.1.0",
        "两个页面用了同一个网址", "Two pages claim one address";
    /// A link to a page that is not there.
    BROKEN_LINK = "QD5002", "broken-link", Error, adjustable, "0.1.0",
        "站内链接指向不存在的页面", "A link to a page that does not exist";
    /// An address of another site that does not open.
    DEAD_LINK = "QD5003", "dead-link", Warning, adjustable, "0.1.0",
        "通向别处的网址打不开", "An address elsewhere that does not open";
    /// A template that cannot be read.
    BROKEN_TEMPLATE = "QD6001", "broken-template", Error, fixed, "0.1.0",
        "模板有误", "A template cannot be read";
    /// A template that fails on a page.
    FAILING_TEMPLATE = "QD6002", "failing-template", Error, fixed, "0.1.0",
        "模板在生成页面时出错", "A template fails on a page";
    /// A string the theme does not have in a language of the site.
    MISSING_STRING = "QD6003", "missing-string", Warning, adjustable, "0.1.0",
        "主题缺少这种语言的界面文字", "The theme lacks a string in a language of the site";
    /// A strings file that is not a list of texts.
    BROKEN_STRINGS = "QD6004", "broken-strings", Error, fixed, "0.1.0",
        "界面文字文件有误", "A strings file cannot be used";
    /// A word of a group that is no string of the theme.
    UNKNOWN_STRING = "QD6005", "unknown-string", Error, adjustable, "0.2.0",
        "主题里没有这条界面文字", "A word of a group that is no string of the theme";
    /// A placeholder that the string of the theme does not have.
    UNKNOWN_PLACEHOLDER = "QD6006", "unknown-placeholder", Error, adjustable, "0.2.0",
        "换的说法里有填不上的花括号", "A placeholder that the string of the theme does not have";
}
