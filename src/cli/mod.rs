//! The commands, one file each: arguments in, exit code out.
//!
//! In: the words of the command line, the environment and the clock; no other room sees these. Out: findings and words
//! on stderr, data on stdout; exit 0 clean, 1 refused by findings, 2 could not run.
//!
//! To add a command, write `cli/<name>.rs` with a `Command` and add a line to `COMMANDS`.

mod asked;
mod build;
mod check;
mod completions;
mod correct;
mod coverage;
mod data;
mod diff;
mod edition;
mod explain;
mod export;
mod fix;
mod fmt;
mod forms;
mod git;
mod handbook;
mod import;
mod init;
mod issue;
mod link;
mod links;
mod live;
mod lsp;
mod man;
mod query;
mod review;
mod schema;
mod serve;
mod status;
mod terminal;
mod timings;
mod translated;
mod usage;
mod verify;
mod writing;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::parser::ValueSource;
use clap::{Arg, ArgMatches};

use crate::diagnostic::{Error, Message, UiLang};
use crate::text;

/// What the program is called.
const NAME: &str = "qingdan";

/// What `--version` says: the version, and the commit with its day.
const VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), " (", env!("QINGDAN_BUILD"), ")");

/// Returns what tells this build of the program from every other: two of one commit can differ while somebody works on it.
fn build_of_tool() -> Option<String> {
    let program = std::env::current_exe().and_then(std::fs::File::open);
    program.and_then(qingdan_storage::digest_of).ok()
}

/// Every command.
const COMMANDS: &[Command] = &[
    build::COMMAND,
    link::COMMAND,
    serve::COMMAND,
    check::COMMAND,
    fix::COMMAND,
    fmt::COMMAND,
    coverage::COMMAND,
    diff::COMMAND,
    status::COMMAND,
    query::COMMAND,
    edition::COMMAND,
    review::COMMAND,
    export::COMMAND,
    import::COMMAND,
    init::COMMAND,
    schema::COMMAND,
    lsp::COMMAND,
    explain::COMMAND,
    handbook::COMMAND,
    translated::COMMAND,
    verify::COMMAND,
    completions::COMMAND,
    man::COMMAND,
];

/// One command.
pub(crate) struct Command {
    /// Its name.
    name: &'static str,
    /// What it does, in one line.
    about: fn() -> Message,
    /// Adds its arguments; help is in the language given.
    arguments: fn(clap::Command, UiLang) -> clap::Command,
    /// Does it.
    run: fn(&ArgMatches, UiLang) -> Result<Exit, Error>,
}

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// All is well.
    Clean,
    /// Findings refused it.
    Refused,
}

/// Returns what git remembers of the catalogue at `root`, for its forms.
pub fn memory_of(root: &std::path::Path) -> impl crate::edit::Memory + use<> {
    git::Git::of(root)
}

