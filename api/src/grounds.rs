//! What an answer that is kept for an idempotency key rests on, and whether it still does.
//!
//! **Invariant:** what is given again tells nothing that has been taken back since: not of an expert who has withdrawn a consent,
//! their needs, a part of their profile or themself, and not to those who do not serve them or broker the order any more.

use std::{collections::BTreeSet, fmt};

use domain::{expert::Expert, feedback::Feedback, order::Order, person::PersonId};
use persistence::{Error, Ground, Session, assignments, experts, feedback, orders, people};
use serde::{Deserialize, Serialize};

use crate::{
    problem::{Problem, Result},
    secret::sha256,
};

/// The things that an answer rests on, each with what was true of it when it was given. It shows nothing of itself in `Debug`: a
/// theme is among what is true of an expert, although only as a digest.
#[derive(Clone, Default, Deserialize, PartialEq, Serialize)]
pub(crate) struct Grounds(Vec<(Ground, BTreeSet<String>)>);

impl Grounds {
    /// The grounds as they are now.
    pub(crate) fn now(session: &mut Session<'_>, grounds: BTreeSet<Ground>) -> Result<Self> {
        let mut all = BTreeSet::new();
        for ground in grounds {
            match ground {
                Ground::Assignment(id) => {
                    let assignment = assignments::find(session, id)?;
                    all.insert(Ground::Expert(assignment.expert));
                    all.insert(Ground::Order(assignment.order));
                }
                Ground::Expert(_) | Ground::Order(_) | Ground::Person(_) | Ground::Feedback(_) => {
                    all.insert(ground);
                }
            }
        }
        let with_what_is_true = |ground| Ok((ground, truths(session, ground)?));
        all.into_iter().map(with_what_is_true).collect::<Result<Vec<_>>>().map(Self)
    }

    /// Whether all that was true then is true now. What has come to be true since takes nothing away.
    pub(crate) fn still_hold(&self, session: &mut Session<'_>) -> Result<bool> {
        for (ground, then) in &self.0 {
            if !then.is_subset(&truths(session, *ground)?) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Whether there is none.
    pub(crate) const fn are_none(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for Grounds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Grounds(…)")
    }
}

/// What is true of a thing. Nothing of one that is not there.
fn truths(session: &mut Session<'_>, ground: Ground) -> Result<BTreeSet<String>> {
    let found = match ground {
        Ground::Expert(id) => match experts::find(session, id) {
            Ok(expert) => of_expert(session, &expert)?,
            Err(Error::NotFound) => Vec::new(),
            Err(error) => return Err(error.into()),
        },
        Ground::Order(id) => match orders::find(session, id) {
            Ok(order) => of_order(&order),
            Err(Error::NotFound) => Vec::new(),
            Err(error) => return Err(error.into()),
        },
        Ground::Person(id) => of_person(session, id)?,
        Ground::Feedback(id) => match feedback::find(session, id) {
            Ok(feedback) => of_feedback(&feedback)?,
            Err(Error::NotFound) => Vec::new(),
            Err(error) => return Err(error.into()),
        },
        // Its order and its expert stand in its place.
        Ground::Assignment(_) => Vec::new(),
    };
    Ok(found.into_iter().map(|fact| sha256(fact.as_bytes())[..TOLD].to_owned()).collect())
}

/// How much of a digest is kept: two of a dozen facts are never the same by chance.
const TOLD: usize = 16;

/// What others know of an expert, and by what right. Whether they take tasks is no part of it: that is everybody's to know who
/// sees the card, and hides nothing of what was told.
fn of_expert(session: &mut Session<'_>, expert: &Expert) -> Result<Vec<String>> {
    let profile = serde_json::to_string(&expert.profile).map_err(Problem::internal)?;
    let mut facts = vec![format!("profile {profile}")];
    facts.extend(of_service(expert));
    if people::find(session, expert.person)?.is_active() {
        facts.push("active".to_owned());
    }
    for theme in expert.themes.now() {
        for consent in &theme.consents {
            let consent = serde_json::to_string(consent).map_err(Problem::internal)?;
            facts.push(format!("theme {} {consent}", theme.theme));
        }
    }
    if let Some(agreed) = &expert.needs {
        let needs = &agreed.needs;
        facts.extend(needs.adjustments.iter().map(|code| format!("adjustment {code}")));
        facts.extend(needs.note.iter().map(|note| format!("note {note}")));
        if needs.on_card {
            facts.push("needs on the card".to_owned());
        }
    }
    Ok(facts)
}

/// Who serves an expert, and whether they are still in the bank.
fn of_service(expert: &Expert) -> impl Iterator<Item = String> {
    let handler = expert.handler().map(|handler| format!("handler {handler}"));
    handler.into_iter().chain(expert.left_at.is_none().then(|| "in the bank".to_owned()))
}

/// How somebody is reached, and by whom: where they live is told to those who serve them.
fn of_person(session: &mut Session<'_>, id: PersonId) -> Result<Vec<String>> {
    let person = people::find(session, id)?;
    let facts = serde_json::to_string(&person.facts).map_err(Problem::internal)?;
    let mut found = vec![format!("facts {facts}")];
    if person.is_active() {
        found.push("active".to_owned());
    }
    match experts::find_by_person(session, id) {
        Ok(expert) => found.extend(of_service(&expert)),
        Err(Error::NotFound) => {}
        Err(error) => return Err(error.into()),
    }
    Ok(found)
}

/// What may be quoted of feedback, and whether the giver lets anybody.
fn of_feedback(feedback: &Feedback) -> Result<Vec<String>> {
    let mut facts = Vec::new();
    if feedback.form.may_quote {
        facts.push("may be quoted".to_owned());
    }
    for quote in &feedback.quotes {
        let quote = serde_json::to_string(quote).map_err(Problem::internal)?;
        facts.push(format!("quote {quote}"));
    }
    Ok(facts)
}

/// By what right others know of an order and of what hangs on it.
fn of_order(order: &Order) -> Vec<String> {
    let mut facts = vec![format!("node {}", order.node), format!("orderer {}", order.orderer)];
    facts.extend(order.handler.map(|handler| format!("handler {handler}")));
    facts
}
