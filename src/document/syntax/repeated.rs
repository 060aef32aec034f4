//! Keys that are written twice in the same map.

use super::codes;
use crate::diagnostic::{Finding, Findings};
use crate::span::Span;
use crate::text;

/// A key that was written before in the same map.
pub(super) struct Repeated {
    pub name: String,
    pub at: Span,
    pub first: Span,
}

/// From so many repeated keys in one map on, it is rather a new item without its dash.
const NEW_ITEM: usize = 3;

pub(super) fn report(repeated: &[Repeated], findings: &mut Findings) {
    if let [Repeated { name, at, first }, .., _] = repeated
        && repeated.len() >= NEW_ITEM
    {
        let count = repeated.len();
        findings.push(
            Finding::new(
                &codes::DUPLICATE_KEY,
                *at,
                text!(
                    "从“{name}”起有 {count} 个字段与上面一项重复：新的一项前面可能漏了“-”",
                    "from `{name}` on, {count} fields repeat those of the item above: the `-` of a new item may be missing"
                ),
            )
            .label(*first, text!("上面一项从这里写起", "the item above has it here"))
            .help(text!("在“{name}”前面写上“- ”", "write `- ` before `{name}`")),
        );
        return;
    }
    for Repeated { name, at, first } in repeated {
        findings.push(
            Finding::new(
                &codes::DUPLICATE_KEY,
                *at,
                text!("“{name}”在这里写了两次", "`{name}` is written twice here"),
            )
            .label(*first, text!("第一次写在这里", "first written here"))
            .help(text!(
                "删去其中一个；如果这是新的一项，前面可能漏了“-”",
                "delete one of them; if a new item starts here, its `-` may be missing"
            )),
        );
    }
}
