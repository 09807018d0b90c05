-- Put a part of an article's alerts in the outbox, ahead of keep.lua. After outbox.lua,
-- put.lua and articles.lua. KEYS[11]: claims, fanout. ARGV: id, token, seconds that the fan-out is
-- remembered, then for each alert: chat or chat:topic, line. Answers 0 where the claim is another's.

local claims, fanout = KEYS[11], KEYS[12]
if not holds(claims, ARGV[1], ARGV[2]) then return 0 end

put_new(4, function(name) return redis.call('SADD', fanout, name) == 1 end)
redis.call('EXPIRE', fanout, ARGV[3])
return 1
