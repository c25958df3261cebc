"""The containers of docs/deploy fit the published schemas, and each other. No engine runs them here."""

from __future__ import annotations

import importlib.resources
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import jsonschema
import kubernetes_validate
import pytest
import yaml

from gisa.config import load_settings
from gisa.web.route_table import ROUTES
from tests.conftest import ROOT

DEPLOY: Final = ROOT / "docs/deploy"
KUBERNETES: Final = "1.37"
"""The version whose API the manifests are held to."""


def objects() -> list[dict[str, Any]]:
    return [
        each
        for path in sorted((DEPLOY / "kubernetes").glob("*.yaml"))
        for each in yaml.safe_load_all(path.read_text("utf-8"))
    ]


OBJECTS: Final = objects()
WORKLOADS: Final = [each for each in OBJECTS if each["kind"] in ("Deployment", "StatefulSet")]
CONTAINERS: Final = [container for each in WORKLOADS for container in each["spec"]["template"]["spec"]["containers"]]
COMPOSE: Final[dict[str, Any]] = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))


def name_of(each: dict[str, Any]) -> str:
    return f"{each['kind']}/{each['metadata']['name']}"


@pytest.mark.parametrize("each", OBJECTS, ids=name_of)
def test_a_manifest_fits_the_api_of_kubernetes(each: dict[str, Any]) -> None:
    """Strictly: a key that the API does not know is an error, too."""
    kubernetes_validate.validate(each, KUBERNETES, strict=True)


def test_the_compose_file_fits_its_specification() -> None:
    """With its anchors resolved, as an engine reads it."""
    schema = importlib.resources.files("check_jsonschema").joinpath("builtin_schemas/vendor/compose-spec.json")

    jsonschema.validate(COMPOSE, json.loads(schema.read_text("utf-8")))


def labels(each: dict[str, Any]) -> dict[str, str]:
    found: dict[str, str] = each["spec"]["template"]["metadata"]["labels"]
    return found


def selectors(value: Any) -> Iterator[dict[str, Any]]:
    """Every selector of pods, wherever it stands; those of namespaces are others'."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in ("selector", "podSelector", "labelSelector"):
                yield inner
            elif key != "namespaceSelector":
                yield from selectors(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from selectors(inner)


def chosen(selector: dict[str, Any]) -> list[str]:
    """The workloads that a selector means."""
    wanted = selector.get("matchLabels", {} if "matchExpressions" in selector else selector)
    either = [(rule["key"], rule["values"]) for rule in selector.get("matchExpressions", [])]
    return [
        name_of(each)
        for each in WORKLOADS
        if wanted.items() <= labels(each).items() and all(labels(each).get(key) in values for key, values in either)
    ]


@pytest.mark.parametrize("each", OBJECTS, ids=name_of)
def test_whatever_is_selected_is_there(each: dict[str, Any]) -> None:
    """Services, budgets, rules of the network and spreading name pods that a workload makes, and ports that they have."""
    for selector in selectors(each):
        assert chosen(selector)
    if each["kind"] == "Service":
        names = {port["name"] for container in CONTAINERS for port in container.get("ports", [])}
        assert {port["targetPort"] for port in each["spec"]["ports"]} <= names


@pytest.mark.parametrize("container", CONTAINERS, ids=lambda container: container["name"])
def test_every_container_is_probed_limited_and_without_privileges(container: dict[str, Any]) -> None:
    """A container that hangs is restarted, one that is not ready gets nobody, none takes more than its memory or any right."""
    assert {"startupProbe", "readinessProbe", "livenessProbe"} <= container.keys()
    assert "memory" in container["resources"]["limits"]
    assert container["securityContext"]["allowPrivilegeEscalation"] is False
    assert container["securityContext"]["capabilities"] == {"drop": ["ALL"]}


@pytest.mark.parametrize("each", WORKLOADS, ids=name_of)
def test_every_pod_runs_as_a_user_of_its_own(each: dict[str, Any]) -> None:
    """Not as root, and without the cluster's token."""
    pod = each["spec"]["template"]["spec"]

    assert pod["securityContext"]["runAsNonRoot"]
    assert pod["securityContext"]["runAsUser"] > 0
    assert pod["automountServiceAccountToken"] is False


def test_web_servers_read_only_and_one_writer_writes() -> None:
    """The servers' role is the one that roles.sql makes; whoever has the other role is alone."""
    users = {
        each["metadata"]["name"]: (each["spec"]["replicas"], env["value"])
        for each in WORKLOADS
        for container in each["spec"]["template"]["spec"]["containers"]
        for env in container.get("env", [])
        if env["name"] == "PGUSER"
    }
    services = COMPOSE["services"]

    assert users == {"web": (2, "gisa_reader"), "writer": (1, "gisa")}
    assert "CREATE ROLE gisa_reader" in (DEPLOY / "roles.sql").read_text("utf-8")
    assert [name for name in services if services[name].get("environment", {}).get("PGUSER") == "gisa"] == ["writer"]


