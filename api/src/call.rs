//! Who is calling, and what they may do.

use std::{
    cell::RefCell,
    future::{Ready, ready},
    ops::Deref,
    sync::Arc,
};

use actix_web::{FromRequest, HttpRequest, dev::Payload};
use domain::{
    id::Id,
    node::Path,
    person::Person,
    policy::{self, Action, Actor, Decision, Grant, Power, Role, Scope, Subject, Who},
    time::Moment,
};
use persistence::{Session, Stored, callers, people};
use serde::Serialize;
use uuid::Uuid;

use crate::{
    audit::{self, Ground, Look},
    clock,
    issuers::{Guest, Known},
    meta::Meta,
    problem::{Problem, Result},
    tokens::Bearer,
};

/// A request with a token that is good. What its bearer may do is read in the transaction of the request.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    pub(crate) meta: Arc<Meta>,
    pub(crate) bearer: Bearer,
}

/// The caller within a transaction.
#[derive(Debug)]
pub(crate) struct Caller {
    actor: Actor,
    pub(crate) meta: Arc<Meta>,
    pub(crate) now: Moment,
    /// Whether it has to be put on record first that they are here: see [`Call::arrive`].
    pub(crate) arriving: bool,
    /// On what ground the policy has let the caller do what they do.
    ground: RefCell<Ground>,
}

impl Call {
    /// The call without its idempotency key: see [`Meta::anew`].
    ///
    /// # Errors
    ///
    /// [`Problem::BadKey`].
    pub(crate) fn anew(self) -> Result<Self> {
        Ok(Self { meta: self.meta.anew()?, ..self })
    }

    /// The call as one that reads what is at `path`: see [`Meta::looking_at`].
    pub(crate) fn looking_at(self, path: String) -> Self {
        Self { meta: self.meta.looking_at(path), ..self }
    }

    pub(crate) fn caller(&self, session: &mut Session<'_>, now: Moment) -> Result<Caller> {
        let settled = |actor| (actor, false);
        let found = match &self.bearer {
            Bearer::Person { id, session: sign_in } => {
                callers::person(session, *sign_in, Id::new(*id), now).map(settled)
            }
            Bearer::Client { id, token, scopes } => {
                callers::client(session, *id, *token, scopes).map(settled)
            }
            Bearer::Guest(guest) => known(session, guest, now),
        };
        let (actor, arriving) = found.map_err(|error| match error {
            persistence::Error::NotFound => Problem::Unauthenticated,
            error => error.into(),
        })?;
        Ok(Caller { arriving, ..Caller::new(actor, self.meta.clone(), now) })
    }

    /// Whether it is by a token of another issuer.
    pub(crate) fn is_of_guest(&self) -> bool {
        matches!(self.bearer, Bearer::Guest(_))
    }

    /// Puts on record that somebody with a token of another issuer is here, which makes the account theirs: see
    /// `domain::person::address`. For all others it is done as they sign in.
    pub(crate) fn arrive(&self, session: &mut Session<'_>, now: Moment) -> Result<()> {
        let person = self.caller(session, now)?.human()?;
        let person = people::find(session, person)?;
        if let Some(arrived) = person.arrive(now) {
            audit::record_kept_address(session, &person, now)?;
            people::save(session, &person, arrived)?;
        }
        Ok(())
    }
}

/// What somebody with a token of another issuer is trusted with here, and no more than that issuer leaves them; and whether
/// their arrival has to be put on record.
fn known(
    session: &mut Session<'_>,
    guest: &Guest,
    now: Moment,
) -> persistence::Result<(Actor, bool)> {
    let person = match &guest.person {
        Known::Email(email) => {
            people::find_by_email(session, email)?.filter(|person| person.has_address(email))
        }
        Known::Person(id) => Some(people::find(session, Id::new(*id))?),
    };
    let person = person.filter(|person| person.is_active());
    let person = person.ok_or(persistence::Error::NotFound)?;
    let mut actor = callers::trusted(session, person.thing.id, now)?;
    if let Some(roles) = &guest.roles {
        actor.grants.retain(|grant| roles.contains(&grant.role));
        if !roles.contains(&Role::SupportPerson) {
            actor.delegations.clear();
        }
    }
    Ok((actor, person.arrive(now).is_some()))
}

impl Caller {
    /// `actor`, who makes the request that `meta` is of.
    pub(crate) fn new(actor: Actor, meta: Arc<Meta>, now: Moment) -> Self {
        Self { actor, meta, now, arriving: false, ground: RefCell::default() }
    }

