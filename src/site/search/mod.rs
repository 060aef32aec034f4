//! Search: the text of a place's lists to what the browser searches, without a server.
//!
//! ```text
//! catalogue ─items─▶ fields with weights ─index─▶ InvertedIndex (elasticlunr-rs) ─shard─▶ search.<hash>.js, more.<hash>.js
//! ```
//!
//! One shard a place and language. The index decides what a shard holds: a stretch of text that adds no token,
//! or none with a higher weight, is left out, and `search.js` builds the same index from the rest. [`Shards::oracles`]
//! returns the index itself, as elasticlunr.js loads it; tests hold the two forms to the same ranking. [`shelf`] makes the same of pages
//! that are no services.

mod articles;
mod danger;
mod fold;
mod index;
mod items;
mod shard;
mod shards;
mod synonyms;
mod tokens;
mod words;

pub use articles::{Article, Shelf, ShelfPart, shelf};
pub use shard::{Shard, ShardFile};
pub use shards::{SearchFiles, Shards};
pub use tokens::{Run, normal, runs, tokens};
