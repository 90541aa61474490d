//! Supervision sessions (*työnohjaus*): what experts are offered in support of their work (S2-14).
//!
//! ```text
//!                        ┌────────────hold────────────┐
//! requested ──offer──▶ offered ──book──▶ booked ──hold──▶ held
//!     │                 │ │ ▲               │ │
//!     │                 │ │ └───give-back───┘ │
//!     │                 │ │                   │
//!     ├────withdraw─────┘ │                   │
//!     ├─────cancel────────┴───────────────────┘
//!     ▼
//!  cancelled
//! ```
//!
//! An organisation offers a session to named experts, or an expert asks for one, for instance to talk a task over
//! (*jälkipuinti*). Whoever has a seat can give it back, and whoever asked can take the request back: to take part is up to
//! the expert. A seat is booked before the session begins, and that it was held is recorded once it has begun, also if people came
//! without booking. Until it begins, it can be moved to another time or place (`change-terms`) without anybody losing their
//! seat.

mod workflow;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    assignment::AssignmentId,
    id::Id,
    node::NodeId,
    person::PersonId,
    refusal::{Fault, Refusal, Rule, faultless},
    time::Moment,
};

pub use self::workflow::WORKFLOW;

/// The identifier of a supervision session.
pub type SupervisionSessionId = Id<SupervisionSession>;

/// A supervision session and where it is on its way.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct SupervisionSession {
    /// Its identifier.
    pub id: SupervisionSessionId,
    /// The organisation that offers it.
    pub node: NodeId,
    /// Who offered it or asked for it.
    pub owner: PersonId,
    /// What kind of session it is.
    pub kind: SessionKind,
    /// The assignment that gave rise to it, if one did.
    pub assignment: Option<AssignmentId>,
    /// The experts whom it is for.
    pub invited: Vec<PersonId>,
    /// Those of them who come.
    pub participants: Vec<PersonId>,
    /// When, where and with whom, once it is offered.
    pub terms: Option<SessionTerms>,
    /// Where it is on its way.
    pub state: State,
}

/// A kind of session
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SessionKind {
    /// *Työnohjaus*.
    Supervision,
    /// *Jälkipuinti*: talking a task over afterwards.
    Debrief,
    /// *Virkistys*.
    Recreation,
}

/// When, where and with whom a session is
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = SupervisionTerms)]
pub struct SessionTerms {
    /// When it begins.
    pub starts: Moment,
    /// How long it takes, in minutes.
    #[schema(minimum = 1, maximum = 10_000, example = 90)]
    pub minutes: i32,
    /// Where, or how to take part from afar.
    #[schema(min_length = 1, max_length = 300, example = "Järjestötalo, 2. kerros")]
    pub place: String,
    /// Who leads it.
    #[schema(min_length = 1, max_length = 200, example = "Työnohjaaja Oona Ohjaaja")]
    pub supervisor: String,
    /// How many can come.
    #[schema(minimum = 1, maximum = 1000, example = 8)]
    pub seats: i32,
}

/// Where a session is on its way
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
#[serde(tag = "name", rename_all = "snake_case")]
#[schema(as = SupervisionState)]
pub enum State {
    /// An expert asks for it.
    Requested,
    /// It is offered.
    Offered,
    /// Someone comes.
    Booked,
    /// It was held.
    Held {
        /// How long it took, in minutes.
        #[schema(minimum = 1, maximum = 10_000)]
        minutes: i32,
        /// Those who came.
        #[schema(max_items = 1000)]
        present: Vec<PersonId>,
    },
    /// It will not be held.
    Cancelled {
        /// When it was cancelled.
        at: Moment,
    },
}

/// What happens to a session.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// The organisation offers what was asked for.
    Offer(SessionTerms),
    /// It is at another time or place, or with somebody else, or has another number of seats.
    ChangeTerms(SessionTerms),
    /// An expert comes.
    Book {
        /// Who.
        by: PersonId,
    },
    /// An expert who was to come does not.
    GiveBack {
        /// Who.
        by: PersonId,
    },
    /// The expert who asked for it does not want it any more.
    Withdraw {
        /// Who.
        by: PersonId,
    },
    /// It was held.
    Hold {
        /// How long it took.
        minutes: i32,
        /// Those who came.
        present: Vec<PersonId>,
    },
    /// It will not be held.
    Cancel,
}

impl SessionTerms {
    /// Whether whoever reckons with `before` has to know of these: all but how many can come.
    pub fn differ_from(&self, before: &Self) -> bool {
        *self != Self { seats: self.seats, ..before.clone() }
    }
}

