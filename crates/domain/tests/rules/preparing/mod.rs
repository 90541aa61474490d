//! An assignment as it is before its parties have agreed on anything.

use domain::{
    assignment::{Assignment, HandedOver, Reminders, State},
    time::Moment,
};

use crate::made_up::id;

/// An assignment whose task has no time yet.
pub(crate) fn preparing() -> Assignment {
    let created = Moment::from_timestamp(1_800_000_000).expect("in range");
    Assignment {
        id: id(1),
        order: id(2),
        offer: id(3),
        expert: id(4),
        person: id(5),
        node: id(6),
        handler: None,
        orderer: id(7),
        title: "Puheenvuoro".to_owned(),
        task_type: "lecture".to_owned(),
        starts: None,
        ends: None,
        created,
        state: State::Preparing,
        contact_due: created.day().later(7),
        contacts: vec![],
        reminded: None,
        reminders: Reminders::default(),
        handed_over: HandedOver::default(),
        delivery_waiver: None,
        introduction: None,
        visit: None,
        oral_feedback: None,
    }
}
