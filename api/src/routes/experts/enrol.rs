//! `POST /v1/experts`: by oneself, or by staff for somebody whose consent they record (S4-18).

use actix_web::{post, web::Data};
use domain::{
    expert::{Enrolment, Expert, Newcomer},
    id::Id,
    policy::{Action, Subject},
    refusal::Rule,
};
use persistence::{experts, nodes, people};

use super::{
    known_organisations, subject, supports, tell_of_end,
    view::{ExpertView, show},
};
use crate::{
    App,
    answer::{Answer, Versioned},
    body::Json,
    call::Call,
    problem::{Result, referred},
    routes::ServiceConfig,
    routes::people::subject as person_subject,
    secret::random_id,
};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(enrol_expert);
}

/// Enrol in the bank
///
/// Anyone who can sign in enrols themselves. A liaison, a broker or a competence centre enrols somebody whom they know
/// already, and records the consent in the words that were used: somebody who is registered, and enrols, where they work.
/// No training is needed (S1-17).
#[utoipa::path(tag = "experts", responses((status = CREATED, body = ExpertView)))]
#[post("/v1/experts")]
async fn enrol_expert(app: Data<App>, call: Call, body: Json<Enrolment>) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        let by = caller.human()?;
        let form = body.0.clone();
        let person = form.person.unwrap_or(by);
        // Somebody who is not there is answered as somebody whom the caller may not know of.
        let person = people::find(session, person)?;
        caller.require(Action::EnrolExpert, &person_subject(session, &person)?)?;
        let node = form.node.unwrap_or(person.thing.node);
        let organisation = referred(nodes::find(session, node), "/node")?;
        let path = organisation.path.clone();
        let owner = Some(person.thing.id);
        let about = Subject { node: Some(path), owner, ..Subject::default() };
        caller.require(Action::EnrolExpert, &about)?;
        if !person.is_active() {
            return Err(Rule::PersonDeactivated.into());
        }
        organisation.takes_new()?;
        let who = Newcomer {
            id: caller.new_id(),
            card: Id::new(random_id()),
            public_card: Id::new(random_id()),
            person: person.thing.id,
            name: &person.facts.name,
            node,
            by,
        };
        let expert = Expert::enrol(form, who, now)?;
        known_organisations(session, "/profile", &expert)?;
        supports(session, caller, "/profile", &expert)?;
        let expert = experts::add(session, expert)?;
        tell_of_end(session, &expert, now)?;
        let about = subject(session, &expert)?;
        let view = show(session, caller, &expert, &about)?;
        Answer::created(&format!("/v1/experts/{}", expert.id), &view).version(&expert)
    })
    .await
}
