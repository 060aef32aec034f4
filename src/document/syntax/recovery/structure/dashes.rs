//! Dashes that are one too many, and those that words of a list lack.

use super::{FURTHEST, ITEM_STARTS, Level, Walk, takes_items};
use crate::syntax::form::Form;
use crate::syntax::page::{Kind, Line};
use crate::syntax::recovery::Hit;
use crate::syntax::yaml::LOST_MARK;
use crate::text;

impl Walk<'_, '_> {
    /// Returns the column in which the other items of a list stand whose first stands in `column`: one that stands too
    /// far in by itself is the one that is wrong.
    pub(super) fn column_of_others(&self, number: usize, column: usize, least: usize) -> usize {
        let below = self.page.lines[number + 1..].iter().filter(|line| line.kind == Kind::Field);
        let next = below.take(LONGEST_ITEM).find(|line| line.indent() <= column);
        let is_other = |line: &&Line| {
            let indent = line.indent();
            !line.dashes.is_empty() && indent < column && indent > least && column - indent <= FURTHEST
        };
        next.filter(is_other).map_or(column, Line::indent)
    }

    /// Takes the first lines of a file that stand below no field: the one above them was lost, or made a comment.
    pub(super) fn headless(&mut self, line: &Line, column: usize, name: &str) {
        let at = line.key.clone().unwrap_or(line.first..line.first + 1);
        let hit = Hit::new(
            at,
            text!("“{name}”上面少了它所属的字段", "the field that `{name}` belongs to is missing above it"),
            text!(
                "在这一行上面补上字段名，例如“标题:”；写成了注释的，删去前面的“#”",
                "write the name of that field above this line, for example `title:`, or delete the `#` before it"
            ),
        );
        self.parents.push(hit.change(line.start..line.start, format!("{LOST_MARK}:\n")));
        self.levels
            .push(Level { seen: vec![name.to_owned()], ..Level::new(column, column, None, false, None) });
    }

    /// Takes an item whose list lacks the field it belongs to, if only one can be meant; says so.
    pub(super) fn without_field(&mut self, line: &Line, column: usize, name: &str) -> bool {
        let own = (0..self.levels.len()).rev().find_map(|at| {
            let level = &self.levels[at];
            let form = level.form.filter(|_| !level.is_list && level.written <= column)?;
            let mut fields = form.lists_of(name).filter(|field| !level.seen.iter().any(|seen| seen == field));
            let field = fields.next()?;
            fields.next().is_none().then_some((at, field))
        });
        let Some((at, field)) = own else { return false };
        self.levels.truncate(at + 1);
        let Level { written, real, form, .. } = self.levels[at];
        self.levels[at].note(field);
        let hit = Hit::new(
            line.first..line.first + 1,
            text!("这些项目前面少了“{field}:”这一行", "the line `{field}:` is missing before these items"),
            text!("在这一行前面补上“{field}:”", "write the line `{field}:` before this one"),
        );
        let new = format!("{}{field}:\n", " ".repeat(written));
        self.parents.push(hit.change(line.start..line.start, new).certain());
        self.levels.push(Level::new(
            column,
            real + column - written,
            None,
            true,
            form.and_then(|form| form.field(field)),
        ));
        true
    }

    /// Tells whether an item has a second dash although the items of its list are no lists; says so.
    pub(super) fn is_doubled(&mut self, line: &Line) -> bool {
        let [first, second] = *line.dashes.as_slice() else { return false };
        let column = first - line.start;
        let own = self.levels.iter().rev().find(|level| level.is_list && level.is_in(column));
        let opened = self.pending.filter(|pending| column >= pending.column && takes_items(pending.form));
        let list = opened.map_or(own.and_then(|level| level.form), |pending| pending.form);
        let is_doubled = list.and_then(Form::item).is_some_and(|item| item.item().is_none());
        if is_doubled {
            let hit = Hit::new(
                second..second + 1,
                text!("这里有两个“-”，多了一个", "there are two dashes here, which is one too many"),
                text!("删去一个“-”", "delete one `-`"),
            );
            let after = self.page.text[second + 1..line.end].len()
                - self.page.text[second + 1..line.end].trim_start().len();
            self.dashes.push(hit.change(second..second + 1 + after, "").certain());
        }
        is_doubled
    }

    /// Returns the column in which a field stands that has a dash by mistake: it belongs to the item above, which goes
    /// on below.
    pub(super) fn without_dash(&self, number: usize, line: &Line, name: &str) -> Option<usize> {
        let [dash] = line.dashes.as_slice() else { return None };
        let dash = dash - line.start;
        if self.pending.is_some() || ITEM_STARTS.contains(&name) || line.value.is_empty() {
            return None;
        }
        let column = line.column();
        let at = self.levels.iter().rposition(|level| {
            !level.is_list && (level.written == dash || level.written == column) && level.moved_by.is_none()
        })?;
        let level = &self.levels[at];
        let form = level.form.filter(|form| form.has(name))?;
        let is_free = |name: &str| !level.seen.iter().any(|seen| seen == name);
        let starts = level.seen.first().is_some_and(|first| ITEM_STARTS.contains(&first.as_str()));
        if !starts || !is_free(name) || form.excludes(&level.seen, name) {
            return None;
        }
        let beside = self.page.lines[number + 1..].iter().filter(|line| line.kind == Kind::Field);
        let mut beside = beside
            .take_while(|line| line.dashes.is_empty() && line.indent() >= level.written)
            .filter(|line| line.indent() == level.written)
            .filter_map(|line| self.page.name(line))
            .peekable();
        let goes_on = beside.peek().is_some() || level.written == dash;
        (goes_on
            && beside.all(|name| form.has(&name) && is_free(&name) && !ITEM_STARTS.contains(&name.as_str())))
        .then_some(level.written)
    }

    /// Says that the dash before a field is one too many.
    pub(super) fn superfluous(&mut self, line: &Line, column: usize) {
        let dash = line.dashes[0];
        let key = line.key.clone().unwrap_or(dash..dash + 1);
        let name = self.page.at(&key);
        let hit = Hit::new(
            dash..dash + 1,
            text!(
                "“{name}”前面多了“-”：它属于上面这一项",
                "there is a `-` too many before `{name}`, which belongs to the item above"
            ),
            text!(
                "把“-”改成空格，与上一个字段左对齐",
                "replace the `-` by spaces, in line with the field above"
            ),
        );
        self.dashes.push(hit.change(line.start..key.start, " ".repeat(column)).certain());
    }

    /// Follows a line that is no field and no item.
    pub(super) fn bare(&mut self, line: &Line) {
        let Some(pending) = self.pending.filter(|pending| line.indent() >= pending.column) else { return };
        if !matches!(pending.form, Some(Form::List(item)) if matches!(**item, Form::Text | Form::Word | Form::Texts))
            || line.value.is_empty()
        {
            return;
        }
        let word = self.page.at(&line.value);
        if word.starts_with(['[', '"', '\'', '|', '>']) {
            return;
        }
        self.dashes.push(
            Hit::new(
                line.value.clone(),
                text!("“{word}”前面漏了“-”", "the `-` before `{word}` is missing"),
                text!("在每一项前面写上“- ”", "write `- ` before each item"),
            )
            .change(line.first..line.first, "- ")
            .certain(),
        );
    }
}

/// So many fields below the start of an item the next one is looked for.
const LONGEST_ITEM: usize = 400;
