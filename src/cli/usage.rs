//! What is said of the command line itself. The parser of arguments speaks English only; this is the same in
//! Chinese.

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::diagnostic::UiLang;

/// Words of the parser's help, and the same in Chinese. `tests::help_is_in_one_language` finds what is not here.
const WORDS: &[(&str, &str)] = &[
    ("Usage:", "用法："),
    ("Commands:", "命令："),
    ("Arguments:", "参数："),
    ("Options:", "选项："),
    ("[OPTIONS]", "[选项]"),
    ("<COMMAND>", "<命令>"),
    ("[COMMAND]", "[命令]"),
    ("[default:", "[不写就是："),
    ("[possible values:", "[可以写："),
    ("Print this message or the help of the given subcommand(s)", "显示这些说明，或者某个命令的说明"),
    ("Print help", "显示这些说明"),
    ("Print version", "显示版本"),
];

/// Returns what the parser has to say, in `lang`, with codes of colours.
pub(super) fn said(error: &clap::Error, lang: UiLang) -> String {
    let english = || error.render().ansi().to_string();
    match lang {
        UiLang::En => english(),
        UiLang::Zh => mistake(error).unwrap_or_else(|| {
            WORDS.iter().fold(english(), |text, (words, chinese)| text.replace(words, chinese))
        }),
    }
}

/// Returns what is wrong with the arguments and how to find what is right, in Chinese; nothing for help and for what
/// happens to nobody.
fn mistake(error: &clap::Error) -> Option<String> {
    let of = |kind| error.get(kind).map(plain);
    let argument = of(ContextKind::InvalidArg);
    let known = |kind, before: &str| of(kind).map(|words| format!("\n  {before}{words}")).unwrap_or_default();
    let reason = match error.kind() {
        ErrorKind::InvalidSubcommand => {
            let name = of(ContextKind::InvalidSubcommand)?;
            format!("没有“{name}”这个命令{}", known(ContextKind::SuggestedSubcommand, "最像的是："))
        }
        ErrorKind::UnknownArgument => {
            format!("这里不能写“{}”{}", argument?, known(ContextKind::SuggestedArg, "最像的是："))
        }
        ErrorKind::InvalidValue => {
            let values = known(ContextKind::ValidValue, "可以写：");
            match of(ContextKind::InvalidValue)?.as_str() {
                "" => format!("“{}”后面还要写一个值{values}", argument?),
                value => format!("“{}”后面不能写“{value}”{values}", argument?),
            }
        }
        ErrorKind::ValueValidation => {
            let reason =
                std::error::Error::source(error).map(|source| format!("：{source}")).unwrap_or_default();
            format!("“{}”后面不能写“{}”{reason}", argument?, of(ContextKind::InvalidValue)?)
        }
        ErrorKind::MissingRequiredArgument => format!("还要写：{}", argument?),
        ErrorKind::MissingSubcommand => {
            format!("还要写一个命令{}", known(ContextKind::ValidSubcommand, "可以写："))
        }
        ErrorKind::ArgumentConflict => match of(ContextKind::PriorArg) {
            Some(prior) if Some(&prior) == argument.as_ref() => format!("“{prior}”只能写一次"),
            Some(prior) => format!("“{}”和“{prior}”不能一起写", argument?),
            None => return None,
        },
        _ => return None,
    };
    let usage = of(ContextKind::Usage).map(|usage| format!("\n{usage}\n")).unwrap_or_default();
    let usage = WORDS.iter().fold(usage, |text, (words, chinese)| text.replace(words, chinese));
    Some(format!("错误: {reason}\n{usage}\n加上 --help，可以看怎么写。\n"))
}

/// Returns what a context holds as words.
fn plain(value: &ContextValue) -> String {
    match value {
        ContextValue::Strings(all) => all.join("、"),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said_to(arguments: &[&str], lang: UiLang) -> String {
        let error =
            super::super::parser(lang).try_get_matches_from(arguments).expect_err("help or a mistake");
        anstream::adapter::strip_str(&said(&error, lang)).to_string()
    }

    #[test]
    fn help_is_in_one_language() {
        let shouted = |word: &str| word.chars().all(|letter| letter.is_uppercase());
        for command in super::super::COMMANDS {
            let help = said_to(&["qingdan", command.name, "--help"], UiLang::Zh);
            for words in
                ["Usage", "Options", "Arguments", "Commands", "Print", "default", "possible", "values"]
            {
                let found = help
                    .split(|letter: char| !letter.is_alphabetic())
                    .any(|word| word == words && !shouted(word));
                assert!(!found, "`{words}` in the help of `{}`:\n{help}", command.name);
            }
        }
    }

    #[test]
    fn mistakes_are_told_in_chinese() {
        let cases: &[(&[&str], &str)] = &[
            (&["qingdan", "bild"], "没有“bild”这个命令\n  最像的是：build"),
            (&["qingdan", "check", "--formt", "json"], "这里不能写“--formt”\n  最像的是：--format"),
            (
                &["qingdan", "check", "--format", "x"],
                "“--format <format>”后面不能写“x”\n  可以写：human、short",
            ),
            (&["qingdan", "check", "--format"], "“--format <format>”后面还要写一个值"),
            (&["qingdan", "serve", "--port", "many"], "“--port <PORT>”后面不能写“many”"),
            (&["qingdan", "export"], "还要写：<WHAT>"),
            (&["qingdan", "fix", "--dry-run", "--dry-run"], "“--dry-run”只能写一次"),
        ];
        for (arguments, words) in cases {
            let said = said_to(arguments, UiLang::Zh);
            assert!(said.contains(words), "{arguments:?} says:\n{said}");
            assert!(!said.contains("Usage") && !said.contains("error"), "{said}");
        }
    }

    #[test]
    fn english_is_as_the_parser_says_it() {
        let said = said_to(&["qingdan", "bild"], UiLang::En);
        assert!(said.contains("unrecognized subcommand 'bild'"), "{said}");
    }
}
