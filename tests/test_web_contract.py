"""The OpenAPI document tells the truth: of its routes, of what is asked, of every answer."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped,unused-ignore]

from prepvault.web.operations import OPERATIONS
from prepvault.web.told import Failure
from tests.serving import Stand, standing
from tests.test_web_api import STRIPE, VAULT

QUERIES = {"/api/materials": "?type=panel"}
CONFIG = Path(__file__).with_name("schemathesis.toml")


@pytest.fixture(scope="module")
def stand(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stand]:
    with standing(tmp_path_factory, VAULT) as made:
        yield made


@pytest.fixture(scope="module")
def document(stand: Stand) -> Any:
    return stand.ask("GET", "/openapi.json").json


def test_the_document_has_every_operation(document: Any) -> None:
    told = {(method.upper(), path) for path, each in document["paths"].items() for method in each}
    assert told == {(each.method, each.path) for each in OPERATIONS}
    assert document["openapi"] == "3.1.0"
    for path in document["paths"].values():
        for each in path.values():
            assert each["summary"]
            assert {"400", "421", "500"} <= set(each["responses"])
    for schema in document["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


def test_it_tells_the_bounds_of_what_is_asked(document: Any) -> None:
    listed = {
        each["name"]: each["schema"] for each in document["paths"]["/api/interviews"]["get"]["parameters"]
    }
    assert (listed["limit"]["minimum"], listed["limit"]["maximum"]) == (1, 1000)
    assert listed["since"]["format"] == "date"
    assert "technical" in listed["type"]["items"]["enum"]
    body = document["components"]["schemas"]["NewInterview"]
    assert body["required"] == ["company", "role", "interview_type", "scheduled_at"]
    assert body["additionalProperties"] is False


@pytest.mark.parametrize(
    "operation", [each for each in OPERATIONS if not each.body], ids=lambda each: str(each.path)
)
def test_every_answer_is_as_it_is_described(stand: Stand, operation: Any) -> None:
    path = operation.path.replace("{id}", "int_acme_1") + QUERIES.get(operation.path, "")
    answer = stand.ask("GET", path)
    assert answer.status == 200
    operation.result.model_validate_json(answer.body)
    Failure.model_validate_json(stand.ask("GET", f"{path}{'&' if '?' in path else '?'}nonsense=1").body)


def test_every_written_answer_is_as_it_is_described(stand: Stand) -> None:
    bodies = {"/api/interviews": STRIPE, "/api/interviews/{id}/status": {"status": "confirmed"}}
    for operation in OPERATIONS:
        if operation.body:
            path = operation.path.replace("{id}", "int_gamma_1")
            answer = stand.ask("POST", path, bodies[operation.path])
            assert answer.status == operation.status
            operation.result.model_validate_json(answer.body)
            Failure.model_validate_json(stand.ask("POST", path, b"{}").body)


@pytest.mark.slow
def test_a_stranger_with_the_document_finds_no_fault(stand: Stand, tmp_path: Path) -> None:
    command: list[str | Path] = [
        *(Path(sys.executable).parent / "schemathesis", "--config-file", CONFIG, "run"),
        *(f"http://127.0.0.1:{stand.served.port}/openapi.json", "--phases", "fuzzing", "--max-examples", "6"),
        *("-H", f"X-PrepVault-Token: {stand.served.token}", "--seed", "1", "--no-color"),
    ]
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout
