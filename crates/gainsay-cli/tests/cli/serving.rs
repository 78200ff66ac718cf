//! `gainsay serve` and `gainsay account`: the desk as whoever starts it meets it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, ChildStderr, Command, Stdio};
use std::time::Duration;

use crate::desk::{Desk, Ran};

const PASSWORD: &str = "river stones in winter";

/// A desk that is served; it is stopped when dropped.
struct Serving {
    child: Child,
    said: BufReader<ChildStderr>,
    at: String,
}

impl Serving {
    fn start(desk: &Desk, listen: &str) -> Serving {
        Serving::of(desk.command(&["serve", "--listen", listen]).stderr(Stdio::piped()))
    }

    fn of(command: &mut Command) -> Serving {
        let mut child = command.spawn().unwrap();
        let mut said = BufReader::new(child.stderr.take().unwrap());
        let first = line(&mut said);
        let at = first.strip_prefix("gainsay: the desk is at http://").unwrap_or_else(|| panic!("{first}"));
        let at = at.trim_end_matches(['/', '\n']).replace("0.0.0.0", "127.0.0.1");
        Serving { child, said, at }
    }

    /// Sends bytes and gives all that comes back.
    fn send(&self, bytes: &[u8]) -> String {
        let mut stream = TcpStream::connect(&self.at).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        // The other side may stop reading what is too long.
        let _ = stream.write_all(bytes);
        let mut back = Vec::new();
        let _ = stream.read_to_end(&mut back);
        String::from_utf8_lossy(&back).into_owned()
    }

    fn get(&self, path: &str, more: &str) -> String {
        let host = &self.at;
        self.send(
            format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{more}\r\n").as_bytes(),
        )
    }

