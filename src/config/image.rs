//! The picture that stands for the site where somebody passes its address on.

use super::file::Checked;
use crate::source::Location;

/// The picture of link previews.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Image {
    /// One of the project's static files.
    File {
        /// Its address from the site's root.
        address: String,
        /// Where the configuration names it.
        location: Option<Location>,
    },
    /// One that is elsewhere, by its whole address.
    Elsewhere(String),
}

/// What those who show previews can show: none of them draws an SVG.
const ENDINGS: [&str; 5] = ["png", "jpg", "jpeg", "webp", "gif"];

impl Checked<'_> {
    pub(super) fn image(&mut self, image: Option<String>) -> Option<Image> {
        let image = image?;
        if image.contains("://") {
            return self.url(image).map(Image::Elsewhere);
        }
        let path = image.trim_start_matches("./");
        let address = path.strip_prefix("static/").unwrap_or(path);
        let ending = address.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
        if !ENDINGS.contains(&ending.as_str()) {
            let message = format!("`{image}` is no picture that a link preview can show");
            self.wrong(&image, message, "name a PNG or JPEG under `static/`, or the web address of one");
            return None;
        }
        Some(Image::File { address: address.to_owned(), location: self.location_of("image") })
    }
}
