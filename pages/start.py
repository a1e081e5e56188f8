"""С чего начать: five steps from an empty store to the first report."""

from proforient.web import widgets
from proforient.web.sections import dialog, notice
from proforient.web.sections.start import page
from proforient.web.sections.start.steps import read_steps, start_finding
from proforient.web.session import current

here = current()
widgets.print_heading()
steps = read_steps(here)
widgets.finding(start_finding(steps))
notice.show()
widgets.lead("Каждый шаг можно бросить на середине и вернуться: сделанное сохраняется сразу.")
page.step_list(here, steps)
page.demonstration(here)
dialog.draw(here, {"territory": page.territory_dialog})
