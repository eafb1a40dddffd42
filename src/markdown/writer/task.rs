//! Tasks of lists: a box with its label.

use super::super::frame::Content;
use super::Writer;

const TASK_DONE: &str = "<label><input type=\"checkbox\" disabled checked> ";
const TASK_OPEN: &str = "<label><input type=\"checkbox\" disabled> ";

impl Writer<'_> {
    /// A task's words are the label of its box. The label ends with the line of text, before any block.
    pub(super) fn task(&mut self, done: bool) {
        for open in ["<li>", "<li>\n<p>"] {
            if self.out.ends_with(open) {
                let offset = self.out.len() - open.len() + "<li".len();
                const CLASS: &str = " class=\"task\"";
                self.out.insert_str(offset, CLASS);
                if let Some(fragments) = &mut self.fragments {
                    fragments.shift(offset, CLASS.len());
                }
            }
        }
        self.out.push_str(if done { TASK_DONE } else { TASK_OPEN });
        self.label = true;
        self.open_frame(Content::Label);
    }

    pub(super) fn end_label(&mut self) {
        if !std::mem::take(&mut self.label) {
            return;
        }
        self.close_frame();
        // Who hears the page learns what the box is of.
        if self.out.ends_with(TASK_DONE) || self.out.ends_with(TASK_OPEN) {
            self.out.truncate(self.out.len() - "> ".len());
            self.out.push_str(" aria-label=\"Task\">");
        }
        self.out.push_str("</label>");
    }
}
