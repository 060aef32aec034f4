//! What is said of files and folders that lie in a catalogue and cannot be read.

use std::ffi::OsStr;
use std::io;

use super::names::name_in_gbk;
use super::sniff::Trouble;
use super::walk::codes;
use crate::personal;
use crate::text;

/// Says that the system does not let us read something.
pub(super) fn unreadable(cause: &io::Error) -> Trouble {
    let message = match cause.kind() {
        io::ErrorKind::PermissionDenied => {
            text!("没有权限读取这里，没有读取", "permission denied; this was not read")
        }
        io::ErrorKind::NotFound => {
            text!("读取的时候这个文件不见了", "this file went away while it was being read")
        }
        _ => text!("这里读不出来：{cause}", "this cannot be read: {cause}"),
    };
    Trouble::new(
        &codes::UNREADABLE_FILE,
        message,
        text!(
            "看看是不是被别的程序打开着；请管理电脑的人给您读取的权限，或者从备份重新复制一份",
            "see whether another program has it open; ask whoever looks after the computer for the right to read it, or copy it again from a backup"
        ),
    )
}

/// Says that something is no file at all.
pub(super) fn special() -> Trouble {
    Trouble::new(
        &codes::SPECIAL_FILE,
        text!(
            "这是管道、设备或套接字，不是文件，没有打开",
            "this is a pipe, a device or a socket, no file, and was not opened"
        ),
        text!("删去，或者移到清单文件夹外面", "delete it, or move it out of the catalogue"),
    )
}

/// Says that a name cannot be shown as it is; what it was before a Windows archive was unpacked, if that can be told.
pub(super) fn unsafe_name(name: &OsStr, is_folder: bool) -> Trouble {
    let (zh, en) = if is_folder {
        ("文件夹和里面的内容", "folder and what is in it")
    } else {
        ("文件", "file")
    };
    let message = match name_in_gbk(name).map(|name| personal::shown_name(&name)) {
        Some(meant) => text!(
            "名字的编码不是 UTF-8，原来大概是“{meant}”；这个{zh}没有读取",
            "the name is not UTF-8, it was probably `{meant}`; this {en} was not read"
        ),
        None if name.to_str().is_none() => {
            text!("名字的编码不是 UTF-8；这个{zh}没有读取", "the name is not UTF-8; this {en} was not read")
        }
        None => text!(
            "名字里有看不见的字符；这个{zh}没有读取",
            "the name holds characters that nobody sees; this {en} was not read"
        ),
    };
    Trouble::new(
        &codes::UNSAFE_NAME,
        message,
        text!(
            "改名；是从 Windows 的压缩包解出来的，换一个能选 GBK 编码的解压程序重新解压",
            "rename it; if it came out of a Windows archive, unpack that again with a program that can be told the encoding GBK"
        ),
    )
}
