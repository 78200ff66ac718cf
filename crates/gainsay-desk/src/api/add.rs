//! Adding reports: files, a text, a page at an address. What was sent is kept aside until a job has read it.
//!
//! Nothing of it is ever run: it is read as text, and shown as text.

use std::path::{Path, PathBuf};

use axum::Json;
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{Multipart, State};
use gainsay::fetch::{Address, Page, fetch};
use gainsay::keep::{self, Taken};
use gainsay::keys::Signing;
use gainsay::model::Date;
use gainsay::{Input, clock};
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest, Sha256};
use tempfile::TempDir;
use tokio::io::AsyncWriteExt;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::jobs::{Job, Said, Sort, Stage, shown};
use super::named::Ids;
use crate::security::{Role, Who};
use crate::{ApiError, Desk};

/// So many files at once.
const FILES: usize = 5_000;
/// The longest name of a file, in characters.
const NAME: usize = 120;
/// The longest title, outlet and address, in characters.
const FIELD: usize = 500;
/// Of each batch, so many reports are told of as they are read, and of each so many claims.
const TOLD: (usize, usize) = (20, 12);

/// The routes of adding.
pub fn routes() -> OpenApiRouter<Desk> {
    OpenApiRouter::new().routes(routes!(files)).routes(routes!(text)).routes(routes!(address))
}

/// A job that was begun.
#[derive(Serialize, ToSchema)]
struct Begun {
    job: Job,
}

/// Files, each a part with a file name.
#[derive(ToSchema)]
#[allow(dead_code)]
struct Files {
    #[schema(value_type = Vec<String>, format = Binary)]
    files: Vec<String>,
}

/// A text to be added.
#[derive(Deserialize, ToSchema)]
struct Text {
    /// The text.
    text: String,
    /// Its headline.
    title: Option<String>,
    /// Who published it.
    outlet: Option<String>,
    /// The day it was said.
    #[schema(value_type = Option<String>)]
    published: Option<String>,
    /// Where it was found.
    url: Option<String>,
}

/// An address to be fetched.
#[derive(Deserialize, ToSchema)]
struct At {
    /// The address of one page.
    url: String,
}

/// What a job reads.
enum Work {
    Files(TempDir, Vec<PathBuf>),
    Text(TempDir, PathBuf),
    Page(Address),
}

/// Adds files: text, HTML, JSON, JSON lines; 256 MiB in all.
#[utoipa::path(post, path = "/api/add/files", request_body(content = Files, content_type = "multipart/form-data"),
    responses(
        (status = 200, body = Begun),
        (status = 400, description = "There is no file in it"),
        (status = 413, description = "The files are too large"),
        (status = 429, description = "Too much is being added already"),
    ))]
async fn files(State(desk): State<Desk>, who: Who, mut parts: Multipart) -> Result<Json<Begun>, ApiError> {
    may_add(&desk, &who)?;
    let folder = aside()?;
    let (mut paths, mut names, mut refused) = (Vec::new(), Vec::new(), Vec::new());
    while let Some(part) = parts.next_field().await.map_err(|error| broken(&error))? {
        let Some(name) = part.file_name().map(clean) else { continue };
        if names.len() == FILES {
            return Err(ApiError::too_large(format!("at most {FILES} files at once; add them in parts")));
        }
        names.push(name.clone());
        match unread(&name) {
            Some(message) => refused.push(Said { what: name, message }),
            // Files of one name lie apart.
            None => paths.push(keep_aside(part, &folder.path().join(names.len().to_string()), &name).await?),
        }
    }
    if names.is_empty() {
        return Err(ApiError::bad("there is no file in this; choose one or more"));
    }
    begin(&desk, who, Sort::Files, &names, refused, Work::Files(folder, paths)).await
}

