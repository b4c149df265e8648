"""Forms one upon another, in a real browser: an app that opens them, and a person who goes forward and back."""

import pytest
from browsing import DESK, PHONE, Tab, axe, browser, faults_found, opened
from playwright.sync_api import expect
from slack_sdk.errors import SlackApiError
from small_app import App, Place, form, placed, until

__all__ = ["axe", "browser"]


def titled(title: str) -> dict:
    return form(title={"type": "plain_text", "text": title}, close={"type": "plain_text", "text": f"Leave {title.lower()}"})


def pressed(app: App, before: int) -> str:
    """The trigger of the press after so many."""
    return until(lambda: app.got("block_actions")[before:])[0]["trigger_id"]


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_three_forms_stand_one_upon_another_and_each_keeps_what_was_typed(browser, axe, size):
    with placed() as place:
        app = place.app()
        for tab in opened(browser, f"{place.served.page}#UCHAIR/CJAG", viewport=size):
            tab.type("/hotspots")
            place.client.views_open(trigger_id=app.next("slash_commands")["trigger_id"], view=titled("First"))
            for number, title in enumerate(("Second", "Third")):
                fill(tab, f"typed {number}")
                tab.dialog.last.get_by_role("button", name="Go").click()
                place.client.views_push(trigger_id=pressed(app, number), view=titled(title))
                expect(tab.page.get_by_role("dialog", name=title)).to_be_visible()
            assert faults_found(tab.page, axe) == []
            tab.dialog.last.get_by_role("button", name="Go").click()
            with pytest.raises(SlackApiError, match="push_limit_reached"):
                place.client.views_push(trigger_id=pressed(app, 2), view=titled("Fourth"))
            goes_back(tab, place)


def fill(tab: Tab, words: str) -> None:
    tab.dialog.last.get_by_label("What").fill(words)


def goes_back(tab: Tab, place: Place) -> None:
    """Out of the third by Escape, out of the second by its arrow: what was typed stands there still. Then all at once."""
    tab.page.keyboard.press("Escape")
    second = tab.page.get_by_role("dialog", name="Second")
    expect(tab.page.get_by_role("dialog", name="Third")).to_have_count(0)
    expect(second.get_by_label("What")).to_have_value("typed 1")
    second.get_by_role("button", name="Back").click()
    first = tab.page.get_by_role("dialog", name="First")
    expect(second).to_have_count(0)
    expect(first.get_by_label("What")).to_have_value("typed 0")
    first.get_by_role("button", name="Close dialog").click()
    expect(tab.dialog).to_have_count(0)
    assert place.workspace.screens.stack("UCHAIR") == []
    expect(tab.composer).to_be_focused()


def test_a_form_that_the_app_is_late_with_says_so_and_keeps_what_was_typed(browser):
    with placed() as place:
        app = place.app(view_submission=None)
        for tab in opened(browser, f"{place.served.page}#UCHAIR/CJAG", viewport=DESK):
            tab.type("/hotspots")
            place.client.views_open(trigger_id=app.next("slash_commands")["trigger_id"], view=form())
            fill(tab, "Gates")
            place.workspace.patience = 0.3
            tab.dialog.get_by_role("button", name="Save").click()
            expect(tab.dialog.get_by_role("alert")).to_contain_text("trouble connecting")
            expect(tab.dialog.get_by_label("What")).to_have_value("Gates")
            app.answers["view_submission"] = {}
            place.workspace.patience = 60
            tab.dialog.get_by_role("button", name="Save").click()
            expect(tab.dialog).to_have_count(0)
