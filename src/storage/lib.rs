//! Every write of every command goes through this room; `.clippy.toml` forbids the functions of the system elsewhere.
//!
//! In: bytes, where they go, what has to stand there. Out: the file on the disk, or an error and nothing changed.
//! What is promised, and the handbook repeats it for staff (chapter "When something does not work"):
//!
//! - **The old file or the new one.** Bytes are written beside the target under a name of our own (`.NAME.qingdan-tmp`),
//!   flushed, and put in its place in one step; then the folder is flushed. Permissions stay.
//! - **A save made meanwhile stays.** What stands at the target is compared with what was read when the two are
//!   exchanged; if it is something else, it is put back and the command ends with a plain word.
//! - **Nothing is replaced that we did not write**, unless told to, and then the former version is kept ([`save`],
//!   [`Session`]). What we wrote is known by digests beside it (`.qingdan-outputs`), a site by its manifest.
//! - **A folder whose files belong together is whole or not there** ([`save_whole`]): it grows beside and is exchanged.
//! - **What is read is a file** ([`open`]): a pipe or a device, which may never end, is refused.
//! - **All or nothing** where several files of a catalogue change together ([`Session::change`]).
//! - **Nothing is written inside a catalogue** but by a command for it, one at a time ([`Session`]); links, hard links and
//!   other spellings of a name lead nowhere else, since folders are compared by what they are.
//! - **No mount is crossed** ([`mounts`]).
//! - **A kill leaves no trace** that the next run does not clear: a draft or lock that nobody holds is nobody's.
//!
//! Not promised: that the clock of two programs which write one file in the same instant decides well; file systems
//! without locks or without an exchange of two names narrow the promise to a comparison just before the swap.
//!
//! To change a disk in another way, add the call to [`sys`], with its fault point, and say here what it keeps.
#![allow(clippy::disallowed_methods, reason = "this is the room where files are written")]

mod aside;
mod desk;
mod digest;
pub mod faults;
mod file;
mod kept;
mod lock;
pub mod mounts;
mod outputs;
mod pack;
mod place;
mod read;
mod session;
pub mod sys;
mod tree;
mod undo;

pub use desk::Rules;
pub use digest::{digest, digest_of};
pub use file::is_draft;
pub use lock::Lock;
pub use outputs::{append, save, save_folder};
pub use pack::save_whole;
pub use place::{is_inside, is_same_folder, is_shared_place, real_path};
pub use read::{bytes_of, files_below, open, read};
pub use session::{Session, is_left, is_own_trace};
pub use undo::Change;

pub(crate) use qingdan_base::{diagnostic, personal, text};