def test_secrets_are_named_as_the_page_makes_them() -> None:
    """Every key that a pod asks for is in the command of containers.md, and no file holds one."""
    keys = set(re.findall(r"secretKeyRef: \{name: gisa, key: ([\w-]+)\}", manifests()))

    assert keys == set(re.findall(r"--from-literal=([\w-]+)=", (DEPLOY / "containers.md").read_text("utf-8")))
    assert "kind: Secret" not in manifests()


def manifests() -> str:
    return "".join(path.read_text("utf-8") for path in sorted((DEPLOY / "kubernetes").glob("*.yaml")))


def test_probes_ask_for_addresses_that_are_there() -> None:
    """Those of Gisa's containers are routes of Gisa, or of OpenSearch."""
    asked = set(re.findall(r"httpGet: \{path: \"?([^,?\"]+)", manifests()))

    assert asked - {route.path for route in ROUTES} == {"/_cluster/health"}


@pytest.mark.parametrize("kind", ["compose", "kubernetes"])
def test_the_settings_of_the_containers_are_read(kind: str, tmp_path: Path) -> None:
    """Both engines give the same ``gisa.toml``, and Gisa takes it."""
    [settings] = [each for each in OBJECTS if each["kind"] == "ConfigMap"]
    texts = {"compose": (DEPLOY / "gisa.toml").read_text("utf-8"), "kubernetes": settings["data"]["gisa.toml"]}
    (tmp_path / "gisa.toml").write_text(texts[kind], "utf-8")

    read = load_settings(tmp_path)

    assert read.archive_url == "postgresql://@/gisa"
    assert read.index_url == "http://opensearch:9200/gisa"
    assert (read.index.replicas, read.trust_proxy) == (1, True)


def test_the_image_is_built_from_files_that_are_there() -> None:
    """Every file that the Dockerfile copies is in the tree; what it runs as is no root."""
    text = (DEPLOY / "Dockerfile").read_text("utf-8")
    copied = [name for line in re.findall(r"^COPY (?!--from)(.+)$", text, re.MULTILINE) for name in line.split()[:-1]]

    assert copied
    assert all((ROOT / name).exists() for name in copied)
    assert re.search(r"^USER [1-9]\d*$", text, re.MULTILINE)


def test_the_image_is_built_with_pinned_tools_from_nothing_else() -> None:
    """The wheel is built by the hashed build requirements, and what is not copied is not even sent to the engine."""
    text = (DEPLOY / "Dockerfile").read_text("utf-8")
    sent = re.findall(r"^!(.+)$", (ROOT / ".dockerignore").read_text("utf-8"), re.MULTILINE)
    copied = [name for line in re.findall(r"^COPY (?!--from)(.+)$", text, re.MULTILINE) for name in line.split()[:-1]]

    assert "pip wheel --no-cache-dir --no-deps --no-build-isolation" in text
    assert {name.partition("/")[0] for name in copied} == set(sent)


def test_what_the_database_image_sources_ends_no_shell() -> None:
    """PostgreSQL's image sources ``*.sh`` of its folder: one that ends or replaces the shell leaves no database."""
    scripts = re.findall(
        r"\./([\w.-]+\.sh):/docker-entrypoint-initdb\.d/", (DEPLOY / "compose.yaml").read_text("utf-8")
    )

    assert scripts
    for script in scripts:
        assert not re.search(r"^\s*(exec|exit)\b", (DEPLOY / script).read_text("utf-8"), re.MULTILINE), script


def test_the_commands_of_the_page_name_what_is_there() -> None:
    """Every variable that a command of containers.md uses is set before, and a pod is waited for before it is entered."""
    page = (DEPLOY / "containers.md").read_text("utf-8")
    for block in re.findall(r"```sh\n(.*?)```", page, re.DOTALL):
        for name in re.findall(r"\$(\w+)", block):
            assert f"\n{name}=" in f"\n{block}".partition(f"${name}")[0], name
        for pod in re.findall(r"exec (?:-i )?(\w+)-0 ", block):
            assert f"rollout status statefulset/{pod}\n" in block.partition(f"{pod}-0")[0], pod


def test_both_engines_run_the_same_servers() -> None:
    """The same images, and as many OpenSearch nodes."""
    images = {each["image"] for each in COMPOSE["services"].values()}
    nodes = [name for name in COMPOSE["services"] if name.startswith("opensearch-")]
    [opensearch] = [each for each in WORKLOADS if each["metadata"]["name"] == "opensearch"]

    assert images == {container["image"] for container in CONTAINERS}
    assert len(nodes) == opensearch["spec"]["replicas"] == 3
