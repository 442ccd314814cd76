//! The questions that a digest can answer: was this made with that algorithm over such content?

use super::super::FindingCode;
use super::super::cause::{Cause, Causes};
use super::deviation::token_causes;
use super::given::{Given, Named};
use super::text::{Text, in_other_units, other_ids, other_timestamps, texts, timestamps_within};
use super::token::tokens;
use super::value::{Reading, readings};
use crate::encoding::KeyFormat;
use crate::mac::{Algorithm, Digest};
use crate::scheme::{Compiled, Content, Layout, Scheme, SignatureForm};

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
    for other in others {
        asker.ask_about_other(other.compiled());
    }
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
                let mut readings = readings(&header.display(), &header.value);
                for reading in &mut readings {
                    reading.causes = name.clone().and(&reading.causes);
                }
                // What fits the form says more than any digest that stands somewhere.
                for form in &expected.forms {
                    for reading in &readings {
                        self.ask_about_signature(form, reading);
                    }
                }
                // Digests are in many headers: elsewhere, one that was cut says nothing.
                let may_be_cut = header.named(&expected.names) != Named::Otherwise;
                for form in &expected.forms {
                    for reading in &readings {
                        self.ask_about_tokens(form, reading, &header.display(), may_be_cut);
                    }
                }
            }
        }
    }

    fn ask_about_signature(&mut self, form: &SignatureForm, reading: &Reading) {
        let Some(signature) = form.read(&reading.text) else { return };
        let timestamps = match signature.timestamp {
            Some(text) => vec![Text::from(text)],
            None => self.timestamps.clone(),
        };
        for digest in signature.digests() {
            let found = Found { digest, algorithm: form.algorithm, causes: reading.causes.clone() };
            self.ask_own(form, &found, &timestamps);
            self.ask_contents(form, &found, &timestamps);
        }
    }

    fn ask_about_tokens(
        &mut self,
        form: &SignatureForm,
        reading: &Reading,
        name: &str,
        may_be_cut: bool,
    ) {
        if self.attempts > MAX_ATTEMPTS {
            return;
        }
        let mut timestamps = timestamps_within(&reading.text);
        if !form.layout.has_timestamp() {
            timestamps.extend(self.timestamps.iter().cloned());
        }
        for token in tokens(&reading.text) {
            for (algorithm, mut causes) in token_causes(&token, form, name, may_be_cut) {
                if causes.count() == 0 {
                    // It is asked about already, or something else about the value is wrong.
                    let evidence = format!("`{name}` is not written as the scheme has it");
                    causes.add(Cause::new(FindingCode::SignaturePrefix, evidence));
                }
                let causes = reading.causes.clone().and(&causes);
                let found = Found { digest: token.digest.clone(), algorithm, causes };
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
        for content in self.contents {
            let is_possible = (!content.has_timestamp() || !timestamps.is_empty())
                && (!content.has_id() || !ids.is_empty());
            if !is_possible || *content == form.content || self.attempts > MAX_ATTEMPTS {
                continue;
            }
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
                    // A bare digest in the own header is nobody's in particular.
                    if !is_theirs && matches!(form.layout, Layout::Single { .. }) {
                        continue;
                    }
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
