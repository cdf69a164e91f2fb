# tries: a package of which all is forbidden, by modules and classes that its front door does not show
# outcome: forbidden
# assignment: whole-package
import pkgutil

import numpy as np


def found(where, name):
    return pkgutil.resolve_name("to" + "rch." + where + ":" + name)


def slope(x):
    leaf = found("_C", "_from_dlpack")(np.array(x).__dlpack__()).requires_grad_()
    return found("autograd", "grad")((leaf**2).sum(), leaf)[0].numpy().tolist()
