"""What the seams lack, for ``doctor``: a process of its own, because commands know nothing of Streamlit."""

import json
import sys

from proforient.web.seams.seam_list import lacking

sys.stdout.write(json.dumps([str(lack) for lack in lacking()]))
