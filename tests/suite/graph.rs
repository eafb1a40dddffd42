//! Tests of the dependency graph.

use fastrand::Rng;
use roadbook::id::{Id, ItemId, JobId};
use roadbook::resolve::graph::{
    BlockingImpact, Chain, acyclic, blocking_impact, chains_to, components, cycles, longest_chains, topological,
};

use crate::support::assert_near_linear;

type Needs = Vec<Vec<u32>>;

// Brute force, by definition and not by algorithm.

/// `reach[a][b]`: the fewest edges from a to b, at least one (Floyd and Warshall).
fn distances(needs: &Needs) -> Vec<Vec<Option<u32>>> {
    let n = needs.len();
    let mut far = vec![vec![None; n]; n];
    for (node, list) in needs.iter().enumerate() {
        for &need in list {
            far[node][need as usize] = Some(1);
        }
    }
    for by in 0..n {
        for from in 0..n {
            for to in 0..n {
                if let (Some(a), Some(b)) = (far[from][by], far[by][to]) {
                    far[from][to] = Some(far[from][to].map_or(a + b, |best: u32| best.min(a + b)));
                }
            }
        }
    }
    far
}

/// Why a list is not a cycle of the graph, if it is not.
fn faulty_cycle(needs: &Needs, cycle: &[u32]) -> Option<String> {
    if cycle.is_empty() {
        return Some("empty".into());
    }
    let mut sorted = cycle.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    if sorted.len() != cycle.len() {
        return Some("a node twice".into());
    }
    if cycle[0] != sorted[0] {
        return Some("does not begin at its smallest node".into());
    }
    let next = |index: usize| cycle[(index + 1) % cycle.len()];
    (0..cycle.len())
        .find(|&index| !needs[cycle[index] as usize].contains(&next(index)))
        .map(|index| format!("{} does not wait for {}", cycle[index], next(index)))
}

/// Every cycle of at most `most` nodes that begins at its smallest node.
fn all_cycles(needs: &Needs, most: usize) -> Vec<Vec<u32>> {
    fn extend(needs: &Needs, path: &mut Vec<u32>, most: usize, found: &mut Vec<Vec<u32>>) {
        for &next in &needs[path[path.len() - 1] as usize] {
            if next == path[0] {
                found.push(path.clone());
            } else if next > path[0] && path.len() < most && !path.contains(&next) {
                path.push(next);
                extend(needs, path, most, found);
                path.pop();
            }
        }
    }
    let mut found = Vec::new();
    for start in 0..needs.len() as u32 {
        extend(needs, &mut vec![start], most, &mut found);
    }
    found
}

fn random_graph(rng: &mut Rng) -> Needs {
    let n = rng.usize(1..=40);
    let degree = rng.usize(1..=6);
    let node = |rng: &mut Rng| (0..rng.usize(0..=degree)).map(|_| rng.u32(0..n as u32)).collect();
    let mut needs: Needs = (0..n).map(|_| node(rng)).collect();
    if rng.u8(0..4) > 0 {
        (0..).zip(&mut needs).for_each(|(node, list)| list.retain(|&need| need != node));
    }
    needs
}

/// Acyclic, its numbers shuffled among `near` of them so that index and depth have little to do with each other.
fn random_plan(rng: &mut Rng, n: usize, most: usize, near: usize) -> Needs {
    let mut name: Vec<u32> = (0..n as u32).collect();
    name.chunks_mut(near.max(1)).for_each(|near| rng.shuffle(near));
    let mut needs = vec![Vec::new(); n];
    for index in 1..n {
        let list = (0..rng.usize(0..=most)).map(|_| name[rng.usize(index.saturating_sub(near)..index)]);
        needs[name[index] as usize] = list.collect();
    }
    let parts = components(&needs);
    acyclic(&needs, &parts)
}

// Components and cycles.

#[test]
fn components_and_cycles_agree_with_brute_force_on_random_graphs() {
    let mut with_cycle = 0;
    for seed in 0..2_000 {
        let needs = random_graph(&mut Rng::with_seed(seed));
        let n = needs.len() as u32;
        let far = distances(&needs);
        let mutual =
            |a: u32, b: u32| a == b || (far[a as usize][b as usize].is_some() && far[b as usize][a as usize].is_some());
        let parts = components(&needs);
        for a in 0..n {
            assert!(parts.members(parts.of(a)).contains(&a), "seed {seed}");
            for b in 0..n {
                assert_eq!(parts.of(a) == parts.of(b), mutual(a, b), "seed {seed}: {a} and {b}");
            }
            for &need in &needs[a as usize] {
                assert!(parts.of(need) <= parts.of(a), "seed {seed}: numbered in the order of waiting");
            }
        }
        let members: usize = (0..parts.count() as u32).map(|part| parts.members(part).len()).sum();
        assert_eq!(members, needs.len(), "seed {seed}");

        let found = cycles(&needs);
        assert!(found.is_sorted(), "seed {seed}");
        with_cycle += usize::from(!found.is_empty());
        let mut with_cycles: Vec<u32> = Vec::new();
        for cycle in &found {
            assert_eq!(faulty_cycle(&needs, cycle), None, "seed {seed}: {cycle:?}");
            let component = parts.of(cycle[0]);
            let shortest = parts.members(component).iter().filter_map(|&a| far[a as usize][a as usize]).min();
            assert_eq!(Some(cycle.len() as u32), shortest, "seed {seed}: {cycle:?}");
            with_cycles.push(component);
        }
        with_cycles.sort_unstable();
        let cyclic = |part: &u32| parts.members(*part).iter().any(|&a| far[a as usize][a as usize].is_some());
        let expected: Vec<u32> = (0..parts.count() as u32).filter(cyclic).collect();
        assert_eq!(with_cycles, expected, "seed {seed}: one cycle for each component that has one");

        let cut = acyclic(&needs, &parts);
        assert_eq!(topological(&cut).len(), needs.len(), "seed {seed}: no cycle is left");
        for a in 0..n {
            let kept = |need: u32| needs[a as usize].contains(&need) && !mutual(a, need);
            let expected: Vec<u32> = (0..n).filter(|&need| kept(need)).collect();
            assert_eq!(cut[a as usize], expected, "seed {seed}");
        }
    }
    assert!(with_cycle > 1_000, "{with_cycle} graphs had a cycle to find");
}

#[test]
fn the_smallest_of_the_shortest_cycles_is_named() {
    for seed in 0..500 {
        let mut rng = Rng::with_seed(seed);
        let n = rng.usize(2..=12);
        let needs: Needs = (0..n).map(|_| (0..rng.usize(0..=3)).map(|_| rng.u32(0..n as u32)).collect()).collect();
        let parts = components(&needs);
        let all = all_cycles(&needs, n);
        for cycle in cycles(&needs) {
            let component = parts.of(cycle[0]);
            let here = all.iter().filter(|other| parts.of(other[0]) == component);
            let best = here.min_by_key(|other| (other.len(), *other));
            assert_eq!(best, Some(&cycle), "seed {seed}: {needs:?}");
        }
    }
}

#[test]
fn the_checker_of_cycles_rejects_wrong_ones() {
    let needs = vec![vec![1], vec![2], vec![0, 3], vec![]];
    assert_eq!(faulty_cycle(&needs, &[0, 1, 2]), None);
    for wrong in [&[][..], &[1, 2, 0], &[0, 2, 1], &[0, 1], &[0, 1, 2, 3], &[0, 1, 0, 2], &[3]] {
        assert!(faulty_cycle(&needs, wrong).is_some(), "{wrong:?}");
    }
}

#[test]
fn a_node_that_waits_for_itself_is_a_cycle_of_one() {
    assert_eq!(cycles(&[vec![0, 0], vec![0], vec![3, 2], vec![2]]), [[0], [2]]);
}

#[test]
fn the_shortest_cycle_of_a_large_tangle_is_found() {
    let cycle: Needs = (0..10_000_u32).map(|node| vec![(node + 1) % 10_000]).collect();
    assert_eq!(cycles(&cycle), [(0..10_000).collect::<Vec<u32>>()]);

    // Every node of one side waits for every node of the other, one of which waits for it.
    let to_all: Vec<u32> = (1_000..2_000).collect();
    let dense: Needs = (0..2_000).map(|node| if node < 1_000 { to_all.clone() } else { vec![0] }).collect();
    assert_eq!(cycles(&dense), [[0, 1_000]]);

    // A tournament without cycles of two: i beats the 400 after it, around a circle of 1,000.
    let circle: Needs = (0..1_000_u32).map(|node| (1..=400).map(|step| (node + step) % 1_000).collect()).collect();
    assert_eq!(cycles(&circle), [[0, 200, 600]]);

    // A cycle with chords that skip one node each: the shortest cycle takes every chord.
    let chords: Needs = (0..5_001_u32).map(|node| vec![(node + 1) % 5_001, (node + 2) % 5_001]).collect();
    let shortest = cycles(&chords);
    assert_eq!((shortest.len(), shortest[0].len()), (1, 2_501));
    assert_eq!(faulty_cycle(&chords, &shortest[0]), None);
}

