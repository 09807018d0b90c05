-- Let nothing out for a while; a longer hold stands. ARGV: until.

local hold = tonumber(redis.call('HGET', PACING, 'hold') or 0)
redis.call('HSET', PACING, 'hold', exact(math.max(hold, tonumber(ARGV[1]))))
