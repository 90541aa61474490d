//! Identifiers are read in their published form only, and tell nothing but which one it is.

use std::collections::HashSet;

use domain::{id::Id, order::Order, person::Person};
use uuid::Uuid;

const TEXT: &str = "019aa5d0-0000-7000-8000-00000000abcd";

fn read(text: &str) -> Result<Id<Order>, serde_json::Error> {
    serde_json::from_value(text.into())
}

#[test]
fn an_identifier_is_read_in_small_and_in_capital_letters_and_written_in_small_ones() {
    let id = read(TEXT).expect("an identifier");
    assert_eq!(read(&TEXT.to_uppercase()).expect("the same"), id);
    assert_eq!(serde_json::to_value(id).expect("JSON"), TEXT);
    assert_eq!((id.to_string(), format!("{id:?}")), (TEXT.to_owned(), TEXT.to_owned()));
}

#[test]
fn other_ways_to_write_it_are_refused_and_not_repeated() {
    let plain = TEXT.replace('-', "");
    let others =
        [plain.clone(), format!("{{{TEXT}}}"), format!("urn:uuid:{TEXT}"), format!("{plain}zzzz")];
    for other in &others {
        let refused = read(other).expect_err("another form").to_string();
        assert!(refused.contains("an identifier") && !refused.contains(&other[..8]), "{refused}");
    }
    assert!(serde_json::from_str::<Id<Order>>("7").is_err());
}

#[test]
fn identifiers_are_told_apart_and_put_in_order_by_what_they_are() {
    let [first, second] = [1, 2].map(|n| Id::<Order>::new(Uuid::from_u128(n)));
    assert!(first < second && first != second);
    assert_eq!(HashSet::from([first, second, first]).len(), 2);
    assert_eq!(first.cast::<Person>().raw(), first.raw());
}
