//! For things of which something is kept each time: they can be gone on with for long, and not for ever.

use domain::{
    record,
    refusal::{Refusal, Rule},
};

/// The thing after `again` was done so often that it is refused because too much is kept of it.
pub(crate) fn full<T: Clone>(mut thing: T, again: impl Fn(T) -> Result<T, Refusal>) -> T {
    for _ in 0..record::MOST {
        match again(thing.clone()) {
            Ok(after) => thing = after,
            Err(refusal) => {
                assert_eq!(refusal, Refusal::Rule(Rule::RecordFull));
                return thing;
            }
        }
    }
    panic!("it goes on for ever")
}
