"""Puts things that wait for each other in order, and finds those that wait in a circle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping


def knots(waits_for: Mapping[int, Iterable[int]]) -> list[tuple[int, ...]]:
    """Single things, and groups that wait for each other in a circle; what is waited for comes first.

    The strongly connected components of the graph, by the algorithm of Kosaraju and Sharir.
    """
    waited_for_by: dict[int, list[int]] = {node: [] for node in waits_for}
    for node, needs in waits_for.items():
        for need in needs:
            waited_for_by[need].append(node)
    finished = list(_deepest_first(waits_for, waits_for, set()))
    seen: set[int] = set()
    found = [tuple(_deepest_first([node], waited_for_by, seen)) for node in reversed(finished)]
    return [knot for knot in reversed(found) if knot]


def _deepest_first(starts: Iterable[int], edges: Mapping[int, Iterable[int]], seen: set[int]) -> Iterator[int]:
    """What can be reached and was not seen before, each after all that it leads to."""
    for start in starts:
        if start in seen:
            continue
        seen.add(start)
        work = [(start, iter(edges[start]))]
        while work:
            node, ahead = work[-1]
            following = next((other for other in ahead if other not in seen), None)
            if following is None:
                work.pop()
                yield node
            else:
                seen.add(following)
                work.append((following, iter(edges[following])))
