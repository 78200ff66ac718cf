//! How soon the desk answers under load: 50 readers and 5 reviewers at once on one ledger, over loopback, for a minute.
//!
//! Readers have the role of readers, so that the veil over private names lies on all they get. Each asks, waits three
//! seconds on the average, and asks again: the map of some day, as known on some day, as one source tells it; pages of places,
//! actors, sources, events, disputes, reports; lists, charts, searches. Reviewers take an item of the queue and decide.
//! Every answer is read to its end. The run is bounded in time, and goes to loopback only.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use serde_json::Value;

use crate::made::Dice;

const READERS: usize = 50;
const REVIEWERS: usize = 5;
/// How long they ask.
const LASTS: Duration = Duration::from_secs(60);
/// What a reader waits between two questions, on the average (ms).
const PAUSE: usize = 3000;
/// What a reviewer takes for an item, on the average (ms).
const DECIDES: usize = 4000;
/// The password of the accounts that are made for the run.
const PASSWORD: &str = "a long load run, on loopback";

/// Serves a ledger with `gainsay` and asks; prints a line for each sort of question and one for all.
///
/// # Errors
/// When the desk cannot be started, or refuses somebody.
pub fn load(gainsay: &Path, ledger: &Path) -> anyhow::Result<()> {
    for (name, role) in [("reader-of-load", "reader"), ("reviewer-of-load", "reviewer")] {
        let mut add = Command::new(gainsay)
            .arg("--ledger")
            .arg(ledger)
            .args(["account", "add", name, "--role", role])
            .stdin(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        writeln!(add.stdin.take().context("no input")?, "{PASSWORD}")?;
        // It may be there from an earlier run.
        add.wait()?;
    }
    let mut served = Served::start(gainsay, ledger)?;
    let at = served.at;
    let mut reader = Visitor::sign_in(at, "reader-of-load")?;
    let first = Instant::now();
    reader.get("/api/map")?;
    println!("first map after the start (ms)\t{}", first.elapsed().as_millis());
    let seen = Seen::of(&mut reader)?;
    // A desk is open all day: what it makes ready when it opens is ready.
    while reader.get("/api/search?q=aleppo").is_err() {
        std::thread::sleep(Duration::from_secs(1));
    }
    std::thread::sleep(Duration::from_secs(15));
    let reviewer = Visitor::sign_in(at, "reviewer-of-load")?;
    let took: Mutex<BTreeMap<&'static str, Vec<Duration>>> = Mutex::default();
    let failed: Mutex<BTreeMap<String, usize>> = Mutex::default();
    let until = Instant::now() + LASTS;
    std::thread::scope(|scope| {
        for n in 0..READERS + REVIEWERS {
            let mut visitor = if n < READERS { reader.again(at) } else { reviewer.again(at) };
            let (seen, took, failed) = (&seen, &took, &failed);
            scope.spawn(move || {
                let mut dice = Dice::new(n as u64 + 1);
                while Instant::now() < until {
                    let pause = if n < READERS { PAUSE } else { DECIDES };
                    std::thread::sleep(Duration::from_millis(dice.between(pause / 2, pause * 3 / 2) as u64));
                    let asked = if n < READERS { seen.ask(&mut dice) } else { ("queue", String::new()) };
                    let done = match n < READERS {
                        true => visitor.timed(asked.0, &asked.1),
                        false => visitor.decide(&mut dice),
                    };
                    match done {
                        Ok(times) => {
                            let mut took = took.lock().unwrap_or_else(|held| held.into_inner());
                            times
                                .into_iter()
                                .for_each(|(what, time)| took.entry(what).or_default().push(time));
                        }
                        Err(error) => {
                            let mut failed = failed.lock().unwrap_or_else(|held| held.into_inner());
                            *failed.entry(format!("{}: {error:#}", asked.0)).or_default() += 1;
                        }
                    }
                }
            });
        }
    });
    let took = took.into_inner().unwrap_or_else(|held| held.into_inner());
    let mut all: Vec<Duration> = took.values().flatten().copied().collect();
    for (what, times) in took {
        show(what, times);
    }
    println!("answers in {} s\t{}", LASTS.as_secs(), all.len());
    all.sort_unstable();
    show("all", all);
    println!("most memory of the desk (MB)\t{}", served.peak());
    for (what, times) in failed.into_inner().unwrap_or_else(|held| held.into_inner()) {
        println!("failed {times} times\t{what}");
    }
    served.stop();
    Ok(())
}

/// Prints how many, and the middle, the last but five and the last but one in a hundred.
fn show(what: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let at = |share: usize| times.get((times.len() * share).div_ceil(100).saturating_sub(1)).copied();
    let ms = |time: Option<Duration>| time.unwrap_or_default().as_secs_f64() * 1000.0;
    println!(
        "{what} ({}): p50 / p95 / p99 (ms)\t{:.1} / {:.1} / {:.1}",
        times.len(),
        ms(at(50)),
        ms(at(95)),
        ms(at(99))
    );
}

/// A desk that is served.
struct Served {
    child: Child,
    at: SocketAddr,
}

impl Served {
    fn start(gainsay: &Path, ledger: &Path) -> anyhow::Result<Served> {
        let mut child = Command::new(gainsay)
            .arg("--ledger")
            .arg(ledger)
            .args(["serve", "--listen", "127.0.0.1:0"])
            .stdin(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()?;
        let mut lines = BufReader::new(child.stderr.take().context("no output")?).lines();
        let at = loop {
            let line = lines.next().context("the desk did not start")??;
            if let Some(rest) = line.split("http://").nth(1) {
                break rest.split('/').next().unwrap_or_default().parse()?;
            }
        };
        std::thread::spawn(move || lines.for_each(drop));
        Ok(Served { child, at })
    }

    /// The most memory that the desk itself has held (MB).
    fn peak(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kibibytes: Option<u64> =
            line.and_then(|line| line.trim().strip_suffix("kB")?.trim().parse().ok());
        kibibytes.unwrap_or(0) * 1024 / 1_000_000
    }

    fn stop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Somebody who is signed in, over one connection that is kept open.
struct Visitor {
    at: SocketAddr,
    stream: Option<BufReader<TcpStream>>,
    cookie: String,
    csrf: String,
}

impl Visitor {
    fn sign_in(at: SocketAddr, name: &str) -> anyhow::Result<Visitor> {
        let mut visitor = Visitor { at, stream: None, cookie: String::new(), csrf: String::new() };
        let body = serde_json::json!({ "name": name, "password": PASSWORD }).to_string();
        let (status, head, body) = visitor.send("POST", "/api/signin", Some(&body))?;
        if status != 200 {
            bail!("{name} is not let in: {status} {body}");
        }
        let cookie = head.lines().find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case("set-cookie").then(|| value.trim().split(';').next().unwrap_or_default())
        });
        visitor.cookie = cookie.context("no cookie")?.to_owned();
        let me: Value = serde_json::from_str(&body)?;
        visitor.csrf = me["csrf"].as_str().unwrap_or_default().to_owned();
        Ok(visitor)
    }

    /// The same person at another window.
    fn again(&self, at: SocketAddr) -> Visitor {
        Visitor { at, stream: None, cookie: self.cookie.clone(), csrf: self.csrf.clone() }
    }

    fn get(&mut self, path: &str) -> anyhow::Result<Value> {
        let (status, _, body) = self.send("GET", path, None)?;
        if status != 200 {
            bail!("{path}: {status} {}", body.chars().take(200).collect::<String>());
        }
        Ok(serde_json::from_str(&body)?)
    }

    fn timed(&mut self, what: &'static str, path: &str) -> anyhow::Result<Vec<(&'static str, Duration)>> {
        let start = Instant::now();
        let (status, _, body) = self.send("GET", path, None)?;
        let took = start.elapsed();
        if status != 200 {
            bail!("{path}: {status} {}", body.chars().take(200).collect::<String>());
        }
        Ok(vec![(what, took)])
    }

    /// Takes an item from the top of the queue and settles it.
    fn decide(&mut self, dice: &mut Dice) -> anyhow::Result<Vec<(&'static str, Duration)>> {
        let start = Instant::now();
        let queue = self.get("/api/queue?limit=20")?;
        let queued = start.elapsed();
        let items = queue["items"].as_array().context("no items")?;
        if items.is_empty() {
            return Ok(vec![("queue", queued)]);
        }
        let item = &items[dice.below(items.len())];
        let settle = item["settle"].as_array().context("nothing settles it")?;
        let way = &settle[dice.below(settle.len())];
        let body =
            serde_json::json!({ "decisions": way["decisions"], "why": "load run", "seen": item["seen"] });
        let start = Instant::now();
        let (status, _, body) = self.send("POST", "/api/decisions", Some(&body.to_string()))?;
        // Another reviewer may have been faster: that is an answer too.
        if status != 200 && status != 409 {
            bail!("decisions: {status} {}", body.chars().take(200).collect::<String>());
        }
        Ok(vec![("queue", queued), ("decide", start.elapsed())])
    }

    /// Status, head and body of one request.
    fn send(
        &mut self,
        method: &str,
        path: &str,
        body: Option<&str>,
    ) -> anyhow::Result<(u16, String, String)> {
        match self.stream.take() {
            // The desk may have closed a connection that was idle.
            Some(stream) => match self.over(stream, method, path, body) {
                Ok(done) => Ok(done),
                Err(_) => {
                    let fresh = self.connect()?;
                    self.over(fresh, method, path, body)
                }
            },
            None => {
                let fresh = self.connect()?;
                self.over(fresh, method, path, body)
            }
        }
    }

    fn connect(&self) -> anyhow::Result<BufReader<TcpStream>> {
        let stream = TcpStream::connect(self.at)?;
        stream.set_read_timeout(Some(Duration::from_secs(30)))?;
        stream.set_nodelay(true)?;
        Ok(BufReader::new(stream))
    }

    fn over(
        &mut self,
        mut stream: BufReader<TcpStream>,
        method: &str,
        path: &str,
        body: Option<&str>,
    ) -> anyhow::Result<(u16, String, String)> {
        let body = body.unwrap_or_default();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {at}\r\nOrigin: http://{at}\r\nCookie: {cookie}\r\nX-Csrf: {csrf}\r\n\
             Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}",
            at = self.at,
            cookie = self.cookie,
            csrf = self.csrf,
            length = body.len(),
        );
        stream.get_mut().write_all(request.as_bytes())?;
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            if stream.read_line(&mut head)? == 0 {
                bail!("the connection was closed");
            }
        }
        let status = head.split(' ').nth(1).and_then(|word| word.parse().ok()).context("no status")?;
        let field = |name: &str| {
            head.lines().find_map(|line| {
                let (key, value) = line.split_once(':')?;
                key.eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
            })
        };
        let mut bytes = Vec::new();
        if field("transfer-encoding").is_some_and(|coding| coding.eq_ignore_ascii_case("chunked")) {
            loop {
                let mut size = String::new();
                stream.read_line(&mut size)?;
                let size = usize::from_str_radix(size.trim(), 16)?;
                let at = bytes.len();
                bytes.resize(at + size, 0);
                stream.read_exact(&mut bytes[at..])?;
                stream.read_line(&mut String::new())?;
                if size == 0 {
                    break;
                }
            }
        } else {
            let length: usize = field("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
            bytes.resize(length, 0);
            stream.read_exact(&mut bytes)?;
        }
        self.stream = Some(stream);
        Ok((status, head, String::from_utf8_lossy(&bytes).into_owned()))
    }
}

