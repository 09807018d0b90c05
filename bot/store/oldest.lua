-- Since when the chat that has waited longest for its first turn waits. After outbox.lua.

local chat = redis.call('LINDEX', FRESH, 0)
return chat and exact(since(chat))
