"""What pages read as columns says the same as the records of everybody."""

import shutil

import pytest

from proforient.access.roles import Person, Role
from proforient.monitoring import ReportState, within
from proforient.store.store import Store
from proforient.web.choices import within_reach


@pytest.fixture(scope="module")
def reader(filled, catalogue, tmp_path_factory):
    folder = shutil.copytree(filled, tmp_path_factory.mktemp("columns") / "data")
    store = Store.open(folder, catalogue)
    with store.read() as reader:
        yield reader
    store.close()


def test_reports_are_counted_as_their_records_say_and_stand_in_the_order_of_the_register(reader):
    kinds = set()
    for territory in (None, *reader.territories()):
        for period in {p.code: p for p in reader.periods(territory=territory)}.values():
            reports = reader.reports(period.code, territory=territory)
            assert list(reports) == [o.code for o in reader.organisations(on=period.ends, territory=territory)]
            states = {code: report.state for code, report in reports.items()}
            assert states == reports.states and len(reports) == len(states)
            for state in ReportState:
                having = reports.having(state)
                assert [r.organisation for r in having] == [code for code in states if states[code] is state]
                assert reports.count(state) == len(having)
            assert (reports.sent, len(reports)) == reader.reports_sent(period.code, territory=territory)
            kinds |= set(states.values())
    assert len(kinds) >= 3


def test_the_files_of_a_territory_are_those_of_its_organisations(reader):
    found = 0
    for territory in reader.territories():
        for period in reader.periods(territory=territory):
            homes = {o.code for o in reader.organisations(on=period.ends) if within(o.territory, territory)}
            every = [p for p in reader.parts(period=period.code) if p.organisation in homes]
            sent = reader.sent(period.code, territory=territory)
            told = reader.parts(parts=[str(p.part_id) for p in sent])
            assert told == every
            assert {(p.organisation, p.file_name, p.received_by) for p in sent} == {
                (p.organisation, p.file, p.by) for p in every
            }
            some = sorted(homes)[::2]
            assert reader.parts(period=period.code, organisations=some) == [p for p in every if p.organisation in some]
            found += len(every)
    assert found > 10


def test_who_is_within_reach_is_decided_alike_for_one_and_for_many(reader):
    register = reader.roster()
    one = next(iter(register))
    persons = [Person(login="o", role=Role.ORGANISATION, organisation=one, territory=register[one].territory)]
    persons += [Person(login="m", role=Role.ADMINISTRATOR, territory=t) for t in ("", *reader.territories())]
    for person in persons:
        own = [o.code for o in register.listed() if person.reaches_organisation(o)]
        assert list(within_reach(register, person)) == own
    assert len(within_reach(register, persons[0])) == 1 < len(register)
