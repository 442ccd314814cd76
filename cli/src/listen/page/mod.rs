//! The page that shows the deliveries as they arrive.

mod answer;
mod commands;
mod state;
mod stream;
mod view;

pub(super) use answer::{answer, is_for, nothing_else};
pub(super) use commands::Commands;
pub(super) use state::Page;
