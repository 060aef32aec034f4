//! Gives the program its icon on Windows.

#[path = "../windows/resource.rs"]
mod resource;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    resource::add("../..");
}
