//! What belongs to what: an item without its dash, a field in the wrong column.
//!
//! The lines are followed with what the schema knows of them. A field that is known one level further in or
//! out than it stands, and not where it stands, was meant there.

mod dashes;

use super::{Hit, Recovery};
use crate::syntax::codes;
use crate::syntax::form::Form;
use crate::syntax::page::{Kind, Line, Page};
use crate::text;

pub(super) const DASH: Recovery = Recovery { code: &codes::MISSING_DASH, always: false, find: dashes };
pub(super) const PARENT: Recovery = Recovery { code: &codes::BROKEN_YAML, always: false, find: parents };
pub(super) const INDENT: Recovery =
    Recovery { code: &codes::WRONG_INDENTATION, always: false, find: indents };

fn dashes(page: &Page<'_>, form: &Form) -> Vec<Hit> {
    Walk::over(page, form).dashes
}

fn parents(page: &Page<'_>, form: &Form) -> Vec<Hit> {
    Walk::over(page, form).parents
}

fn indents(page: &Page<'_>, form: &Form) -> Vec<Hit> {
    Walk::over(page, form).indents
}

/// A list or map whose lines are being followed.
struct Level<'f> {
    /// The column its dashes or names are written in.
    written: usize,
    /// The other column they are written in by mistake, and the finding that said so.
    also: Option<(usize, usize)>,
    /// The column they belong in.
    real: usize,
    /// The finding that said that this level stands in the wrong column.
    moved_by: Option<usize>,
    is_list: bool,
    form: Option<&'f Form>,
    seen: Vec<String>,
}

impl<'f> Level<'f> {
    fn new(
        written: usize,
        real: usize,
        moved_by: Option<usize>,
        is_list: bool,
        form: Option<&'f Form>,
    ) -> Self {
        Self { written, also: None, real, moved_by, is_list, form, seen: Vec::new() }
    }

    /// Returns the finding that said that a line of this level in `column` belongs elsewhere.
    fn moved_in(&self, column: usize) -> Option<usize> {
        self.moved_by.or(self.also.filter(|(also, _)| *also == column).map(|(_, by)| by))
    }

    /// Remembers a name, if it is one of the schema or the first.
    fn note(&mut self, name: &str) {
        let form = if self.is_list { self.form.and_then(Form::item) } else { self.form };
        let counts = self.seen.is_empty() || form.is_some_and(|form| form.has(name));
        if counts && !self.seen.iter().any(|seen| seen == name) {
            self.seen.push(name.to_owned());
        }
    }

    /// Tells whether a line in `column` is one of this level.
    fn is_in(&self, column: usize) -> bool {
        self.written == column
            || self.also.is_some_and(|(also, _)| also == column)
            || (self.moved_by.is_some() && self.real == column)
    }
}

/// A field without a value, which the lines below may fill.
#[derive(Clone, Copy)]
struct Pending<'f> {
    column: usize,
    real: usize,
    moved_by: Option<usize>,
    form: Option<&'f Form>,
}

struct Walk<'p, 'f> {
    page: &'p Page<'p>,
    levels: Vec<Level<'f>>,
    pending: Option<Pending<'f>>,
    dashes: Vec<Hit>,
    indents: Vec<Hit>,
    parents: Vec<Hit>,
}

impl<'p, 'f> Walk<'p, 'f> {
    fn over(page: &'p Page<'p>, form: &'f Form) -> Self {
        let root = Level::new(0, 0, None, false, Some(form));
        let mut walk = Self {
            page,
            levels: vec![root],
            pending: None,
            dashes: Vec::new(),
            indents: Vec::new(),
            parents: Vec::new(),
        };
        for (number, line) in page.fields() {
            walk.line(number, line);
        }
        walk
    }

