//! A running listener, and deliveries to it.

use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use hookseal::{SignOptions, Webhook};
use serde_json::Value;

use super::support::{Ran, SECRET, fed, hookseal};

/// The time after which a test is given up that hangs. It proves nothing, and nothing takes so long.
pub(crate) const HANGS: Duration = Duration::from_secs(600);

/// A listener that prints JSON.
pub(crate) struct Listener {
    child: Option<Child>,
    lines: Receiver<String>,
    stderr: Receiver<String>,
    /// What it said first, on standard error.
    pub(crate) said: Value,
}

impl Listener {
    /// Listens for KASKO on a free port, with further arguments.
    pub(crate) fn kasko(arguments: &str) -> Self {
        let all = format!("listen --json --port 0 --provider kasko {arguments}");
        Self::start(&mut hookseal(all.split_whitespace()))
    }

    pub(crate) fn start(command: &mut Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let stdout = lines(child.stdout.take().unwrap());
        let stderr = lines(child.stderr.take().unwrap());
        // What it notes before is of the scheme and the secrets.
        let said = loop {
            let line = stderr.recv_timeout(HANGS).expect("it says where it listens");
            if !line.starts_with("{\"note\":") {
                break line;
            }
        };
        let said = serde_json::from_str(&said).unwrap_or_else(|error| panic!("{error}: {said}"));
        Self { child: Some(child), lines: stdout, stderr, said }
    }

    /// Where deliveries go.
    pub(crate) fn url(&self) -> &str {
        self.said["listening"]["url"].as_str().unwrap()
    }

    /// Where the page is, if there is one.
    pub(crate) fn page(&self) -> Option<&str> {
        self.said["listening"]["page"].as_str()
    }

    pub(crate) fn address(&self) -> SocketAddr {
        let host = self.url().strip_prefix("http://").unwrap().trim_end_matches('/');
        host.parse().unwrap()
    }

    /// What it prints next, as it stands.
    pub(crate) fn raw_line(&self) -> String {
        self.lines.recv_timeout(HANGS).expect("a delivery is printed")
    }

    /// What it prints next.
    pub(crate) fn line(&self) -> Value {
        let line = self.raw_line();
        serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line}"))
    }

    /// The line of its next note, on standard error.
    pub(crate) fn note(&self) -> String {
        let line = self.stderr.recv_timeout(HANGS).expect("it notes something");
        assert!(line.starts_with("{\"note\":"), "{line}");
        line
    }

    /// The most memory that it has had, in bytes.
    #[cfg(target_os = "linux")]
    pub(crate) fn peak_memory(&self) -> u64 {
        let id = self.child.as_ref().unwrap().id();
        let status = std::fs::read_to_string(format!("/proc/{id}/status")).unwrap();
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
        peak.trim().trim_end_matches(" kB").parse::<u64>().unwrap() << 10
    }

    /// Waits until nothing more is taken in: it has been told to end, and has heard it.
    pub(crate) fn stopped_listening(&self) {
        while TcpStream::connect(self.address()).is_ok() {
            thread::sleep(Duration::from_millis(10));
        }
    }

    pub(crate) fn is_running(&mut self) -> bool {
        self.child.as_mut().unwrap().try_wait().unwrap().is_none()
    }

    pub(crate) fn signal(&self, name: &str) {
        signal(self.child.as_ref().unwrap(), name);
    }

    /// Waits until it has ended, and gives what it said last and its exit code.
    pub(crate) fn ended(mut self) -> (Value, i32) {
        let mut child = self.child.take().unwrap();
        let status = wait(&mut child);
        let last = self.stderr.iter().last().expect("it sums up");
        let last = serde_json::from_str(&last).unwrap_or_else(|error| panic!("{error}: {last}"));
        (last, status.code().unwrap())
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        if let Some(child) = &mut self.child {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

pub(crate) fn signal(child: &Child, name: &str) {
    let id = child.id().to_string();
    let sent = Command::new("kill").args(["-s", name, &id]).status().unwrap();
    assert!(sent.success());
}

pub(crate) fn wait(child: &mut Child) -> std::process::ExitStatus {
    let begun = Instant::now();
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            return status;
        }
        assert!(begun.elapsed() < HANGS, "it does not end");
        thread::sleep(Duration::from_millis(10));
    }
}

fn lines(stream: impl std::io::Read + Send + 'static) -> Receiver<String> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        for line in BufReader::new(stream).lines() {
            if line.is_ok_and(|line| sender.send(line).is_err()) {
                break;
            }
        }
    });
    receiver
}

