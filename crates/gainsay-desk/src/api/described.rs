//! The description of the API: its head, and how refusals look, which is the same on every route.

use serde::Serialize;
use utoipa::openapi::{ContentBuilder, OpenApi as Api, Ref, RefOr, ResponseBuilder};
use utoipa::{OpenApi, ToSchema};

/// The description's head; paths are gathered from the handlers.
#[derive(OpenApi)]
#[openapi(
    info(title = "gainsay desk", description = "What the desk's pages work from."),
    components(schemas(Refusal))
)]
struct Head;

/// Why a request was not answered.
#[derive(Serialize, ToSchema)]
struct Refusal {
    error: Why,
}

/// A code and one clear line.
#[derive(Serialize, ToSchema)]
#[schema(as = Refused)]
struct Why {
    /// `bad-input`, `sign-in`, `forbidden`, `not-found`, `stale`, `too-large`, `too-many`, `ledger`, `inside`.
    code: String,
    message: String,
    /// In how many seconds to try again.
    #[serde(skip_serializing_if = "Option::is_none")]
    retry_after: Option<u64>,
    /// What somebody decided meanwhile.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Vec<Object>>)]
    changed: Option<Vec<serde_json::Value>>,
}

/// The description without its paths.
pub fn head() -> Api {
    Head::openapi()
}

/// The description with every refusal in it.
pub fn whole(mut api: Api) -> Api {
    let refusal = || ContentBuilder::new().schema(Some(Ref::from_schema_name("Refusal"))).build();
    for path in api.paths.paths.values_mut() {
        let each = [&mut path.get, &mut path.post, &mut path.put, &mut path.patch, &mut path.delete];
        for operation in each.into_iter().flatten() {
            let responses = &mut operation.responses.responses;
            for (status, response) in responses.iter_mut() {
                if let RefOr::T(response) = response
                    && status.starts_with(['4', '5'])
                    && response.content.is_empty()
                {
                    response.content.insert("application/json".to_owned(), RefOr::T(refusal()));
                }
            }
            let any = ResponseBuilder::new().description("Refused").content("application/json", refusal());
            responses.entry("default".to_owned()).or_insert_with(|| RefOr::T(any.build()));
        }
    }
    api
}
