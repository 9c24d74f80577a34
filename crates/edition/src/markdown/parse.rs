//! Markdown to blocks. Insertions are taken out first, so that no sign in a key can be read as Markdown.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::insert::{Inserted, insert};
use super::{Block, Fault, Inline, TextFault};
use crate::document::Figure;
use crate::figures::Source;

/// Marks the place of an insertion: the sign, its number in digits of the private use area, the sign.
const MARK: char = '\u{E000}';
const DIGIT: u32 = 0xE010;

/// The blocks of a text, and all its faults in the order of their places. The blocks are whole even then: what could
/// not be inserted reads "(nicht ausgewiesen)".
pub fn parse(markdown: &str, source: &Source<'_>) -> (Vec<Block>, Vec<TextFault>) {
    let markdown: String = markdown
        .chars()
        .filter(|c| !('\u{E000}'..='\u{E01F}').contains(c))
        .collect();
    let mut faults = Vec::new();
    let (marked, inserted, lengths) = take_out(&markdown, source, &mut faults);
    let mut reader = Reader {
        marked: &marked,
        inserted,
        lengths,
        faults,
        level: 1,
        stack: vec![Frame::Blocks(Vec::new())],
    };
    for (event, range) in Parser::new_ext(&marked, Options::empty()).into_offset_iter() {
        reader.read(event, range);
    }
    let blocks = match reader.stack.pop() {
        Some(Frame::Blocks(blocks)) => blocks,
        _ => Vec::new(),
    };
    let mut faults = reader.faults;
    faults.sort_by_key(|f| (f.line, f.column));
    (blocks, faults)
}

/// The text with a mark for each insertion, what is inserted, and how many characters it was written with.
fn take_out(
    markdown: &str,
    source: &Source<'_>,
    faults: &mut Vec<TextFault>,
) -> (String, Vec<Inserted>, Vec<usize>) {
    let (mut marked, mut inserted, mut lengths) = (String::new(), Vec::new(), Vec::new());
    for (number, line) in markdown.split_inclusive('\n').enumerate() {
        let mut rest = line;
        let mut column = 1;
        while let Some(open) = rest.find("{{") {
            column += rest[..open].chars().count();
            marked.push_str(&rest[..open]);
            let here = |problem| TextFault {
                line: number + 1,
                column,
                problem,
            };
            let Some(length) = rest[open..].find("}}") else {
                faults.push(here(Fault::Unclosed));
                marked.push_str(&rest[open..]);
                rest = "";
                break;
            };
            let (thing, fault) = insert(&rest[open + 2..open + length], source);
            faults.extend(fault.map(here));
            push_mark(&mut marked, inserted.len());
            inserted.push(thing);
            let written = rest[open..open + length + 2].chars().count();
            lengths.push(written);
            column += written;
            rest = &rest[open + length + 2..];
        }
        marked.push_str(rest);
    }
    (marked, inserted, lengths)
}

fn push_mark(marked: &mut String, number: usize) {
    marked.push(MARK);
    for digit in number.to_string().bytes() {
        marked.extend(char::from_u32(DIGIT + u32::from(digit - b'0')));
    }
    marked.push(MARK);
}

/// The number of the mark that `text` begins with, and the bytes of the mark.
fn read_mark(text: &str) -> Option<(usize, usize)> {
    let inner = text.strip_prefix(MARK)?;
    let end = inner.find(MARK)?;
    let number = inner[..end].chars().try_fold(0usize, |n, c| {
        let digit = u32::from(c).checked_sub(DIGIT).filter(|d| *d < 10)?;
        n.checked_mul(10)?.checked_add(digit as usize)
    })?;
    Some((number, end + 2 * MARK.len_utf8()))
}

/// What is open around the place that is read.
enum Frame {
    Blocks(Vec<Block>),
    Items(bool, Vec<Vec<Block>>),
    Heading(u8, Vec<Piece>),
    Paragraph(Vec<Piece>),
    Emphasis(Vec<Piece>),
    Strong(Vec<Piece>),
    Link(String, Vec<Piece>),
    Picture,
}

