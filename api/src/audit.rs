//! Writes down who did what (S3-11): one event for each change, in the transaction of the change.
//!
//! No handler does so itself: [`crate::App::write`] does it for all of them, from the operation, the path, the answer,
//! and what the policy was asked on the way. What nobody asked for, the job that did it says, and what was done at the machine
//! itself, the command.
//!
//! Who was told what changes nothing. It is written down as well where it is told of somebody to others and could harm them:
//! whom to pay, tax cards, what supporters write, experience themes, and needs that were told for a task. Such a handler says so by [`Told`].

use domain::{
    audit::AuditEvent,
    id::Id,
    node::{NodeId, Path},
    person::{Person, PersonId},
    policy::{Actor, Identity, Subject, Who},
    time::Moment,
};
use persistence::{Session, audit_events, nodes};
use uuid::Uuid;

use crate::{
    answer::Answer,
    call::Caller,
    clock,
    meta::{Meta, named},
    problem::Result,
};

/// What begins the place of what the service has done by itself.
pub(crate) const OWN: &str = "/jobs/";

/// What begins the place of what somebody did by a command at the machine.
pub(crate) const COMMANDS: &str = "/admin/";

/// Nobody asked over HTTP, so nothing was answered: "no content".
const NOTHING_ANSWERED: u16 = 204;

/// On what ground the policy has let somebody do what they did.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Ground {
    /// Where a role let them, which those who answer for that place may know.
    node: Option<Path>,
    /// The expert who lets them act for them.
    behalf: Option<PersonId>,
}

impl Ground {
    /// Where that belongs: where a role let them, or the nation.
    fn place(&self, session: &mut Session<'_>, actor: Option<&Actor>) -> Result<Option<NodeId>> {
        match self.node.as_ref().and_then(Path::last).or_else(|| nation(actor)) {
            Some(node) => Ok(Some(node)),
            // Before there is a nation, there is nothing to act on.
            None => Ok(nodes::root(session)?.map(|root| root.thing.id)),
        }
    }

    /// Adds that the policy has let the caller by `who` act on `subject`. The first role counts.
    pub(crate) fn add(&mut self, who: Who, subject: &Subject) {
        match who {
            Who::Below(_) | Who::Member(_) | Who::Named(_) | Who::Client(_)
                if self.node.is_none() =>
            {
                self.node.clone_from(&subject.node);
            }
            Who::Handler(_) if self.node.is_none() => self.node.clone_from(&subject.handler),
            Who::Asked(_) if self.node.is_none() => self.node.clone_from(&subject.asked),
            Who::Delegate(_) if self.behalf.is_none() => self.behalf = subject.owner,
            _ => (),
        }
    }
}

/// That somebody is told of a thing that is not their own matter.
#[derive(Debug)]
pub(crate) struct Look {
    pub(crate) thing: Uuid,
    pub(crate) ground: Ground,
}

/// An answer that tells of somebody to others, with what is written down before it is given: see [`crate::App::tell`].
#[derive(Debug)]
pub(crate) struct Told {
    pub(crate) answer: Answer,
    pub(crate) looks: Vec<AuditEvent>,
}

impl Told {
    /// What the caller is answered, and what they see by that.
    pub(crate) fn of(
        session: &mut Session<'_>,
        caller: &Caller,
        answer: Answer,
        looks: impl IntoIterator<Item = Look>,
    ) -> Result<Self> {
        let mut told = Self { answer, looks: Vec::new() };
        for Look { thing, ground } in looks {
            let (meta, now) = (&caller.meta, caller.now);
            let look = event(session, meta, Some(caller), &ground, Some(thing), &told.answer, now)?;
            told.looks.extend(look);
        }
        Ok(told)
    }
}

/// Writes down a look.
pub(crate) fn write(session: &mut Session<'_>, look: &AuditEvent) -> Result<()> {
    // Events stand in the order in which they are written down.
    let event = AuditEvent { id: Id::new(clock::new_id()), ..look.clone() };
    Ok(audit_events::add(session, &event)?)
}

/// Writes down what has been done. What nobody known did to nothing in particular, such as asking for a code to sign in
/// with, is left to the log; so is what was refused.
pub(crate) fn record(
    session: &mut Session<'_>,
    meta: &Meta,
    caller: Option<&Caller>,
    answer: &Answer,
    now: Moment,
) -> Result<()> {
    let made =
        answer.find("location").and_then(|place| place.split('/').filter_map(named).next_back());
    let thing = made.or_else(|| meta.path.split('/').find_map(named));
    if answer.is_refused() || caller.is_none() && thing.is_none() {
        return Ok(());
    }
    let ground = caller.map(Caller::ground).unwrap_or_default();
    match event(session, meta, caller, &ground, thing, answer, now)? {
        Some(event) => Ok(audit_events::add(session, &event)?),
        None => Ok(()),
    }
}

