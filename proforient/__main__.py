"""``python -m proforient COMMAND``."""

import sys

from proforient.commands.line import main

sys.exit(main())
