# what: крошки мела приняты за буквы
# caught_by: test_find_specks
# phrase: за буквы приняты крошки мела
# base: components

import numpy as np
from scipy import ndimage


def find_letters(page):
    pixels = page.numpy().astype(float)
    level = np.percentile(pixels, 99) * 0.4
    regions, count = ndimage.label(pixels > level, structure=np.ones((3, 3)))
    sizes = ndimage.sum_labels(np.ones_like(pixels), regions, range(1, count + 1))
    slices = ndimage.find_objects(regions)
    boxes = [
        [rows.start, columns.start, rows.stop, columns.stop]
        for (rows, columns), size in zip(slices, sizes, strict=True)
        if size > 0
    ]
    clean = np.isin(regions, [place + 1 for place in range(count) if sizes[place] > 8])
    return [box for whole in joined(sorted(boxes, key=lambda box: box[1])) for box in halves(whole, clean)]


def joined(boxes):
    """Узкие обломки приклеены к ближайшему соседу слева в той же строке."""
    done = []
    for box in boxes:
        if box[3] - box[1] < 7:
            near = [o for o in done if o[0] < box[2] and box[0] < o[2] and -3 < box[1] - o[3] < 5]
            if near:
                other = max(near, key=lambda o: o[3])
                other[:] = [min(other[0], box[0]), other[1], max(other[2], box[2]), max(other[3], box[3])]
                continue
        done.append(list(box))
    return done
