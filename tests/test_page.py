"""The demo in a real browser: what a visitor does in two minutes, and that everybody can. PICTURES=folder keeps what is seen."""

import os
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from browsing import DESK, PHONE, Tab, axe, browser, faults_found, opened
from playwright.sync_api import expect
from starting import says, started

from bot.workspace.filing import LARGEST

__all__ = ["axe", "browser"]


@pytest.fixture(scope="module")
def address(browser, tmp_path_factory) -> Iterator[str]:
    """A demo that has just been made."""
    del browser  # without one there is nothing to start for
    with started(tmp_path_factory.mktemp("demo"), "demo", "--no-browser", "--port", "0") as demo:
        yield says(demo, r"http://\S+")[0]


@pytest.fixture
def tab(browser, address) -> Iterator[Tab]:
    yield from opened(browser, address, viewport=DESK)


@pytest.fixture
def phone(browser, address) -> Iterator[Tab]:
    yield from opened(browser, address, viewport=PHONE, has_touch=True)


def picture(tab: Tab, name: str) -> None:
    """Keep what is seen, where pictures are wanted."""
    if folder := os.environ.get("PICTURES"):
        tab.page.mouse.move(0, 0)
        tab.page.wait_for_timeout(400)
        tab.page.screenshot(path=f"{folder}/{name}.png")


# What a visitor does


def test_a_question_is_answered_to_the_asker_and_shared_with_one_press(tab, browser, address):
    tab.act_as("jag-chair")
    tab.go("jag")
    tab.type("/hotspots asb")
    tab.says("Only visible to you")
    tab.says("Hemel Hempstead Central")
    expect(tab.log.get_by_role("table").last).to_contain_text("−37.5%")
    picture(tab, "hotspots")
    other = next(opened(browser, address, viewport=DESK))
    other.act_as("asb-lead")
    other.go("jag")
    tab.press("Share here")
    tab.says("Shared by jag-chair.")
    other.says("Shared by jag-chair.")  # live, without a reload
    tab.bring("Shared by jag-chair.")
    picture(tab, "shared")
    tab.press("Take back")
    tab.says("It is gone from the channel.")
    expect(other.log.get_by_text("Shared by jag-chair.")).to_have_count(0)


def test_a_button_leads_on_and_a_chart_has_a_table_behind_it(tab):
    tab.act_as("burglary-lead")
    tab.go("jag")
    tab.type("/figures trend burglary")
    expect(tab.log.get_by_role("img").last).to_be_visible()
    picture(tab, "trend")


def test_the_form_of_an_action_is_filled_in_refused_where_it_is_wrong_and_saved(tab):
    tab.act_as("coordinator")
    tab.go("jag")
    tab.type("/action add")
    tab.dialog.get_by_label("What is to be done").fill("Fit a mirror at the blind corner of the underpass")
    tab.dialog.get_by_label("Who is accountable").fill("housing-oficer")
    tab.dialog.get_by_label("When is it due").fill("31 February")
    picture(tab, "form")
    tab.dialog.get_by_role("button", name="Save").click()
    expect(tab.dialog).to_contain_text("I know nobody called “housing-oficer”")
    expect(tab.dialog.get_by_label("What is to be done")).to_have_value("Fit a mirror at the blind corner of the underpass")
    picture(tab, "form-refused")
    tab.dialog.get_by_label("Who is accountable").fill("housing-officer")
    tab.dialog.get_by_label("When is it due").fill("next JAG")
    tab.dialog.get_by_role("button", name="Save").click()
    expect(tab.dialog).to_contain_text("is added")
    tab.dialog.get_by_role("button", name="Close").last.click()
    expect(tab.dialog).to_have_count(0)


def test_home_shows_what_is_mine_and_takes_an_answer_with_one_press(tab):
    tab.act_as("asb-lead")
    tab.go("jagbot")
    tab.page.get_by_role("tab", name="Home").click()
    home = tab.page.get_by_role("tabpanel", name="Home")
    expect(home).to_contain_text("My actions")
    expect(home).to_contain_text("JAG-13-009")
    picture(tab, "home")


def test_a_switch_of_person_shows_what_they_may_see(tab):
    tab.act_as("csag-chair")
    channels = tab.page.get_by_role("navigation", name="Channels")
    expect(channels.get_by_role("link", name="csag")).to_be_visible()
    tab.go("csag")
    picture(tab, "csag")
    tab.act_as("vehicle-lead")
    expect(channels.get_by_role("link", name="csag")).to_have_count(0)


MARKDOWN = """async (text) => {
    const { markdown } = await import(new URL("markdown.js", location.href.split("#")[0]));
    const drawn = document.createElement("div");
    drawn.append(...markdown(text));
    return drawn.innerHTML;
}"""


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("[js](javascript:alert(1)) **b**", "<p><span>js</span> <strong>b</strong></p>"),
        (
            "(see [the town](https://example.org/Hemel_(town)#a), or not)",
            '<p>(see <a href="https://example.org/Hemel_(town)#a" target="_blank" rel="noopener noreferrer">the town</a>, or not)</p>',
        ),
        ("[a](https://example.org/", "<p>[a](https://example.org/</p>"),
    ],
)
def test_a_markdown_link_may_have_brackets_in_its_address(tab, text, drawn):
    assert tab.page.evaluate(MARKDOWN, text) == drawn


