"""Git over HTTP: a student's repository, the doors to it, and what happens on a push.

``docs/develop/push-path.md`` follows one push through these modules, step by step.
"""
