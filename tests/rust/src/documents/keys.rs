use std::fmt::Write as _;

use super::Documents;

/// Integers around those that ECMAScript takes for array indices, and what only looks like one.
const INDICES: [&str; 22] = [
    "0",
    "1",
    "2",
    "9",
    "10",
    "99",
    "2147483647",
    "2147483648",
    "4294967293",
    "4294967294",
    "4294967295",
    "4294967296",
    "9007199254740991",
    "9007199254740993",
    "18446744073709551616",
    "-0",
    "-1",
    "01",
    "00",
    "1.0",
    "1e3",
    " 1",
];

const NAMES: [&str; 16] = [
    "id",
    "type",
    "data",
    "event",
    "a",
    "b",
    "",
    "__proto__",
    "constructor",
    "toString",
    "toJSON",
    "length",
    "hasOwnProperty",
    "\u{e9}",
    "\u{661}",
    "NaN",
];

/// Keys of one length whose last characters are the same.
const ALIKE: [&str; 4] =
    ["a-policy-number", "b-policy-number", "c-policy-number", "a_policy-number"];

impl Documents {
    /// Writes a key; `number` tells it from an object's other ones where no key may occur twice.
    pub(super) fn write_key(&mut self, number: usize) {
        self.text.push('"');
        if self.nasty {
            self.write_nasty_key(number);
        } else {
            // Not a word that makes an object anything else than a plain one, and not an integer.
            // Writing to a String cannot fail.
            let _ = write!(self.text, "key{number}");
        }
        self.text.push('"');
    }

    fn write_nasty_key(&mut self, number: usize) {
        match self.rng.u8(..12) {
            0..3 => {
                let index = self.pick(&INDICES);
                self.write_spelt(index);
            }
            3 => {
                let index = self.rng.u32(..).to_string();
                self.write_spelt(&index);
            }
            4..7 => {
                let name = self.pick(&NAMES);
                self.write_spelt(name);
            }
            7 => {
                let name = self.pick(&ALIKE);
                self.write_spelt(name);
            }
            8 => self.write_pieces(),
            _ => self.write_spelt(&format!("k{number}")),
        }
    }

    /// The text, at times with escapes that mean the same.
    fn write_spelt(&mut self, text: &str) {
        let escaped = self.rng.u8(..4) == 0;
        let mut units = [0; 2];
        for char in text.chars() {
            if escaped && self.rng.bool() {
                for unit in char.encode_utf16(&mut units) {
                    self.write_unit(*unit);
                }
            } else {
                self.text.push(char);
            }
        }
    }
}
