use std::fmt::Write as _;

use super::Documents;

/// Where notation, precision or range change.
const EDGES: [&str; 40] = [
    "0",
    "-0",
    "0.0",
    "-0.0",
    "0e0",
    "-0E+99",
    "1",
    "-1",
    "1.0",
    "10.50",
    "1E3",
    "1e+3",
    "1e-3",
    "1e007",
    "100000000000000000000",
    "1e20",
    "1e21",
    "123456789012345680000",
    "999999999999999900000",
    "999999999999999999999",
    "0.000001",
    "0.0000001",
    "1e-6",
    "1e-7",
    "9007199254740991",
    "9007199254740992",
    "9007199254740993",
    "-9007199254740993",
    "18446744073709551615",
    "18446744073709551616",
    "0.1",
    "0.30000000000000004",
    "5e-324",
    "2.4703282292062327e-324",
    "2.4703282292062328e-324",
    "2.2250738585072011e-308",
    "1.7976931348623157e308",
    "1.7976931348623158e308",
    "1.7976931348623159e308",
    "-1e400",
];

impl Documents {
    pub(super) fn write_number(&mut self) {
        if !self.nasty {
            let number = self.rng.i32(..);
            return self.write_text(number);
        }
        match self.rng.u8(..100) {
            0..30 => {
                let number = self.pick(&EDGES);
                self.text.push_str(number);
            }
            30..40 => {
                let number = self.rng.i16(-1000..1000);
                self.write_text(number);
            }
            40..48 => {
                let number = self.rng.i64(..);
                self.write_text(number);
            }
            48..56 => {
                let exact: i64 = 1 << 53;
                let number = exact + self.rng.i64(-1000..1000);
                self.write_text(number);
            }
            56..72 => self.write_double(),
            72..80 => {
                let cents = self.rng.u32(..10_000_000);
                self.write_text(format_args!("{}.{:02}", cents / 100, cents % 100));
            }
            80..88 => {
                let length = self.rng.usize(1..25);
                self.write_digits(length);
            }
            88..99 => self.write_parts(),
            _ => {
                let length = self.rng.usize(25..900);
                self.write_digits(length);
            }
        }
    }

    fn write_text(&mut self, number: impl core::fmt::Display) {
        // Writing to a String cannot fail.
        let _ = write!(self.text, "{number}");
    }

    /// Any finite double, in one of the ways to write it.
    fn write_double(&mut self) {
        let double = f64::from_bits(self.rng.u64(..));
        if !double.is_finite() {
            return self.text.push('0');
        }
        match self.rng.u8(..100) {
            0..4 => self.write_text(double),
            4..50 => self.write_text(format_args!("{double:e}")),
            50..98 => self.write_text(format_args!("{double:.20E}")),
            // The next digits decide which neighbour is nearer.
            _ => self.write_text(format_args!("{double:.800e}")),
        }
    }

    /// All of the grammar's parts, at random.
    fn write_parts(&mut self) {
        if self.rng.bool() {
            self.text.push('-');
        }
        let length = self.rng.usize(1..20);
        self.write_digits(length);
        if self.rng.bool() {
            self.text.push('.');
            for _ in 0..self.rng.u8(1..20) {
                let digit = self.rng.char('0'..='9');
                self.text.push(digit);
            }
        }
        if self.rng.bool() {
            let sign = self.pick(&["", "+", "-"]);
            let letter = self.pick(&['e', 'E']);
            let exponent = self.rng.u16(..400);
            self.write_text(format_args!("{letter}{sign}{exponent}"));
        }
    }

    fn write_digits(&mut self, length: usize) {
        let first = self.rng.char('1'..='9');
        self.text.push(first);
        for _ in 1..length {
            let digit = self.rng.char('0'..='9');
            self.text.push(digit);
        }
    }
}
