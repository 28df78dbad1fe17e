"""What was changed in a copy of a picture: boxes around the windows that no longer agree."""

from __future__ import annotations

from xiaohao.evidence.photo_same import WINDOW, Box, Compared
from xiaohao.kernel.arrays import np

#: A window below this correlation was changed, or so far below what the others agree by: a small patch leaves some of the old picture in every window
#: that it touches. So many that touch each other are a patch.
CHANGED, FAR_BELOW, FEWEST_CHANGED = 0.2, 0.45, 3


def patches(found: Compared) -> tuple[Box, ...]:
    """Boxes (x, y, width, height; pixels of the second picture's grey) around what was changed in it, largest first."""
    changed = np.nan_to_num(found.likeness, nan=1.0) < max(CHANGED, found.alike - FAR_BELOW)
    left = {(int(r), int(c)) for r, c in zip(*np.nonzero(changed), strict=True)}
    boxes: list[tuple[int, Box]] = []
    while left:
        group, edge = [], [left.pop()]
        while edge:
            r, c = edge.pop()
            group.append((r, c))
            near = {(r + dr, c + dc) for dr in (-1, 0, 1) for dc in (-1, 0, 1)} & left
            left -= near
            edge += sorted(near)
        if len(group) >= FEWEST_CHANGED:
            rows, columns = [r for r, _ in group], [c for _, c in group]
            half = WINDOW // 2
            box = (
                min(columns) * half,
                min(rows) * half,
                (max(columns) - min(columns)) * half + WINDOW,
                (max(rows) - min(rows)) * half + WINDOW,
            )
            boxes.append((len(group), box))
    return tuple(box for _, box in sorted(boxes, key=lambda one: (-one[0], one[1])))