/// What is written down of a request.
fn event(
    session: &mut Session<'_>,
    meta: &Meta,
    caller: Option<&Caller>,
    ground: &Ground,
    thing: Option<Uuid>,
    answer: &Answer,
    now: Moment,
) -> Result<Option<AuditEvent>> {
    let actor = caller.map(|caller| &**caller);
    let Some(facts) = meta.operation else { return Ok(None) };
    let Some(node) = ground.place(session, actor)? else { return Ok(None) };
    Ok(Some(AuditEvent {
        id: Id::new(clock::new_id()),
        at: now,
        operation: facts.id.clone(),
        person: actor.and_then(Actor::person),
        client: match actor.map(|actor| &actor.identity) {
            Some(Identity::Client { id, .. }) => Some(*id),
            Some(Identity::Person(_)) | None => None,
        },
        behalf: ground.behalf,
        node,
        thing,
        place: place(facts.pattern, &meta.path),
        status: answer.status(),
        trace: meta.trace.id(),
    }))
}

/// Writes down what the service has done by itself, in the transaction in which it did so.
pub(crate) fn record_own<T>(
    session: &mut Session<'_>,
    job: &str,
    node: NodeId,
    thing: Id<T>,
    now: Moment,
) -> Result<()> {
    Ok(audit_events::add(session, &own(job, OWN, node, Some(thing.raw()), now))?)
}

/// Writes down what the service has done by itself to no thing in particular.
pub(crate) fn record_job(session: &mut Session<'_>, job: &str, now: Moment) -> Result<()> {
    let Some(root) = nodes::root(session)? else { return Ok(()) };
    Ok(audit_events::add(session, &own(job, OWN, root.thing.id, None, now))?)
}

/// Writes down that somebody has come in with the address that was theirs, if another one was asked for: that is over.
pub(crate) fn record_kept_address(
    session: &mut Session<'_>,
    person: &Person,
    now: Moment,
) -> Result<()> {
    match person.new_address {
        Some(_) => record_own(session, "keep_address", person.node, person.id, now),
        None => Ok(()),
    }
}

/// Writes down what a command at the machine did, in the transaction in which it did so.
pub(crate) fn record_command(
    session: &mut Session<'_>,
    command: &str,
    node: NodeId,
    thing: Option<Uuid>,
    now: Moment,
) -> Result<()> {
    Ok(audit_events::add(session, &own(command, COMMANDS, node, thing, now))?)
}

fn own(what: &str, begin: &str, node: NodeId, thing: Option<Uuid>, now: Moment) -> AuditEvent {
    AuditEvent {
        id: Id::new(clock::new_id()),
        at: now,
        operation: what.to_owned(),
        person: None,
        client: None,
        behalf: None,
        node,
        thing,
        place: format!("{begin}{what}"),
        status: NOTHING_ANSWERED,
        trace: clock::new_id().simple().to_string(),
    }
}

/// The top of the tree that the actor is in, as far as their roles tell.
fn nation(actor: Option<&Actor>) -> Option<NodeId> {
    actor?.grants.first()?.path.ids().next()
}

/// The path with what is safe to keep: identifiers and short codes. A secret in it is said by the name of its place.
fn place(pattern: &str, path: &str) -> String {
    let is_code = |text: &str| {
        let fits =
            |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"_-".contains(&byte);
        text.len() <= 60 && text.bytes().all(fits)
    };
    let kept = pattern.split('/').zip(path.split('/')).map(|(name, value)| {
        if Uuid::parse_str(value).is_ok() || is_code(value) { value } else { name }
    });
    kept.collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_kept_without_its_secrets() {
        let id = "019aa5d0-0000-7000-8000-000000000001";
        let kept = place("/v1/orders/{order_id}/submit", &format!("/v1/orders/{id}/submit"));
        assert_eq!(kept, format!("/v1/orders/{id}/submit"));
        let secret = "019aa5d000007000800000000000000100000000659a2feaAbCdEfGhIjKlMnOpQrStUvWxYz0123456789-_AbCdE";
        let path = format!("/v1/offer-links/{secret}/accept");
        assert_eq!(
            place("/v1/offer-links/{token}/accept", &path),
            "/v1/offer-links/{token}/accept"
        );
        assert_eq!(path.split('/').find_map(named), Uuid::parse_str(id).ok());
    }
}
