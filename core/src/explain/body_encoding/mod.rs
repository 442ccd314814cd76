//! The encoding of the body: what was done to its text as a whole, and not undone.

mod body_base64;
mod body_compressed;
mod body_escaped;
mod body_form_encoded;
mod body_json_string;
mod body_placeholder;
mod body_url_encoded;

pub(super) use body_base64::from_base64;

use super::part::Group;
use super::received::Body;

pub(super) const GROUP: Group<Body> = Group {
    candidates: &[
        body_compressed::CANDIDATES,
        body_base64::CANDIDATES,
        body_json_string::CANDIDATES,
        body_escaped::CANDIDATES,
        body_form_encoded::CANDIDATES,
        body_url_encoded::CANDIDATES,
        body_placeholder::CANDIDATES,
        body_base64::SIGNED_SO,
        body_json_string::SIGNED_SO,
        body_form_encoded::SIGNED_SO,
    ],
    symptoms: &[body_compressed::SYMPTOM, body_placeholder::SYMPTOM],
};