    fn line(&mut self, number: usize, line: &Line) {
        let name = self.page.name(line);
        if line.dashes.is_empty() {
            match &name {
                Some(name) => self.key(number, line, line.indent(), name),
                None => self.bare(line),
            }
            return;
        }
        if let Some(name) = name.as_deref()
            && let Some(column) = self.without_dash(number, line, name)
        {
            self.superfluous(line, column);
            self.key(number, line, column, name);
            return;
        }
        let dashes = if self.is_doubled(line) { &line.dashes[..1] } else { &line.dashes[..] };
        for dash in dashes {
            self.item(number, line, dash - line.start, name.as_deref());
        }
        if let (Some(name), Some(list)) = (&name, self.levels.last_mut()) {
            let column = line.column();
            let dash = line.dashes[line.dashes.len() - 1] - line.start;
            let (real, moved_by) = (list.real + column - dash, list.moved_in(dash));
            // A list remembers the names its items start with.
            list.note(name);
            let form = list.form.and_then(Form::item);
            self.levels
                .push(Level { seen: vec![name.clone()], ..Level::new(column, real, moved_by, false, form) });
            self.open(line, column, real, moved_by, form, name);
        }
    }

    /// Follows a dash in this column.
    fn item(&mut self, number: usize, line: &Line, column: usize, name: Option<&str>) {
        let fits = |level: &Level<'_>| level.is_list && level.is_in(column);
        if let Some(at) = self.levels.iter().rposition(fits) {
            let is_own =
                self.pending.is_none_or(|pending| column < pending.column || !takes_items(pending.form));
            if is_own {
                self.levels.truncate(at + 1);
                self.pending = None;
                self.follow(number, column);
                return;
            }
        }
        if let Some(pending) = self.pending.filter(|pending| column >= pending.column) {
            return self.open_list(number, line, column, pending);
        }
        let known = |level: &Level<'_>| {
            let item = level.form.and_then(Form::item);
            level.is_list
                && level.written.abs_diff(column) <= FURTHEST
                && name.is_none_or(|name| item.is_some_and(|item| item.has(name)))
        };
        if let Some(name) = name.filter(|_| self.pending.is_none())
            && self.without_field(line, column, name)
        {
            return;
        }
        let near = (0..self.levels.len()).rev().filter(|at| known(&self.levels[*at]));
        if let Some(at) = near.min_by_key(|at| self.levels[*at].written.abs_diff(column)) {
            self.levels.truncate(at + 1);
            self.pending = None;
            let what = text!("这一项", "this item");
            self.misplaced(number, line, column, at, &what);
            return;
        }
        self.pending = None;
        self.levels.retain(|level| level.written < column);
        self.levels.push(Level::new(column, column, None, true, None));
    }

    /// Lets a list begin below an empty field.
    fn open_list(&mut self, number: usize, line: &Line, column: usize, pending: Pending<'f>) {
        self.pending = None;
        self.levels.retain(|level| level.written < column || (level.written == column && !level.is_list));
        let written = self.column_of_others(number, column, pending.column);
        let real = pending.real + written - pending.column;
        self.levels.push(Level::new(written, real, pending.moved_by, true, pending.form));
        if written == column {
            self.shift(number, column, real, pending.moved_by);
        } else {
            let at = self.levels.len() - 1;
            self.misplaced(number, line, column, at, &text!("这一项", "this item"));
        }
    }

    /// Follows a field without a dash.
    fn key(&mut self, number: usize, line: &Line, column: usize, name: &str) {
        if let Some(pending) = self.pending.filter(|pending| column > pending.column)
            && self.fills(number, line, column, name, pending)
        {
            return;
        }
        let in_column = |level: &Level<'_>| !level.is_list && level.is_in(column);
        let has = |level: &Level<'_>| !level.is_list && level.form.is_some_and(|form| form.has(name));
        let free = |level: &Level<'_>| !level.seen.iter().any(|seen| seen == name);
        let exact = self.levels.iter().rposition(in_column);
        let item_start = self.levels.iter().rposition(|level| {
            level.is_list
                && level.written == column
                && (level.seen.is_empty() || level.seen.iter().any(|first| first == name))
                && level.form.and_then(Form::item).is_some_and(|item| item.has(name))
        });
        let right = self.levels.iter().rposition(|level| in_column(level) && has(level) && free(level));
        let known = right.is_some()
            || exact.is_some_and(|at| {
                has(&self.levels[at])
                    || self.levels[at].form.is_none_or(|form| matches!(form, Form::Named(_)))
            });
        if let Some(list) = item_start.filter(|_| !known) {
            self.new_item(line, list, name);
        } else if let Some(at) =
            exact.filter(|at| known && has(&self.levels[*at]) && self.is_next_item(*at, number, name))
        {
            self.new_item(line, at - 1, name);
        } else if let Some(at) = right.or(exact.filter(|_| known)) {
            self.take(number, line, column, at, name);
        } else if let Some(pending) = self
            .pending
            .filter(|pending| pending.column == column && pending.form.is_some_and(|form| form.has(name)))
        {
            self.child_at_margin(number, line, pending, name);
        } else {
            let near =
                (0..self.levels.len()).rev().filter(|at| has(&self.levels[*at]) && free(&self.levels[*at]));
            match near.min_by_key(|at| self.levels[*at].written.abs_diff(column)) {
                Some(at) => {
                    let what = text!("“{name}”", "`{name}`");
                    self.levels.truncate(at + 1);
                    self.misplaced(number, line, column, at, &what);
                    self.open_key(line, column, at, name);
                }
                None => self.unknown(line, column, exact, name),
            }
        }
    }

    /// Lets a field fill the empty one above, if it may belong to it.
    fn fills(&mut self, number: usize, line: &Line, column: usize, name: &str, pending: Pending<'f>) -> bool {
        let item = pending.form.and_then(Form::item);
        let is_own = pending.form.is_none_or(|form| form.has(name) || matches!(form, Form::Named(_)));
        let elsewhere = self.levels.iter().any(|level| {
            !level.is_list
                && level.form.is_some_and(|form| form.has(name))
                && !level.seen.iter().any(|seen| seen == name)
        });
        if !is_own && item.is_some_and(|item| item.has(name)) {
            self.pending = None;
            let dash = column.saturating_sub(2).max(pending.column);
            self.levels.push(Level::new(dash, dash, None, true, pending.form));
            let list = self.levels.len() - 1;
            self.new_item(line, list, name);
            return true;
        }
        if !is_own && elsewhere {
            return false;
        }
        self.pending = None;
        let real = pending.real + column - pending.column;
        self.levels.retain(|level| level.written < column);
        self.levels.push(Level::new(column, real, pending.moved_by, false, pending.form));
        let at = self.levels.len() - 1;
        self.take(number, line, column, at, name);
        true
    }

    /// Takes a field into the level it stands in.
    fn take(&mut self, number: usize, line: &Line, column: usize, at: usize, name: &str) {
        self.levels.truncate(at + 1);
        self.follow(number, column);
        self.open_key(line, column, at, name);
    }

    fn open_key(&mut self, line: &Line, column: usize, at: usize, name: &str) {
        let Level { real, form, .. } = self.levels[at];
        let moved_by = self.levels[at].moved_in(column);
        self.levels[at].note(name);
        self.open(line, column, real, moved_by, form, name);
    }

    /// Remembers a field without a value.
    fn open(
        &mut self,
        line: &Line,
        column: usize,
        real: usize,
        moved_by: Option<usize>,
        form: Option<&'f Form>,
        name: &str,
    ) {
        let form = form.and_then(|form| form.field(name));
        self.pending = line.value.is_empty().then_some(Pending { column, real, moved_by, form });
    }

    fn unknown(&mut self, line: &Line, column: usize, exact: Option<usize>, name: &str) {
        match exact {
            Some(at) => {
                self.levels.truncate(at + 1);
                self.open_key(line, column, at, name);
            }
            None if column > 0 && self.levels.len() == 1 && self.levels[0].seen.is_empty() => {
                self.headless(line, column, name);
            }
            None => {
                self.pending = line.value.is_empty().then_some(Pending {
                    column,
                    real: column,
                    moved_by: None,
                    form: None,
                });
            }
        }
    }

    /// Tells whether `name` starts a new item: it is what the item of level `at` started with, or what items
    /// usually start with, and fields follow that this item cannot have.
    fn is_next_item(&self, at: usize, number: usize, name: &str) -> bool {
        let level = &self.levels[at];
        if at == 0 || !self.levels[at - 1].is_list {
            return false;
        }
        let column = self.page.lines[number].indent();
        let later = self.page.lines[number..].iter().filter(|line| line.kind == Kind::Field).take(40);
        let mut own = later.take_while(|line| line.indent() >= column).filter(|line| line.column() == column);
        level.seen.first().is_some_and(|first| first == name)
            || (ITEM_STARTS.contains(&name)
                && own.any(|line| {
                    let name = self.page.name(line);
                    level.form.zip(name).is_some_and(|(form, name)| form.excludes(&level.seen, &name))
                }))
    }

    /// Says that a new item of list `list` lacks its dash.
    fn new_item(&mut self, line: &Line, list: usize, name: &str) {
        self.levels.truncate(list + 1);
        self.pending = None;
        let (dash, form) = (self.levels[list].written, self.levels[list].form.and_then(Form::item));
        let column = line.indent();
        let inside = column.max(dash + 2);
        let at = line.key.clone().unwrap_or(line.first..line.first);
        let hit = Hit::new(
            at,
            text!(
                "从“{name}”起是新的一项，前面漏了“-”",
                "a new item starts with `{name}`, but its `-` is missing"
            ),
            text!("在“{name}”前面写上“- ”", "write `- ` before `{name}`"),
        );
        let written = format!("{}-{}", " ".repeat(dash), " ".repeat(inside - dash - 1));
        self.dashes.push(hit.change(line.start..line.first, written).certain());
        self.levels
            .push(Level { seen: vec![name.to_owned()], ..Level::new(inside, inside, None, false, form) });
        self.open(line, inside, inside, None, form, name);
    }

    /// Says that a field stands in the column of the empty field it belongs to.
    fn child_at_margin(&mut self, number: usize, line: &Line, pending: Pending<'f>, name: &str) {
        let real = pending.real + 2;
        self.pending = None;
        self.levels.push(Level::new(pending.column, real, Some(self.indents.len()), false, pending.form));
        let at = self.levels.len() - 1;
        let what = text!("“{name}”", "`{name}`");
        self.misplaced(number, line, line.indent(), at, &what);
        self.open_key(line, line.indent(), at, name);
    }

    /// Says that a line stands in another column than its level.
    fn misplaced(
        &mut self,
        number: usize,
        line: &Line,
        column: usize,
        at: usize,
        what: &crate::diagnostic::Message,
    ) {
        let Level { real, written, .. } = self.levels[at];
        let index = self.indents.len();
        let crate::diagnostic::Message { zh, en } = what;
        let should = real;
        let place = line.key.clone().filter(|_| line.dashes.is_empty()).unwrap_or(line.first..line.first + 1);
        let hit = if column > real {
            Hit::new(
                place,
                text!(
                    "{zh}缩进多了：前面有 {column} 个空格，应当是 {should} 个",
                    "{en} is too far to the right: {column} spaces instead of {should}"
                ),
                text!(
                    "删去多余的空格，与同一层的字段左对齐",
                    "delete spaces until it stands in line with the fields of the same level"
                ),
            )
        } else {
            Hit::new(
                place,
                text!(
                    "{zh}缩进少了：前面有 {column} 个空格，应当是 {should} 个",
                    "{en} is too far to the left: {column} spaces instead of {should}"
                ),
                text!(
                    "补上空格，与同一层的字段左对齐",
                    "add spaces until it stands in line with the fields of the same level"
                ),
            )
        };
        let mut hit = hit;
        hit.certain = true;
        self.indents.push(hit);
        if written != column {
            self.levels[at].also = Some((column, index));
        }
        self.shift(number, column, real, Some(index));
    }

    /// Moves a line along with its level.
    fn follow(&mut self, number: usize, column: usize) {
        let Some(level) = self.levels.last() else { return };
        let (real, by) = (level.real, level.moved_in(column));
        self.shift(number, column, real, by);
    }

    /// Moves a line, and the text below that belongs to it, from one column to another.
    fn shift(&mut self, number: usize, from: usize, to: usize, by: Option<usize>) {
        let Some(hit) = by.and_then(|by| self.indents.get_mut(by)).filter(|_| from != to) else { return };
        let inside = self.page.lines[number + 1..]
            .iter()
            .take_while(|line| line.kind != Kind::Field)
            .filter(|line| line.kind == Kind::Inside);
        for line in std::iter::once(&self.page.lines[number]).chain(inside) {
            if to > from {
                hit.changes.push((line.start..line.start, " ".repeat(to - from)));
            } else {
                let less = (from - to).min(line.indent());
                hit.changes.push((line.start..line.start + less, String::new()));
            }
        }
    }
}

/// Names that items usually start with.
const ITEM_STARTS: &[&str] = &["id", "编号", "adopts", "照录"];

/// How far a dash may stand from its column to be seen as one of the list.
const FURTHEST: usize = 3;

fn takes_items(form: Option<&Form>) -> bool {
    form.is_none_or(|form| form.item().is_some())
}
