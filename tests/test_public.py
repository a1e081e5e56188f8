"""What guests are told: whole percent and tens, the verdict exact, and nothing of few children or few schools."""

from __future__ import annotations

import hashlib
import itertools
import json
import random
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
import two_districts
from analysis import memory
from measures import short_of, verdict, whole_need
from thinned import thinned
from two_districts import NORTH, PERIOD

from proforient import public
from proforient.analysis.coverage import SETTLED_FROM, Coverage
from proforient.charts import sentences
from proforient.monitoring import PlanValue
from proforient.public import FARTHEST, FEW_COVERED, FEWEST_CHILDREN, ROOM, SMALL, THERE, Hidden
from proforient.public.rounding import Pair, is_roomy, rounded_count, rounded_pair
from proforient.wording import whole_percent

HASH_OF_FORM_1 = "f94470d34cfeef5d389f02a281aa7e37ee2ba826492a24499bb457912d1f2ca5"
FORM_1 = Path(__file__).parent / "data" / "stored" / "public-1.json"
RULE_AS_SHOWN = Path(__file__).parent / "data" / "public-rule.txt"


def figure(n, d, *, plan=None, submitted=5, cohort="all", direction="more", value=None, number=None):
    """As it is in the house: exact."""
    kind = "share" if value is None else "count"
    held = None
    if plan is not None or number is not None:
        held = PlanValue(
            period=PERIOD, indicator="coverage", level="basic", cohort=cohort, territory=NORTH,
            percent=None if plan is None else Decimal(plan), number=None if number is None else Decimal(number),
            origin="document", ground="приказ", author="test", at=two_districts.MOMENT,
        )  # fmt: skip
    amount = Decimal(plan if plan is not None else number) if held else None
    short = short_of(kind, direction, amount, n, d, value)
    return Coverage(
        period=PERIOD, territory=NORTH, organisation=None, indicator="coverage", level="basic", cohort=cohort,
        kind=kind, unit="children", direction=direction, numerator=n, denominator=d, value=value, plan=held,
        verdict=verdict(asked=True, given=True, nobody=d == 0, short=short, judged=False),
        needed=None if short is None else whole_need(short), shortfall=short, submitted=submitted, expected=submitted,
        can_change=None, settled_from=SETTLED_FROM,
    )  # fmt: skip


def shown(n, d, *, organisations=5, part=False, **more):
    return public.rounded(figure(n, d, **more), persons=True, organisations=organisations, part=part)


@pytest.mark.parametrize(
    ("n", "d", "says"),
    [
        (62, 154, "около 60 из 150 — 40 % при плане 50 %, не хватает около 20 детей"),
        (114, 284, "около 120 из 300 — 40 % при плане 50 %, не хватает около 30 детей"),
        (232, 580, "около 240 из 600 — 40 % при плане 50 %, не хватает около 60 детей"),
        (932, 2330, "около 960 из 2 400 — 40 % при плане 50 %, не хватает около 240 детей"),
    ],
)
def test_shares_are_whole_percent_and_numbers_of_children_coarser_in_larger_groups(n, d, says):
    c, hidden = shown(n, d, plan=50)
    assert not hidden and c.percent == 40
    assert sentences.evidence(c).replace("\u00a0", " ") == says
    assert (c.shortfall, c.can_change, c.missing, c.judgements) == (None, None, (), ())


@pytest.mark.parametrize(
    ("n", "d", "plan", "direction", "says"),
    [
        (1597, 2000, 80, "more", "чуть ниже плана"),
        (1607, 2000, 80, "more", ""),
        (1246, 2000, "62.25", "more", "чуть выше плана"),
        (1000, 2000, 80, "more", ""),
        (604, 3000, 20, "less", "чуть выше плана"),
        (597, 3000, "19.95", "less", "чуть ниже плана"),
    ],
)
def test_the_verdict_is_exact_in_words_where_the_rounded_share_would_contradict_it(n, d, plan, direction, says):
    c, _ = shown(n, d, plan=plan, direction=direction)
    assert c.verdict is figure(n, d, plan=plan, direction=direction).verdict
    assert sentences.near_word(c) == says and says in sentences.saying(c).text


