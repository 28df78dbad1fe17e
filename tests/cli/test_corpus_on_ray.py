"""The engine past one machine says what the plain one says, byte for byte, on a cluster of two nodes. Slow; run by `make test-scale`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.corpora import AT, KEY, three_places
from xiaohao.cli.corpus.compare import compared, printed
from xiaohao.cli.corpus.files import Header, exports, write
from xiaohao.cli.corpus.local import Local
from xiaohao.screening.copied.grams import SAMPLED
from xiaohao.screening.fingerprints.keyed import key_check

pytest.importorskip("daft", reason="the extra `scale` is not installed: make test-scale")
pytest.importorskip("ray", reason="the extra `scale` is not installed: make test-scale")


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """Two nodes on this machine, one core each, no dashboard."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("RAY_AUTH_MODE", "disabled")
        environment.setenv("RAY_USAGE_STATS_ENABLED", "0")
        environment.setenv("RAY_ENABLE_UV_RUN_RUNTIME_ENV", "0")
        import ray
        from ray.cluster_utils import Cluster

        node = {"num_cpus": 1, "object_store_memory": 150_000_000, "include_dashboard": False}
        nodes = Cluster(initialize_head=True, head_node_args=node)
        nodes.add_node(num_cpus=1, object_store_memory=150_000_000)
        nodes.wait_for_nodes()
        assert len(nodes.list_all_nodes()) == 2
        yield nodes.address
        ray.shutdown()
        nodes.shutdown()


def test_two_nodes_say_what_one_machine_says(cluster: str, tmp_path: Path) -> None:
    import ray

    from xiaohao.cli.corpus.on_ray import OnRay

    held = exports(three_places(tmp_path, count=40))
    on_ray = printed(compared(held, OnRay(held, cluster)))
    assert sum(node["Alive"] for node in ray.nodes()) == 2
    assert on_ray == printed(compared(held, Local(held)))
    assert on_ray.count('"check": "TXT-DUP"') == 6
    assert on_ray.count('"check": "PHOTO-DUP"') == 4


def test_empty_exports_are_compared_to_nothing_there_too(cluster: str, tmp_path: Path) -> None:
    from xiaohao.cli.corpus.on_ray import OnRay

    for name in ("qinghe", "bishui"):
        write(tmp_path / name, Header(name, key_check(KEY), AT, SAMPLED), [], [])
    held = exports([str(tmp_path)])
    assert compared(held, OnRay(held, cluster))["findings"] == []
