//! All claims that the headers of a delivery may make.

use super::budget::Budget;
use super::cause::Causes;
use super::claim::{Claim, Claimed, Written, written};
use super::part::{all, symptoms};
use super::received::{Given, GivenHeader, Named, ReceivedContent, ReceivedDigest};
use super::signed_values::{
    Text, in_other_units, name_causes, other_ids, other_timestamps, readings, text, texts,
    timestamps_within,
};
use super::token::{Token, tokens};
use super::told::Told;
use super::{groups, signature};
use crate::encoding::KeyFormat;
use crate::mac::Algorithm;
use crate::scheme::{Compiled, Content, Layout, Scheme, SignatureForm};

/// How many claims there are at the most, and attempts to add one.
const MAX_CLAIMS: usize = 256;
const MAX_ATTEMPTS: usize = 10_000;

/// What a content holds besides the body, an id and a timestamp; `None` if the delivery has not all
/// of it.
pub(super) type ContentValues<'v> = dyn Fn(&Content) -> Option<Vec<Vec<u8>>> + 'v;

/// The same for a form of the scheme's own, as it may have been.
pub(super) type FormValues<'v> = dyn Fn(&SignatureForm) -> Vec<Told> + 'v;

/// The signatures, and the timestamp, of a form that says itself what it signs.
pub(super) type EnvelopedSignature<'v> =
    dyn Fn(&SignatureForm, &str) -> Option<(Vec<Written>, Option<String>)> + 'v;

/// What is read from the delivery as it came, to know what is signed.
#[derive(Clone, Copy)]
pub(super) struct Signed<'s> {
    pub(super) values: &'s ContentValues<'s>,
    pub(super) of_form: &'s FormValues<'s>,
    pub(super) enveloped: &'s EnvelopedSignature<'s>,
    /// The string at a place in the body.
    pub(super) embedded: &'s dyn Fn(&str) -> Option<String>,
}

/// All claims of a delivery, those first that need the fewest causes.
pub(super) fn claims<'s>(
    scheme: &'s Scheme,
    others: &'s [Scheme],
    given: &'s Given,
    signed: Signed<'s>,
    budget: &'s Budget,
) -> Vec<Claim<'s>> {
    let own = scheme.compiled();
    let timestamp_headers = own.timestamp.as_ref().map_or(&[][..], |rule| &rule.headers);
    let mut timestamps = texts(given, timestamp_headers, budget);
    let in_body = own.timestamp.as_ref().and_then(|rule| rule.pointer.as_deref());
    timestamps.extend(in_body.and_then(|pointer| (signed.embedded)(pointer)).map(|at| text(&at)));
    let contents = signature::contents(others);
    let mut claims = Claims {
        scheme: own,
        given,
        contents: &contents,
        timestamps,
        other_timestamps: other_timestamps(given, own),
        ids: texts(given, &own.id, budget),
        other_ids: other_ids(given, own),
        signed,
        attempts: 0,
        found: Vec::new(),
        budget,
    };
    claims.add_own(|named| named != Named::Otherwise);
    for other in others {
        claims.add_others(other.compiled());
    }
    claims.add_own(|named| named == Named::Otherwise);
    claims.found.sort_by_key(Claim::causes);
    claims.found
}

struct Claims<'a, 'c> {
    scheme: &'a Compiled,
    given: &'a Given,
    /// What else may be signed.
    contents: &'c [Content],
    /// What the scheme's headers have, and others that may be meant.
    timestamps: Vec<Text>,
    other_timestamps: Vec<Text>,
    ids: Vec<Text>,
    other_ids: Vec<Text>,
    signed: Signed<'a>,
    attempts: usize,
    found: Vec<Claim<'a>>,
    budget: &'a Budget,
}

/// A digest that was found, and what was undone to read it.
struct Found {
    written: Written,
    algorithm: Algorithm,
    causes: Causes,
}

/// What the claims of one digest have in common.
#[derive(Clone, Copy)]
struct Claiming<'c, 'a> {
    form: Option<&'a SignatureForm>,
    content: &'c Content,
    key: &'a KeyFormat,
}

