//! Any text to tidy.

use qingdan::diagnostic::Findings;
use qingdan::span::FileId;
use qingdan::syntax::{Node, yaml};
use qingdan::tidy::{Untidy, agrees, tidied};

use super::Tally;

/// Tidied twice is tidied once, the meaning and the comments stay.
pub fn check(text: &str, tally: &mut Tally) -> Result<(), String> {
    let tidy = match tidied(text) {
        Ok(tidy) => tidy,
        Err(why) => {
            tally.see(match why {
                Untidy::Broken => "broken",
                Untidy::Unusual => "left as it is",
            });
            return Ok(());
        }
    };
    tally.see(if tidy == text { "tidy" } else { "tidied" });
    if tidied(&tidy).as_ref() != Ok(&tidy) {
        return Err(format!("is tidied again:\n{tidy}"));
    }
    let (Some(before), Some(after)) = (read(text), read(&tidy)) else {
        return Err(format!("cannot be read:\n{tidy}"));
    };
    if !agrees(&before, &after) || !agrees(&after, &before) {
        return Err(format!("says something else:\n{tidy}"));
    }
    if yaml::comments(text) == yaml::comments(&tidy) {
        Ok(())
    } else {
        Err(format!("other comments:\n{tidy}"))
    }
}

fn read(text: &str) -> Option<Node> {
    yaml::parse(FileId(0), text, &mut Findings::new())
}
