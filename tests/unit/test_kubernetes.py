"""The manifests for Kubernetes: what the API's schemas ask for, and what no schema can say.

Without a cluster: the schemas come with kubernetes-validate.
"""

import re
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml

import translator.api
import web.api.health
import web.settings

ROOT = Path(__file__).parent.parent.parent
FOLDER = ROOT / "scripts/kubernetes"
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text())
KUSTOMIZATION = yaml.safe_load((FOLDER / "kustomization.yaml").read_text())
DOCUMENTS: list[Any] = [
    document
    for name in KUSTOMIZATION["resources"]
    for document in yaml.safe_load_all((FOLDER / name).read_text())
]
OLDEST = "1.30"  # kustomization.yaml says so
UNITS = {"m": 2**20, "g": 2**30, "Mi": 2**20, "Gi": 2**30}


def named(document: Any) -> str:
    return f"{document['kind']}-{document['metadata']['name']}"


def of_kind(*kinds: str) -> list[Any]:
    return [each for each in DOCUMENTS if each["kind"] in kinds]


def one(kind: str, name: str) -> Any:
    (found,) = (each for each in of_kind(kind) if each["metadata"]["name"] == name)
    return found


def pod(workload: Any) -> Any:
    return workload["spec"]["template"]["spec"]


def container(workload: Any) -> Any:
    (only,) = pod(workload)["containers"]
    assert "initContainers" not in pod(workload)
    return only


def ports(workload: Any) -> dict[str, int]:
    return {each["name"]: each["containerPort"] for each in container(workload)["ports"]}


def selected(labels: dict[str, str]) -> Any:
    """Give the one workload whose pods have these labels."""
    assert labels
    (found,) = (
        each
        for each in WORKLOADS
        if labels.items() <= each["spec"]["template"]["metadata"]["labels"].items()
    )
    return found


def variables(workload: Any) -> dict[str, str]:
    return {each["name"]: each["value"] for each in container(workload).get("env", [])}


def size(text: str) -> int:
    match = re.fullmatch(r"(\d+)(\w+)", text)
    assert match
    return int(match[1]) * UNITS[match[2]]


def generated(kind: str) -> dict[str, dict[str, Path]]:
    """Give the files of each generated Secret or ConfigMap, by key."""
    return {
        each["name"]: {Path(file).name: FOLDER / file for file in each["files"]}
        for each in KUSTOMIZATION[f"{kind}Generator"]
    }


WORKLOADS = of_kind("Deployment", "StatefulSet")
each_workload = pytest.mark.parametrize("workload", WORKLOADS, ids=named)


@pytest.mark.parametrize("version", [OLDEST, kubernetes_validate.latest_version()])
@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_a_document_is_one_that_the_api_takes(document: Any, version: str) -> None:
    kubernetes_validate.validate(document, version, strict=True)


def test_a_field_that_the_api_does_not_know_is_found() -> None:
    misspelt = {**one("Service", "web"), "specs": {}}
    with pytest.raises(kubernetes_validate.ValidationError, match="specs"):
        kubernetes_validate.validate(misspelt, OLDEST, strict=True)


def test_no_file_is_left_out() -> None:
    files = {each.name for each in FOLDER.iterdir()}
    assert files == {"kustomization.yaml", *KUSTOMIZATION["resources"]}
    assert len({named(each) for each in DOCUMENTS}) == len(DOCUMENTS)
    secrets = generated("secret")["passwords"]
    assert secrets.keys() == COMPOSE["secrets"].keys()
    assert {each.resolve().parent for each in secrets.values()} == {ROOT / "secrets"}
    database = {each.resolve() for each in generated("configMap")["db"].values()}
    assert database == set((ROOT / "db").iterdir())


def test_everything_is_in_the_namespace_that_takes_hardened_pods_only() -> None:
    (namespace,) = of_kind("Namespace")
    assert namespace["metadata"]["name"] == KUSTOMIZATION["namespace"]
    assert namespace["metadata"]["labels"] == {"pod-security.kubernetes.io/enforce": "restricted"}
    assert not [each for each in DOCUMENTS if "namespace" in each["metadata"]]


