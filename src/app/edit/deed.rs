//! What a button of a form asks for.

use super::posted::Pairs;

/// The field that says what is to be done, and the one that only our pages know.
const DO: &str = "do";
pub(super) const TOKEN: &str = "token";

/// What a button asks for.
pub(super) enum Deed<'p> {
    Save,
    /// Nothing is written: what would be said of it.
    Try,
    /// The part goes.
    Delete,
    /// The part moves before the one above, or behind the one below.
    Up,
    Down,
    /// A service of the baseline is taken over, or all that are open.
    Adopt(&'p str),
    /// These official words become a provision.
    Clause(&'p str),
    /// The provision answers one of the baseline.
    Covers(&'p str),
    /// Empty fields of a provision take what its words say.
    Fill,
    /// A part with a name of its own begins at this path.
    Name(&'p str),
    Back,
    Again,
    /// A file begins: at this path, in which `{}` stands for a name that was typed.
    Create(&'p str),
    /// The edition gets another status.
    Status(&'p str),
    /// Certain repairs are made: of the file, of all files on the start page; of one kind, or one finding, if it is named.
    Fix(&'p str),
}

impl<'p> Deed<'p> {
    /// Reads what was asked; to save, if nothing was.
    pub fn of(sent: &'p Pairs) -> Self {
        let asked = value(sent, DO).unwrap_or("save");
        let (name, what) = asked.split_once(':').unwrap_or((asked, ""));
        match name {
            "delete" => Self::Delete,
            "up" => Self::Up,
            "down" => Self::Down,
            "adopt" => Self::Adopt(what),
            "clause" => Self::Clause(what),
            "covers" => Self::Covers(what),
            "fill" => Self::Fill,
            "name" => Self::Name(what),
            "fix" => Self::Fix(what),
            "status" => Self::Status(what),
            "create" => Self::Create(what),
            "try" => Self::Try,
            "back" => Self::Back,
            "again" => Self::Again,
            _ => Self::Save,
        }
    }
}

/// Returns the value of a control.
pub(super) fn value<'p>(sent: &'p Pairs, name: &str) -> Option<&'p str> {
    sent.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
}
