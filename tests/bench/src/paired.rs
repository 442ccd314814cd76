//! Timing several things in one run, in turn, so that they meet the same machine.

use std::time::{Duration, Instant};

/// How long one sample takes, about: long beside the clock's resolution, short beside the
/// machine's changes of speed.
const SAMPLE: Duration = Duration::from_micros(200);

/// A thing to time, and what it is called.
pub struct Contender<'c> {
    name: &'c str,
    run: Box<dyn FnMut() + 'c>,
}

impl std::fmt::Debug for Contender<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

impl<'c> Contender<'c> {
    /// Names a thing to time.
    pub fn new(name: &'c str, run: impl FnMut() + 'c) -> Self {
        Self { name, run: Box::new(run) }
    }
}

/// What was measured of one contender.
#[derive(Debug)]
pub struct Row {
    /// What it is called.
    pub name: String,
    /// The median of one run, in nanoseconds.
    pub nanoseconds: f64,
    /// The first contender's time divided by this one's: the median over the rounds.
    pub ratio: f64,
}

/// What was measured of all.
#[derive(Debug)]
pub struct Medians(pub Vec<Row>);

impl Medians {
    /// The same for one of the many things that each run did.
    #[must_use]
    pub fn per(mut self, things: u32) -> Self {
        for row in &mut self.0 {
            row.nanoseconds /= f64::from(things);
        }
        self
    }

    /// Prints a line each: the first one's time, and its ratio to each of the others.
    pub fn print(&self) {
        for (number, row) in self.0.iter().enumerate() {
            let ratio = match number {
                0 => String::new(),
                _ => format!("{} takes {:.2} of it", self.0[0].name, row.ratio),
            };
            println!("  {:<36} {:>10.0}   {ratio}", row.name, row.nanoseconds);
        }
    }
}

/// Times each in turn, round after round.
#[must_use]
pub fn compare(contenders: &mut [Contender<'_>], rounds: usize) -> Medians {
    let repeats: Vec<u32> = contenders.iter_mut().map(|c| repeats(&mut *c.run)).collect();
    let mut samples: Vec<Vec<f64>> = vec![Vec::with_capacity(rounds); contenders.len()];
    for _ in 0..rounds {
        for (number, contender) in contenders.iter_mut().enumerate() {
            samples[number].push(time(&mut *contender.run, repeats[number]));
        }
    }
    let ratio =
        |own: &[f64]| median(samples[0].iter().zip(own).map(|(first, own)| first / own).collect());
    let rows = contenders.iter().zip(&samples).map(|(contender, own)| Row {
        name: contender.name.to_owned(),
        nanoseconds: median(own.clone()),
        ratio: ratio(own),
    });
    Medians(rows.collect())
}

fn repeats(run: &mut dyn FnMut()) -> u32 {
    let mut repeats = 1;
    let sample = SAMPLE.as_secs_f64() * 1e9;
    while time(run, repeats) * f64::from(repeats) < sample && repeats < 1 << 20 {
        repeats *= 2;
    }
    repeats
}

fn time(run: &mut dyn FnMut(), repeats: u32) -> f64 {
    let start = Instant::now();
    for _ in 0..repeats {
        run();
    }
    start.elapsed().as_secs_f64() * 1e9 / f64::from(repeats)
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
