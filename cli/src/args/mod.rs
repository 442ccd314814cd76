//! The arguments that several commands take.

mod common;
mod output;
pub(crate) mod values;

pub(crate) use common::{ClockArgs, DeliveryArgs, ProviderArgs, SecretArgs, WebhookArgs};
pub(crate) use output::OutputArgs;