    fn sign_in(&self, name: &str, password: &str) -> String {
        let (host, body) = (&self.at, serde_json::json!({"name": name, "password": password}).to_string());
        let head = format!(
            "POST /api/signin HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\n\r\n",
            body.len()
        );
        self.send((head + &body).as_bytes())
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn line(from: &mut impl BufRead) -> String {
    let mut line = String::new();
    from.read_line(&mut line).unwrap();
    line
}

/// The `name=value` of the cookie that an answer sets.
fn cookie(answer: &str) -> &str {
    let set = answer.lines().find_map(|line| line.strip_prefix("set-cookie: ")).unwrap_or_default();
    set.split(';').next().unwrap_or_default()
}

fn with_password(desk: &Desk, args: &[&str], password: &str) -> Ran {
    let mut child = desk
        .command(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let _ = writeln!(child.stdin.take().unwrap(), "{password}");
    let output = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Ran { out: text(output.stdout), err: text(output.stderr), code: output.status.code().unwrap_or(-1) }
}

#[test]
fn the_terminal_shows_a_link_that_lets_in_once() {
    let desk = Desk::with_ledger();
    let mut serving = Serving::start(&desk, "127.0.0.1:0");
    let link = line(&mut serving.said);
    let (_, path) = link.trim().split_once(&serving.at).unwrap_or_else(|| panic!("{link}"));
    assert!(serving.get("/api/me", "").starts_with("HTTP/1.1 401 "));
    let entered = serving.get(path, "");
    assert!(entered.starts_with("HTTP/1.1 303 "), "{entered}");
    let me = serving.get("/api/me", &format!("Cookie: {}\r\n", cookie(&entered)));
    assert!(me.starts_with("HTTP/1.1 200 ") && me.contains(r#""name":"tester","role":"admin""#), "{me}");
    assert!(serving.get(path, "").starts_with("HTTP/1.1 403 "));
}

#[test]
fn beyond_this_computer_only_with_an_admins_account() {
    let desk = Desk::with_ledger();
    let refused = desk.refused(&["serve", "--listen", "0.0.0.0:0"]);
    insta::assert_snapshot!(refused, @"gainsay: 0.0.0.0:0 can be reached from other computers, and no admin has an account; make one first: gainsay account add NAME --role admin");
    let reader = with_password(&desk, &["account", "add", "huda", "--role", "reader"], PASSWORD);
    assert_eq!(
        (reader.code, reader.out.as_str()),
        (0, "made the account huda as reader\n"),
        "{}",
        reader.err
    );
    desk.refused(&["serve", "--listen", "0.0.0.0:0"]);
    let admin = with_password(&desk, &["account", "add", "amal", "--role", "admin"], PASSWORD);
    assert_eq!(admin.code, 0, "{}", admin.err);
    let mut serving = Serving::start(&desk, "0.0.0.0:0");
    // No link is shown: whoever comes has an account.
    assert!(line(&mut serving.said).contains("TLS proxy"));
    assert!(serving.get("/api/map/span", "").starts_with("HTTP/1.1 401 "));
    let signed_in = serving.sign_in("amal", PASSWORD);
    assert!(signed_in.starts_with("HTTP/1.1 200 "), "{signed_in}");
    assert!(signed_in.contains(r#""local":false"#));
    assert!(serving.sign_in("amal", "another password").starts_with("HTTP/1.1 401 "));
}

#[test]
fn accounts_are_kept_beside_the_ledger_and_change_while_it_is_served() {
    let desk = Desk::with_ledger();
    with_password(&desk, &["account", "add", "amal", "--role", "admin"], PASSWORD);
    with_password(&desk, &["account", "add", "huda", "--role", "coder"], PASSWORD);
    assert!(
        desk.ok(&["account", "list", "--format", "csv"]).contains("amal,admin,2023-11-14T22:13:20Z,,false")
    );
    let kept = std::fs::read_to_string(desk.path("gainsay.gpkg.accounts")).unwrap();
    assert!(kept.contains("$argon2id$") && !kept.contains(PASSWORD));
    #[cfg(unix)]
    for file in ["gainsay.gpkg.accounts", "gainsay.gpkg.audit"] {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(desk.path(file)).unwrap().permissions().mode() & 0o777, 0o600, "{file}");
    }
    let serving = Serving::start(&desk, "127.0.0.1:0");
    let signed_in = serving.sign_in("huda", PASSWORD);
    let session = format!("Cookie: {}\r\n", cookie(&signed_in));
    assert!(serving.get("/api/me", &session).starts_with("HTTP/1.1 200 "));
    // Disabled at the terminal, she is out at the desk.
    desk.ok(&["account", "disable", "huda"]);
    std::thread::sleep(Duration::from_millis(1100));
    assert!(serving.get("/api/me", &session).starts_with("HTTP/1.1 401 "));
    assert!(serving.sign_in("huda", PASSWORD).starts_with("HTTP/1.1 401 "));
    desk.ok(&["account", "enable", "huda"]);
    desk.ok(&["account", "role", "huda", "reader"]);
    std::thread::sleep(Duration::from_millis(1100));
    assert!(serving.get("/api/me", &session).starts_with("HTTP/1.1 401 "));
    assert!(serving.sign_in("huda", PASSWORD).contains(r#""role":"reader""#));
    let audit = std::fs::read_to_string(desk.path("gainsay.gpkg.audit")).unwrap();
    assert!(audit.contains(r#""what":"signin-failed""#) && audit.contains("huda may no longer sign in"));
}

#[test]
fn accounts_that_cannot_be_are_refused() {
    let desk = Desk::with_ledger();
    let refused = |args: &[&str], password: &str| {
        let ran = with_password(&desk, args, password);
        assert_eq!(ran.code, 2, "{}", ran.out);
        ran.err
    };
    insta::assert_snapshot!(refused(&["account", "add", "amal", "--role", "admin"], "short"), @"gainsay: a password has at least 10 characters");
    insta::assert_snapshot!(refused(&["account", "add", "amal", "--role", "admin"], "Password123"), @"gainsay: this password is among the first that are guessed; take several words");
    insta::assert_snapshot!(refused(&["account", "add", "amal", "--role", "admin"], ""), @"gainsay: a password has at least 10 characters");
    insta::assert_snapshot!(refused(&["account", "add", "<b>amal", "--role", "admin"], PASSWORD), @"gainsay: the name of an account is 1 to 64 letters, digits or any of . _ - @");
    assert!(!desk.path("gainsay.gpkg.accounts").exists());
    with_password(&desk, &["account", "add", "amal", "--role", "admin"], PASSWORD);
    insta::assert_snapshot!(refused(&["account", "add", "amal", "--role", "reader"], PASSWORD), @"gainsay: there is an account `amal` already");
    insta::assert_snapshot!(refused(&["account", "disable", "amal"], ""), @"gainsay: this is the last account of an admin; make another one first");
    insta::assert_snapshot!(refused(&["account", "role", "huda", "coder"], ""), @"gainsay: there is no account `huda`");
    insta::assert_snapshot!(refused(&["--ledger", "none.gpkg", "account", "list"], ""), @"gainsay: none.gpkg: no such ledger; `gainsay init` makes one");
    desk.write("gainsay.gpkg.accounts", "{");
    insta::assert_snapshot!(refused(&["account", "list"], ""), @"gainsay: gainsay.gpkg.accounts holds no accounts: EOF while parsing an object at line 1 column 1");
    insta::assert_snapshot!(refused(&["serve", "--listen", "127.0.0.1:0"], ""), @"gainsay: gainsay.gpkg.accounts holds no accounts: EOF while parsing an object at line 1 column 1");
}

#[test]
fn what_is_no_request_is_refused_and_the_desk_goes_on() {
    let desk = Desk::with_ledger();
    let serving = Serving::start(&desk, "127.0.0.1:0");
    let host = &serving.at;
    assert!(serving.send(b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n").starts_with("HTTP/1.1 400 "));
    let long = "a".repeat(200_000);
    let answer = serving.send(format!("GET / HTTP/1.1\r\nHost: {host}\r\nX-Long: {long}\r\n\r\n").as_bytes());
    // The answer is lost where the rest was still on its way.
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 431 "), "{answer}");
    let answer = serving.get(&format!("/api/me?q={}", &long[..9000]), "");
    assert!(answer.starts_with("HTTP/1.1 414 "), "{answer}");
    let many = "X-One: 1\r\n".repeat(100);
    assert!(serving.get("/", &many).starts_with("HTTP/1.1 431 "));
    let answer = serving.send(
        format!("POST /api/signin HTTP/1.1\r\nHost: {host}\r\nContent-Length: 2147483648\r\n\r\n").as_bytes(),
    );
    assert!(answer.starts_with("HTTP/1.1 413 ") && answer.contains("this is more than 1 MiB"), "{answer}");
    let no_host = serving.send(b"GET /api/me HTTP/1.1\r\nConnection: close\r\n\r\n");
    assert!(no_host.starts_with("HTTP/1.1 403 "), "{no_host}");
    assert!(serving.get("/api/me", "").starts_with("HTTP/1.1 401 "));
}

#[cfg(unix)]
#[test]
fn told_to_stop_it_stops() {
    let desk = Desk::with_ledger();
    let mut serving = Serving::start(&desk, "127.0.0.1:0");
    // Somebody is still connected.
    let _open = TcpStream::connect(&serving.at).unwrap();
    assert!(Command::new("kill").arg(serving.child.id().to_string()).status().unwrap().success());
    assert!(serving.child.wait().unwrap().success());
}

#[test]
fn a_place_that_is_taken_is_refused() {
    let desk = Desk::with_ledger();
    let serving = Serving::start(&desk, "127.0.0.1:0");
    let refused = desk.refused(&["serve", "--listen", &serving.at]);
    assert!(refused.starts_with(&format!("gainsay: cannot listen on {}: ", serving.at)), "{refused}");
}

#[test]
fn an_encrypted_ledger_is_weighed_anew_by_keys_that_are_handed_over() {
    let desk = Desk::with_ledger();
    desk.write("secret", PASSWORD);
    let claims = desk.lines(&["claims"]);
    let claim = claims[0]["id"].as_str().unwrap();
    with_password(&desk, &["key", "passphrase"], PASSWORD);
    desk.ok(&["--quiet", "--passphrase-file", "secret", "encrypt"]);
    assert!(desk.refused(&["serve", "--listen", "127.0.0.1:0"]).contains("is under a passphrase"));
    // The process that weighs is told of no file and finds no passphrase where it runs.
    let mut command = desk.command(&["--passphrase-file", "secret", "serve", "--listen", "127.0.0.1:0"]);
    let mut serving = Serving::of(command.stderr(Stdio::piped()));
    let link = line(&mut serving.said);
    let (_, path) = link.trim().split_once(&serving.at).unwrap_or_else(|| panic!("{link}"));
    let session = format!("Cookie: {}\r\n", cookie(&serving.get(path, "")));
    let standing = || {
        let me = serving.get("/api/me", &session);
        let (_, body) = me.split_once("\r\n\r\n").unwrap();
        let me: serde_json::Value = serde_json::from_str(body).unwrap_or_else(|_| panic!("{body}"));
        me["answers"].clone()
    };
    let before = standing()["entry"].as_u64().unwrap();
    desk.ok(&["--passphrase-file", "secret", "set", claim, "confirmed"]);
    let mut now = standing();
    for _ in 0..600 {
        now = standing();
        assert_eq!(now["failed"], serde_json::Value::Null);
        if now["entry"].as_u64().unwrap() > before {
            break;
        }
        std::thread::sleep(Duration::from_millis(200));
    }
    assert!(now["entry"].as_u64().unwrap() > before, "{now}");
}
