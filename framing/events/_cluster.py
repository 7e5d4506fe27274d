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

    One of more than `LARGEST` articles is cut at its weakest links, again and again; what a cut leaves alone is put
    together again without the rest.
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
    return sorted((part for part in found if len(part) > 1), key=lambda part: int(part[0]))


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
