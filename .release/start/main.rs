//! What is double-clicked on Windows: runs `qingdan serve --start` beside it, without a console.
//!
//! The catalogue is the folder that was dropped on it, else the one that lies beside it; where there is none, the page that
//! opens begins one. More than one beside it: the first, by name.
//!
//! What the program says goes into a file of the system's temporary folder. If it could not start, that file is opened. If it
//! runs already, the browser goes to the page it shows: a second double click starts no second preview.
#![cfg_attr(windows, windows_subsystem = "windows")]
#![allow(
    clippy::disallowed_methods,
    reason = "all of this program is about the disk and the network of one computer"
)]

use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::net::{Ipv4Addr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::Duration;

/// The program, beside this one.
const PROGRAM: &str = if cfg!(windows) { "qingdan.exe" } else { "qingdan" };
/// What addresses of a preview of this computer start with, before the port.
const HERE: &str = "http://127.0.0.1:";
/// Where the forms start, in an address.
const FORMS: &str = "/_qingdan/edit/start.html";
/// How long a preview that runs may take to answer.
const PATIENCE: Duration = Duration::from_secs(2);

fn main() -> ExitCode {
    let folder =
        std::env::current_exe().ok().and_then(|own| own.parent().map(Path::to_owned)).unwrap_or_default();
    let dropped = std::env::args_os().nth(1).map(PathBuf::from);
    let catalogue = dropped.or_else(|| beside(&folder));
    let log = log_of(catalogue.as_deref().unwrap_or(&folder));
    if let Some(port) = running(&log) {
        open(&format!("{HERE}{port}{FORMS}"));
        return ExitCode::SUCCESS;
    }
    let program = folder.join(PROGRAM);
    let ended =
        if program.is_file() { run(&program, &folder, catalogue, &log) } else { tell(&log, NOT_UNPACKED) };
    match ended {
        Ok(true) => {
            // Another preview may get the same port one day.
            let _ = fs::remove_file(&log);
            ExitCode::SUCCESS
        }
        Ok(false) => {
            show(&log);
            ExitCode::FAILURE
        }
        Err(cause) => {
            let _ = tell(&log, &cause.to_string());
            show(&log);
            ExitCode::FAILURE
        }
    }
}

/// What is said where this program stands alone, as in a .zip that Windows shows like a folder.
const NOT_UNPACKED: &str = "旁边没有 qingdan.exe。请先把压缩包里的文件全部解压到一个文件夹（例如“文档”里），再双击。\r\n\
    qingdan.exe is not here. Unpack all files of the archive into one folder first, then double-click again.\r\n";

/// Returns the catalogue beside the program, where the program does not find it by itself.
fn beside(folder: &Path) -> Option<PathBuf> {
    let is_catalogue = |path: &PathBuf| path.join("site.yaml").is_file();
    if is_catalogue(&folder.to_owned()) || is_catalogue(&folder.join("content")) {
        return None;
    }
    let entries = fs::read_dir(folder).ok()?.filter_map(Result::ok).map(|entry| entry.path());
    entries.filter(is_catalogue).min()
}

/// Returns the file for what is said of the catalogue or the program in `folder`.
fn log_of(folder: &Path) -> PathBuf {
    let plain = |c: char| if c.is_alphanumeric() { c } else { '-' };
    let name: String = folder.to_string_lossy().chars().map(plain).collect();
    // Names of files are bounded; what tells folders apart stands at the end.
    let from = name.char_indices().rev().nth(80).map_or(0, |(at, _)| at);
    std::env::temp_dir().join(format!("qingdan-start{}.txt", &name[from..]))
}

/// Returns the port of the preview that the program said last, if it still answers there.
fn running(log: &Path) -> Option<u16> {
    let said = fs::read_to_string(log).ok()?;
    let (before, _) = said.split_once(FORMS)?;
    let port = before.rsplit_once(HERE)?.1.parse().ok()?;
    let mut server = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).ok()?;
    server.set_read_timeout(Some(PATIENCE)).ok()?;
    let asked = format!("HEAD {FORMS} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n");
    server.write_all(asked.as_bytes()).ok()?;
    let mut answer = [0; 12];
    server.read_exact(&mut answer).ok()?;
    (answer == *b"HTTP/1.1 200").then_some(port)
}

/// Runs the program until it ends; tells whether it ended well.
fn run(program: &Path, folder: &Path, catalogue: Option<PathBuf>, log: &Path) -> io::Result<bool> {
    let mut said = File::create(log)?;
    said.write_all(MARK.as_bytes())?;
    let mut command = Command::new(program);
    command
        .args(["serve", "--start"])
        .args(catalogue)
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(said.try_clone()?)
        .stderr(said);
    no_window(&mut command);
    Ok(command.status()?.success())
}

/// What tells older Notepads that a text is UTF-8.
const MARK: &str = "\u{FEFF}";

fn tell(log: &Path, what: &str) -> io::Result<bool> {
    fs::write(log, format!("{MARK}{what}"))?;
    Ok(false)
}

/// Lets the program, and what it starts itself, have a console that nobody sees.
#[cfg(windows)]
fn no_window(command: &mut Command) {
    use std::os::windows::process::CommandExt as _;

    /// `CREATE_NO_WINDOW`, see "Process Creation Flags" of Windows.
    const CREATE_NO_WINDOW: u32 = 0x0800_0000;
    command.creation_flags(CREATE_NO_WINDOW);
}

#[cfg(not(windows))]
fn no_window(_: &mut Command) {}

/// Opens an address in the browser.
fn open(address: &str) {
    let opener = if cfg!(windows) { "explorer" } else { "xdg-open" };
    let _ = Command::new(opener).arg(address).spawn();
}

/// Opens a text for the person to read.
fn show(text: &Path) {
    let reader = if cfg!(windows) { "notepad" } else { "xdg-open" };
    let _ = Command::new(reader).arg(text).spawn();
}
