"""Getting updates: long polling and webhook."""

from simulator.telegram.errors import bad_request, conflict
from simulator.telegram.hook import Hook
from simulator.telegram.model import Json
from simulator.telegram.world import World

MAX_POLL = 100
MAX_SECONDS = 50
WEBHOOK_ACTIVE = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook "
    "first"
)


async def get_updates(world: World, params: Json) -> list[Json]:
    """Long polling."""
    if world.hook:
        raise conflict(WEBHOOK_ACTIVE)
    world.updates.allow(params.get("allowed_updates"))
    limit = min(max(params.get("limit", MAX_POLL), 1), MAX_POLL)
    seconds = min(params.get("timeout", 0), MAX_SECONDS)
    return await world.updates.poll(params.get("offset", 0), limit, seconds)


def set_webhook(world: World, params: Json) -> bool:
    """Updates come by POST from now on; an empty address ends that."""
    url = params.get("url", "")
    if url and not url.startswith(("https://", "http://")):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    world.updates.allow(params.get("allowed_updates"))
    _drop(world, params)
    world.updates.terminate(conflict("terminated by setWebhook request"))
    connections = params.get("max_connections", 40)
    world.set_hook(Hook(url, params.get("secret_token", ""), connections) if url else None)
    return True


def delete_webhook(world: World, params: Json) -> bool:
    """Updates wait to be asked for from now on."""
    _drop(world, params)
    world.set_hook(None)
    return True


def webhook_info(world: World, _: Json) -> Json:
    """How delivery goes."""
    hook = world.hook
    info: Json = {
        "url": hook.url if hook else "",
        "has_custom_certificate": False,
        "pending_update_count": len(world.updates.waiting()),
    }
    if hook:
        info["max_connections"] = hook.max_connections
        if hook.last_error:
            info |= {"last_error_date": hook.failed_at, "last_error_message": hook.last_error}
    if world.updates.allowed:
        info["allowed_updates"] = sorted(world.updates.allowed)
    return info


def _drop(world: World, params: Json) -> None:
    if params.get("drop_pending_updates"):
        world.updates.clear()


METHODS = {
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": webhook_info,
    "close": lambda _world, _params: True,
    "logOut": lambda _world, _params: True,
}
