//! Folders and feeds watched in a world of the tests' own: a server on this computer, and a clock that they set.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};

use super::*;
use crate::fetch::ask_here;
use crate::shelf::Shelf;

/// A server that answers by path, and tells what it was asked.
struct Server {
    home: String,
    pages: Arc<Mutex<BTreeMap<String, String>>>,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    fn new() -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let home = format!("http://{}", listener.local_addr().unwrap());
        let pages: Arc<Mutex<BTreeMap<String, String>>> = Arc::default();
        let asked: Arc<Mutex<Vec<String>>> = Arc::default();
        let (served, told) = (Arc::clone(&pages), Arc::clone(&asked));
        std::thread::spawn(move || {
            while let Ok((mut stream, _)) = listener.accept() {
                let mut request = [0; 4096];
                let read = stream.read(&mut request).unwrap_or(0);
                let request = String::from_utf8_lossy(&request[..read]).into_owned();
                let path = request.split(' ').nth(1).unwrap_or_default().to_owned();
                let marked = request.to_lowercase().contains("if-none-match");
                told.lock().unwrap().push(format!("{path}{}", if marked { " again" } else { "" }));
                let answer = served.lock().unwrap().get(&path).cloned();
                let answer = answer.unwrap_or_else(|| answer_of("404 Not Found", "", ""));
                let same = marked && answer.contains("ETag");
                let same = if same { answer_of("304 Not Modified", "", "") } else { answer };
                let _ = stream.write_all(same.as_bytes());
            }
        });
        Server { home, pages, asked }
    }

    fn serve(&self, path: &str, answer: String) {
        self.pages.lock().unwrap().insert(path.to_owned(), answer);
    }

    fn asked(&self) -> Vec<String> {
        std::mem::take(&mut self.asked.lock().unwrap())
    }

    fn feed(&self) -> Watched {
        Watched::of(Path::new(&format!("{}/feed", self.home))).unwrap()
    }
}

fn answer_of(status: &str, headers: &str, body: &str) -> String {
    format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len())
}

fn feed_of(etag: &str, items: &str) -> String {
    let body = format!("<rss version=\"2.0\"><channel><title>Furat Post</title>{items}</channel></rss>");
    answer_of("200 OK", &format!("Content-Type: application/rss+xml\r\nETag: \"{etag}\"\r\n"), &body)
}

fn item(home: &str, n: u32, words: &str) -> String {
    format!(
        "<item><title>Report {n}</title><guid>{home}/{n}</guid><link>{home}/{n}</link>\
         <pubDate>Mon, 18 Jan 2016 10:00:00 GMT</pubDate><description>{words}</description></item>"
    )
}

/// This computer's net, and a clock that stands still unless it is told to wait.
struct Made {
    now: Cell<Timestamp>,
    waited: RefCell<Vec<Duration>>,
}

impl Made {
    fn new() -> Made {
        Made { now: Cell::new("2016-01-18T12:00:00Z".parse().unwrap()), waited: RefCell::default() }
    }

    fn pass(&self, minutes: u64) {
        self.now.set(after(self.now.get(), Duration::from_secs(minutes * 60)));
    }
}

impl World for Made {
    fn ask(&self, address: &Address, remembered: &Remembered, most: u64) -> Result<Answer, Error> {
        ask_here(address, remembered, most)
    }

    fn now(&self) -> Result<Timestamp, Error> {
        Ok(self.now.get())
    }

    fn wait(&self, long: Duration, _: &AtomicBool) {
        self.waited.borrow_mut().push(long);
        self.now.set(after(self.now.get(), long));
    }
}

/// A ledger in a folder, and what was told.
struct Desk {
    folder: tempfile::TempDir,
    world: Made,
}

impl Desk {
    fn new() -> Desk {
        let folder = tempfile::tempdir().unwrap();
        keep::init(&folder.path().join("l.gpkg"), "test").unwrap();
        Desk { folder, world: Made::new() }
    }

    fn options(&self, watched: Vec<Watched>) -> Options {
        Options {
            ledger: self.folder.path().join("l.gpkg"),
            by: "test".to_owned(),
            watched,
            every: EVERY,
            pages: false,
            once: false,
        }
    }

    fn watcher(&self, options: Options) -> Watcher<'_> {
        Watcher::new(options, &self.world).unwrap()
    }

    fn reports(&self) -> Vec<(String, String)> {
        let shelf = Shelf::open(&self.folder.path().join("l.gpkg")).unwrap();
        let ids: Vec<String> = shelf.heads.iter().map(|head| head.id.clone()).collect();
        let ledger = gainsay_ledger::Ledger::open(self.folder.path().join("l.gpkg")).unwrap();
        ids.into_iter()
            .map(|id| (ledger.report(&id).unwrap().unwrap().report.text, id))
            .map(|(text, id)| (id, text))
            .collect()
    }
}

