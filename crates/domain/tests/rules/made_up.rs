//! What tests make up: identifiers, moments and words.

use domain::{id::Id, time::Moment};
use uuid::Uuid;

/// The identifier with this number.
pub(crate) fn id<T>(number: u128) -> Id<T> {
    Id::new(Uuid::from_u128(number))
}

/// The moment so many seconds after one in January 2027.
pub(crate) fn moment(seconds: i64) -> Moment {
    Moment::from_timestamp(1_800_000_000 + seconds).expect("in range")
}

/// Words that something says.
pub(crate) fn text(words: &str) -> Option<String> {
    Some(words.to_owned())
}
