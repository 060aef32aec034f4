//! Style sheets as older engines can read them.

/// The start and end of boxes, which Chrome before 69 knows by these names only. Newer engines take both for
/// one property, and those that never had the older name leave it out.
const OLDER: [(&str, &str); 6] = [
    ("margin-inline-start", "-webkit-margin-start"),
    ("margin-inline-end", "-webkit-margin-end"),
    ("padding-inline-start", "-webkit-padding-start"),
    ("padding-inline-end", "-webkit-padding-end"),
    ("border-inline-start", "-webkit-border-start"),
    ("border-inline-end", "-webkit-border-end"),
];

/// Returns the style sheet with each declaration that an engine of 2018 knows by another name said in that
/// name first, so that authors of themes need to know one name only.
pub(super) fn with_older_names(css: &str) -> String {
    let mut out = String::with_capacity(css.len() + css.len() / 8);
    let mut rest = css;
    while let Some(at) = rest.find("-inline-") {
        let start =
            rest[..at].rfind(|c: char| !c.is_ascii_alphabetic() && c != '-').map_or(0, |before| before + 1);
        let declaration = &rest[start..];
        let end = declaration.find([';', '}', '{', '"']).unwrap_or(declaration.len());
        out.push_str(&rest[..start]);
        if let Some(older) = older_name(&declaration[..end]) {
            out.push_str(&older);
            out.push(';');
        }
        out.push_str(&declaration[..end]);
        rest = &declaration[end..];
    }
    out.push_str(rest);
    out
}

/// Returns a declaration in its older name, if it has one.
fn older_name(declaration: &str) -> Option<String> {
    let (property, value) = declaration.split_once(':')?;
    let side = |(new, old): &(&str, &str)| Some(format!("{old}{}", property.strip_prefix(new)?));
    let name = OLDER.iter().find_map(side)?;
    Some(format!("{name}:{value}"))
}

#[cfg(test)]
mod tests {
    use super::with_older_names;

    #[test]
    fn a_declaration_is_said_in_the_older_name_first() {
        assert_eq!(
            with_older_names(
                "a{color:red;margin-inline-start:-1px;margin:0}b{border-inline-start-color:red}"
            ),
            "a{color:red;-webkit-margin-start:-1px;margin-inline-start:-1px;margin:0}\
             b{-webkit-border-start-color:red;border-inline-start-color:red}",
        );
    }

    #[test]
    fn nothing_else_changes() {
        for css in [
            "",
            "a{display:inline-flex}",
            "/* margin-inline-start is fine */",
            "a{scroll-margin-inline-start:0}",
        ] {
            assert_eq!(with_older_names(css), css);
        }
    }
}
