//! Live events: what changes while somebody looks, until their session ends.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::response::sse::{Event, Sse};
use gainsay::clock;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};
use tokio_stream::Stream;
use tokio_stream::wrappers::ReceiverStream;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::desk::Live;
use crate::security::{Role, Who};
use crate::{ApiError, Desk};

/// So many listen at once.
const LISTENERS: usize = 200;
/// A sign of life comes so often; whether the session still holds is looked at as often.
const EVERY: Duration = Duration::from_secs(15);

/// The routes of live events.
pub fn routes() -> OpenApiRouter<Desk> {
    OpenApiRouter::new().routes(routes!(live))
}

/// Places for those who listen.
pub struct Places(Arc<Semaphore>);

impl Default for Places {
    fn default() -> Places {
        Places(Arc::new(Semaphore::new(LISTENERS)))
    }
}

/// Live events: `answers`, `decision`, `watch`, `job`, `read`, `ping`, each with JSON.
#[utoipa::path(get, path = "/api/live", responses(
    (status = 200, content_type = "text/event-stream", body = String),
    (status = 429, description = "Too many listen"),
))]
async fn live(
    State(desk): State<Desk>,
    who: Who,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, ApiError> {
    let place = desk.places().0.clone().try_acquire_owned();
    let place = place.map_err(|_| ApiError::too_many("too many listen to live events", 60))?;
    let (to, from) = mpsc::channel(16);
    tokio::spawn(tell(desk, who, to, place));
    Ok(Sse::new(ReceiverStream::new(from)))
}

/// Passes on what is told until the session ends or nobody listens any more.
async fn tell(
    desk: Desk,
    who: Who,
    to: mpsc::Sender<Result<Event, Infallible>>,
    _place: OwnedSemaphorePermit,
) {
    let (mut told, mut changes) = (desk.listen(), desk.doors().sessions.changes());
    let mut every = tokio::time::interval(EVERY);
    let mut next = Some(answers(&desk));
    loop {
        if let Some(Live { event, data }) = next.take() {
            let Ok(event) = Event::default().event(event).json_data(&data) else { continue };
            // Whoever reads nothing for so long has gone without saying so.
            let sent = tokio::time::timeout(2 * EVERY, to.send(Ok(event))).await;
            if !matches!(sent, Ok(Ok(()))) {
                return;
            }
        }
        tokio::select! {
            heard = told.recv() => match heard {
                Ok(live) => next = for_role(live, who.role),
                // Whoever was too slow is told at least how things stand now.
                Err(RecvError::Lagged(_)) => next = Some(answers(&desk)),
                Err(RecvError::Closed) => return,
            },
            _ = every.tick() => next = Some(Live { event: "ping", data: serde_json::json!({}) }),
            changed = changes.changed() => {
                if changed.is_err() {
                    return;
                }
            },
            () = to.closed() => return,
        }
        // What was told after a session ended is not for it.
        if !desk.doors().sessions.holds(&who, &desk.doors().accounts, clock::running()) {
            return;
        }
    }
}

/// What of an event somebody may hear: files, titles, claims and reasons may name private persons, whom readers do not
/// see; that something was decided they may.
fn for_role(live: Live, role: Role) -> Option<Live> {
    match live.event {
        _ if role >= Role::Coder => Some(live),
        "answers" => Some(live),
        "decision" => {
            let data =
                serde_json::json!({ "entry": live.data["entry"], "at": live.data["at"], "claims": [] });
            Some(Live { event: live.event, data })
        }
        _ => None,
    }
}

fn answers(desk: &Desk) -> Live {
    Live { event: "answers", data: serde_json::to_value(desk.standing()).unwrap_or_default() }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn readers_hear_that_and_not_what() {
        let told = |event, data| for_role(Live { event, data }, Role::Reader).map(|live| live.data);
        assert_eq!(told("read", json!({"report": {"title": "Amal Haddad"}})), None);
        assert_eq!(told("job", json!({"what": "haddad.txt"})), None);
        assert_eq!(told("watch", json!({"item": "a", "names": []})), None);
        let decision =
            json!({"entry": 7, "at": "2014-06-03", "by": "huda", "text": "Amal", "claims": ["c-amal"]});
        let heard = told("decision", decision.clone()).unwrap();
        assert_eq!(heard, json!({"entry": 7, "at": "2014-06-03", "claims": []}));
        assert_eq!(told("answers", json!({"entry": 7})).unwrap(), json!({"entry": 7}));
        let coder = for_role(Live { event: "decision", data: decision.clone() }, Role::Coder).unwrap();
        assert_eq!(coder.data, decision);
    }
}
