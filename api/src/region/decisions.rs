//! The decisions of the made-up region to use experts: both of its areas have one, and the other areas have none.

use domain::{
    decision::{Decision, Signatory, State, Terms},
    time::Moment,
};
use persistence::{Result, Session, decisions};

use super::{id, node, person};

/// Area, who decided, who registered it.
const DECISIONS: &[(&str, &str, &str)] = &[
    ("Lapin hyvinvointialue", "Aluehallitus", "keskus@lappi.example"),
    ("Satakunnan hyvinvointialue", "Aluehallitus", "keskus@satakunta.example"),
];

pub(super) fn decide(session: &mut Session<'_>, now: Moment) -> Result<()> {
    for (area, body, registrar) in DECISIONS {
        let terms = Terms {
            node_id: node(area),
            body: (*body).to_owned(),
            decided_on: now.day(),
            reference: "§ 1 (kuvitteellinen)".to_owned(),
            from: now.day(),
            until: None,
            signatory: Signatory {
                name: "Johanna Johtaja".to_owned(),
                title: "hyvinvointialuejohtaja".to_owned(),
            },
            summary: None,
            attachment_id: None,
        };
        let decision = Decision {
            id: id("decision", area),
            terms,
            registered_by: person(registrar),
            registered_at: now,
            state: State::Registered,
        };
        decisions::add(session, decision)?;
    }
    Ok(())
}
