//! What all requests share: the ledger, the answers made from it, and who is here.

use std::sync::{Arc, Mutex, PoisonError, RwLock};

use axum::body::Bytes;
use axum::http::{Uri, header};
use axum::response::{IntoResponse, Response};
use gainsay::answers::Answers;
use gainsay::cards::Card;
use gainsay::decide::Overlay;
use gainsay::search::Search;
use gainsay::veil::Veil;
use gainsay::{Shared, clock};
use serde::Serialize;
use tokio::sync::{Semaphore, broadcast};

use crate::api::veil::Veils;
use crate::api::{Jobs, Places, Standing};
use crate::cache::{Cache, Lasts};
use crate::doors::Doors;
use crate::renew::{Renewer, keep_fresh};
use crate::review::Review;
use crate::security::{Admitted, Role, Who};
use crate::settings::Settings;
use crate::{ApiError, Options};

/// So many live events wait for a slow reader before the oldest are dropped.
const WAITING: usize = 256;

/// A served ledger; clones share it.
#[derive(Clone)]
pub struct Desk {
    inner: Arc<Inner>,
}

pub(crate) struct Inner {
    options: Options,
    answers: RwLock<Arc<Answers>>,
    live: broadcast::Sender<Live>,
    doors: Doors,
    settings: RwLock<Settings>,
    places: Places,
    review: Review,
    jobs: Jobs,
    search: Search,
    /// Held while the desk is open: readers and writers do not wait for each other. None over a ledger that may only be read.
    shared: Mutex<Option<Shared>>,
    at_once: Semaphore,
    read_only: bool,
    renewer: Arc<Renewer>,
    veils: Veils,
    cache: Cache,
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.renewer.close();
    }
}

/// A live event: its name and its JSON.
#[derive(Clone, Debug)]
pub struct Live {
    /// `answers`, `decision`, `watch`, `job`, `read`.
    pub event: &'static str,
    /// What is told.
    pub data: serde_json::Value,
}

impl Desk {
    /// Opens the ledger and makes its answers where they are not made yet.
    ///
    /// # Errors
    /// When the ledger cannot be opened.
    pub fn open(options: Options) -> Result<Desk, gainsay::Error> {
        let read_only = !gainsay::keep::may_write(&options.ledger)?;
        // Whoever starts the desk is at its terminal now, and not later.
        gainsay::keys::ring(&options.ledger, Some(&options.by))?;
        let shared = (!read_only).then(|| gainsay::keep::share(&options.ledger)).transpose()?;
        gainsay::words::settle(&options.ledger)?;
        let answers = RwLock::new(Arc::new(Answers::open(&options.ledger)?));
        let (live, _) = broadcast::channel(WAITING);
        let doors = Doors::of(&options)?;
        let settings = RwLock::new(Settings::of(&options.ledger)?);
        let review = Review::of(&options.ledger)?;
        let search = Search::over(&options.ledger);
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        let renewer = Arc::new(Renewer::default());
        let desk = Desk {
            inner: Arc::new(Inner {
                options,
                answers,
                live,
                doors,
                settings,
                places: Places::default(),
                review,
                jobs: Jobs::default(),
                search,
                veils: Veils::default(),
                cache: Cache::default(),
                renewer: renewer.clone(),
                shared: Mutex::new(shared),
                at_once: Semaphore::new(cores * 3),
                read_only,
            }),
        };
        if !desk.answers().is_fresh()? {
            renewer.want();
        }
        keep_fresh(Arc::downgrade(&desk.inner), renewer);
        // The first to search need not wait for it; where it fails they are told.
        let making = desk.clone();
        std::thread::spawn(move || {
            let made = making.search().make();
            crate::api::write_ahead(&making);
            made
        });
        Ok(desk)
    }

    /// The desk over what it shares.
    pub(crate) fn over(inner: Arc<Inner>) -> Desk {
        Desk { inner }
    }

    /// Closes it: no more answers are made, and the ledger is one file again once nobody else has it open.
    pub fn close(&self) {
        self.inner.renewer.close();
        self.answers().close();
        drop(self.inner.shared.lock().unwrap_or_else(PoisonError::into_inner).take());
    }

