//! `roadbook build`: the site, published.
