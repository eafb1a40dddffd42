//! Data outputs: the roadmap for programs. One file each.

pub(super) mod backlog_csv;
pub(super) mod roadmap_ics;
pub(super) mod roadmap_json;
pub(super) mod roadmap_svg;

pub use roadmap_json::SCHEMA as ROADMAP_SCHEMA;
