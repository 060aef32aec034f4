//! Official tables in, editions out: what offices have in Excel, Word and CSV, and what is proposed for it.
#![allow(clippy::print_stdout, reason = "figures that `--nocapture` shows")]
#![allow(clippy::disallowed_methods, reason = "tests prepare and spoil files")]

#[path = "import/desk.rs"]
mod desk;
#[path = "import/documents.rs"]
mod documents;
#[path = "import/lines.rs"]
mod lines;
#[path = "import/office.rs"]
mod office;
#[path = "import/proposals.rs"]
mod proposals;
#[path = "import/robust.rs"]
mod robust;
#[path = "import/round_trip.rs"]
mod round_trip;
#[path = "import/screen.rs"]
mod screen;
#[path = "import/standards.rs"]
mod standards;
#[path = "import/tables.rs"]
mod tables;
#[path = "import/workbooks.rs"]
mod workbooks;

/// Copies a folder with all that is in it.
fn copy(from: &std::path::Path, to: &std::path::Path) {
    std::fs::create_dir_all(to).expect("a folder can be made");
    for entry in std::fs::read_dir(from).expect("the folder is there").flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("a file can be copied");
        }
    }
}
