//! The pages of a site one after another, as somebody reads them who has all of them in one hand.

use super::Site;
use super::address::Page;
use crate::id::Id as _;

impl Site {
    /// The addresses of all pages in the order in which they are best read: the plan from its vision down, items in their order, then
    /// what groups them. Without old addresses, pages for others to embed, the one for missing addresses, data and files.
    pub fn reading_order(&self) -> Vec<&str> {
        let mut pages: Vec<_> =
            self.table().pages.iter().filter_map(|(address, page)| Some((self.chapter(page)?, address))).collect();
        pages.sort_unstable();
        pages.into_iter().map(|(_, address)| address.as_str()).collect()
    }

    /// Old addresses, each with the one of today.
    pub fn moved(&self) -> Vec<(String, String)> {
        let pages = self.table().pages.iter();
        let moved = pages.filter_map(|(address, page)| match page {
            Page::Redirect(to) => Some((address.clone(), to.address(&self.roadmap.plan))),
            _ => None,
        });
        moved.collect()
    }

    /// The place of a page among all: its chapter, and its place there.
    fn chapter(&self, page: &Page) -> Option<(u8, u32)> {
        Some(match page {
            Page::Home => (0, 0),
            Page::Roadmap => (1, 0),
            Page::Alignment => (2, 0),
            Page::Backlog(at) => (3, u32::try_from(*at).unwrap_or(u32::MAX)),
            Page::Dependencies => (4, 0),
            Page::Theme(at) => {
                (5, self.theme_order.iter().position(|theme| theme == at).map_or(u32::MAX, |at| at as u32))
            }
            Page::Item(at) => (6, self.roadmap.items[*at].rank.unwrap_or(u32::MAX)),
            Page::Free(at) => (7, at.index() as u32),
            Page::Groups(kind) => (8 + *kind as u8, 0),
            Page::Group(kind, _) => (8 + *kind as u8, 1),
            Page::Scoring => (12, 0),
            Page::Health => (13, 0),
            Page::NotFound | Page::BoardEmbed | Page::BacklogEmbed | Page::ThemeEmbed(_) | Page::Redirect(_) => {
                return None;
            }
            Page::RoadmapJson | Page::RoadmapSchema | Page::RoadmapIcs | Page::RoadmapSvg | Page::BacklogCsv => {
                return None;
            }
            Page::Sitemap | Page::Robots | Page::Headers | Page::Asset(_) => return None,
        })
    }
}
