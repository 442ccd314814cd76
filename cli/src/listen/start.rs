//! Sets everything up, waits for the end, and sums up.

use std::fmt::Write as _;
use std::io::Write as _;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use hookseal::Webhook;
use serde_json::json;
use tokio::sync::Semaphore;

use super::forward::Forward;
use super::journal::{Journal, Totals};
use super::page::{Commands, Page};
use super::save::Folder;
use super::server::{Port, Serves};
use super::stop::{Stop, signal};
use super::teller::teller;
use super::{App, ListenArgs, UNDER_WAY};
use crate::failure::{Exit, Failure};
use crate::input;
use crate::output::{FAINT, GOOD, Output, STRONG, WARN};

/// How long deliveries may still be under way when it is to end.
const FAREWELL: Duration = Duration::from_secs(5);

/// Listens until it is told to end.
pub(super) async fn listen(
    args: &ListenArgs,
    webhook: Webhook,
    output: Output,
) -> Result<Exit, Failure> {
    let forward = args.forward.as_deref();
    let forward =
        forward.map(|url| Forward::new(url, args.cacert.as_deref(), args.timeout)).transpose()?;
    let folder = args.save.as_deref().map(Folder::open).transpose()?;
    let is_together = !args.no_page && args.page_port.is_none();
    let serves = if is_together { Serves::Both } else { Serves::Deliveries };
    let port = Port::open(SocketAddr::new(args.host, args.port), serves).await?;
    let page_port = match args.page_port {
        Some(page_port) => {
            let address = SocketAddr::from((Ipv4Addr::LOCALHOST, page_port));
            Some(Port::open(address, Serves::Page).await?)
        }
        None => None,
    };
    if let Some(forward) = &forward {
        refuse_loop(forward, &port)?;
    }
    let page_url = match &page_port {
        Some(page_port) => Some(page_port.url()),
        None => is_together.then(|| port.url()),
    };
    let commands = Commands::new(
        &args.webhook.provider,
        input::provider(&args.webhook.provider)?,
        &port.url(),
    );
    let page = Page::new(&webhook, commands, port.url(), forward.as_ref());
    let (told, teller) = teller();
    let app = Arc::new(App {
        secrets: args.webhook.secrets.secret_file.len().max(1),
        webhook,
        max_body: args.max_body,
        timeout: args.timeout,
        forward,
        folder,
        journal: Journal::new(),
        page,
        output: output.clone(),
        count: args.count.map(|count| count as u64),
        stop: Stop::new(),
        under_way: Arc::new(Semaphore::new(UNDER_WAY as usize)),
        told,
    });
    greet(&app, args, &port, page_url.as_deref());
    let mut telling = tokio::spawn(teller.run(Arc::clone(&app)));
    let serving: Vec<_> = std::iter::once(port)
        .chain(page_port)
        .map(|port| tokio::spawn(port.serve(Arc::clone(&app))))
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
        let _ = tokio::time::timeout(FAREWELL, all).await;
        app.told.all().await;
        (&mut telling).await
    };
    let told = tokio::select! {
        ended = ended => ended.unwrap_or(Ok(())),
        // Who asks twice does not want to wait.
        () = signal() => Ok(()),
    };
    let totals = app.journal.totals();
    sum_up(&totals, &output);
    told?;
    let is_refused = app.count.is_some() && totals.all_refused() > 0;
    Ok(if is_refused { Exit::Refused } else { Exit::Success })
}

fn refuse_loop(forward: &Forward, port: &Port) -> Result<(), Failure> {
    let host = forward.host().trim_start_matches('[').trim_end_matches(']');
    let is_here = match host.parse::<IpAddr>() {
        Ok(host) => host.is_loopback() || host == port.address.ip(),
        Err(_) => host.eq_ignore_ascii_case("localhost"),
    };
    if is_here && forward.port() == port.address.port() {
        return Err(Failure::usage(
            "`--forward` names the address that is listened on: deliveries would go round for ever",
        ));
    }
    Ok(())
}

/// Says on standard error where it listens and what to do.
fn greet(app: &App, args: &ListenArgs, port: &Port, page_url: Option<&str>) {
    let mut stderr = anstream::stderr().lock();
    let url = port.url();
    let forward = app.forward.as_ref().map(Forward::url);
    let is_exposed = !port.address.ip().is_loopback();
    // Nobody is left to tell if standard error is gone.
    let _ = if app.output.is_json() {
        writeln!(
            stderr,
            "{}",
            json!({"listening": {"url": url, "page": page_url, "forward": forward}})
        )
    } else {
        let title = app.webhook.scheme().title();
        let mut text = format!("{STRONG}Listening for {title}{STRONG:#} at {GOOD}{url}{GOOD:#}\n");
        let mut line = |name: &str, value: &str| {
            let _ = writeln!(text, "  {FAINT}{name:<8}{FAINT:#} {value}");
        };
        if let Some(page_url) = page_url {
            line("page", page_url);
        }
        if let Some(forward) = &forward {
            line("forward", forward);
        }
        if let Some(folder) = &args.save {
            line("save", &folder.display().to_string());
        }
        if let Some(command) = app.page.command() {
            line("try", command);
        }
        line("end", "Ctrl-C");
        if is_exposed && page_url == Some(url.as_str()) {
            let _ = writeln!(
                text,
                "  {WARN}who can reach {} can see the deliveries: `--page-port` or `--no-page` \
                 keeps them to this machine{WARN:#}",
                port.address
            );
        }
        writeln!(stderr, "{text}")
    };
}

fn sum_up(totals: &Totals, output: &Output) {
    let mut stderr = anstream::stderr().lock();
    let _ = if output.is_json() {
        let refused = &totals.refused;
        writeln!(stderr, "{}", json!({"ended": {"verified": totals.verified, "refused": refused}}))
    } else {
        let all = totals.all();
        let plural = if all == 1 { "delivery" } else { "deliveries" };
        let mut text = format!("{STRONG}{all} {plural}{STRONG:#}: {} verified", totals.verified);
        let _ = write!(text, ", {} refused", totals.all_refused());
        let codes: Vec<_> =
            totals.refused.iter().map(|(code, count)| format!("{count} {code}")).collect();
        if !codes.is_empty() {
            let _ = write!(text, " ({})", codes.join(", "));
        }
        writeln!(stderr, "{text}")
    };
}
