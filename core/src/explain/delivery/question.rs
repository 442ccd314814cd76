//! The questions that a digest can answer: was this made with that algorithm over such content?

use super::super::FindingCode;
use super::super::cause::{Cause, Causes};
use super::given::{Given, GivenHeader, Named};
use super::text::{Text, in_other_units, other_ids, other_timestamps, texts, timestamps_within};
use super::token::{Token, tokens};
use super::value::{Reading, readings};
use crate::encoding::KeyFormat;
use crate::mac::{Algorithm, Digest};
use crate::scheme::{Compiled, Content, Layout, Scheme, SignatureForm, SignatureHeader};

/// How many questions there are at the most, answers to each, and attempts to add one.
const MAX_QUESTIONS: usize = 256;
const MAX_ANSWERS: usize = 64;
const MAX_ATTEMPTS: usize = 10_000;

/// What is hashed but for the key and the body, and the digests that would be the answer.
pub(in crate::explain) struct Question {
    pub(in crate::explain) algorithm: Algorithm,
    pub(in crate::explain) content: Content,
    pub(in crate::explain) timestamp: String,
    pub(in crate::explain) id: String,
    /// How the secret is read.
    pub(in crate::explain) key: KeyFormat,
    answers: Vec<Answer>,
}

struct Answer {
    digest: Digest,
    causes: Causes,
}

impl Question {
    /// The faults that led to the digest, if it is an answer.
    pub(in crate::explain) fn answer(&self, digest: &Digest) -> Option<&Causes> {
        self.answers.iter().find(|answer| answer.is(digest)).map(|answer| &answer.causes)
    }

    /// The faults that lead to each of the answers.
    pub(in crate::explain) fn causes(&self) -> impl Iterator<Item = &Causes> {
        self.answers.iter().map(|answer| &answer.causes)
    }

    /// The fewest faults that lead to an answer.
    pub(in crate::explain) fn faults(&self) -> usize {
        self.answers.iter().map(|answer| answer.causes.count()).min().unwrap_or(usize::MAX)
    }

    fn is_same(&self, other: &Self) -> bool {
        self.algorithm == other.algorithm
            && self.content == other.content
            && self.timestamp == other.timestamp
            && self.id == other.id
            && self.key == other.key
    }

    fn take(&mut self, answer: Answer) {
        match self.answers.iter().position(|known| known.digest.equals(&answer.digest)) {
            Some(known) if self.answers[known].causes.count() <= answer.causes.count() => {}
            Some(known) => self.answers[known] = answer,
            None if self.answers.len() < MAX_ANSWERS => self.answers.push(answer),
            None => {}
        }
    }
}

impl Answer {
    /// A digest that was cut answers by its beginning.
    fn is(&self, digest: &Digest) -> bool {
        let whole = digest.as_bytes();
        let beginning = whole.get(..self.digest.as_bytes().len()).and_then(Digest::new);
        beginning.is_some_and(|beginning| beginning.equals(&self.digest))
    }
}

/// All questions about a delivery, those first that need the fewest faults.
pub(in crate::explain) fn questions(
    scheme: &Scheme,
    others: &[Scheme],
    contents: &[Content],
    given: &Given,
) -> Vec<Question> {
    let scheme = scheme.compiled();
    let mut asker = Asker {
        scheme,
        given,
        contents,
        timestamps: scheme.timestamp.as_ref().map_or_else(Vec::new, |r| texts(given, &r.headers)),
        other_timestamps: other_timestamps(given, scheme),
        ids: texts(given, &scheme.id),
        other_ids: other_ids(given, scheme),
        attempts: 0,
        questions: Vec::new(),
    };
    asker.ask_about(|named| named != Named::Otherwise);
    others.iter().for_each(|other| asker.ask_about_other(other.compiled()));
    asker.ask_about(|named| named == Named::Otherwise);
    asker.questions.sort_by_key(Question::faults);
    asker.questions
}

struct Asker<'a> {
    scheme: &'a Compiled,
    given: &'a Given,
    /// What else may be signed.
    contents: &'a [Content],
    /// What the scheme's headers have, and others that may be meant.
    timestamps: Vec<Text>,
    other_timestamps: Vec<Text>,
    ids: Vec<Text>,
    other_ids: Vec<Text>,
    attempts: usize,
    questions: Vec<Question>,
}