impl SupervisionSession {
    /// Applies `event`, which happened at `at`.
    ///
    /// # Errors
    ///
    /// [`Refusal`] if there is no such arrow in the diagram, or the arrow's guard fails.
    pub fn apply(mut self, event: Event, at: Moment) -> Result<Self, Refusal> {
        let state = match (self.state.clone(), event) {
            (State::Offered | State::Booked, Event::Book { .. } | Event::ChangeTerms(_))
                if self.has_begun(at) =>
            {
                return Err(Rule::SessionBegun.into());
            }
            (State::Offered | State::Booked, Event::Hold { .. }) if !self.has_begun(at) => {
                return Err(Rule::SessionAhead.into());
            }
            (State::Offered | State::Booked, Event::Book { by }) if !self.invited.contains(&by) => {
                return Err(Rule::NotInvited.into());
            }
            (State::Offered | State::Booked, Event::Book { by })
                if !self.has_booked(by) && self.full() =>
            {
                return Err(Rule::SessionFull.into());
            }
            (State::Booked, Event::GiveBack { by }) if !self.has_booked(by) => {
                return Err(Rule::NotBooked.into());
            }
            (State::Requested | State::Offered, Event::Withdraw { by }) if !self.asked_by(by) => {
                return Err(Rule::NotAskedFor.into());
            }

            (State::Requested, Event::Offer(terms)) => {
                self.terms = Some(terms);
                State::Offered
            }
            (state @ (State::Offered | State::Booked), Event::ChangeTerms(terms)) => {
                faultless(too_few_seats(&terms, self.participants.len()))?;
                self.terms = Some(terms);
                state
            }
            (State::Offered | State::Booked, Event::Book { by }) => {
                if !self.has_booked(by) {
                    self.participants.push(by);
                }
                State::Booked
            }
            (State::Booked, Event::GiveBack { by }) => {
                self.participants.retain(|one| *one != by);
                if self.participants.is_empty() { State::Offered } else { State::Booked }
            }
            (State::Offered | State::Booked, Event::Hold { minutes, present }) => {
                faultless(not_present(&present, &self.invited))?;
                State::Held { minutes, present }
            }
            (State::Requested | State::Offered, Event::Withdraw { .. })
            | (State::Requested | State::Offered | State::Booked, Event::Cancel) => {
                State::Cancelled { at }
            }

            (state, event) => {
                return Err(Refusal::OutOfTurn {
                    machine: WORKFLOW.name,
                    state: state.name(),
                    action: event.action(),
                });
            }
        };
        Ok(Self { state, ..self })
    }

    /// The session without a person who takes part in nothing any more: their seat is free, and what they asked for is not
    /// wanted. What has begun, or is over, stays as it is; nothing if that leaves all as it was.
    pub fn released(&self, person: PersonId, at: Moment) -> Option<Self> {
        if self.has_begun(at) {
            return None;
        }
        let freed = self.clone().apply(Event::GiveBack { by: person }, at).ok();
        let without = freed.as_ref().unwrap_or(self).clone();
        without.apply(Event::Withdraw { by: person }, at).ok().or(freed)
    }

    /// The session asked of another organisation, as long as nobody has offered it.
    #[must_use]
    pub fn asked_of(self, node: NodeId) -> Self {
        if self.state == State::Requested { Self { node, ..self } } else { self }
    }

    /// Whether the session has begun at `at`.
    pub fn has_begun(&self, at: Moment) -> bool {
        self.terms.as_ref().is_some_and(|terms| terms.starts <= at)
    }

    /// Why an action that the state has an arrow for is refused to `person` at `at` all the same, whatever is said with it.
    pub fn standing_in_the_way(
        &self,
        person: Option<PersonId>,
        at: Moment,
    ) -> Vec<(&'static str, Rule)> {
        let mut rules = Vec::new();
        let seated = person.is_some_and(|one| self.has_booked(one));
        if self.has_begun(at) {
            rules.extend([("book", Rule::SessionBegun), ("change-terms", Rule::SessionBegun)]);
        } else {
            rules.push(("hold", Rule::SessionAhead));
            if !seated && self.full() {
                rules.push(("book", Rule::SessionFull));
            }
        }
        if !seated {
            rules.push(("give-back", Rule::NotBooked));
        }
        if !person.is_some_and(|one| self.asked_by(one)) {
            rules.push(("withdraw", Rule::NotAskedFor));
        }
        rules
    }

    /// Whether the person has a seat.
    pub fn has_booked(&self, person: PersonId) -> bool {
        self.participants.contains(&person)
    }

    /// Whether it is this expert who asked for it: what an organisation offers is asked for by nobody.
    pub fn asked_by(&self, person: PersonId) -> bool {
        self.owner == person && self.invited.contains(&person)
    }

    fn full(&self) -> bool {
        let seats = self.terms.as_ref().map_or(0, |terms| terms.seats);
        self.participants.len() >= usize::try_from(seats).unwrap_or(0)
    }
}

/// A fault for each of `present` who was not `invited`, or is there twice.
fn not_present(present: &[PersonId], invited: &[PersonId]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (at, person) in present.iter().enumerate() {
        let pointer = format!("/present/{at}");
        if !invited.contains(person) {
            faults.push(Fault::new(pointer, "not_invited"));
        } else if present[..at].contains(person) {
            faults.push(Fault::new(pointer, "repeated"));
        }
    }
    faults
}

/// A fault if there are fewer seats than `taken`.
fn too_few_seats(terms: &SessionTerms, taken: usize) -> Vec<Fault> {
    let enough = usize::try_from(terms.seats).is_ok_and(|seats| taken <= seats);
    if enough { Vec::new() } else { vec![Fault::new("/seats", "below_booked")] }
}

impl State {
    /// The state's name, in the contract and in the database.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Requested => "requested",
            Self::Offered => "offered",
            Self::Booked => "booked",
            Self::Held { .. } => "held",
            Self::Cancelled { .. } => "cancelled",
        }
    }
}

impl Event {
    /// The action that causes it, as in `POST …/{id}/{action}`.
    pub const fn action(&self) -> &'static str {
        match self {
            Self::Offer(_) => "offer",
            Self::ChangeTerms(_) => "change-terms",
            Self::Book { .. } => "book",
            Self::GiveBack { .. } => "give-back",
            Self::Withdraw { .. } => "withdraw",
            Self::Hold { .. } => "hold",
            Self::Cancel => "cancel",
        }
    }
}
