//! Somebody at a desk: a ledger in a temporary folder, served without a network, and requests as a browser sends them.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use gainsay::{Input, keep};
use gainsay_desk::{Admitted, Desk, Options, Role, router};
use serde_json::Value;
use tempfile::TempDir;
use tower::ServiceExt;

/// Four reports: two tell of one bridge, the third counts its dead otherwise and tells of a siege, the fourth of flight.
pub const REPORTS: &str = concat!(
    r#"{"id":"wire-1","published":"2014-06-04","publisher":"Euphrates Wire","title":"Bridge falls","text":"#,
    r#""Islamic State fighters captured the Siyasiyeh bridge on Tuesday, activists said. 12 civilians were killed in the city of Deir ez-Zor that day, the Syrian Observatory for Human Rights said."}"#,
    "\n",
    r#"{"id":"desk-1","published":"2014-06-05","publisher":"North Desk","title":"Crossing lost","text":"#,
    r#""The Islamic State seized the Siyasiyeh bridge on 3 June 2014, local residents said. The Syrian army holds the al-Qusour neighbourhood of the city of Deir ez-Zor."}"#,
    "\n",
    r#"{"id":"sana-1","published":"2014-06-05","publisher":"SANA","title":"Toll","text":"#,
    r#""30 civilians were killed in the city of Deir ez-Zor on 3 June 2014, SANA said. The city of Deir ez-Zor is under siege by the Islamic State."}"#,
    "\n",
    r#"{"id":"wire-2","published":"2014-06-20","publisher":"Euphrates Wire","title":"Flight","text":"#,
    r#""About 5,000 residents have fled the city of Raqqa since Monday, the United Nations said. The Syrian army clashed with Islamic State fighters in the town of Mayadin."}"#,
    "\n",
);

/// The name that requests are sent to.
pub const HOST: &str = "127.0.0.1:8420";

/// A served ledger.
pub struct Served {
    pub desk: Desk,
    pub router: Router,
    _folder: TempDir,
}

/// What was answered.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

/// Somebody who came in, or nobody.
#[derive(Clone)]
pub struct Visitor {
    router: Router,
    pub admitted: Option<Admitted>,
}

impl Served {
    /// The reports of [`REPORTS`].
    pub fn reports() -> Served {
        Served::of(REPORTS)
    }

    /// A ledger of these reports, a JSON object a line.
    pub fn of(reports: &str) -> Served {
        Served::with(reports, |_| {})
    }

    /// The same, otherwise served.
    pub fn with(reports: &str, options: impl FnOnce(&mut Options)) -> Served {
        let folder = tempfile::tempdir().unwrap();
        let (ledger, file) = (folder.path().join("ledger.gpkg"), folder.path().join("reports.jsonl"));
        std::fs::write(&file, reports).unwrap();
        keep::init(&ledger, "tester").unwrap();
        keep::add(&ledger, &[Input::from_arg(&file)], "tester", &mut |_| {}).unwrap();
        let mut on = Options::on(ledger);
        options(&mut on);
        let desk = Desk::open(on).unwrap();
        Served { router: router(desk.clone()), desk, _folder: folder }
    }

    /// Somebody with this role.
    pub fn visitor(&self, role: Role) -> Visitor {
        self.named(role.as_str(), role)
    }

    /// Somebody with this role and name.
    pub fn named(&self, name: &str, role: Role) -> Visitor {
        let admitted = self.desk.admit(name, role).unwrap();
        Visitor { router: self.router.clone(), admitted: Some(admitted) }
    }

    /// Somebody who is not signed in.
    pub fn stranger(&self) -> Visitor {
        Visitor { router: self.router.clone(), admitted: None }
    }
}

impl Visitor {
    /// A request as the desk's own pages send it.
    pub fn request(&self, method: Method, path: &str) -> axum::http::request::Builder {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, HOST)
            .header("sec-fetch-site", "same-origin")
            .header(header::ORIGIN, format!("http://{HOST}"));
        if let Some(Admitted { token, csrf, .. }) = &self.admitted {
            request =
                request.header(header::COOKIE, format!("gainsay_session={token}")).header("x-csrf", csrf);
        }
        request
    }

    /// Sends it.
    pub async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap().to_vec();
        Answer { status: parts.status, headers: parts.headers, bytes }
    }

    /// Sends it, and does not wait for what never ends.
    pub async fn status(&self, request: Request<Body>) -> StatusCode {
        self.router.clone().oneshot(request).await.unwrap().status()
    }

    /// Asks.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(self.request(Method::GET, path).body(Body::empty()).unwrap()).await
    }

    /// Asks, and must be answered with 200 and JSON.
    pub async fn json(&self, path: &str) -> Value {
        let answer = self.get(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text());
        answer.value()
    }

    /// Sends JSON.
    pub async fn post(&self, path: &str, value: &Value) -> Answer {
        let request = self.request(Method::POST, path).header(header::CONTENT_TYPE, "application/json");
        self.send(request.body(Body::from(value.to_string())).unwrap()).await
    }
}

impl Answer {
    /// The answer as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    /// The answer as JSON.
    pub fn value(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|_| panic!("no JSON: {}", self.text()))
    }

    /// The code of a refusal.
    pub fn code(&self) -> String {
        self.value()["error"]["code"].as_str().unwrap_or_default().to_owned()
    }

    /// A header; empty where it is not there.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}
