//! Ids used a second time. What has one is left out, so that everything after has unique ids.

use std::collections::BTreeMap;

use crate::span::{Span, Spanned};

/// An id that was used before.
#[derive(Clone, Debug)]
pub struct Repeated {
    /// The second use.
    pub id: Spanned<String>,
    /// The first use, which was kept.
    pub first: Span,
    /// Whether both take over the same service from above.
    pub adopted: bool,
}

impl Repeated {
    /// Keeps the first of the things that share an id; returns the others.
    pub(super) fn drop_from<T>(things: &mut Vec<T>, id: impl Fn(&T) -> &Spanned<String>) -> Vec<Self> {
        let mut first: BTreeMap<String, Span> = BTreeMap::new();
        let mut repeated = Vec::new();
        things.retain(|thing| {
            let id = id(thing);
            let Some(earlier) = first.get(&id.value) else {
                first.insert(id.value.clone(), id.span);
                return true;
            };
            repeated.push(Self { id: id.clone(), first: *earlier, adopted: false });
            false
        });
        repeated
    }
}
