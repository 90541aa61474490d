//! Cursors: where a listing goes on, opaque to their readers, and good for that listing with those filters only.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use uuid::Uuid;

use crate::secret::Pepper;

/// The cursor of the page after `last` in the listing at `path` with these filters.
pub(crate) fn make(pepper: &Pepper, path: &str, filters: &str, last: Uuid) -> String {
    let tag = pepper.tag(&["cursor", path, filters, &last.to_string()]);
    let mut bytes = last.as_bytes().to_vec();
    bytes.extend_from_slice(&tag[..16]);
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The place that a cursor stands for, if it was made for this listing with these filters.
pub(crate) fn read(pepper: &Pepper, path: &str, filters: &str, cursor: &str) -> Option<Uuid> {
    let bytes = URL_SAFE_NO_PAD.decode(cursor).ok()?;
    let last = Uuid::from_slice(bytes.get(..16)?).ok()?;
    // The comparison is of public values: a guess learns nothing from the time it takes.
    (make(pepper, path, filters, last) == cursor).then_some(last)
}
