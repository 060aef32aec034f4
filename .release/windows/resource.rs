// Gives a program for Windows its icon and what its properties say. Part of two build scripts.
//
// The tools of MinGW make it; where they are not there (a build with Microsoft's), the program has neither.

use std::path::Path;
use std::process::Command;

/// Adds the resources to the programs of this package, if it is built for Windows. `root` leads to the repository.
pub fn add(root: &str) {
    let is = |name: &str, value: &str| std::env::var(name).is_ok_and(|found| found == value);
    if !is("CARGO_CFG_TARGET_OS", "windows") || !is("CARGO_CFG_TARGET_ENV", "gnu") {
        return;
    }
    let folder = Path::new(root).join(".release/windows");
    println!("cargo:rerun-if-changed={}", folder.display());
    let out = Path::new(&std::env::var("OUT_DIR").expect("Cargo says where")).join("resource.o");
    let number = |name: &str| {
        format!("-D{name}={}", std::env::var(format!("CARGO_PKG_VERSION_{name}")).unwrap_or_default())
    };
    let compiled = ["x86_64-w64-mingw32-windres", "windres"].iter().any(|windres| {
        let mut command = Command::new(windres);
        command.args(["--codepage=65001", "-O", "coff", "-I"]).arg(&folder);
        command.args(["MAJOR", "MINOR", "PATCH"].map(number));
        command.arg(folder.join("qingdan.rc")).arg(&out).status().is_ok_and(|status| status.success())
    });
    if compiled {
        println!("cargo:rustc-link-arg-bins={}", out.display());
    } else {
        println!("cargo:warning=windres of MinGW is missing: the program has no icon");
    }
}
