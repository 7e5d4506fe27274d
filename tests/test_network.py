"""The suite's own guard works: nothing reaches a network, and processes still talk to each other."""

from __future__ import annotations

import multiprocessing
import socket
import urllib.request

import pytest


@pytest.mark.parametrize("family", [socket.AF_INET, socket.AF_INET6])
def test_no_socket_connects(family: int) -> None:
    with socket.socket(family) as one, pytest.raises(RuntimeError, match="without a network"):
        one.connect(("127.0.0.1", 9))


def test_no_name_is_resolved() -> None:
    with pytest.raises(RuntimeError, match="without a network"):
        urllib.request.urlopen("http://example.com")


def test_pipes_between_processes_work() -> None:
    here, there = multiprocessing.Pipe()
    with here, there:
        there.send("said")
        assert here.recv() == "said"


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="this system has no such sockets")
def test_sockets_of_the_machine_work(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = str(tmp_path_factory.mktemp("s") / "s")
    with socket.socket(socket.AF_UNIX) as server, socket.socket(socket.AF_UNIX) as client:
        server.bind(path)
        server.listen()
        client.connect(path)
        client.sendall(b"said")
        connection, _ = server.accept()
        with connection:
            assert connection.recv(4) == b"said"
