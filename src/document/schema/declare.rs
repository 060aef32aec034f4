//! One declaration a document: from it come the table of fields, the type of the program and its decoder.
//!
//! ```text
//! document! {
//!     /// Who verified an entry, and when.
//!     pub struct Checked ("核对", "the check") {
//!         by: Must<String> = "核对单位", "核对的单位，不写个人姓名", "the office that verified it, no person's name";
//!         on: Must<Spanned<Date>> = "日期", "核对日期", "the day it was verified";
//!     }
//! }
//! ```
//!
//! A line is a field: its key, what it holds ([`super::field_type`]), its Chinese key with others that are read (`"标题" |
//! "名称"`), and what it is for, in Chinese and in English. A field whose key cannot be its name in the program says
//! so: `place as "where"`. What follows the fields under `besides` stands in the program only, and is worked out from
//! the map and from the fields above.

use super::{Fields, Table};

/// A map whose fields are declared.
pub trait Declared: Sized {
    /// Its fields.
    const TABLE: &'static Table;

    /// Reads one that was fitted. `None` if it lacks what it is of no use without; a finding said so.
    fn decode(fields: Fields<'_>) -> Option<Self>;
}

/// Declares a map of fields; see the head of this file.
macro_rules! document {
    ($(#[$doc:meta])* pub struct $Name:ident ($zh:literal, $en:literal) { $($declared:tt)+ }) => {
        $crate::schema::declare::document! {
            $(#[$doc])* pub struct $Name ($zh, $en) { $($declared)+ } besides |fields| {}
        }
    };
    (
        $(#[$doc:meta])*
        pub struct $Name:ident ($zh:literal, $en:literal) {
            $($field:ident $(as $key:literal)? : $entry:ty =
                $field_zh:literal $(| $also:literal)*, $doc_zh:literal, $doc_en:literal;)+
        }
        besides |$fields:ident| { $($(#[$extra_doc:meta])* $extra:ident: $Extra:ty = $init:expr;)* }
    ) => {
        $(#[$doc])*
        #[allow(rustdoc::broken_intra_doc_links, reason = "what a field is for shows YAML lists")]
        #[derive(Clone, Debug)]
        pub struct $Name {
            $(#[doc = $doc_en] pub $field: <$entry as $crate::schema::field_type::Presence>::Value,)+
            $($(#[$extra_doc])* pub $extra: $Extra,)*
        }

        impl $crate::schema::Declared for $Name {
            const TABLE: &'static $crate::schema::Table = {
                static TABLE: $crate::schema::Table = $crate::schema::Table {
                    zh: $zh,
                    en: $en,
                    fields: &[$($crate::schema::Field {
                        key: $crate::schema::declare::document!(@key $field $($key)?),
                        zh: $field_zh,
                        also: &[$($also),*],
                        shape: <$entry as $crate::schema::field_type::Presence>::SHAPE,
                        required: <$entry as $crate::schema::field_type::Presence>::REQUIRED,
                        doc_zh: $doc_zh,
                        doc_en: $doc_en,
                    }),+],
                };
                &TABLE
            };

            fn decode($fields: $crate::schema::Fields<'_>) -> Option<Self> {
                $(let $field = <$entry as $crate::schema::field_type::Presence>::read(
                    $fields,
                    $crate::schema::declare::document!(@key $field $($key)?),
                )?;)+
                $(let $extra: $Extra = $init;)*
                Some(Self { $($field,)+ $($extra,)* })
            }
        }

        impl $crate::schema::field_type::FieldType for $Name {
            type Value = Self;
            type Optional = Option<Self>;
            const SHAPE: $crate::schema::Shape =
                $crate::schema::Shape::Map(<Self as $crate::schema::Declared>::TABLE);

            fn read(node: &$crate::syntax::Node, reference: &$crate::lang::LangCode) -> Option<Self> {
                if node.refused {
                    return None;
                }
                <Self as $crate::schema::Declared>::decode($crate::schema::Fields::new(node, reference))
            }

            fn optional(
                node: Option<&$crate::syntax::Node>,
                reference: &$crate::lang::LangCode,
            ) -> Option<Self> {
                <Self as $crate::schema::field_type::FieldType>::read(node?, reference)
            }
        }
    };
    (@key $field:ident) => { stringify!($field) };
    (@key $field:ident $key:literal) => { $key };
}
pub(super) use document;