/// Runs the command line `arguments` (the program's name first) and returns the exit code.
pub fn main(arguments: impl IntoIterator<Item = String>) -> ExitCode {
    let mut arguments: Vec<String> = arguments.into_iter().collect();
    // Who starts the program by a double click wants to write, or to begin. A script that names no command is told which
    // there are.
    let is_seen = std::io::IsTerminal::is_terminal(&std::io::stderr());
    if arguments.len() == 1 && (is_seen || usual_catalogue().join("site.yaml").is_file()) {
        arguments.extend(["serve", "--start"].map(str::to_owned));
    }
    let lang = terminal::language(&arguments);
    terminal::tell_panics(lang);
    let matches = match parser(lang).try_get_matches_from(&arguments) {
        Ok(matches) => matches,
        Err(error) => {
            terminal::usage(&error, lang);
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    let (name, matched) = matches.subcommand().expect("the parser asks for a command");
    let command =
        COMMANDS.iter().find(|command| command.name == name).expect("the parser knows these commands only");
    let ended = (command.run)(matched, lang).and_then(|exit| terminal::check_written().map(|()| exit));
    match ended {
        Ok(Exit::Clean) => ExitCode::SUCCESS,
        Ok(Exit::Refused) => ExitCode::from(1),
        Err(error) => {
            let message = match &error {
                Error::NoCatalogue { path } => no_catalogue(path, &arguments),
                other => other.message(),
            };
            terminal::error(&message, lang);
            ExitCode::from(2)
        }
    }
}

fn parser(lang: UiLang) -> clap::Command {
    let about = text!(
        "把各地的服务清单（YAML）检查并编译成双语网站",
        "Checks the service lists of provinces and prefectures (YAML) and compiles them into a bilingual site"
    );
    let help = text!("工具自己说中文还是英文", "the language of the tool's own words");
    let parser = clap::Command::new(NAME)
        .version(VERSION)
        .about(about.get(lang).to_owned())
        .subcommand_required(true)
        .arg_required_else_help(true)
        .arg(
            Arg::new("lang")
                .long("lang")
                .global(true)
                .value_parser(["zh", "en"])
                .help(help.get(lang).to_owned()),
        );
    COMMANDS.iter().fold(parser, |parser, command| {
        let about = (command.about)().get(lang).to_owned();
        parser.subcommand((command.arguments)(clap::Command::new(command.name).about(about), lang))
    })
}

/// The argument `CATALOGUE`.
fn catalogue_argument(lang: UiLang) -> Arg {
    let help = text!("清单目录", "the folder of the catalogue");
    Arg::new("catalogue")
        .value_name("CATALOGUE")
        .default_value("content")
        .value_parser(clap::value_parser!(PathBuf))
        .help(help.get(lang).to_owned())
}

fn catalogue(arguments: &ArgMatches) -> PathBuf {
    let is_named = arguments.value_source("catalogue") == Some(ValueSource::CommandLine);
    let named = arguments.get_one::<PathBuf>("catalogue").filter(|_| is_named);
    named.cloned().unwrap_or_else(usual_catalogue)
}

/// Returns the catalogue where none is named: `content`, or the folder we are in.
fn usual_catalogue() -> PathBuf {
    let is_catalogue = |path: &&str| Path::new(path).join("site.yaml").is_file();
    PathBuf::from(["content", "."].iter().copied().find(|path| is_catalogue(path)).unwrap_or("content"))
}

/// Says that there is no catalogue at `path`, and which there are here, with the line to type.
fn no_catalogue(path: &Path, arguments: &[String]) -> Message {
    let entries = std::fs::read_dir(".").into_iter().flatten().filter_map(Result::ok);
    let is_catalogue = |entry: &std::fs::DirEntry| entry.path().join("site.yaml").is_file();
    let mut here: Vec<String> =
        entries.filter(is_catalogue).map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    here.sort();
    let shown = path.display().to_string();
    let typed: Vec<&str> =
        arguments.iter().skip(1).map(String::as_str).filter(|word| *word != shown).collect();
    let (typed, all) = (typed.join(" "), here.join(" "));
    let Some(first) = here.first() else {
        return text!(
            "{shown} 不是清单文件夹：里面没有 site.yaml。请在命令后面写上清单文件夹，例如 qingdan {typed} 练习",
            "{shown} is not a catalogue: it has no site.yaml. Name the right folder, for example: qingdan {typed} practice"
        );
    };
    text!(
        "{shown} 不是清单文件夹：里面没有 site.yaml。这里有：{all}。请输入 qingdan {typed} {first}",
        "{shown} is not a catalogue: it has no site.yaml. There is here: {all}. Type: qingdan {typed} {first}"
    )
}

/// A switch without a value.
fn switch(name: &'static str, help: &Message, lang: UiLang) -> Arg {
    Arg::new(name).long(name).action(clap::ArgAction::SetTrue).help(help.get(lang).to_owned())
}
