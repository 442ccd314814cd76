use std::fmt::Write as _;

use super::Documents;

/// Characters at the edges of UTF-8's and UTF-16's lengths, and those that some writers escape.
const EDGES: [char; 24] = [
    '\u{7f}',
    '\u{80}',
    '\u{9f}',
    '\u{e9}',
    '\u{ff}',
    '\u{100}',
    '\u{7ff}',
    '\u{800}',
    '\u{e01}',
    '\u{2028}',
    '\u{2029}',
    '\u{20ac}',
    '\u{6f22}',
    '\u{d7ff}',
    '\u{e000}',
    '\u{feff}',
    '\u{fffd}',
    '\u{fffe}',
    '\u{ffff}',
    '\u{10000}',
    '\u{1f600}',
    '\u{1d11e}',
    '\u{ffffe}',
    '\u{10ffff}',
];

const WORDS: [&str; 8] =
    ["policy", "claim approved", "Jack Olu", "a", "", "2023-08-18T09:47:22.008Z", "<b>&'/", "0"];

impl Documents {
    pub(super) fn write_string(&mut self) {
        self.text.push('"');
        if self.nasty {
            self.write_pieces();
        } else {
            let word = self.pick(&WORDS);
            self.text.push_str(word);
        }
        self.text.push('"');
    }

    pub(super) fn write_pieces(&mut self) {
        for _ in 0..self.rng.u8(..6) {
            self.write_piece();
        }
    }

    fn write_piece(&mut self) {
        match self.rng.u8(..14) {
            0..4 => {
                let word = self.pick(&WORDS);
                self.text.push_str(word);
            }
            4..6 => {
                let char = self.pick(&EDGES);
                self.text.push(char);
            }
            6 => {
                let char = self.rng.char(' '..='~');
                if !matches!(char, '"' | '\\') {
                    self.text.push(char);
                }
            }
            7 => {
                let escape = self.pick(&["\\\"", "\\\\", "\\/", "\\b", "\\f", "\\n", "\\r", "\\t"]);
                self.text.push_str(escape);
            }
            8 => {
                let unit = self.rng.u16(..0x80);
                self.write_unit(unit);
            }
            9 => {
                let unit = self.rng.u16(..);
                self.write_unit(unit);
            }
            10 => {
                let char = self.pick(&EDGES);
                let mut units = [0; 2];
                for unit in char.encode_utf16(&mut units) {
                    self.write_unit(*unit);
                }
            }
            // Pairs, and halves of them.
            11..13 => {
                for _ in 0..self.rng.u8(1..4) {
                    let unit = self.rng.u16(0xd800..=0xdfff);
                    self.write_unit(unit);
                }
            }
            _ => self.write_long_piece(),
        }
    }

    /// Enough for readers that look at many bytes at once.
    fn write_long_piece(&mut self) {
        for _ in 0..self.rng.u8(5..40) {
            let char = self.rng.char('a'..='z');
            self.text.push(char);
        }
    }

    /// An escape, its digits of either case.
    pub(super) fn write_unit(&mut self, unit: u16) {
        let escape = if self.rng.bool() { format!("{unit:04x}") } else { format!("{unit:04X}") };
        // Writing to a String cannot fail.
        let _ = write!(self.text, "\\u{escape}");
    }
}
