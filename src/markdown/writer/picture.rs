//! Pictures whose words are a size, as Obsidian writes it: `![[picture.png|100]]`, `![[picture.png|the words|100x50]]`.

use super::super::inline::Image;

/// The picture of this name, where the words that an author gave it are its size or end in one.
pub(super) fn sized(target: &str, words: &str) -> Option<Image> {
    let (alt, size) = words.rsplit_once('|').unwrap_or((target, words));
    let (width, height) = match size.trim().split_once('x') {
        Some((width, height)) => (width, Some(height)),
        None => (size.trim(), None),
    };
    let is_number = |text: &str| (1..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number(width) || height.is_some_and(|height| !is_number(height)) {
        return None;
    }
    let height = height.map(|height| format!(" height=\"{height}\"")).unwrap_or_default();
    Some(Image::written(target, "", alt.trim(), format!(" width=\"{width}\"{height}")))
}
