//! `openapi.yaml` says what the code says.

use expect_test::expect_file;

/// `make openapi` rewrites the file.
#[test]
fn the_file_is_up_to_date() {
    expect_file!["../../openapi.yaml"].assert_eq(&api::yaml());
}
