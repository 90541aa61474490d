//! A state machine as a drawing: states from top to bottom, the usual way down the middle, shortcuts on the right, and
//! ways back on the left. Every line has a row and a lane of its own, so that nothing is written over anything.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
};

use domain::{codes, workflow::Workflow};

use super::html::escape;

const BOX: i32 = 200;
const ROW: i32 = 24;
const GAP: i32 = 40;
const LANE: i32 = 14;
/// How wide a character of a label is, at most.
const LETTER: f64 = 7.3;

/// Lines with the same words to the same state, drawn as one with several beginnings.
struct Line {
    words: String,
    from: Vec<usize>,
    to: usize,
    /// Whether nobody can cause it: time or another machine does.
    own: bool,
    lane: i32,
}

/// The drawing. The page has a table that says the same.
pub(super) fn draw(machine: &Workflow) -> String {
    let lines = lines(machine);
    // Between neighbours there is room for one line; another one goes round.
    let mut taken = BTreeSet::new();
    let (straight, others): (Vec<Line>, Vec<Line>) = lines.into_iter().partition(|line| {
        line.from.len() == 1 && line.to == line.from[0] + 1 && taken.insert(line.to)
    });
    let (back, forth): (Vec<Line>, Vec<Line>) =
        others.into_iter().partition(|line| line.from.iter().all(|from| line.to < *from));
    let count = machine.states.len();
    let (left, right) = (Side::new(back, count, -1), Side::new(forth, count, 1));

    let heights: Vec<i32> =
        (0..count).map(|state| 24 + ROW * left.rows[state].max(right.rows[state]).max(1)).collect();
    let mut tops = vec![36];
    for height in &heights {
        tops.push(tops[tops.len() - 1] + height + GAP);
    }
    let x = left.width();
    let mut svg = String::new();
    let ends: Vec<&str> = machine.terminal().collect();
    for (state, name) in machine.states.iter().enumerate() {
        let (top, height) = (tops[state], heights[state]);
        let label = codes::STATES.find(name).map_or(*name, |code| code.en);
        let middle = x + BOX / 2;
        let _ = write!(
            svg,
            "<rect class=\"state\" x=\"{x}\" y=\"{top}\" width=\"{BOX}\" height=\"{height}\" rx=\"8\"/>"
        );
        if ends.contains(name) {
            let _ = write!(
                svg,
                "<rect class=\"end\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"5\"/>",
                x + 4,
                top + 4,
                BOX - 8,
                height - 8
            );
        }
        let text = top + height / 2;
        let _ = write!(
            svg,
            "<text class=\"label\" x=\"{middle}\" y=\"{}\">{}</text><text class=\"code\" x=\"{middle}\" y=\"{}\">{name}</text>",
            text - 2,
            escape(label),
            text + 15
        );
    }
    let middle = x + BOX / 2;
    let _ = write!(svg, "<circle class=\"begin\" cx=\"{middle}\" cy=\"8\" r=\"6\"/>");
    arrow(&mut svg, &format!("M{middle} 14V{}", tops[0]), (middle, tops[0]), Head::Down, false);
    for line in &straight {
        let from = line.from[0];
        let (start, end) = (tops[from] + heights[from], tops[line.to]);
        arrow(&mut svg, &format!("M{middle} {start}V{end}"), (middle, end), Head::Down, line.own);
        let _ = write!(
            svg,
            "<text class=\"action\" x=\"{}\" y=\"{}\">{}</text>",
            middle + 8,
            (start + end) / 2 + 2,
            line.words
        );
    }
    left.draw(&mut svg, x, &tops);
    right.draw(&mut svg, x + BOX, &tops);
    let (width, height) = (x + BOX + right.width(), tops[count] - GAP + 12);
    let name = machine.name;
    format!(
        "<svg role=\"img\" aria-labelledby=\"{name}-drawing\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\"><title id=\"{name}-drawing\">The states of {}: the table below says the same</title>{svg}</svg>\n",
        super::states::thing(machine),
    )
}

/// The lines of a machine, without those that lead back to where they start.
fn lines(machine: &Workflow) -> Vec<Line> {
    let place = |name: &str| machine.states.iter().position(|state| *state == name);
    let mut words: BTreeMap<(usize, usize, bool), Vec<&str>> = BTreeMap::new();
    for arrow in machine.arrows {
        for from in arrow.from.iter().filter_map(|name| place(name)) {
            for to in arrow.to.iter().filter_map(|name| place(name)).filter(|to| *to != from) {
                let actions = words.entry((to, from, arrow.may.is_none())).or_default();
                if !actions.contains(&arrow.action) {
                    actions.push(arrow.action);
                }
            }
        }
    }
    let mut lines: Vec<Line> = Vec::new();
    for ((to, from, own), actions) in words {
        let words = actions.join(", ");
        let straight = to == from + 1;
        let back = to < from;
        let same = lines.iter_mut().find(|line| {
            let first = line.from[0];
            !straight
                && line.to == to
                && line.words == words
                && line.own == own
                && (to < first) == back
                && to != first + 1
        });
        match same {
            Some(line) => line.from.push(from),
            None => lines.push(Line { words, from: vec![from], to, own, lane: 0 }),
        }
    }
    lines
}