def test_a_share_that_is_not_whole_is_never_0_or_100_per_cent():
    assert sentences.figure(shown(3990, 4000)[0]).replace("\u00a0", " ") == "более 99 %"
    assert sentences.figure(shown(10, 4000)[0]).replace("\u00a0", " ") == "менее 1 %"
    assert sentences.figure(shown(4000, 4000)[0]).replace("\u00a0", " ") == "100 %"


@pytest.mark.parametrize(
    ("n", "d", "hidden"),
    [(19, 19, True), (10, 19, True), (0, 0, True), (0, 300, True), (1, 300, True), (4, 300, True),
     (299, 300, True), (296, 300, True), (295, 300, False), (300, 300, False), (100, 250, False)],
)  # fmt: skip
def test_few_children_are_not_shown(n, d, hidden):
    assert (shown(n, d)[1] is Hidden.CHILDREN) is hidden


def test_a_sum_needs_three_organisations_that_have_such_children():
    assert [shown(100, 250, submitted=n, organisations=n)[1] for n in (1, 2, 3)] == [
        Hidden.ORGANISATIONS, Hidden.ORGANISATIONS, Hidden.NO,
    ]  # fmt: skip
    # Two schools and two of 0 of 0; the word does not tell which of the reasons it is.
    assert shown(100, 250, submitted=4, organisations=2)[1] is Hidden.CHILDREN


def test_of_a_hidden_figure_nothing_is_left_that_follows_from_it():
    c, _ = shown(3, 250, plan=80)
    assert (c.numerator, c.denominator, c.value, c.percent, c.plan, c.needed, c.share) == (None,) * 7
    assert c.verdict == "no_data"


def test_counts_of_things_are_nobody_s_secret():
    c, hidden = public.rounded(figure(2, 3), persons=False, organisations=0, part=False)
    assert not hidden and (c.numerator, c.denominator, c.percent, c.about) == (2, 3, 67, False)


def test_a_count_of_children_and_its_need_are_tens():
    c, hidden = shown(None, None, value=77, number=100)
    assert not hidden and (c.value, c.needed) == (80, 20)
    assert shown(None, None, value=19)[1] is Hidden.CHILDREN


