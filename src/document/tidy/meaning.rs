//! Whether two trees say the same.

use crate::syntax::{Node, Value};

/// Tells whether `after` says what was understood of a file before. What was refused then was not understood, so
/// that anything may stand there now.
pub fn agrees(before: &Node, after: &Node) -> bool {
    if before.refused {
        return true;
    }
    match (&before.value, &after.value) {
        (Value::Empty, Value::Empty) => !after.refused,
        (Value::Text(a), Value::Text(b)) => a == b,
        (Value::List(a), Value::List(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(before, after)| agrees(before, after))
        }
        (Value::Map(a), Value::Map(b)) => {
            let known = |key: &str| b.iter().find(|entry| entry.key.value == key);
            a.iter()
                .all(|entry| known(&entry.key.value).is_some_and(|after| agrees(&entry.value, &after.value)))
                && b.iter().all(|entry| a.iter().any(|known| known.key.value == entry.key.value))
        }
        (Value::Empty | Value::Text(_) | Value::List(_) | Value::Map(_), _) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Findings;
    use crate::span::{FileId, Span};
    use crate::syntax::yaml;

    #[test]
    fn trees_agree_by_what_they_say_and_not_by_how() {
        let read = |text: &str| yaml::parse(FileId(0), text, &mut Findings::new()).expect("this is YAML");
        let before = read("a: 甲\nb: [1, 2]\n");
        for (text, same) in [
            ("b:\n  - 1\n  - '2'\na: \"甲\" # x\n", true),
            ("a: 甲\nb: [1]\n", false),
            ("a: 甲\nb: [1, 2]\nc: 3\n", false),
            ("a: 甲\n", false),
            ("a: {x: 1}\nb: [1, 2]\n", false),
        ] {
            assert_eq!(agrees(&before, &read(text)), same, "{text}");
        }
        assert!(agrees(&Node::refused(Span::whole(FileId(0))), &before));
    }
}
