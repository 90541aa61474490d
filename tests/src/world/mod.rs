//! A world in which one of everything has happened, and everybody who may ask for it: for what must hold of every
//! operation and every kind of person.

mod bodies;
mod make;
mod personas;

use std::{
    collections::BTreeMap,
    sync::{
        LazyLock, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use chrono::{DateTime, Utc};
use uuid::Uuid;

pub use self::personas::{PERSONAS, Persona};
use crate::{Fresh, Kind, Operation, Person, Server, operations};

/// A thing of the world: which of its kind it is, if there are several, and what stands for it in a path.
#[derive(Clone, Debug)]
pub struct Thing {
    /// Which of its kind.
    pub which: &'static str,
    /// What stands for it in a path.
    pub value: String,
}

/// A call that the table tries: an operation on one set of things.
#[derive(Clone, Debug)]
pub struct Try {
    /// The operation.
    pub operation: &'static Operation,
    /// Which of the things of its kind, if there are several.
    pub which: String,
    /// The path, with its parameters filled in.
    pub path: String,
}

/// What `ask` gives for everybody, in their order. Two are asked for at a time.
///
/// # Panics
///
/// If `ask` does.
pub fn for_everyone<T: Send>(ask: impl Fn(&'static Persona) -> T + Sync) -> Vec<T> {
    let (next, done) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    let Some(persona) = PERSONAS.get(number) else { return };
                    let given = ask(persona);
                    done.lock().expect("nobody panics while holding it").push((number, given));
                }
            });
        }
    });
    let mut done = done.into_inner().expect("nobody panics while holding it");
    done.sort_by_key(|(number, _)| *number);
    done.into_iter().map(|(_, given)| given).collect()
}

/// A database in which one of everything has happened, with a token for everyone.
pub struct World {
    settled: Fresh,
    /// When its last thing happened, which is when every copy begins.
    now: DateTime<Utc>,
    tokens: BTreeMap<&'static str, String>,
    things: BTreeMap<&'static str, Vec<Thing>>,
}

impl World {
    /// The world on a database of this kind, made once for the whole run.
    pub fn of(kind: Kind) -> &'static Self {
        static SQLITE: LazyLock<World> = LazyLock::new(|| make::world(Kind::Sqlite));
        static POSTGRES: LazyLock<World> = LazyLock::new(|| make::world(Kind::Postgres));
        match kind {
            Kind::Sqlite => &SQLITE,
            Kind::Postgres => &POSTGRES,
        }
    }

    /// A server on a copy of the world.
    pub fn copy(&self) -> Server {
        Server::start_on(self.settled.copy(), |app, _| {
            let now: DateTime<Utc> = app.clock.now().into();
            app.clock.advance(self.now - now);
        })
    }

    /// The persona as a caller of a copy.
    pub fn caller<'a>(&self, server: &'a Server, persona: &Persona) -> Person<'a> {
        match self.tokens.get(persona.name) {
            Some(token) => server.stranger().with_token(token),
            None => server.stranger(),
        }
    }

    /// The things that the path parameter of this name can stand for.
    ///
    /// # Panics
    ///
    /// If the world has none: whoever adds an operation adds what it is about.
    pub fn things(&self, parameter: &str) -> &[Thing] {
        self.things
            .get(parameter)
            .unwrap_or_else(|| panic!("add {parameter} to the world, in tests/src/world/make.rs"))
    }

    /// The identifier of the first thing that the parameter stands for.
    pub fn id(&self, parameter: &str) -> Uuid {
        self.things(parameter)[0].value.parse().expect("an identifier")
    }

    /// The identifier of one of several things of a kind.
    pub fn which(&self, parameter: &str, which: &str) -> Uuid {
        let things = self.things(parameter).iter();
        let found = things.clone().find(|thing| thing.which == which);
        found.unwrap_or_else(|| panic!("{which} is in {things:?}")).value.parse().expect("an id")
    }

    /// Every call of every operation.
    pub fn all_tries(&self) -> Vec<Try> {
        operations().iter().flat_map(|operation| self.tries(operation)).collect()
    }

    /// The calls of an operation: one for each thing that it can be about.
    pub fn tries(&self, operation: &'static Operation) -> Vec<Try> {
        let query = bodies::query(self, operation);
        let mut tries = vec![Try { operation, which: String::new(), path: operation.path.clone() }];
        for parameter in operation.parameters() {
            let things = self.things(parameter);
            let fill = |one: &Try, thing: &Thing| Try {
                which: [one.which.as_str(), thing.which].join(" ").trim().to_owned(),
                path: one.path.replace(&format!("{{{parameter}}}"), &thing.value),
                ..one.clone()
            };
            tries = tries
                .iter()
                .flat_map(|one| things.iter().map(move |thing| fill(one, thing)))
                .collect();
        }
        tries.into_iter().map(|one| Try { path: format!("{}{query}", one.path), ..one }).collect()
    }

    /// What is sent with an operation, if it takes something.
    pub fn body(&self, operation: &Operation) -> Option<Vec<u8>> {
        bodies::body(self, operation)
    }

    /// Calls an operation as it is meant to be called.
    pub fn call(&self, person: &Person<'_>, one: &Try) -> crate::Answer {
        let operation = one.operation;
        let body = self.body(operation);
        let mut headers = Vec::new();
        if body.is_some() {
            headers.push(("content-type", operation.kind.as_deref().unwrap_or_default()));
        }
        if matches!(operation.method.as_str(), "PATCH" | "PUT" | "DELETE") {
            // A version that was never there: whether they may is decided before that.
            headers.push(("if-match", "\"0\""));
        }
        person.send(&operation.method, &one.path, &headers, body)
    }
}
