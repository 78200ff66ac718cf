//! What all requests share: the ledger, the answers made from it, and who is here.

use std::sync::{Arc, RwLock};

use gainsay::answers::Answers;
use gainsay::veil::Veil;
use tokio::sync::broadcast;

use crate::api::veil::Veils;
use crate::{ApiError, Options};

/// So many live events wait for a slow reader before the oldest are dropped.
const WAITING: usize = 256;

/// A served ledger; clones share it.
#[derive(Clone)]
pub struct Desk {
    inner: Arc<Inner>,
}

struct Inner {
    options: Options,
    answers: RwLock<Arc<Answers>>,
    live: broadcast::Sender<Live>,
    veils: Veils,
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
        let answers = RwLock::new(Arc::new(Answers::open(&options.ledger)?));
        let (live, _) = broadcast::channel(WAITING);
        Ok(Desk { inner: Arc::new(Inner { options, answers, live, veils: Veils::default() }) })
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

    /// Runs work that takes a while, or touches the disk, beside the requests.
    ///
    /// # Errors
    /// Those of the work.
    pub async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Desk) -> Result<T, ApiError> + Send + 'static,
    ) -> Result<T, ApiError> {
        let desk = self.clone();
        match tokio::task::spawn_blocking(move || work(&desk)).await {
            Ok(done) => done,
            Err(_) => Err(ApiError::inside("the desk failed at this; try again")),
        }
    }
}
