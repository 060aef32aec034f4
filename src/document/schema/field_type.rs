//! What a declared field holds: its shape in files, its type in the program, and how one becomes the other.
//!
//! A type of the program says by itself what files write for it ([`FieldType`]): `Localized` is a text in several languages,
//! `Vec<Provision>` a list of maps, an enumeration of [`super::choices`] one of its words. Where a text is more than a text,
//! a name of this file says so: [`Id`], [`AreaId`], [`ProvisionRef`]. [`Must`] and [`May`] say whether a field has to be there.

use std::collections::BTreeMap;
use std::marker::PhantomData;

use super::{Age, Choices, Fields, NamedBy, RefTo, Shape, VocabularyKind};
use crate::date::{Date, MonthDay};
use crate::lang::{LangCode, Localized};
use crate::span::Spanned;
use crate::syntax::Node;

/// What a value is in files and in the program.
pub trait FieldType {
    /// Its type in the program.
    type Value;
    /// The type of a field that can be left out: an option, or what stands for nothing by itself.
    type Optional;
    /// What files write.
    const SHAPE: Shape;

    /// Reads a value that was fitted to the shape. `None` if it was refused; a finding said why.
    fn read(node: &Node, reference: &LangCode) -> Option<Self::Value>;

    /// Reads a field that can be left out.
    fn optional(node: Option<&Node>, reference: &LangCode) -> Self::Optional;

    /// Reads a field that has to be there. `None` if what holds it is of no use without it.
    fn required(node: Option<&Node>, reference: &LangCode) -> Option<Self::Value> {
        Self::read(node?, reference)
    }
}

/// Reads a field for which its default stands where it is missing or could not be used.
pub fn or_default<F: FieldType<Value: Default>>(node: Option<&Node>, reference: &LangCode) -> F::Value {
    node.and_then(|node| F::read(node, reference)).unwrap_or_default()
}

/// A field of a declaration.
pub trait Presence {
    /// Its type in the program.
    type Value;
    /// What files write.
    const SHAPE: Shape;
    /// Whether it has to be there.
    const REQUIRED: bool;

    /// Reads it out of its map. `None` if the map is of no use without it.
    fn read(fields: Fields<'_>, key: &str) -> Option<Self::Value>;
}

/// A field that has to be there.
#[derive(Debug)]
pub struct Must<F>(PhantomData<F>);

/// A field that can be left out.
#[derive(Debug)]
pub struct May<F>(PhantomData<F>);

impl<F: FieldType> Presence for Must<F> {
    type Value = F::Value;
    const SHAPE: Shape = F::SHAPE;
    const REQUIRED: bool = true;

    fn read(fields: Fields<'_>, key: &str) -> Option<F::Value> {
        F::required(fields.node.get(key), fields.reference)
    }
}

impl<F: FieldType> Presence for May<F> {
    type Value = F::Optional;
    const SHAPE: Shape = F::SHAPE;
    const REQUIRED: bool = false;

