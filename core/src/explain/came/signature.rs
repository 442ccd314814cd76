//! A digest as it is written in a header, and what it may be of.

use super::super::part::Part;
use super::super::token::Token;
use crate::mac::Algorithm;
use crate::scheme::{Content, Layout, SignatureForm};

/// Whatever in a header's value may be the digest.
pub(in crate::explain) struct WrittenDigest;

impl Part for WrittenDigest {
    type Came<'c> = CameDigest<'c>;
    type Was = Algorithm;
}

pub(in crate::explain) struct CameDigest<'c> {
    pub(in crate::explain) token: &'c Token<'c>,
    /// How the scheme writes it.
    pub(in crate::explain) form: &'c SignatureForm,
    /// The header's name.
    pub(in crate::explain) name: &'c str,
    /// What it is taken to be made with.
    pub(in crate::explain) algorithm: Algorithm,
}

impl CameDigest<'_> {
    pub(in crate::explain) fn len(&self) -> usize {
        self.token.digest.as_bytes().len()
    }

    /// What the scheme has before a digest.
    pub(in crate::explain) fn form_prefix(&self) -> String {
        match &self.form.layout {
            Layout::Single { prefix } | Layout::List { prefix, .. } => prefix.clone(),
            Layout::Pairs { signature, .. } => format!("{signature}="),
        }
    }

    /// Whether only the beginning of the digest is here.
    pub(in crate::explain) fn is_cut(&self) -> bool {
        self.len() < self.algorithm.digest_len()
    }
}

/// What the digest is of.
pub(in crate::explain) struct SignedContent;

impl Part for SignedContent {
    type Came<'c> = CameContent<'c>;
    type Was = Content;
}

pub(in crate::explain) struct CameContent<'c> {
    /// What the scheme says.
    pub(in crate::explain) own: &'c Content,
    /// What the other known schemes say.
    pub(in crate::explain) others: &'c [Content],
    pub(in crate::explain) has_timestamp: bool,
    pub(in crate::explain) has_id: bool,
}
