//! The product, held against its contract on both databases.

mod attachments;
mod codes;
mod contract;
mod database;
mod disclosures;
mod documents;
mod edge;
mod experts;
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
mod task_types;
mod tokens;
mod workflows;
