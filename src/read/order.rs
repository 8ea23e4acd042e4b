//! Snapshot nodes in strict document order, whatever order they came in.

use crate::model::Snapshot;

/// Snapshot indices in strict document order with the parents' positions, whatever order the nodes came in.
pub(super) fn document_order(snapshot: &Snapshot) -> (Vec<u32>, Vec<u32>) {
    let count = snapshot.nodes.len();
    let mut first = vec![u32::MAX; count];
    let mut next = vec![u32::MAX; count];
    for at in (1..count).rev() {
        let named = snapshot.nodes[at].parent as usize;
        let parent = if named < at { named } else { 0 };
        next[at] = first[parent];
        first[parent] = at as u32;
    }
    let (mut index, mut parents) = (Vec::with_capacity(count), Vec::with_capacity(count));
    let mut open: Vec<(u32, u32)> = if count > 0 { vec![(0, 0)] } else { Vec::new() };
    while let Some((at, parent)) = open.pop() {
        let position = index.len() as u32;
        index.push(at);
        parents.push(parent);
        if at != 0 && next[at as usize] != u32::MAX {
            open.push((next[at as usize], parent));
        }
        if first[at as usize] != u32::MAX {
            open.push((first[at as usize], position));
        }
    }
    (index, parents)
}

pub(super) fn subtree_ends(parent: &[u32]) -> Vec<u32> {
    let mut end: Vec<u32> = (1..=parent.len() as u32).collect();
    for at in (1..parent.len()).rev() {
        let above = parent[at] as usize;
        end[above] = end[above].max(end[at]);
    }
    end
}
