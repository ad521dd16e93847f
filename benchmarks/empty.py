"""The settings of a site with one more page, which says nothing: what Django itself costs."""

from iccn_network.settings import *  # noqa: F403 - all but the addresses is the same

ROOT_URLCONF = "benchmarks.empty_urls"
