//! Who asks, as handlers see it.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use gainsay::keys::Signing;

use super::Role;
use super::secret::Print;
use crate::ApiError;

/// Whoever is signed in and asks. An argument of a handler; without a session the handler is not run.
#[derive(Clone, Debug)]
pub struct Who {
    /// The name that the log bears.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Whether they came by the link that the terminal showed.
    pub local: bool,
    /// What every request that changes something must send along.
    pub csrf: String,
    /// The session they came in.
    pub(crate) session: Print,
    /// What they sign by; the ledger's own key signs where there is none.
    pub(crate) signs: Option<Arc<Signing>>,
}

impl Who {
    /// Goes on from a role upwards.
    ///
    /// # Errors
    /// When they have a lesser one.
    pub fn needs(&self, role: Role) -> Result<(), ApiError> {
        if self.role >= role {
            return Ok(());
        }
        let (needed, own) = (role.as_str(), self.role.as_str());
        Err(ApiError::forbidden(format!("this takes a {needed}; you are signed in as {own}")))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Who {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Who, ApiError> {
        parts.extensions.get::<Who>().cloned().ok_or_else(ApiError::sign_in)
    }
}