@pytest.mark.parametrize("direction", ["more", "less"])
@pytest.mark.parametrize("number", [None, 22, 27, 78, 80, 84])
def test_of_a_count_as_many_values_stay_possible_as_of_a_share(number, direction):
    every = {}
    for value in range(20, 405):
        c, hidden = shown(None, None, value=value, number=number, direction=direction)
        every.setdefault((hidden, c.value, c.needed, c.verdict), []).append(value)
        assert hidden or abs(c.value - value) <= max(FARTHEST, value // 5)
    assert all(len(values) >= ROOM for (hidden, *_), values in every.items() if not hidden)
    assert all(max(values) < 30 for (hidden, *_), values in every.items() if hidden)


def test_whatever_is_published_leaves_room_and_stays_near_the_truth():
    """Brute force over all pairs of small groups: what guests read of one figure fits many pairs."""
    plan = Fraction(60)
    every = {}
    for d in range(FEWEST_CHILDREN, 180):
        for n in range(SMALL, d + 1):
            said = rounded_pair(Pair(n, d), plan, less=False, part=False)
            if said is not None:
                percent = shown(n, d, plan=60)[0].percent
                every.setdefault((said, percent, 100 * n >= 60 * d), []).append(Pair(n, d))
                assert _is_near(said, n, d)
    inner = {key: pairs for key, pairs in every.items() if max(p.d for p in pairs) < 130}
    assert len(inner) > 100 and all(is_roomy(pairs, part=False) for pairs in inner.values())


def test_about_so_many_is_near_the_truth_in_larger_groups_too():
    """Rather hidden than 60 of 37."""
    draw, found = random.Random(3), 0  # the same every time
    for part in (False, True):
        for _ in range(250):
            d = draw.randint(30, 700)
            n = draw.randint(SMALL, d - SMALL)
            said = rounded_pair(Pair(n, d), None, less=False, part=part)
            if said is not None:
                found += 1
                assert _is_near(said, n, d), (n, d, said)
    assert found > 300


def _is_near(said, n, d):
    """As the rule says: twenty children or a fifth; where few are covered, less than half."""
    far = abs(said.denominator - d)
    near = far <= max(FARTHEST, d // 5) or (n < FEW_COVERED and 2 * far < d)
    return near and abs(said.numerator - n) <= max(FARTHEST, d // 5)


@pytest.mark.parametrize("plan", thinned([None, Fraction(40)], first=1))
def test_whoever_reads_that_a_sum_is_hidden_is_left_as_many_numbers_of_covered_as_of_a_shown_one(plan):
    """Of sums about as large: a hidden number of covered is never one of three or four that stand apart."""
    hidden = {}
    for d in range(60, 300):
        every = (n for n in range(d + 1) if not rounded_pair(Pair(n, d), plan, less=False, part=False))
        hidden[d] = set(every)
    for d in range(60, 200, 4):
        numbers = sorted(set().union(*(hidden[e] for e in range(d, d * 3 // 2))))
        ends = [at for at, (a, b) in enumerate(itertools.pairwise(numbers), 1) if b - a > 5]
        together = [b - a for a, b in itertools.pairwise([0, *ends, len(numbers)])]
        assert min(together) >= 5, (d, numbers)


def test_a_part_of_the_children_is_asked_for_more():
    """Five more of them, whether covered or not, change nothing: of 30 % in a large group only."""
    assert [shown(n, d)[1] for n, d in ((40, 100), (60, 80), (90, 300))] == [Hidden.NO] * 3
    assert [shown(n, d, part=True)[1] for n, d in ((40, 100), (60, 80), (90, 300))] == [Hidden.CHILDREN] * 3
    assert [shown(n, d, part=True)[1] for n, d in ((160, 200), (180, 300), (180, 600))] == [Hidden.NO] * 3


def test_who_does_not_count_has_few_children_but_enough_covered_ones_to_choose_from():
    """Of 10 % among fifteen children hardly any is covered, unless the sum is large."""
    assert [shown(n, d)[1] for n, d in ((10, 100), (30, 300), (35, 350))] == [
        Hidden.CHILDREN,
        Hidden.CHILDREN,
        Hidden.NO,
    ]


def test_five_schools_of_a_hundred_children_are_shown():
    for percent in range(2, 99):
        c, hidden = shown(5 * percent, 500, plan=80, submitted=5, organisations=5)
        assert not hidden and c.percent == percent


@pytest.mark.parametrize(("part", "known"), [(True, 5), (False, THERE - 1)])
def test_there_is_room_within_as_many_children_as_an_organisation_is_known_to_have(part, known):
    every = {}
    for d in range(FEWEST_CHILDREN, 220):
        for n in range(SMALL, d + 1):
            said = rounded_pair(Pair(n, d), None, less=False, part=part)
            if said is not None:
                every.setdefault((said, whole_percent(Fraction(100 * n, d))), []).append(Pair(n, d))
    inner = [pairs for pairs in every.values() if max(p.d for p in pairs) < 180]
    assert len(inner) > 50
    for pairs in inner:
        steps = [{b.n - a.n for b in pairs if 0 <= b.n - a.n <= b.d - a.d <= known} for a in pairs]
        assert max(map(len, steps)) > 5


def test_most_figures_are_simply_rounded():
    """In groups of fewer than 490 children the covered ones, in larger ones the size."""
    draw = random.Random(1)  # the same every time
    for sizes, step in (((120, 225), 20), ((330, 450), 20), ((550, 900), 100), ((1100, 5000), 200)):
        pairs = [Pair(int(d * draw.uniform(0.4, 0.95)), d) for d in (draw.randint(*sizes) for _ in range(60))]
        said = [(p, rounded_pair(p, Fraction(80), less=False, part=False)) for p in pairs]
        assert all(t is not None for _, t in said)
        for p, t in said:
            covered = p.n if p.d < 470 else p.d
            about = t.numerator if p.d < 470 else t.denominator
            wide = step if p.d >= 470 else 20 if p.n < 230 else 50
            nearest = (covered + wide // 2) // wide * wide
            assert about == nearest
        assert all(abs(100 * t.numerator - t.denominator * 100 * p.n / p.d) <= 500 + t.denominator / 2 for p, t in said)


def test_a_report_of_whom_nobody_is_covered_never_tells_so():
    """Whoever subtracts two snapshots must be left five numbers, wherever the sums lie in their steps."""
    plan, every, said = Fraction(60), {}, {}
    for d in range(FEWEST_CHILDREN, 240):
        for n in range(SMALL, d + 1):
            told = rounded_pair(Pair(n, d), plan, less=False, part=False)
            if told is not None:
                said[n, d] = (told, whole_percent(Fraction(100 * n, d)), 5 * n >= 3 * d)
                every.setdefault(said[n, d], []).append(Pair(n, d))
    steps = {}

    def numbers(one, other):
        """What the report may have said that lies between two snapshots."""
        if (one, other) not in steps:
            made = {(b.n - a.n, b.d - a.d) for a in every[one] for b in every[other]}
            steps[one, other] = [{step[at] for step in made if 0 <= step[0] <= step[1]} for at in (0, 1)]
        return steps[one, other]

    draw, tried, known = random.Random(235), 0, list(said)  # the same every time
    pairs = [(Pair(48, 131), 12), *((Pair(*draw.choice(known)), draw.randint(1, 40)) for _ in range(250))]
    for covered, ((n, d), more) in itertools.product((0, 1), pairs):
        if d + more < 180 and (n + covered, d + more) in said:
            tried += 1
            found = numbers(said[n, d], said[n + covered, d + more])
            assert min(map(len, found)) >= 5, (n, d, more, found)
    assert tried > 80


def test_a_correction_of_up_to_ten_children_hides_nothing_that_was_shown():
    """Twenty schools; the only way to be hidden is to cross a stated bound."""
    draw = random.Random(7)
    for _ in range(40):
        sizes = [draw.randint(12, 300) for _ in range(20)]
        d = sum(sizes)
        n = sum(draw.randint(size // 10, size) for size in sizes)
        for step in (*range(-10, 0), *range(1, 11)):
            if n + step >= SMALL and (d - n - step >= SMALL or d == n + step):
                assert shown(n + step, d, plan=80)[1] is Hidden.NO, (n, d, step)
                assert shown(n, d + abs(step), plan=80)[1] is Hidden.NO


def test_a_text_of_the_first_form_is_still_read_and_its_hash_is_true():
    text = FORM_1.read_text("utf-8")
    made = public.read(text)
    assert not made.rule.current and hashlib.sha256(text.encode()).hexdigest() == HASH_OF_FORM_1
    assert (made.figures[0].coverage.numerator, made.figures[0].coverage.denominator) == (232, 580)


# On the store itself


@pytest.fixture
def store(tmp_path):
    made = two_districts.make(tmp_path / "data")
    yield made
    made.close()


def shown_of(store, cohort="all", territory=NORTH):
    with store.read() as reader:
        return public.publish(reader, store.catalogue, PERIOD, territory=territory, cohort=cohort, reported=(2, 2))


def test_two_schools_in_a_municipality_are_no_sum_for_the_public(store):
    """Two schools sent basic: each would know the other's numbers. The sum of four goes out in hundreds."""
    basic = next(f for f in shown_of(store).figures if f.coverage.level == "basic")
    assert basic.hidden is Hidden.ORGANISATIONS
    for territory in (NORTH, two_districts.REGION):
        text = public.text_of(shown_of(store, territory=territory))
        assert not any(marker in text for code in two_districts.SCHOOLS for marker in two_districts.markers(code))
        assert str(sum(two_districts.COVERED.values())) not in text
    region = next(f for f in shown_of(store, territory=two_districts.REGION).figures if f.coverage.level == "basic")
    assert not region.hidden and region.coverage.denominator == 36_200 != sum(two_districts.PUPILS.values())


def test_the_public_text_is_read_back_and_names_no_author_and_no_organisation(store):
    made = shown_of(store, territory=two_districts.REGION)
    text = public.text_of(made)
    assert public.read(text) == made and public.text_of(public.read(text)) == text
    for word in ("north-cedar", "Кедровая", "north-department", '"author":"test"', "shortfall", "can_change"):
        assert word not in text


# The text that guests are given, of schools in memory


def open_data(now, before=None, *, cohort="all", **more):
    """The figure of basic in the JSON: a pair of each school, in the period and in the one before."""
    schools = [memory.organisation(f"s{n}") for n in range(max(len(now), len(before or ())))]
    years = [memory.year("2023"), memory.year("2024", "2023")]
    reader = memory.Memory(register=schools, calendar=years, **more)
    for code, pairs in (("2024", now), ("2023", before or ())):
        for school, pair in zip(schools, pairs, strict=False):
            reader.give(school.code, "coverage", "basic", *pair, period=code, cohort=cohort)
    made = public.publish(
        reader, reader.catalogue, "2024", territory=memory.NORTH, cohort=cohort, reported=(len(now), len(schools))
    )
    told = next(f for f in json.loads(public.text_of(made))["figures"] if f["level"] == "basic")
    assert told["before"] is not None or all(f.before is None for f in made.figures)
    return told


FIVE, TWO = [(60, 100)] * 5, [(60, 100)] * 2


@pytest.mark.parametrize(
    ("now", "before", "hidden", "past"),
    [
        (FIVE, [(40, 100)] * 5, "", "40"),
        (TWO, [(40, 100)] * 5, "few-organisations", None),  # with the change one would have the figure, too
        ([(0, 60)] * 5, [(40, 100)] * 5, "few-children", None),
        (FIVE, TWO, "", None),
        (FIVE, [(0, 60)] * 5, "", None),
        (FIVE, None, "", None),
    ],
)
def test_the_period_before_is_told_where_both_may_be_shown(now, before, hidden, past):
    told = open_data(now, before)
    assert told["hidden"] == hidden and (told["percent"] is None) is bool(hidden)
    assert (told["before"] and told["before"]["percent"]) == past


@pytest.mark.parametrize(
    ("pairs", "hidden"),
    [
        ([(60, 100)] * 2 + [(8, 16)], ""),  # three have sixteen children and more
        ([(60, 100)] * 2 + [(8, 15)] * 4, "few-children"),
        ([(60, 100)] * 3, ""),
        ([(60, 100)] * 2, "few-organisations"),
        ([(60, 100)] * 2 + [(0, 0)], "few-children"),
    ],
)
def test_a_school_counts_from_sixteen_children_on_and_three_must(pairs, hidden):
    assert open_data(pairs)["hidden"] == hidden


@pytest.mark.parametrize(("cohort", "hidden"), [("all", ""), ("disability", "few-children")])
def test_of_a_part_of_the_children_more_is_asked_in_the_text_too(cohort, hidden):
    assert open_data([(12, 16)] * 5, cohort=cohort)["hidden"] == hidden


@pytest.mark.parametrize(
    ("n", "d", "part", "about"),
    [
        (21, 21, False, 20),
        (9, 21, False, None),  # too few to choose from
        (44, 48, False, None),  # four are not covered
        (38, 44, False, 50),
        (25, 85, False, 70),
        (23, 86, False, None),  # within fifteen children no room
        (42, 84, False, 80),
        (52, 84, False, 100),
        (28, 50, False, 40),
        (35, 100, False, 110),
        (34, 100, False, 120),
        (26, 26, True, 20),
        (41, 55, True, None),  # within five of a part no room
        (41, 55, False, 50),
        (77, 84, True, 90),
    ],
)
def test_what_is_shown_next_to_each_bound(n, d, part, about):
    assert shown(n, d, part=part)[0].denominator == about


@pytest.mark.parametrize(
    ("n", "d", "about"),
    [
        (89, 140, 80),
        (90, 140, 100),
        (229, 380, 220),
        (230, 380, 250),
        (274, 469, 250),
        (281, 469, 300),
        (282, 490, 290),
    ],
)
def test_from_which_number_on_the_covered_are_told_how_coarsely(n, d, about):
    assert shown(n, d)[0].numerator == about


@pytest.mark.parametrize(("size", "about"), [(360, 370), (500, 500), (1099, 1000), (1100, 1200)])
def test_from_which_size_on_it_is_told_how_coarsely(size, about):
    assert shown(size * 3 // 5, size)[0].denominator == about


def test_three_sums_of_which_one_is_the_others_and_a_school_leave_that_school_room():
    """Two municipalities at the low end and the region at the high end of what is told of them."""
    at_most = {}
    for name, (n, d) in {"north": (555, 987), "south": (758, 1437), "region": (1313, 2424)}.items():
        seen = shown(n, d, plan=75)[0]
        alike = [m for m in range(20, 3000) if (found := shown(n, m, plan=75)) and not found[1] and found[0] == seen]
        at_most[name] = (min(alike, default=d), max(alike, default=d))
    assert at_most["region"][1] - at_most["north"][0] - at_most["south"][0] >= 4


def test_the_rule_says_its_bounds():
    for word in (
        *("около 80", "чуть ниже плана", "не дальше 20 человек или пятой части", "меньше 20 человек"),
        *("охвачено меньше 5, не охвачено от 1 до 4", "этих детей 16 и больше, меньше 3 или", "сдали меньше 3."),
        *("от 85 человек — до двадцати", "от 230 — до пятидесяти", "от 470 — до сотен", "от 975 — до двухсот"),
        "В группе меньше 490 человек так, но не точнее 20, округлено, сколько охвачено",
    ):
        assert word in public.RULE, word


SIZES = (
    *range(20, 100, 3), *(84, 85, 86, 110, 130, 160, 200, 228, 229, 230, 231, 270, 350, 400, 440, 468, 469, 470, 471),
    *(600, 800, 974, 975, 976, 1099, 1100, 1300, 2000, 2424, 5000),
)  # fmt: skip
HALVES = (0, 1, 4, 9, 18, 34, 53, 66, 67, 84, 100, 101, 117, 135, 150, 176, 191, 198, 199, 200)  # halves of a per cent


def rule_as_shown():
    """What the rule makes of some thousand pairs and counts: a line a size, in it the shares of ``HALVES`` in turn."""
    for part in (False, True):
        for plan, less in ((None, False), (Fraction(50), False), (Fraction(125, 2), False), (Fraction(30), True)):
            for d in SIZES if plan is None else SIZES[::2]:
                pairs = [rounded_pair(Pair(half * d // 200, d), plan, less=less, part=part) for half in HALVES]
                cells = ["-" if pair is None else "/".join(map(str, pair)).removesuffix("/None") for pair in pairs]
                yield f"{'part' if part else 'all'} of {d} {'at most' if less else 'plan'} {plan}: {' '.join(cells)}"
    for plan, less in ((None, False), (Fraction(30), False), (Fraction(30), True), (Fraction(940), False)):
        for value in (*range(18, 42), *SIZES[27:]):
            yield f"count {value} {'at most' if less else 'plan'} {plan}: {rounded_count(value, plan, less=less)}"


def test_the_rule_makes_of_every_pair_what_it_made_when_it_was_measured():
    """Another rule is another form: its guests' protection is to be measured anew (``make soak``). Then write the
    lines of ``rule_as_shown`` into the file."""
    assert list(rule_as_shown()) == RULE_AS_SHOWN.read_text("utf-8").splitlines()
