"""The `jagbot` command line. It reads the words and hands over; what a command needs is imported when it is run."""

from __future__ import annotations

import argparse
import gc
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

EPILOG = """
to begin:
  jagbot init --example                 the example partnership, with its strategic assessment
  jagbot ask "/priority burglary"       a card for a lead or chair
  jagbot chat                           a conversation, with history and completion
  jagbot load actions log.xlsx          the log of actions you keep today, read back before it is kept
  jagbot export actions plan.xlsx       the action plan and its history, as a workbook
  jagbot export agenda jag jag.docx     the next agenda of a group, laid out to print
  jagbot rehearse jag --months 12       every message a year of meetings would send, before it is sent

exit code: 0 answered, 2 refused or something is missing
"""


def parser() -> argparse.ArgumentParser:
    """Every subcommand with its help. Standard library alone, so that --help is quick."""
    top = argparse.ArgumentParser(
        prog="jagbot",
        description="A chat bot for Community Safety Partnerships: figures, hotspots, priorities and the action plan.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action="version", version="jagbot 0.1.0")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for add in (_init, _load, _export, _ask, _chat, _rehearse, _demo, _workspace, _run, _doctor, _manifest):
        add(commands)
    return top


def _init(commands: Commands) -> None:
    init = commands.add_parser("init", help="make a partnership, by a few questions or as the example")
    init.add_argument("--example", action="store_true", help="the example: Dacorum, with every figure its assessment prints")
    init.add_argument("--another", action="store_true", help="beside the partnership that is here already")
    for name in ("name", "district", "county", "force", "email", "priorities"):
        init.add_argument(f"--{name}", default="", help=f"answers the question on the {name} beforehand")


def _load(commands: Commands) -> None:
    load = commands.add_parser("load", help="take in look-ups of places, figures, a log of actions, or meetings")
    kinds = load.add_subparsers(dest="kind", metavar="KIND", required=True)
    areas = kinds.add_parser("areas", help="ONS look-ups and GeoJSON boundaries")
    areas.add_argument("paths", nargs="+", metavar="FILE")
    figures = kinds.add_parser("figures", help="police.uk street files, a partner's workbook, or the police.uk archive")
    figures.add_argument("paths", nargs="*", metavar="PATH")
    figures.add_argument(
        "--from-police-uk",
        nargs="?",
        const="",
        metavar="LAST|2025-01..2025-12",
        help="fetch the force's months from the rolling archive: all that is new, the last month, or a range",
    )
    figures.add_argument("--measure", default="", help="what a workbook counts, where it does not say")
    figures.add_argument("--definition", default="", help="exactly how it is counted, for a workbook")
    figures.add_argument("--marking", default="", help="the workbook's protective marking, such as OFFICIAL")
    actions = kinds.add_parser("actions", help="the log of actions you keep today: an Excel, CSV or Word file")
    actions.add_argument("paths", nargs=1, metavar="FILE")
    actions.add_argument("--group", default="", metavar="KEY", help="whose actions they are, where the file does not say")
    actions.add_argument("--yes", action="store_true", help="keep them at once, without asking")
    _at(actions)
    meetings = kinds.add_parser("meetings", help="meetings from an iCalendar file, read back before they are kept")
    meetings.add_argument("paths", nargs=1, metavar="FILE.ics")
    meetings.add_argument("--group", default="", metavar="KEY", help="whose meetings they are, where the file does not say")
    meetings.add_argument("--yes", action="store_true", help="keep them at once, without asking")
    _at(meetings)
    for kind in (areas, figures, actions, meetings):
        _who(kind)


def _export(commands: Commands) -> None:
    export = commands.add_parser("export", help="write the action plan, an agenda, minutes or a calendar to a file")
    kinds = export.add_subparsers(dest="kind", metavar="KIND", required=True)
    actions = kinds.add_parser("actions", help="every action you see, and its history, as a workbook to print or to load elsewhere")
    actions.add_argument("path", metavar="FILE.xlsx")
    actions.add_argument("words", nargs="*", help="a group, open or closed; without any, all that you see")
    agenda = kinds.add_parser("agenda", help="an agenda as a Word document, or as Markdown")
    minutes = kinds.add_parser("minutes", help="a meeting's minutes as a Word document, or as Markdown")
    for paper in (agenda, minutes):
        paper.add_argument("words", nargs="+", metavar="GROUP [DATE] FILE.docx", help="whose, of which meeting, and the file last")
    calendar = kinds.add_parser("calendar", help="the meetings of the groups you see, as an iCalendar file")
    calendar.add_argument("path", metavar="FILE.ics")
    calendar.add_argument("words", nargs="*", metavar="GROUP", help="some groups; without any, all that you see")
    for kind in (actions, agenda, minutes, calendar):
        kind.add_argument("--force", action="store_true", help="write over a file that is there already")
        _at(kind)
        _who(kind)


def _who(command: argparse.ArgumentParser) -> None:
    command.add_argument("--person", default="coordinator", metavar="HANDLE", help="who asks (default: coordinator)")
    command.add_argument("--partnership", default=None, metavar="KEY", help="which partnership, where several are held")


def _at(command: argparse.ArgumentParser) -> None:
    command.add_argument("--at", default="", metavar="TIME", help="as at this time, such as 2025-06-01T09:00")


def _ask(commands: Commands) -> None:
    ask = commands.add_parser("ask", help='ask one thing: jagbot ask "/hotspots asb"')
    ask.add_argument("words", nargs="+", help='a slash command or plain words; "/action add" takes a list that is piped in')
    ask.add_argument("--as", dest="shape", choices=("text", "json", "blocks"), default="text", help="how to print the answer")
    _at(ask)
    _who(ask)


def _chat(commands: Commands) -> None:
    chat = commands.add_parser("chat", help="a conversation in the terminal")
    _at(chat)
    _who(chat)


def _rehearse(commands: Commands) -> None:
    rehearse = commands.add_parser(
        "rehearse", help="list every message that would go out about meetings, nobody answering; nothing is sent"
    )
    rehearse.add_argument("group", nargs="?", default="", metavar="GROUP", help="such as jag; without one, every group you see")
    rehearse.add_argument("--from", dest="begins", default="", metavar="DATE", help="the first day, such as 2013-09-01 (default: today)")
    rehearse.add_argument("--months", type=int, default=3, metavar="N", help="how long (default: 3)")
    rehearse.add_argument("--as", dest="shape", choices=("text", "json"), default="text", help="how to print it")
    _who(rehearse)


def _demo(commands: Commands) -> None:
    demo = commands.add_parser("demo", help="the example in a workspace of your own, in the browser: no account, no internet")
    demo.add_argument("--fresh", action="store_true", help="start over; otherwise it goes on where it was left")
    demo.add_argument("--no-browser", action="store_true", help="only print the page's address")
    demo.add_argument("--port", type=int, default=8765, metavar="PORT", help="where the page is (default: 8765; 0: any free one)")
    demo.add_argument(
        "--real",
        nargs="+",
        metavar="PATH",
        help="police.uk files and look-ups of places, or folders with them in, instead of the simulated spread; it runs on today's date",
    )


def _workspace(commands: Commands) -> None:
    workspace = commands.add_parser("workspace", help="a local workspace for your own partnership, to try `jagbot run` in")
    workspace.add_argument("--file", default="workspace.db", metavar="FILE", help="where it is kept (default: workspace.db)")
    workspace.add_argument("--port", type=int, default=8765, metavar="PORT", help="where the page is (default: 8765; 0: any free one)")
    workspace.add_argument("--partnership", default=None, metavar="KEY", help="which partnership, where several are held")


def _run(commands: Commands) -> None:
    run = commands.add_parser("run", help="answer in Slack: by Socket Mode, or over HTTP with --http")
    run.add_argument("--http", type=int, metavar="PORT", help="take signed requests at /slack/events on this port")
    run.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: 127.0.0.1)")
    run.add_argument("--partnership", default=None, metavar="KEY", help="which partnership, where several are held")


def _doctor(commands: Commands) -> None:
    doctor = commands.add_parser("doctor", help="look at settings, database and Slack, and at what could not be delivered")
    _who(doctor)


def _manifest(commands: Commands) -> None:
    manifest = commands.add_parser("manifest", help="print the Slack app manifest, made from the commands themselves")
    manifest.add_argument("--prefix", default="", help="name the commands /PREFIX-hotspots …, where names are taken")
    manifest.add_argument("--jag-alone", action="store_true", help="only /jag: every other command is asked through it")


def main(argv: list[str] | None = None) -> int:
    """Run a command; 0 when it was answered, 2 when it was refused."""
    options = parser().parse_args(argv)
    gc.disable()  # until `open_store`: nothing that is imported is garbage, and looking costs a sixth of the start
    from bot.running import run

    return run(options)


if __name__ == "__main__":
    sys.exit(main())
