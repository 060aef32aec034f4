//! `qingdan lsp`: the language server, which editors start; with `--vsix` the extension that starts it in Visual Studio Code.

use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use clap::{Arg, ArgMatches};

use super::{Command, Exit, data, terminal, writing};
use crate::diagnostic::{Error, UiLang};
use crate::editor;
use crate::lsp::{Heard, Session, Setting, listen};
use crate::text;

/// Typing has paused when nothing came for this long.
const PAUSE: Duration = Duration::from_millis(150);

/// `qingdan lsp`.
pub(super) const COMMAND: Command = Command {
    name: "lsp",
    about: || {
        text!(
            "语言服务器：由编辑器启动，边写边报问题，能改的一键改好",
            "the language server, started by editors: findings as you type, with repairs"
        )
    },
    arguments: |command, lang| {
        let vsix = text!(
            "不启动，只写出 Visual Studio Code 的扩展（.vsix），装上以后由它启动",
            "start nothing, but write the extension for Visual Studio Code (.vsix), which starts the server once it is installed"
        );
        command
            .arg(data::today_argument(lang))
            .arg(
                Arg::new("vsix")
                    .long("vsix")
                    .value_name("FILE")
                    .value_parser(clap::value_parser!(PathBuf))
                    .help(vsix.get(lang).to_owned()),
            )
            .arg(data::force_argument(lang))
    },
    run,
};

fn run(arguments: &ArgMatches, lang: UiLang) -> Result<Exit, Error> {
    if let Some(path) = arguments.get_one::<PathBuf>("vsix") {
        writing::save(path, &editor::extension(), None, arguments, lang)?;
        let shown = path.display();
        let next = text!(
            "写好了 {shown}。在 Visual Studio Code 的“扩展”里选“从 VSIX 安装”，或者运行 code --install-extension {shown}",
            "wrote {shown}. In Visual Studio Code choose “Install from VSIX” among the extensions, or run code --install-extension {shown}"
        );
        terminal::say(next.get(lang));
        return Ok(Exit::Clean);
    }
    let mut session = Session::new(Setting { lang, today: data::today(arguments)? });
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || listen(io::stdin().lock(), |heard| sender.send(heard).is_ok()));
    loop {
        let out = match next(&receiver, session.waits()) {
            Ok(batch) => session.hear(batch),
            Err(RecvTimeoutError::Timeout) => session.look(),
            // The client is gone.
            Err(RecvTimeoutError::Disconnected) => return Ok(Exit::Refused),
        };
        let mut stream = io::stdout().lock();
        let sent =
            out.iter().try_for_each(|message| message.write(&mut stream)).and_then(|()| stream.flush());
        match (session.ended(), sent) {
            (Some(true), _) => return Ok(Exit::Clean),
            // The protocol asks for exit code 1 without `shutdown`.
            (Some(false), _) | (None, Err(_)) => return Ok(Exit::Refused),
            (None, Ok(())) => {}
        }
    }
}

/// Returns everything that came in; waits for the first of it, but not for ever if `waits`.
fn next(receiver: &Receiver<Heard>, waits: bool) -> Result<Vec<Heard>, RecvTimeoutError> {
    let first = match waits {
        true => receiver.recv_timeout(PAUSE)?,
        false => receiver.recv().map_err(|_| RecvTimeoutError::Disconnected)?,
    };
    Ok(std::iter::once(first).chain(receiver.try_iter()).collect())
}
