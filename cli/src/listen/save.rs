//! Keeps deliveries as files.

use std::fs::DirBuilder;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::arrival::{self, Verdict};
use crate::failure::Failure;
use crate::input::Delivery;
use crate::input::request::{Request, write};
use crate::text::date_time;

/// A folder of deliveries.
#[derive(Clone, Debug)]
pub(super) struct Folder(PathBuf);

impl Folder {
    /// Makes the folder if it is not there, and sees whether files can be made in it.
    pub(super) fn open(path: &Path) -> Result<Self, Failure> {
        let failed = |error: &io::Error| Failure::file(path, error);
        let mut builder = DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.recursive(true).create(path).map_err(|error| failed(&error))?;
        new_file(path).map_err(|error| failed(&error))?;
        Ok(Self(path.to_owned()))
    }

    /// Keeps a request. The file appears as a whole, readable by its owner alone, and never in
    /// place of another.
    pub(super) fn keep(&self, name: &str, request: &arrival::Request) -> Result<PathBuf, String> {
        let contents = write(&Request {
            method: request.method.clone(),
            target: request.target.clone(),
            delivery: Delivery { body: request.body.to_vec(), headers: request.headers.clone() },
        });
        self.put(name, &contents).map_err(|error| format!("{}: {error}", self.0.display()))
    }

    fn put(&self, name: &str, contents: &[u8]) -> io::Result<PathBuf> {
        let mut file = new_file(&self.0)?;
        file.write_all(contents)?;
        for again in 1_u32.. {
            let name =
                if again == 1 { format!("{name}.http") } else { format!("{name}-{again}.http") };
            let path = self.0.join(name);
            match file.persist_noclobber(&path) {
                Ok(_) => return Ok(path),
                Err(refused) if refused.error.kind() == io::ErrorKind::AlreadyExists => {
                    file = refused.file;
                }
                Err(refused) => return Err(refused.error),
            }
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }
}

/// Makes a file that is removed when it is dropped, and on Unix for its owner alone.
fn new_file(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    tempfile::Builder::new().prefix(".delivery-").tempfile_in(folder)
}

/// Makes a file's name: in the order of arrival, with nothing of the sender's but letters that no
/// file system minds.
pub(super) fn name(at: SystemTime, verdict: &Verdict) -> String {
    const LONGEST: usize = 60;
    let time = date_time(at).map_or_else(String::new, |at| {
        let ((year, month, day), (hour, minute, second, milli)) =
            (at.to_calendar_date(), at.to_hms_milli());
        let month = u8::from(month);
        format!("{year:04}{month:02}{day:02}T{hour:02}{minute:02}{second:02}.{milli:03}Z")
    });
    let what = match verdict {
        Verdict::Verified(event) => event.event_type(),
        Verdict::Refused(refusal) => refusal.code,
    };
    let is_safe = |character: char| character.is_ascii_alphanumeric() || "._-".contains(character);
    let what: String = what
        .chars()
        .take(LONGEST)
        .map(|character| if is_safe(character) { character } else { '-' })
        .collect();
    let prefix = match verdict {
        Verdict::Verified(_) => "",
        Verdict::Refused(_) => "refused-",
    };
    format!("{time}-{prefix}{what}").trim_end_matches(['-', '.']).to_owned()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "how a test fails")]

    use std::fs;
    use std::time::Duration;

    use axum::body::Bytes;
    use hookseal::{SignOptions, Webhook};

    use super::*;

    fn verdict(event_type: &str) -> Verdict {
        let webhook = Webhook::new("claimport", ["secret"]).unwrap();
        let body = serde_json::json!({ "type": event_type }).to_string();
        let headers = webhook.sign(&body, &SignOptions::new()).unwrap();
        let event = webhook.verify(&body, &headers).unwrap();
        Verdict::Verified(Box::new(event.into_owned()))
    }

    #[test]
    fn names_hold_nothing_that_a_sender_could_use() {
        let at = SystemTime::UNIX_EPOCH + Duration::from_millis(1_767_225_600_042);
        for (event_type, expected) in [
            ("claim.created", "20260101T000000.042Z-claim.created"),
            ("../../etc/passwd", "20260101T000000.042Z-..-..-etc-passwd"),
            ("a\0b\n$(x)|é\\", "20260101T000000.042Z-a-b---x"),
            ("", "20260101T000000.042Z"),
        ] {
            assert_eq!(name(at, &verdict(event_type)), expected);
        }
        assert!(name(at, &verdict(&"x".repeat(10_000))).len() < 100);
    }

    #[test]
    fn a_file_is_private_and_never_replaces_another() {
        let parent = tempfile::tempdir().unwrap();
        let folder = Folder::open(&parent.path().join("a/b")).unwrap();
        let keep = |body: &'static str| {
            let request = arrival::Request {
                method: "POST".to_owned(),
                target: "/".to_owned(),
                headers: Vec::new(),
                body: Bytes::from(body),
                content: Bytes::from(body),
            };
            folder.keep("same", &request).unwrap()
        };
        let paths = [keep("first"), keep("second"), keep("third")];
        for (path, body) in paths.iter().zip(["first", "second", "third"]) {
            assert!(fs::read_to_string(path).unwrap().ends_with(body));
            #[cfg(unix)]
            assert_eq!(mode(path), 0o600);
        }
        #[cfg(unix)]
        assert_eq!(mode(&parent.path().join("a/b")), 0o700);
        assert_eq!(fs::read_dir(parent.path().join("a/b")).unwrap().count(), 3);
    }

    #[cfg(unix)]
    fn mode(path: &Path) -> u32 {
        std::os::unix::fs::PermissionsExt::mode(&fs::metadata(path).unwrap().permissions()) & 0o777
    }
}
