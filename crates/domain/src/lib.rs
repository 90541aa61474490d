//! The rules of brokering experts by experience, and nothing else.
//!
//! **Invariant:** this crate performs no I/O. It does not know HTTP, SQL, the clock or the random generator:
//! identifiers and times arrive as arguments. What it knows of JSON is derived: the same type is the value in the
//! contract, in the rules and in the stored document, so that a bound is said once.

pub mod access_request;
pub mod agreement;
pub mod assignment;
pub mod attachment;
pub mod audit;
pub mod check_digits;
pub mod client;
pub mod codes;
pub mod compilation;
pub mod concern;
pub mod deadlines;
pub mod decision;
pub mod delivery;
pub mod disclosure;
pub mod document;
pub mod expense_rates;
pub mod expert;
pub mod fee_form;
pub mod fee_schedule;
pub mod feedback;
pub mod figures;
pub mod grant;
pub mod id;
pub mod income_types;
pub mod localized;
pub mod lookup;
pub mod message;
pub mod money;
pub mod node;
pub mod notice;
pub mod offer;
pub mod open_call;
pub mod order;
pub mod payer;
pub mod payroll_identity;
pub mod person;
pub mod policy;
pub mod record;
pub mod refusal;
pub mod settings;
pub mod sourcing;
pub mod steering;
pub mod supervision;
pub mod support_note;
pub mod task_type;
pub mod time;
pub mod workflow;