impl<'a> Claims<'a, '_> {
    /// Adds what the scheme's signature claims, in the headers whose names are so related to its own.
    fn add_own(&mut self, is_named: impl Fn(Named) -> bool) {
        for expected in &self.scheme.signatures {
            if let Some(pointer) = &expected.pointer {
                if let Some(value) =
                    (self.signed.embedded)(pointer).filter(|_| is_named(Named::Rightly))
                {
                    for form in &expected.forms {
                        self.add_signature(form, &text(&value));
                    }
                }
                continue;
            }
            for header in self.given.headers.iter().filter(|h| is_named(h.named(&expected.names))) {
                let renamed = name_causes(header, &expected.names);
                let readings = readings(header, &renamed, self.budget);
                let (enveloped, plain): (Vec<_>, Vec<_>) =
                    expected.forms.iter().partition(|form| form.envelope().is_some());
                for form in enveloped {
                    self.add_enveloped(form, &header.value);
                }
                // What fits the form says more than any digest that stands somewhere.
                for form in &plain {
                    for reading in &readings {
                        self.add_signature(form, reading);
                    }
                }
                // Digests are in many headers: elsewhere, one that was cut says nothing.
                let may_be_cut = header.named(&expected.names) != Named::Otherwise;
                for form in plain {
                    for reading in &readings {
                        self.add_tokens(form, reading, header, may_be_cut);
                    }
                }
            }
        }
    }

    /// Adds a signature that says itself what it signs.
    fn add_enveloped(&mut self, form: &'a SignatureForm, value: &str) {
        let Some((signatures, at)) = (self.signed.enveloped)(form, value) else { return };
        for told in (self.signed.of_form)(form) {
            for written in &signatures {
                let claimed = Claimed { written: written.clone(), causes: told.causes.clone() };
                let claim = Claim {
                    form: Some(form),
                    algorithm: form.algorithm,
                    content: form.content.clone(),
                    timestamp: at.clone().unwrap_or_default(),
                    id: String::new(),
                    values: told.values.clone(),
                    address: told.address.clone(),
                    key: self.scheme.key.clone(),
                    claimed: Vec::new(),
                };
                self.add(claim, claimed);
            }
        }
    }

    fn add_signature(&mut self, form: &'a SignatureForm, reading: &Text) {
        let Some(signature) = form.read(&reading.value) else { return };
        let timestamps = match &signature.timestamp {
            Some(signed) => vec![text(signed)],
            None => self.timestamps.clone(),
        };
        for written in written(&signature) {
            let causes = reading.causes.clone();
            let found = Found { written, algorithm: form.algorithm, causes };
            self.add_contents(form, &found, &timestamps);
        }
    }

    fn add_tokens(
        &mut self,
        form: &'a SignatureForm,
        reading: &Text,
        header: &GivenHeader,
        may_be_cut: bool,
    ) {
        if self.attempts > MAX_ATTEMPTS {
            return;
        }
        let mut timestamps = timestamps_within(&reading.value);
        if !form.layout.has_timestamp() {
            timestamps.extend(self.timestamps.iter().cloned());
        }
        let name = header.display();
        for token in tokens(&reading.value) {
            for algorithm in algorithms(&token, form, may_be_cut) {
                let received = ReceivedDigest { token: &token, form, name: &name, algorithm };
                let mut causes: Causes =
                    symptoms(groups::DIGEST, &received).map(|(_, cause)| cause).collect();
                if causes.count() == 0 {
                    // It is there already, or something else about the value is wrong.
                    causes.add(signature::otherwise(&name));
                }
                let causes = reading.causes.clone().and(&causes);
                let written = Written::of(&token.digest, algorithm);
                let found = Found { written, algorithm, causes };
                self.add_contents(form, &found, &timestamps);
            }
        }
    }

    /// The scheme's own content, with the timestamps as they came or in another unit; then others.
    fn add_contents(&mut self, form: &'a SignatureForm, found: &Found, timestamps: &[Text]) {
        let ids = self.ids.clone();
        let key = &self.scheme.key;
        let own = Claiming { form: Some(form), content: &form.content, key };
        let mut told = (self.signed.of_form)(form);
        if found.causes.count() > 0 {
            told.truncate(1);
        }
        self.add_all(own, &told, found, timestamps, &ids);
        told.truncate(1);
        let converted = in_other_units(timestamps, self.budget);
        self.add_all(own, &told, found, &converted, &ids);

        let timestamps = [timestamps, &self.other_timestamps].concat();
        let ids = [ids.as_slice(), &self.other_ids].concat();
        let received = ReceivedContent {
            own: &form.content,
            others: self.contents,
            has_timestamp: !timestamps.is_empty(),
            has_id: !ids.is_empty(),
        };
        if self.attempts > MAX_ATTEMPTS {
            return;
        }
        for content in all(groups::CONTENT, &received, self.budget) {
            let causes = found.causes.clone().and(&content.causes);
            let found = Found { written: found.written.clone(), causes, ..*found };
            let other = Claiming { form: None, content: &content.value, key };
            self.add_all(other, &self.told(&content.value), &found, &timestamps, &ids);
        }
    }

    /// Adds what another provider's scheme reads, in its own header or in the one that is expected
    /// here.
    fn add_others(&mut self, other: &'a Compiled) {
        for expected in &other.signatures {
            for header in &self.given.headers {
                let is_theirs = header.named(&expected.names) < Named::Extended;
                let own = self.scheme.signatures.iter().map(|own| header.named(&own.names)).min();
                if !is_theirs && own == Some(Named::Otherwise) {
                    continue;
                }
                for form in expected.forms.iter().filter(|form| form.envelope().is_none()) {
                    // A bare digest in the own header is nobody's in particular.
                    if !is_theirs && matches!(form.layout, Layout::Single { .. }) {
                        continue;
                    }
                    let Some(signature) = form.read(&header.value) else { continue };
                    let causes = Causes::from(signature::matched(header, other));
                    let timestamps = match (&signature.timestamp, &other.timestamp) {
                        (Some(signed), _) => vec![text(signed)],
                        (None, Some(rule)) => texts(self.given, &rule.headers, self.budget),
                        (None, None) => Vec::new(),
                    };
                    let ids = texts(self.given, &other.id, self.budget);
                    let told = self.told(&form.content);
                    let theirs = Claiming { form: None, content: &form.content, key: &other.key };
                    for written in written(&signature) {
                        let causes = causes.clone();
                        let found = Found { written, algorithm: form.algorithm, causes };
                        self.add_all(theirs, &told, &found, &timestamps, &ids);
                    }
                }
            }
        }
    }

    /// What the request gives to a content that is not the scheme's own.
    fn told(&self, content: &Content) -> Vec<Told> {
        let values = (self.signed.values)(content);
        let told = values.map(|values| Told { values, address: None, causes: Causes::none() });
        told.into_iter().collect()
    }

    fn add_all(
        &mut self,
        claiming: Claiming<'_, 'a>,
        told: &[Told],
        found: &Found,
        timestamps: &[Text],
        ids: &[Text],
    ) {
        let Claiming { form, content, key } = claiming;
        let nothing = [text("")];
        let timestamps = if content.has_timestamp() { timestamps } else { &nothing };
        let ids = if content.has_id() { ids } else { &nothing };
        let moments = timestamps.iter().flat_map(|moment| ids.iter().map(move |id| (moment, id)));
        let moments: Vec<(&Text, &Text)> = moments.collect();
        for told in told {
            for (timestamp, id) in &moments {
                let causes = found.causes.clone().and(&timestamp.causes).and(&id.causes);
                let causes = causes.and(&told.causes);
                let claimed = Claimed { written: found.written.clone(), causes };
                let claim = Claim {
                    form,
                    algorithm: found.algorithm,
                    content: content.clone(),
                    timestamp: timestamp.value.clone(),
                    id: id.value.clone(),
                    values: told.values.clone(),
                    address: told.address.clone(),
                    key: key.clone(),
                    claimed: Vec::new(),
                };
                self.add(claim, claimed);
            }
        }
    }

    fn add(&mut self, mut claim: Claim<'a>, claimed: Claimed) {
        self.attempts += 1;
        if self.attempts > MAX_ATTEMPTS {
            return;
        }
        match self.found.iter().position(|known| known.is_same(&claim)) {
            Some(known) => self.found[known].take(claimed),
            None if self.found.len() < MAX_CLAIMS => {
                claim.take(claimed);
                self.found.push(claim);
            }
            None => {}
        }
    }
}

/// Returns the algorithms that a digest may have been made with: those that give as many bytes, and
/// those that give more.
fn algorithms(
    token: &Token<'_>,
    form: &SignatureForm,
    may_be_cut: bool,
) -> impl Iterator<Item = Algorithm> {
    let length = token.digest.as_bytes().len();
    let whole = Algorithm::MACS.into_iter().find(|algorithm| algorithm.digest_len() == length);
    let is_own = match form.algorithm.public() {
        Some(algorithm) => algorithm.signature_len().contains(&length),
        None => may_be_cut && length < form.algorithm.digest_len(),
    };
    whole.into_iter().chain(is_own.then_some(form.algorithm))
}
