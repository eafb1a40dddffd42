//! The Content-Security-Policy that every page carries (W3C, Content Security Policy Level 3): scripts and styles are files of the
//! site, and nothing that a plan says is one.

/// The policy of a page whose files lie below `root`, an address that is complete or says nothing of a host.
///
/// Pictures may come from elsewhere, since Markdown may name them there. `connect-src` is for the preview, which adds its own script.
pub(super) fn policy(root: &str) -> String {
    // A page for missing addresses may be shown by another host than the one it takes its files from. What would end a source is encoded.
    let is_complete = root.starts_with("https://") || root.starts_with("http://");
    let root = root.replace(';', "%3B").replace(',', "%2C").replace(char::is_whitespace, "%20");
    let own = if is_complete { format!("'self' {root}") } else { "'self'".to_owned() };
    format!(
        "default-src 'none'; script-src {own}; style-src {own}; img-src 'self' data: https: http:; font-src {own}; \
         connect-src 'self'; base-uri 'none'; form-action 'none'"
    )
}
