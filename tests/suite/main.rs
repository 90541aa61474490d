//! The product, held against its contract on both databases.

mod contract;
mod documents;
mod edge;
mod nodes;
mod fee_schedules;
mod payroll_identities;
mod sign_in;
mod tokens;
