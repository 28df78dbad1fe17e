"""The WSGI entry that gunicorn serves. Everything that pages need is loaded here once, before the server forks."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xiaohao.web.settings")

application = get_wsgi_application()
_ = get_resolver().url_patterns
