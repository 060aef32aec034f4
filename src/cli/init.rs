//! `qingdan init [--demo | --province NAME] DIR`: a catalogue to start from, or the demonstration.

use std::io::{BufRead as _, IsTerminal as _};
use std::path::PathBuf;

use clap::{Arg, ArgMatches};

use super::{Command, Exit, switch, terminal};
use crate::begin::{Beginning, PROVINCES, Province, begin};
use crate::diagnostic::{Error, UiLang};
use crate::schema::KeyLanguage;
use crate::text;

/// `qingdan init`.
pub(super) const COMMAND: Command = Command {
    name: "init",
    about: || {
        text!(
            "新建一个清单目录；--demo 写出虚构的示范省",
            "start a catalogue; --demo writes that of an invented province"
        )
    },
    arguments: |command, lang| {
        let demo = text!(
            "写出虚构的示范省，看看各种结论和变化",
            "write the invented province, with every verdict and kind of change"
        );
        let folder = text!("新目录", "the new folder");
        let province = text!(
            "哪个省：名称、拼音或代码，例如 吉林；不写就问，不是在终端里就先空着",
            "which province, by name, pinyin or code, such as Jilin; asked for where it is not named, or left open where nobody can be asked"
        );
        let keys = text!(
            "字段名用中文（zh）还是英文（en）；不写就跟着 --lang",
            "keys in Chinese (zh) or English (en); else as --lang says"
        );
        command
            .arg(switch("demo", &demo, lang).conflicts_with("province"))
            .arg(Arg::new("province").long("province").value_name("NAME").help(province.get(lang).to_owned()))
            .arg(Arg::new("keys").long("keys").value_parser(["zh", "en"]).help(keys.get(lang).to_owned()))
            .arg(
                Arg::new("folder")
                    .value_name("DIR")
                    .required(true)
                    .value_parser(clap::value_parser!(PathBuf))
                    .help(folder.get(lang).to_owned()),
            )
    },
    run,
};

fn run(arguments: &ArgMatches, lang: UiLang) -> Result<Exit, Error> {
    let folder = arguments.get_one::<PathBuf>("folder").cloned().expect("the parser asks for a folder");
    let said = arguments.get_one::<String>("province").map(String::as_str);
    let beginning = match (arguments.get_flag("demo"), said) {
        (true, _) => Beginning::Demo,
        (false, Some(said)) => Beginning::Province(Some(named(said)?)),
        (false, None) => Beginning::Province(asked(lang)),
    };
    let keys = arguments.get_one::<String>("keys").map(String::as_str);
    let keys = match keys.unwrap_or(if lang == UiLang::Zh { "zh" } else { "en" }) {
        "zh" => KeyLanguage::Chinese,
        _ => KeyLanguage::English,
    };
    let count = begin(&folder, beginning, keys)?;
    let shown = folder.display();
    let next = text!(
        "{shown}：{count} 个文件。接着运行：qingdan serve {shown}",
        "{shown}: {count} files. Next: qingdan serve {shown}"
    );
    terminal::say(next.get(lang));
    Ok(Exit::Clean)
}

fn named(said: &str) -> Result<&'static Province, Error> {
    Province::named(said).ok_or_else(|| {
        let zh: Vec<&str> = PROVINCES.iter().map(|province| province.short).collect();
        let en: Vec<&str> = PROVINCES.iter().map(|province| province.id).collect();
        let (zh, en) = (zh.join("、"), en.join(", "));
        Error::Argument {
            reason: text!(
                "没有“{said}”这个省；可以写：{zh}",
                "there is no province “{said}”; these are known: {en}"
            ),
        }
    })
}

/// Asks which province it is, where somebody can answer; an empty line leaves it open.
fn asked(lang: UiLang) -> Option<&'static Province> {
    let input = std::io::stdin();
    if !input.is_terminal() {
        return None;
    }
    terminal::say(
        text!(
            "哪个省？例如 吉林（直接回车：先空着）",
            "Which province, such as Jilin? (Return leaves it open)"
        )
        .get(lang),
    );
    for line in input.lock().lines().map_while(Result::ok) {
        match Province::named(&line) {
            None if !line.trim().is_empty() => {
                terminal::say(
                    text!("没有这个省，请再写一次", "There is no such province; once more").get(lang),
                );
            }
            found => return found,
        }
    }
    None
}
