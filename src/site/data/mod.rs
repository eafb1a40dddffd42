//! Data outputs: the roadmap for programs. One file each.

pub(super) mod backlog_csv;
pub(super) mod roadmap_ics;
pub(super) mod roadmap_json;
pub(super) mod roadmap_svg;

use crate::number::{Decimal, ONE};

pub use roadmap_json::SCHEMA as ROADMAP_SCHEMA;

/// A decimal as a JSON number: whole numbers without a point.
pub fn number(decimal: Decimal) -> serde_json::Value {
    if decimal.0.is_multiple_of(ONE) {
        return (decimal.0 / ONE).into();
    }
    // Reading the shortest text and writing it again gives the same text.
    decimal.to_string().parse::<f64>().map_or(serde_json::Value::Null, serde_json::Value::from)
}
