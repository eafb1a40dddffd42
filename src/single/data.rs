//! Files as addresses of their own: `data:` URIs, by the one home of `data-encoding`.

use data_encoding::BASE64;

/// What a file is, by its name; only what a page may show without asking anybody for more.
pub(super) fn media(address: &str) -> Option<&'static str> {
    let (_, ending) = address.rsplit_once('.')?;
    Some(match ending.to_ascii_lowercase().as_str() {
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "bmp" => "image/bmp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "woff" => "font/woff",
        "ttf" => "font/ttf",
        "otf" => "font/otf",
        _ => return None,
    })
}

/// The address that holds a file.
pub(super) fn uri(media: &str, bytes: &[u8]) -> String {
    format!("data:{media};base64,{}", BASE64.encode(bytes))
}

/// Bytes as a content security policy writes them.
pub(super) fn base64(bytes: &[u8]) -> String {
    BASE64.encode(bytes)
}
