//! Compares what should be written with what is there.

use std::fs;
use std::path::{Path, PathBuf};

use crate::error::Error;

/// The command that makes the generated files current.
pub(crate) const COMMAND: &str = "cargo run -p hookseal-codegen";

/// The generated files.
pub(crate) struct Output {
    root: PathBuf,
    files: Vec<(String, String)>,
    /// Files that an earlier run left behind.
    orphans: Vec<String>,
}

impl Output {
    /// Paths are from `root`; `folders` hold no files but generated ones.
    pub(crate) fn new(
        root: &Path,
        files: Vec<(String, String)>,
        folders: &[&str],
    ) -> Result<Self, Error> {
        let mut orphans = Vec::new();
        for folder in folders {
            let path = root.join(folder);
            if !path.exists() {
                continue;
            }
            for entry in fs::read_dir(&path).map_err(|error| Error::file(&path, error))? {
                let entry = entry.map_err(|error| Error::file(&path, error))?;
                // Python keeps a folder of its own there.
                if entry.path().is_dir() {
                    continue;
                }
                let name = format!("{folder}/{}", entry.file_name().to_string_lossy());
                if !files.iter().any(|(path, _)| *path == name) {
                    orphans.push(name);
                }
            }
        }
        Ok(Self { root: root.to_owned(), files, orphans })
    }

    pub(crate) fn len(&self) -> usize {
        self.files.len()
    }

    /// The paths whose content is not what it should be.
    pub(crate) fn stale(&self) -> Result<Vec<&str>, Error> {
        let mut stale: Vec<&str> = self.orphans.iter().map(String::as_str).collect();
        for (path, text) in &self.files {
            let full = self.root.join(path);
            match fs::read_to_string(&full) {
                Ok(present) if present == *text => {}
                Ok(_) => stale.push(path),
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => stale.push(path),
                Err(error) => return Err(Error::file(&full, error)),
            }
        }
        stale.sort_unstable();
        Ok(stale)
    }

    /// Makes these paths what they should be.
    pub(crate) fn write(&self, stale: &[&str]) -> Result<(), Error> {
        for path in stale {
            let full = self.root.join(path);
            let done = match self.files.iter().find(|(file, _)| file == path) {
                Some((_, text)) => full
                    .parent()
                    .map_or(Ok(()), fs::create_dir_all)
                    .and_then(|()| fs::write(&full, text)),
                None => fs::remove_file(&full),
            };
            done.map_err(|error| Error::file(&full, error))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    #[test]
    fn stale_missing_and_left_over_files_are_named_and_made_right() {
        let root = std::env::temp_dir().join(format!("hookseal-codegen-{}", std::process::id()));
        fs::create_dir_all(root.join("out")).unwrap();
        for (name, text) in [("current", "same"), ("stale", "old"), ("left-over", "")] {
            fs::write(root.join("out").join(name), text).unwrap();
        }
        let output = || {
            let file = |name: &str, text: &str| (format!("out/{name}"), text.to_owned());
            let files = vec![file("stale", "new"), file("missing", "new"), file("current", "same")];
            Output::new(&root, files, &["out", "absent"]).unwrap()
        };
        let before = output();
        let stale = before.stale().unwrap();
        assert_eq!(stale, ["out/left-over", "out/missing", "out/stale"]);
        before.write(&stale).unwrap();
        assert!(output().stale().unwrap().is_empty());
        assert_eq!(fs::read_to_string(root.join("out/stale")).unwrap(), "new");
        fs::remove_dir_all(&root).unwrap();
    }
}
