//! The arguments that several commands take.

mod common;
mod output;
pub(crate) mod values;

pub(crate) use common::{
    ClockArgs, DeliveryArgs, OptionArgs, ProviderArgs, RequestLineArgs, SecretArgs, WebhookArgs,
};
pub(crate) use output::OutputArgs;
