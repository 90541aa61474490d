//! What the program can be told to do.

pub mod admin;
pub mod demo;
pub mod migrate;
pub mod new_node;
pub mod openapi;
pub mod serve;