/// A digest, and what was undone to read it.
struct Found {
    digest: Digest,
    algorithm: Algorithm,
    causes: Causes,
}

impl Asker<'_> {
    /// Asks about the scheme's signature, in the headers whose names are so related to its own.
    fn ask_about(&mut self, is_named: impl Fn(Named) -> bool) {
        for expected in &self.scheme.signatures {
            for header in self.given.headers.iter().filter(|h| is_named(h.named(&expected.names))) {
                let name: Causes = header.name_cause(&expected.names).into_iter().collect();
                for mut reading in readings(&header.display(), &header.value) {
                    reading.causes = name.clone().and(&reading.causes);
                    self.ask_about_reading(expected, header, &reading);
                }
            }
        }
    }

    fn ask_about_reading(
        &mut self,
        expected: &SignatureHeader,
        header: &GivenHeader,
        reading: &Reading,
    ) {
        // Digests are in many headers: elsewhere, one that was cut says nothing.
        let may_be_cut = header.named(&expected.names) != Named::Otherwise;
        for form in &expected.forms {
            let mut timestamps = timestamps_within(&reading.text);
            let mut found = Vec::new();
            if let Some(signature) = form.read(&reading.text) {
                timestamps = signature.timestamp.map(Text::from).into_iter().collect();
                found.extend(signature.digests().map(|digest| Found {
                    digest,
                    algorithm: form.algorithm,
                    causes: reading.causes.clone(),
                }));
            }
            for token in tokens(&reading.text) {
                let causes = token_causes(&token, form, &header.display(), may_be_cut);
                found.extend(causes.into_iter().map(|(algorithm, causes)| Found {
                    digest: token.digest.clone(),
                    algorithm,
                    causes: reading.causes.clone().and(&causes),
                }));
            }
            if !form.layout.has_timestamp() {
                timestamps.extend(self.timestamps.iter().cloned());
            }
            for found in found {
                self.ask_own(form, &found, &timestamps);
                self.ask_contents(form, &found, &timestamps);
            }
        }
    }

    /// The scheme's own content, with the timestamps as they came or in another unit.
    fn ask_own(&mut self, form: &SignatureForm, found: &Found, timestamps: &[Text]) {
        let ids = self.ids.clone();
        let key = &self.scheme.key;
        self.ask(&form.content, key, found, timestamps, &ids);
        self.ask(&form.content, key, found, &in_other_units(timestamps), &ids);
    }

    fn ask_contents(&mut self, form: &SignatureForm, found: &Found, timestamps: &[Text]) {
        let timestamps = [timestamps, &self.other_timestamps].concat();
        let ids = [self.ids.as_slice(), &self.other_ids].concat();
        for content in self.contents.iter().filter(|content| **content != form.content) {
            let evidence = format!(
                "the signature matches over `{}`; the scheme signs `{}`",
                content.template(),
                form.content.template()
            );
            let cause = Cause::new(FindingCode::SignedContent, evidence.replace('\n', "\\n"));
            let causes = found.causes.clone().and(&cause.into());
            let found = Found { digest: found.digest.clone(), causes, ..*found };
            self.ask(content, &self.scheme.key, &found, &timestamps, &ids);
        }
    }

    /// Asks by another provider's scheme, about its own header or the one that is expected here.
    fn ask_about_other(&mut self, other: &Compiled) {
        for expected in &other.signatures {
            for header in &self.given.headers {
                let is_theirs = header.named(&expected.names) < Named::Extended;
                let own = self.scheme.signatures.iter().map(|own| header.named(&own.names)).min();
                if !is_theirs && own == Some(Named::Otherwise) {
                    continue;
                }
                for form in &expected.forms {
                    let Some(signature) = form.read(&header.value) else { continue };
                    let evidence = format!(
                        "`{}` holds a signature as {} writes it, and it matches by that scheme",
                        header.display(),
                        other.title
                    );
                    let causes: Causes = Cause::new(FindingCode::OtherProvider, evidence).into();
                    let timestamps = match (signature.timestamp, &other.timestamp) {
                        (Some(text), _) => vec![Text::from(text)],
                        (None, Some(rule)) => texts(self.given, &rule.headers),
                        (None, None) => Vec::new(),
                    };
                    let ids = texts(self.given, &other.id);
                    for digest in signature.digests() {
                        let causes = causes.clone();
                        let found = Found { digest, algorithm: form.algorithm, causes };
                        self.ask(&form.content, &other.key, &found, &timestamps, &ids);
                    }
                }
            }
        }
    }

    fn ask(
        &mut self,
        content: &Content,
        key: &KeyFormat,
        found: &Found,
        timestamps: &[Text],
        ids: &[Text],
    ) {
        let nothing = [Text::from("")];
        let timestamps = if content.has_timestamp() { timestamps } else { &nothing };
        let ids = if content.has_id() { ids } else { &nothing };
        for timestamp in timestamps {
            for id in ids {
                let causes = found.causes.clone().and(&timestamp.causes).and(&id.causes);
                let answer = Answer { digest: found.digest.clone(), causes };
                let question = Question {
                    algorithm: found.algorithm,
                    content: content.clone(),
                    timestamp: timestamp.text.clone(),
                    id: id.text.clone(),
                    key: key.clone(),
                    answers: Vec::new(),
                };
                self.add(question, answer);
            }
        }
    }

    fn add(&mut self, mut question: Question, answer: Answer) {
        self.attempts += 1;
        if self.attempts > MAX_ATTEMPTS {
            return;
        }
        match self.questions.iter().position(|known| known.is_same(&question)) {
            Some(known) => self.questions[known].take(answer),
            None if self.questions.len() < MAX_QUESTIONS => {
                question.take(answer);
                self.questions.push(question);
            }
            None => {}
        }
    }
}