/// Adds a text that somebody typed or pasted.
#[utoipa::path(post, path = "/api/add/text", request_body = Text, responses(
    (status = 200, body = Begun),
    (status = 400, description = "There is no text, or what is said of it is no good"),
))]
async fn text(State(desk): State<Desk>, who: Who, Json(text): Json<Text>) -> Result<Json<Begun>, ApiError> {
    may_add(&desk, &who)?;
    if text.text.trim().is_empty() {
        return Err(ApiError::bad("there is no text; paste one"));
    }
    let title = field("title", text.title)?;
    let outlet = field("outlet", text.outlet)?;
    let published = field("day", text.published)?.map(|day| {
        day.parse::<Date>().map_err(|_| ApiError::bad(format!("`{day}` is no day; write it as 2014-06-20")))
    });
    let published = published.transpose()?;
    let url = field("address", text.url)?;
    if let Some(url) = url.as_deref().filter(|url| !is_web(url)) {
        return Err(ApiError::bad(format!(
            "`{url}` is no address of a page; it begins with http:// or https://"
        )));
    }
    let first = text.text.split_whitespace().take(8).collect::<Vec<_>>().join(" ");
    let named = title.clone().unwrap_or(first);
    let line =
        json!({ "text": text.text, "title": title, "publisher": outlet, "published": published, "url": url });
    let id = format!("{}-{}", slug(&named), print(line.to_string().as_bytes()));
    let mut line = line;
    line["id"] = json!(id);
    let folder = aside()?;
    let path = folder.path().join(format!("{id}.jsonl"));
    let written = tokio::fs::write(&path, line.to_string()).await;
    written.map_err(|error| full(&error))?;
    let named: String = named.chars().take(NAME).collect();
    begin(&desk, who, Sort::Text, &[named], Vec::new(), Work::Text(folder, path)).await
}

/// Adds the page at an address: fetched now, once, and nothing that it refers to.
#[utoipa::path(post, path = "/api/add/address", request_body = At, responses(
    (status = 200, body = Begun),
    (status = 400, description = "It is no address of a page"),
))]
async fn address(State(desk): State<Desk>, who: Who, Json(at): Json<At>) -> Result<Json<Begun>, ApiError> {
    may_add(&desk, &who)?;
    let address = Address::of(&at.url)?;
    begin(&desk, who, Sort::Address, &[address.to_string()], Vec::new(), Work::Page(address)).await
}

fn may_add(desk: &Desk, who: &Who) -> Result<(), ApiError> {
    who.needs(Role::Coder)?;
    if desk.read_only() {
        return Err(ApiError::ledger("the ledger's file may only be read; nothing can be added"));
    }
    Ok(())
}

/// Begins a job, which runs when its turn comes, whether or not somebody waits for it.
async fn begin(
    desk: &Desk,
    who: Who,
    sort: Sort,
    names: &[String],
    refused: Vec<Said>,
    work: Work,
) -> Result<Json<Begun>, ApiError> {
    let at = clock::now()?.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    let what = format!("{}: {}", if sort == Sort::Files { "files" } else { "report" }, shown(names));
    // What cannot be accounted for is not added.
    let (audited, by, signs) = (who.clone(), who.name, who.signs);
    desk.work(move |desk| Ok(desk.audit(&audited, "add", &what)?)).await?;
    let job = desk.jobs().begin(&by, at, sort, names, refused)?;
    tell(desk, &job);
    let (runs, id) = (desk.clone(), job.id.clone());
    tokio::spawn(async move {
        let Ok(_turn) = runs.jobs().turn.acquire().await else { return };
        let job = id.clone();
        let done = runs.work(move |desk| read(desk, &job, &by, signs.as_deref(), work)).await;
        let last = runs.jobs().change(&id, |job| match &done {
            Ok(()) => job.stage = Stage::Done,
            Err(error) => (job.stage, job.error) = (Stage::Failed, Some(error.message().to_owned())),
        });
        last.iter().for_each(|job| tell(&runs, job));
        if last.is_some_and(|job| job.added > 0) {
            runs.added();
        }
    });
    Ok(Json(Begun { job }))
}

/// Reads what was added into the ledger, and tells what is read as it is read.
fn read(desk: &Desk, job: &str, by: &str, signs: Option<&Signing>, work: Work) -> Result<(), ApiError> {
    desk.jobs().change(job, |job| job.stage = Stage::Reading).iter().for_each(|job| tell(desk, job));
    // The folder goes when it is dropped.
    let (folder, inputs) = match work {
        Work::Files(folder, paths) => (Some(folder), paths.into_iter().map(Input::Path).collect()),
        Work::Text(folder, path) => (Some(folder), vec![Input::Path(path)]),
        Work::Page(address) => (None, vec![page(fetch(&address)?)?]),
    };
    let own = |text: &str| match &folder {
        Some(folder) => without(text, folder.path()),
        None => text.to_owned(),
    };
    let mut progress = |summary: &keep::Summary, taken: Vec<Taken>| {
        if let Some(job) = desk.jobs().change(job, |job| job.note(summary, &own)) {
            tell(desk, &job);
        }
        for one in taken.iter().take(TOLD.0) {
            tell_read(desk, job, one);
        }
    };
    let summary = keep::take(&desk.options().ledger, &inputs, by, signs, &|_| {}, &mut progress)?;
    desk.jobs().change(job, |job| job.note(&summary, &own));
    Ok(())
}

