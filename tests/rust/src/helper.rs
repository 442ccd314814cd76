//! Programs in other languages that tests compare hookseal with.
//!
//! Such a program reads frames from its standard input until that ends, and answers each with a
//! frame of its own. A frame is its length, four bytes, most significant first, and that many
//! bytes.

use std::io::{self, Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;

use crate::root;

/// A program, started once for every batch of frames.
#[derive(Clone, Copy, Debug)]
pub struct Helper {
    /// What runs it, such as `node`.
    pub runtime: &'static str,
    /// Its file, relative to the project's root.
    pub file: &'static str,
}

impl Helper {
    /// What the program, given `arguments`, answers to each of the frames.
    ///
    /// # Panics
    /// If it cannot be run, fails, or gives another number of answers: a test that cannot compare
    /// has not passed.
    #[must_use]
    pub fn answers<F: AsRef<[u8]> + Sync>(&self, arguments: &[&str], frames: &[F]) -> Vec<Vec<u8>> {
        let answers = self
            .run(arguments, frames)
            .unwrap_or_else(|error| unreachable!("{} {}: {error}", self.runtime, self.file));
        assert_eq!(answers.len(), frames.len(), "{}: one answer for each frame", self.file);
        answers
    }

    fn run<F: AsRef<[u8]> + Sync>(
        &self,
        arguments: &[&str],
        frames: &[F],
    ) -> io::Result<Vec<Vec<u8>>> {
        let mut child = Command::new(self.runtime)
            .arg(root().join(Path::new(self.file)))
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| {
                io::Error::new(error.kind(), format!("is {} installed? {error}", self.runtime))
            })?;
        let (mut input, mut output) = (child.stdin.take(), child.stdout.take());
        // Both at once, or each side would wait for the other with a full pipe.
        let answered = thread::scope(|scope| {
            let writer = scope.spawn(|| input.take().map_or(Ok(()), |to| write_frames(to, frames)));
            let mut answered = Vec::new();
            let read = output.take().map_or(Ok(0), |mut from| from.read_to_end(&mut answered));
            // That the program ended early is told better by its status.
            let _ = writer.join();
            read.map(|_| answered)
        })?;
        let status = child.wait()?;
        if !status.success() {
            return Err(io::Error::other(status.to_string()));
        }
        read_frames(&answered)
    }
}

fn write_frames<F: AsRef<[u8]>>(to: impl Write, frames: &[F]) -> io::Result<()> {
    let mut to = io::BufWriter::with_capacity(1 << 16, to);
    for frame in frames {
        let frame = frame.as_ref();
        let length = u32::try_from(frame.len()).map_err(io::Error::other)?;
        to.write_all(&length.to_be_bytes())?;
        to.write_all(frame)?;
    }
    to.flush()
}

fn read_frames(mut bytes: &[u8]) -> io::Result<Vec<Vec<u8>>> {
    let mut frames = Vec::new();
    while !bytes.is_empty() {
        let mut length = [0; 4];
        bytes.read_exact(&mut length)?;
        let mut frame = vec![0; u32::from_be_bytes(length) as usize];
        bytes.read_exact(&mut frame)?;
        frames.push(frame);
    }
    Ok(frames)
}
