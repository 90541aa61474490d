//! The product, held against its contract on both databases.

mod contract;
mod edge;
mod nodes;
mod sign_in;
