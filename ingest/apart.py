"""Reading in a process of its own, so that a hostile file costs one line and not the program.

A parser that hangs, crashes or eats memory cannot be stopped from inside: its process is killed and
the next file gets a new one. Jobs and reports go through pipes as pickles, both ends being this
module.
"""

from __future__ import annotations

import contextlib
import logging
import math
import os
import pickle
import signal
import struct
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from queue import LifoQueue
from threading import Lock, Timer
from typing import IO, Any, Protocol

from ingest.errors import UnreadableFile, WenbaoError
from ingest.metadata.find import Given
from ingest.model import Report
from ingest.read import read_report

log = logging.getLogger(__name__)

#: the child finds this package where the parent found it, whatever the working folder holds
_START = "import sys; sys.path[:] = sys.argv[1:]; from ingest.apart import serve; serve()"
_START_SECONDS = 60.0
#: the child ends itself a little after the parent should have ended it: its parent may be gone
_GRACE_SECONDS = 5
_LENGTH = struct.Struct(">Q")


class ReadingFault(Exception):
    """A fault of ours while reading; the message names the exception, the log has its trace."""


@dataclass(frozen=True, slots=True)
class Job:
    """The bytes of one file, what it is called, what the user said of it."""

    data: bytes
    name: str
    given: Given


class ReadsJobs(Protocol):
    """Something that reads files, here or apart."""

    def submit(self, job: Job) -> Future[tuple[Report, ...]]:
        """Read a file's reports.

        The future raises what `read_report` raises, UnreadableFile where time or memory ran out or
        the process died, and ReadingFault where the fault is ours.
        """

    def close(self) -> None:
        """End what is going on."""


class ReadingHere:
    """Reads in this process: nothing to start, and nothing that stops a hostile file."""

    def submit(self, job: Job) -> Future[tuple[Report, ...]]:
        """Read at once; see `ReadsJobs`."""
        future: Future[tuple[Report, ...]] = Future()
        try:
            future.set_result(read_report(job.data, job.name, job.given))
        except WenbaoError as error:
            future.set_exception(error)
        except Exception as error:
            log.exception("reading %s failed", job.name)
            future.set_exception(ReadingFault(_fault(error)))
        return future

    def close(self) -> None:
        """Nothing is going on."""


class ReadingPool:
    """Processes that read, at most `processes`, each started when there is work for it.

    A file may take `seconds` of time and, where the system can tell, `memory` bytes.
    """

    def __init__(self, processes: int, seconds: float, memory: int) -> None:
        self._seconds = seconds
        self._memory = memory
        self._threads = ThreadPoolExecutor(processes, thread_name_prefix="wenbao-read")
        # the one that was used last is taken first, so that a second starts only when both work
        self._places: LifoQueue[_Child | None] = LifoQueue()
        for _ in range(processes):
            self._places.put(None)
        self._children: set[_Child] = set()
        self._lock = Lock()
        self._closed = False

    def submit(self, job: Job) -> Future[tuple[Report, ...]]:
        """Read as soon as a process is free; see `ReadsJobs`."""
        return self._threads.submit(self._read, job)

    def close(self) -> None:
        """End all processes, also those that are reading."""
        with self._lock:
            self._closed = True
            for child in self._children:
                child.kill()
        self._threads.shutdown(cancel_futures=True)
        for child in self._children:
            child.close()

    def _read(self, job: Job) -> tuple[Report, ...]:
        child = self._places.get()
        try:
            child = child or self._start()
            kind, value = child.ask(job, self._seconds, self._memory)
            if kind == "memory":
                raise UnreadableFile(
                    f"{job.name}: reading it takes more than {self._memory} bytes of memory"
                )
        except BaseException:  # what is left of it is not to be trusted with another file
            if child is not None:
                self._end(child)
                child = None
            raise
        finally:
            self._places.put(child)
        if kind == "fault":
            said, trace = value
            log.error("reading %s failed:\n%s", job.name, trace)
            raise ReadingFault(said)
        if kind == "error":
            raise value
        reports: tuple[Report, ...] = value
        return reports

    def _start(self) -> _Child:
        with self._lock:
            if self._closed:
                raise UnreadableFile("reading was stopped")
            child = _Child()
            self._children.add(child)
            return child

    def _end(self, child: _Child) -> None:
        with self._lock:
            self._children.discard(child)
        child.kill()
        child.close()