/// One round, and what it told: lines, `+2` for what was added.
fn round(watcher: &mut Watcher) -> Vec<String> {
    let mut told = Vec::new();
    let mut tell = |one: Told| {
        told.push(match one {
            Told::Brought(_, summary) => {
                let refused: Vec<String> = summary.refused.iter().map(ToString::to_string).collect();
                format!("+{} ={} {}", summary.added, summary.unchanged, refused.join("; "))
                    .trim_end()
                    .to_owned()
            }
            Told::Failed(what) | Told::Noted(what) => what,
        });
    };
    watcher.round(&AtomicBool::new(false), &mut tell).unwrap();
    told
}

#[test]
fn a_feed_is_asked_when_it_is_due_and_told_what_is_known() {
    let (desk, server) = (Desk::new(), Server::new());
    server.serve("/feed", feed_of("1", &item(&server.home, 1, "Fighters left the town.")));
    let mut watcher = desk.watcher(desk.options(vec![server.feed()]));
    assert_eq!(round(&mut watcher), ["+1 =0"]);
    assert_eq!(server.asked(), ["/robots.txt", "/feed"]);
    // Not due.
    desk.world.pass(14);
    assert_eq!((round(&mut watcher).len(), server.asked().len()), (0, 0));
    assert!(watcher.next().unwrap() > desk.world.now.get());
    // Due, and as it was: the site's rules are not asked for again.
    desk.world.pass(2);
    assert_eq!((round(&mut watcher).len(), server.asked()), (0, vec!["/feed again".to_owned()]));
    // Another program run finds what is remembered.
    drop(watcher);
    desk.world.pass(16);
    let new = [item(&server.home, 2, "Three were killed."), item(&server.home, 1, "Fighters left.")].concat();
    server.serve("/feed", feed_of("2", &new).replace("ETag", "X-Tag"));
    let mut watcher = desk.watcher(desk.options(vec![server.feed()]));
    assert_eq!(round(&mut watcher), ["+2 =0"], "an entry that was changed is a revision");
    assert_eq!(server.asked(), ["/robots.txt", "/feed again"]);
    desk.world.pass(16);
    assert_eq!(round(&mut watcher), ["+0 =2"]);
    let ids: Vec<String> = desk.reports().into_iter().map(|(id, _)| id).collect();
    let first = format!("{}/1", server.home);
    assert!(ids.contains(&first) && ids.iter().any(|id| id.starts_with(&format!("{first}-"))), "{ids:?}");
}

#[test]
fn a_clock_that_is_set_neither_stops_it_nor_makes_it_hammer() {
    const TEN_YEARS: i64 = 10 * 365 * 24 * 3600;
    let (desk, server) = (Desk::new(), Server::new());
    let set = |seconds: i64| {
        desk.world.now.set(desk.world.now.get() + jiff::SignedDuration::from_secs(seconds));
    };
    server.serve("/feed", feed_of("1", &item(&server.home, 1, "Fighters left the town.")));
    let mut watcher = desk.watcher(desk.options(vec![server.feed()]));
    round(&mut watcher);
    server.asked();
    // Years ahead: once, and then as ever.
    set(TEN_YEARS);
    round(&mut watcher);
    round(&mut watcher);
    assert_eq!(server.asked(), ["/robots.txt", "/feed again"]);
    // And back: as long as is always waited, not ten years.
    for again in [false, true] {
        set(-TEN_YEARS);
        if again {
            watcher = desk.watcher(desk.options(vec![server.feed()]));
        }
        round(&mut watcher);
        assert_eq!(server.asked(), [""; 0], "{again}");
        let left = watcher.next().unwrap().duration_since(desk.world.now.get());
        assert!(left <= jiff::SignedDuration::from_mins(15), "{left:?}");
        desk.world.pass(16);
        round(&mut watcher);
        assert!(server.asked().contains(&"/feed again".to_owned()));
        assert!(desk.world.waited.take().iter().all(|wait| *wait <= Duration::from_secs(1)));
    }
}

