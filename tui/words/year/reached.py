"""How far targets and evidence have come, in words."""

from core.measures.progress import Reached
from core.measures.subjects.standard_points import Held
from tui.words.i18n import N_

REACHED: dict[Reached, str] = {
    Reached.DONE: N_("met"),
    Reached.ON_PACE: N_("ahead"),
    Reached.LAGGING: N_("behind"),
    Reached.NO_DATA: N_("unknown"),
    Reached.WITHIN: N_("within"),
    Reached.BEYOND: N_("beyond"),
}
"""How an indicator stands, on the board."""
HELD: dict[Held, str] = {
    Held.WHOLE: N_("there"),
    Held.SHORT: N_("in part"),
    Held.NONE: N_("missing"),
}
"""What there is for a point of the archive, on the board."""
