//! The migrations are compiled in, and Cargo does not see by itself that there is a new one.

fn main() {
    println!("cargo:rerun-if-changed=../../migrations");
}
