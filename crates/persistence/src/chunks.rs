//! Queries about many things: what is asked about more of them than a query may name is asked in pieces.

use diesel::QueryResult;

use crate::Result;

/// SQLite takes 32,766 values in one query at the most. So many are planned and kept quickly.
const MOST_VALUES: usize = 500;

/// All that `load` finds about `ids`, a piece at a time.
pub(crate) fn chunks<T>(
    ids: &[String],
    mut load: impl FnMut(&[String]) -> QueryResult<Vec<T>>,
) -> Result<Vec<T>> {
    let mut found = Vec::new();
    for ids in ids.chunks(MOST_VALUES) {
        found.extend(load(ids)?);
    }
    Ok(found)
}
