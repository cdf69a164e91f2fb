# what: сколько связных областей, столько и букв
# caught_by: test_find_separate
# phrase: У «Ы» две части

import numpy as np
from scipy import ndimage


def find_letters(page):
    pixels = page.numpy().astype(float)
    level = np.percentile(pixels, 99) * 0.4
    regions, count = ndimage.label(pixels > level, structure=np.ones((3, 3)))
    sizes = ndimage.sum_labels(np.ones_like(pixels), regions, range(1, count + 1))
    slices = ndimage.find_objects(regions)
    return [
        [rows.start, columns.start, rows.stop, columns.stop]
        for (rows, columns), size in zip(slices, sizes, strict=True)
        if size > 8
    ]
