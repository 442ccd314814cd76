//! Searches random templates for texts that can be taken apart in two ways, by brute force. The
//! words are few and short; what the checker is told of a part is computed from all of its words.

use std::collections::HashMap;

use super::byte_set::ByteSet;
use super::forms::are_told_apart;
use super::part::{Narrowing, Part};
use super::settle::settle;

/// The same numbers each time (`SplitMix64`).
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % bound as u64).expect("less than a usize")
    }

    fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())].clone()
    }
}

/// The words of a part, and the part.
#[derive(Clone)]
struct Language {
    words: Vec<Vec<u8>>,
    part: Part,
}

impl Language {
    fn new(name: &str, words: Vec<Vec<u8>>, narrowing: Narrowing) -> Self {
        let mut first = ByteSet::EMPTY;
        let mut last = ByteSet::EMPTY;
        let mut continues = ByteSet::EMPTY;
        let mut precedes = ByteSet::EMPTY;
        for word in &words {
            if let ([head, ..], [.., tail]) = (&word[..], &word[..]) {
                (first, last) = (first.with(*head), last.with(*tail));
            }
            for at in 0..word.len() {
                if words.iter().any(|other| *other == word[..at]) {
                    continues = continues.with(word[at]);
                }
                if words.iter().any(|other| *other == word[at + 1..]) {
                    precedes = precedes.with(word[at]);
                }
            }
        }
        let length = words[0].len();
        let is_fixed = narrowing == Narrowing::None && words.iter().all(|w| w.len() == length);
        let places = is_fixed.then(|| {
            let place = |at| words.iter().fold(ByteSet::EMPTY, |set, word| set.with(word[at]));
            (0..length).map(place).collect()
        });
        let may_be_empty = words.contains(&Vec::new());
        let name = name.to_owned();
        let part = Part { name, first, last, continues, precedes, may_be_empty, places, narrowing };
        Self { words, part }
    }

    fn literal(text: &str) -> Self {
        let found = Self::new(&format!("`{text}`"), vec![text.into()], Narrowing::None);
        assert_eq!(found.part, Part::literal(text));
        found
    }

    /// The words that are left where the checker has restricted the part.
    fn narrowed(&self, to: &Part) -> Vec<Vec<u8>> {
        let allowed = |word: &&Vec<u8>| {
            to.digits().is_none_or(|length| word.len() == length)
                && !word.iter().any(|byte| to.forbidden().contains(*byte))
        };
        self.words.iter().filter(allowed).cloned().collect()
    }
}

/// All texts of these characters and these lengths.
fn texts(alphabet: &str, lengths: core::ops::RangeInclusive<usize>) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    let mut longest = vec![Vec::new()];
    for length in 0..=*lengths.end() {
        if lengths.contains(&length) {
            found.extend(longest.iter().cloned());
        }
        let longer = |word: &Vec<u8>| {
            let word = word.clone();
            alphabet.bytes().map(move |byte| [&word[..], &[byte]].concat())
        };
        longest = longest.iter().flat_map(longer).collect();
    }
    found
}

fn padded(words: &[&str]) -> Vec<Vec<u8>> {
    let pads = ["", " "];
    let with = |word: &&str| {
        let word = (*word).to_owned();
        pads.map(|before| pads.map(|after| format!("{before}{word}{after}").into_bytes())).concat()
    };
    words.iter().flat_map(with).collect()
}

const CONTAINERS: &[&str] =
    &["{}", "{1}", "{.}", "{a:}", "{{}}", "{1.{}}", "{{}.{2}}", "{.{ }}", "{ {}}", "{12}"];

fn variables() -> Vec<Language> {
    let (none, text) = (Narrowing::None, Narrowing::Without(ByteSet::EMPTY));
    let list = |words: &[&str]| words.iter().map(|word| word.as_bytes().to_vec()).collect();
    let [mut json, with_nothing] =
        [padded(CONTAINERS), [padded(CONTAINERS), vec![vec![]]].concat()];
    let containers = json.clone();
    json.extend(padded(&["1", "12", "1.2"]));
    vec![
        Language::new("{bytes}", texts("12.:{} ", 0..=2), none),
        Language::new("{containers}", containers, none),
        Language::new("{containers or nothing}", with_nothing, none),
        Language::new("{json}", json, none),
        Language::new("{number}", texts("12", 1..=3), Narrowing::Digits(2)),
        Language::new("{moment}", list(&["1:aB", "2:aB", "1:1aB", "2:12aB", "1:2aB"]), none),
        Language::new("{uuid}", texts("12a", 2..=2), none),
        Language::new("{method}", list(&["B", "BB", "BBB"]), none),
        Language::new("{id}", texts("12aB.:{", 1..=2), text),
        Language::new("{header}", texts("12aB.:}", 0..=2), text),
        Language::new("{url}", texts("a1/.:", 1..=2), none),
    ]
}

const BODIES: usize = 4;

