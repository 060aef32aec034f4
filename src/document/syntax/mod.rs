//! From text to trees: YAML with a place for every value, Markdown to safe HTML.
//!
//! The YAML parser is used in [`yaml`] and nowhere else; the Markdown parser in [`markdown`]. What is not
//! right is read by [`read_broken`]: the slips in `recovery/` are mended in a copy and said.

mod edit;
mod explain;
mod fold;
mod form;
pub mod markdown;
mod node;
mod page;
mod recover;
mod recovery;
mod repeated;
mod scalar;
mod source_map;
pub mod tree;
mod values;
pub mod yaml;

pub use edit::Edits;
pub use fold::{fold_lines, is_wide};
pub use form::Form;
pub use node::{Entry, Node, Value};
pub use recover::{Look, Reading, may_be, may_hide, read as read_broken};
pub use scalar::scalar;

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
        /// A full-width or typographic mark where a half-width one belongs.
        FULL_WIDTH_MARK = "QD1017", "full-width-mark", Error, fixed, "0.1.0",
            "该用英文标点的地方用了中文标点", "A full-width mark where a half-width one belongs";
        /// A colon, comma or space that is not there.
        MISSING_MARK = "QD1018", "missing-mark", Error, fixed, "0.1.0",
            "缺少冒号、逗号或空格", "A colon, a comma or a space is missing";
        /// A new item of a list without its dash.
        MISSING_DASH = "QD1019", "missing-dash", Error, fixed, "0.1.0",
            "列表的“-”漏了，或者多了", "A dash of a list is missing, or there is one too many";
        /// A blank that is no space, or a character nobody sees.
        ODD_BLANK = "QD1020", "odd-blank", Error, fixed, "0.1.0",
            "特殊的空白或看不见的字符", "A blank that is no space, or a character that cannot be seen";
        /// A field or a line of text in the wrong column.
        WRONG_INDENTATION = "QD1021", "wrong-indentation", Error, fixed, "0.1.0",
            "缩进不对", "A line starts in the wrong column";
        /// Half a pair of quotation marks or brackets.
        UNCLOSED_MARK = "QD1022", "unclosed-mark", Error, fixed, "0.1.0",
            "引号或括号只有一半", "Half a pair of quotation marks or brackets";
        /// Quotation marks inside quotation marks.
        QUOTES_INSIDE = "QD1023", "quotes-inside", Error, fixed, "0.1.0",
            "引号里又有引号", "Quotation marks inside quotation marks";
        /// Text that would be read as something else without quotation marks.
        TEXT_NEEDS_QUOTES = "QD1024", "text-needs-quotes", Error, fixed, "0.1.0",
            "这段文字要加引号", "A text that has to be put in quotation marks";
        /// Text after ` #`.
        SWALLOWED_TEXT = "QD1025", "swallowed-text", Warning, adjustable, "0.1.0",
            "“#”后面的文字不会发布", "Text after a `#` is not published";
        /// A merge conflict.
        MERGE_CONFLICT = "QD1026", "merge-conflict", Error, fixed, "0.1.0",
            "有没处理完的合并冲突", "A merge conflict was not settled";
        /// A file that breaks off.
        INCOMPLETE_FILE = "QD1027", "incomplete-file", Error, fixed, "0.1.0",
            "文件可能不完整", "A file may be incomplete";
        /// A character that looks like another.
        LOOK_ALIKE = "QD1028", "look-alike-character", Error, fixed, "0.1.0",
            "看起来一样、其实不同的字符", "A character that looks like another";
        /// Text that was read in the wrong encoding once.
        GARBLED_TEXT = "QD1029", "garbled-text", Error, fixed, "0.1.0",
            "乱码", "Garbled text";
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
        /// Several words where one belongs.
        SEVERAL_IN_ONE = "QD1037", "several-in-one", Error, fixed, "0.1.0",
            "几个写在了一起", "Several words in one";
    }
}
