"""Pages for when something is wrong: each says in plain words what, and where to go next."""

from django.shortcuts import render


def bad_request(request, exception=None):
    return render(request, "400.html", status=400)


def permission_denied(request, exception=None):
    return render(request, "403.html", status=403)


def not_found(request, exception=None):
    return render(request, "404.html", status=404)


def server_error(request):
    return render(request, "500.html", status=500)


def too_slow(request):
    response = render(request, "503.html", status=503)
    response["Retry-After"] = "30"
    return response


def csrf_failure(request, reason=""):
    return render(request, "403_csrf.html", status=403)
