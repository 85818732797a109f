"""The household list of 50 over HTTP on the production server: ours with its token, the plain way, and by hand."""

import http.client
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Final

from bench.ground import HOUSEHOLDS, TOKEN, page_addresses, server_environment
from bench.measure import Goal, Result, compare
from registry.embedded.ports import LOCALHOST, answers, free_port

SECONDS: Final = 2.0
CLIENTS: Final = 4
PAGES: Final = (1, min(1000, HOUSEHOLDS // 50))
GOAL: Final = Goal("at least 3 times the requests a second of the peer, the same at page 1 and page 1,000", of_peer=3.0)


def run() -> list[Result]:
    """Measure the first page and page 1,000 (or the last) in turn with the peer and the hand-written view."""
    with server() as port:
        results = []
        for page in PAGES:
            ours, peer, by_hand = page_addresses(page)
            variants = {
                "ours": rate(port, ours, {"Authorization": f"Bearer {TOKEN}"}),
                "peer": rate(port, peer, {}),
                "limit": rate(port, by_hand, {}),
            }
            results.append(compare(f"household list, page {page}", variants, goal=GOAL, unit="requests/s"))
        return results


@contextmanager
def server() -> Iterator[int]:
    """Run the production server with the product's addresses and the peers' beside them."""
    port = free_port()
    options = ["--bind", f"{LOCALHOST}:{port}", "--worker-class", "gthread", "--workers", "2", "--threads", "4"]
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", *options, "--no-control-socket", "--log-level", "warning", "config.wsgi"],
        env=server_environment(),
    )
    try:
        while not answers(port):
            time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait()


def rate(port: int, address: str, headers: dict[str, str]) -> Callable[[], float]:
    """Give a variant that asks an address for two seconds from four clients and counts good answers a second."""

    def client(until: float) -> int:
        connection, count = http.client.HTTPConnection(LOCALHOST, port), 0
        while time.perf_counter() < until:
            connection.request("GET", address, headers=headers)
            answer = connection.getresponse()
            body = answer.read()
            if answer.status != 200 or len(json.loads(body)["results"]) != 50:
                raise RuntimeError(f"{address} answered {answer.status}")
            count += 1
        connection.close()
        return count

    def measure() -> float:
        began = time.perf_counter()
        with ThreadPoolExecutor(CLIENTS) as pool:
            counts = list(pool.map(client, [began + SECONDS] * CLIENTS))
        return sum(counts) / (time.perf_counter() - began)

    return measure
