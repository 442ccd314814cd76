//! The end of the listener.

use std::future::Future;

use tokio::sync::watch;

/// The wish to end, for everything that runs.
#[derive(Clone, Debug)]
pub(crate) struct Stop(watch::Sender<bool>);

impl Stop {
    pub(crate) fn new() -> Self {
        Self(watch::Sender::new(false))
    }

    /// Asks everything to end: nothing new is begun.
    pub(crate) fn now(&self) {
        self.0.send_replace(true);
    }

    /// Waits until it is to end.
    pub(crate) fn asked(&self) -> impl Future<Output = ()> + Send + use<> {
        let mut asked = self.0.subscribe();
        async move {
            // The sender is gone only when everything has ended.
            let _ = asked.wait_for(|asked| *asked).await;
        }
    }
}

/// Waits for Ctrl-C, and where there are signals for SIGTERM.
pub(crate) async fn signal() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}
