//! The desk killed with requests in flight: what it answered is there.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, ChildStderr, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::chance::Chance;
use crate::long::{is_over, rounds, tell};
use crate::place::{LEDGER, Place};
use crate::state;

/// A desk that is served; it is stopped when dropped.
pub struct Desk {
    child: Child,
    _said: BufReader<ChildStderr>,
    at: String,
    /// Its cookie and the token of its pages.
    session: Option<(String, String)>,
    link: String,
}

impl Desk {
    /// Serves, and waits until it is there.
    pub fn start(command: &mut Command) -> Desk {
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let mut said = BufReader::new(child.stderr.take().unwrap());
        let mut told = String::new();
        let mut line = || {
            let mut line = String::new();
            said.read_line(&mut line).unwrap();
            told += &line;
            line
        };
        let (mut at, mut link) = (String::new(), String::new());
        while link.is_empty() {
            let line = line();
            assert!(!line.is_empty(), "the desk is not served: {told}");
            if let Some((_, rest)) = line.split_once("the desk is at http://") {
                at = rest.trim().trim_end_matches('/').to_owned();
            }
            if let Some(from) = line.find("/enter?key=") {
                link = line[from..].trim().to_owned();
            }
        }
        Desk { child, _said: said, at, session: None, link }
    }

    /// Sends a request; the status and the body, or nothing where the desk is gone.
    pub fn ask(&self, method: &str, path: &str, body: Option<&Value>) -> Option<(u16, String)> {
        let mut stream = TcpStream::connect(&self.at).ok()?;
        stream.set_read_timeout(Some(Duration::from_secs(120))).ok()?;
        let (host, body) = (&self.at, body.map(Value::to_string).unwrap_or_default());
        let session = self
            .session
            .as_ref()
            .map_or_else(String::new, |(cookie, csrf)| format!("Cookie: {cookie}\r\nX-Csrf: {csrf}\r\n"));
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{session}Content-Type: application/json\r\n\
             Content-Length: {}\r\n\r\n",
            body.len()
        );
        stream.write_all((head + &body).as_bytes()).ok()?;
        let mut back = Vec::new();
        stream.read_to_end(&mut back).ok()?;
        let text = String::from_utf8_lossy(&back).into_owned();
        let status = text.split(' ').nth(1)?.parse().ok()?;
        Some((status, text))
    }

    /// Comes in by the link that the terminal showed; whether it let in.
    pub fn enter(&mut self) -> bool {
        let Some((303, entered)) = self.ask("GET", &self.link.clone(), None) else { return false };
        let set = entered.lines().find_map(|line| line.strip_prefix("set-cookie: ")).unwrap_or_default();
        self.session = Some((set.split(';').next().unwrap_or_default().to_owned(), String::new()));
        let me = self.json("GET", "/api/me", None).unwrap_or_default();
        let cookie = self.session.take().map(|(cookie, _)| cookie).unwrap_or_default();
        self.session = Some((cookie, me["csrf"].as_str().unwrap_or_default().to_owned()));
        !me["csrf"].is_null()
    }

    /// What a request that is done gives; nothing where it is refused or the desk is gone.
    pub fn json(&self, method: &str, path: &str, body: Option<&Value>) -> Option<Value> {
        let (status, text) = self.ask(method, path, body)?;
        let body = text.split_once("\r\n\r\n")?.1;
        // An answer may come in parts of which each tells its length.
        let from = body.find('{')?;
        let to = body.rfind('}')?;
        (status == 200).then(|| serde_json::from_str(&body[from..=to]).ok()).flatten()
    }

    /// Its process.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What was answered before the desk died.
#[derive(Default)]
struct Answered {
    /// Entries of decisions, with the claim that each is about.
    decided: Vec<(i64, String)>,
    /// Texts that were read and kept.
    added: Vec<String>,
}

