//! Sets everything up, waits for the end, and sums up.

use std::fmt::Write as _;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use serde_json::json;
use tokio::sync::Semaphore;

use super::app::{App, UNDER_WAY};
use super::args::ListenArgs;
use super::forward::Forward;
use super::history::{History, Totals};
use super::memory::Memory;
use super::page::{Commands, Page};
use super::queue::queue;
use super::reporter;
use super::save::Folder;
use super::server::{Serves, serve};
use super::set_up::SetUp;
use crate::failure::{Exit, Failure};
use crate::output::{FAINT, GOOD, Output, STRONG, WARN, say, say_json};
use crate::serve::{Notices, Port, Stop, signal};
use crate::text::Printable;

/// The time for which deliveries may still be under way when it is to end.
const SHUTDOWN_TIMEOUT: Duration = Duration::from_secs(5);

/// Listens until it is told to end.
pub(super) async fn listen(
    args: &ListenArgs,
    set_up: SetUp,
    output: Output,
) -> Result<Exit, Failure> {
    let folder = args.save.as_deref().map(Folder::open).transpose()?;
    let is_together = !args.no_page && args.page_port.is_none();
    let serves = if is_together { Serves::Both } else { Serves::Deliveries };
    let port = Port::open(SocketAddr::new(args.host, args.port))?;
    let page_port = match args.page_port {
        Some(page_port) => {
            let address = SocketAddr::from((Ipv4Addr::LOCALHOST, page_port));
            Some(Port::open(address)?)
        }
        None => None,
    };
    let memory = Memory::new();
    let forward = match &args.forward {
        Some(url) => {
            let (cacert, memory) = (args.cacert.as_deref(), memory.clone());
            Some(Forward::new(url, cacert, args.timeout, port.address, memory).await?)
        }
        None => None,
    };
    let page_url = match &page_port {
        Some(page_port) => Some(page_port.url()),
        None => is_together.then(|| port.url()),
    };
    let is_private = page_port.is_some() || port.address.ip().is_loopback();
    let commands = Commands::new(args, &set_up, &port.url(), is_private);
    let SetUp { webhook, secrets, made_secret, .. } = set_up;
    let page = Page::new(&webhook, commands, port.url(), forward.as_ref().map(Forward::url));
    let (reports, pending) = queue();
    let app = Arc::new(App {
        secrets,
        max_body: args.max_body.unwrap_or(webhook.max_body()),
        webhook,
        timeout: args.timeout,
        allowed_hosts: args.allow_host.clone(),
        notices: Notices::default(),
        memory,
        forward,
        folder,
        history: History::new(),
        page,
        output,
        count: args.count.map(|count| count as u64),
        stop: Stop::new(),
        under_way: Arc::new(Semaphore::new(UNDER_WAY as usize)),
        reports,
    });
    greet(&app, args, &port, page_url.as_deref(), made_secret.as_deref());
    let mut reporting = tokio::spawn(reporter::run(pending, Arc::clone(&app)));
    let serving: Vec<_> = std::iter::once((port, serves))
        .chain(page_port.map(|port| (port, Serves::Page)))
        .map(|(port, serves)| tokio::spawn(serve(port, serves, Arc::clone(&app))))
        .collect();
    tokio::select! {
        () = signal() => app.stop.now(),
        () = app.stop.asked() => {}
    }
    let ended = async {
        for served in serving {
            let _ = served.await;
        }
        let all = app.under_way.acquire_many(UNDER_WAY);
        let _ = tokio::time::timeout(SHUTDOWN_TIMEOUT, all).await;
        app.reports.end().await;
        (&mut reporting).await
    };
    let reported = tokio::select! {
        ended = ended => ended.unwrap_or(Ok(())),
        // Who asks twice does not want to wait.
        () = signal() => Ok(()),
    };
    let totals = app.history.totals();
    sum_up(&totals, output);
    reported?;
    let is_refused = app.count.is_some() && totals.all_refused() > 0;
    Ok(if is_refused { Exit::Refused } else { Exit::Success })
}

/// Says on standard error where it listens and what to do.
fn greet(
    app: &App,
    args: &ListenArgs,
    port: &Port,
    page_url: Option<&str>,
    made_secret: Option<&str>,
) {
    let url = port.url();
    let forward = app.forward.as_ref().map(Forward::url);
    if app.output.is_json() {
        let mut listening = json!({ "url": url, "page": page_url, "forward": forward });
        if let Some(secret) = made_secret {
            listening["secret"] = secret.into();
        }
        return say_json(&json!({ "listening": listening }));
    }
    let title = Printable(app.webhook.scheme().title());
    let mut text = format!("{STRONG}Listening for {title}{STRONG:#} at {GOOD}{url}{GOOD:#}\n");
    let mut line = |name: &str, value: &str| {
        let _ = writeln!(text, "  {FAINT}{name:<8}{FAINT:#} {}", Printable(value));
    };
    if let Some(secret) = made_secret {
        line("secret", &format!("{secret}  made for this run, as none was given"));
    }
    if let Some(page_url) = page_url {
        line("page", page_url);
    }
    if let Some(forward) = &forward {
        line("forward", forward);
    }
    if let Some(folder) = &args.save {
        line("save", &folder.display().to_string());
    }
    line("try", app.page.command());
    line("end", "Ctrl-C");
    if !port.address.ip().is_loopback() && page_url == Some(url.as_str()) {
        let _ = writeln!(
            text,
            "  {WARN}who can reach {} can see the deliveries: `--page-port` or `--no-page` \
             keeps them to this machine{WARN:#}",
            port.address
        );
    }
    say(&text);
}

/// Says on standard error how many deliveries there were.
fn sum_up(totals: &Totals, output: Output) {
    if output.is_json() {
        let ended = json!({ "verified": totals.verified, "refused": totals.refused });
        return say_json(&json!({ "ended": ended }));
    }
    let all = totals.all();
    let plural = if all == 1 { "delivery" } else { "deliveries" };
    let mut text = format!("{STRONG}{all} {plural}{STRONG:#}: {} verified", totals.verified);
    let _ = write!(text, ", {} refused", totals.all_refused());
    let codes: Vec<_> =
        totals.refused.iter().map(|(code, count)| format!("{count} {code}")).collect();
    if !codes.is_empty() {
        let _ = write!(text, " ({})", codes.join(", "));
    }
    say(&text);
}