    fn read(fields: Fields<'_>, key: &str) -> Option<F::Optional> {
        Some(F::optional(fields.node.get(key), fields.reference))
    }
}

/// Declares what a text can be: its shape, its type in the program, how it is read.
macro_rules! texts {
    ($($FieldType:ty => $Value:ty = $shape:expr, $read:expr;)+) => {$(
        impl FieldType for $FieldType {
            type Value = $Value;
            type Optional = Option<$Value>;
            const SHAPE: Shape = $shape;

            fn read(node: &Node, reference: &LangCode) -> Option<$Value> {
                let read: fn(&Node, &LangCode) -> Option<$Value> = $read;
                read(node, reference)
            }

            fn optional(node: Option<&Node>, reference: &LangCode) -> Option<$Value> {
                Self::read(node?, reference)
            }
        }
    )+};
}

pub(super) use texts;

texts! {
    String => String = Shape::Text, |node, _| node.text().map(str::to_owned);
    Localized => Localized = Shape::Localized, super::fields::localized;
    Date => Date = Shape::Date, |node, _| Date::parse(node.text()?).ok();
    MonthDay => MonthDay = Shape::MonthDay, |node, _| MonthDay::parse(node.text()?).ok();
    Age => Age = Shape::Age, |node, _| Age::parse(node.text()?);
    u32 => u32 = Shape::Integer, |node, _| node.text()?.parse().ok();
}

/// Declares texts that name something, each by what it names. In the program they are texts with their places.
macro_rules! names {
    ($($(#[$doc:meta])* $Name:ident = $shape:expr;)+) => {$(
        $(#[$doc])*
        #[derive(Debug)]
        pub enum $Name {}

        texts! { $Name => Spanned<String> = $shape, |node, _| node.spanned(); }
    )+};
}

names! {
    /// A stable name of its own.
    Id = Shape::Id;
    /// An area of the vocabulary.
    AreaId = Shape::Word(VocabularyKind::Areas);
    /// A department of the vocabulary, or of the place.
    DepartmentId = Shape::Word(VocabularyKind::Departments);
    /// An audience of the vocabulary.
    AudienceId = Shape::Word(VocabularyKind::Audiences);
    /// A condition of the vocabulary.
    ConditionId = Shape::Word(VocabularyKind::Conditions);
    /// A group of the vocabulary.
    GroupId = Shape::Word(VocabularyKind::Groups);
    /// An audience or a condition.
    AudienceOrConditionId = Shape::Word(VocabularyKind::AudiencesAndConditions);
    /// The code of a language.
    LanguageCode = Shape::Language;
    /// The code of a place.
    PlaceCode = Shape::PlaceCode;
    /// An edition, as `place/list/edition`.
    EditionRef = Shape::Ref(RefTo::Edition);
    /// A service of the baseline.
    ServiceRef = Shape::Ref(RefTo::Service);
    /// A provision of the baseline, as `service/provision`.
    ProvisionRef = Shape::Ref(RefTo::Provision);
    /// A provision of the edition before.
    FormerProvisionRef = Shape::Ref(RefTo::FormerProvision);
}

impl<C: Choices> FieldType for C {
    type Value = C;
    type Optional = Option<C>;
    const SHAPE: Shape = Shape::Choice(C::CHOICES);

    fn read(node: &Node, _: &LangCode) -> Option<C> {
        C::named(node.text()?)
    }

    fn optional(node: Option<&Node>, reference: &LangCode) -> Option<C> {
        Self::read(node?, reference)
    }
}

/// Left out, it is not so.
impl FieldType for bool {
    type Value = bool;
    type Optional = bool;
    const SHAPE: Shape = Shape::Truth;

    fn read(node: &Node, _: &LangCode) -> Option<bool> {
        Some(node.text() == Some("true"))
    }

    fn optional(node: Option<&Node>, _: &LangCode) -> bool {
        node.and_then(Node::text) == Some("true")
    }
}

/// The same with its place.
impl<F: FieldType> FieldType for Spanned<F> {
    type Value = Spanned<F::Value>;
    type Optional = Option<Spanned<F::Value>>;
    const SHAPE: Shape = F::SHAPE;

    fn read(node: &Node, reference: &LangCode) -> Option<Self::Value> {
        Some(Spanned::new(F::read(node, reference)?, node.span))
    }

    fn optional(node: Option<&Node>, reference: &LangCode) -> Self::Optional {
        Self::read(node?, reference)
    }
}

/// Required, but the default stands in for what could not be used.
#[derive(Debug)]
pub struct OrDefault<F>(PhantomData<F>);

impl<F: FieldType<Value: Default>> FieldType for OrDefault<F> {
    type Value = F::Value;
    type Optional = F::Value;
    const SHAPE: Shape = F::SHAPE;

    fn read(node: &Node, reference: &LangCode) -> Option<F::Value> {
        F::read(node, reference)
    }

    fn optional(node: Option<&Node>, reference: &LangCode) -> F::Value {
        or_default::<F>(node, reference)
    }

    fn required(node: Option<&Node>, reference: &LangCode) -> Option<F::Value> {
        Some(or_default::<F>(node, reference))
    }
}

/// Required, but nothing stands in for what could not be used.
impl<F: FieldType> FieldType for Option<F> {
    type Value = Option<F::Value>;
    type Optional = Option<F::Value>;
    const SHAPE: Shape = F::SHAPE;

    fn read(node: &Node, reference: &LangCode) -> Option<Self::Value> {
        Some(F::read(node, reference))
    }

    fn optional(node: Option<&Node>, reference: &LangCode) -> Self::Optional {
        F::read(node?, reference)
    }

    fn required(node: Option<&Node>, reference: &LangCode) -> Option<Self::Value> {
        Some(Self::optional(node, reference))
    }
}

/// A list. Items that were refused are left out; whoever has to know asks [`Fields::is_incomplete`].
impl<F: FieldType> FieldType for Vec<F> {
    type Value = Vec<F::Value>;
    type Optional = Vec<F::Value>;
    const SHAPE: Shape = Shape::List(&F::SHAPE);

    fn read(node: &Node, reference: &LangCode) -> Option<Self::Value> {
        Some(node.items().iter().filter_map(|item| F::read(item, reference)).collect())
    }

    fn optional(node: Option<&Node>, reference: &LangCode) -> Self::Optional {
        or_default::<Self>(node, reference)
    }

    fn required(node: Option<&Node>, reference: &LangCode) -> Option<Self::Value> {
        Some(Self::optional(node, reference))
    }
}

/// One, or a list of them.
#[derive(Debug)]
pub struct Several<F>(PhantomData<F>);

impl<F: FieldType> FieldType for Several<F> {
    type Value = Vec<F::Value>;
    type Optional = Vec<F::Value>;
    const SHAPE: Shape = Shape::Several(&F::SHAPE);

    fn read(node: &Node, reference: &LangCode) -> Option<Self::Value> {
        F::read(node, reference).map(|one| vec![one]).or_else(|| Vec::<F>::read(node, reference))
    }

    fn optional(node: Option<&Node>, reference: &LangCode) -> Self::Optional {
        or_default::<Self>(node, reference)
    }
}

/// What the names of a map are.
pub trait MapNames {
    /// The same for the table.
    const BY: NamedBy;
}

/// A map with names of its own.
#[derive(Debug)]
pub struct NamedMap<N, F>(PhantomData<(N, F)>);

impl<N: MapNames, F: FieldType> FieldType for NamedMap<N, F> {
    type Value = BTreeMap<String, F::Value>;
    type Optional = BTreeMap<String, F::Value>;
    const SHAPE: Shape = Shape::Named { by: N::BY, value: &F::SHAPE };

    fn read(node: &Node, reference: &LangCode) -> Option<Self::Value> {
        let entries = node.entries().iter();
        Some(
            entries
                .filter_map(|entry| Some((entry.key.value.clone(), F::read(&entry.value, reference)?)))
                .collect(),
        )
    }

    fn optional(node: Option<&Node>, reference: &LangCode) -> Self::Optional {
        or_default::<Self>(node, reference)
    }
}

/// The same, with the places of the names.
#[derive(Debug)]
pub struct KeyedMap<N, F>(PhantomData<(N, F)>);

impl<N: MapNames, F: FieldType> FieldType for KeyedMap<N, F> {
    type Value = BTreeMap<String, (Spanned<String>, F::Value)>;
    type Optional = Self::Value;
    const SHAPE: Shape = Shape::Named { by: N::BY, value: &F::SHAPE };

    fn read(node: &Node, reference: &LangCode) -> Option<Self::Value> {
        let entry = |entry: &crate::syntax::Entry| {
            let value = F::read(&entry.value, reference)?;
            Some((entry.key.value.clone(), (entry.key.clone(), value)))
        };
        Some(node.entries().iter().filter_map(entry).collect())
    }

    fn optional(node: Option<&Node>, reference: &LangCode) -> Self::Optional {
        or_default::<Self>(node, reference)
    }
}

/// Audiences of the vocabulary.
#[derive(Debug)]
pub enum ByAudience {}

impl MapNames for ByAudience {
    const BY: NamedBy = NamedBy::Word(VocabularyKind::Audiences);
}

/// Codes or names of languages.
#[derive(Debug)]
pub enum ByLanguage {}

impl MapNames for ByLanguage {
    const BY: NamedBy = NamedBy::Language;
}

/// MapNames of its own, whatever they are.
#[derive(Debug)]
pub enum ByOwnName {}

impl MapNames for ByOwnName {
    const BY: NamedBy = NamedBy::Itself;
}

/// Words by language: `zh: [打针], en: [jab]`.
pub type WordsByLanguage = NamedMap<ByLanguage, Vec<Spanned<String>>>;
