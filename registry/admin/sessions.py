"""The session of the admin site: in which post a person is at work, since when, and when last something was done.

A session holds the person's id, the key of the post and two moments; no personal data. The memberships are asked anew
for every page, so that a right that ended is gone with the next click.
"""

import time
from typing import Final, cast

from django.http import HttpRequest

from registry.access import allowed
from registry.domain.login import go_to_work
from registry.domain.origin import client_address
from registry.models import User
from registry.queries.people import Post, posts_of
from registry.tenancy.context import Actor

POST: Final = "post"
SEEN: Final = "seen"
SINCE: Final = "since"
# Source: GB/T 22239-2019, level 3, 8.1.4.1 (end a session that is not used); the numbers are a house rule.
IDLE_SECONDS: Final = 30 * 60
LONGEST_SECONDS: Final = 8 * 3600
NOTE_EVERY_SECONDS: Final = 60
_KNOWN: Final = "_registry_posts"
_AT_WORK: Final = "_registry_actor"


def posts(request: HttpRequest) -> list[Post]:
    """Give the posts in which the person may work on this site today; asked once for a request."""
    known: list[Post] | None = getattr(request, _KNOWN, None)
    if known is None:
        known = [post for post in _held(request) if allowed(_actor(request, post), "registry.use_site")]
        setattr(request, _KNOWN, known)
    return known


def post_of(request: HttpRequest) -> Post | None:
    """Give the post in which the person is at work, or None before one is chosen or after it ended."""
    chosen = request.session.get(POST) if hasattr(request, "session") else None
    if chosen is None:
        return None
    return next((post for post in posts(request) if post.key == chosen), None)


def actor_of(request: HttpRequest) -> Actor | None:
    """Give the actor of the post in which the person is at work; each right of a page asks for it."""
    post = post_of(request)
    if post is None:
        return None
    known: tuple[Post, Actor] | None = getattr(request, _AT_WORK, None)
    if known is None or known[0] is not post:
        known = (post, _actor(request, post))
        setattr(request, _AT_WORK, known)
    return known[1]


def choose_post(request: HttpRequest, key: str) -> Post | None:
    """Go to work in one of the person's posts; None for a key that is none of theirs."""
    found = next((post for post in posts(request) if post.key == key), None)
    if found is not None:
        go_to_work(_actor(request, found))
        request.session[POST] = found.key
    return found


def take_only_post(request: HttpRequest) -> Post | None:
    """Go to work where there is nothing to choose."""
    only = posts(request)
    return choose_post(request, only[0].key) if len(only) == 1 else None


def is_over(request: HttpRequest) -> bool:
    """Tell whether nothing was done for so long, or the login is so long ago, that the person must log in again."""
    now = time.time()
    seen, since = float(request.session.get(SEEN, now)), float(request.session.get(SINCE, now))
    return now - seen > IDLE_SECONDS or now - since > LONGEST_SECONDS


def note_sign_of_life(request: HttpRequest) -> None:
    """Note that something is done, at most once a minute."""
    now = int(time.time())
    request.session.setdefault(SINCE, now)
    if now - request.session.get(SEEN, 0) > NOTE_EVERY_SECONDS:
        request.session[SEEN] = now


def _held(request: HttpRequest) -> list[Post]:
    return posts_of(request.user.pk) if request.user.is_authenticated else []


def _actor(request: HttpRequest, post: Post) -> Actor:
    user = cast("User", request.user)
    return post.actor(user_id=user.pk, username=user.username, origin=client_address(request))