const LITERALS: &[&str] = &[".", ":", "::", ".a", "1", "a", ".:.", "}", "B.", " "];

fn template(random: &mut Random, variables: &[Language]) -> Vec<Language> {
    let (bodies, others) = variables.split_at(BODIES);
    let mut chosen = Vec::new();
    if random.below(20) > 2 {
        chosen.push(random.pick(bodies));
    }
    for _ in 0..random.below(4) + usize::from(chosen.is_empty()) {
        let at = random.below(chosen.len() + 1);
        chosen.insert(at, random.pick(others));
    }
    let mut parts = Vec::new();
    for variable in chosen {
        if random.below(20) < 9 {
            parts.push(Language::literal(random.pick(LITERALS)));
        }
        parts.push(variable);
    }
    if random.below(5) == 0 {
        parts.push(Language::literal(random.pick(LITERALS)));
    }
    parts
}

/// A form as the checker leaves it, or as it was where the checker refuses it.
struct Form {
    parts: Vec<Part>,
    words: Vec<Vec<Vec<u8>>>,
    is_admitted: bool,
}

impl Form {
    fn new(languages: &[Language]) -> Self {
        let mut parts: Vec<Part> = languages.iter().map(|language| language.part.clone()).collect();
        let before = parts.clone();
        let is_admitted = settle(&mut parts).is_ok();
        let parts = if is_admitted { parts } else { before };
        let words = languages.iter().zip(&parts).map(|(language, to)| language.narrowed(to));
        Self { words: words.collect(), parts, is_admitted }
    }

    fn name(&self) -> String {
        self.parts.iter().map(|part| part.name.as_str()).collect()
    }

    /// Some texts of the form, made of short words rather than of long ones, with the values.
    fn texts(&self, budget: usize) -> Vec<(Vec<u8>, Vec<&[u8]>)> {
        let longer = self.words.iter().filter(|words| words.len() > 1).count();
        let mut most = 2;
        while longer > 0 && (most + 1_usize).pow(u32::try_from(longer).expect("few")) <= budget {
            most += 1;
        }
        let mut found: Vec<(Vec<u8>, Vec<&[u8]>)> = vec![(Vec::new(), Vec::new())];
        for words in &self.words {
            let mut words: Vec<&Vec<u8>> = words.iter().collect();
            words.sort_by_key(|word| word.len());
            // Half of them are the shortest ones, the others from among the rest.
            if words.len() > most {
                let rest = words.split_off(most / 2);
                words.extend(rest.iter().step_by(rest.len().div_ceil(most - most / 2)));
            }
            found = found
                .iter()
                .flat_map(|(text, values)| {
                    words.iter().map(move |word| {
                        let values = values.iter().copied().chain([word.as_slice()]).collect();
                        ([text.as_slice(), word].concat(), values)
                    })
                })
                .collect();
        }
        found
    }

    /// Two lists of values that give the same text.
    fn collision(&self, budget: usize) -> Option<String> {
        let texts = self.texts(budget);
        let mut seen: HashMap<&[u8], &Vec<&[u8]>> = HashMap::new();
        texts.iter().find_map(|(text, values)| {
            let earlier = seen.insert(text, values)?;
            (earlier != values)
                .then(|| format!("{} {:?}", self.name(), text.escape_ascii().to_string()))
        })
    }
}

#[test]
fn no_text_of_an_admitted_template_can_be_taken_apart_in_two_ways() {
    let (variables, mut random) = (variables(), Random(1));
    let [mut admitted, mut refused, mut collided] = [0; 3];
    for _ in 0..3000 {
        let form = Form::new(&template(&mut random, &variables));
        let collision = form.collision(1500);
        if form.is_admitted {
            admitted += 1;
            assert_eq!(collision, None);
        } else {
            refused += 1;
            collided += usize::from(collision.is_some());
        }
    }
    assert_eq!((admitted, refused, collided), (2446, 554, 422));
}

#[test]
fn no_text_is_one_of_two_forms_that_are_told_apart() {
    let (variables, mut random) = (variables(), Random(2));
    let forms: Vec<Form> =
        core::iter::repeat_with(|| Form::new(&template(&mut random, &variables)))
            .filter(|form| form.is_admitted)
            .take(200)
            .collect();
    let texts: Vec<std::collections::HashSet<Vec<u8>>> = forms
        .iter()
        .map(|form| form.texts(400).into_iter().map(|(text, _)| text).collect())
        .collect();
    let [mut apart, mut not, mut overlapping] = [0; 3];
    for (one, its) in forms.iter().zip(&texts) {
        for (other, others) in forms.iter().zip(&texts) {
            let common = its.iter().find(|text| others.contains(*text));
            if are_told_apart(&one.parts, &other.parts) {
                apart += 1;
                assert_eq!(common, None, "{} and {}", one.name(), other.name());
            } else {
                not += 1;
                overlapping += usize::from(common.is_some());
            }
        }
    }
    assert_eq!((apart, not, overlapping), (29214, 10786, 1520));
}
