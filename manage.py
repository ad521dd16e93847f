#!/usr/bin/env python
import os
import sys


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iccn_network.settings")
    if "runserver" in sys.argv:
        os.environ.setdefault("STATEMENT_TIMEOUT", "2000")  # as in wsgi.py
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
