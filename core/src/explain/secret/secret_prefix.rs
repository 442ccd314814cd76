//! What a secret begins with, missing, twice, or not the sender's.

use core::ops::ControlFlow;

use super::super::FindingCode;
use super::super::came::{CameSecret, Secret};
use super::super::part::{Candidates, Effort, Offers};

pub(super) const CANDIDATES: Candidates<Secret> =
    Candidates { code: FindingCode::SecretPrefix, effort: Effort::Read, offer };

fn offer(came: &CameSecret<'_>, offers: &mut Offers<'_, Secret>) -> ControlFlow<()> {
    let Some(text) = came.text() else { return ControlFlow::Continue(()) };
    for prefix in came.prefixes {
        match text.strip_prefix(prefix.as_str()) {
            Some(rest) if rest.starts_with(prefix.as_str()) => {
                let bare = rest.trim_start_matches(prefix.as_str());
                let evidence = format!("the secret begins with `{prefix}` more than once");
                offers.offer_secret(format!("{prefix}{bare}"), &*evidence)?;
                if !bare.is_empty() {
                    offers.offer_secret(bare, evidence)?;
                }
            }
            Some("") => {}
            Some(rest) => {
                let evidence = format!("the secret begins with `{prefix}`, the sender's does not");
                offers.offer_secret(rest, evidence)?;
            }
            None => {
                let evidence = format!("the secret lacks `{prefix}` before it");
                offers.offer_secret(format!("{prefix}{text}"), evidence)?;
            }
        }
    }
    // Another sender's prefix, up to an underscore or the like.
    let border =
        |(index, char): (usize, char)| matches!(char, '_' | '|' | ':').then_some(index + 1);
    for end in text.char_indices().take(24).filter_map(border) {
        let is_known = came.prefixes.iter().any(|prefix| *prefix == text[..end]);
        if !is_known && end < text.len() {
            let evidence = format!("the secret begins with {end} characters that the key lacks");
            offers.offer_secret(&text[end..], evidence)?;
        }
    }
    ControlFlow::Continue(())
}
