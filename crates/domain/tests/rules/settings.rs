//! What areas and units set for themselves and below.

use domain::{
    fee_form::FeeApproval,
    order::{OrderApprovalRule, OrderField},
    person::PersonId,
    record,
    refusal::Fault,
    settings::{NodeSettings, Settings, in_force},
    time::Moment,
};
use proptest::prelude::*;

use crate::made_up::id;

fn layer(node: u128, own: Settings) -> NodeSettings {
    NodeSettings { own, ..NodeSettings::none(id(node)) }
}

fn some() -> impl Strategy<Value = Settings> {
    let rule = prop::sample::select(vec![
        OrderApprovalRule::NotNeeded,
        OrderApprovalRule::Centre,
        OrderApprovalRule::Unit,
    ]);
    let approval = prop::sample::select(vec![FeeApproval::OnePerson, FeeApproval::TwoPeople]);
    (prop::option::of(rule), prop::option::of(1_u32..99), prop::option::of(approval)).prop_map(
        |(order_approval, offer_hours, fee_approval)| Settings {
            order_approval,
            offer_hours,
            fee_approval,
            ..Settings::default()
        },
    )
}

proptest! {
    #[test]
    fn the_nearest_node_that_says_something_is_followed(all in prop::collection::vec(some(), 0..5)) {
        let layers: Vec<_> = (1..).zip(all.clone()).map(|(n, own)| layer(n, own)).collect();
        let found = in_force(&layers);
        prop_assert_eq!(found.offer_hours, all.iter().rev().find_map(|own| own.offer_hours));
        prop_assert_eq!(found.order_approval, all.iter().rev().find_map(|own| own.order_approval));
        prop_assert_eq!(found.fee_approval, all.iter().rev().find_map(|own| own.fee_approval));
    }
}

#[test]
fn a_unit_may_take_back_what_its_area_has_set() {
    let area = Settings {
        order_approval: Some(OrderApprovalRule::Centre),
        order_fields: Some(vec![OrderField::Purpose]),
        ..Settings::default()
    };
    let unit = Settings {
        order_approval: Some(OrderApprovalRule::NotNeeded),
        order_fields: Some(vec![]),
        ..Settings::default()
    };
    let found = in_force(&[layer(1, area), layer(2, Settings::default()), layer(3, unit)]);
    assert_eq!(found.order_approval, Some(OrderApprovalRule::NotNeeded));
    assert_eq!(found.order_fields, Some(vec![]));
    assert_eq!(found.named(), ["order_approval", "order_fields"]);
}

#[test]
fn a_change_is_on_record_and_no_change_is_none() {
    let by: PersonId = id(9);
    let at = Moment::from_timestamp(1_800_000_000).expect("in range");
    let new = Settings { offer_hours: Some(48), ..Settings::default() };
    let once = NodeSettings::none(id(1)).changed(new.clone(), by, at);
    assert_eq!((once.record.len(), once.record[0].by), (1, by));
    assert_eq!(once.clone().changed(new, by, at), once);
}

#[test]
fn what_is_wanted_twice_is_pointed_to() {
    let fields = vec![OrderField::Purpose, OrderField::Length, OrderField::Purpose];
    let settings = Settings { order_fields: Some(fields), ..Settings::default() };
    assert_eq!(settings.faults(), [Fault::new("/order_fields/2", "repeated")]);
}

#[test]
fn settings_can_be_changed_for_ever_and_the_last_changes_are_kept() {
    let at = Moment::from_timestamp(1_800_000_000).expect("in range");
    let changed = (0..1_100_u32).fold(NodeSettings::none(id(1)), |settings, n| {
        let new = Settings { offer_hours: Some(24 + n % 2), ..Settings::default() };
        settings.changed(new, id(n.into()), at)
    });
    assert_eq!(changed.record.len(), record::MOST);
    assert_eq!((changed.record[0].by, changed.record[999].by), (id(100), id(1_099)));
}
