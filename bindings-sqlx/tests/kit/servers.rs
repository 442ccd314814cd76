//! A PostgreSQL and a MariaDB server for the tests of this process, which end with it.

use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;

struct Servers {
    postgresql: String,
    mysql: String,
    /// Its standard input ends with this process, and it with that.
    _running: Child,
}

fn servers() -> &'static Servers {
    static SERVERS: OnceLock<Servers> = OnceLock::new();
    SERVERS.get_or_init(|| {
        let program = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/inbox/with-servers");
        let script = "echo $HOOKSEAL_TEST_POSTGRESQL; echo $HOOKSEAL_TEST_MYSQL; exec cat";
        let mut running = Command::new(program)
            .args(["sh", "-c", script])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(running.stdout.take().unwrap()).lines();
        let mut line = || lines.next().expect("the servers start").unwrap();
        Servers { postgresql: line(), mysql: line(), _running: running }
    })
}

pub(crate) fn postgresql() -> &'static str {
    &servers().postgresql
}

pub(crate) fn mysql() -> &'static str {
    &servers().mysql
}

/// A folder for the databases of this process's tests.
pub(crate) fn folder() -> PathBuf {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    let folder = FOLDER.get_or_init(|| {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"))
            .join(format!("inbox-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        folder
    });
    folder.clone()
}