#[test]
fn a_server_in_trouble_is_asked_less_and_one_that_asks_for_time_has_it() {
    let (desk, server) = (Desk::new(), Server::new());
    let mut watcher = desk.watcher(desk.options(vec![server.feed()]));
    let waits = |watcher: &Watcher| {
        let next = watcher.state.feeds.values().next().unwrap().next.unwrap();
        next.duration_since(desk.world.now.get()).as_secs() / 60
    };
    server.serve("/feed", answer_of("500 Broken", "", ""));
    let told = round(&mut watcher);
    assert!(told[0].contains("answered with 500; asked again at 2016-01-18 12:30 UTC"), "{told:?}");
    assert_eq!(waits(&watcher), 30);
    desk.world.pass(31);
    round(&mut watcher);
    assert_eq!(waits(&watcher), 60);
    desk.world.pass(61);
    server.serve("/feed", answer_of("429 Slow", "Retry-After: 36000\r\n", ""));
    round(&mut watcher);
    assert_eq!(waits(&watcher), 600);
    desk.world.pass(601);
    server.serve("/feed", feed_of("1", &item(&server.home, 1, "Fighters left.")));
    assert_eq!(round(&mut watcher), ["+1 =0"]);
    assert_eq!(waits(&watcher), 15);
    desk.world.pass(16);
    server.serve("/feed", answer_of("410 Gone", "", ""));
    assert!(round(&mut watcher)[0].contains("for good"));
    server.asked();
    desk.world.pass(100_000);
    round(&mut watcher);
    assert!(server.asked().is_empty());
}

#[test]
fn what_robots_forbid_is_not_asked_for() {
    let (desk, server) = (Desk::new(), Server::new());
    let rules = "User-agent: *\nDisallow: /feed\n";
    server.serve("/robots.txt", answer_of("200 OK", "Content-Type: text/plain\r\n", rules));
    server.serve("/feed", feed_of("1", &item(&server.home, 1, "Fighters left.")));
    let mut watcher = desk.watcher(desk.options(vec![server.feed()]));
    assert!(round(&mut watcher)[0].contains("robots.txt does not allow it"));
    assert_eq!(server.asked(), ["/robots.txt"]);
    // Rules that cannot be had forbid everything for now.
    desk.world.pass(25 * 60);
    server.serve("/robots.txt", answer_of("503 Busy", "", ""));
    assert!(round(&mut watcher)[0].contains("503"));
    assert_eq!(server.asked(), ["/robots.txt"]);
    assert!(desk.reports().is_empty());
}

#[test]
fn a_page_in_a_feeds_place_is_one_line() {
    let (desk, server) = (Desk::new(), Server::new());
    let page = "<!DOCTYPE html><html><head><link rel=alternate type=\"application/rss+xml\" href=\"/rss\"></head></html>";
    server.serve("/feed", answer_of("200 OK", "Content-Type: text/html\r\n", page));
    let mut watcher = desk.watcher(desk.options(vec![server.feed()]));
    let told = round(&mut watcher);
    assert_eq!(told.len(), 1);
    assert!(told[0].contains("HTML page and no feed; its feed is /rss"), "{told:?}");
    assert!(!watcher.well);
}

#[test]
fn pages_are_fetched_once_each_slowly_and_only_if_asked_for() {
    let (desk, server) = (Desk::new(), Server::new());
    let rules = "User-agent: gainsay\nDisallow: /2\nCrawl-delay: 5\n";
    server.serve("/robots.txt", answer_of("200 OK", "Content-Type: text/plain\r\n", rules));
    let items: String =
        (1..=3).map(|n| item(&server.home, n, &format!("Beginning of report {n}."))).collect();
    server.serve("/feed", feed_of("1", &items).replace("ETag", "X-Tag"));
    let page = "<html><head><title>Report 1</title></head><body><article><h1>Report 1</h1>\
                <p>Fighters left the town at dawn, residents said, and three people were killed on the road.</p>\
                </article></body></html>";
    server.serve("/1", answer_of("200 OK", "Content-Type: text/html\r\n", page));
    let options = Options { pages: true, ..desk.options(vec![server.feed()]) };
    let mut watcher = desk.watcher(options);
    let told = round(&mut watcher);
    assert_eq!(told.len(), 3, "{told:?}");
    assert!(
        told[0].contains("/2: the site's robots.txt does not allow it; what the feed itself says"),
        "{told:?}"
    );
    assert!(told[1].contains("/3: its server answered with 404") && told[2] == "+3 =0", "{told:?}");
    assert_eq!(server.asked(), ["/robots.txt", "/feed", "/1", "/3"]);
    assert!(desk.world.waited.borrow().contains(&Duration::from_secs(5)), "{:?}", desk.world.waited);
    let reports: BTreeMap<String, String> = desk.reports().into_iter().collect();
    assert!(reports[&format!("{}/1", server.home)].starts_with("Fighters left the town at dawn"));
    assert_eq!(reports[&format!("{}/2", server.home)], "Beginning of report 2.");
    let ledger = gainsay_ledger::Ledger::open(desk.folder.path().join("l.gpkg")).unwrap();
    for (entry, fetched) in [(1, "/1"), (2, "/feed")] {
        let beside = ledger.beside(&format!("{}/{entry}", server.home)).unwrap();
        assert_eq!((beside.len(), beside[0].name.as_str()), (1, crate::fetch::HTTP));
        let http: serde_json::Value = serde_json::from_slice(&beside[0].bytes).unwrap();
        assert_eq!(http["asked"], format!("{}{fetched}", server.home));
    }
    assert_eq!(ledger.verify().unwrap(), []);
    ledger.close().unwrap();
    desk.world.pass(16);
    // Entries whose pages were had are not taken in their short form, and no page is fetched again.
    assert_eq!(round(&mut watcher), ["+0 =2"]);
    assert_eq!(server.asked(), ["/feed"]);
}

