"""Numbers out of samples, and what they were measured on."""

import json
import math
import os
import platform
import re
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

SETTINGS = ["shared_buffers", "work_mem", "effective_cache_size", "random_page_cost", "jit"]
SETTINGS += ["max_parallel_workers_per_gather", "fsync", "synchronous_commit"]


def percentile(samples, percent):
    """Return the smallest sample that so many percent of all do not exceed (nearest rank)."""
    ordered = sorted(samples)
    return ordered[max(math.ceil(len(ordered) * percent / 100), 1) - 1]


def summary(seconds):
    """Return p50, p95 and p99 in milliseconds, with the number of samples."""
    percentiles = {f"p{p}_ms": round(percentile(seconds, p) * 1000, 1) for p in (50, 95, 99)}
    return {"requests": len(seconds), **percentiles}


def machine():
    """Describe the machine, the programs and the database of the settings."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version'), pg_database_size(%s)", [
            connection.settings_dict["NAME"]
        ])  # fmt: skip
        server, size = cursor.fetchone()
        cursor.execute("SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", [SETTINGS])
        settings = dict(cursor.fetchall())
    return {
        "cores": len(os.sched_getaffinity(0))
        if hasattr(os, "sched_getaffinity")
        else os.cpu_count(),
        "cpu": told("/proc/cpuinfo", r"model name\s*: (.+)") or platform.processor(),
        "memory_mb": int(told("/proc/meminfo", r"MemTotal:\s+(\d+)") or 0) // 1024,
        "system": platform.system(),
        "python": platform.python_version(),
        "django": version("django"),
        "postgresql": server,
        "postgresql_settings": settings,
        "database_mb": size // 2**20,
    }


def told(file, pattern):
    """Return what a file of the system tells, or nothing where it is not there."""
    try:
        found = re.search(pattern, Path(file).read_text())
    except OSError:
        return ""
    return found[1] if found else ""


def keep(folder, name, result):
    """Write a result with the time and the machine; return the file."""
    now = datetime.now(UTC)
    folder.mkdir(exist_ok=True)
    file = folder / f"{name}-{now:%Y%m%d-%H%M%S}.json"
    result = {"at": now.isoformat(timespec="seconds"), "machine": machine(), **result}
    file.write_text(json.dumps(result, indent=1) + "\n")
    return file
