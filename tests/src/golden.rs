//! Files that are written by the tests and reviewed by people.

use std::{env, fs, path::Path};

/// Holds `text` against the file at `path`, from the root of the project. `UPDATE_EXPECT=1` rewrites the file, as it does
/// for the small ones that `expect-test` keeps; a diff of files this large would take it hours.
pub fn golden(path: &str, text: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path);
    let old = fs::read_to_string(&file).unwrap_or_default();
    if old == text {
        return;
    }
    if env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(&file, text).expect("the file can be written");
        return;
    }
    let mut lines = old.lines().zip(text.lines()).enumerate();
    let (number, (was, is)) = lines.find(|(_, (was, is))| was != is).unwrap_or((
        old.lines().count().min(text.lines().count()),
        ("(the end)", "(more, or less)"),
    ));
    panic!(
        "{path} is not up to date from line {} on; `make openapi` rewrites it\n  it says: {was}\n  should:  {is}",
        number + 1
    );
}
