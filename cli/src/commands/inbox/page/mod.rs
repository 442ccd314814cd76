//! `hookseal inbox page`: the inbox in a browser.

mod answer;
mod app;
mod query;
mod view;

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use serde_json::json;

use super::database::{self, Database, DatabaseArgs};
use crate::failure::{Exit, Failure};
use crate::output::{FAINT, GOOD, Output, STRONG, say, say_json};
use crate::serve::{Page, Port, Stop, signal};
use crate::text::Printable;
use app::App;

/// The time for a browser to send a request and to read the answer.
const TIMEOUT: Duration = Duration::from_secs(30);
/// The connections that the page uses: a long search holds up nothing else.
const CONNECTIONS: u32 = 4;

/// Shows the page until it is told to end.
pub(super) async fn show(args: &DatabaseArgs, port: u16, output: Output) -> Result<Exit, Failure> {
    let database = Database::open(&args.database, &args.prefix, CONNECTIONS).await?;
    database.stats().await?;
    let name = database::name(&args.database);
    let port = Port::open(SocketAddr::from((Ipv4Addr::LOCALHOST, port)))?;
    greet(&name, &port.url(), output);
    let app = Arc::new(App { database, name, page: Page::new(include_str!("page.html")) });
    let stop = Stop::new();
    let serving = tokio::spawn(port.serve(stop.clone(), TIMEOUT, move |request, local| {
        answer::answer(Arc::clone(&app), local, request)
    }));
    signal().await;
    stop.now();
    tokio::select! {
        _ = serving => {}
        // Who asks twice does not want to wait.
        () = signal() => {}
    }
    Ok(Exit::Success)
}

fn greet(name: &str, url: &str, output: Output) {
    if output.is_json() {
        return say_json(&json!({ "page": { "url": url, "database": name } }));
    }
    say(&format!(
        "{STRONG}Showing the inbox{STRONG:#} at {GOOD}{url}{GOOD:#}\n  \
         {FAINT}database{FAINT:#} {}\n  {FAINT}end{FAINT:#}      Ctrl-C\n",
        Printable(name)
    ));
}
