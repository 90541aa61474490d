//! `openapi.yaml` says what the code says.

use acceptance::golden;

/// `make openapi` rewrites the file.
#[test]
fn the_file_is_up_to_date() {
    golden("openapi.yaml", &api::yaml());
}