/// A page as something to read, with address, time and headers beside it.
fn page(page: Page) -> Result<Input, ApiError> {
    Ok(Input::Fetched(Box::new(page.fetched(clock::now()?))))
}

fn tell(desk: &Desk, job: &Job) {
    desk.tell("job", serde_json::to_value(job).unwrap_or_default());
}

fn tell_read(desk: &Desk, job: &str, taken: &Taken) {
    let report = &taken.report;
    let first = taken.claims.get(..TOLD.1).unwrap_or(&taken.claims);
    let cards = gainsay::cards::unweighed(report, first);
    let mut named = Ids::default();
    cards.iter().for_each(|card| _ = named.card(card));
    desk.tell(
        "read",
        json!({
            "job": job,
            "report": { "id": report.id, "title": report.title },
            "claims": cards,
            "total": taken.claims.len(),
            "names": named.named(&desk.answers()).unwrap_or_default(),
        }),
    );
}

/// Writes a part to a file in a folder of its own, piece by piece.
async fn keep_aside(mut part: Field<'_>, folder: &Path, name: &str) -> Result<PathBuf, ApiError> {
    tokio::fs::create_dir(folder).await.map_err(|error| full(&error))?;
    let path = folder.join(name);
    let mut file = tokio::fs::File::create(&path).await.map_err(|error| full(&error))?;
    while let Some(piece) = part.chunk().await.map_err(|error| broken(&error))? {
        file.write_all(&piece).await.map_err(|error| full(&error))?;
    }
    file.flush().await.map_err(|error| full(&error))?;
    Ok(path)
}

/// A folder for what was sent; it goes when nobody holds it any more.
fn aside() -> Result<TempDir, ApiError> {
    tempfile::Builder::new().prefix("gainsay-add-").tempdir().map_err(|error| full(&error))
}

fn full(error: &std::io::Error) -> ApiError {
    ApiError::inside(format!("what was sent cannot be kept aside: {error}"))
}

fn broken(error: &MultipartError) -> ApiError {
    let mut said = error.body_text();
    let mut source: Option<&dyn std::error::Error> = Some(error);
    while let Some(cause) = source {
        said.push_str(&cause.to_string());
        source = cause.source();
    }
    if said.contains("length limit exceeded") {
        return ApiError::too_large("these are more than 256 MiB in all; add them in parts");
    }
    ApiError::bad("the files did not come whole; send them again")
}

/// Why a file of this name is not read, where its name says so.
fn unread(name: &str) -> Option<String> {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    if keep::ACCEPTED.split(", ").any(|own| own.trim_start_matches('.') == ending) {
        return None;
    }
    Some(match ending.as_str() {
        "7z" | "rar" | "bz2" | "xz" | "zst" => {
            "archives of this kind are not opened; unpack it, or pack it as .zip".to_owned()
        }
        _ => format!("not a kind of file that is read; accepted are {}", keep::ACCEPTED),
    })
}

/// The last part of a file's name as it was sent, without marks of direction and what else is not shown.
fn clean(sent: &str) -> String {
    let last = sent.rsplit(['/', '\\']).next().unwrap_or_default();
    let hidden = |c: char| {
        c.is_control()
            || matches!(c, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
    };
    let shown: String = last.chars().filter(|c| !hidden(*c)).collect();
    let shown = shown.trim().trim_start_matches('.');
    let (stem, ending) = match shown.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() && ending.len() <= 8 => (stem, format!(".{ending}")),
        _ => (shown, String::new()),
    };
    let mut name = String::new();
    for c in stem.chars().take(NAME) {
        // File systems count bytes.
        if name.len() + c.len_utf8() + ending.len() > 240 {
            break;
        }
        name.push(c);
    }
    if name.is_empty() { format!("file{ending}") } else { name + &ending }
}

/// A field that somebody filled in; nothing where it is empty.
fn field(name: &str, value: Option<String>) -> Result<Option<String>, ApiError> {
    let Some(value) = value.map(|value| value.trim().to_owned()).filter(|value| !value.is_empty()) else {
        return Ok(None);
    };
    if value.chars().nth(FIELD).is_some() {
        return Err(ApiError::bad(format!("the {name} is longer than {FIELD} characters")));
    }
    if value.contains(char::is_control) {
        return Err(ApiError::bad(format!("the {name} is more than one line")));
    }
    Ok(Some(value))
}

