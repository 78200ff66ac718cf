//! Lists a page at a time.

use std::collections::BTreeMap;

use gainsay::model::EntityId;
use gainsay::named::Name;
use serde::Serialize;
use utoipa::ToSchema;

use super::asked::Asked;
use crate::ApiError;

/// So many are on a page where nothing is said, and at most.
const USUAL: usize = 50;
const MOST: usize = 200;
/// Nobody turns more pages than lead here.
const DEEPEST: usize = 1_000_000;

/// One page of a list.
#[derive(Serialize, ToSchema)]
pub struct Paged {
    /// What is on it.
    pub items: Vec<serde_json::Value>,
    /// Where the next one begins; none where this is the last.
    pub next: Option<String>,
    /// How many there are in all, where that is known.
    pub total: Option<u64>,
    /// Names of all ids.
    #[schema(value_type = Object)]
    pub names: BTreeMap<EntityId, Name>,
}

/// Where a page begins and how long it is.
#[derive(Clone, Copy, Debug)]
pub struct Page {
    pub skip: u64,
    pub limit: u64,
}

impl Page {
    /// Reads `after` and `limit`.
    ///
    /// # Errors
    /// When they are no numbers, or beyond what is given.
    pub fn of(asked: &Asked) -> Result<Page, ApiError> {
        let skip = asked.number("after", 0, DEEPEST)?.unwrap_or(0) as u64;
        let limit = asked.number("limit", 1, MOST)?.unwrap_or(USUAL) as u64;
        Ok(Page { skip, limit })
    }

    /// The page's bounds, one longer than shown, so that it is known whether another follows.
    pub fn bounds(self) -> (u64, u64) {
        (self.skip, self.limit + 1)
    }

    /// The page itself.
    ///
    /// # Errors
    /// When an item cannot be written.
    pub fn made<T: Serialize>(
        self,
        mut items: Vec<T>,
        total: Option<u64>,
        names: BTreeMap<EntityId, Name>,
    ) -> Result<Paged, ApiError> {
        let more = items.len() as u64 > self.limit;
        items.truncate(self.limit as usize);
        let write = |item: &T| serde_json::to_value(item);
        let items: Result<Vec<_>, _> = items.iter().map(write).collect();
        let items = items.map_err(|_| ApiError::inside("the list could not be written"))?;
        Ok(Paged { items, next: more.then(|| (self.skip + self.limit).to_string()), total, names })
    }
}
