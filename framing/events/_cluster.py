"""From pairs of neighbours to events."""

from __future__ import annotations

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from framing.events._reading import Ints
from framing.events._similarity import Floats, Matrix, Window

LARGEST = 1500
"""Articles that are clustered at once; larger clumps are first cut at their weakest links, or else anywhere."""
_STEP = 0.05


def clusters(rows: Matrix, day: Ints, edges: Matrix, window: Window) -> Ints:
    """Return the event of each article, numbered from 0, or -1; shape (N,).

    Agglomerative clustering with average linkage within each connected component of the graph of neighbours: two
    groups of articles become one event as long as their articles are, on average, as alike as two must be. A chain of
    articles, each like the next, is therefore no event.

    References
    ----------
    Robert R. Sokal and Charles D. Michener, "A statistical method for evaluating systematic relationships", University
    of Kansas Science Bulletin 38, 1958: average linkage.
    """
    event = np.full(len(day), -1, dtype=np.int64)
    number = 0
    for members in _components(edges, np.arange(len(day)), window.similarity):
        when = day[members]
        alike = window.adjusted(cosines(rows, members), when[:, None], when[None, :])
        labels = _linked(alike, window.similarity)
        for label in range(int(labels.max()) + 1):
            one = members[labels == label]
            if len(one) > 1:
                event[one] = number
                number += 1
    return event


def cosines(rows: Matrix, members: Ints) -> Floats:
    """Return the cosines of some articles to each other, 0 to themselves."""
    some = rows[members]
    found: Floats = np.minimum(np.asarray((some @ some.T).todense(), dtype=np.float64), 1)
    np.fill_diagonal(found, 0)
    return found


def _components(edges: Matrix, members: Ints, similarity: float) -> list[Ints]:
    """Return the connected components of two articles or more, in order of their first article.

    One of more than `LARGEST` articles is cut at its weakest links, again and again. What a cut leaves alone is put
    together again without the rest, and what is alone even then goes with its nearest neighbour (see `_with_alone`).
    So no more than `LARGEST` articles are clustered at once, and a larger event is found as several.
    """
    found: list[Ints] = []
    waiting = [(members, edges, similarity)]
    while waiting:
        some, graph, least = waiting.pop()
        parts = _parts(graph)
        alone = some[np.concatenate([part for part in parts if len(part) == 1] or [members[:0]])]
        if least > similarity and len(alone) > 1:
            waiting.append((alone, sparse.csr_matrix(edges[alone][:, alone]), similarity))
        for places in parts:
            if len(places) <= LARGEST:
                found.append(some[places])
                continue
            inner = sparse.csr_matrix(graph[places][:, places])
            strong = inner.data >= least + _STEP
            if strong.any():
                inner.data[~strong] = 0
                inner.eliminate_zeros()
                waiting.append((some[places], inner, least + _STEP))
            else:
                found += [some[places[low : low + LARGEST]] for low in range(0, len(places), LARGEST)]
    found = _with_alone(edges, [part for part in found if len(part) > 1])
    return sorted((part for part in found if len(part) > 1), key=lambda part: int(part[0]))


def _with_alone(edges: Matrix, parts: list[Ints]) -> list[Ints]:
    """Put articles that are left alone into the part of their nearest neighbour.

    Where that part would grow too large they are parts by themselves: near-copies of one text may all be nearest to
    the same few of them, and to none of each other.
    """
    part_of = np.full(edges.shape[0], -1, dtype=np.int64)
    for number, part in enumerate(parts):
        part_of[part] = number
    alone = np.flatnonzero((part_of < 0) & (np.diff(edges.indptr) > 0))
    some = sparse.coo_matrix(edges[alone])
    held = part_of[some.col]
    order = np.lexsort((-some.col, some.data, some.row))
    order = order[held[order] >= 0]
    of_nearest = np.full(len(alone), -1, dtype=np.int64)
    of_nearest[some.row[order]] = held[order]  # the last of each row is the nearest
    found = list(parts)
    for number in np.unique(of_nearest[of_nearest >= 0]).tolist():
        more = alone[of_nearest == number]
        if len(parts[number]) + len(more) <= LARGEST:
            found[number] = np.sort(np.concatenate([parts[number], more]))
        else:
            found += [more[low : low + LARGEST] for low in range(0, len(more), LARGEST)]
    return found


def _parts(graph: Matrix) -> list[Ints]:
    """Return the connected components of a graph, as places."""
    n_parts, label = connected_components(graph, directed=False)
    order = np.argsort(label, kind="stable")
    return np.split(order, np.cumsum(np.bincount(label, minlength=n_parts))[:-1])


def _linked(similarity: Floats, least: float) -> Ints:
    from sklearn.cluster import AgglomerativeClustering

    distance = 1 - similarity
    np.fill_diagonal(distance, 0)
    model = AgglomerativeClustering(
        n_clusters=None, metric="precomputed", linkage="average", distance_threshold=1 - least + 1e-9
    )
    labels: Ints = model.fit(distance).labels_.astype(np.int64)
    return labels
