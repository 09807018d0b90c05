-- Count a message that went past the outbox. ARGV: chat, now, spacing.

local chat, now = ARGV[1], tonumber(ARGV[2])
local slot = tonumber(redis.call('HGET', PACING, 'slot') or 0)
redis.call('HSET', PACING, 'slot', exact(math.max(slot, now) + tonumber(ARGV[3])))
redis.call('ZADD', PACES, math.max(pace(chat), now) + gap(chat), chat)
