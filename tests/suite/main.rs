//! The product, held against its contract on both databases.

mod contract;
mod edge;
mod sign_in;
