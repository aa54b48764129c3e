"""The web page: presentation and wiring, no logic of its own. Nothing here computes a figure.

`web.serve.serve(assistant)` starts it. Importing this package does not import Gradio, which takes
four seconds: a command that serves no page must not pay them.
"""
