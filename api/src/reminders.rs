//! Reminders of the first contact (S4-24).

use domain::{assignment::Event, notice::Kind};
use persistence::{assignments, notices};

use crate::{App, clock, problem::Result};

/// How many reminders are written at once.
const MOST: u16 = 50;

/// Reminds orderers who have not contacted their expert in time, each once.
pub(crate) fn remind(app: &App) -> Result<()> {
    let now = app.clock.now();
    app.database.write(|session| {
        for assignment in assignments::to_remind(session, now.day(), MOST)? {
            let next = assignment.thing.clone().apply(Event::Remind, now)?;
            let assignment = assignments::save(session, &assignment, next)?;
            let reference = format!("/v1/assignments/{}", assignment.id);
            let id = domain::id::Id::new(clock::new_id());
            notices::tell(session, assignment.orderer, Kind::ContactDue, &reference, id, now)?;
        }
        Ok(())
    })
}
