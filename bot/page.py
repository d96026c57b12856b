"""The chat page: Gradio draws the frame, served scripts fill it with what the server has proved.

No part of it is a Gradio event. An event would keep what a patient typed on the server, lose the
conversation whenever the server starts anew, and announce an answer word by word. The scripts in
`static/` ask `page_routes` instead.
"""

from collections.abc import Sequence

import gradio as gr

from bot.chatbot import Chatbot
from bot.helplines import load_helplines
from bot.page_routes import HELPLINES, page_version
from bot.page_views import STATIC, Views
from bot.wording import Wording
from corpus import load_glossary
from settings import Settings

ALWAYS_AT_HAND = ("page.helplines", "page.looks")
"""The buttons above everything else, by their wording."""
TOOLS = {
    "page.tools_conversation": ("page.take", "page.keep", "page.forget", "page.restart"),
    "page.tools_reading": ("page.article", "page.about_this"),
}
"""The buttons below the conversation, in groups."""


def head(chatbot: Chatbot, settings: Settings) -> str:
    """What the page has besides Gradio: its style and its parts, before anything shows; scripts."""
    style = (STATIC / "page.css").read_text(encoding="utf-8")
    views = Views(chatbot.wording, load_glossary(settings.corpus / "glossary.toml"))
    parts = views.parts(load_helplines(HELPLINES), settings.country, page_version())
    scripts = sorted(path.name for path in STATIC.glob("*.js") if path.name != "early.js")
    return "".join(
        (
            f"<style>{style}</style>",
            # A template would lose its content on Gradio's way; the text of a script stays.
            f'<script type="text/plain" id="page-parts">{parts}</script>',
            *(f'<link rel="modulepreload" href="/page/static/{name}">' for name in scripts),
            '<script type="module" src="/page/static/page.js"></script>',
        )
    )


def calm_theme() -> gr.themes.Base:
    """Quiet colours, one size of type, and the fonts that the device has: nothing is fetched."""
    light = {
        "body_background_fill": "#ffffff",
        "background_fill_primary": "#ffffff",
        "background_fill_secondary": "#eef5f4",
        "body_text_color": "#1b2a29",
        "body_text_color_subdued": "#40514f",
        "border_color_primary": "#738582",
        "link_text_color": "#115e58",
        "link_text_color_hover": "#0b413d",
        "link_text_color_visited": "#115e58",
        "link_text_color_active": "#0b413d",
        "block_background_fill": "#ffffff",
        "block_label_text_color": "#1b2a29",
        "block_title_text_color": "#1b2a29",
        "input_background_fill": "#ffffff",
        "input_border_color": "#738582",
        "input_border_color_focus": "#115e58",
        "input_placeholder_color": "#40514f",
        "button_primary_background_fill": "#115e58",
        "button_primary_background_fill_hover": "#0b413d",
        "button_primary_text_color": "#ffffff",
        "button_secondary_background_fill": "#eef5f4",
        "button_secondary_background_fill_hover": "#d9e8e6",
        "button_secondary_text_color": "#12312e",
    }
    dark = {
        "body_background_fill": "#111918",
        "background_fill_primary": "#111918",
        "background_fill_secondary": "#1c2927",
        "body_text_color": "#eef3f2",
        "body_text_color_subdued": "#c3d0ce",
        "border_color_primary": "#7f9491",
        "link_text_color": "#8ad6cc",
        "link_text_color_hover": "#b4e8e1",
        "link_text_color_visited": "#8ad6cc",
        "link_text_color_active": "#b4e8e1",
        "block_background_fill": "#111918",
        "block_label_text_color": "#eef3f2",
        "block_title_text_color": "#eef3f2",
        "input_background_fill": "#172120",
        "input_border_color": "#7f9491",
        "input_border_color_focus": "#8ad6cc",
        "input_placeholder_color": "#c3d0ce",
        "button_primary_background_fill": "#8ad6cc",
        "button_primary_background_fill_hover": "#b4e8e1",
        "button_primary_text_color": "#0b201d",
        "button_secondary_background_fill": "#1c2927",
        "button_secondary_background_fill_hover": "#2a3b39",
        "button_secondary_text_color": "#e3f2f0",
    }
    theme = gr.themes.Base(
        font=["system-ui", "sans-serif"], font_mono=["ui-monospace", "monospace"]
    )
    return theme.set(**light, **{f"{name}_dark": value for name, value in dark.items()})


def chat_page(chatbot: Chatbot) -> gr.Blocks:
    """The frame: what it is, the conversation, the question box, and what else there is to do."""
    words = chatbot.wording
    page: gr.Blocks
    with (
        gr.Blocks(title=words("page.title"), analytics_enabled=False) as page,
        gr.Row(elem_id="sides"),
    ):
        with gr.Column(elem_id="chatting", min_width=0):
            _buttons("first", ALWAYS_AT_HAND, words)
            gr.Markdown(f"# {words('page.title')}\n\n{words('page.about')}", elem_id="intro")
            gr.Markdown(words("page.testing"), elem_id="testing")
            gr.Column(elem_id="above", min_width=0)
            gr.Column(elem_id="chat", min_width=0)
            with gr.Column(elem_id="asking", min_width=0):
                gr.Textbox(
                    elem_id="question",
                    label=words("page.input_label"),
                    placeholder=words("page.input_placeholder"),
                    lines=2,
                    max_lines=8,
                    interactive=True,
                )
                gr.Button(words("page.send"), elem_id="send", variant="primary")
            gr.Column(elem_id="told", min_width=0)
            with gr.Column(elem_id="starting", min_width=0):
                gr.Markdown(words("page.starting"))
                for text in chatbot.starting_questions():
                    gr.Button(text)
            with gr.Column(elem_id="tools", min_width=0):
                for group, names in TOOLS.items():
                    with gr.Column(elem_id=group.replace("page.tools_", "tools-"), min_width=0):
                        gr.Markdown(words(group))
                        _buttons(f"{group}-row".replace("page.", ""), names, words)
        gr.Column(elem_id="passage", min_width=0)
    return page


def _buttons(row: str, names: Sequence[str], words: Wording) -> None:
    """A row of buttons, each with the id that the scripts know it by."""
    with gr.Row(elem_id=row, elem_classes="buttons"):
        for name in names:
            gr.Button(words(name), elem_id=name.replace("page.", "tool-"), min_width=0)
