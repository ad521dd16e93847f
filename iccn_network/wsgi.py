import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iccn_network.settings")
os.environ.setdefault("STATEMENT_TIMEOUT", "2000")

application = get_wsgi_application()

# What all requests share stays for good. To search it for garbage again and again would hold up
# one visitor in twenty for as long as a whole page takes.
get_resolver().url_patterns  # noqa: B018  imports the views and all that they need
gc.collect()
gc.freeze()
gc.set_threshold(10_000, 20, 20)
