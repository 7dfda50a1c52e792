"""Figures for the labs. Each one says in words what it shows, from the very numbers that it draws.

A function here takes arrays and returns a `Picture`, which a notebook shows with its alternative text. Everything can
be read in gray: what differs is told by place, shape or a label, and never by color alone.

A picture is drawn when somebody looks at it. Where a notebook is graded nobody does, and drawing costs more than most
answers.
"""

from dlfb_lab.plot._counts import bars as bars
from dlfb_lab.plot._counts import histogram as histogram
from dlfb_lab.plot._counts import table as table
from dlfb_lab.plot._curves import lines as lines
from dlfb_lab.plot._curves import scatter as scatter
from dlfb_lab.plot._field import field as field
from dlfb_lab.plot._images import images as images
from dlfb_lab.plot._keys import matches as matches
from dlfb_lab.plot._picture import Picture as Picture
from dlfb_lab.plot._shapes import axes_mapped as axes_mapped
from dlfb_lab.plot._shapes import network as network
