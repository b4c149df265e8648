"""Words for people: what is refused, and how the app failed them, as Slack says it."""

from __future__ import annotations

from bot.workspace.errors import SlackError

WORDS = {
    "unknown_command": "{command} is not a valid command.",
    "not_supported_in_threads": "{command} is not supported in threads. Sorry!",
    "operation_timeout": '{what} failed with the error "operation_timeout"',
    "dispatch_failed": '{what} failed with the error "dispatch_failed"',
    "did_not_respond": "{what} failed because the app did not respond",
    "trouble_connecting": "We had some trouble connecting. Try again?",
    "no_commands": "Your account cannot use slash commands in this workspace. Buttons and forms work.",
    "no_shortcuts": "Your account cannot use this app's shortcuts in this workspace. Buttons and forms work.",
    "no_home": "Your account cannot open this app's Home and messages. Mention it in a channel that you share with it.",
    "user_is_deactivated": "This account is deactivated: nobody can act as this person.",
    "user_not_found": "There is no such person in this workspace.",
    "channel_not_found": "There is no such channel, or you are not in it.",
    "not_in_channel": "You are not in this channel. Join it first.",
    "already_in_channel": "They are in this channel already.",
    "cannot_invite": "Only somebody who is in a channel can invite others to it.",
    "whom_to_invite": "Say whom to invite: /invite @name",
    "message_not_found": "That message is no longer there.",
    "thread_not_found": "That thread is no longer there.",
    "view_not_found": "That form is no longer open.",
    "no_such_element": "That is no longer there to be pressed.",
    "no_such_option": "That is not one of the choices.",
    "no_such_shortcut": "The app has no such shortcut.",
    "no_text": "There is nothing to send.",
    "msg_too_long": "A message takes up to 40,000 characters.",
    "file_not_found": "That file is no longer there. Attach it again.",
    "no_clock": "This workspace has no clock that can be moved.",
    "unknown_fault": "There is no such fault.",
    "not_understood": "The workspace did not understand what the page sent.",
}


def words(refused: SlackError) -> str:
    """What somebody reads of a refusal."""
    said = WORDS.get(refused.code)
    return said.format(**refused.more) if said else f"That did not work: {refused.code.replace('_', ' ')}."