/// What would have to be undone for a token to be a digest of the form, for each algorithm that
/// it may be of.
fn token_causes(
    token: &Token<'_>,
    form: &SignatureForm,
    name: &str,
    may_be_cut: bool,
) -> Vec<(Algorithm, Causes)> {
    let length = token.digest.as_bytes().len();
    let expected = form.algorithm.digest_len();
    let mut found = Vec::new();
    if let Some(algorithm) = Algorithm::ALL.into_iter().find(|a| a.digest_len() == length) {
        let mut causes = Causes::none();
        if algorithm != form.algorithm {
            let evidence = format!(
                "`{name}` holds {length} bytes, as {} gives; the scheme's {} gives {expected}",
                algorithm.name(),
                form.algorithm.name()
            );
            causes.add(Cause::new(FindingCode::SignatureAlgorithm, evidence));
        }
        if !token.written.is(form.encoding, algorithm) {
            let evidence = format!(
                "`{name}` holds {}; the scheme has {}",
                token.written.description(),
                form.encoding.characters()
            );
            causes.add(Cause::new(FindingCode::SignatureEncoding, evidence));
        }
        if let Some(cause) = prefix_cause(token, form, name, algorithm) {
            causes.add(cause);
        }
        found.push((algorithm, causes));
    }
    if may_be_cut && length < expected {
        let evidence = format!("`{name}` holds {length} bytes of {expected}, and they are right");
        let cause = Cause::new(FindingCode::SignatureTruncated, evidence);
        found.push((form.algorithm, cause.into()));
    }
    found
}

fn prefix_cause(
    token: &Token<'_>,
    form: &SignatureForm,
    name: &str,
    algorithm: Algorithm,
) -> Option<Cause> {
    let expected = match &form.layout {
        Layout::Single { prefix } | Layout::List { prefix, .. } => prefix.clone(),
        Layout::Pairs { signature, .. } => format!("{signature}="),
    };
    let is_right = match form.layout {
        Layout::Single { .. } => token.before == expected && token.is_last,
        Layout::List { .. } | Layout::Pairs { .. } => token.before.ends_with(&expected),
    };
    // The other algorithm's name belongs to it.
    let names_algorithm = Algorithm::ALL.iter().any(|a| token.before == format!("{}=", a.hash()));
    if is_right || (algorithm != form.algorithm && names_algorithm) {
        return None;
    }
    let came = match token.before {
        "" => "nothing".to_owned(),
        before if is_harmless(before) => format!("`{before}`"),
        _ => "something else".to_owned(),
    };
    let expected = if expected.is_empty() { "nothing".to_owned() } else { format!("`{expected}`") };
    let evidence = format!("`{name}` has {came} before the digest; the scheme has {expected}");
    Some(Cause::new(FindingCode::SignaturePrefix, evidence))
}

/// Whether what stands before a digest is short and plain enough to be shown.
fn is_harmless(before: &str) -> bool {
    before.len() <= 12
        && before.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_=, :".contains(&b))
}