/// The lines on one side of the states.
struct Side {
    lines: Vec<Line>,
    /// How many rows each state has on this side.
    rows: Vec<i32>,
    lanes: i32,
    /// How much room the words need.
    words: i32,
    /// 1 to the right, −1 to the left.
    way: i32,
}

impl Side {
    fn new(mut lines: Vec<Line>, states: usize, way: i32) -> Self {
        let mut rows = vec![0; states];
        for line in &lines {
            rows[line.to] += 1;
            line.from.iter().for_each(|from| rows[*from] += 1);
        }
        // Short ones inside, so that few lines cross.
        let span = |line: &Line| {
            let all = line.from.iter().chain([&line.to]);
            (all.clone().min().copied().unwrap_or(0), all.max().copied().unwrap_or(0))
        };
        lines.sort_by_key(|line| span(line).1 - span(line).0);
        let mut lanes: Vec<Vec<(usize, usize)>> = Vec::new();
        for line in &mut lines {
            let (low, high) = span(line);
            let free =
                lanes.iter().position(|lane| lane.iter().all(|(l, h)| high < *l || low > *h));
            let lane = free.unwrap_or_else(|| {
                lanes.push(Vec::new());
                lanes.len() - 1
            });
            lanes[lane].push((low, high));
            line.lane = i32::try_from(lane).unwrap_or(0);
        }
        let longest = lines.iter().map(|line| line.words.len()).max().unwrap_or(0);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_precision_loss,
            reason = "a few hundred at the most"
        )]
        let words = (longest as f64 * LETTER) as i32 + 12;
        Self { lanes: i32::try_from(lanes.len()).unwrap_or(0), lines, rows, words, way }
    }

    fn width(&self) -> i32 {
        if self.lines.is_empty() { 12 } else { self.words + self.lanes * LANE + 12 }
    }

    /// Draws the lines beside the edge of the states.
    fn draw(&self, svg: &mut String, edge: i32, tops: &[i32]) {
        let mut used = vec![0; self.rows.len()];
        let mut row = |state: usize| {
            used[state] += 1;
            tops[state] + 4 + ROW * used[state]
        };
        for line in &self.lines {
            let lane = edge + self.way * (self.words + line.lane * LANE);
            let target = row(line.to);
            for from in &line.from {
                let y = row(*from);
                let _ = write!(
                    svg,
                    "<path class=\"{}\" d=\"M{edge} {y}H{lane}V{target}\"/>",
                    class(line.own)
                );
                let anchor = if self.way > 0 { "action" } else { "action before" };
                let _ = write!(
                    svg,
                    "<text class=\"{anchor}\" x=\"{}\" y=\"{}\">{}</text>",
                    edge + self.way * 6,
                    y - 5,
                    line.words
                );
            }
            let head = if self.way > 0 { Head::Left } else { Head::Right };
            arrow(svg, &format!("M{lane} {target}H{edge}"), (edge, target), head, line.own);
        }
    }
}

/// Where an arrow points to.
enum Head {
    Down,
    Left,
    Right,
}

fn arrow(svg: &mut String, path: &str, (x, y): (i32, i32), head: Head, own: bool) {
    let (a, b) = match head {
        Head::Down => ((x - 5, y - 8), (x + 5, y - 8)),
        Head::Left => ((x + 8, y - 5), (x + 8, y + 5)),
        Head::Right => ((x - 8, y - 5), (x - 8, y + 5)),
    };
    let _ = write!(
        svg,
        "<path class=\"{}\" d=\"{path}\"/><path class=\"head\" d=\"M{x} {y}L{} {}L{} {}Z\"/>",
        class(own),
        a.0,
        a.1,
        b.0,
        b.1
    );
}

const fn class(own: bool) -> &'static str {
    if own { "line own" } else { "line" }
}

#[cfg(test)]
mod tests {
    use domain::workflow;

    use super::{draw, lines};

    #[test]
    fn every_machine_is_drawn_with_its_states_and_actions() {
        for machine in workflow::ALL {
            let svg = draw(machine);
            for state in machine.states {
                assert!(
                    svg.contains(&format!(">{state}</text>")),
                    "{} lacks {state}",
                    machine.name
                );
            }
            for line in lines(machine) {
                assert!(
                    svg.contains(&format!(">{}</text>", line.words)),
                    "{} lacks {}",
                    machine.name,
                    line.words
                );
            }
        }
    }
}