    /// How it is served.
    pub fn options(&self) -> &Options {
        &self.inner.options
    }

    /// The answers as they stand; they stay as they are while somebody holds them.
    pub fn answers(&self) -> Arc<Answers> {
        self.inner.answers.read().map_or_else(|held| held.into_inner().clone(), |held| held.clone())
    }

    /// The veil over the answers as they stand.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn veil(&self) -> Result<Arc<Veil>, gainsay::Error> {
        self.inner.veils.of(self.answers())
    }

    /// Tells everybody who listens.
    pub fn tell(&self, event: &'static str, data: serde_json::Value) {
        // Nobody may be listening.
        let _ = self.inner.live.send(Live { event, data });
    }

    /// Listens to live events from now on.
    pub fn listen(&self) -> broadcast::Receiver<Live> {
        self.inner.live.subscribe()
    }

    /// Who comes and goes.
    pub(crate) fn doors(&self) -> &Doors {
        &self.inner.doors
    }

    /// Places for those who listen to live events.
    pub(crate) fn places(&self) -> &Places {
        &self.inner.places
    }

    /// What is kept for those who decide.
    pub(crate) fn review(&self) -> &Review {
        &self.inner.review
    }

    /// What was decided, to lay over answers that were made before.
    pub fn overlay(&self) -> Arc<Overlay> {
        self.inner.review.register.overlay()
    }

    /// Lays over cards what was decided and proposed since the answers were made.
    pub fn lay_over(&self, cards: &mut [Card]) {
        let overlay = self.overlay();
        for card in cards {
            let line = &mut card.line;
            line.decided = overlay.decided(&line.claim.id).map(str::to_owned);
            card.proposed = overlay.proposed(&line.claim.id);
            if let Some(corrected) = overlay.corrected(&line.claim) {
                line.claim = corrected;
            }
        }
    }

    /// Claims as cards, in the order of their ids, with what was decided since the answers were made.
    ///
    /// # Errors
    /// When the answers or the ledger cannot be read.
    pub fn cards(&self, ids: &[String]) -> Result<Vec<Card>, gainsay::Error> {
        let mut cards = gainsay::cards::cards(&self.answers(), ids)?;
        self.lay_over(&mut cards);
        Ok(cards)
    }

    /// Is told of every decision, by its entry in the log: the answers are older than that now.
    pub fn decided(&self, _entry: u64) {
        self.inner.renewer.want();
    }

    /// What is being added.
    pub(crate) fn jobs(&self) -> &Jobs {
        &self.inner.jobs
    }

    /// Searching in the ledger.
    pub(crate) fn search(&self) -> &Search {
        &self.inner.search
    }

    /// Reports were added: the answers are older than the ledger.
    pub(crate) fn added(&self) {
        self.inner.renewer.want();
    }

    /// Takes up answers that were made anew; requests under way go on with those they hold.
    pub(crate) fn take_up(&self, answers: Answers) {
        // Where the queue cannot be read, whoever asks for it is told.
        let rows = Review::read(&answers);
        *self.inner.answers.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(answers);
        crate::api::write_ahead(self);
        if let Ok(rows) = rows {
            self.inner.review.keep(rows);
        }
    }

    /// Tells everybody how new the answers are.
    pub(crate) fn tell_standing(&self) {
        if let Ok(standing) = serde_json::to_value(self.standing()) {
            self.tell("answers", standing);
        }
    }

    /// How new the answers are.
    pub fn standing(&self) -> Standing {
        let answers = self.answers();
        let making = self.inner.renewer.making();
        let fresh = !self.inner.renewer.pending() && answers.is_fresh().unwrap_or(false);
        Standing { entry: answers.entry(), fresh, making, share: None, failed: self.inner.renewer.failed() }
    }

    /// Whether the ledger's file may only be read.
    pub fn read_only(&self) -> bool {
        self.inner.read_only
    }

    /// The settings as they stand.
    pub fn settings(&self) -> Settings {
        self.inner.settings.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Changes the settings, on the disk first.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn set(&self, change: impl FnOnce(&mut Settings)) -> Result<Settings, gainsay::Error> {
        let mut held = self.inner.settings.write().unwrap_or_else(PoisonError::into_inner);
        let mut settings = held.clone();
        change(&mut settings);
        settings.keep(&self.inner.options.ledger)?;
        *held = settings.clone();
        Ok(settings)
    }

    /// Lets somebody in for whom the calling program vouches: the one-time link, and tests.
    ///
    /// # Errors
    /// When the system gives no random bits.
    pub fn admit(&self, name: &str, role: Role) -> Result<Admitted, gainsay::Error> {
        self.inner.doors.sessions.of_program(name, role, clock::running())
    }

    /// A one-time link: where on this desk it leads, good once and for ten minutes.
    ///
    /// # Errors
    /// When the system gives no random bits.
    pub fn link(&self) -> Result<String, gainsay::Error> {
        Ok(format!("/enter?key={}", self.inner.doors.link.make(clock::running())?))
    }

    /// Writes down that somebody did something that is accounted for: `export`, `add` … On the disk when it returns;
    /// touches the disk, so call it from [`Desk::work`].
    ///
    /// # Errors
    /// When the disk refuses: what cannot be accounted for is not done.
    pub fn audit(&self, who: &Who, what: &str, detail: &str) -> Result<(), gainsay::Error> {
        self.note(&who.name, what, detail)
    }

    /// As [`Desk::audit`], by a name.
    pub(crate) fn note(&self, by: &str, what: &str, detail: &str) -> Result<(), gainsay::Error> {
        self.inner.doors.audit.add(by, what, detail)
    }

    /// As [`Desk::work`], for what depends on the address and the answers alone: written once, and given again for as
    /// long as these answers stand.
    ///
    /// # Errors
    /// Those of the work.
    pub async fn written<T: Serialize>(
        &self,
        address: &Uri,
        work: impl FnOnce(&Desk) -> Result<T, ApiError> + Send + 'static,
    ) -> Result<Response, ApiError> {
        let (answers, address) = (self.answers(), address.to_string());
        let written = match self.inner.cache.get(&answers, &address) {
            Some(written) => written,
            None => {
                let written = self
                    .work(move |desk| {
                        let written = serde_json::to_vec(&work(desk)?);
                        written.map_err(|_| ApiError::inside("the answer could not be written"))
                    })
                    .await?;
                let written = Bytes::from(written);
                self.inner.cache.put(&answers, address, written.clone());
                written
            }
        };
        let mut answer = ([(header::CONTENT_TYPE, "application/json")], written).into_response();
        answer.extensions_mut().insert(Lasts);
        Ok(answer)
    }

    /// Answers that were written before.
    pub(crate) fn cache(&self) -> &Cache {
        &self.inner.cache
    }

    /// Writes ahead what will be asked for by an address, where it is not written yet; what fails is left to who asks.
    pub(crate) fn write_ahead<T: Serialize>(
        &self,
        address: &str,
        work: impl FnOnce(&Desk) -> Result<T, ApiError>,
    ) {
        let answers = self.answers();
        if self.inner.cache.get(&answers, address).is_none()
            && let Ok(done) = work(self)
            && let Ok(written) = serde_json::to_vec(&done)
        {
            self.inner.cache.put(&answers, address.to_owned(), Bytes::from(written));
        }
    }

    /// Runs work that takes a while, or touches the disk, beside the requests.
    ///
    /// # Errors
    /// Those of the work.
    pub async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Desk) -> Result<T, ApiError> + Send + 'static,
    ) -> Result<T, ApiError> {
        // Beyond a few at once each would only make the others wait.
        let _place = self.inner.at_once.acquire().await;
        let desk = self.clone();
        match tokio::task::spawn_blocking(move || work(&desk)).await {
            Ok(done) => done,
            Err(_) => Err(ApiError::inside("the desk failed at this; try again")),
        }
    }
}
