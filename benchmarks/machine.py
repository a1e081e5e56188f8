"""On what a figure was measured: a figure without its machine says nothing."""

from __future__ import annotations

import importlib.metadata
import os
import platform
from pathlib import Path


def description() -> str:
    """«2 × Intel …, 24 GiB, Linux …, Python …, Streamlit …»"""
    return (
        f"{os.cpu_count()} x {_processor()}, {_memory():.0f} GiB, {platform.platform()}, "
        f"Python {platform.python_version()}, Streamlit {importlib.metadata.version('streamlit')}, "
        f"DuckDB {importlib.metadata.version('duckdb')}"
    )


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def _memory() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / (1 << 30)
