"""The chat page, on Gradio."""

import re
from pathlib import Path
from typing import Any

import gradio as gr

from bot.answer import Turn
from bot.chatbot import Chatbot
from settings import Settings

LONGEST = 20_000
"""Characters the page takes; what is longer is not sent on."""
STATIC = Path(__file__).resolve().parent / "static"
HEAD = '<script src="/static/page.js" defer></script>'
CSS = """
.gradio-container { max-width: 46rem !important; margin: 0 auto !important; }
#chat { height: auto !important; border-width: 0 !important; }
#chat .bubble-wrap { overflow: visible; }
#chat .message { font-size: 1.05rem; line-height: 1.55; }
#chat blockquote { border-left: 4px solid #2f6f6a; padding: .6rem 1rem; margin: .8rem 0;
  background: color-mix(in srgb, #2f6f6a 8%, transparent); font-style: normal; }
#chat a { overflow-wrap: anywhere; }
#testing { border: 2px solid #9a5b00; border-radius: 6px; padding: .4rem .8rem; }
#starting button { font-size: 1rem; padding: .7rem; }
footer { display: none !important; }
"""


def calm_theme() -> gr.themes.Base:
    """Quiet colours, and the fonts that the device has: nothing is fetched."""
    return gr.themes.Base(
        primary_hue="teal",
        font=["system-ui", "sans-serif"],
        font_mono=["ui-monospace", "monospace"],
    )


def chat_page(chatbot: Chatbot, settings: Settings) -> gr.Blocks:
    """The page: title, what it is, the conversation and a question box. Pure."""
    words = chatbot.wording

    def reply(message: str, turns: list[Turn]) -> tuple[str, list[dict[str, Any]], list[Turn]]:
        if len(message) > LONGEST:
            gr.Warning(words("page.too_long"))
            return message, _shown(turns), turns
        turn = Turn(question=message, answer=chatbot.ask(message, turns))
        return "", _shown([*turns, turn]), [*turns, turn]

    page: gr.Blocks
    with gr.Blocks(title=words("page.title"), analytics_enabled=False) as page:
        gr.Markdown(f"# {words('page.title')}\n\n{words('page.about')}")
        gr.Markdown(words("page.testing"), elem_id="testing")
        conversation = gr.Chatbot(
            elem_id="chat",
            label=words("page.title"),
            show_label=False,
            height="auto",
            min_height=0,
            autoscroll=False,
            placeholder=words("page.empty"),
            buttons=[],
            feedback_options=None,
            allow_tags=False,
            layout="panel",
        )
        turns = gr.State([], time_to_live=6 * 3600)
        with gr.Row():
            question = gr.Textbox(
                elem_id="question",
                label=words("page.input_label"),
                placeholder=words("page.input_placeholder"),
                lines=2,
                scale=5,
                autofocus=True,
            )
            send = gr.Button(words("page.send"), elem_id="send", variant="primary", scale=1)
        gr.Markdown(words("page.starting"))
        with gr.Row(elem_id="starting"):
            starters = [gr.Button(text) for text in chatbot.starting_questions()]
        events: dict[str, Any] = {
            "outputs": [question, conversation, turns],
            "api_visibility": "private",
            "show_progress": "minimal",
            "concurrency_limit": settings.busy_limit,
        }
        send.click(reply, [question, turns], **events)
        question.submit(reply, [question, turns], **events)
        conversation.clear(lambda: [], outputs=[turns], api_visibility="private")
        for starter in starters:
            starter.click(reply, [starter, turns], **events)
    return page


def _shown(turns: list[Turn]) -> list[dict[str, Any]]:
    """The conversation as Gradio shows it; what the patient typed is text, never markup."""
    messages = []
    for turn in turns:
        messages.append({"role": "user", "content": as_plain_text(turn.question)})
        messages.append({"role": "assistant", "content": turn.answer.reply})
    return messages


def as_plain_text(text: str) -> str:
    """Markdown that shows `text` as it is: no link, image, tag or formatting in it works."""
    # Right-to-left overrides and other invisible controls could make it read as something else.
    visible = re.sub(r"[\u0000-\u0008\u000b-\u001f\u202a-\u202e\u2066-\u2069]", "\ufffd", text)
    indented = re.sub(r"^[ \t]+", lambda spaces: "\u00a0" * len(spaces[0]), visible, flags=re.M)
    return re.sub(r"([\\`*_{}\[\]()#+\-.!|<>&~$:/@=])", _as_entity, indented)


def _as_entity(match: re.Match[str]) -> str:
    return f"&#{ord(match[1])};"
