-- Keep an article, see its item for good and put the (last) alerts in the outbox. After
-- outbox.lua and articles.lua.
-- KEYS[9]: waiting, items, claims, seen, headlines, timeline, article, fanout.
-- ARGV: id, token, now, article, seconds that it is kept, row, published, then alerts as in
-- fan_out.lua. Answers 0 where the claim is another's.

local headlines, timeline, article, fanout = KEYS[13], KEYS[14], KEYS[15], KEYS[16]
local id, now, lifetime = ARGV[1], tonumber(ARGV[3]), tonumber(ARGV[5])
if not holds(KEYS[11], id, ARGV[2]) then return 0 end

redis.call('SET', article, ARGV[4], 'EX', lifetime)
redis.call('HSET', headlines, id, ARGV[6])
redis.call('ZADD', timeline, ARGV[7], id)

local fanned, added = redis.call('EXISTS', fanout) == 1, 0
for i = 8, #ARGV, 2 do
  if not fanned or redis.call('SISMEMBER', fanout, ARGV[i]) == 0 then
    put(string.match(ARGV[i], '^[^:]+'), ARGV[i + 1])
    added = added + 1
  end
end
count(added)

see(KEYS[9], KEYS[10], KEYS[11], KEYS[12], id)
redis.call('UNLINK', fanout)
for _, old in ipairs(redis.call('ZRANGEBYSCORE', timeline, '-inf', now - lifetime, 'LIMIT', 0, 100)) do
  redis.call('ZREM', timeline, old)
  redis.call('HDEL', headlines, old)
end
return 1
