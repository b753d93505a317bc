"""The look that Gradio's own components share with page.css: colours, corners, system fonts."""

from __future__ import annotations

import gradio as gr

# Only fonts that a Traditional Chinese desktop or phone already has; nothing is fetched.
FONTS = ("Noto Sans TC", "PingFang TC", "Microsoft JhengHei", "Noto Sans CJK TC", "system-ui", "sans-serif")


def build_theme() -> gr.themes.Base:
    """A quiet theme in ink blue on paper."""
    ink = gr.themes.Color(
        name="ink",
        c50="#f1f5f9", c100="#e1e9f2", c200="#c3d3e4", c300="#9ab5d0", c400="#6b90b5", c500="#44709b",
        c600="#2f5a85", c700="#26496d", c800="#1f3b58", c900="#182e45", c950="#0f1e2e",
    )  # fmt: skip
    theme = gr.themes.Base(
        primary_hue=ink,
        secondary_hue=ink,
        neutral_hue=gr.themes.colors.stone,
        radius_size=gr.themes.sizes.radius_md,
        text_size=gr.themes.sizes.text_md,
        font=list(FONTS),
        font_mono=["ui-monospace", "Consolas", "monospace"],
    )
    return theme.set(
        body_background_fill="#f7f6f3",
        body_background_fill_dark="#15191e",
        block_background_fill="transparent",
        block_background_fill_dark="transparent",
        block_border_width="0px",
        block_label_background_fill="transparent",
        block_label_background_fill_dark="transparent",
        input_background_fill="#ffffff",
        input_border_color="#dcd8cf",
        button_primary_background_fill="*primary_700",
        button_primary_background_fill_hover="*primary_800",
        button_secondary_background_fill="#ffffff",
        button_secondary_border_color="#dcd8cf",
    )
