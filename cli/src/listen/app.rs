//! The state that all parts of the listener share.

use std::sync::Arc;
use std::time::Duration;

use hookseal::Webhook;
use tokio::sync::Semaphore;

use super::forward::Forward;
use super::history::History;
use super::memory::Memory;
use super::page::Page;
use super::queue::Reports;
use super::save::Folder;
use crate::output::Output;
use crate::serve::{Notices, Stop};

/// The number of deliveries that are taken in at once; further ones wait.
pub(super) const UNDER_WAY: u32 = 128;

/// The listener's state.
#[derive(Debug)]
pub(super) struct App {
    pub(super) webhook: Webhook,
    /// The number of secrets that the webhook has.
    pub(super) secrets: usize,
    pub(super) max_body: usize,
    pub(super) timeout: Duration,
    /// The names besides this machine's own that requests may come for.
    pub(super) allowed_hosts: Vec<String>,
    pub(super) notices: Notices,
    pub(super) memory: Memory,
    pub(super) forward: Option<Forward>,
    pub(super) folder: Option<Folder>,
    pub(super) history: History,
    pub(super) page: Page,
    pub(super) output: Output,
    /// The number of deliveries after which it ends.
    pub(super) count: Option<u64>,
    pub(super) stop: Stop,
    /// The deliveries that are not answered yet: each has a permit.
    pub(super) under_way: Arc<Semaphore>,
    pub(super) reports: Reports,
}
