"""Props: named losses, models, spies and sources that a check hands to an answer.

    loss = props.counted_loss(2.0)
    minimize(loss, start)              the student's process builds the same loss, by its name
    probes.report(loss)                what happened to it there

One file a kind of prop; how they travel stands in `_registry.py`.
"""

from dlfb_lab.props._cells import cell_state as cell_state
from dlfb_lab.props._computer import fake_computer as fake_computer
from dlfb_lab.props._fits import counted_fit as counted_fit
from dlfb_lab.props._fits import counted_fit_with_extras as counted_fit_with_extras
from dlfb_lab.props._fits import row_losses as row_losses
from dlfb_lab.props._functions import counted_line as counted_line
from dlfb_lab.props._functions import counted_product as counted_product
from dlfb_lab.props._functions import in_jit as in_jit
from dlfb_lab.props._functions import in_scan as in_scan
from dlfb_lab.props._line import counted_error as counted_error
from dlfb_lab.props._line import counted_step as counted_step
from dlfb_lab.props._line import line_apply as line_apply
from dlfb_lab.props._line import line_model as line_model
from dlfb_lab.props._line import line_state as line_state
from dlfb_lab.props._losses import counted_loss as counted_loss
from dlfb_lab.props._losses import quadratic as quadratic
from dlfb_lab.props._motifs import best_place_score as best_place_score
from dlfb_lab.props._motifs import place_score as place_score
from dlfb_lab.props._optimizers import counted_optimizer as counted_optimizer
from dlfb_lab.props._optimizers import optimizer as optimizer
from dlfb_lab.props._optimizers import tree_squares as tree_squares
from dlfb_lab.props._registry import build_prop as build_prop
from dlfb_lab.props._registry import forget_props as forget_props
from dlfb_lab.props._registry import prop_ref as prop_ref
from dlfb_lab.props._scripted import counted_epoch as counted_epoch
from dlfb_lab.props._scripted import scripted_losses as scripted_losses
from dlfb_lab.props._sources import endless_source as endless_source
from dlfb_lab.props._steps import pipeline_step as pipeline_step
from dlfb_lab.props._training import linear_state as linear_state
from dlfb_lab.props._training import spy_sgd as spy_sgd
