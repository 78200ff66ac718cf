//! What the served desk says on its outputs, whoever asks for what: its whole description asked and sent names, requests
//! that are none, bodies that cannot be read, and reports that are added while it runs.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::desk::Desk;

const NAME: &str = "Samira Zarqouni";

/// A desk that is served, and all that it said.
struct Served {
    child: Child,
    said: Arc<Mutex<String>>,
    at: String,
    cookie: String,
    csrf: String,
}

impl Served {
    fn of(desk: &Desk) -> Served {
        let mut command = desk.command(&["serve", "--listen", "127.0.0.1:0"]);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let said = Arc::new(Mutex::new(String::new()));
        let pipes: [Box<dyn Read + Send>; 2] =
            [Box::new(child.stdout.take().unwrap()), Box::new(child.stderr.take().unwrap())];
        for mut pipe in pipes {
            let said = said.clone();
            std::thread::spawn(move || {
                let mut some = [0; 4096];
                while let Ok(read @ 1..) = pipe.read(&mut some) {
                    said.lock().unwrap().push_str(&String::from_utf8_lossy(&some[..read]));
                }
            });
        }
        let mut served =
            Served { child, said, at: String::new(), cookie: String::new(), csrf: String::new() };
        let link = served.wait_for("come in once, within 10 minutes: http://");
        let (at, path) = link.split_once('/').unwrap();
        served.at = at.to_owned();
        let entered = served.send("GET", &format!("/{path}"), "", b"");
        let set = entered.lines().find_map(|line| line.strip_prefix("set-cookie: ")).unwrap();
        served.cookie = set.split(';').next().unwrap().to_owned();
        let me = json_of(&served.send("GET", "/api/me", "", b""));
        served.csrf = me["csrf"].as_str().unwrap_or_else(|| panic!("{me}")).to_owned();
        served
    }

    fn said(&self) -> String {
        self.said.lock().unwrap().clone()
    }

    /// The rest of the line that is said after these words.
    fn wait_for(&self, words: &str) -> String {
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_secs(60) {
            let said = self.said();
            let rest = said.split_once(words).and_then(|(_, rest)| rest.split_once('\n'));
            if let Some((rest, _)) = rest {
                return rest.trim().to_owned();
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        panic!("{}", self.said());
    }

    fn send(&self, method: &str, path: &str, kind: &str, body: &[u8]) -> String {
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: {at}\r\nOrigin: http://{at}\r\nCookie: {}\r\nX-CSRF: {}\r\nConnection: close\r\n\
             Content-Type: {kind}\r\nContent-Length: {}\r\n\r\n",
            self.cookie,
            self.csrf,
            body.len(),
            at = self.at
        );
        self.raw(&[head.as_bytes(), body].concat())
    }

    fn raw(&self, bytes: &[u8]) -> String {
        let mut stream = TcpStream::connect(&self.at).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
        let _ = stream.write_all(bytes);
        let mut back = Vec::new();
        let _ = stream.read_to_end(&mut back);
        String::from_utf8_lossy(&back).into_owned()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The JSON of an answer.
fn json_of(answer: &str) -> Value {
    let body = answer.split_once("\r\n\r\n").map_or("", |(_, body)| body);
    serde_json::from_str(body).unwrap_or_else(|error| panic!("{error}: {answer:.400}"))
}

/// Bodies: broken, of the wrong kind, and with a name in every field that the desk may know.
fn bodies() -> Vec<String> {
    let fields =
        ["name", "why", "title", "outlet", "url", "published", "claim", "event", "form", "role", "password"];
    let all: serde_json::Map<String, Value> =
        fields.iter().map(|field| ((*field).to_owned(), Value::from(NAME))).collect();
    let decision = json!({"decisions": [{"decision": NAME, "claim": NAME}], "why": NAME, "seen": 1});
    vec![
        format!("{{\"why\": \"{NAME}"),
        format!("[\"{NAME}\"]"),
        Value::Object(all).to_string(),
        decision.to_string(),
    ]
}

#[test]
fn the_served_desk_says_no_name_at_the_terminal() {
    let desk = Desk::with_ledger();
    let served = Served::of(&desk);
    let api = json_of(&served.send("GET", "/api/openapi.json", "", b""));
    let mut asked = 0;
    for (route, methods) in api["paths"].as_object().unwrap() {
        // Events never end; who is signed out asks no more.
        if matches!(route.as_str(), "/api/live" | "/api/signout") {
            continue;
        }
        let path: String = route
            .split('/')
            .map(|part| if part.starts_with('{') { "samira-zarqouni" } else { part })
            .collect::<Vec<_>>()
            .join("/");
        for (method, told) in methods.as_object().unwrap() {
            let method = method.to_uppercase();
            let parameters = told["parameters"].as_array().cloned().unwrap_or_default();
            let query = parameters.iter().filter(|one| one["in"] == "query");
            let query: Vec<String> =
                query.map(|one| format!("{}=Samira%20Zarqouni", one["name"].as_str().unwrap())).collect();
            let bodies = if method == "GET" { vec![String::new()] } else { bodies() };
            for body in bodies {
                served.send(
                    &method,
                    &format!("{path}?{}", query.join("&")),
                    "application/json",
                    body.as_bytes(),
                );
                asked += 1;
            }
        }
    }
    assert!(asked > 60, "{asked}");
    // What is no request.
    for bytes in [
        format!("GET /{NAME} HTTP/1.1\r\n\r\n"),
        format!("{NAME}\r\n\r\n"),
        format!("GET / HTTP/1.1\r\nHost: {NAME}\r\n\r\n"),
        format!("POST /api/add/text HTTP/1.1\r\nHost: {}\r\nContent-Length: 9999\r\n\r\n{NAME}", served.at),
    ] {
        served.raw(bytes.as_bytes());
    }
    // A report that is added, and one that is none.
    let text = json!({"text": format!("Shells killed 5 civilians in Hawiqa on Tuesday, {NAME}, a teacher, said."),
        "title": format!("{NAME} speaks"), "outlet": NAME, "published": "2014-06-04", "url": "https://example.org/samira-zarqouni"});
    let added = served.send("POST", "/api/add/text", "application/json", text.to_string().as_bytes());
    assert!(added.starts_with("HTTP/1.1 2"), "{added}");
    let files = format!(
        "--b\r\nContent-Disposition: form-data; name=\"files\"; filename=\"Samira_Zarqouni.jsonl\"\r\n\r\n\
         {{\"id\": \"{NAME}\", \"published\": \"{NAME}\", \"text\": [\"{NAME}\"]}}\n--b\r\nContent-Disposition: form-data; \
         name=\"files\"; filename=\"Samira_Zarqouni.pdf\"\r\n\r\n%PDF {NAME}\r\n--b--\r\n"
    );
    served.send("POST", "/api/add/files", "multipart/form-data; boundary=b", files.as_bytes());
    // A ledger that cannot be read any more is told of in a line.
    std::thread::sleep(Duration::from_secs(8));
    std::fs::write(desk.path("gainsay.gpkg.answers"), format!("{NAME} is no database")).unwrap();
    served.send("GET", "/api/reports?q=zarqouni", "", b"");
    let said = served.said();
    drop(served);
    assert!(said.contains("the desk is at http://"), "{said}");
    let lower = said.to_lowercase();
    let shown: Vec<&String> = desk.names.iter().filter(|name| super::whole(&lower, name).is_some()).collect();
    assert!(shown.is_empty(), "{shown:?}: {said}");
}
