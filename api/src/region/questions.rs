//! The questions that every installation starts with.

use domain::{
    feedback::{
        Side, default_questions,
        question_set::{QuestionSet, State},
    },
    node::NodeId,
    time::Moment,
};
use persistence::{Result, Session, question_sets};

use super::id;

/// When the default questions were written: 2026-11-22.
const WRITTEN: i64 = 1_795_305_600;

/// The sides with the names that their sets are derived from.
const SIDES: [(Side, &str); 3] =
    [(Side::Orderer, "orderer"), (Side::Expert, "expert"), (Side::Audience, "audience")];

/// Puts the default question sets in place, for the whole nation.
pub(super) fn ask(session: &mut Session<'_>, root: NodeId) -> Result<()> {
    for (side, name) in SIDES {
        let at = Moment::from_timestamp(WRITTEN).expect("a moment of 2026");
        let facts = default_questions(side);
        let state = State::Published { at };
        let set = QuestionSet { id: id("question set", name), node: root, number: 1, facts, state };
        question_sets::add(session, set)?;
    }
    Ok(())
}
