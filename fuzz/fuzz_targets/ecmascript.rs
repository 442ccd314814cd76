//! A JSON text: what is valid, what it means, and its ECMAScript form.

#![no_main]

use core::convert::Infallible;

use hookseal_json::{RawNumber, RawString, Visitor, read, to_ecmascript, validate};
use libfuzzer_sys::fuzz_target;
use serde::de::IgnoredAny;
use serde_json::{Map, Value};

fuzz_target!(|text: &str| {
    let valid = validate(text).is_ok();
    let form = to_ecmascript(text);
    assert_eq!(valid, form.is_ok());
    // serde_json skips what is deeper, too.
    if nests_at_most(text, 128) {
        assert_eq!(valid, serde_json::from_str::<IgnoredAny>(text).is_ok());
    }
    let built = serde_json::from_str::<Value>(text);
    assert!(valid || built.is_err() || !nests_at_most(text, 128));
    let Ok(form) = form else { return };

    assert_eq!(to_ecmascript(&form).as_deref(), Ok(form.as_str()), "it is its own form");
    let ours = tree(text);
    // Keys of different lone surrogates are different keys, but decode to the same text.
    if !form.contains("\\ud") {
        assert_eq!(as_doubles(ours.clone()), as_doubles(tree(&form)), "it means the same");
    }
    // What it refuses beyond syntax is lone surrogates and numbers beyond doubles.
    if let Ok(built) = built {
        assert_eq!(ours, built);
    }
});

/// Returns `true` if the text opens at most so many containers at once, strings not told apart:
/// enough to know where the limit cannot matter.
fn nests_at_most(text: &str, limit: usize) -> bool {
    let mut depth = 0_usize;
    text.bytes().all(|byte| {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth <= limit
    })
}

fn tree(text: &str) -> Value {
    let mut builder = Builder::default();
    read(text, &mut builder).expect("the text is valid");
    builder.done.expect("a text is one value")
}

/// As ECMAScript has them: every number a double, none infinite.
fn as_doubles(value: Value) -> Value {
    match value {
        Value::Number(number) => {
            let double: f64 = number.as_f64().expect("every number has a nearest double");
            // Negative zero is written as zero.
            serde_json::Number::from_f64(double + 0.0).map_or(Value::Null, Value::Number)
        }
        Value::Array(elements) => elements.into_iter().map(as_doubles).collect(),
        Value::Object(members) => {
            members.into_iter().map(|(key, value)| (key, as_doubles(value))).collect()
        }
        other => other,
    }
}

#[derive(Default)]
struct Builder {
    open: Vec<(Value, Option<String>)>,
    done: Option<Value>,
}

impl Builder {
    fn add(&mut self, value: Value) {
        match self.open.last_mut() {
            None => assert!(self.done.replace(value).is_none(), "a text is one value"),
            Some((Value::Array(elements), _)) => elements.push(value),
            Some((Value::Object(members), key)) => {
                members.insert(key.take().expect("a key before each value"), value);
            }
            Some(_) => unreachable!("only containers are open"),
        }
    }

    fn end(&mut self) {
        let (container, key) = self.open.pop().expect("what ends has begun");
        assert_eq!(key, None, "a value after each key");
        self.add(container);
    }
}

impl Visitor<'_> for Builder {
    type Error = Infallible;

    fn null(&mut self) -> Result<(), Infallible> {
        self.add(Value::Null);
        Ok(())
    }

    fn boolean(&mut self, value: bool) -> Result<(), Infallible> {
        self.add(Value::Bool(value));
        Ok(())
    }

    fn number(&mut self, number: RawNumber<'_>) -> Result<(), Infallible> {
        let text = number.as_str();
        let integer = match (number.is_integer(), text.parse::<u64>(), text.parse::<i64>()) {
            _ if text == "-0" => None,
            (true, Ok(positive), _) => Some(Value::from(positive)),
            (true, _, Ok(negative)) => Some(Value::from(negative)),
            _ => None,
        };
        self.add(integer.unwrap_or_else(|| Value::from(number.to_f64())));
        Ok(())
    }

    fn string(&mut self, string: RawString<'_>) -> Result<(), Infallible> {
        self.add(Value::String(string.decode().into_owned()));
        Ok(())
    }

    fn begin_array(&mut self) -> Result<(), Infallible> {
        self.open.push((Value::Array(Vec::new()), None));
        Ok(())
    }

    fn end_array(&mut self) -> Result<(), Infallible> {
        self.end();
        Ok(())
    }

    fn begin_object(&mut self) -> Result<(), Infallible> {
        self.open.push((Value::Object(Map::new()), None));
        Ok(())
    }

    fn key(&mut self, key: RawString<'_>) -> Result<(), Infallible> {
        let (_, pending) = self.open.last_mut().expect("a key is in an object");
        assert!(pending.replace(key.decode().into_owned()).is_none(), "a value after each key");
        Ok(())
    }

    fn end_object(&mut self) -> Result<(), Infallible> {
        self.end();
        Ok(())
    }
}
