//! Errors as people and pages get them: a code and one clear line.

use axum::Json;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

/// Why a request was not answered.
#[derive(Debug)]
pub struct ApiError {
    status: StatusCode,
    code: &'static str,
    message: String,
    more: Value,
}

impl ApiError {
    fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> ApiError {
        ApiError { status, code, message: message.into(), more: Value::Null }
    }

    /// One clear line.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// What was asked or sent is no good.
    pub fn bad(message: impl Into<String>) -> ApiError {
        ApiError::new(StatusCode::BAD_REQUEST, "bad-input", message)
    }

    /// Nobody is signed in.
    pub fn sign_in() -> ApiError {
        ApiError::new(StatusCode::UNAUTHORIZED, "sign-in", "sign in first")
    }

    /// Name or password is wrong; which of them is not said.
    pub fn wrong_password() -> ApiError {
        ApiError::new(StatusCode::UNAUTHORIZED, "sign-in", "name or password is wrong")
    }

    /// Who is signed in may not do this.
    pub fn forbidden(message: impl Into<String>) -> ApiError {
        ApiError::new(StatusCode::FORBIDDEN, "forbidden", message)
    }

    /// There is no such thing.
    pub fn not_found(message: impl Into<String>) -> ApiError {
        ApiError::new(StatusCode::NOT_FOUND, "not-found", message)
    }

    /// Somebody decided on it meanwhile; `changed` says what.
    pub fn stale(message: impl Into<String>, changed: Value) -> ApiError {
        ApiError {
            more: json!({ "changed": changed }),
            ..ApiError::new(StatusCode::CONFLICT, "stale", message)
        }
    }

    /// More than the desk takes.
    pub fn too_large(message: impl Into<String>) -> ApiError {
        ApiError::new(StatusCode::PAYLOAD_TOO_LARGE, "too-large", message)
    }

    /// An address longer than the desk reads.
    pub fn too_long(message: impl Into<String>) -> ApiError {
        ApiError::new(StatusCode::URI_TOO_LONG, "bad-input", message)
    }

    /// It takes too long.
    pub fn too_slow(message: impl Into<String>) -> ApiError {
        ApiError::new(StatusCode::REQUEST_TIMEOUT, "inside", message)
    }

    /// As [`ApiError::bad`], under a status of its own.
    pub fn refused(status: StatusCode, message: impl Into<String>) -> ApiError {
        let code = match status {
            StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => "not-found",
            StatusCode::PAYLOAD_TOO_LARGE => "too-large",
            _ if status.is_server_error() => "inside",
            _ => "bad-input",
        };
        ApiError::new(status, code, message)
    }

    /// Too often; may be tried again after so many seconds.
    pub fn too_many(message: impl Into<String>, retry_after: u64) -> ApiError {
        ApiError {
            more: json!({ "retry_after": retry_after }),
            ..ApiError::new(StatusCode::TOO_MANY_REQUESTS, "too-many", message)
        }
    }

    /// The ledger cannot be read or written now.
    pub fn ledger(message: impl Into<String>) -> ApiError {
        ApiError::new(StatusCode::SERVICE_UNAVAILABLE, "ledger", message)
    }

    /// The desk itself failed.
    pub fn inside(message: impl Into<String>) -> ApiError {
        ApiError::new(StatusCode::INTERNAL_SERVER_ERROR, "inside", message)
    }
}

impl From<gainsay::Error> for ApiError {
    fn from(error: gainsay::Error) -> ApiError {
        if error.is_input() { ApiError::bad(error.to_string()) } else { ApiError::ledger(error.to_string()) }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let mut error = json!({ "code": self.code, "message": self.message });
        if let (Some(error), Value::Object(more)) = (error.as_object_mut(), self.more) {
            error.extend(more);
        }
        let wait = error["retry_after"].as_u64();
        let mut response = (self.status, Json(json!({ "error": error }))).into_response();
        if let Some(wait) = wait {
            response.headers_mut().insert(header::RETRY_AFTER, wait.into());
        }
        response
    }
}
