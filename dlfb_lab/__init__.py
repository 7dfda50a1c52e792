"""What a student imports, and what a check is written with.

In a notebook:

    from dlfb_lab import check
    check("kmer_counts")
"""

from dlfb_lab import probes as probes
from dlfb_lab import props as props
from dlfb_lab._check import check as check
from dlfb_lab._errors import CheckFailed as CheckFailed
from dlfb_lab._expect import expect as expect
from dlfb_lab._expect import expect_callable as expect_callable
from dlfb_lab._expect import expect_close as expect_close
from dlfb_lab._expect import expect_dtype as expect_dtype
from dlfb_lab._expect import expect_equal as expect_equal
from dlfb_lab._expect import expect_fields as expect_fields
from dlfb_lab._expect import expect_finite as expect_finite
from dlfb_lab._expect import expect_key as expect_key
from dlfb_lab._expect import expect_pair as expect_pair
from dlfb_lab._expect import expect_raises as expect_raises
from dlfb_lab._expect import expect_shape as expect_shape
from dlfb_lab._expect_keys import expect_fresh_keys as expect_fresh_keys
