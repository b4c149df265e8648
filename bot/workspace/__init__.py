"""A Slack-compatible workspace on this machine: what a Bolt app needs of Slack, and a page to act in it."""
