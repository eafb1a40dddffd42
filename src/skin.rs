//! The skin: templates and static files, embedded in the binary and overridden file by file from the project.

use std::path::PathBuf;
use std::sync::Arc;

use crate::source::Source;

// `TEMPLATES` by name and `STATIC` by address, as they lie in themes/default: see build.rs.
include!(concat!(env!("OUT_DIR"), "/skin.rs"));

/// A static file.
#[derive(Clone, Debug)]
pub enum Asset {
    /// One of the default skin's.
    Embedded(&'static [u8]),
    /// One of the project's, copied as it is.
    File(PathBuf),
}

/// What a site is made to look like.
#[derive(Clone, Debug)]
pub struct Skin {
    /// Templates by name.
    pub templates: Vec<Arc<Source>>,
    /// Static files by address, sorted.
    pub assets: Vec<(String, Asset)>,
}

/// The default skin under the project's own `templates/` and `static/`: a file of the same name replaces the skin's.
pub fn skin(templates: &[Arc<Source>], files: &[(String, PathBuf)]) -> Skin {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let name = |source: &Source| source.path.trim_start_matches("templates/").to_owned();
    let own = |wanted: &str| templates.iter().any(|source| name(source) == wanted);
    let embedded = TEMPLATES.iter().filter(|(name, _)| !own(name));
    let embedded = embedded.map(|(name, bytes)| Source::new(format!("templates/{name}"), text(bytes)));
    let mut assets: Vec<(String, Asset)> =
        files.iter().map(|(address, path)| (address.clone(), Asset::File(path.clone()))).collect();
    for (address, bytes) in STATIC {
        if !files.iter().any(|(own, _)| own == address) {
            assets.push(((*address).to_owned(), Asset::Embedded(bytes)));
        }
    }
    assets.sort_by(|(a, _), (b, _)| a.cmp(b));
    Skin { templates: embedded.chain(templates.iter().cloned()).collect(), assets }
}
