"""Serve the page on this machine: neither we nor the browser ask another host for anything."""

from __future__ import annotations

import logging
import os
import socket
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Any

from ingest.errors import WenbaoError

if TYPE_CHECKING:
    from gradio.themes import Base

    from index import Assistant

log = logging.getLogger(__name__)

_SANS = ("system-ui", "-apple-system", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC")
_MONO = ("ui-monospace", "SFMono-Regular", "Consolas", "Noto Sans Mono CJK SC", "monospace")


def serve(
    assistant: Assistant, host: str = "127.0.0.1", port: int = 7860, *, block: bool = True
) -> Any:
    """Serve the page for `assistant` at `host:port` and print the address.

    Port 0 takes a free one. Blocks until interrupted; with `block=False` it returns the running
    `gr.Blocks`, whose `close()` ends it. Raises WenbaoError where the port is taken.
    """
    _stay_home()
    from web.page import build_page

    _start_vectors(assistant)
    page = build_page(assistant)
    with as_file(files("web")) as folder:
        try:
            page.launch(
                server_name=host,
                server_port=port or _free_port(host),
                prevent_thread_lock=True,
                quiet=True,
                share=False,
                inbrowser=False,
                inline=False,
                ssr_mode=False,
                pwa=False,
                mcp_server=False,
                show_error=True,
                run_history=False,
                enable_monitoring=False,
                footer_links=[],
                # the browser refuses larger ones, by name, before it sends them
                max_file_size=f"{assistant.settings.max_upload_mb}mb",
                favicon_path=str(folder / "favicon.svg"),
                theme=_theme(),
                css=(folder / "page.css").read_text(encoding="utf-8"),
            )
        except OSError as error:
            raise WenbaoError(
                f"the page cannot be served at {host}:{port} ({error}); choose another with --port"
            ) from error
        print(f"http://{host}:{page.server_port}", flush=True)
        if block:
            page.block_thread()
    return page


def _stay_home() -> None:
    """Settings that Gradio reads from the environment, before it is imported."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    # Gradio asks itself over HTTP whether it is up; a proxy set for the shell must not get that
    for name in ("NO_PROXY", "no_proxy"):
        hosts = [h for h in os.environ.get(name, "").split(",") if h]
        os.environ[name] = ",".join(dict.fromkeys([*hosts, "127.0.0.1", "localhost"]))


def _free_port(host: str) -> int:
    """Gradio takes 0 for a port like any other and then asks itself at port 0."""
    with socket.socket() as probe:
        probe.bind((host, 0))
        return int(probe.getsockname()[1])


def _start_vectors(assistant: Assistant) -> None:
    try:
        assistant.start_vectors()
    except Exception:
        # figures and word search answer without them, and the page shows how far they are
        log.exception("the vectors were not started")


def _theme() -> Base:
    """Plain surfaces, system fonts (strings, so that none is fetched), one accent."""
    import gradio as gr

    theme = gr.themes.Base(
        primary_hue=gr.themes.colors.teal,
        neutral_hue=gr.themes.colors.stone,
        font=[*_SANS, "sans-serif"],
        font_mono=list(_MONO),
        radius_size=gr.themes.sizes.radius_sm,
        text_size=gr.themes.sizes.text_md,
    )
    return theme.set(
        body_background_fill="#fbfaf8",
        body_background_fill_dark="#161513",
        body_text_color="#1c1917",
        body_text_color_dark="#ece9e4",
        button_primary_background_fill="#0f5f59",
        button_primary_background_fill_hover="#0b4a45",
        button_primary_background_fill_dark="#17766e",
        button_primary_background_fill_hover_dark="#1b8a81",
        button_primary_text_color="#ffffff",
        button_primary_text_color_dark="#ffffff",
        input_background_fill="#ffffff",
        input_background_fill_dark="#211f1c",
    )