/// Decides and adds until the desk is gone.
fn ask_on(desk: &Desk, first: usize, gone: &AtomicBool, heard: &AtomicBool) -> Answered {
    let mut answered = Answered::default();
    let mut number = first;
    let mut begun: Vec<(String, String)> = Vec::new();
    while !gone.load(Ordering::Relaxed) {
        number += 1;
        let claim = format!("n{}-0{}", number % 24, 1 + number % 3);
        let decision = if number.is_multiple_of(2) { "confirm" } else { "reject" };
        let body = json!({
            "decisions": [{"decision": decision, "claim": claim}], "why": format!("round {number}"), "seen": 1_000_000,
        });
        if let Some(done) = desk.json("POST", "/api/decisions", Some(&body)) {
            for entry in done["entries"].as_array().into_iter().flatten() {
                answered.decided.push((entry.as_i64().unwrap(), claim.clone()));
                heard.store(true, Ordering::Relaxed);
            }
        }
        let title = format!("Typed {number}");
        let text = format!("Rebels left the town of Mayadin on Tuesday, activist number {number} said.");
        let body = json!({"text": text, "title": title, "outlet": "Desk", "published": "2014-06-04"});
        if let Some(done) = desk.json("POST", "/api/add/text", Some(&body)) {
            begun.push((done["job"]["id"].to_string(), title));
        }
        if let Some(jobs) = desk.json("GET", "/api/jobs", None) {
            let done = |id: &String| {
                let items = jobs["items"].as_array().into_iter().flatten();
                items
                    .filter(|job| job["state"] == "done" && job["added"] == 1)
                    .any(|job| format!("{}", job["id"]) == *id)
            };
            for (_, title) in begun.extract_if(.., |(id, _)| done(id)) {
                answered.added.push(title);
            }
        }
    }
    answered
}

/// What of this the ledger lacks.
fn lost(place: &Place, answered: &Answered) -> Vec<String> {
    let conn = rusqlite::Connection::open(place.path(LEDGER)).unwrap();
    let text = |sql: &str, what: &dyn rusqlite::ToSql| -> Option<String> {
        conn.query_row(sql, [what], |row| row.get(0)).ok()
    };
    let decided = answered.decided.iter().filter(|(entry, claim)| {
        let payload = text("SELECT payload FROM log WHERE seq = ?1 AND action = 'decision'", entry);
        !payload.is_some_and(|payload| payload.contains(claim.as_str()))
    });
    let added = answered
        .added
        .iter()
        .filter(|title| text("SELECT id FROM reports WHERE title = ?1", title).is_none());
    decided.map(|(entry, claim)| format!("decision {entry} on {claim}")).chain(added.cloned()).collect()
}

#[test]
fn the_desk_is_killed_with_requests_in_flight() {
    let mut chance = Chance::new("serving");
    let place = Place::filled();
    let (wanted, mut kills) = (rounds(1).min(200), 0);
    let (mut decided, mut added, mut faults) = (0, 0, Vec::new());
    while kills < wanted && !is_over() {
        let mut desk = Desk::start(&mut place.command(&["serve", "--listen", "127.0.0.1:0"]));
        assert!(desk.enter(), "the link lets nobody in");
        let (gone, heard) = (AtomicBool::new(false), AtomicBool::new(false));
        let first = chance.below(100_000);
        let answered = std::thread::scope(|scope| {
            let asking: Vec<_> = (0..2)
                .map(|who| (&desk, &gone, &heard, first + 7 * who))
                .map(|(desk, gone, heard, first)| scope.spawn(move || ask_on(desk, first, gone, heard)))
                .collect();
            let begun = Instant::now();
            while !heard.load(Ordering::Relaxed) && begun.elapsed() < Duration::from_secs(120) {
                std::thread::sleep(Duration::from_millis(20));
            }
            std::thread::sleep(Duration::from_millis(chance.below(4000) as u64));
            let id = desk.child.id().to_string();
            assert!(Command::new("kill").args(["-9", &id]).status().unwrap().success());
            gone.store(true, Ordering::Relaxed);
            asking.into_iter().map(|asking| asking.join().unwrap()).collect::<Vec<_>>()
        });
        desk.kill();
        kills += 1;
        // A child that weighs goes on for a little: the ledger is shared with it as with any other program.
        let begun = Instant::now();
        let mut verified = place.run(&["verify"]);
        while verified.code == Some(2)
            && verified.err.contains("held")
            && begun.elapsed() < Duration::from_secs(120)
        {
            verified = place.run(&["verify"]);
        }
        if verified.code != Some(0) {
            faults.push(format!("verify says: {verified:?}"));
        }
        for answered in &answered {
            decided += answered.decided.len();
            added += answered.added.len();
            faults
                .extend(lost(&place, answered).into_iter().map(|what| format!("answered, and lost: {what}")));
        }
        if state::half_batches(&place.path(LEDGER)) > 0 {
            faults.push("a report without its reading".to_owned());
        }
        faults.iter().for_each(|fault| println!("{fault}"));
    }
    tell(
        "killing the desk",
        &[
            ("kills", kills),
            ("decisions answered and there", decided),
            ("texts answered and there", added),
            ("faults", faults.len()),
        ],
    );
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(decided > 0, "the desk answered nothing before it was killed");
}
