//! A digest as it is written in a header, and what it may be of.

use super::super::part::Part;
use super::super::token::Token;
use crate::mac::Algorithm;
use crate::scheme::{Content, Layout, SignatureForm};

/// The part of a header's value that may be the digest.
pub(in crate::explain) struct WrittenDigest;

impl Part for WrittenDigest {
    type Received<'c> = ReceivedDigest<'c>;
    type Was = Algorithm;
}

pub(in crate::explain) struct ReceivedDigest<'c> {
    pub(in crate::explain) token: &'c Token<'c>,
    /// The form in which the scheme writes it.
    pub(in crate::explain) form: &'c SignatureForm,
    /// The header's name.
    pub(in crate::explain) name: &'c str,
    /// The algorithm that it is assumed to be made with.
    pub(in crate::explain) algorithm: Algorithm,
}

impl ReceivedDigest<'_> {
    pub(in crate::explain) fn len(&self) -> usize {
        self.token.digest.as_bytes().len()
    }

    /// Returns the scheme's prefix of a digest.
    pub(in crate::explain) fn form_prefix(&self) -> String {
        match &self.form.layout {
            Layout::Single { prefix } | Layout::List { prefix, .. } => prefix.clone(),
            Layout::Pairs { signature, .. } => format!("{signature}="),
        }
    }

    /// Returns `true` if only the beginning of the digest is here.
    pub(in crate::explain) fn is_cut(&self) -> bool {
        self.len() < self.algorithm.digest_len()
    }
}

/// The content that the digest is made over.
pub(in crate::explain) struct SignedContent;

impl Part for SignedContent {
    type Received<'c> = ReceivedContent<'c>;
    type Was = Content;
}

pub(in crate::explain) struct ReceivedContent<'c> {
    /// The scheme's own content.
    pub(in crate::explain) own: &'c Content,
    /// The contents of the other known schemes.
    pub(in crate::explain) others: &'c [Content],
    pub(in crate::explain) has_timestamp: bool,
    pub(in crate::explain) has_id: bool,
}