/// What there is to ask for.
struct Seen {
    days: Vec<String>,
    places: Vec<String>,
    actors: Vec<String>,
    sources: Vec<String>,
    events: Vec<String>,
    disputes: Vec<String>,
    reports: Vec<String>,
    words: Vec<String>,
}

impl Seen {
    fn of(visitor: &mut Visitor) -> anyhow::Result<Seen> {
        let mut ids = |path: &str, key: &str| -> anyhow::Result<Vec<String>> {
            let list = visitor.get(path)?;
            let items = list["items"].as_array().context("no items")?;
            Ok(items.iter().filter_map(|item| item[key].as_str().map(str::to_owned)).collect())
        };
        let places = ids("/api/places?limit=200", "id")?;
        let actors = ids("/api/actors?limit=100", "id")?;
        let sources = ids("/api/sources?limit=200", "id")?;
        let mut events = ids("/api/events?limit=200", "id")?;
        events.extend(ids("/api/events?limit=200&sort=killed", "id")?);
        let disputes = ids("/api/disputes?limit=200", "id")?;
        let reports = ids("/api/reports?limit=200", "id")?;
        let span = visitor.get("/api/map/span")?;
        let changes = span["changes"].as_array().context("no changes")?;
        let days = changes.iter().filter_map(|day| day.as_str().map(str::to_owned)).collect();
        let words = [
            "qsayr",
            "airstrike market",
            "besieged aid",
            "captured town",
            "\"killed in\"",
            "Deir Ezzor",
            "hospital",
        ];
        let words = words.map(|word| word.replace(' ', "+").replace('"', "%22")).to_vec();
        Ok(Seen { days, places, actors, sources, events, disputes, reports, words })
    }