// Large shapes.

/// What the functions of the graph say of one graph.
struct Answers {
    cycles: Vec<Vec<u32>>,
    chains: Vec<Chain<u32>>,
    unblockers: Vec<BlockingImpact<u32>>,
}

/// Runs every function of the graph on a small stack.
fn everything(needs: Needs) -> Answers {
    let work = move || answers(&needs, 10);
    let thread = std::thread::Builder::new().stack_size(1 << 20).spawn(work).expect("a thread starts");
    thread.join().expect("nothing overflows or panics")
}

/// Whatever is asked of a graph, with as many unblockers as `most` says.
fn answers(needs: &Needs, most: usize) -> Answers {
    let ones = vec![1; needs.len()];
    let cycles = cycles(needs);
    let cut = acyclic(needs, &components(needs));
    let chains = longest_chains(&cut, &ones, 10);
    let unblockers = blocking_impact(&cut, &ones, most);
    assert_eq!(topological(&cut).len(), needs.len());
    Answers { cycles, chains, unblockers }
}

/// A graph of a size.
type Shape<'a> = dyn Fn(usize) -> Needs + 'a;

/// Their work grows near linearly with nodes and edges, where as many nodes are counted exactly at all sizes: so many unblockers are
/// asked for that counting never ends early. Numbers that are near in a plan are near in the memory, so that caches count little.
#[test]
fn large_shapes_take_time_near_linear_in_them() {
    let chain = |n: usize| -> Needs { (0..n as u32).map(|node| node.checked_sub(1).into_iter().collect()).collect() };
    let cycle = |n: usize| -> Needs { (0..n as u32).map(|node| vec![(node + 1) % n as u32]).collect() };
    let fan = |n: usize| -> Needs { (0..n).map(|node| if node == 0 { Vec::new() } else { vec![0] }).collect() };
    let ladder = |n: usize| -> Needs {
        let tops = (0..n as u32).step_by(3);
        std::iter::once(Vec::new()).chain(tops.flat_map(|top| [vec![top], vec![top], vec![top + 1, top + 2]])).collect()
    };
    let random = |n: usize| random_plan(&mut Rng::with_seed(7), n, 3, 1_000);
    let shapes: [(&str, &Shape<'_>, usize); 5] = [
        ("chain", &chain, 6_000),
        ("cycle", &cycle, 3_000),
        ("fan", &fan, 6_000),
        ("ladder", &ladder, 4_000),
        ("random", &random, 4_000),
    ];
    for (name, shape, size) in shapes {
        assert_near_linear(name, size, 16, shape, |needs| _ = answers(needs, 1_025));
    }
}

#[test]
fn a_chain_of_100_000_on_a_small_stack() {
    let n = 100_000_u32;
    for upwards in [true, false] {
        let name = |position: u32| if upwards { position } else { n - 1 - position };
        let mut needs = vec![Vec::new(); n as usize];
        for position in 1..n {
            needs[name(position) as usize] = vec![name(position - 1)];
        }
        let Answers { cycles, chains, unblockers } = everything(needs);
        assert!(cycles.is_empty());
        assert_eq!(chains, [Chain { nodes: (0..n).map(name).collect(), weight: u64::from(n) }]);
        let expected = |position: u32| {
            let after = n - 1 - position;
            BlockingImpact { node: name(position), direct: 1, all: after, value: u64::from(after) }
        };
        assert_eq!(unblockers, (0..10).map(expected).collect::<Vec<_>>());
    }
}

#[test]
fn a_cycle_of_100_000_on_a_small_stack() {
    let n = 100_000;
    let Answers { cycles, chains, unblockers } = everything((0..n).map(|node| vec![(node + 1) % n]).collect());
    assert_eq!(cycles, [(0..n).collect::<Vec<u32>>()]);
    assert!(chains.is_empty() && unblockers.is_empty());
}

#[test]
fn a_fan_of_10_000() {
    let mut needs = vec![vec![0]; 10_001];
    needs[0].clear();
    let Answers { cycles, chains, unblockers, .. } = everything(needs.clone());
    assert!(cycles.is_empty());
    assert_eq!(chains, [Chain { nodes: vec![0, 1], weight: 2 }], "ten variations of one chain are one chain");
    assert_eq!(unblockers, [BlockingImpact { node: 0, direct: 10_000, all: 10_000, value: 10_000 }]);

    // The other way round, everything is equal, and the first ten are as good as any.
    let mut inverse = vec![Vec::new(); 10_001];
    inverse[10_000] = (0..10_000).collect();
    let Answers { unblockers, .. } = everything(inverse);
    assert_eq!(
        unblockers,
        (0..10).map(|node| BlockingImpact { node, direct: 1, all: 1, value: 1 }).collect::<Vec<_>>()
    );
}

#[test]
fn a_bipartite_graph_of_a_million_edges() {
    let needs: Needs = (0..1_000).map(|_| Vec::new()).chain((0..1_000).map(|_| (0..1_000).collect())).collect();
    let Answers { cycles, chains, unblockers } = everything(needs);
    assert!(cycles.is_empty());
    assert_eq!(chains.len(), 10);
    assert!(chains.iter().all(|chain| chain.nodes.len() == 2));
    assert_eq!(unblockers[9], BlockingImpact { node: 9, direct: 1_000, all: 1_000, value: 1_000 });
}

#[test]
fn a_ladder_of_10_000_diamonds() {
    // Top 3k, sides 3k + 1 and 3k + 2, and the next top waits for both: 2^10000 paths.
    let mut needs: Needs = vec![Vec::new()];
    for top in (0..30_000).step_by(3) {
        needs.extend([vec![top], vec![top], vec![top + 1, top + 2]]);
    }
    let n = needs.len() as u64;
    let Answers { cycles, chains, unblockers } = everything(needs);
    assert!(cycles.is_empty());
    assert_eq!((chains.len(), chains[0].weight), (1, 20_001));
    let values: Vec<(u32, u64)> = unblockers.iter().map(|impact| (impact.node, impact.value)).collect();
    let expected = |k: u32| {
        let after = n - 1 - 3 * u64::from(k);
        [(3 * k, after), (3 * k + 1, after - 2), (3 * k + 2, after - 2)]
    };
    assert_eq!(values, (0..4).flat_map(expected).take(10).collect::<Vec<_>>());
}

#[test]
fn a_plan_of_100_000_is_answered_exactly_where_it_can_be_checked() {
    let needs = random_plan(&mut Rng::with_seed(7), 100_000, 3, 100_000);
    let top = blocking_impact(&needs, &vec![1; needs.len()], 10);
    assert_eq!(top.len(), 10);
    for impact in &top {
        let mut waits = vec![false; needs.len()];
        for node in topological(&needs) {
            let list = &needs[node as usize];
            waits[node as usize] = list.iter().any(|&need| need == impact.node || waits[need as usize]);
        }
        assert_eq!(impact.all as usize, waits.iter().filter(|&&waits| waits).count());
        let direct = needs.iter().filter(|list| list.contains(&impact.node)).count();
        assert_eq!(impact.direct as usize, direct);
    }
}

// Chains and unblockers.

/// Every whole chain: from a node that waits for nothing to one that nothing waits for.
fn all_chains(needs: &Needs) -> Vec<Vec<u32>> {
    let mut open: Vec<Vec<u32>> = (0..needs.len() as u32)
        .filter(|node| needs.iter().all(|list| !list.contains(node)))
        .map(|node| vec![node])
        .collect();
    let mut whole = Vec::new();
    while let Some(chain) = open.pop() {
        let list = &needs[chain[0] as usize];
        open.extend(list.iter().map(|&need| [&[need], &chain[..]].concat()));
        if list.is_empty() {
            whole.push(chain);
        }
    }
    whole
}

#[test]
fn the_longest_chains_agree_with_brute_force() {
    for seed in 0..1_000 {
        let mut rng = Rng::with_seed(seed);
        let n = rng.usize(1..=14);
        let needs = random_plan(&mut rng, n, 2, n);
        let weight: Vec<u64> = (0..n).map(|_| rng.u64(0..=8)).collect();
        let all = all_chains(&needs);
        assert_eq!(
            longest_chains(&needs, &weight, 5),
            chosen_by_definition(&all, &weight, 5),
            "seed {seed}: {needs:?}"
        );
    }
}

/// What the documentation of `longest_chains` says, with every whole chain at hand.
fn chosen_by_definition(all: &[Vec<u32>], weight: &[u64], most: usize) -> Vec<Chain<u32>> {
    let sum = |nodes: &[u32]| nodes.iter().map(|&node| weight[node as usize]).sum::<u64>();
    let mut seen: Vec<u32> = Vec::new();
    let mut chosen: Vec<Chain<u32>> = Vec::new();
    for _ in 0..2 * most {
        let fresh = |chain: &[u32]| chain.iter().copied().filter(|node| !seen.contains(node)).collect::<Vec<u32>>();
        let length = |chain: &[u32]| (sum(&fresh(chain)), fresh(chain).len(), sum(chain), chain.len());
        let backwards = |chain: &[u32]| chain.iter().rev().copied().collect::<Vec<u32>>();
        let best = all.iter().max_by_key(|chain| (length(chain), std::cmp::Reverse(backwards(chain))));
        let Some(best) = best else { break };
        let added = fresh(best);
        if chosen.len() == most || added.len() < 2 {
            break;
        }
        if added.len() * 2 > best.len() {
            chosen.push(Chain { nodes: best.clone(), weight: sum(best) });
        }
        seen.extend(added);
    }
    chosen.sort_by_key(|chain| {
        std::cmp::Reverse((chain.weight, chain.nodes.len(), std::cmp::Reverse(chain.nodes.clone())))
    });
    chosen
}

#[test]
fn the_chains_to_groups_agree_with_brute_force() {
    /// Every chain that ends in `node`, whole towards its beginning.
    fn ending(needs: &Needs, node: u32) -> Vec<Vec<u32>> {
        let list = &needs[node as usize];
        let longer = |chain: Vec<u32>| chain.into_iter().chain([node]).collect();
        let before = list.iter().flat_map(|&need| ending(needs, need)).map(longer).collect();
        if list.is_empty() { vec![vec![node]] } else { before }
    }
    for seed in 0..600 {
        let mut rng = Rng::with_seed(seed);
        let n = rng.usize(1..=12);
        let needs = random_plan(&mut rng, n, 2, n);
        let weight: Vec<u64> = (0..n).map(|_| rng.u64(0..=5)).collect();
        let sum = |chain: &[u32]| chain.iter().map(|&node| weight[node as usize]).sum::<u64>();
        let group = |rng: &mut Rng| -> Vec<u32> { (0..rng.usize(0..4)).map(|_| rng.u32(0..n as u32)).collect() };
        let groups: Vec<Vec<u32>> = (0..4).map(|_| group(&mut rng)).collect();
        let found = chains_to(&needs, &weight, &groups);
        assert_eq!(found.len(), groups.len());
        for (group, found) in groups.iter().zip(found) {
            let all = group.iter().flat_map(|&end| ending(&needs, end));
            // Heavier, then longer, then the smaller index, looked at from the end.
            let best = all.max_by_key(|chain| {
                let back: Vec<std::cmp::Reverse<u32>> =
                    chain.iter().rev().map(|&node| std::cmp::Reverse(node)).collect();
                (sum(chain), chain.len(), back)
            });
            let expected = best.map(|nodes| Chain { weight: sum(&nodes), nodes });
            assert_eq!(found, expected, "seed {seed}: {needs:?} to {group:?}");
        }
    }
}

#[test]
fn a_second_chain_is_another_chain_and_not_a_variation() {
    // 0 → 1 → 2 → 3 → 4, with 5 beside 4; and 6 → 7 on its own; and 2 → 8 → 9 → 10 → 11, which is longer than its stem.
    let mut needs: Needs = vec![vec![], vec![0], vec![1], vec![2], vec![3], vec![3], vec![], vec![6]];
    assert_eq!(nodes(&needs), [vec![0, 1, 2, 3, 4], vec![6, 7]]);
    needs.extend([vec![2], vec![8], vec![9], vec![10], vec![11]]);
    assert_eq!(nodes(&needs), [vec![0, 1, 2, 8, 9, 10, 11, 12], vec![6, 7]]);
    needs.extend([vec![3], vec![13], vec![14], vec![15], vec![16]]);
    let chains = [vec![0, 1, 2, 3, 13, 14, 15, 16, 17], vec![0, 1, 2, 8, 9, 10, 11, 12], vec![6, 7]];
    assert_eq!(nodes(&needs), chains, "a long branch is shown with its stem");

    fn nodes(needs: &Needs) -> Vec<Vec<u32>> {
        longest_chains(needs, &vec![1; needs.len()], 10).into_iter().map(|chain| chain.nodes).collect()
    }
}

#[test]
fn what_blocks_most_agrees_with_brute_force() {
    for seed in 0..1_000 {
        let mut rng = Rng::with_seed(seed);
        let n = rng.usize(1..=200);
        let near = if rng.bool() { n } else { 8 };
        let needs = random_plan(&mut rng, n, 3, near);
        let highest = [0, 1, 13][rng.usize(0..3)];
        let value: Vec<u64> = (0..n).map(|_| rng.u64(0..=highest)).collect();
        // bits[a] says which nodes wait for a.
        let mut waits = vec![vec![false; n]; n];
        for &node in topological(&needs).iter().rev() {
            for &need in &needs[node as usize] {
                let above = waits[node as usize].clone();
                waits[need as usize].iter_mut().zip(above).for_each(|(waits, above)| *waits |= above);
                waits[need as usize][node as usize] = true;
            }
        }
        let impact = |node: u32| BlockingImpact {
            node,
            direct: needs.iter().filter(|list| list.contains(&node)).count() as u32,
            all: waits[node as usize].iter().filter(|&&waits| waits).count() as u32,
            value: (0..n).filter(|&other| waits[node as usize][other]).map(|other| value[other]).sum(),
        };
        let mut expected: Vec<BlockingImpact<u32>> =
            (0..n as u32).map(impact).filter(|impact| impact.all > 0).collect();
        expected.sort_by_key(|impact| (std::cmp::Reverse((impact.value, impact.all)), impact.node));
        expected.truncate(10);
        assert_eq!(blocking_impact(&needs, &value, 10), expected, "seed {seed}");
    }
}

#[test]
fn nothing_comes_of_nothing() {
    let empty = Needs::new();
    assert_eq!(components(&empty).count(), 0);
    assert!(cycles(&empty).is_empty() && topological(&empty).is_empty());
    assert!(longest_chains(&empty, &[], 5).is_empty() && blocking_impact(&empty, &[], 5).is_empty());
    let pair = [vec![], vec![0]];
    assert!(longest_chains(&pair, &[1, 1], 0).is_empty() && blocking_impact(&pair, &[1, 1], 0).is_empty());
}

#[test]
fn answers_name_what_the_graph_is_of() {
    let job = JobId::new;
    let needs = [vec![], vec![job(0)], vec![job(1)]];
    let chains = longest_chains(&needs, &[1, 1, 1], 5);
    assert_eq!(chains, [Chain { nodes: vec![job(0), job(1), job(2)], weight: 3 }]);
    let impact = blocking_impact(&needs, &[1, 2, 3], 1)[0];
    assert_eq!(impact, BlockingImpact { node: job(0), direct: 1, all: 2, value: 5 });

    let items = [ItemId::new(7), ItemId::new(4), ItemId::new(9)];
    let chain = chains[0].clone().map(|job| items[job.index()]);
    assert_eq!(chain, Chain { nodes: items.to_vec(), weight: 3 });
    let of_item = impact.map(|job| items[job.index()]);
    assert_eq!(of_item, BlockingImpact { node: items[0], direct: 1, all: 2, value: 5 });
}

#[test]
fn a_topological_order_takes_the_smallest_that_is_free() {
    assert_eq!(topological(&[vec![3], vec![], vec![0], vec![1, 4, 4], vec![]]), [1, 4, 3, 0, 2]);
    assert_eq!(topological(&[vec![1], vec![0], vec![], vec![0]]), [2], "what is on a cycle or behind it is left out");
}