    /// Answers 403 or 404, as the policy says, unless the caller may do `action` to `subject`.
    pub(crate) fn require(&self, action: Action, subject: &Subject) -> Result<()> {
        if let Some(who) = policy::ground(self, action, subject) {
            self.ground.borrow_mut().add(who, subject);
            return Ok(());
        }
        match policy::decide(self, action, subject) {
            Decision::Allow => Ok(()),
            Decision::Forbid => Err(Problem::Forbidden),
            Decision::Hide => Err(Problem::NotFound),
        }
    }

    /// Whether the caller may do `action` to `subject`. What is done is decided by [`Self::require`], which remembers the
    /// ground of it.
    pub(crate) fn may(&self, action: Action, subject: &Subject) -> bool {
        policy::allows(self, action, subject)
    }

    /// Whether an expert lets the caller act for them in this.
    pub(crate) fn acts_for(&self, expert: Id<Person>, power: Power) -> bool {
        self.actor.delegators(power).any(|one| one == expert)
    }

    /// The caller, knowing also what an expert is shown who has chosen these areas: themself, or one they act for.
    pub(crate) fn as_expert_of(&self, areas: Vec<Path>) -> Self {
        let mut actor = self.actor.clone();
        actor.grants.extend(areas.into_iter().map(|path| Grant { role: Role::Expert, path }));
        Self::new(actor, self.meta.clone(), self.now)
    }

    /// That the caller is told of `thing`, because the policy lets them do `action` to `subject`, to be written down. Nothing if
    /// that is their own matter.
    pub(crate) fn look(&self, action: Action, subject: &Subject, thing: Uuid) -> Option<Look> {
        let mut ground = Ground::default();
        match policy::ground(self, action, subject) {
            Some(Who::Own) => return None,
            Some(who) => ground.add(who, subject),
            None => {}
        }
        Some(Look { thing, ground })
    }

    /// On what ground the caller was let by [`Self::require`] so far.
    pub(crate) fn ground(&self) -> Ground {
        self.ground.borrow().clone()
    }

    /// What a listing may show the caller.
    pub(crate) fn scope(&self, action: Action) -> Scope {
        policy::scope(self, action)
    }

    /// The person who calls; a machine may not do what needs one.
    pub(crate) fn human(&self) -> Result<Id<Person>> {
        self.actor.person().ok_or(Problem::Forbidden)
    }

    /// A new identifier.
    pub(crate) fn new_id<T>(&self) -> Id<T> {
        Id::new(clock::new_id())
    }

    /// Fails with 412 or 428 unless the request names the version that was read.
    pub(crate) fn unchanged<T>(&self, stored: &Stored<T>) -> Result<()> {
        self.meta.unchanged(stored.version)
    }

    /// For a PUT that creates: fails with 412 unless the request says `If-None-Match: *`, and nothing of a version that there is
    /// not.
    pub(crate) fn creates(&self) -> Result<()> {
        match (self.meta.if_match.as_deref(), self.meta.if_none_match.as_deref()) {
            (None, Some("*")) => Ok(()),
            _ => Err(Problem::PreconditionFailed),
        }
    }
}

/// The name that an enum without data has in the contract.
pub(crate) fn name_of<T: Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        other => unreachable!("only enums without data have names, and this is {other:?}"),
    }
}

impl Deref for Caller {
    type Target = Actor;

    fn deref(&self) -> &Actor {
        &self.actor
    }
}

impl FromRequest for Call {
    type Error = Problem;
    type Future = Ready<Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(read(request))
    }
}

fn read(request: &HttpRequest) -> Result<Call> {
    let meta = Meta::of(request);
    let bearer = match &meta.bearer {
        Ok(bearer) => bearer.clone().ok_or(Problem::Unauthenticated)?,
        Err(unreachable) => return Err((*unreachable).into()),
    };
    if meta.needs_condition() {
        return Err(Problem::PreconditionRequired);
    }
    Ok(Call { meta, bearer })
}

/// Whose the caller's idempotency keys are, and nobody else's. Those of a guest are of the credentials and of the person whom these
/// name today: who was meant by the same subject before was somebody else.
pub(crate) fn key_space(bearer: &Bearer, guest: Option<Id<Person>>) -> String {
    match bearer {
        Bearer::Person { id, .. } | Bearer::Client { id, .. } => id.to_string(),
        Bearer::Guest(known) => {
            let person = guest.map(|person| person.to_string()).unwrap_or_default();
            format!("{} {person}", known.id)
        }
    }
}
