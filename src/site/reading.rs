//! The pages of a site one after another, as somebody reads them who has all of them in one hand.

use super::Site;
use super::page::Page;

impl Site {
    /// The addresses of all pages in the order in which they are best read: the plan from its vision down, items in their order, then
    /// what groups them. Without old addresses, pages for others to embed, the one for missing addresses, data and files.
    pub fn reading_order(&self) -> Vec<&str> {
        let mut pages: Vec<_> =
            self.table().pages.iter().filter_map(|(address, page)| Some((page.chapter(self)?, address))).collect();
        pages.sort_unstable();
        pages.into_iter().map(|(_, address)| address.as_str()).collect()
    }

    /// Old addresses, each with the one of today.
    pub fn moved(&self) -> Vec<(String, String)> {
        let pages = self.table().pages.iter();
        let moved = pages.filter_map(|(address, page)| match page {
            Page::Redirect(to) => Some((address.clone(), to.address(&self.roadmap))),
            _ => None,
        });
        moved.collect()
    }
}
