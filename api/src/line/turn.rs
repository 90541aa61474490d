//! Whose turn it is on a connection: the one's who asks, or the one's who answers.

use std::{cell::RefCell, rc::Rc, task::Waker};

use actix_web::{
    dev::ServiceRequest,
    http::header::{CONTENT_LENGTH, TRANSFER_ENCODING},
};

/// What is wanted of a connection now.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(super) enum Phase {
    /// The head of the next request.
    #[default]
    Head,
    /// Nothing: a head has come, and nobody has begun to handle the request.
    Given,
    /// Nothing: the request is being handled.
    Handled,
    /// The body of the request that is being handled.
    Body(Rest),
    /// Nothing any more: there is a body that nobody has read to its end, and who knows where that is?
    Refused,
}

/// How much of a body is still to come.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Rest {
    Known(u64),
    /// It comes in chunks.
    Unknown,
}

/// Whose turn it is on one connection.
#[derive(Clone, Debug, Default)]
pub(crate) struct Turn(Rc<RefCell<State>>);

#[derive(Debug, Default)]
struct State {
    phase: Phase,
    /// How many requests have begun to be handled.
    begun: u64,
    reader: Option<Waker>,
}

impl Turn {
    /// What is wanted, and how many requests have begun. The reader is woken when that changes.
    pub(super) fn look(&self, reader: &Waker) -> (Phase, u64) {
        let mut state = self.0.borrow_mut();
        match &mut state.reader {
            Some(known) => known.clone_from(reader),
            None => state.reader = Some(reader.clone()),
        }
        (state.phase, state.begun)
    }

    pub(super) fn set(&self, phase: Phase) {
        self.0.borrow_mut().phase = phase;
    }

    /// So much of the body has come.
    pub(super) fn take(&self, count: u64) {
        let mut state = self.0.borrow_mut();
        state.phase = match state.phase {
            Phase::Body(Rest::Known(left)) if left > count => {
                Phase::Body(Rest::Known(left - count))
            }
            Phase::Body(Rest::Known(_)) => Phase::Handled,
            other => other,
        };
    }

    /// Wants something else, unless nothing is wanted any more.
    fn want(&self, phase: Phase) {
        let mut state = self.0.borrow_mut();
        if state.phase == Phase::Refused {
            return;
        }
        state.phase = phase;
        if phase == Phase::Handled {
            return;
        }
        if let Some(reader) = &state.reader {
            reader.wake_by_ref();
        }
    }
}

/// A request that is being handled. When this goes, it has been answered.
pub(crate) struct Serving {
    turn: Option<Turn>,
    body: Option<Rest>,
}

/// Begins to handle a request.
pub(crate) fn begin(request: &ServiceRequest) -> Serving {
    let turn = request.conn_data::<Turn>().cloned();
    if let Some(turn) = &turn {
        turn.0.borrow_mut().begun += 1;
        turn.want(Phase::Handled);
    }
    let headers = request.headers();
    let length = headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    let body = match (headers.contains_key(TRANSFER_ENCODING), length) {
        (true, _) => Some(Rest::Unknown),
        (false, None | Some(0)) => None,
        (false, Some(length)) => Some(Rest::Known(length)),
    };
    Serving { turn, body }
}

impl Serving {
    /// Whether there is a body that has not been read.
    pub(crate) fn has_body(&self) -> bool {
        self.body.is_some()
    }

    /// Now the body is wanted.
    pub(crate) fn want_body(&self) {
        if let (Some(turn), Some(rest)) = (&self.turn, self.body) {
            turn.want(Phase::Body(rest));
        }
    }

    /// The body has been read to its end.
    pub(crate) fn has_read(&mut self) {
        self.body = None;
        if let Some(turn) = &self.turn {
            turn.want(Phase::Handled);
        }
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        if let Some(turn) = &self.turn {
            turn.want(if self.body.is_some() { Phase::Refused } else { Phase::Head });
        }
    }
}