def test_the_size_of_a_file_is_said_in_the_units_of_the_limit(tab):
    size = """async (sizes) => {
        const { size } = await import(new URL("files.js", location.href.split("#")[0]));
        return sizes.map(size);
    }"""
    said = tab.page.evaluate(size, [1023, 1024, 2**20 - 1, 2**20, LARGEST, LARGEST + 2**17])
    assert said == ["1023 bytes", "1 kB", "1 MB", "1 MB", "50 MB", "50.1 MB"]


def test_a_menu_is_seen_whole(tab):
    tab.page.get_by_role("button", name="Break something").click()
    menu = tab.page.get_by_role("menu", name="Break something")
    assert menu.evaluate("menu => menu.scrollHeight <= menu.clientHeight")
    expect(menu.get_by_role("menuitem").last).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("shown", ["Home", "Messages"])
def test_whoever_is_at_the_app_stays_there_when_somebody_else_is_acted_as(tab, shown):
    tab.act_as("coordinator")
    tab.go("jagbot")
    tab.page.get_by_role("tab", name=shown).click()
    tab.act_as("asb-lead")
    expect(tab.page.get_by_role("heading", level=1)).to_contain_text("jagbot")
    expect(tab.page.get_by_role("tab", name=shown)).to_have_attribute("aria-selected", "true")


def test_plain_words_work_in_a_direct_message(tab):
    tab.act_as("housing-officer")
    tab.go("jagbot")
    tab.page.get_by_role("tab", name="Messages").click()
    tab.type("what actions are overdue?")
    tab.says("JAG-12-001")


def test_text_that_would_be_markup_is_inert(tab):
    tab.act_as("coordinator")
    tab.go("general")
    tab.type('<img src=x onerror="document.title=1"> <javascript:alert(1)|press> <https://example.org|a link>')
    tab.says('<img src=x onerror="document.title=1">')
    assert tab.page.title() != "1"
    assert tab.page.locator("a[href^='javascript']").count() == 0


def test_the_page_makes_no_request_beyond_its_own_origin_and_its_console_is_quiet(tab, address):
    tab.act_as("coordinator")
    tab.go("jag")
    tab.type("/priority asb")
    tab.says("Only visible to you")
    origin = address.rsplit("/", 2)[0]
    assert [url for url in tab.asked if not url.startswith((origin, origin.replace("http", "ws", 1)))] == []
    assert tab.heard == []


# For everybody


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_axe_finds_nothing_wrong_with_any_view(browser, address, axe, dark, size):
    context = browser.new_context(viewport=size, color_scheme="dark" if dark else "light", bypass_csp=True)
    tab = Tab(context.new_page(), f"{address}#UCOORDINATOR/CJAG").open()
    found = {"channel": faults_found(tab.page, axe)}
    tab.type("/hotspots asb")
    tab.says("Only visible to you")
    found["answer"] = faults_found(tab.page, axe)
    tab.type("/figures trend burglary")
    expect(tab.log.get_by_role("img").last).to_be_visible()
    found["chart"] = faults_found(tab.page, axe)
    tab.composer.fill("/")
    found["menu"] = faults_found(tab.page, axe)
    tab.type("/action add")
    expect(tab.dialog).to_contain_text("What is to be done")
    found["form"] = faults_found(tab.page, axe)
    tab.page.keyboard.press("Escape")
    home = Tab(context.new_page(), f"{address}#UASBLEAD/DUASBLEAD").open()
    home.page.get_by_role("tab", name="Home").click()
    expect(home.page.get_by_role("tabpanel", name="Home")).to_contain_text("My actions")
    found["home"] = faults_found(home.page, axe)
    context.close()
    assert {view: faults for view, faults in found.items() if faults} == {}


def test_with_a_keyboard_alone_a_question_is_asked_and_its_answer_shared(tab):
    tab.page.goto(f"{tab.address}#UJAGCHAIR/CJAG")
    tab.composer.focus()
    tab.page.keyboard.type("/hot")
    tab.page.keyboard.press("Tab")
    tab.page.keyboard.type("asb")
    tab.page.keyboard.press("Enter")
    tab.says("Only visible to you")
    tab.log.get_by_role("button", name="Share here").last.focus()
    tab.page.keyboard.press("Enter")
    tab.says("Shared by jag-chair.")


def test_it_works_on_a_phone(phone):
    phone.page.goto(f"{phone.address}#UJAGCHAIR/CJAG")
    phone.page.reload()  # so that whoever the page was opened as has nothing left to be typed into
    expect(phone.composer).to_be_visible()
    phone.type("/priority burglary")
    phone.says("Only visible to you")
    assert phone.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for button in phone.page.get_by_role("region", name="The demo’s clock").get_by_role("button").all():
        box = button.bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= PHONE["width"]
    picture(phone, "phone")


