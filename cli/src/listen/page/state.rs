//! The page's state.

use std::sync::Arc;
use std::time::SystemTime;

use hookseal::Webhook;
use tokio::sync::Semaphore;

use super::commands::Commands;
use crate::serve;

/// The number of pages that may be open at once.
const STREAMS: usize = 32;

/// The page of one listener.
#[derive(Debug)]
pub(in crate::listen) struct Page {
    /// A name of this run of the program.
    pub(super) session: String,
    pub(super) title: String,
    pub(super) address: String,
    pub(super) forward: Option<String>,
    pub(super) commands: Commands,
    pub(super) document: serve::Page,
    pub(super) streams: Arc<Semaphore>,
}

impl Page {
    pub(in crate::listen) fn new(
        webhook: &Webhook,
        commands: Commands,
        address: String,
        forward: Option<String>,
    ) -> Self {
        let started = SystemTime::UNIX_EPOCH.elapsed().unwrap_or_default().as_nanos();
        Self {
            session: format!("{started:x}"),
            title: webhook.scheme().title().to_owned(),
            commands,
            address,
            forward,
            document: serve::Page::new(include_str!("page.html")),
            streams: Arc::new(Semaphore::new(STREAMS)),
        }
    }

    /// Gives a command that makes a delivery arrive.
    pub(in crate::listen) fn command(&self) -> &str {
        self.commands.send()
    }

    /// Gives the command that explains a saved delivery.
    pub(in crate::listen) fn explain(&self, path: &str) -> String {
        self.commands.explain(path)
    }
}
