//! Row 4. From text to trees: YAML with a place for every value, Markdown to safe HTML.
//!
//! The YAML parser is used in [`yaml`] and nowhere else; the Markdown parser in [`markdown`].

mod edit;
mod fold;
pub mod markdown;
mod node;
mod repeated;
mod slip;
pub mod yaml;

pub use edit::Edits;
pub(crate) use fold::{fold_lines, is_wide};
pub use node::{Entry, Node, Value};

/// The kinds of finding this stage reports.
pub mod codes {
    crate::codes! {
        /// Text that is not YAML.
        BROKEN_YAML = "QD1010", "broken-yaml", Error, fixed, "0.1.0",
            "YAML 写法有误，读到这里就读不下去了", "The YAML cannot be read past this point";
        /// Anchors and aliases.
        YAML_ANCHOR = "QD1011", "yaml-anchor", Error, fixed, "0.1.0",
            "不能使用 YAML 的 & 锚点和 * 引用", "YAML anchors and aliases are not allowed";
        /// Tags.
        YAML_TAG = "QD1012", "yaml-tag", Error, fixed, "0.1.0",
            "不能使用 YAML 的 ! 标签", "YAML tags are not allowed";
        /// More than one document in a file.
        SECOND_DOCUMENT = "QD1013", "second-document", Error, fixed, "0.1.0",
            "一个文件里只能有一份内容", "A file holds one document only";
        /// Too many levels inside each other.
        DEEP_NESTING = "QD1014", "deep-nesting", Error, fixed, "0.1.0",
            "层级太深", "Values are nested too deeply";
        /// A key that is not plain text, or `<<`.
        COMPLEX_KEY = "QD1015", "complex-key", Error, fixed, "0.1.0",
            "键必须是普通文字", "Keys must be plain text";
        /// The same key twice in one place.
        DUPLICATE_KEY = "QD1016", "duplicate-key", Error, fixed, "0.1.0",
            "同一处写了两次同样的键", "A key is written twice in the same place";
        /// Raw HTML in Markdown.
        RAW_HTML = "QD1030", "raw-html", Error, fixed, "0.1.0",
            "Markdown 里不能写 HTML", "Markdown must not contain HTML";
        /// A link of a kind that is not allowed.
        FORBIDDEN_LINK = "QD1031", "forbidden-link", Error, fixed, "0.1.0",
            "不允许的链接", "A link of a kind that is not allowed";
        /// A picture in Markdown.
        MARKDOWN_IMAGE = "QD1032", "markdown-image", Error, fixed, "0.1.0",
            "Markdown 里不能放图片", "Markdown must not contain pictures";
        /// A guide without a heading.
        GUIDE_WITHOUT_TITLE = "QD1033", "guide-without-title", Error, fixed, "0.1.0",
            "帮助文章要以“# 标题”开头", "A guide starts with a `# Title`";
        /// Emphasis marks that stay visible.
        STRAY_ASTERISKS = "QD1034", "stray-asterisks", Warning, adjustable, "0.1.0",
            "“**”没有起作用，会原样显示", "`**` has no effect here and would be shown as it is";
        /// A link that anybody on the way can change.
        INSECURE_LINK = "QD1035", "insecure-link", Warning, adjustable, "0.1.0",
            "不加密的网址", "A web address without encryption";
        /// Characters that show nothing and change how the text is shown.
        HIDDEN_CHARACTER = "QD1036", "hidden-character", Error, fixed, "0.1.0",
            "看不见的字符打乱了文字的显示", "An invisible character changes how the text is shown";
    }
}
