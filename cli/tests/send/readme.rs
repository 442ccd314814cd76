//! What the README shows of it.

use crate::endpoint::{Action, Endpoint, honest};
use crate::support::SECRET;
use crate::support::console::{self, Shown};

const ADDRESS: &str = "localhost:8000";

#[test]
fn the_readme_shows_what_happens() {
    let recovering = |before: usize, arrival: &_| {
        if before < 2 { Action::Answer(500) } else { honest(arrival) }
    };
    let endpoints = [
        Endpoint::honest("kasko"),
        Endpoint::start("claimport", recovering),
        Endpoint::honest("stripe"),
        Endpoint::honest("claimport"),
    ];
    let shown = console::shown(include_str!("../../README.md"), "```console send");
    assert_eq!(shown.len(), endpoints.len());
    let shown: Vec<Shown> = shown
        .into_iter()
        .zip(&endpoints)
        .map(|(Shown { command, output }, endpoint)| {
            let here = |text: String| text.replace(ADDRESS, &endpoint.address.to_string());
            Shown { command: here(command), output: output.into_iter().map(here).collect() }
        })
        .collect();
    console::check(&shown, &[("HOOKSEAL_SECRET", SECRET)]);
    assert!(endpoints.iter().all(|endpoint| !endpoint.arrivals().is_empty()));
}
