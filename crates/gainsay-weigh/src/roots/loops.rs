//! Strongly connected components of a graph (Tarjan 1972, SIAM J. Comput. 1(2)), without recursion.

/// The components of a graph over `edges.len()` nodes, sinks first: a component comes after all it leads to.
/// Nodes of a component are sorted.
pub(super) fn components(edges: &[Vec<usize>]) -> Vec<Vec<usize>> {
    const UNSEEN: usize = usize::MAX;
    let n = edges.len();
    let (mut index, mut low) = (vec![UNSEEN; n], vec![0; n]);
    let (mut on_stack, mut stack) = (vec![false; n], Vec::new());
    let (mut next, mut out) = (0, Vec::new());
    for start in 0..n {
        if index[start] != UNSEEN {
            continue;
        }
        let mut work = vec![(start, 0)];
        while let Some(top) = work.last_mut() {
            let (node, at) = *top;
            if at == 0 {
                index[node] = next;
                low[node] = next;
                next += 1;
                stack.push(node);
                on_stack[node] = true;
            }
            if let Some(&to) = edges[node].get(at) {
                top.1 += 1;
                if index[to] == UNSEEN {
                    work.push((to, 0));
                } else if on_stack[to] {
                    low[node] = low[node].min(index[to]);
                }
                continue;
            }
            work.pop();
            if let Some(&(from, _)) = work.last() {
                low[from] = low[from].min(low[node]);
            }
            if low[node] == index[node] {
                let from = stack.iter().rposition(|&other| other == node).unwrap_or(0);
                let mut component = stack.split_off(from);
                component.iter().for_each(|&member| on_stack[member] = false);
                component.sort_unstable();
                out.push(component);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_loop_is_one_component_and_sinks_come_first() {
        let edges = vec![vec![1], vec![2], vec![0, 3], vec![], vec![0]];
        assert_eq!(components(&edges), vec![vec![3], vec![0, 1, 2], vec![4]]);
    }

    #[test]
    fn a_long_loop_does_not_overflow() {
        let n = 100_000;
        let edges: Vec<Vec<usize>> = (0..n).map(|node| vec![(node + 1) % n]).collect();
        assert_eq!(components(&edges).len(), 1);
    }
}
