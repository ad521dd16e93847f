from django.http import HttpResponse
from django.urls import path

from iccn_network.urls import *  # noqa: F403 - the middleware needs the addresses of the site
from iccn_network.urls import urlpatterns as addresses

EMPTY = "<!doctype html><title>Empty</title>"
urlpatterns = [path("empty/", lambda request: HttpResponse(EMPTY)), *addresses]