/// What curl was answered.
#[derive(Debug)]
pub(crate) struct Answered {
    pub(crate) status: u16,
    /// Names in lower case.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Answered {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(given, _)| given == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// Asks with curl: the body is given on its standard input.
pub(crate) fn curl(url: &str, arguments: &[&str], body: impl AsRef<[u8]>) -> Answered {
    let ran = curl_runs(url, arguments, body);
    assert_eq!(ran.exit, 0, "{ran:?}");
    // The last head: there can be some before, such as `100 Continue`.
    let mut rest = ran.stdout.as_str();
    loop {
        let (head, body) = rest.split_once("\r\n\r\n").unwrap();
        let mut head = head.split("\r\n");
        let status = head.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
        if status == 100 {
            rest = body;
            continue;
        }
        let headers = head.map(|line| line.split_once(": ").unwrap());
        return Answered {
            status,
            headers: headers.map(|(n, v)| (n.to_ascii_lowercase(), v.to_owned())).collect(),
            body: body.to_owned(),
        };
    }
}

pub(crate) fn curl_runs(url: &str, arguments: &[&str], body: impl AsRef<[u8]>) -> Ran {
    let mut curl = Command::new("curl");
    curl.args(["--silent", "--show-error", "--include", "--noproxy", "*", "--max-time", "600"]);
    fed(curl.args(arguments).arg(url), body)
}

/// Delivers a body with these headers.
pub(crate) fn post(url: &str, headers: &[(String, String)], body: impl AsRef<[u8]>) -> Answered {
    let headers: Vec<String> =
        headers.iter().map(|(name, value)| format!("{name}: {value}")).collect();
    let mut arguments = vec!["--data-binary", "@-"];
    for header in &headers {
        arguments.extend(["--header", header.as_str()]);
    }
    curl(url, &arguments, body)
}

/// Delivers as KASKO does.
pub(crate) fn deliver(url: &str, event_type: &str, body: impl AsRef<[u8]>) -> Answered {
    post(url, &signed(event_type, body.as_ref()), body)
}

/// Delivers as KASKO does, until a delivery verifies: where a connection is let go early, one that
/// is slow because the machine is can be let go too.
pub(crate) fn deliver_at_last(listener: &Listener, path: &str) {
    let mut headers = signed("policy.created", b"{}");
    headers.push(("Connection".to_owned(), "close".to_owned()));
    let mut request = head(&format!("POST {path}"), &headers, 2);
    request.extend_from_slice(b"{}");
    // Those who are served are let go after seconds, and until then a machine that is quick could
    // ask any number of times.
    let is_taken = |_| {
        let taken = rest(send(listener.address(), &request)).starts_with("HTTP/1.1 20");
        if !taken {
            thread::sleep(Duration::from_millis(50));
        }
        taken
    };
    assert!((0..2000).any(is_taken), "it is never taken");
}

/// The headers of KASKO's, for the secret that the listener has.
pub(crate) fn signed(event_type: &str, body: &[u8]) -> Vec<(String, String)> {
    let webhook = Webhook::new("kasko", [SECRET]).unwrap();
    webhook.sign(body, &SignOptions::new().event_type(event_type).id("d-1")).unwrap()
}

/// A request as it goes over the wire, up to its body.
pub(crate) fn head(line: &str, headers: &[(String, String)], length: usize) -> Vec<u8> {
    let mut head = format!("{line} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {length}\r\n");
    for (name, value) in headers {
        write!(head, "{name}: {value}\r\n").unwrap();
    }
    head.push_str("\r\n");
    head.into_bytes()
}

/// Sends bytes as they are.
pub(crate) fn send(address: SocketAddr, bytes: &[u8]) -> TcpStream {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(HANGS)).unwrap();
    stream.write_all(bytes).unwrap();
    stream
}

/// What the stream of events says, in lines, until one begins so.
pub(crate) fn events(stream: &mut BufReader<TcpStream>, until: &str) -> Vec<String> {
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        assert!(stream.read_line(&mut line).unwrap() > 0, "{lines:?}");
        lines.push(line.trim_end().to_owned());
        if line.starts_with(until) {
            return lines;
        }
    }
}

/// All that comes until the connection is closed.
pub(crate) fn rest(mut stream: TcpStream) -> String {
    let mut answer = Vec::new();
    // A connection may also be reset.
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8(answer).unwrap()
}
