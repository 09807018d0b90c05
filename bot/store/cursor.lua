-- The end of the log of changes; an empty one gets a mark, so that each cursor is an entry.
-- KEYS: changes.

local last = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)[1]
return last and last[1] or redis.call('XADD', KEYS[1], '*', 'mark', '')
