//! The product, held against its contract on both databases.

mod contract;
mod database;
mod documents;
mod edge;
mod fee_schedules;
mod handbook;
mod nodes;
mod operations;
mod overload;
mod payroll_identities;
mod question_sets;
mod requirements;
mod sign_in;
mod steering;
mod tokens;
mod workflows;
