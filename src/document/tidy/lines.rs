//! A text by lines.

/// Where the lines of a text are; numbers of lines start at 0.
pub(super) struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

impl<'t> Lines<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let mut starts: Vec<usize> = std::iter::once(0).chain(breaks.map(|(at, _)| at + 1)).collect();
        if starts.last() == Some(&text.len()) && starts.len() > 1 {
            starts.pop();
        }
        Self { text, starts }
    }

    pub(super) fn count(&self) -> usize {
        self.starts.len()
    }

    /// Returns the line that a byte stands in.
    pub(super) fn of(&self, byte: usize) -> usize {
        self.starts.partition_point(|start| *start <= byte).max(1) - 1
    }

    /// Returns the first byte of a line; after the last one, the end of the text.
    pub(super) fn start(&self, line: usize) -> usize {
        self.starts.get(line).copied().unwrap_or(self.text.len())
    }

    /// Returns the byte after the last one of a line, without its line end.
    pub(super) fn end(&self, line: usize) -> usize {
        let whole = &self.text[self.start(line)..self.start(line + 1)];
        self.start(line) + whole.trim_end_matches(['\n', '\r']).len()
    }

    fn line(&self, line: usize) -> &'t str {
        &self.text[self.start(line)..self.end(line)]
    }

    /// Returns how many spaces and tabs a line starts with.
    pub(super) fn blanks(&self, line: usize) -> usize {
        let line = self.line(line);
        line.len() - line.trim_start_matches([' ', '\t']).len()
    }

    pub(super) fn is_empty(&self, line: usize) -> bool {
        self.line(line).trim_matches([' ', '\t']).is_empty()
    }

    pub(super) fn is_comment(&self, line: usize) -> bool {
        self.line(line).trim_start_matches([' ', '\t']).starts_with('#')
    }

    pub(super) fn line_end(&self) -> &'static str {
        if self.text.contains("\r\n") { "\r\n" } else { "\n" }
    }
}