#[test]
fn files_are_taken_once_they_lie_still_and_again_when_they_change() {
    let desk = Desk::new();
    let folder = desk.folder.path().join("in");
    std::fs::create_dir(&folder).unwrap();
    let file = folder.join("a.txt");
    std::fs::write(&file, "Fighters left the town.").unwrap();
    std::fs::write(folder.join("b.txt.part"), "Half of").unwrap();
    let mut watcher = desk.watcher(desk.options(vec![Watched::of(&folder).unwrap()]));
    assert_eq!(round(&mut watcher).len(), 0, "it may still be written");
    assert_eq!(round(&mut watcher), ["+1 =0"]);
    assert_eq!(round(&mut watcher).len(), 0);
    std::fs::write(&file, "Fighters left the town, and came back.").unwrap();
    std::fs::write(folder.join("c.xyz"), "?").unwrap();
    round(&mut watcher);
    let told = round(&mut watcher);
    assert!(told.len() == 1 && told[0].starts_with("+1 =0") && told[0].contains("c.xyz"), "{told:?}");
    assert_eq!(round(&mut watcher).len(), 0, "what is not read is told once");
    let ids: Vec<String> = desk.reports().into_iter().map(|(id, _)| id).collect();
    assert!(
        ids.len() == 2 && ids.contains(&"a".to_owned()) && ids.iter().any(|id| id.starts_with("a-")),
        "{ids:?}"
    );
    // One round alone looks twice, and another run knows what was taken.
    drop(watcher);
    std::fs::write(folder.join("d.txt"), "More.").unwrap();
    let mut watcher =
        desk.watcher(Options { once: true, ..desk.options(vec![Watched::of(&folder).unwrap()]) });
    assert_eq!(round(&mut watcher), ["+1 =0"]);
    assert!(
        desk.folder.path().join("l.gpkg.watch").exists()
            && !desk.folder.path().join("l.gpkg.watch.new").exists()
    );
}

#[test]
fn a_folder_that_holds_the_ledger_and_one_that_goes() {
    let desk = Desk::new();
    let folder = desk.folder.path().to_owned();
    std::fs::write(folder.join("a.txt"), "Fighters left the town.").unwrap();
    let mut watcher = desk.watcher(desk.options(vec![Watched::of(&folder).unwrap()]));
    round(&mut watcher);
    assert_eq!(round(&mut watcher), ["+1 =0"]);
    assert_eq!(round(&mut watcher).len(), 0);
    let inner = folder.join("in");
    std::fs::create_dir(&inner).unwrap();
    let mut watcher = desk.watcher(desk.options(vec![Watched::of(&inner).unwrap()]));
    std::fs::remove_dir(&inner).unwrap();
    assert!(round(&mut watcher)[0].contains("cannot be read"));
    assert_eq!(round(&mut watcher).len(), 0, "told once");
}

#[test]
fn what_cannot_be_watched_is_said_at_once() {
    let desk = Desk::new();
    assert!(Watched::of(Path::new("/nowhere/at/all")).unwrap_err().to_string().contains("neither a folder"));
    let often = Options { every: Duration::from_secs(60), ..desk.options(Vec::new()) };
    let error = watch(often, &AtomicBool::new(true), &mut |_| {}).unwrap_err();
    assert!(error.to_string().contains("every 5 minutes"));
    std::fs::write(desk.folder.path().join("l.gpkg.watch"), "{\"feeds\": 3}").unwrap();
    let error = watch(desk.options(Vec::new()), &AtomicBool::new(true), &mut |_| {}).unwrap_err();
    assert!(error.to_string().contains("not what `watch` wrote"), "{error}");
    assert_eq!(std::fs::read(desk.folder.path().join("l.gpkg.watch")).unwrap(), b"{\"feeds\": 3}");
}

#[test]
fn told_to_stop_it_stops() {
    let desk = Desk::new();
    let stop = AtomicBool::new(true);
    let folder = desk.folder.path().to_owned();
    assert!(
        watch(desk.options(vec![Watched::Folder(folder)]), &stop, &mut |_| panic!("nothing is done"))
            .unwrap()
    );
}
