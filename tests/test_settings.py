"""Settings: read once from the environment and .env, and named in .env.example."""

import re
from dataclasses import fields
from pathlib import Path

from bot.settings import Settings

EXAMPLE = (Path(__file__).parent.parent / ".env.example").read_text(encoding="utf-8")


def test_the_example_names_every_setting_with_a_comment_above_it():
    named = re.findall(r"^#[^\n]+\n([A-Z_]+)=", EXAMPLE, re.M)
    assert named == [each.name.upper() for each in fields(Settings)]


def test_the_example_as_it_stands_is_the_defaults(tmp_path):
    file = tmp_path / ".env"
    file.write_text(EXAMPLE, encoding="utf-8")
    assert Settings.read({}, file) == Settings()


def test_the_environment_goes_before_the_file(tmp_path):
    file = tmp_path / ".env"
    text = "# ours\nexport DATABASE_URL='sqlite:///a.db'\nPUBLIC_URL = \"https://a\"\n\nLOG_LEVEL=\nnot a setting\n"
    file.write_text(text, encoding="utf-8")
    found = Settings.read({"PUBLIC_URL": "https://b", "HOME": "/"}, file)
    assert (found.database_url, found.public_url, found.log_level) == ("sqlite:///a.db", "https://b", "INFO")


def test_without_a_file_the_defaults_stand(tmp_path):
    assert Settings.read({}, tmp_path / ".env") == Settings()