@each_workload
def test_a_container_can_do_no_more_than_it_must(workload: Any) -> None:
    spec, only = pod(workload), container(workload)
    assert spec["automountServiceAccountToken"] is False
    assert spec["enableServiceLinks"] is False  # no variable that nobody asked for
    assert not spec.keys() & {"hostNetwork", "hostPID", "hostIPC"}
    assert spec["securityContext"].items() >= {
        ("runAsNonRoot", True),
        ("runAsGroup", spec["securityContext"]["runAsUser"]),
    }
    assert spec["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert only["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    resources = only["resources"]
    assert resources["requests"].keys() == {"cpu", "memory"}
    assert resources["requests"]["memory"] == resources["limits"]["memory"]
    assert only.keys() >= {"startupProbe", "readinessProbe", "livenessProbe"}


@each_workload
def test_a_service_is_the_same_as_in_compose(workload: Any) -> None:
    name = workload["metadata"]["name"]
    service, spec, only = COMPOSE["services"][name], pod(workload), container(workload)
    assert only["image"] == service["image"]
    assert size(only["resources"]["limits"]["memory"]) == size(service["mem_limit"])
    assert f"{spec['terminationGracePeriodSeconds']}s" == service["stop_grace_period"]

    assignments = [line.partition("=") for line in service["environment"]]
    assert variables(workload).keys() <= {variable for variable, _, _ in assignments}
    fixed = {(variable, value) for variable, equals, value in assignments if equals}
    assert variables(workload).items() >= fixed

    user = (
        service.get("user")
        or re.findall(r"^USER (.*)$", (ROOT / name / "Dockerfile").read_text(), re.MULTILINE).pop()
    )
    context = spec["securityContext"]
    assert f"{context['runAsUser']}:{context['runAsGroup']}" == user

    mounts = {each["mountPath"] for each in only["volumeMounts"]}
    assert mounts >= {each.partition(":")[0] for each in service["tmpfs"]}
    assert mounts >= {each.split(":")[1] for each in service.get("volumes", [])}
    assert secrets_in(workload) == {f"/run/secrets/{each}" for each in service.get("secrets", [])}


def secrets_in(workload: Any) -> set[str]:
    """Give the paths of the secrets that a container gets."""
    found = set()
    for volume in pod(workload)["volumes"]:
        if secret := volume.get("secret"):
            keys = {each["path"] for each in secret.get("items", [])}
            keys = keys or set(generated("secret")[secret["secretName"]])
            (folder,) = (
                each["mountPath"]
                for each in container(workload)["volumeMounts"]
                if each["name"] == volume["name"]
            )
            found |= {f"{folder}/{key}" for key in keys}
    return found


def test_every_image_that_is_built_here_can_be_named_anew() -> None:
    built = {each["image"] for each in COMPOSE["services"].values() if "build" in each}
    assert {each["name"] for each in KUSTOMIZATION["images"]} == built


@each_workload
def test_what_a_pod_refers_to_is_there(workload: Any) -> None:
    spec, only = pod(workload), container(workload)
    secrets, maps = generated("secret"), generated("configMap")
    volumes = {each["name"]: each for each in spec["volumes"]}
    claims = {each["metadata"]["name"] for each in workload["spec"].get("volumeClaimTemplates", [])}
    mounted = {each["name"] for each in only["volumeMounts"]}
    assert mounted == volumes.keys() | claims
    for volume in volumes.values():
        match volume:
            case {"secret": secret}:
                keys = {each["key"] for each in secret.get("items", [])}
                assert keys <= secrets[secret["secretName"]].keys()
                assert spec["securityContext"]["fsGroup"] == spec["securityContext"]["runAsGroup"]
            case {"configMap": {"name": name}}:
                places = [each for each in only["volumeMounts"] if each["name"] == volume["name"]]
                assert {e["subPath"] for e in places if "subPath" in e} <= maps[name].keys()
            case _:
                assert volume.keys() == {"name", "emptyDir"}
                assert "sizeLimit" in volume["emptyDir"]
    labels = workload["spec"]["selector"]["matchLabels"]
    assert selected(labels) is workload
    for spread in spec.get("topologySpreadConstraints", []):
        assert spread["labelSelector"]["matchLabels"] == labels
    if workload["kind"] == "StatefulSet":
        assert selected(one("Service", workload["spec"]["serviceName"])["spec"]["selector"])


@each_workload
def test_a_probe_asks_something_that_answers(workload: Any) -> None:
    only = container(workload)
    routes = {"web": web.api.health.router, "translator": translator.api.router}
    for kind in ("startupProbe", "readinessProbe", "livenessProbe"):
        match only[kind]:
            case {"httpGet": {"path": path, "port": port}}:
                assert port in ports(workload)
                known = {getattr(each, "path", "") for each in routes[only["name"]].routes}
                assert path in known or (ROOT / "web/pages" / path.lstrip("/")).is_file()
            case {"tcpSocket": {"port": port}}:
                assert port in ports(workload)
            case {"exec": {"command": ["bash", script]}}:
                assert Path(script).name in generated("configMap")["db"]
            case other:
                pytest.fail(f"{kind}: {other}")


def test_no_pod_of_web_is_restarted_or_cut_off_because_something_else_is_away() -> None:
    only = container(one("StatefulSet", "web"))
    assert only["livenessProbe"]["httpGet"]["path"].startswith("/static/")
    assert only["readinessProbe"]["httpGet"]["path"].startswith("/static/")


@pytest.mark.parametrize("service", of_kind("Service"), ids=named)
def test_a_service_leads_to_the_workload_of_its_name(service: Any) -> None:
    workload = selected(service["spec"]["selector"])
    assert workload["metadata"]["name"] == service["metadata"]["name"]
    assert {each["targetPort"]: each["port"] for each in service["spec"]["ports"]} == ports(
        workload
    )


def test_web_finds_the_others_and_knows_every_translator() -> None:
    settings = variables(one("StatefulSet", "web"))
    translators = one("Service", "translator")["spec"]
    (port,) = translators["ports"]
    assert settings["TRANSLATOR_URL"] == f"http://translator:{port['port']}"
    assert translators["clusterIP"] == "None"
    assert one("Service", settings["DB_HOST"])


@pytest.mark.parametrize("name", ["web", "translator"])
def test_a_service_grows_with_its_load_and_is_never_all_away(name: str) -> None:
    scaler = one("HorizontalPodAutoscaler", name)["spec"]
    target = scaler["scaleTargetRef"]
    workload = one(target["kind"], target["name"])
    assert target["apiVersion"] == workload["apiVersion"]
    assert workload["metadata"]["name"] == name
    assert "replicas" not in workload["spec"]  # each `kubectl apply` would set it back
    assert 2 <= scaler["minReplicas"] < scaler["maxReplicas"]
    budget = one("PodDisruptionBudget", name)["spec"]
    assert selected(budget["selector"]["matchLabels"]) is workload
    assert budget["maxUnavailable"] < scaler["minReplicas"]


def test_the_database_has_a_connection_for_every_replica_of_web() -> None:
    replicas = one("HorizontalPodAutoscaler", "web")["spec"]["maxReplicas"]
    settings = (ROOT / "db/server.cnf").read_text()
    found = re.search(r"^max-connections *= (\d+)$", settings, re.MULTILINE)
    assert found
    assert replicas * web.settings.Settings.model_fields["db_pool"].default < int(found[1])


def doors(rules: list[Any], side: str) -> set[tuple[str | None, int]]:
    """Give who may be spoken to, or may speak, and the port; None stands for everybody."""
    return {
        (name_of(peer), port["port"])
        for rule in rules
        for peer in rule.get(side, [None])
        for port in rule["ports"]
    }


def name_of(peer: Any) -> str | None:
    match peer:
        case None:
            return None
        case {"podSelector": {"matchLabels": labels}}:
            return str(selected(labels)["metadata"]["name"])
        case {"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": name}}}:
            return str(name)
    raise AssertionError(peer)


def test_nobody_speaks_to_anybody_but_web_to_the_others_and_monitoring_for_metrics() -> None:
    found = {}
    for document in of_kind("NetworkPolicy"):
        spec = document["spec"]
        name = None
        if labels := spec["podSelector"].get("matchLabels"):
            name = selected(labels)["metadata"]["name"]
        assert "Ingress" in spec["policyTypes"]
        found[name] = (doors(spec.get("ingress", []), "from"), doors(spec.get("egress", []), "to"))
    assert found == {
        None: (set(), set()),
        "web": (
            {(None, 8080), ("monitoring", 9090)},
            {("translator", 8090), ("database", 3306), ("kube-system", 53)},
        ),
        "translator": ({("web", 8090), ("monitoring", 8090)}, set()),
        "database": ({("web", 3306)}, set()),
    }
    assert one("NetworkPolicy", "nothing-by-default")["spec"]["policyTypes"] == [
        "Ingress",
        "Egress",
    ]
    for name, (inward, _) in found.items():
        if name:
            assert {port for _, port in inward} == set(ports(selected({"app": name})).values())
