//! The yearly compilation (*vuosikooste*): what an area's orders, tasks, fees and feedback say together (S4-43).
//!
//! ```text
//! draft ──freeze──▶ frozen ──publish──▶ published
//! ```
//!
//! A draft is compiled anew each time it is asked to be; freezing gives it a number and its content for good, but for words
//! that may not be quoted any more: they are taken out until it is published. Only one compilation of an area and year is ever
//! published: a second one could be subtracted from the first. So what is frozen was compiled when the year was over: nothing
//! that came later in the year would ever be in it.
//!
//! **Invariant:** what a compilation says never shows, and never lets anyone calculate, a figure about one to four
//! people; see [`ledger`].

mod average;
mod content;
mod facts;
mod fold;
mod lead_times;
pub mod ledger;
mod sheet;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use self::{
    average::leaves_open,
    content::{AnswerTable, Content, LeadTime, Quoted, Row, Step, SumRow, SumTable, Table},
    facts::{AssignmentFact, AudienceFact, Facts, FeeFact, FeedbackFact, OrderFact, day_of},
    fold::compile,
    lead_times::{fives, lead_times},
};
use crate::{
    id::Id,
    node::NodeId,
    policy::Action,
    refusal::{Refusal, Rule},
    time::Moment,
    workflow::{Arrow, Workflow},
};

/// The identifier of a compilation.
pub type CompilationId = Id<Compilation>;

/// A compilation and where it is in its life.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Compilation {
    /// Its identifier.
    pub id: CompilationId,
    /// The area.
    pub area: NodeId,
    /// The year.
    pub year: i32,
    /// When its content was last compiled.
    pub compiled_at: Moment,
    /// What it says.
    pub content: Content,
    /// Where it is in its life.
    pub state: State,
}

/// Where a compilation is in its life
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(tag = "name", rename_all = "snake_case")]
#[schema(as = CompilationState)]
#[expect(missing_docs, reason = "the module's diagram documents the states")]
pub enum State {
    Draft,
    Frozen {
        /// Its number among the frozen compilations of the area and year.
        number: u32,
        at: Moment,
    },
    Published {
        /// Its number among the frozen compilations of the area and year.
        number: u32,
        frozen_at: Moment,
        at: Moment,
    },
}

/// What can happen to a compilation.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "the module's diagram documents the events")]
pub enum Event {
    /// Its facts were read again.
    Compile {
        content: Content,
    },
    Freeze {
        number: u32,
    },
    Publish,
}

/// The machine as data.
pub const WORKFLOW: Workflow = Workflow {
    name: "compilation",
    finnish: "vuosikooste",
    states: &["draft", "frozen", "published"],
    arrows: &[
        Arrow {
            action: "compile",
            from: &["draft"],
            to: &["draft"],
            may: Some(Action::ManageCompilation),
        },
        Arrow {
            action: "freeze",
            from: &["draft"],
            to: &["frozen"],
            may: Some(Action::ManageCompilation),
        },
        Arrow {
            action: "publish",
            from: &["frozen"],
            to: &["published"],
            may: Some(Action::ManageCompilation),
        },
    ],
};

impl Compilation {
    /// Applies `event`, which happened at `at`.
    ///
    /// # Errors
    ///
    /// [`Refusal::OutOfTurn`] if there is no such arrow in the diagram, [`Rule::YearNotOver`] for what would be frozen too early.
    pub fn apply(self, event: Event, at: Moment) -> Result<Self, Refusal> {
        let state = match (self.state, event) {
            (State::Draft, Event::Compile { content }) => {
                return Ok(Self { content, compiled_at: at, ..self });
            }
            (State::Draft, Event::Freeze { .. }) if !self.is_of_whole_year() => {
                return Err(Rule::YearNotOver.into());
            }
            (State::Draft, Event::Freeze { number }) => State::Frozen { number, at },
            (State::Frozen { number, at: frozen_at }, Event::Publish) => {
                State::Published { number, frozen_at, at }
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

    /// Whether the year was over, in Finland, when it was compiled.
    pub fn is_of_whole_year(&self) -> bool {
        self.compiled_at.day().year() > self.year
    }

    /// The compilation without these words, of which somebody has taken back that they may be quoted. What is published
    /// stays as it is.
    #[must_use]
    pub fn without(mut self, words: &[Quoted]) -> Self {
        if matches!(self.state, State::Published { .. }) {
            return self;
        }
        for list in [&mut self.content.changes, &mut self.content.quotes] {
            for taken in words {
                // Somebody else may have said the same.
                if let Some(at) = list.iter().position(|quoted| quoted == taken) {
                    list.remove(at);
                }
            }
        }
        self
    }

    /// The compilation with other words in the place of these, which have been cleared anew. What is frozen gets no new words: it
    /// only loses those that may not be quoted as they are. What is published stays as it is.
    #[must_use]
    pub fn reworded(mut self, old: &Quoted, new: &Quoted) -> Self {
        if matches!(self.state, State::Draft) {
            for list in [&mut self.content.changes, &mut self.content.quotes] {
                if let Some(quoted) = list.iter_mut().find(|quoted| *quoted == old) {
                    quoted.clone_from(new);
                    list.sort();
                }
            }
            return self;
        }
        self.without(std::slice::from_ref(old))
    }
}

impl State {
    /// Its name, in the API and in the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Frozen { .. } => "frozen",
            Self::Published { .. } => "published",
        }
    }

    /// The number it was frozen under.
    pub const fn number(self) -> Option<u32> {
        match self {
            Self::Draft => None,
            Self::Frozen { number, .. } | Self::Published { number, .. } => Some(number),
        }
    }
}

impl Event {
    /// The action, as in the URL.
    pub const fn action(&self) -> &'static str {
        match self {
            Self::Compile { .. } => "compile",
            Self::Freeze { .. } => "freeze",
            Self::Publish => "publish",
        }
    }
}
