//! A file as a lossless tree: every byte of it stands in exactly one leaf, whatever is wrong with it.
//!
//! [`Tree::read`] goes once over the text and gives the tree with the mistakes it met. It is written by hand for the
//! part of YAML that lists need, by lines and columns, and goes on behind a mistake: what cannot be read becomes a
//! [`Kind::Broken`] leaf, what stands where it cannot belong is read into a [`Kind::Lost`] node, and the fields around
//! them stay what they are. Anchors, tags, directives and further documents have leaves of their own, so that they can be
//! refused by name.
//!
//! The tree is a flat list of items in the order of the text; an item says how many items are inside it. `rowan` would share
//! and edit subtrees in place, which nothing here needs: a file is read, changed as text, and read again.

mod block;
mod flow;
mod line;
mod value;

use std::ops::Range;

/// How many levels of lists and maps may stand inside each other.
pub const DEEPEST: usize = 32;

/// What an item of the tree is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The whole file.
    File,
    /// A map whose fields have a line each.
    Map,
    /// A list with dashes.
    List,
    /// A map in braces, or the one field that stands in brackets without braces.
    FlowMap,
    /// A list in brackets.
    FlowList,
    /// A field: a [`Kind::Key`], a colon, a value.
    Entry,
    /// The name of a field.
    Key,
    /// An item of a list: a dash, and what follows it.
    Item,
    /// Something that was read where it cannot belong.
    Lost,
    /// A text without quotation marks.
    Plain,
    /// A text in single quotation marks.
    Single,
    /// A text in double quotation marks.
    Double,
    /// The `|` or `>` before a block of text, with what follows it.
    Header,
    /// The lines of a block of text.
    Block,
    /// The dash of an item.
    Dash,
    /// The colon of a field.
    Colon,
    /// The `?` before a key.
    Question,
    /// A comma between brackets.
    Comma,
    /// A bracket or brace that opens.
    Opening,
    /// A bracket or brace that closes.
    Closing,
    /// `&name`.
    Anchor,
    /// `*name`.
    Alias,
    /// `!name`.
    Tag,
    /// `%YAML`, `%TAG`.
    Directive,
    /// `---` or `...`.
    Marker,
    /// What stands behind the first document.
    Second,
    /// Spaces and tabs.
    Space,
    /// The end of a line.
    LineEnd,
    /// A comment, from its `#`.
    Comment,
    /// A byte order mark.
    Mark,
    /// What cannot be read.
    Broken,
}

/// A node or leaf.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Item {
    /// What it is.
    pub kind: Kind,
    /// Its first byte.
    pub start: u32,
    /// The byte after its last.
    pub end: u32,
    /// How many items there are from this to its last descendant; 1 for a leaf.
    pub size: u32,
}

impl Item {
    /// Returns its bytes.
    pub fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// What is wrong with the way a file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// A tab where columns count.
    Tab,
    /// A quotation mark that is never closed.
    OpenQuote,
    /// A bracket that is never closed, or closed by another, or items without a comma.
    Bracket,
    /// A line that is no field where one has to stand.
    NoField,
    /// A second `: ` in a line, or one in a text.
    Colon,
    /// Text behind a closing quotation mark.
    AfterQuote,
    /// Text behind a closing bracket.
    AfterBracket,
    /// A line in a column that belongs to no level.
    Column,
    /// A dash where no list can begin, or another line between items.
    Dash,
    /// A value that starts with a sign of YAML.
    Sign(char),
    /// A `\` that means nothing.
    Escape,
    /// A comment between the lines of one text.
    CutByComment,
    /// What stands behind `|` or `>` in its line.
    Header,
    /// A directive that is none, or stands alone.
    Directive,
    /// Something else.
    Other,
    /// More than [`DEEPEST`] levels; nothing behind it is read.
    TooDeep,
}

/// A change to a text: the bytes to replace, and what to put there.
pub type Change = (Range<usize>, String);

/// A mistake and the byte at which it was seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// What is wrong.
    pub wrong: Wrong,
    /// Where it was seen.
    pub at: usize,
    /// What certainly mends it; none if that is not certain.
    pub changes: Vec<Change>,
}

/// A file as a tree.
#[derive(Clone, Debug)]
pub struct Tree<'t> {
    text: &'t str,
    items: Vec<Item>,
    /// What is wrong, in the order of the text.
    pub mistakes: Vec<Mistake>,
}

impl<'t> Tree<'t> {
    /// Reads a text. Takes time in proportion to its length.
    pub fn read(text: &'t str) -> Self {
        let mut reader = block::Reader::new(text);
        reader.file();
        let (items, mistakes) = reader.done();
        Self { text, items, mistakes }
    }

    /// Returns the text.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// Returns the item with a number; the file has number 0.
    pub fn item(&self, number: usize) -> &Item {
        &self.items[number]
    }

    /// Returns the leaves, in the order of the text; together they are the text.
    pub fn leaves(&self) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(|item| item.kind.is_leaf())
    }

    /// Returns the numbers of the items right inside an item.
    pub fn inside(&self, number: usize) -> impl Iterator<Item = usize> + '_ {
        let end = number + self.items[number].size as usize;
        let mut next = number + 1;
        std::iter::from_fn(move || {
            let this = next;
            (this < end).then(|| next += self.items[this].size as usize)?;
            Some(this)
        })
    }

    /// Returns what an item says: the values of a text, what is inside a node.
    pub fn written(&self, number: usize) -> &'t str {
        &self.text[self.items[number].range()]
    }
}

impl Kind {
    /// Tells whether nothing can be inside.
    pub fn is_leaf(self) -> bool {
        !matches!(
            self,
            Self::File
                | Self::Map
                | Self::List
                | Self::FlowMap
                | Self::FlowList
                | Self::Entry
                | Self::Key
                | Self::Item
                | Self::Lost
        )
    }

    /// Tells whether it says nothing: blanks, comments, line ends.
    pub fn is_trivia(self) -> bool {
        matches!(self, Self::Space | Self::LineEnd | Self::Comment | Self::Mark)
    }
}
