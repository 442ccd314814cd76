//! Text for people, and text that others wrote.

mod json;
mod printable;
pub(crate) mod shell;
pub(crate) mod shown;
mod units;
mod wrap;

pub(crate) use json::{pretty, pretty_up_to};
pub(crate) use printable::{Printable, printable_json, screen};
pub(crate) use units::{date_time, duration, latency, moment, moment_in_milliseconds};
pub(crate) use wrap::wrap;