    /// A question and its address.
    fn ask(&self, dice: &mut Dice) -> (&'static str, String) {
        let one =
            |dice: &mut Dice, of: &[String]| of.get(dice.below(of.len().max(1))).cloned().unwrap_or_default();
        let month = |day: &str| day.get(..7).unwrap_or("2014-06").to_owned();
        match dice.below(20) {
            0..=4 => ("map", format!("/api/map?at={}", one(dice, &self.days))),
            5 => (
                "map known",
                format!("/api/map?at={}&known_by={}", one(dice, &self.days), one(dice, &self.days)),
            ),
            6 => (
                "map by source",
                format!("/api/map?at={}&according_to={}", one(dice, &self.days), one(dice, &self.sources)),
            ),
            7 | 8 => ("place", format!("/api/places/{}", one(dice, &self.places))),
            9 => ("actor", format!("/api/actors/{}", one(dice, &self.actors))),
            10 => ("source", format!("/api/sources/{}", one(dice, &self.sources))),
            11 | 12 => ("event", format!("/api/events/{}", one(dice, &self.events))),
            13 => ("dispute", format!("/api/disputes/{}", one(dice, &self.disputes))),
            14 => ("report", format!("/api/reports/{}", one(dice, &self.reports))),
            15 => ("claims", format!("/api/claims?place={}&limit=50", one(dice, &self.places))),
            16 => ("events", format!("/api/events?place={}&sort=killed", one(dice, &self.places))),
            17 => {
                let month = month(&one(dice, &self.days));
                (
                    "tolls",
                    format!(
                        "/api/charts/tolls?place={}&from={month}-01&to={month}-28",
                        one(dice, &self.places)
                    ),
                )
            }
            18 => ("search", format!("/api/search?q={}", one(dice, &self.words))),
            _ => ("suggest", format!("/api/suggest?q={}", one(dice, &self.words))),
        }
    }
}
