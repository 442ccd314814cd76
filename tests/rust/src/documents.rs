//! Random JSON texts, the same ones for the same seed.
//!
//! [`Documents::nasty`] looks for the places where readers and writers of JSON differ from each
//! other; [`Documents::plain`] keeps away from all of them.

mod keys;
mod numbers;
mod strings;

use std::env;

use fastrand::Rng;

/// How deep the documents nest at the most: what every reader under test accepts.
pub const MAX_DEPTH: usize = 127;

/// The seed that `HOOKSEAL_SEED` gives, for other documents than the usual ones.
///
/// # Panics
/// If it is not a number.
#[must_use]
pub fn seed() -> u64 {
    number_from("HOOKSEAL_SEED").unwrap_or(0x5ea1)
}

/// How many documents `HOOKSEAL_DOCUMENTS` asks for.
///
/// # Panics
/// If it is not a number.
#[must_use]
pub fn count(default: usize) -> usize {
    let given = number_from("HOOKSEAL_DOCUMENTS");
    given.map_or(default, |count| usize::try_from(count).unwrap_or(usize::MAX))
}

fn number_from(variable: &str) -> Option<u64> {
    let text = env::var(variable).ok()?;
    Some(text.parse().unwrap_or_else(|error| unreachable!("{variable}={text}: {error}")))
}

/// A source of documents.
#[derive(Clone, Debug)]
pub struct Documents {
    rng: Rng,
    nasty: bool,
    /// How many more values the document may hold; bounds its size.
    budget: usize,
    text: String,
}

impl Documents {
    /// Documents with all that JSON allows and implementations get wrong.
    #[must_use]
    pub fn nasty(seed: u64) -> Self {
        Self { rng: Rng::with_seed(seed), nasty: true, budget: 0, text: String::new() }
    }

    /// Compact documents that are written the same by everyone: ASCII text without escapes,
    /// integers, keys that are words and occur once.
    #[must_use]
    pub fn plain(seed: u64) -> Self {
        Self { nasty: false, ..Self::nasty(seed) }
    }

    /// Any value.
    pub fn value(&mut self) -> String {
        self.begin();
        self.write_space();
        if self.nasty && self.rng.u8(..50) == 0 {
            self.write_nested();
        } else if self.rng.u8(..10) == 0 {
            self.write_scalar();
        } else {
            self.write_value(MAX_DEPTH);
        }
        self.write_space();
        core::mem::take(&mut self.text)
    }

    /// An object that holds `member`, such as `"type":"policy.created"`, last.
    pub fn object_with(&mut self, member: &str) -> String {
        self.begin();
        self.text.push('{');
        for number in 0..self.rng.usize(..6) {
            self.write_member(number, MAX_DEPTH - 1);
            self.text.push(',');
        }
        self.text.push_str(member);
        self.text.push('}');
        core::mem::take(&mut self.text)
    }

    /// The random numbers that documents are made from, for what else a test needs.
    pub fn rng(&mut self) -> &mut Rng {
        &mut self.rng
    }

    fn begin(&mut self) {
        // Mostly small, as many small ones find more than a few large ones.
        self.budget = match self.rng.u16(..1000) {
            0 => 3000,
            1..30 => 200,
            _ => 30,
        };
        self.text = String::new();
    }

    fn write_value(&mut self, depth: usize) {
        self.budget = self.budget.saturating_sub(1);
        if depth == 0 || self.budget == 0 {
            return self.write_scalar();
        }
        match self.rng.u8(..10) {
            0..4 => self.write_scalar(),
            4..6 => self.write_array(depth - 1),
            _ => self.write_object(depth - 1),
        }
    }

    fn write_scalar(&mut self) {
        match self.rng.u8(..10) {
            0 => self.text.push_str("null"),
            1 => self.text.push_str("true"),
            2 => self.text.push_str("false"),
            3..6 => self.write_string(),
            _ => self.write_number(),
        }
    }

    fn write_array(&mut self, depth: usize) {
        self.text.push('[');
        self.write_space();
        for number in 0..self.length() {
            if number > 0 {
                self.write_comma();
            }
            self.write_value(depth);
        }
        self.write_space();
        self.text.push(']');
    }

    fn write_object(&mut self, depth: usize) {
        self.text.push('{');
        self.write_space();
        for number in 0..self.length() {
            if number > 0 {
                self.write_comma();
            }
            self.write_member(number, depth);
        }
        self.write_space();
        self.text.push('}');
    }

    fn write_member(&mut self, number: usize, depth: usize) {
        self.write_key(number);
        self.write_space();
        self.text.push(':');
        self.write_space();
        self.write_value(depth);
    }

    fn write_comma(&mut self) {
        self.write_space();
        self.text.push(',');
        self.write_space();
    }

    /// How many members an object or elements an array has.
    fn length(&mut self) -> usize {
        match self.rng.u8(..100) {
            // More than what V8 keeps in a fast object; more than what is compared in pairs.
            0 => self.budget.min(1500),
            1..6 => self.rng.usize(30..80).min(self.budget),
            6..20 => 0,
            _ => self.rng.usize(1..8),
        }
    }

    /// One value inside many containers, objects with more than one member among them.
    fn write_nested(&mut self) {
        let mut ends = Vec::new();
        for depth in 0..self.rng.usize(1..MAX_DEPTH) {
            if self.rng.bool() {
                self.text.push('[');
                ends.push("]".to_owned());
            } else {
                self.text.push('{');
                self.write_key(depth);
                self.text.push(':');
                let second = self.rng.u8(..12);
                ends.push(format!(",\"{second}\":{depth}}}"));
            }
        }
        self.write_value(0);
        for end in ends.iter().rev() {
            self.text.push_str(end);
        }
    }

    fn write_space(&mut self) {
        if self.nasty && self.rng.u8(..8) == 0 {
            for _ in 0..self.rng.u8(1..4) {
                let space = self.pick(&[' ', '\t', '\n', '\r']);
                self.text.push(space);
            }
        }
    }

    fn pick<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.rng.usize(..choices.len())]
    }
}
