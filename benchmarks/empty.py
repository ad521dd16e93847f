"""The settings and addresses of a site whose only page says nothing: what Django itself costs."""

from django.http import HttpResponse
from django.urls import path

from iccn_network.settings import *  # noqa: F403 - all but the addresses is the same

ROOT_URLCONF = "benchmarks.empty"

urlpatterns = [path("", lambda request: HttpResponse("<!doctype html><title>Empty</title>"))]