class _Child:
    """One process that reads, seen from outside."""

    def __init__(self) -> None:
        self._stderr = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as this
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", _START, *sys.path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._stderr,
            start_new_session=True,  # Ctrl-C is for the parent, which then ends this
        )
        self._ready = False
        self._late = False
        self._stopped = False

    def ask(self, job: Job, seconds: float, memory: int) -> tuple[str, Any]:
        """(kind of reply, value); raises UnreadableFile where the process ended meanwhile."""
        out, into = self._process.stdout, self._process.stdin
        assert out is not None and into is not None
        try:
            if not self._ready:
                self._within(_START_SECONDS, lambda: _receive(out))
                self._ready = True

            def exchange() -> Any:
                _send(into, (job, seconds, memory))
                return _receive(out)

            reply: tuple[str, Any] = self._within(seconds, exchange)
            return reply
        except (EOFError, OSError, pickle.UnpicklingError) as error:
            stopped = self._stopped
            self.kill()
            code = self._process.wait()
            if self._late and self._ready:
                raise UnreadableFile(
                    f"{job.name}: reading it takes more than {seconds:g} s"
                ) from error
            if stopped:
                raise UnreadableFile(f"{job.name}: reading was stopped") from error
            self._stderr.seek(0)
            said = self._stderr.read()[-2000:].decode("utf-8", "replace").strip()
            if said:  # a signal says nothing; the error below names its number
                log.error("the process that read %s said: %s", job.name, said)
            raise UnreadableFile(
                f"{job.name}: the process that read it ended with code {code}"
            ) from error

    def _within(self, seconds: float, work: Callable[[], Any]) -> Any:
        """What `work` gives; the process is ended when it takes longer."""
        timer = Timer(seconds, self._time_out)
        timer.daemon = True
        timer.start()
        try:
            return work()
        finally:
            timer.cancel()

    def _time_out(self) -> None:
        self._late = True
        self.kill()

    def kill(self) -> None:
        """End it at once."""
        self._stopped = True
        self._process.kill()

    def close(self) -> None:
        """Wait for its end, free its pipes."""
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        self._process.wait()
        self._stderr.close()


def serve() -> None:
    """The child: read jobs until the parent closes the pipe."""
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not get among the replies
    _send(replies, ("ready", None))
    while True:
        try:
            job, seconds, memory = _receive(sys.stdin.buffer)
        except EOFError:
            return
        _limit(seconds, memory)
        _send(replies, _reply(job))
        _limit(0, memory)


def _reply(job: Job) -> tuple[str, Any]:
    try:
        return "reports", read_report(job.data, job.name, job.given)
    except WenbaoError as error:
        return "error", error
    except MemoryError:
        return "memory", None
    except Exception as error:
        return "fault", (_fault(error), traceback.format_exc())


def _limit(seconds: float, memory: int) -> None:
    """Bound what the next file may take; 0 seconds: no more time limit."""
    try:
        import resource
    except ImportError:  # not on Windows: the parent's clock is all there is
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard == resource.RLIM_INFINITY or memory <= hard:
        resource.setrlimit(resource.RLIMIT_AS, (memory, hard))
    signal.alarm(math.ceil(seconds) + _GRACE_SECONDS if seconds else 0)


def _fault(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


def _send(pipe: IO[bytes], value: object) -> None:
    packed = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    pipe.write(_LENGTH.pack(len(packed)))
    pipe.write(packed)
    pipe.flush()


def _receive(pipe: IO[bytes]) -> Any:
    (length,) = _LENGTH.unpack(_exactly(pipe, _LENGTH.size))
    return pickle.loads(_exactly(pipe, length))


def _exactly(pipe: IO[bytes], size: int) -> bytes:
    found = pipe.read(size)
    if len(found) < size:
        raise EOFError
    return found