# The clock


def test_the_clock_is_moved_and_what_is_due_follows(tab):
    tab.act_as("coordinator")
    bar = tab.page.get_by_role("region", name="The demo’s clock")
    tab.page.get_by_role("button", name="move the clock by one day").click()
    expect(bar).to_contain_text("Tuesday 3 September 2013")
    morning = "Wednesday 4 September 2013, 08:00"
    tab.page.get_by_role("button", name=f"Move the clock to the next event: RAOG: the morning of the meeting, {morning}").click()
    expect(bar).to_contain_text(morning)
    tab.act_as("housing-officer")
    expect(bar).not_to_contain_text("RAOG")  # a private group, which the officer is not told of
    picture(tab, "clock")


def test_an_owner_answers_what_they_are_asked_and_the_agenda_is_posted(tab, axe):
    tab.act_as("fire-officer")
    tab.go("jagbot")
    tab.says("to update before JAG, Tuesday 10 September 2013")
    picture(tab, "asked")
    tab.press("No change for all")
    expect(tab.log.get_by_text("All is answered; you can change it until the meeting of JAG").last).to_be_visible()
    picture(tab, "answered")
    bar = tab.page.get_by_role("region", name="The demo’s clock")
    today = datetime.strptime((bar.inner_text().partition(",")[0]), "%A %d %B %Y")
    tab.page.get_by_role("button", name="move the clock by one week").click()
    tab.go("jag")
    expect(tab.log.get_by_text("JAG agenda, Tuesday 10 September 2013").last).to_be_visible()
    tab.bring("JAG agenda, Tuesday 10 September 2013")
    expect(bar).to_contain_text(f"{today + timedelta(weeks=1):%A %-d %B %Y}")
    assert faults_found(tab.page, axe) == []
    picture(tab, "agenda")


def test_the_clock_says_at_once_that_it_moves_and_a_second_press_goes_no_further(tab):
    tab.act_as("coordinator")
    bar = tab.page.get_by_role("region", name="The demo’s clock")
    button = bar.get_by_role("button", name="Move the clock to the next event")
    expect(button).to_have_attribute("aria-disabled", "false")
    when = (button.get_attribute("aria-label") or "").split(", ", 1)[1]
    pressed = """() => {
        for (let times = 0; times < 2; times++) document.querySelector(".clock [data-by=event]").click();
        return document.querySelector(".clock").textContent;
    }"""
    assert "Moving …" in tab.page.evaluate(pressed)
    expect(bar).not_to_contain_text("Moving …")
    expect(bar).to_contain_text(when)


def test_what_comes_next_is_not_told_to_who_is_acted_as_while_the_clock_moves(tab):
    tab.act_as("csag-chair")  # who knows of private groups
    bar = tab.page.get_by_role("region", name="The demo’s clock")
    bar.get_by_role("button", name="move the clock by one day").click()
    tab.act_as("newcomer")
    expect(bar).not_to_contain_text("Moving …")
    tab.page.wait_for_timeout(300)  # in which the answer to the press has come as well
    told = bar.get_by_role("button", name="Move the clock to the next event").get_attribute("aria-label")
    tab.page.reload()
    expect(bar.get_by_role("button", name="Move the clock to the next event")).to_have_attribute("aria-label", told or "")


# What goes wrong, and files


def test_a_log_that_is_attached_is_previewed_and_nothing_is_saved_unasked(tab):
    tab.act_as("coordinator")
    tab.go("jagbot")
    with tab.page.expect_file_chooser() as chooser:
        tab.page.get_by_role("button", name="Attach files").click()
    log = "Action,Owner,Due\nMend the fence by the canal,housing-officer,1.11.13\nPaint over the tags,ALL,Ongoing\n"
    chooser.value.set_files({"name": "log.csv", "mimeType": "text/csv", "buffer": log.encode()})
    tab.page.get_by_role("button", name="Send", exact=True).click()
    tab.says("Mend the fence by the canal")
    expect(tab.log.get_by_role("button", name="Load the 1 that is clear")).to_be_visible()
    picture(tab, "log")


def test_a_page_whose_app_is_not_running_says_so_and_keeps_what_was_typed(browser, tmp_path):
    database = {"DATABASE_URL": f"sqlite:///{tmp_path / 'own.db'}"}
    with started(tmp_path, "init", "--example", **database) as made:
        made.wait(60)
    with started(tmp_path, "workspace", "--port", "0", **database) as workspace:
        for tab in opened(browser, says(workspace, r"http://\S+")[0], viewport=DESK):
            tab.type("/priority burglary")
            expect(tab.page.get_by_text("did not respond").first).to_be_visible()
            expect(tab.composer).to_have_value("/priority burglary")
            tab.go("jagbot")
            tab.page.get_by_role("tab", name="Home").click()
            home = tab.page.get_by_role("tabpanel", name="Home")
            expect(home).to_have_text("Nothing is here yet. The app draws this page when you open it.")
            expect(home).to_have_text("jagbot has not answered. It draws this page once it does.")
