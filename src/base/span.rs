//! A stretch of bytes in one input file.

/// Identifies one input file of the snapshot; an index into the `SourceTree` of the room `document`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A half-open stretch of bytes, `start..end`, in the decoded text of one file.
///
/// Lines and columns are worked out only when a finding is printed. An empty span at 0 stands for
/// the file as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// Returns the span `start..end` of `file`. Files are at most 1 MiB, so 32 bits suffice.
    pub fn new(file: FileId, start: usize, end: usize) -> Self {
        let narrow = |byte: usize| u32::try_from(byte).unwrap_or(u32::MAX);
        Self { file, start: narrow(start), end: narrow(end) }
    }

    /// Returns the span that stands for a whole file.
    pub fn whole(file: FileId) -> Self {
        Self { file, start: 0, end: 0 }
    }

    /// Returns the part `start..end`, counted from the start of this span.
    pub fn part(self, start: usize, end: usize) -> Self {
        Self::new(self.file, self.start as usize + start, self.start as usize + end)
    }
}

/// A value with its place in a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it is written.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// Pairs a value with its place.
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

impl<T> std::ops::Deref for Spanned<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.value
    }
}
