-- Keep an article, see its item for good and put the (last) alerts in the outbox. After
-- outbox.lua, put.lua, articles.lua and news.lua.
-- KEYS[12]: waiting, items, claims, seen, headlines, timeline, article, fanout, looks, news.
-- ARGV: id, token, now, article, seconds that it is kept, row, published, when to look again (apart
-- by spaces), then alerts as in fan_out.lua. Answers 0 where the claim is another's.

local headlines, timeline, article, fanout = KEYS[16], KEYS[17], KEYS[18], KEYS[19]
local id, now, lifetime = ARGV[1], tonumber(ARGV[3]), tonumber(ARGV[5])
if not holds(KEYS[14], id, ARGV[2]) then return 0 end

redis.call('SET', article, ARGV[4], 'EX', lifetime)
redis.call('HSET', headlines, id, ARGV[6])
redis.call('ZADD', timeline, ARGV[7], id)
tell(KEYS[21], id)

put(outside(fanout, outside(GONE, given(9), 'chat'), 'name'))
local number = 0
for look in string.gmatch(#ARGV > 8 and ARGV[8] or '', '%S+') do
  number = number + 1
  redis.call('ZADD', KEYS[20], look, tonumber(id) .. ' ' .. number)
end

see(KEYS[12], KEYS[13], KEYS[14], KEYS[15], id)
redis.call('UNLINK', fanout)
for _, old in ipairs(redis.call('ZRANGEBYSCORE', timeline, '-inf', now - lifetime, 'LIMIT', 0, 100)) do
  redis.call('ZREM', timeline, old)
  redis.call('HDEL', headlines, old)
end
return 1
