"""Git over HTTP: the doors to a repository, what happens on a push, the answer in the terminal.

``docs/develop/push-path.md`` follows one push through these modules, step by step.
"""