fn is_web(url: &str) -> bool {
    let lower = url.to_ascii_lowercase();
    (lower.starts_with("http://") || lower.starts_with("https://")) && !url.contains(char::is_whitespace)
}

/// Without the folder that something was kept aside in.
fn without(text: &str, folder: &Path) -> String {
    let folder = folder.to_string_lossy();
    let Some(at) = text.find(&*folder) else { return text.to_owned() };
    let rest = text[at + folder.len()..].trim_start_matches('/');
    // Each file lies in a folder with a number for a name.
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches('/');
    format!("{}{rest}", &text[..at])
}

/// Letters and digits of a name, for an id.
fn slug(name: &str) -> String {
    let mut slug = String::new();
    for c in name.chars().take(60) {
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { "text".to_owned() } else { slug.to_owned() }
}

/// The first digits of a hash: what is sent twice gets one id.
fn print(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().take(5).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_are_made_safe() {
        for (sent, kept) in [
            ("report.html", "report.html"),
            ("../../etc/passwd", "passwd"),
            ("C:\\Users\\x\\تقرير.txt", "تقرير.txt"),
            ("\u{202e}lmth.exe", "lmth.exe"),
            (".htaccess", "htaccess"),
            ("..", "file"),
            ("a\u{0}b\n.txt", "ab.txt"),
            ("", "file"),
            (".txt", "txt"),
        ] {
            assert_eq!(clean(sent), kept, "{sent:?}");
        }
        let long = clean(&format!("{}.jsonl", "ق".repeat(500)));
        assert!(long.ends_with(".jsonl") && long.len() <= 255, "{long}");
    }

    #[test]
    fn a_page_keeps_its_address_its_time_and_its_headers() {
        let folder = tempfile::tempdir().unwrap();
        let ledger = folder.path().join("x.gpkg");
        keep::init(&ledger, "amal").unwrap();
        let html = "<html><head><title>Toll</title></head><body><article><p>Four people were killed in the city of \
                    Raqqa on 3 June 2014, activists in the city said on Wednesday morning.</p></article></body></html>";
        let fetched = Page {
            asked: "https://news.example/toll".into(),
            url: "https://www.news.example/toll".into(),
            status: 200,
            headers: vec![("etag".into(), "\"7\"".into())],
            name: "www-news-example-toll.html".into(),
            bytes: html.into(),
        };
        let inputs = [page(fetched).unwrap()];
        let mut ids = Vec::new();
        let mut told = |_: &keep::Summary, taken: Vec<Taken>| {
            ids.extend(taken.into_iter().map(|one| one.report.id));
        };
        keep::take(&ledger, &inputs, "amal", None, &|_| {}, &mut told).unwrap();
        let custody = gainsay::custody::of_report(&ledger, &ids[0]).unwrap();
        assert_eq!(custody.url.as_deref(), Some("https://www.news.example/toll"));
        assert_eq!(custody.collector, "amal");
        let kept = custody.fetched.unwrap();
        assert_eq!((kept.asked.as_str(), kept.status), ("https://news.example/toll", 200));
        assert_eq!(kept.headers, [("etag".to_owned(), "\"7\"".to_owned())]);
        assert!(kept.at.ends_with('Z'), "{}", kept.at);
    }

    #[test]
    fn what_is_not_read_is_refused_by_name() {
        assert!(unread("a.7Z").unwrap().contains("are not opened"));
        assert!(unread("a.png").unwrap().contains(".html"));
        for read in ["a.ZIP", "a.html.gz", "a.pdf", "mail.eml"] {
            assert_eq!(unread(read), None, "{read}");
        }
        assert!(unread("file").is_some());
        assert_eq!(unread("a.JSONL"), None);
    }

    #[test]
    fn the_folder_kept_aside_is_nobodys_business() {
        let folder = Path::new("/tmp/gainsay-add-x");
        assert_eq!(without("/tmp/gainsay-add-x/12/a.txt", folder), "a.txt");
        assert_eq!(without("cannot open /tmp/gainsay-add-x/1/a.txt: no", folder), "cannot open a.txt: no");
        assert_eq!(without("a.txt", folder), "a.txt");
    }
}
