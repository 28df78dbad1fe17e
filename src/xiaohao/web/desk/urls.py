"""Addresses of the desk, below /desk/."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
