"""Whatever is posted or asked for, the explorer answers, and the ledger stays whole."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from whipcount.ledger.keeping import check

TOKEN = "made-up-token"
TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
FORMS = st.dictionaries(
    st.one_of(
        st.sampled_from(["action", "id", "stance", "words", "reviewer", "back", "token"]), TEXT
    ),
    st.one_of(
        st.sampled_from(["accept", "undo", "span", "stance", "d1:0", "oppose", TOKEN, "//x.y"]),
        TEXT,
    ),
    max_size=6,
)
PATHS = (
    "/",
    "/matrix",
    "/review",
    "/positions.json",
    "/claims",
    "/outlook",
    "/e/a/b",
    "/feed.atom",
)
NAMES = st.sampled_from(["measure", "actor", "as_of", "source", "stance", "page", "x"])


@settings(
    max_examples=150, deadline=10_000, suppress_health_check=list(HealthCheck), derandomize=True
)
@given(form=FORMS, right=st.booleans(), path=st.sampled_from(["/review", "/settings"]))
def test_any_form(client, patrol, form, right, path):
    """A form is carried out, refused or turned back; it never breaks the server or the ledger."""
    answer = client.post(path, data={**form, "token": TOKEN} if right else form)
    assert answer.status_code < 500
    if not right and form.get("token") != TOKEN:
        assert answer.status_code >= 400
    assert not answer.headers.get("location", "/").startswith("//")
    assert check(patrol) == []


@settings(
    max_examples=150, deadline=10_000, suppress_health_check=list(HealthCheck), derandomize=True
)
@given(path=st.sampled_from(PATHS), query=st.dictionaries(NAMES, TEXT, max_size=4))
def test_any_query(client, path, query):
    """Any address of a page with any words in its query gives a page or a named error."""
    answer = client.get(path, params=query)
    assert answer.status_code < 500
    assert "Traceback" not in answer.text
