-- Let all that is put aside for a chat wait again, and what is about to be. After outbox.lua.
-- ARGV: chat.

local chat = ARGV[1]
wake(chat, math.huge)
local token, topic, text = lease_of(chat)
if token then redis.call('HSET', LEASES, chat, token .. ' ' .. topic .. ' !\n' .. text) end
