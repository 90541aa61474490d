//! Tasks that were done, put into the database as the chain leaves them: for what looks at many of them at once.

use api::region;
use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc};
use domain::{
    assignment::{Assignment, AssignmentId, Performance, State},
    id::Id,
    offer::{self, Mode, Offer, Turn},
    order::{self, Approval, Intake, Order, OrderForm, TaskDescription, Times},
    person::Channel,
    settings::Settings,
};
use persistence::{assignments, offers, orders};
use uuid::Uuid;

use crate::{Server, story};

/// A task that was done: who ordered it, which expert did it, and what it was for.
#[derive(Clone, Copy, Debug)]
pub struct Done {
    /// The unit, by its Finnish name.
    pub unit: &'static str,
    /// Its orderer.
    pub orderer: &'static str,
    /// The number of the expert.
    pub expert: usize,
    /// What it was for.
    pub purpose: &'static str,
}

impl Done {
    /// A task for the unit of the story.
    pub const fn by(expert: usize) -> Self {
        Self { unit: story::UNIT, orderer: story::ORDERER, expert, purpose: "staff_competence" }
    }
}

/// Puts the tasks into the database, as done today. Gives the assignments, in the same order.
pub fn done(server: &Server, tasks: &[Done]) -> Vec<AssignmentId> {
    let now = server.app.clock.now();
    let mut made = Vec::new();
    for task in tasks {
        let order = Order {
            id: id(),
            node: region::node(task.unit),
            handler: None,
            liaison: None,
            orderer: region::person(task.orderer),
            entered_by: region::person(task.orderer),
            intake: Intake::Form,
            caller: None,
            written_down: None,
            form: OrderForm {
                task: TaskDescription {
                    title: "Puheenvuoro".to_owned(),
                    what: "Kerrot omasta hoitopolustasi.".to_owned(),
                    task_type: Some("lecture".to_owned()),
                    purpose: Some(task.purpose.to_owned()),
                    ..TaskDescription::default()
                },
                experts_wanted: 1,
                payer: None,
                cost_centres: Vec::new(),
                units_involved: Vec::new(),
                notes: None,
            },
            approval: Approval::NotNeeded,
            wanted: Vec::new(),
            accepted: 1,
            clarifications: Vec::new(),
            unanswered: Vec::new(),
            times: Times {
                created_at: now.plus(TimeDelta::days(-10)),
                submitted_at: Some(now.plus(TimeDelta::days(-10))),
                taken_at: None,
                filled_at: Some(now.plus(TimeDelta::days(-4))),
                closed_at: None,
            },
            state: order::State::Filled,
        };
        let email = region::expert_email(task.expert);
        let offer = Offer {
            id: id(),
            order: order.id,
            node: order.node,
            handler: None,
            expert: region::experts::expert(task.expert),
            person: region::person(&email),
            card: region::experts::card(task.expert),
            sent_by: region::person(story::LIAISON),
            channel: Channel::Email,
            message: None,
            versions: Vec::new(),
            turn: Turn { mode: Mode::Parallel, position: 0, seconds_to_answer: 3600 },
            expires_at: None,
            created_at: now,
            answered: None,
            reminded: None,
            state: offer::State::Accepted { at: now, by: region::person(&email) },
        };
        let at = now.plus(TimeDelta::days(-4));
        let assignment = Assignment {
            state: State::Performed {
                performance: Performance {
                    date: now.day(),
                    minutes: 120,
                    participants: Some(20),
                    by: order.orderer,
                    at: now,
                },
            },
            ..Assignment::prepare(id(), &order, &offer, &Settings::default(), at)
        };
        made.push(assignment.id);
        server
            .app
            .database
            .write(|session| {
                orders::add(session, order.clone())?;
                offers::add(session, offer.clone())?;
                assignments::add(session, assignment.clone()).map(drop)
            })
            .unwrap_or_else(|error: persistence::Error| panic!("{error}"));
    }
    made
}

/// Moves the clock on to the second day of the next year, when this one can be frozen. Whoever was signed in is out by then.
pub fn pass(server: &Server) {
    let now: DateTime<Utc> = server.app.clock.now().into();
    let new_year =
        NaiveDate::from_ymd_opt(now.year() + 1, 1, 2).and_then(|day| day.and_hms_opt(10, 0, 0));
    server.advance(new_year.expect("a moment").and_utc() - now);
}

fn id<T>() -> Id<T> {
    Id::new(Uuid::now_v7())
}