/// Words, or a chart that breaks out of its paragraph.
enum Piece {
    Inline(Inline),
    Chart(Box<Figure>),
}

struct Reader<'m> {
    marked: &'m str,
    inserted: Vec<Inserted>,
    lengths: Vec<usize>,
    faults: Vec<TextFault>,
    level: u8,
    stack: Vec<Frame>,
}

impl Reader<'_> {
    fn read(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(words) | Event::Code(words) => self.words(&words),
            Event::SoftBreak => self.words(" "),
            Event::HardBreak => self.piece(Piece::Inline(Inline::Break)),
            Event::Html(tag) | Event::InlineHtml(tag) => {
                self.fault(range, Fault::Html(tag.trim().to_owned()));
                self.words(&tag);
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        let frame = match tag {
            Tag::Heading { level, .. } => {
                let wanted = match level {
                    HeadingLevel::H1 | HeadingLevel::H2 => 2,
                    HeadingLevel::H3 => 3,
                    _ => 4,
                };
                // No level is left out: readers by ear would miss it.
                self.level = wanted.min(self.level + 1);
                Frame::Heading(self.level, Vec::new())
            }
            Tag::Paragraph | Tag::CodeBlock(_) | Tag::HtmlBlock => Frame::Paragraph(Vec::new()),
            Tag::BlockQuote(_) | Tag::Item => Frame::Blocks(Vec::new()),
            Tag::List(first) => Frame::Items(first.is_some(), Vec::new()),
            Tag::Emphasis => Frame::Emphasis(Vec::new()),
            Tag::Strong => Frame::Strong(Vec::new()),
            Tag::Link { dest_url, .. } => {
                let right = ["http://", "https://", "mailto:"]
                    .iter()
                    .any(|scheme| dest_url.to_lowercase().starts_with(scheme));
                if !right {
                    self.fault(range, Fault::Link(dest_url.to_string()));
                }
                Frame::Link(
                    if right {
                        dest_url.to_string()
                    } else {
                        String::new()
                    },
                    Vec::new(),
                )
            }
            Tag::Image { .. } => {
                self.fault(range, Fault::Picture);
                Frame::Picture
            }
            _ => return,
        };
        self.stack.push(frame);
    }

    fn end(&mut self, tag: TagEnd) {
        // Tight items hold their words without a paragraph: it ends with them.
        if matches!(tag, TagEnd::Item | TagEnd::BlockQuote(_))
            && matches!(self.stack.last(), Some(Frame::Paragraph(_)))
        {
            self.close();
        }
        if matches!(tag, TagEnd::List(_))
            || !matches!(tag, TagEnd::Table | TagEnd::TableRow | TagEnd::TableCell)
        {
            self.close();
        }
    }

    fn close(&mut self) {
        if self.stack.len() < 2 {
            return;
        }
        let Some(frame) = self.stack.pop() else {
            return;
        };
        match frame {
            Frame::Heading(level, pieces) => {
                self.broken(pieces, |content| Block::Heading { level, content })
            }
            Frame::Paragraph(pieces) => self.broken(pieces, |content| Block::Paragraph { content }),
            Frame::Emphasis(pieces) => self.wrapped(pieces, |content| Inline::Emphasis { content }),
            Frame::Strong(pieces) => self.wrapped(pieces, |content| Inline::Strong { content }),
            Frame::Link(url, pieces) if url.is_empty() => {
                for piece in pieces {
                    self.piece(piece);
                }
            }
            Frame::Link(url, pieces) => {
                self.wrapped(pieces, |content| Inline::Link {
                    url: url.clone(),
                    content,
                });
            }
            Frame::Items(ordered, items) => self.block(Block::List { ordered, items }),
            Frame::Blocks(content) => match self.stack.last_mut() {
                Some(Frame::Items(_, items)) => items.push(content),
                _ => self.block(Block::Quote { content }),
            },
            Frame::Picture => {}
        }
    }

    /// Words into what is open; opens a paragraph in an item that has none.
    fn words(&mut self, words: &str) {
        if matches!(self.stack.last(), Some(Frame::Picture)) {
            return;
        }
        let mut rest = words;
        while let Some(at) = rest.find(MARK) {
            self.plain(&rest[..at]);
            let Some((number, length)) = read_mark(&rest[at..]) else {
                rest = &rest[at + MARK.len_utf8()..];
                continue;
            };
            rest = &rest[at + length..];
            match self.inserted.get_mut(number) {
                Some(Inserted::Words(words)) => {
                    let words = words.clone();
                    self.plain(&words);
                }
                Some(Inserted::Chart(figure)) => {
                    let figure = figure.clone();
                    self.piece(Piece::Chart(figure));
                }
                None => {}
            }
        }
        self.plain(rest);
    }

    fn plain(&mut self, words: &str) {
        if !words.is_empty() {
            self.piece(Piece::Inline(Inline::Text {
                text: words.to_owned(),
            }));
        }
    }

    fn piece(&mut self, piece: Piece) {
        if matches!(self.stack.last(), Some(Frame::Blocks(_) | Frame::Items(..))) {
            self.stack.push(Frame::Paragraph(Vec::new()));
        }
        let Some(
            Frame::Heading(_, pieces)
            | Frame::Paragraph(pieces)
            | Frame::Emphasis(pieces)
            | Frame::Strong(pieces)
            | Frame::Link(_, pieces),
        ) = self.stack.last_mut()
        else {
            return;
        };
        // Neighbouring words are one text.
        if let (
            Piece::Inline(Inline::Text { text }),
            Some(Piece::Inline(Inline::Text { text: last })),
        ) = (&piece, pieces.last_mut())
        {
            last.push_str(text);
            return;
        }
        pieces.push(piece);
    }

    fn wrapped(&mut self, pieces: Vec<Piece>, wrap: impl Fn(Vec<Inline>) -> Inline) {
        let mut content = Vec::new();
        let mut charts = Vec::new();
        for piece in pieces {
            match piece {
                Piece::Inline(inline) => content.push(inline),
                Piece::Chart(figure) => charts.push(figure),
            }
        }
        if !content.is_empty() {
            self.piece(Piece::Inline(wrap(content)));
        }
        for figure in charts {
            self.piece(Piece::Chart(figure));
        }
    }

    /// A block of words, broken where charts stand in it.
    fn broken(&mut self, pieces: Vec<Piece>, block: impl Fn(Vec<Inline>) -> Block) {
        let mut words: Vec<Inline> = Vec::new();
        for piece in pieces {
            match piece {
                Piece::Inline(inline) => words.push(inline),
                Piece::Chart(figure) => {
                    self.words_block(std::mem::take(&mut words), &block);
                    self.block(Block::Figure { figure });
                }
            }
        }
        self.words_block(words, &block);
    }

    fn words_block(&mut self, words: Vec<Inline>, block: &impl Fn(Vec<Inline>) -> Block) {
        let blank = |inline: &Inline| match inline {
            Inline::Text { text } => text.trim().is_empty(),
            Inline::Break => true,
            _ => false,
        };
        if !words.iter().all(blank) {
            self.block(block(words));
        }
    }

    fn block(&mut self, block: Block) {
        if matches!(self.stack.last(), Some(Frame::Paragraph(_))) {
            self.close();
        }
        if let Some(Frame::Blocks(blocks)) = self.stack.last_mut() {
            blocks.push(block);
        }
    }

    fn fault(&mut self, range: Range<usize>, problem: Fault) {
        let before = &self.marked[..range.start];
        let line = before.matches('\n').count() + 1;
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        let mut rest = &before[start..];
        let mut column = 1;
        while let Some(at) = rest.find(MARK) {
            column += rest[..at].chars().count();
            let (number, length) = read_mark(&rest[at..]).unwrap_or((usize::MAX, MARK.len_utf8()));
            column += self.lengths.get(number).copied().unwrap_or(0);
            rest = &rest[at + length..];
        }
        column += rest.chars().count();
        self.faults.push(TextFault {
            line,
            column,
            problem,
        });
    }
}
