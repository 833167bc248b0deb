"""Plays every test of this folder: python3 test/cli/run.py [WORD...] plays those whose name holds a word."""
import importlib
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from play import play  # noqa: E402

MODULES = ['commands', 'due', 'import_enquiries', 'import_decisions', 'open_cases', 'hub', 'beside', 'generate', 'summer']


def tests_of(module):
    named = vars(importlib.import_module('cases_' + module))
    return [value for value in named.values() if callable(value) and getattr(value, '__module__', '') == 'cases_' + module
            and not value.__name__.startswith('_')]


words = sys.argv[1:]
chosen = [test for module in MODULES for test in tests_of(module)
          if not words or any(word in test.__name__ for word in words)]
sys.exit(play(chosen))
