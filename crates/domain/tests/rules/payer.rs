//! Who may pay: the side that orders.

use domain::{id::Id, node::Path, payer::may_pay};
use proptest::prelude::*;
use uuid::Uuid;

/// The path of the node with these numbers, from the root down.
fn path(numbers: &[u128]) -> Path {
    let id = |number: &u128| Id::new(Uuid::from_u128(*number));
    let root = Path::root(id(&numbers[0]));
    numbers[1..].iter().fold(root, |path, number| path.child(id(number)))
}

#[test]
fn the_unit_what_is_above_it_and_its_area_may_pay() {
    let unit = path(&[1, 21, 210, 2100]);
    for payer in [
        path(&[1, 21, 210, 2100]),
        path(&[1, 21, 210]),
        path(&[1, 21]),
        path(&[1, 21, 210, 2100, 9]),
        path(&[1, 21, 219]),
    ] {
        assert!(may_pay(&payer, &unit), "{payer:?}");
    }
}

#[test]
fn another_area_and_the_nation_do_not_pay() {
    let unit = path(&[1, 21, 210, 2100]);
    for payer in
        [path(&[1, 4]), path(&[1, 4, 210]), path(&[1, 210, 21]), path(&[1]), path(&[2, 21])]
    {
        assert!(!may_pay(&payer, &unit), "{payer:?}");
    }
}

#[test]
fn a_national_organisation_pays_for_its_own_and_for_nobody_else() {
    let (office, union) = (path(&[1, 77, 770]), path(&[1, 77]));
    assert!(may_pay(&union, &office) && may_pay(&office, &union));
    assert!(!may_pay(&union, &path(&[1, 21, 210])));
    assert!(!may_pay(&path(&[1, 21]), &office));
    assert!(may_pay(&path(&[1]), &path(&[1])), "whoever orders for the nation pays themselves");
}

proptest! {
    /// Whatever payroll reaches the payer but not the orderer is within the orderer's own area.
    #[test]
    fn no_payroll_of_another_area_is_reached(
        payer in prop::collection::vec(2_u128..5, 0..4),
        orderer in prop::collection::vec(2_u128..5, 1..4),
    ) {
        let under = |numbers: &[u128]| path(&[&[1], numbers].concat());
        let (payer_path, orderer_path) = (under(&payer), under(&orderer));
        if may_pay(&payer_path, &orderer_path) {
            prop_assert_eq!(payer.first(), orderer.first());
        }
    }
}
