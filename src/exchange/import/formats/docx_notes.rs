//! What is said of a document beside its tables.

use crate::import::note::{Notes, remark, shown, warning, whole_file};
use crate::text;

/// What was met on the way and is said once, with its count.
#[derive(Clone, Debug, Default)]
pub(super) struct Met {
    pub changes: usize,
    pub nested: usize,
    pub boxes: usize,
    pub numbered: usize,
    pub hidden: usize,
    /// Pieces of text that are struck out.
    pub struck: Vec<String>,
    pub footnotes: usize,
}

impl Met {
    /// Says what was met.
    pub fn notes(&self) -> Notes {
        let Self { changes, nested, boxes, numbered, hidden, footnotes, .. } = *self;
        let some: Vec<String> = self.struck.iter().take(5).map(|text| format!("“{}”", shown(text))).collect();
        let (struck, zh, en) = (self.struck.len(), some.concat(), some.join(", "));
        let told = [
            (
                changes,
                text!(
                    "有 {changes} 处修订还没有接受，按全部接受以后的文字读",
                    "{changes} tracked changes are open; the text was read as if all were accepted"
                ),
                text!(
                    "核对改过的地方；不接受的，先在 Word 里拒绝再导入",
                    "check these places; reject in Word what should not hold and import again"
                ),
            ),
            (
                nested,
                text!(
                    "有 {nested} 处格子里又有表格，里面的文字接在那一格后面",
                    "{nested} cells hold a table; its texts were added to the cell"
                ),
                text!("核对这些格子", "check these cells"),
            ),
            (
                boxes,
                text!("有 {boxes} 个文本框，里面的文字没有读", "{boxes} text boxes were not read"),
                text!(
                    "清单的文字在文本框里的，先移到表格里",
                    "move text of the list out of them into the table"
                ),
            ),
            (
                hidden,
                text!("有 {hidden} 处隐藏文字，没有读", "{hidden} pieces of hidden text were not read"),
                text!("要用的，先在 Word 里取消隐藏", "unhide in Word what should hold"),
            ),
            (
                struck,
                text!(
                    "有 {struck} 处文字加了删除线，没有读：{zh}",
                    "{struck} pieces of text are struck out and were not read: {en}"
                ),
                text!("仍然有效的，先在 Word 里去掉删除线", "take the line off in Word where the text holds"),
            ),
            (
                footnotes,
                text!("有 {footnotes} 个脚注，没有读", "{footnotes} footnotes were not read"),
                text!("要用的写进⟦note⟧", "put what matters under ⟦note⟧"),
            ),
        ];
        let met = told.into_iter().filter(|(count, ..)| *count > 0);
        let mut notes: Notes = met.map(|(_, what, help)| warning(whole_file(), what, help)).collect();
        if numbered > 0 {
            notes.push(remark(
                whole_file(),
                text!(
                    "有 {numbered} 段用了自动编号，编号已写进文字",
                    "{numbered} paragraphs are numbered by Word; the numbers were written into the text"
                ),
                text!("核对编号", "check the numbers"),
            ));
        }
        notes
    }
}
