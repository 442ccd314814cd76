//! What the READMEs show is what happens: each of their `console` blocks, run by a shell.

#![expect(clippy::panic, clippy::unwrap_used, reason = "how a test fails")]

mod support;

use support::console::{self, line_matches, lines_match};

#[test]
fn the_readme_shows_what_happens() {
    check(include_str!("../README.md"), 37);
}

#[test]
fn the_readme_of_the_whole_shows_what_happens() {
    check(include_str!("../../README.md"), 4);
}

#[test]
fn the_sites_first_page_shows_what_happens() {
    check(include_str!("../../docs/start.md"), 6);
}

/// Runs what a README shows, so many commands: a reader that finds fewer has lost some.
fn check(readme: &str, count: usize) {
    let shown = console::shown(readme, "```console");
    console::check(&shown, &[]);
    assert_eq!(shown.len(), count);
}

#[test]
fn wildcards_match_no_more_than_they_say() {
    assert!(lines_match(&["a", "...", "b[..]c"], &["a", "x", "y", "b1c"]));
    assert!(lines_match(&["...", "[..]"], &["a"]));
    assert!(!lines_match(&["a"], &["a", "b"]));
    assert!(!lines_match(&["a", "b"], &["a"]));
    assert!(!line_matches("b[..]c", "b1cd"));
    assert!(!line_matches("b[..]c[..]", "b1d"));
}
